//! Agreement with people: marks rated answers and asserts floors under the figures.
//!
//! The independent answers lie in `tests/answers`. The labelled ones are no part of this repository: `RUBRICA_SHARED` names
//! the folder that holds `data/interview-dev`; without it `../shared` beside the workspace is tried. Their figures are
//! those of the `evaluate.py` that comes with them.

use rubrica_tests::rated::{RatedAnswers, mark, scores};
use rubrica_tests::rows::{self, text};
use rubrica_tests::{Group, documents, independent_answers, labelled_answers, marker};
use serde_json::{Value, json};
use std::process::Command;
use std::{env, fs};

/// Lowest figures, a little under those of the day they were set, so that a loss is seen and noise is not.
const FLOORS: [(&str, f64); 5] = [
    ("/pairs/acc", 0.97),
    ("/pairs_macro_acc", 0.97),
    ("/pairs_lexical_trap/acc", 0.94),
    ("/pearson", 0.90),
    ("/qwk", 0.86),
];
/// Pairs whose worse answer is of this kind are told apart at least so often.
const FLOOR_BY_KIND: [(&str, f64); 5] =
    [("swapped", 0.95), ("negated", 0.97), ("keyword_stuffing", 0.97), ("contradictory", 0.86), ("word_salad", 0.97)];
/// Right answers in other words or with typing errors earn at least this share of what people give them.
const FLOOR_BY_MEAN: [(&str, f64); 2] = [("paraphrase_good", 0.88), ("misspelled_good", 1.05)];

/// Pairs told apart (mean over kinds) and Pearson correlation, for the independent answers.
const INDEPENDENT_FLOORS: [(Group, f64, f64); 5] = [
    (Group::Open, 0.94, 0.90),
    (Group::Apart, 0.93, 0.90),
    (Group::HardOpen, 0.85, 0.83),
    (Group::HardApart, 0.82, 0.815),
    (Group::FreshApart, 0.84, 0.81),
];

#[test]
fn independent_answers_are_marked_as_their_writers_would() {
    let mut marker = marker(&documents());
    for (group, pairs_floor, pearson_floor) in INDEPENDENT_FLOORS {
        let rated = RatedAnswers::paired(independent_answers(group));
        let measures = rated.measure(&scores(&rated.mark(&mut marker, Some)), |_| true);
        let (pairs, pearson) = (measures.macro_pairs.unwrap_or(f64::NAN), measures.pearson.unwrap_or(f64::NAN));
        println!("{group:?}: pairs {pairs:.3}, Pearson {pearson:.3}");
        assert!(pairs >= pairs_floor && pearson >= pearson_floor, "{group:?}: pairs {pairs:.3}, Pearson {pearson:.3}");
    }
}

#[test]
fn labelled_answers_are_marked_as_people_mark_them() {
    let Some(folder) = labelled_answers() else {
        println!("skipped: there is no `data/interview-dev` in RUBRICA_SHARED or ../shared");
        return;
    };
    let mut marker = marker(&documents());
    let mut scores = String::new();
    for row in rows::read(&folder.join("answers.jsonl")) {
        let question_id = text(&row, "question_id");
        let marked = mark(&mut marker, question_id, text(&row, "text"));
        let (score, _) = marked.unwrap_or_else(|| panic!("no rubric for {question_id}"));
        let score = json!({ "question_id": question_id, "answer_id": text(&row, "answer_id"), "score": score });
        scores += &format!("{score}\n");
    }
    let work = tempfile::tempdir().expect("a temporary folder");
    let (scores_path, figures_path) = (work.path().join("scores.jsonl"), work.path().join("figures.json"));
    fs::write(&scores_path, scores).expect("the scores can be written");
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let script = Command::new(python)
        .arg(folder.join("evaluate.py"))
        .arg(&scores_path)
        .arg("--json")
        .arg(&figures_path)
        .output();
    let output = match script {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: python3 does not run here ({error})");
            return;
        }
    };
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let figures = fs::read_to_string(&figures_path).expect("the script writes its figures");
    let figures: Value = serde_json::from_str(&figures).expect("the figures are JSON");
    let figure = |pointer: &str| figures.pointer(pointer).and_then(Value::as_f64).unwrap_or(f64::NAN);

    let mut low = Vec::new();
    let mut expect = |name: String, value: f64, floor: f64| {
        println!("{name:<48} {value:.3}, at least {floor:.2}");
        if value.is_nan() || value < floor {
            low.push(format!("{name} is {value:.3}, below {floor:.2}"));
        }
    };
    for (pointer, floor) in FLOORS {
        expect(pointer.to_owned(), figure(pointer), floor);
    }
    for (kind, floor) in FLOOR_BY_KIND {
        expect(format!("pairs, worse is {kind}"), figure(&format!("/pairs_by_worse_kind/{kind}/acc")), floor);
    }
    for (kind, floor) in FLOOR_BY_MEAN {
        let mean = |of: &str| figure(&format!("/mean_by_kind/{kind}/{of}"));
        expect(format!("mean of {kind}, share of expected"), mean("score") / mean("expected"), floor);
    }
    assert!(low.is_empty(), "{low:#?}");
}
