//! Why the command could not run at all (exit status 2): what, where, and what to do.

use std::fmt;
use std::path::Path;

#[derive(Clone, Debug)]
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

    /// All of several reasons, as far as a person wants to read them; `None` where there is none.
    pub fn of_all(refusals: Vec<Self>) -> Option<Self> {
        const N_SHOWN: usize = 10;
        let n_more = refusals.len().saturating_sub(N_SHOWN);
        let mut all = Self::new("");
        let mut helps: Vec<String> = Vec::new();
        for refusal in refusals.into_iter().take(N_SHOWN) {
            let separator = if all.message.is_empty() { "" } else { "\n" };
            all.message += &format!("{separator}{}", refusal.message);
            helps.extend(refusal.help.filter(|help| !helps.contains(help)));
        }
        if n_more > 0 {
            all.message += &format!("\nand {n_more} more");
        }
        all.help = (!helps.is_empty()).then(|| helps.join("\nhelp: "));
        (!all.message.is_empty()).then_some(all)
    }

    pub fn message(&self) -> &str {
        &self.message
    }

    pub fn way_out(&self) -> Option<&str> {
        self.help.as_deref()
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
