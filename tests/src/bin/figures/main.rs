//! Writes `docs/figures.md`: how well the scores agree with people, on every set of rated answers there is.
//!
//! Most answers are no part of this repository. `RUBRICA_SHARED` names the folder that holds `data` and `seeds`; without
//! it `../shared` beside the workspace is tried. Where that is missing, the figures of the other sets are printed and the
//! file stays as it is. `--only SET` prints the figures of one set and leaves the file alone, too.

mod agreement;
mod baseline;
mod crossed;
mod drafts;
mod independent;
mod interview;
mod khan;
mod page;
mod perturbation;
mod public;
mod shared;
mod sureness;

use page::Section;
use shared::Shared;
use std::process::ExitCode;
use std::time::Instant;

/// A set of rated answers and how its figures are made.
struct Set {
    name: &'static str,
    measure: Measure,
}

/// From answers of this repository, or from those elsewhere.
enum Measure {
    Here(fn() -> Vec<Section>),
    Shared(fn(&Shared) -> Vec<Section>),
}

const SETS: [Set; 8] = [
    Set { name: "interview", measure: Measure::Shared(interview::figures) },
    Set { name: "independent", measure: Measure::Here(independent::figures) },
    Set { name: "drafts", measure: Measure::Shared(drafts::figures) },
    Set { name: "khan", measure: Measure::Shared(khan::figures) },
    Set { name: "perturbation", measure: Measure::Here(perturbation::figures) },
    Set { name: "saf", measure: Measure::Shared(public::saf) },
    Set { name: "scientsbank", measure: Measure::Shared(public::scientsbank) },
    Set { name: "beetle", measure: Measure::Shared(public::beetle) },
];

fn main() -> ExitCode {
    let only = match wanted() {
        Ok(only) => only,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let shared = Shared::find();
    let mut sections = Vec::new();
    let mut complete = only.is_empty();
    for set in SETS.iter().filter(|set| only.is_empty() || only.contains(&set.name)) {
        eprint!("{:<12} ", set.name);
        let begun = Instant::now();
        match (&set.measure, &shared) {
            (Measure::Here(measure), _) => sections.extend(measure()),
            (Measure::Shared(measure), Some(shared)) => sections.extend(measure(shared)),
            (Measure::Shared(_), None) => {
                eprintln!("left out: its answers are not in RUBRICA_SHARED or ../shared");
                complete = false;
                continue;
            }
        }
        eprintln!("{:.1} s", begun.elapsed().as_secs_f64());
    }
    let sections = page::joined(sections);
    print!("{}", page::tables(&sections));
    if complete {
        let path = rubrica_tests::workspace().join("docs/figures.md");
        std::fs::write(&path, page::document(&sections)).expect("docs/figures.md can be written");
        eprintln!("docs/figures.md is written");
    }
    ExitCode::SUCCESS
}

/// The sets named after `--only`; empty for all.
fn wanted() -> Result<Vec<&'static str>, String> {
    let names = SETS.map(|set| set.name);
    let mut only = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument != "--only" {
            return Err(format!("`{argument}` is unknown; the only flag is --only {}", names.join("|")));
        }
        let name = arguments.next().unwrap_or_default();
        let found = names.into_iter().find(|known| *known == name);
        only.push(found.ok_or_else(|| format!("there is no set `{name}`, but {}", names.join(", ")))?);
    }
    Ok(only)
}
