//! A compiled rubric: what the rest of the engine judges by. Built in [`super::compile`].

use super::pattern::{Follows, Mode, NumberRange};
use super::source::RubricSource;
use crate::statement::{Place, Statement};
use crate::vocabulary::{Element, Vocabulary};
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
    /// The two sides of the contrast, where there are two: subjects that claims share are one side.
    pub(crate) sides: Option<[SubjectSet; 2]>,
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) misconceptions: Vec<Misconception>,
    pub(crate) statements: Vec<Statement>,
    /// Statement items by core of the vocabulary.
    pub(crate) statement_items: Vec<Vec<StatementItem>>,
    /// What the words of statements follow that always follow the same.
    pub(crate) statement_places: Vec<Place>,
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
    /// A term of several words hides shorter ones inside it ("out of order" is no "order").
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
    pub(crate) statement: u32,
    pub(crate) item: u32,
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
    /// Some pattern wants several things said together, and naming is not declared enough.
    pub(crate) asks_more: bool,
    /// A misconception.
    pub(crate) is_wrong: bool,
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

impl CompiledPattern {
    /// Whether it asks for several things.
    pub(crate) fn is_joint(&self) -> bool {
        matches!(&self.matcher, PatternMatcher::All { present, .. } if present.len() > 1)
    }
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

#[derive(Clone, Debug)]
pub(crate) struct ItemUse {
    pub(crate) item: u32,
    pub(crate) mode: Mode,
    pub(crate) follows: Follows,
    /// Bytes of the pattern's text.
    pub(crate) place: Range<usize>,
}

pub(crate) struct Group {
    pub(crate) criteria: Vec<usize>,
    pub(crate) best: Option<u32>,
    pub(crate) cap: Option<u32>,
}
