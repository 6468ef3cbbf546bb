//! Marking of free-text answers without a language model.
//!
//! A [`RubricSet`] is compiled once from rubric and lexicon files; a [`Marker`] then evaluates any number of answers.
//! Compiling reports every problem of every file at once. **An answer cannot fail**: every text has an evaluation.
//!
//! The engine is pure: it reads no file, clock, environment or network, and starts no thread. The same rubric, answer
//! and [`SCORING_VERSION`] give the same evaluation bytes on every platform.

use std::sync::Arc;

pub mod analysis;
mod diagnostic;
pub mod rubric;
pub mod wire;

pub use diagnostic::{Diagnostic, Severity, line_column};

/// Version of the scoring rules, written into every evaluation. A score that moves on unchanged input raises it.
pub const SCORING_VERSION: u32 = 1;

/// A rubric or lexicon file: TOML, or JSON of the same shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Shown in diagnostics; for a rubric, its file name without the ending should be the rubric's id.
    pub name: String,
    pub text: String,
}

/// How much the bulk call writes for each answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The columns of a score table: [`wire::Summary`].
    Summary,
    /// The whole evaluation.
    Full,
}

/// Rubrics compiled into one vocabulary. Immutable; share it between markers.
pub struct RubricSet {}

/// One question of a set, as a front end lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question<'a> {
    pub id: &'a str,
    /// The rubric as it was written: prompt, kind, topic, level, hints, reference answer, sources.
    pub source: &'a rubric::source::RubricSource,
}

impl RubricSet {
    /// Compiles rubric and lexicon files together.
    ///
    /// # Errors
    /// Every error of every document, and the warnings with them, ordered by document and place.
    pub fn compile(_documents: &[Document]) -> Result<Self, Vec<Diagnostic>> {
        unimplemented!()
    }

    /// Warnings about the documents, ordered by document and place.
    pub fn warnings(&self) -> &[Diagnostic] {
        unimplemented!()
    }

    /// The questions, ordered by id.
    pub fn questions(&self) -> Vec<Question<'_>> {
        unimplemented!()
    }
}

/// Evaluates answers. Keeps what it learnt about words between answers, which never changes an evaluation.
pub struct Marker {
    _set: Arc<RubricSet>,
}

impl Marker {
    pub fn new(set: Arc<RubricSet>) -> Self {
        Self { _set: set }
    }

    /// Evaluates one answer; `None` when the set has no such question.
    pub fn evaluate(&mut self, _question_id: &str, _answer: &str) -> Option<wire::Evaluation> {
        unimplemented!()
    }

    /// The bulk call: JSON Lines of [`wire::BulkRequest`] in, [`wire::BulkReply`] out, one line each, in order.
    /// Blank lines are skipped.
    pub fn evaluate_lines(&mut self, _lines: &str, _detail: Detail) -> String {
        unimplemented!()
    }
}

/// Reads, lints and tests documents; what `rubrica check` shows.
pub fn check(_documents: &[Document]) -> CheckReport {
    unimplemented!()
}

/// Result of [`check`]: JSON `rubrica-check/1`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[non_exhaustive]
pub struct CheckReport {
    /// Always `rubrica-check/1`.
    pub format: String,
    pub diagnostics: Vec<DiagnosticReport>,
    /// One entry a rubric that compiled.
    pub rubrics: Vec<RubricReport>,
}

/// A [`Diagnostic`] with its place resolved.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DiagnosticReport {
    /// `error` or `warning`.
    pub severity: String,
    pub code: String,
    pub document: String,
    pub start: u32,
    pub end: u32,
    pub line: u32,
    pub column: u32,
    pub message: String,
    pub help: Option<String>,
}

/// What `check` says about one rubric.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct RubricReport {
    pub id: String,
    pub document: String,
    pub n_criteria: u32,
    pub points: u32,
    pub n_misconceptions: u32,
    pub examples: Vec<ExampleReport>,
}

/// Expected against actual for one example of a rubric.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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
    /// Points per criterion, for the author: (id, earned, possible).
    pub outcomes: Vec<(String, f64, f64)>,
}
