//! The rubrics of the repository pass their own tests, and the table about them is fresh.

use rubrica_core::check;
use rubrica_tests::documents;
use std::process::Command;

#[test]
fn rubrics_pass_their_own_examples() {
    let report = check(&documents());
    let failed: Vec<String> = report
        .rubrics
        .iter()
        .flat_map(|rubric| rubric.examples.iter().map(move |example| (rubric, example)))
        .filter(|(_, example)| !example.passed)
        .map(|(rubric, example)| format!("{} line {}: {}", rubric.id, example.line, example.failures.join("; ")))
        .collect();
    assert_eq!(failed, Vec::<String>::new());
}

#[test]
fn the_table_of_rubrics_is_fresh_and_no_wrong_example_outscores_a_partial_one() {
    let output = Command::new(env!("CARGO_BIN_EXE_rubric-table")).arg("--check").output().expect("the tool starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
