//! The report of `check` as JUnit XML, which build servers show.

use rubrica_core::{CheckReport, Diagnostic, ExampleReport, Severity};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One suite a document; one case for reading it, one for every error and warning, and one for every example.
pub fn write(out: &mut impl Write, report: &CheckReport, deny_warnings: bool) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for rubric in &report.rubrics {
        suites.entry(&rubric.document).or_default().push(Case::passed("reads without errors"));
    }
    for diagnostic in &report.diagnostics {
        let fails = deny_warnings || diagnostic.severity == Severity::Error;
        suites.entry(&diagnostic.document).or_default().push(Case::of_diagnostic(diagnostic, fails));
    }
    for rubric in &report.rubrics {
        suites.entry(&rubric.document).or_default().extend(rubric.examples.iter().map(Case::of_example));
    }

    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let n_failed = |cases: &[Case]| cases.iter().filter(|case| case.failure.is_some()).count();
    let (tests, failures) =
        suites.values().fold((0, 0), |(tests, failures), cases| (tests + cases.len(), failures + n_failed(cases)));
    writeln!(out, "<testsuites name=\"rubrica check\" tests=\"{tests}\" failures=\"{failures}\">")?;
    for (document, cases) in &suites {
        let (name, tests, failures) = (escape(document), cases.len(), n_failed(cases));
        writeln!(out, "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\">")?;
        for case in cases {
            write!(out, "    <testcase classname=\"{name}\" name=\"{}\"", escape(&case.name))?;
            match (&case.failure, &case.remark) {
                (Some((message, details)), _) => {
                    writeln!(out, "><failure message=\"{}\">{}</failure></testcase>", escape(message), escape(details))?
                }
                (None, Some(remark)) => writeln!(out, "><system-out>{}</system-out></testcase>", escape(remark))?,
                (None, None) => writeln!(out, "/>")?,
            }
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

struct Case {
    name: String,
    /// Message in short and at length.
    failure: Option<(String, String)>,
    /// What is said of one that passed.
    remark: Option<String>,
}

impl Case {
    fn passed(name: &str) -> Self {
        Self { name: name.to_owned(), failure: None, remark: None }
    }

    fn of_diagnostic(diagnostic: &Diagnostic, fails: bool) -> Self {
        let Diagnostic { code, document, line, column, message, help, .. } = diagnostic;
        let help = help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
        let details = format!("{document}:{line}:{column}: {message}{help}");
        let name = format!("{code} at {line}:{column}");
        if fails {
            Self { name, failure: Some((message.clone(), details)), remark: None }
        } else {
            Self { name, failure: None, remark: Some(details) }
        }
    }

    fn of_example(example: &ExampleReport) -> Self {
        let [lowest, highest] = example.expected;
        let failure = (!example.passed).then(|| {
            (format!("scores {} %, expected {lowest} to {highest} %", example.actual), example.failures.join("\n"))
        });
        let kind = example.kind.as_deref().unwrap_or("example");
        Self { name: format!("{kind} at line {}", example.line), failure, remark: None }
    }
}

/// Text for an element or a quoted attribute; characters that XML 1.0 cannot carry become U+FFFD.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_is_escaped_for_elements_and_attributes() {
        assert_eq!(escape("a < \"b\" & \u{1}\nc"), "a &lt; &quot;b&quot; &amp; \u{fffd}&#10;c");
    }
}
