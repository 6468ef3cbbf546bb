//! Reference answers cut into facts.

use std::collections::BTreeSet;

use super::lists::List;
use super::points::{introduced, upper_first};
use super::words::{content_set, content_words, sentences, words};

/// What a question says, and how many things it asks for.
pub(super) struct Asked {
    /// Its content.
    stems: BTreeSet<String>,
    /// Its content where it gives something to choose from: "Which is larger, A or B?"
    pub choices: BTreeSet<String>,
    /// "Who wrote it, and when?" asks for two things.
    n_things: usize,
    /// How much a fact must tell beyond the question: a person, time or place may be a word. Elsewhere one word was tried and
    /// cost SAF English 0.002.
    least_new: usize,
}

impl Asked {
    pub(super) fn by(question: &str) -> Self {
        let words = words(question);
        let opens = |at: usize| at == 0 || words[at.saturating_sub(3)..at].iter().any(|word| word == "and");
        let n_things = (0..words.len()).filter(|at| List::AskingWord.has(&words[*at]) && opens(*at)).count();
        let least_new = if words.first().is_some_and(|word| List::Datum.has(word)) { 1 } else { 2 };
        let stems = content_set(question);
        let choices = if words.iter().any(|word| word == "or") { stems.clone() } else { BTreeSet::new() };
        Self { stems, choices, n_things, least_new }
    }

    /// How much a text tells beyond the question.
    fn n_new(&self, text: &str) -> usize {
        content_set(text).difference(&self.stems).count()
    }

    /// The parts of a short answer, one for each of several things that are asked for: "Mary Shelley, 1818".
    pub(super) fn parts(&self, text: &str) -> Option<Vec<String>> {
        let text = text.trim().trim_end_matches('.');
        if self.n_things < 2 || sentences(text).len() > 1 {
            return None;
        }
        JOINTS.iter().find_map(|joint| {
            let parts: Vec<&str> = text.split(joint).map(introduced).collect();
            let tell = parts.len() == self.n_things && parts.iter().all(|part| self.n_new(part) > 0);
            tell.then(|| parts.into_iter().map(str::to_owned).collect())
        })
    }
}

/// Between the parts of an answer, those that part it most clearly first.
const JOINTS: [&str; 4] = ["; ", ", ", " and ", " in "];

/// The facts of a reference answer: its sentences and list items, each in all the wordings that the answer has for it.
pub(super) fn facts(text: &str, asked: &Asked) -> Vec<Vec<String>> {
    let mut facts = Facts { asked, facts: Vec::new(), short: String::new() };
    let broken = with_line_breaks(text);
    let mut lines = broken.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        for part in sentences(without_bullet(line)).iter().flat_map(|sentence| sentence.split("; ")) {
            let part = without_bullet(part).to_owned();
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

/// Abbreviations in words: "e.g.", which the engine knows to open an example, and "c." before a number.
pub(super) fn spelt_out(text: &str) -> String {
    let text = text.replace("e.g.", "for example").replace("E.g.", "For example").replace("e.g ", "for example ");
    let words: Vec<&str> = text.split(' ').collect();
    let before_number =
        |at: usize| words.get(at + 1).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_circa = |at: usize| List::Circa.has(&words[at].to_lowercase()) && before_number(at);
    let spelt: Vec<&str> = (0..words.len()).map(|at| if is_circa(at) { "about" } else { words[at] }).collect();
    spelt.join(" ")
}

struct Facts<'a> {
    asked: &'a Asked,
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
                let says_enough = self.asked.n_new(&joined) >= self.asked.least_new;
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
        if let [only] = &mut self.facts[..] {
            add_bare(only);
        }
        self.facts
    }
}

/// Adds the wording without what stands in brackets, which nobody has to say. With each of several facts this was tried and
/// cost SAF English 0.004 of the correlation.
fn add_bare(wordings: &mut Vec<String>) {
    if let [only] = &wordings[..]
        && let Some((before, inside)) = only.split_once(" (")
        && let Some((_, after)) = inside.split_once(')')
        && content_words(before).len() >= 2
    {
        let bare = format!("{before}{after}");
        wordings.push(bare);
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
pub(super) fn without_bullet(text: &str) -> &str {
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
