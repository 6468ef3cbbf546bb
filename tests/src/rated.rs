//! Answers rated by a person, pairs of them of which one is plainly better, and how well scores agree with both.

use crate::rows::{number, text};
use rubrica_core::Marker;
use rubrica_core::analysis::{pearson, quadratic_weighted_kappa};
use serde_json::Value;
use std::collections::BTreeMap;

/// Scores from which the bands begin, besides the lowest.
const BANDS: [f64; 4] = [0.1, 0.35, 0.65, 0.85];
/// Scores closer than this are the same.
const SAME: f64 = 1e-9;
/// Expected scores that lie so far apart make a pair, where the answers come without pairs.
const MARGIN: f64 = 0.25;
/// Kinds of answers that say what is right, all of it or a part, or nothing: they are no traps.
const HONEST_KINDS: [&str; 9] =
    ["partial", "terse", "echo", "paraphrase", "misspelled", "spoken", "bullets", "nonnative", "expert"];
/// What an answer in another language is worth is a matter of policy, not of agreement.
const UNRATED_KIND: &str = "other_language";

pub struct Answer {
    pub id: String,
    pub question_id: String,
    pub text: String,
    pub kind: String,
    pub expected: f64,
}

pub struct Pair {
    pub question_id: String,
    pub better: String,
    pub worse: String,
    pub worse_kind: String,
    pub is_lexical_trap: bool,
}

/// Rated answers and pairs of them.
pub struct RatedAnswers {
    pub answers: Vec<Answer>,
    pub pairs: Vec<Pair>,
}

/// An evaluation, judged by a person.
pub struct Judged {
    pub sureness: f64,
    pub wrong: bool,
}

/// Figures of some questions.
pub struct Measures {
    pub pairs: Option<f64>,
    pub macro_pairs: Option<f64>,
    pub traps: Option<f64>,
    pub pearson: Option<f64>,
    pub kappa: Option<f64>,
    pub by_worse_kind: BTreeMap<String, f64>,
    /// Mean score and mean of what the person gave, by kind.
    pub mean_by_kind: BTreeMap<String, (f64, f64)>,
}

impl Answer {
    pub fn read(row: &Value) -> Self {
        Self {
            id: text(row, "answer_id").to_owned(),
            question_id: text(row, "question_id").to_owned(),
            text: text(row, "text").to_owned(),
            kind: text(row, "kind").to_owned(),
            expected: number(row, "expected_score"),
        }
    }
}

impl RatedAnswers {
    /// Answers that come without pairs: any two to one question whose expected scores are far apart.
    pub fn paired(answers: Vec<Answer>) -> Self {
        let mut pairs = Vec::new();
        for better in &answers {
            let worse = |worse: &&Answer| {
                worse.question_id == better.question_id && better.expected - worse.expected >= MARGIN - SAME
            };
            pairs.extend(answers.iter().filter(worse).map(|worse| Pair {
                question_id: better.question_id.clone(),
                better: better.id.clone(),
                worse: worse.id.clone(),
                worse_kind: worse.kind.clone(),
                is_lexical_trap: !HONEST_KINDS.contains(&worse.kind.as_str()),
            }));
        }
        Self { answers, pairs }
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
        let mut mean_by_kind = BTreeMap::new();
        for answer in &answers {
            let of_kind = || answers.iter().filter(|other| other.kind == answer.kind);
            mean_by_kind.entry(answer.kind.clone()).or_insert_with(|| {
                let given: Vec<f64> = of_kind().map(|answer| scores[answer.id.as_str()]).collect();
                let expected: Vec<f64> = of_kind().map(|answer| answer.expected).collect();
                (mean(&given).unwrap_or_default(), mean(&expected).unwrap_or_default())
            });
        }
        let rated = || answers.iter().filter(|answer| answer.kind != UNRATED_KIND);
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
            mean_by_kind,
        }
    }

    /// Score and sureness of each answer, by answer id; `rubric_id` says which rubric marks the answers to a question.
    pub fn mark<'a>(
        &'a self,
        marker: &mut Marker,
        rubric_id: impl Fn(&'a str) -> Option<&'a str>,
    ) -> BTreeMap<&'a str, (f64, f64)> {
        let of_answer = |answer: &'a Answer| {
            let marked = rubric_id(&answer.question_id).and_then(|id| mark(marker, id, &answer.text));
            (answer.id.as_str(), marked.unwrap_or_default())
        };
        self.answers.iter().map(of_answer).collect()
    }

    /// The evaluations with whether their band is the person's.
    pub fn judged(&self, marked: &BTreeMap<&str, (f64, f64)>) -> Vec<Judged> {
        let judge = |answer: &Answer| {
            let (score, sureness) = marked[answer.id.as_str()];
            Judged { sureness, wrong: band(score) != band(answer.expected) }
        };
        self.answers.iter().filter(|answer| answer.kind != UNRATED_KIND).map(judge).collect()
    }
}

impl Measures {
    /// Mean score of a kind of answers, as a share of what the person gave.
    pub fn share_of_expected(&self, kind: &str) -> Option<f64> {
        self.mean_by_kind.get(kind).map(|(given, expected)| given / expected)
    }
}

/// Score and sureness of an answer, each 0 to 1; nothing where there is no rubric, which counts as 0 and 0: of that one
/// can be sure of nothing.
pub fn mark(marker: &mut Marker, rubric_id: &str, answer: &str) -> Option<(f64, f64)> {
    marker.evaluate(rubric_id, answer).map(|evaluation| (evaluation.score, evaluation.sureness))
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
