//! Finding: every phrase of the rubric in the tokens of an answer, as postings of its items.

use crate::language::Class;
use crate::rubric::{Feed, Phrase, PhraseElement, Rubric, StatementItem};
use crate::sort::{sort_by_key, sort_unique};
use crate::structure::{Mention, Sentence, Structure};
use crate::vocabulary::Memo;

/// A phrase found in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Tokens, the end exclusive.
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// -1 where the words deny the item by their form or as an opposite.
    pub(crate) sign: i8,
}

impl Hit {
    fn covers(&self, other: &Hit) -> bool {
        self.start <= other.start && other.end <= self.end && other.end - other.start < self.end - self.start
    }

    pub(crate) fn overlaps(&self, other: &Hit) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Where each item of the rubric was found.
#[derive(Default)]
pub(crate) struct Postings {
    /// Hits by item, in the order of the answer.
    pub(crate) items: Vec<Vec<Hit>>,
    /// Other names of words of statements: the item and the token.
    pub(crate) aliases: Vec<(StatementItem, u32)>,
    /// Items that were found at all.
    touched: Vec<u32>,
    /// Names of several words that hide shorter terms inside them.
    shadows: Vec<Hit>,
    found: Vec<(u32, Hit)>,
}

impl Postings {
    /// Hits of an item.
    pub(crate) fn of(&self, item: u32) -> &[Hit] {
        &self.items[item as usize]
    }

    /// Finds every phrase, and marks the mentions of subjects in the structure.
    pub(crate) fn find(&mut self, rubric: &Rubric, memo: &Memo, structure: &mut Structure) {
        for item in self.touched.drain(..) {
            self.items[item as usize].clear();
        }
        if self.items.len() < rubric.n_items {
            self.items.resize_with(rubric.n_items, Vec::new);
        }
        self.aliases.clear();
        self.shadows.clear();
        self.found.clear();
        for i in 0..structure.tokens.len() {
            let info = memo.info(structure.tokens[i].word);
            for (unit, sign) in &info.units {
                for &phrase in &rubric.starts[unit.0 as usize] {
                    self.try_phrase(rubric, memo, structure, phrase, i, *sign);
                }
            }
            if info.number.is_some() {
                for &phrase in &rubric.number_starts {
                    self.try_phrase(rubric, memo, structure, phrase, i, 1);
                }
            }
        }
        self.mark_mentions(rubric, structure);
        self.distribute(rubric);
    }

    fn try_phrase(
        &mut self,
        rubric: &Rubric,
        memo: &Memo,
        structure: &Structure,
        id: u32,
        start: usize,
        first_sign: i8,
    ) {
        let phrase = &rubric.phrases[id as usize];
        let Some(hit) = match_phrase(phrase, memo, structure, start, first_sign) else { return };
        if phrase.shadows {
            self.shadows.push(hit);
        }
        self.found.push((id, hit));
    }

    /// Names of subjects, longest first at each place, none inside another.
    fn mark_mentions(&self, rubric: &Rubric, structure: &mut Structure) {
        structure.mentions.clear();
        structure.instances.clear();
        structure.mention_of.clear();
        structure.mention_of.resize(structure.tokens.len(), 0);
        let mut names: Vec<Mention> = Vec::new();
        for (id, hit) in &self.found {
            for feed in &rubric.phrases[*id as usize].feeds {
                let mention = |subject: u8| Mention { start: hit.start, end: hit.end, subject };
                match feed {
                    Feed::Subject(subject) if hit.sign > 0 => names.push(mention(*subject)),
                    Feed::Instance(subject) if hit.sign > 0 => structure.instances.push(mention(*subject)),
                    _ => {}
                }
            }
        }
        sort_by_key(&mut names, |mention| (mention.start, std::cmp::Reverse(mention.end), mention.subject));
        sort_by_key(&mut structure.instances, |mention| {
            (mention.start, std::cmp::Reverse(mention.end), mention.subject)
        });
        for mention in names {
            if structure.mentions.last().is_none_or(|last| last.end <= mention.start) {
                structure.mentions.push(mention);
                let mark = structure.mentions.len() as u32;
                structure.mention_of[mention.start as usize..mention.end as usize].fill(mark);
            }
        }
    }

    /// Gives each hit to the items that its phrase feeds, unless a longer name hides it; an exclusion sees every word.
    fn distribute(&mut self, rubric: &Rubric) {
        for (id, hit) in &self.found {
            let phrase = &rubric.phrases[*id as usize];
            let hidden = self.is_hidden(hit);
            for feed in &phrase.feeds {
                match feed {
                    Feed::Item { item, sign, excludes } if *excludes || !hidden => {
                        let hits = &mut self.items[*item as usize];
                        if hits.is_empty() {
                            self.touched.push(*item);
                        }
                        hits.push(Hit { sign: hit.sign * sign, ..*hit });
                    }
                    Feed::Alias(item) => {
                        self.aliases.push((StatementItem { sign: item.sign * hit.sign, ..*item }, hit.start))
                    }
                    _ => {}
                }
            }
        }
        for item in &self.touched {
            let hits = &mut self.items[*item as usize];
            sort_by_key(hits, |hit| (hit.start, hit.end, hit.sign));
            hits.dedup();
        }
    }

    /// Whether a hit lies inside a longer name.
    fn is_hidden(&self, hit: &Hit) -> bool {
        let near = self.shadows.partition_point(|shadow| shadow.start + LONGEST_PHRASE < hit.start);
        let shadows = self.shadows[near..].iter().take_while(|shadow| shadow.start <= hit.start);
        shadows.into_iter().any(|shadow| shadow.covers(hit))
    }

    /// A hit of an item that a longer name hides.
    pub(crate) fn hidden(&self, rubric: &Rubric, item: u32) -> Option<Hit> {
        let feeds = |id: u32| {
            let feeds = &rubric.phrases[id as usize].feeds;
            feeds.iter().any(|feed| matches!(feed, Feed::Item { item: fed, excludes: false, .. } if *fed == item))
        };
        self.found.iter().find(|(id, hit)| feeds(*id) && self.is_hidden(hit)).map(|(_, hit)| *hit)
    }
}

/// Tokens that a phrase may span, with words skipped.
const LONGEST_PHRASE: u32 = 24;

/// Matches a phrase whose first word is already known to match. One function word or slash may stand between two words.
pub(crate) fn match_phrase(
    phrase: &Phrase,
    memo: &Memo,
    structure: &Structure,
    start: usize,
    first_sign: i8,
) -> Option<Hit> {
    let mut sign = 1;
    let mut at = start;
    for (n, element) in phrase.elements.iter().enumerate() {
        let matched = if n == 0 {
            match element {
                PhraseElement::Word(element) => Some(first_sign * element.sign),
                _ => match_element(element, memo, structure, at),
            }
        } else {
            match_element(element, memo, structure, at).or_else(|| {
                const SKIPPED: Class = Class::SLASH
                    .with(Class::OPEN)
                    .with(Class::CLOSE)
                    .with(Class::DET)
                    .with(Class::PRON)
                    .with(Class::ADV)
                    .with(Class::PREP)
                    .with(Class::COORDINATOR);
                structure.tokens.get(at).filter(|token| token.is(SKIPPED) && !token.is(Class::NEG_WORD))?;
                at += 1;
                match_element(element, memo, structure, at)
            })
        };
        sign *= matched?;
        at += 1;
    }
    Some(Hit { start: start as u32, end: at as u32, sign })
}

/// Tokens of one sentence that match the words of a phrase, each another one, in whatever order they stand.
pub(crate) fn words_in(phrase: &Phrase, memo: &Memo, structure: &Structure, sentence: &Sentence) -> Option<Vec<u32>> {
    let mut tokens: Vec<u32> = Vec::new();
    for element in phrase.elements.iter().filter(|element| **element != PhraseElement::AnyWord) {
        let matches = |t: &u32| !tokens.contains(t) && match_element(element, memo, structure, *t as usize).is_some();
        let token = (sentence.start..sentence.end).find(matches)?;
        tokens.push(token);
    }
    sort_unique(&mut tokens);
    Some(tokens)
}

/// The sign under which a token matches an element.
fn match_element(element: &PhraseElement, memo: &Memo, structure: &Structure, at: usize) -> Option<i8> {
    let token = structure.tokens.get(at)?;
    let info = memo.info(token.word);
    match element {
        PhraseElement::Word(element) => {
            info.units.iter().find(|(unit, _)| *unit == element.unit).map(|(_, sign)| sign * element.sign)
        }
        PhraseElement::AnyWord => (!token.is_mark()).then_some(1),
        PhraseElement::Number(range) => {
            info.number.filter(|number| (range.low..=range.high).contains(number)).map(|_| 1)
        }
    }
}
