//! Rubric and lexicon files: those of a path, or those that the command carries inside.

use crate::output::is_same_file;
use crate::plugin::Document;
use crate::reading::read_text;
use crate::refusal::Refusal;
use crate::terminal::harmless;
use rubrica_core::analysis::CALIBRATION_FORMAT;
use rubrica_core::rubric::declared_format;
use rubrica_core::rubric::source::LEXICON_FORMAT;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/rubrics.rs"));
}

/// Name of the folder of lexicon files, beside the rubrics.
const LEXICON: &str = "lexicon";

/// Documents that belong together.
pub struct Library {
    /// Rubrics, and behind them the lexicon.
    documents: Vec<Document>,
    n_rubrics: usize,
    /// Rubric files are named after their questions.
    file_stems: BTreeSet<String>,
    /// Files that are no text, by their names.
    unreadable: BTreeMap<String, Refusal>,
    embedded: bool,
}

impl Library {
    /// The rubrics of this repository, as they were when the command was built.
    pub fn embedded() -> Self {
        let document = |&(name, text): &(&str, &str)| Document { name: name.to_owned(), text: text.to_owned() };
        // Where the files of this repository lie is known; reading two megabytes for it would take longer than an answer.
        let (lexicon, rubrics) = embedded::FILES
            .iter()
            .map(document)
            .partition(|document: &Document| Path::new(&document.name).parent().is_some_and(|p| p.ends_with(LEXICON)));
        Self::new(rubrics, lexicon, true)
    }

    /// Rubric files, or folders of them with their lexicon, each file once. A single rubric uses the lexicon folder
    /// beside it. Where there is no lexicon at all, the embedded one serves.
    ///
    /// # Errors
    /// When something cannot be read, or nothing is there.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Refusal> {
        let mut files = Files::default();
        for path in paths {
            if files.add(path)? == 0 {
                return Err(Refusal::new(format!("no rubric in `{}`", path.display()))
                    .help("rubrics are files that end in .toml or .json, one question each"));
            }
            if path.is_file() && !files.get(path)?.is_some_and(File::is_lexicon) {
                let beside = path.with_file_name(LEXICON);
                if beside.is_dir() {
                    files.add(&beside)?;
                }
            }
        }
        let Files { found, unreadable } = files;
        let (lexicon, rubrics): (Vec<File>, Vec<File>) = found.into_values().partition(File::is_lexicon);
        let documents = |files: Vec<File>| files.into_iter().map(|file| file.document).collect::<Vec<_>>();
        let mut lexicon = documents(lexicon);
        if lexicon.is_empty() {
            lexicon = Self::embedded().lexicon().to_vec();
        }
        Ok(Self { unreadable, ..Self::new(documents(rubrics), lexicon, false) })
    }

    fn new(rubrics: Vec<Document>, lexicon: Vec<Document>, embedded: bool) -> Self {
        let file_stems = rubrics.iter().filter_map(stem).map(str::to_owned).collect();
        let n_rubrics = rubrics.len();
        let unreadable = BTreeMap::new();
        Self { documents: [rubrics, lexicon].concat(), n_rubrics, file_stems, unreadable, embedded }
    }

    /// The given rubrics, or without a path the embedded ones.
    ///
    /// # Errors
    /// See [`Library::read`]; also when a file is no text.
    pub fn of(path: Option<&Path>) -> Result<Self, Refusal> {
        let mut library = path.map_or_else(|| Ok(Self::embedded()), |path| Self::read(&[path.to_owned()]))?;
        let unreadable = std::mem::take(&mut library.unreadable).into_values().collect();
        Refusal::of_all(unreadable).map_or(Ok(library), Err)
    }

    /// Files that are no text, by their names, with the reasons.
    pub fn unreadable(&self) -> &BTreeMap<String, Refusal> {
        &self.unreadable
    }

    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The lexicon files.
    pub fn lexicon(&self) -> &[Document] {
        &self.documents[self.n_rubrics..]
    }

    /// Whether a file is one of these documents.
    pub fn holds(&self, path: &Path) -> bool {
        !self.embedded && self.documents.iter().any(|document| is_same_file(path, Path::new(&document.name)))
    }

    /// Whether these are the rubrics inside the command: known to be sound, and named after their questions.
    pub fn is_embedded(&self) -> bool {
        self.embedded
    }

    /// The lexicon and the rubrics of these questions, found by file name.
    pub fn documents_of(&self, question_ids: &BTreeSet<String>) -> Vec<Document> {
        let wanted = |document: &&Document| stem(document).is_some_and(|stem| question_ids.contains(stem));
        self.documents[..self.n_rubrics].iter().filter(wanted).chain(self.lexicon()).cloned().collect()
    }

    /// The rubric's id for a question's id as a table of answers may write it.
    pub fn rubric_id(&self, question_id: &str) -> String {
        rubrica_rows::rubric_id(question_id, |id| self.has_question(id))
    }

    /// Asks for the questions whose ids are most like an unknown one; `None` where there is none like it.
    pub fn did_you_mean(&self, question_id: &str) -> Option<String> {
        let id = question_id.to_lowercase();
        let mut near: Vec<(f64, &String)> = self
            .file_stems
            .iter()
            .map(|known| (strsim::jaro_winkler(&id, known) + f64::from(u8::from(known.contains(&id))), known))
            .filter(|(similarity, _)| *similarity > 0.75)
            .collect();
        // Stable: ids that are equally like it stay in their order.
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let near: Vec<String> = near.iter().take(3).map(|(_, known)| format!("`{known}`")).collect();
        (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")))
    }

    /// Refuses a question that none of these rubrics asks.
    pub fn unknown_question(&self, id: &str) -> Refusal {
        let did_you_mean = self.did_you_mean(id).map_or_else(String::new, |question| format!("{question} "));
        Refusal::new(format!("there is no question `{}`", harmless(id)))
            .help(format!("{did_you_mean}{}", self.where_questions_are()))
    }

    /// What to do about a question that is unknown.
    pub fn where_questions_are(&self) -> &'static str {
        if self.embedded {
            "`rubrica questions` lists those inside the command; --rubrics takes rubrics of your own"
        } else {
            "`rubrica questions --rubrics ...` lists the questions"
        }
    }

    /// Whether a rubric file is named after this question.
    pub fn has_question(&self, question_id: &str) -> bool {
        self.file_stems.contains(question_id)
    }
}

/// A file with what its `format` says.
struct File {
    document: Document,
    format: Option<String>,
}

impl File {
    fn read(path: &Path) -> Result<Self, Refusal> {
        let text = read_text(path)?;
        let format = declared_format(&text);
        Ok(Self { document: Document { name: shown(path), text }, format })
    }

    fn is_lexicon(&self) -> bool {
        self.format.as_deref() == Some(LEXICON_FORMAT)
    }

    /// A calibration may lie beside the rubrics that it belongs to.
    fn is_calibration(&self) -> bool {
        self.format.as_deref() == Some(CALIBRATION_FORMAT)
    }
}

/// Files by their real paths, so that two ways to a file are one file. They are shown by the path that came first.
#[derive(Default)]
struct Files {
    found: BTreeMap<PathBuf, File>,
    /// What is no text, by the names that are shown.
    unreadable: BTreeMap<String, Refusal>,
}

impl Files {
    /// Adds a file, or all rubric and lexicon files of a folder; says how many it found, new or known.
    fn add(&mut self, path: &Path) -> Result<usize, Refusal> {
        if !path.is_dir() {
            self.read(path, |_| true)?;
            return Ok(1);
        }
        let mut paths = Vec::new();
        collect(path, &mut BTreeSet::new(), &mut paths)?;
        let mut n_found = 0;
        for path in paths {
            n_found += usize::from(self.read(&path, |file| !file.is_calibration())?);
        }
        Ok(n_found)
    }

    /// Reads a file, and adds it if it is `wanted`; says whether it is.
    fn read(&mut self, path: &Path, wanted: impl Fn(&File) -> bool) -> Result<bool, Refusal> {
        let place = real(path)?;
        match File::read(path) {
            Ok(file) if !wanted(&file) => return Ok(false),
            Ok(file) => {
                self.found.entry(place).or_insert(file);
            }
            Err(refusal) => {
                self.unreadable.insert(shown(path), refusal);
            }
        }
        Ok(true)
    }

    /// A file that was added, if it is text.
    fn get(&self, path: &Path) -> Result<Option<&File>, Refusal> {
        Ok(self.found.get(&real(path)?))
    }
}

/// The path as messages and reports show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The path without links and detours.
fn real(path: &Path) -> Result<PathBuf, Refusal> {
    fs::canonicalize(path).map_err(|error| Refusal::io("read", path, &error))
}

/// Files of a folder and the folders in it, each of which is entered once: a link may lead back up.
fn collect(folder: &Path, entered: &mut BTreeSet<PathBuf>, files: &mut Vec<PathBuf>) -> Result<(), Refusal> {
    if !entered.insert(real(folder)?) {
        return Ok(());
    }
    let refusal = |error| Refusal::io("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(refusal)?.map(|entry| Ok(entry.map_err(refusal)?.path()));
    for path in entries.collect::<Result<BTreeSet<_>, Refusal>>()? {
        let ending = path.extension().and_then(OsStr::to_str);
        if path.is_dir() {
            collect(&path, entered, files)?;
        } else if ending == Some("toml") || ending == Some("json") && !path.to_string_lossy().ends_with(".schema.json")
        {
            files.push(path);
        }
    }
    Ok(())
}

fn stem(document: &Document) -> Option<&str> {
    Path::new(&document.name).file_stem().and_then(OsStr::to_str)
}
