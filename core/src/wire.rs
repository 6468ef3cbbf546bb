//! The JSON of an evaluation: what leaves the engine, versioned, the same bytes on every platform.
//!
//! Domain types inside the engine are not serialisable; these are. Numbers that are fixed-point inside (thousandths)
//! are written as decimals with at most three digits after the point.

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
    pub question_id: String,
    /// Hash of the rubric without its examples, and of the concepts it uses: 16 hexadecimal digits.
    pub rubric: String,
    /// 0 to 1, in thousandths: the share of a full answer that was earned.
    pub score: f64,
    /// Points earned, in thousandths of a point.
    pub points: f64,
    /// Points of all criteria together (after group limits).
    pub max_points: f64,
    /// Id of the band: `excellent`, `good`, `partial`, `poor` or `none`, or the rubric's own.
    pub band: String,
    /// 0 to 1: how sure the engine is of the band.
    pub sureness: f64,
    /// Whether a person should look at this evaluation.
    pub review: bool,
    /// Why `sureness` is below 1: message ids with parameters, strongest first.
    pub reasons: Vec<Message>,
    pub outcomes: Vec<Outcome>,
    pub misconceptions: Vec<MisconceptionOutcome>,
    /// What the learner can act on, most useful first.
    pub feedback: Vec<Message>,
}

/// How one criterion fared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Outcome {
    pub criterion: String,
    pub label: String,
    pub state: State,
    pub points: f64,
    pub max_points: f64,
    /// Places that speak for the criterion, in the order of the answer.
    pub evidence: Vec<Evidence>,
    /// Places that contradict it.
    pub against: Vec<Evidence>,
}

/// State of a criterion, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    Met,
    /// Some of the points.
    Partial,
    Missed,
    /// The answer says the opposite (and may say the right thing elsewhere).
    Contradicted,
}

/// A misconception that the answer shows. Those it does not show are left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct MisconceptionOutcome {
    pub misconception: String,
    pub label: String,
    /// Points taken off, as a positive number.
    pub penalty: f64,
    pub evidence: Vec<Evidence>,
}

/// A place of the answer and why it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Evidence {
    /// First byte in the original answer (UTF-8), on a character boundary.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    pub matcher: Matcher,
    /// What it matched, as the author wrote it.
    pub term: String,
}

/// Which mechanism found the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Matcher {
    Pattern,
    Statement,
    Regex,
    Number,
    Size,
}

/// A message by id with its parameters; `text` is the English wording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[non_exhaustive]
pub struct Message {
    /// Such as `criterion-missed`, `contradiction`, `keyword-list`; the table is in `core/data/messages.toml`.
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    pub text: String,
}

/// One line of the bulk call, in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BulkRequest {
    pub question_id: String,
    pub answer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_id: Option<String>,
}

/// One line of the bulk call, out: an evaluation, its summary, or an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BulkReply {
    Error {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        error: BulkError,
    },
    Full {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        #[serde(flatten)]
        evaluation: Box<Evaluation>,
    },
    Summary {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer_id: Option<String>,
        #[serde(flatten)]
        summary: Summary,
    },
}

/// The columns that a score table needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub question_id: String,
    pub score: f64,
    pub points: f64,
    pub max_points: f64,
    pub band: String,
    pub sureness: f64,
    pub review: bool,
}

/// Why a line could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BulkError {
    /// `unknown-question` or `malformed-line`.
    pub code: String,
    /// Which line it was, from 1, blank ones counted.
    pub line: u32,
    /// What is wrong, in English.
    pub message: String,
}
