//! Drafts from a table of questions with reference answers.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{self, Material, Origin};
use super::facts::{Asked, facts, spelt_out};
use super::names::{chosen, is_name, names, patterns};
use super::points::Point;
use super::questions::kind_of;
use super::subjects::Subjects;
use super::verdict::verdict;
use super::words::{FunctionWords, Rarity, is_english, kebab, unique, words};
use super::{Draft, Note, trial};
use crate::rubric::source::{
    CriterionSource, DEFAULT_BANDS, ExampleSource, Kind, MisconceptionSource, SourceReference,
};

/// A question with what its author accepts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableRow {
    /// Id of the question, not yet in kebab-case.
    pub question_id: String,
    /// The question as the learner sees it.
    pub question: String,
    /// Each is a full answer of its own.
    pub references: Vec<Reference>,
    /// Answers known to be right; they become examples.
    pub correct: Vec<String>,
    /// Answers known to be wrong; they become examples.
    pub incorrect: Vec<String>,
    /// File and line, for the rubric's sources.
    pub source: SourceReference,
}

/// A reference answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The answer itself.
    pub text: String,
    /// How good it is.
    pub category: Category,
}

/// How good a reference answer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// All that a full answer says.
    Best,
    /// Enough for full points; also where the table does not say.
    #[default]
    Good,
    /// Just enough.
    Minimal,
    /// Words that must occur, no sentence.
    Keyword,
}

impl Category {
    /// Its name before "reference answer"; none where the table need not say it.
    pub(super) fn adjective(self) -> &'static str {
        match self {
            Self::Best => "BEST ",
            Self::Good => "",
            Self::Minimal => "MINIMAL ",
            Self::Keyword => "KEYWORD ",
        }
    }

    /// The category of a name such as `BEST`; `None` for an unknown one.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "best" => Some(Self::Best),
            "good" | "" => Some(Self::Good),
            "minimal" => Some(Self::Minimal),
            "keyword" => Some(Self::Keyword),
            _ => None,
        }
    }
}

/// Drafts a rubric for every row that has a reference answer, in their order.
///
/// A reference answer of several facts gives a criterion for each; several short ones are alternatives of one. The ids
/// are those of the questions, brought into kebab-case.
pub fn derive_table(rows: &[TableRow], progress: &mut dyn FnMut(usize, usize)) -> (Vec<Draft>, Vec<Note>) {
    let texts: Vec<String> = rows
        .iter()
        .map(|row| row.references.iter().map(|reference| reference.text.as_str()).collect::<Vec<_>>().join("\n"))
        .collect();
    let rarity = Rarity::of(texts.iter().map(String::as_str));
    let asked = |row: &TableRow, text: &String| format!("{}\n{text}\n", row.question);
    let mut of_table: BTreeMap<&str, String> = BTreeMap::new();
    for (row, text) in rows.iter().zip(&texts) {
        of_table.entry(&row.source.document).or_default().push_str(&asked(row, text));
    }
    let of_table: BTreeMap<&str, FunctionWords> =
        of_table.into_iter().map(|(document, text)| (document, FunctionWords::of(&text))).collect();
    let (mut used, mut notes, mut drafts) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (done, (row, text)) in rows.iter().zip(&texts).enumerate() {
        progress(done, rows.len());
        let id = match rubric_id(&row.question_id) {
            id if id.is_empty() => kebab(&row.question, 6),
            id => id,
        };
        let id = unique(&id, &mut used);
        let kind = kind_of(&row.question, None);
        let Told { points, subjects, n_enough, opposite } = told(row, kind);
        let material = Material {
            id,
            prompt: row.question.clone(),
            kind,
            english: is_english(&asked(row, text), &of_table[row.source.document.as_str()]),
            topic: None,
            sources: vec![row.source.clone()],
            subjects,
            points,
            chains: Vec::new(),
            shape: Vec::new(),
            asked: None,
            n_enough,
            misconceptions: opposite.into_iter().collect(),
            origin: Origin::References,
        };
        match draft::rubric(material, &rarity, &mut notes) {
            Some(mut rubric) => {
                rubric.full_marks = Some(full_marks(&rubric.criteria));
                rubric.examples = examples(row);
                let draft = Draft { rubric };
                notes.extend(trial::run(row, &draft));
                drafts.push(draft);
            }
            None => notes.push(Note {
                kind: super::NoteKind::NoAnswer,
                document: row.source.document.clone(),
                line: row.source.lines.map(|lines| lines[0]),
                question: Some(row.question.clone()),
                message: "no reference answer that says more than the question: there is no draft".to_owned(),
            }),
        }
    }
    progress(rows.len(), rows.len());
    (drafts, notes)
}

/// The id of the rubric that is drafted for a question of a table: the question's id in kebab-case, so that a file can be
/// named after it.
pub fn rubric_id(question_id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = question_id.chars().map(plain).collect();
    id.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// What the reference answers of a question say.
#[derive(Default)]
struct Told {
    points: Vec<Point>,
    subjects: Subjects,
    /// How many of the points are enough, where the answer says so.
    n_enough: Option<u32>,
    /// What an answer says that gets it the wrong way round.
    opposite: Option<MisconceptionSource>,
}

fn told(row: &TableRow, kind: Kind) -> Told {
    let mut references: Vec<&Reference> =
        row.references.iter().filter(|reference| !words(&reference.text).is_empty()).collect();
    references.sort_by_key(|reference| reference.category);
    let Some(best) = references.first() else { return Told::default() };
    let best = spelt_out(&best.text);
    let (verdict, text) = verdict(&row.question, &best);
    let (n_enough, text) = chosen(text);
    let asked = Asked::by(&row.question);
    let is_alone = references.len() == 1;
    let mut told = if let Some(names) = names(&row.question, text, n_enough).filter(|_| is_alone) {
        Told { points: names.into_iter().map(Point::named).collect(), n_enough, ..Told::default() }
    } else if let Some(parts) = asked.parts(text).filter(|_| is_alone) {
        Told { points: parts.into_iter().map(|text| part(text, &asked)).collect(), ..Told::default() }
    } else if let Some(short) = short(text, &asked).filter(|_| is_alone) {
        Told { points: vec![short], ..Told::default() }
    } else {
        let facts = facts(text, &asked);
        if is_alone || facts.len() >= 3 {
            Told { n_enough, ..of_facts(row, kind, facts) }
        } else {
            // Alternatives: each says enough by itself.
            let one_line = |reference: &&Reference| one_line(self::verdict(&row.question, &reference.text).1);
            Told { points: vec![stated(references.iter().map(one_line).collect())], ..Told::default() }
        }
    };
    if let Some(verdict) = verdict {
        told.opposite = Some(verdict.opposite(told.points.len()));
        told.points.insert(0, verdict.point());
    }
    told.points.iter_mut().for_each(|point| point.sources = vec![row.source.clone()]);
    told
}

fn of_facts(row: &TableRow, kind: Kind, facts: Vec<Vec<String>>) -> Told {
    let first: Vec<String> = facts.iter().map(|wordings| wordings[0].clone()).collect();
    let subjects = Subjects::of_prose(&row.question, kind, &first);
    let mut about = BTreeSet::new();
    let attributed = |wordings: Vec<String>| {
        about = subjects.carried(&about, &wordings[0]);
        Point { subjects: about.clone(), ..stated(wordings) }
    };
    Told { points: facts.into_iter().map(attributed).collect(), subjects, ..Told::default() }
}

/// What says any of these.
fn stated(statements: Vec<String>) -> Point {
    Point { statements, ..Point::default() }
}

/// What a short answer says by which patterns; `None` where it has to be stated.
fn short(text: &str, asked: &Asked) -> Option<Point> {
    let patterns = patterns(text, &asked.choices)?;
    Some(Point { label: Some(text.to_owned()), patterns, ..Point::default() })
}

/// What answers one of the things that a question asks for: a name is enough.
fn part(text: String, asked: &Asked) -> Point {
    let is_name = is_name(&text);
    Point { is_name, ..short(&text, asked).unwrap_or_else(|| stated(vec![text])) }
}

/// Percent of the points that are full marks. A reference answer is what a full answer says: nothing in it is there for the
/// reader's sake alone. But of a sentence or two a right answer says some words in others, while the many words of a long
/// reference earn parts of points by chance. Set on SAF English and SciEntsBank, November 2026.
fn full_marks(criteria: &[CriterionSource]) -> u32 {
    const WORDS_OF_TWO_SENTENCES: usize = 64;
    const WORDS_OF_A_PARAGRAPH: usize = 128;
    if criteria.iter().all(|criterion| criterion.mention == Some(true)) {
        return 100;
    }
    let n_words = |criterion: &CriterionSource| {
        criterion.statements.iter().map(|statement| statement.split_whitespace().count()).min().unwrap_or(0)
    };
    match criteria.iter().map(n_words).sum() {
        ..WORDS_OF_TWO_SENTENCES => 75,
        WORDS_OF_TWO_SENTENCES..WORDS_OF_A_PARAGRAPH => 90,
        _ => 100,
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn examples(row: &TableRow) -> Vec<ExampleSource> {
    let example = |kind: &str, score: [u32; 2]| {
        let kind = kind.to_owned();
        move |answer: &String| ExampleSource {
            kind: Some(kind.clone()),
            answer: answer.clone(),
            score,
            ..ExampleSource::default()
        }
    };
    let [_, (_, good), (_, partial), ..] = DEFAULT_BANDS;
    let correct = row.correct.iter().map(example("correct", [good, 100]));
    correct.chain(row.incorrect.iter().map(example("incorrect", [0, partial - 1]))).collect()
}
