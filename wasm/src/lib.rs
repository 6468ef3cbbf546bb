//! The plugin: `rubrica:grader` as a component that imports nothing.
//!
//! Glue only. [`rubrica_core`] decides everything; this crate turns its values into the typed values of the WIT package.

mod convert;

/// Generated from the WIT package.
#[allow(unsafe_code, unused_qualifications, clippy::all)]
mod bindings {
    wit_bindgen::generate!({ path: "wit/0.1.0", world: "grader", default_bindings_module: "crate::bindings" });

    use super::Plugin;
    export!(Plugin);
}

use bindings::exports::rubrica::grader::grading as wit;
use rubrica_core::{Document, Marker, RubricSet, SCORING_VERSION};
use std::cell::RefCell;
use std::sync::Arc;

struct Plugin;

impl wit::Guest for Plugin {
    type RubricSet = LoadedSet;

    fn check(documents: Vec<wit::Document>) -> String {
        let documents: Vec<Document> = documents.into_iter().map(convert::document).collect();
        serde_json::to_string(&rubrica_core::check(&documents)).expect("a report has only string keys")
    }

    fn scoring_version() -> u32 {
        SCORING_VERSION
    }
}

/// A compiled set with the marker that evaluates against it.
struct LoadedSet {
    set: Arc<RubricSet>,
    /// Calls of a component never overlap, so the borrow cannot fail.
    marker: RefCell<Marker>,
    /// Kept ready, since line and column need the documents' text.
    warnings: Vec<wit::Diagnostic>,
}

impl LoadedSet {
    fn evaluation(
        &self,
        question_id: String,
        answer: &str,
    ) -> Result<rubrica_core::wire::Evaluation, wit::EvaluateError> {
        let evaluation = self.marker.borrow_mut().evaluate(&question_id, answer);
        evaluation.ok_or(wit::EvaluateError::UnknownQuestion(question_id))
    }
}

impl wit::GuestRubricSet for LoadedSet {
    fn load(documents: Vec<wit::Document>) -> Result<wit::RubricSet, Vec<wit::Diagnostic>> {
        let documents: Vec<Document> = documents.into_iter().map(convert::document).collect();
        let set = RubricSet::compile(&documents).map_err(|error| convert::diagnostics(&error.diagnostics))?;
        let warnings = convert::diagnostics(set.warnings());
        let set = Arc::new(set);
        let marker = RefCell::new(Marker::new(Arc::clone(&set)));
        Ok(wit::RubricSet::new(Self { set, marker, warnings }))
    }

    fn warnings(&self) -> Vec<wit::Diagnostic> {
        self.warnings.clone()
    }

    fn questions(&self) -> Vec<wit::Question> {
        self.set.questions().into_iter().map(convert::question).collect()
    }

    fn evaluate(&self, question_id: String, answer: String) -> Result<wit::Evaluation, wit::EvaluateError> {
        self.evaluation(question_id, &answer).map(convert::evaluation)
    }

    fn evaluate_json(&self, question_id: String, answer: String) -> Result<String, wit::EvaluateError> {
        let evaluation = self.evaluation(question_id, &answer)?;
        Ok(serde_json::to_string(&evaluation).expect("an evaluation has only string keys"))
    }

    fn near_misses(&self, question_id: String, answer: String) -> Result<Vec<wit::NearMiss>, wit::EvaluateError> {
        let misses = self.marker.borrow_mut().near_misses(&question_id, &answer);
        let misses = misses.ok_or(wit::EvaluateError::UnknownQuestion(question_id))?;
        Ok(misses.into_iter().map(convert::near_miss).collect())
    }

    fn evaluate_lines(&self, lines: String, detail: wit::Detail) -> String {
        self.marker.borrow_mut().evaluate_lines(&lines, convert::detail(detail))
    }
}
