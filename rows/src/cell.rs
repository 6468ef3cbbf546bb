//! What a row says in a column.

use crate::Problem;
use rubrica_core::without_lone_surrogates;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// Text, or a value of JSON as it is written: a number keeps its digits, whatever a computer would make of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// The row has no such column, or null in it.
    #[default]
    Nothing,
    Text(String),
    /// JSON that is neither a text nor null.
    Json(String),
}

impl Cell {
    fn read(json: &RawValue) -> serde_json::Result<Self> {
        Ok(match json.get() {
            "null" => Self::Nothing,
            text if text.starts_with('"') => Self::Text(serde_json::from_str(text)?),
            other => Self::Json(other.to_owned()),
        })
    }

    /// Text of a string or of a number; an answer to "how many" may be written as one.
    pub fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Json(json) if json.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => Some(json),
            Self::Nothing | Self::Json(_) => None,
        }
    }

    /// The cells of a list of JSON; `None` where it is none.
    pub fn items(&self) -> Option<Vec<Self>> {
        let Self::Json(json) = self else { return None };
        let items: Vec<&RawValue> = serde_json::from_str(json).ok()?;
        items.into_iter().map(Self::read).collect::<Result<_, _>>().ok()
    }

    /// The cells of an object of JSON by their keys; `None` where it is none.
    pub fn members(&self) -> Option<Object> {
        let Self::Json(json) = self else { return None };
        object(json).ok()
    }

    /// Whether nothing is written in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Json(_) => false,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::String(text) => Self::Text(text),
            other => Self::Json(other.to_string()),
        }
    }
}

/// As a table of texts shows it.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Text(text) | Self::Json(text) => f.write_str(text),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Json(json) => {
                serde_json::from_str::<&RawValue>(json).map_err(serde::ser::Error::custom)?.serialize(serializer)
            }
        }
    }
}

/// The cells of an object of JSON by their keys.
pub type Object = BTreeMap<String, Cell>;

/// Reads one line of JSON Lines.
///
/// # Errors
/// When it is no JSON, or no object.
pub fn object(line: &str) -> Result<Object, Problem> {
    let line = without_lone_surrogates(line);
    let no_json = |error: serde_json::Error| Problem::NoJson(error.to_string());
    let object: BTreeMap<String, &RawValue> = serde_json::from_str(&line)
        .map_err(|error| if error.is_data() { Problem::NoObject } else { no_json(error) })?;
    object.into_iter().map(|(key, json)| Ok((key, Cell::read(json).map_err(no_json)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_kept_as_they_are_written() {
        let line =
            r#" {"b": 12345678901234567890123, "a": [7.50, {"x": 1E5}], "c": "t\u00e9\ud83d", "d": null, "e": true} "#;
        let object = object(line).expect("it is an object");
        assert_eq!(
            serde_json::to_string(&object).expect("it can be written"),
            r#"{"a":[7.50, {"x": 1E5}],"b":12345678901234567890123,"c":"té�","d":null,"e":true}"#
        );
        let texts: Vec<_> = object.into_values().map(Cell::into_text).collect();
        assert_eq!(
            texts,
            [None, Some("12345678901234567890123".to_owned()), Some("té\u{fffd}".to_owned()), None, None]
        );
    }

    #[test]
    fn lists_are_cells_again() {
        let items = Cell::Json(r#"["a", 1.0, null]"#.to_owned()).items();
        assert_eq!(items, Some(vec![Cell::Text("a".to_owned()), Cell::Json("1.0".to_owned()), Cell::Nothing]));
        for cell in
            [Cell::Nothing, Cell::Text("[1]".to_owned()), Cell::Json("{}".to_owned()), Cell::Json("[".to_owned())]
        {
            assert_eq!(cell.items(), None);
        }
    }

    #[test]
    fn what_is_no_object_says_so() {
        for line in ["[1]", "12", "null", "\"a\""] {
            assert_eq!(object(line), Err(Problem::NoObject), "{line}");
        }
        for line in ["{\"a\"", "nonsense", "{\"a\": \"\\ud8\"}", "{} {}", ""] {
            assert!(matches!(object(line), Err(Problem::NoJson(_))), "{line}");
        }
    }
}
