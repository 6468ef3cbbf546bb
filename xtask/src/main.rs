//! Chores of this repository that are more than one cargo command: `cargo xtask <task>`.

mod corpus;
mod rubrics;
mod serve;
mod web;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

  web [--dev]                 build the browser app into web/dist, a folder for any static web server;
                              --dev builds faster, larger and slower code
  serve [--port N]            serve web/dist on http://127.0.0.1:N/ (8080 when left out)
  corpus DIR                  write DIR/answers.jsonl, the examples of all rubrics, and DIR/evaluations.jsonl, what
                              the engine says about them here; the browser tests compare with it";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["web"] => web::build(web::Profile::Web),
        ["web", "--dev"] => web::build(web::Profile::Dev),
        ["serve"] => serve::serve(&web::dist(), 8080),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve::serve(&web::dist(), port),
            Err(_) => Err(format!("`{port}` is no port number").into()),
        },
        ["corpus", directory] => corpus::write(Path::new(directory)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every task either works or says in one message why it could not.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Folder of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace folder").to_owned()
}
