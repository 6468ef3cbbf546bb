//! Drafts from a table of questions with reference answers.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{self, Material, Origin};
use super::lists::List;
use super::points::{Point, introduced, split_at_commas, upper_first};
use super::questions::{asked_number, kind_of};
use super::subjects::Subjects;
use super::words::{
    FunctionWords, Rarity, content_set, content_words, is_clause, is_english, kebab, sentences, unique,
};
use super::{Draft, Note};
use crate::rubric::source::{CriterionSource, DEFAULT_BANDS, ExampleSource, Kind, SourceReference};

/// A question with what its author accepts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Id of the question, not yet in kebab-case.
    pub question_id: String,
    /// The question as the learner sees it.
    pub question: String,
    /// Each is a full answer of its own.
    pub references: Vec<Reference>,
    /// Answers known to be right; they become examples.
    pub correct: Vec<String>,
    /// Answers known to be wrong; they become examples.
    pub incorrect: Vec<String>,
    /// File and line, for the rubric's sources.
    pub source: SourceReference,
}

/// A reference answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The answer itself.
    pub text: String,
    /// How good it is.
    pub category: Category,
}

/// How good a reference answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// All that a full answer says.
    Best,
    /// Enough for full points; also where the table does not say.
    #[default]
    Good,
    /// Just enough.
    Minimal,
    /// Words that must occur, no sentence.
    Keyword,
}

impl Category {
    /// The category of a name such as `BEST`; `None` for an unknown one.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "best" => Some(Self::Best),
            "good" | "" => Some(Self::Good),
            "minimal" => Some(Self::Minimal),
            "keyword" => Some(Self::Keyword),
            _ => None,
        }
    }
}

/// Drafts a rubric for every row that has a reference answer, in their order.
///
/// A reference answer of several facts gives a criterion for each; several short ones are alternatives of one. The ids
/// are those of the questions, brought into kebab-case.
pub fn derive_table(rows: &[TableRow], progress: &mut dyn FnMut(usize, usize)) -> (Vec<Draft>, Vec<Note>) {
    let texts: Vec<String> = rows
        .iter()
        .map(|row| row.references.iter().map(|reference| reference.text.as_str()).collect::<Vec<_>>().join("\n"))
        .collect();
    let rarity = Rarity::of(texts.iter().map(String::as_str));
    let asked = |row: &TableRow, text: &String| format!("{}\n{text}\n", row.question);
    let mut of_table: BTreeMap<&str, String> = BTreeMap::new();
    for (row, text) in rows.iter().zip(&texts) {
        of_table.entry(&row.source.document).or_default().push_str(&asked(row, text));
    }
    let of_table: BTreeMap<&str, FunctionWords> =
        of_table.into_iter().map(|(document, text)| (document, FunctionWords::of(&text))).collect();
    let (mut used, mut notes, mut drafts) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (done, (row, text)) in rows.iter().zip(&texts).enumerate() {
        progress(done, rows.len());
        let id = match rubric_id(&row.question_id) {
            id if id.is_empty() => kebab(&row.question, 6),
            id => id,
        };
        let id = unique(&id, &mut used);
        let kind = kind_of(&row.question, None);
        let (points, subjects) = points(row, kind);
        let material = Material {
            id,
            prompt: row.question.clone(),
            kind,
            english: is_english(&asked(row, text), &of_table[row.source.document.as_str()]),
            topic: None,
            sources: vec![row.source.clone()],
            subjects,
            points,
            chains: Vec::new(),
            shape: Vec::new(),
            asked: None,
            origin: Origin::References,
        };
        match draft::rubric(material, &rarity, &mut notes) {
            Some(mut rubric) => {
                rubric.full_marks = Some(full_marks(&rubric.criteria));
                rubric.examples = examples(row);
                drafts.push(Draft { rubric });
            }
            None => notes.push(Note {
                kind: super::NoteKind::NoAnswer,
                document: row.source.document.clone(),
                line: row.source.lines.map(|lines| lines[0]),
                question: Some(row.question.clone()),
                message: "no reference answer that says more than the question: there is no draft".to_owned(),
            }),
        }
    }
    progress(rows.len(), rows.len());
    (drafts, notes)
}

/// The id of the rubric that is drafted for a question of a table: the question's id in kebab-case, so that a file can be
/// named after it.
pub fn rubric_id(question_id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = question_id.chars().map(plain).collect();
    id.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn points(row: &TableRow, kind: Kind) -> (Vec<Point>, Subjects) {
    let mut subjects = Subjects::default();
    let mut references: Vec<&Reference> =
        row.references.iter().filter(|reference| !content_words(&reference.text).is_empty()).collect();
    references.sort_by_key(|reference| reference.category);
    let Some(best) = references.first() else { return (Vec::new(), subjects) };
    let given = content_set(&row.question);
    if references.len() == 1
        && let Some(names) = names(row, &best.text)
    {
        let named = |name: String| Point {
            label: Some(name.clone()),
            instances: vec![name],
            is_name: true,
            sources: vec![row.source.clone()],
            ..Point::default()
        };
        return (names.into_iter().map(named).collect(), subjects);
    }
    let facts = facts(&best.text, &given);
    let point = |statements: Vec<String>| Point { statements, sources: vec![row.source.clone()], ..Point::default() };
    if references.len() == 1 || facts.len() >= 3 {
        let told: Vec<String> = facts.iter().map(|wordings| wordings[0].clone()).collect();
        subjects = Subjects::of_prose(&row.question, kind, &told);
        let mut about = BTreeSet::new();
        let attributed = |wordings: Vec<String>| {
            about = subjects.carried(&about, &wordings[0]);
            Point { subjects: about.clone(), ..point(wordings) }
        };
        return (facts.into_iter().map(attributed).collect(), subjects);
    }
    // Alternatives: each says enough by itself.
    let statements = references.iter().map(|reference| one_line(&reference.text)).collect();
    (vec![point(statements)], subjects)
}

/// Percent of the points that are full marks. A reference answer is what a full answer says: nothing in it is there for the
/// reader's sake alone. But of a sentence or two a right answer says some words in others, while the many words of a long
/// reference earn parts of points by chance. Set on SAF English and SciEntsBank, November 2026.
fn full_marks(criteria: &[CriterionSource]) -> u32 {
    const WORDS_OF_TWO_SENTENCES: usize = 64;
    const WORDS_OF_A_PARAGRAPH: usize = 128;
    if criteria.iter().all(|criterion| criterion.mention == Some(true)) {
        return 100;
    }
    let n_words = |criterion: &CriterionSource| {
        criterion.statements.iter().map(|statement| statement.split_whitespace().count()).min().unwrap_or(0)
    };
    match criteria.iter().map(n_words).sum() {
        ..WORDS_OF_TWO_SENTENCES => 75,
        WORDS_OF_TWO_SENTENCES..WORDS_OF_A_PARAGRAPH => 90,
        _ => 100,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a reference answer names, where the question asks for names and the answer is nothing but a list of them.
fn names(row: &TableRow, text: &str) -> Option<Vec<String>> {
    if asked_number(&row.question).is_none() && kind_of(&row.question, None) != Kind::List {
        return None;
    }
    let lines: Vec<String> = text.lines().flat_map(sentences).collect();
    let parts = lines.iter().flat_map(|line| without_bullet(line).trim_end_matches('.').split(';'));
    let mut names: Vec<&str> = parts.flat_map(split_at_commas).collect();
    // "Earth and Mars" ends a list; elsewhere such a pair is one name.
    if let Some(last) = names.pop() {
        let last = last.strip_prefix("and ").or(last.strip_prefix("or ")).unwrap_or(last);
        match last.split_once(" and ").or_else(|| last.split_once(" or ")) {
            Some((one, other)) => names.extend([one, other]),
            None => names.push(last),
        }
    }
    let is_name = |name: &&str| (1..=4).contains(&content_words(name).len()) && !is_clause(name);
    (names.len() >= 2 && names.iter().all(is_name)).then(|| names.iter().map(|name| name.trim().to_owned()).collect())
}

/// The facts of a reference answer: its sentences and list items, each in all the wordings that the answer has for it.
fn facts(text: &str, given: &BTreeSet<String>) -> Vec<Vec<String>> {
    let mut facts = Facts { given, facts: Vec::new(), short: String::new() };
    let broken = with_line_breaks(text);
    let mut lines = broken.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        for part in sentences(without_bullet(line)).iter().flat_map(|sentence| sentence.split("; ")) {
            let part = spelt_out(without_bullet(part));
            let folded = part.to_lowercase();
            if part.ends_with(':') && List::Choice.phrases().iter().any(|phrase| folded.contains(phrase)) {
                let list: Vec<&str> = std::iter::from_fn(|| lines.next_if(|line| !line.is_empty())).collect();
                if !list.is_empty() {
                    facts.facts.push(choices(&list));
                }
            } else {
                facts.add(part);
            }
        }
    }
    facts.finish()
}

/// The items of a list of which one is enough; a line with another mark than the first belongs to the item before.
fn choices(lines: &[&str]) -> Vec<String> {
    let mark_of = |line: &str| line.chars().next();
    let mut choices: Vec<String> = Vec::new();
    for line in lines {
        if mark_of(line) == mark_of(lines[0]) {
            choices.push(without_bullet(line).to_owned());
        } else {
            append(&mut choices, line);
        }
    }
    choices
}

/// "e.g." in words, which the engine knows to open an example.
fn spelt_out(text: &str) -> String {
    text.replace("e.g.", "for example").replace("E.g.", "For example").replace("e.g ", "for example ")
}

struct Facts<'a> {
    /// What the question says already.
    given: &'a BTreeSet<String>,
    facts: Vec<Vec<String>>,
    /// Says too little to stand alone.
    short: String,
}

impl Facts<'_> {
    /// A fact of its own, or more of the one before it: an example of it, or the same in other words.
    fn add(&mut self, part: String) {
        let before = self.facts.last_mut().filter(|_| self.short.is_empty());
        let reworded = List::Rewording.after(&part).filter(|rest| content_words(rest).len() >= 2);
        match (before, reworded) {
            (Some(before), Some(reworded)) => before.push(upper_first(reworded)),
            (Some(before), None) if List::Illustration.after(&part).is_some() => append(before, &part),
            _ => {
                let joined = format!("{} {part}", self.short).trim_start().to_owned();
                let says_enough = content_set(&joined).difference(self.given).count() >= 2;
                self.short = if says_enough && content_words(&joined).len() >= 2 {
                    self.facts.push(vec![upper_first(introduced(&joined))]);
                    String::new()
                } else {
                    joined
                };
            }
        }
    }

    fn finish(mut self) -> Vec<Vec<String>> {
        match self.facts.last_mut() {
            _ if self.short.is_empty() => {}
            Some(last) => append(last, &self.short),
            None => self.facts.push(vec![self.short]),
        }
        self.facts
    }
}

fn append(wordings: &mut [String], more: &str) {
    let last = wordings.last_mut().expect("a fact has a wording");
    *last = format!("{last} {more}");
}

/// Marks of list items that stand for nothing else in a sentence.
const BULLETS: [char; 4] = ['•', '●', '▪', '◦'];

/// Lists that lost their line breaks, with them: "the fields are -Number -Length -Flags", "1. It is hot. 2. It is dry."
fn with_line_breaks(text: &str) -> String {
    let n_dashes = text.match_indices(" -").filter(|(at, _)| starts_word(&text[at + 2..])).count();
    let mut breaks: Vec<usize> = numbered_items(text);
    breaks.extend(text.match_indices(BULLETS).map(|(at, _)| at));
    if n_dashes >= 3 {
        breaks.extend(text.match_indices(" -").map(|(at, _)| at + 1));
    }
    breaks.sort_unstable();
    let mut broken = String::with_capacity(text.len() + breaks.len());
    let mut from = 0;
    for at in breaks {
        broken.push_str(&text[from..at]);
        if !text[..at].trim_end_matches([' ', '\t']).ends_with('\n') {
            broken.push('\n');
        }
        from = at;
    }
    broken + &text[from..]
}

/// Where the items of a numbered list begin: "1.", "2.", "3." one after the other; none for a single number.
fn numbered_items(text: &str) -> Vec<usize> {
    let mut items = Vec::new();
    for (at, mark) in text.match_indices(['.', ')']) {
        let number = text[..at].rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let start = at - number.len();
        let is_next = number.parse() == Ok(items.len() + 1);
        // "HTTP 2. It …" is a name at the end of a sentence.
        let before = text[..start].trim_end_matches([' ', '\t']);
        let stands_free = before.is_empty() || before.ends_with(['.', ';', ':', '!', '?', ')', '\n']);
        if is_next && stands_free && starts_word(text[at + mark.len()..].trim_start_matches(' ')) {
            items.push(start);
        }
    }
    if items.len() >= 2 { items } else { Vec::new() }
}

fn starts_word(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// "- x", "* x", "2. x", "2.X", "b) x", "ii)X" without the mark.
fn without_bullet(text: &str) -> &str {
    let is_bullet = |c: char| matches!(c, '-' | '*' | '–') || BULLETS.contains(&c);
    let text = text.trim().trim_start_matches(is_bullet).trim_start();
    let is_mark = |mark: &str, rest: &str| {
        let is_short = (1..=3).contains(&mark.len()) && mark.chars().all(char::is_alphanumeric);
        let is_number = mark.chars().all(char::is_numeric) || text[mark.len()..].starts_with(')');
        is_short && (rest.starts_with(' ') && mark.len() <= 2 || starts_word(rest) && is_number)
    };
    match text.split_once(['.', ')']) {
        Some((mark, rest)) if is_mark(mark, rest) => rest.trim(),
        _ => text,
    }
}

fn examples(row: &TableRow) -> Vec<ExampleSource> {
    let example = |kind: &str, score: [u32; 2]| {
        let kind = kind.to_owned();
        move |answer: &String| ExampleSource {
            kind: Some(kind.clone()),
            answer: answer.clone(),
            score,
            ..ExampleSource::default()
        }
    };
    let [_, (_, good), (_, partial), ..] = DEFAULT_BANDS;
    let correct = row.correct.iter().map(example("correct", [good, 100]));
    correct.chain(row.incorrect.iter().map(example("incorrect", [0, partial - 1]))).collect()
}
