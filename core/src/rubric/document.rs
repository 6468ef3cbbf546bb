//! A document as a tree with places: TOML, or JSON of the same shape. No meaning yet.

use crate::Document;
use crate::diagnostic::Diagnostic;
use crate::sort::sort_by_key;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

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
pub(super) fn parse(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    if document.text.trim_start().starts_with('{') {
        return parse_json(document, diagnostics);
    }
    let (table, errors) = DeTable::parse_recoverable(&document.text);
    for error in &errors {
        let range = error.span().map_or(0..0, |span| to_range(&span));
        let message = error.message().lines().next().unwrap_or("syntax error").to_owned();
        diagnostics.push(Diagnostic::error(
            "rubric/syntax",
            &document.name,
            range,
            message,
            "the file must be TOML: `key = \"value\"`, tables as `[[criteria]]`",
        ));
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

fn parse_json(document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    match serde_json::from_str::<serde_json::Value>(&document.text) {
        Ok(value) => Some(json_node(value, document.text.len() as u32)),
        Err(error) => {
            let line_start: usize =
                document.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
            let at = (line_start + error.column().saturating_sub(1)).min(document.text.len()) as u32;
            let message = error.to_string();
            let message = message.split(" at line").next().unwrap_or(&message).to_owned();
            diagnostics.push(Diagnostic::error(
                "rubric/syntax",
                &document.name,
                at..at,
                message,
                "a document that begins with `{` must be JSON",
            ));
            None
        }
    }
}

/// JSON is written by programs: its nodes all point to the whole document.
fn json_node(value: serde_json::Value, len: u32) -> Node {
    use serde_json::Value;
    let value = match value {
        Value::Null => NodeValue::Other("null"),
        Value::Bool(flag) => NodeValue::Bool(flag),
        Value::Number(number) => number.as_i64().map_or(NodeValue::Other("a number with a point"), NodeValue::Integer),
        Value::String(text) => NodeValue::String(text),
        Value::Array(items) => NodeValue::Array(items.into_iter().map(|item| json_node(item, len)).collect()),
        Value::Object(entries) => NodeValue::Table(
            entries
                .into_iter()
                .map(|(key, value)| Entry { key, key_range: 0..len, node: json_node(value, len) })
                .collect(),
        ),
    };
    Node { value, range: 0..len }
}
