//! Texts to time marking with: answers of about one length to questions with rubrics of some size.

use crate::rows::{self, text};
use rubrica_core::RubricSet;
use rubrica_core::wire::BulkRequest;
use serde_json::Value;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// Classes of texts: name, fewest words.
pub const CLASSES: [(&str, usize); 3] = [("15-words", 12), ("60-words", 52), ("150-words", 135)];
const FEWEST_CRITERIA: usize = 8;

/// Answers by question, for rubrics of some size: the labelled ones where this machine has them, else the examples of
/// the rubrics; and which of the two.
pub fn answers(set: &RubricSet) -> (BTreeMap<String, Vec<String>>, &'static str) {
    let labelled = crate::labelled_answers().map(|folder| rows::read(&folder.join("answers.jsonl")));
    let mut answers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for question in set.questions().iter().filter(|question| question.source.criteria.len() >= FEWEST_CRITERIA) {
        let of_question = |row: &Value| (text(row, "question_id") == question.id).then(|| text(row, "text").to_owned());
        let mut texts: Vec<String> = match &labelled {
            Some(labelled) => labelled.iter().filter_map(of_question).collect(),
            None => question.source.examples.iter().map(|example| example.answer.clone()).collect(),
        };
        texts.retain(|text| !text.trim().is_empty());
        if !texts.is_empty() {
            answers.insert(question.id.to_owned(), texts);
        }
    }
    (answers, if labelled.is_some() { "labelled answers" } else { "examples of rubrics" })
}

/// Cuts and joins the answers of each question, sentence by sentence, into texts of at least so many words.
pub fn texts(answers: &BTreeMap<String, Vec<String>>, fewest: usize) -> Vec<BulkRequest> {
    let mut requests = Vec::new();
    for (question_id, texts) in answers {
        let mut answer = String::new();
        for sentence in texts.iter().flat_map(|text| text.unicode_sentences()) {
            answer.push_str(sentence.trim_end());
            answer.push(' ');
            if answer.unicode_words().count() >= fewest {
                requests.push(BulkRequest {
                    question_id: question_id.clone(),
                    answer: std::mem::take(&mut answer),
                    answer_id: None,
                });
            }
        }
    }
    requests
}

/// The requests as the bulk call takes them.
pub fn lines(requests: &[BulkRequest]) -> String {
    requests.iter().map(|request| serde_json::to_string(request).expect("a request is plain") + "\n").collect()
}
