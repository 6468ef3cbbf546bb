//! From sources to compiled rubrics: patterns become phrases over one vocabulary of integer ids.

mod flatten;
mod lower;

use super::compiled::Rubric;
use super::lexicon::{Concept, Lexicon, NameError};
use super::nearest;
use super::pattern::PatternError;
use super::read::Places;
use super::source::RubricSource;
use crate::diagnostic::{Problem, Severity};
use crate::hash::fnv1a;
use lower::lower;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most contrast subjects of one rubric.
const MOST_SUBJECTS: usize = 32;

pub(super) struct Compiler<'a> {
    document: &'a str,
    source: RubricSource,
    places: &'a Places,
    text: &'a str,
    lexicon: &'a Lexicon,
    local: Lexicon,
    problems: &'a mut Vec<Problem>,
    /// Concepts that the patterns and subjects name.
    used_concepts: BTreeSet<String>,
    /// Concepts whose names help the statements.
    alias_concepts: BTreeSet<String>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        document: &'a crate::Document,
        source: RubricSource,
        places: &'a Places,
        lexicon: &'a Lexicon,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self {
            document: &document.name,
            text: &document.text,
            source,
            places,
            lexicon,
            local: Lexicon::default(),
            problems,
            used_concepts: BTreeSet::new(),
            alias_concepts: BTreeSet::new(),
        }
    }

    /// Compiles; `None` when an error was reported.
    pub(super) fn compile(mut self) -> Option<Rubric> {
        let n_errors = self.n_errors();
        super::validate::check(&self.source, self.places, self.document, self.problems);
        self.read_local_concepts();
        let subjects = self.subjects();
        let flat = self.flatten(&subjects);
        if self.n_errors() > n_errors {
            return None;
        }
        let hash = self.hash();
        Some(lower(self.source, hash, self.used_concepts, subjects, flat))
    }

    fn n_errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    fn error(&mut self, code: &'static str, range: Range<u32>, message: String, help: impl Into<String>) {
        self.problems.push(Problem::error(code, self.document, range, message, help));
    }

    fn read_local_concepts(&mut self) {
        for (i, concept) in self.source.concepts.clone().iter().enumerate() {
            let mut errors = Vec::new();
            let path = format!("concepts.{i}");
            if !self.local.add(concept, &mut errors) {
                let message = format!("concept `{}` is defined twice", concept.id);
                self.error(
                    "rubric/duplicate-id",
                    self.places.of(&format!("{path}.id")),
                    message,
                    "rename one, or join their names",
                );
            }
            for NameError { list, idx, error } in errors {
                self.pattern_error(&format!("{path}.{list}.{idx}"), &error);
            }
        }
    }

    /// Concepts that criteria and misconceptions are about, in the order of their first use.
    fn subjects(&mut self) -> Vec<String> {
        let mut subjects: Vec<String> = Vec::new();
        let criteria = self
            .source
            .criteria
            .iter()
            .enumerate()
            .map(|(i, criterion)| (format!("criteria.{i}.about"), &criterion.about));
        let wrong = self
            .source
            .misconceptions
            .iter()
            .enumerate()
            .map(|(i, wrong)| (format!("misconceptions.{i}.about"), &wrong.about));
        let about: Vec<(String, String)> = criteria
            .chain(wrong)
            .flat_map(|(path, ids)| {
                ids.iter().enumerate().map(move |(k, id)| (format!("{path}.{k}"), id.clone())).collect::<Vec<_>>()
            })
            .collect();
        for (path, id) in about {
            if self.concept(&id).is_none() {
                self.unknown_concept(&id, self.places.of(&path));
            } else if !subjects.contains(&id) {
                subjects.push(id);
            }
        }
        if subjects.len() > MOST_SUBJECTS {
            let message =
                format!("{} different subjects in `about`, at most {MOST_SUBJECTS} are possible", subjects.len());
            self.error(
                "rubric/too-many-subjects",
                self.places.of("criteria"),
                message,
                "leave `about` out where no contrast matters",
            );
        }
        subjects
    }

    fn concept(&self, id: &str) -> Option<&Concept> {
        self.local.get(id).or_else(|| self.lexicon.get(id))
    }

    fn unknown_concept(&mut self, id: &str, range: Range<u32>) {
        let help = match nearest(self.local.ids().chain(self.lexicon.ids()), id) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "define it under `[[concepts]]` here or in a lexicon file".to_owned(),
        };
        self.error("rubric/unknown-concept", range, format!("unknown concept `{id}`"), help);
    }

    /// Reports an error inside a pattern at its place in the document.
    fn pattern_error(&mut self, path: &str, error: &PatternError) {
        let range = self.inside(path, &error.range);
        self.error("rubric/pattern", range, error.message.clone(), error.help);
    }

    /// Place of a part of a string value; of the whole value where escapes make the inside differ.
    fn inside(&self, path: &str, part: &Range<usize>) -> Range<u32> {
        let value = self.places.of(path);
        let written = self.text.get(value.start as usize..value.end as usize).unwrap_or("");
        let plain = written.len() >= 2
            && !written.contains('\\')
            && !written.starts_with("\"\"\"")
            && !written.starts_with("'''")
            && written.starts_with(['"', '\'']);
        if plain && part.end + 2 <= written.len() {
            value.start + 1 + part.start as u32..value.start + 1 + part.end as u32
        } else {
            value
        }
    }

    /// Hash of what an evaluation depends on beside answer and engine: the rubric as it was read, without its
    /// examples, and the concepts it uses.
    fn hash(&self) -> String {
        let rubric = RubricSource { examples: Vec::new(), ..self.source.clone() };
        let rubric = serde_json::to_string(&rubric).expect("rubrics are tables, numbers and strings");
        let concepts = self.used_concepts.union(&self.alias_concepts).filter_map(|id| self.lexicon.get(id));
        let concepts =
            concepts.map(|concept| serde_json::to_string(&concept.source).expect("concepts are plain strings"));
        let parts = std::iter::once(rubric).chain(concepts);
        let hash = fnv1a(parts.flat_map(|part| part.into_bytes().into_iter().chain([0])));
        format!("{hash:016x}")
    }
}
