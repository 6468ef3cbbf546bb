//! Rubric and lexicon files: those of a path, or those that the command carries inside.

use crate::plugin::Document;
use crate::reading::read_text;
use crate::refusal::Refusal;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/rubrics.rs"));
}

/// Name of the folder of lexicon files, beside the rubrics.
const LEXICON: &str = "lexicon";
/// A calibration may lie beside the rubrics that it belongs to.
const CALIBRATION: &str = "calibration.toml";

/// Documents that belong together.
pub struct Library {
    documents: Vec<Document>,
    /// Rubric files are named after their questions.
    file_stems: BTreeSet<String>,
    embedded: bool,
}

impl Library {
    /// The rubrics of this repository, as they were when the command was built.
    pub fn embedded() -> Self {
        let document = |&(name, text): &(&str, &str)| Document { name: name.to_owned(), text: text.to_owned() };
        Self::new(embedded::FILES.iter().map(document).collect(), true)
    }

    /// A rubric file, or a folder of them with their lexicon. A single file uses the lexicon folder beside it, else the
    /// embedded lexicon.
    ///
    /// # Errors
    /// When something cannot be read, or nothing is there.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Refusal> {
        let mut files = BTreeSet::new();
        let mut embedded_lexicon = Vec::new();
        for path in paths {
            let metadata = fs::metadata(path).map_err(|error| Refusal::io("read", path, &error))?;
            if metadata.is_dir() {
                let n_before = files.len();
                collect(path, &mut files)?;
                if files.len() == n_before {
                    return Err(Refusal::new(format!("no rubric in `{}`", path.display()))
                        .help("rubrics are files that end in .toml or .json, one question each"));
                }
                continue;
            }
            files.insert(path.clone());
            let lexicon = path.with_file_name(LEXICON);
            if is_lexicon(path) {
            } else if lexicon.is_dir() {
                collect(&lexicon, &mut files)?;
            } else if embedded_lexicon.is_empty() {
                embedded_lexicon = Self::embedded().lexicon().cloned().collect();
            }
        }
        let mut documents = files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
        documents.extend(embedded_lexicon);
        Ok(Self::new(documents, false))
    }

    fn new(documents: Vec<Document>, embedded: bool) -> Self {
        let paths = documents.iter().map(|document| Path::new(&document.name));
        let file_stems = paths.filter(|path| !is_lexicon(path)).filter_map(stem).map(str::to_owned).collect();
        Self { documents, file_stems, embedded }
    }

    /// The given rubrics, or without a path the embedded ones.
    ///
    /// # Errors
    /// See [`Library::read`].
    pub fn of(path: Option<&Path>) -> Result<Self, Refusal> {
        path.map_or_else(|| Ok(Self::embedded()), |path| Self::read(&[path.to_owned()]))
    }

    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The lexicon files.
    pub fn lexicon(&self) -> impl Iterator<Item = &Document> {
        self.documents.iter().filter(|document| is_lexicon(Path::new(&document.name)))
    }

    /// Whether these are the rubrics inside the command: known to be sound, and named after their questions.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// The lexicon and the rubrics of these questions, found by file name.
    pub fn documents_of(&self, question_ids: &BTreeSet<String>) -> Vec<Document> {
        let wanted = |document: &&Document| {
            let path = Path::new(&document.name);
            is_lexicon(path) || stem(path).is_some_and(|stem| question_ids.contains(stem))
        };
        self.documents.iter().filter(wanted).cloned().collect()
    }

    /// The rubric's id for a question's id as a table of answers may write it: where no rubric has just this name, that
    /// in kebab-case, which is how drafts from tables are named.
    pub fn rubric_id(&self, question_id: &str) -> String {
        let kebab = rubrica_core::derive::rubric_id(question_id);
        if !self.has_question(question_id) && self.has_question(&kebab) { kebab } else { question_id.to_owned() }
    }

    /// Whether a rubric file is named after this question.
    pub fn has_question(&self, question_id: &str) -> bool {
        self.file_stems.contains(question_id)
    }
}

fn stem(path: &Path) -> Option<&str> {
    path.file_stem().and_then(OsStr::to_str)
}

fn is_lexicon(path: &Path) -> bool {
    path.parent().and_then(Path::file_name) == Some(OsStr::new(LEXICON))
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Refusal> {
    let refusal = |error| Refusal::io("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(refusal)? {
        let path = entry.map_err(refusal)?.path();
        let ending = path.extension().and_then(OsStr::to_str);
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.file_name() != Some(OsStr::new(CALIBRATION))
            && (ending == Some("toml") || ending == Some("json") && !path.to_string_lossy().ends_with(".schema.json"))
        {
            files.insert(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Document, Refusal> {
    Ok(Document { name: path.to_string_lossy().replace('\\', "/"), text: read_text(path)? })
}
