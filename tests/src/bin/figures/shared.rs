//! The folder of rated answers.

use rubrica_core::{Marker, RubricSet};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Shared(PathBuf);

impl Shared {
    /// The folder, where this machine has it.
    pub fn find() -> Option<Self> {
        let folder = rubrica_tests::shared_folder();
        folder.join("data").is_dir().then_some(Self(folder))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The rows of a JSON Lines file.
    pub fn rows(&self, name: &str) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{name}: {error}"));
        read(&self.path(name)).lines().filter(|line| !line.trim().is_empty()).map(parse).collect()
    }
}

pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Text of a field; empty where there is none.
pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

/// Texts of a field that holds a list.
pub fn texts(row: &Value, field: &str) -> Vec<String> {
    row[field].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

pub fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap_or_else(|| panic!("`{field}` is no number in {row}"))
}

/// A marker with these rubrics, which compile.
pub fn marker(documents: &[rubrica_core::Document]) -> Marker {
    let set = RubricSet::compile(documents).unwrap_or_else(|diagnostics| panic!("{diagnostics:?}"));
    Marker::new(set.into())
}

/// Score and sureness of an answer; nothing, of which one can be sure of nothing, where there is no rubric.
pub fn mark(marker: &mut Marker, question_id: &str, answer: &str) -> (f64, f64) {
    marker.evaluate(question_id, answer).map_or((0.0, 0.0), |evaluation| (evaluation.score, evaluation.sureness))
}
