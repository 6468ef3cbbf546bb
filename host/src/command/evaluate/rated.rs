//! Answers with a score and a rating.

use crate::batch::{Graded, Grader, Mark, Need};
use crate::library::Library;
use crate::loading::{open_plugin, require_sound};
use crate::plugin::Limits;
use crate::refusal::Refusal;
use crate::terminal::{excerpt, harmless};
use rubrica_core::analysis::{ItemStatistics, item_statistics};
use rubrica_rows::{Cell, Row, Rows};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::Path;
use std::thread;

/// Failures that are told with their reasons; files of answers go wrong in one way or two.
const N_FAILURES_TOLD: usize = 3;

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
    /// What people find it by, see [`Row::name`].
    pub name: String,
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
    /// Rows that could not be graded, or whose rating or score cannot be read.
    pub n_failed: usize,
    /// Those among them that failed for their rating alone.
    pub n_unreadable: usize,
}

/// A score with the criteria behind it, see [`Rated`].
struct Score {
    score: f64,
    outcomes: Vec<(String, f64)>,
}

/// What a person gave, and the most there was to give.
struct Rating {
    given: f64,
    max: f64,
}

impl RatedAnswers {
    /// Adds a row. Where nothing stands for its score or rating it is left out; what cannot be read fails it.
    fn add(
        &mut self,
        row: Row,
        score: Result<Option<Score>, String>,
        rating: Result<Option<Rating>, String>,
    ) -> Result<(), Refusal> {
        self.n_unreadable += usize::from(score.is_ok() && rating.is_err());
        match (score, rating) {
            (Err(why), _) | (_, Err(why)) => {
                if self.n_failed < N_FAILURES_TOLD {
                    anstream::eprintln!("answer `{}` failed: {}", excerpt(&row.name(), 40), harmless(&why));
                }
                self.n_failed += 1;
            }
            (Ok(Some(Score { score, outcomes })), Ok(Some(rating))) => self.answers.push(Rated {
                rating: rating.share(&row)?,
                name: row.name(),
                question_id: row.question_id,
                answer_id: row.answer_id,
                answer: row.answer.unwrap_or_default(),
                score,
                outcomes,
            }),
            _ => self.n_unrated += 1,
        }
        Ok(())
    }
}

impl Rating {
    /// The rating from 0 to 1.
    fn share(&self, row: &Row) -> Result<f64, Refusal> {
        let Self { given, max } = self;
        let share = given / max;
        if !(0.0..=1.0).contains(&share) {
            let help = if *given < 0.0 {
                "ratings begin at 0: shift them, or leave such rows out"
            } else {
                "give the highest possible rating with --max-rating"
            };
            return Err(Refusal::new(format!("answer `{}` is rated {given} of {max}", row.name())).help(help));
        }
        Ok(share)
    }
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
                let names: Vec<String> = present.iter().map(|column| format!("`{column}`")).collect();
                let others = if names.is_empty() { String::new() } else { format!(", but {}", names.join(", ")) };
                Refusal::new(format!("besides question, answer and id, the input has no column `{name}`{others}"))
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
                .map_or_else(|| needed("rating", "--rating-column, or one of labels with --label-column"), Ok)?,
        };
        Ok(Places { score, rating, max: place("max_score") })
    }

    /// The rating of a row; `None` where there is none.
    fn rating(&self, row: &Row, places: &Places) -> Result<Option<Rating>, String> {
        let value = &row.columns[places.rating];
        match &self.ratings {
            Ratings::Labels { right, .. } => {
                let is_right = |label: String| right.iter().any(|right| is_same_label(right, &label));
                Ok(label(value)?.map(|label| Rating { given: f64::from(u8::from(is_right(label))), max: 1.0 }))
            }
            Ratings::Numbers { max, .. } => {
                let Some(given) = number("rating", value)? else { return Ok(None) };
                let max = match (max, places.max) {
                    (Some(max), _) => Some(*max),
                    (None, Some(place)) => number("highest rating", &row.columns[place])?,
                    (None, None) => None,
                };
                Ok(Some(Rating { given, max: max.unwrap_or(1.0) }))
            }
        }
    }
}

/// The number of a cell; `None` where it is blank.
fn number(what: &str, cell: &Cell) -> Result<Option<f64>, String> {
    if cell.is_blank() {
        return Ok(None);
    }
    let text = cell.clone().into_text().unwrap_or_default();
    let read = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    if let Some(number) = read(&with_point(&text)) {
        return Ok(Some(number));
    }
    let (point, plain) = (text.replace(',', "."), text.replace(['%', ' '], "").replace(',', "."));
    let way_out = if read(&point).is_some() {
        format!(": write {} with a point", point.trim())
    } else if let Some(percent) = read(&plain) {
        match what {
            "score" => format!(": write {} for {}", percent / 100.0, text.trim()),
            _ => format!(": write {percent} for {}, and give --max-rating 100", text.trim()),
        }
    } else if what == "rating" && text.chars().any(char::is_alphabetic) {
        " such as 0.5; a column of labels is named with --label-column".to_owned()
    } else {
        " such as 0.5".to_owned()
    };
    Err(format!("the {what} {} is no number{way_out}", shown(cell)))
}

/// A number as spreadsheet programs of half the world write it, `0,5`, with a point. In `1,000` the comma may also part the
/// thousands, so that one stays as it is.
fn with_point(text: &str) -> String {
    match text.trim().split_once(',') {
        Some((whole, decimals)) if decimals.len() != 3 || whole == "0" => format!("{whole}.{decimals}"),
        _ => text.to_owned(),
    }
}

/// The label of a cell; `None` where it is blank.
fn label(cell: &Cell) -> Result<Option<String>, String> {
    match cell {
        _ if cell.is_blank() => Ok(None),
        Cell::Json(json) if json.starts_with(['{', '[']) => {
            Err(format!("the label {} is neither a word nor a number", shown(cell)))
        }
        _ => Ok(Some(cell.to_string().trim().to_owned())),
    }
}

/// A cell as a message quotes it.
fn shown(cell: &Cell) -> String {
    format!("`{}`", excerpt(&cell.to_string(), 40))
}

/// Labels are words in any case, or numbers however they are written: `1` and `1.0` are one.
fn is_same_label(a: &str, b: &str) -> bool {
    let numbers = || Some((a.parse::<f64>().ok()?, b.parse::<f64>().ok()?));
    a.eq_ignore_ascii_case(b) || numbers().is_some_and(|(a, b)| a == b)
}

/// Takes the scores of a column.
pub fn from_column(mut rows: Rows, columns: &Columns) -> Result<RatedAnswers, Refusal> {
    let places = columns.places(rows.columns())?;
    let score = |row: &Row| {
        // The values of a malformed row may stand under the wrong columns.
        row.answer.as_ref().map_err(ToString::to_string)?;
        let score = places.score.map(|place| number("score", &row.columns[place])).transpose()?.flatten();
        Ok(score.map(|score| Score { score, outcomes: Vec::new() }))
    };
    let mut rated = RatedAnswers::default();
    while let Some(row) = rows.next_row()? {
        let score = score(&row);
        if let Ok(Some(Score { score, .. })) = score
            && !(0.0..=1.0).contains(&score)
        {
            return Err(Refusal::new(format!("answer `{}` has the score {score}", row.name()))
                .help("scores lie between 0 and 1"));
        }
        let rating = columns.rating(&row, &places);
        rated.add(row, score, rating)?;
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
    require_sound(&plugin, limits, library)?;
    let n_workers = thread::available_parallelism().map_or(1, NonZero::get);
    let grader = Grader { plugin: &plugin, library, limits, need: Need::Evaluation, n_workers };
    let mut rated = RatedAnswers::default();
    grader.grade(rows, |Graded { row, result }| {
        let score = result.map(|mark| Some(score_of(mark))).map_err(|error| error.message);
        let rating = columns.rating(&row, &places);
        rated.add(row, score, rating)
    })?;
    Ok(rated)
}

fn score_of(mark: Mark) -> Score {
    let share = |points: f64, max: f64| if max > 0.0 { points / max } else { 0.0 };
    let evaluation = mark.evaluation.expect("it was asked for");
    let outcomes = evaluation.outcomes.into_iter();
    let outcomes = outcomes.map(|outcome| (outcome.criterion, share(outcome.points, outcome.max_points)));
    Score { score: mark.summary.score, outcomes: outcomes.collect() }
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
