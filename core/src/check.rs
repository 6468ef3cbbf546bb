//! A rubric's test bench: diagnostics, and its own examples with expected against actual.

use crate::diagnostic::{Diagnostic, Severity};
use crate::rubric::{self, CompiledDocument};
use crate::{Document, Marker, RubricSet, line_column, wire};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Format of a [`CheckReport`].
pub const FORMAT: &str = "rubrica-check/1";

/// Result of [`check`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// Always [`FORMAT`].
    pub format: String,
    /// Ordered by document and place.
    pub diagnostics: Vec<DiagnosticReport>,
    /// One entry for every rubric that compiled, ordered by id.
    pub rubrics: Vec<RubricReport>,
}

/// A [`Diagnostic`] with its place resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticReport {
    /// `error` or `warning`.
    pub severity: String,
    pub code: String,
    pub document: String,
    /// Bytes of the document.
    pub start: u32,
    pub end: u32,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    pub message: String,
    pub help: Option<String>,
}

/// What `check` says about one rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RubricReport {
    pub id: String,
    pub document: String,
    pub n_criteria: u32,
    /// Points of all criteria together, after group limits.
    pub points: f64,
    pub n_misconceptions: u32,
    pub examples: Vec<ExampleReport>,
}

/// Expected against actual for one example of a rubric.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExampleReport {
    /// 1-based line of the example in its document.
    pub line: u32,
    pub kind: Option<String>,
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
    let compilation = rubric::compile(documents);
    let diagnostics =
        compilation.diagnostics.iter().map(|diagnostic| report_diagnostic(diagnostic, documents)).collect();
    let places: Vec<(usize, Vec<u32>)> =
        compilation.rubrics.iter().map(|compiled| (compiled.document, example_lines(compiled, documents))).collect();
    let set = Arc::new(RubricSet::from_compiled(compilation.rubrics, Vec::new()));
    let mut marker = Marker::new(Arc::clone(&set));
    let rubrics = set
        .questions()
        .iter()
        .zip(places)
        .map(|(question, (document, lines))| {
            let source = question.source;
            let examples: Vec<ExampleReport> = source
                .examples
                .iter()
                .zip(lines)
                .map(|(example, line)| run_example(&mut marker, &source.id, example, line))
                .collect();
            let empty = marker.evaluate(&source.id, "").expect("the set has the question");
            RubricReport {
                id: source.id.clone(),
                document: documents[document].name.clone(),
                n_criteria: source.criteria.len() as u32,
                points: empty.max_points,
                n_misconceptions: source.misconceptions.len() as u32,
                examples,
            }
        })
        .collect();
    CheckReport { format: FORMAT.to_owned(), diagnostics, rubrics }
}

fn report_diagnostic(diagnostic: &Diagnostic, documents: &[Document]) -> DiagnosticReport {
    let text =
        documents.iter().find(|document| document.name == diagnostic.document()).map_or("", |document| &document.text);
    let range = diagnostic.range();
    let (line, column) = line_column(text, range.start);
    DiagnosticReport {
        severity: match diagnostic.severity() {
            Severity::Error => "error".to_owned(),
            Severity::Warning => "warning".to_owned(),
        },
        code: diagnostic.code().to_owned(),
        document: diagnostic.document().to_owned(),
        start: range.start,
        end: range.end,
        line,
        column,
        message: diagnostic.message().to_owned(),
        help: diagnostic.help().map(str::to_owned),
    }
}

fn example_lines(compiled: &CompiledDocument, documents: &[Document]) -> Vec<u32> {
    let text = &documents[compiled.document].text;
    (0..compiled.rubric.source.examples.len())
        .map(|i| line_column(text, compiled.places.of(&format!("examples.{i}")).start).0)
        .collect()
}

fn run_example(
    marker: &mut Marker,
    question: &str,
    example: &rubric::source::ExampleSource,
    line: u32,
) -> ExampleReport {
    let evaluation = marker.evaluate(question, &example.answer).expect("the set has the question");
    let actual = (evaluation.score * 100.0 + 0.5) as u32;
    let mut failures = Vec::new();
    let [low, high] = example.score;
    if actual < low || actual > high {
        failures.push(format!("scored {actual} %, expected {low} to {high} %"));
    }
    let outcome = |id: &String| evaluation.outcomes.iter().find(|outcome| outcome.criterion == *id);
    let earned_half = |outcome: &wire::Outcome| outcome.points * 2.0 >= outcome.max_points;
    for id in &example.met {
        if !outcome(id).is_some_and(earned_half) {
            failures.push(format!("criterion `{id}` should be met"));
        }
    }
    for id in &example.missed {
        if outcome(id).is_some_and(earned_half) {
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
