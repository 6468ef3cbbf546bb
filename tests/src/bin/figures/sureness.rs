//! Whether sureness tells where to look: wrong results among the surest half of the evaluations and among the rest.

use super::page::{Section, figure};
use rubrica_tests::rated::Judged;

const TITLE: &str = "Sureness";
const TEXT: &str = "\
Every evaluation says how sure it is of its band. Of the surest half of the evaluations of each set, and of the rest,
this share is in a wrong band, or on the wrong side of the threshold where people only said right or wrong.
Evaluations that are equally sure count to both halves in proportion.
";

/// A row of the table for one set.
pub fn section(set: &str, wrong_is: &str, evaluations: &[Judged]) -> Section {
    let (surest, rest) = halves(evaluations);
    Section {
        title: TITLE,
        text: TEXT.to_owned(),
        header: vec!["answers", "wrong is", "n", "surest half", "the rest"],
        rows: vec![vec![
            set.to_owned(),
            wrong_is.to_owned(),
            evaluations.len().to_string(),
            figure(surest),
            figure(rest),
        ]],
    }
}

/// Share of wrong evaluations in the surer half and in the other one.
fn halves(evaluations: &[Judged]) -> (Option<f64>, Option<f64>) {
    let mut order: Vec<&Judged> = evaluations.iter().collect();
    order.sort_by(|a, b| b.sureness.total_cmp(&a.sureness));
    let half = order.len() as f64 / 2.0;
    let (mut n_taken, mut n_wrong_taken, mut n_wrong) = (0.0, 0.0, 0.0);
    for alike in order.chunk_by(|a, b| a.sureness == b.sureness) {
        let n_wrong_alike = alike.iter().filter(|evaluation| evaluation.wrong).count() as f64;
        let n_alike = alike.len() as f64;
        let taken = n_alike.min(half - n_taken);
        n_taken += taken;
        n_wrong_taken += n_wrong_alike * taken / n_alike;
        n_wrong += n_wrong_alike;
    }
    let share = |n: f64| (half > 0.0).then_some(n / half);
    (share(n_wrong_taken), share(n_wrong - n_wrong_taken))
}
