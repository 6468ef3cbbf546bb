//! A rubric's test bench: diagnostics, and its own examples with expected against actual.

use crate::diagnostic::{self, Diagnostic};
use crate::rubric::source::ExampleSource;
use crate::rubric::{self, Compilation, Places, Rubric};
use crate::wire::{Evaluation, Outcome};
use crate::{Document, Marker, RubricSet, line_column, lint};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Format of a [`CheckReport`].
pub const FORMAT: &str = "rubrica-check/1";

/// Result of [`check`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// Always `rubrica-check/1`.
    pub format: String,
    /// Ordered by document and place.
    pub diagnostics: Vec<Diagnostic>,
    /// One entry for every rubric that compiled, ordered by id.
    pub rubrics: Vec<RubricReport>,
}

/// What `check` says about one rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RubricReport {
    /// Id of the question.
    pub id: String,
    /// Name of its document.
    pub document: String,
    /// How many criteria it has.
    pub n_criteria: u32,
    /// Points of all criteria together, after group limits.
    pub points: f64,
    /// How many misconceptions it has.
    pub n_misconceptions: u32,
    /// In the order of the document.
    pub examples: Vec<ExampleReport>,
}

/// Expected against actual for one example of a rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleReport {
    /// 1-based line of the example in its document.
    pub line: u32,
    /// As the author calls it, such as `paraphrase`.
    pub kind: Option<String>,
    /// Whether every expectation held.
    pub passed: bool,
    /// Expected score in percent, inclusive.
    pub expected: [u32; 2],
    /// Actual score in percent, rounded.
    pub actual: u32,
    /// Why it failed: one sentence for every expectation that did not hold.
    pub failures: Vec<String>,
    /// Points per criterion: id, earned, possible.
    pub outcomes: Vec<(String, f64, f64)>,
}

/// Reads, lints and tests documents; what `rubrica check` shows.
pub fn check(documents: &[Document]) -> CheckReport {
    let Compilation { rubrics, lexicon, mut problems } = rubric::compile(documents);
    lint::check_lexicon(&lexicon, &rubrics, documents, &mut problems);
    let (rubrics, places): (Vec<Rubric>, Vec<(usize, Places)>) =
        rubrics.into_iter().map(|compiled| (compiled.rubric, (compiled.document, compiled.places))).unzip();
    let set = Arc::new(RubricSet { rubrics, warnings: Vec::new() });
    let mut marker = Marker::new(Arc::clone(&set));
    let mut evaluate = |id: &str, answer: &str| marker.evaluate(id, answer).expect("the set has the question");
    let mut reports = Vec::new();
    for (question, (document, places)) in set.questions().iter().zip(&places) {
        let (source, document) = (question.source, &documents[*document]);
        let evaluations: Vec<Evaluation> =
            source.examples.iter().map(|example| evaluate(&source.id, &example.answer)).collect();
        lint::check_examples(source, places, &document.name, &evaluations, &mut problems);
        if let Some(reference) = &source.reference_answer {
            lint::check_reference(places, &document.name, &evaluate(&source.id, reference), &mut problems);
        }
        let line = |i: usize| line_column(&document.text, places.of(&format!("examples.{i}")).start).0;
        reports.push(RubricReport {
            id: source.id.clone(),
            document: document.name.clone(),
            n_criteria: source.criteria.len() as u32,
            points: evaluate(&source.id, "").max_points,
            n_misconceptions: source.misconceptions.len() as u32,
            examples: source
                .examples
                .iter()
                .zip(&evaluations)
                .enumerate()
                .map(|(i, (example, evaluation))| compare(example, evaluation, line(i)))
                .collect(),
        });
    }
    rubric::sort(&mut problems, documents);
    CheckReport { format: FORMAT.to_owned(), diagnostics: diagnostic::located(problems, documents), rubrics: reports }
}

/// Expected against actual.
fn compare(example: &ExampleSource, evaluation: &Evaluation, line: u32) -> ExampleReport {
    let actual = evaluation.percent();
    let mut failures = Vec::new();
    let [low, high] = example.score;
    if actual < low || actual > high {
        failures.push(format!("scored {actual} %, expected {low} to {high} %"));
    }
    let outcome = |id: &String| evaluation.outcomes.iter().find(|outcome| outcome.criterion == *id);
    for id in &example.met {
        if !outcome(id).is_some_and(Outcome::earned_half) {
            failures.push(format!("criterion `{id}` should be met"));
        }
    }
    for id in &example.missed {
        if outcome(id).is_some_and(Outcome::earned_half) {
            failures.push(format!("criterion `{id}` should be missed"));
        }
    }
    for id in &example.misconceptions {
        if !evaluation.misconceptions.iter().any(|found| found.misconception == *id) {
            failures.push(format!("misconception `{id}` should be found"));
        }
    }
    ExampleReport {
        line,
        kind: example.kind.clone(),
        passed: failures.is_empty(),
        expected: example.score,
        actual,
        failures,
        outcomes: evaluation
            .outcomes
            .iter()
            .map(|outcome| (outcome.criterion.clone(), outcome.points, outcome.max_points))
            .collect(),
    }
}
