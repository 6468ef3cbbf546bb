//! What a denial leaves alone in its own clause: the main clause behind it, a purpose, a number that it only limits.

use super::{LONGEST_SCOPE, Structure};
use crate::language::{Class, Tag};
use crate::structure::Token;
use std::ops::Range;

/// Words of a subject between its determiner and its verb.
const LONGEST_SUBJECT: usize = 3;
/// Tokens that stand between "not" and its verb at most.
const LONGEST_ASIDE: usize = 10;

impl Structure {
    /// "If it does not rain | the garden needs water", "if the tea is not hot | boil water", "in case of no tea | boil water":
    /// the main clause behind a fronted one without a comma.
    pub(super) fn begins_main_clause(&self, from: usize, i: usize, end: usize) -> bool {
        let clause_start = self.clause_at(from).start as usize;
        let said = &self.tokens[clause_start..from.max(i)];
        let is_complete = match self.front(clause_start) {
            Some(front) if front.is(Class::SUBORDINATOR.with(Class::WH)) => {
                self.is_elliptic(from) || i > from && said.iter().any(Token::is_verb)
            }
            // "in case of no rain"
            Some(_) => i > from && !said.iter().any(Token::is_verb),
            None => false,
        };
        let before = &self.tokens[i - 1];
        const JOINS: Class = Class::PREP.with(Class::DET).with(Class::CONJ).with(Class::THAT);
        const OPEN: Class = JOINS.with(Class::LETS).with(Class::WH).with(Class::ALTERNATIVE);
        // "if it does not say | roses grow": what is said.
        let is_told = before.is(Class::REPORT.with(Class::TAKES_CLAUSE).with(Class::FACTIVE));
        is_complete
            && !before.is(OPEN)
            && !is_told
            && (i > from && self.verb_of_subject(i, end).is_some() || self.commands(from, i, end))
    }

    /// What puts a clause in front of another: "because it …", "and if nobody …", "in case of …", but not "but it …".
    pub(super) fn front(&self, clause_start: usize) -> Option<&Token> {
        const LEADS: Class = Class::MARK.with(Class::COORDINATOR).with(Class::ADV);
        const FRONTS: Class = Class::SUBORDINATOR.with(Class::WH).with(Class::PREP).with(Class::DUE);
        let mut opening = self.tokens[clause_start..].iter().take(LONGEST_SCOPE);
        opening.find(|token| !token.is(LEADS) || token.is(FRONTS)).filter(|first| first.is(FRONTS))
    }

    /// "If not …", "when not hot …".
    pub(super) fn is_elliptic(&self, from: usize) -> bool {
        from >= 2 && self.tokens[from - 1].is(Class::NOT) && self.tokens[from - 2].is(Class::HYPOTHESIS)
    }

    /// The verb of a subject that begins at a token: "the garden | needs", "roses | grow", "a second look | is".
    fn verb_of_subject(&self, i: usize, end: usize) -> Option<usize> {
        const NO_VERB: Class = Class::BE_NONFINITE.with(Class::VERB_ING);
        let is_phrase = self.tokens[i].is(Class::DET);
        let longest = if is_phrase { LONGEST_SUBJECT } else { 0 };
        let first = i + usize::from(is_phrase);
        let is_noun = |t: usize| self.tokens[t].is_content();
        (first + 1..end.min(first + 2 + longest)).take_while(|&t| is_noun(t - 1)).find(|&verb| {
            let (noun, token) = (&self.tokens[verb - 1], &self.tokens[verb]);
            let is_subject = is_phrase || is_plural(noun);
            is_subject && !token.is(NO_VERB) && (token.is(Class::AUX) || agrees(noun, token))
        })
    }

    /// "If it is not hot | boil water": a verb in its bare form behind a whole predicate.
    fn commands(&self, from: usize, i: usize, end: usize) -> bool {
        const OBJECT: Class = Class::DET.with(Class::OBJECT_PRON);
        let (token, before) = (&self.tokens[i], &self.tokens[i - 1]);
        let has_object = (i + 1..end).next().is_some_and(|t| self.tokens[t].is_content() || self.tokens[t].is(OBJECT));
        let is_command = token.is(Class::IMPERATIVE) || token.is(Class::VERB_BASE) && !token.is(Class::NOUN_LIKE);
        // "if not | we boil it"
        let replies = i == from && self.is_elliptic(from);
        // "if not | store it", "if it is not hot | boil it", "if there is no tea left | boil it"
        let follows = replies || i > from && before.is_content() && !is_plural(before) && !before.is(Class::VERB_BASE);
        replies && token.is(Class::SUBJECT_PRON)
            || is_command && has_object && follows && !self.tokens[from..i].iter().any(|token| token.is(Class::MARK))
    }

    /// "The reason it is not brown | is that …", "that it is not brown | shows …", "not pruning | means …", "no rain | means
    /// that …": the verb of a subject that has a denial in it.
    pub(super) fn is_said_of_denied(&self, from: usize, i: usize) -> bool {
        let clause_start = self.clause_at(from).start as usize;
        let (token, before) = (&self.tokens[i], &self.tokens[i - 1]);
        const GOES_ON: Class =
            Class::TO.with(Class::AUX).with(Class::AND).with(Class::OR).with(Class::DET).with(Class::PREP);
        let is_main = token.is_verb() && !token.is(Class::BE_NONFINITE) && !before.is(GOES_ON);
        let finite = token.is(Class::AUX) || token.is(Class::VERB_S);
        let entails = || token.is(Class::ENTAILS) && self.names_lack(clause_start, from);
        let is_inside = || self.is_denied_deed(clause_start, from) || self.is_in_subject_clause(clause_start, from);
        is_main && finite && (entails() || is_inside())
    }

    /// "Not pruning …", "the advantage of not pruning …" where a sentence begins.
    fn is_denied_deed(&self, clause_start: usize, from: usize) -> bool {
        from > clause_start
            && (self.tokens[from].tag == Tag::ING || self.tokens[from].is(Class::HAVING))
            && self.tokens[from - 1].is(Class::NOT)
            && !self.tokens[clause_start..from].iter().any(Token::is_verb)
    }

    /// "No rain …" where a clause begins.
    fn names_lack(&self, clause_start: usize, from: usize) -> bool {
        let before = &self.tokens[clause_start..from];
        before.last().is_some_and(|cue| cue.is(Class::DET)) && before.iter().all(|token| !token.is_content())
    }

    /// "The reason it is not …", "the fact that it does not …", "what is not …", "that it is not …": no verb yet but the
    /// one that is denied.
    fn is_in_subject_clause(&self, clause_start: usize, from: usize) -> bool {
        const OPENS: Class = Class::SUBJECT_PRON.with(Class::THAT).with(Class::WH).with(Class::DET);
        let lead = &self.tokens[clause_start..from];
        let n_marks = lead.iter().take_while(|token| token.is(Class::MARK.with(Class::COORDINATOR))).count();
        let Some((first, rest)) = lead[n_marks..].split_first() else { return false };
        let n_said =
            rest.iter().rev().take_while(|token| token.is(Class::AUX.with(Class::NOT).with(Class::ADV))).count();
        let subject = &rest[..rest.len() - n_said];
        let has_verb = subject.iter().any(Token::is_verb);
        let opens = match subject.split_first() {
            // "what | is not", "that | it is not"
            _ if first.is(Class::WH) && !first.is(Class::SUBORDINATOR) => true,
            Some((second, _)) if first.is(Class::THAT) => second.is(OPENS) || is_plural(second),
            // "the reason | it is not"
            Some((noun, clause)) if first.is(Class::ARTICLE) => {
                noun.is_content() && clause.first().is_some_and(|next| next.is(OPENS))
            }
            _ => false,
        };
        n_said > 1 && opens && !has_verb
    }

    /// "What is not locked | is open", "doors that are not dry | squeak", "wood not painted | will rot": a second verb has what
    /// stands before for a subject.
    pub(super) fn is_said_of_relative(&self, from: usize, verb: usize) -> bool {
        let start = self.clause_at(from).start as usize;
        let is_done = |t: usize| self.tokens[t].is_verb() || self.tokens[t].tag == Tag::PAST;
        let follows_do = |t: usize| t == from && t >= 2 && self.tokens[t - 2].is(Class::DO);
        // "not dry | is": a copula's complement.
        let follows_be =
            |t: usize| t == from && t >= 2 && self.tokens[t - 2].is(Class::BE) && self.tokens[t].is_content();
        let said = |t: usize| is_done(t) || follows_do(t) || follows_be(t);
        let goes_on = self.tokens[verb - 1].is(Class::TO.with(Class::AUX).with(Class::AND));
        let Some(head) = self.relative_head(start, from) else { return false };
        if self.tokens[verb].is(Class::AUX) {
            return (from..verb).any(said) && !goes_on;
        }
        let is_object = self.tokens[verb - 1].is(Class::DET.with(Class::PREP).with(Class::OR));
        // "A tree that does not lose leaves | grows"
        let is_plural = || self.tokens[verb].is(Class::VERB_S) && self.tokens.get(verb + 1).is_some_and(Token::is_verb);
        let is_noun = verb == from + 1 && follows_do(from) || is_plural();
        let is_first = !self.tokens[self.sentence_at(from).start as usize..head].iter().any(Token::is_verb);
        is_first && !goes_on && !is_object && !is_noun && agrees(&self.tokens[head], &self.tokens[verb])
    }

    /// The noun that a denied relative or participle clause belongs to: "doors that are not", "what is not", "wood not painted".
    fn relative_head(&self, start: usize, from: usize) -> Option<usize> {
        const REACH: usize = 5;
        const RELATIVE: Class = Class::WH.with(Class::THAT);
        let mut before = (start.max(from.saturating_sub(REACH))..from).rev();
        let Some(relative) = before.find(|&t| self.tokens[t].is(RELATIVE) && !self.tokens[t].is(Class::CONDITION))
        else {
            let is_participle = self.tokens[from].is(Class::VERB_PAST) || self.tokens[from].tag == Tag::PAST;
            let noun = from.checked_sub(2).filter(|noun| *noun >= start && is_participle)?;
            let is_noun = self.tokens[noun].is_content() || self.tokens[noun].is(Class::INDEFINITE_PRON);
            return (self.tokens[from - 1].is(Class::NOT) && is_noun && !self.tokens[noun].is_verb()).then_some(noun);
        };
        // "He says that", "it is clear that": a sentence of its own.
        let opens = self.tokens[start..relative].iter().all(Token::is_mark);
        let noun = relative.checked_sub(1).filter(|&t| self.tokens[t].is_content() && !self.tokens[t].is_verb());
        noun.or(opens.then_some(relative))
    }

    /// "does not need a stove | to boil water", "no need for a stove | to boil it", "is not hard | to boil", "has no trouble |
    /// boiling": what it is, or would be, done for.
    pub(super) fn is_purpose(&self, from: usize, i: usize, end: usize) -> bool {
        const REACH: usize = 6;
        let token = &self.tokens[i];
        let is_deed = |t: usize| t < end && self.tokens[t].is(Class::VERB_BASE);
        let next = self.tokens.get(i + 1);
        let worries = self.tokens[i - 1].is(Class::INDIFFERENT) && token.is(Class::PREP);
        let is_aim = token.is(Class::TO) && is_deed(i + 1)
            || (worries || token.is(Class::FOR)) && next.is_some_and(|next| next.tag == Tag::ING)
            || token.tag == Tag::ING && self.tokens[i - 1].is(Class::COSTS) && !self.tokens[i - 1].is(Class::FINITE);
        let costs = || {
            let near = from.saturating_sub(REACH).max(self.clause_at(from).start as usize);
            let costs = (near..i).rev().find(|&t| self.tokens[t].is(Class::COSTS));
            // "do not need | to boil", but "have no need | to boil"; "no need for it to boil".
            costs.is_some_and(|t| {
                let has_own = || token.is(Class::TO) && self.tokens[t + 1..i].iter().any(|token| token.is(Class::FOR));
                t + 1 < i && !has_own() || worries || !self.tokens[t].is(Class::VERB_BASE.with(Class::VERB_S))
            })
        };
        // "do not have to light a stove | to boil it"
        let has_to = self.tokens[from].is(Class::HAVE) && self.tokens[from + 1].is(Class::TO) && i > from + 2;
        is_aim && (has_to || costs())
    }

    /// "does not matter | how it opens", "do not care | whether it opens": it opens.
    pub(super) fn is_indifferent(&self, i: usize) -> bool {
        self.tokens[i - 1].is(Class::INDIFFERENT) && self.tokens[i].is(Class::WH.with(Class::ALTERNATIVE))
    }

    /// "not more | than one pump": there is one.
    pub(super) fn is_limit(&self, i: usize, end: usize) -> bool {
        self.tokens[i].is(Class::THAN)
            && self.tokens[i - 1].is(Class::COMPARATIVE)
            && i + 1 < end
            && self.tokens[i + 1].is(Class::NUMBER)
    }

    /// "does not, however, | leak", "cannot - as far as I know - | leak", "is not, as many think, | able": where goes on what
    /// is denied behind an insertion.
    pub(super) fn behind_aside(&self, cue: usize, end: usize) -> Option<usize> {
        let sentence_end = self.sentence_at(cue).end as usize;
        let follows_aux = cue > 0 && self.tokens[cue - 1].is(Class::AUX) && self.tokens[cue].is(Class::NOT);
        let opening = self.tokens.get(end)?;
        // "cannot however melt"
        if follows_aux && opening.is(Class::CLAUSE_OPENER) && opening.is(Class::ADV) {
            return (end + 1 < sentence_end).then_some(end + 1);
        }
        const CLOSES: [Class; 2] = [Class::COMMA, Class::DASH];
        let mark = *CLOSES.iter().find(|mark| opening.is(**mark))?;
        let mut aside = end + 1..sentence_end.min(end + 1 + LONGEST_ASIDE);
        let close = aside.find(|&t| self.tokens[t].is(mark))?;
        // "it does not, each opens it, …" has a statement behind it, "not, as many think, …" has none.
        let says = self.tokens[end + 1..close].iter().any(Token::is_verb);
        let is_aside = !says || self.tokens[end + 1].is(Class::AS);
        let goes_on = self
            .tokens
            .get(close + 1)
            .is_some_and(|next| next.is_content() || next.is(Class::BE_NONFINITE.with(Class::DET).with(Class::PREP)));
        (follows_aux && is_aside && goes_on && close + 1 < sentence_end).then_some(close + 1)
    }

    /// "is not stored | in A | but in B", "does not drink | tea | but milk", "does not grow because of A | but because of B":
    /// what is denied is what another word is put in place of, not what is done with it.
    fn replaced(&self, from: usize) -> Option<Range<usize>> {
        const PLACE: Class = Class::PREP.with(Class::REASON).with(Class::DUE);
        const OWN: Class = Class::AUX.with(Class::SUBJECT_PRON);
        let end = self.sentence_at(from).end as usize;
        let but = (from..end.min(from + LONGEST_SCOPE)).find(|&t| self.turns(t))?;
        let other = (but + 1..end).find(|&t| !self.tokens[t].is(Class::ADV))?;
        let does = |t: usize| self.tokens[t].is_verb() || self.tokens[t].tag == Tag::PAST;
        let says = self.tokens[other..end].iter().take_while(|token| !token.is_mark()).any(|token| token.is(OWN));
        let may_do = does(from) || from >= 2 && self.tokens[from - 2].is(Class::DO);
        if !may_do || does(other) || says {
            return None;
        }
        let begin = if self.tokens[other].is(PLACE) {
            let is_same = |t: &usize| self.tokens[*t].lex == self.tokens[other].lex;
            let mut places = (from + 1..but).filter(|&t| self.tokens[t].is(PLACE) && !self.tokens[t].is(Class::OF));
            let first = places.clone().next();
            places.find(is_same).or(first)?
        } else {
            (from + 1..but).find(|&t| !self.tokens[t].is(Class::PREP.with(Class::ADV)))?
        };
        let of_agent = self.tokens[begin].is(Class::BY);
        let denied = begin..but - usize::from(self.is_comma(but - 1));
        (!of_agent && !denied.is_empty()).then_some(denied)
    }

    /// What alone is denied because something else is put in its place.
    pub(super) fn replaced_behind(&self, cue: usize, from: usize, reach: usize) -> Option<Range<usize>> {
        let behind_aux = cue > 0 && self.tokens[cue].is(Class::NOT) && self.tokens[cue - 1].is(Class::AUX);
        let is_plain = behind_aux && from == cue + 1 && from < self.tokens.len();
        is_plain.then(|| self.replaced(from).or_else(|| self.repeated(from, reach)))?
    }

    /// "is not kept | in A |, it is kept in B": the same verb follows without a denial.
    fn repeated(&self, from: usize, reach: usize) -> Option<Range<usize>> {
        const REACH: usize = 12;
        let verb = &self.tokens[from];
        let place = (from + 1..reach).find(|&t| self.tokens[t].is(Class::PREP) && !self.tokens[t].is(Class::OF))?;
        let behind = self.tokens[reach..].iter().take(REACH).take_while(|token| !token.is(Class::NEG_WORD));
        let is_said = behind.clone().any(|token| token.word == verb.word);
        let names_place = behind.skip_while(|token| token.word != verb.word).any(|token| token.is(Class::PREP));
        (verb.tag == Tag::PAST && is_said && names_place).then_some(place..reach)
    }

    /// "No other pump is | faster", "nothing boils it | as fast as …", "there is no | easier way", "cannot boil it | faster
    /// than with a kettle": only the comparison is denied.
    pub(super) fn denied_comparison(
        &self,
        start: usize,
        scope: Range<usize>,
        is_subject: bool,
    ) -> Option<Range<usize>> {
        const MORE: Class = Class::ADV.with(Class::QUANTITY_FLIP);
        let compares = |t: usize| self.tokens[t].is(Class::COMPARATIVE) && !self.tokens[t].is(MORE);
        let than_by = |t: usize| matches!(self.tokens[t + 1..], [ref than, ref by, ..] if than.is(Class::THAN) && by.is(Class::PREP));
        let of_all = is_subject || self.tokens[start].is(Class::INDEFINITE_PRON);
        let way = |t: usize| t == scope.start && self.tokens.get(t + 2).is_some_and(|to| to.is(Class::TO));
        let comparison = scope.clone().find(|&t| compares(t) && (of_all || than_by(t) || way(t)));
        let equality = || scope.clone().find_map(|t| self.equality(t).filter(|_| of_all));
        comparison.map(|t| t..t + 1).or_else(equality)
    }

    /// "as fast as", "as much water as".
    fn equality(&self, t: usize) -> Option<Range<usize>> {
        const REACH: usize = 4;
        let is_as = |t: &usize| self.tokens[*t].is(Class::AS);
        let second = (t + 2..self.tokens.len().min(t + REACH)).find(is_as)?;
        is_as(&t).then_some(t..second + 1)
    }

    /// "does not grow | as fast as …", "is not sent | immediately", "is not watered | every day": what is denied only with
    /// that restriction.
    pub(super) fn restriction(&self, scope: Range<usize>) -> Option<usize> {
        let is_said = |t: usize| self.tokens[scope.start..t].iter().any(Token::is_content);
        let of_all =
            |t: usize| self.tokens[t].is(Class::UNIVERSAL) && !self.tokens[t - 1].is(Class::PREP.with(Class::FINITE));
        let restricts = |t: usize| self.tokens[t].is(Class::TOTAL.with(Class::LIMITED)) || of_all(t);
        scope.clone().find(|&t| is_said(t) && (restricts(t) || self.equality(t).is_some()))
    }

    /// "cannot climb | if it rains", "without a kettle you | cannot boil it", "if there is no kettle, you | cannot boil it":
    /// the denial holds under a condition.
    pub(super) fn is_conditional(&self, cue: usize, reach: usize) -> bool {
        let sentence = self.sentence_at(cue);
        const FRONTS: Class = Class::HYPOTHESIS.with(Class::BLOCKED_MARKER);
        const LEADS: Class = Class::MARK.with(Class::COORDINATOR).with(Class::ADV);
        let denies = |t: usize| self.polarity[t].own != 0;
        let opening = (sentence.start as usize..cue).find(|&t| !self.tokens[t].is(LEADS));
        let fronted = opening.is_some_and(|t| self.tokens[t].is(FRONTS) && (t..cue).any(denies));
        let behind = reach + usize::from(self.is_comma(reach));
        let follows = behind < sentence.end as usize && self.tokens[behind].is(Class::SUPPOSES);
        fronted || follows && self.tokens[cue].is(Class::NOT)
    }

    /// "but" that opens what is put in place of something.
    fn turns(&self, t: usize) -> bool {
        self.tokens[t].is(Class::CONTRAST) && self.tokens[t].is(Class::COORDINATOR)
    }
}

/// A noun in the plural; a verb in -s may be one ("queries").
fn is_plural(token: &Token) -> bool {
    token.tag == Tag::PLURAL || token.is(Class::VERB_S) && token.is(Class::NOUN_LIKE)
}

/// "the garden | needs", "roses | grow".
fn agrees(noun: &Token, verb: &Token) -> bool {
    let is_base = verb.is(Class::VERB_BASE) && !verb.is(Class::NOUN_LIKE);
    if is_plural(noun) { is_base } else { verb.is(Class::VERB_S) && !verb.is(Class::NOUN_LIKE) }
}
