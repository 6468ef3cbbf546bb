//! What the app remembers about a learner. Everything stays in the browser.

use crate::protocol::Text;
use rubrica_core::wire::{Evaluation, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One marked answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attempt {
    /// When it was marked, in milliseconds since 1970; also its key, so no two are equal.
    pub id: u64,
    pub question: String,
    pub answer: String,
    /// In thousandths.
    pub score: u32,
    pub points: f64,
    pub max_points: f64,
    pub band: String,
    pub review: bool,
    /// Which rubric and which rules marked it.
    pub rubric: String,
    pub scoring: u32,
    pub outcomes: Vec<(String, State)>,
    /// The learner's own judgement, kept beside the score and never instead of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disagreement: Option<Disagreement>,
}

impl Attempt {
    pub fn new(id: u64, answer: &str, evaluation: &Evaluation) -> Self {
        let outcomes = evaluation.outcomes.iter().map(|outcome| (outcome.criterion.clone(), outcome.state));
        Self {
            id,
            question: evaluation.question_id.clone(),
            answer: answer.to_owned(),
            score: (evaluation.score * 1000.0).round() as u32,
            points: evaluation.points,
            max_points: evaluation.max_points,
            band: evaluation.band.clone(),
            review: evaluation.review,
            rubric: evaluation.rubric.clone(),
            scoring: evaluation.scoring,
            outcomes: outcomes.collect(),
            disagreement: None,
        }
    }
}

/// What a person gives an answer instead of the score, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// Points in thousandths.
    pub points: u32,
    pub reason: String,
    /// Milliseconds since 1970.
    pub at: u64,
}

impl Disagreement {
    /// Points as people write them.
    pub fn points(&self) -> f64 {
        f64::from(self.points) / 1000.0
    }
}

/// Ratings of answers in tables, by question, then by [`rating_key`].
pub type Ratings = BTreeMap<String, BTreeMap<String, Disagreement>>;

/// What a rating belongs to: one person's answer, not the text that another may have handed in as well. So the same row of
/// another file has the same rating.
pub fn rating_key(answer_id: &str, answer: &str) -> String {
    format!("{answer_id}\n{answer}")
}

/// How the page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

pub const ARCHIVE_FORMAT: &str = "rubrica-progress/1";

/// Everything, as one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Archive {
    /// Always [`ARCHIVE_FORMAT`].
    pub format: String,
    pub attempts: Vec<Attempt>,
    /// Unfinished answers by question.
    pub drafts: BTreeMap<String, String>,
    /// Rubrics that the learner added.
    pub rubrics: Vec<Text>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ratings: Ratings,
}

/// What begins the format of every version.
const ANY_FORMAT: &str = "rubrica-progress/";

/// Why a file is no archive that can be read here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It is something else.
    Foreign,
    /// Another version of the app wrote it.
    OtherVersion,
    /// It is an export, but cut off or changed: the technical words of the parser.
    Damaged(String),
}

impl Archive {
    /// Reads an exported file.
    ///
    /// # Errors
    /// When it is none, or none that this version can read.
    pub fn parse(text: &str) -> Result<Self, ImportError> {
        #[derive(Deserialize)]
        struct Named {
            format: String,
        }
        let damaged = |error: serde_json::Error| ImportError::Damaged(error.to_string());
        match serde_json::from_str::<Named>(text) {
            Ok(named) if named.format == ARCHIVE_FORMAT => serde_json::from_str(text).map_err(damaged),
            Ok(named) if named.format.starts_with(ANY_FORMAT) => Err(ImportError::OtherVersion),
            Err(error) if text.contains(ANY_FORMAT) => Err(damaged(error)),
            _ => Err(ImportError::Foreign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ARCHIVE_FORMAT, Archive, Attempt, Disagreement, ImportError, Theme};
    use rubrica_core::wire::State;

    #[test]
    fn an_archive_reads_back() {
        let attempt = Attempt {
            id: 1_700_000_000_000,
            question: "net-tcp-vs-udp".to_owned(),
            answer: "TCP \"resends\"\n<b>".to_owned(),
            score: 667,
            points: 6.667,
            max_points: 10.0,
            band: "good".to_owned(),
            review: true,
            rubric: "0123456789abcdef".to_owned(),
            scoring: 1,
            outcomes: vec![("tcp-reliable".to_owned(), State::Met)],
            disagreement: Some(Disagreement { points: 9000, reason: "I said it".to_owned(), at: 7 }),
        };
        let rating = Disagreement { points: 500, reason: "half".to_owned(), at: 8 };
        let ratings = [("q".to_owned(), [("an \"answer\"\n".to_owned(), rating)].into())].into();
        let archive =
            Archive { format: ARCHIVE_FORMAT.to_owned(), attempts: vec![attempt], ratings, ..Archive::default() };
        let json = serde_json::to_string(&archive).unwrap();
        assert_eq!(Archive::parse(&json), Ok(archive));
    }

    #[test]
    fn an_archive_from_before_ratings_reads_too() {
        let before = r#"{"format":"rubrica-progress/1","attempts":[],"drafts":{},"rubrics":[]}"#;
        assert_eq!(
            Archive::parse(before).map(|archive| serde_json::to_string(&archive).unwrap()),
            Ok(before.to_owned())
        );
    }

    #[test]
    fn other_files_are_refused() {
        assert_eq!(Archive::parse("{}"), Err(ImportError::Foreign));
        assert_eq!(Archive::parse("no JSON"), Err(ImportError::Foreign));
        assert_eq!(Archive::parse(r#"{"format":"rubrica-rubric/1"}"#), Err(ImportError::Foreign));
        assert_eq!(Archive::parse(r#"{"format":"rubrica-progress/9"}"#), Err(ImportError::OtherVersion));
        let cut_off = r#"{"format":"rubrica-progress/1","attempts":[{"id":1"#;
        assert!(matches!(Archive::parse(cut_off), Err(ImportError::Damaged(reason)) if reason.starts_with("EOF")));
    }

    #[test]
    fn theme_names_read_back() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_name(theme.name()), theme);
        }
    }
}
