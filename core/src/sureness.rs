//! Sureness: how far the evaluation can be trusted, and why a person should look.

use crate::judge::{FULL, Verdict, is_hedged};
use crate::rubric::Rubric;
use crate::score::{Score, is_held};
use crate::sort::sort_by_key;
use crate::structure::{SentenceForm, Structure};
use crate::vocabulary::Memo;
use crate::wire::Matcher;

/// Below this sureness, in thousandths, a person is asked to look.
const REVIEW_BELOW: u32 = 550;

/// Words for each criterion below which an answer is terse.
const FEW_WORDS: u32 = 8;

/// Distance from another band at which doubts about points count half, in thousandths of the score.
const HALF_DOUBT: u32 = 150;
/// Doubts about the answer as a whole: they count wherever the score lies.
const UNDERSTOOD: [&str; 4] = ["review-other-language", "review-unmatched", "review-terse", "review-spelling"];

/// A reason to doubt, with what it takes from the sureness in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// Message id.
    pub(crate) reason: &'static str,
    pub(crate) weight: u32,
}

pub(crate) struct Sureness {
    /// 0 to 1000.
    pub(crate) value: u32,
    pub(crate) review: bool,
    /// Strongest first.
    pub(crate) doubts: Vec<Doubt>,
}

/// Adds up the doubts about an evaluation. `is_chosen` says that the answer could be read in another way.
pub(crate) fn assess(
    rubric: &Rubric,
    structure: &Structure,
    memo: &Memo,
    verdicts: &[Verdict],
    wrong: &[Verdict],
    score: &Score,
    is_chosen: bool,
) -> Sureness {
    let mut doubts = Vec::new();
    let mut doubt = |reason: &'static str, weight: u32| {
        if weight > 0 {
            doubts.push(Doubt { reason, weight });
        }
    };
    let points: Vec<u32> = rubric.criteria.iter().map(|criterion| criterion.points).collect();
    let all: u32 = points.iter().sum::<u32>().max(1);
    // Share of the points, in thousandths, for which something holds.
    let share = |holds: &dyn Fn(&Verdict) -> bool| {
        verdicts.iter().zip(&points).filter(|(verdict, _)| holds(verdict)).map(|(_, points)| points * FULL).sum::<u32>()
            / all
    };
    let evidence = |verdict: &Verdict, holds: fn(&crate::judge::Found) -> bool| verdict.evidence.iter().any(holds);

    let last_edge = rubric.bands.iter().map(|(_, from)| i64::from(*from)).filter(|from| *from > 0);
    let edge = last_edge.map(|from| from.abs_diff(score.balance) as u32).min().unwrap_or(FULL);
    doubt("review-near-band-edge", 60_u32.saturating_sub(edge) * 4);
    doubt("review-contradiction", share(&|verdict| verdict.denied > 0) * 6 / 10);
    doubt("review-soft-evidence", share(&|verdict| evidence(verdict, |found| found.matcher == Matcher::Statement)) / 2);
    doubt("review-unknown-subject", share(&|verdict| evidence(verdict, |found| !found.sure_subject)) * 4 / 10);
    doubt("review-unnamed-sides", if is_chosen { 150 } else { 0 });
    doubt(
        "review-hedged",
        share(&|verdict| {
            verdict.evidence.iter().flat_map(|found| &found.ranges).any(|range| is_hedged(structure, range.start))
        }) / 4,
    );
    doubt("review-misconception", if wrong.iter().any(is_held) { 200 } else { 0 });

    let words: Vec<_> = structure.tokens.iter().filter(|token| !token.is_mark()).collect();
    let n_words = words.len().max(1) as u32;
    let n_doubtful =
        words.iter().filter(|token| memo.info(token.word).corrected || memo.info(token.word).unknown).count() as u32;
    doubt("review-spelling", (n_doubtful * FULL / n_words).saturating_sub(80) * 2);
    doubt("review-other-language", if structure.foreign { 600 } else { 0 });

    let in_form = |wanted: &dyn Fn(SentenceForm) -> bool| {
        let n: u32 = structure
            .sentences
            .iter()
            .filter(|sentence| wanted(sentence.form))
            .map(|sentence| sentence.end - sentence.start)
            .sum();
        (u64::from(n) * u64::from(FULL) / structure.tokens.len().max(1) as u64) as u32
    };
    let in_notes = |token: u32| {
        let form = structure.sentences[structure.sentence_of(token) as usize].form;
        matches!(form, SentenceForm::Fragment | SentenceForm::KeywordList)
    };
    let rests_on_notes =
        |verdict: &Verdict| verdict.evidence.iter().flat_map(|found| &found.ranges).any(|range| in_notes(range.start));
    doubt("review-form", share(&rests_on_notes) * 4 / 10);
    // Many points for few words: a person may want to hear more.
    let n_claimed = verdicts.iter().filter(|verdict| verdict.claimed > 0).count() as u32;
    doubt("review-terse", (FEW_WORDS * n_claimed).saturating_sub(n_words) * 400 / (FEW_WORDS * n_claimed).max(1));

    // A long answer of which little was understood: it may say the right things in words that nobody thought of.
    let understood: u32 = verdicts
        .iter()
        .flat_map(|verdict| verdict.evidence.iter().chain(&verdict.against))
        .flat_map(|found| &found.ranges)
        .map(|range| range.end - range.start)
        .sum();
    if n_words >= 25 && score.share < 650 && in_form(&|form| form == SentenceForm::Statement) > 500 {
        let share = (understood * FULL / n_words).min(FULL);
        // Not much: a long answer that says nothing of what is asked is the more frequent one.
        doubt("review-unmatched", 250_u32.saturating_sub(share) / 2);
    }
    sort_by_key(&mut doubts, |doubt| std::cmp::Reverse(doubt.weight));
    // Doubts multiply: each takes its share of what is left. Those about single points matter less, the further the score
    // is from another band.
    let left = |all: bool| {
        let counted = doubts.iter().filter(|doubt| all == UNDERSTOOD.contains(&doubt.reason));
        counted.fold(FULL, |value, doubt| value * (FULL - doubt.weight.min(900)) / FULL)
    };
    let of_points = FULL - (FULL - left(false)) * HALF_DOUBT / (HALF_DOUBT + edge);
    let value = left(true) * of_points / FULL;
    Sureness { value, review: value < REVIEW_BELOW, doubts }
}
