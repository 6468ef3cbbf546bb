//! Answers to interview questions in twenty kinds (in other words, misspelt, swapped, denied, keyword lists ...), rated by
//! one careful person, and pairs of which one answer is plainly better.
//!
//! The measures are those of the `evaluate.py` that comes with the answers.

use super::baseline::{self, Weights};
use super::page::{Section, figure};
use super::shared::{Shared, marker, text, texts};
use super::sureness;
use rubrica_core::Marker;
use rubrica_tests::rated::{Answer, Measures, Pair, RatedAnswers, scores};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Questions whose rubrics were written before anybody saw an answer to them, and whose answers nobody has read since.
pub const APART: [&str; 5] =
    ["dk-image-vs-container", "db-acid", "gen-query-optimization", "git-cherry-pick", "sysd-realtime-chat"];
/// Kinds of answers that fool a count of words, with the aim for telling them from better ones.
const WORSE_KINDS: [&str; 5] = ["swapped", "negated", "keyword_stuffing", "contradictory", "word_salad"];
/// Kinds of right answers that a count of words misses.
const RIGHT_KINDS: [&str; 2] = ["paraphrase_good", "misspelled_good"];

/// The answers and the pairs that come with them.
pub fn read(shared: &Shared) -> RatedAnswers {
    let pair = |row: &Value| Pair {
        question_id: text(row, "question_id").to_owned(),
        better: text(row, "better").to_owned(),
        worse: text(row, "worse").to_owned(),
        worse_kind: text(row, "pair_kind").split('>').nth(1).unwrap_or_default().to_owned(),
        is_lexical_trap: row["lexical_trap"].as_bool().unwrap_or_default(),
    };
    RatedAnswers {
        answers: shared.rows("data/interview-dev/answers.jsonl").iter().map(Answer::read).collect(),
        pairs: shared.rows("data/interview-dev/pairs.jsonl").iter().map(pair).collect(),
    }
}

/// A row of the table for each measure: its name, what is aimed at, and how it is read off.
type Measure = (String, Option<f64>, Box<dyn Fn(&Measures) -> Option<f64>>);

fn measures() -> Vec<Measure> {
    let mut all: Vec<Measure> = vec![
        ("pairs told apart, mean over kinds".to_owned(), Some(0.96), Box::new(|of| of.macro_pairs)),
        ("pairs told apart, all".to_owned(), None, Box::new(|of| of.pairs)),
        ("pairs told apart, lexical traps".to_owned(), Some(0.93), Box::new(|of| of.traps)),
        ("Pearson".to_owned(), Some(0.92), Box::new(|of| of.pearson)),
        ("quadratic weighted kappa".to_owned(), Some(0.88), Box::new(|of| of.kappa)),
    ];
    for kind in WORSE_KINDS {
        let name = format!("told from a better one: {}", kind.replace('_', " "));
        all.push((name, Some(0.9), Box::new(move |of| of.by_worse_kind.get(kind).copied())));
    }
    for kind in RIGHT_KINDS {
        let name = format!("mean score, of the person's: {}", kind.replace('_', " "));
        all.push((name, Some(0.85), Box::new(move |of| of.share_of_expected(kind))));
    }
    all
}

/// A table with a column for each of several measurements.
pub fn rows(columns: &[&Measures]) -> Vec<Vec<String>> {
    let row = |(name, aim, read): Measure| {
        let aim = aim.map_or_else(|| "–".to_owned(), |aim| format!("{aim:.2}"));
        [vec![name, aim], columns.iter().map(|measures| figure(read(measures))).collect()].concat()
    };
    measures().into_iter().map(row).collect()
}

pub fn figures(shared: &Shared) -> Vec<Section> {
    let interview = read(shared);
    let mut marker = marker(&rubrica_tests::documents());
    let marked = interview.mark(&mut marker, Some);
    let given = scores(&marked);
    let is_apart = |question: &str| APART.contains(&question);
    let columns = [
        interview.measure(&given, |_| true),
        interview.measure(&given, is_apart),
        interview.measure(&given, |question| !is_apart(question)),
        interview.measure(&count_keywords(shared, &interview), |_| true),
        interview.measure(&recall(&marker, &interview), |_| true),
    ];
    let text = format!(
        "{} answers to 14 questions, rated by one careful person, and {} pairs of them of which one is plainly better.\n\
         The rubrics are those of this repository. Five questions are kept apart: their rubrics were written before\n\
         anybody opened an answer, and only sums over their answers have been looked at since. Two baselines: keyword\n\
         counting is the share of the question's key words, as listed beside the answers, whose stem occurs in the answer\n\
         (another list of key words, counted when the answers were collected, gave 0.80 over kinds, 0.11 of the traps and\n\
         a Pearson of 0.44); recall is the stemmed, idf-weighted recall of the rubric's reference answer.\n",
        interview.answers.len(),
        interview.pairs.len(),
    );
    vec![
        Section {
            title: "Interview questions, written rubrics",
            text,
            header: vec!["measure", "aim", "all 14", "five kept apart", "other nine", "keyword counting", "recall"],
            rows: rows(&columns.each_ref()),
        },
        sureness::section("interview, written rubrics", "another band of five", &interview.judged(&marked)),
    ]
}

/// The share of the key words of the question's points that occurs in the answer.
fn count_keywords<'a>(shared: &Shared, interview: &'a RatedAnswers) -> BTreeMap<&'a str, f64> {
    let keywords: BTreeMap<String, BTreeSet<String>> = shared
        .rows("questions.jsonl")
        .iter()
        .map(|row| (text(row, "id").to_owned(), baseline::stems(&texts(row, "key_points").join("\n"))))
        .collect();
    let count = |answer: &'a Answer| {
        let said = baseline::stems(&answer.text);
        let words = &keywords[&answer.question_id];
        (answer.id.as_str(), words.intersection(&said).count() as f64 / words.len().max(1) as f64)
    };
    interview.answers.iter().map(count).collect()
}

/// The share of the rubric's reference answer that the answer repeats.
pub fn recall<'a>(marker: &Marker, rated: &'a RatedAnswers) -> BTreeMap<&'a str, f64> {
    let references: BTreeMap<&str, [String; 1]> = marker
        .set()
        .questions()
        .iter()
        .map(|question| (question.id, [question.source.reference_answer.clone().unwrap_or_default()]))
        .collect();
    let weights = Weights::of(references.values().map(<[String; 1]>::as_slice));
    let recall = |answer: &'a Answer| {
        (answer.id.as_str(), weights.recall(&references[answer.question_id.as_str()], &answer.text))
    };
    rated.answers.iter().map(recall).collect()
}
