//! Patterns, names and statements with every concept and alternative spelled out, before the vocabulary is known.

use super::Compiler;
use crate::language::{Class, LANGUAGE};
use crate::rubric::lexicon::{Concept, Opposite, all_narrower};
use crate::rubric::pattern::{self, Either, Follows, Item, Mode, NumberRange, Part, Pattern};
use crate::rubric::source::Spelling;
use crate::sort::sort_unique;
use crate::statement;
use crate::vocabulary::{Shape, Tolerance, Vocabulary, VocabularyBuilder, canonical_number_word};
use std::ops::Range;

/// Most phrases that one item may expand to.
const MOST_PHRASES: usize = 4000;
/// A concept with more names than this is a collection, not a synonym.
const MOST_NAMES_OF_ALIAS: usize = 24;
/// Compiled size of a regular expression, in bytes.
const REGEX_SIZE: usize = 1 << 20;

#[derive(Default)]
pub(super) struct FlatClaim {
    pub(super) any: Vec<FlatPattern>,
    pub(super) all: Vec<FlatPattern>,
    pub(super) of: Vec<FlatPattern>,
    pub(super) none: Vec<FlatPattern>,
}

pub(super) struct FlatPattern {
    pub(super) text: String,
    pub(super) matcher: FlatMatcher,
}

pub(super) enum FlatMatcher {
    Regex(regex::Regex),
    Before(Vec<FlatPhrase>, Vec<FlatPhrase>),
    All(Vec<FlatItem>),
}

pub(super) struct FlatItem {
    pub(super) mode: Mode,
    pub(super) follows: Follows,
    pub(super) phrases: Vec<FlatPhrase>,
    /// Bytes of the pattern.
    pub(super) place: Range<usize>,
}

/// A phrase with concepts and alternatives spelled out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FlatPhrase {
    pub(super) parts: Vec<FlatPart>,
    /// -1 for opposites.
    pub(super) sign: i8,
    /// The name of a concept.
    pub(super) concept: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FlatPart {
    Word(Shape, Tolerance),
    AnyWord,
    Number(NumberRange),
}

impl FlatPhrase {
    fn followed_by(&self, tail: &FlatPhrase) -> FlatPhrase {
        let parts = self.parts.iter().chain(&tail.parts).cloned().collect();
        FlatPhrase { parts, sign: self.sign * tail.sign, concept: self.parts.is_empty() && tail.concept }
    }
}

pub(super) struct FlatStatement {
    pub(super) text: String,
    pub(super) words: Vec<String>,
    pub(super) aliases: Vec<Vec<FlatPhrase>>,
}

/// All phrases of a rubric, before the vocabulary is known.
#[derive(Default)]
pub(super) struct Flat {
    pub(super) criteria: Vec<FlatClaim>,
    pub(super) misconceptions: Vec<FlatClaim>,
    /// Names and instances.
    pub(super) subjects: Vec<(Vec<FlatPhrase>, Vec<FlatPhrase>)>,
    pub(super) statements: Vec<FlatStatement>,
}

impl Flat {
    pub(super) fn vocabulary(&self, prompt: &str) -> Vocabulary {
        let mut builder = VocabularyBuilder::default();
        let claims = self.criteria.iter().chain(&self.misconceptions);
        let patterns = claims.flat_map(|claim| claim.any.iter().chain(&claim.all).chain(&claim.of).chain(&claim.none));
        let in_patterns = patterns.flat_map(|pattern| match &pattern.matcher {
            FlatMatcher::Regex(_) => Vec::new(),
            FlatMatcher::Before(first, second) => first.iter().chain(second).collect(),
            FlatMatcher::All(items) => items.iter().flat_map(|item| &item.phrases).collect::<Vec<&FlatPhrase>>(),
        });
        let in_subjects = self.subjects.iter().flat_map(|(names, instances)| names.iter().chain(instances));
        let in_statements = self.statements.iter().flat_map(|statement| statement.aliases.iter().flatten());
        for part in in_patterns.chain(in_subjects).chain(in_statements).flat_map(|phrase| &phrase.parts) {
            if let FlatPart::Word(shape, tolerance) = part {
                builder.note(shape, *tolerance);
            }
        }
        for word in self.statements.iter().flat_map(|statement| &statement.words) {
            builder.note_statement_word(word);
        }
        statement::content_words(prompt).into_iter().for_each(|word| builder.note_prompt_word(word));
        builder.build()
    }
}

impl Compiler<'_> {
    /// Spells out every concept and alternative.
    pub(super) fn flatten(&mut self, subjects: &[String]) -> Flat {
        let source = self.source.clone();
        let mut flat = Flat::default();
        for (i, criterion) in source.criteria.iter().enumerate() {
            let tolerance = criterion.spelling.or(source.spelling).map_or(Tolerance::ByLength, tolerance_of);
            let of = criterion.at_least.as_ref().map_or(&[][..], |at_least| &at_least.of);
            flat.criteria.push(FlatClaim {
                any: self.flat_patterns(&format!("criteria.{i}.any"), &criterion.any, tolerance),
                all: self.flat_patterns(&format!("criteria.{i}.all"), &criterion.all, tolerance),
                of: self.flat_patterns(&format!("criteria.{i}.at_least.of"), of, tolerance),
                none: self.flat_patterns(&format!("criteria.{i}.none"), &criterion.none, tolerance),
            });
        }
        let tolerance = source.spelling.map_or(Tolerance::ByLength, tolerance_of);
        for (i, wrong) in source.misconceptions.iter().enumerate() {
            let any = self.flat_patterns(&format!("misconceptions.{i}.any"), &wrong.any, tolerance);
            flat.misconceptions.push(FlatClaim { any, ..FlatClaim::default() });
        }
        for id in subjects {
            let mut names = Vec::new();
            let mut instances = Vec::new();
            for concept in self.with_narrower(id) {
                let of = concept.source.id.clone();
                // A narrower concept may be a subject of its own.
                if of == *id || !subjects.contains(&of) {
                    concept.names.iter().for_each(|either| self.flat_either(either, 1, "", &mut names));
                    concept.instances.iter().for_each(|either| self.flat_either(either, 1, "", &mut instances));
                    self.used_concepts.insert(of);
                }
            }
            flat.subjects.push((names, instances));
        }
        // A draft has no patterns yet: any concept may help it, but for loose collections of names.
        let any_concept = self.used_concepts.is_empty();
        for statement in source.criteria.iter().flat_map(|criterion| &criterion.statements) {
            let words = statement::content_words(statement);
            let aliases = words.iter().map(|word| self.aliases(word, any_concept)).collect();
            flat.statements.push(FlatStatement { text: statement.clone(), words, aliases });
        }
        flat
    }

    /// Other names of the concepts that a word of a statement belongs to, of those that the rubric's patterns use unless
    /// any will do: any concept of the lexicon would make strangers of the subject equal.
    fn aliases(&mut self, word: &str, any_concept: bool) -> Vec<FlatPhrase> {
        let in_use = |concept: &Concept| {
            self.used_concepts.contains(&concept.source.id) || any_concept && concept.names.len() <= MOST_NAMES_OF_ALIAS
        };
        let found: Vec<(Concept, i8)> = [&self.local, self.lexicon]
            .into_iter()
            .flat_map(|lexicon| lexicon.concepts_of_word(word))
            .filter(|(concept, _)| in_use(concept))
            .map(|(concept, sign)| (concept.clone(), sign))
            .collect();
        let mut phrases = Vec::new();
        for (concept, sign) in found {
            self.alias_concepts.insert(concept.source.id.clone());
            concept.names.iter().for_each(|either| self.flat_either(either, sign, "", &mut phrases));
            for opposite in &concept.opposites {
                match opposite {
                    Opposite::Phrases(either) => self.flat_either(either, -sign, "", &mut phrases),
                    Opposite::Concept(other) => {
                        let Some(other) = self.concept(other).cloned() else { continue };
                        other.names.iter().for_each(|either| self.flat_either(either, -sign, "", &mut phrases));
                        self.alias_concepts.insert(other.source.id);
                    }
                }
            }
        }
        sort_unique(&mut phrases);
        phrases
    }

    fn flat_patterns(&mut self, path: &str, patterns: &[String], tolerance: Tolerance) -> Vec<FlatPattern> {
        patterns
            .iter()
            .enumerate()
            .filter_map(|(k, text)| self.flat_pattern(&format!("{path}.{k}"), text, tolerance))
            .collect()
    }

    fn flat_pattern(&mut self, path: &str, text: &str, tolerance: Tolerance) -> Option<FlatPattern> {
        let parsed = match pattern::parse(text, tolerance) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.pattern_error(path, &error);
                return None;
            }
        };
        let matcher = match parsed {
            Pattern::Regex(body) => {
                match regex::RegexBuilder::new(&body).case_insensitive(true).size_limit(REGEX_SIZE).build() {
                    Ok(regex) => FlatMatcher::Regex(regex),
                    Err(error) => {
                        let message = error.to_string();
                        let reason =
                            message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                        self.error(
                            "rubric/regex",
                            self.places.of(path),
                            format!("invalid regular expression: {reason}"),
                            "see the syntax of the `regex` crate; look-around and back-references do not exist there",
                        );
                        return None;
                    }
                }
            }
            Pattern::Before(first, second) => {
                FlatMatcher::Before(self.flat_item(&first, path), self.flat_item(&second, path))
            }
            Pattern::All(items) => {
                let flat = |item: Item| FlatItem {
                    mode: item.mode,
                    follows: item.follows,
                    phrases: self.flat_item(&item.either, path),
                    place: item.place,
                };
                FlatMatcher::All(items.into_iter().map(flat).collect())
            }
        };
        Some(FlatPattern { text: text.to_owned(), matcher })
    }

    fn flat_item(&mut self, either: &Either, path: &str) -> Vec<FlatPhrase> {
        let mut phrases = Vec::new();
        self.flat_either(either, 1, path, &mut phrases);
        if phrases.len() > MOST_PHRASES {
            let message = format!("the pattern stands for more than {MOST_PHRASES} phrases");
            self.error(
                "rubric/pattern-too-large",
                self.places.of(path),
                message,
                "use fewer alternatives or concepts inside one phrase",
            );
            phrases.truncate(1);
        }
        sort_unique(&mut phrases);
        phrases
    }

    fn flat_either(&mut self, either: &Either, sign: i8, path: &str, phrases: &mut Vec<FlatPhrase>) {
        for phrase in either {
            // Enough to be refused as too large, before it fills the memory.
            if phrases.len() > MOST_PHRASES {
                return;
            }
            let mut begun = vec![FlatPhrase { parts: Vec::new(), sign, concept: false }];
            for part in phrase {
                let choices = self.flat_part(part, path);
                begun = begun
                    .iter()
                    .flat_map(|head| choices.iter().map(|tail| head.followed_by(tail)))
                    .take(MOST_PHRASES + 1)
                    .collect();
            }
            phrases.append(&mut begun);
        }
    }

    fn flat_part(&mut self, part: &Part, path: &str) -> Vec<FlatPhrase> {
        let single = |part: FlatPart| vec![FlatPhrase { parts: vec![part], sign: 1, concept: false }];
        match part {
            Part::Word(shape, tolerance) => single(FlatPart::Word(canonical_shape(shape), *tolerance)),
            Part::AnyWord => single(FlatPart::AnyWord),
            Part::Number(range) => single(FlatPart::Number(*range)),
            Part::Either(either) => {
                let mut phrases = Vec::new();
                self.flat_either(either, 1, path, &mut phrases);
                phrases
            }
            Part::Concept(id, range) => {
                if self.concept(id).is_none() {
                    let place = self.inside(path, range);
                    self.unknown_concept(id, place);
                    return single(FlatPart::AnyWord);
                }
                let mut phrases = Vec::new();
                self.flat_concept(id, path, &mut phrases);
                phrases
            }
        }
    }

    /// A concept and everything narrower.
    fn with_narrower(&self, id: &str) -> Vec<Concept> {
        let narrower = all_narrower(&[&self.local, self.lexicon], id).into_iter().filter(|narrower| *narrower != id);
        std::iter::once(id).chain(narrower).filter_map(|id| self.concept(id)).cloned().collect()
    }

    /// Names of a concept and of everything narrower; its opposites with the sign turned.
    fn flat_concept(&mut self, id: &str, path: &str, phrases: &mut Vec<FlatPhrase>) {
        let before = phrases.len();
        for concept in self.with_narrower(id) {
            concept.names.iter().for_each(|either| self.flat_either(either, 1, path, phrases));
            self.used_concepts.insert(concept.source.id);
        }
        let Some(concept) = self.concept(id).cloned() else { return };
        for opposite in &concept.opposites {
            match opposite {
                Opposite::Phrases(either) => self.flat_either(either, -1, path, phrases),
                Opposite::Concept(other) => {
                    let Some(other) = self.concept(other).cloned() else { continue };
                    other.names.iter().for_each(|either| self.flat_either(either, -1, path, phrases));
                    self.used_concepts.insert(other.source.id);
                }
            }
        }
        phrases[before..].iter_mut().for_each(|phrase| phrase.concept = true);
    }
}

fn tolerance_of(spelling: Spelling) -> Tolerance {
    match spelling {
        Spelling::Tolerant => Tolerance::ByLength,
        Spelling::Strict => Tolerance::AtMost(0),
    }
}

/// Function words match as they are; numbers have one spelling.
fn canonical_shape(shape: &Shape) -> Shape {
    match shape {
        Shape::Stem(word) => match canonical_number_word(word) {
            Some(number) => Shape::Stem(number),
            None if LANGUAGE.entry(word).class.any(Class::FUNCTION) => Shape::Exact(word.clone()),
            None => shape.clone(),
        },
        _ => shape.clone(),
    }
}
