//! Marking of free-text answers without a language model.
//!
//! A [`RubricSet`] is compiled once from rubric and lexicon files; a [`Marker`] then evaluates any number of answers.
//! Compiling reports every problem of every file at once. **An answer cannot fail**: every text has an evaluation.
//!
//! The engine is pure: it reads no file, clock, environment or network, and starts no thread. The same rubric, answer
//! and [`SCORING_VERSION`] give the same evaluation bytes on every platform, with the same versions of the crates that
//! it depends on: where bytes matter, take those of its `Cargo.lock`.
//!
//! To load a folder, hand over every `.toml` and `.json` file of it and below that [`rubric::declared_format`] says is a
//! rubric or a lexicon, all in one call: rubrics refer to concepts of lexicons. One document with an error refuses all; to
//! go on without, leave out those that the errors name, and compile again.

#![warn(missing_docs)]

pub mod analysis;
mod check;
pub mod derive;
mod diagnostic;
mod evidence;
mod feedback;
mod hash;
mod judge;
mod language;
mod lines;
mod lint;
mod marker;
pub mod rubric;
#[cfg(feature = "schema")]
pub mod schema;
mod score;
pub mod sort;
mod statement;
mod structure;
mod sureness;
mod text;
mod vocabulary;
pub mod wire;

pub use check::{CheckReport, ExampleReport, RubricReport, check};
pub use diagnostic::{CompileError, Diagnostic, Severity, line_column};
pub use lines::without_lone_surrogates;
pub use marker::Marker;

use std::fmt;

/// Version of the scoring rules, written into every evaluation. A release in which a score moves on unchanged input raises
/// it, once; between releases scores may move under one number.
pub const SCORING_VERSION: u32 = 1;

/// A rubric or lexicon file: TOML, or JSON of the same shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What diagnostics call it, so each should have its own. Where a rubric's name ends in `.toml`, what stands before,
    /// folders apart, must be its id; any other name, as of a row of a database, is free.
    pub name: String,
    /// The whole file.
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

/// Compiled rubrics. Immutable; share it between markers.
pub struct RubricSet {
    /// Ordered by id.
    rubrics: Vec<rubric::Rubric>,
    warnings: Vec<Diagnostic>,
}

/// One question of a set, as a front end lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question<'a> {
    /// Stable name in kebab-case.
    pub id: &'a str,
    /// Hash of the rubric without its examples, and of the concepts it uses, as evaluations by it carry.
    pub hash: &'a str,
    /// The rubric as it was written: prompt, kind, topic, level, hints, reference answer, sources.
    pub source: &'a rubric::source::RubricSource,
}

impl<'a> Question<'a> {
    fn of(rubric: &'a rubric::Rubric) -> Self {
        Self { id: &rubric.source.id, hash: &rubric.hash, source: &rubric.source }
    }
}

impl fmt::Debug for RubricSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids: Vec<&str> = self.rubrics.iter().map(|rubric| rubric.source.id.as_str()).collect();
        f.debug_struct("RubricSet").field("questions", &ids).finish_non_exhaustive()
    }
}

impl RubricSet {
    /// Compiles rubric and lexicon files together.
    ///
    /// # Errors
    /// Where any document has an error: all of them, with the warnings.
    pub fn compile(documents: &[Document]) -> Result<Self, CompileError> {
        let compilation = rubric::compile(documents);
        let diagnostics = diagnostic::located(compilation.problems, documents);
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(CompileError { diagnostics });
        }
        let rubrics = compilation.rubrics.into_iter().map(|compiled| compiled.rubric).collect();
        Ok(Self { rubrics, warnings: diagnostics })
    }

    /// Warnings about the documents, ordered by document and place.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The questions, ordered by id.
    pub fn questions(&self) -> Vec<Question<'_>> {
        self.rubrics.iter().map(Question::of).collect()
    }

    fn index_of(&self, question_id: &str) -> Option<usize> {
        self.rubrics.binary_search_by(|rubric| rubric.source.id.as_str().cmp(question_id)).ok()
    }

    fn rubric(&self, idx: usize) -> &rubric::Rubric {
        &self.rubrics[idx]
    }
}
