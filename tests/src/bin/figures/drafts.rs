//! The interview answers, marked with rubrics that `rubrica derive` drafted from documents and nobody edited.

use super::independent;
use super::interview::{self, KINDS};
use super::page::Section;
use super::shared::Shared;
use super::sureness;
use rubrica_core::Document;
use rubrica_core::derive::{Draft, FoundQuestion, derive_documents};
use rubrica_tests::rated::{RatedAnswers, scores};
use rubrica_tests::rows::text;
use rubrica_tests::{Group, documents_in, independent_answers, marker};
use std::collections::{BTreeMap, BTreeSet};

const INDEPENDENT_TEXT: &str = "\
The independent answers, those that were read and those kept apart, under the same drafts where there is one. A draft
knows the words of its document: what is said in others earns little before an author adds them, and exchanged roles
earn too much before they are named.
";

/// The drafts as files, with the concepts of the repository beside them.
pub fn with_lexicon(drafts: &[Draft]) -> Vec<Document> {
    let mut documents = rubrica_tests::documents();
    documents.retain(|document| document.name.contains("lexicon"));
    documents.extend(
        drafts.iter().map(|draft| Document { name: format!("{}.toml", draft.rubric.id), text: draft.to_toml() }),
    );
    documents
}

pub fn figures(shared: &Shared) -> Vec<Section> {
    let derived = derive_documents(&documents_in(&shared.path("seeds"), "txt"), &mut |_, _| {});
    let rubrics = rubrics(shared, &derived.questions);
    let interview = interview::read(shared);
    let mut marker = marker(&with_lexicon(&derived.drafts));
    let marked = interview.mark(&mut marker, |id| rubrics.get(id).map(String::as_str));
    let measures = interview.measure(&scores(&marked), |_| true);
    let asked: BTreeSet<&str> = interview.answers.iter().map(|answer| answer.question_id.as_str()).collect();
    let n_drafted = asked.iter().filter(|id| rubrics.contains_key(**id)).count();
    let text = format!(
        "The same answers under rubrics as `rubrica derive` drafts them from five documents, unedited. Of the {} questions\n\
         it finds there, {} have an answer to draft a rubric from; so have {n_drafted} of the {} asked here. The aim is a\n\
         mean over kinds of 0.85.\n",
        derived.questions.len(),
        derived.drafts.len(),
        asked.len(),
    );
    let [open, apart] = [Group::Open, Group::Apart].map(|group| {
        let rated = RatedAnswers::paired(independent_answers(group));
        let marked = rated.mark(&mut marker, |id| rubrics.get(id).map(String::as_str));
        rated.measure(&scores(&marked), |question| rubrics.contains_key(question))
    });
    vec![
        Section {
            title: "Interview questions, drafts as they come",
            text,
            header: vec!["measure", "drafts"],
            rows: KINDS.rows(&[&measures]),
        },
        Section {
            title: "Independent answers, drafts as they come",
            text: INDEPENDENT_TEXT.to_owned(),
            header: vec!["measure", "read", "kept apart"],
            rows: independent::KINDS.rows(&[&open, &apart]),
        },
        sureness::section("interview, drafts", "another band of five", &interview.judged(&marked)),
    ]
}

/// Id of the draft for each listed question: the innermost one whose lines hold the place where the list says its answer
/// begins.
fn rubrics(shared: &Shared, found: &[FoundQuestion]) -> BTreeMap<String, String> {
    let mut rubrics = BTreeMap::new();
    for question in shared.rows("questions.jsonl") {
        let (document, line) = (text(&question, "seed_file"), question["seed_lines"][0].as_u64().unwrap_or_default());
        let begins = |found: &FoundQuestion| {
            let here = found.sources.iter().filter(|source| source.document == document);
            let lines = here.filter_map(|source| source.lines.map(|lines| lines.map(u64::from)));
            lines.filter(|[first, last]| (*first..=*last).contains(&line)).map(|[first, _]| first).max()
        };
        let holding = found.iter().filter_map(|found| Some((begins(found)?, found)));
        if let Some((_, found)) = holding.max_by_key(|(first, _)| *first).filter(|(_, found)| found.drafted) {
            rubrics.insert(text(&question, "id").to_owned(), found.id.clone());
        }
    }
    rubrics
}
