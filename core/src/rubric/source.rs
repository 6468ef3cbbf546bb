//! A rubric or lexicon file as it was written: the shape of format `rubrica/1`, nothing checked yet.
//!
//! `rubrics/README.md` explains every field to authors.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::Serialize;

/// Percent of all points that earns the full score where the author says nothing.
const DEFAULT_FULL_MARKS: u32 = 85;
/// Name and lowest score in percent of the bands that a rubric without its own has, best first.
pub const DEFAULT_BANDS: [(&str, u32); 5] =
    [("excellent", 85), ("good", 65), ("partial", 35), ("poor", 10), ("none", 0)];
/// Value of `format` in a rubric file.
pub const RUBRIC_FORMAT: &str = "rubrica/1";
/// Value of `format` in a lexicon file.
pub const LEXICON_FORMAT: &str = "rubrica-lexicon/1";

/// What kind of answer the question asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What something is.
    #[default]
    Definition,
    /// Names of things.
    List,
    /// What speaks for something and what against it.
    ProsCons,
    /// How things differ.
    Comparison,
    /// Steps in their order.
    Procedure,
    /// A program and how it works.
    Code,
    /// A system and its parts.
    Design,
    /// What the learner has done.
    Experience,
}

impl Kind {
    /// Every kind by its name in rubric files.
    pub(crate) const NAMES: [(&'static str, Self); 8] = [
        ("definition", Self::Definition),
        ("list", Self::List),
        ("pros-cons", Self::ProsCons),
        ("comparison", Self::Comparison),
        ("procedure", Self::Procedure),
        ("code", Self::Code),
        ("design", Self::Design),
        ("experience", Self::Experience),
    ];

    /// Its name in rubric files, such as `pros-cons`.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).expect("every kind has a name").0
    }
}

/// How forgiving word matching is about typing errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Spelling {
    /// None under four letters, one edit from four, two from eight.
    #[default]
    Tolerant,
    /// No typing errors at all.
    Strict,
}

/// A rubric: one question and how its answers are marked.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct RubricSource {
    /// Always `rubrica/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = RUBRIC_FORMAT)))]
    pub format: String,
    /// Stable name in kebab-case, equal to the file's name.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")))]
    pub id: String,
    /// Raised when the meaning of the rubric changes; 1 when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The question as the learner sees it.
    pub prompt: String,
    /// What kind of answer it asks for; `definition` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Language of prompt and answers; only `en` has structure rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Subject area, for lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// `junior`, `middle` or `senior`.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = ["junior", "middle", "senior"])))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// Percent of all points that earns the full score, 1 to 100; 85 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 100)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub full_marks: Option<u32>,
    /// How forgiving the words of all criteria are about typing errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<Spelling>,
    /// Default of every criterion's `mention`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<bool>,
    /// A model answer for the learner; never used for marking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_answer: Option<String>,
    /// Where the facts come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceReference>,
    /// Concepts that only this rubric needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<ConceptSource>,
    /// The aspects that earn points.
    pub criteria: Vec<CriterionSource>,
    /// Wrong claims worth naming.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<MisconceptionSource>,
    /// Criteria that count together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupSource>,
    /// Ranges of the score with a name; five when left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<BandSource>,
    /// The tests of the rubric itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<ExampleSource>,
}

impl RubricSource {
    /// Percent of all points that earns the full score.
    pub fn full_marks(&self) -> u32 {
        self.full_marks.unwrap_or(DEFAULT_FULL_MARKS)
    }
}

/// Where facts of the rubric come from.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct SourceReference {
    /// Name of the document.
    pub document: String,
    /// Heading or section in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// First and last line, 1-based, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<[u32; 2]>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Anything else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An idea with its names. In a rubric file, or shared in a lexicon file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct ConceptSource {
    /// Stable name in kebab-case, by which patterns and `about` refer to it.
    pub id: String,
    /// Synonyms and abbreviations, each a pattern of one phrase.
    pub names: Vec<String>,
    /// Phrases that say the contrary, or `@concept`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opposites: Vec<String>,
    /// Ids of wider concepts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub broader: Vec<String>,
    /// Ids of narrower concepts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub narrower: Vec<String>,
    /// Typical examples that stand for the concept as the subject of a clause.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<String>,
}

/// One aspect that earns points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct CriterionSource {
    /// Stable name in kebab-case, of its own in the rubric.
    pub id: String,
    /// Shown to the learner.
    pub label: String,
    /// 1 when left out.
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
    /// Concept ids: evidence counts only in clauses whose subject is one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// Patterns of which one is enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// Patterns that must all be found; what is found earns its share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// So many different patterns of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<AtLeastSource>,
    /// Patterns that void the criterion where they stand in the sentence of the evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub none: Vec<String>,
    /// Sentences in plain words, matched softly.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
    /// Naming is enough: no statement is needed around it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<bool>,
    /// Length of the whole answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<SizeSource>,
    /// How forgiving its words are about typing errors; as the rubric says when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelling: Option<Spelling>,
    /// Helps without giving the answer away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What the learner reads once the answer is marked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<FeedbackSource>,
    /// Where its facts come from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceReference>,
}

impl CriterionSource {
    /// What the criterion earns at most.
    pub(crate) fn points(&self) -> u32 {
        self.points.unwrap_or(1)
    }
}

/// n different patterns out of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct AtLeastSource {
    /// How many earn everything.
    pub n: u32,
    /// The patterns.
    pub of: Vec<String>,
}

/// Length of the whole answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct SizeSource {
    /// Fewest and most words, inclusive.
    pub words: [u32; 2],
}

/// What the learner reads.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct FeedbackSource {
    /// Where the criterion is met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<String>,
    /// Where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missed: Option<String>,
}

/// A wrong claim worth naming.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct MisconceptionSource {
    /// Stable name in kebab-case, of its own in the rubric.
    pub id: String,
    /// Shown to the learner: what is true instead.
    pub label: String,
    /// Concept ids: the claim counts only in clauses whose subject is one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// Patterns of which one is enough.
    pub any: Vec<String>,
    /// Points taken off; 1 when left out, 0 only names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub penalty: Option<u32>,
    /// What the learner reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback: Option<String>,
}

/// Criteria that count together: the best few, or up to a cap.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct GroupSource {
    /// Stable name in kebab-case, of its own in the rubric.
    pub id: String,
    /// Ids of the criteria that count together.
    pub criteria: Vec<String>,
    /// Only this many criteria count, those that earned most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<u32>,
    /// Most points the group can earn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
}

/// A range of the score with a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct BandSource {
    /// Stable name in kebab-case.
    pub id: String,
    /// Percent of the score where the band begins.
    pub from: u32,
}

/// An answer with its expected outcome: the rubric's own test.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct ExampleSource {
    /// Such as `good`, `paraphrase`, `partial`, `swapped`, `negated`, `keywords`, `off-topic`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// What a learner might write.
    pub answer: String,
    /// Lowest and highest expected score in percent, inclusive.
    pub score: [u32; 2],
    /// Criteria that must earn at least half of their points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<String>,
    /// Criteria that must earn less than half.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// Misconceptions that must be found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<String>,
}

/// A lexicon file: concepts that rubrics share.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema), schemars(deny_unknown_fields))]
pub struct LexiconSource {
    /// Always `rubrica-lexicon/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = LEXICON_FORMAT)))]
    pub format: String,
    /// Whether the concepts are there for reference statements: no pattern has to use them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_statements: Option<bool>,
    /// The concepts, in any order.
    pub concepts: Vec<ConceptSource>,
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_kind_is_written_by_its_name() {
        for (name, kind) in Kind::NAMES {
            assert_eq!(serde_json::to_value(kind).expect("a kind is JSON"), name);
            assert_eq!(kind.name(), name);
        }
    }
}
