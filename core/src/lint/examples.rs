//! What a rubric's own examples say about it.

use super::Warnings;
use crate::diagnostic::Problem;
use crate::rubric::Places;
use crate::rubric::source::{ExampleSource, RubricSource};
use crate::wire::{Evaluation, Outcome};

/// An example that is expected below this percentage is a counter-example.
const COUNTER_EXAMPLE_BELOW: u32 = 35;
/// An example that is expected at this percentage at least is a good one.
const GOOD_EXAMPLE_FROM: u32 = 60;
/// A reference answer that earns less is none, or its rubric misses what it says.
const REFERENCE_FROM: u32 = 85;
/// Fewer examples in which two criteria are met may agree by accident.
const FEWEST_ALIKE: usize = 2;

/// Warns about what the examples leave untested, and about criteria that they cannot tell apart.
///
/// There is one evaluation for every example, in the same order.
pub(crate) fn check(
    source: &RubricSource,
    places: &Places,
    document: &str,
    evaluations: &[Evaluation],
    problems: &mut Vec<Problem>,
) {
    let mut warnings = Warnings { document, places, problems };
    if source.examples.is_empty() {
        warnings.add(
            "lint/no-examples",
            "id",
            "the rubric has no examples".to_owned(),
            "add `[[examples]]`: a good answer, a partial one, and wrong ones with the scores they should get",
        );
        return;
    }
    let is_good = |example: &ExampleSource| example.score[0] >= GOOD_EXAMPLE_FROM;
    let is_wrong = |example: &ExampleSource| example.score[1] < COUNTER_EXAMPLE_BELOW;
    let has_good = source.examples.iter().any(is_good);
    let has_wrong = source.examples.iter().any(is_wrong);
    if !has_good {
        warnings.add(
            "lint/no-good-example",
            "examples.0",
            format!("no example is expected to earn {GOOD_EXAMPLE_FROM} percent or more"),
            "add a good answer in a learner's words",
        );
    }
    if !has_wrong {
        warnings.add(
            "lint/no-counter-example",
            "examples.0",
            format!("no example is expected to earn less than {COUNTER_EXAMPLE_BELOW} percent"),
            "add an answer that must fail: facts denied or exchanged, bare key words, another topic",
        );
    }
    check_criteria(source, evaluations, has_good, has_wrong, &mut warnings);
    check_pairs(source, evaluations, &mut warnings);
    for (i, wrong) in source.misconceptions.iter().enumerate() {
        let shown = evaluations
            .iter()
            .flat_map(|evaluation| &evaluation.misconceptions)
            .any(|found| found.misconception == wrong.id);
        if !shown {
            warnings.add(
                "lint/misconception-not-shown",
                &format!("misconceptions.{i}.id"),
                format!("no example shows misconception `{}`", wrong.id),
                "add a wrong example that holds it: an untested pattern may never match, or match what is right",
            );
        }
    }
}

/// Warns about a reference answer that its own rubric does not take for one.
pub(crate) fn check_reference(places: &Places, document: &str, evaluation: &Evaluation, problems: &mut Vec<Problem>) {
    let mut warnings = Warnings { document, places, problems };
    let mut warn = |message: String| {
        warnings.add(
            "lint/reference-answer",
            "reference_answer",
            message,
            "a right answer in other words would fare the same: `rubrica explain` shows why",
        );
    };
    for outcome in evaluation.outcomes.iter().filter(|outcome| !outcome.against.is_empty()) {
        warn(format!("the reference answer is said to contradict criterion `{}`", outcome.criterion));
    }
    for found in &evaluation.misconceptions {
        warn(format!("the reference answer is said to hold misconception `{}`", found.misconception));
    }
    let percent = evaluation.percent();
    if percent < REFERENCE_FROM {
        warn(format!("the reference answer earns {percent} percent"));
    }
}

fn check_criteria(
    source: &RubricSource,
    evaluations: &[Evaluation],
    has_good: bool,
    has_wrong: bool,
    warnings: &mut Warnings<'_>,
) {
    for (i, criterion) in source.criteria.iter().enumerate() {
        let n_met = evaluations.iter().filter(|evaluation| evaluation.outcomes[i].earned_half()).count();
        if n_met == 0 && has_good {
            warnings.add(
                "lint/criterion-never-met",
                &format!("criteria.{i}.id"),
                format!("no example meets criterion `{}`", criterion.id),
                "add an example that meets it, or widen its patterns",
            );
        }
        if n_met == evaluations.len() && has_wrong {
            warnings.add(
                "lint/criterion-always-met",
                &format!("criteria.{i}.id"),
                format!("every example meets criterion `{}`, the wrong ones too", criterion.id),
                "narrow its patterns: points that everybody gets measure nothing",
            );
        }
    }
}

/// Two criteria that the examples meet together or not at all, with the very same words.
fn check_pairs(source: &RubricSource, evaluations: &[Evaluation], warnings: &mut Warnings<'_>) {
    for (j, later) in source.criteria.iter().enumerate() {
        for (i, earlier) in source.criteria.iter().enumerate().take(j) {
            let either: Vec<(&Outcome, &Outcome)> = evaluations
                .iter()
                .map(|evaluation| (&evaluation.outcomes[i], &evaluation.outcomes[j]))
                .filter(|(a, b)| a.earned_half() || b.earned_half())
                .collect();
            let same_words = |(a, b): &(&Outcome, &Outcome)| {
                let words = |outcome: &Outcome| {
                    outcome.evidence.iter().map(|place| (place.start, place.end)).collect::<Vec<_>>()
                };
                a.earned_half() && b.earned_half() && !a.evidence.is_empty() && words(a) == words(b)
            };
            if either.len() >= FEWEST_ALIKE && either.iter().all(same_words) {
                warnings.add(
                    "lint/same-evidence",
                    &format!("criteria.{j}.id"),
                    format!("criteria `{}` and `{}` are met by the very same words in every example", earlier.id, later.id),
                    "join them, or tell them apart by their patterns; an example that meets only one shows that it works",
                );
            }
        }
    }
}
