//! Problems of rubric files on the terminal.

use crate::plugin::Document;
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, NamedSource,
    NarratableReportHandler, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use rubrica_core::{Diagnostic, Severity};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::ops::Range;

/// Bytes of a line that are shown before its place, and from there on. A line may have a megabyte, and beyond 65,535
/// columns miette panics.
const MAX_AROUND: usize = 120;

/// A warning of one wording is drawn for each of so many files at most, and where more have it, this many are named.
const MAX_FILES_EACH: usize = 3;

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Source line with the place underlined, in colour; the stream drops the colour where it does not belong.
    Graphical,
    /// Whole sentences, for screen readers.
    Narrated,
}

/// Draws the diagnostics, each with its source line. A warning that many files share, such as "the rubric has no examples"
/// of fresh drafts, comes once, behind the others.
pub fn render(diagnostics: &[Diagnostic], documents: &[Document], style: Style) -> String {
    let texts: BTreeMap<&str, &str> = documents.iter().map(|d| (d.name.as_str(), d.text.as_str())).collect();
    let shared = shared_warnings(diagnostics);
    let mut drawn = String::new();
    for report in diagnostics.iter().filter(|report| !shared.contains_key(&wording(report))) {
        let text = texts.get(report.document.as_str()).copied().unwrap_or_default();
        draw(&mut drawn, &Shown::new(report, text), style);
    }
    for reports in shared.into_values() {
        draw(&mut drawn, &Shared { reports }, style);
    }
    drawn
}

/// What a diagnostic says, wherever it says it.
type Wording<'a> = (&'a str, &'a str, Option<&'a str>);

fn wording(report: &Diagnostic) -> Wording<'_> {
    (&report.code, &report.message, report.help.as_deref())
}

/// Warnings of one wording that more than a few files have.
fn shared_warnings(diagnostics: &[Diagnostic]) -> BTreeMap<Wording<'_>, Vec<&Diagnostic>> {
    let mut alike: BTreeMap<Wording<'_>, Vec<&Diagnostic>> = BTreeMap::new();
    for report in diagnostics.iter().filter(|report| report.severity == Severity::Warning) {
        alike.entry(wording(report)).or_default().push(report);
    }
    // Those of one document stand together.
    let n_files = |reports: &[&Diagnostic]| reports.chunk_by(|a, b| a.document == b.document).count();
    alike.retain(|_, reports| n_files(reports) > MAX_FILES_EACH);
    alike
}

fn draw(drawn: &mut String, shown: &dyn miette::Diagnostic, style: Style) {
    draw_into(drawn, shown, style).expect("writing to a string does not fail");
}

fn draw_into(drawn: &mut String, shown: &dyn miette::Diagnostic, style: Style) -> fmt::Result {
    match style {
        Style::Graphical => {
            let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles: ThemeStyles::ansi() };
            GraphicalReportHandler::new_themed(theme).render_report(drawn, shown)
        }
        Style::Narrated => NarratableReportHandler::new().render_report(drawn, shown),
    }?;
    writeln!(drawn)
}

/// The typed diagnostics of a refused load, in the shape of a check report.
pub fn report(diagnostic: crate::plugin::Diagnostic) -> Diagnostic {
    let severity = match diagnostic.severity {
        crate::plugin::Severity::Error => Severity::Error,
        crate::plugin::Severity::Warning => Severity::Warning,
    };
    Diagnostic {
        severity,
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
    report: &'a Diagnostic,
    line: Line,
    range: Range<usize>,
}

impl<'a> Shown<'a> {
    fn new(report: &'a Diagnostic, text: &str) -> Self {
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
        let line = Line::around(start, &report.document, text);
        let end = (start + len).min(line.offset + line.shown.len());
        Self { report, line, range: start..end }
    }
}

/// The line of a place, or what is around the place of a long one. That is what miette gets when it asks for lines around
/// the place. When it asks for none, it wants the place itself, for its line and column.
#[derive(Debug)]
struct Line {
    document: NamedSource<String>,
    shown: String,
    /// Where in the document `shown` begins.
    offset: usize,
    /// Bytes of the line that are left out before it.
    column: usize,
}

impl Line {
    fn around(place: usize, name: &str, text: &str) -> Self {
        const ELLIPSIS: &str = "…";
        let start = text[..place].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[place..].find('\n').map_or(text.len(), |newline| place + newline);
        let (mut from, mut to, mut before, mut after) = (start, end, "", "");
        // An ellipsis stands for more than its own bytes, so that offsets into the document stay what they are.
        if place - start > MAX_AROUND + ELLIPSIS.len() {
            (from, before) = (text.ceil_char_boundary(place - MAX_AROUND), ELLIPSIS);
        }
        if end - place > MAX_AROUND {
            (to, after) = (text.floor_char_boundary(place + MAX_AROUND), ELLIPSIS);
        }
        Self {
            document: NamedSource::new(name, text.to_owned()),
            shown: format!("{before}{}{after}", &text[from..to]),
            offset: from - before.len(),
            column: from - start,
        }
    }
}

impl SourceCode for Line {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        n_lines_before: usize,
        n_lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let place = self.document.read_span(span, 0, 0)?;
        if n_lines_before + n_lines_after == 0 {
            return Ok(place);
        }
        let (name, shown) = (self.document.name().to_owned(), self.shown.as_bytes());
        let span = (self.offset, shown.len()).into();
        Ok(Box::new(MietteSpanContents::new_named(name, shown, span, place.line(), self.column, 1)))
    }
}

/// A warning that many files share.
#[derive(Debug)]
struct Shared<'a> {
    /// All of one wording, and of more than [`MAX_FILES_EACH`] files.
    reports: Vec<&'a Diagnostic>,
}

/// "the rubric has no examples (24 times: a.toml:5, b.toml:5, c.toml:5 and 21 more)"
impl fmt::Display for Shared<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = &self.reports[..MAX_FILES_EACH];
        let places: Vec<String> = first.iter().map(|report| format!("{}:{}", report.document, report.line)).collect();
        let n = self.reports.len();
        write!(f, "{} ({n} times: {} and {} more)", first[0].message, places.join(", "), n - first.len())
    }
}

impl std::error::Error for Shared<'_> {}

impl miette::Diagnostic for Shared<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(code_of(self.reports[0]))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Warning)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        help_of(self.reports[0])
    }
}

fn code_of<'a>(report: &Diagnostic) -> Box<dyn fmt::Display + 'a> {
    Box::new(format!("{}[{}]", report.severity.name(), report.code))
}

fn help_of(report: &Diagnostic) -> Option<Box<dyn fmt::Display + '_>> {
    report.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(code_of(self.report))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(if self.report.severity == Severity::Error { miette::Severity::Error } else { miette::Severity::Warning })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        help_of(self.report)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.line)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(None, self.range.clone()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(document: &str, code: &str, start: usize, end: usize) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code: code.to_owned(),
            document: document.to_owned(),
            start: start as u32,
            end: end as u32,
            line: 1,
            column: 1,
            message: "something is wrong".to_owned(),
            help: None,
        }
    }

    fn rendered(reports: &[Diagnostic], name: &str, text: &str) -> [String; 2] {
        let documents = [Document { name: name.to_owned(), text: text.to_owned() }];
        [Style::Graphical, Style::Narrated].map(|style| render(reports, &documents, style))
    }

    #[test]
    fn of_a_long_line_what_is_around_the_place_is_shown() {
        let words = "\"wört\", ".repeat(9000);
        let text = format!("a = 1\nany = [{words}\"@nowhere\", {words}]\n");
        let start = text.find("@nowhere").expect("it is there");
        for end in [start + 8, text.len() - 2] {
            let shown = rendered(&[report("a.toml", "rubric/x", start, end)], "a.toml", &text);
            for shown in &shown {
                assert!(shown.len() < 1500 && shown.contains('…') && shown.contains("\"@nowhere\", \"wört\""));
            }
            assert!(shown[0].contains(&format!("a.toml:2:{}", start - 5)), "{}", shown[0]);
            // A place that is cut off is underlined up to its ellipsis; five more strokes belong to the frame.
            let cut = text.floor_char_boundary(start + MAX_AROUND);
            let n_underlined = text[start..cut.min(end)].chars().count() + usize::from(cut < end);
            assert_eq!(shown[0].matches('─').count(), n_underlined + 5, "{}", shown[0]);
        }
    }

    #[test]
    fn a_warning_that_many_files_share_comes_once() {
        let warning = |document: &str| Diagnostic { severity: Severity::Warning, ..report(document, "lint/x", 0, 1) };
        let error = report("e.toml", "rubric/x", 0, 1);
        let warnings = ["a.toml", "b.toml", "c.toml", "d.toml"].map(warning);
        let many = [&warnings[..], &[error]].concat();
        for shown in rendered(&many, "a.toml", "a = 1\n") {
            let [drawn, shared] = ["rubric/x", "lint/x"].map(|code| shown.matches(code).count());
            assert_eq!((drawn, shared), (1, 1), "{shown}");
            assert!(shown.contains("(4 times: a.toml:1, b.toml:1, c.toml:1 and 1 more)"), "{shown}");
        }
        // The places in a few files are shown, however many there are.
        let few = [&warnings[1..], &warnings[3..], &warnings[3..]].concat();
        assert!(rendered(&few, "a.toml", "").iter().all(|shown| shown.matches("lint/x").count() == 5));
    }
}
