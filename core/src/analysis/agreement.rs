//! Agreement of two raters on ordered levels.

/// How often both raters chose the same level, 0 to 1. `None` without ratings.
///
/// # Panics
/// If the slices differ in length.
pub fn exact_agreement(a: &[u8], b: &[u8]) -> Option<f64> {
    agreement_within(a, b, 0)
}

/// How often the levels are the same or next to each other, 0 to 1. `None` without ratings.
///
/// # Panics
/// If the slices differ in length.
pub fn adjacent_agreement(a: &[u8], b: &[u8]) -> Option<f64> {
    agreement_within(a, b, 1)
}

fn agreement_within(a: &[u8], b: &[u8], distance: u8) -> Option<f64> {
    assert_eq!(a.len(), b.len(), "both raters rate every answer");
    let n_close = a.iter().zip(b).filter(|(a, b)| a.abs_diff(**b) <= distance).count();
    (!a.is_empty()).then(|| n_close as f64 / a.len() as f64)
}

/// Cohen's kappa: agreement of two raters on categories, corrected for chance.
///
/// Ratings are category indices in `0..n_levels`; their order does not matter. The result is in `-1..=1`: 1 for
/// identical ratings, 0 for agreement expected by chance. `None` without ratings, or when both raters used one and the
/// same category throughout.
///
/// # Panics
/// If the slices differ in length or a rating is not below `n_levels`.
///
/// # Source
/// Cohen (1960), "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20(1), 37-46.
pub fn cohen_kappa(a: &[u8], b: &[u8], n_levels: u8) -> Option<f64> {
    weighted_kappa(a, b, n_levels, |i, j| f64::from(u8::from(i != j)))
}

/// Quadratic weighted kappa: agreement of two raters on ordered levels, corrected for chance.
///
/// Ratings are level indices in `0..n_levels`. The result is in `-1..=1`: 1 for identical ratings, 0 for agreement
/// expected by chance, negative for less than chance. `None` without ratings, or when both raters used one and the same
/// level throughout.
///
/// # Panics
/// If the slices differ in length or a rating is not below `n_levels`.
///
/// # Source
/// Cohen (1968), "Weighted kappa", Psychological Bulletin 70(4), 213-220.
///
/// # Example
/// Data of `ScoreQuadraticWeightedKappa` in R's Metrics package, shifted to start at 0:
/// ```
/// # use rubrica_core::analysis::quadratic_weighted_kappa;
/// let kappa = quadratic_weighted_kappa(&[0, 3, 4, 4, 1, 0], &[1, 1, 3, 4, 2, 2], 5);
/// assert!((kappa.unwrap() - 0.56).abs() < 1e-12);
/// ```
pub fn quadratic_weighted_kappa(a: &[u8], b: &[u8], n_levels: u8) -> Option<f64> {
    weighted_kappa(a, b, n_levels, |i, j| {
        let distance = i as f64 - j as f64;
        distance * distance
    })
}

/// 1 - observed disagreement / disagreement expected from the two raters' own distributions.
fn weighted_kappa(a: &[u8], b: &[u8], n_levels: u8, disagreement: impl Fn(usize, usize) -> f64) -> Option<f64> {
    assert_eq!(a.len(), b.len(), "both raters rate every answer");
    let n_levels = usize::from(n_levels);
    let mut together = vec![0_u32; n_levels * n_levels];
    let (mut of_a, mut of_b) = (vec![0_u32; n_levels], vec![0_u32; n_levels]);
    for (&a, &b) in a.iter().zip(b) {
        let (a, b) = (usize::from(a), usize::from(b));
        together[a * n_levels + b] += 1;
        of_a[a] += 1;
        of_b[b] += 1;
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for i in 0..n_levels {
        for j in 0..n_levels {
            let weight = disagreement(i, j);
            observed += weight * f64::from(together[i * n_levels + j]);
            expected += weight * f64::from(of_a[i]) * f64::from(of_b[j]) / a.len() as f64;
        }
    }
    // `expected` is NaN without ratings: the comparison is false then too.
    (expected > 0.0).then(|| 1.0 - observed / expected)
}
