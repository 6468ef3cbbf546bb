//! What each mechanism of the engine does, on neutral sentences.
//!
//! A case is a line: one sign for each criterion of the rubric above it, then the answer (`⏎` is a line break).
//!
//! | sign | the criterion |
//! | --- | --- |
//! | `+` | earns at least three quarters of its points |
//! | `~` | earns at least a third |
//! | `.` | earns less, and nothing in the answer contradicts it |
//! | `!` | is contradicted |
//! | `±` | is claimed in one place and contradicted in another |
//!
//! `check` compares all lines of a table and prints those that differ, with the way the engine reads them.

mod near;
mod notation;
mod points;
mod polarity;
mod scope;
mod sentences;
mod subjects;
mod supposed;
mod turned;
mod words;

use rubrica_core::wire::{Evaluation, Outcome};
use rubrica_core::{Document, Marker, RubricSet};

fn marker(rubric: &str) -> Marker {
    let text = format!("format = \"rubrica/1\"\nid = \"q\"\n{rubric}");
    let set = RubricSet::compile(&[Document { name: "q.toml".to_owned(), text }]);
    Marker::new(set.unwrap_or_else(|error| panic!("{error}")).into())
}

fn evaluate(rubric: &str, answer: &str) -> Evaluation {
    marker(rubric).evaluate("q", answer).expect("the set holds the question")
}

/// Score in percent.
fn score(rubric: &str, answer: &str) -> u32 {
    (evaluate(rubric, answer).score * 100.0).round() as u32
}

fn sign(outcome: &Outcome) -> char {
    let share = outcome.points / outcome.max_points;
    match (outcome.evidence.is_empty(), outcome.against.is_empty()) {
        (true, false) => '!',
        (false, false) => '±',
        _ if share >= 0.75 => '+',
        _ if share >= 0.33 => '~',
        _ => '.',
    }
}

fn signs(evaluation: &Evaluation) -> String {
    evaluation.outcomes.iter().map(sign).collect()
}

#[track_caller]
fn check(rubric: &str, table: &str) {
    let mut marker = marker(rubric);
    let mut wrong = String::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        let (expected, answer) = line.split_once("  ").expect("two spaces stand behind the signs");
        let expected: String = expected.split(' ').collect();
        let answer = answer.trim().replace('⏎', "\n");
        let evaluation = marker.evaluate("q", &answer).expect("the set holds the question");
        let actual = signs(&evaluation);
        if actual != expected {
            let trace = marker.trace("q", &answer).expect("the set holds the question");
            wrong += &format!("\nexpected {expected}, is {actual}: {answer}\n{trace}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A rubric with one criterion for each pattern.
fn patterns(patterns: &[&str]) -> String {
    let criterion = |(i, pattern): (usize, &&str)| {
        format!("[[criteria]]\nid = \"c{i}\"\nlabel = \"Criterion {i}\"\nany = ['{pattern}']\n")
    };
    let criteria: String = patterns.iter().enumerate().map(criterion).collect();
    format!("prompt = \"Tell us about it.\"\nkind = \"definition\"\n{criteria}")
}

/// Each pattern against answers: `pattern`, then lines with a sign.
#[track_caller]
fn check_pattern(pattern: &str, table: &str) {
    check(&patterns(&[pattern]), table);
}

/// Columns: planes are fast, trains arrive in the centre of the city.
const TRAVEL: &str = r#"
prompt = "Compare planes and trains."
kind = "comparison"
[[concepts]]
id = "plane"
names = ["plane", "airplane", "jet plane"]
instances = ["Airbus", "Boeing"]
[[concepts]]
id = "train"
names = ["train", "railway"]
instances = ["Shinkansen"]
[[concepts]]
id = "fast"
names = ["fast", "quick", "rapid", "great speed"]
opposites = ["slow"]
[[criteria]]
id = "plane-fast"
label = "Planes are fast"
about = ["plane"]
any = ["@fast"]
[[criteria]]
id = "train-centre"
label = "Trains arrive in the city centre"
about = ["train"]
any = ["(city|town) centre", "downtown"]
"#;
