//! Tables of questions with reference answers.

use crate::refusal::Refusal;
use rubrica_core::derive::{Category, Reference, TableRow};
use rubrica_core::rubric::source::SourceReference;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Reads a table. Rows of one question are joined: a table may have a line a reference, or a line an answer.
pub fn read(path: &Path, reference_column: Option<&str>) -> Result<Vec<TableRow>, Refusal> {
    let text = fs::read_to_string(path).map_err(|error| Refusal::io("read", path, &error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let records = match ending.as_str() {
        "csv" => csv_records(text, b',', path)?,
        "tsv" => csv_records(text, b'\t', path)?,
        _ => json_records(text, path)?,
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut rows: Vec<TableRow> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (line, record) in records {
        let refuse = |column: &str| {
            Refusal::new(format!("`{}`, line {line}: there is no `{column}`", path.display()))
                .help("a table has question_id, question and reference_answer (or reference_answers, a list)")
        };
        let question_id = texts(&record, "question_id").into_iter().next().ok_or_else(|| refuse("question_id"))?;
        let row_idx = *known.entry(question_id.clone()).or_insert_with(|| {
            rows.push(TableRow {
                question_id,
                source: SourceReference {
                    document: name.clone(),
                    lines: Some([line, line]),
                    ..SourceReference::default()
                },
                ..TableRow::default()
            });
            rows.len() - 1
        });
        let row = &mut rows[row_idx];
        if row.question.is_empty() {
            row.question = texts(&record, "question").into_iter().next().ok_or_else(|| refuse("question"))?;
        }
        let references = match reference_column {
            Some(column) => texts(&record, column),
            None => [texts(&record, "reference_answers"), texts(&record, "reference_answer")].concat(),
        };
        let categories = [texts(&record, "reference_categories"), texts(&record, "reference_category")].concat();
        for (idx, text) in references.into_iter().enumerate() {
            let category = match categories.get(idx) {
                None => Category::default(),
                Some(name) => Category::named(name).ok_or_else(|| {
                    Refusal::new(format!("`{}`, line {line}: unknown category `{name}`", path.display()))
                        .help("categories are BEST, GOOD, MINIMAL and KEYWORD")
                })?,
            };
            let reference = Reference { text, category };
            if !row.references.contains(&reference) {
                row.references.push(reference);
            }
        }
        for (column, list) in [("correct", &mut row.correct), ("incorrect", &mut row.incorrect)] {
            for answer in texts(&record, column) {
                if !list.contains(&answer) {
                    list.push(answer);
                }
            }
        }
    }
    if rows.iter().all(|row| row.references.is_empty()) {
        return Err(Refusal::new(format!("`{}` has no reference answers", path.display()))
            .help("name their column with --reference-column"));
    }
    Ok(rows)
}

/// Texts of a field: one, or those of a list.
fn texts(record: &Map<String, Value>, field: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match record.get(field) {
        Some(Value::Array(values)) => values.iter().filter_map(text).collect(),
        Some(value) => text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

type Records = Vec<(u32, Map<String, Value>)>;

fn csv_records(text: &str, delimiter: u8, path: &Path) -> Result<Records, Refusal> {
    let refuse = |error: csv::Error| Refusal::new(format!("cannot read `{}`: {error}", path.display()));
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let header = reader.headers().map_err(refuse)?.clone();
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.map_err(refuse)?;
        let line = record.position().map_or(0, |position| position.line() as u32);
        let fields = header.iter().zip(&record);
        // A cell can hold a list as JSON; any other text is one reference.
        let value = |text: &str| match serde_json::from_str(text) {
            Ok(list @ Value::Array(_)) => list,
            _ => Value::String(text.to_owned()),
        };
        records.push((line, fields.map(|(name, text)| (name.trim().to_owned(), value(text))).collect()));
    }
    Ok(records)
}

fn json_records(text: &str, path: &Path) -> Result<Records, Refusal> {
    let lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, text)| match serde_json::from_str(text) {
            Ok(Value::Object(object)) => Ok((line, object)),
            Ok(_) => Err(Refusal::new(format!("`{}`, line {line} is no JSON object", path.display()))),
            Err(error) => Err(Refusal::new(format!("`{}`, line {line} is no JSON: {error}", path.display()))),
        })
        .collect()
}
