//! Text files, read whole.

use crate::refusal::Refusal;
use rubrica_rows::NoText;
use std::fs;
use std::path::Path;

/// The text of a file, without the mark that some editors put in front of it.
///
/// # Errors
/// When the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Refusal> {
    let bytes = fs::read(path).map_err(|error| Refusal::io("read", path, &error))?;
    let text = text_of(bytes, &format!("`{}`", path.display()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The text that these bytes are; `name` is what a message calls them.
///
/// # Errors
/// When they are not UTF-8.
pub fn text_of(bytes: Vec<u8>, name: &str) -> Result<String, Refusal> {
    if let Some(what) = NoText::of(&bytes) {
        return Err(no_text(name, what));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Refusal::new(format!("{name} is not UTF-8: byte {at} cannot be read")).help("save it as UTF-8")
    })
}

/// Refuses what can be no text by how it begins.
pub fn no_text(name: &str, what: NoText) -> Refusal {
    Refusal::new(format!("{name} is {}", what.name())).help(what.way_out())
}
