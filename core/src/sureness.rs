//! Sureness: how far the evaluation can be trusted, and why a person should look.

use crate::judge::{Case, FULL, Verdict, is_hedged};
use crate::language::Class;
use crate::score::{Score, is_held};
use crate::sort::sort_by_key;
use crate::structure::{SentenceForm, Structure};
use crate::wire::Matcher;

/// Below this sureness, in thousandths, a person is asked to look.
const REVIEW_BELOW: u32 = 550;

/// What doubts take from the sureness, in thousandths: those about points for the share of all points that they concern, the
/// others as they are. Policy, set on `interview-dev`, `tests/answers`, Khan and SAF, November 2026; `figures` shows how
/// well evaluations rank by it ("Sureness").
mod takes {
    pub const CONTRADICTION: u32 = 600;
    pub const SOFT_EVIDENCE: u32 = 500;
    pub const UNKNOWN_SUBJECT: u32 = 400;
    pub const NOTES: u32 = 400;
    pub const HEDGED: u32 = 250;
    pub const UNNAMED_SIDES: u32 = 150;
    pub const MISCONCEPTION: u32 = 200;
    pub const OTHER_LANGUAGE: u32 = 600;
    pub const TERSE: u32 = 400;
    /// No doubt takes more.
    pub const MOST: u32 = 900;
}

/// Distance to a band's edge from which it is no doubt, in thousandths of the score; each below takes four.
const NEAR_EDGE: u32 = 60;
/// Distance from another band at which doubts about points count half, in thousandths of the score.
const HALF_DOUBT: u32 = 150;
/// Words for each criterion below which an answer is terse.
const FEW_WORDS: u32 = 8;
/// Share of misspelt or unknown words that costs nothing; each thousandth above takes two.
const USUAL_MISTAKES: u32 = 80;
/// A long answer in sentences with a score below this, of whose words less than this share was understood, may say the right
/// things in words that nobody thought of; each thousandth below takes half a one.
const LONG: u32 = 25;
const LOW_SCORE: u32 = 650;
const LITTLE: u32 = 250;
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
    case: Case<'_>,
    verdicts: &[Verdict],
    wrong: &[Verdict],
    score: &Score,
    is_chosen: bool,
) -> Sureness {
    let edges = case.rubric.bands.iter().map(|(_, from)| i64::from(*from)).filter(|from| *from > 0);
    let edge = edges.map(|from| from.abs_diff(score.balance) as u32).min().unwrap_or(FULL);
    let of_the_whole = [
        ("review-near-band-edge", NEAR_EDGE.saturating_sub(edge) * 4),
        ("review-unnamed-sides", if is_chosen { takes::UNNAMED_SIDES } else { 0 }),
        ("review-misconception", if wrong.iter().any(is_held) { takes::MISCONCEPTION } else { 0 }),
    ];
    let all =
        of_the_whole.into_iter().chain(doubts_of_points(case, verdicts)).chain(doubts_of_words(case, verdicts, score));
    let mut doubts: Vec<Doubt> =
        all.filter(|(_, weight)| *weight > 0).map(|(reason, weight)| Doubt { reason, weight }).collect();
    sort_by_key(&mut doubts, |doubt| std::cmp::Reverse(doubt.weight));
    // Doubts multiply: each takes its share of what is left. Those about single points matter less, the further the score
    // is from another band.
    let left = |all: bool| {
        let counted = doubts.iter().filter(|doubt| all == UNDERSTOOD.contains(&doubt.reason));
        counted.fold(FULL, |value, doubt| value * (FULL - doubt.weight.min(takes::MOST)) / FULL)
    };
    let of_points = FULL - (FULL - left(false)) * HALF_DOUBT / (HALF_DOUBT + edge);
    let value = left(true) * of_points / FULL;
    Sureness { value, review: value < REVIEW_BELOW, doubts }
}

/// Doubts about some of the points, by the share of all points that they concern.
fn doubts_of_points(case: Case<'_>, verdicts: &[Verdict]) -> [(&'static str, u32); 5] {
    let Case { rubric, structure, .. } = case;
    let all: u32 = rubric.criteria.iter().map(|criterion| criterion.points).sum::<u32>().max(1);
    let of = |most: u32, holds: &dyn Fn(&Verdict) -> bool| {
        let held = rubric.criteria.iter().zip(verdicts).filter(|(_, verdict)| holds(verdict));
        held.map(|(criterion, _)| criterion.points * FULL).sum::<u32>() / all * most / FULL
    };
    let shown_in = |verdict: &Verdict, holds: &dyn Fn(u32) -> bool| {
        verdict.evidence.iter().flat_map(|found| &found.ranges).any(|range| holds(range.start))
    };
    let in_notes = |token: u32| {
        let form = structure.sentence_at(token as usize).form;
        matches!(form, SentenceForm::Fragment | SentenceForm::KeywordList)
    };
    let is_soft = |verdict: &Verdict| verdict.evidence.iter().any(|found| found.matcher == Matcher::Statement);
    let is_unknown = |verdict: &Verdict| verdict.evidence.iter().any(|found| !found.sure_subject);
    let hedges = |verdict: &Verdict| shown_in(verdict, &|token| is_hedged(structure, token));
    [
        ("review-contradiction", of(takes::CONTRADICTION, &|verdict| verdict.denied > 0)),
        ("review-soft-evidence", of(takes::SOFT_EVIDENCE, &is_soft)),
        ("review-unknown-subject", of(takes::UNKNOWN_SUBJECT, &is_unknown)),
        ("review-hedged", of(takes::HEDGED, &hedges)),
        ("review-form", of(takes::NOTES, &|verdict| shown_in(verdict, &in_notes))),
    ]
}

/// Doubts about the answer's words: how they are spelt, in which language, how few they are, and how few were understood.
fn doubts_of_words(case: Case<'_>, verdicts: &[Verdict], score: &Score) -> [(&'static str, u32); 4] {
    let Case { answer, structure, memo, .. } = case;
    let n_words = structure.tokens.iter().filter(|token| !token.is_mark()).count().max(1) as u32;
    // Share of the words, in thousandths.
    let share = |n: u32| (u64::from(n) * u64::from(FULL) / u64::from(n_words)) as u32;
    let is_doubtful = |t: &usize| {
        let info = memo.info(structure.tokens[*t].word);
        (info.corrected || info.unknown) && !is_name(structure, answer, *t)
    };
    let n_doubtful = (0..structure.tokens.len()).filter(is_doubtful).count() as u32;
    // Many points for few words: a person may want to hear more.
    let few = FEW_WORDS * verdicts.iter().filter(|verdict| verdict.claimed > 0).count() as u32;

    let found = verdicts.iter().flat_map(|verdict| verdict.evidence.iter().chain(&verdict.against));
    let understood: u32 = found.flat_map(|found| &found.ranges).map(|range| range.end - range.start).sum();
    let sentences = structure.sentences.iter().filter(|sentence| sentence.form == SentenceForm::Statement);
    let in_sentences: u32 = sentences.map(|sentence| sentence.end - sentence.start).sum();
    let mostly_sentences = in_sentences as usize * 2 > structure.tokens.len();
    let is_unmatched = n_words >= LONG && score.share < LOW_SCORE && mostly_sentences;
    [
        ("review-spelling", share(n_doubtful).saturating_sub(USUAL_MISTAKES) * 2),
        ("review-other-language", if structure.foreign { takes::OTHER_LANGUAGE } else { 0 }),
        ("review-terse", few.saturating_sub(n_words) * takes::TERSE / few.max(1)),
        // Not much: a long answer that says nothing of what is asked is the more frequent one.
        ("review-unmatched", if is_unmatched { LITTLE.saturating_sub(share(understood).min(FULL)) / 2 } else { 0 }),
    ]
}

/// "Bismarck" inside a sentence: a word with one capital at its beginning, and not at that of the sentence.
fn is_name(structure: &Structure, answer: &str, t: usize) -> bool {
    let token = &structure.tokens[t];
    let mut letters = answer.get(token.start as usize..token.end as usize).unwrap_or_default().chars();
    // By the letters that have another case: "ª" is small in a text of capitals too.
    let capital = letters.next().is_some_and(|first| first.to_lowercase().ne([first]))
        && letters.any(|letter| letter.to_uppercase().ne([letter]));
    capital && t > 0 && !structure.tokens[t - 1].is(Class::SENTENCE_END)
}
