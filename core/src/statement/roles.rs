//! Who does what in a statement, told by the word that each word follows.

use crate::language::{Class, LexId};
use crate::sort::sort_unique;
use crate::structure::Structure;
use crate::vocabulary::CoreId;
use std::ops::Range;

/// What stands in front of a content word, in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    /// Nothing: it opens its clause.
    Start,
    /// "from", "by"
    Preposition(LexId),
    /// Another word of a statement.
    Word(CoreId),
}

/// A word of a statement with what it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    word: CoreId,
    before: Before,
    /// "more mass": more of it, or less.
    degree: Option<Degree>,
    sentence: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Degree {
    More,
    Less,
}

/// The roles of the words of a text, each once; `word` tells which word of the statements a token is. Members of a list have
/// the role of the first. What a word is (behind "is") or does with another to each other ("equals") shows no role, nor does
/// a word behind one that no statement has.
pub(super) fn roles(structure: &Structure, word: impl Fn(usize) -> Option<CoreId>) -> Vec<Role> {
    const LIST: Class = Class::MARK.with(Class::COORDINATOR);
    let mut roles = Vec::new();
    let mut before = Some(Before::Start);
    let mut of_last = before;
    let mut degree = None;
    let mut clause = u32::MAX;
    for (t, token) in structure.tokens.iter().enumerate() {
        if structure.clause_of[t] != clause {
            clause = structure.clause_of[t];
            before = Some(Before::Start);
            of_last = before;
            degree = None;
        }
        if token.is(Class::DEGREE_UP) {
            degree = Some(Degree::More);
        } else if token.is(Class::DEGREE_DOWN) {
            degree = Some(Degree::Less);
        } else if token.is(Class::BE) {
            before = None;
        } else if token.is(Class::PREP) {
            before = Some(Before::Preposition(token.lex));
        } else if token.is_content() {
            let word = word(t);
            // "and gives off honey": its subject stands in the clause before.
            let goes_on = before == Some(Before::Start) && token.is_verb();
            if let (Some(word), Some(before), false) = (word, before, goes_on) {
                roles.push(Role { word, before, degree, sentence: structure.sentence_of(t as u32) });
            }
            of_last = before;
            before = word.filter(|_| !token.is(Class::SYMMETRIC)).map(Before::Word);
            degree = None;
        } else if token.is(LIST) && before != Some(Before::Start) {
            before = of_last;
        }
    }
    sort_unique(&mut roles);
    roles
}

/// A word of a statement and what it follows there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    word: CoreId,
    before: Before,
}

impl Role {
    fn place(&self) -> Place {
        Place { word: self.word, before: self.before }
    }
}

/// The places of the words that have one place in all statements.
pub(super) fn only_places<'r>(statements: impl Iterator<Item = &'r Role>) -> Vec<Place> {
    let mut places: Vec<Place> = statements.map(Role::place).collect();
    sort_unique(&mut places);
    let of_one_place = places.chunk_by(|one, other| one.word == other.word).filter(|places| places.len() == 1);
    of_one_place.flatten().copied().collect()
}

/// Words that a sentence of an answer has in each other's places, and no sentence in their own, with the sentence: "mice
/// chase cats" for "cats chase mice", "takes in oxygen and gives off carbon dioxide" for the opposite. They are words of one
/// statement, or each has only one place in all of them.
pub(super) fn exchanged<'r>(
    statements: impl Iterator<Item = &'r [Role]>,
    only_places: &[Place],
    said: &[Role],
) -> Vec<(CoreId, u32)> {
    let mut said: Vec<(Place, u32)> = said.iter().map(|role| (role.place(), role.sentence)).collect();
    sort_unique(&mut said);
    let from = |place: Place| &said[said.partition_point(|(other, _)| *other < place)..];
    let sentences = |place: Place| from(place).iter().take_while(move |(other, _)| *other == place).map(|(_, at)| *at);
    let is_said =
        |word: CoreId| from(Place { word, before: Before::Start }).first().is_some_and(|(place, _)| place.word == word);
    let is_moved = |place: &Place| is_said(place.word) && sentences(*place).next().is_none();
    let mut exchanged = Vec::new();
    let mut compare = |moved: Vec<Place>| {
        for (i, one) in moved.iter().enumerate() {
            for other in &moved[i + 1..] {
                let [there, here] =
                    [(one, other), (other, one)].map(|(word, place)| Place { before: place.before, ..*word });
                let both = sentences(there).filter(|sentence| said.binary_search(&(here, *sentence)).is_ok());
                if one.word != other.word && one.before != other.before {
                    exchanged.extend(both.flat_map(|sentence| [(one.word, sentence), (other.word, sentence)]));
                }
            }
        }
    };
    for statement in statements {
        compare(statement.iter().map(Role::place).filter(is_moved).collect());
    }
    compare(only_places.iter().copied().filter(is_moved).collect());
    sort_unique(&mut exchanged);
    exchanged
}

/// Words of a statement that some sentences have less of where it has more, or the other way round.
pub(super) fn of_other_degree(wanted: &[Role], said: &[Role], sentences: &Range<usize>) -> Vec<CoreId> {
    let has_other = |role: &&Role| {
        let same = said.iter().filter(|other| other.word == role.word && other.degree.is_some());
        let mut same = same.filter(|other| sentences.contains(&(other.sentence as usize))).peekable();
        same.peek().is_some() && same.all(|other| other.degree != role.degree)
    };
    wanted.iter().filter(|role| role.degree.is_some()).filter(has_other).map(|role| role.word).collect()
}
