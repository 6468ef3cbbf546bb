//! Writes `docs/figures.md`: how well the scores agree with people, on every set of rated answers there is.
//!
//! The answers are no part of this repository. `RUBRICA_SHARED` names the folder that holds `data` and `seeds`; without
//! it `../shared` beside the workspace is tried, and where that is missing nothing is changed. `--only SET` prints the
//! figures of one set and leaves the file alone.

mod baseline;
mod crossed;
mod drafts;
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
    measure: fn(&Shared) -> Vec<Section>,
}

const SETS: [Set; 7] = [
    Set { name: "interview", measure: interview::figures },
    Set { name: "drafts", measure: drafts::figures },
    Set { name: "khan", measure: khan::figures },
    Set { name: "perturbation", measure: perturbation::figures },
    Set { name: "saf", measure: public::saf },
    Set { name: "scientsbank", measure: public::scientsbank },
    Set { name: "beetle", measure: public::beetle },
];

fn main() -> ExitCode {
    let only = match wanted() {
        Ok(only) => only,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let Some(shared) = Shared::find() else {
        eprintln!("There are no rated answers in RUBRICA_SHARED or ../shared: docs/figures.md stays as it is.");
        return ExitCode::SUCCESS;
    };
    let mut sections = Vec::new();
    for set in SETS.iter().filter(|set| only.is_empty() || only.contains(&set.name)) {
        eprint!("{:<12} ", set.name);
        let begun = Instant::now();
        sections.extend((set.measure)(&shared));
        eprintln!("{:.1} s", begun.elapsed().as_secs_f64());
    }
    let sections = page::joined(sections);
    print!("{}", page::tables(&sections));
    if only.is_empty() {
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
