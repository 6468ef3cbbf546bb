//! How well scores agree with people's ratings, what the questions are worth, and how to put scores on the raters' scale.
//!
//! Everything here is arithmetic on two columns of numbers: [`agreement`] and [`correlation`] compare them, [`labels`]
//! compares categories, [`mod@bootstrap`] says how far a figure can be trusted, [`items`] looks at questions and criteria,
//! and [`calibration`] fits a map from scores to ratings on one file that can be applied to another.
//!
//! Only `+ - * /` and `sqrt` are used, in a fixed order, so that the figures have the same bits on every platform.
//! A figure that the data cannot give (no ratings, no variance) is `None`, never a number that looks like one.
//!
//! `core/tests/data/agreement.json` holds what scipy and scikit-learn say about fixed inputs;
//! `core/tests/data/agreement.py` made it.

pub mod agreement;
pub mod bootstrap;
pub mod calibration;
pub mod correlation;
pub mod items;
pub mod labels;

pub use agreement::{adjacent_agreement, cohen_kappa, exact_agreement, quadratic_weighted_kappa};
pub use bootstrap::{Interval, bootstrap};
pub use calibration::{CALIBRATION_FORMAT, Calibration, CalibrationError, Measure, Method};
pub use correlation::{mae, pearson, rmse, spearman, standardised_mean_difference};
pub use items::{ItemStatistics, item_statistics};
pub use labels::{F1, LabelF1, accuracy, f1};

/// Mean; `None` of nothing, and where a value is no number.
fn mean(values: &[f64]) -> Option<f64> {
    Some(values.iter().sum::<f64>() / values.len() as f64).filter(|mean| mean.is_finite())
}

#[cfg(test)]
mod tests;
