//! Subjects that are not named but pointed at: "the former", "the other one", "that is A".

use super::{Context, names_in};
use crate::language::{Class, CueKind};
use crate::rubric::{Rubric, SubjectSet};
use crate::structure::{Clause, Mention, Structure, Token};
use std::ops::Range;

impl Structure {
    /// "the former", "the second one", "the first is": of two that were named, else of the two in the prompt.
    pub(super) fn pointed_at(&self, clause: Clause, context: &Context<'_>) -> Option<SubjectSet> {
        let recent = context.pair.as_ref().map_or(&context.recent[..], |pair| &pair[..]);
        let (([.., former, latter], _) | (_, [former, latter])) = (recent, context.asked) else {
            return None;
        };
        if self.points_back(clause, CueKind::Former) {
            Some(1 << former)
        } else if self.points_back(clause, CueKind::Latter) {
            Some(1 << latter)
        } else {
            None
        }
    }

    pub(super) fn points_back(&self, clause: Clause, kind: CueKind) -> bool {
        self.cues_in(clause.start, clause.end).iter().filter(|hit| hit.kind == kind).any(|hit| {
            // "The first is …", but not "the first packet".
            let end = hit.end as usize;
            let next = |class: fn(&Token) -> bool| self.tokens.get(end).is_some_and(class);
            // "I take the first for letters, the second for calls."
            let shared = || {
                const REACH: u32 = 80;
                let sentence = self.sentences[clause.sentence as usize];
                let from = sentence.start.max(hit.start.saturating_sub(REACH));
                let to = sentence.end.min(hit.end + REACH);
                self.has_cue(from, to, CueKind::Former) && self.has_cue(from, to, CueKind::Latter)
            };
            !self.tokens[end - 1].is(Class::ORDINAL)
                || next(Token::is_verb)
                || next(|token| token.is(Class::PREP) && !token.is(Class::OF)) && shared()
        })
    }

    /// "That is A.", "This part is called A, as …", "That is the first one.", "… (A)." behind what was said of it.
    pub(super) fn names_what_was_said(&self, clause: Clause, context: &Context<'_>) -> Option<SubjectSet> {
        const MOST_WORDS: usize = 6;
        let is_mark = |t: &u32| self.tokens[*t as usize].is_mark();
        let begin = (clause.start..clause.end).find(|t| !is_mark(t))?;
        let words: Vec<u32> = (begin..clause.end).take_while(|t| !is_mark(t)).take(MOST_WORDS + 1).collect();
        let is = |word: usize, class: Class| words.get(word).is_some_and(|&t| self.tokens[t as usize].is(class));
        // "B, which is afraid of A" says something of B.
        let points = is(0, Class::CARRY)
            && (is(0, Class::DEMONSTRATIVE) || is(0, Class::RESTRICTIVE))
            && (is(1, Class::BE) || is(2, Class::BE))
            && self.relative_antecedent(begin as usize).is_none();
        let denied = words.iter().any(|&t| self.tokens[t as usize].is(Class::NEG_WORD.with(Class::NOT)));
        // "waits (A), …", "waits (A) or …", but not "the one (A) waits".
        const FOLLOWS: Class = Class::MARK.with(Class::COORDINATOR).with(Class::CLAUSE_OPENER);
        let in_brackets = || {
            let behind = &self.tokens[clause.end as usize..];
            self.tokens[clause.start as usize].is(Class::OPEN)
                && matches!(behind, [close, next, ..] if close.is(Class::CLOSE) && next.is(FOLLOWS))
        };
        let mut named = names_in(&self.mentions, begin, begin + words.len() as u32);
        match (named.next(), named.next()) {
            _ if denied || words.len() > MOST_WORDS => None,
            (None, _) if points => self.pointed_at(clause, context),
            (Some(name), None) if words.last() == Some(&(name.end - 1)) => {
                let alone = name.start == begin && in_brackets();
                (points || alone).then_some(1 << name.subject)
            }
            _ => None,
        }
    }

    /// Gives the subject of a clause to those before it, back to `named_until` and the last sentence with a name of its own.
    /// A name in brackets goes back to the last clause with a name, and beyond its sentence only from the end.
    pub(super) fn name_before(&mut self, c: usize, named_until: usize) {
        let naming = self.clauses[c];
        let in_brackets = self.tokens[naming.start as usize].is(Class::OPEN);
        let next = self.tokens.get(naming.end as usize + 1);
        let goes_on = in_brackets && next.is_some_and(|next| !next.is(Class::SENTENCE_END));
        for earlier in (named_until..c).rev() {
            let clause = self.clauses[earlier];
            let same_sentence = clause.sentence == naming.sentence;
            let (start, end) = if in_brackets && same_sentence {
                (clause.start, clause.end)
            } else {
                let sentence = &self.sentences[clause.sentence as usize];
                (sentence.start, sentence.end.min(naming.start))
            };
            let is_named = |names: &[Mention]| names_in(names, start, end).next().is_some();
            if goes_on && !same_sentence || is_named(&self.mentions) || is_named(&self.instances) {
                break;
            }
            self.clauses[earlier].subject = naming.subject;
        }
    }

    /// "Who climbs? | A.": what was asked is said of the name that answers.
    pub(super) fn answer_question(&mut self, c: usize) {
        let clause = self.clauses[c];
        let question = self.sentences[clause.sentence as usize].start as usize..clause.start as usize;
        if question.is_empty() || !self.tokens[question.end - 1].is(Class::QUESTION) {
            return;
        }
        let Some(asks) = self.asks_for_name(question.clone()) else { return };
        let is_named = || self.mentions_in(clause).next().is_some();
        let says_both = || self.opening(clause.start as usize..clause.end as usize).is_some_and(|t| self.is_both(t));
        if !is_named() && !says_both() || self.asks_for_object(asks..question.end) {
            return;
        }
        let first = self.clause_of[asks] as usize;
        for asked in first..c {
            if asked == first || self.mentions_in(self.clauses[asked]).next().is_none() {
                self.clauses[asked].subject = clause.subject;
            }
        }
    }

    /// "What do they climb?", "what can the bird do?", "what is A?"; not "who can climb?", "what do you take to climb?".
    fn asks_for_object(&self, question: Range<usize>) -> bool {
        let names = |t: usize| self.mention_of[t] != 0;
        (question.start..question.end - 1).any(|aux| {
            let (token, next) = (&self.tokens[aux], &self.tokens[aux + 1]);
            let is_anybody = next.is(Class::SUBJECT_PRON) && !next.is(Class::CARRY);
            token.is(Class::DO) && !next.is(Class::NOT) && !is_anybody
                || token.is(Class::MODAL) && next.is(Class::DET)
                || token.is(Class::MODAL.with(Class::HAVE)) && next.is(Class::CARRY)
                || token.is(Class::AUX) && (names(aux + 1) || next.is(Class::DET) && names(aux + 2))
        })
    }

    /// "A and B climb | and swim respectively", "Who climbs | and who swims? A and B.": two names, and where begins what is
    /// said of the second one.
    pub(in crate::structure) fn respective(&self, s: usize) -> Option<([Mention; 2], usize)> {
        let sentence = &self.sentences[s];
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let tells =
            |t: usize| self.tokens[t].is(Class::RESPECTIVE) || t + 1 < end && self.tokens[t].is(Class::QUESTION);
        let told = (start..end).find(|&t| tells(t))?;
        let named: Vec<Mention> = names_in(&self.mentions, sentence.start, sentence.end).collect();
        let [first, second] = named[..] else { return None };
        let between = first.end as usize..second.start as usize;
        let joins = |t: &usize| self.tokens[*t].is(Class::AND) && !between.contains(t);
        let turn = if self.tokens[told].is(Class::QUESTION) {
            let asks = |t: &usize| joins(t) && self.tokens[*t + 1].is(Class::WH) && told < between.start;
            (start..told).rev().find(asks)?
        } else {
            (start..told).rev().find(joins).or_else(|| (told..end).find(joins))?
        };
        let is_pair = self.tokens[between.clone()].iter().all(|token| token.is(Class::AND.with(Class::DET)));
        (first.subject != second.subject && is_pair).then_some(([first, second], turn))
    }

    /// "the other one", or "the other" with a verb right behind it; "the other end" and "waits for the other" mean something
    /// else.
    pub(super) fn means_other_subject(&self, clause: Clause, verb: usize) -> bool {
        let others = self.cues_in(clause.start, clause.end).iter().filter(|hit| hit.kind == CueKind::Other);
        others.filter(|hit| hit.start as usize <= verb).any(|hit| {
            let next = self.tokens.get(hit.end as usize);
            hit.end - hit.start == 3 || next.is_some_and(Token::is_verb)
        })
    }

    /// "One sends …, the other waits …" of two subjects that have not both been named before: the two, in any order.
    pub(crate) fn unnamed_sides(&self, rubric: &Rubric) -> Option<[u8; 2]> {
        let sides = match rubric.asked[..] {
            [first, second] => [first, second],
            _ if rubric.subjects.len() == 2 => [0, 1],
            _ => return None,
        };
        let is_open = |clause: &&Clause, kind: CueKind| {
            self.mentions_in(**clause).next().is_none() && self.opens_with(**clause, kind)
        };
        let one = self.clauses.iter().find(|clause| is_open(clause, CueKind::One))?;
        let is_named = |side: u8| names_in(&self.mentions, 0, one.start).any(|mention| mention.subject == side);
        let mut after = self.clauses.iter().skip_while(|clause| clause.start <= one.start);
        (!sides.into_iter().all(is_named) && after.any(|clause| is_open(&clause, CueKind::Other))).then_some(sides)
    }

    /// "One is …", "with the other you …"; but not "one can …", "the one-way street".
    pub(super) fn opens_with(&self, clause: Clause, kind: CueKind) -> bool {
        const LEADS: Class = Class::MARK.with(Class::CLAUSE_LEAD).with(Class::PREP);
        let mut hits = self.cues_in(clause.start, clause.end).iter().filter(|hit| hit.kind == kind);
        hits.any(|hit| {
            let (start, end) = (hit.start as usize, hit.end as usize);
            let opens = self.tokens[clause.start as usize..start].iter().all(|token| token.is(LEADS));
            let next = self.tokens.get(end);
            opens && !self.tokens[end - 1].joined && next.is_some_and(|next| !next.is(Class::MODAL) && !next.is_mark())
        })
    }

    /// "A, which B fears, | climbs", "A fears the tree which B climbs | and hides", "A waits until B climbs, | then hides":
    /// a verb without a subject, behind a clause inside that of A; `opening` is the first word behind connectors.
    pub(super) fn resumed(&self, c: usize, opening: Option<usize>) -> Option<SubjectSet> {
        const REACH: usize = 4;
        const JOINS: Class = Class::MARK.with(Class::AND).with(Class::THEN);
        let clause = self.clauses[c];
        let joins = &self.tokens[clause.start as usize..opening?];
        if !self.is_finite_verb(opening?) || !joins.iter().all(|token| token.is(JOINS)) {
            return None;
        }
        let same_sentence = |p: &usize| self.clauses[*p].sentence == clause.sentence;
        let around = (0..c).rev().take(REACH).take_while(same_sentence).find(|&p| !self.is_inside(p))?;
        let main = self.clauses[around];
        let follows_comma = self.tokens[clause.start as usize - 1..].iter().take(2).any(|token| token.is(Class::COMMA));
        let goes_on = match joins {
            _ if around + 1 == c => false,
            _ if !self.says(main.tokens()) => true,
            [.., join] if join.is(Class::AND) => self.has_antecedent(c - 1),
            [.., join] => join.is(Class::THEN) && follows_comma && !self.has_antecedent(c - 1),
            [] => false,
        };
        (goes_on && main.subject != 0).then_some(main.subject)
    }

    /// "It is not A that does it": A.
    pub(super) fn denied_cleft(&self, clause: Clause) -> Option<Mention> {
        let name = self.mentions_in(clause).next()?;
        let opening = self.opening(clause.start as usize..name.start as usize)?;
        let [it, be, not, rest @ ..] = &self.tokens[opening..name.start as usize] else { return None };
        let denies = it.is(Class::CARRY) && be.is(Class::BE) && not.is(Class::NOT);
        let relative = name.end < clause.end && self.tokens[name.end as usize].is(Class::RESTRICTIVE);
        (denies && relative && rest.iter().all(|token| token.is(Class::DET))).then_some(name)
    }

    /// "which B climbs", "until B climbs", "the tree | B climbs", "the tree | climbed by B".
    fn is_inside(&self, c: usize) -> bool {
        let clause = self.clauses[c];
        let words = clause.tokens();
        let Some(first) = words.clone().find(|&t| !self.tokens[t].is_mark()) else { return false };
        let first = &self.tokens[first];
        let opens =
            first.is(Class::SUBORDINATOR.with(Class::RESTRICTIVE).with(Class::WH)) && !first.is(Class::CONTRAST);
        opens && first.is(Class::CLAUSE_OPENER.with(Class::RESTRICTIVE)) || self.has_antecedent(c)
    }

    /// "the tree | which B climbs", "the tree | B climbs", "the tree | climbed by B": a thing that belongs to the clause
    /// before, and what another one does with it.
    fn has_antecedent(&self, c: usize) -> bool {
        let clause = self.clauses[c];
        let start = clause.start as usize;
        let Some(name) = self.mentions_in(clause).next() else { return false };
        let Some(before) = c.checked_sub(1).map(|before| self.clauses[before]) else { return false };
        let thing = &self.tokens[start.saturating_sub(1)];
        let follows_thing = thing.is_content() && !thing.is_verb() && before.sentence == clause.sentence;
        let at = name.start as usize - usize::from(self.tokens[(name.start as usize).saturating_sub(1)].is(Class::DET));
        let opens = at <= start || at == start + 1 && self.tokens[start].is(Class::RESTRICTIVE);
        let done = self.tokens[start].is(Class::VERB_PAST) && self.is_agent(clause, name);
        follows_thing && self.says(before.tokens()) && self.mention_of[start - 1] == 0 && (opens || done)
    }

    /// The name right in front of "which", "that", "whose"; "it is A, not B, that …" means A.
    pub(in crate::structure) fn relative_antecedent(&self, opening: usize) -> Option<Mention> {
        let relative = self.tokens[opening].is(Class::RESTRICTIVE);
        let before = opening.checked_sub(1).filter(|_| relative)?;
        let before = if self.tokens[before].is(Class::COMMA) { before.checked_sub(1)? } else { before };
        let idx = self.mention_of[before].checked_sub(1)?;
        let sentence = self.sentence_at(before);
        const REACH: usize = 3;
        let nearest = self.mentions[..=idx as usize].iter().rev().take(REACH);
        let mut named = nearest.take_while(|name| name.start >= sentence.start);
        let is_excluded = |name: &Mention| {
            let before = &self.tokens[(name.start as usize).saturating_sub(2)..name.start as usize];
            before.iter().any(|token| token.is(Class::NOT))
        };
        named.find(|name| !is_excluded(name)).or(self.mentions.get(idx as usize)).copied()
    }
}
