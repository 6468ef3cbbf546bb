//! From sources to compiled rubrics: patterns become phrases over one vocabulary of integer ids.

use super::lexicon::{Concept, Lexicon, NameError, Opposite};
use super::pattern::{self, Either, Follows, Mode, NumberRange, Part, Pattern, PatternError};
use super::read::Places;
use super::source::*;
use crate::diagnostic::{Diagnostic, Severity};
use crate::evidence::Postings;
use crate::hash::FxMap;
use crate::language::{Class, LANGUAGE};
use crate::sort::{sort_by, sort_by_key};
use crate::statement::{self, Statement};
use crate::structure::Structure;
use crate::vocabulary::{Element, Memo, Shape, Tolerance, Vocabulary, VocabularyBuilder, canonical_number_word};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A rubric ready to judge answers. Only sound rubrics become one.
pub(crate) struct Rubric {
    pub(crate) source: RubricSource,
    /// Hash of the rubric without its examples, and of the concepts it uses: 16 hexadecimal digits.
    pub(crate) hash: String,
    /// Ids of the concepts it uses, the narrower ones of each among them.
    pub(crate) concepts: BTreeSet<String>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) phrases: Vec<Phrase>,
    /// Phrases by the unit of their first word.
    pub(crate) starts: Vec<Vec<u32>>,
    /// Phrases that begin with a number.
    pub(crate) number_starts: Vec<u32>,
    pub(crate) n_items: usize,
    /// Concepts that criteria are about: each other's contrast.
    pub(crate) subjects: Vec<String>,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) misconceptions: Vec<Misconception>,
    pub(crate) statements: Vec<Statement>,
    /// Statement items by core of the vocabulary.
    pub(crate) statement_items: Vec<Vec<StatementItem>>,
    /// The subjects that the prompt names, in its order.
    pub(crate) asked: Vec<u8>,
    /// Whether a core is a content word of the prompt.
    pub(crate) prompt: Vec<bool>,
    pub(crate) groups: Vec<Group>,
    /// Name and lowest score in thousandths, best first.
    pub(crate) bands: Vec<(String, u32)>,
}

/// A sequence of words and what finding it means.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) elements: Vec<PhraseElement>,
    pub(crate) feeds: Vec<Feed>,
    /// A name of several words hides shorter terms inside it ("out of order" is no "order").
    pub(crate) shadows: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PhraseElement {
    Word(Element),
    AnyWord,
    Number(NumberRange),
}

/// What a found phrase is evidence of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Feed {
    Item {
        item: u32,
        sign: i8,
        /// It must not stand in the sentence.
        excludes: bool,
    },
    /// A name of a subject.
    Subject(u8),
    /// A typical example of a subject.
    Instance(u8),
    /// Another word for an item of a statement.
    Alias(StatementItem),
}

/// An item of a statement, with the sign under which it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StatementItem {
    pub(crate) statement: u16,
    pub(crate) item: u16,
    pub(crate) sign: i8,
}

/// Bit set over [`Rubric::subjects`]; empty where nothing is known.
pub(crate) type SubjectSet = u32;

pub(crate) struct Criterion {
    pub(crate) points: u32,
    pub(crate) claim: Claim,
    pub(crate) size: Option<Range<u32>>,
}

pub(crate) struct Misconception {
    pub(crate) penalty: u32,
    pub(crate) claim: Claim,
}

/// Something an answer can say.
#[derive(Default)]
pub(crate) struct Claim {
    pub(crate) about: SubjectSet,
    pub(crate) any: Vec<CompiledPattern>,
    pub(crate) all: Vec<CompiledPattern>,
    pub(crate) at_least: Option<(u32, Vec<CompiledPattern>)>,
    pub(crate) none: Vec<CompiledPattern>,
    pub(crate) statements: Range<usize>,
    pub(crate) mention: bool,
}

impl Claim {
    /// Whether anything but statements can show it.
    pub(crate) fn has_patterns(&self) -> bool {
        !(self.any.is_empty() && self.all.is_empty() && self.at_least.is_none())
    }
}

pub(crate) struct CompiledPattern {
    /// As the author wrote it.
    pub(crate) text: Arc<str>,
    pub(crate) matcher: PatternMatcher,
}

pub(crate) enum PatternMatcher {
    Regex(regex::Regex),
    Before {
        first: u32,
        second: u32,
    },
    All {
        present: Vec<ItemUse>,
        /// Items that must not stand in the same sentence.
        absent: Vec<u32>,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemUse {
    pub(crate) item: u32,
    pub(crate) mode: Mode,
    pub(crate) follows: Follows,
}

pub(crate) struct Group {
    pub(crate) criteria: Vec<usize>,
    pub(crate) best: Option<u32>,
    pub(crate) cap: Option<u32>,
}

/// Most contrast subjects of one rubric.
const MOST_SUBJECTS: usize = 32;
/// Most phrases that one item may expand to.
const MOST_PHRASES: usize = 4000;
/// A concept with more names than this is a collection, not a synonym.
const MOST_NAMES_OF_ALIAS: usize = 24;
/// Compiled size of a regular expression, in bytes.
const REGEX_SIZE: usize = 1 << 20;

pub(super) struct Compiler<'a> {
    document: &'a str,
    source: RubricSource,
    places: &'a Places,
    text: &'a str,
    lexicon: &'a Lexicon,
    local: Lexicon,
    diagnostics: &'a mut Vec<Diagnostic>,
    used_concepts: BTreeSet<String>,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(
        document: &'a crate::Document,
        source: RubricSource,
        places: &'a Places,
        lexicon: &'a Lexicon,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            document: &document.name,
            text: &document.text,
            source,
            places,
            lexicon,
            local: Lexicon::default(),
            diagnostics,
            used_concepts: BTreeSet::new(),
        }
    }

    /// Compiles; `None` when an error was reported.
    pub(super) fn compile(mut self) -> Option<Rubric> {
        let n_errors = self.n_errors();
        super::validate::check(&self.source, self.places, self.document, self.diagnostics);
        self.read_local_concepts();
        let subjects = self.subjects();
        let flat = self.flatten(&subjects);
        if self.n_errors() > n_errors {
            return None;
        }
        let vocabulary = flat.vocabulary(&self.source.prompt);
        Some(self.lower(subjects, flat, vocabulary))
    }

    fn n_errors(&self) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count()
    }

    fn error(&mut self, code: &'static str, range: Range<u32>, message: String, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Severity::Error, code, self.document, range, message).with_help(help));
    }

    fn read_local_concepts(&mut self) {
        for (i, concept) in self.source.concepts.clone().iter().enumerate() {
            let mut errors = Vec::new();
            let path = format!("concepts.{i}");
            if !self.local.add(concept, &mut errors) {
                let message = format!("concept `{}` is defined twice", concept.id);
                self.error(
                    "rubric/duplicate-id",
                    self.places.of(&format!("{path}.id")),
                    message,
                    "rename one, or join their names",
                );
            }
            for NameError { list, idx, error } in errors {
                self.pattern_error(&format!("{path}.{list}.{idx}"), &error);
            }
        }
    }

    /// Concepts that criteria and misconceptions are about, in the order of their first use.
    fn subjects(&mut self) -> Vec<String> {
        let mut subjects: Vec<String> = Vec::new();
        let criteria = self
            .source
            .criteria
            .iter()
            .enumerate()
            .map(|(i, criterion)| (format!("criteria.{i}.about"), &criterion.about));
        let wrong = self
            .source
            .misconceptions
            .iter()
            .enumerate()
            .map(|(i, wrong)| (format!("misconceptions.{i}.about"), &wrong.about));
        let about: Vec<(String, String)> = criteria
            .chain(wrong)
            .flat_map(|(path, ids)| {
                ids.iter().enumerate().map(move |(k, id)| (format!("{path}.{k}"), id.clone())).collect::<Vec<_>>()
            })
            .collect();
        for (path, id) in about {
            if self.concept(&id).is_none() {
                self.unknown_concept(&id, self.places.of(&path));
            } else if !subjects.contains(&id) {
                subjects.push(id);
            }
        }
        if subjects.len() > MOST_SUBJECTS {
            let message =
                format!("{} different subjects in `about`, at most {MOST_SUBJECTS} are possible", subjects.len());
            self.error(
                "rubric/too-many-subjects",
                self.places.of("criteria"),
                message,
                "leave `about` out where no contrast matters",
            );
        }
        subjects
    }

    fn concept(&self, id: &str) -> Option<&Concept> {
        self.local.get(id).or_else(|| self.lexicon.get(id))
    }

    fn unknown_concept(&mut self, id: &str, range: Range<u32>) {
        let near =
            self.local.ids().chain(self.lexicon.ids()).map(|known| (strsim::osa_distance(known, id), known)).min();
        let help = match near {
            Some((distance, known)) if distance <= 2 => format!("did you mean `{known}`?"),
            _ => "define it under `[[concepts]]` here or in a lexicon file".to_owned(),
        };
        self.error("rubric/unknown-concept", range, format!("unknown concept `{id}`"), help);
    }

    /// Reports an error inside a pattern at its place in the document.
    fn pattern_error(&mut self, path: &str, error: &PatternError) {
        let range = self.inside(path, &error.range);
        self.error("rubric/pattern", range, error.message.clone(), error.help);
    }

    /// Place of a part of a string value; of the whole value where escapes make the inside differ.
    fn inside(&self, path: &str, part: &Range<usize>) -> Range<u32> {
        let value = self.places.of(path);
        let written = self.text.get(value.start as usize..value.end as usize).unwrap_or("");
        let plain = written.len() >= 2
            && !written.contains('\\')
            && !written.starts_with("\"\"\"")
            && written.starts_with(['"', '\'']);
        if plain && part.end + 2 <= written.len() {
            value.start + 1 + part.start as u32..value.start + 1 + part.end as u32
        } else {
            value
        }
    }

    /// Spells out every concept and alternative.
    fn flatten(&mut self, subjects: &[String]) -> Flat {
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
            let Some(concept) = self.concept(id).cloned() else { continue };
            let mut names = Vec::new();
            let mut instances = Vec::new();
            concept.names.iter().for_each(|either| self.flat_either(either, 1, "", &mut names));
            concept.instances.iter().for_each(|either| self.flat_either(either, 1, "", &mut instances));
            self.used_concepts.insert(id.clone());
            flat.subjects.push((names, instances));
        }
        for statement in source.criteria.iter().flat_map(|criterion| &criterion.statements) {
            let words = statement::content_words(statement);
            let aliases = words.iter().map(|word| self.aliases(word)).collect();
            flat.statements.push(FlatStatement { text: statement.clone(), words, aliases });
        }
        flat
    }

    /// Other names of the concepts that a word of a statement belongs to, of those that the rubric's patterns use: any
    /// concept of the lexicon would make strangers of the subject equal.
    fn aliases(&mut self, word: &str) -> Vec<FlatPhrase> {
        // A draft has no patterns yet: any concept may help it, but for loose collections of names.
        let is_draft = self.used_concepts.is_empty();
        let in_use = |concept: &Concept| {
            self.used_concepts.contains(&concept.source.id) || is_draft && concept.names.len() <= MOST_NAMES_OF_ALIAS
        };
        let found: Vec<(Concept, i8)> = [&self.local, self.lexicon]
            .into_iter()
            .flat_map(|lexicon| lexicon.concepts_of_word(word))
            .filter(|(concept, _)| in_use(concept))
            .map(|(concept, sign)| (concept.clone(), sign))
            .collect();
        let mut phrases = Vec::new();
        for (concept, sign) in found {
            concept.names.iter().for_each(|either| self.flat_either(either, sign, "", &mut phrases));
            for opposite in &concept.opposites {
                if let Opposite::Phrases(either) = opposite {
                    self.flat_either(either, -sign, "", &mut phrases);
                }
            }
        }
        sort_by(&mut phrases, Ord::cmp);
        phrases.dedup();
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
            Pattern::All(items) => FlatMatcher::All(
                items.iter().map(|item| (item.mode, item.follows, self.flat_item(&item.either, path))).collect(),
            ),
        };
        Some(FlatPattern { text: text.to_owned(), matcher })
    }

    fn flat_item(&mut self, either: &Either, path: &str) -> Vec<FlatPhrase> {
        let mut phrases = Vec::new();
        self.flat_either(either, 1, path, &mut phrases);
        if phrases.len() > MOST_PHRASES {
            let message =
                format!("the pattern stands for {} phrases, at most {MOST_PHRASES} are possible", phrases.len());
            self.error(
                "rubric/pattern-too-large",
                self.places.of(path),
                message,
                "use fewer alternatives or concepts inside one phrase",
            );
            phrases.truncate(1);
        }
        sort_by(&mut phrases, Ord::cmp);
        phrases.dedup();
        phrases
    }

    fn flat_either(&mut self, either: &Either, sign: i8, path: &str, phrases: &mut Vec<FlatPhrase>) {
        for phrase in either {
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

    /// Names of a concept and of everything narrower; its opposites with the sign turned.
    fn flat_concept(&mut self, id: &str, path: &str, phrases: &mut Vec<FlatPhrase>) {
        let before = phrases.len();
        let mut waiting = vec![id.to_owned()];
        let mut seen: BTreeSet<String> = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            let Some(concept) = self.concept(&id).cloned() else { continue };
            concept.names.iter().for_each(|either| self.flat_either(either, 1, path, phrases));
            for lexicon in [&self.local, self.lexicon] {
                waiting.extend(lexicon.narrower_than(&id).iter().cloned());
            }
        }
        let Some(concept) = self.concept(id).cloned() else { return };
        for opposite in &concept.opposites {
            match opposite {
                Opposite::Phrases(either) => self.flat_either(either, -1, path, phrases),
                Opposite::Concept(other) => {
                    let Some(other) = self.concept(other).cloned() else { continue };
                    seen.insert(other.source.id.clone());
                    other.names.iter().for_each(|either| self.flat_either(either, -1, path, phrases));
                }
            }
        }
        self.used_concepts.extend(seen);
        phrases[before..].iter_mut().for_each(|phrase| phrase.concept = true);
    }

    fn lower(self, subjects: Vec<String>, flat: Flat, vocabulary: Vocabulary) -> Rubric {
        let hash = self.hash();
        let source = self.source;
        let mut lowering = Lowering::new(vocabulary);
        for (i, (names, instances)) in flat.subjects.iter().enumerate() {
            names.iter().for_each(|phrase| lowering.feed(phrase, Feed::Subject(i as u8)));
            instances.iter().for_each(|phrase| lowering.feed(phrase, Feed::Instance(i as u8)));
        }
        let subject_set = |ids: &[String]| {
            ids.iter().filter_map(|id| subjects.iter().position(|known| known == id)).fold(0, |set, i| set | 1 << i)
        };
        let mut next_statement = 0;
        let mut criteria = Vec::new();
        for (criterion, flat) in source.criteria.iter().zip(flat.criteria) {
            let statements = next_statement..next_statement + criterion.statements.len();
            next_statement = statements.end;
            let claim = Claim {
                about: subject_set(&criterion.about),
                any: lowering.patterns(flat.any),
                all: lowering.patterns(flat.all),
                at_least: criterion.at_least.as_ref().map(|at_least| (at_least.n.max(1), lowering.patterns(flat.of))),
                none: lowering.patterns(flat.none),
                statements,
                mention: criterion.mention.or(source.mention).unwrap_or(false),
            };
            let size = criterion.size.as_ref().map(|size| size.words[0]..size.words[1].saturating_add(1));
            criteria.push(Criterion { points: criterion.points.unwrap_or(1), claim, size });
        }
        let misconceptions = source
            .misconceptions
            .iter()
            .zip(flat.misconceptions)
            .map(|(wrong, flat)| Misconception {
                penalty: wrong.penalty.unwrap_or(1),
                claim: Claim { about: subject_set(&wrong.about), any: lowering.patterns(flat.any), ..Claim::default() },
            })
            .collect();
        for (s, statement) in flat.statements.iter().enumerate() {
            for (i, aliases) in statement.aliases.iter().enumerate() {
                for phrase in aliases {
                    lowering.feed(
                        phrase,
                        Feed::Alias(StatementItem { statement: s as u16, item: i as u16, sign: phrase.sign }),
                    );
                }
            }
        }
        let prompt = prompt_cores(&source.prompt, &lowering.vocabulary);
        let mut rubric = Rubric {
            hash,
            concepts: self.used_concepts,
            n_items: lowering.items.len(),
            starts: vec![Vec::new(); lowering.vocabulary.n_units()],
            number_starts: Vec::new(),
            phrases: lowering.phrases,
            vocabulary: lowering.vocabulary,
            subjects,
            criteria,
            misconceptions,
            statements: Vec::new(),
            statement_items: Vec::new(),
            asked: Vec::new(),
            prompt,
            groups: groups(&source),
            bands: bands(&source),
            source,
        };
        rubric.index_phrases();
        rubric.asked = asked(&rubric);
        let texts = flat.statements.iter().map(|statement| (statement.text.as_str(), statement.words.as_slice()));
        statement::compile(&mut rubric, texts);
        rubric
    }

    /// FNV-1a over what an evaluation depends on beside answer and engine: the rubric as it was read, without its
    /// examples, and the concepts it uses.
    fn hash(&self) -> String {
        let rubric = RubricSource { examples: Vec::new(), ..self.source.clone() };
        let rubric = serde_json::to_string(&rubric).expect("rubrics are tables, numbers and strings");
        let concepts = self.used_concepts.iter().filter_map(|id| self.lexicon.get(id));
        let concepts =
            concepts.map(|concept| serde_json::to_string(&concept.source).expect("concepts are plain strings"));
        let parts = std::iter::once(rubric).chain(concepts);
        let hash = parts.fold(0xcbf2_9ce4_8422_2325_u64, |hash, part| {
            part.bytes()
                .chain([0])
                .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
        });
        format!("{hash:016x}")
    }
}

impl Rubric {
    fn index_phrases(&mut self) {
        for (i, phrase) in self.phrases.iter().enumerate() {
            match phrase.elements[0] {
                PhraseElement::Word(element) => self.starts[element.unit.0 as usize].push(i as u32),
                PhraseElement::Number(_) => self.number_starts.push(i as u32),
                PhraseElement::AnyWord => {}
            }
        }
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

/// The subjects that the prompt names, in its order.
fn asked(rubric: &Rubric) -> Vec<u8> {
    let mut structure = Structure::default();
    structure.analyse(rubric, &rubric.source.prompt, &mut Memo::new(), &mut Postings::default());
    let mut named = Vec::new();
    for mention in &structure.mentions {
        if !named.contains(&mention.subject) {
            named.push(mention.subject);
        }
    }
    named
}

/// Content words of the prompt, by core.
fn prompt_cores(prompt: &str, vocabulary: &Vocabulary) -> Vec<bool> {
    let mut cores = vec![false; vocabulary.n_cores()];
    for word in statement::content_words(prompt) {
        if let Some(core) = vocabulary.known_core(&vocabulary.analyse(&word).0) {
            cores[core.0 as usize] = true;
        }
    }
    cores
}

fn groups(source: &RubricSource) -> Vec<Group> {
    let idx = |id: &String| source.criteria.iter().position(|criterion| criterion.id == *id);
    source
        .groups
        .iter()
        .map(|group| Group {
            criteria: group.criteria.iter().filter_map(idx).collect(),
            best: group.best,
            cap: group.cap,
        })
        .collect()
}

/// Bands from best to worst, with thousandths of the score.
fn bands(source: &RubricSource) -> Vec<(String, u32)> {
    const DEFAULT: [(&str, u32); 5] = [("excellent", 85), ("good", 65), ("partial", 35), ("poor", 10), ("none", 0)];
    let mut bands: Vec<(String, u32)> = if source.bands.is_empty() {
        DEFAULT.iter().map(|(id, from)| ((*id).to_owned(), from * 10)).collect()
    } else {
        source.bands.iter().map(|band| (band.id.clone(), band.from * 10)).collect()
    };
    sort_by_key(&mut bands, |(_, from)| std::cmp::Reverse(*from));
    bands
}

#[derive(Default)]
struct FlatClaim {
    any: Vec<FlatPattern>,
    all: Vec<FlatPattern>,
    of: Vec<FlatPattern>,
    none: Vec<FlatPattern>,
}

struct FlatPattern {
    text: String,
    matcher: FlatMatcher,
}

enum FlatMatcher {
    Regex(regex::Regex),
    Before(Vec<FlatPhrase>, Vec<FlatPhrase>),
    All(Vec<(Mode, Follows, Vec<FlatPhrase>)>),
}

/// A phrase with concepts and alternatives spelled out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FlatPhrase {
    parts: Vec<FlatPart>,
    /// -1 for opposites.
    sign: i8,
    /// The name of a concept.
    concept: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FlatPart {
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

struct FlatStatement {
    text: String,
    words: Vec<String>,
    aliases: Vec<Vec<FlatPhrase>>,
}

/// All phrases of a rubric, before the vocabulary is known.
#[derive(Default)]
struct Flat {
    criteria: Vec<FlatClaim>,
    misconceptions: Vec<FlatClaim>,
    /// Names and instances.
    subjects: Vec<(Vec<FlatPhrase>, Vec<FlatPhrase>)>,
    statements: Vec<FlatStatement>,
}

impl Flat {
    fn vocabulary(&self, prompt: &str) -> Vocabulary {
        let mut builder = VocabularyBuilder::default();
        let claims = self.criteria.iter().chain(&self.misconceptions);
        let patterns = claims.flat_map(|claim| claim.any.iter().chain(&claim.all).chain(&claim.of).chain(&claim.none));
        let in_patterns = patterns.flat_map(|pattern| match &pattern.matcher {
            FlatMatcher::Regex(_) => Vec::new(),
            FlatMatcher::Before(first, second) => first.iter().chain(second).collect(),
            FlatMatcher::All(items) => items.iter().flat_map(|(_, _, phrases)| phrases).collect::<Vec<&FlatPhrase>>(),
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

/// Gives phrases and items their ids; the same words are the same phrase, the same phrases the same item.
struct Lowering {
    vocabulary: Vocabulary,
    phrases: Vec<Phrase>,
    phrase_ids: FxMap<Vec<PhraseElement>, usize>,
    /// By whether they are exclusions, and by phrases with signs.
    items: FxMap<(bool, Vec<(usize, i8)>), u32>,
}

impl Lowering {
    fn new(vocabulary: Vocabulary) -> Self {
        Self { vocabulary, phrases: Vec::new(), phrase_ids: FxMap::default(), items: FxMap::default() }
    }

    fn phrase(&mut self, flat: &FlatPhrase) -> usize {
        let elements: Vec<PhraseElement> = flat
            .parts
            .iter()
            .map(|part| match part {
                FlatPart::Word(shape, tolerance) => PhraseElement::Word(self.vocabulary.element(shape, *tolerance)),
                FlatPart::AnyWord => PhraseElement::AnyWord,
                FlatPart::Number(range) => PhraseElement::Number(*range),
            })
            .collect();
        let id = *self.phrase_ids.entry(elements.clone()).or_insert_with(|| {
            self.phrases.push(Phrase { elements, feeds: Vec::new(), shadows: false });
            self.phrases.len() - 1
        });
        self.phrases[id].shadows |= flat.concept && flat.parts.len() > 1;
        id
    }

    fn feed(&mut self, flat: &FlatPhrase, feed: Feed) {
        let id = self.phrase(flat);
        if !self.phrases[id].feeds.contains(&feed) {
            self.phrases[id].feeds.push(feed);
        }
    }

    fn item(&mut self, flat: &[FlatPhrase], excludes: bool) -> u32 {
        let mut key: Vec<(usize, i8)> = flat.iter().map(|phrase| (self.phrase(phrase), phrase.sign)).collect();
        sort_by_key(&mut key, |part| *part);
        key.dedup();
        let key = (excludes, key);
        if let Some(item) = self.items.get(&key) {
            return *item;
        }
        let item = self.items.len() as u32;
        for (phrase, sign) in &key.1 {
            self.phrases[*phrase].feeds.push(Feed::Item { item, sign: *sign, excludes });
        }
        self.items.insert(key, item);
        item
    }

    fn patterns(&mut self, flat: Vec<FlatPattern>) -> Vec<CompiledPattern> {
        flat.into_iter()
            .map(|pattern| {
                let matcher = match pattern.matcher {
                    FlatMatcher::Regex(regex) => PatternMatcher::Regex(regex),
                    FlatMatcher::Before(first, second) => {
                        PatternMatcher::Before { first: self.item(&first, false), second: self.item(&second, false) }
                    }
                    FlatMatcher::All(items) => {
                        let (mut present, mut absent) = (Vec::new(), Vec::new());
                        for (mode, follows, phrases) in items {
                            let item = self.item(&phrases, mode == Mode::Absent);
                            match mode {
                                Mode::Absent => absent.push(item),
                                _ => present.push(ItemUse { item, mode, follows }),
                            }
                        }
                        PatternMatcher::All { present, absent }
                    }
                };
                CompiledPattern { text: pattern.text.into(), matcher }
            })
            .collect()
    }
}
