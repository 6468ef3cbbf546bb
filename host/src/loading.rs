//! A plugin with rubrics in it, or the reason why not.

use crate::diagnostics::{self, Style};
use crate::library::Library;
use crate::plugin::{Document, Failure, Instance, Limits, Plugin};
use crate::refusal::Refusal;
use crate::terminal::count;
use rubrica_core::Severity;
use std::path::Path;

/// The plugin of a file, or without one that inside the command.
///
/// # Errors
/// When it cannot be used; see [`Plugin::from_file`].
pub fn open_plugin(path: Option<&Path>) -> Result<Plugin, Refusal> {
    let Some(path) = path else {
        return Plugin::embedded()
            .map_err(|error| Refusal::new(format!("the plugin cannot run on this machine: {error:#}")));
    };
    Plugin::from_file(path).map_err(|error| {
        Refusal::new(format!("cannot use `{}` as a plugin: {error:#}", path.display()))
            .help("a plugin is a WebAssembly component that exports rubrica:grader/grading@0.1.0 and imports nothing")
    })
}

/// A fresh instance with these documents loaded. Problems of the documents are shown on standard error.
///
/// # Errors
/// When the plugin fails or the documents have errors.
pub fn load(plugin: &Plugin, limits: Limits, documents: &[Document]) -> Result<Instance, Refusal> {
    let cannot_load = |failure: Failure| {
        let refusal = Refusal::new(format!("cannot load the rubrics: {failure}"));
        match failure {
            Failure::Memory(_) => refusal.help("raise --memory-limit"),
            _ => refusal,
        }
    };
    let mut instance = plugin.instance(limits).map_err(cannot_load)?;
    match instance.load(documents).map_err(cannot_load)? {
        Ok(()) => Ok(instance),
        Err(found) => {
            let found: Vec<_> = found.into_iter().map(diagnostics::report).collect();
            let n_errors = found.iter().filter(|report| report.severity == Severity::Error).count();
            anstream::eprint!("{}", diagnostics::render(&found, documents, Style::Graphical));
            Err(Refusal::new(format!("the rubrics have {}", count(n_errors, "error")))
                .help("`rubrica check` shows them with their examples"))
        }
    }
}

/// Refuses rubrics with errors before the first answer is marked. Marking loads only what the answers ask for, but an
/// author wants to hear of every error, also of questions that nobody answered.
///
/// # Errors
/// See [`load`].
pub fn require_sound(plugin: &Plugin, limits: Limits, library: &Library) -> Result<(), Refusal> {
    if library.is_embedded() { Ok(()) } else { load(plugin, limits, library.documents()).map(drop) }
}
