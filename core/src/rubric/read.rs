//! From a tree to the source types: every wrong key, type and missing field at once, each with its place.

use super::document::{Entry, Node, NodeValue};
use super::nearest;
use super::source::*;
use crate::diagnostic::Problem;
use crate::hash::FxMap;
use std::ops::Range;

/// Largest number that a field can have.
const MOST: i64 = 10_000;

/// Where each value of a document stands, by path ("criteria.2.any.0").
#[derive(Debug, Default)]
pub(crate) struct Places(FxMap<String, Range<u32>>);

impl Places {
    /// Place of a value, or of the nearest thing around it that has one.
    pub(crate) fn of(&self, path: &str) -> Range<u32> {
        let mut path = path;
        loop {
            if let Some(range) = self.0.get(path) {
                return range.clone();
            }
            match path.rfind('.') {
                Some(cut) => path = &path[..cut],
                None => return 0..0,
            }
        }
    }
}

/// Reads documents of one name, collecting problems and places.
pub(super) struct Reader<'d> {
    pub(super) document: &'d str,
    pub(super) problems: &'d mut Vec<Problem>,
    pub(super) places: Places,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, range: Range<u32>, message: String, help: String) {
        self.problems.push(Problem::error(code, self.document, range, message, help));
    }

    pub(super) fn rubric(&mut self, node: Node) -> RubricSource {
        let mut fields = Fields::open(self, node, String::new());
        let source = RubricSource {
            format: fields.string("format"),
            id: fields.string("id"),
            version: fields.optional_count("version"),
            prompt: fields.string("prompt"),
            kind: fields.choice("kind", &Kind::NAMES),
            language: fields.optional_string("language"),
            topic: fields.optional_string("topic"),
            level: fields
                .choice("level", &[("junior", "junior"), ("middle", "middle"), ("senior", "senior")])
                .map(str::to_owned),
            full_marks: fields.optional_count("full_marks"),
            spelling: fields.choice("spelling", &SPELLINGS),
            mention: fields.optional_bool("mention"),
            reference_answer: fields.optional_string("reference_answer"),
            sources: fields.tables("sources", source_reference),
            concepts: fields.tables("concepts", concept),
            criteria: fields.required_tables("criteria", criterion),
            misconceptions: fields.tables("misconceptions", misconception),
            groups: fields.tables("groups", group),
            bands: fields.tables("bands", |fields| BandSource { id: fields.string("id"), from: fields.count("from") }),
            examples: fields.tables("examples", example),
        };
        fields.close();
        source
    }

    pub(super) fn lexicon(&mut self, node: Node) -> LexiconSource {
        let mut fields = Fields::open(self, node, String::new());
        let source = LexiconSource {
            format: fields.string("format"),
            for_statements: fields.optional_bool("for_statements"),
            concepts: fields.required_tables("concepts", concept),
        };
        fields.close();
        source
    }
}

const SPELLINGS: [(&str, Spelling); 2] = [("tolerant", Spelling::Tolerant), ("strict", Spelling::Strict)];

fn source_reference(fields: &mut Fields<'_, '_>) -> SourceReference {
    SourceReference {
        document: fields.string("document"),
        heading: fields.optional_string("heading"),
        lines: fields.optional_pair("lines"),
        url: fields.optional_string("url"),
        note: fields.optional_string("note"),
    }
}

fn concept(fields: &mut Fields<'_, '_>) -> ConceptSource {
    ConceptSource {
        id: fields.string("id"),
        names: fields.required_strings("names"),
        opposites: fields.strings("opposites"),
        broader: fields.strings("broader"),
        narrower: fields.strings("narrower"),
        instances: fields.strings("instances"),
    }
}

fn criterion(fields: &mut Fields<'_, '_>) -> CriterionSource {
    CriterionSource {
        id: fields.string("id"),
        label: fields.string("label"),
        points: fields.optional_count("points"),
        about: fields.strings("about"),
        any: fields.strings("any"),
        all: fields.strings("all"),
        at_least: fields
            .table("at_least", |fields| AtLeastSource { n: fields.count("n"), of: fields.required_strings("of") }),
        none: fields.strings("none"),
        statements: fields.strings("statements"),
        mention: fields.optional_bool("mention"),
        size: fields.table("size", |fields| SizeSource { words: fields.pair("words") }),
        spelling: fields.choice("spelling", &SPELLINGS),
        hint: fields.optional_string("hint"),
        feedback: fields.table("feedback", |fields| FeedbackSource {
            met: fields.optional_string("met"),
            missed: fields.optional_string("missed"),
        }),
        sources: fields.tables("sources", source_reference),
    }
}

fn misconception(fields: &mut Fields<'_, '_>) -> MisconceptionSource {
    MisconceptionSource {
        id: fields.string("id"),
        label: fields.string("label"),
        about: fields.strings("about"),
        any: fields.required_strings("any"),
        penalty: fields.optional_count("penalty"),
        feedback: fields.optional_string("feedback"),
    }
}

fn group(fields: &mut Fields<'_, '_>) -> GroupSource {
    GroupSource {
        id: fields.string("id"),
        criteria: fields.required_strings("criteria"),
        best: fields.optional_count("best"),
        cap: fields.optional_count("cap"),
    }
}

fn example(fields: &mut Fields<'_, '_>) -> ExampleSource {
    ExampleSource {
        kind: fields.optional_string("kind"),
        answer: fields.string("answer"),
        score: fields.pair("score"),
        met: fields.strings("met"),
        missed: fields.strings("missed"),
        misconceptions: fields.strings("misconceptions"),
    }
}

/// The fields of one table, taken one by one; what is left at the end is unknown.
struct Fields<'r, 'd> {
    reader: &'r mut Reader<'d>,
    path: String,
    range: Range<u32>,
    entries: Vec<Entry>,
    /// Names asked for, to suggest one for an unknown key.
    asked: Vec<&'static str>,
}

impl<'r, 'd> Fields<'r, 'd> {
    fn open(reader: &'r mut Reader<'d>, node: Node, path: String) -> Self {
        reader.places.0.insert(path.clone(), node.range.clone());
        let range = node.range.clone();
        let entries = match node.value {
            NodeValue::Table(entries) => entries,
            other => {
                reader.error(
                    "rubric/wrong-type",
                    node.range,
                    format!("expected a table, found {}", other.describe()),
                    "write a table here".to_owned(),
                );
                Vec::new()
            }
        };
        Self { reader, path, range, entries, asked: Vec::new() }
    }

    fn close(self) {
        for entry in self.entries {
            let help = match nearest(self.asked.iter().copied(), &entry.key) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("known keys here: {}", self.asked.join(", ")),
            };
            self.reader.error("rubric/unknown-key", entry.key_range, format!("unknown key `{}`", entry.key), help);
        }
    }

    fn child(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn take(&mut self, key: &'static str) -> Option<Node> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let node = self.entries.remove(at).node;
        let path = self.child(key);
        self.reader.places.0.insert(path, node.range.clone());
        Some(node)
    }

    fn missing(&mut self, key: &str, what: &str) {
        let start = self.range.start;
        let range = start..self.range.end.min(start + 1).max(start);
        self.reader.error("rubric/missing-key", range, format!("`{key}` is missing"), format!("add `{key}`: {what}"));
    }

    fn wrong(&mut self, key: &str, node: &Node, wanted: &str) {
        let found = match node.value {
            NodeValue::Integer(number) => number.to_string(),
            _ => node.value.describe().to_owned(),
        };
        let message = format!("`{key}` must be {wanted}, found {found}");
        self.reader.error("rubric/wrong-type", node.range.clone(), message, format!("write {wanted}"));
    }

    fn optional_string(&mut self, key: &'static str) -> Option<String> {
        let node = self.take(key)?;
        match node.value {
            NodeValue::String(text) => Some(text),
            _ => {
                self.wrong(key, &node, "a string");
                None
            }
        }
    }

    fn string(&mut self, key: &'static str) -> String {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.asked.push(key);
            self.missing(key, "a string");
            return String::new();
        }
        self.optional_string(key).unwrap_or_default()
    }

    fn optional_bool(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match node.value {
            NodeValue::Bool(flag) => Some(flag),
            _ => {
                self.wrong(key, &node, "true or false");
                None
            }
        }
    }

    fn as_count(&mut self, key: &str, node: &Node) -> Option<u32> {
        match node.value {
            NodeValue::Integer(number) if (0..=MOST).contains(&number) => Some(number as u32),
            _ => {
                self.wrong(key, node, &format!("a whole number from 0 to {MOST}"));
                None
            }
        }
    }

    fn optional_count(&mut self, key: &'static str) -> Option<u32> {
        let node = self.take(key)?;
        self.as_count(key, &node)
    }

    fn count(&mut self, key: &'static str) -> u32 {
        match self.take(key) {
            Some(node) => self.as_count(key, &node).unwrap_or_default(),
            None => {
                self.missing(key, "a whole number");
                0
            }
        }
    }

    fn optional_pair(&mut self, key: &'static str) -> Option<[u32; 2]> {
        let node = self.take(key)?;
        match &node.value {
            NodeValue::Array(items) if items.len() == 2 => {
                let pair = [self.as_count(key, &items[0])?, self.as_count(key, &items[1])?];
                Some(pair)
            }
            _ => {
                self.wrong(key, &node, "a list of two whole numbers");
                None
            }
        }
    }

    fn pair(&mut self, key: &'static str) -> [u32; 2] {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.asked.push(key);
            self.missing(key, "a list of two whole numbers");
        }
        self.optional_pair(key).unwrap_or_default()
    }

    fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let node = self.take(key)?;
        let found = match &node.value {
            NodeValue::String(text) => choices.iter().find(|(name, _)| name == text).map(|(_, value)| *value),
            _ => None,
        };
        if found.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            let message = match &node.value {
                NodeValue::String(text) => format!("`{key}` cannot be `{text}`"),
                other => format!("`{key}` must be a string, found {}", other.describe()),
            };
            self.reader.error("rubric/wrong-value", node.range, message, format!("one of: {}", names.join(", ")));
        }
        found
    }

    fn strings(&mut self, key: &'static str) -> Vec<String> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let NodeValue::Array(items) = node.value else {
            self.wrong(key, &node, "a list of strings");
            return Vec::new();
        };
        let mut strings = Vec::new();
        for (i, item) in items.into_iter().enumerate() {
            let path = format!("{}.{i}", self.child(key));
            self.reader.places.0.insert(path, item.range.clone());
            match item.value {
                NodeValue::String(text) => strings.push(text),
                _ => {
                    self.wrong(key, &item, "a list of strings");
                    // Keeps the numbering of the places.
                    strings.push(String::new());
                }
            }
        }
        strings
    }

    fn required_strings(&mut self, key: &'static str) -> Vec<String> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.missing(key, "a list of strings");
        }
        self.strings(key)
    }

    fn table<T>(&mut self, key: &'static str, read: impl Fn(&mut Fields<'_, 'd>) -> T) -> Option<T> {
        let node = self.take(key)?;
        let path = self.child(key);
        let mut fields = Fields::open(self.reader, node, path);
        let value = read(&mut fields);
        fields.close();
        Some(value)
    }

    fn tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Fields<'_, 'd>) -> T) -> Vec<T> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let NodeValue::Array(items) = node.value else {
            self.wrong(key, &node, "a list of tables");
            return Vec::new();
        };
        let mut values = Vec::new();
        for (i, item) in items.into_iter().enumerate() {
            let path = format!("{}.{i}", self.child(key));
            let mut fields = Fields::open(self.reader, item, path);
            values.push(read(&mut fields));
            fields.close();
        }
        values
    }

    fn required_tables<T>(&mut self, key: &'static str, read: impl Fn(&mut Fields<'_, 'd>) -> T) -> Vec<T> {
        if !self.entries.iter().any(|entry| entry.key == key) {
            self.missing(key, &format!("at least one `[[{key}]]`"));
        }
        self.tables(key, read)
    }
}
