//! Near misses: what an answer came close to saying, and what kept it from counting.

use super::weight::{Obstacle, Weighed, weigh};
use super::{Case, FULL, Verdict, each_choice, excluded_sentences, order};
use crate::evidence::{self, Hit};
use crate::rubric::{Claim, CompiledPattern, Feed, ItemUse, PatternMatcher, Phrase, SubjectSet};
use crate::sort::sort_by_key;
use crate::statement;
use crate::wire::Matcher;
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

/// Most near misses of one claim; a rubric has hundreds of patterns that share a word with an answer.
const MOST: usize = 3;
/// Tokens of an answer that are searched for the scattered words of a phrase.
const MOST_TOKENS: u32 = 2000;

/// A pattern or statement that did not count in full.
pub(crate) struct NearMiss {
    pub(crate) matcher: Matcher,
    /// As the author wrote it.
    pub(crate) term: Arc<str>,
    pub(crate) obstacle: Obstacle,
    /// What it is said of, where that is something else.
    pub(crate) subject: SubjectSet,
    /// Tokens, with the part of the term that they match.
    pub(crate) found: Vec<(Range<u32>, String)>,
    /// Parts of the term that are not in the answer, as the author wrote them.
    pub(crate) missing: Vec<String>,
}

/// What came closest to making a claim that is not made in full, the closest first.
pub(crate) fn near_misses(case: Case<'_>, claim: &Claim, verdict: &Verdict) -> Vec<NearMiss> {
    if verdict.claimed >= FULL {
        return Vec::new();
    }
    let excluded = excluded_sentences(case, &claim.none);
    let of = claim.at_least.iter().flat_map(|(_, of)| of);
    let patterns: Vec<&CompiledPattern> = claim.any.iter().chain(&claim.all).chain(of).collect();
    // A word that every pattern of the claim wants tells little about one of them.
    let n_uses = |item: u32| {
        let uses = |pattern: &&&CompiledPattern| items(pattern).iter().any(|other| other.item == item);
        patterns.iter().filter(uses).count()
    };
    let mut near: Vec<(usize, NearMiss)> = Vec::new();
    for pattern in &patterns {
        let Some(miss) = near_miss(case, claim, pattern, &excluded) else { continue };
        let is_found = |item: &&ItemUse| !case.postings.of(item.item).is_empty();
        let rarest = items(pattern).iter().filter(is_found).map(|item| n_uses(item.item)).min();
        near.push((rarest.unwrap_or(0), miss));
    }
    // A misconception is not charged for half of it.
    near.retain(|(_, miss)| miss.obstacle >= Obstacle::Excluded || !claim.is_wrong);
    sort_by_key(&mut near, |(rarest, miss)| (Reverse(miss.obstacle), miss.missing.len(), *rarest));
    let mut kept: Vec<NearMiss> = Vec::new();
    for miss in near.into_iter().map(|(_, miss)| miss).chain(nearest_statement(case, claim)) {
        let says_the_same = |other: &NearMiss| other.obstacle == miss.obstacle && other.places().eq(miss.places());
        // What lacks a part tells little beside what lacks none.
        let is_outdone = miss.obstacle == Obstacle::PartsMissing
            && miss.matcher == Matcher::Pattern
            && kept.iter().any(|other| other.obstacle != Obstacle::PartsMissing);
        let contradicts = !claim.is_wrong && verdict.against.iter().any(|found| found.term == miss.term);
        let tells = miss.places().flatten().any(|t| case.structure.tokens[t as usize].is_content());
        if tells && !contradicts && !is_outdone && !kept.iter().any(says_the_same) {
            kept.push(miss);
        }
    }
    kept.truncate(MOST);
    kept
}

impl NearMiss {
    fn places(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.found.iter().map(|(range, _)| range.clone())
    }
}

fn items(pattern: &CompiledPattern) -> &[ItemUse] {
    match &pattern.matcher {
        PatternMatcher::All { present, .. } => present,
        PatternMatcher::Regex(_) | PatternMatcher::Before { .. } => &[],
    }
}

/// `None` where nothing of the pattern is in the answer, and where it counts in full. A regular expression matches or does
/// not.
fn near_miss(case: Case<'_>, claim: &Claim, pattern: &CompiledPattern, excluded: &[u32]) -> Option<NearMiss> {
    match &pattern.matcher {
        PatternMatcher::Regex(_) => None,
        PatternMatcher::Before { first, second } => near_order(case, claim, pattern, [*first, *second], excluded),
        PatternMatcher::All { present, absent } => {
            if present.iter().any(|item| case.postings.of(item.item).is_empty()) {
                return missing_parts(case, pattern, present);
            }
            let mut closest: Option<(Weighed, Vec<Hit>)> = None;
            each_choice(case, present, absent, excluded, |hits, is_void| {
                let weighed = match is_void {
                    true => Weighed::nothing(Obstacle::Excluded),
                    false => weigh(case, claim, pattern, present, hits, &mut Verdict::default()),
                };
                let key = |weighed: &Weighed| (weighed.strength, weighed.obstacle);
                if closest.as_ref().is_none_or(|(best, _)| key(&weighed) > key(best)) {
                    closest = Some((weighed, hits.to_vec()));
                }
            });
            let first_hits = || present.iter().map(|item| case.postings.of(item.item)[0]).collect();
            let (obstacle, hits) = match closest {
                Some((weighed, hits)) => (weighed.obstacle?, hits),
                None => (Obstacle::PartsApart, first_hits()),
            };
            let found = present.iter().zip(&hits).map(|(item, hit)| (range(hit), part(pattern, item)));
            let miss = miss(pattern, obstacle, found.collect(), Vec::new());
            Some(match obstacle {
                Obstacle::OtherSubject => NearMiss { subject: other_subject(case, claim, &hits), ..miss },
                _ => miss,
            })
        }
    }
}

fn miss(
    pattern: &CompiledPattern,
    obstacle: Obstacle,
    found: Vec<(Range<u32>, String)>,
    missing: Vec<String>,
) -> NearMiss {
    NearMiss { matcher: Matcher::Pattern, term: Arc::clone(&pattern.text), obstacle, subject: 0, found, missing }
}

/// What the first hit that is not said of a claim's subject is said of.
fn other_subject(case: Case<'_>, claim: &Claim, hits: &[Hit]) -> SubjectSet {
    let subjects = hits.iter().map(|hit| case.structure.clause_at(hit.start as usize).subject);
    subjects.into_iter().find(|subject| subject & claim.about == 0).unwrap_or(0)
}

/// An item as the author wrote it.
fn part(pattern: &CompiledPattern, item: &ItemUse) -> String {
    pattern.text[item.place.clone()].to_owned()
}

/// A pattern of which some items were not found, with a closer look at the first of them.
fn missing_parts(case: Case<'_>, pattern: &CompiledPattern, present: &[ItemUse]) -> Option<NearMiss> {
    let (missing, there): (Vec<&ItemUse>, Vec<&ItemUse>) =
        present.iter().partition(|item| case.postings.of(item.item).is_empty());
    let first_hit = |item: &&ItemUse| (range(&case.postings.of(item.item)[0]), part(pattern, item));
    let mut found: Vec<(Range<u32>, String)> = there.iter().map(first_hit).collect();
    let mut obstacle = Obstacle::PartsMissing;
    let [only] = missing[..] else {
        let parts = missing.iter().map(|item| part(pattern, item)).collect();
        return (!found.is_empty()).then(|| miss(pattern, obstacle, found, parts));
    };
    if let Some(hit) = case.postings.hidden(case.rubric, only.item) {
        obstacle = Obstacle::InsideName;
        found.push((range(&hit), part(pattern, only)));
    } else if let Some(words) = scattered(case, only.item) {
        obstacle = Obstacle::WordsApart;
        found.extend(words.into_iter().map(|t| (t..t + 1, part(pattern, only))));
    }
    (!found.is_empty()).then(|| miss(pattern, obstacle, found, vec![part(pattern, only)]))
}

fn range(hit: &Hit) -> Range<u32> {
    hit.start..hit.end
}

/// The words of one phrase of an item, where they stand in one sentence, but not as the phrase wants them.
fn scattered(case: Case<'_>, item: u32) -> Option<Vec<u32>> {
    let feeds =
        |phrase: &&Phrase| phrase.feeds.iter().any(|feed| matches!(feed, Feed::Item { item: fed, .. } if *fed == item));
    let phrases = case.rubric.phrases.iter().filter(feeds).filter(|phrase| phrase.elements.len() > 1);
    let words_in = |phrase: &Phrase| {
        let mut sentences = case.structure.sentences.iter().take_while(|sentence| sentence.end <= MOST_TOKENS);
        sentences.find_map(|sentence| evidence::words_in(phrase, case.memo, case.structure, sentence))
    };
    phrases.filter_map(words_in).next()
}

fn near_order(
    case: Case<'_>,
    claim: &Claim,
    pattern: &CompiledPattern,
    items: [u32; 2],
    excluded: &[u32],
) -> Option<NearMiss> {
    let written = pattern.text.split_once("<<").unwrap_or((&pattern.text, ""));
    let parts = [written.0.trim().to_owned(), written.1.trim().to_owned()];
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (item, part) in items.iter().zip(parts) {
        match case.postings.of(*item).first() {
            Some(hit) => found.push((range(hit), part)),
            None => missing.push(part),
        }
    }
    if found.is_empty() || !missing.is_empty() {
        return (!found.is_empty()).then(|| miss(pattern, Obstacle::PartsMissing, found, missing));
    }
    let mut verdict = Verdict::default();
    order::judge(case, claim, &pattern.text, items, excluded, &mut verdict);
    let obstacle = if verdict.denied > 0 { Obstacle::OtherOrder } else { Obstacle::OrderOpen };
    (verdict.claimed == 0).then(|| miss(pattern, obstacle, found, missing))
}

/// The statement that one sentence covers most of.
fn nearest_statement(case: Case<'_>, claim: &Claim) -> Option<NearMiss> {
    let nearest = statement::nearest(case, claim)?;
    let found = nearest.covered.into_iter().map(|(token, word)| (token..token + 1, word)).collect();
    Some(NearMiss {
        matcher: Matcher::Statement,
        term: nearest.text,
        obstacle: if nearest.is_turned { Obstacle::Turned } else { Obstacle::PartsMissing },
        subject: 0,
        found,
        missing: nearest.missing,
    })
}
