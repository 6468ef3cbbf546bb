//! Judging: from found phrases to how strongly a claim is made, and how strongly denied.

mod near;
mod order;
mod weight;

pub(crate) use near::{NearMiss, near_misses};
pub(crate) use weight::Obstacle;

use crate::evidence::{Hit, Postings};
use crate::language::{Class, CueKind};
use crate::rubric::source::Kind;
use crate::rubric::{Claim, CompiledPattern, Follows, ItemUse, PatternMatcher, Rubric};
use crate::sort::{sort_by_key, sort_unique};
use crate::statement::{self, Coverage};
use crate::structure::{Structure, Token};
use crate::vocabulary::Memo;
use crate::wire::Matcher;
use std::ops::Range;
use std::sync::Arc;
use weight::{statement_weight, subject_weight, weigh};

/// Strengths are in thousandths.
pub(crate) const FULL: u32 = 1000;
/// What a sentence says beside a misconception counts by this, unless it is said elsewhere too. Policy, set on
/// `interview-dev`, `tests/answers` and the rubrics' examples, November 2026.
const BESIDE_MISCONCEPTION: u32 = 400;
/// Tokens between items of one pattern: in all, and across clauses.
const FAR: u32 = 14;
const FAR_ACROSS_CLAUSES: u32 = 9;
/// Most combinations of hits that are looked at for one pattern.
const MOST_COMBINATIONS: usize = 300;

/// A place of the answer that speaks for or against a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Tokens.
    pub(crate) ranges: Vec<Range<u32>>,
    /// Thousandths.
    pub(crate) strength: u32,
    pub(crate) matcher: Matcher,
    /// As the author wrote it.
    pub(crate) term: Arc<str>,
    /// The subject of the place is known, or does not matter.
    pub(crate) sure_subject: bool,
}

/// What the answer says about one claim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// How strongly the claim is made, in thousandths.
    pub(crate) claimed: u32,
    /// How strongly it is denied.
    pub(crate) denied: u32,
    /// Clauses in which words or a statement make the claim. What a regular expression or an order shows says nothing of what
    /// else its clause denies.
    pub(crate) claiming: Vec<u32>,
    /// Clauses in which it is denied.
    pub(crate) denying: Vec<u32>,
    pub(crate) evidence: Vec<Found>,
    pub(crate) against: Vec<Found>,
    /// It counts less, for the same sentence shows a misconception.
    pub(crate) doubted: bool,
}

/// Everything a claim is judged on.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) rubric: &'a Rubric,
    pub(crate) answer: &'a str,
    pub(crate) structure: &'a Structure,
    pub(crate) postings: &'a Postings,
    pub(crate) coverage: &'a Coverage,
    pub(crate) memo: &'a Memo,
}

/// Judges claims: each by its patterns, then by its statements, with the words that no other claim's pattern has used. The
/// sentences `left_out` make no claim; where names are asked for, those of a list are claims of their own and stay.
pub(crate) fn judge(case: Case<'_>, claims: &[&Claim], left_out: &[u32]) -> Vec<Verdict> {
    let excluded = |claim: &&Claim| {
        let left_out = left_out.iter().filter(|s| !(claim.mention && case.structure.lists_names(**s)));
        let mut excluded = excluded_sentences(case, &claim.none);
        excluded.extend(left_out);
        sort_unique(&mut excluded);
        excluded
    };
    let excluded: Vec<Vec<u32>> = claims.iter().map(excluded).collect();
    let judge_one = |(claim, excluded): (&&Claim, &Vec<u32>)| judge_patterns(case, claim, excluded);
    let mut verdicts: Vec<Verdict> = claims.iter().zip(&excluded).map(judge_one).collect();
    let users = users(&verdicts, case.structure.tokens.len());
    for (c, (claim, verdict)) in claims.iter().zip(&mut verdicts).enumerate() {
        // A statement needs a clear case: where patterns saw a denial, likeness of words proves nothing.
        if !claim.statements.is_empty() && verdict.denied == 0 {
            let is_used = |token: u32| match users[token as usize] {
                User::Nobody => false,
                User::One(user) => user != c,
                User::Several => true,
            };
            verdict.take_best(statement::judge(case, claim, &excluded[c], is_used));
        }
        verdict.drop_unclear_denials(case);
    }
    verdicts
}

/// Whose pattern has found a token.
#[derive(Clone, Copy)]
enum User {
    Nobody,
    One(usize),
    Several,
}

/// By token, the claims that are made at least half.
fn users(verdicts: &[Verdict], n_tokens: usize) -> Vec<User> {
    let mut users = vec![User::Nobody; n_tokens];
    for (v, verdict) in verdicts.iter().enumerate().filter(|(_, verdict)| verdict.claimed >= FULL / 2) {
        let tokens = verdict.evidence.iter().flat_map(|found| &found.ranges).flat_map(Clone::clone);
        for token in tokens {
            let user = &mut users[token as usize];
            *user = match user {
                User::Nobody => User::One(v),
                User::One(other) if *other == v => User::One(v),
                _ => User::Several,
            };
        }
    }
    users
}

fn judge_patterns(case: Case<'_>, claim: &Claim, excluded: &[u32]) -> Verdict {
    let mut verdict = Verdict::default();
    for pattern in &claim.any {
        judge_pattern(case, claim, pattern, excluded, &mut verdict);
    }
    let each = |patterns: &[CompiledPattern]| -> Vec<Verdict> {
        let judge_one = |pattern| {
            let mut single = Verdict::default();
            judge_pattern(case, claim, pattern, excluded, &mut single);
            single
        };
        patterns.iter().map(judge_one).collect()
    };
    if !claim.all.is_empty() {
        verdict.take_best(Verdict::share(each(&claim.all), claim.all.len() as u32));
    }
    if let Some((n, of)) = &claim.at_least {
        verdict.take_best(Verdict::share(each(of), *n));
    }
    verdict
}

impl Verdict {
    /// Lets a claim count little, or keeps what of it is made elsewhere.
    pub(crate) fn doubt(&mut self, elsewhere: Verdict) {
        let least = self.claimed * BESIDE_MISCONCEPTION / FULL;
        self.doubted = elsewhere.claimed < least;
        if self.doubted {
            self.claimed = least;
        } else {
            self.claimed = self.claimed.min(elsewhere.claimed);
            self.evidence = elsewhere.evidence;
        }
    }

    /// Keeps the stronger claim and the stronger denial.
    fn take_best(&mut self, other: Verdict) {
        if other.claimed > self.claimed {
            self.claimed = other.claimed;
            self.evidence = other.evidence;
        }
        if other.denied > self.denied {
            self.denied = other.denied;
        }
        self.against.extend(other.against);
        self.claiming.extend(other.claiming);
    }

    /// The share of `n` that the best verdicts reach together.
    fn share(mut verdicts: Vec<Verdict>, n: u32) -> Verdict {
        sort_by_key(&mut verdicts, |verdict| std::cmp::Reverse(verdict.claimed));
        let mut shared = Verdict::default();
        for verdict in verdicts {
            if shared.claimed < n * FULL && verdict.claimed > 0 {
                shared.claimed += verdict.claimed;
                shared.evidence.extend(verdict.evidence);
            }
            shared.denied += verdict.denied;
            shared.against.extend(verdict.against);
            shared.claiming.extend(verdict.claiming);
        }
        shared.claimed = (shared.claimed / n).min(FULL);
        shared.denied = (shared.denied / n).min(FULL);
        shared
    }

    /// Keeps a claim if it is stronger than what is there.
    fn claim(&mut self, strength: u32, found: impl FnOnce() -> Found) {
        if strength > self.claimed {
            self.claimed = strength;
            self.evidence = vec![found()];
        }
    }

    /// A denial counts only where the same clause does not also make the claim, and says more than "only one".
    fn drop_unclear_denials(&mut self, case: Case<'_>) {
        let claiming = &self.claiming;
        self.against.retain(|found| {
            let clause = case.structure.clause_of[found.ranges[0].start as usize];
            let bounds = case.structure.clauses[clause as usize];
            // "only after" tells an order.
            const ORDERS: Class = Class::AFTER_MARKER.with(Class::BEFORE_MARKER);
            let restricts = bounds.tokens().any(|t| {
                let next = case.structure.tokens.get(t + 1);
                case.structure.tokens[t].is(Class::ONLY) && !next.is_some_and(|next| next.is(ORDERS))
            });
            // "some X", "an X that …": said of a part of the subject, it does not contradict what holds for the whole.
            let before =
                &case.structure.tokens[bounds.start as usize..(found.ranges[0].start.max(bounds.start)) as usize];
            let of_a_part = before.iter().any(|token| token.is(Class::PARTIAL))
                || (bounds.start + 1..found.ranges[0].start).any(|t| restricts_noun(case.structure, t));
            // "We did not sell the bread": whoever tells of his work has done other things.
            let is_own_deed = case.rubric.source.kind == Some(Kind::Experience)
                && self.claimed > 0
                && (bounds.tokens()).any(|t| case.structure.tokens[t].is(Class::FIRST_PERSON));
            !claiming.contains(&clause) && !restricts && !of_a_part && !is_own_deed
        });
        sort_by_key(&mut self.against, |found| (std::cmp::Reverse(found.strength), found.ranges[0].start));
        self.against.dedup_by(|a, b| a.ranges == b.ranges);
        self.denying =
            self.against.iter().map(|found| case.structure.clause_of[found.ranges[0].start as usize]).collect();
        self.denied = self.against.first().map_or(0, |found| found.strength.min(self.denied));
    }
}

/// Sentences in which a `none` pattern was found.
fn excluded_sentences(case: Case<'_>, none: &[CompiledPattern]) -> Vec<u32> {
    let everything = Claim { mention: true, ..Claim::default() };
    let sentences_of = |pattern: &CompiledPattern| {
        if let PatternMatcher::Regex(regex) = &pattern.matcher {
            return regex_places(case, regex).map(|place| case.structure.sentence_of(place.start)).collect();
        }
        let mut verdict = Verdict::default();
        judge_pattern(case, &everything, pattern, &[], &mut verdict);
        let claimed = verdict.claiming.into_iter().map(|clause| case.structure.clauses[clause as usize].sentence);
        let shown = verdict.evidence.into_iter().flat_map(|found| found.ranges);
        claimed.chain(shown.map(|range| case.structure.sentence_of(range.start))).collect::<Vec<u32>>()
    };
    let mut sentences: Vec<u32> = none.iter().flat_map(sentences_of).collect();
    sort_unique(&mut sentences);
    sentences
}

fn judge_pattern(case: Case<'_>, claim: &Claim, pattern: &CompiledPattern, excluded: &[u32], verdict: &mut Verdict) {
    match &pattern.matcher {
        PatternMatcher::Regex(regex) => judge_regex(case, claim, pattern, regex, excluded, verdict),
        PatternMatcher::Before { first, second } => {
            order::judge(case, claim, &pattern.text, [*first, *second], excluded, verdict)
        }
        PatternMatcher::All { present, absent } => {
            each_choice(case, present, absent, excluded, |hits, is_void| {
                if !is_void {
                    weigh(case, claim, pattern, present, hits, verdict);
                }
            });
        }
    }
}

fn judge_regex(
    case: Case<'_>,
    claim: &Claim,
    pattern: &CompiledPattern,
    regex: &regex::Regex,
    excluded: &[u32],
    verdict: &mut Verdict,
) {
    for Range { start, end } in regex_places(case, regex) {
        if excluded.binary_search(&case.structure.sentence_of(start)).is_ok() {
            continue;
        }
        let strength = statement_weight(case, claim, start).min(subject_weight(case, claim.about, start).0);
        verdict.claim(strength, || Found {
            ranges: std::iter::once(start..end).collect(),
            strength,
            matcher: Matcher::Regex,
            term: Arc::clone(&pattern.text),
            sure_subject: true,
        });
    }
}

/// The tokens that a regular expression matches, place by place.
fn regex_places<'c>(case: Case<'c>, regex: &'c regex::Regex) -> impl Iterator<Item = Range<u32>> + 'c {
    let mut searches = MOST_COMBINATIONS;
    let places = regex.find_iter(case.answer).filter(|place| !place.is_empty());
    places.filter_map(move |place| tokens_at(case, place.range(), &mut searches))
}

/// The tokens of a place of the answer. Only the cells of a table lie in another order than in the text, and a heading above
/// empty cells in none: those are searched for, as often as `searches` allows.
fn tokens_at(case: Case<'_>, place: Range<usize>, searches: &mut usize) -> Option<Range<u32>> {
    let tokens = &case.structure.tokens;
    let overlaps = |token: &Token| {
        token.start < token.end && (token.start as usize) < place.end && token.end as usize > place.start
    };
    // Signs that are no token ("-=") stand for the token behind them; other signs may lie between ("-= -a").
    const MOST_BETWEEN: usize = 8;
    let stands_before = |token: &Token| {
        let between = case.answer.get(place.end..token.start as usize).filter(|between| between.len() <= MOST_BETWEEN);
        token.start < token.end
            && between.is_some_and(|between| !between.contains(|c: char| c == '|' || c.is_alphanumeric()))
    };
    let near = tokens.partition_point(|token| token.end as usize <= place.start);
    let start = if tokens.get(near).is_some_and(|token| overlaps(token) || stands_before(token)) {
        near
    } else {
        *searches = searches.checked_sub(1)?;
        tokens.iter().position(overlaps)?
    };
    let n_tokens = tokens[start..].iter().take_while(|token| overlaps(token)).count().max(1);
    Some(start as u32..(start + n_tokens) as u32)
}

/// Visits every choice of one hit for each item, and whether something in its sentence voids it.
fn each_choice(
    case: Case<'_>,
    present: &[ItemUse],
    absent: &[u32],
    excluded: &[u32],
    mut visit: impl FnMut(&[Hit], bool),
) {
    if present.iter().any(|item| case.postings.of(item.item).is_empty()) {
        return;
    }
    let mut chosen = Vec::with_capacity(present.len());
    let mut budget = MOST_COMBINATIONS;
    combine(case, present, &mut chosen, &mut budget, &mut |hits| {
        let sentence = case.structure.sentence_of(hits[0].start);
        // "-untrue" leaves "true" alone.
        let in_sentence = |hit: &Hit| hit.sign > 0 && case.structure.sentence_of(hit.start) == sentence;
        let is_void = excluded.binary_search(&sentence).is_ok()
            || absent.iter().any(|item| case.postings.of(*item).iter().any(in_sentence));
        visit(hits, is_void);
    });
}

/// Tries every choice of one hit an item that lies close enough together.
fn combine(
    case: Case<'_>,
    items: &[ItemUse],
    chosen: &mut Vec<Hit>,
    budget: &mut usize,
    visit: &mut impl FnMut(&[Hit]),
) {
    let Some(item) = items.get(chosen.len()) else {
        *budget = budget.saturating_sub(1);
        visit(chosen);
        return;
    };
    let hits = case.postings.of(item.item);
    // Hits are ordered: those in reach of the first chosen one form one stretch.
    let from = chosen.first().map_or(0, |first| hits.partition_point(|hit| hit.start + FAR * 2 < first.start));
    for hit in &hits[from..] {
        if *budget == 0 || chosen.first().is_some_and(|first| hit.start > first.start + FAR * 2) {
            break;
        }
        if fits(case, chosen, hit, item.follows) {
            chosen.push(*hit);
            combine(case, items, chosen, budget, visit);
            chosen.pop();
        }
    }
}

fn fits(case: Case<'_>, chosen: &[Hit], hit: &Hit, follows: Follows) -> bool {
    let Some(last) = chosen.last() else { return true };
    let clause = |hit: &Hit| case.structure.clause_of[hit.start as usize];
    let distance = hit.start.abs_diff(last.start);
    let reach = match follows {
        Follows::AnyOrder => FAR,
        Follows::Within(gap) if hit.start < last.end || hit.start - last.end > gap => return false,
        Follows::Within(gap) => gap + last.end - last.start,
    };
    case.structure.sentence_of(hit.start) == case.structure.sentence_of(chosen[0].start)
        && clause(hit).abs_diff(clause(&chosen[0])) <= 1
        && distance <= reach
        && (clause(hit) == clause(last) || distance <= FAR_ACROSS_CLAUSES)
        && !chosen.iter().any(|other| other.overlaps(hit))
}

/// "that" behind a noun: "an X that …". Behind a verb or "it is not true" a whole sentence follows.
fn restricts_noun(structure: &Structure, t: u32) -> bool {
    let (token, before) = (&structure.tokens[t as usize], &structure.tokens[t as usize - 1]);
    if !token.is(Class::RESTRICTIVE) || token.is(Class::CLAUSE_OPENER) || before.is(Class::PREP) {
        return false;
    }
    const TELLS: Class =
        Class::REPORT.with(Class::FACTIVE).with(Class::DENIES).with(Class::REJECTED).with(Class::SUBJECT_PRON);
    let completes = before.is_verb() || before.is(TELLS) || structure.follows_cue(t + 1, CueKind::SentenceNegation);
    !completes
}

/// Whether the sentence of a token hedges.
pub(crate) fn is_hedged(structure: &Structure, token: u32) -> bool {
    let sentence = structure.sentence_at(token as usize);
    structure.has_cue(sentence.start, sentence.end, CueKind::Hedge)
}
