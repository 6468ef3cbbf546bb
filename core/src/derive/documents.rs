//! Drafts from Markdown documents.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{self, Material, Origin};
use super::lists::List;
use super::outline::{Entry, EntryKind, outline};
use super::points;
use super::questions::{Found, questions};
use super::subjects::Subjects;
use super::words::{Rarity, content_stems, is_english, is_function_word, kebab, likeness, pattern_phrase, unique};
use super::{Draft, Note, NoteKind};
use crate::Document;
use crate::rubric;
use crate::rubric::source::{AtLeastSource, CriterionSource, Kind, SourceReference};

/// What documents gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// In the order of the questions.
    pub drafts: Vec<Draft>,
    /// Every question that was found, with or without a draft.
    pub questions: Vec<FoundQuestion>,
    /// Ordered by document and line.
    pub notes: Vec<Note>,
}

/// A question of the documents.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundQuestion {
    /// Id of its rubric.
    pub id: String,
    /// The question as the learner sees it.
    pub prompt: String,
    /// Every place that answers it.
    pub sources: Vec<SourceReference>,
    /// Whether the documents say enough for a draft.
    pub drafted: bool,
}

/// Drafts a rubric for every question that the documents answer.
///
/// Documents that ask the same question give one rubric with the points of all. `progress` is told how many questions
/// are done, and of how many; it cannot influence the result.
pub fn derive_documents(documents: &[Document], progress: &mut dyn FnMut(usize, usize)) -> Derived {
    let mut notes = Vec::new();
    let mut asked: Vec<Vec<(&str, Found)>> = Vec::new();
    for document in documents {
        let (sections, damage) = outline(&document.text);
        notes.extend(damage.into_iter().map(|damage| Note {
            kind: NoteKind::DamagedMarkup,
            document: document.name.clone(),
            line: Some(damage.line),
            question: None,
            message: damage.message,
        }));
        let (found, skipped) = questions(&sections);
        notes.extend(skipped.into_iter().map(|skipped| Note {
            kind: NoteKind::SkippedHeading,
            document: document.name.clone(),
            line: Some(skipped.line),
            question: None,
            message: format!("`{}` is taken for {}", skipped.heading, skipped.why),
        }));
        for found in found {
            match asked.iter_mut().find(|same| is_same(same, &found, &document.name)) {
                Some(same) => same.push((&document.name, found)),
                None => asked.push(vec![(&document.name, found)]),
            }
        }
    }
    let texts: Vec<String> = asked.iter().map(|found| all_text(found)).collect();
    let rarity = Rarity::of(texts.iter().map(String::as_str));
    let mut used = BTreeSet::new();
    let mut derived = Derived { drafts: Vec::new(), questions: Vec::new(), notes: Vec::new() };
    let n_questions = asked.len();
    // A document is in one language, also where an answer is too short or too terse to show it.
    let mut of_document: BTreeMap<&str, String> = BTreeMap::new();
    for (found, text) in asked.iter().zip(&texts) {
        of_document.entry(found[0].0).or_default().push_str(text);
    }
    let english: BTreeMap<&str, bool> =
        of_document.into_iter().map(|(document, text)| (document, is_english(&text).unwrap_or(true))).collect();
    for (done, found) in asked.into_iter().enumerate() {
        progress(done, n_questions);
        let english = english[found[0].0];
        let (question, draft) = drafted(found, english, &rarity, &mut used, &mut notes);
        derived.questions.push(question);
        derived.drafts.extend(draft);
    }
    progress(n_questions, n_questions);
    notes.sort_by(|a, b| (&a.document, a.line, a.kind, &a.message).cmp(&(&b.document, b.line, b.kind, &b.message)));
    notes.dedup();
    derived.notes = notes;
    derived
}

/// Whether a question has been asked before: in the same words, or, in another document, in nearly the same.
fn is_same(asked: &[(&str, Found)], found: &Found, document: &str) -> bool {
    asked.iter().any(|(other, before)| {
        let stems = content_stems(&found.prompt);
        let same = !stems.is_empty() && stems == content_stems(&before.prompt);
        same && (*other != document || stems.len() >= 3)
            || *other != document && stems.len() >= 4 && likeness(&before.prompt, &found.prompt) >= 80
    })
}

/// All that documents say in answer to a question, for counting words.
fn all_text(found: &[(&str, Found)]) -> String {
    fn collect(entries: &[Entry], text: &mut String) {
        for entry in entries {
            text.push_str(&entry.text.text);
            text.push('\n');
            if let EntryKind::Table(rows) = &entry.kind {
                for cell in rows.iter().flatten() {
                    text.push_str(&cell.text);
                    text.push('\n');
                }
            }
            collect(&entry.children, text);
        }
    }
    let mut text = String::new();
    for (_, found) in found {
        text.push_str(&found.prompt);
        text.push('\n');
        collect(&found.entries, &mut text);
    }
    text
}

fn drafted(
    found: Vec<(&str, Found)>,
    english: bool,
    rarity: &Rarity,
    used: &mut BTreeSet<String>,
    notes: &mut Vec<Note>,
) -> (FoundQuestion, Option<Draft>) {
    let (first_document, first) = (found[0].0.to_owned(), found[0].1.clone());
    let id = unique(&kebab(&first.prompt, 6), used);
    let sources: Vec<SourceReference> = found
        .iter()
        .map(|(document, found)| SourceReference {
            document: (*document).to_owned(),
            heading: Some(found.heading.clone()),
            lines: Some(found.lines),
            ..SourceReference::default()
        })
        .collect();
    let mut subjects = Subjects::default();
    let (mut points, mut chains) = (Vec::new(), Vec::new());
    for (document, found) in &found {
        let answered = points::points(found, document, &mut subjects, notes);
        points.extend(answered.points);
        chains.extend(answered.chains);
    }
    if points.iter().any(|point| point.fallback) && !points.iter().all(|point| point.fallback) {
        points.retain(|point| !point.fallback);
    }
    if points.iter().any(|point| point.fallback) {
        notes.push(Note {
            kind: NoteKind::NoAnswer,
            document: first_document.clone(),
            line: Some(first.lines[0]),
            question: Some(first.prompt.clone()),
            message: "no answer: the criteria are what the task says it tests".to_owned(),
        });
    }
    let account = first.kind == Kind::Experience;
    let shape = if account { experience(&sources[0]) } else { Vec::new() };
    let asked = account.then(|| asked_about(&first.prompt, &sources[0])).flatten();
    let material = Material {
        id: id.clone(),
        prompt: first.prompt.clone(),
        kind: first.kind,
        english,
        topic: first.section.as_deref().map(|section| kebab(section, 4)),
        sources: sources.clone(),
        subjects,
        points,
        chains,
        shape,
        asked,
        origin: Origin::Document,
    };
    let rubric = draft::rubric(material, rarity, notes);
    if rubric.is_none() {
        notes.push(Note {
            kind: NoteKind::NoAnswer,
            document: first_document,
            line: Some(first.lines[0]),
            question: Some(first.prompt.clone()),
            message: "no answer: there is no draft".to_owned(),
        });
    }
    let question = FoundQuestion { id, prompt: first.prompt, sources, drafted: rubric.is_some() };
    (question, rubric.map(|rubric| Draft { rubric }))
}

/// What every account of one's own work should have.
fn experience(source: &SourceReference) -> Vec<CriterionSource> {
    let shape = rubric::written(&shape_of_experience()).expect("the table is TOML");
    let with_source = |criterion| CriterionSource { sources: vec![source.clone()], ..criterion };
    shape.criteria.into_iter().map(with_source).collect()
}

fn shape_of_experience() -> Document {
    Document { name: "experience".to_owned(), text: include_str!("../../data/experience.toml").to_owned() }
}

/// What an account should be about: the words of the question that do not merely ask, two of them where it has more. Words
/// of a question prove nothing alone, so each stands with a word of an account.
fn asked_about(prompt: &str, source: &SourceReference) -> Option<CriterionSource> {
    const MOST_NAMES: usize = 4;
    let asks =
        |word: &str| word.len() < 2 || is_function_word(word) || List::Asking.has(word) || List::Working.has(word);
    let mut seen = BTreeSet::new();
    let names: Vec<&str> = prompt
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !asks(&word.to_lowercase()) && seen.insert(word.to_lowercase()))
        .take(MOST_NAMES)
        .collect();
    let working = List::Working.phrases().join("|");
    let patterns: Vec<String> = names.iter().map(|name| format!("{} & ({working})", pattern_phrase(name))).collect();
    let (any, at_least) = match patterns.len() {
        0 => return None,
        1 => (patterns, None),
        _ => (Vec::new(), Some(AtLeastSource { n: 2, of: patterns })),
    };
    Some(CriterionSource {
        id: "subject".to_owned(),
        label: format!("Subject: {}", names.join(", ")),
        points: Some(2),
        any,
        at_least,
        sources: vec![source.clone()],
        ..CriterionSource::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RubricSet;

    #[test]
    fn the_shape_of_an_account_is_a_sound_rubric() {
        let set = RubricSet::compile(&[shape_of_experience()]).expect("it is sound");
        assert!(set.warnings().is_empty(), "{:?}", set.warnings());
        assert_eq!(experience(&SourceReference::default()).len(), 5);
    }
}
