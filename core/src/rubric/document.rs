//! A document as a tree with places: TOML, or JSON of the same shape. No meaning yet.

use crate::Document;
use crate::diagnostic::Problem;
use crate::sort::sort_by_key;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Syntax errors of one TOML file that are reported: those behind the first are mostly its consequences, and a file that is
/// no TOML at all has hundreds.
const N_SYNTAX_ERRORS: usize = 3;

#[derive(Debug)]
pub(super) struct Node {
    pub(super) value: NodeValue,
    pub(super) range: Range<u32>,
}

#[derive(Debug)]
pub(super) enum NodeValue {
    String(String),
    Integer(i64),
    Bool(bool),
    Array(Vec<Node>),
    Table(Vec<Entry>),
    /// Something that the format never asks for: a float, a date, null.
    Other(&'static str),
}

/// A key of a table with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_range: Range<u32>,
    pub(super) node: Node,
}

impl NodeValue {
    /// For messages: "a string", "a table".
    pub(super) fn describe(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "a whole number",
            Self::Bool(_) => "true or false",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Other(what) => what,
        }
    }
}

/// Parses a document. Syntax errors are reported, and what could be read is still returned.
pub(super) fn parse(document: &Document, problems: &mut Vec<Problem>) -> Option<Node> {
    if document.text.trim_start().starts_with('{') {
        return parse_json(document, problems);
    }
    let (table, errors) = DeTable::parse_recoverable(&document.text);
    let mut reported = BTreeSet::new();
    for error in &errors {
        let range = error.span().map_or(0..0, |span| to_range(&span));
        let message = error.message().lines().next().unwrap_or("syntax error").to_owned();
        if reported.len() < N_SYNTAX_ERRORS && reported.insert((range.start, range.end, message.clone())) {
            let help = "the file must be TOML: `key = \"value\"`, tables as `[[criteria]]`";
            problems.push(Problem::error("rubric/syntax", &document.name, range, message, help));
        }
    }
    // A damaged file misses keys only because of its damage: one cause, one error.
    errors.is_empty().then(|| Node { range: to_range(&table.span()), value: table_value(table.get_ref()) })
}

fn to_range(span: &Range<usize>) -> Range<u32> {
    span.start as u32..span.end as u32
}

fn table_value(table: &DeTable<'_>) -> NodeValue {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_range: to_range(&key.span()),
            node: node(value),
        })
        .collect();
    sort_by_key(&mut entries, |entry| entry.key_range.start);
    NodeValue::Table(entries)
}

fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let read = match value.get_ref() {
        DeValue::String(text) => NodeValue::String(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => NodeValue::Integer(number),
            Err(_) => NodeValue::Other("a number too large"),
        },
        DeValue::Float(_) => NodeValue::Other("a number with a point"),
        DeValue::Boolean(flag) => NodeValue::Bool(*flag),
        DeValue::Datetime(_) => NodeValue::Other("a date"),
        DeValue::Array(items) => NodeValue::Array(items.iter().map(node).collect()),
        DeValue::Table(table) => table_value(table),
    };
    Node { value: read, range: to_range(&value.span()) }
}

fn parse_json(document: &Document, problems: &mut Vec<Problem>) -> Option<Node> {
    let mut report = |range, message, help: &str| {
        problems.push(Problem::error("rubric/syntax", &document.name, range, message, help));
    };
    // Read whole first: raw values, which know their place, are checked only in part.
    if let Err(error) = serde_json::from_str::<Value>(&document.text) {
        let line_start: usize =
            document.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = (line_start + error.column().saturating_sub(1)).min(document.text.len()) as u32;
        let message = error.to_string();
        let message = message.split(" at line").next().unwrap_or(&message).to_owned();
        report(at..at, message, "a document that begins with `{` must be JSON");
        return None;
    }
    let root = json_node(&document.text, json(&document.text));
    let twice = first_duplicate(&root);
    if let Some(entry) = twice {
        report(entry.key_range.clone(), format!("duplicate key `{}`", entry.key), "keep one of them");
    }
    twice.is_none().then_some(root)
}

/// The first key that a table of the tree holds a second time. The reader of TOML refuses them itself.
fn first_duplicate(node: &Node) -> Option<&Entry> {
    match &node.value {
        NodeValue::Array(items) => items.iter().find_map(first_duplicate),
        NodeValue::Table(entries) => {
            let mut keys = BTreeSet::new();
            entries
                .iter()
                .find_map(|entry| if keys.insert(&entry.key) { first_duplicate(&entry.node) } else { Some(entry) })
        }
        _ => None,
    }
}

/// Part of a text that was read as JSON already.
fn json<'a, T: Deserialize<'a>>(text: &'a str) -> T {
    serde_json::from_str(text).expect("the whole document is JSON")
}

/// A value of a document with the places of everything in it. Each value is read once for every table and list around
/// it, of which JSON may have 127.
fn json_node(document: &str, raw: &RawValue) -> Node {
    let text = raw.get();
    let value = match text.as_bytes()[0] {
        b'{' => NodeValue::Table(
            json::<RawTable<'_>>(text)
                .0
                .into_iter()
                .map(|(key, value)| Entry {
                    key: json(key.get()),
                    key_range: json_range(document, key),
                    node: json_node(document, value),
                })
                .collect(),
        ),
        b'[' => {
            NodeValue::Array(json::<Vec<&RawValue>>(text).into_iter().map(|item| json_node(document, item)).collect())
        }
        b'"' => NodeValue::String(json(text)),
        b't' | b'f' => NodeValue::Bool(json(text)),
        b'n' => NodeValue::Other("null"),
        _ => text.parse().map_or(NodeValue::Other("a number with a point"), NodeValue::Integer),
    };
    Node { value, range: json_range(document, raw) }
}

/// Where a raw value stands in the document that it borrows from.
fn json_range(document: &str, raw: &RawValue) -> Range<u32> {
    let start = raw.get().as_ptr().addr() - document.as_ptr().addr();
    to_range(&(start..start + raw.get().len()))
}

/// Keys and values of a JSON table in the order of the document.
struct RawTable<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for RawTable<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawTable(Vec::new()))
    }
}

impl<'de> Visitor<'de> for RawTable<'de> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(entry) = map.next_entry()? {
            self.0.push(entry);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RubricSet;
    use crate::diagnostic::located;

    /// The tree with the text at each place.
    fn drawn(text: &str, node: &Node) -> String {
        let at = |range: &Range<u32>| &text[range.start as usize..range.end as usize];
        match &node.value {
            NodeValue::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| drawn(text, item)).collect();
                format!("[{}]", items.join(" "))
            }
            NodeValue::Table(entries) => {
                let entry = |entry: &Entry| format!("{}={}", at(&entry.key_range), drawn(text, &entry.node));
                let entries: Vec<String> = entries.iter().map(entry).collect();
                format!("{{{}}}", entries.join(" "))
            }
            other => format!("{}:{}", at(&node.range), other.describe()),
        }
    }

    fn parsed(text: &str) -> (Option<Node>, Vec<String>) {
        let document = Document { name: "a.json".to_owned(), text: text.to_owned() };
        let mut problems = Vec::new();
        let node = parse(&document, &mut problems);
        let shown = located(problems, &[document]).iter().map(ToString::to_string).collect();
        (node, shown)
    }

    #[test]
    fn json_knows_its_places() {
        let text = "\n{ \"é\" : [ {\"b\\u0041\": -3}, true ,null],\r\n\t\"c\":\"\\ud83d\\ude00 x\", \"d\": 1e3 }";
        let (node, problems) = parsed(text);
        assert_eq!(problems, Vec::<String>::new());
        let node = node.expect("it is sound");
        assert_eq!(
            drawn(text, &node),
            "{\"é\"=[{\"b\\u0041\"=-3:a whole number} true:true or false null:null] \
             \"c\"=\"\\ud83d\\ude00 x\":a string \"d\"=1e3:a number with a point}"
        );
        assert_eq!(node.range, 1..text.len() as u32);
    }

    #[test]
    fn a_rubric_in_json_is_refused_where_it_is_wrong() {
        let criterion = r#"{"id": "b", "label": "B", "any": ["tcp", "(udp"], "colour": 1}"#;
        let text = format!("{{\"format\": \"rubrica/1\", \"id\": \"a\",\n\"criteria\": [{criterion}]}}");
        let document = Document { name: "a.json".to_owned(), text };
        let found = RubricSet::compile(&[document]).expect_err("it is wrong");
        let shown: Vec<String> = found.diagnostics.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "a.json:1:1: `prompt` is missing",
                "a.json:2:56: bracket without its `)`",
                "a.json:2:64: unknown key `colour`"
            ]
        );
    }

    #[test]
    fn of_broken_toml_the_first_errors_are_reported_each_once() {
        let places = |text: &str| parsed(text).1;
        let lines = places(&"a =\n".repeat(50));
        assert_eq!(lines.len(), N_SYNTAX_ERRORS);
        assert!(lines[0].starts_with("a.json:1:4: "), "{lines:?}");
        let nested = places(&"[".repeat(200));
        assert!(nested.windows(2).all(|pair| pair[0] != pair[1]), "{nested:?}");
        assert_eq!(places("a = 1\nb = \n").len(), 1);
    }

    #[test]
    fn broken_json_says_where() {
        assert_eq!(parsed("{\n  \"a\": 1,\n  \"a\": 2\n}").1, ["a.json:3:3: duplicate key `a`"]);
        assert_eq!(parsed("{\n  \"a\": \"\\ud800\"\n}").1, ["a.json:2:15: unexpected end of hex escape"]);
        assert_eq!(parsed(&"{\"a\":".repeat(1000)).1, ["a.json:1:636: recursion limit exceeded"]);
    }
}
