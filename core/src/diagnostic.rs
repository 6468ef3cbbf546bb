//! What is wrong with a rubric or a lexicon file, where, and what to do about it.

use serde::Serialize;
use std::ops::Range;

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The documents cannot be used.
    Error,
    /// They can, but an author would want to know.
    Warning,
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
    help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(
        severity: Severity,
        code: &'static str,
        document: &str,
        range: Range<u32>,
        message: String,
    ) -> Self {
        Self { severity, code, document: document.to_owned(), range, message, help: None }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
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
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
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
