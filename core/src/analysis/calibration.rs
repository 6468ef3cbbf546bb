//! Maps from scores to the raters' scale, fitted on one file of rated answers and applied to others.
//!
//! It serves comparisons with ratings; marking never applies one. It is stored as TOML, which may lie beside the rubrics:
//!
//! ```toml
//! format = "rubrica-calibration/1"
//! scoring = 1              # version of the scoring rules it was fitted under
//! n = 240                  # rated answers it was fitted on
//!
//! [method]
//! kind = "linear"
//! slope = 1.12
//! intercept = -0.05
//! ```

use std::fmt;

use serde::{Deserialize, Serialize};

use super::correlation::varies;
use super::mean;

/// Value of `format` in a calibration file.
pub const CALIBRATION_FORMAT: &str = "rubrica-calibration/1";

/// A fitted map with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Always [`CALIBRATION_FORMAT`].
    pub format: String,
    /// Version of the scoring rules the scores came from; under another version the map means little.
    pub scoring: u32,
    /// Rated answers it was fitted on.
    pub n: usize,
    /// The map itself.
    pub method: Method,
}

/// How a score becomes a value on the raters' scale, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Method {
    /// 1 from the threshold on, 0 below.
    Threshold {
        /// 0 to 1.
        threshold: f64,
    },
    /// `slope * score + intercept`, kept within 0 to 1.
    Linear {
        /// How much the value rises with a score that rises by 1.
        slope: f64,
        /// The value of the score 0.
        intercept: f64,
    },
    /// Straight lines between points, level outside them.
    Isotonic {
        /// Scores ascend, values never fall.
        points: Vec<Point>,
    },
}

/// Corner of an isotonic map.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Score of the engine, 0 to 1.
    pub score: f64,
    /// What it becomes, 0 to 1.
    pub value: f64,
}

/// What the best threshold is best at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean of the F1 of "right" and of "wrong": both count the same, however rare.
    MacroF1,
    /// Cohen's kappa.
    Kappa,
}

impl Method {
    /// The value of a score on the raters' scale.
    pub fn apply(&self, score: f64) -> f64 {
        match self {
            Self::Threshold { threshold } => f64::from(u8::from(score >= *threshold)),
            Self::Linear { slope, intercept } => (slope * score + intercept).clamp(0.0, 1.0),
            Self::Isotonic { points } => {
                let above = points.partition_point(|point| point.score < score);
                match (above.checked_sub(1).map(|below| points[below]), points.get(above)) {
                    (Some(low), Some(high)) => {
                        low.value + (high.value - low.value) * (score - low.score) / (high.score - low.score)
                    }
                    (None, Some(end)) => end.value,
                    (Some(end), None) => end.value,
                    (None, None) => score,
                }
            }
        }
    }

    /// The threshold that tells right answers from wrong ones best by `measure`.
    ///
    /// Thresholds lie halfway between neighbouring scores; of equally good ones the one closest to 0.5 is taken. `None`
    /// when all answers are right or all are wrong, for then any threshold would do.
    ///
    /// # Panics
    /// If the slices differ in length.
    pub fn fit_threshold(scores: &[f64], right: &[bool], measure: Measure) -> Option<Self> {
        assert_eq!(scores.len(), right.len(), "every score has a rating");
        let n_right = right.iter().filter(|right| **right).count();
        let n_wrong = right.len() - n_right;
        if n_right == 0 || n_wrong == 0 {
            return None;
        }
        let mut answers: Vec<(f64, bool)> = scores.iter().copied().zip(right.iter().copied()).collect();
        answers.sort_by(|a, b| a.0.total_cmp(&b.0));
        let groups: Vec<&[(f64, bool)]> = answers.chunk_by(|a, b| a.0 == b.0).collect();
        let (mut right_below, mut wrong_below) = (0, 0);
        let mut best: Option<(f64, f64)> = None;
        for pair in groups.windows(2) {
            for (_, right) in pair[0] {
                *(if *right { &mut right_below } else { &mut wrong_below }) += 1;
            }
            let threshold = (pair[0][0].0 + pair[1][0].0) / 2.0;
            let value = measure.of_split(n_right - right_below, right_below, n_wrong - wrong_below, wrong_below);
            let closer = |than: f64| (threshold - 0.5).abs() < (than - 0.5).abs();
            if best.is_none_or(|(best, at)| value > best || (value == best && closer(at))) {
                best = Some((value, threshold));
            }
        }
        best.map(|(_, threshold)| Self::Threshold { threshold })
    }

    /// The straight line with the least squared error. `None` without answers; with scores all alike, a level line.
    ///
    /// # Panics
    /// If the slices differ in length.
    ///
    /// # Source
    /// Legendre (1805), "Nouvelles méthodes pour la détermination des orbites des comètes", appendix.
    pub fn fit_linear(scores: &[f64], ratings: &[f64]) -> Option<Self> {
        assert_eq!(scores.len(), ratings.len(), "every score has a rating");
        let (mean_score, mean_rating) = (mean(scores)?, mean(ratings)?);
        let (mut squares, mut products) = (0.0, 0.0);
        for (score, rating) in scores.iter().zip(ratings) {
            squares += (score - mean_score) * (score - mean_score);
            products += (score - mean_score) * (rating - mean_rating);
        }
        let slope = if varies(scores) { products / squares } else { 0.0 };
        Some(Self::Linear { slope, intercept: mean_rating - slope * mean_score })
    }

    /// The never-falling map with the least squared error. `None` without answers.
    ///
    /// # Panics
    /// If the slices differ in length.
    ///
    /// # Source
    /// Pool adjacent violators: Ayer et al. (1955), "An empirical distribution function for sampling with incomplete
    /// information", Annals of Mathematical Statistics 26(4), 641-647. Answers with one score are pooled first and
    /// values between corners interpolated, as in scikit-learn's `IsotonicRegression`.
    pub fn fit_isotonic(scores: &[f64], ratings: &[f64]) -> Option<Self> {
        assert_eq!(scores.len(), ratings.len(), "every score has a rating");
        let mut answers: Vec<(f64, f64)> = scores.iter().copied().zip(ratings.iter().copied()).collect();
        answers.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));

        struct Pool {
            first: f64,
            last: f64,
            sum: f64,
            n: f64,
        }
        let mut pools: Vec<Pool> = Vec::new();
        for same in answers.chunk_by(|a, b| a.0 == b.0) {
            let sum = same.iter().map(|(_, rating)| rating).sum();
            let mut pool = Pool { first: same[0].0, last: same[0].0, sum, n: same.len() as f64 };
            // Means compared without dividing: sum_a / n_a >= sum_b / n_b.
            while let Some(before) = pools.pop_if(|before| before.sum * pool.n >= pool.sum * before.n) {
                pool = Pool { first: before.first, last: pool.last, sum: before.sum + pool.sum, n: before.n + pool.n };
            }
            pools.push(pool);
        }
        let mut points = Vec::with_capacity(pools.len() * 2);
        for pool in &pools {
            let value = (pool.sum / pool.n).clamp(0.0, 1.0);
            points.push(Point { score: pool.first, value });
            if pool.last > pool.first {
                points.push(Point { score: pool.last, value });
            }
        }
        (!points.is_empty()).then_some(Self::Isotonic { points })
    }
}

impl Measure {
    /// Value of a split of right and wrong answers into those at or above the threshold and those below.
    fn of_split(self, right_above: usize, right_below: usize, wrong_above: usize, wrong_below: usize) -> f64 {
        let [ra, rb, wa, wb] = [right_above, right_below, wrong_above, wrong_below].map(|n| n as f64);
        match self {
            Self::MacroF1 => (2.0 * ra / (2.0 * ra + rb + wa) + 2.0 * wb / (2.0 * wb + wa + rb)) / 2.0,
            // Cohen's kappa of a 2 by 2 table.
            Self::Kappa => 2.0 * (ra * wb - rb * wa) / ((ra + wa) * (wa + wb) + (ra + rb) * (rb + wb)),
        }
    }
}

impl Calibration {
    /// A calibration fitted on `n` answers that were scored under the present rules.
    pub fn new(method: Method, n: usize) -> Self {
        Self { format: CALIBRATION_FORMAT.to_owned(), scoring: crate::SCORING_VERSION, n, method }
    }

    /// The text of its file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).expect("a calibration has only tables, numbers and strings")
    }

    /// Reads the text of its file.
    ///
    /// # Errors
    /// When the text is no TOML of this shape, or the map is not sound.
    pub fn from_toml(text: &str) -> Result<Self, CalibrationError> {
        let calibration: Self =
            toml::from_str(text).map_err(|error| CalibrationError(error.message().trim().to_owned()))?;
        let refuse = |why: &str| Err(CalibrationError(why.to_owned()));
        if calibration.format != CALIBRATION_FORMAT {
            return refuse(&format!("`format` is `{}`, not `{CALIBRATION_FORMAT}`", calibration.format));
        }
        let numbers: Vec<f64> = match &calibration.method {
            Method::Threshold { threshold } => vec![*threshold],
            Method::Linear { slope, intercept } => vec![*slope, *intercept],
            Method::Isotonic { points } => points.iter().flat_map(|point| [point.score, point.value]).collect(),
        };
        if !numbers.iter().all(|number| number.is_finite()) {
            return refuse("a number is not finite");
        }
        if let Method::Isotonic { points } = &calibration.method {
            if points.is_empty() {
                return refuse("`points` is empty");
            }
            if points.windows(2).any(|pair| pair[0].score >= pair[1].score || pair[0].value > pair[1].value) {
                return refuse("`points` must have ascending scores and values that never fall");
            }
        }
        Ok(calibration)
    }
}

/// Why a calibration file was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalibrationError(String);

impl fmt::Display for CalibrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CalibrationError {}
