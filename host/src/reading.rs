//! Text files, read whole.

use crate::refusal::Refusal;
use rubrica_rows::NoText;
use std::fs;
use std::path::Path;

/// The text of a file.
///
/// # Errors
/// When the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Refusal> {
    let bytes = fs::read(path).map_err(|error| Refusal::io("read", path, &error))?;
    text_of(bytes, &format!("`{}`", path.display()))
}

/// The text that these bytes are, without the mark that some programs put in front of it; `name` is what a message calls
/// them.
///
/// # Errors
/// When they are not UTF-8.
pub fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, Refusal> {
    rubrica_rows::text_of(bytes).map_err(|what| no_text(name, what))
}

/// Refuses what is no text.
pub fn no_text(name: &str, what: NoText) -> Refusal {
    Refusal::new(format!("{name} is {}", what.name())).help(what.way_out())
}
