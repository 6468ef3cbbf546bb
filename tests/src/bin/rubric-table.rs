//! Writes `docs/rubrics.md`: what each rubric holds, and how its own examples score.
//!
//! `rubric-table` writes the file; `rubric-table --check` only says whether it is fresh. Both fail where a wrong example
//! of a question scores more than a partial one: such a rubric cannot tell them apart.

use rubrica_core::{CheckReport, Document, ExampleReport, RubricReport, RubricSet, check};
use rubrica_tests::{documents, workspace};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::process::ExitCode;

/// Kinds of examples by what their answers are worth. Other kinds test one property and belong to no mean.
const GOOD: [&str; 2] = ["good", "paraphrase"];
const PARTIAL: [&str; 1] = ["partial"];
const WRONG: [&str; 5] = ["swapped", "negated", "wrong", "keywords", "off-topic"];

fn main() -> ExitCode {
    let documents = documents();
    let report = check(&documents);
    let inverted: Vec<String> = report.rubrics.iter().filter_map(inversion).collect();
    for problem in &inverted {
        eprintln!("error: {problem}");
    }
    let table = write_table(&report, &kinds(&documents));
    let path = workspace().join("docs/rubrics.md");
    let fresh = if std::env::args().any(|argument| argument == "--check") {
        let fresh = std::fs::read_to_string(&path).is_ok_and(|written| written == table);
        if !fresh {
            eprintln!(
                "error: docs/rubrics.md is out of date: run `cargo run --release -p rubrica-tests --bin rubric-table`"
            );
        }
        fresh
    } else {
        std::fs::write(&path, table).expect("docs/rubrics.md can be written");
        true
    };
    if fresh && inverted.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn scores<'r>(rubric: &'r RubricReport, kinds: &'r [&str]) -> impl Iterator<Item = &'r ExampleReport> {
    rubric.examples.iter().filter(|example| example.kind.as_deref().is_some_and(|kind| kinds.contains(&kind)))
}

/// A wrong example that outscores a partial one.
fn inversion(rubric: &RubricReport) -> Option<String> {
    let wrong = scores(rubric, &WRONG).max_by_key(|example| example.actual)?;
    let partial = scores(rubric, &PARTIAL).min_by_key(|example| example.actual)?;
    (wrong.actual > partial.actual).then(|| {
        format!(
            "{}: the {} example on line {} scores {} %, the partial one on line {} only {} %",
            rubric.id,
            wrong.kind.as_deref().unwrap_or_default(),
            wrong.line,
            wrong.actual,
            partial.line,
            partial.actual
        )
    })
}

/// Kind and level of each question.
fn kinds(documents: &[Document]) -> BTreeMap<String, (String, String)> {
    let set = RubricSet::compile(documents).unwrap_or_else(|error| panic!("{error}"));
    set.questions()
        .iter()
        .map(|question| {
            let kind = question.source.kind.unwrap_or_default().name().to_owned();
            let level = question.source.level.clone().unwrap_or_default();
            (question.id.to_owned(), (kind, level))
        })
        .collect()
}

fn write_table(report: &CheckReport, kinds: &BTreeMap<String, (String, String)>) -> String {
    let mut out = String::from(
        "# Rubrics at a glance\n\n\
         Written by `cargo run --release -p rubrica-tests --bin rubric-table`; a test keeps it fresh. Scores are means in percent\n\
         over the examples that each rubric carries: good (`good`, `paraphrase`), `partial`, and wrong (`swapped`, `negated`,\n\
         `wrong`, `keywords`, `off-topic`). No wrong example of a question scores more than a partial one. The authors wrote\n\
         these examples together with the rubrics, so the figures say that each rubric does what it was meant to, not how well\n\
         it marks answers that nobody foresaw.\n\n\
         | question | kind | level | criteria | points | misconceptions | examples | good | partial | wrong |\n\
         | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for rubric in &report.rubrics {
        let (kind, level) = &kinds[&rubric.id];
        writeln!(
            out,
            "| {} | {kind} | {level} | {} | {} | {} | {} | {} | {} | {} |",
            rubric.id,
            rubric.n_criteria,
            rubric.points,
            rubric.n_misconceptions,
            rubric.examples.len(),
            mean(scores(rubric, &GOOD)),
            mean(scores(rubric, &PARTIAL)),
            mean(scores(rubric, &WRONG)),
        )
        .expect("a string takes everything");
    }
    let all = |kinds: &'static [&str]| mean(report.rubrics.iter().flat_map(|rubric| scores(rubric, kinds)));
    let sum = |count: fn(&RubricReport) -> usize| report.rubrics.iter().map(count).sum::<usize>();
    writeln!(
        out,
        "| **all {}** | | | {} | {} | {} | {} | {} | {} | {} |",
        report.rubrics.len(),
        sum(|rubric| rubric.n_criteria as usize),
        report.rubrics.iter().map(|rubric| rubric.points).sum::<f64>(),
        sum(|rubric| rubric.n_misconceptions as usize),
        sum(|rubric| rubric.examples.len()),
        all(&GOOD),
        all(&PARTIAL),
        all(&WRONG),
    )
    .expect("a string takes everything");
    out
}

/// Mean score, rounded; a dash without examples.
fn mean<'r>(examples: impl Iterator<Item = &'r ExampleReport>) -> String {
    let scores: Vec<u32> = examples.map(|example| example.actual).collect();
    let n = scores.len() as u32;
    (scores.iter().sum::<u32>() + n / 2).checked_div(n).map_or_else(|| "–".to_owned(), |mean| mean.to_string())
}
