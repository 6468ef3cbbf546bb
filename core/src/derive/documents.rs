//! Drafts from Markdown documents.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{self, Material, Origin};
use super::lists::List;
use super::outline::{Entry, EntryKind, outline};
use super::points;
use super::questions::{Found, questions};
use super::subjects::Subjects;
use super::words::{
    FunctionWords, Rarity, content_stems, is_english, is_function_word, kebab, overlap, pattern_phrase, unique, words,
};
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
    let mut asked: Vec<Vec<Asked<'_>>> = Vec::new();
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
            let new = Asked::new(&document.name, found);
            match asked.iter_mut().find(|same| same.iter().any(|before| before.is_same(&new))) {
                Some(same) => same.push(new),
                None => asked.push(vec![new]),
            }
        }
    }
    let texts: Vec<String> = asked.iter().map(|found| all_text(found)).collect();
    let rarity = Rarity::of(texts.iter().map(String::as_str));
    let mut used = BTreeSet::new();
    let mut derived = Derived { drafts: Vec::new(), questions: Vec::new(), notes: Vec::new() };
    let n_questions = asked.len();
    let mut of_document: BTreeMap<&str, String> = BTreeMap::new();
    for (found, text) in asked.iter().zip(&texts) {
        of_document.entry(found[0].document).or_default().push_str(text);
    }
    let of_document: BTreeMap<&str, FunctionWords> =
        of_document.into_iter().map(|(document, text)| (document, FunctionWords::of(&text))).collect();
    for (done, (found, text)) in asked.into_iter().zip(&texts).enumerate() {
        progress(done, n_questions);
        let english = is_english(text, &of_document[found[0].document]);
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

/// A question of a document, with what it is compared by: there may be thousands, and each is compared with each.
struct Asked<'a> {
    document: &'a str,
    found: Found,
    words: Vec<String>,
    stems: Vec<String>,
    content: BTreeSet<String>,
}

impl<'a> Asked<'a> {
    fn new(document: &'a str, found: Found) -> Self {
        let stems = content_stems(&found.prompt);
        Self { document, words: words(&found.prompt), content: stems.iter().cloned().collect(), stems, found }
    }

    /// Whether two questions are one: asked in the same words, or, in different documents, in nearly the same.
    fn is_same(&self, other: &Self) -> bool {
        if self.document == other.document {
            let twice = self.words == other.words && self.found.section == other.found.section;
            return !self.stems.is_empty() && (twice || self.stems.len() >= 3 && self.stems == other.stems);
        }
        !self.stems.is_empty() && self.stems == other.stems
            || other.stems.len() >= 4 && overlap(&self.content, &other.content) >= 80
    }
}

/// All that documents say in answer to a question, for counting words.
fn all_text(asked: &[Asked<'_>]) -> String {
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
    for Asked { found, .. } in asked {
        text.push_str(&found.prompt);
        text.push('\n');
        collect(&found.entries, &mut text);
    }
    text
}

fn drafted(
    asked: Vec<Asked<'_>>,
    english: bool,
    rarity: &Rarity,
    used: &mut BTreeSet<String>,
    notes: &mut Vec<Note>,
) -> (FoundQuestion, Option<Draft>) {
    let (first_document, first) = (asked[0].document.to_owned(), asked[0].found.clone());
    let id = unique(&kebab(&first.prompt, 6), used);
    let sources: Vec<SourceReference> = asked
        .iter()
        .map(|Asked { document, found, .. }| SourceReference {
            document: (*document).to_owned(),
            heading: Some(found.heading.clone()),
            lines: Some(found.lines),
            ..SourceReference::default()
        })
        .collect();
    let mut subjects = Subjects::default();
    let (mut points, mut chains) = (Vec::new(), Vec::new());
    for Asked { document, found, .. } in &asked {
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
    let subject = account.then(|| asked_about(&first.prompt, &sources[0])).flatten();
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
        asked: subject,
        n_enough: None,
        misconceptions: Vec::new(),
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
