//! Feedback: what the learner can act on, as message ids with parameters. Wording is data.

use crate::judge::{FULL, NearMiss, Obstacle, Verdict};
use crate::rubric::Rubric;
use crate::score::{Score, is_held};
use crate::sort::sort_by_key;
use crate::structure::{SentenceForm, Structure};
use crate::wire::{Message, State};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use toml::de::{DeTable, DeValue};

/// English wording by message id.
static MESSAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let table = DeTable::parse(include_str!("../data/messages.toml")).expect("the message table is TOML").into_inner();
    let wording = |text: &DeValue<'_>| text.as_str().expect("a message is a text").to_owned();
    table.iter().map(|(id, text)| (id.get_ref().to_string(), wording(text.get_ref()))).collect()
});

/// A message in the words of the table, about the whole answer or about a criterion with its label.
pub(crate) fn message(id: &str, about: Option<(&str, &str)>) -> Message {
    let template = MESSAGES.get(id).expect("every message id is in the table");
    let text = match about {
        Some((_, label)) => template.replace("{label}", label.trim_end_matches('.')),
        None => template.clone(),
    };
    Message { id: id.to_owned(), criterion: about.map(|(criterion, _)| criterion.to_owned()), text }
}

/// A message about a criterion, in the author's words where there are any.
fn told(id: &str, criterion: &str, label: &str, own_words: Option<&str>) -> Message {
    match own_words {
        Some(text) => Message { id: id.to_owned(), criterion: Some(criterion.to_owned()), text: text.to_owned() },
        None => message(id, Some((criterion, label))),
    }
}

/// State of a criterion from its verdict and points.
pub(crate) fn state(verdict: &Verdict) -> State {
    match verdict.claimed {
        _ if verdict.denied > 0 => State::Contradicted,
        0 => State::Missed,
        claimed if claimed < FULL * 3 / 4 => State::Partial,
        _ => State::Met,
    }
}

/// What kept something from counting.
pub(crate) fn obstacle(rubric: &Rubric, criterion: &str, miss: &NearMiss) -> Message {
    let of_miss = |i: &usize| miss.subject & 1 << i != 0;
    let subjects: Vec<&str> = (0..rubric.subjects.len()).filter(of_miss).map(|i| rubric.subjects[i].as_str()).collect();
    message(obstacle_id(miss.obstacle), Some((criterion, &subjects.join(", "))))
}

fn obstacle_id(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::PartsMissing => "near-parts-missing",
        Obstacle::Turned => "near-turned",
        Obstacle::InsideName => "near-inside-name",
        Obstacle::WordsApart => "near-words-apart",
        Obstacle::PartsApart => "near-parts-apart",
        Obstacle::Excluded => "near-excluded",
        Obstacle::OwnName => "near-own-name",
        Obstacle::Form(SentenceForm::Question) => "near-question",
        Obstacle::Form(SentenceForm::KeywordList) => "near-keyword-list",
        Obstacle::Form(SentenceForm::Fragment) => "near-fragment",
        Obstacle::Form(SentenceForm::Shuffled | SentenceForm::Statement) => "near-order-of-words",
        Obstacle::Form(SentenceForm::Meta) => "near-talks-to-marker",
        Obstacle::TakenBack => "near-taken-back",
        Obstacle::OtherSubject => "near-other-subject",
        Obstacle::UnknownSubject => "near-unknown-subject",
        Obstacle::OrderOpen => "near-order-open",
        Obstacle::OtherOrder => "near-other-order",
        Obstacle::Denied => "near-denied",
        Obstacle::Affirmed => "near-affirmed",
        Obstacle::TooBare => "near-too-bare",
        Obstacle::Echo => "near-echo",
        Obstacle::Told => "near-told",
        Obstacle::NamedAlone => "near-named-alone",
    }
}

/// Advice in the order of use: what is wrong, what the form lacks, what is missing (most points first), what is right.
pub(crate) fn advise(
    rubric: &Rubric,
    structure: &Structure,
    verdicts: &[Verdict],
    wrong: &[Verdict],
    score: &Score,
) -> Vec<Message> {
    let mut messages = Vec::new();
    if structure.tokens.iter().all(|token| token.is_mark()) {
        messages.push(message("answer-empty", None));
        return messages;
    }
    for (source, verdict) in rubric.source.misconceptions.iter().zip(wrong) {
        if is_held(verdict) {
            messages.push(told("misconception", &source.id, &source.label, source.feedback.as_deref()));
        }
    }
    let criteria = || rubric.source.criteria.iter().zip(verdicts);
    for (source, verdict) in criteria().filter(|(_, verdict)| verdict.denied > 0) {
        let id = if verdict.claimed > 0 { "contradiction" } else { "contradicted" };
        messages.push(message(id, Some((&source.id, &source.label))));
    }
    if score.kept {
        messages.push(message("part-kept", None));
    }
    messages.extend(form_advice(structure));
    let mut missing: Vec<_> = criteria()
        .zip(&score.criteria)
        .filter(|((_, verdict), _)| matches!(state(verdict), State::Missed | State::Partial))
        .collect();
    sort_by_key(&mut missing, |((source, _), earned)| *earned - i64::from(source.points() * FULL));
    for ((source, verdict), _) in missing {
        let missed = source.feedback.as_ref().and_then(|feedback| feedback.missed.as_deref());
        messages.push(match state(verdict) {
            State::Partial if verdict.doubted => message("criterion-doubted", Some((&source.id, &source.label))),
            State::Partial => message("criterion-partial", Some((&source.id, &source.label))),
            _ => told("criterion-missed", &source.id, &source.label, missed),
        });
    }
    for (source, _) in criteria().filter(|(_, verdict)| state(verdict) == State::Met) {
        let met = source.feedback.as_ref().and_then(|feedback| feedback.met.as_deref());
        messages.push(told("criterion-met", &source.id, &source.label, met));
    }
    messages
}

/// What the form of the answer costs it.
fn form_advice(structure: &Structure) -> Vec<Message> {
    let has = |form: SentenceForm| structure.sentences.iter().any(|sentence| sentence.form == form);
    let mut ids = Vec::new();
    if structure.foreign {
        ids.push("other-language");
    }
    if has(SentenceForm::KeywordList) {
        ids.push("keyword-list");
    }
    if has(SentenceForm::Shuffled) {
        ids.push("shuffled-words");
    }
    if has(SentenceForm::Meta) {
        ids.push("talks-to-marker");
    }
    ids.into_iter().map(|id| message(id, None)).collect()
}
