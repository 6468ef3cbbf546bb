//! What is wrong with a rubric or a lexicon file, where, and what to do about it.

use crate::Document;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The documents cannot be used.
    Error,
    /// They can, but an author would want to know.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem of a document. Points at the text that caused it; what is missing is missed where its table begins.
///
/// Whether compiling fails depends on the documents alone, never on an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Stable code such as `rubric/unknown-key`, listed in `docs/errors.md`.
    pub code: String,
    /// Name of the document, as it was handed in.
    pub document: String,
    /// First offending byte of the document.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// One line, lower case, no full stop at the end.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// As compilers write it: document, line, column and message.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.document, self.line, self.column, self.message)
    }
}

/// Why documents do not compile. Displayed, it is a line for each error.
///
/// # Example
/// ```
/// # use rubrica_core::{Document, RubricSet};
/// let document = Document { name: "sky.toml".into(), text: "format = \"rubrica/1\"\nid = \"sky\"\n".into() };
/// let error = RubricSet::compile(&[document]).unwrap_err();
/// assert!(error.to_string().contains("\n  sky.toml:1:1: `prompt` is missing"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// Every error of every document, and the warnings with them, ordered by document and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the rubrics do not compile")?;
        let mut errors = self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors.try_for_each(|error| write!(f, "\n  {error}"))
    }
}

impl std::error::Error for CompileError {}

/// A [`Diagnostic`] whose line and column are not yet looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) document: String,
    pub(crate) range: Range<u32>,
    pub(crate) message: String,
    pub(crate) help: String,
}

impl Problem {
    pub(crate) fn error(
        code: &'static str,
        document: &str,
        range: Range<u32>,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Error, code, document: document.to_owned(), range, message, help: help.into() }
    }

    pub(crate) fn warning(
        code: &'static str,
        document: &str,
        range: Range<u32>,
        message: String,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, document, range, message, help) }
    }

    /// With its place in the documents that were handed in.
    fn located(self, documents: &[Document]) -> Diagnostic {
        let document = documents.iter().find(|document| document.name == self.document);
        let (line, column) = document.map_or((1, 1), |document| line_column(&document.text, self.range.start));
        Diagnostic {
            severity: self.severity,
            code: self.code.to_owned(),
            document: self.document,
            start: self.range.start,
            end: self.range.end,
            line,
            column,
            message: self.message,
            help: Some(self.help),
        }
    }
}

/// All of them with their places.
pub(crate) fn located(problems: Vec<Problem>, documents: &[Document]) -> Vec<Diagnostic> {
    problems.into_iter().map(|problem| problem.located(documents)).collect()
}

/// Line and column of a byte offset, both 1-based; the column counts characters.
///
/// An offset past the end or inside a character gives the place of the character before it.
///
/// # Example
/// ```
/// assert_eq!(rubrica_core::line_column("ab\ncé d", 6), (2, 3));
/// ```
pub fn line_column(text: &str, offset: u32) -> (u32, u32) {
    let mut offset = (offset as usize).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    (line as u32, before[line_start..].chars().count() as u32 + 1)
}
