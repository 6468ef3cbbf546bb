//! What is said to be wrong: the words of others, and what an answer takes back.

use super::{SENTENCE_BIT, Structure};
use crate::language::{Class, CueKind, Tag};
use crate::structure::{Clause, CueHit};

/// Tokens that a refutation takes back.
const LONGEST_REFUTED: u32 = 80;

impl Structure {
    /// "It is not true that …" denies the rest of the sentence, or as far as a contrast.
    pub(super) fn mark_false_sentences(&mut self) {
        let mut covered = 0;
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            // "contrary to what many think", "faster than many believe"
            const ASIDE: Class = Class::WH.with(Class::AS).with(Class::THAN);
            let is_aside = || hit.start > 0 && self.tokens[hit.start as usize - 1].is(ASIDE);
            if hit.kind == CueKind::SentenceNegation
                && hit.start >= covered
                && !is_aside()
                && !self.is_lifted(hit.start as usize)
            {
                let end = self.false_end(hit.end);
                // "many think", but not "it is wrong to think".
                let own = self.tokens[hit.start as usize..hit.end as usize].iter().any(|token| token.is(Class::TO));
                self.deny_all(hit.end, end, !own && self.tells_belief(hit.start, hit.end));
                covered = end;
            } else if let Some(start) = self.named_mistake(hit).filter(|_| hit.start >= covered) {
                covered = self.false_end(start);
                // "a mistake is to think that …" disputes it, "a mistake is to do it" only advises against it.
                let opening = start..covered.min(start + 3);
                let disputes = opening.clone().any(|t| self.tokens[t as usize].is(Class::THAT.with(Class::REPORT)));
                self.deny_all(start, covered, !disputes);
            }
        }
    }

    /// Where ends what is called wrong: at what holds instead, at what is presupposed, else with the sentence.
    fn false_end(&self, start: u32) -> u32 {
        let sentence = self.sentence_of(start - 1);
        let end = self.sentences[sentence as usize].end;
        let mut behind = self.clauses[self.clause_of[start.min(end - 1) as usize] as usize + 1..]
            .iter()
            .take_while(|clause| clause.sentence == sentence);
        let ends =
            |clause: &&Clause| self.turns_away(**clause) || self.denies_beside(**clause) || self.corrects(**clause);
        let end = behind.find(ends).map_or(end, |clause| clause.start);
        // "a mistake is to forget that …"
        (start..end).find(|&t| self.stands_alone(t as usize)).unwrap_or(end)
    }

    /// "A mistake that I often see is | using salt", "the worst thing you can do is | to use salt": where the mistake begins.
    fn named_mistake(&self, hit: CueHit) -> Option<u32> {
        const REACH: usize = 8;
        const DEED: Class = Class::VERB_BASE.with(Class::THAT).with(Class::TO);
        let (start, end) = (hit.start as usize, self.sentence_at(hit.start as usize).end as usize);
        if hit.kind != CueKind::Mistake || self.is_lifted(start) || self.polarity[start].masked {
            return None;
        }
        let is = (hit.end as usize..end).take(REACH).find(|&t| self.tokens[t].is(Class::BE.with(Class::MARK)))?;
        let said = (is + 1..end).find(|&t| !self.tokens[t].is(Class::ADV))?;
        let is_deed = self.tokens[said].is(DEED) || self.tokens[said].tag == Tag::ING;
        (self.tokens[is].is(Class::BE) && is_deed).then_some(is as u32 + 1)
    }

    pub(super) fn mark_refuted(&mut self) {
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if hit.kind == CueKind::Refutation && self.is_refutation(hit) {
                let (start, end) = self.said_before(hit);
                self.deny_all(start, end, self.is_of_others(start, end));
            } else if let Some(verdict) = self.verdict(hit) {
                let (start, end) = self.said_before(verdict);
                self.deny_all(start, end, true);
            } else if let Some((start, end)) = self.labelled_false(hit) {
                self.deny_all(start, end, true);
            }
        }
        self.mark_rejected();
    }

    /// "Some say that X; they are outdated", "… widespread but unfounded", "in fact it is the opposite".
    fn mark_rejected(&mut self) {
        for t in 0..self.tokens.len() {
            if !self.tokens[t].is(Class::REJECTED) {
                continue;
            }
            let word = CueHit { kind: CueKind::Verdict, start: t as u32, end: t as u32 + 1 };
            if let Some((start, end)) = self.labelled_false(word).filter(|_| self.labels(t)) {
                self.deny_all(start, end, true);
            } else if let Some(verdict) = self.verdict(word) {
                let (start, end) = self.said_before(verdict);
                if self.tells_belief(start, end) {
                    self.deny_all(start, end, true);
                }
            }
        }
    }

    /// "Wrong: …" where a sentence begins.
    fn labels(&self, t: usize) -> bool {
        let start = self.sentence_at(t).start as usize;
        self.tokens[start..t].iter().all(|token| token.is_mark() || token.is(Class::ARTICLE))
    }

    /// Whether "…, which is wrong" stands for itself, and "it does not" or a bare "wrong" behind a belief, an attempt or a wish.
    pub(super) fn is_refutation(&self, hit: CueHit) -> bool {
        let (start, end) = (hit.start as usize, hit.end as usize);
        let closes = self.tokens.get(end).is_none_or(|next| next.is_mark() || next.is(Class::CLAUSE_OPENER));
        let is_bare = !self.tokens[start..end].iter().any(|token| token.is(Class::AUX));
        let opens = !is_bare || start > 0 && self.tokens[start - 1].is(Class::MARK.with(Class::CONTRAST));
        let needs_belief = is_bare || self.tokens[start].is(Class::SUBJECT_PRON.with(Class::AUX));
        // "The pump is quiet? No.", "Is it quiet? It is not.", "The pump is quiet - not true."
        let answers = start > 0 && self.answers(start, end, is_bare);
        let said = self.said_before(hit).0;
        let is_doubtful = || self.tells_belief(said, hit.start) || self.has_cue(said, hit.start, CueKind::Unreal);
        closes && opens && (answers || !needs_belief || is_doubtful())
    }

    /// Whether a word of rejection answers a question, or stands alone behind a dash.
    fn answers(&self, start: usize, end: usize, is_bare: bool) -> bool {
        let before = &self.tokens[start - 1];
        let is_last = self.tokens.get(end).is_none_or(|next| next.is(Class::SENTENCE_END));
        let rejects = end - start > 1 || self.tokens[start].is(Class::REJECTED);
        before.is(Class::QUESTION) || is_bare && before.is(Class::DASH) && is_last && rejects
    }

    /// What a refutation, or a cue like it, speaks of: what its sentence says before it, else the sentence before.
    pub(in crate::structure) fn said_before(&self, hit: CueHit) -> (u32, u32) {
        let s = self.sentence_of(hit.start) as usize;
        let start = self.sentences[s].start;
        // "In fact | it is the opposite".
        let lead = if self.tokens[start as usize].is(Class::PREP) { 2 } else { 0 };
        let near = (start + lead).max(hit.start.saturating_sub(LONGEST_REFUTED)).min(hit.start);
        let says_something = self.tokens[near as usize..hit.start as usize].iter().any(|token| token.is_content());
        let (start, end) = match s.checked_sub(1) {
            Some(before) if !says_something => (self.sentences[before].start, self.sentences[before].end),
            _ => (start, hit.start),
        };
        (start.max(end.saturating_sub(LONGEST_REFUTED)), end)
    }

    /// "That X does Y | is a common myth", with the verb, and "that" in front of it.
    fn verdict(&self, hit: CueHit) -> Option<CueHit> {
        const REACH: u32 = 4;
        if hit.kind != CueKind::Verdict || !self.closes(hit.end as usize) {
            return None;
        }
        let token = |t: u32| &self.tokens[t as usize];
        let first = self.sentence_at(hit.start as usize).start;
        let be = (first.max(hit.start.saturating_sub(REACH))..hit.start).rev().find(|&t| token(t).is(Class::BE))?;
        let denied = (be..hit.start).any(|t| token(t).is(Class::NEG_WORD));
        (!denied).then_some(CueHit { start: be, ..hit })
    }

    /// "Common myth: | X does Y |; in truth …"
    fn labelled_false(&self, hit: CueHit) -> Option<(u32, u32)> {
        let end = self.sentence_at(hit.start as usize).end;
        if hit.kind != CueKind::Verdict || hit.end == end || !self.tokens[hit.end as usize].is(Class::COLON) {
            return None;
        }
        let told = hit.end + 1..end.min(hit.end + 1 + LONGEST_REFUTED);
        let is_answered = |t: &u32| {
            let before = &self.tokens[*t as usize - 1];
            before.is(Class::SEMICOLON) || before.is(Class::COMMA) && self.tokens[*t as usize].is(Class::CONTRAST)
        };
        let end = told.clone().skip(1).find(is_answered).unwrap_or(told.end);
        Some((told.start, end))
    }

    /// "… but it is", "…: it is", "… since it is": says what holds instead, or why.
    pub(in crate::structure) fn turns_away(&self, clause: Clause) -> bool {
        const TURNS: Class = Class::CONTRAST.with(Class::REASON).with(Class::COLON);
        let mut opening = clause.tokens().take(2);
        opening.any(|t| self.tokens[t].is(TURNS) && !self.is_reason_phrase(t))
    }

    /// "It is a myth that it is hot, | it is cold", "… - it is cold", "…, in fact it is cold": what holds instead of what was
    /// told.
    pub(in crate::structure) fn corrects(&self, clause: Clause) -> bool {
        const OPENING: u32 = 3;
        const BESIDE: usize = 4;
        let opening = clause.start..clause.end.min(clause.start + OPENING);
        let tells_truth = self.has_cue(opening.start, opening.end, CueKind::Truth);
        let c = self.clause_of[clause.start as usize] as usize;
        let opens = |clause: &Clause, class: Class| self.tokens[clause.start as usize].is(class);
        // "it is - as they say - cold"
        let near = &self.clauses[c.saturating_sub(BESIDE)..self.clauses.len().min(c + 1 + BESIDE)];
        let dashes = || near.iter().filter(|other| other.sentence == clause.sentence && opens(other, Class::DASH));
        // "when you open it, it is cold"
        let follows_condition = || c > 0 && opens(&self.clauses[c - 1], Class::SUBORDINATOR.with(Class::HYPOTHESIS));
        let goes_on = || match self.tokens[opening.start as usize..opening.end as usize] {
            [comma, pronoun, _] => {
                comma.is(Class::COMMA)
                    && pronoun.is(Class::SUBJECT_PRON)
                    && pronoun.is(Class::CARRY)
                    && self.is_finite_verb(opening.start as usize + 2)
            }
            _ => false,
        };
        tells_truth || opens(&clause, Class::DASH) && dashes().count() == 1 || goes_on() && !follows_condition()
    }

    /// "It does not mean that A does X, | and B does not": a denial of its own.
    fn denies_beside(&self, clause: Clause) -> bool {
        let mut tokens = self.tokens[clause.tokens()].iter();
        tokens.next().is_some_and(|first| first.is(Class::COMMA.with(Class::AND)))
            && tokens.any(|token| token.is(Class::NOT))
    }

    /// Whether somebody is said to think or claim something.
    pub(super) fn tells_belief(&self, start: u32, end: u32) -> bool {
        self.has_cue(start, end, CueKind::Belief)
    }

    /// Whether it is said or done by others, or was only tried: "beginners often do it".
    fn is_of_others(&self, start: u32, end: u32) -> bool {
        [CueKind::Belief, CueKind::Reporter, CueKind::Unreal].iter().any(|kind| self.has_cue(start, end, *kind))
    }

    /// Denies whatever a text says, with its own denials. Where only the words of others are disputed, often for a nuance,
    /// nothing is contradicted.
    pub(super) fn deny_all(&mut self, start: u32, end: u32, of_others: bool) {
        for polarity in &mut self.polarity[start as usize..end as usize] {
            polarity.forward |= polarity.back | SENTENCE_BIT;
            polarity.told = false;
            polarity.prevented |= if of_others { SENTENCE_BIT } else { 0 };
        }
    }
}
