//! Sentences inside sentences: whether what somebody says, knows or denies holds.
//!
//! "Nobody knows that X" presupposes X, so the denial ends at "that". "I would not say that X" denies X too. "I deny that X"
//! denies X unless it is denied itself. "Some say that X" leaves X open: it is told, not asserted.

use super::{SENTENCE_BIT, Structure};
use crate::language::{Class, CueKind};
use crate::structure::{CueHit, Token};
use std::ops::Range;

/// Tokens between a word of saying and what is said.
const MOST_BETWEEN: usize = 3;
/// Tokens of what is said.
const LONGEST_TOLD: usize = 80;

impl Structure {
    /// Whether a "that" opens what is presupposed, or has a denial of its own: "know | that", "the fact | that",
    /// "deny | that", "wrong | that", "doubt | it rusts".
    pub(super) fn stands_alone(&self, that: usize) -> bool {
        let hangs_on = |t: usize| self.tokens[t].is(Class::FACTIVE) || self.denies_that(t);
        self.tokens[that].is(Class::THAT) && self.before_that(that).is_some_and(hangs_on) || self.is_doubted(that)
    }

    /// "I doubt | it rusts", but not "I doubt it": a sentence without a "that".
    fn is_doubted(&self, start: usize) -> bool {
        const SENTENCE: usize = 8;
        const ENDS: Class = Class::MARK.with(Class::CONJ).with(Class::TO);
        let doubts = start > 0 && self.tokens[start - 1].is(Class::DOUBTS) && !self.tokens[start].is(Class::THAT);
        let mut said = (start..self.tokens.len()).take(SENTENCE).take_while(|&t| !self.tokens[t].is(ENDS)).skip(1);
        doubts && said.any(|t| self.is_sure_verb(t))
    }

    /// The word that a "that" hangs on: "stress enough | that".
    fn before_that(&self, that: usize) -> Option<usize> {
        (that.saturating_sub(2)..that).rev().find(|&t| !self.tokens[t].is(Class::ADV))
    }

    /// "deny that", "wrong that".
    fn denies_that(&self, t: usize) -> bool {
        self.tokens[t].is(Class::DENIES.with(Class::REJECTED))
    }

    /// The clause behind a denied "say that", "mean that" or "check that", which is denied with it.
    pub(super) fn told_behind(&self, c: usize) -> Option<Range<usize>> {
        const TELLS: Class = Class::REPORT.with(Class::TAKES_CLAUSE);
        const OWN: Class = Class::FACTIVE.with(Class::DENIES);
        let (clause, next) = (self.clauses[c], self.clauses.get(c + 1)?);
        let start = next.start as usize;
        let from = if self.tokens[start].is(Class::THAT) { start + 1 } else { start };
        const SKIPPED: Class = Class::PRON.with(Class::ADV).with(Class::THAT);
        let tells = (clause.start as usize..start).rev().take(MOST_BETWEEN).find(|&t| !self.tokens[t].is(SKIPPED))?;
        let goes_on = next.sentence == clause.sentence && from < next.end as usize && !self.tokens[from].is_mark();
        let opens =
            self.tokens[from - 1].is(Class::THAT) || !self.tokens[from].is(Class::CLAUSE_OPENER.with(Class::CONJ));
        let is_told = |token: &Token| token.is(TELLS) || from > start && token.is_verb() && !token.is(OWN);
        (goes_on && opens && is_told(&self.tokens[tells])).then_some(from..next.end as usize)
    }

    /// "I doubt that …", "I doubt it …", "it is wrong that …", unless that is denied: "nobody doubts that …".
    pub(super) fn mark_doubted(&mut self) {
        for that in 1..self.tokens.len() {
            let hangs_on = self.before_that(that).filter(|&t| self.tokens[that].is(Class::THAT) && self.denies_that(t));
            let hangs_on = hangs_on.filter(|_| self.goes_on(that));
            let Some(doubts) = hangs_on.or(self.is_doubted(that).then(|| that - 1)) else { continue };
            if !self.polarity[doubts].masked && !self.is_lifted(doubts) {
                let of_others = self.is_reported(self.clause_at(doubts).start as usize, doubts);
                let start = doubts.max(that - 1) + usize::from(hangs_on.is_some()) + 1;
                self.deny_all(start as u32, self.told_end(start), of_others);
            }
        }
    }

    /// Whether the sentence of a token has another behind it.
    fn goes_on(&self, t: usize) -> bool {
        t + 1 < self.sentence_at(t).end as usize
    }

    /// Whether a word of denial is denied itself: "never doubt", "no denying", "wrong to deny".
    pub(super) fn is_lifted(&self, t: usize) -> bool {
        let polarity = &self.polarity[t];
        let wrong_to = t >= 2 && self.tokens[t - 1].is(Class::TO) && self.tokens[t - 2].is(Class::REJECTED);
        wrong_to || (polarity.forward & !polarity.own).count_ones() % 2 == 1
    }

    /// "Some say that …", "suppose …", and an idea that is dismissed.
    pub(super) fn mark_told(&mut self) {
        for t in 0..self.tokens.len() {
            if !self.tokens[t].is(Class::REPORT) {
                continue;
            }
            let Some(start) = self.told_start(t) else { continue };
            if self.is_reported(self.clause_at(t).start as usize, t) {
                self.tell(start, self.told_end(start) as usize);
            }
        }
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            let (start, end) = (hit.start as usize, hit.end as usize);
            match hit.kind {
                CueKind::Supposition if self.goes_on(end - 1) => {
                    self.tell(end, self.told_end(end).max(hit.end) as usize);
                }
                CueKind::Belief if self.tokens[end - 1].is(Class::THAT) && self.is_dismissed(start) => {
                    let comma = (hit.end..self.told_end(end)).find(|&t| self.tokens[t as usize].is(Class::COMMA));
                    self.deny_all(hit.end, comma.unwrap_or_else(|| self.told_end(end)).max(hit.end), true);
                }
                _ => {}
            }
        }
    }

    /// "If you open it, …", "… if you open it": supposed, not said. Not so what somebody asks ("checks if it is open"), or
    /// what something is ("A is when …").
    pub(super) fn mark_conditions(&mut self) {
        const OPENS: Class = Class::MARK.with(Class::COORDINATOR).with(Class::ADV);
        const TELLS: Class = Class::BE.with(Class::INQUIRES);
        for c in 0..self.clauses.len() {
            let clause = self.clauses[c];
            let (start, end) = (clause.start as usize, clause.end as usize);
            let Some(opening) = (start..end).find(|&t| !self.tokens[t].is(OPENS)) else { continue };
            let is_told = opening > 0 && self.tokens[opening - 1].is(TELLS);
            // "If not A, then B" leaves out A.
            let is_elliptic = self.tokens.get(opening + 1).is_some_and(|next| next.is(Class::NOT));
            if self.tokens[opening].is(Class::SUPPOSES) && !is_told && !is_elliptic {
                let supposed = opening..self.condition_end(opening, end);
                self.polarity[supposed].iter_mut().for_each(|polarity| polarity.supposed = true);
            }
        }
    }

    /// "Keep it dry, otherwise it rusts", "it would otherwise rust": what follows if somebody does not.
    pub(super) fn mark_otherwise(&mut self) {
        const BEHIND: Class = Class::MARK.with(Class::OR).with(Class::MODAL);
        for t in 0..self.tokens.len() {
            let follows = t.checked_sub(1).is_none_or(|before| self.tokens[before].is(BEHIND));
            if self.tokens[t].is(Class::OTHERWISE) && follows {
                let supposed = t..self.told_end(t) as usize;
                self.polarity[supposed].iter_mut().for_each(|polarity| polarity.supposed = true);
            }
        }
    }

    /// Where a condition ends: at a comma or a second subject ("if it rains | we go"), else with its clause; where it begins
    /// if a second verb leaves open which part is the condition.
    fn condition_end(&self, opening: usize, clause_end: usize) -> usize {
        const BEGINS: Class = Class::COMMA.with(Class::COLON).with(Class::THEN);
        const BEFORE_NOUN: Class = Class::DET.with(Class::PREP).with(Class::AUX).with(Class::ADV);
        let is_verb = |t: usize| self.is_finite_verb(t) && !self.tokens[t - 1].is(BEFORE_NOUN);
        let mut n_verbs = 0;
        for t in opening + 1..clause_end {
            n_verbs += u32::from(is_verb(t));
            if self.tokens[t].is(BEGINS) || self.tokens[t].is(Class::SUBJECT_PRON) && t > opening + 1 {
                return t;
            }
            if n_verbs > 1 {
                return opening;
            }
        }
        clause_end
    }

    /// What is called wrong stays denied.
    fn tell(&mut self, start: usize, end: usize) {
        for polarity in &mut self.polarity[start..end] {
            polarity.told |= polarity.forward & SENTENCE_BIT == 0;
        }
    }

    /// Where begins what is said: behind "say", "told us that"; without a "that" only where a sentence follows.
    fn told_start(&self, says: usize) -> Option<usize> {
        const SENTENCE: usize = 8;
        let sentence_end = self.sentence_at(says).end as usize;
        let skipped = |t: &usize| self.tokens[*t].is(Class::PRON.with(Class::ADV));
        let that = (says + 1..sentence_end).take(MOST_BETWEEN).find(|t| !skipped(t))?;
        if self.tokens[that].is(Class::THAT) {
            return (that + 1 < sentence_end).then_some(that + 1);
        }
        let next = says + 1;
        const NO_SENTENCE: Class = Class::MARK.with(Class::PREP).with(Class::CONJ).with(Class::NOT).with(Class::WH);
        // "the bits tell the index" tells no sentence.
        let believes = self.tokens[says].is(Class::TAKES_CLAUSE) || self.tells_belief(says as u32, says as u32 + 1);
        let opens = believes && !self.is_finite_verb(next) && !self.tokens[next].is(NO_SENTENCE);
        let mut said = (next..sentence_end).take(SENTENCE).take_while(|&t| !self.tokens[t].is_mark());
        (opens && said.any(|t| self.is_finite_verb(t))).then_some(next)
    }

    /// Where ends what is said: at a contrast, a correction, a reason or a colon, else with the sentence.
    fn told_end(&self, start: usize) -> u32 {
        let c = self.clause_of[start.min(self.tokens.len() - 1)] as usize;
        let sentence = self.clauses[c].sentence;
        let end = self.sentences[sentence as usize].end.min((start + LONGEST_TOLD) as u32);
        let mut behind = self.clauses[c + 1..].iter().take_while(|clause| clause.start < end);
        behind.find(|clause| self.turns_away(**clause) || self.corrects(**clause)).map_or(end, |clause| clause.start)
    }

    /// Whether others say what a verb tells, or nobody in particular: "some say", "I used to think", "saying that".
    fn is_reported(&self, clause_start: usize, says: usize) -> bool {
        let is_deed = self.tokens[says].is(Class::VERB_ING) && self.opening(clause_start..says + 1) == Some(says);
        let mut cues = self.cues_in(clause_start as u32, says as u32).iter();
        let reporter = cues.find(|hit| hit.kind == CueKind::Reporter);
        let is_nobody = |reporter: &CueHit| {
            self.tokens[clause_start..reporter.start as usize].iter().any(|token| token.is(Class::NEG_WORD))
        };
        is_deed || reporter.is_some_and(|reporter| !is_nobody(reporter))
    }

    /// "Forget the idea that …".
    fn is_dismissed(&self, idea: usize) -> bool {
        const REACH: usize = 4;
        let start = self.clause_at(idea).start as usize;
        let dismisses =
            (start.max(idea.saturating_sub(REACH))..idea).rev().find(|&t| self.tokens[t].is(Class::DISMISSES));
        dismisses.is_some_and(|t| !self.is_lifted(t))
    }
}
