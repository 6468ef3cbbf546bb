//! `rubrica plugin`: the component that marks, for other programs.

use super::Outcome;
use crate::output::write_file;
use crate::plugin::EMBEDDED;
use crate::refusal::Refusal;
use std::path::PathBuf;

/// Write the WebAssembly component inside this command, to embed it in other programs
#[derive(clap::Args)]
pub struct Arguments {
    /// Write it to this file
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Outcome, Refusal> {
    write_file(&arguments.output, EMBEDDED)?;
    Ok(Outcome::Done)
}
