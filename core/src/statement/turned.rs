//! What an answer turns round of a statement by a word or two, and says else as it stands.

use super::roles::of_other_degree;
use super::{Item, Statement, is_denied};
use crate::judge::Case;
use crate::vocabulary::CoreId;
use std::ops::Range;

/// A word of less weight, such as one of the prompt, turns nothing round.
const LEAST_WEIGHT: u32 = 3;

/// Clauses of a statement that an answer turns round; mostly none.
#[derive(Debug, Default)]
pub(super) struct Turned {
    /// By two words in each other's places, by a word with its opposite, or by "less" for "more".
    pub(super) once: Vec<u32>,
    /// In two of these ways, which says the same again: "B is smaller than A" for "A is larger than B".
    pub(super) twice: Vec<u32>,
}

impl Turned {
    /// What some sentences turn round of a statement.
    pub(super) fn by(case: Case<'_>, statement: usize, sentences: Range<usize>) -> Self {
        let wanted = &case.rubric.statements[statement];
        let exchanged = wanted.clauses_with(|word| case.coverage.is_exchanged(word, &sentences));
        let other_degree = of_other_degree(&wanted.roles, &case.coverage.roles, &sentences);
        let mut opposed = opposed_clauses(case, statement, sentences);
        opposed.extend(wanted.clauses_with(|word| other_degree.contains(&word)));
        let (twice, exchanged): (Vec<u32>, Vec<u32>) = exchanged.iter().partition(|clause| opposed.contains(clause));
        opposed.retain(|clause| !twice.contains(clause));
        Self { once: [exchanged, opposed].concat(), twice }
    }
}

impl Statement {
    /// Clauses in which such words stand.
    fn clauses_with(&self, words: impl Fn(CoreId) -> bool) -> Vec<u32> {
        self.items.iter().filter(|item| words(item.core)).map(|item| item.clause).collect()
    }
}

/// The clauses of a statement of which some sentences say one word by its opposite, and most of the others as they are.
fn opposed_clauses(case: Case<'_>, statement: usize, sentences: Range<usize>) -> Vec<u32> {
    let clause = |token: u32| case.structure.clause_of[token as usize];
    let best: Vec<(&Item, (i32, u32))> =
        case.coverage.best(&case.rubric.statements[statement], sentences.start, sentences.len()).collect();
    let says_the_rest = |opposed: &Item, at: u32| {
        let rest = best.iter().filter(|(item, _)| item.clause == opposed.clause && !std::ptr::eq(*item, opposed));
        let said = rest.clone().filter(|(_, (value, token))| *value > 0 && clause(*token) == clause(at));
        let said: u32 = said.map(|(item, _)| item.weight).sum();
        said >= LEAST_WEIGHT && said * 2 >= rest.map(|(item, _)| item.weight).sum()
    };
    let is_form = |token: u32| {
        let relations = &case.memo.info(case.structure.tokens[token as usize].word).relations;
        relations.iter().any(|relation| best.iter().any(|(item, _)| item.core == relation.core))
    };
    // "not cold" and "unheard" are denials, no opposites.
    let is_opposite = |token: u32| {
        let agrees = best.iter().any(|(_, (value, other))| *value > 0 && *other == token);
        !agrees && !is_denied(case.structure, token as usize) && !is_form(token)
    };
    let opposed = best.iter().filter(|(item, (value, token))| {
        *value < 0 && item.weight >= LEAST_WEIGHT && is_opposite(*token) && says_the_rest(item, *token)
    });
    opposed.map(|(item, _)| item.clause).collect()
}
