//! The vocabulary of one rubric: its terms as integer ids, and what a word of an answer means in it.
//!
//! One vocabulary a rubric, not one a set: what a word resolves to must not depend on which other rubrics are loaded.

mod fold;
mod spelling;
mod word;

pub(crate) use fold::fold;
pub(crate) use word::{Memo, Relation, Resolved, WordId, canonical_number_word, is_initials};

use crate::hash::FxMap;
use crate::language::LANGUAGE;
use crate::sort::sort_by;
use spelling::SpellingIndex;

/// A term of the vocabulary: what a pattern element asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct UnitId(pub(crate) u32);

/// A stem of the vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CoreId(pub(crate) u32);

/// How many typing errors a term allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tolerance {
    /// None under four letters, one edit from four, two from eight.
    ByLength,
    AtMost(u8),
}

impl Tolerance {
    pub(crate) fn edits(self, n_letters: usize) -> usize {
        match self {
            Self::ByLength if n_letters < 4 => 0,
            Self::ByLength if n_letters < 8 => 1,
            Self::ByLength => 2,
            Self::AtMost(n) => usize::from(n),
        }
    }
}

/// One word of a pattern as its author wrote it, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Shape {
    /// The word in any inflection.
    Stem(String),
    /// This form only.
    Exact(String),
    /// Words that begin so.
    Prefix(String),
    /// `*` any letters, `?` one letter.
    Glob(String),
}

impl Shape {
    fn text(&self) -> &str {
        let (Self::Stem(text) | Self::Exact(text) | Self::Prefix(text) | Self::Glob(text)) = self;
        text
    }
}

/// A resolved pattern element: the term, and whether the author wrote it in its negative form ("unreliable").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Element {
    pub(crate) unit: UnitId,
    pub(crate) sign: i8,
}

/// Gathers every word of a rubric before any is resolved: whether "un-" denies depends on the rest being a known term.
#[derive(Default)]
pub(crate) struct VocabularyBuilder<'a> {
    /// Terms as their author wrote them, each once, in the order of the rubric.
    terms: Vec<(&'a Shape, Tolerance)>,
    noted: FxMap<(&'a Shape, Tolerance), ()>,
    statement_words: Vec<String>,
    prompt_words: Vec<String>,
}

impl<'a> VocabularyBuilder<'a> {
    pub(crate) fn note(&mut self, shape: &'a Shape, tolerance: Tolerance) {
        if self.noted.insert((shape, tolerance), ()).is_none() {
            self.terms.push((shape, tolerance));
        }
    }

    /// A word of a reference statement: it counts as known, and answers are compared with its stem.
    pub(crate) fn note_statement_word(&mut self, word: &str) {
        self.statement_words.push(word.to_owned());
    }

    /// A word of the prompt: it gets a stem, by which answers that only repeat the prompt are told.
    pub(crate) fn note_prompt_word(&mut self, word: String) {
        self.prompt_words.push(word);
    }

    pub(crate) fn build(self) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let stemmer = &LANGUAGE.stemmer;
        for (shape, _) in &self.terms {
            match shape {
                Shape::Stem(word) => {
                    vocabulary.roots.insert(stemmer.stem(word), ());
                }
                Shape::Prefix(prefix) if prefix.len() >= 4 => vocabulary.root_prefixes.push(prefix.clone()),
                _ => {}
            }
        }
        for word in &self.statement_words {
            vocabulary.roots.insert(stemmer.stem(word), ());
        }
        for (shape, tolerance) in &self.terms {
            vocabulary.element(shape, *tolerance);
        }
        for word in self.statement_words.iter().chain(&self.prompt_words) {
            let (stem, _) = vocabulary.analyse(word);
            vocabulary.core(&stem);
        }
        vocabulary.spelling = SpellingIndex::build(&self.terms, &self.statement_words);
        vocabulary.relate_cores();
        vocabulary
    }
}

#[derive(Default)]
pub(crate) struct Vocabulary {
    units: Vec<Unit>,
    by_shape: FxMap<(Shape, Tolerance, i8), Element>,
    /// Stems of all words, before negative forms are told apart.
    roots: FxMap<String, ()>,
    root_prefixes: Vec<String>,
    cores: FxMap<String, CoreId>,
    /// Units that ask for a stem, by core.
    stem_units: Vec<Vec<UnitId>>,
    exact_units: FxMap<String, Vec<UnitId>>,
    prefix_units: FxMap<String, Vec<UnitId>>,
    /// Longest prefix that some unit asks for.
    longest_prefix: usize,
    glob_units: Vec<UnitId>,
    /// Cores by their first four letters, for words of the same family.
    families: FxMap<[u8; 4], Vec<(String, CoreId)>>,
    spelling: SpellingIndex,
}

struct Unit {
    shape: Shape,
    tolerance: Tolerance,
}

impl Vocabulary {
    pub(crate) fn n_units(&self) -> usize {
        self.units.len()
    }

    pub(crate) fn n_cores(&self) -> usize {
        self.stem_units.len()
    }

    /// What a term asks for, and how many typing errors it allows.
    pub(crate) fn term(&self, unit: UnitId) -> (&Shape, Tolerance) {
        let unit = &self.units[unit.0 as usize];
        (&unit.shape, unit.tolerance)
    }

    /// The element for a word of a pattern; made on first sight.
    pub(crate) fn element(&mut self, shape: &Shape, tolerance: Tolerance) -> Element {
        let (shape, sign) = self.signed(shape);
        if let Some(element) = self.by_shape.get(&(shape.clone(), tolerance, sign)) {
            return *element;
        }
        let known = self.by_shape.get(&(shape.clone(), tolerance, -sign)).map(|element| element.unit);
        let unit = known.unwrap_or_else(|| self.add_unit(shape.clone(), tolerance));
        let element = Element { unit, sign };
        self.by_shape.insert((shape, tolerance, sign), element);
        element
    }

    /// Takes a negative prefix off where the rest is a term.
    fn signed(&self, shape: &Shape) -> (Shape, i8) {
        match shape {
            Shape::Stem(word) => {
                let (stem, sign) = self.analyse(word);
                (Shape::Stem(stem), sign)
            }
            Shape::Prefix(prefix) => match self.without_negative_prefix(prefix) {
                Some(rest) if rest.len() >= 4 => (Shape::Prefix(rest.to_owned()), -1),
                _ => (shape.clone(), 1),
            },
            Shape::Exact(_) | Shape::Glob(_) => (shape.clone(), 1),
        }
    }

    fn add_unit(&mut self, shape: Shape, tolerance: Tolerance) -> UnitId {
        let id = UnitId(self.units.len() as u32);
        match &shape {
            Shape::Stem(stem) => {
                let core = self.core(stem);
                self.stem_units[core.0 as usize].push(id);
            }
            Shape::Exact(word) => self.exact_units.entry(word.clone()).or_default().push(id),
            Shape::Prefix(prefix) => {
                self.longest_prefix = self.longest_prefix.max(prefix.len());
                self.prefix_units.entry(prefix.clone()).or_default().push(id);
            }
            Shape::Glob(_) => self.glob_units.push(id),
        }
        self.units.push(Unit { shape, tolerance });
        id
    }

    /// The id of a stem; made on first sight.
    fn core(&mut self, stem: &str) -> CoreId {
        if let Some(core) = self.cores.get(stem) {
            return *core;
        }
        let core = CoreId(self.stem_units.len() as u32);
        self.stem_units.push(Vec::new());
        self.cores.insert(stem.to_owned(), core);
        core
    }

    /// The id of a stem, if the vocabulary has it.
    pub(crate) fn known_core(&self, stem: &str) -> Option<CoreId> {
        self.cores.get(stem).copied()
    }

    /// Stem of a word and its sign: -1 for "unreliable" where "reliable" is a term.
    pub(crate) fn analyse(&self, word: &str) -> (String, i8) {
        let stemmer = &LANGUAGE.stemmer;
        if let Some(rest) = self.without_negative_prefix(word) {
            return (stemmer.stem(rest), -1);
        }
        if let Some(rest) = word.strip_suffix("less").filter(|rest| rest.len() >= 4 && !LANGUAGE.is_not_negative(word))
        {
            let stem = stemmer.stem(rest);
            if self.is_root(&stem, rest) {
                return (stem, -1);
            }
        }
        (stemmer.stem(word), 1)
    }

    fn without_negative_prefix<'w>(&self, word: &'w str) -> Option<&'w str> {
        let rest = negative_prefix(word)?;
        (!LANGUAGE.is_not_negative(word) && self.is_root(&LANGUAGE.stemmer.stem(rest), rest)).then_some(rest)
    }

    fn is_root(&self, stem: &str, word: &str) -> bool {
        self.roots.contains_key(stem) || self.root_prefixes.iter().any(|prefix| word.starts_with(prefix.as_str()))
    }

    /// Whether the vocabulary has a word or its stem; beginning like a wildcard is not enough.
    fn has(&self, word: &str) -> bool {
        self.exact_units.contains_key(word) || self.cores.contains_key(&self.analyse(word).0)
    }

    /// Units of wildcards that a word begins with.
    fn prefixes_of<'v>(&'v self, word: &'v str) -> impl Iterator<Item = UnitId> + 'v {
        let longest = self.longest_prefix.min(word.len());
        (1..=longest)
            .filter(|&n| word.is_char_boundary(n))
            .filter_map(|n| self.prefix_units.get(&word[..n]))
            .flatten()
            .copied()
    }

    fn relate_cores(&mut self) {
        let mut cores: Vec<(String, CoreId)> = self.cores.iter().map(|(stem, core)| (stem.clone(), *core)).collect();
        sort_by(&mut cores, Ord::cmp);
        for (stem, core) in cores {
            if let Some(head) = stem.as_bytes().first_chunk::<4>() {
                self.families.entry(*head).or_default().push((stem.clone(), core));
            }
        }
    }

    /// Cores of the same word family as a stem, with their likeness in thousandths.
    fn family(&self, stem: &str, relations: &mut Vec<Relation>) {
        if let Some(core) = self.known_core(stem) {
            relations.push(Relation { core, likeness: 1000 });
        }
        let head = stem.as_bytes().first_chunk::<4>().filter(|head| !head[0].is_ascii_digit());
        let Some(head) = head else { return };
        for (other, core) in self.families.get(head).map_or(&[][..], Vec::as_slice) {
            if other == stem {
                continue;
            }
            let common = stem.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
            if common * 10 >= stem.len().max(other.len()) * 6 {
                relations.push(Relation { core: *core, likeness: 850 });
            }
        }
    }
}

/// The rest of a word behind a prefix that denies it, by form alone.
fn negative_prefix(word: &str) -> Option<&str> {
    const MIN_REST: usize = 4;
    let rest = ["non", "dis", "un"].iter().find_map(|prefix| word.strip_prefix(prefix));
    let rest = rest.or_else(|| word.strip_prefix("im").filter(|rest| rest.starts_with(['m', 'p', 'b'])));
    let rest = rest.or_else(|| word.strip_prefix("ir").filter(|rest| rest.starts_with('r')));
    let rest = rest.or_else(|| word.strip_prefix("il").filter(|rest| rest.starts_with('l')));
    let rest = rest.or_else(|| word.strip_prefix("in"));
    rest.filter(|rest| rest.len() >= MIN_REST && rest.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// Matches `*` (any letters) and `?` (one letter).
fn glob_matches(pattern: &str, word: &str) -> bool {
    let (pattern, word): (Vec<char>, Vec<char>) = (pattern.chars().collect(), word.chars().collect());
    let (mut p, mut w, mut star) = (0, 0, None);
    while w < word.len() {
        if p < pattern.len() && (pattern[p] == '?' || pattern[p] == word[w]) {
            p += 1;
            w += 1;
        } else if p < pattern.len() && pattern[p] == '*' {
            star = Some((p, w));
            p += 1;
        } else if let Some((star_p, star_w)) = star {
            p = star_p + 1;
            w = star_w + 1;
            star = Some((star_p, w));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|&c| c == '*')
}
