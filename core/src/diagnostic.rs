//! What is wrong with a rubric or a lexicon file, where, and what to do about it.

use crate::Document;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// One problem of a document. Always points at the text that caused it.
///
/// Whether compiling fails depends on the documents alone, never on an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    code: &'static str,
    document: String,
    range: Range<u32>,
    message: String,
    help: String,
}

impl Diagnostic {
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

    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Stable code such as `rubric/unknown-key`, listed in `docs/errors.md`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Name of the document, as it was handed in.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// Offending bytes of the document.
    pub fn range(&self) -> Range<u32> {
        self.range.clone()
    }

    /// One line, lower case, no full stop at the end.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// All of it in plain values, the place with its line and column. `documents` are those that were handed in.
    pub fn report(&self, documents: &[Document]) -> DiagnosticReport {
        let document = documents.iter().find(|document| document.name == self.document);
        let (line, column) = document.map_or((1, 1), |document| line_column(&document.text, self.range.start));
        DiagnosticReport {
            severity: self.severity.name().to_owned(),
            code: self.code.to_owned(),
            document: self.document.clone(),
            start: self.range.start,
            end: self.range.end,
            line,
            column,
            message: self.message.clone(),
            help: Some(self.help.clone()),
        }
    }
}

/// A [`Diagnostic`] with its place resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticReport {
    /// `error` or `warning`.
    pub severity: String,
    /// Stable code, listed in `docs/errors.md`.
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
impl fmt::Display for DiagnosticReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.document, self.line, self.column, self.message)
    }
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
