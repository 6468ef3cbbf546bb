//! How well scores agree with a person, overall and for some kinds of answers.

use super::page::figure;
use rubrica_tests::rated::Measures;

/// Kinds of answers that a table has rows for.
pub struct Kinds {
    /// To be told from better ones.
    pub worse: &'static [&'static str],
    /// Their mean score is compared with the person's.
    pub right: &'static [&'static str],
}

impl Kinds {
    /// A row for each measure: its name, and a figure for each of several measurements.
    pub fn rows(&self, columns: &[&Measures]) -> Vec<Vec<String>> {
        let row = |name: &str, read: &dyn Fn(&Measures) -> Option<f64>| {
            let name = name.replace('_', " ");
            [vec![name], columns.iter().map(|measures| figure(read(measures))).collect()].concat()
        };
        let mut rows = vec![
            row("pairs told apart, mean over kinds", &|of| of.macro_pairs),
            row("pairs told apart, all", &|of| of.pairs),
            row("pairs told apart, lexical traps", &|of| of.traps),
            row("Pearson", &|of| of.pearson),
            row("quadratic weighted kappa", &|of| of.kappa),
        ];
        for &kind in self.worse {
            rows.push(row(&format!("told from a better one: {kind}"), &|of| of.by_worse_kind.get(kind).copied()));
        }
        for &kind in self.right {
            rows.push(row(&format!("mean score, of the person's: {kind}"), &|of| of.share_of_expected(kind)));
        }
        rows
    }
}
