//! Rubrics: as written ([`source`]), checked and compiled.

mod compile;
mod document;
mod lexicon;
mod pattern;
mod read;
pub mod source;
mod validate;

pub(crate) use compile::{
    Claim, CompiledPattern, Criterion, Feed, ItemUse, PatternMatcher, Phrase, PhraseElement, Rubric, StatementItem,
    SubjectSet,
};
pub(crate) use pattern::{Follows, Mode};
pub(crate) use read::Places;

use crate::Document;
use crate::diagnostic::{Diagnostic, Severity};
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
    pub(crate) diagnostics: Vec<Diagnostic>,
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

/// Reads and compiles all documents, going on after every error.
pub(crate) fn compile(documents: &[Document]) -> Compilation {
    let mut diagnostics = Vec::new();
    let mut rubrics: Vec<(usize, RubricSource, Places)> = Vec::new();
    let mut lexicon = Lexicon::default();
    let mut lexicon_files = Vec::new();
    for (idx, document) in documents.iter().enumerate() {
        let Some(node) = document::parse(document, &mut diagnostics) else { continue };
        let mut reader = Reader { document: &document.name, diagnostics: &mut diagnostics, places: Places::default() };
        match format_of(&node) {
            Some(LEXICON_FORMAT) => {
                let source = reader.lexicon(node);
                let places = reader.places;
                add_concepts(&mut lexicon, &source, &places, document, &mut diagnostics);
                lexicon_files.push(LexiconDocument { document: idx, source, places });
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
                diagnostics.push(
                    Diagnostic::new(Severity::Error, "rubric/format", &document.name, range, message).with_help(help),
                );
            }
        }
    }
    check_lexicon(&lexicon, documents, &mut diagnostics);
    let mut compiled: Vec<CompiledDocument> = Vec::new();
    for (idx, source, places) in rubrics {
        let document = &documents[idx];
        if let Some(other) = compiled.iter().find(|other| other.rubric.source.id == source.id) {
            let message = format!("the id `{}` is already taken by {}", source.id, documents[other.document].name);
            let help = "give each rubric of a set its own id";
            diagnostics.push(
                Diagnostic::new(Severity::Error, "rubric/duplicate-id", &document.name, places.of("id"), message)
                    .with_help(help),
            );
            continue;
        }
        if let Some(rubric) = Compiler::new(document, source, &places, &lexicon, &mut diagnostics).compile() {
            compiled.push(CompiledDocument { document: idx, rubric, places });
        }
    }
    // A rubric whose file has any error is not sound, even where compiling got through.
    let broken = |name: &str| {
        diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error && diagnostic.document() == name)
    };
    compiled.retain(|compiled| !broken(&documents[compiled.document].name));
    sort_by(&mut compiled, |a, b| a.rubric.source.id.cmp(&b.rubric.source.id));
    for rubric in &compiled {
        lint::check(rubric, &documents[rubric.document].name, &mut diagnostics);
    }
    sort(&mut diagnostics, documents);
    Compilation { rubrics: compiled, lexicon: lexicon_files, diagnostics }
}

/// Orders diagnostics by document and place.
pub(crate) fn sort(diagnostics: &mut [Diagnostic], documents: &[Document]) {
    let places: BTreeMap<&str, usize> =
        documents.iter().enumerate().rev().map(|(place, document)| (document.name.as_str(), place)).collect();
    let order = |diagnostic: &Diagnostic| places.get(diagnostic.document()).copied();
    sort_by_key(diagnostics, |diagnostic| (order(diagnostic), diagnostic.range().start, diagnostic.range().end));
}

fn format_of(node: &Node) -> Option<&str> {
    let NodeValue::Table(entries) = &node.value else { return None };
    entries.iter().find(|entry| entry.key == "format").and_then(|entry| match &entry.node.value {
        NodeValue::String(format) => Some(format.as_str()),
        _ => None,
    })
}

fn add_concepts(
    lexicon: &mut Lexicon,
    source: &LexiconSource,
    places: &Places,
    document: &Document,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (i, concept) in source.concepts.iter().enumerate() {
        let mut errors = Vec::new();
        let path = format!("concepts.{i}");
        let mut report = |code: &'static str, path: &str, message: String, help: &str| {
            diagnostics
                .push(Diagnostic::new(Severity::Error, code, &document.name, places.of(path), message).with_help(help));
        };
        if !lexicon.add(concept, &mut errors) {
            report(
                "lexicon/duplicate-id",
                &format!("{path}.id"),
                format!("concept `{}` is defined twice", concept.id),
                "join both, or rename one",
            );
        }
        for error in errors {
            report(
                "rubric/pattern",
                &format!("{path}.{}.{}", error.list, error.idx),
                error.error.message,
                error.error.help,
            );
        }
    }
}

/// References of the lexicon that lead nowhere, and concepts that are broader than themselves.
fn check_lexicon(lexicon: &Lexicon, documents: &[Document], diagnostics: &mut Vec<Diagnostic>) {
    for concept in &lexicon.concepts {
        let source = &concept.source;
        let opposites = source.opposites.iter().filter_map(|opposite| opposite.strip_prefix('@'));
        let references = source.broader.iter().chain(&source.narrower).map(String::as_str).chain(opposites);
        // The lexicon's own places are gone by now: the concept's id in the text is near enough.
        let place = || {
            let needle = format!("\"{}\"", source.id);
            documents.iter().find_map(|document| {
                document.text.find(&needle).map(|at| (document.name.as_str(), at as u32..(at + needle.len()) as u32))
            })
        };
        for id in references.filter(|id| lexicon.get(id).is_none()) {
            if let Some((name, range)) = place() {
                let message = format!("concept `{}` refers to an unknown concept `{id}`", source.id);
                diagnostics.push(
                    Diagnostic::new(Severity::Error, "lexicon/unknown-concept", name, range, message)
                        .with_help("define it, or remove the reference"),
                );
            }
        }
        if is_broader_than_itself(lexicon, &source.id)
            && let Some((name, range)) = place()
        {
            let message = format!("concept `{}` is broader than itself", source.id);
            diagnostics.push(
                Diagnostic::new(Severity::Error, "lexicon/cycle", name, range, message)
                    .with_help("remove one of the `broader` or `narrower` references"),
            );
        }
    }
}

fn is_broader_than_itself(lexicon: &Lexicon, id: &str) -> bool {
    let mut waiting: Vec<&str> = lexicon.narrower_than(id).iter().map(String::as_str).collect();
    let mut seen = std::collections::BTreeSet::new();
    while let Some(next) = waiting.pop() {
        if next == id {
            return true;
        }
        if seen.insert(next) {
            waiting.extend(lexicon.narrower_than(next).iter().map(String::as_str));
        }
    }
    false
}
