//! Values of the engine as values of the WIT package.

use crate::bindings::exports::rubrica::grader::grading as wit;
use rubrica_core::{Detail, Diagnostic, Document, Question, Severity, wire};

/// Points and shares leave the engine as decimals of at most three digits; the WIT package counts in thousandths.
fn thousandths(value: f64) -> i32 {
    (value * 1000.0).round() as i32
}

/// Thousandths of what is never below zero.
fn whole_thousandths(value: f64) -> u32 {
    thousandths(value).unsigned_abs()
}

pub fn document(document: wit::Document) -> Document {
    Document { name: document.name, text: document.text }
}

pub fn detail(detail: wit::Detail) -> Detail {
    match detail {
        wit::Detail::Summary => Detail::Summary,
        wit::Detail::Full => Detail::Full,
    }
}

pub fn diagnostics(found: &[Diagnostic]) -> Vec<wit::Diagnostic> {
    let diagnostic =
        |Diagnostic { severity, code, document, start, end, line, column, message, help }| wit::Diagnostic {
            severity: match severity {
                Severity::Error => wit::Severity::Error,
                Severity::Warning => wit::Severity::Warning,
            },
            code,
            document,
            start,
            end,
            line,
            column,
            message,
            help,
        };
    found.iter().cloned().map(diagnostic).collect()
}

pub fn question(question: Question<'_>) -> wit::Question {
    wit::Question {
        id: question.id.to_owned(),
        prompt: question.source.prompt.clone(),
        kind: question.source.kind.unwrap_or_default().name().to_owned(),
        rubric: question.hash.to_owned(),
    }
}

pub fn evaluation(evaluation: wire::Evaluation) -> wit::Evaluation {
    wit::Evaluation {
        scoring: evaluation.scoring,
        question_id: evaluation.question_id,
        rubric: evaluation.rubric,
        score: whole_thousandths(evaluation.score),
        points: whole_thousandths(evaluation.points),
        max_points: whole_thousandths(evaluation.max_points),
        band: evaluation.band,
        sureness: whole_thousandths(evaluation.sureness),
        review: evaluation.review,
        reasons: evaluation.reasons.into_iter().map(message).collect(),
        outcomes: evaluation.outcomes.into_iter().map(outcome).collect(),
        misconceptions: evaluation.misconceptions.into_iter().map(misconception).collect(),
        feedback: evaluation.feedback.into_iter().map(message).collect(),
    }
}

fn outcome(outcome: wire::Outcome) -> wit::Outcome {
    wit::Outcome {
        criterion: outcome.criterion,
        label: outcome.label,
        state: match outcome.state {
            wire::State::Met => wit::State::Met,
            wire::State::Partial => wit::State::Partial,
            wire::State::Missed => wit::State::Missed,
            wire::State::Contradicted => wit::State::Contradicted,
        },
        points: thousandths(outcome.points),
        max_points: whole_thousandths(outcome.max_points),
        evidence: outcome.evidence.into_iter().map(evidence).collect(),
        against: outcome.against.into_iter().map(evidence).collect(),
    }
}

fn misconception(outcome: wire::MisconceptionOutcome) -> wit::MisconceptionOutcome {
    wit::MisconceptionOutcome {
        misconception: outcome.misconception,
        label: outcome.label,
        penalty: whole_thousandths(outcome.penalty),
        evidence: outcome.evidence.into_iter().map(evidence).collect(),
    }
}

pub fn near_miss(miss: wire::NearMiss) -> wit::NearMiss {
    wit::NearMiss {
        criterion: miss.criterion,
        matcher: matcher(miss.matcher),
        term: miss.term,
        obstacle: message(miss.obstacle),
        found: miss.found.into_iter().map(evidence).collect(),
        missing: miss.missing,
    }
}

fn evidence(evidence: wire::Evidence) -> wit::Evidence {
    wit::Evidence { start: evidence.start, end: evidence.end, matcher: matcher(evidence.matcher), term: evidence.term }
}

fn matcher(matcher: wire::Matcher) -> wit::Matcher {
    match matcher {
        wire::Matcher::Pattern => wit::Matcher::Pattern,
        wire::Matcher::Statement => wit::Matcher::Statement,
        wire::Matcher::Regex => wit::Matcher::Regex,
        wire::Matcher::Number => wit::Matcher::Number,
        wire::Matcher::Size => wit::Matcher::Size,
    }
}

fn message(message: wire::Message) -> wit::Message {
    wit::Message { id: message.id, criterion: message.criterion, text: message.text }
}
