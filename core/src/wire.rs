//! The JSON of an evaluation: what leaves the engine, versioned, the same bytes on every platform.
//!
//! Domain types inside the engine are not serialisable; these are. Numbers that are fixed-point inside (thousandths)
//! are written as decimals with at most three digits after the point.
//!
//! Structs that come out may get more fields. [`State`] and [`Matcher`] are closed: another value is another version of the format,
//! and the compiler then finds every front end that has to show it.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the evaluation's JSON shape, written into every evaluation.
pub const FORMAT: &str = "rubrica-evaluation/1";

/// Everything the engine says about one answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Evaluation {
    /// Always `rubrica-evaluation/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
    pub format: String,
    /// Version of the scoring rules; a score that moves on unchanged input is a new version.
    pub scoring: u32,
    /// Id of the question, as it was asked for.
    pub question_id: String,
    /// Hash of the rubric without its examples, and of the concepts it uses: 16 hexadecimal digits.
    pub rubric: String,
    /// 0 to 1, to three decimals: the share of a full answer that was earned.
    pub score: f64,
    /// Points earned, to three decimals, 0 to `max_points`. Not the sum of `outcomes` less penalties where a group counts
    /// only its best or up to its cap, or where wrong parts would cost more than right ones earn (feedback `part-kept`).
    pub points: f64,
    /// Points of all criteria together, after group limits.
    pub max_points: f64,
    /// Id of the band: `excellent`, `good`, `partial`, `poor` or `none`, or the rubric's own.
    pub band: String,
    /// 0 to 1, to three decimals: how sure the engine is of the band. It ranks evaluations; it is no probability.
    pub sureness: f64,
    /// Whether a person should look at this evaluation: `sureness` is below 0.55.
    pub review: bool,
    /// Why `sureness` is below 1, strongest first.
    pub reasons: Vec<Message>,
    /// One for each criterion, in the order of the rubric.
    pub outcomes: Vec<Outcome>,
    /// Those that the answer shows, in the order of the rubric.
    pub misconceptions: Vec<MisconceptionOutcome>,
    /// What the learner can act on, most useful first.
    pub feedback: Vec<Message>,
}

/// How one criterion fared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Outcome {
    /// Id of the criterion.
    pub criterion: String,
    /// What the criterion asks for, as the learner reads it.
    pub label: String,
    /// How it fared, in one word.
    pub state: State,
    /// Points earned, to three decimals, at most `max_points`. Below zero, down to minus six tenths of `max_points`,
    /// where a contradiction takes some off.
    pub points: f64,
    /// Points that the criterion can earn, at least 1.
    pub max_points: f64,
    /// Places that speak for the criterion, in the order of the answer.
    pub evidence: Vec<Evidence>,
    /// Places that contradict it, in the order of the answer.
    pub against: Vec<Evidence>,
}

/// State of a criterion, ordered from best to worst: the greatest of several is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// At least three quarters of what it asks for.
    Met,
    /// Some of it.
    Partial,
    /// Nothing that speaks for it or against it.
    Missed,
    /// The answer says the opposite (and may say the right thing elsewhere).
    Contradicted,
}

impl State {
    /// As in JSON, such as `met`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partial => "partial",
            Self::Missed => "missed",
            Self::Contradicted => "contradicted",
        }
    }
}

impl Evaluation {
    /// The score in percent, rounded. Thousandths are whole numbers: no float decides which way a half goes.
    pub(crate) fn percent(&self) -> u32 {
        ((self.score * 1000.0).round() as u32 + 5) / 10
    }
}

impl Outcome {
    /// Whether the criterion earned at least half of its points: what examples call met.
    pub(crate) fn earned_half(&self) -> bool {
        self.points * 2.0 >= self.max_points
    }
}

/// A misconception that the answer shows. Those it does not show are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct MisconceptionOutcome {
    /// Id of the misconception.
    pub misconception: String,
    /// What is true instead, as the learner reads it.
    pub label: String,
    /// Points taken off, to three decimals, as a positive number; 0 where it is only named.
    pub penalty: f64,
    /// Places that show it, in the order of the answer.
    pub evidence: Vec<Evidence>,
}

/// A place of the answer and why it counts.
///
/// Places may overlap, and one place may come several times, with other terms or for and against: to mark them up, cut the
/// answer at all their ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    /// First byte in the original answer (UTF-8), on a character boundary.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Which mechanism found it.
    pub matcher: Matcher,
    /// What it matched, as the author wrote it.
    pub term: String,
}

/// Which mechanism found the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Matcher {
    /// A pattern, or a relation in time.
    Pattern,
    /// A reference statement, by what the place covers of it.
    Statement,
    /// A regular expression.
    Regex,
    /// Kept for numbers of their own; those in patterns are `pattern`.
    Number,
    /// Kept for the length of the answer, which is no place in it.
    Size,
}

impl Matcher {
    /// As in JSON, such as `pattern`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pattern => "pattern",
            Self::Statement => "statement",
            Self::Regex => "regex",
            Self::Number => "number",
            Self::Size => "size",
        }
    }
}

/// A pattern or statement that did not count in full though the answer came close to it. For authors who wonder why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NearMiss {
    /// Id of the criterion or misconception that the pattern or statement belongs to.
    pub criterion: String,
    /// Pattern or statement.
    pub matcher: Matcher,
    /// As the author wrote it.
    pub term: String,
    /// What kept it from counting; its id begins with `near-`.
    pub obstacle: Message,
    /// Places of the answer that match a part of it, in their order; the `term` of each is that part.
    pub found: Vec<Evidence>,
    /// Parts of it that are not in the answer, as the author wrote them.
    pub missing: Vec<String>,
}

/// A message by id, for front ends that translate; `text` is the English wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Message {
    /// Such as `criterion-missed`, `contradiction`, `keyword-list`; all are listed in `docs/formats.md`.
    pub id: String,
    /// Id of the criterion or misconception that it is about, whose label its wording names; absent where it is about the
    /// whole answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// English wording, or the words of the rubric's author.
    pub text: String,
}

/// One line of the bulk call, in. Written as texts; the call also reads numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkRequest {
    /// Id of the question.
    pub question_id: String,
    /// What the learner wrote; may be empty.
    pub answer: String,
    /// Comes back in the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_id: Option<String>,
}

/// One line of the bulk call, out: an evaluation, its summary, or an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum BulkReply {
    /// The line could not be evaluated.
    Error {
        /// Of the request, where it could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        /// Why.
        error: BulkError,
    },
    /// For [`crate::Detail::Full`].
    Full {
        /// Of the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        /// All of it; its keys stand beside `answer_id`.
        #[serde(flatten)]
        evaluation: Box<Evaluation>,
    },
    /// For [`crate::Detail::Summary`].
    Summary {
        /// Of the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        /// Its keys stand beside `answer_id`.
        #[serde(flatten)]
        summary: Summary,
    },
}

/// The columns that a score table needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// Version of the scoring rules. All fields are as in [`Evaluation`].
    #[serde(default)]
    pub scoring: u32,
    /// Id of the question.
    pub question_id: String,
    /// Hash of the rubric.
    #[serde(default)]
    pub rubric: String,
    /// 0 to 1, to three decimals.
    pub score: f64,
    /// Points earned, to three decimals.
    pub points: f64,
    /// Points of all criteria together (after group limits).
    pub max_points: f64,
    /// Id of the band.
    pub band: String,
    /// 0 to 1, to three decimals: how sure the engine is of the band.
    pub sureness: f64,
    /// Whether a person should look at the evaluation.
    pub review: bool,
}

/// Why a line could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BulkError {
    /// `unknown-question` or `malformed-line`.
    pub code: String,
    /// Which line it was, from 1, blank ones counted.
    pub line: u32,
    /// What is wrong, in English.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        let json = |value: serde_json::Result<String>| value.expect("it is a word").trim_matches('"').to_owned();
        for state in [State::Met, State::Partial, State::Missed, State::Contradicted] {
            assert_eq!(state.name(), json(serde_json::to_string(&state)));
        }
        for matcher in [Matcher::Pattern, Matcher::Statement, Matcher::Regex, Matcher::Number, Matcher::Size] {
            assert_eq!(matcher.name(), json(serde_json::to_string(&matcher)));
        }
    }
}
