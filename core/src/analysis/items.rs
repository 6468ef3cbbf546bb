//! Item analysis: how hard an item is and whether it tells good answers from weak ones.

use super::{mean, pearson};

/// What the answers say about one item (a question of a test, or a criterion of a question).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ItemStatistics {
    /// Answers to the item.
    pub n: usize,
    /// Mean share of the points, 0 (nobody) to 1 (everybody). `None` without answers.
    pub facility: Option<f64>,
    /// Item-rest correlation, -1 to 1: low or negative where those who do well elsewhere do not do better here.
    /// `None` when the item or the rest does not vary.
    pub discrimination: Option<f64>,
}

/// Statistics of every item, from one row a person (or answer) and one column an item.
///
/// Cells are shares of the item's points, 0 to 1; `None` where there is no answer. The rest of a row is the mean of its
/// other cells, so rows with holes count with what they have.
///
/// # Panics
/// If the rows differ in length.
///
/// # Source
/// Item-rest ("corrected item-total") correlation: Henrysson (1963), "Correction of item-total correlations in item
/// analysis", Psychometrika 28(2), 211-218.
pub fn item_statistics(rows: &[Vec<Option<f64>>]) -> Vec<ItemStatistics> {
    let n_items = rows.first().map_or(0, Vec::len);
    assert!(rows.iter().all(|row| row.len() == n_items), "every row has a cell for every item");
    (0..n_items)
        .map(|item| {
            let scores: Vec<f64> = rows.iter().filter_map(|row| row[item]).collect();
            let (with_rest, rest): (Vec<f64>, Vec<f64>) = rows
                .iter()
                .filter_map(|row| {
                    let others: Vec<f64> =
                        row.iter().enumerate().filter(|(idx, _)| *idx != item).filter_map(|(_, cell)| *cell).collect();
                    Some((row[item]?, mean(&others)?))
                })
                .unzip();
            ItemStatistics { n: scores.len(), facility: mean(&scores), discrimination: pearson(&with_rest, &rest) }
        })
        .collect()
}
