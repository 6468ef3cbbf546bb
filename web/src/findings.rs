//! An evaluation as a learner reads it: what is there, what is half there, what is wrong, what is missing, in this order.

use crate::highlight::Span;
use crate::protocol::QuestionDetail;
use rubrica_core::sort::sort_by_key;
use rubrica_core::wire::{Evaluation, Evidence, State};
use std::ops::Range;

/// In the order in which findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Met,
    Partial,
    Contradicted,
    Misconception,
    Missed,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::Met, Kind::Partial, Kind::Contradicted, Kind::Misconception, Kind::Missed];

    /// Names classes and texts.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Met => "met",
            Kind::Partial => "partial",
            Kind::Contradicted => "contradicted",
            Kind::Misconception => "misconception",
            Kind::Missed => "missed",
        }
    }
}

/// A criterion or a misconception with everything that the page says about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub kind: Kind,
    pub id: String,
    /// What is true. For a missing criterion it gives the answer away, so the page shows it on request only.
    pub label: String,
    /// Points earned, or taken off by a misconception as a negative number.
    pub points: f64,
    /// 0 for a misconception.
    pub max_points: f64,
    /// Places of the answer, in bytes.
    pub evidence: Vec<Range<usize>>,
    pub against: Vec<Range<usize>>,
    /// Helps without giving the answer away.
    pub hint: Option<String>,
    /// The author's feedback for this state.
    pub advice: Option<String>,
    /// It counts little, for the same sentence says something wrong.
    pub is_doubted: bool,
}

impl Finding {
    pub fn has_places(&self) -> bool {
        !self.evidence.is_empty() || !self.against.is_empty()
    }
}

/// All findings of an evaluation, ordered by [`Kind`], then as in the rubric.
pub fn findings(evaluation: &Evaluation, detail: &QuestionDetail) -> Vec<Finding> {
    let criteria = evaluation.outcomes.iter().map(|outcome| {
        let criterion = detail.criterion(&outcome.criterion);
        let kind = match outcome.state {
            State::Met => Kind::Met,
            State::Partial => Kind::Partial,
            State::Missed => Kind::Missed,
            State::Contradicted => Kind::Contradicted,
        };
        Finding {
            kind,
            id: outcome.criterion.clone(),
            label: outcome.label.clone(),
            points: outcome.points,
            max_points: outcome.max_points,
            evidence: places(&outcome.evidence),
            against: places(&outcome.against),
            hint: criterion.and_then(|criterion| criterion.hint.clone()),
            advice: criterion.and_then(|criterion| match kind {
                Kind::Met => criterion.met.clone(),
                _ => criterion.missed.clone(),
            }),
            is_doubted: evaluation.feedback.iter().any(|message| {
                message.id == "criterion-doubted" && message.criterion.as_ref() == Some(&outcome.criterion)
            }),
        }
    });
    let misconceptions = evaluation.misconceptions.iter().map(|outcome| {
        let misconception = detail.misconceptions.iter().find(|known| known.id == outcome.misconception);
        Finding {
            kind: Kind::Misconception,
            id: outcome.misconception.clone(),
            label: outcome.label.clone(),
            points: -outcome.penalty,
            max_points: 0.0,
            evidence: Vec::new(),
            against: places(&outcome.evidence),
            hint: None,
            advice: misconception.and_then(|misconception| misconception.feedback.clone()),
            is_doubted: false,
        }
    });
    let mut findings: Vec<Finding> = criteria.chain(misconceptions).collect();
    sort_by_key(&mut findings, |finding| finding.kind);
    findings
}

fn places(evidence: &[Evidence]) -> Vec<Range<usize>> {
    evidence.iter().map(|place| place.start as usize..place.end as usize).collect()
}

/// The places of all findings, each with the index of its finding.
pub fn spans(findings: &[Finding]) -> Vec<Span> {
    let places = findings.iter().enumerate().flat_map(|(index, finding)| {
        finding.evidence.iter().chain(&finding.against).map(move |range| Span { range: range.clone(), finding: index })
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::{findings, spans};
    use crate::protocol::{Criterion, QuestionDetail};
    use rubrica_core::wire::Evaluation;

    fn evaluation() -> Evaluation {
        serde_json::from_value(serde_json::json!({
            "format": "rubrica-evaluation/1", "scoring": 1, "question_id": "q", "rubric": "0", "score": 0.5,
            "points": 2.0, "max_points": 4.0, "band": "partial", "sureness": 1.0, "review": false, "reasons": [],
            "outcomes": [
                {"criterion": "a", "label": "A", "state": "missed", "points": 0, "max_points": 1, "evidence": [], "against": []},
                {"criterion": "b", "label": "B", "state": "contradicted", "points": 0, "max_points": 1,
                 "evidence": [{"start": 0, "end": 2, "matcher": "pattern", "term": "b"}],
                 "against": [{"start": 5, "end": 9, "matcher": "pattern", "term": "b"}]},
                {"criterion": "c", "label": "C", "state": "met", "points": 2, "max_points": 2,
                 "evidence": [{"start": 1, "end": 3, "matcher": "statement", "term": "c"}], "against": []}
            ],
            "misconceptions": [{"misconception": "m", "label": "M", "penalty": 1, "evidence": [
                {"start": 4, "end": 6, "matcher": "pattern", "term": "m"}]}],
            "feedback": [{"id": "criterion-doubted", "criterion": "c", "text": "C"}]
        }))
        .unwrap()
    }

    #[test]
    fn what_is_there_comes_first_and_what_is_missing_last() {
        let criterion = |id: &str| Criterion {
            id: id.to_owned(),
            hint: Some(format!("hint {id}")),
            met: Some(format!("met {id}")),
            missed: Some(format!("missed {id}")),
        };
        let detail = QuestionDetail { criteria: ["a", "b", "c"].map(criterion).to_vec(), ..QuestionDetail::default() };
        let findings = findings(&evaluation(), &detail);
        let short: Vec<(&str, &str, Option<&str>)> = findings
            .iter()
            .map(|finding| (finding.kind.name(), finding.id.as_str(), finding.advice.as_deref()))
            .collect();
        assert_eq!(
            short,
            [
                ("met", "c", Some("met c")),
                ("contradicted", "b", Some("missed b")),
                ("misconception", "m", None),
                ("missed", "a", Some("missed a")),
            ]
        );
        assert_eq!(findings.iter().map(|finding| finding.is_doubted).collect::<Vec<_>>(), [true, false, false, false]);
        let places: Vec<(usize, usize, usize)> =
            spans(&findings).into_iter().map(|span| (span.finding, span.range.start, span.range.end)).collect();
        assert_eq!(places, [(0, 1, 3), (1, 0, 2), (1, 5, 9), (2, 4, 6)]);
    }
}
