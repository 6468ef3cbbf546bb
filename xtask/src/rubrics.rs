//! The rubrics of this repository.

use crate::Outcome;
use rubrica_core::Document;
use std::fs;
use std::path::Path;

/// All rubric and lexicon files, ordered by name. Names are relative to the folder, with `/`.
pub fn read() -> Outcome<Vec<Document>> {
    let folder = crate::root().join("rubrics");
    let mut documents = Vec::new();
    for (directory, prefix) in [(folder.clone(), ""), (folder.join("lexicon"), "lexicon/")] {
        if directory.is_dir() {
            read_folder(&directory, prefix, &mut documents)?;
        }
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(documents)
}

fn read_folder(directory: &Path, prefix: &str, documents: &mut Vec<Document>) -> Outcome {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_name().expect("a file of a folder has a name").to_string_lossy();
            documents.push(Document { name: format!("{prefix}{name}"), text: fs::read_to_string(&path)? });
        }
    }
    Ok(())
}
