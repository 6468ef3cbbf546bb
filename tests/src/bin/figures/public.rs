//! Public sets of short answers, under rubrics derived from their reference answers alone.

use super::baseline::Weights;
use super::crossed::{Rated, calibrate};
use super::drafts::with_lexicon;
use super::page::{Section, figure};
use super::shared::Shared;
use super::sureness;
use rubrica_core::analysis::{Measure, Method, accuracy, f1, pearson, rmse};
use rubrica_core::derive::{Category, Reference, TableRow, derive_table, rubric_id};
use rubrica_tests::marker;
use rubrica_tests::rated::{Judged, band, mark};
use rubrica_tests::rows::{number, text, texts};
use serde_json::Value;
use std::collections::BTreeMap;

const TEXT: &str = "\
Rubrics as `rubrica derive` drafts them from the reference answers, unedited, with the concepts of the repository's
lexicon. What makes a score a rating is fitted on the other questions and applied to each: a never-falling line for SAF
English (scores from 0 to 1), a threshold for SciEntsBank and Beetle (right or wrong). The baseline goes through the same
calibration: the stemmed, idf-weighted recall of the best reference answer.
";

/// The answers of a set with their scores.
struct Answers {
    rows: Vec<Value>,
    scores: Vec<f64>,
    sureness: Vec<f64>,
    recall: Vec<f64>,
    n_questions: usize,
}

impl Answers {
    fn mark(shared: &Shared, name: &str) -> Self {
        let rows = shared.rows(name);
        let mut questions: BTreeMap<&str, &Value> = BTreeMap::new();
        for row in &rows {
            questions.entry(text(row, "question_id")).or_insert(row);
        }
        let table: Vec<TableRow> = questions.values().map(|row| question(row)).collect();
        let (drafts, _) = derive_table(&table, &mut |_, _| {});
        let mut marker = marker(&with_lexicon(&drafts));
        let references: BTreeMap<&str, Vec<String>> =
            questions.iter().map(|(id, row)| (*id, texts(row, "reference_answers"))).collect();
        let weights = Weights::of(references.values().map(Vec::as_slice));
        let (mut scores, mut sureness, mut recall) = (Vec::new(), Vec::new(), Vec::new());
        for row in &rows {
            let (question, answer) = (text(row, "question_id"), text(row, "answer"));
            let (score, sure) = mark(&mut marker, &rubric_id(question), answer).unwrap_or_default();
            scores.push(score);
            sureness.push(sure);
            recall.push(weights.recall(&references[question], answer));
        }
        let n_questions = questions.len();
        Self { rows, scores, sureness, recall, n_questions }
    }

    fn rated(&self, scores: &[f64]) -> Vec<Rated<'_>> {
        let rate = |(row, score): (&'_ Value, &f64)| (number(row, "score") / number(row, "max_score"), *score);
        let ids = self.rows.iter().map(|row| text(row, "question_id"));
        let values = self.rows.iter().zip(scores).map(rate);
        ids.zip(values).map(|(question_id, (rating, score))| Rated { question_id, score, rating }).collect()
    }

    fn section(&self, set: &'static str, rows: Vec<[String; 4]>) -> Section {
        let size = format!("{} / {}", self.rows.len(), self.n_questions);
        Section {
            title: "Public sets, derived rubrics",
            text: TEXT.to_owned(),
            header: vec!["set", "answers / questions", "measure", "aim", "derived", "recall"],
            rows: rows.into_iter().map(|row| [vec![set.to_owned(), size.clone()], row.to_vec()].concat()).collect(),
        }
    }
}

/// A question as a teacher's table has it. Line breaks tell the points of a long reference answer apart, so the text
/// that still has them is preferred.
fn question(row: &Value) -> TableRow {
    let raw = texts(row, "reference_raw");
    let references = if raw.is_empty() { texts(row, "reference_answers") } else { raw };
    let categories = texts(row, "reference_categories");
    let category = |idx: usize| categories.get(idx).and_then(|name| Category::named(name)).unwrap_or_default();
    TableRow {
        question_id: text(row, "question_id").to_owned(),
        question: text(row, "question").to_owned(),
        references: references
            .into_iter()
            .enumerate()
            .map(|(idx, text)| Reference { text, category: category(idx) })
            .collect(),
        ..TableRow::default()
    }
}

pub fn saf(shared: &Shared) -> Vec<Section> {
    let answers = Answers::mark(shared, "data/saf-english-train.jsonl");
    let calibrated = |scores: &[f64]| calibrate(&answers.rated(scores), Method::fit_isotonic);
    let (derived, recall) = (calibrated(&answers.scores), calibrated(&answers.recall));
    let ratings: Vec<f64> = answers.rated(&derived).iter().map(|rated| rated.rating).collect();
    let row = |measure: &str, aim: &str, of: fn(&[f64], &[f64]) -> Option<f64>| {
        [measure.to_owned(), aim.to_owned(), figure(of(&derived, &ratings)), figure(of(&recall, &ratings))]
    };
    let judge = |((score, rating), sureness): ((&f64, &f64), &f64)| Judged {
        sureness: *sureness,
        wrong: band(*score) != band(*rating),
    };
    let judged: Vec<Judged> = derived.iter().zip(&ratings).zip(&answers.sureness).map(judge).collect();
    vec![
        answers.section("SAF English", vec![row("RMSE", "0.22", rmse), row("Pearson", "0.80", pearson)]),
        sureness::section("SAF English", "another band of five", &judged),
    ]
}

pub fn scientsbank(shared: &Shared) -> Vec<Section> {
    right_or_wrong(shared, "SciEntsBank", "data/scientsbank-train.jsonl", "0.75")
}

pub fn beetle(shared: &Shared) -> Vec<Section> {
    right_or_wrong(shared, "Beetle", "data/beetle-train.jsonl", "0.76")
}

fn right_or_wrong(shared: &Shared, set: &'static str, name: &str, aim: &str) -> Vec<Section> {
    let answers = Answers::mark(shared, name);
    let right: Vec<bool> = answers.rows.iter().map(|row| text(row, "label_2way") == "correct").collect();
    let decide = |scores: &[f64]| -> Vec<bool> {
        let rated = answers.rated(scores);
        let fit = |scores: &[f64], ratings: &[f64]| {
            let right: Vec<bool> = ratings.iter().map(|rating| *rating >= 0.5).collect();
            Method::fit_threshold(scores, &right, Measure::MacroF1)
        };
        calibrate(&rated, fit).into_iter().map(|value| value >= 0.5).collect()
    };
    let (derived, recall) = (decide(&answers.scores), decide(&answers.recall));
    let row = |measure: &str, aim: &str, of: fn(&[bool], &[bool]) -> Option<f64>| {
        [measure.to_owned(), aim.to_owned(), figure(of(&right, &derived)), figure(of(&right, &recall))]
    };
    let macro_f1 = |expected: &[bool], given: &[bool]| f1(expected, given).map(|f1| f1.macro_mean);
    let judge =
        |((given, right), sureness): ((&bool, &bool), &f64)| Judged { sureness: *sureness, wrong: given != right };
    let judged: Vec<Judged> = derived.iter().zip(&right).zip(&answers.sureness).map(judge).collect();
    vec![
        answers.section(
            set,
            vec![row("macro F1, right or wrong", aim, macro_f1), row("accuracy, right or wrong", "–", accuracy)],
        ),
        sureness::section(set, "the other side of the threshold", &judged),
    ]
}
