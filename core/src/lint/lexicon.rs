//! Concepts that nobody uses, and concepts that are one and the same.

use super::{Warnings, notation};
use crate::Document;
use crate::diagnostic::Problem;
use crate::rubric::source::ConceptSource;
use crate::rubric::{CompiledDocument, LexiconDocument};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer rubrics than this say little about the lexicon that they share.
const FEWEST_RUBRICS: usize = 50;

/// Warns about concepts of lexicon files.
pub(crate) fn check(
    lexicon: &[LexiconDocument],
    rubrics: &[CompiledDocument],
    documents: &[Document],
    problems: &mut Vec<Problem>,
) {
    // Whoever checks a rubric of their own against a lexicon they were given can mend neither.
    if rubrics.len() >= FEWEST_RUBRICS {
        check_names(lexicon, documents, problems);
        check_overlaps(lexicon, documents, problems);
        check_orphans(lexicon, rubrics, documents, problems);
    }
}

/// Names of which something has no effect.
fn check_names(lexicon: &[LexiconDocument], documents: &[Document], problems: &mut Vec<Problem>) {
    for file in lexicon {
        let mut warnings = warnings(file, documents, problems);
        for (i, concept) in file.source.concepts.iter().enumerate() {
            for (path, name) in written_names(concept) {
                for loss in notation::losses(name) {
                    warnings.add(loss.code, &format!("concepts.{i}.{path}"), loss.message, loss.help);
                }
            }
        }
    }
}

fn warnings<'a>(file: &'a LexiconDocument, documents: &'a [Document], problems: &'a mut Vec<Problem>) -> Warnings<'a> {
    Warnings { document: &documents[file.document].name, places: &file.places, problems }
}

/// Everything by which a concept is found, with its place in the concept; references to others left out.
pub(super) fn written_names(concept: &ConceptSource) -> impl Iterator<Item = (String, &String)> {
    [("names", &concept.names), ("opposites", &concept.opposites), ("instances", &concept.instances)]
        .into_iter()
        .flat_map(|(list, names)| names.iter().enumerate().map(move |(k, name)| (format!("{list}.{k}"), name)))
        .filter(|(_, name)| !name.starts_with('@'))
}

fn check_orphans(
    lexicon: &[LexiconDocument],
    rubrics: &[CompiledDocument],
    documents: &[Document],
    problems: &mut Vec<Problem>,
) {
    let mut used: BTreeSet<&str> =
        rubrics.iter().flat_map(|compiled| &compiled.rubric.concepts).map(String::as_str).collect();
    for concept in lexicon.iter().flat_map(|file| &file.source.concepts) {
        used.extend(concept.broader.iter().chain(&concept.narrower).map(String::as_str));
        used.extend(concept.opposites.iter().filter_map(|opposite| opposite.strip_prefix('@')));
    }
    for file in lexicon.iter().filter(|file| file.source.for_statements != Some(true)) {
        for (i, concept) in
            file.source.concepts.iter().enumerate().filter(|(_, concept)| !used.contains(concept.id.as_str()))
        {
            warnings(file, documents, problems).add(
                "lint/orphan-concept",
                &format!("concepts.{i}.id"),
                format!("no rubric uses concept `{}`, and no concept refers to it", concept.id),
                "use it in a pattern as `@id`, or remove it; `for_statements = true` says that a file serves statements",
            );
        }
    }
}

/// Concepts of which neither is wider than the other, though most names of one belong to the other as well.
///
/// A single shared name is no mistake: "lock" may name a file's and a table's. Nor is a small concept that repeats a
/// few names of a large one: "Django" beside a list of all technologies.
fn check_overlaps(lexicon: &[LexiconDocument], documents: &[Document], problems: &mut Vec<Problem>) {
    let wider = Wider::of(lexicon);
    let concepts: Vec<(&LexiconDocument, usize, &ConceptSource)> = lexicon
        .iter()
        .flat_map(|file| file.source.concepts.iter().enumerate().map(move |(i, concept)| (file, i, concept)))
        .collect();
    let mut owners: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (idx, (_, _, concept)) in concepts.iter().enumerate() {
        let fold = |name: &String| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let names: BTreeSet<String> = concept.names.iter().map(fold).collect();
        for name in names {
            let known = owners.entry(name).or_default();
            for other in known.iter() {
                *shared.entry((*other, idx)).or_default() += 1;
            }
            known.push(idx);
        }
    }
    for ((first, second), n_shared) in shared {
        let ((_, _, first), (file, i, second)) = (concepts[first], concepts[second]);
        let (fewest, most) = {
            let (a, b) = (first.names.len(), second.names.len());
            (a.min(b), a.max(b))
        };
        let is_alike = n_shared >= 2 && n_shared * 3 >= fewest * 2 && n_shared * 3 >= most;
        if !is_alike || wider.related(&first.id, &second.id) {
            continue;
        }
        warnings(file, documents, problems).add(
            "lint/overlapping-concepts",
            &format!("concepts.{i}.id"),
            format!("concepts `{}` and `{}` share {n_shared} of {fewest} names", first.id, second.id),
            "join them, or say with `broader` which one is the wider",
        );
    }
}

/// Which concepts are wider than which.
struct Wider<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Wider<'a> {
    fn of(lexicon: &'a [LexiconDocument]) -> Self {
        let mut wider: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for concept in lexicon.iter().flat_map(|file| &file.source.concepts) {
            for id in &concept.broader {
                wider.entry(&concept.id).or_default().push(id);
            }
            for id in &concept.narrower {
                wider.entry(id).or_default().push(&concept.id);
            }
        }
        Self(wider)
    }

    fn related(&self, a: &str, b: &str) -> bool {
        self.is_wider(a, b) || self.is_wider(b, a)
    }

    fn is_wider(&self, wide: &str, narrow: &str) -> bool {
        let mut waiting = vec![narrow];
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if id == wide {
                return true;
            }
            if seen.insert(id) {
                waiting.extend(self.0.get(id).into_iter().flatten());
            }
        }
        false
    }
}
