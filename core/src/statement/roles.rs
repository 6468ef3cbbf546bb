//! Who does what in a statement, told by the word that each word follows.

use crate::judge::Case;
use crate::language::{Class, LexId};
use crate::sort::sort_unique;
use crate::structure::Structure;
use std::ops::Range;

/// What stands in front of a content word, in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    /// Nothing: it opens its clause.
    Start,
    /// "from", "by"
    Preposition(LexId),
    /// Another word of the statement, by its place among the items.
    Item(u32),
}

/// A word of a statement with what it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Role {
    item: u32,
    before: Before,
    /// "more mass": more of it, or less.
    degree: Option<Degree>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Degree {
    More,
    Less,
}

/// The roles of the words in some tokens, each once; `item` tells which word of the statement a token is. Members of a list
/// have the role of the first. What a word is (behind "is") or does with another to each other ("equals") shows no role, nor
/// does a word behind one that the statement does not have.
pub(super) fn roles(structure: &Structure, tokens: Range<u32>, item: impl Fn(u32) -> Option<u32>) -> Vec<Role> {
    const LIST: Class = Class::MARK.with(Class::COORDINATOR);
    let mut roles = Vec::new();
    let mut before = Some(Before::Start);
    let mut of_last = before;
    let mut degree = None;
    let mut clause = u32::MAX;
    for t in tokens {
        let token = &structure.tokens[t as usize];
        if structure.clause_of[t as usize] != clause {
            clause = structure.clause_of[t as usize];
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
            let item = item(t);
            // "and gives off honey": its subject stands in the clause before.
            let goes_on = before == Some(Before::Start) && token.is_verb();
            if let (Some(item), Some(before), false) = (item, before, goes_on) {
                roles.push(Role { item, before, degree });
            }
            of_last = before;
            before = item.filter(|_| !token.is(Class::SYMMETRIC)).map(Before::Item);
            degree = None;
        } else if token.is(LIST) && before != Some(Before::Start) {
            before = of_last;
        }
    }
    sort_unique(&mut roles);
    roles
}

/// Two words of a statement that changed places: "mice chase cats" for "cats chase mice", "takes in oxygen and gives off
/// carbon dioxide" for the opposite.
pub(super) fn exchanged(wanted: &[Role], said: &[Role]) -> Option<[u32; 2]> {
    let has = |item: u32, before: Before| said.iter().any(|role| role.item == item && role.before == before);
    let moved: Vec<&Role> = wanted.iter().filter(|role| !has(role.item, role.before)).collect();
    moved.iter().enumerate().find_map(|(i, one)| {
        let other = moved[i + 1..].iter().find(|other| {
            one.item != other.item
                && one.before != other.before
                && has(one.item, other.before)
                && has(other.item, one.before)
        })?;
        Some([one.item, other.item])
    })
}

/// Words of a statement that an answer has less of where the statement has more, or the other way round.
pub(super) fn of_other_degree<'r>(wanted: &'r [Role], said: &'r [Role]) -> impl Iterator<Item = u32> + 'r {
    wanted.iter().filter(|role| role.degree.is_some()).filter_map(|role| {
        let mut same = said.iter().filter(|other| other.item == role.item && other.degree.is_some());
        let first = same.next()?;
        (first.degree != role.degree && same.all(|other| other.degree != role.degree)).then_some(role.item)
    })
}

/// The word of a statement that a token of an answer is a form of, by its place among the items.
pub(super) fn item_of(case: Case<'_>, statement: usize, token: u32) -> Option<u32> {
    let relations = case.memo.info(case.structure.tokens[token as usize].word).relations.iter();
    let mut items = relations.flat_map(|relation| &case.rubric.statement_items[relation.core.0 as usize]);
    items.find(|item| item.statement as usize == statement).map(|item| item.item)
}

/// The roles that the words of a statement have in some sentences of an answer.
pub(super) fn said_in(case: Case<'_>, statement: usize, sentences: Range<usize>) -> Vec<Role> {
    let all = &case.structure.sentences;
    let tokens = all[sentences.start].start..all[sentences.end - 1].end;
    roles(case.structure, tokens, |t| item_of(case, statement, t))
}
