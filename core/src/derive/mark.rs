//! The mark in a draft's file: tells whether its author has edited it, and what the document says differently since.

use std::collections::BTreeMap;
use std::fmt;

use super::Draft;
use crate::hash::fnv1a;
use crate::rubric::source::CriterionSource;

const BODY: &str = "# rubrica derive: ";
const FACTS: &str = "# facts: ";

/// What a draft's file says about how it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftMark {
    body: u64,
    facts: BTreeMap<String, u64>,
}

/// How a document differs from the one a draft was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A criterion that the file did not have.
    Added {
        /// Its id.
        criterion: String,
        /// What it asks for.
        label: String,
    },
    /// A criterion that the document gives no reason for any more.
    Removed {
        /// Its id.
        criterion: String,
    },
    /// A criterion that the document words differently.
    Changed {
        /// Its id.
        criterion: String,
        /// What it asks for now.
        label: String,
    },
}

impl Draft {
    /// The text of the draft's file: TOML under a mark by which [`DraftMark`] knows it again.
    pub fn to_toml(&self) -> String {
        let body = self.body();
        let mark = DraftMark { body: fnv1a(body.bytes()), facts: self.facts() };
        format!("{}{body}", mark.head())
    }

    fn body(&self) -> String {
        toml::to_string_pretty(&self.rubric).expect("a rubric has only tables, numbers and strings")
    }

    fn facts(&self) -> BTreeMap<String, u64> {
        self.rubric.criteria.iter().map(|criterion| (criterion.id.clone(), fact(criterion))).collect()
    }
}

impl DraftMark {
    /// The mark of a file; `None` when it was not drafted.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let body = lines.next()?.strip_prefix(BODY)?.get(..16)?;
        let facts = lines.next()?.strip_prefix(FACTS)?;
        Some(Self {
            body: u64::from_str_radix(body, 16).ok()?,
            facts: facts
                .split_whitespace()
                .map(|fact| {
                    let (criterion, hash) = fact.split_once('=')?;
                    Some((criterion.to_owned(), u64::from_str_radix(hash, 16).ok()?))
                })
                .collect::<Option<_>>()?,
        })
    }

    /// The lines above the rubric.
    fn head(&self) -> String {
        let facts: Vec<String> =
            self.facts.iter().map(|(criterion, hash)| format!("{criterion}={hash:016x}")).collect();
        format!("{BODY}{:016x}. An edited file is not overwritten.\n{FACTS}{}\n\n", self.body, facts.join(" "))
    }

    /// Whether the file with this mark has been edited since it was drafted, the mark itself included. Line ends do not
    /// count.
    pub fn is_edited(&self, text: &str) -> bool {
        let text = text.replace("\r\n", "\n");
        text.strip_prefix(&self.head()).is_none_or(|body| fnv1a(body.bytes()) != self.body)
    }

    /// Whether the mark's draft is this one, word for word.
    pub fn is_of(&self, draft: &Draft) -> bool {
        self.body == fnv1a(draft.body().bytes())
    }

    /// What the document says differently from when the file was drafted; edits of the file do not count.
    pub fn changes(&self, now: &Draft) -> Vec<Change> {
        let facts = now.facts();
        let of_now = now.rubric.criteria.iter().filter_map(|criterion| {
            let (id, label) = (criterion.id.clone(), criterion.label.clone());
            match self.facts.get(&id) {
                None => Some(Change::Added { criterion: id, label }),
                Some(before) if *before != facts[&id] => Some(Change::Changed { criterion: id, label }),
                Some(_) => None,
            }
        });
        let gone = self.facts.keys().filter(|id| !facts.contains_key(*id));
        of_now.chain(gone.map(|id| Change::Removed { criterion: id.clone() })).collect()
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { criterion, label } => write!(f, "added {criterion}: {label}"),
            Self::Removed { criterion } => write!(f, "removed {criterion}"),
            Self::Changed { criterion, label } => write!(f, "changed {criterion}: {label}"),
        }
    }
}

/// Hash of what a criterion asks for. Its lines are left out: a paragraph above moves them and changes nothing.
fn fact(criterion: &CriterionSource) -> u64 {
    let asked = CriterionSource { sources: Vec::new(), ..criterion.clone() };
    fnv1a(toml::to_string(&asked).expect("a criterion has only tables, numbers and strings").bytes())
}
