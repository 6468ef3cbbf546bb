//! Drafts of reference answers, tried on these answers.

use std::sync::Arc;

use super::answers::{Category, Reference, TableRow};
use super::{Draft, Note, NoteKind};
use crate::wire::{Evaluation, State};
use crate::{Document, Marker, RubricSet};

/// A reference answer should earn this much: else the draft asks for something else than it was made of.
const EXPECTED: f64 = 0.75;

/// Marks the reference answers of a question under their draft and tells which of them earn little.
pub(super) fn run(row: &TableRow, draft: &Draft) -> Vec<Note> {
    let poor = evaluated(row, draft).into_iter().filter(|(_, evaluation)| evaluation.score < EXPECTED);
    poor.map(|(answer, evaluation)| note(row, answer, &evaluation)).collect()
}

/// The reference answers of a question with what they earn; keywords are no answer.
fn evaluated<'r>(row: &'r TableRow, draft: &Draft) -> Vec<(&'r Reference, Evaluation)> {
    let document = Document { name: format!("{}.toml", draft.rubric.id), text: draft.to_toml() };
    let Ok(set) = RubricSet::compile(&[document]) else { return Vec::new() };
    let mut marker = Marker::new(Arc::new(set));
    let answers = row.references.iter().filter(|reference| reference.category != Category::Keyword);
    answers.filter_map(|answer| Some((answer, marker.evaluate(&draft.rubric.id, &answer.text)?))).collect()
}

fn note(row: &TableRow, answer: &Reference, evaluation: &Evaluation) -> Note {
    let missed = evaluation.outcomes.iter().filter(|outcome| outcome.state != State::Met);
    let missed: Vec<String> = missed.map(|outcome| format!("`{}`", outcome.criterion)).collect();
    let percent = (evaluation.score * 100.0).round();
    let name = answer.category.adjective();
    Note {
        kind: NoteKind::Reference,
        document: row.source.document.clone(),
        line: row.source.lines.map(|lines| lines[0]),
        question: Some(row.question.clone()),
        message: format!(
            "a {name}reference answer earns {percent} % under its draft; where that is too little, add its words as \
             `statements` to {}",
            missed.join(", ")
        ),
    }
}
