//! What a document says in answer to a question: points, each with its wording, its subject and its lines.

use std::collections::BTreeSet;

use super::labels::{Role, arranged, label_of, role_of, split_label};
use super::lists::List;
use super::outline::{Entry, EntryKind, Inline};
use super::questions::Found;
use super::subjects::Subjects;
use super::tables;
use super::words::{content_stems, content_words, has_phrase, is_clause, sentences, words};
use super::{Note, NoteKind};
use crate::rubric::source::{Kind, SourceReference};

/// One thing an answer can say.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    /// The author's name for it.
    pub label: Option<String>,
    /// Sentences that say it; each is enough.
    pub statements: Vec<String>,
    /// Words the author marked.
    pub phrases: Vec<String>,
    /// What shows it in an answer, as the rubric has it.
    pub patterns: Vec<String>,
    /// Things to name, a few of which are enough.
    pub instances: Vec<String>,
    /// Naming it is all that is asked for.
    pub is_name: bool,
    /// What it is about: indices into the subjects of the question.
    pub subjects: BTreeSet<usize>,
    pub side: Option<Side>,
    /// Labels above it; points with the same path belong together.
    pub path: Vec<String>,
    /// First of its question, or marked by the author.
    pub emphasised: bool,
    /// Says what the task tests; counts only where nothing answers the question.
    pub fallback: bool,
    pub sources: Vec<SourceReference>,
}

impl Point {
    /// A thing to name, in any of these wordings.
    pub(super) fn named(wordings: Vec<String>) -> Self {
        Self { label: wordings.first().cloned(), instances: wordings, is_name: true, ..Self::default() }
    }
}

/// For or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Pro,
    Con,
}

/// Steps in their order.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub steps: Vec<String>,
    pub source: SourceReference,
}

/// Everything one document says about a question.
pub(super) struct Answered {
    pub points: Vec<Point>,
    pub chains: Vec<Chain>,
}

/// Reads the points of a question from its entries; subjects they speak of are added to `subjects`.
pub(super) fn points(found: &Found, document: &str, subjects: &mut Subjects, notes: &mut Vec<Note>) -> Answered {
    let entries = arranged(&found.entries);
    subjects.learn_from(found, &entries);
    let mut walker = Walker { found, document, subjects, notes, points: Vec::new(), chains: Vec::new() };
    walker.steps(&entries);
    let top = Context::default();
    for entry in &entries {
        walker.entry(entry, &top);
    }
    let Walker { mut points, chains, .. } = walker;
    if let Some(first) = points.iter_mut().find(|point| !point.fallback && point.path.is_empty()) {
        first.emphasised = true;
    }
    if points.iter().any(|point| !point.fallback) {
        points.retain(|point| !point.fallback);
    }
    Answered { points, chains }
}

/// What stands above an entry.
#[derive(Clone, Debug, Default)]
struct Context {
    path: Vec<String>,
    subjects: BTreeSet<usize>,
    side: Option<Side>,
    /// Beginning of a sentence that the entries below complete.
    opening: Option<String>,
    use_cases: bool,
    fallback: bool,
}

struct Walker<'a> {
    found: &'a Found,
    document: &'a str,
    subjects: &'a Subjects,
    notes: &'a mut Vec<Note>,
    points: Vec<Point>,
    chains: Vec<Chain>,
}

impl Walker<'_> {
    fn source(&self, lines: [u32; 2]) -> SourceReference {
        SourceReference {
            document: self.document.to_owned(),
            heading: Some(self.found.heading.clone()),
            lines: Some(lines),
            ..SourceReference::default()
        }
    }

    fn note(&mut self, kind: NoteKind, line: u32, message: String) {
        self.notes.push(Note {
            kind,
            document: self.document.to_owned(),
            line: Some(line),
            question: Some(self.found.prompt.clone()),
            message,
        });
    }

    /// Numbered items of a procedure, as an order.
    fn steps(&mut self, entries: &[Entry]) {
        let steps: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == EntryKind::Step).collect();
        if steps.len() < 3 {
            return;
        }
        let names = steps
            .iter()
            .map(|step| split_label(&step.text).map_or_else(|| step.text.text.clone(), |labelled| labelled.label))
            .collect();
        let lines = [steps[0].lines[0], steps[steps.len() - 1].lines[1]];
        if self.found.kind == Kind::Procedure {
            self.chains.push(Chain { steps: names, source: self.source(lines) });
        } else if matches!(self.found.kind, Kind::Definition | Kind::Design) {
            self.note(NoteKind::Order, lines[0], "a numbered list is not taken as an order of steps".to_owned());
        }
    }

    fn entry(&mut self, entry: &Entry, above: &Context) {
        if let EntryKind::Table(rows) = &entry.kind {
            let reading = tables::read(rows, self.subjects, &above.subjects);
            for (row, message) in reading.never_differ {
                let line = entry.lines[0] + row + 1;
                self.note(NoteKind::NeverDiffers, line, message);
            }
            for mut point in reading.points {
                let line = entry.lines[0] + point.row + 1;
                point.point.path.splice(0..0, above.path.iter().cloned());
                point.point.sources = vec![self.source([line; 2])];
                self.points.push(point.point);
            }
            return;
        }
        let text = tidied(&entry.text);
        if text.text.is_empty() {
            for child in &entry.children {
                self.entry(child, above);
            }
            return;
        }
        if let Some(steps) = arrow_chain(&text.text) {
            self.chains.push(Chain { steps, source: self.source(entry.lines) });
            return;
        }
        let mut below = Context { opening: None, use_cases: above.use_cases, ..above.clone() };
        match label_of(entry, &text) {
            Some(labelled) => {
                let role = role_of(&labelled.label);
                match role {
                    Role::Example => return,
                    Role::Meta => {
                        if !labelled.rest.is_empty() {
                            let message = format!("`{}` is about the question and left out", labelled.label);
                            self.note(NoteKind::LeftOut, entry.lines[0], message);
                        }
                        return;
                    }
                    Role::Skills => {
                        below.fallback = true;
                        self.skills(&labelled.rest, entry.lines, &below);
                        return;
                    }
                    Role::Pro => below.side = Some(Side::Pro),
                    Role::Con => below.side = Some(Side::Con),
                    Role::Use => below.use_cases = true,
                    Role::Plain | Role::Name => {}
                }
                let named = self.subjects.in_name(&labelled.label);
                if !named.is_empty() {
                    below.subjects = named;
                }
                if opens_a_sentence(&labelled) {
                    below.opening = Some(labelled.label.clone());
                } else if matches!(role, Role::Name | Role::Pro | Role::Con | Role::Use) {
                    below.path.push(labelled.label.clone());
                }
                if !labelled.rest.is_empty() {
                    let label = (role == Role::Name).then_some(labelled.label.as_str());
                    self.leaf(&labelled.rest, label, &text, entry.lines, &below);
                }
            }
            None => {
                let said = sentences(&text.text);
                let opens = text.text.ends_with(':') && !entry.children.is_empty();
                let (opening, told) = match said.split_last() {
                    Some((last, before)) if opens => {
                        (Some(introduced(last.trim_end_matches(':')).to_owned()), before.join(" "))
                    }
                    _ => (None, text.text.clone()),
                };
                if !told.is_empty() {
                    self.leaf(&told, None, &text, entry.lines, above);
                }
                if let Some(opening) = opening {
                    let all_names = entry.children.iter().all(|child| child.children.is_empty());
                    let subjects = self.subjects.at_start(&opening);
                    if !subjects.is_empty() {
                        below.subjects = subjects;
                    }
                    below.path.push(opening.clone());
                    below.opening = all_names.then_some(opening);
                } else if !entry.children.is_empty() {
                    below.path.push(text.text.clone());
                    let subjects = self.subjects.at_start(&text.text);
                    if !subjects.is_empty() {
                        below.subjects = subjects;
                    }
                }
            }
        }
        if self.instances(entry, &below) {
            return;
        }
        for child in &entry.children {
            self.entry(child, &below);
        }
    }

    /// Takes children that merely name things as one point: a few of them are enough.
    fn instances(&mut self, entry: &Entry, context: &Context) -> bool {
        let names: Vec<String> = entry.children.iter().map(|child| tidied(&child.text).text).collect();
        let bare = |name: &str| name.split('(').next().unwrap_or_default().to_owned();
        let longest = if context.use_cases { 6 } else { 4 };
        let short = |name: &String| (1..=longest).contains(&content_words(&bare(name)).len()) && !name.contains(": ");
        let n_clauses = names.iter().filter(|name| is_clause(&bare(name))).count();
        let plain = entry.children.iter().all(|child| child.children.is_empty());
        let announced = context.use_cases || context.opening.as_ref().is_some_and(|opening| words(opening).len() >= 3);
        if names.len() < 3 || !plain || !announced || !names.iter().all(short) || 2 * n_clauses > names.len() {
            return false;
        }
        let lines = [entry.lines[0], entry.children.last().map_or(entry.lines[1], |child| child.lines[1])];
        let label = context.path.last().map(|label| format!("{label}: {}", names[..3].join(", ")));
        self.points.push(Point {
            label,
            instances: names,
            subjects: context.subjects.clone(),
            side: context.side,
            path: context.path.clone(),
            fallback: context.fallback,
            sources: vec![self.source(lines)],
            ..Point::default()
        });
        true
    }

    /// "Understanding of X (e.g. A, B), Y" as points: the closest to an answer that a mere task has.
    fn skills(&mut self, text: &str, lines: [u32; 2], context: &Context) {
        for skill in split_at_commas(text) {
            let skill = skill.trim_end_matches('.').trim();
            let skill = skill.strip_prefix("Understanding of ").unwrap_or(skill);
            if content_words(skill).is_empty() {
                continue;
            }
            let (name, inside) = match skill.split_once('(') {
                Some((name, inside)) => (name.trim(), inside.trim_end_matches(')')),
                None => (skill, ""),
            };
            let inside = inside.trim_start_matches("e.g.").trim_start_matches([',', ' ']);
            self.points.push(Point {
                label: Some(skill.to_owned()),
                statements: vec![format!("{name}.")],
                phrases: inside.split(',').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
                path: context.path.clone(),
                fallback: true,
                sources: vec![self.source(lines)],
                ..Point::default()
            });
        }
    }

    /// A text that states something: one point for each subject it speaks of.
    fn leaf(&mut self, text: &str, label: Option<&str>, marks: &Inline, lines: [u32; 2], context: &Context) {
        let mut statements: Vec<(BTreeSet<usize>, String)> = Vec::new();
        let mut current = context.subjects.clone();
        for sentence in sentences(text) {
            match worth(&sentence) {
                Worth::Statement(statement) => {
                    if context.subjects.is_empty() {
                        current = self.subjects.carried(&current, &statement);
                    }
                    statements.push((current.clone(), statement));
                }
                Worth::Personal => {
                    self.note(NoteKind::LeftOut, lines[0], format!("about the author, not the subject: `{sentence}`"));
                }
                Worth::Nothing => {}
            }
        }
        let n_words = |statement: &str| content_words(statement).len();
        let label_words = label.map_or(0, n_words);
        for group in statements.chunk_by(|a, b| a.0 == b.0) {
            let subjects = &group[0].0;
            let about_label = label.is_some_and(|label| !self.subjects.in_name(label).is_empty());
            let statements: Vec<String> = group
                .iter()
                .map(|(_, statement)| match (label, &context.opening) {
                    // Too short to say it alone: the label or the sentence above says the rest.
                    (Some(label), _) if n_words(statement) < 4 && !about_label => format!("{label}: {statement}"),
                    // Under the name of a side, the aspect stands above it.
                    (Some(label), _) if n_words(statement) < 4 => {
                        match context.path.iter().rev().find(|above| *above != label) {
                            Some(aspect) => format!("{aspect}: {}", lower_first(statement)),
                            None => statement.clone(),
                        }
                    }
                    (None, Some(opening))
                        if n_words(statement) + n_words(opening) <= 10 && is_opened(statement, opening) =>
                    {
                        format!("{opening} {}", lower_first(statement))
                    }
                    (None, None) if n_words(statement) < 2 && !context.path.is_empty() => {
                        format!("{}: {statement}", context.path[context.path.len() - 1])
                    }
                    _ => statement.clone(),
                })
                .collect();
            let in_group = |phrase: &String| group.iter().any(|(_, statement)| has_phrase(statement, phrase));
            let compares = self.found.kind == Kind::Comparison;
            let named = label.filter(|_| label_words >= 2 && !about_label && !compares).map(str::to_owned);
            self.points.push(Point {
                label: label.filter(|_| !about_label).map(str::to_owned),
                statements,
                phrases: named.into_iter().chain(marked_phrases(marks).filter(in_group)).collect(),
                subjects: subjects.clone(),
                side: context.side,
                path: context.path.clone(),
                emphasised: !marks.bold.is_empty(),
                fallback: context.fallback,
                sources: vec![self.source(lines)],
                ..Point::default()
            });
        }
        if self.found.kind == Kind::Comparison && !self.subjects.list.is_empty() && context.path.is_empty() {
            for (subjects, statement) in &statements {
                if subjects.is_empty() && self.subjects.in_name(statement).len() < 2 {
                    self.note(NoteKind::Unattributed, lines[0], format!("which side is meant: `{statement}`"));
                }
            }
        }
    }
}

/// The text without marks of approval, formulas' signs and stray bullets; ranges of the markup moved along.
fn tidied(inline: &Inline) -> Inline {
    let mut tidy = Inline { n_anchor: inline.n_anchor, ..Inline::default() };
    let mut moved = Vec::with_capacity(inline.text.len() + 1);
    for (at, c) in inline.text.char_indices() {
        moved.resize(at + 1, tidy.text.len());
        moved[at] = tidy.text.len();
        let leading = tidy.text.is_empty() && (c.is_whitespace() || matches!(c, '-' | '*' | '•'));
        if !leading && !matches!(c, '$' | '✅' | '✔' | '✓' | '❌' | '✗' | '✘' | '🚫' | '\u{fe0f}' | '\u{fffd}')
        {
            tidy.text.push(c);
        }
    }
    moved.resize(inline.text.len() + 1, tidy.text.len());
    // Nothing is cut off in front: no space was taken there.
    let end = tidy.text.trim_end().len();
    tidy.text.truncate(end);
    let keep = |range: &std::ops::Range<usize>| moved[range.start].min(end)..moved[range.end].min(end);
    tidy.bold = inline.bold.iter().map(keep).filter(|range| !range.is_empty()).collect();
    tidy.code = inline.code.iter().map(keep).filter(|range| !range.is_empty()).collect();
    let denied = inline.text.trim_start().starts_with(['❌', '✗', '✘', '🚫']);
    if denied && !is_negative(&tidy.text) {
        tidy = Inline { text: format!("Not: {}", lower_first(&tidy.text)), ..Inline::default() };
    }
    tidy
}

/// Whether a text denies something in its first words.
fn is_negative(text: &str) -> bool {
    words(text).iter().take(4).any(|word| List::Denial.has(word))
}

/// "A → B → C" in its parts, when the whole text is that.
fn arrow_chain(text: &str) -> Option<Vec<String>> {
    let text = text.replace("->", "→").replace(">>", "→");
    let steps: Vec<String> = text.split('→').map(|step| step.trim().trim_end_matches('.').to_owned()).collect();
    (steps.len() >= 3 && steps.iter().all(|step| (1..=8).contains(&words(step).len()))).then_some(steps)
}

/// Whether a label is the beginning of a sentence: "Middleware can:".
fn opens_a_sentence(labelled: &super::labels::Labelled) -> bool {
    labelled.rest.is_empty() && is_unfinished(&words(&labelled.label))
}

fn is_unfinished(words: &[String]) -> bool {
    words.last().is_some_and(|word| List::Opener.has(word) || List::Denial.has(word))
}

/// Whether a text goes on with the sentence above it: not where it says something by itself, nor where that sentence is
/// whole and denies something, which would deny the text as well.
fn is_opened(text: &str, opening: &str) -> bool {
    let words = words(opening);
    let denies = words.iter().any(|word| List::Denial.has(word));
    !is_clause(text) && (!denies || is_unfinished(&words))
}

/// The sentence without an introduction that says nothing.
pub(super) fn introduced(sentence: &str) -> &str {
    let mut text = sentence.trim();
    while let Some(rest) = List::Introduction.after(text) {
        text = rest;
    }
    text
}

enum Worth {
    Statement(String),
    /// Tells about the author's own life.
    Personal,
    /// Tells about the text, or nothing.
    Nothing,
}

/// What a sentence is worth as a statement, and the statement without its introduction.
fn worth(sentence: &str) -> Worth {
    let text = introduced(sentence.trim().trim_matches(['"', ';']).trim());
    let lower = text.to_lowercase();
    // What somebody is quoted with is not about the author.
    let own = lower.split(['“', '"']).next().unwrap_or_default();
    let after_spaces = own.match_indices(' ').map(|(at, _)| &own[at + 1..]);
    if std::iter::once(own).chain(after_spaces).any(|rest| begins(rest, List::Personal)) {
        return Worth::Personal;
    }
    let url = lower.starts_with("http") && !lower.contains(' ');
    let refers = begins(&lower, List::AboutTheText);
    if url || refers || content_stems(text).is_empty() || text.ends_with(':') && words(text).len() < 4 {
        return Worth::Nothing;
    }
    let mut text = text.trim_end_matches([':', '?']).replace("? →", ":").replace(" →", ",").replace(" ->", ",");
    for own in ["I'd ", "I would ", "We can ", "I "] {
        if let Some(rest) = text.strip_prefix(own) {
            text = rest.to_owned();
        }
    }
    let text = upper_first(&text);
    Worth::Statement(if text.ends_with(['.', '!', '?', '”']) { text } else { format!("{text}.") })
}

/// Whether a text begins with a phrase of a list. `*` at the end of a phrase lets its last word go on.
fn begins(text: &str, list: List) -> bool {
    list.phrases().iter().any(|phrase| match phrase.strip_suffix('*') {
        Some(beginning) => text.starts_with(beginning),
        None => text.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' ')),
    })
}

/// Phrases of two to four words that the author marked.
fn marked_phrases(marks: &Inline) -> impl Iterator<Item = String> {
    marks
        .bold
        .iter()
        .map(|range| marks.text[range.clone()].trim_end_matches(':').to_owned())
        .filter(|phrase| (2..=4).contains(&content_words(phrase).len()) && words(phrase).len() <= 5)
}

pub(super) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

pub(super) fn lower_first(text: &str) -> String {
    let first: String = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    // A name in capitals keeps them.
    if first.chars().skip(1).any(char::is_uppercase) {
        return text.to_owned();
    }
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

/// Parts of a text between commas that stand in no brackets.
pub(super) fn split_at_commas(text: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c == ','
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::*;

    fn answered(text: &str) -> (Answered, Vec<Note>) {
        let found = super::super::questions::questions(&outline(text).0).0.remove(0);
        let mut notes = Vec::new();
        let answered = points(&found, "tea.md", &mut Subjects::default(), &mut notes);
        (answered, notes)
    }

    /// What the points of a document say.
    fn said(text: &str) -> Vec<String> {
        answered(text).0.points.iter().map(|point| point.statements.join(" / ")).collect()
    }

    #[test]
    fn markup_ends_where_the_tidied_text_ends() {
        for (text, bold, code) in [
            ("**Pros \u{2705}**", vec!["Pros"], vec![]),
            ("- **\u{2705} Pros:** warm", vec!["Pros:"], vec![]),
            ("**Name:&nbsp;**", vec!["Name:"], vec![]),
            ("`foo `", vec![], vec!["foo"]),
            ("Leaves **\u{2705}**", vec![], vec![]),
        ] {
            let inline = tidied(&outline(text).0[0].entries[0].text);
            let marked = |ranges: &[std::ops::Range<usize>]| -> Vec<String> {
                ranges.iter().map(|range| inline.text[range.clone()].trim().to_owned()).collect()
            };
            assert_eq!((marked(&inline.bold), marked(&inline.code)), (owned(&bold), owned(&code)), "{text}");
        }
    }

    #[test]
    fn marks_after_a_label_are_no_part_of_it() {
        for label in ["**Advantages \u{2705}**", "**Advantages:&nbsp;**", "`Advantages `", "### Advantages \u{2705}"] {
            let text = format!("## What is tea?\n\n{label}\n\n- It warms the hands.\n");
            assert_eq!(said(&text), ["It warms the hands."], "{label}");
        }
    }

    #[test]
    fn openings_go_on_in_names_only() {
        let under = |opening: &str, child: &str| {
            said(&format!("## What is tea?\n\n- {opening}:\n  - {child}\n  - milk and sugar\n")).remove(0)
        };
        assert_eq!(under("Guests can add", "lemon juice"), "Guests can add lemon juice.");
        assert_eq!(under("Neither can brew", "the cook warms the pot"), "The cook warms the pot.");
        assert_eq!(under("Neither can brew", "cold water"), "Cold water.");
        assert_eq!(under("Good cooks never", "boil the leaves"), "Good cooks never boil the leaves.");
        assert_eq!(under("This is why", "The lid keeps it warm"), "The lid keeps it warm.");
    }

    #[test]
    fn marked_words_belong_to_the_sentence_they_stand_in() {
        let text = "## Green tea vs. black tea\n\nGreen tea has **pale steamed leaves**. Black tea has **dark oxidised leaves**.\n";
        let points = answered(text).0.points;
        let phrases: Vec<String> = points.iter().map(|point| point.phrases.join(" / ")).collect();
        assert_eq!(phrases, ["pale steamed leaves", "dark oxidised leaves"]);
    }

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }
}
