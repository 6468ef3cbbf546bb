//! Order in time: whether a sentence says that one thing comes before another, in whatever words.

use super::weight::{statement_weight, subject_weight};
use super::{Case, Found, Verdict};
use crate::evidence::Hit;
use crate::language::{Class, CueKind};
use crate::rubric::Claim;
use crate::rubric::source::Kind;
use crate::structure::{Sentence, Structure};
use crate::wire::Matcher;
use std::sync::Arc;

/// Judges `first << second`: claimed where the answer puts them in this order, denied where it puts them the other way.
pub(super) fn judge(
    case: Case<'_>,
    claim: &Claim,
    term: &Arc<str>,
    items: [u32; 2],
    excluded: &[u32],
    verdict: &mut Verdict,
) {
    let included = |item: &u32| -> Vec<Hit> {
        let hits = case.postings.of(*item).iter();
        hits.filter(|hit| excluded.binary_search(&case.structure.sentence_of(hit.start)).is_err()).copied().collect()
    };
    let [firsts, seconds] = items.each_ref().map(included);
    if firsts.is_empty() || seconds.is_empty() {
        return;
    }
    let mut decided = false;
    let mut last = u32::MAX;
    for s in firsts.iter().map(|hit| case.structure.sentence_of(hit.start)) {
        if s == last {
            continue;
        }
        last = s;
        let sentence = &case.structure.sentences[s as usize];
        let (firsts, seconds) = (inside(&firsts, sentence), inside(&seconds, sentence));
        if seconds.is_empty() {
            continue;
        }
        let strength =
            statement_weight(case, claim, firsts[0].start).min(subject_weight(case, claim.about, firsts[0].start).0);
        let relation = Relation { structure: case.structure, sentence, firsts, seconds };
        let order = match relation.direction() {
            Direction::Unknown if is_procedure(case) && relation.is_told_in_turn() => Direction::Forward,
            order => order,
        };
        if strength == 0 || order == Direction::Unknown {
            continue;
        }
        decided = true;
        let range = firsts[0].start.min(seconds[0].start)..firsts[0].end.max(seconds[0].end);
        let found = Found {
            ranges: vec![range],
            strength,
            matcher: Matcher::Pattern,
            term: Arc::clone(term),
            sure_subject: true,
        };
        if order == Direction::Forward {
            verdict.claim(strength, || found);
        } else {
            verdict.denied = verdict.denied.max(strength);
            verdict.against.push(found);
        }
    }
    if !decided {
        across_sentences(case, claim, &firsts, &seconds, term, verdict);
    }
}

/// Whether a procedure is asked for: its steps are told in their order.
fn is_procedure(case: Case<'_>) -> bool {
    case.rubric.source.kind == Some(Kind::Procedure)
}

/// Hits in a sentence; hits are ordered.
fn inside<'h>(hits: &'h [Hit], sentence: &Sentence) -> &'h [Hit] {
    let from = hits.partition_point(|hit| hit.start < sentence.start);
    let to = hits.partition_point(|hit| hit.start < sentence.end);
    &hits[from..to]
}

/// Steps told one after the other: the first thing comes up in an earlier sentence than the second, and the later sentence
/// goes on in time ("Then …", "Next …", a list item). Who is asked for a procedure tells its steps in their order. The other
/// way round is denied where the answer says outright that it goes on.
fn across_sentences(
    case: Case<'_>,
    claim: &Claim,
    firsts: &[Hit],
    seconds: &[Hit],
    term: &Arc<str>,
    verdict: &mut Verdict,
) {
    let told = is_procedure(case);
    let forward = steps(case.structure, firsts, seconds);
    let backward = steps(case.structure, seconds, firsts);
    let (steps, is_claimed) = match (forward, backward) {
        (Some(steps), _) if steps.link == Link::Back => (steps, false),
        (Some(steps), _) if steps.link != Link::Open || told => (steps, true),
        (_, Some(steps)) if steps.link == Link::Back => (steps, true),
        (None, Some(steps)) if !steps.comes_again && (steps.link == Link::Told || told && steps.link == Link::Item) => {
            (steps, false)
        }
        _ => return,
    };
    let strength = statement_weight(case, claim, steps.earlier.start)
        .min(statement_weight(case, claim, steps.later.start))
        .min(subject_weight(case, claim.about, steps.earlier.start).0);
    let found = || Found {
        ranges: vec![steps.earlier.start..steps.earlier.end, steps.later.start..steps.later.end],
        strength,
        matcher: Matcher::Pattern,
        term: Arc::clone(term),
        sure_subject: true,
    };
    if is_claimed {
        verdict.claim(strength, found);
    } else if strength > 0 {
        verdict.denied = verdict.denied.max(strength);
        verdict.against.push(found());
    }
}

/// How a sentence follows on what was told before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// "Then …", "After that …"
    Told,
    /// "Before that …"
    Back,
    /// An item of a list.
    Item,
    /// A line of its own, "When that is done …"
    Likely,
    /// Nothing but the place.
    Open,
}

/// Two things in two sentences.
struct Steps {
    earlier: Hit,
    later: Hit,
    link: Link,
    /// The earlier one is told of again behind the later one.
    comes_again: bool,
}

/// The two things, if one is told before the other.
fn steps(structure: &Structure, ones: &[Hit], others: &[Hit]) -> Option<Steps> {
    let sentence_of = |hit: &Hit| structure.sentence_of(hit.start);
    // "Before A, B. Next C": A is still to come when it is named.
    let in_turn = |hit: &&Hit| {
        let clause = structure.clause_at(hit.start as usize);
        let mut before = clause.start..hit.start;
        !before.any(|t| structure.tokens[t as usize].is(Class::BEFORE_MARKER) && !before_that(structure, t))
    };
    let earlier = ones.iter().find(in_turn)?;
    // "B does not do that": that is no step.
    let is_step = |hit: &&Hit| {
        let clause = structure.clause_at(hit.start as usize);
        structure.polarity[clause.tokens()].iter().all(|polarity| polarity.forward == 0)
    };
    let follows = |hit: &&Hit| sentence_of(hit) > sentence_of(earlier);
    let later = others.iter().filter(is_step).find(follows)?;
    if others.iter().filter(in_turn).any(|hit| hit.start < earlier.start) {
        return None;
    }
    let sentence = structure.sentence_at(later.start as usize);
    let opening = sentence.start..(sentence.start + 3).min(sentence.end);
    let told = structure.has_cue(opening.start, opening.end, CueKind::OrderBefore) || is_numbered(structure, &sentence);
    const GOES_ON: Class = Class::THEN_BETWEEN.with(Class::LAST_MARKER).with(Class::AFTER_MARKER);
    let is_behind = |class: Class| sentence.start > 0 && structure.tokens[sentence.start as usize - 1].is(class);
    let link = if opening.clone().any(|t| before_that(structure, t)) {
        Link::Back
    } else if told {
        Link::Told
    } else if is_behind(Class::BULLET) {
        Link::Item
    } else if is_behind(Class::NEWLINE) || opening.clone().any(|t| structure.tokens[t as usize].is(GOES_ON)) {
        Link::Likely
    } else {
        Link::Open
    };
    let comes_again = ones.last().is_some_and(|last| last.start > later.start);
    Some(Steps { earlier: *earlier, later: *later, link, comes_again })
}

/// "Step 2: …", "Phase three: …"
fn is_numbered(structure: &Structure, sentence: &Sentence) -> bool {
    let opening = &structure.tokens[sentence.tokens()];
    matches!(opening, [step, number, colon, ..]
        if step.is_content() && number.is(Class::NUMBER) && colon.is(Class::COLON))
}

/// "Before that, B", "but before that you do B": what was said comes later.
fn before_that(structure: &Structure, i: u32) -> bool {
    const GOES_ON: Class = Class::MARK.with(Class::VERB_BASE).with(Class::SUBJECT_PRON).with(Class::DET);
    let after = &structure.tokens[i as usize..];
    matches!(after, [before, that, next, ..]
        if before.is(Class::BEFORE_MARKER) && that.is(Class::DEMONSTRATIVE) && that.is(Class::CARRY) && next.is(GOES_ON))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Forward,
    Backward,
    Unknown,
}

impl Direction {
    fn forward_if(condition: bool) -> Direction {
        if condition { Direction::Forward } else { Direction::Backward }
    }
}

struct Relation<'a> {
    structure: &'a Structure,
    sentence: &'a Sentence,
    firsts: &'a [Hit],
    seconds: &'a [Hit],
}

/// The nearest hits around a marker word.
struct Around {
    first_left: Option<u32>,
    second_left: Option<u32>,
    first_right: Option<u32>,
    second_right: Option<u32>,
}

impl Around {
    /// First on the left, second on the right, each the nearest of its side.
    fn first_to_second(&self) -> bool {
        self.first_left > self.second_left
            && self.second_right.is_some()
            && self.first_right.is_none_or(|first| self.second_right < Some(first))
    }

    fn second_to_first(&self) -> bool {
        self.second_left > self.first_left
            && self.first_right.is_some()
            && self.second_right.is_none_or(|second| self.first_right < Some(second))
    }

    /// Both on the right of a marker that opens the sentence or clause.
    fn both_right(&self) -> Option<(u32, u32)> {
        match (self.first_left, self.second_left, self.first_right, self.second_right) {
            (None, None, Some(first), Some(second)) => Some((first, second)),
            _ => None,
        }
    }
}

/// Tokens between a word such as "first" and what it orders.
const REACH: u32 = 4;

impl Relation<'_> {
    fn direction(&self) -> Direction {
        let mut weak = Direction::Unknown;
        for i in self.sentence.start..self.sentence.end {
            let token = &self.structure.tokens[i as usize];
            const CONJUNCTIONS: Class = Class::BEFORE_MARKER.with(Class::AFTER_MARKER).with(Class::BLOCKED_MARKER);
            const BETWEEN: Class = Class::THEN_BETWEEN.with(Class::AFTER_BETWEEN).with(Class::ARROW);
            let found = if self.is_followed_by(i) || token.is(BETWEEN) || before_that(self.structure, i) {
                self.between(i)
            } else if token.is(CONJUNCTIONS) && !self.defines(i)
                || self.has_cue(i, CueKind::OrderAfter)
                || self.is_done_before(i)
            {
                self.conjunction(i)
            } else if token.is(Class::FIRST) || self.begins_with(i) {
                match self.first(i) {
                    (strong, true) => strong,
                    (direction, false) => {
                        if weak == Direction::Unknown {
                            weak = direction;
                        }
                        Direction::Unknown
                    }
                }
            } else {
                Direction::Unknown
            };
            if found != Direction::Unknown {
                return found;
            }
        }
        weak
    }

    /// "You A it and B it", "it is A, B and C": verbs that "and" or a comma joins, each affirmed.
    fn is_told_in_turn(&self) -> bool {
        let token = |t: u32| &self.structure.tokens[t as usize];
        const VERB: Class = Class::VERB_BASE.with(Class::VERB_S).with(Class::VERB_PAST).with(Class::VERB_ING);
        const OF_NOUN: Class = Class::DET.with(Class::PREP);
        let is_step = |hit: &Hit| {
            let polarity = &self.structure.polarity[hit.start as usize];
            let of_noun = hit.start > self.sentence.start && token(hit.start - 1).is(OF_NOUN);
            token(hit.start).is(VERB) && !of_noun && polarity.forward | polarity.back == 0
        };
        let (first, second) = (self.firsts[0], self.seconds[0]);
        let between = || first.end..second.start;
        first.end < second.start
            && is_step(&first)
            && is_step(&second)
            && between().any(|t| token(t).is(Class::AND.with(Class::COMMA)))
            && !between().any(|t| token(t).is(Class::OR))
            && !self.structure.ends_in_question(self.sentence)
            && !(self.sentence.start..first.start).any(|t| token(t).is(Class::BOTH))
    }

    fn around(&self, at: u32) -> Around {
        // Hits are ordered.
        let left = |hits: &[Hit]| Some(hits[hits.partition_point(|hit| hit.start < at).checked_sub(1)?].start);
        let right = |hits: &[Hit]| Some(hits.get(hits.partition_point(|hit| hit.start <= at))?.start);
        Around {
            first_left: left(self.firsts),
            second_left: left(self.seconds),
            first_right: right(self.firsts),
            second_right: right(self.seconds),
        }
    }

    /// "A before B", "B after A", "After A, B", "cannot B until A".
    fn conjunction(&self, i: u32) -> Direction {
        let token = &self.structure.tokens[i as usize];
        let mut around = self.around(i);
        // "A after B, and C": C is told of something else.
        let clause = self.structure.clause_at(i as usize);
        let goes_on = |at: &u32| *at < clause.end || !self.is_coordinated(*at);
        if !self.is_fronted(i) {
            around.first_right = around.first_right.filter(goes_on);
            around.second_right = around.second_right.filter(goes_on);
        }
        // "B, but not before A": A comes first.
        let held_back = i.checked_sub(1).is_some_and(|before| self.structure.tokens[before as usize].is(Class::NOT));
        let before = token.is(Class::BEFORE_MARKER) && !held_back;
        if token.is(Class::BLOCKED_MARKER) {
            return if around.first_to_second() && self.is_denied(around.first_left) {
                Direction::Backward
            } else if around.second_to_first() && self.is_denied(around.second_left) {
                Direction::Forward
            } else {
                Direction::Unknown
            };
        }
        // "Never A before B", "it is wrong to A before B": the other way round.
        if around.first_to_second() {
            let refused = self.is_refused(around.first_left) || self.never_happens(i);
            return Direction::forward_if(before != refused);
        }
        if around.second_to_first() {
            let refused = self.is_refused(around.second_left) || self.never_happens(i);
            return Direction::forward_if(before == refused);
        }
        match around.both_right() {
            Some((first, second)) if self.is_fronted(i) && !self.within_main_clause(i, first.min(second)) => {
                Direction::forward_if((first < second) != before)
            }
            _ => Direction::Unknown,
        }
    }

    /// "Before A, B, C and D": all of it stands behind the comma that ends "before A".
    fn within_main_clause(&self, marker: u32, earlier: u32) -> bool {
        self.structure.tokens[marker as usize..earlier as usize].iter().any(|token| token.is(Class::COMMA))
    }

    /// In a clause that "and" opens.
    fn is_coordinated(&self, at: u32) -> bool {
        let clause = self.structure.clause_at(at as usize);
        let opening = &self.structure.tokens[clause.start as usize..at as usize];
        opening.iter().find(|token| !token.is_mark()).is_some_and(|token| token.is(Class::AND))
    }

    fn is_fronted(&self, i: u32) -> bool {
        let before = i
            .checked_sub(1)
            .filter(|before| *before >= self.sentence.start)
            .map(|before| &self.structure.tokens[before as usize]);
        before.is_none_or(|token| token.is(Class::MARK.with(Class::FRONTING)))
    }

    fn is_denied(&self, at: Option<u32>) -> bool {
        at.is_some_and(|at| {
            let polarity = &self.structure.polarity[at as usize];
            polarity.forward | polarity.back != 0
        })
    }

    /// Denied by what stands in front of it.
    fn is_refused(&self, at: Option<u32>) -> bool {
        at.is_some_and(|at| self.structure.polarity[at as usize].forward.count_ones() % 2 == 1)
    }

    /// "A is when …": no order, what A is.
    fn defines(&self, i: u32) -> bool {
        let before = i.checked_sub(1).filter(|before| *before >= self.sentence.start);
        before.is_some_and(|before| self.is(before, Class::BE)) && self.is(i, Class::WH)
    }

    /// "A never happens before B": the verb right before the marker is denied.
    fn never_happens(&self, i: u32) -> bool {
        let verb = i.checked_sub(1).filter(|verb| *verb >= self.sentence.start);
        verb.is_some_and(|verb| self.structure.tokens[verb as usize].is_verb() && self.is_refused(Some(verb)))
    }

    fn is_followed_by(&self, i: u32) -> bool {
        self.has_cue(i, CueKind::OrderBefore)
    }

    fn has_cue(&self, i: u32, kind: CueKind) -> bool {
        self.structure.has_cue(i, i + 1, kind)
    }

    fn is(&self, i: u32, class: Class) -> bool {
        i < self.sentence.end && self.structure.tokens[i as usize].is(class)
    }

    /// "Having done A, B".
    fn is_done_before(&self, i: u32) -> bool {
        self.is(i, Class::HAVING) && self.is(i + 1, Class::VERB_PAST) && self.is_fronted(i)
    }

    /// "Start by A", "begin with A".
    fn begins_with(&self, i: u32) -> bool {
        self.is(i, Class::BEGINS) && self.is(i + 1, Class::BY.with(Class::WITH))
    }

    /// "A, then B", "A precedes B"; "B follows A", "B requires A".
    fn between(&self, i: u32) -> Direction {
        let token = &self.structure.tokens[i as usize];
        // "A follows with B" tells of A first, "A is preceded by B" of B.
        let next_is = |class: Class| self.structure.tokens.get(i as usize + 1).is_some_and(|next| next.is(class));
        let reversed = before_that(self.structure, i)
            || token.is(Class::AFTER_BETWEEN) && !self.is_followed_by(i) && !next_is(Class::WITH)
            || token.is(Class::THEN_BETWEEN) && next_is(Class::BY)
            // "B comes later than A"
            || token.is(Class::LAST_MARKER) && next_is(Class::THAN);
        let around = self.around(i);
        if around.first_to_second() {
            return Direction::forward_if(!reversed);
        }
        if around.second_to_first() {
            return Direction::forward_if(reversed);
        }
        match (around.first_left, around.second_left, token.is(Class::LAST_MARKER)) {
            // "…, B afterwards": what stands right before it comes last.
            (Some(first), Some(second), true) => Direction::forward_if(second > first),
            _ => Direction::Unknown,
        }
    }

    /// "A first, B …", "first A". The flag tells whether it is beyond doubt.
    fn first(&self, i: u32) -> (Direction, bool) {
        // Hits stand in the order of the answer.
        let near = |hits: &[Hit], forward: bool| {
            let behind = hits.partition_point(|hit| hit.start <= i);
            let before = || hits[..behind].iter().rev().find(|hit| hit.start < i);
            let nearest = if forward { hits.get(behind) } else { before() };
            nearest.map(|hit| hit.start).filter(|start| start.abs_diff(i) <= REACH)
        };
        let closes = self
            .structure
            .tokens
            .get(i as usize + 1)
            .is_none_or(|next| next.is(Class::MARK.with(Class::CONJ).with(Class::AND)));
        // "A is the first thing"
        let tells = |back: u32| i.checked_sub(back).filter(|t| *t >= self.sentence.start);
        let is_told =
            tells(1).is_some_and(|t| self.is(t, Class::ARTICLE)) && tells(2).is_some_and(|t| self.is(t, Class::BE));
        let closes = closes || is_told;
        let (first, second) = (near(self.firsts, false), near(self.seconds, false));
        if closes && first != second {
            return (Direction::forward_if(first > second), true);
        }
        match (near(self.firsts, true), near(self.seconds, true)) {
            (None, None) => (Direction::Unknown, false),
            (first, second) => {
                (Direction::forward_if(second.is_none_or(|second| first.is_some_and(|first| first < second))), false)
            }
        }
    }
}
