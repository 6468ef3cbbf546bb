//! The command line: one module a subcommand.

mod check;
mod derive;
mod evaluate;
mod explain;
mod grade;
mod input;
mod plugin;
mod quantity;
mod questions;
#[cfg(unix)]
mod signals;

use crate::library::Library;
use crate::plugin::Limits;
use crate::refusal::Refusal;
use clap::Parser;
use rubrica_core::SCORING_VERSION;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::Duration;

/// Of the command, and of the scoring rules in the plugin that it carries.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{} (scoring {SCORING_VERSION})", env!("CARGO_PKG_VERSION")));

/// Mark free-text answers against rubrics: score, evidence in the answer's own words, feedback.
///
/// No language model takes part. Every score comes out of a sandboxed WebAssembly plugin, and the same rubric and answer
/// give the same result on every machine.
#[derive(Parser)]
#[command(name = "rubrica", version = VERSION.as_str(), max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 done, but rows failed or a check found errors; 2 the command could not run; \
                  130 stopped by Ctrl-C, 143 by SIGTERM."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Mark with this WebAssembly component instead of the one inside the command
    #[arg(long, global = true, value_name = "FILE")]
    plugin: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Command {
    Grade(grade::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Questions(questions::Arguments),
    Derive(derive::Arguments),
    Evaluate(evaluate::Arguments),
    Plugin(plugin::Arguments),
}

/// How a command that did run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// Rows failed, or a check found errors.
    Failures,
}

/// Options of the commands that evaluate answers.
#[derive(clap::Args)]
struct LimitArguments {
    /// Longest time for one answer, such as 10s or 500ms
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = quantity::duration)]
    deadline: Duration,

    /// Most memory of one plugin instance, such as 512MiB
    #[arg(long, value_name = "SIZE", default_value = "512MiB", value_parser = quantity::size)]
    memory_limit: u64,
}

impl LimitArguments {
    fn limits(&self) -> Limits {
        Limits { memory: self.memory_limit, deadline: self.deadline }
    }
}

/// Runs the command of this process's arguments.
pub fn main() -> ExitCode {
    let Arguments { command, plugin } = Arguments::parse();
    #[cfg(unix)]
    signals::end_cleanly();
    let plugin = plugin.as_deref();
    let outcome = match command {
        Command::Grade(arguments) => grade::run(&arguments, plugin),
        Command::Explain(arguments) => explain::run(&arguments, plugin),
        Command::Check(arguments) => check::run(&arguments, plugin),
        Command::Questions(arguments) => questions::run(&arguments, plugin),
        Command::Derive(arguments) => derive::run(&arguments, plugin),
        Command::Evaluate(arguments) => evaluate::run(&arguments, plugin),
        Command::Plugin(arguments) => plugin::run(&arguments),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failures) => ExitCode::from(1),
        Err(refusal) if refusal.is_broken_pipe() => ExitCode::SUCCESS,
        Err(refusal) => {
            anstream::eprintln!("{}error:{:#} {refusal}", crate::terminal::BAD, crate::terminal::BAD);
            ExitCode::from(2)
        }
    }
}

/// The embedded rubrics, or those of `--rubrics`.
#[derive(clap::Args)]
struct RubricArguments {
    /// Rubric file, or folder of them with their lexicon; without it the rubrics inside the command
    #[arg(long, value_name = "PATH")]
    rubrics: Option<PathBuf>,
}

impl RubricArguments {
    fn library(&self) -> Result<Library, Refusal> {
        Library::of(self.rubrics.as_deref())
    }
}
