//! Problems of rubric files on the terminal.

use crate::plugin::{Document, Severity};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, NamedSource, NarratableReportHandler, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use rubrica_core::DiagnosticReport;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Source line with the place underlined, in colour; the stream drops the colour where it does not belong.
    Graphical,
    /// Whole sentences, for screen readers.
    Narrated,
}

/// Draws every diagnostic, each with its source line.
pub fn render(diagnostics: &[DiagnosticReport], documents: &[Document], style: Style) -> String {
    let texts: BTreeMap<&str, &str> = documents.iter().map(|d| (d.name.as_str(), d.text.as_str())).collect();
    let mut drawn = String::new();
    for report in diagnostics {
        let shown = Shown::new(report, texts.get(report.document.as_str()).copied().unwrap_or_default());
        match style {
            Style::Graphical => {
                let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles: ThemeStyles::ansi() };
                GraphicalReportHandler::new_themed(theme).render_report(&mut drawn, &shown)
            }
            Style::Narrated => NarratableReportHandler::new().render_report(&mut drawn, &shown),
        }
        .expect("writing to a string does not fail");
        drawn.push('\n');
    }
    drawn
}

/// The typed diagnostics of a refused load, in the shape of a check report.
pub fn report(diagnostic: crate::plugin::Diagnostic) -> DiagnosticReport {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    DiagnosticReport {
        severity: severity.to_owned(),
        code: diagnostic.code,
        document: diagnostic.document,
        start: diagnostic.start,
        end: diagnostic.end,
        line: diagnostic.line,
        column: diagnostic.column,
        message: diagnostic.message,
        help: diagnostic.help,
    }
}

/// A diagnostic as miette wants it.
#[derive(Debug)]
struct Shown<'a> {
    report: &'a DiagnosticReport,
    source: WholeLines,
    range: Range<usize>,
}

impl<'a> Shown<'a> {
    fn new(report: &'a DiagnosticReport, text: &str) -> Self {
        let mut start = (report.start as usize).min(text.len());
        let end = (report.end as usize).clamp(start, text.len());
        // A place of several lines is pointed at where it begins, the end of a line at its last character.
        let mut len = text.get(start..end).and_then(|place| place.lines().next()).map_or(0, str::len);
        if len == 0
            && let Some((line_so_far, rest)) = text.split_at_checked(start)
            && (rest.is_empty() || rest.starts_with(['\r', '\n']))
            && let Some(last) = line_so_far.chars().next_back().filter(|&last| last != '\n')
        {
            len = last.len_utf8();
            start -= len;
        }
        let source = WholeLines(NamedSource::new(&report.document, text.to_owned()));
        Self { report, source, range: start..start + len }
    }
}

/// A document of which miette shows the lines of the place, whole, and no others: that is what it gets when it asks for
/// lines around the place. When it asks for none, it wants the place itself, for its line and column.
#[derive(Debug)]
struct WholeLines(NamedSource<String>);

impl SourceCode for WholeLines {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        n_lines_before: usize,
        n_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        if n_lines_before + n_lines_after == 0 {
            return self.0.read_span(span, 0, 0);
        }
        let text = self.0.inner();
        let (start, end) = (span.offset(), span.offset() + span.len());
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
        self.0.read_span(&(line_start..line_end).into(), 0, 0)
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{}[{}]", self.report.severity, self.report.code)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(if self.report.severity == "error" { miette::Severity::Error } else { miette::Severity::Warning })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.report.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, self.range.clone()))))
    }
}
