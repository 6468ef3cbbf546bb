//! Why the command could not run at all (exit status 2): what, where, and what to do.

use std::fmt;
use std::path::Path;

#[derive(Debug)]
pub struct Refusal {
    message: String,
    help: Option<String>,
    /// Standard output was closed by its reader: nothing is wrong and nobody is left to tell.
    broken_pipe: bool,
}

impl Refusal {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, broken_pipe: false }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// An input or output error at a path.
    pub fn io(action: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(format!("cannot {action} `{}`: {}", path.display(), plain(error)))
    }

    pub fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }
}

/// The error without the number that the operating system has for it.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

/// Errors of writing the output; reading errors name their file through [`Refusal::io`].
impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        let broken_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        Self { broken_pipe, ..Self::new(format!("cannot write the output: {}", plain(&error))) }
    }
}
