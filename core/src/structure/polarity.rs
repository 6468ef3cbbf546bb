//! Polarity: which words a negation covers.
//!
//! Every cue gets a bit; a token carries the set of cues over it. Whether an item is denied is the parity of the union
//! over its tokens in one clause, so that two negations cancel and a cue that covers both words of a pair counts once.
//!
//! # Source
//! Per-cue direction and scope as in ConText (Harkema et al. 2009); the scope rules are measured on our own sentences.

use super::Structure;
use crate::language::{Class, CueKind};

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
}

/// Most cues a sentence can tell apart; further ones share the last bit.
const MOST_CUES: u32 = 62;
/// Tokens that a cue covers at most.
const LONGEST_SCOPE: usize = 40;
/// Bit of a cue that denies the rest of the sentence.
const SENTENCE_BIT: u64 = 1 << 63;

impl Structure {
    pub(super) fn mark_polarity(&mut self) {
        self.polarity.clear();
        self.polarity.resize(self.tokens.len(), Polarity::default());
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if matches!(hit.kind, CueKind::PseudoNegation | CueKind::SentenceNegation) {
                (hit.start..hit.end).for_each(|t| self.polarity[t as usize].masked = true);
            }
        }
        let mut bit = 0;
        let mut sentence = u32::MAX;
        let mut covered = 0;
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if !matches!(hit.kind, CueKind::Negation | CueKind::NounNegation | CueKind::Prevention)
                || hit.start < covered
            {
                continue;
            }
            if self.polarity[hit.start as usize].masked {
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
        self.mark_quantities();
        self.mark_false_sentences();
    }

    fn mark_cue(&mut self, kind: CueKind, start: usize, end: usize, bit: u64) {
        let clause = self.clauses[self.clause_of[start] as usize];
        // "The bus stops at the corner" prevents nothing.
        if kind == CueKind::Prevention && self.tokens.get(end).is_some_and(|next| next.is(Class::PREP)) {
            return;
        }
        (start..end).for_each(|t| self.polarity[t].own |= bit);
        let noun_phrase = kind != CueKind::Negation;
        // "Without X, no Y": X is asked for, not denied.
        let fronted = kind == CueKind::NounNegation
            && self.tokens[start].is(Class::BLOCKED_MARKER)
            && self.tokens[clause.start as usize..start].iter().all(|token| !token.is_content());
        let reach = self.scope(end, clause.end as usize, noun_phrase);
        for polarity in &mut self.polarity[end..reach] {
            polarity.forward |= bit;
            if kind == CueKind::Prevention || fronted {
                polarity.prevented |= bit;
            }
        }
        if kind == CueKind::Negation && self.tokens[start].is(Class::NOT) {
            self.mark_back(clause.start as usize, start, reach.saturating_sub(end), bit);
        }
    }

    /// Where the forward scope of a cue ends.
    fn scope(&self, from: usize, clause_end: usize, noun_phrase: bool) -> usize {
        let clause_end = clause_end.min(from + LONGEST_SCOPE);
        let mut i = from;
        while i < clause_end {
            let token = &self.tokens[i];
            let after_first = i > from;
            let next = self.tokens.get(i + 1).filter(|_| i + 1 < clause_end);
            // "does not check who the user is": an indirect question is what is denied.
            let asked = token.is(Class::WH) && (i == from || self.tokens[i - 1].is(Class::VERB_BASE.with(Class::PREP)));
            if token.is(Class::SCOPE_END) && !asked
                || token.is(Class::NEITHER_NOR) && token.is(Class::NEG_WORD) && after_first
            {
                break;
            }
            // "nothing happens and several X can Y": a new predicate.
            if token.is(Class::AND)
                && after_first
                && self.tokens[i + 1..clause_end]
                    .iter()
                    .take(4)
                    .take_while(|token| !token.is_mark())
                    .any(|token| token.is(Class::AUX))
            {
                break;
            }
            if noun_phrase && after_first && (token.is(Class::SUBJECT_PRON) || token.is(Class::ARROW)) {
                break;
            }
            let joins = token.is(Class::AND.with(Class::OR).with(Class::COMMA));
            // "never A and the server never B": the second denial belongs to a statement of its own.
            if token.is(Class::AND.with(Class::OR)) && self.denies_anew(i + 1, clause_end) {
                break;
            }
            if joins && next.is_some_and(|next| next.is(Class::NEG_WORD))
                || after_first && token.is(Class::NEG_WORD) && token.is(Class::DET)
            {
                break;
            }
            if noun_phrase && after_first {
                let verb_follows = token.is(Class::AND)
                    && next.is_some_and(|next| {
                        next.is(Class::FINITE) && !next.is(Class::NOUN_LIKE) || next.is(Class::PREP)
                    });
                if token.is(Class::AUX.with(Class::SCOPE_END_NOUN)) || verb_follows {
                    break;
                }
            }
            if token.is(Class::COMMA) && !self.comma_continues(i, clause_end) {
                break;
            }
            i += 1;
        }
        i
    }

    /// Whether "not" or "never" comes up before the next coordinator.
    fn denies_anew(&self, from: usize, clause_end: usize) -> bool {
        self.tokens[from..clause_end]
            .iter()
            .take_while(|token| !token.is(Class::AND.with(Class::OR).with(Class::COMMA)))
            .any(|token| token.is(Class::NOT))
    }

    /// "no X, Y or Z" runs on over the comma; "no X, Y" stops.
    fn comma_continues(&self, comma: usize, clause_end: usize) -> bool {
        const STOPS: Class = Class::AND.with(Class::CONJ).with(Class::PRON).with(Class::ONLY).with(Class::PREP);
        if self.tokens.get(comma + 1).is_none_or(|next| {
            next.is(STOPS) && !next.is(Class::OR) || next.is(Class::FINITE) && !next.is(Class::NOUN_LIKE)
        }) {
            return false;
        }
        self.tokens[comma + 1..clause_end]
            .iter()
            .take_while(|token| !token.is(Class::SCOPE_END.with(Class::AUX)))
            .any(|token| token.is(Class::OR))
    }

    /// "not" behind an auxiliary also covers the noun phrase in front of the verb.
    fn mark_back(&mut self, clause_start: usize, cue: usize, reach: usize, bit: u64) {
        let Some(aux) = (clause_start.max(cue.saturating_sub(3))..cue).rev().find(|&t| self.tokens[t].is(Class::AUX))
        else {
            return;
        };
        if !self.tokens[aux].is(Class::BE.with(Class::MODAL)) && reach > 2 {
            return;
        }
        const STOPS: Class = Class::CONJ.with(Class::PREP).with(Class::MARK);
        for t in (clause_start..aux).rev().take(LONGEST_SCOPE) {
            let verb = self.tokens[t].is(Class::FINITE) && !self.tokens[t].is(Class::NOUN_LIKE);
            if verb || self.tokens[t].is(STOPS) {
                break;
            }
            self.polarity[t].back |= bit;
        }
    }

    /// "less overhead", "low latency": the quantity turns the next word or two.
    fn mark_quantities(&mut self) {
        const MOST: usize = 2;
        for i in 0..self.tokens.len() {
            let token = &self.tokens[i];
            // "schema-less", "sugar-free": the ending turns the word that it hangs on.
            if i > 0 && token.joined && token.is(Class::PRIVATIVE) && self.tokens[i - 1].joined {
                self.polarity[i].own |= 1 << 62;
                self.polarity[i - 1].forward |= 1 << 62;
                continue;
            }
            let a_little = i > 0 && self.tokens[i - 1].is(Class::INDEFINITE_ARTICLE);
            if !token.is(Class::QUANTITY_FLIP) || self.polarity[i].masked || a_little {
                continue;
            }
            let bit = 1 << 62;
            let end = self.clauses[self.clause_of[i] as usize].end as usize;
            let covered = (i + 1..end).take(MOST).take_while(|&t| self.tokens[t].is_content()).count();
            self.polarity[i].own |= bit;
            self.polarity[i + 1..i + 1 + covered].iter_mut().for_each(|polarity| polarity.forward |= bit);
        }
    }

    /// "It is not true that …" denies the rest of the sentence.
    fn mark_false_sentences(&mut self) {
        let mut covered = 0;
        for i in 0..self.cues.len() {
            let hit = self.cues[i];
            if hit.kind == CueKind::SentenceNegation && hit.start >= covered {
                covered = hit.end;
                let end = self.sentences[self.sentence_of(hit.start) as usize].end;
                (hit.end..end).for_each(|t| self.polarity[t as usize].forward |= SENTENCE_BIT);
            }
        }
    }
}

fn is_negation(kind: CueKind) -> bool {
    matches!(kind, CueKind::Negation | CueKind::NounNegation | CueKind::Prevention)
}
