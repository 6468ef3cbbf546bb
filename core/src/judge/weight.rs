//! What the place of a hit weighs: how much of a statement stands there, of whom, affirmed or denied.

use super::{Case, FULL, Found, Verdict};
use crate::evidence::Hit;
use crate::language::Class;
use crate::rubric::{Claim, CompiledPattern, ItemUse, Mode, SubjectSet};
use crate::structure::{CHOICE_BIT, Mention, SentenceForm, Structure, Token};
use crate::wire::Matcher;
use std::sync::Arc;

/// Evidence in a clause whose subject is unknown, in an answer that names some subject, and in one that names none.
/// Policy, set on `interview-dev`, `tests/answers` and the rubrics' examples, November 2026.
const UNKNOWN_SUBJECT: u32 = 800;
const NO_SUBJECT_NAMED: u32 = 700;
/// A name of one or two words alone, where a claim asks for more: whoever drops it need not say anything of it. Policy, set
/// on the rated answers of `tests/answers` and `interview-dev`, November 2026.
const NAMED_ALONE: u32 = 750;
const LONGEST_NAME: u32 = 2;
/// What an answer only tells of others, or supposes, counts by this: too little to hold anybody to it. Policy.
const TOLD: u32 = 300;

/// Weight of the sentence of a token; full where naming is enough, nothing where the clause claims nothing.
pub(super) fn statement_weight(case: Case<'_>, claim: &Claim, token: u32) -> u32 {
    if case.structure.clause_at(token as usize).unclaimed {
        return 0;
    }
    let sentence = case.structure.sentence_at(token as usize);
    let naming_suffices = claim.mention
        && !case.structure.foreign
        && matches!(sentence.form, SentenceForm::Statement | SentenceForm::Fragment | SentenceForm::KeywordList);
    if naming_suffices { FULL } else { sentence.weight }
}

/// Weight and sign of evidence by the subject of its clause: (weight, sign, the subject is known).
pub(super) fn subject_weight(case: Case<'_>, about: SubjectSet, token: u32) -> (u32, i8, bool) {
    if about == 0 {
        return (FULL, 1, true);
    }
    let subject = case.structure.clause_at(token as usize).subject;
    let mirror = case.structure.mirror[token as usize];
    if subject & about != 0 {
        (FULL, 1, true)
    } else if mirror.subject & about != 0 {
        (FULL, mirror.sign, mirror.is_sure)
    } else if subject == 0 && matches!(case.rubric.asked[..], [only] if about & (1 << only) != 0) {
        // Asked about one thing, people begin with "it is" or with the verb.
        (FULL, 1, true)
    } else if subject == 0 {
        let names_any = !case.structure.mentions.is_empty() || !case.structure.instances.is_empty();
        (if names_any { UNKNOWN_SUBJECT } else { NO_SUBJECT_NAMED }, 1, false)
    } else if case.structure.clause_at(token as usize).carried && is_one_of_many(case, about) {
        // "Atoms are small. Light is fast.": of what the answer names nowhere, it may well be.
        (UNKNOWN_SUBJECT, 1, false)
    } else {
        (0, 1, true)
    }
}

/// Whether a claim is about subjects that the answer names nowhere, of several without sides.
fn is_one_of_many(case: Case<'_>, about: SubjectSet) -> bool {
    let names = |name: &Mention| about & 1 << name.subject != 0;
    let structure = case.structure;
    case.rubric.sides.is_none() && !structure.mentions.iter().chain(&structure.instances).any(names)
}

/// What keeps something that a pattern found from counting, or from counting in full; the later ones come closer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Obstacle {
    /// Some of its parts are not in the answer, or of a statement some words.
    PartsMissing,
    /// A part stands only inside a longer name, which hides it.
    InsideName,
    /// The words of a part stand in one sentence, but not side by side.
    WordsApart,
    /// All parts are there, but too far from one another, or in another order.
    PartsApart,
    /// Something stands in the sentence that must not.
    Excluded,
    /// It is only the name of what the claim is about.
    OwnName,
    /// The sentence claims nothing, or hardly anything.
    Form(SentenceForm),
    /// The answer takes it back or leaves it open.
    TakenBack,
    OtherSubject,
    UnknownSubject,
    /// The order is not told, or told the other way round.
    OrderOpen,
    OtherOrder,
    /// Two words of a statement change places, or one stands for its opposite.
    Turned,
    /// It is denied, and the pattern wants it claimed.
    Denied,
    /// It is not denied, and the pattern wants it denied.
    Affirmed,
    /// Too bare to charge somebody with a misconception.
    TooBare,
    /// It only repeats the prompt.
    Echo,
    /// Only told of others, or supposed.
    Told,
    /// A name alone, where more is asked for.
    NamedAlone,
}

/// What a choice of hits came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weighed {
    /// How strongly it makes the claim, in thousandths.
    pub(super) strength: u32,
    /// Why that is not more.
    pub(super) obstacle: Option<Obstacle>,
}

impl Weighed {
    pub(super) fn nothing(obstacle: Obstacle) -> Self {
        Self { strength: 0, obstacle: Some(obstacle) }
    }
}

/// How much hits count by where they stand, and with which sign ("A is faster than B" read for B).
struct Place {
    strength: u32,
    sign: i8,
    sure_subject: bool,
    obstacle: Option<Obstacle>,
}

/// Fails where nothing is said of the claim.
fn place(case: Case<'_>, claim: &Claim, hits: &[Hit]) -> Result<Place, Obstacle> {
    if is_own_name(case, claim.about, hits) {
        return Err(Obstacle::OwnName);
    }
    let mut place = Place { strength: FULL, sign: 1, sure_subject: true, obstacle: None };
    for hit in hits {
        let weight = statement_weight(case, claim, hit.start);
        if weight < place.strength {
            place.strength = weight;
            place.obstacle = Some(form_of(case.structure, hit.start));
        }
    }
    let weight = place.strength;
    for hit in hits {
        let (subject, sign, sure) = subject_weight(case, claim.about, hit.start);
        place.sure_subject &= sure;
        place.sign = place.sign.min(sign);
        if weight * subject / FULL < place.strength {
            place.strength = weight * subject / FULL;
            place.obstacle = Some(if subject == 0 { Obstacle::OtherSubject } else { Obstacle::UnknownSubject });
        }
    }
    if is_told(case, hits) {
        place.strength = place.strength * TOLD / FULL;
        place.obstacle = place.obstacle.or(Some(Obstacle::Told));
    }
    match place.obstacle {
        Some(obstacle) if place.strength == 0 => Err(obstacle),
        _ => Ok(place),
    }
}

/// Why the sentence of a token is less than a statement.
fn form_of(structure: &Structure, token: u32) -> Obstacle {
    if structure.clause_at(token as usize).unclaimed {
        return Obstacle::TakenBack;
    }
    Obstacle::Form(structure.sentence_at(token as usize).form)
}

/// "Some say that …"
fn is_told(case: Case<'_>, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| case.structure.polarity[hit.end as usize - 1].told)
}

/// Adds one choice of hits to the verdict, as evidence for or against; what it came to.
pub(super) fn weigh(
    case: Case<'_>,
    claim: &Claim,
    pattern: &CompiledPattern,
    items: &[ItemUse],
    hits: &[Hit],
    verdict: &mut Verdict,
) -> Weighed {
    let Place { mut strength, sign, sure_subject, mut obstacle } = match place(case, claim, hits) {
        Ok(place) => place,
        Err(obstacle) => return Weighed::nothing(obstacle),
    };
    let counted = || items.iter().zip(hits).filter(|(item, _)| item.mode != Mode::Mention).map(|(_, hit)| hit);
    let denial = denial(case, counted(), own_cues(case, hits));
    let wanted: i8 = if items.iter().any(|item| item.mode == Mode::Deny) { -1 } else { 1 };
    let said = counted().fold(sign * denial.sign, |sign, hit| sign * hit.sign);
    let found = |strength: u32| Found {
        ranges: hits.iter().map(|hit| hit.start..hit.end).collect(),
        strength,
        matcher: Matcher::Pattern,
        term: Arc::clone(&pattern.text),
        sure_subject,
    };
    if said == wanted {
        if is_misplaced(case, items, hits, denial.sign) {
            return Weighed::nothing(Obstacle::Affirmed);
        }
        if claim.is_wrong && !is_about(case.structure, claim.about, hits) {
            return Weighed::nothing(Obstacle::TooBare);
        }
        if claim.is_wrong && is_condition(case.structure, hits) {
            return Weighed::nothing(Obstacle::Told);
        }
        let names_only = matches!((items, hits), ([item], [hit])
            if item.mode != Mode::Deny && claim.asks_more && is_name(case.structure, hit));
        if names_only {
            strength = strength * NAMED_ALONE / FULL;
            obstacle = obstacle.or(Some(Obstacle::NamedAlone));
        }
        verdict.claiming.extend(hits.iter().map(|hit| case.structure.clause_of[hit.start as usize]));
        if strength > verdict.claimed {
            if is_echo(case, hits) {
                return Weighed::nothing(Obstacle::Echo);
            }
            verdict.claim(strength, || found(strength));
        }
        return Weighed { strength, obstacle };
    }
    if sure_subject
        && (!denial.weak || wanted < 0)
        && !is_supposed(case.structure, hits)
        && !is_condition(case.structure, hits)
        && !is_told(case, hits)
        && contradicts(case, claim.about, hits)
    {
        verdict.denied = verdict.denied.max(strength);
        verdict.against.push(found(strength));
    }
    Weighed::nothing(if wanted > 0 { Obstacle::Denied } else { Obstacle::Affirmed })
}

/// Whether hits of the wrong polarity say clearly enough that the claim is wrong: in one clause, of its subject, and not as
/// bare key words or in a question, which assert nothing.
fn contradicts(case: Case<'_>, about: SubjectSet, hits: &[Hit]) -> bool {
    let structure = case.structure;
    let clause = structure.clause_of[hits[0].start as usize];
    let sentence = structure.sentence_at(hits[0].start as usize);
    let asks = structure.ends_in_question(&sentence) && !structure.is_answered(&sentence);
    let asserts = !asks && sentence.form != SentenceForm::KeywordList;
    asserts
        && hits.iter().all(|hit| structure.clause_of[hit.start as usize] == clause)
        && is_about(structure, about, hits)
        && !matches!(hits, [hit] if is_modifier(structure, hit))
        && !turns(structure, hits)
}

/// "If it is unlocked, …": nobody says that it is.
fn is_supposed(structure: &Structure, hits: &[Hit]) -> bool {
    hits.iter().any(|hit| {
        let opening = structure.clause_at(hit.start as usize).start as usize;
        hit.sign < 0 && structure.tokens[opening].is(Class::HYPOTHESIS)
    })
}

/// "If you leave it open, …": all of it is only supposed.
fn is_condition(structure: &Structure, hits: &[Hit]) -> bool {
    hits.iter().all(|hit| structure.polarity[hit.end as usize - 1].supposed)
}

/// "not a lake, a river": whether a comma parts a denied hit from one behind it that is not.
fn turns(structure: &Structure, hits: &[Hit]) -> bool {
    let cues = |hit: &Hit| structure.polarity[hit.end as usize - 1].forward;
    let denied = hits.iter().filter(|hit| cues(hit) != 0);
    denied.min_by_key(|hit| hit.start).is_some_and(|denied| {
        let mut affirmed = hits.iter().filter(|hit| hit.start > denied.start && cues(hit) == 0);
        affirmed.any(|hit| (denied.end..hit.start).any(|t| structure.tokens[t as usize].is(Class::COMMA)))
    })
}

/// Whether hits are said of a claim's subject clearly enough to charge somebody with them. Several words together are; a
/// single one ("The join is slow.") only in a clause that names a subject, has one for a label, or goes on with a pronoun,
/// a verb or a question word.
fn is_about(structure: &Structure, about: SubjectSet, hits: &[Hit]) -> bool {
    let [hit] = hits else { return true };
    if about == 0 {
        return true;
    }
    let is_named = |t: u32| structure.mention_of[t as usize] != 0;
    let is = |t: u32, class: Class| structure.tokens[t as usize].is(class);
    let c = structure.clause_of[hit.start as usize] as usize;
    let clause = structure.clauses[c];
    let label = c.checked_sub(1).map(|before| structure.clauses[before]);
    let is_labelled = label.is_some_and(|label| {
        let mut words = (label.start..label.end).filter(|&t| !is(t, Class::MARK.with(Class::DET)));
        words.next().is_some_and(is_named) && words.all(is_named)
    });
    const LEADS: Class = Class::MARK.with(Class::CLAUSE_LEAD).with(Class::ADV);
    let opening = (clause.start..clause.end).find(|&t| !is(t, LEADS));
    let asks =
        (clause.start..clause.end).find(|&t| !is(t, Class::MARK)).is_some_and(|t| is(t, Class::WH.with(Class::THAT)));
    let goes_on = asks || opening.is_some_and(|t| structure.tokens[t as usize].is_verb());
    let sentence = structure.sentences[clause.sentence as usize];
    is_labelled
        || goes_on && (sentence.start..clause.start).any(is_named)
        || (clause.start..clause.end).any(is_named)
        || (clause.start..hit.start).any(|t| is(t, Class::CARRY))
}

/// "no lock contention": whether a denied hit belongs to a noun behind it, which is what is denied.
fn is_modifier(structure: &Structure, hit: &Hit) -> bool {
    let cues = |t: u32| structure.polarity[t as usize].forward;
    let last = hit.end - 1;
    let noun = (hit.end < structure.clause_at(last as usize).end).then_some(hit.end);
    noun.is_some_and(|t| {
        let token = &structure.tokens[t as usize];
        cues(last) != 0 && cues(last) == cues(t) && token.is_content() && !token.is_verb()
    })
}

/// A word or two of content, and no verb: "resends" and "less dense" say something already.
fn is_name(structure: &Structure, hit: &Hit) -> bool {
    let words = &structure.tokens[hit.start as usize..hit.end as usize];
    let names = |word: &Token| word.is_content() && !word.is_verb() && !word.is(Class::COMPARATIVE);
    hit.end - hit.start <= LONGEST_NAME && words.iter().all(names)
}

/// Evidence that is nothing but the name of the subject itself.
fn is_own_name(case: Case<'_>, about: SubjectSet, hits: &[Hit]) -> bool {
    about != 0
        && hits.iter().any(|hit| {
            (hit.start..hit.end).all(|t| {
                let mark = case.structure.mention_of[t as usize] as usize;
                mark > 0 && about & 1 << case.structure.mentions[mark - 1].subject != 0
            })
        })
}

/// Evidence that only repeats words of the prompt.
fn is_echo(case: Case<'_>, hits: &[Hit]) -> bool {
    let is_prompt = |t: u32| {
        let core = case.memo.info(case.structure.tokens[t as usize].word).core;
        core.is_some_and(|core| case.rubric.prompt[core.0 as usize])
    };
    let mut content = hits
        .iter()
        .flat_map(|hit| hit.start..hit.end)
        .filter(|t| case.structure.tokens[*t as usize].is_content())
        .peekable();
    content.peek().is_some() && content.all(is_prompt)
}

/// How the cues around some hits turn their meaning.
struct Denial {
    sign: i8,
    /// Only "avoid", or only a "not" behind them: enough for a negative claim, too little to contradict a positive one.
    weak: bool,
}

/// Cues that a pattern itself asks for: "no" in "no ..2 lock".
fn own_cues(case: Case<'_>, hits: &[Hit]) -> u64 {
    let polarity = &case.structure.polarity;
    let tokens = || hits.iter().flat_map(|hit| hit.start..hit.end);
    let own = tokens().fold(0, |bits, t| bits | polarity[t as usize].own);
    // "prefers … over B" says nothing of B to a pattern that does not ask for A or "over".
    let is_ranking =
        |t: &u32| polarity[*t as usize].own & CHOICE_BIT != 0 && !case.structure.tokens[*t as usize].is(Class::PREP);
    let names_chosen = |prefers: u32| {
        hits.iter().any(|hit| hit.start > prefers && polarity[hit.start as usize].forward & CHOICE_BIT == 0)
    };
    match tokens().find(is_ranking) {
        Some(prefers) if !names_chosen(prefers) => own & !CHOICE_BIT,
        _ => own,
    }
}

/// Cues over some tokens of one clause.
#[derive(Clone, Copy, Default)]
struct ClauseCues {
    clause: u32,
    cues: u64,
    prevented: u64,
}

/// "does not wait | until …": without the waiting nothing is left to affirm.
fn puts_off(structure: &Structure, clause: u32, until: u32) -> bool {
    const REACH: u32 = 3;
    let start = structure.clauses[clause as usize].start.max(until.saturating_sub(REACH));
    (start..until).any(|t| structure.tokens[t as usize].is(Class::WAITS))
}

/// "There is no tank and it works" for `tank & !works`, "it does not keep the water and moves it" for `keep & unmoved`: a denial
/// that covers what should be affirmed, and not what should be denied.
fn is_misplaced(case: Case<'_>, items: &[ItemUse], hits: &[Hit], denial: i8) -> bool {
    let own = own_cues(case, hits);
    let cues = |hit: &Hit| {
        let polarity = &case.structure.polarity[hit.end as usize - 1];
        (polarity.forward | polarity.back) & !own
    };
    let each = |mode: Mode| items.iter().zip(hits).filter(move |(item, _)| item.mode == mode).map(|(_, hit)| hit);
    let clause = |hit: &Hit| case.structure.clause_of[hit.start as usize];
    if each(Mode::Deny).next().is_none() {
        let is_beside_denial = |hit: &Hit| hits.iter().any(|other| clause(other) == clause(hit) && cues(other) != 0);
        return denial < 0 && each(Mode::Claim).any(|hit| hit.sign < 0 && !is_beside_denial(hit));
    }
    let is_turned = |hit: &Hit| hit.sign < 0 || cues(hit) != 0;
    let is_apart = |hit: &Hit| each(Mode::Deny).all(|other| cues(other) & cues(hit) == 0);
    let is_denied_alone = |hit: &Hit| cues(hit).count_ones() % 2 == 1 && is_apart(hit);
    // "does not give up gas but water" denies the gas, and by that giving it up.
    let is_object = |hit: &Hit| {
        let of = |deed: &Hit| clause(deed) == clause(hit) && deed.end <= hit.start;
        each(Mode::Deny).any(|deed| of(deed) && case.structure.cues_in(deed.end, hit.start).is_empty())
    };
    let is_misplaced = |hit: &Hit| is_denied_alone(hit) || is_turned(hit) && !each(Mode::Deny).any(is_turned);
    each(Mode::Claim).any(|hit| is_misplaced(hit) && !is_object(hit))
}

/// Hits of one pattern lie in neighbouring clauses: there are never more than these.
const MOST_CLAUSES: usize = 4;

fn denial<'h>(case: Case<'_>, hits: impl Iterator<Item = &'h Hit> + Clone, own: u64) -> Denial {
    let polarity = &case.structure.polarity;
    // One union a clause: two denials in two clauses do not cancel.
    let mut clauses = [ClauseCues::default(); MOST_CLAUSES];
    let mut n_clauses = 0;
    for t in hits.clone().flat_map(|hit| hit.start..hit.end) {
        let clause = case.structure.clause_of[t as usize];
        let idx = clauses[..n_clauses].iter().position(|known| known.clause == clause).unwrap_or_else(|| {
            n_clauses = (n_clauses + 1).min(MOST_CLAUSES);
            n_clauses - 1
        });
        clauses[idx].clause = clause;
        clauses[idx].cues |= polarity[t as usize].forward & !own;
        clauses[idx].prevented |= polarity[t as usize].prevented & !own;
    }
    let clauses = &clauses[..n_clauses];
    if clauses.iter().any(|clause| clause.cues != 0) {
        // "no roles and no permissions": each part is denied by a cue of its own, which does not cancel the other.
        let cues_of = |hit: &Hit| (hit.start..hit.end).fold(0, |bits, t| bits | polarity[t as usize].forward & !own);
        let each = hits.clone().count() > 1 && hits.clone().all(|hit| cues_of(hit).count_ones() % 2 == 1);
        // "cannot A unless B", "not A until B": A and B together are affirmed.
        let is_lifted = |clause: u32| {
            clauses.iter().any(|other| {
                let opening = case.structure.clauses[other.clause as usize].start;
                other.clause == clause + 1
                    && case.structure.tokens[opening as usize].is(Class::BLOCKED_MARKER)
                    && !puts_off(case.structure, clause, opening)
            })
        };
        let is_odd = |clause: &ClauseCues| clause.cues.count_ones() % 2 == 1 && !is_lifted(clause.clause);
        let odd = each || clauses.iter().any(is_odd);
        let weak = clauses.iter().all(|clause| clause.cues == clause.prevented);
        return Denial { sign: if odd { -1 } else { 1 }, weak };
    }
    let mut backs = hits.map(|hit| polarity[hit.end as usize - 1].back & !own).filter(|back| *back != 0).peekable();
    let weak = backs.peek().is_some();
    Denial { sign: if backs.any(|back| back.count_ones() % 2 == 1) { -1 } else { 1 }, weak }
}
