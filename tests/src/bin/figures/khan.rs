//! Short answers of school pupils, each marked by three people, under rubrics written from the published scoring text.

use super::baseline::Weights;
use super::crossed::{Rated, calibrate};
use super::page::{Section, figure};
use super::shared::Shared;
use super::sureness;
use rubrica_core::analysis::{Measure, Method, accuracy, cohen_kappa};
use rubrica_tests::rated::{Judged, mark};
use rubrica_tests::rows::{number, text};
use rubrica_tests::{documents_in, marker};
use std::collections::BTreeMap;

/// Asks for algebra, which is outside the engine.
const ALGEBRA: &str = "khan-12";
/// A score from here on says "right".
const RIGHT_FROM: f64 = 0.5;

struct Answer {
    question_id: String,
    /// What most of the people said.
    right: bool,
    score: f64,
    sureness: f64,
    counted: f64,
}

pub fn figures(shared: &Shared) -> Vec<Section> {
    let answers = answers(shared);
    let of = |keep: &dyn Fn(&str) -> bool| -> Vec<&Answer> {
        answers.iter().filter(|answer| keep(&answer.question_id)).collect()
    };
    let mut rows = vec![
        row(&format!("all but {ALGEBRA}"), &of(&|id| id != ALGEBRA), ["0.86", "0.72"]),
        row("all", &of(&|_| true), ["–", "–"]),
    ];
    let mut questions: Vec<&str> = answers.iter().map(|answer| answer.question_id.as_str()).collect();
    questions.sort_by_key(|id| id.rsplit('-').next().and_then(|number| number.parse::<u32>().ok()));
    questions.dedup();
    for id in questions {
        rows.push(row(id, &of(&|other| other == id), ["–", "–"]));
    }
    let judged: Vec<Judged> = answers
        .iter()
        .map(|answer| Judged { sureness: answer.sureness, wrong: says_right(answer.score) != answer.right })
        .collect();
    vec![
        Section {
            title: "Pupils' answers, rubrics written from the scoring text",
            text: format!(
                "Khan Academy, llm-saq-scoring: {} answers to 8 questions, against the majority of three people. The rubrics\n\
                 (`tests/fixtures/khan`) were written from each question's scoring text and its examples and frozen before\n\
                 an answer was opened. {ALGEBRA} asks for algebra, which the engine does not do. A score of one half says\n\
                 right. The baseline is the stemmed, idf-weighted recall of the best correct example, its threshold fitted\n\
                 on the other questions. Two people agree at 0.94, kappa 0.88.\n",
                answers.len(),
            ),
            header: vec!["questions", "n", "accuracy", "aim", "kappa", "aim", "recall: accuracy", "recall: kappa"],
            rows,
        },
        sureness::section("pupils' answers", "the other side of the threshold", &judged),
    ]
}

fn says_right(value: f64) -> bool {
    value >= RIGHT_FROM
}

fn answers(shared: &Shared) -> Vec<Answer> {
    let mut marker = marker(&documents_in(&rubrica_tests::package().join("fixtures/khan"), "toml"));
    let examples: BTreeMap<String, Vec<String>> = shared
        .rows("data/khan-dev/items.jsonl")
        .iter()
        .map(|item| {
            let examples = text(&item["rubric"], "correct_examples").lines().filter(|line| !line.trim().is_empty());
            (text(item, "question_id").to_owned(), examples.map(str::to_owned).collect())
        })
        .collect();
    let weights = Weights::of(examples.values().map(Vec::as_slice));
    let rows = shared.rows("data/khan-dev/answers.jsonl");
    let ratings = rows.iter().map(|row| f64::from(u8::from(number(row, "score") >= 0.5)));
    let rated: Vec<Rated<'_>> = rows
        .iter()
        .zip(ratings)
        .map(|(row, rating)| {
            let question_id = text(row, "question_id");
            Rated { question_id, score: weights.recall(&examples[question_id], text(row, "answer")), rating }
        })
        .collect();
    let counted = calibrate(&rated, |scores, ratings| {
        let right: Vec<bool> = ratings.iter().map(|rating| says_right(*rating)).collect();
        Method::fit_threshold(scores, &right, Measure::Kappa)
    });
    rows.iter()
        .zip(&rated)
        .zip(counted)
        .map(|((row, rated), counted)| {
            let (score, sureness) = mark(&mut marker, rated.question_id, text(row, "answer")).unwrap_or_default();
            Answer {
                question_id: rated.question_id.to_owned(),
                right: says_right(rated.rating),
                score,
                sureness,
                counted,
            }
        })
        .collect()
}

fn row(name: &str, answers: &[&Answer], aims: [&str; 2]) -> Vec<String> {
    let level = |value: f64| u8::from(says_right(value));
    let expected: Vec<u8> = answers.iter().map(|answer| u8::from(answer.right)).collect();
    let given: Vec<u8> = answers.iter().map(|answer| level(answer.score)).collect();
    let counted: Vec<u8> = answers.iter().map(|answer| level(answer.counted)).collect();
    vec![
        name.to_owned(),
        answers.len().to_string(),
        figure(accuracy(&expected, &given)),
        aims[0].to_owned(),
        figure(cohen_kappa(&given, &expected, 2)),
        aims[1].to_owned(),
        figure(accuracy(&expected, &counted)),
        figure(cohen_kappa(&counted, &expected, 2)),
    ]
}
