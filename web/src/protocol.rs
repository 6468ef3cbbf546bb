//! What page and worker say to each other: JSON in both directions.

use rubrica_core::CheckReport;
use rubrica_core::sort::sort_by;
use rubrica_core::wire::{Evaluation, NearMiss};
use serde::{Deserialize, Serialize};

/// A request with the number that its reply will carry.
#[derive(Debug, Serialize, Deserialize)]
pub struct Envelope {
    pub number: u32,
    pub request: Request,
}

#[derive(Debug, Serialize, Deserialize)]
pub enum Request {
    /// Takes the learner's own rubrics. Reply: [`OwnRubrics`].
    Load { own: Vec<Text> },
    /// Reply: `Option<`[`QuestionDetail`]`>`.
    Question { id: String },
    /// Reply: `Option<Evaluation>`.
    Evaluate { question: String, answer: String },
    /// JSON Lines of the engine's bulk call. Reply: `String`, JSON Lines.
    Lines { lines: String, full: bool },
    /// The file of one of the app's rubrics. Reply: `Result<String, String>`, the text or why there is none.
    Source { id: String },
    /// Checks a rubric and marks an answer with it. Reply: [`WorkshopReport`].
    Workshop { text: String, answer: String },
}

/// A reply. `body` is JSON of the type that the request names.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reply {
    /// Of the request, or [`READY`].
    pub number: u32,
    /// How long the worker took, in milliseconds.
    pub milliseconds: f64,
    pub body: Box<serde_json::value::RawValue>,
}

/// Number of the reply that the worker sends unasked when it listens: `Result<(), String>`, the rubrics or why not.
pub const READY: u32 = 0;

/// A named text file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub name: String,
    pub text: String,
}

impl Text {
    /// The question of a rubric's file.
    pub fn id(&self) -> &str {
        self.name.strip_suffix(".toml").unwrap_or(&self.name)
    }
}

/// All questions, as lists show them. The build writes those of the app to `questions.json`, so that nobody has to wait
/// for the engine before choosing one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// Ordered by topic, then id.
    pub questions: Vec<Card>,
    /// Why own rubrics could not be used: one line each.
    #[serde(default)]
    pub problems: Vec<String>,
}

/// What of the learner's own rubrics can be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OwnRubrics {
    pub questions: Vec<Card>,
    /// Why others cannot: one line each.
    pub problems: Vec<String>,
}

impl Catalogue {
    /// The same with other own rubrics.
    #[must_use]
    pub fn with_own(&self, own: OwnRubrics) -> Self {
        let mut questions: Vec<Card> = self.questions.iter().filter(|card| !card.own).cloned().collect();
        questions.extend(own.questions);
        sort_by(&mut questions, |a, b| (&a.topic, &a.id).cmp(&(&b.topic, &b.id)));
        Self { questions, problems: own.problems }
    }

    pub fn card(&self, id: &str) -> Option<&Card> {
        self.questions.iter().find(|card| card.id == id)
    }

    /// Topics in the order of the questions.
    pub fn topics(&self) -> Vec<&str> {
        let mut topics: Vec<&str> = self.questions.iter().map(|card| card.topic.as_str()).collect();
        topics.dedup();
        topics
    }
}

/// A question as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub id: String,
    pub prompt: String,
    pub kind: String,
    /// Empty when the rubric names none.
    pub topic: String,
    /// Empty when the rubric names none.
    pub level: String,
    pub language: String,
    pub n_criteria: u32,
    /// Whether the learner has added it in the workshop.
    #[serde(default)]
    pub own: bool,
}

/// A question as its page shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QuestionDetail {
    pub card: Card,
    /// Percent of the points that make a score of 100 %.
    pub full_marks: u32,
    pub criteria: Vec<Criterion>,
    pub misconceptions: Vec<Misconception>,
    pub reference_answer: Option<String>,
    pub sources: Vec<Source>,
}

impl QuestionDetail {
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Criterion {
    pub id: String,
    pub hint: Option<String>,
    pub met: Option<String>,
    pub missed: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Misconception {
    pub id: String,
    pub feedback: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    pub document: String,
    pub heading: Option<String>,
    pub lines: Option<[u32; 2]>,
    pub url: Option<String>,
    pub note: Option<String>,
}

/// State of the rubric in the workshop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkshopReport {
    pub check: CheckReport,
    /// Of the author's own trial answer; `None` when the rubric does not compile.
    pub evaluation: Option<Evaluation>,
    /// What that answer came close to saying.
    pub near: Vec<NearMiss>,
    pub detail: Option<QuestionDetail>,
}

/// What a document gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drafts {
    pub drafts: Vec<Draft>,
    /// What the author should look at: line, when it concerns one, and words.
    pub notes: Vec<(Option<u32>, String)>,
}

/// A rubric that waits for its author.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    pub prompt: String,
    pub n_criteria: u32,
    /// The rubric's file.
    pub text: String,
}
