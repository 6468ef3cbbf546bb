//! Answers spoilt by script must lose what they earned.

use rubrica_tests::documents;
use rubrica_tests::perturbation::spoil;
use std::fmt::Write;

/// What has to come of a perturbation.
struct Limit {
    name: &'static str,
    /// Highest mean score of the spoilt answers, as a share of what they earned before.
    keeps_at_most: f64,
    /// Lowest share of answers that lose at least 0.3.
    falls_at_least: f64,
}

/// The figures stand a little above (`keeps`) and below (`falls`) those of the day they were set.
const LIMITS: [Limit; 10] = [
    Limit { name: "subjects exchanged", keeps_at_most: 0.20, falls_at_least: 0.80 },
    // What is denied under a condition ("if it does not …") contradicts nobody.
    Limit { name: "verbs denied", keeps_at_most: 0.55, falls_at_least: 0.63 },
    Limit { name: "words shuffled", keeps_at_most: 0.11, falls_at_least: 0.92 },
    Limit { name: "words of each sentence shuffled", keeps_at_most: 0.10, falls_at_least: 0.93 },
    // Known limit: three words in their order make good neighbours, and most evidence is no longer than that.
    Limit { name: "chunks of three words shuffled", keeps_at_most: 0.76, falls_at_least: 0.36 },
    Limit { name: "content words only", keeps_at_most: 0.22, falls_at_least: 0.88 },
    Limit { name: "content words as a list", keeps_at_most: 0.22, falls_at_least: 0.88 },
    Limit { name: "half of the sentences", keeps_at_most: 0.72, falls_at_least: 0.45 },
    Limit { name: "the prompt instead", keeps_at_most: 0.01, falls_at_least: 1.00 },
    // Words of the prompt add nothing to a good answer.
    Limit { name: "the prompt appended", keeps_at_most: 1.01, falls_at_least: 0.00 },
];

#[test]
fn spoilt_answers_lose_what_they_earned() {
    let spoilt = spoil(&documents());
    let names: Vec<&str> = spoilt.iter().map(|spoilt| spoilt.name).collect();
    assert_eq!(names, LIMITS.map(|limit| limit.name));

    let mut table = format!("{:<34} {:>4} {:>7} {:>7} {:>7} {:>7}\n", "", "n", "before", "after", "keeps", "falls");
    let mut wrong = Vec::new();
    for (spoilt, limit) in spoilt.iter().zip(&LIMITS) {
        let (name, keeps, falls) = (spoilt.name, spoilt.keeps(), spoilt.falls);
        let (n, before, after) = (spoilt.n, spoilt.before, spoilt.after);
        writeln!(table, "{name:<34} {n:>4} {before:>7.3} {after:>7.3} {keeps:>7.3} {falls:>7.3}")
            .expect("a string takes everything");
        // A figure of no answers is not a number, and is wrong.
        if !(keeps <= limit.keeps_at_most && falls >= limit.falls_at_least) {
            wrong.push(format!(
                "{name}: keeps {keeps:.3} (at most {}), falls {falls:.3} (at least {})",
                limit.keeps_at_most, limit.falls_at_least
            ));
        }
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong:#?}\n{table}");
}
