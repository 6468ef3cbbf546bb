//! Calibration by question: the answers of each question under a map fitted on those of the others.

use rubrica_core::analysis::Method;
use std::collections::BTreeSet;

/// A score with what a person gave, 0 to 1.
#[derive(Clone, Copy)]
pub struct Rated<'a> {
    pub question_id: &'a str,
    pub score: f64,
    pub rating: f64,
}

/// The calibrated scores, in the order of the answers.
pub fn calibrate(rated: &[Rated<'_>], fit: impl Fn(&[f64], &[f64]) -> Option<Method>) -> Vec<f64> {
    let questions: BTreeSet<&str> = rated.iter().map(|rated| rated.question_id).collect();
    let mut calibrated = vec![0.0; rated.len()];
    for question in questions {
        let others = || rated.iter().filter(|rated| rated.question_id != question);
        let scores: Vec<f64> = others().map(|rated| rated.score).collect();
        let ratings: Vec<f64> = others().map(|rated| rated.rating).collect();
        let method = fit(&scores, &ratings).expect("the other questions have right and wrong answers");
        for (rated, calibrated) in rated.iter().zip(&mut calibrated) {
            if rated.question_id == question {
                *calibrated = method.apply(rated.score);
            }
        }
    }
    calibrated
}
