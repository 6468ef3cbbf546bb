//! Sentences and clauses.

use super::{Clause, CueHit, Sentence, SentenceForm, Structure, Token};
use crate::language::{Class, CueKind};
use std::ops::Range;

/// A clause is cut here at the latest, which keeps the analysis linear in texts that nobody wrote.
const LONGEST_CLAUSE: usize = 120;

impl Structure {
    /// A sentence ends behind a full stop, a semicolon, a question or exclamation mark, or a line. A question and the name
    /// that answers it are one.
    pub(super) fn split_sentences(&mut self) {
        self.sentences.clear();
        let mut start = 0;
        for i in 0..self.tokens.len() {
            let ends = self.tokens[i].is(Class::SENTENCE_END) && !self.is_answered_by_name(start as usize, i);
            if ends || i + 1 == self.tokens.len() {
                self.sentences.push(Sentence {
                    start,
                    end: i as u32 + 1,
                    weight: 1000,
                    form: SentenceForm::Statement,
                    order: 0,
                });
                start = i as u32 + 1;
            }
        }
    }

    /// "Who climbs? | The cat.", "What is hard? | Diamonds are, of course.": a question for a name, and a few words without a
    /// verb of their own.
    fn is_answered_by_name(&self, start: usize, end: usize) -> bool {
        const LONGEST_QUESTION: usize = 16;
        const MOST_WORDS: usize = 6;
        const ENDS: Class = Class::COMMA.with(Class::SENTENCE_END);
        if !self.tokens[end].is(Class::QUESTION)
            || end > start + LONGEST_QUESTION
            || self.asks_for_name(start..end).is_none()
        {
            return false;
        }
        let is_end = |t: &usize| self.tokens.get(*t).is_none_or(|token| token.is(ENDS));
        let Some(close) = (end + 1..end + 2 + MOST_WORDS).find(is_end) else { return false };
        // "The cat, of course.", but not "claws, teeth, tails".
        let stops = |mark: &Token| {
            let goes_on = self.tokens.get(close + 1).is_some_and(|next| next.is(Class::FUNCTION));
            !mark.is(Class::QUESTION) && (!mark.is(Class::COMMA) || goes_on)
        };
        let says = |t: usize| self.tokens[t].is_content() || self.tokens[t].is(Class::BOTH);
        let names = |t: usize| {
            const OTHER: Class = Class::WH.with(Class::NEG_WORD).with(Class::MARK);
            let acts = self.mention_of[t] == 0 && self.acts_as_verb(t, end + 1, close);
            !self.tokens[t].is(OTHER) && (!acts || self.tokens[t].is(Class::AUX))
        };
        let words = end + 1..close;
        self.tokens.get(close).is_none_or(stops) && words.clone().any(says) && words.clone().all(names)
    }

    /// The word that asks for a name: "who climbs", "and which of them climbs", "cats or dogs: which climb"; not "why".
    pub(super) fn asks_for_name(&self, question: Range<usize>) -> Option<usize> {
        const LEADS: Class = Class::MARK.with(Class::CONJ);
        let colon = question.clone().rev().find(|&t| self.tokens[t].is(Class::COLON));
        let mut opening = colon.map_or(question.start, |colon| colon + 1)..question.end;
        let first = opening.find(|&t| self.tokens[t].is(Class::WH) || !self.tokens[t].is(LEADS))?;
        (self.tokens[first].is(Class::WH) && self.tokens[first].is(Class::PRON)).then_some(first)
    }

    pub(super) fn split_clauses(&mut self) {
        self.clauses.clear();
        self.clause_of.clear();
        self.clause_of.resize(self.tokens.len(), 0);
        // "Dogs climb, sorry, | swim".
        let corrections = self.cues.iter().filter(|hit| self.is_correction(**hit));
        let corrections: Vec<u32> = corrections.map(|hit| hit.end).collect();
        for s in 0..self.sentences.len() {
            let (start, end) = (self.sentences[s].start as usize, self.sentences[s].end as usize);
            let second = self.respective(s).map(|(_, second)| second);
            let mut clause_start = start;
            for i in start..end {
                let is_corrected = || corrections.binary_search(&(i as u32)).is_ok();
                let opens = |i: usize| second == Some(i) || is_corrected() || self.opens_clause(i, clause_start, end);
                if i > start && (i - clause_start >= LONGEST_CLAUSE || opens(i)) {
                    self.close_clause(clause_start, i, s);
                    clause_start = i;
                }
            }
            self.close_clause(clause_start, end, s);
        }
    }

    fn close_clause(&mut self, start: usize, end: usize, sentence: usize) {
        let idx = self.clauses.len() as u32;
        self.clause_of[start..end].fill(idx);
        let bounds = Clause { start: start as u32, end: end as u32, sentence: sentence as u32, ..Clause::default() };
        self.clauses.push(bounds);
    }

    /// Whether a clause begins at token `i`, given where the current one began and where the sentence ends.
    fn opens_clause(&self, i: usize, clause_start: usize, sentence_end: usize) -> bool {
        const ALWAYS: Class = Class::COLON.with(Class::OPEN).with(Class::CLOSE).with(Class::PIPE).with(Class::DASH);
        let token = &self.tokens[i];
        if token.is(ALWAYS) {
            return !self.is_gloss(i, clause_start, sentence_end);
        }
        if self.tokens[i - 1].is(Class::QUESTION) {
            return true;
        }
        // ", and | if": it has only just begun.
        if self.tokens[clause_start..i].iter().all(|token| token.is(Class::COMMA.with(Class::COORDINATOR))) {
            return false;
        }
        if token.is(Class::COMMA.with(Class::AND).with(Class::OR))
            && (self.distributes(i, clause_start, sentence_end) || self.hands_over(i, clause_start, sentence_end))
        {
            return true;
        }
        // "While the tea is hot, | every guest waits".
        let fronted = self.tokens[clause_start].is(Class::SUBORDINATOR) && !self.tokens[clause_start].is(Class::PREP);
        if token.is(Class::COMMA) && fronted && self.begins_subject_phrase(i + 1, sentence_end) {
            return true;
        }
        if token.is(Class::COMMA) {
            // ", because", ", and we": the comma ends what it follows.
            let next_opens = i + 1 < sentence_end && (self.word_opens(i + 1) || self.joint_opens(i + 1, sentence_end));
            return !next_opens && self.comma_opens(i, sentence_end);
        }
        // "That is why | every guest waits".
        if let [.., points, be, wh] = &self.tokens[clause_start..i]
            && points.is(Class::CARRY)
            && be.is(Class::BE)
            && wh.is(Class::WH)
            && !token.is(Class::AUX)
        {
            return true;
        }
        // "in which order" goes on; "which" alone opens.
        if token.is(Class::WH) && self.tokens[i - 1].is(Class::PREP) {
            return false;
        }
        self.word_opens(i)
            || self.completes(i, clause_start, sentence_end)
            || self.second_subject_opens(i, clause_start, sentence_end)
            || self.agent_opens(i, clause_start, sentence_end)
            || self.main_verb_opens(i, clause_start)
            || self.joint_opens(i, sentence_end)
    }

    /// Whether a bracket belongs to a few words that only explain what they follow: "data (fields) and behaviour".
    fn is_gloss(&self, i: usize, clause_start: usize, sentence_end: usize) -> bool {
        const LONGEST: usize = 3;
        let plain = |t: usize| !self.tokens[t].is_mark() && !self.tokens[t].is_verb() && self.mention_of[t] == 0;
        let goes_on = |t: usize| t < sentence_end && !self.tokens[t].is_mark();
        let explains = |open: usize, close: usize| (open + 1..close).all(plain) && goes_on(close + 1);
        if self.tokens[i].is(Class::OPEN) {
            let close = (i + 1..sentence_end).take(LONGEST + 1).find(|&t| self.tokens[t].is(Class::CLOSE));
            close.is_some_and(|close| explains(i, close))
        } else if self.tokens[i].is(Class::CLOSE) {
            let open = (clause_start..i).rev().take(LONGEST + 1).find(|&t| self.tokens[t].is(Class::OPEN));
            open.is_some_and(|open| explains(open, i))
        } else {
            false
        }
    }

    /// "They say | that farmers milk A", "it is clear | that farmers milk A", "the good of A is | that farmers milk it"; not
    /// "the farmers that milk A", "they say that", "it is A that milks", "it was hard that they left".
    fn completes(&self, i: usize, clause_start: usize, end: usize) -> bool {
        const LONGEST_SUBJECT: usize = 6;
        const REACH: usize = 6;
        if !self.tokens[i].is(Class::THAT) || i + 1 >= end || i == clause_start {
            return false;
        }
        let before = &self.tokens[clause_start..i];
        let near = &before[before.len().saturating_sub(REACH)..];
        let names = || self.mention_of[clause_start..i].iter().any(|mention| *mention != 0);
        let says = before.last().is_some_and(|token| token.is_verb() && !token.is(Class::AUX))
            || before.last().is_some_and(|token| token.is(Class::BE)) && names()
            || near.windows(2).any(|pair| pair[0].is(Class::SUBJECT_PRON) && pair[1].is(Class::BE.with(Class::MODAL)))
                && before.last().is_some_and(Token::is_content);
        let is_noun = |t: usize| {
            let token = &self.tokens[t];
            let light = token.is(Class::DET.with(Class::OF).with(Class::ADV).with(Class::SUBJECT_PRON));
            light || !token.is(Class::FUNCTION.with(Class::MARK).with(Class::CLAUSE_OPENER))
        };
        let carries = |t: usize| self.is_sure_verb(t) || t > i + 1 && self.begins_verb_phrase(t, end);
        let verb = (i + 1..end.min(i + 1 + LONGEST_SUBJECT)).find(|&t| carries(t) || !is_noun(t));
        says && verb.is_some_and(|verb| verb > i + 1 && carries(verb))
    }

    /// "because", "but"; "and then", "for a while" and "anything but" go on.
    fn word_opens(&self, i: usize) -> bool {
        let (token, before) = (&self.tokens[i], &self.tokens[i - 1]);
        // "The kettle therefore boils".
        let inside = token.is(Class::ADV)
            && before.is_content()
            && !before.is_verb()
            && self.tokens.get(i + 1).is_some_and(|next| next.is(Class::FINITE));
        // "shows where it goes"
        let asked =
            token.is(Class::WH) && !token.is(Class::CONDITION) && before.is(Class::VERB_BASE) && !before.is(Class::AUX);
        let goes_on = token.is(Class::THEN_BETWEEN) && before.is(Class::AND)
            // "not because of it"
            || before.is(Class::NOT) && self.is_reason_phrase(i)
            || inside
            || asked
            || before.is(Class::INDEFINITE_ARTICLE)
            || token.is(Class::CONTRAST) && self.cues_in(i as u32 - 1, i as u32).iter().any(|hit| hit.end as usize > i);
        token.is(Class::CLAUSE_OPENER) && !goes_on
    }

    /// The next token that is no adverb or article; comparatives stay.
    fn after_fillers(&self, from: usize, end: usize) -> usize {
        let filler = |i: usize| {
            self.tokens[i].is(Class::ADV.with(Class::ARTICLE))
                && !self.tokens[i]
                    .is(Class::COMPARATIVE.with(Class::NEG_WORD).with(Class::CONJ).with(Class::SUBJECT_START))
        };
        (from..end).find(|&i| !filler(i)).unwrap_or(end)
    }

    fn comma_opens(&self, i: usize, end: usize) -> bool {
        let next = self.after_fillers(i + 1, end);
        if next >= end {
            return false;
        }
        let token = &self.tokens[next];
        // ", | examples cannot"
        let example_does = || {
            self.instance_at(next)
                .is_some_and(|name| (name.end as usize) < end && self.tokens[name.end as usize].is(Class::AUX))
        };
        let tells_truth = || self.has_cue(i as u32 + 1, i as u32 + 2, CueKind::Truth);
        self.mention_at(next).is_some()
            || tells_truth()
            || token.is(Class::SUBJECT_START.with(Class::CONJ).with(Class::CLAUSE_OPENER))
            || example_does()
            || self.begins_verb_phrase(next, end)
            || self.fronts_subject(next, end)
    }

    /// "every guest waits", "no X": a name behind its article or another determiner.
    fn begins_subject_phrase(&self, i: usize, end: usize) -> bool {
        i + 1 < end && self.tokens[i].is(Class::DET) && self.mention_at(i + 1).is_some()
    }

    /// "You do this with A | and that with B": names behind what is said of them, one after the other.
    fn distributes(&self, i: usize, clause_start: usize, end: usize) -> bool {
        const REACH: usize = 10;
        let Some(first) = self.mention_of[i - 1].checked_sub(1).map(|idx| self.mentions[idx as usize]) else {
            return false;
        };
        let said_before = self.says(clause_start..first.start as usize)
            && self.mention_of[clause_start..first.start as usize].iter().all(|mention| *mention == 0);
        let boundary = |t: &usize| self.tokens[*t].is(Class::COMMA.with(Class::AND).with(Class::OR));
        let second = (i + 1..end.min(i + 1 + REACH)).take_while(|t| !boundary(t)).find_map(|t| self.mention_at(t));
        said_before && second.is_some_and(|second| second.subject != first.subject && second.start as usize > i + 2)
    }

    /// "A does this | and the rest is done by B", "| and the job of B is the rest", "| and doing the rest is for B".
    fn hands_over(&self, i: usize, clause_start: usize, end: usize) -> bool {
        const REACH: usize = 12;
        let within = i + 1..end.min(i + 1 + REACH);
        let boundary = |t: &usize| self.tokens[*t].is(Class::MARK.with(Class::AND).with(Class::OR));
        let to = within.clone().find(boundary).unwrap_or(within.end);
        let phrase = Clause { start: i as u32 + 1, end: to as u32, ..Clause::default() };
        let Some(name) = self.mentions_in(phrase).next() else { return false };
        let goes_on =
            || self.mention_of[clause_start..i].iter().any(|mention| *mention != 0) && self.says(clause_start..i);
        let owns = || {
            let article = u32::from(self.tokens[name.start as usize - 1].is(Class::DET));
            let of = (name.start - article) as usize - 1;
            self.tokens[of].is(Class::OF)
                && of > i + 1
                && to > name.end as usize
                && self.is_finite_verb(name.end as usize)
        };
        let does = || self.is_agent(phrase, name) || self.is_task_of(phrase, name);
        goes_on() && (owns() || self.says(i + 1..name.start as usize) && does())
    }

    /// "With A you are quick, | with B you are slow", "| with B, things are slow", "| in the second case you are slow".
    fn fronts_subject(&self, i: usize, end: usize) -> bool {
        let name = self.after_fillers(i + 1, end);
        let points = |hit: &&CueHit| matches!(hit.kind, CueKind::Former | CueKind::Latter);
        let pointer = self.cues_in(i as u32 + 1, i as u32 + 2).iter().filter(points).map(|hit| hit.end).max();
        let named = self.mention_at(name).map(|mention| mention.end);
        let behind = named.or(pointer).map_or(end, |behind| behind as usize);
        const OPENS: Class = Class::SUBJECT_PRON.with(Class::DET).with(Class::COMMA);
        self.tokens[i].is(Class::PREP) && behind < end && self.tokens[behind].is(OPENS)
    }

    /// "and we go", "or takes it".
    fn joint_opens(&self, i: usize, end: usize) -> bool {
        if !self.tokens[i].is(Class::AND.with(Class::OR)) {
            return false;
        }
        let next = self.after_fillers(i + 1, end);
        if next >= end {
            return false;
        }
        if self.mention_at(next).is_some() {
            // "X and Y do": coordinated subjects stay together.
            return self.mention_of[i - 1] == 0;
        }
        // "no pages or filters, …": a word alone behind "or" is one more noun.
        let ends = self.tokens.get(next + 1).is_none_or(|token| token.is_mark());
        let alone = ends && self.tokens[i].is(Class::OR);
        self.tokens[next].is(Class::SUBJECT_START)
            || !alone && self.begins_verb_phrase(next, end)
            || self.fronts_clause(next, end)
            || self.begins_topic(next)
    }

    /// "and | as for A, …"
    pub(super) fn begins_topic(&self, i: usize) -> bool {
        self.has_cue(i as u32, i as u32 + 1, CueKind::Topic)
    }

    /// "and on top of that | it does".
    fn fronts_clause(&self, i: usize, end: usize) -> bool {
        const REACH: usize = 5;
        let plain = |t: &usize| !self.tokens[*t].is_mark() && !self.is_finite_verb(*t);
        let subject =
            || (i + 1..end.min(i + REACH)).take_while(plain).find(|&t| self.tokens[t].is(Class::SUBJECT_PRON));
        self.tokens[i].is(Class::PREP)
            && subject().is_some_and(|t| t + 1 < end && self.tokens[t].is(Class::CARRY) && self.is_finite_verb(t + 1))
    }

    /// A finite verb, unless it is a noun in front of its own verb ("list, dict and set can be").
    fn begins_verb_phrase(&self, i: usize, end: usize) -> bool {
        let noun = self.tokens[i].is(Class::NOUN_LIKE);
        let before_aux = i + 1 < end && self.tokens[i + 1].is(Class::AUX) && !self.tokens[i].is(Class::AUX);
        let takes_object = i + 1 < end && self.tokens[i + 1].is(Class::DET.with(Class::PRON));
        self.is_finite_verb(i) && !before_aux && (!noun || takes_object)
    }

    /// "A drinks tea | made by B", "tea made by B | is drunk by A": who does it is another one than in the rest.
    fn agent_opens(&self, i: usize, clause_start: usize, end: usize) -> bool {
        const REACH: usize = 6;
        // The name of who does it, behind "by" at a place.
        let agent = |by: usize| {
            let article = usize::from(self.tokens.get(by + 1).is_some_and(|token| token.is(Class::DET)));
            let is_by = by + 1 + article < end && self.tokens[by].is(Class::BY);
            self.mention_at(by + 1 + article).filter(|_| is_by)
        };
        let is_reduced = |t: usize| {
            let noun = &self.tokens[t - 1];
            t > clause_start && self.tokens[t].is(Class::VERB_PAST) && noun.is_content() && !noun.is_verb()
        };
        if self.tokens[i].is(Class::AUX) && self.mention_of[i - 1] != 0 {
            let name = self.mentions[self.mention_of[i - 1] as usize - 1];
            let done = (clause_start + 1..i).rev().take(REACH).find(|&t| self.tokens[t].is(Class::VERB_PAST));
            let by = |t: usize| agent(t + 1).is_some_and(|agent| agent.start == name.start);
            let done = done.filter(|&t| by(t) && is_reduced(t) && !self.says(clause_start..t));
            let other = || (i + 1..end.min(i + 1 + REACH)).find_map(agent);
            done.is_some() && other().is_some_and(|other| other.subject != name.subject)
        } else {
            let Some(name) = agent(i + 1) else { return false };
            let first = || (clause_start..i).find_map(|t| self.mention_at(t));
            is_reduced(i) && self.says(clause_start..i) && first().is_some_and(|first| first.subject != name.subject)
        }
    }

    /// A second subject with a verb of its own inside the clause: "when A writes | B changes", "they differ in | that A
    /// writes", "the difference between A and B is | A writes".
    fn second_subject_opens(&self, i: usize, clause_start: usize, end: usize) -> bool {
        let after_article = self.begins_subject_phrase(i, end);
        let before = &self.tokens[i - 1];
        let introduced = before.is(Class::BE.with(Class::PREP));
        let that = self.tokens[i].is(Class::THAT) && i + 1 < end;
        let after_that =
            that && (self.begins_subject_phrase(i + 1, end) || introduced && self.mention_at(i + 1).is_some());
        let at = i + usize::from(after_that);
        let at = at + usize::from(self.begins_subject_phrase(at, end));
        let Some(mention) = self.mention_at(at).filter(|_| at < end) else { return false };
        // "Do not merge": a name that is also a verb.
        const KEEPS: Class = Class::CONJ.with(Class::COMMA).with(Class::SLASH).with(Class::NOT);
        let goes_on = !after_article && before.is(Class::DET) || before.is(Class::PREP);
        if before.is(KEEPS) || !after_that && goes_on {
            return false;
        }
        let verb = (mention.end as usize..end)
            .find(|&k| !self.tokens[k].is(Class::ADV.with(Class::OBJECT_PRON)))
            .unwrap_or(end);
        let has_verb = verb < end && (self.is_sure_verb(verb) || self.begins_verb_phrase(verb, end));
        // "asks | A to go"
        let is_bidden = || {
            let goes =
                matches!(self.tokens[verb..end], [to, base, ..] if to.is(Class::TO) && base.is(Class::VERB_BASE));
            goes && before.is(Class::BIDS)
        };
        (has_verb || is_bidden())
            && (after_that || self.says(clause_start..i) && !self.is_inside_relative(i, clause_start))
    }

    /// "A | that B fears | climbs": the verb of A, behind what B does.
    fn main_verb_opens(&self, i: usize, clause_start: usize) -> bool {
        const REACH: usize = 12;
        const GOES_ON: Class = Class::AUX.with(Class::TO).with(Class::AND).with(Class::OR).with(Class::DET);
        let before = || &self.tokens[i - 1];
        let is_main = self.is_finite_verb(i) && !self.tokens[i].is(Class::NOUN_LIKE) && !before().is(GOES_ON);
        if !is_main || i > clause_start + REACH || self.relative_antecedent(clause_start).is_none() {
            return false;
        }
        let says = |t: usize| self.is_sure_verb(t);
        let mut outside = (0..clause_start).rev().take(REACH).take_while(|&t| !self.tokens[t].is(Class::SENTENCE_END));
        !outside.any(says) && !says(clause_start + 1) && (clause_start + 2..i).any(says)
    }

    /// "A that fears B climbs", "A | which fears B climbs": the verb behind B is that of A.
    fn is_inside_relative(&self, i: usize, clause_start: usize) -> bool {
        const REACH: usize = 20;
        let is_relative = |t: &usize| {
            let named = t.checked_sub(1).is_some_and(|before| self.mention_of[before] != 0);
            named && self.tokens[*t].is(Class::RESTRICTIVE) && self.is_finite_verb(t + 1)
        };
        let Some(relative) = (clause_start..i).find(is_relative) else { return false };
        let mut before = (0..relative).rev().take(REACH).take_while(|&t| !self.tokens[t].is(Class::SENTENCE_END));
        !before.any(|t| self.is_finite_verb(t))
    }
}
