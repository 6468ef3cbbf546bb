//! Score: points of the criteria, limits of groups, penalties, bands. Fixed-point throughout.

use crate::judge::{FULL, Found, Verdict};
use crate::rubric::Rubric;
use crate::sort::{sort_by_key, sort_unique};
use crate::structure::Structure;

/// A denied criterion loses this share of what was claimed, and this share of its points besides, in thousandths.
///
/// Policy: right and then wrong earns less than right alone. Set on `interview-dev` and `tests/answers`,
/// November 2026.
const LOST_BY_DENIAL: i64 = 300;
const PENALTY_OF_DENIAL: i64 = 600;
/// What is right keeps this share of its worth, in thousandths, whatever is wrong beside it. Policy, as above.
const KEPT: i64 = 300;
/// A misconception counts from this strength on.
const MISCONCEPTION_FROM: u32 = 500;

/// Points in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// By criterion; below zero for a contradicted one.
    pub(crate) criteria: Vec<i64>,
    /// Points taken off, by misconception.
    pub(crate) penalties: Vec<u32>,
    pub(crate) earned: u32,
    /// What is wrong would cost more than `KEPT` allows.
    pub(crate) kept: bool,
    pub(crate) possible: u32,
    /// Share of a full answer, 0 to 1000.
    pub(crate) share: u32,
    /// The same without its limits: below zero where wrong claims outweigh, above 1000 beyond a full answer.
    pub(crate) balance: i64,
    pub(crate) band: usize,
}

/// Adds up.
pub(crate) fn total(rubric: &Rubric, verdicts: &[Verdict], wrong: &[Verdict]) -> Score {
    let of_each = |outcome: fn(&Verdict) -> i64| -> Vec<i64> {
        rubric
            .criteria
            .iter()
            .zip(verdicts)
            .map(|(criterion, verdict)| i64::from(criterion.points) * outcome(verdict))
            .collect()
    };
    let (gained, mut lost) = (of_each(gain), of_each(loss));
    let full: Vec<i64> = rubric.criteria.iter().map(|criterion| i64::from(criterion.points * FULL)).collect();
    let penalties: Vec<u32> = rubric
        .misconceptions
        .iter()
        .zip(wrong)
        .map(|(misconception, verdict)| if is_held(verdict) { misconception.penalty * verdict.claimed } else { 0 })
        .collect();
    // One wrong clause costs once: what a misconception takes off for it, a criterion denied there does not take off again.
    for (penalty, misconception) in penalties.iter().zip(wrong).filter(|(penalty, _)| **penalty > 0) {
        for (lost, verdict) in lost.iter_mut().zip(verdicts) {
            if verdict.denying.iter().any(|clause| misconception.claiming.contains(clause)) {
                *lost = (*lost - i64::from(*penalty)).max(0);
            }
        }
    }
    let criteria = gained.iter().zip(&lost).map(|(gained, lost)| gained - lost).collect();
    let possible = limited(rubric, &full).max(1) as u32;
    let deducted = lost.iter().sum::<i64>() + penalties.iter().map(|penalty| i64::from(*penalty)).sum::<i64>();
    let gained = limited(rubric, &gained);
    let left = |gained: i64| (gained - deducted).max(gained * KEPT / 1000).max(0);
    let kept = left(gained) > gained - deducted && gained > 0;
    let earned = left(gained).min(i64::from(possible)) as u32;
    let full_marks = i64::from(rubric.source.full_marks());
    let goal = (i64::from(possible) * full_marks / 100).max(1);
    // What is wrong comes off a full score, not off points that no full answer needs.
    let share = (left(gained.min(goal)) * 1000 / goal) as u32;
    let balance = (gained - deducted) * 1000 / goal;
    let band = rubric.bands.iter().position(|(_, from)| share >= *from).unwrap_or(rubric.bands.len() - 1);
    Score { criteria, penalties, earned, kept, possible, share, balance, band }
}

/// Whether the answer shows a misconception: claims it of the right subject, and does not deny the same as strongly
/// elsewhere. What another pattern of the misconception finds denied is another way to be wrong.
pub(crate) fn is_held(verdict: &Verdict) -> bool {
    let sure = verdict.evidence.iter().any(|found| found.sure_subject);
    let is_same = |against: &&Found| verdict.evidence.iter().any(|found| found.term == against.term);
    let denied = verdict.against.iter().filter(is_same).map(|found| found.strength).max().unwrap_or(0);
    sure && verdict.claimed >= MISCONCEPTION_FROM && denied < verdict.claimed
}

/// Sentences that show a misconception which costs points: whoever believes that may mean the rest of them otherwise too.
pub(crate) fn doubtful_sentences(rubric: &Rubric, structure: &Structure, wrong: &[Verdict]) -> Vec<u32> {
    let costs =
        rubric.misconceptions.iter().zip(wrong).filter(|(wrong, verdict)| wrong.penalty > 0 && is_held(verdict));
    let places = costs.flat_map(|(_, verdict)| &verdict.evidence).flat_map(|found| &found.ranges);
    let mut sentences: Vec<u32> =
        places.flat_map(|range| [range.start, range.end - 1]).map(|token| structure.sentence_of(token)).collect();
    sort_unique(&mut sentences);
    sentences
}

/// What a criterion gains, 0 to 1000.
fn gain(verdict: &Verdict) -> i64 {
    let (claimed, denied) = (i64::from(verdict.claimed), i64::from(verdict.denied));
    claimed * (1000 - LOST_BY_DENIAL * denied / 1000) / 1000
}

/// What it takes off where it is denied, 0 to 600.
fn loss(verdict: &Verdict) -> i64 {
    PENALTY_OF_DENIAL * i64::from(verdict.denied) / 1000
}

/// Sum with the limits of groups: the best few, or a cap.
fn limited(rubric: &Rubric, points: &[i64]) -> i64 {
    let mut sum: i64 = points.iter().sum();
    for group in &rubric.groups {
        let mut members: Vec<i64> = group.criteria.iter().map(|idx| points[*idx]).collect();
        let all: i64 = members.iter().sum();
        if let Some(best) = group.best {
            sort_by_key(&mut members, |points| std::cmp::Reverse(*points));
            let kept: i64 = members.iter().take(best as usize).sum();
            sum += kept - all;
        }
        if let Some(cap) = group.cap {
            sum -= (all - i64::from(cap * FULL)).max(0);
        }
    }
    sum
}
