//! What an answer does not claim although it says it: what it takes back, and what it leaves open.

use super::{Clause, CueHit, Mention, Structure, Token};
use crate::language::{Class, CueKind};
use std::ops::Range;

/// Tokens between "whether" and its "or not".
const LONGEST_ALTERNATIVE: usize = 60;
/// Alternatives behind semicolons.
const MOST_ALTERNATIVES: usize = 12;

impl Structure {
    /// "A is fast, no wait, …": the clause before is taken back, unless only its subject is corrected.
    pub(super) fn mark_corrections(&mut self) {
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if let Some(before) = self.corrected(hit).filter(|_| self.corrected_name(hit).is_none()) {
                self.clauses[before].unclaimed = true;
            }
        }
    }

    /// The clause that a correction takes back.
    pub(super) fn corrected(&self, hit: CueHit) -> Option<usize> {
        let says_something = |clause: &Clause| {
            let end = clause.end.min(hit.start);
            (clause.start..end).any(|t| self.tokens[t as usize].is_content())
        };
        let c = self.clause_of[hit.start as usize] as usize;
        let before = (c.saturating_sub(2)..=c).rev().find(|&c| says_something(&self.clauses[c]));
        before.filter(|_| self.is_correction(hit))
    }

    /// "Sorry" corrects between marks where no excuse follows ("sorry, no time left"), "or rather" in front of a verb.
    pub(super) fn is_correction(&self, hit: CueHit) -> bool {
        const EXCUSE: Class = Class::FIRST_PERSON.with(Class::NEG_WORD);
        let (start, end) = (hit.start as usize, hit.end as usize);
        let stands_alone = || {
            let opens = start == 0 || self.tokens[start - 1].is_mark();
            let goes_on = |mark: &Token| mark.is_mark() && !mark.is(Class::SENTENCE_END);
            let next = self.tokens.get(end + 1);
            opens && self.tokens.get(end).is_some_and(goes_on) && next.is_some_and(|next| !next.is(EXCUSE))
        };
        let corrects = match end - start {
            1 => stands_alone(),
            _ if self.tokens[start].is(Class::OR) => end < self.tokens.len() && self.is_finite_verb(end),
            _ => true,
        };
        hit.kind == CueKind::Correction && corrects
    }

    /// "A climbs, no wait, B": the name that alone stands behind a correction, where the clause before names one.
    pub(super) fn corrected_name(&self, hit: CueHit) -> Option<Mention> {
        const LEADS: Class = Class::DET.with(Class::COMMA).with(Class::DASH);
        let before = self.clauses[self.corrected(hit)?];
        let before = Clause { end: before.end.min(hit.start), ..before };
        let at = (hit.end as usize..self.tokens.len()).find(|&t| !self.tokens[t].is(LEADS))?;
        let name = self.mention_at(at)?;
        let is_last = self.tokens.get(name.end as usize).is_none_or(|next| next.is(Class::SENTENCE_END));
        let says = (before.start..before.end).any(|t| self.is_finite_verb(t as usize));
        (is_last && says && self.mentions_in(before).count() == 1).then_some(name)
    }

    /// "The question is whether …", "…, or is it the other way round?": neither claimed nor denied.
    pub(super) fn mark_open(&mut self) {
        // What one leaves open, another one in it leaves open as well.
        let mut covered = 0;
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            let open = match hit.kind {
                CueKind::Open if hit.start < covered => None,
                CueKind::Open => self.open_behind(hit),
                CueKind::OpenBefore => self.open_before(hit),
                _ => None,
            };
            if let Some(Range { start, end }) = open.filter(|open| !open.is_empty()) {
                covered = covered.max(end);
                let (first, last) = (self.clause_of[start as usize], self.clause_of[end as usize - 1]);
                self.clauses[first as usize..=last as usize].iter_mut().for_each(|clause| clause.unclaimed = true);
            }
        }
    }

    /// The rest of the sentence, or as far as it turns to what holds instead.
    fn open_behind(&self, hit: CueHit) -> Option<Range<u32>> {
        const LEADS: Class = Class::COMPLEMENT.with(Class::COLON);
        let next = self.tokens.get(hit.end as usize)?;
        // "I never knew that it boils" says that it does.
        if !self.tokens[hit.end as usize - 1].is(Class::COMPLEMENT.with(Class::THAT)) && !next.is(LEADS) {
            return None;
        }
        let sentence = self.sentence_of(hit.start);
        let behind = self.clause_of[hit.end as usize] as usize + 1;
        let turn = self.clauses[behind..]
            .iter()
            .take_while(|clause| clause.sentence == sentence)
            .find(|clause| self.turns_away(**clause));
        let end = turn.map_or_else(|| self.end_of_alternatives(sentence as usize), |clause| clause.start);
        Some(hit.end..end)
    }

    /// "…; or …; or …"
    fn end_of_alternatives(&self, first: usize) -> u32 {
        let goes_on = |end: u32| self.tokens.get(end as usize).is_some_and(|token| token.is(Class::OR));
        let last = self.sentences.len().min(first + MOST_ALTERNATIVES) - 1;
        let mut ends = self.sentences[first..last].iter().map(|sentence| sentence.end);
        ends.find(|end| !goes_on(*end)).unwrap_or(self.sentences[last].end)
    }

    /// What its sentence says before it, else the sentence before.
    fn open_before(&self, hit: CueHit) -> Option<Range<u32>> {
        let closes = self.tokens.get(hit.end as usize).is_none_or(|next| next.is_mark());
        let first = self.sentence_at(hit.start as usize).start;
        let before = &self.tokens[first as usize..hit.start as usize];
        let before = &before[before.len().saturating_sub(LONGEST_ALTERNATIVE)..];
        // "checks whether it boils or not", "either it boils or it does not"
        let weighs =
            self.tokens[hit.start as usize].is(Class::OR) && before.iter().any(|token| token.is(Class::ALTERNATIVE));
        // "you may sit or not" goes on, ", or not" does not.
        let is_short = hit.end - hit.start <= 2 && !self.tokens[hit.start as usize].is(Class::AUX);
        let is_apart = before.last().is_none_or(|token| token.is_mark());
        let (start, end) = self.said_before(hit);
        (closes && !weighs && (is_apart || !is_short)).then_some(start..end)
    }
}
