//! Text files, read whole.

use crate::refusal::Refusal;
use std::fs;
use std::path::Path;

/// The text of a file, without the mark that some editors put in front of it.
///
/// # Errors
/// When the file cannot be read, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Refusal> {
    let bytes = fs::read(path).map_err(|error| Refusal::io("read", path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Refusal::new(format!("`{}` is not UTF-8: byte {at} cannot be read", path.display()))
            .help("save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
