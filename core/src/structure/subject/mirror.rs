//! The second reading of a clause, for another subject: comparisons and ellipses.

use super::names_in;
use crate::language::{Class, CueKind};
use crate::structure::{Clause, Mention, Structure};

/// Clauses that an ellipsis looks back over.
const ELLIPSIS_REACH: usize = 8;

impl Structure {
    /// "A is faster than B" also says that B is not; "A is as fast as B" says the same of both.
    pub(super) fn mirror_comparison(&mut self, c: usize) {
        let clause = self.clauses[c];
        let start = clause.start as usize;
        let compared: Vec<Mention> = self.mentions_in(clause).filter(|mention| self.is_compared(*mention)).collect();
        for mention in compared {
            let at = mention.start as usize;
            let Some(marker) =
                (start.max(at.saturating_sub(3))..at).rev().find(|&t| self.tokens[t].is(Class::THAN.with(Class::AS)))
            else {
                continue;
            };
            let before = start..marker;
            let denied = self.tokens[before.clone()].iter().any(|token| token.is(Class::NOT));
            let sign = if self.tokens[marker].is(Class::THAN) {
                let compares = self.tokens[before.clone()].iter().any(|token| token.is(Class::COMPARATIVE));
                if denied || !compares {
                    continue;
                }
                -1
            } else {
                if !self.tokens[before.clone()].iter().any(|token| token.is(Class::AS)) {
                    continue;
                }
                if denied { -1 } else { 1 }
            };
            for t in before {
                if self.mention_of[t] == 0 {
                    self.mirror[t] = (1 << mention.subject, sign);
                }
            }
        }
    }

    /// "A needs it, B does not": the clause before is read again for B.
    pub(super) fn repeat_for_ellipsis(&mut self, c: usize) {
        let clause = self.clauses[c];
        let (start, end) = (clause.start as usize, clause.end as usize);
        let instance = || names_in(&self.instances, clause.start, clause.end).next();
        let Some(mention) = self.mentions_in(clause).next().or_else(instance) else { return };
        let words: Vec<usize> = (start..end).filter(|&t| !self.tokens[t].is_mark()).collect();
        let tail_len =
            words.iter().rev().take_while(|&&t| self.tokens[t].is(Class::AUX.with(Class::ELLIPSIS_TAIL))).count();
        let (head, tail) = words.split_at(words.len() - tail_len);
        let inverted = head.iter().all(|&t| {
            self.tokens[t].is(Class::AUX.with(Class::SAMENESS).with(Class::CLAUSE_LEAD).with(Class::DET))
                || self.mention_of[t] != 0
        });
        // "…, and so does B": the name stands last.
        let has = |class: Class| words.iter().any(|&t| self.tokens[t].is(class));
        let named_last = tail.is_empty() && inverted && has(Class::SAMENESS) && has(Class::AUX);
        let tail = if named_last { &words[..] } else { tail };
        let says_something = tail.iter().any(|&t| self.tokens[t].is(Class::AUX.with(Class::NEG_WORD)));
        // "X means it cannot": the verb in front of the pronoun is not what is said of X.
        let spoken = if head.last().is_some_and(|&t| self.tokens[t].is(Class::SUBJECT_PRON)) {
            &head[..head.len().saturating_sub(2)]
        } else {
            head
        };
        let has_verb = spoken.iter().any(|&t| self.is_sure_verb(t));
        const MOST_WORDS: usize = 9;
        if tail.is_empty() || !says_something || words.len() > MOST_WORDS || has_verb && !inverted || c == 0 {
            return;
        }
        // "B is | therefore cold": the predicate follows.
        const GOES_ON: Class = Class::COORDINATOR.with(Class::SUBORDINATOR).with(Class::CONTRAST);
        let predicate_follows = self.clauses.get(c + 1).is_some_and(|next| {
            let opening = &self.tokens[next.start as usize];
            next.sentence == clause.sentence && !opening.is_mark() && !opening.is(GOES_ON)
        });
        // "B what he can": the verb of the clause before is understood.
        let asks = head.iter().skip(1).any(|&t| self.tokens[t].is(Class::WH) && self.mention_of[t] == 0);
        if predicate_follows || asks {
            return;
        }
        let same = words.iter().any(|&t| self.tokens[t].is(Class::SAMENESS))
            && !tail.iter().any(|&t| self.tokens[t].is(Class::NOT));
        // The clause that holds the predicate: short ones in between are connectors, those without a verb are additions.
        let sentence = clause.sentence;
        let candidates: Vec<usize> = (0..c)
            .rev()
            .take(ELLIPSIS_REACH)
            .take_while(|&p| self.clauses[p].sentence + 1 >= sentence)
            .filter(|&p| self.clauses[p].end - self.clauses[p].start >= 3 && !self.is_subordinate(self.clauses[p]))
            .collect();
        let has_predicate =
            |&&p: &&usize| (self.clauses[p].start..self.clauses[p].end).any(|t| self.is_finite_verb(t as usize));
        let Some(&before) = candidates.iter().find(has_predicate).or(candidates.first()) else { return };
        let denies = tail.iter().any(|&t| self.tokens[t].is(Class::NEG_WORD));
        let was_denied = self.has_cue(self.clauses[before], CueKind::Negation);
        // "A does not, B does": the auxiliary alone takes the denial back.
        let sign = if same {
            1
        } else if denies || was_denied {
            -1
        } else {
            1
        };
        for t in self.clauses[before].start as usize..self.clauses[before].end as usize {
            if self.mention_of[t] == 0 {
                self.mirror[t] = (1 << mention.subject, sign);
            }
        }
    }

    /// "… if you have the key": no main clause.
    fn is_subordinate(&self, clause: Clause) -> bool {
        let opener = self.tokens[clause.start as usize..clause.end as usize].iter().find(|token| !token.is_mark());
        opener.is_some_and(|token| {
            token.is(Class::SUBORDINATOR) && !token.is(Class::PREP.with(Class::ADV)) && !token.is(Class::CONTRAST)
        })
    }
}
