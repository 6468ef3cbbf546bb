//! Good answers spoilt by script: what they lose.

use super::page::{Section, figure};
use rubrica_tests::perturbation::{Spoilt, spoil};

pub fn figures() -> Vec<Section> {
    let row = |spoilt: &Spoilt| {
        vec![
            spoilt.name.to_owned(),
            spoilt.n.to_string(),
            figure(Some(spoilt.before)),
            figure(Some(spoilt.after)),
            figure(Some(spoilt.keeps())),
            figure(Some(spoilt.falls)),
        ]
    };
    vec![Section {
        title: "Good answers spoilt by script",
        text: "\
The good examples of all rubrics with their meaning turned or their order destroyed. Mean scores before and after, what is
left of the first, and the share of answers that lose at least 0.3. Half of the sentences should keep about half of the
points, and a prompt that is appended should change nothing. A test holds each of these within limits.
"
        .to_owned(),
        header: vec!["perturbation", "n", "before", "after", "keeps", "lose 0.3"],
        rows: spoil(&rubrica_tests::documents()).iter().map(row).collect(),
    }]
}
