//! How far a negation reaches.

use super::{LONGEST_SCOPE, Structure};
use crate::language::{Class, CueKind, Tag};
use crate::structure::{Clause, Token};

/// What a cue denies of the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// "does not X": all that follows.
    Predicate,
    /// "without X", "there is no X": a noun with what belongs to it.
    Noun,
    /// "A Z without X does Y": the noun, up to what is said of another.
    Part,
    /// "No X does Y": the noun, and what is said of it.
    Subject,
}

impl Structure {
    /// What a cue denies.
    pub(super) fn denied(&self, kind: CueKind, start: usize, end: usize) -> Denied {
        let clause = self.clause_at(start);
        match kind {
            CueKind::Negation if self.excludes_name(start, end) => Denied::Noun,
            CueKind::Negation => Denied::Predicate,
            _ if self.begins_subject(&clause, start) => Denied::Subject,
            _ if self.belongs_to_subject(&clause, start, end) => Denied::Part,
            _ => Denied::Noun,
        }
    }

    /// "It is A, not the B that …": only B is denied.
    fn excludes_name(&self, cue: usize, end: usize) -> bool {
        const REACH: usize = 4;
        let follows = cue > 0 && self.tokens[cue - 1].is(Class::AND.with(Class::COMMA));
        let phrase = self.tokens[end..].iter().take(REACH);
        let mut phrase = phrase.skip_while(|token| token.is(Class::ARTICLE) || token.is_content() && !token.is_verb());
        follows && self.tokens[cue].is(Class::NOT) && phrase.next().is_some_and(|token| token.is(Class::RESTRICTIVE))
    }

    /// "No X …", "none of the X …" where a clause begins, behind "means that", "in the end" or "that way".
    fn begins_subject(&self, clause: &Clause, cue: usize) -> bool {
        const LEADS: Class = Class::MARK.with(Class::TAKES_CLAUSE);
        let opening = &self.tokens[clause.start as usize..cue];
        let lead = opening.iter().rposition(|token| token.is(LEADS)).map_or(opening, |last| &opening[last + 1..]);
        let is_light = |token: &Token| token.is(Class::FUNCTION) && !token.is(Class::PREP.with(Class::AUX));
        const BEGINS: Class = Class::PREP.with(Class::DEMONSTRATIVE);
        let is_phrase = matches!(lead, [first, .., last] if first.is(BEGINS) && last.is_content()) && !has_verb(lead);
        self.tokens[cue].is(Class::NEG_WORD)
            && !self.tokens[cue].is(Class::BLOCKED_MARKER)
            && (lead.iter().all(is_light) || is_phrase)
    }

    /// "A Z without X …", "a Z with no X …", "the lack of X …": a noun before the cue, or in it, and no verb yet.
    fn belongs_to_subject(&self, clause: &Clause, cue: usize, end: usize) -> bool {
        let before = &self.tokens[clause.start as usize..cue];
        let noun = match before {
            [noun, last] | [.., noun, last] if last.is(Class::WITH) => noun,
            [.., noun] if noun.is_content() => noun,
            _ => &self.tokens[cue],
        };
        let names_lack = noun.is_content() && self.tokens[end - 1].is(Class::OF) || cue > clause.start as usize;
        noun.is_content() && names_lack && !has_verb(before)
    }

    /// Where the forward scope of a cue ends.
    pub(super) fn scope(&self, from: usize, clause_end: usize, denied: Denied) -> usize {
        let end = clause_end.min(from + LONGEST_SCOPE);
        if from >= end {
            return from;
        }
        let noun_end = match denied {
            Denied::Predicate => from,
            Denied::Noun | Denied::Part => end,
            Denied::Subject => self.subject_end(from, end),
        };
        let ends = |i: &usize| {
            let is_first = *i == from;
            let in_noun = *i < noun_end;
            self.ends_every_scope(from, *i, end, in_noun)
                || !is_first && self.ends_later_scope(from, *i, end)
                || !is_first && in_noun && self.ends_noun(*i, end)
                || !is_first && denied == Denied::Part && self.is_said(*i)
        };
        (from..end).find(ends).unwrap_or(end)
    }

    /// Where the predicate of a denied subject begins: "No X | can Y"; "No X that Y can Z" says less about Z.
    fn subject_end(&self, from: usize, end: usize) -> usize {
        const GOES_ON: Class = Class::WH.with(Class::THAT).with(Class::TO);
        const PARTICIPLE: Class = Class::VERB_PAST.with(Class::VERB_ING);
        let Some(aux) = (from + 1..end).find(|&i| self.tokens[i].is(Class::AUX)) else { return end };
        // "No distributed system can …"
        let attribute = usize::from(self.tokens[from].is(PARTICIPLE) && self.tokens[from + 1].is_content());
        let said = &self.tokens[from + attribute..aux];
        if said.iter().any(|token| token.is(GOES_ON) || token.is_verb()) { end } else { aux }
    }

    fn ends_every_scope(&self, from: usize, i: usize, end: usize, in_noun: bool) -> bool {
        let token = &self.tokens[i];
        // "does not check who the user is": an indirect question is what is denied.
        let asks = if in_noun { Class::VERB_BASE } else { Class::VERB_BASE.with(Class::PREP) };
        let behind_verb = || {
            let verb_follows = from >= 2 && self.tokens[from - 2].is(Class::DO.with(Class::MODAL));
            self.tokens[i - 1].is(asks) || !in_noun && i == from + 1 && verb_follows
        };
        let asked = token.is(Class::WH) && (i == from || behind_verb());
        let denies_next = || self.tokens[i + 1..end].first().is_some_and(|next| next.is(Class::NEG_WORD));
        let is_or = token.is(Class::AND.with(Class::OR));
        // "shares (not copies) it": what a bracket denies ends with it.
        let leaves_bracket =
            || token.is(Class::CLOSE) && !self.tokens[from..i].iter().any(|token| token.is(Class::OPEN));
        // "not because of it", "not due to it": the reason is what is denied.
        let names_reason = i == from && self.is_reason_phrase(i);
        token.is(Class::SCOPE_END) && !asked && !names_reason
            || leaves_bracket()
            // "They notice nothing | and …": the pronoun is all that is denied.
            || i == from && from > 0 && token.is(Class::AND) && self.tokens[from - 1].is(Class::INDEFINITE_PRON)
            || i > from && self.stands_alone(i)
            // "If not | store it"
            || i == from && self.is_elliptic(from) && self.begins_main_clause(from, i, end)
            // "never A and the server never B": the second denial belongs to a statement of its own.
            || is_or && self.denies_anew(i + 1, end)
            || (is_or || token.is(Class::COMMA)) && denies_next()
            || token.is(Class::COMMA) && !self.comma_continues(i, end)
    }

    /// "because of", "due to": a reason without a sentence.
    pub(in crate::structure) fn is_reason_phrase(&self, t: usize) -> bool {
        let next = |class: Class| self.tokens.get(t + 1).is_some_and(|next| next.is(class));
        self.tokens[t].is(Class::REASON) && next(Class::OF) || self.tokens[t].is(Class::DUE) && next(Class::TO)
    }

    /// What ends a scope that has begun.
    fn ends_later_scope(&self, from: usize, i: usize, end: usize) -> bool {
        let token = &self.tokens[i];
        let clause_start = self.clause_at(from).start as usize;
        // "When nobody comes I go", "and because nobody comes I go": the main clause.
        let fronted = || self.front(clause_start).is_some_and(|first| first.is(Class::SUBORDINATOR.with(Class::WH)));
        let is_main = || self.tokens[clause_start..i].iter().any(Token::is_verb) && fronted();
        token.is(Class::NEG_WORD) && token.is(Class::NEITHER_NOR.with(Class::DET))
            || token.is(Class::AND) && self.begins_statement(i + 1, end)
            || token.is(Class::AS) && self.gives_reason(i + 1, end)
            || token.is(Class::SUBJECT_PRON) && is_main()
            || self.begins_main_clause(from, i, end)
            || self.is_said_of_denied(from, i)
            || self.is_said_of_relative(from, i)
            || self.is_purpose(from, i, end)
            || self.is_limit(i, end)
            || self.is_indifferent(i)
    }

    /// What ends the scope of a cue that denies a noun.
    fn ends_noun(&self, i: usize, end: usize) -> bool {
        const ENDS: Class = Class::SUBJECT_PRON.with(Class::ARROW).with(Class::AUX).with(Class::SCOPE_END_NOUN);
        // "and then goes"
        let joined = || self.tokens[i + 1..end].iter().find(|token| !token.is(Class::ADV));
        let goes_on = || joined().is_some_and(|joined| joined.is_verb() || joined.is(Class::PREP));
        self.tokens[i].is(ENDS) || self.tokens[i].is(Class::AND) && goes_on()
    }

    /// A verb, and no infinitive.
    fn is_said(&self, i: usize) -> bool {
        self.tokens[i].is_verb() && !self.tokens[i - 1].is(Class::TO)
    }

    /// "and several X can Y", "and the tank stays full": a new predicate, or a subject with a verb of its own.
    fn begins_statement(&self, from: usize, clause_end: usize) -> bool {
        const REACH: usize = 6;
        let new_subject = self.tokens.get(from).is_some_and(|token| token.is(Class::ARTICLE));
        self.tokens[from..clause_end]
            .iter()
            .take(REACH)
            .take_while(|token| !token.is_mark())
            .any(|token| token.is(Class::AUX) || new_subject && token.is_verb())
    }

    /// "as threads wait", "as the tank is full".
    fn gives_reason(&self, from: usize, clause_end: usize) -> bool {
        const REACH: usize = 4;
        const BEGINS: Class = Class::SUBJECT_PRON.with(Class::ARTICLE);
        let reason = &self.tokens[from..clause_end.min(from + REACH)];
        let subject = reason.first().is_some_and(|first| first.is(BEGINS) || first.tag == Tag::PLURAL);
        subject && reason[1..].iter().take_while(|token| !token.is_mark()).any(Token::is_verb)
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
            let new_verb = next.is_verb() && !next.is(Class::VERB_BASE);
            next.is(STOPS) && !next.is(Class::OR) || new_verb
        }) {
            return false;
        }
        // "or" may open the next clause.
        self.tokens[comma + 1..(clause_end + 1).min(self.tokens.len())]
            .iter()
            .take_while(|token| !token.is(Class::SCOPE_END.with(Class::AUX)))
            .any(|token| token.is(Class::OR))
    }

    /// "Without a tank | the pump works", "instead of one tank | use two": where the main clause begins.
    pub(super) fn fronted_end(&self, from: usize, clause_end: usize) -> usize {
        const BEGINS: Class = Class::ARTICLE.with(Class::SUBJECT_PRON).with(Class::IMPERATIVE);
        let begins_subject = |t: &usize| self.tokens[*t].is(BEGINS) && self.tokens[*t - 1].is_content();
        (from + 1..clause_end).find(begins_subject).unwrap_or(clause_end)
    }
}

/// Whether a verb is among some words; behind an article or preposition it is a noun: "in the end".
fn has_verb(words: &[Token]) -> bool {
    let says = |pair: &[Token]| pair[1].is_verb() && !pair[0].is(Class::ARTICLE.with(Class::PREP));
    words.first().is_some_and(Token::is_verb) || words.windows(2).any(says)
}
