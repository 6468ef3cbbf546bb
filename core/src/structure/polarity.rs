//! Polarity: which words a negation covers.
//!
//! Every cue gets a bit; a token carries the set of cues over it. Whether an item is denied is the parity of the union
//! over its tokens in one clause, so that two negations cancel and a cue that covers both words of a pair counts once.
//!
//! # Source
//! Per-cue direction and scope as in ConText (Harkema et al. 2009); the scope rules are measured on our own sentences.

mod embedded;
mod scope;
mod spared;
mod told;

use super::{Clause, CueHit, Structure, Token};
use crate::language::{Class, CueKind, Tag};
use scope::Denied;
use std::ops::Range;

/// Cues over a token. Bits are numbered anew in every sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Polarity {
    /// Cues before the token, in reach of it.
    pub(crate) forward: u64,
    /// "not" behind the noun phrase of the token: "delivery is not guaranteed".
    pub(crate) back: u64,
    /// The part of `forward` that only prevents: "avoid locks" does not deny that there are locks.
    pub(crate) prevented: u64,
    /// The bit of a cue that this token is part of.
    pub(crate) own: u64,
    /// Part of a pseudo cue ("not only"): denies nothing.
    masked: bool,
    /// What others say, or what is only supposed: the answer does not claim it.
    pub(crate) told: bool,
    /// Part of a condition: nobody says that it is so.
    pub(crate) supposed: bool,
}

/// Most cues a sentence can tell apart; further ones share the last bit.
const MOST_CUES: u32 = 56;
/// Tokens that a cue covers at most.
const LONGEST_SCOPE: usize = 40;
/// Clauses that one denial reaches over "or".
const MOST_JOINED: usize = 6;
/// Bit of "not only", over its second word.
const RESTRICTION_BIT: u64 = 1 << 57;
/// Bit of "prefer … over", "would rather … than".
pub(crate) const CHOICE_BIT: u64 = 1 << 58;
/// Bit of "too … to".
const EXCESS_BIT: u64 = 1 << 59;
/// Bit of "keep … from".
const KEPT_BIT: u64 = 1 << 60;
/// Bit of a predicate that denies what it is said of.
const PREDICATE_BIT: u64 = 1 << 61;
/// Bit of a quantity that turns the next word.
const QUANTITY_BIT: u64 = 1 << 62;
/// Bit of a cue that denies the rest of the sentence, or the one before.
pub(super) const SENTENCE_BIT: u64 = 1 << 63;

impl Structure {
    pub(super) fn mark_polarity(&mut self) {
        self.polarity.clear();
        self.polarity.resize(self.tokens.len(), Polarity::default());
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            let masks = match hit.kind {
                CueKind::PseudoNegation => !self.is_said_of_subject(hit),
                CueKind::SentenceNegation => true,
                CueKind::Refutation => self.is_refutation(hit),
                _ => false,
            };
            if !masks {
                continue;
            }
            (hit.start..hit.end).for_each(|t| self.polarity[t as usize].masked = true);
            if hit.kind == CueKind::PseudoNegation {
                self.mark_restriction(hit);
            }
        }
        let mut bit = 0;
        let mut sentence = u32::MAX;
        let mut covered = 0;
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if !is_negation(hit.kind) || hit.start < covered || self.polarity[hit.start as usize].masked {
                continue;
            }
            // The longest cue at a place wins, whatever its kind.
            let hit = self.cues[i..]
                .iter()
                .take_while(|other| other.start == hit.start)
                .filter(|other| is_negation(other.kind))
                .max_by_key(|other| other.end)
                .copied()
                .unwrap_or(hit);
            covered = hit.end;
            let s = self.sentence_of(hit.start);
            bit = if s == sentence { (bit + 1).min(MOST_CUES) } else { 0 };
            sentence = s;
            self.mark_cue(hit.kind, hit.start as usize, hit.end as usize, 1 << bit);
        }
        self.mark_kept();
        self.mark_preferred();
        self.mark_predicates();
        self.mark_labels();
        self.mark_excesses();
        self.mark_quantities();
        self.mark_false_sentences();
        self.mark_doubted();
        self.mark_told();
        self.mark_conditions();
        self.mark_otherwise();
        self.mark_refuted();
    }

    /// "does not just rest": rests, but "just" is denied.
    fn mark_restriction(&mut self, hit: CueHit) {
        let (not, only) = (hit.start as usize, hit.end as usize - 1);
        if self.tokens[not].is(Class::NOT) && self.tokens[only].is(Class::ADV) {
            self.polarity[not].own |= RESTRICTION_BIT;
            self.cover(only..only + 1, RESTRICTION_BIT, true);
        }
    }

    fn mark_cue(&mut self, kind: CueKind, start: usize, end: usize, bit: u64) {
        let clause = self.clause_at(start);
        // "The bus stops at the corner" prevents nothing.
        if kind == CueKind::Prevention && self.tokens.get(end).is_some_and(|next| next.is(Class::PREP)) {
            return;
        }
        (start..end).for_each(|t| self.polarity[t].own |= bit);
        // "Without X, no Y": X is asked for, not denied.
        let without = self.tokens[start].is(Class::BLOCKED_MARKER);
        let opens = kind == CueKind::NounNegation
            && (without || end - start > 1 && !self.tokens[start].is(Class::NEG_WORD))
            && self.tokens[clause.start as usize..start].iter().all(|token| !token.is_content());
        let fronted = opens && without;
        let clause_end = if opens { self.fronted_end(end, clause.end as usize) } else { clause.end as usize };
        let denied = self.denied(kind, start, end);
        // "no-shows": what it hangs on.
        let (cue, next) = (self.tokens[end - 1], self.tokens.get(end));
        let is_prefix = end - start == 1 && cue.joined && next.is_some_and(|next| next.start == cue.end + 1);
        let aside = self.behind_aside(start, end).filter(|_| !is_prefix);
        let clause_end = aside.map_or(clause_end, |from| self.clause_at(from).end as usize);
        let from = aside.unwrap_or(end);
        let reach = if is_prefix { end + 1 } else { self.scope(from, clause_end, denied) };
        // "if not equal | stop": nobody says that they are not.
        let commands = || reach < clause_end && self.begins_main_clause(from, reach, clause_end);
        let supposed = self.is_supposed(start) || self.is_elliptic(from) && commands();
        let prevents = kind == CueKind::Prevention
            || fronted
            || supposed
            || self.leaves_room(end, reach, denied)
            || self.is_conditional(start, reach);
        let replaced = self.replaced_behind(start, from, reach);
        let compared = || self.denied_comparison(start, from..reach, denied == Denied::Subject);
        match replaced.clone().or_else(compared) {
            Some(only) => self.cover(only, bit, prevents),
            None => {
                let limit = self.restriction(from..reach).filter(|_| denied == Denied::Predicate).unwrap_or(from);
                self.cover(from..limit, bit, true);
                self.cover(limit..reach, bit, prevents);
            }
        }
        if kind == CueKind::Negation && reach == clause.end as usize && !self.tokens[start].is(Class::INDEFINITE_PRON) {
            self.continue_over_or(self.clause_of[start] as usize, bit);
        }
        if kind != CueKind::Prevention && denied != Denied::Subject && reach == clause.end as usize && !is_prefix {
            self.continue_into_told(self.clause_of[start] as usize, bit, prevents);
        }
        // "stores no water", "stores nothing"
        const OBJECT: Class = Class::DET.with(Class::INDEFINITE_PRON).with(Class::NEITHER_NOR);
        let is_object = denied != Denied::Subject && self.tokens[start].is(OBJECT);
        if is_object {
            self.mark_verb_before(clause.start as usize, start, bit);
        }
        let is_not = kind == CueKind::Negation && self.tokens[start].is(Class::NOT);
        if is_not && replaced.is_none() && !self.sets_right(start, reach) {
            self.mark_back(clause.start as usize, start, reach.saturating_sub(end), bit);
        }
    }

    /// Whether what is denied holds in part, or for some: "not always", "cannot enter without a key".
    fn leaves_room(&self, end: usize, reach: usize, denied: Denied) -> bool {
        // "not always", "not fully", "not what makes it", "not because"
        const IN_PART: Class = Class::TOTAL.with(Class::WH).with(Class::REASON);
        let in_part = self.tokens.get(end).is_some_and(|next| next.is(IN_PART));
        if in_part || denied != Denied::Predicate {
            return in_part;
        }
        // "does not keep everything", but "does not keep it at all"
        let of_some = end + 1 < reach && self.tokens[end].is_verb() && self.tokens[end + 1].is(Class::UNIVERSAL);
        // "cannot enter without a key", "until it is open": who has one can, and some time; but "do not wait until".
        const NEAR: usize = 3;
        let waits = self.tokens[end..reach].iter().take(NEAR).any(|token| token.is(Class::WAITS));
        let behind = self.tokens.len().min(reach + if self.is_comma(reach) { 2 } else { 1 });
        of_some || !waits && self.tokens[end..behind].iter().any(|token| token.is(Class::BLOCKED_MARKER))
    }

    /// "They never forget": no call not to, like "never forget".
    fn is_said_of_subject(&self, hit: CueHit) -> bool {
        let start = hit.start as usize;
        let calls = self.tokens[hit.end as usize - 1].is(Class::FACTIVE);
        let clause_start = self.clause_at(start).start as usize;
        let before = self.tokens[clause_start..start].last();
        calls && before.is_some_and(|token| token.is(Class::SUBJECT_PRON) || token.is_content())
    }

    /// "It is A, not B", "it is A and not B", "it is not B but A": one word is put in place of another, and what it is said
    /// of stays.
    fn sets_right(&self, cue: usize, reach: usize) -> bool {
        let clause = self.clause_at(cue);
        let said = self.tokens[clause.start as usize..cue].iter().rev().take_while(|token| !token.is(Class::AUX));
        const BETWEEN: Class = Class::COMMA.with(Class::AND);
        let mut said = said.skip_while(|token| token.is(Class::ADV));
        if said.next().is_some_and(|token| token.is(BETWEEN)) && said.any(Token::is_content) {
            return true;
        }
        let Some(but) = self.tokens.get(reach).filter(|token| token.is(Class::COORDINATOR.with(Class::COMMA))) else {
            return false;
        };
        let from = reach + usize::from(but.is(Class::COMMA));
        let end = self.tokens.get(from).map_or(from, |_| self.clause_at(from).end as usize);
        const OWN: Class = Class::AUX.with(Class::SUBJECT_PRON);
        let opens = |token: &Token| token.is(Class::CONTRAST) && token.is(Class::COORDINATOR);
        self.tokens.get(from).is_some_and(opens) && !self.tokens[from..end].iter().any(|token| token.is(OWN))
    }

    /// "If nobody comes, …": nobody says so. "If not A, then B" leaves out A.
    fn is_supposed(&self, cue: usize) -> bool {
        const LEADS: Class = Class::MARK.with(Class::CLAUSE_LEAD).with(Class::HYPOTHESIS);
        let before = &self.tokens[self.clause_at(cue).start as usize..cue];
        let n_leads = before.iter().take(LONGEST_SCOPE).take_while(|token| token.is(LEADS)).count();
        let (leads, rest) = before.split_at(n_leads);
        let is_elliptic = rest.is_empty() && self.tokens[cue].is(Class::NOT);
        before.len() <= LONGEST_SCOPE
            && leads.iter().any(|token| token.is(Class::HYPOTHESIS))
            && !rest.iter().any(|token| token.is(Class::COMMA))
            && !is_elliptic
    }

    fn is_comma(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|token| token.is(Class::COMMA))
    }

    /// Puts tokens under a cue in front of them.
    fn cover(&mut self, tokens: Range<usize>, bit: u64, prevents: bool) {
        for polarity in &mut self.polarity[tokens] {
            polarity.forward |= bit;
            polarity.prevented |= if prevents { bit } else { 0 };
        }
    }

    /// "never A | or B", "does not A | , B | or C": verbs without a subject of their own that "or" joins are denied with it.
    fn continue_over_or(&mut self, c: usize, bit: u64) {
        let sentence = self.clauses[c].sentence;
        // The verb with which a clause goes on, and whether there is an "or" in it; behind a comma the bare form only.
        let joined = |clause: &Clause| {
            let end = clause.end as usize;
            let lead = Class::COMMA.with(Class::OR).with(Class::ADV);
            let verb = (clause.start as usize..end).find(|&t| !self.tokens[t].is(lead))?;
            let has_or = |from: usize, to: usize| self.tokens[from..to].iter().any(|token| token.is(Class::OR));
            let leads = &self.tokens[clause.start as usize..verb];
            let goes_on = has_or(clause.start as usize, verb)
                || leads.iter().any(|token| token.is(Class::COMMA)) && self.tokens[verb].is(Class::VERB_BASE);
            let is_verb = self.is_finite_verb(verb) && !self.tokens[verb].is(Class::AUX);
            let denies = leads.iter().any(|token| token.is(Class::NEG_WORD));
            (goes_on && is_verb && !denies).then(|| (verb, has_or(clause.start as usize, end)))
        };
        let chain: Vec<(usize, usize, bool)> = self.clauses[c + 1..]
            .iter()
            .take(MOST_JOINED)
            .take_while(|clause| clause.sentence == sentence)
            .map_while(|clause| joined(clause).map(|(verb, or)| (verb, clause.end as usize, or)))
            .collect();
        let n_joined = chain.iter().rposition(|(_, _, or)| *or).map_or(0, |last| last + 1);
        for (verb, end, _) in &chain[..n_joined] {
            let reach = self.scope(*verb, *end, Denied::Predicate);
            self.cover(*verb..reach, bit, false);
        }
    }

    /// Where a denial of what a verb says would end.
    pub(super) fn predicate_end(&self, verb: usize) -> usize {
        self.scope(verb, self.clause_at(verb).end as usize, Denied::Predicate)
    }

    /// "I would not say that | it …": what is not said is denied. Where only somebody's words are disputed, or it is
    /// `prevented`, nothing is contradicted.
    fn continue_into_told(&mut self, c: usize, bit: u64, prevents: bool) {
        let Some(told) = self.told_behind(c) else { return };
        let reach = self.scope(told.start, told.end, Denied::Predicate);
        // "It does not promise that …" says it of the subject.
        let is_subject = |t: u32| self.mention_of[t as usize] != 0 || self.tokens[t as usize].is(Class::CARRY);
        let clause = self.clauses[c];
        let of_others = self.tells_belief(clause.start, clause.end) && !(clause.start..clause.end).any(is_subject);
        self.cover(told.start..reach, bit, prevents || of_others);
    }

    /// The verb is denied with its object.
    fn mark_verb_before(&mut self, clause_start: usize, cue: usize, bit: u64) {
        let verb = (clause_start..cue).rev().find(|&t| !self.tokens[t].is(Class::ADV));
        if let Some(verb) = verb.filter(|&t| self.is_finite_verb(t) && !self.tokens[t].is(Class::AUX)) {
            self.polarity[verb].back |= bit;
        }
    }

    /// "keeps water from freezing", "from being frozen", "was stopped from melting": as good as prevented.
    fn mark_kept(&mut self) {
        let is_deed = |token: &Token| token.tag == Tag::ING || token.is(Class::BE_NONFINITE);
        for from in 0..self.tokens.len() {
            if !self.tokens[from].is(Class::FROM) || !self.tokens.get(from + 1).is_some_and(is_deed) {
                continue;
            }
            let clause = self.clause_at(from);
            let keeps = (clause.start as usize..from).rev().find(|&t| self.tokens[t].is(Class::KEEPS_FROM));
            // A cue by itself ("prevents") has covered them.
            let Some(keeps) = keeps.filter(|&t| self.polarity[t].own == 0) else { continue };
            let reach = self.scope(from + 1, clause.end as usize, Denied::Predicate);
            [keeps, from].into_iter().for_each(|t| self.polarity[t].own |= KEPT_BIT);
            self.cover(keeps + 1..from, KEPT_BIT, true);
            self.cover(from + 1..reach, KEPT_BIT, true);
        }
    }

    /// "prefers waiting over guessing", "would rather wait than guess": what is not chosen is as good as avoided.
    fn mark_preferred(&mut self) {
        const REACH: usize = 8;
        const LEAVES: Class = Class::OVER.with(Class::TO).with(Class::THAN);
        for than in 0..self.tokens.len() {
            if !self.tokens[than].is(LEAVES) {
                continue;
            }
            let clause = self.clause_at(than);
            let chosen = (clause.start as usize).max(than.saturating_sub(REACH))..than;
            if let Some(prefers) = chosen.rev().find(|&t| self.ranks(t, than)) {
                let reach = self.scope(than + 1, clause.end as usize, Denied::Noun);
                [prefers, than].into_iter().for_each(|t| self.polarity[t].own |= CHOICE_BIT);
                self.cover(than + 1..reach, CHOICE_BIT, true);
            }
        }
    }

    /// Whether a word sets what follows it above what follows another: "prefers … over", "prefers … to waiting", "rather go
    /// than", "better to go than".
    fn ranks(&self, prefers: usize, than: usize) -> bool {
        let next = |t: usize, class: Class| self.tokens.get(t + 1).is_some_and(|next| next.is(class));
        let is = |class: Class| self.tokens[prefers].is(class);
        let chooses = than > prefers + 1;
        if self.tokens[than].is(Class::OVER) {
            is(Class::PREFERS)
        } else if self.tokens[than].is(Class::TO) {
            // "prefers to go", "prefers the dog to be let in"
            chooses && is(Class::RANKS) && !next(than, Class::VERB_BASE.with(Class::BE_NONFINITE))
        } else {
            let of_deeds = || [prefers, than].iter().any(|&t| next(t, Class::VERB_BASE.with(Class::TO)));
            chooses && (is(Class::RANKS) || is(Class::RATHER) && of_deeds())
        }
    }

    /// "Storing it is impossible", "makes storing it impossible", "it is impossible to store it".
    fn mark_predicates(&mut self) {
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            let (start, end) = (hit.start as usize, hit.end as usize);
            if hit.kind != CueKind::DenyingPredicate || self.polarity[start].masked {
                continue;
            }
            let clause = self.clause_at(start);
            // "Opening it would ruin the pump": only imagined, and rejected.
            let is_imagined = self.tokens[start].is(Class::MODAL);
            let denies = if is_imagined { self.begins_with_deed(clause.start as usize) } else { self.closes(end) };
            if !denies {
                continue;
            }
            (start..end).for_each(|t| self.polarity[t].own |= PREDICATE_BIT);
            // "useless as a lock", "useless for locking": what it is not.
            if self.tokens.get(end).is_some_and(|next| next.is(Class::AS.with(Class::FOR))) {
                let reach = self.scope(end, clause.end as usize, Denied::Noun);
                self.cover(end..reach, PREDICATE_BIT, true);
            }
            // "makes it useless", but not "is considered useless"
            let is_passive = |t: usize| t > 0 && self.tokens[t - 1].is(Class::BE);
            let causes = |t: &usize| self.tokens[*t].is(Class::CAUSATIVE) && !is_passive(*t);
            let caused = (clause.start as usize..start).rev().find(causes);
            // "Roles play no part": what stands before.
            let told = || self.is_finite_verb(start).then_some(clause.start as usize);
            if self.tokens.get(end).is_some_and(|next| next.is(Class::TO)) {
                let reach = self.scope(end, clause.end as usize, Denied::Predicate);
                self.cover(end..reach, PREDICATE_BIT, false);
            } else if let Some(from) = caused.map(|verb| verb + 1).or_else(told) {
                self.polarity[from..start].iter_mut().for_each(|polarity| polarity.back |= PREDICATE_BIT);
            } else {
                self.mark_back(clause.start as usize, start, 0, PREDICATE_BIT);
            }
        }
    }

    /// "Storing it on disk is …".
    fn begins_with_deed(&self, clause_start: usize) -> bool {
        let mut opening = self.tokens[clause_start..].iter();
        opening.find(|token| !token.is(Class::CLAUSE_LEAD)).is_some_and(|first| first.is(Class::VERB_ING))
    }

    /// Whether a predicate ends here: what follows is no noun that it could belong to.
    fn closes(&self, end: usize) -> bool {
        const GOES_ON: Class = Class::PREP.with(Class::ADV).with(Class::COORDINATOR).with(Class::SUBORDINATOR);
        const FOLLOWS: Class = GOES_ON.with(Class::CLAUSE_OPENER);
        self.tokens.get(end).is_none_or(|next| next.is_mark() || next.is(FOLLOWS))
    }

    /// "needs a key: no".
    fn mark_labels(&mut self) {
        const JOINS: Class = Class::COLON.with(Class::ARROW).with(Class::DASH).with(Class::EQUALS);
        for t in 1..self.tokens.len() {
            let is_value = self.tokens[t].is(Class::NEG_WORD)
                && self.tokens[t - 1].is(JOINS)
                && self.tokens.get(t + 1).is_none_or(|next| next.is(Class::SENTENCE_END));
            if is_value {
                let label = self.sentence_at(t).start..t as u32 - 1;
                self.polarity[t].own |= PREDICATE_BIT;
                self.cover(label.start as usize..label.end as usize, PREDICATE_BIT, false);
            }
        }
    }

    /// "not" behind an auxiliary also covers the noun phrase in front of the verb.
    fn mark_back(&mut self, clause_start: usize, cue: usize, reach: usize, bit: u64) {
        let Some(aux) = (clause_start.max(cue.saturating_sub(3))..cue).rev().find(|&t| self.tokens[t].is(Class::AUX))
        else {
            return;
        };
        let happens = self.tokens.get(cue + 1).is_some_and(|verb| verb.is(Class::HAPPENS));
        if !self.tokens[aux].is(Class::BE.with(Class::MODAL)) && reach > 2 && !happens {
            return;
        }
        // "can hardly ever be | skipped"
        const CHAIN: Class = Class::AUX.with(Class::ADV);
        let aux = (clause_start..aux).rev().find(|&t| !self.tokens[t].is(CHAIN)).map_or(clause_start, |t| t + 1);
        const STOPS: Class = Class::CONJ.with(Class::PREP).with(Class::MARK);
        let is_deed = self.begins_with_deed(clause_start);
        // "Alerts are not wanted": a verb cannot be the first word of a subject.
        let first = self.opening(clause_start..aux);
        for t in (clause_start..aux).rev().take(LONGEST_SCOPE) {
            // "Dirty reads cannot occur": a noun behind its adjective.
            let is_noun = t + 1 == aux && t > clause_start && self.tokens[t].is(Class::VERB_S) && {
                let before = &self.tokens[t - 1];
                before.is_content() && before.tag != Tag::PLURAL
            };
            let verb = self.tokens[t].is_verb() && first != Some(t) && !is_noun;
            // "Locks and keys are not needed".
            let joins = self.tokens[t].is(Class::AND.with(Class::OR))
                && (clause_start..t).all(|before| !self.tokens[before].is_verb());
            let ends = if is_deed { Class::MARK } else { STOPS };
            if verb && !is_deed || self.tokens[t].is(ends) && !joins {
                break;
            }
            self.polarity[t].back |= bit;
        }
    }

    /// "too weak to hold": it does not hold.
    fn mark_excesses(&mut self) {
        const REACH: usize = 3;
        for too in 0..self.tokens.len() {
            let clause_end = self.clause_at(too).end as usize;
            if !self.tokens[too].is(Class::TOO) {
                continue;
            }
            let to = (too + 2..clause_end.min(too + 2 + REACH)).find(|&t| self.tokens[t].is(Class::TO));
            if let Some(to) = to.filter(|&to| self.tokens.get(to + 1).is_some_and(|next| next.is(Class::VERB_BASE))) {
                let reach = self.scope(to + 1, clause_end, Denied::Predicate);
                self.polarity[too].own |= EXCESS_BIT;
                self.cover(to + 1..reach, EXCESS_BIT, false);
            }
        }
    }

    /// "less overhead", "low latency": the quantity turns the next word or two.
    fn mark_quantities(&mut self) {
        const MOST: usize = 2;
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            // "schema-less", "sugar-free": the ending turns the word that it hangs on.
            if i > 0 && token.joined && token.is(Class::PRIVATIVE) && self.tokens[i - 1].joined {
                self.polarity[i].own |= QUANTITY_BIT;
                self.polarity[i - 1].forward |= QUANTITY_BIT;
                continue;
            }
            // "a little room", "made of little units", "into little boxes", "its own little world"
            let a_little = i > 0 && self.tokens[i - 1].is(Class::INDEFINITE_ARTICLE.with(Class::OF))
                || token.is(Class::LITTLE) && self.tells_size(i);
            if !token.is(Class::QUANTITY_FLIP) || self.polarity[i].masked || a_little {
                continue;
            }
            let bit = QUANTITY_BIT;
            let end = self.clause_at(i).end as usize;
            // "low-quality fruit" is fruit.
            let hangs = token.joined && self.tokens.get(i + 1).is_some_and(|next| next.joined);
            let most = if hangs { 1 } else { MOST };
            let covered = (i + 1..end).take(most).take_while(|&t| self.tokens[t].is_content()).count();
            self.polarity[i].own |= bit;
            self.polarity[i + 1..i + 1 + covered].iter_mut().for_each(|polarity| polarity.forward |= bit);
        }
    }

    /// "little boxes", "its little world", "a nice little world".
    fn tells_size(&self, little: usize) -> bool {
        let before = &self.tokens[little.saturating_sub(2)..little];
        let plural = self.tokens.get(little + 1).is_some_and(|next| next.tag == Tag::PLURAL);
        plural || before.iter().any(|token| token.is(Class::DET))
    }
}

fn is_negation(kind: CueKind) -> bool {
    matches!(kind, CueKind::Negation | CueKind::NounNegation | CueKind::Prevention)
}
