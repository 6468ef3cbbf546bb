//! `rubrica evaluate`: how well scores agree with people's ratings.

mod agreement;
mod rated;
mod show;

use super::input::InputArguments;
use super::quantity::positive;
use super::{LimitArguments, Outcome, RubricArguments};
use crate::output::{is_same_file, write_file};
use crate::reading::read_text;
use crate::refusal::Refusal;
use crate::terminal::count;
use agreement::{Agreement, Scale, agreement};
use indicatif::ProgressBar;
use rated::{Columns, Rated, Ratings};
use rubrica_core::SCORING_VERSION;
use rubrica_core::analysis::{CALIBRATION_FORMAT, Calibration, Measure, Method};
use rubrica_core::rubric::declared_format;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Compare scores with people's ratings: agreement with its intervals, overall and for every question.
///
/// Grades the answers like `grade`, or takes the scores of a column. A calibration puts scores on the raters' scale:
/// --calibrate fits and tries one, -o stores it, --calibration tries a stored one on other ratings. It serves this
/// comparison only; `grade` gives the scores of the rubrics as they are.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    #[command(flatten)]
    rubrics: RubricArguments,

    /// Column with scores from 0 to 1 to evaluate, instead of grading the answers, which may then be missing
    #[arg(long, value_name = "NAME")]
    score_column: Option<String>,

    /// Column with the ratings, as 0.5 or 0,5 [default: rating, else expected_score, else score]
    #[arg(long, value_name = "NAME", conflicts_with = "label_column")]
    rating_column: Option<String>,

    /// Highest possible rating [default: the column max_score, else 1]
    #[arg(long, value_name = "N", value_parser = positive)]
    max_rating: Option<f64>,

    /// Column with labels such as correct and incorrect, instead of ratings
    #[arg(long, value_name = "NAME")]
    label_column: Option<String>,

    /// Labels that mean a right answer, with commas between them
    #[arg(long, value_name = "LABEL", value_delimiter = ',', default_values = ["correct", "right", "true", "yes", "1"])]
    right_label: Vec<String>,

    /// Percentages of the score where the bands of agreement begin, besides 0, with commas between them
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', default_values_t = [10.0, 35.0, 65.0, 85.0])]
    bands: Vec<f64>,

    /// Fit a calibration; the figures are those of each question under a calibration fitted on the others
    #[arg(long, value_enum, value_name = "METHOD", conflicts_with = "calibration")]
    calibrate: Option<CalibrationMethod>,

    /// Write the calibration, fitted on all answers, to this file
    #[arg(short, long, value_name = "FILE", requires = "calibrate")]
    output: Option<PathBuf>,

    /// Apply the calibration of this file
    #[arg(long, value_name = "FILE")]
    calibration: Option<PathBuf>,

    /// Show every criterion's facility and discrimination
    #[arg(long, conflicts_with = "score_column")]
    criteria: bool,

    /// Show every figure of every question with its interval, as JSON always does
    #[arg(long)]
    details: bool,

    /// JSON instead of text
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    limits: LimitArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum CalibrationMethod {
    /// The score from which an answer counts as right, best by macro F1
    Threshold,
    /// As threshold, best by Cohen's kappa
    ThresholdKappa,
    /// A straight line
    Linear,
    /// A line that never falls
    Isotonic,
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    let scale = scale(arguments)?;
    if let Some(output) = &arguments.output {
        if is_same_file(output, &arguments.input.answers) {
            return Err(
                Refusal::new("the calibration would overwrite the answers").help("give another file with --output")
            );
        }
        if fs::metadata(output).is_ok_and(|file| file.len() > 0) && !is_calibration(output) {
            return Err(Refusal::new(format!("`{}` is no calibration; it would be overwritten", output.display()))
                .help("give another file with --output, or delete this one"));
        }
    }
    let applied = arguments.calibration.as_deref().map(read_calibration).transpose()?;
    let columns = Columns {
        score: arguments.score_column.clone(),
        ratings: match &arguments.label_column {
            Some(column) => Ratings::Labels { column: column.clone(), right: arguments.right_label.clone() },
            None => Ratings::Numbers { column: arguments.rating_column.clone(), max: arguments.max_rating },
        },
    };
    let rows = arguments.input.open(&ProgressBar::hidden(), columns.score.is_none())?;
    let mut rated = match &columns.score {
        Some(_) => rated::from_column(rows, &columns)?,
        None => {
            let library = arguments.rubrics.library()?;
            arguments.input.require_question(&library)?;
            rated::by_grading(rows, &columns, &library, plugin, arguments.limits.limits())?
        }
    };
    if rated.answers.is_empty() && rated.n_failed > 0 {
        let help = if rated.n_unreadable > 0 {
            "ratings are numbers from 0 to 1, or to what --max-rating says, as 100 for percentages; labels such as `A` or \
             `correct` are named with --label-column"
        } else if columns.score.is_some() {
            "see that scores are numbers from 0 to 1"
        } else {
            "see that `rubrica questions` lists the questions, or name others with --rubrics"
        };
        let message = format!("nothing is left to compare: {} failed", count(rated.n_failed, "row"));
        return Err(Refusal::new(message).help(help));
    }
    if rated.answers.is_empty() {
        return Err(Refusal::new("no row has both a score and a rating")
            .help("name the columns with --rating-column, --label-column or --score-column"));
    }
    if let Some(column) = &arguments.label_column
        && rated.answers.iter().all(|answer| answer.rating == 0.0)
    {
        let labels = arguments.right_label.join("`, `");
        return Err(Refusal::new(format!("no row has a label in `{column}` that means a right answer: `{labels}`"))
            .help("name such labels with --right-label"));
    }
    if let Some(method) = arguments.calibrate {
        let of_all = Calibration::new(fit(method, rated.answers.iter())?, rated.answers.len());
        calibrate_by_question(method, &mut rated.answers)?;
        if let Some(path) = &arguments.output {
            write_file(path, of_all.to_toml())?;
        }
    } else if let Some(calibration) = &applied {
        for answer in &mut rated.answers {
            answer.score = calibration.method.apply(answer.score);
        }
    }
    let by_question = by_question(&rated.answers);
    let overall = agreement(&scale, &rated.answers.iter().collect::<Vec<_>>());
    let questions: Vec<(&str, Agreement)> =
        by_question.iter().map(|(question, answers)| (*question, agreement(&scale, answers))).collect();
    let report = show::Report {
        overall,
        questions,
        answers: &rated.answers,
        criteria: if arguments.criteria { rated::criteria(&by_question) } else { Vec::new() },
        n_left_out: rated.n_unrated,
        n_failed: rated.n_failed,
        calibrated: match (arguments.calibrate, &applied) {
            (Some(_), _) => Some("each question under a calibration fitted on the other questions"),
            (None, Some(_)) => Some("under the calibration given"),
            (None, None) => None,
        },
        has_details: arguments.details,
    };
    let mut out = anstream::stdout().lock();
    if arguments.json {
        show::json(&mut out, &report)?
    } else {
        show::text(&mut out, &report)?
    }
    out.flush()?;
    Ok(if rated.n_failed > 0 { Outcome::Failures } else { Outcome::Done })
}

fn scale(arguments: &Arguments) -> Result<Scale, Refusal> {
    if arguments.label_column.is_some() {
        return Ok(Scale::Labels);
    }
    let cuts: Vec<f64> = arguments.bands.iter().map(|percent| percent / 100.0).collect();
    let ascending = cuts.windows(2).all(|pair| pair[0] < pair[1]);
    if !ascending || cuts.iter().any(|cut| !(*cut > 0.0 && *cut <= 1.0)) {
        return Err(Refusal::new("the bands must begin at ascending percentages above 0 and up to 100")
            .help("write for example --bands 10,35,65,85"));
    }
    Ok(Scale::Bands(cuts))
}

fn by_question(answers: &[Rated]) -> BTreeMap<&str, Vec<&Rated>> {
    let mut by_question: BTreeMap<&str, Vec<&Rated>> = BTreeMap::new();
    for answer in answers {
        by_question.entry(&answer.question_id).or_default().push(answer);
    }
    by_question
}

fn fit<'a>(method: CalibrationMethod, answers: impl Iterator<Item = &'a Rated>) -> Result<Method, Refusal> {
    let (scores, ratings): (Vec<f64>, Vec<f64>) = answers.map(|answer| (answer.score, answer.rating)).unzip();
    let right: Vec<bool> = ratings.iter().map(|rating| *rating >= 0.5).collect();
    match method {
        CalibrationMethod::Threshold => Method::fit_threshold(&scores, &right, Measure::MacroF1),
        CalibrationMethod::ThresholdKappa => Method::fit_threshold(&scores, &right, Measure::Kappa),
        CalibrationMethod::Linear => Method::fit_linear(&scores, &ratings),
        CalibrationMethod::Isotonic => Method::fit_isotonic(&scores, &ratings),
    }
    .ok_or_else(|| {
        Refusal::new("no calibration can be fitted: the answers are all right or all wrong")
            .help("give ratings of right and of wrong answers")
    })
}

/// Calibrates the answers of each question by those of the others, so that no answer judges itself.
fn calibrate_by_question(method: CalibrationMethod, answers: &mut [Rated]) -> Result<(), Refusal> {
    let questions: BTreeSet<String> = answers.iter().map(|answer| answer.question_id.clone()).collect();
    if questions.len() < 2 {
        return Err(Refusal::new("a calibration is tried on other questions than it is fitted on; there is only one")
            .help("give ratings of more questions, or apply a calibration with --calibration"));
    }
    let mut calibrated = Vec::with_capacity(answers.len());
    for question in &questions {
        let others = fit(method, answers.iter().filter(|answer| answer.question_id != *question))?;
        let own = answers.iter().enumerate().filter(|(_, answer)| answer.question_id == *question);
        calibrated.extend(own.map(|(idx, answer)| (idx, others.apply(answer.score))));
    }
    for (idx, score) in calibrated {
        answers[idx].score = score;
    }
    Ok(())
}

/// Whether a file is a calibration, of whatever scoring version.
fn is_calibration(path: &Path) -> bool {
    read_text(path).is_ok_and(|text| declared_format(&text).as_deref() == Some(CALIBRATION_FORMAT))
}

fn read_calibration(path: &Path) -> Result<Calibration, Refusal> {
    let text = read_text(path)?;
    let calibration = Calibration::from_toml(&text)
        .map_err(|error| Refusal::new(format!("`{}` is no calibration: {error}", path.display())))?;
    if calibration.scoring != SCORING_VERSION {
        let message = format!("`{}` was fitted under scoring version {}", path.display(), calibration.scoring);
        return Err(Refusal::new(message)
            .help(format!("scores are now of version {SCORING_VERSION}: fit it again with --calibrate")));
    }
    Ok(calibration)
}
