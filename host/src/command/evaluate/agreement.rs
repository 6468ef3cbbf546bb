//! The figures of agreement, each with its interval.

use super::rated::Rated;
use rubrica_core::analysis::{
    Interval, accuracy, adjacent_agreement, bootstrap, cohen_kappa, exact_agreement, f1, mae, pearson,
    quadratic_weighted_kappa, rmse, spearman, standardised_mean_difference,
};

/// Resamples of each interval: enough for two digits.
const N_RESAMPLES: usize = 1000;
const CONFIDENCE: f64 = 0.95;
/// The same answers always give the same intervals.
const SEED: u64 = 20_240_607;
/// A score from here on counts as "right" where people gave labels.
const RIGHT_FROM: f64 = 0.5;

/// What people gave.
pub enum Scale {
    /// Ratings from 0 to 1; the bands begin at 0 and at these.
    Bands(Vec<f64>),
    /// Right or wrong.
    Labels,
}

/// One figure.
pub struct Figure {
    pub name: &'static str,
    /// `None` where the answers do not give it, such as a correlation without variance.
    pub value: Option<f64>,
    pub interval: Option<Interval>,
}

pub struct Agreement {
    pub n: usize,
    pub figures: Vec<Figure>,
}

type Statistic = fn(&Columns<'_>) -> Option<f64>;

/// Scores and ratings side by side.
struct Columns<'a> {
    scores: &'a [f64],
    ratings: &'a [f64],
    cuts: &'a [f64],
}

impl Columns<'_> {
    fn levels(&self) -> (Vec<u8>, Vec<u8>) {
        let level = |value: &f64| self.cuts.iter().filter(|cut| value >= *cut).count() as u8;
        (self.scores.iter().map(level).collect(), self.ratings.iter().map(level).collect())
    }

    fn n_levels(&self) -> u8 {
        self.cuts.len() as u8 + 1
    }
}

const OF_RATINGS: &[(&str, Statistic)] = &[
    ("exact agreement", |columns| {
        let (scores, ratings) = columns.levels();
        exact_agreement(&scores, &ratings)
    }),
    ("adjacent agreement", |columns| {
        let (scores, ratings) = columns.levels();
        adjacent_agreement(&scores, &ratings)
    }),
    ("Cohen's kappa", |columns| {
        let (scores, ratings) = columns.levels();
        cohen_kappa(&scores, &ratings, columns.n_levels())
    }),
    ("quadratic weighted kappa", |columns| {
        let (scores, ratings) = columns.levels();
        quadratic_weighted_kappa(&scores, &ratings, columns.n_levels())
    }),
    ("Pearson", |columns| pearson(columns.scores, columns.ratings)),
    ("Spearman", |columns| spearman(columns.scores, columns.ratings)),
    ("RMSE", |columns| rmse(columns.scores, columns.ratings)),
    ("mean absolute error", |columns| mae(columns.scores, columns.ratings)),
    ("mean difference (SMD)", |columns| standardised_mean_difference(columns.scores, columns.ratings)),
];

const OF_LABELS: &[(&str, Statistic)] = &[
    ("accuracy", |columns| {
        let (given, expected) = columns.levels();
        accuracy(&expected, &given)
    }),
    ("macro F1", |columns| {
        let (given, expected) = columns.levels();
        f1(&expected, &given).map(|f1| f1.macro_mean)
    }),
    ("weighted F1", |columns| {
        let (given, expected) = columns.levels();
        f1(&expected, &given).map(|f1| f1.weighted_mean)
    }),
    ("Cohen's kappa", |columns| {
        let (given, expected) = columns.levels();
        cohen_kappa(&given, &expected, 2)
    }),
];

/// Figures of some answers.
pub fn agreement(scale: &Scale, answers: &[&Rated]) -> Agreement {
    let scores: Vec<f64> = answers.iter().map(|answer| answer.score).collect();
    let ratings: Vec<f64> = answers.iter().map(|answer| answer.rating).collect();
    let (cuts, statistics) = match scale {
        Scale::Bands(cuts) => (&cuts[..], OF_RATINGS),
        Scale::Labels => (&[RIGHT_FROM][..], OF_LABELS),
    };
    let figures = statistics
        .iter()
        .map(|(name, statistic)| {
            let value = statistic(&Columns { scores: &scores, ratings: &ratings, cuts });
            let interval = value.and_then(|_| {
                bootstrap(answers.len(), N_RESAMPLES, CONFIDENCE, SEED, |rows| {
                    let pick = |from: &[f64]| rows.iter().map(|row| from[*row]).collect::<Vec<_>>();
                    statistic(&Columns { scores: &pick(&scores), ratings: &pick(&ratings), cuts })
                })
            });
            Figure { name, value, interval }
        })
        .collect();
    Agreement { n: answers.len(), figures }
}
