//! `rubrica questions`: what there is to answer.

use super::{Outcome, RubricArguments};
use crate::loading::{load, open_plugin};
use crate::plugin::Limits;
use crate::refusal::Refusal;
use crate::terminal::{BOLD, harmless};
use std::io::Write as _;
use std::path::Path;

/// List the questions with their ids.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    rubrics: RubricArguments,
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    let library = arguments.rubrics.library()?;
    let plugin = open_plugin(plugin)?;
    let mut instance = load(&plugin, Limits::default(), library.documents())?;
    let questions = instance.questions().map_err(|failure| Refusal::new(failure.to_string()))?;
    let width = questions.iter().map(|question| question.id.chars().count()).max().unwrap_or_default();
    let mut out = anstream::stdout().lock();
    for question in questions {
        let prompt = harmless(&question.prompt).replace('\n', " ");
        writeln!(out, "{BOLD}{:width$}{BOLD:#}  {prompt}", question.id)?;
    }
    Ok(Outcome::Done)
}
