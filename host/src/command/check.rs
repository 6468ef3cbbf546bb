//! `rubrica check`: reads, lints and tests rubrics.

mod junit;

use super::Outcome;
use crate::diagnostics::{self, Style};
use crate::library::Library;
use crate::loading::open_plugin;
use crate::plugin::Limits;
use crate::refusal::Refusal;
use crate::terminal::{BAD, BOLD, DIM, GOOD, WARN, count};
use rubrica_core::{CheckReport, Diagnostic, ExampleReport, RubricReport, Severity};
use rubrica_rows::points;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Reading and testing all rubrics of a large folder is far below this; a plugin that hangs is not.
const DEADLINE: Duration = Duration::from_secs(120);

/// Read, lint and test rubrics: every problem of every file at once.
///
/// Runs the examples that each rubric carries. A rubric file checked alone uses the `lexicon` folder beside it, or else
/// the lexicon inside the command. A warning that many files share is shown once; JSON and JUnit have every place.
#[derive(clap::Args)]
pub struct Arguments {
    /// Rubric files, or folders of them with their lexicon
    #[arg(required = true)]
    rubrics: Vec<PathBuf>,

    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,

    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Source lines with the place underlined
    Text,
    /// Whole sentences, for screen readers
    Narrated,
    /// The plugin's report, `rubrica-check/1`
    Json,
    /// JUnit XML, for build servers
    Junit,
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    let library = Library::read(&arguments.rubrics)?;
    let plugin = open_plugin(plugin)?;
    let json = plugin
        .instance(Limits::default())
        .and_then(|mut instance| instance.check(library.documents(), DEADLINE))
        .map_err(|failure| Refusal::new(format!("cannot check the rubrics: {failure}")))?;
    let mut report: CheckReport = serde_json::from_str(&json)
        .map_err(|error| Refusal::new(format!("the plugin's report cannot be read: {error}")))?;
    report.diagnostics.splice(0..0, unreadable(&library));

    let mut out = anstream::stdout().lock();
    match arguments.format {
        Format::Text => show(&mut out, &report, &library, Style::Graphical)?,
        Format::Narrated => show(&mut out, &report, &library, Style::Narrated)?,
        Format::Json => {
            serde_json::to_writer(&mut out, &report).map_err(io::Error::from).and_then(|()| writeln!(out))?
        }
        Format::Junit => junit::write(&mut out, &report, arguments.deny_warnings)?,
    }
    let totals = Totals::of(&report);
    let failed = totals.n_errors > 0 || totals.n_failed > 0;
    let denied = arguments.deny_warnings && totals.n_warnings > 0;
    if denied && !failed && matches!(arguments.format, Format::Text | Format::Narrated) {
        writeln!(out, "failed: --deny-warnings makes warnings count as errors")?;
    }
    Ok(if failed || denied { Outcome::Failures } else { Outcome::Done })
}

/// Files that the plugin cannot be given, as it would report them.
fn unreadable(library: &Library) -> Vec<Diagnostic> {
    let report = |(document, refusal): (&String, &Refusal)| Diagnostic {
        severity: Severity::Error,
        code: "rubric/syntax".to_owned(),
        document: document.clone(),
        start: 0,
        end: 0,
        line: 1,
        column: 1,
        message: refusal.message().to_owned(),
        help: refusal.way_out().map(str::to_owned),
    };
    library.unreadable().iter().map(report).collect()
}

struct Totals {
    n_errors: usize,
    n_warnings: usize,
    n_passed: usize,
    n_failed: usize,
}

impl Totals {
    fn of(report: &CheckReport) -> Self {
        let n_errors = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let n_passed = report.rubrics.iter().map(n_passed).sum();
        let n_examples: usize = report.rubrics.iter().map(|rubric| rubric.examples.len()).sum();
        Self { n_errors, n_warnings: report.diagnostics.len() - n_errors, n_passed, n_failed: n_examples - n_passed }
    }
}

fn n_passed(rubric: &RubricReport) -> usize {
    rubric.examples.iter().filter(|example| example.passed).count()
}

fn show(out: &mut impl Write, report: &CheckReport, library: &Library, style: Style) -> io::Result<()> {
    write!(out, "{}", diagnostics::render(&report.diagnostics, library.documents(), style))?;
    for rubric in &report.rubrics {
        for example in rubric.examples.iter().filter(|example| !example.passed) {
            show_failed_example(out, rubric, example)?;
        }
    }
    show_summary(out, report)
}

fn show_failed_example(out: &mut impl Write, rubric: &RubricReport, example: &ExampleReport) -> io::Result<()> {
    writeln!(
        out,
        "{BAD}failed{BAD:#} {}:{}: {} scores {} %",
        rubric.document,
        example.line,
        example.kind.as_ref().map_or_else(|| "example".to_owned(), |kind| format!("{kind} example")),
        example.actual
    )?;
    for failure in &example.failures {
        writeln!(out, "    {failure}")?;
    }
    let outcomes: Vec<String> = example
        .outcomes
        .iter()
        .map(|(id, earned, possible)| format!("{id} {}/{}", points(*earned), points(*possible)))
        .collect();
    writeln!(out, "    {DIM}{}{DIM:#}\n", outcomes.join(", "))
}

fn show_summary(out: &mut impl Write, report: &CheckReport) -> io::Result<()> {
    let width = report.rubrics.iter().map(|rubric| rubric.id.chars().count()).max().unwrap_or_default();
    for rubric in &report.rubrics {
        let (n_passed, n_examples) = (n_passed(rubric), rubric.examples.len());
        let (style, examples) = match n_examples {
            0 => (WARN, "no examples".to_owned()),
            _ if n_passed == n_examples => (GOOD, format!("{n_passed} of {} passed", count(n_examples, "example"))),
            _ => (BAD, format!("{n_passed} of {} passed", count(n_examples, "example"))),
        };
        let criteria = if rubric.n_criteria == 1 { "criterion" } else { "criteria" };
        let criteria = format!("{} {criteria}", rubric.n_criteria);
        let points = format!("{} {}", points(rubric.points), if rubric.points == 1.0 { "point" } else { "points" });
        writeln!(
            out,
            "{BOLD}{:width$}{BOLD:#}  {criteria:>11}, {points:>9}, {}, {style}{examples}{style:#}",
            rubric.id,
            count(rubric.n_misconceptions as usize, "misconception"),
        )?;
    }
    let totals = Totals::of(report);
    writeln!(
        out,
        "{}: {}, {}; {} passed, {} failed",
        count(report.rubrics.len(), "rubric"),
        count(totals.n_errors, "error"),
        count(totals.n_warnings, "warning"),
        count(totals.n_passed, "example"),
        totals.n_failed
    )
}
