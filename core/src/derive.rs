//! Drafts of rubrics: from documents that answer questions, and from tables of questions with reference answers.
//!
//! A draft is a rubric like any other, made the way a careful author would begin: one criterion a point, the wording of
//! the source as statements, subjects in `about`, every criterion with its document, heading and lines. What a machine
//! cannot decide is said in [`Note`]s. Everything is deterministic, and nothing is read but the texts given.

mod answers;
mod documents;
mod draft;
mod facts;
mod labels;
mod lists;
mod mark;
mod names;
mod outline;
mod points;
mod questions;
mod subjects;
mod tables;
mod trial;
mod verdict;
mod words;

use crate::rubric::source::RubricSource;

pub use answers::{Category, Reference, TableRow, derive_table, rubric_id};
pub use documents::{Derived, FoundQuestion, derive_documents};
pub use mark::{Change, DraftMark};

/// A rubric that waits for its author.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The rubric as its author will find it.
    pub rubric: RubricSource,
}

/// Something the author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// Name of the document, as it was handed in.
    pub document: String,
    /// From 1; `None` when it concerns the whole document.
    pub line: Option<u32>,
    /// The question it belongs to.
    pub question: Option<String>,
    /// One line, lower case, no full stop at the end.
    pub message: String,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoteKind {
    /// Markup that probably hides words.
    DamagedMarkup,
    /// A question without an answer in the documents.
    NoAnswer,
    /// A fact of a comparison that names no side.
    Unattributed,
    /// A statement made of words of the question.
    PromptWords,
    /// A row of a comparison in which all sides are alike.
    NeverDiffers,
    /// Steps, or what looks like steps.
    Order,
    /// A sentence that is no fact about the subject.
    LeftOut,
    /// A heading that is no question.
    SkippedHeading,
    /// A reference answer that earns little under the draft made of it.
    Reference,
    /// A text in another language than English.
    Language,
}

impl NoteKind {
    /// Stable name in kebab-case.
    pub fn name(self) -> &'static str {
        match self {
            Self::DamagedMarkup => "damaged-markup",
            Self::NoAnswer => "no-answer",
            Self::Unattributed => "unattributed",
            Self::PromptWords => "prompt-words",
            Self::NeverDiffers => "never-differs",
            Self::Order => "order",
            Self::LeftOut => "left-out",
            Self::SkippedHeading => "skipped-heading",
            Self::Reference => "reference",
            Self::Language => "language",
        }
    }
}

#[cfg(test)]
mod tests;
