//! Names dressed up as sentences: predicates that say nothing of their own ("A deals with B"), and one frame that is filled
//! with other names again and again ("A needs B. C needs D. …").

use super::{Sentence, SentenceForm, Structure, Token};
use crate::hash::{FxHasher, FxMap};
use crate::language::{Class, CueKind, Tag};
use std::hash::Hasher;

/// Sentences of one frame that make a list of them: of a frame of some words, and of a short one. In the rated answers of
/// `tests/answers` no three sentences have a frame in common, November 2026; three steps may ("A sends it to B").
const REFILLED: u32 = 4;
const REFILLED_SHORT: u32 = 5;
/// Words of a frame beside its names.
const LONG_FRAME: u32 = 2;
/// Bare names in a row that are a list.
const FEWEST_NAMES: usize = 3;

/// How much of a sentence is dress.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dress {
    #[default]
    None,
    /// One or two names and an empty predicate, or a short frame that is filled often.
    Loose,
    /// A list of names.
    Tight,
}

/// A sentence without its names.
#[derive(Clone, Copy, Default)]
struct Frame {
    hash: u64,
    n_words: u32,
    has_be: bool,
    /// A verb other than "is".
    acts: bool,
}

impl Frame {
    /// What "A is B" says stands in B.
    fn may_be_dress(&self) -> bool {
        self.acts || !self.has_be
    }
}

impl Structure {
    /// How much of each sentence is dress.
    pub(super) fn dresses(&self) -> Vec<Dress> {
        let frames: Vec<Frame> = self.sentences.iter().map(|sentence| self.frame(sentence)).collect();
        let mut n_filled: FxMap<u64, u32> = FxMap::default();
        for frame in &frames {
            *n_filled.entry(frame.hash).or_default() += 1;
        }
        let dress = |(sentence, frame): (&Sentence, &Frame)| {
            let n = n_filled[&frame.hash];
            if frame.may_be_dress() && frame.n_words >= LONG_FRAME && n >= REFILLED {
                return Dress::Tight;
            }
            match self.names_under_empty(sentence) {
                Some(n_names) if n_names >= FEWEST_NAMES || n >= REFILLED => Dress::Tight,
                Some(_) => Dress::Loose,
                None if frame.may_be_dress() && n >= REFILLED_SHORT => Dress::Loose,
                None => Dress::None,
            }
        };
        self.sentences.iter().zip(&frames).map(dress).collect()
    }

    /// Function words and verbs in their order, with a gap where names stand, with or without an article.
    fn frame(&self, sentence: &Sentence) -> Frame {
        const GAP: u64 = 1;
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let mut frame = Frame::default();
        let mut hasher = FxHasher::default();
        let (mut in_gap, mut after_deed) = (false, false);
        for i in start..end {
            let token = &self.tokens[i];
            let joins = token.is(Class::COMMA) || in_gap && token.is(Class::AND.with(Class::OR));
            if joins || token.is(Class::ARTICLE) {
                continue;
            }
            // Behind a verb stands what it is done to: "needs cups".
            let acts = self.acts_as_verb(i, start, end) && (!after_deed || token.is(Class::AUX));
            after_deed = acts && !token.is(Class::AUX);
            let is_word = acts || token.is(Class::FUNCTION) && !token.joined || token.is_mark();
            if is_word || !in_gap {
                hasher.write_u64(if is_word { u64::from(token.word.0) + GAP + 1 } else { GAP });
            }
            in_gap = !is_word;
            frame.n_words += u32::from(is_word && !token.is_mark());
            frame.has_be |= token.is(Class::BE);
            frame.acts |= acts && !token.is(Class::BE);
        }
        frame.hash = hasher.finish();
        frame
    }

    /// The most bare names in a row of a sentence whose predicate says nothing of its own.
    fn names_under_empty(&self, sentence: &Sentence) -> Option<usize> {
        /// Tokens from an auxiliary to the next word of the same verb.
        const REACH: usize = 2;
        const EXEMPT: Class = Class::NEG_WORD.with(Class::COLON).with(Class::WH);
        let is_exempt = |token: &Token| token.is(EXEMPT) && !token.is(Class::CONDITION);
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let mut empty = vec![false; end - start];
        for hit in self.cues_in(sentence.start, sentence.end).iter().filter(|hit| hit.kind == CueKind::Empty) {
            empty[hit.start as usize - start..(hit.end as usize).min(end) - start].fill(true);
        }
        if !empty.contains(&true) {
            return None;
        }
        let is_empty = |t: usize| empty[t - start];
        let (mut n_light, mut last_light) = (0, None);
        for t in start..end {
            let token = &self.tokens[t];
            let before = (t > start).then(|| &self.tokens[t - 1]);
            let before_is = |class: Class| before.is_some_and(|before| before.is(class));
            // "Important words: …"
            if is_empty(t) || token.is(Class::COLON) && t > start && is_empty(t - 1) {
                continue;
            }
            if is_exempt(token) {
                return None;
            }
            // "The main concepts (would) include …"
            let enumerates = || {
                let said_of = t.checked_sub(if before_is(Class::AUX) { 2 } else { 1 }).filter(|of| *of >= start);
                token.is(Class::ENUMERATES) && said_of.is_some_and(is_empty)
            };
            let light = token.is(Class::AUX.with(Class::LIGHT)) || enumerates();
            let deed = token.is(Class::VERB_ING) && self.takes_object(t, end);
            // "important to salt them", "is salted"
            let unknown = token.is_content()
                && !light
                && (before_is(Class::TO) && !is_empty(t - 1) || before_is(Class::AUX) && token.tag == Tag::PAST);
            if deed || unknown {
                return None;
            }
            if self.acts_as_verb(t, start, end) {
                if !light {
                    return None;
                }
                n_light += usize::from(last_light.is_none_or(|last| t > last + REACH));
                last_light = Some(t);
            }
        }
        // "fast, an important point": what "is" says is not the point.
        let belongs = |light: usize| {
            let apart = |t: &usize| self.tokens[*t].is_mark();
            let from = (start..light).rev().find(apart).map_or(start, |mark| mark + 1);
            let to = (light..end).find(apart).unwrap_or(end);
            !self.tokens[light].is(Class::AUX) || (from..to).any(is_empty)
        };
        let says_nothing = n_light <= 1 && last_light.is_none_or(belongs);
        says_nothing.then(|| self.bare_names(start, end))
    }

    /// "storing the salt", "storing salt".
    fn takes_object(&self, t: usize, end: usize) -> bool {
        t + 1 < end && (self.tokens[t + 1].is(Class::DET.with(Class::PRON)) || self.tokens[t + 1].is_content())
    }

    /// "helium, neon and argon": a sentence of nothing but names.
    pub(crate) fn lists_names(&self, sentence: u32) -> bool {
        const JOINS: Class =
            Class::COMMA.with(Class::AND).with(Class::SLASH).with(Class::DET).with(Class::SENTENCE_END);
        let Sentence { start, end, form, .. } = self.sentences[sentence as usize];
        let mut tokens = self.tokens[start as usize..end as usize].iter();
        form != SentenceForm::Statement && tokens.all(|token| token.is_content() || token.is(JOINS))
    }

    /// The most names in a row, with commas, "and" or "or" between them and no word of another kind.
    fn bare_names(&self, start: usize, end: usize) -> usize {
        const JOINS: Class = Class::COMMA.with(Class::AND).with(Class::OR).with(Class::SLASH);
        let (mut most, mut n, mut in_name) = (0, 0, false);
        for token in &self.tokens[start..end] {
            if token.is(JOINS) {
                in_name = false;
            } else if token.is_content() {
                n += usize::from(!in_name);
                in_name = true;
            } else if !token.is(Class::DET) {
                (n, in_name) = (0, false);
            }
            most = most.max(n);
        }
        most
    }
}
