//! Concepts by id and by the stems of their names.

use super::pattern::{self, Either, Item, Mode, Part, Pattern, PatternError};
use super::source::ConceptSource;
use crate::hash::FxMap;
use crate::language::LANGUAGE;
use crate::sort::sort_by_key;
use crate::vocabulary::{Shape, Tolerance};

/// A concept with its names parsed.
#[derive(Clone, Debug)]
pub(super) struct Concept {
    pub(super) source: ConceptSource,
    pub(super) names: Vec<Either>,
    pub(super) instances: Vec<Either>,
    pub(super) opposites: Vec<Opposite>,
}

#[derive(Clone, Debug)]
pub(super) enum Opposite {
    Phrases(Either),
    Concept(String),
}

/// Concepts of lexicon files, or of one rubric.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    pub(super) concepts: Vec<Concept>,
    by_id: FxMap<String, usize>,
    /// Direct narrower concepts, gathered from both directions.
    narrower: FxMap<String, Vec<String>>,
    /// Single-word names by stem, with the sign: -1 for opposites.
    by_stem: FxMap<String, Vec<(usize, i8)>>,
    by_prefix: Vec<(String, usize, i8)>,
}

/// A problem of one concept name: which list, which entry, and what.
pub(super) struct NameError {
    pub(super) list: &'static str,
    pub(super) idx: usize,
    pub(super) error: PatternError,
}

impl Lexicon {
    /// Adds a concept. `false` when the id is taken; the first stays.
    pub(super) fn add(&mut self, source: &ConceptSource, errors: &mut Vec<NameError>) -> bool {
        if self.by_id.contains_key(&source.id) {
            return false;
        }
        let mut parse_list = |list: &'static str, texts: &[String]| {
            texts
                .iter()
                .enumerate()
                .filter_map(|(idx, text)| {
                    parse_name(text).map_err(|error| errors.push(NameError { list, idx, error })).ok()
                })
                .collect::<Vec<Either>>()
        };
        let names = parse_list("names", &source.names);
        let instances = parse_list("instances", &source.instances);
        let mut opposites = Vec::new();
        for (idx, text) in source.opposites.iter().enumerate() {
            match text.strip_prefix('@') {
                Some(id) => opposites.push(Opposite::Concept(id.to_owned())),
                None => match parse_name(text) {
                    Ok(either) => opposites.push(Opposite::Phrases(either)),
                    Err(error) => errors.push(NameError { list: "opposites", idx, error }),
                },
            }
        }
        let idx = self.concepts.len();
        for either in &names {
            self.index_words(either, idx, 1);
        }
        for opposite in &opposites {
            if let Opposite::Phrases(either) = opposite {
                self.index_words(either, idx, -1);
            }
        }
        for id in &source.narrower {
            self.narrower.entry(source.id.clone()).or_default().push(id.clone());
        }
        for id in &source.broader {
            self.narrower.entry(id.clone()).or_default().push(source.id.clone());
        }
        self.by_id.insert(source.id.clone(), idx);
        self.concepts.push(Concept { source: source.clone(), names, instances, opposites });
        true
    }

    fn index_words(&mut self, either: &Either, concept: usize, sign: i8) {
        for phrase in either {
            match &phrase[..] {
                [Part::Word(Shape::Stem(word) | Shape::Exact(word), _)] => {
                    self.by_stem.entry(LANGUAGE.stemmer.stem(word)).or_default().push((concept, sign));
                }
                [Part::Word(Shape::Prefix(prefix), _)] => self.by_prefix.push((prefix.clone(), concept, sign)),
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Concept> {
        self.by_id.get(id).map(|idx| &self.concepts[*idx])
    }

    /// Ids of the concepts directly narrower than one.
    pub(super) fn narrower_than(&self, id: &str) -> &[String] {
        self.narrower.get(id).map_or(&[], Vec::as_slice)
    }

    /// Concepts that have a word as a name of one word, with the sign.
    pub(super) fn concepts_of_word(&self, word: &str) -> Vec<(&Concept, i8)> {
        let stem = LANGUAGE.stemmer.stem(word);
        let mut found: Vec<(usize, i8)> = self.by_stem.get(&stem).cloned().unwrap_or_default();
        found.extend(
            self.by_prefix
                .iter()
                .filter(|(prefix, ..)| word.starts_with(prefix.as_str()))
                .map(|(_, concept, sign)| (*concept, *sign)),
        );
        sort_by_key(&mut found, |found| *found);
        found.dedup();
        found.into_iter().map(|(idx, sign)| (&self.concepts[idx], sign)).collect()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.concepts.iter().map(|concept| concept.source.id.as_str())
    }
}

/// A concept's name: one phrase or alternatives, nothing more.
fn parse_name(text: &str) -> Result<Either, PatternError> {
    match pattern::parse(text, Tolerance::ByLength)? {
        Pattern::All(items) => match <[Item; 1]>::try_from(items) {
            Ok([Item { mode: Mode::Claim, either, .. }]) => Ok(either),
            _ => Err(not_a_name(text)),
        },
        Pattern::Regex(_) | Pattern::Before(..) => Err(not_a_name(text)),
    }
}

fn not_a_name(text: &str) -> PatternError {
    PatternError {
        range: 0..text.len(),
        message: "a concept's name is one phrase".to_owned(),
        help: "leave out `&`, `..`, `<<`, `!`, `~` and regular expressions",
    }
}
