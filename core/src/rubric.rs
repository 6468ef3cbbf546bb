//! Rubrics: as written ([`source`]), checked and compiled.

mod compile;
mod compiled;
mod document;
mod lexicon;
mod pattern;
mod read;
pub mod source;
mod validate;

pub(crate) use compiled::{
    Claim, CompiledPattern, Criterion, Feed, ItemUse, PatternMatcher, Phrase, PhraseElement, Rubric, StatementItem,
    SubjectSet,
};
pub(crate) use pattern::{Follows, Mode};
pub(crate) use read::Places;

use crate::Document;
use crate::diagnostic::{Problem, Severity};
use crate::lint;
use crate::sort::{sort_by, sort_by_key};
use compile::Compiler;
use document::{Node, NodeValue};
use lexicon::Lexicon;
use read::Reader;
use source::{LEXICON_FORMAT, LexiconSource, RUBRIC_FORMAT, RubricSource};
use std::collections::BTreeMap;

/// What came out of compiling documents: the sound rubrics, and everything there is to say.
pub(crate) struct Compilation {
    pub(crate) rubrics: Vec<CompiledDocument>,
    pub(crate) lexicon: Vec<LexiconDocument>,
    pub(crate) problems: Vec<Problem>,
}

/// A lexicon file as it was read.
pub(crate) struct LexiconDocument {
    /// Index into the documents.
    pub(crate) document: usize,
    pub(crate) source: LexiconSource,
    pub(crate) places: Places,
}

pub(crate) struct CompiledDocument {
    /// Index into the documents.
    pub(crate) document: usize,
    pub(crate) rubric: Rubric,
    pub(crate) places: Places,
}

/// The name that was probably meant: one edit away, two from six letters on.
fn nearest<'a>(names: impl Iterator<Item = &'a str>, written: &str) -> Option<&'a str> {
    let most = if written.chars().count() < 6 { 1 } else { 2 };
    let nearest = names.map(|name| (strsim::osa_distance(name, written), name)).min();
    nearest.filter(|(distance, _)| *distance <= most).map(|(_, name)| name)
}

/// Reads and compiles all documents, going on after every error.
pub(crate) fn compile(documents: &[Document]) -> Compilation {
    let mut problems = Vec::new();
    let (sources, lexicon_files) = read(documents, &mut problems);
    let lexicon = Lexicon::build(&lexicon_files, documents, &mut problems);
    let mut rubrics: Vec<CompiledDocument> = Vec::new();
    for (idx, source, places) in sources {
        let document = &documents[idx];
        if let Some(other) = rubrics.iter().find(|other| other.rubric.source.id == source.id) {
            let message = format!("the id `{}` is already taken by {}", source.id, documents[other.document].name);
            let help = "give each rubric of a set its own id";
            problems.push(Problem::error("rubric/duplicate-id", &document.name, places.of("id"), message, help));
        }
        if let Some(rubric) = Compiler::new(document, source, &places, &lexicon, &mut problems).compile() {
            rubrics.push(CompiledDocument { document: idx, rubric, places });
        }
    }
    // A rubric whose file has any error is not sound, even where compiling got through.
    let broken =
        |name: &str| problems.iter().any(|problem| problem.severity == Severity::Error && problem.document == name);
    rubrics.retain(|compiled| !broken(&documents[compiled.document].name));
    sort_by(&mut rubrics, |a, b| a.rubric.source.id.cmp(&b.rubric.source.id));
    for rubric in &rubrics {
        lint::check(rubric, &documents[rubric.document].name, &mut problems);
    }
    sort(&mut problems, documents);
    Compilation { rubrics, lexicon: lexicon_files, problems }
}

/// Rubrics, each with the index of its document, and lexicon files, as they were written.
fn read(
    documents: &[Document],
    problems: &mut Vec<Problem>,
) -> (Vec<(usize, RubricSource, Places)>, Vec<LexiconDocument>) {
    let (mut rubrics, mut lexicon) = (Vec::new(), Vec::new());
    for (idx, document) in documents.iter().enumerate() {
        let Some(node) = document::parse(document, problems) else { continue };
        let mut reader = Reader { document: &document.name, problems, places: Places::default() };
        match format_of(&node) {
            Some(LEXICON_FORMAT) => {
                let source = reader.lexicon(node);
                lexicon.push(LexiconDocument { document: idx, source, places: reader.places });
            }
            Some(RUBRIC_FORMAT) => {
                let source = reader.rubric(node);
                rubrics.push((idx, source, reader.places));
            }
            other => {
                let message = match other {
                    Some(format) => format!("unknown format `{format}`"),
                    None => "`format` is missing".to_owned(),
                };
                let range = node.range.start..node.range.start;
                let help =
                    format!("begin the file with `format = \"{RUBRIC_FORMAT}\"` or `format = \"{LEXICON_FORMAT}\"`");
                problems.push(Problem::error("rubric/format", &document.name, range, message, help));
            }
        }
    }
    (rubrics, lexicon)
}

/// The rubric of a document as it was written, sound or not; `None` where the document cannot be read. Compiling it would
/// bring the engine into programs that only draft.
pub(crate) fn written(document: &Document) -> Option<RubricSource> {
    let mut problems = Vec::new();
    let node = document::parse(document, &mut problems)?;
    let mut reader = Reader { document: &document.name, problems: &mut problems, places: Places::default() };
    Some(reader.rubric(node))
}

/// What a file says it is: its `format`, known or not. `None` where it says none or cannot be read.
pub fn declared_format(text: &str) -> Option<String> {
    let document = Document { name: String::new(), text: text.to_owned() };
    format_of(&document::parse(&document, &mut Vec::new())?).map(str::to_owned)
}

/// Orders problems by document and place.
pub(crate) fn sort(problems: &mut [Problem], documents: &[Document]) {
    let places: BTreeMap<&str, usize> =
        documents.iter().enumerate().rev().map(|(place, document)| (document.name.as_str(), place)).collect();
    let order = |problem: &Problem| places.get(problem.document.as_str()).copied();
    sort_by_key(problems, |problem| (order(problem), problem.range.start, problem.range.end));
}

fn format_of(node: &Node) -> Option<&str> {
    let NodeValue::Table(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == "format").and_then(|entry| match &entry.node.value {
        NodeValue::String(format) => Some(format.as_str()),
        _ => None,
    })
}
