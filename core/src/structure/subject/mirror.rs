//! The second reading of a clause, for another subject: comparisons and ellipses.

use super::{Context, names_in};
use crate::language::{Class, CueKind};
use crate::rubric::SubjectSet;
use crate::structure::polarity::SENTENCE_BIT;
use crate::structure::{Clause, CueHit, Mention, Mirror, Structure, Token};
use std::ops::Range;

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
            self.read_again(before, Mirror::sure(1 << mention.subject, sign));
        }
    }

    /// Gives a second reading to tokens, but not to names.
    fn read_again(&mut self, tokens: Range<usize>, reading: Mirror) {
        for t in tokens {
            if self.mention_of[t] == 0 {
                self.mirror[t] = reading;
            }
        }
    }

    /// "A needs it, unlike B", "Unlike B, A needs it", "only A needs it": B does not.
    pub(super) fn mirror_contrast(&mut self, c: usize, context: &Context<'_>) {
        let clause = self.clauses[c];
        let verb = |clause: &Clause| (clause.start..clause.end).find(|&t| self.is_finite_verb(t as usize));
        let set_apart = self.mentions_in(clause).find(|mention| {
            let article = u32::from(self.tokens[(mention.start as usize).saturating_sub(1)].is(Class::ARTICLE));
            mention.start > clause.start && self.follows_cue(mention.start - article, CueKind::Unlike)
        });
        let (verb, other) = if let Some(mention) = set_apart {
            let near = |other: usize| {
                self.clauses
                    .get(other)
                    .filter(|next| next.sentence == clause.sentence && !self.tokens[next.start as usize].is(Class::WH))
            };
            let around = [Some(c), c.checked_sub(1), Some(c + 1)];
            let mut around = around.into_iter().flatten().filter_map(near);
            let Some(verb) = around.find_map(verb) else { return };
            (verb, 1 << mention.subject)
        } else if let Some(other) = self.only_other(clause, context) {
            let Some(verb) = verb(&clause) else { return };
            (verb, other)
        } else {
            return;
        };
        // "only A knows the way in which B goes": of B it says nothing more.
        let said = verb as usize..self.predicate_end(verb as usize);
        for t in said.take_while(|&t| !self.tokens[t].is(Class::WH)) {
            if self.mention_of[t] == 0 && self.mirror[t].subject == 0 {
                self.mirror[t] = Mirror::turned(other);
            }
        }
    }

    /// "only A needs it": the side that A is not of.
    fn only_other(&self, clause: Clause, context: &Context<'_>) -> Option<SubjectSet> {
        let only = self.opening(clause.tokens())?;
        let article = usize::from(self.tokens.get(only + 1)?.is(Class::ARTICLE));
        let name = self.mention_at(only + 1 + article)?;
        let says = self.tokens.get(name.end as usize).is_some_and(|next| next.is_verb()) && name.end < clause.end;
        let [one, other] = context.compared?;
        let named: SubjectSet = 1 << name.subject;
        let rest = if named & one != 0 { other } else { one };
        (self.tokens[only].is(Class::ONLY) && says && named & (one | other) != 0).then_some(rest)
    }

    /// "It is done not by A | but by B": the subject is B, and A does not do it.
    pub(super) fn correct_agent(&mut self, c: usize) -> Option<SubjectSet> {
        let (agent, denied) = self.bare_agent(c)?;
        let before = self.clauses[c.checked_sub(1)?];
        if before.sentence != self.clauses[c].sentence {
            return None;
        }
        let (start, end) = (before.start as usize, before.end as usize);
        let excluded = self.mentions_in(before).find(|mention| {
            let at = mention.start as usize;
            let article = usize::from(at > start && self.tokens[at - 1].is(Class::DET));
            at >= start + 2 + article
                && self.tokens[at - 1 - article].is(Class::BY)
                && self.tokens[at - 2 - article].is(Class::NOT)
        });
        let reading = match excluded {
            Some(excluded) if !denied => {
                self.clauses[c - 1].subject = agent;
                Mirror::sure(1 << excluded.subject, -1)
            }
            // "It is not done by A, | but by B": only who does it is denied.
            None if !denied && self.excluded_agent(before).is_some() => {
                let excluded = self.excluded_agent(before)?;
                self.affirm(start..end);
                self.clauses[c - 1].subject = agent;
                Mirror::sure(1 << excluded.subject, -1)
            }
            // "A does not do it, | that is done by B", "it is done by A, | not by B"
            _ if denied || self.has_cue(before.start, before.end, CueKind::Negation) => Mirror::sure(agent, -1),
            _ => return None,
        };
        self.read_again(start..end, reading);
        excluded.map(|_| agent)
    }

    /// "It is not done by A".
    fn excluded_agent(&self, clause: Clause) -> Option<Mention> {
        let denied = self.has_cue(clause.start, clause.end, CueKind::Negation);
        self.mentions_in(clause).find(|mention| denied && self.is_agent(clause, *mention))
    }

    /// Takes back the denials inside a range of tokens.
    fn affirm(&mut self, said: Range<usize>) {
        let denials = self.polarity[said.clone()].iter().fold(0, |bits, polarity| bits | polarity.own);
        for polarity in &mut self.polarity[said] {
            polarity.forward &= !denials;
            polarity.back &= !denials;
        }
    }

    /// "It is not A that does it | but B", "…, | it is B": what is denied of A is said of B.
    pub(super) fn correct_cleft(&mut self, c: usize) -> Option<SubjectSet> {
        const LEADS: Class =
            Class::MARK.with(Class::CLAUSE_LEAD).with(Class::BE).with(Class::CARRY).with(Class::ADV).with(Class::DET);
        let clause = self.clauses[c];
        let before = self.clauses[c.checked_sub(1)?];
        let right = self.mentions_in(clause).next()?;
        let rest = (clause.start..right.start).chain(right.end..clause.end).map(|t| &self.tokens[t as usize]);
        let bare = rest.clone().all(|token| token.is(LEADS)) && !rest.clone().any(|token| token.is(Class::NOT));
        let wrong = self.denied_cleft(before)?;
        if !bare || before.sentence != clause.sentence {
            return None;
        }
        for t in wrong.end as usize..before.end as usize {
            self.mirror[t] = Mirror::sure(1 << right.subject, -1);
        }
        Some(1 << right.subject)
    }

    /// "A climbs, no wait, | B": the clause before is said of B.
    pub(super) fn correct_name(&mut self, c: usize) -> Option<SubjectSet> {
        let clause = self.clauses[c];
        let hit = *self.cues_in(clause.start, clause.end).iter().find(|hit| self.is_correction(**hit))?;
        let (before, name) = (self.corrected(hit)?, self.corrected_name(hit)?);
        self.clauses[before].subject = 1 << name.subject;
        Some(1 << name.subject)
    }

    /// "but by B", "that is done by B": the agent of a clause that says nothing else, and whether it is denied.
    fn bare_agent(&self, c: usize) -> Option<(SubjectSet, bool)> {
        const LEADS: Class =
            Class::MARK.with(Class::CLAUSE_LEAD).with(Class::AUX).with(Class::CARRY).with(Class::ADV).with(Class::NOT);
        let clause = self.clauses[c];
        let agent = self.mentions_in(clause).next()?;
        let rest = agent.end as usize..clause.end as usize;
        let before = &self.tokens[clause.start as usize..agent.start as usize];
        let by = before.iter().rposition(|token| token.is(Class::BY))?;
        let article = before[by + 1..].iter().all(|token| token.is(Class::DET));
        let bare = before[..by].iter().all(|token| token.is(LEADS)) && rest.clone().all(|t| self.tokens[t].is_mark());
        (article && bare).then(|| (1 << agent.subject, before[..by].iter().any(|token| token.is(Class::NOT))))
    }

    /// "The tea made by A | is drunk by B": the tea is in both.
    pub(super) fn repeat_for_agent(&mut self, c: usize) {
        let clause = self.clauses[c];
        let Some(before) = c.checked_sub(1).map(|before| self.clauses[before]) else { return };
        let is_passive = self.tokens[clause.start as usize].is(Class::AUX) && before.sentence == clause.sentence;
        let (start, end) = (before.start as usize, before.end as usize);
        if is_passive
            && before.subject != clause.subject
            && let Some(done) = (start + 1..end).find(|&t| self.tokens[t].is(Class::VERB_PAST))
            && self.tokens.get(done + 1).is_some_and(|by| by.is(Class::BY))
        {
            self.mirror[start..done].fill(Mirror::sure(clause.subject, 1));
        }
    }

    /// "A needs it, B does not": the clause before is read again for B.
    pub(super) fn repeat_for_ellipsis(&mut self, c: usize) {
        let clause = self.clauses[c];
        let (start, end) = (clause.start as usize, clause.end as usize);
        let instance = || names_in(&self.instances, clause.start, clause.end).next();
        // "What does not? | B."
        let asks = self.tokens[end - 1].is(Class::QUESTION);
        let answer = || self.clauses.get(c + 1).filter(|next| asks && next.sentence == clause.sentence);
        let answering = || self.mentions_in(*answer()?).next();
        let Some(mention) = self.mentions_in(clause).next().or_else(instance).or_else(answering) else { return };
        let words: Vec<usize> = (start..end).filter(|&t| !self.tokens[t].is_mark()).collect();
        // "That is not so for B", "the same goes for B"
        let holds = self.holds_for(mention, &words);
        let said = self.without_stand_in(&words);
        let tail_len =
            said.iter().rev().take_while(|&&t| self.tokens[t].is(Class::AUX.with(Class::ELLIPSIS_TAIL))).count();
        let (head, tail) = said.split_at(said.len() - tail_len);
        let inverted = head.iter().all(|&t| {
            self.tokens[t].is(Class::AUX.with(Class::SAMENESS).with(Class::CLAUSE_LEAD).with(Class::DET))
                || self.mention_of[t] != 0
        });
        // "…, and so does B": the name stands last.
        let has = |class: Class| words.iter().any(|&t| self.tokens[t].is(class));
        let named_last = tail.is_empty() && inverted && has(Class::SAMENESS) && has(Class::AUX);
        let tail = if named_last { &words[..] } else { tail };
        let says_something = tail.iter().any(|&t| self.tokens[t].is(Class::AUX.with(Class::NEG_WORD)));
        // "X it is"; but not "with X you can"
        let in_phrase = || head.iter().take(2).any(|&t| self.tokens[t].is(Class::PREP));
        let follows_name = |t: usize| t > start && self.mention_of[t - 1] != 0 && !in_phrase();
        if head.last().is_some_and(|&t| self.tokens[t].is(Class::SUBJECT_PRON) && follows_name(t)) {
            return;
        }
        // "X means it cannot": the verb in front of the pronoun is not what is said of X.
        let spoken = if head.last().is_some_and(|&t| self.tokens[t].is(Class::SUBJECT_PRON)) {
            &head[..head.len().saturating_sub(2)]
        } else {
            head
        };
        let has_verb = spoken.iter().any(|&t| self.is_sure_verb(t));
        const MOST_WORDS: usize = 9;
        let repeats = !tail.is_empty() && says_something && (!has_verb || inverted);
        if !(repeats || holds) || words.len() > MOST_WORDS || c == 0 {
            return;
        }
        // "B is | therefore cold": the predicate follows.
        const GOES_ON: Class = Class::COORDINATOR.with(Class::SUBORDINATOR).with(Class::CONTRAST);
        let predicate_follows = self.clauses.get(c + 1).is_some_and(|next| {
            let opening = &self.tokens[next.start as usize];
            next.sentence == clause.sentence && !opening.is_mark() && !opening.is(GOES_ON)
        });
        // "B what he can": the verb of the clause before is understood.
        let completes = head.iter().skip(1).any(|&t| self.tokens[t].is(Class::WH) && self.mention_of[t] == 0);
        if predicate_follows && !asks || completes {
            return;
        }
        let same = words.iter().any(|&t| self.tokens[t].is(Class::SAMENESS))
            && !tail.iter().any(|&t| self.tokens[t].is(Class::NOT));
        let Some(before) = self.predicate_before(c) else { return };
        // "no B does"
        let has_no = mention.start.checked_sub(1).is_some_and(|no| self.tokens[no as usize].is(Class::NEG_WORD));
        let denies =
            has_no || if holds { &words[..] } else { tail }.iter().any(|&t| self.tokens[t].is(Class::NEG_WORD));
        let was_denied = self.is_denied_statement(self.clauses[before]);
        // "A does not, B does": the auxiliary alone takes the denial back.
        let sign = if same && !(holds && denies) {
            1
        } else if denies || was_denied && !holds {
            -1
        } else {
            1
        };
        self.read_again(self.clauses[before].tokens(), Mirror::sure(1 << mention.subject, sign));
    }

    /// The clause that holds the predicate of an ellipsis: short ones in between are connectors, those without a verb are
    /// additions.
    fn predicate_before(&self, c: usize) -> Option<usize> {
        let is_statement = |p: &usize| {
            let clause = self.clauses[*p];
            let says = clause.end - clause.start >= 3 || self.mentions_in(clause).next().is_some();
            says && !self.is_subordinate(clause)
        };
        let near = (0..c).rev().take(ELLIPSIS_REACH);
        let near = near.take_while(|&p| self.clauses[p].sentence + 1 >= self.clauses[c].sentence);
        let mut statements = near.filter(is_statement);
        let nearest = statements.clone().next();
        statements.find(|&p| self.says(self.clauses[p].tokens())).or(nearest)
    }

    /// "does not do it", "does not have to": the last word stands for what was said before.
    fn without_stand_in<'w>(&self, words: &'w [usize]) -> &'w [usize] {
        let is = |t: usize, class: Class| self.tokens[t].is(class);
        match words {
            [said @ .., verb, last]
                if is(*verb, Class::DO) && is(*last, Class::CARRY)
                    || is(*verb, Class::HAVE) && is(*last, Class::TO) =>
            {
                &words[..said.len() + 1]
            }
            _ => words,
        }
    }

    /// "A needs it, | but not B", "you need it with A, | but not with B", "for B it is the other way round": the clause
    /// before is turned for B.
    pub(super) fn repeat_for_exception(&mut self, c: usize) {
        const LEADS: Class = Class::CLAUSE_LEAD.with(Class::PREP).with(Class::DET);
        let clause = self.clauses[c];
        let Some(before) = c.checked_sub(1).map(|before| self.clauses[before]) else { return };
        let Some(mention) = self.mentions_in(clause).next() else { return };
        let reverse = self.cues_in(clause.start, clause.end).iter().find(|hit| hit.kind == CueKind::Reverse);
        let is_reverse = |t: u32| reverse.is_some_and(|hit| (hit.start..hit.end).contains(&t));
        let rest = (clause.start..mention.start).chain(mention.end..clause.end).filter(|&t| !is_reverse(t));
        let mut rest = rest.map(|t| &self.tokens[t as usize]).filter(|token| !token.is_mark());
        let is_lead = |token: &Token| token.is(LEADS) || reverse.is_none() && token.is(Class::NOT);
        let opening = &self.tokens[clause.start as usize..];
        let excludes = matches!(opening, [but, not, ..] if but.is(Class::CONTRAST) && not.is(Class::NOT));
        let about_other = before.subject & (1 << mention.subject) == 0 && before.subject != 0;
        if !(excludes || reverse.is_some()) || !rest.all(is_lead) || !self.says(before.tokens()) || !about_other {
            return;
        }
        self.read_again(before.tokens(), Mirror::turned(1 << mention.subject));
    }

    /// "That is not so for B", "the same goes for B".
    fn holds_for(&self, mention: Mention, words: &[usize]) -> bool {
        let article = u32::from(self.tokens[(mention.start as usize).saturating_sub(1)].is(Class::ARTICLE));
        let at = mention.start - article.min(mention.start);
        let points = words.iter().take(2).any(|&t| self.tokens[t].is(Class::CARRY.with(Class::GENERAL)));
        points && words.last() == Some(&(mention.end as usize - 1)) && self.follows_cue(at, CueKind::HoldsFor)
    }

    /// "does not need it", "has no need of it", "Does it need it? No."
    fn is_denied_statement(&self, clause: Clause) -> bool {
        let is_denial = |hit: &CueHit| {
            let first = &self.tokens[hit.start as usize];
            hit.kind == CueKind::Negation
                || hit.kind == CueKind::NounNegation && first.is(Class::DET) && first.is(Class::NEG_WORD)
        };
        let is_refuted = self.polarity[clause.start as usize].forward & SENTENCE_BIT != 0;
        is_refuted || self.cues_in(clause.start, clause.end).iter().any(is_denial)
    }

    /// "… if you have the key": no main clause.
    fn is_subordinate(&self, clause: Clause) -> bool {
        let opener = self.tokens[clause.tokens()].iter().find(|token| !token.is_mark());
        opener.is_some_and(|token| {
            token.is(Class::SUBORDINATOR) && !token.is(Class::PREP.with(Class::ADV)) && !token.is(Class::CONTRAST)
        })
    }
}
