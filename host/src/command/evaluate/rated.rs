//! Answers with a score and a rating.

use crate::batch::{Graded, Grader, Need};
use crate::library::Library;
use crate::loading::open_plugin;
use crate::plugin::Limits;
use crate::refusal::Refusal;
use crate::rows::{Row, Rows};
use rubrica_core::analysis::{ItemStatistics, item_statistics};
use serde_json::Value;
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::thread;

/// Which columns hold scores and ratings.
pub struct Columns {
    pub score: Option<String>,
    pub ratings: Ratings,
}

pub enum Ratings {
    /// A column of numbers, `None` for the usual names, and the highest possible rating.
    Numbers { column: Option<String>, max: Option<f64> },
    /// A column of labels, and those that mean a right answer.
    Labels { column: String, right: Vec<String> },
}

/// One answer with its score and the rating a person gave, both 0 to 1.
pub struct Rated {
    pub question_id: String,
    pub answer_id: String,
    pub answer: String,
    pub score: f64,
    pub rating: f64,
    /// Criterion ids with the share of their points; empty when the score comes from a column.
    pub outcomes: Vec<(String, f64)>,
}

/// All rated answers of a file.
#[derive(Default)]
pub struct RatedAnswers {
    pub answers: Vec<Rated>,
    /// Rows without a rating or, in a column, a score.
    pub n_unrated: usize,
    /// Rows that could not be graded.
    pub n_failed: usize,
}

/// Where the columns are among those that pass through.
struct Places {
    score: Option<usize>,
    rating: usize,
    max: Option<usize>,
}

impl Columns {
    fn places(&self, present: &[String]) -> Result<Places, Refusal> {
        let place = |name: &str| present.iter().position(|column| column == name);
        let needed = |name: &str, flag: &str| {
            place(name).ok_or_else(|| {
                let listed = present.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
                Refusal::new(format!("the input has no column `{name}`; its other columns are {listed}"))
                    .help(format!("name the column with {flag}"))
            })
        };
        let score = self.score.as_deref().map(|name| needed(name, "--score-column")).transpose()?;
        let rating = match &self.ratings {
            Ratings::Labels { column, .. } => needed(column, "--label-column")?,
            Ratings::Numbers { column: Some(column), .. } => needed(column, "--rating-column")?,
            Ratings::Numbers { column: None, .. } => ["rating", "expected_score", "score"]
                .iter()
                .find_map(|name| place(name).filter(|found| Some(*found) != score))
                .map_or_else(|| needed("rating", "--rating-column"), Ok)?,
        };
        Ok(Places { score, rating, max: place("max_score") })
    }

    /// The rating of a row, 0 to 1; `None` where there is none.
    fn rating(&self, row: &Row, places: &Places) -> Result<Option<f64>, Refusal> {
        let value = &row.columns[places.rating];
        match &self.ratings {
            Ratings::Labels { right, .. } => {
                Ok(label(value)
                    .map(|label| f64::from(u8::from(right.iter().any(|right| is_same_label(right, &label))))))
            }
            Ratings::Numbers { max, .. } => {
                let Some(rating) = number(value) else { return Ok(None) };
                let max = max.or_else(|| places.max.and_then(|place| number(&row.columns[place]))).unwrap_or(1.0);
                let share = rating / max;
                if !(0.0..=1.0).contains(&share) {
                    let message = format!("answer `{}` is rated {rating} of {max}", row.answer_id);
                    return Err(Refusal::new(message).help("give the highest possible rating with --max-rating"));
                }
                Ok(Some(share))
            }
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

fn label(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.trim().is_empty() => None,
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(bool) => Some(bool.to_string()),
        _ => None,
    }
}

/// Labels are words in any case, or numbers however they are written: `1` and `1.0` are one.
fn is_same_label(a: &str, b: &str) -> bool {
    let numbers = || Some((a.parse::<f64>().ok()?, b.parse::<f64>().ok()?));
    a.eq_ignore_ascii_case(b) || numbers().is_some_and(|(a, b)| a == b)
}

/// Takes the scores of a column.
pub fn from_column(mut rows: Rows, columns: &Columns) -> Result<RatedAnswers, Refusal> {
    let places = columns.places(rows.columns())?;
    let mut rated = RatedAnswers::default();
    while let Some(row) = rows.next()? {
        let score = places.score.and_then(|place| number(&row.columns[place]));
        match (score, columns.rating(&row, &places)?) {
            (Some(score), Some(_)) if !(0.0..=1.0).contains(&score) => {
                return Err(Refusal::new(format!("answer `{}` has the score {score}", row.answer_id))
                    .help("scores lie between 0 and 1"));
            }
            (Some(score), Some(rating)) => rated.answers.push(Rated {
                question_id: row.question_id,
                answer_id: row.answer_id,
                answer: row.answer.unwrap_or_default(),
                score,
                rating,
                outcomes: Vec::new(),
            }),
            _ => rated.n_unrated += 1,
        }
    }
    Ok(rated)
}

/// Grades the answers through the plugin.
pub fn by_grading(
    rows: Rows,
    columns: &Columns,
    library: &Library,
    plugin: Option<&Path>,
    limits: Limits,
) -> Result<RatedAnswers, Refusal> {
    let places = columns.places(rows.columns())?;
    let plugin = open_plugin(plugin)?;
    let n_workers = thread::available_parallelism().map_or(1, NonZero::get);
    let grader = Grader { plugin: &plugin, library, limits, need: Need::Evaluation, n_workers };
    let mut rated = RatedAnswers::default();
    grader.grade(rows, |Graded { row, result }| {
        let rating = columns.rating(&row, &places)?;
        match (result, rating) {
            (Err(error), _) => {
                if rated.n_failed == 0 {
                    anstream::eprintln!("answer `{}` cannot be graded: {}", row.answer_id, error.message);
                }
                rated.n_failed += 1;
            }
            (Ok(_), None) => rated.n_unrated += 1,
            (Ok(mark), Some(rating)) => {
                let evaluation = mark.evaluation.expect("it was asked for");
                let share = |points: f64, max: f64| if max > 0.0 { points / max } else { 0.0 };
                rated.answers.push(Rated {
                    question_id: row.question_id,
                    answer_id: row.answer_id,
                    answer: row.answer.unwrap_or_default(),
                    score: mark.summary.score,
                    rating,
                    outcomes: evaluation
                        .outcomes
                        .into_iter()
                        .map(|outcome| (outcome.criterion, share(outcome.points, outcome.max_points)))
                        .collect(),
                });
            }
        }
        Ok(())
    })?;
    Ok(rated)
}

/// A criterion of a question with what the answers say about it.
pub struct CriterionStatistics {
    pub question_id: String,
    pub criterion: String,
    pub statistics: ItemStatistics,
}

/// Item analysis of every question: its criteria are the items.
pub fn criteria(by_question: &BTreeMap<&str, Vec<&Rated>>) -> Vec<CriterionStatistics> {
    let mut all = Vec::new();
    for (question_id, answers) in by_question {
        let shares = |answer: &&Rated| answer.outcomes.iter().map(|(_, share)| Some(*share)).collect();
        let rows: Vec<Vec<Option<f64>>> = answers.iter().map(shares).collect();
        let ids = answers.first().map(|answer| &answer.outcomes[..]).unwrap_or_default();
        for ((criterion, _), statistics) in ids.iter().zip(item_statistics(&rows)) {
            all.push(CriterionStatistics {
                question_id: (*question_id).to_owned(),
                criterion: criterion.clone(),
                statistics,
            });
        }
    }
    all
}
