//! Tables of questions with reference answers.

use crate::reading::read_text;
use crate::refusal::Refusal;
use crate::terminal::excerpt;
use rubrica_core::derive::{Category, Reference, TableRow, rubric_id};
use rubrica_core::rubric::source::SourceReference;
use rubrica_rows::records as csv;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::Path;

/// The questions of one or several tables.
#[derive(Default)]
pub struct Tables {
    rows: Vec<TableRow>,
    /// Places in `rows` by the id of the rubric, for ids of questions that give one.
    places: BTreeMap<String, usize>,
}

impl Tables {
    /// One row a question, in the order of the files.
    pub fn rows(&self) -> &[TableRow] {
        &self.rows
    }

    /// Reads a table, called `name` in what is made of it. Rows of one question are joined: a table may have a line a
    /// reference, or a line an answer.
    pub fn add(
        &mut self,
        path: &Path,
        name: &str,
        reference_column: Option<&str>,
        delimiter: Option<u8>,
    ) -> Result<(), Refusal> {
        let text = read_text(path)?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        let records = match ending.as_str() {
            "csv" => csv_records(&text, delimiter.unwrap_or(b','), path)?,
            "tsv" => csv_records(&text, delimiter.unwrap_or(b'\t'), path)?,
            _ => json_records(&text, path)?,
        };
        if records.is_empty() {
            return Err(Refusal::new(format!("`{}` has no rows", path.display()))
                .help("a table has a row a question, with question_id, question and reference_answer"));
        }
        for (line, record) in records {
            let row = self.row(&record, line, path, name)?;
            add_references(row, &record, reference_column).map_err(|message| {
                Refusal::new(format!("`{}`, line {line}: {message}", path.display())).help(CATEGORIES)
            })?;
            for (column, list) in [("correct", &mut row.correct), ("incorrect", &mut row.incorrect)] {
                for answer in texts(&record, column) {
                    if !list.contains(&answer) {
                        list.push(answer);
                    }
                }
            }
        }
        if self.rows.iter().all(|row| row.references.is_empty()) {
            return Err(Refusal::new(format!("`{}` has no reference answers", path.display()))
                .help("name their column with --reference-column"));
        }
        Ok(())
    }

    /// The row of a record's question, new or known.
    fn row(&mut self, record: &Record, line: u32, path: &Path, name: &str) -> Result<&mut TableRow, Refusal> {
        let refuse = |column: &str| {
            let refusal = Refusal::new(format!("`{}`, line {line}: there is no `{column}`", path.display()));
            match record.keys().next() {
                Some(only) if record.len() == 1 && only.contains([';', '\t', '|']) => {
                    refusal.help("the values seem to be separated by another character: say which with --delimiter")
                }
                _ => refusal
                    .help("a table has question_id, question and reference_answer (or reference_answers, a list)"),
            }
        };
        let question_id = texts(record, "question_id").into_iter().next().ok_or_else(|| refuse("question_id"))?;
        let question = texts(record, "question").into_iter().next();
        let id = match rubric_id(&question_id) {
            id if id.is_empty() => question_id.clone(),
            id => id,
        };
        let place = match self.places.get(&id) {
            Some(&place) => {
                let row = &self.rows[place];
                let before = &row.question_id;
                if *before != question_id {
                    let message = format!(
                        "`{}`, line {line}: the questions `{before}` and `{question_id}` would both give the rubric `{id}`",
                        path.display()
                    );
                    return Err(Refusal::new(message).help("give them ids that differ in a letter or a digit"));
                }
                if let Some(other) = question.filter(|question| !is_same_text(question, &row.question)) {
                    let lines = row.source.lines.unwrap_or_default();
                    let message = format!(
                        "`{}`, line {line}: `{question_id}` asks `{}` here, but `{}` in `{}`, line {}",
                        path.display(),
                        excerpt(&other, 80),
                        excerpt(&row.question, 80),
                        row.source.document,
                        lines[0]
                    );
                    return Err(Refusal::new(message).help("give each question an id of its own"));
                }
                place
            }
            None => {
                let source = SourceReference {
                    document: name.to_owned(),
                    lines: Some([line, line]),
                    ..SourceReference::default()
                };
                let question = question.ok_or_else(|| refuse("question"))?;
                self.rows.push(TableRow { question_id, question, source, ..TableRow::default() });
                self.places.insert(id, self.rows.len() - 1);
                self.rows.len() - 1
            }
        };
        Ok(&mut self.rows[place])
    }
}

/// Whether two texts differ in nothing but their spaces.
fn is_same_text(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

const CATEGORIES: &str = "categories are BEST, GOOD, MINIMAL and KEYWORD";

/// Adds the reference answers of a record, each once; refuses an unknown category.
fn add_references(row: &mut TableRow, record: &Record, column: Option<&str>) -> Result<(), String> {
    let references = match column {
        Some(column) => texts(record, column),
        None => [texts(record, "reference_answers"), texts(record, "reference_answer")].concat(),
    };
    let categories = [texts(record, "reference_categories"), texts(record, "reference_category")].concat();
    for (idx, text) in references.into_iter().enumerate() {
        let category = match categories.get(idx) {
            None => Category::default(),
            Some(name) => Category::named(name).ok_or_else(|| format!("unknown category `{name}`"))?,
        };
        let reference = Reference { text, category };
        if !row.references.contains(&reference) {
            row.references.push(reference);
        }
    }
    Ok(())
}

/// Texts of a field: one, or those of a list.
fn texts(record: &Record, field: &str) -> Vec<String> {
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

type Record = Map<String, Value>;
/// With their lines.
type Records = Vec<(u32, Record)>;

fn csv_records(text: &str, delimiter: u8, path: &Path) -> Result<Records, Refusal> {
    let refuse = |line: u64, what: &str| Refusal::new(format!("`{}`, line {line}: {what}", path.display()));
    let mut reader = csv::Records::new(text.as_bytes(), delimiter);
    let mut next = || match reader.next_filled().expect("memory can be read") {
        Some(csv::Record { open_quote: Some(line), .. }) => Err(refuse(line, "the quote opened here is never closed")
            .help("close it, or double it where it is meant as a character")),
        found => Ok(found),
    };
    let header = next()?.unwrap_or_default().values;
    let mut records = Vec::new();
    while let Some(record) = next()? {
        if let Some(message) = record.miscount(header.len()) {
            return Err(refuse(record.line, &message));
        }
        let field =
            |(name, value): (&Vec<u8>, &Vec<u8>)| (text_of(name).trim().to_owned(), list_or_text(text_of(value)));
        records.push((record.line as u32, header.iter().zip(&record.values).map(field).collect()));
    }
    Ok(records)
}

fn text_of(value: &[u8]) -> &str {
    std::str::from_utf8(value).expect("values are cut out of UTF-8 at ASCII characters")
}

/// A cell can hold a list as JSON; any other text is one reference.
fn list_or_text(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(list @ Value::Array(_)) => list,
        _ => Value::String(text.to_owned()),
    }
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
