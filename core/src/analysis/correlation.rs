//! Comparing two columns of numbers: how they move together, and how far they lie apart.

use super::mean;

/// Pearson's product-moment correlation, -1 to 1. `None` for fewer than two pairs, a column without variance, or a value
/// that is no finite number.
///
/// # Panics
/// If the slices differ in length.
///
/// # Source
/// Pearson (1895), "Note on regression and inheritance in the case of two parents", Proceedings of the Royal Society of
/// London 58, 240-242. Computed from deviations in a second pass, which is stable where sums of squares are not.
pub fn pearson(x: &[f64], y: &[f64]) -> Option<f64> {
    assert_eq!(x.len(), y.len(), "values come in pairs");
    let (mean_x, mean_y) = (mean(x)?, mean(y)?);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        let (dx, dy) = (x - mean_x, y - mean_y);
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    (varies(x) && varies(y)).then(|| (xy / (xx.sqrt() * yy.sqrt())).clamp(-1.0, 1.0))
}

/// Spearman's rank correlation, -1 to 1: Pearson's on ranks, equal values sharing the mean of their ranks.
///
/// `None` as for [`pearson`].
///
/// # Panics
/// If the slices differ in length.
///
/// # Source
/// Spearman (1904), "The proof and measurement of association between two things", American Journal of Psychology 15(1),
/// 72-101; ties as in Kendall (1945), "The treatment of ties in ranking problems", Biometrika 33(3), 239-251.
pub fn spearman(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.iter().chain(y).any(|value| value.is_nan()) {
        return None;
    }
    pearson(&ranks(x), &ranks(y))
}

/// Ranks from 1, equal values sharing the mean of theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut first = 0;
    for tied in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = first as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for &idx in tied {
            ranks[idx] = rank;
        }
        first += tied.len();
    }
    ranks
}

/// Root mean squared error. `None` without values, and where one is no finite number.
///
/// # Panics
/// If the slices differ in length.
pub fn rmse(x: &[f64], y: &[f64]) -> Option<f64> {
    assert_eq!(x.len(), y.len(), "values come in pairs");
    let squares: Vec<f64> = x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).collect();
    mean(&squares).map(f64::sqrt)
}

/// Mean absolute error. `None` without values, and where one is no finite number.
///
/// # Panics
/// If the slices differ in length.
pub fn mae(x: &[f64], y: &[f64]) -> Option<f64> {
    assert_eq!(x.len(), y.len(), "values come in pairs");
    let distances: Vec<f64> = x.iter().zip(y).map(|(x, y)| (x - y).abs()).collect();
    mean(&distances)
}

/// Standardised mean difference: how much higher the scores are than the ratings, in pooled standard deviations.
///
/// Positive when the scores are too generous. `None` for fewer than two pairs or when neither column varies. A magnitude
/// of 0.15 is the customary limit for automated scoring.
///
/// # Panics
/// If the slices differ in length.
///
/// # Source
/// Williamson, Xi & Breyer (2012), "A framework for evaluation and use of automated scoring", Educational Measurement:
/// Issues and Practice 31(1), 2-13.
pub fn standardised_mean_difference(scores: &[f64], ratings: &[f64]) -> Option<f64> {
    assert_eq!(scores.len(), ratings.len(), "values come in pairs");
    let pooled = ((variance(scores)? + variance(ratings)?) / 2.0).sqrt();
    (varies(scores) || varies(ratings)).then_some(())?;
    Some((mean(scores)? - mean(ratings)?) / pooled)
}

/// Sample variance (n - 1). `None` for fewer than two values.
fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values)?;
    (values.len() > 1)
        .then(|| values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (values.len() - 1) as f64)
}

/// Whether two values differ. Asked of the values, since the variance of equal ones may be a rounding error above 0.
pub(super) fn varies(values: &[f64]) -> bool {
    values.windows(2).any(|pair| pair[0] != pair[1])
}
