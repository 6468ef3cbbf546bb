//! Warnings about rubrics and lexicons that are sound but unlikely to be what their author meant.
//!
//! A lint that cries wolf is worse than none: each one reports what follows from the documents alone, or from the
//! rubric's own examples, and stays silent in doubt. `docs/errors.md` explains every code to authors.

mod examples;
mod language;
mod lexicon;
mod notation;
mod patterns;
mod points;

pub(crate) use examples::{check as check_examples, check_reference};
pub(crate) use lexicon::check as check_lexicon;

use crate::diagnostic::Problem;
use crate::rubric::{CompiledDocument, Places};

/// Warnings that need no answer: cheap, for every compilation.
pub(crate) fn check(compiled: &CompiledDocument, document: &str, problems: &mut Vec<Problem>) {
    let mut warnings = Warnings { document, places: &compiled.places, problems };
    patterns::check(&compiled.rubric, &mut warnings);
    points::check(&compiled.rubric.source, &mut warnings);
    language::check(&compiled.rubric.source, &mut warnings);
}

/// Warnings about one document.
struct Warnings<'a> {
    document: &'a str,
    places: &'a Places,
    problems: &'a mut Vec<Problem>,
}

impl Warnings<'_> {
    /// Warns about the value at a path of the document ("criteria.2.any.0").
    fn add(&mut self, code: &'static str, path: &str, message: String, help: impl Into<String>) {
        let range = self.places.of(path);
        self.problems.push(Problem::warning(code, self.document, range, message, help));
    }
}
