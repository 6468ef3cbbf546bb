//! What the engine says about every example of the rubrics, natively: the other side of the browser's identity test.

use crate::{Outcome, rubrics};
use rubrica_core::wire::BulkRequest;
use rubrica_core::{Detail, Marker, RubricSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

pub fn write(directory: &Path) -> Outcome {
    let documents = rubrics::read()?;
    let set = Arc::new(RubricSet::compile(&documents)?);
    let mut answers = String::new();
    // With ids: the app gives an answer without one the number of its row.
    let mut ids = (1..).map(|number: usize| number.to_string());
    for question in set.questions() {
        for example in &question.source.examples {
            let request = BulkRequest {
                question_id: question.id.to_owned(),
                answer: example.answer.clone(),
                answer_id: ids.next(),
            };
            writeln!(answers, "{}", serde_json::to_string(&request)?)?;
        }
    }
    let evaluations = Marker::new(set).evaluate_lines(&answers, Detail::Full);
    fs::create_dir_all(directory)?;
    fs::write(directory.join("answers.jsonl"), answers)?;
    fs::write(directory.join("evaluations.jsonl"), evaluations)?;
    Ok(())
}
