//! Answers to interview questions in twenty kinds (in other words, misspelt, swapped, denied, keyword lists ...), rated by
//! one careful person, and pairs of which one answer is plainly better.
//!
//! The measures are those of the `evaluate.py` that comes with the answers.

use super::baseline::{self, Weights};
use super::page::{Section, figure};
use super::shared::{Shared, mark, marker, number, text, texts};
use super::sureness::{self, Judged};
use rubrica_core::Marker;
use rubrica_core::analysis::{pearson, quadratic_weighted_kappa};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Questions whose rubrics were written before anybody saw an answer to them, and whose answers nobody has read since.
pub const APART: [&str; 5] =
    ["dk-image-vs-container", "db-acid", "gen-query-optimization", "git-cherry-pick", "sysd-realtime-chat"];
/// Scores from which the bands begin, besides the lowest.
const BANDS: [f64; 4] = [0.1, 0.35, 0.65, 0.85];
/// Scores closer than this are the same.
const SAME: f64 = 1e-9;
/// Kinds of answers that fool a count of words, with the aim for telling them from better ones.
const WORSE_KINDS: [&str; 5] = ["swapped", "negated", "keyword_stuffing", "contradictory", "word_salad"];
/// Kinds of right answers that a count of words misses.
const RIGHT_KINDS: [&str; 2] = ["paraphrase_good", "misspelled_good"];

pub struct Answer {
    pub id: String,
    pub question_id: String,
    pub text: String,
    kind: String,
    expected: f64,
}

struct Pair {
    question_id: String,
    better: String,
    worse: String,
    worse_kind: String,
    is_lexical_trap: bool,
}

/// Rated answers and pairs of them.
pub struct Interview {
    pub answers: Vec<Answer>,
    pairs: Vec<Pair>,
}

/// Figures of some questions.
pub struct Measures {
    pub pairs: Option<f64>,
    pub macro_pairs: Option<f64>,
    pub traps: Option<f64>,
    pub pearson: Option<f64>,
    pub kappa: Option<f64>,
    by_worse_kind: BTreeMap<String, f64>,
    share_of_expected: BTreeMap<String, f64>,
}

impl Interview {
    pub fn read(shared: &Shared) -> Self {
        let answer = |row: &Value| Answer {
            id: text(row, "answer_id").to_owned(),
            question_id: text(row, "question_id").to_owned(),
            text: text(row, "text").to_owned(),
            kind: text(row, "kind").to_owned(),
            expected: number(row, "expected_score"),
        };
        let pair = |row: &Value| Pair {
            question_id: text(row, "question_id").to_owned(),
            better: text(row, "better").to_owned(),
            worse: text(row, "worse").to_owned(),
            worse_kind: text(row, "pair_kind").split('>').nth(1).unwrap_or_default().to_owned(),
            is_lexical_trap: row["lexical_trap"].as_bool().unwrap_or_default(),
        };
        Self {
            answers: shared.rows("data/interview-dev/answers.jsonl").iter().map(answer).collect(),
            pairs: shared.rows("data/interview-dev/pairs.jsonl").iter().map(pair).collect(),
        }
    }

    /// Measures the scores of the answers, by id, on some of the questions.
    pub fn measure(&self, scores: &BTreeMap<&str, f64>, of_question: impl Fn(&str) -> bool) -> Measures {
        let pairs: Vec<&Pair> = self.pairs.iter().filter(|pair| of_question(&pair.question_id)).collect();
        let answers: Vec<&Answer> = self.answers.iter().filter(|answer| of_question(&answer.question_id)).collect();
        let told_apart = |pairs: &mut dyn Iterator<Item = &&Pair>| {
            let values: Vec<f64> = pairs
                .map(|pair| match scores[pair.better.as_str()] - scores[pair.worse.as_str()] {
                    lead if lead.abs() < SAME => 0.5,
                    lead => f64::from(u8::from(lead > 0.0)),
                })
                .collect();
            mean(&values)
        };
        let mut by_worse_kind = BTreeMap::new();
        for pair in &pairs {
            let alike = |other: &&&Pair| other.worse_kind == pair.worse_kind;
            by_worse_kind
                .entry(pair.worse_kind.clone())
                .or_insert_with(|| told_apart(&mut pairs.iter().filter(alike)).expect("the pair itself is one"));
        }
        let mut share_of_expected = BTreeMap::new();
        for kind in RIGHT_KINDS {
            let of_kind = || answers.iter().filter(|answer| answer.kind == kind);
            let given: f64 = of_kind().map(|answer| scores[answer.id.as_str()]).sum();
            let expected: f64 = of_kind().map(|answer| answer.expected).sum();
            if expected > 0.0 {
                share_of_expected.insert(kind.to_owned(), given / expected);
            }
        }
        // What an answer in another language is worth is a matter of policy, not of agreement.
        let rated = || answers.iter().filter(|answer| answer.kind != "other_language");
        let given: Vec<f64> = rated().map(|answer| scores[answer.id.as_str()]).collect();
        let expected: Vec<f64> = rated().map(|answer| answer.expected).collect();
        let bands = |scores: &[f64]| scores.iter().map(|score| band(*score)).collect::<Vec<u8>>();
        Measures {
            pairs: told_apart(&mut pairs.iter()),
            macro_pairs: mean(&by_worse_kind.values().copied().collect::<Vec<_>>()),
            traps: told_apart(&mut pairs.iter().filter(|pair| pair.is_lexical_trap)),
            pearson: pearson(&given, &expected),
            kappa: quadratic_weighted_kappa(&bands(&given), &bands(&expected), BANDS.len() as u8 + 1),
            by_worse_kind,
            share_of_expected,
        }
    }

    /// Score and sureness of each answer, by answer id; `rubric_id` says which rubric marks the answers to a question.
    pub fn mark<'a>(
        &'a self,
        marker: &mut Marker,
        rubric_id: impl Fn(&'a str) -> Option<&'a str>,
    ) -> BTreeMap<&'a str, (f64, f64)> {
        let mut marked = BTreeMap::new();
        for answer in &self.answers {
            let result = rubric_id(&answer.question_id).map_or((0.0, 0.0), |id| mark(marker, id, &answer.text));
            marked.insert(answer.id.as_str(), result);
        }
        marked
    }

    /// The evaluations with whether their band is the person's.
    pub fn judged(&self, marked: &BTreeMap<&str, (f64, f64)>) -> Vec<Judged> {
        let judge = |answer: &Answer| {
            let (score, sureness) = marked[answer.id.as_str()];
            Judged { sureness, wrong: band(score) != band(answer.expected) }
        };
        self.answers.iter().filter(|answer| answer.kind != "other_language").map(judge).collect()
    }
}

/// The scores of marked answers.
pub fn scores<'a>(marked: &BTreeMap<&'a str, (f64, f64)>) -> BTreeMap<&'a str, f64> {
    marked.iter().map(|(id, (score, _))| (*id, *score)).collect()
}

pub fn band(score: f64) -> u8 {
    BANDS.iter().filter(|from| score >= **from - SAME).count() as u8
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
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
        all.push((name, Some(0.85), Box::new(move |of| of.share_of_expected.get(kind).copied())));
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
    let interview = Interview::read(shared);
    let mut marker = marker(&rubrica_tests::documents());
    let marked = interview.mark(&mut marker, Some);
    let scores = scores(&marked);
    let is_apart = |question: &str| APART.contains(&question);
    let columns = [
        interview.measure(&scores, |_| true),
        interview.measure(&scores, is_apart),
        interview.measure(&scores, |question| !is_apart(question)),
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
fn count_keywords<'a>(shared: &Shared, interview: &'a Interview) -> BTreeMap<&'a str, f64> {
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
fn recall<'a>(marker: &Marker, interview: &'a Interview) -> BTreeMap<&'a str, f64> {
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
    interview.answers.iter().map(recall).collect()
}
