//! Agreement on labels: accuracy and F1.

use std::collections::BTreeMap;

/// Share of labels that are as expected, 0 to 1. `None` without labels.
///
/// # Panics
/// If the slices differ in length.
pub fn accuracy<L: PartialEq>(expected: &[L], given: &[L]) -> Option<f64> {
    assert_eq!(expected.len(), given.len(), "labels come in pairs");
    let n_right = expected.iter().zip(given).filter(|(expected, given)| expected == given).count();
    (!expected.is_empty()).then(|| n_right as f64 / expected.len() as f64)
}

/// F1 of several labels, each and together.
#[derive(Clone, Debug, PartialEq)]
pub struct F1<L> {
    /// Ordered by label.
    pub labels: Vec<LabelF1<L>>,
    /// Mean over labels, each counting the same.
    pub macro_mean: f64,
    /// Mean over labels, each counting by how often it was expected.
    pub weighted_mean: f64,
}

/// How well one label was found.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelF1<L> {
    /// The label.
    pub label: L,
    /// Of the answers given this label, the share that has it; 0 when none was given it.
    pub precision: f64,
    /// Of the answers that have this label, the share that was given it; 0 when none has it.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
    /// How often the label was expected.
    pub n: usize,
}

/// F1 over all labels that were expected or given. `None` without labels.
///
/// # Panics
/// If the slices differ in length.
///
/// # Source
/// Van Rijsbergen (1979), "Information Retrieval", 2nd edition, chapter 7 (F with equal weights); the means are those of
/// scikit-learn's `f1_score`, with 0 where a quotient has no denominator.
pub fn f1<L: Clone + Ord>(expected: &[L], given: &[L]) -> Option<F1<L>> {
    assert_eq!(expected.len(), given.len(), "labels come in pairs");
    #[derive(Default)]
    struct Counts {
        both: usize,
        expected: usize,
        given: usize,
    }
    let mut counts: BTreeMap<&L, Counts> = BTreeMap::new();
    for (expected, given) in expected.iter().zip(given) {
        counts.entry(expected).or_default().expected += 1;
        counts.entry(given).or_default().given += 1;
        if expected == given {
            counts.entry(given).or_default().both += 1;
        }
    }
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let labels: Vec<LabelF1<L>> = counts
        .into_iter()
        .map(|(label, counts)| LabelF1 {
            label: label.clone(),
            precision: share(counts.both, counts.given),
            recall: share(counts.both, counts.expected),
            f1: share(2 * counts.both, counts.expected + counts.given),
            n: counts.expected,
        })
        .collect();
    (!labels.is_empty()).then(|| F1 {
        macro_mean: labels.iter().map(|label| label.f1).sum::<f64>() / labels.len() as f64,
        weighted_mean: labels.iter().map(|label| label.f1 * label.n as f64).sum::<f64>() / expected.len() as f64,
        labels,
    })
}
