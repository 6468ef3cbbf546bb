//! Rows of JSON Lines files, and what their fields hold.

use serde_json::Value;
use std::path::Path;

/// The rows of a file, in their order.
pub fn read(path: &Path) -> Vec<Value> {
    let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    crate::read(path).lines().filter(|line| !line.trim().is_empty()).map(parse).collect()
}

/// Text of a field; empty where there is none.
pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_default()
}

/// Texts of a field that holds a list; empty where there is none.
pub fn texts(row: &Value, field: &str) -> Vec<String> {
    row[field].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Number of a field that must hold one.
pub fn number(row: &Value, field: &str) -> f64 {
    row[field].as_f64().unwrap_or_else(|| panic!("`{field}` is no number in {row}"))
}
