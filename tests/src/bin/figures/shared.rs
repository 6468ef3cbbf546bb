//! The folder of rated answers.

use rubrica_tests::rows;
use serde_json::Value;
use std::path::PathBuf;

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
        rows::read(&self.path(name))
    }
}
