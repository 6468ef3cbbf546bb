//! Tables of questions with reference answers.

use crate::refusal::Refusal;
use crate::terminal::excerpt;
use rubrica_core::derive::{Category, Reference, TableRow, rubric_id};
use rubrica_core::rubric::source::SourceReference;
use rubrica_rows::{Cell, Format, Object, lines_of_array, object, records as csv};
use std::collections::BTreeMap;
use std::path::Path;

/// The questions of one or several tables.
pub struct Tables<'a> {
    /// Where the reference answers are; `None` for the usual names.
    reference_column: Option<&'a str>,
    /// Between the values of CSV; `None` where the first line tells it.
    delimiter: Option<u8>,
    rows: Vec<TableRow>,
    /// Places in `rows` by the id of the rubric, for ids of questions that give one.
    places: BTreeMap<String, usize>,
    /// What is wrong with them, all of it.
    problems: Vec<Refusal>,
}

impl<'a> Tables<'a> {
    pub fn new(reference_column: Option<&'a str>, delimiter: Option<u8>) -> Self {
        Self { reference_column, delimiter, rows: Vec::new(), places: BTreeMap::new(), problems: Vec::new() }
    }

    /// One row a question, in the order of the files.
    ///
    /// # Errors
    /// When something is wrong with a table.
    pub fn rows(self) -> Result<Vec<TableRow>, Vec<Refusal>> {
        if self.problems.is_empty() { Ok(self.rows) } else { Err(self.problems) }
    }

    /// Takes the text of a table, called `name` in what is made of it. Rows of one question are joined: a table may have a
    /// line a reference, or a line an answer.
    pub fn add(&mut self, text: &str, format: Format, path: &Path, name: &str) {
        let found = match format {
            Format::Csv => csv_records(text, self.delimiter),
            Format::Tsv => csv_records(text, self.delimiter.or(Some(b'\t'))),
            Format::Json => json_records(text),
        };
        let refuse = |line: u32, what: &str| Refusal::new(format!("`{}`, line {line}: {what}", path.display()));
        if found.is_empty() {
            self.problems.push(
                Refusal::new(format!("`{}` has no rows", path.display()))
                    .help("a table has a row a question, with question_id, question and reference_answer"),
            );
        }
        let (mut records, n_problems) = (Vec::new(), self.problems.len());
        for (line, record) in found {
            match record {
                Ok(record) => records.push((line, record)),
                Err(Broken { line, what, way_out }) => {
                    let refusal = refuse(line, &what);
                    self.problems.push(match way_out {
                        Some(way_out) => refusal.help(way_out),
                        None => refusal,
                    });
                }
            }
        }
        // A column that no row has is told once.
        for column in ["question_id", "question"] {
            if let Some((line, record)) = records.first()
                && records.iter().all(|(_, record)| texts(record, column).is_empty())
            {
                self.problems.push(lacks(record, refuse(*line, &format!("there is no `{column}`"))));
                return;
            }
        }
        for (line, record) in records {
            if let Err(refusal) = self.add_row(&record, line, path, name) {
                self.problems.push(refusal);
            }
        }
        if self.problems.len() == n_problems && self.rows.iter().all(|row| row.references.is_empty()) {
            self.problems.push(
                Refusal::new(format!("`{}` has no reference answers", path.display()))
                    .help("name their column with --reference-column"),
            );
        }
    }

    fn add_row(&mut self, record: &Object, line: u32, path: &Path, name: &str) -> Result<(), Refusal> {
        let reference_column = self.reference_column;
        let row = self.row(record, line, path, name)?;
        add_references(row, record, reference_column).map_err(|message| {
            Refusal::new(format!("`{}`, line {line}: {message}", path.display())).help(CATEGORIES)
        })?;
        for (column, list) in [("correct", &mut row.correct), ("incorrect", &mut row.incorrect)] {
            for answer in texts(record, column) {
                if !list.contains(&answer) {
                    list.push(answer);
                }
            }
        }
        Ok(())
    }

    /// The row of a record's question, new or known.
    fn row(&mut self, record: &Object, line: u32, path: &Path, name: &str) -> Result<&mut TableRow, Refusal> {
        let refuse = |what: String| Refusal::new(format!("`{}`, line {line}: {what}", path.display()));
        let missing = |column: &str| lacks(record, refuse(format!("there is no `{column}`")));
        let question_id = texts(record, "question_id").into_iter().next().ok_or_else(|| missing("question_id"))?;
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
                    let message =
                        format!("the questions `{before}` and `{question_id}` would both give the rubric `{id}`");
                    return Err(refuse(message).help("give them ids that differ in a letter or a digit"));
                }
                if let Some(other) = question.filter(|question| !is_same_text(question, &row.question)) {
                    let lines = row.source.lines.unwrap_or_default();
                    let message = format!(
                        "`{question_id}` asks `{}` here, but `{}` in `{}`, line {}",
                        excerpt(&other, 80),
                        excerpt(&row.question, 80),
                        row.source.document,
                        lines[0]
                    );
                    return Err(refuse(message).help("give each question an id of its own"));
                }
                place
            }
            None => {
                let source = SourceReference {
                    document: name.to_owned(),
                    lines: Some([line, line]),
                    ..SourceReference::default()
                };
                let question = question.ok_or_else(|| missing("question"))?;
                self.rows.push(TableRow { question_id, question, source, ..TableRow::default() });
                self.places.insert(id, self.rows.len() - 1);
                self.rows.len() - 1
            }
        };
        Ok(&mut self.rows[place])
    }
}

/// What to do about a row without a column that it needs.
fn lacks(record: &Object, refusal: Refusal) -> Refusal {
    match record.keys().next() {
        Some(only) if record.len() == 1 && only.contains([';', '\t', '|']) => {
            refusal.help("the values seem to be separated by another character: say which with --delimiter")
        }
        _ => refusal.help("a table has question_id, question and reference_answer (or reference_answers, a list)"),
    }
}

/// Whether two texts differ in nothing but their spaces.
fn is_same_text(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

const CATEGORIES: &str = "categories are BEST, GOOD, MINIMAL and KEYWORD";

/// Adds the reference answers of a record, each once; refuses an unknown category.
fn add_references(row: &mut TableRow, record: &Object, column: Option<&str>) -> Result<(), String> {
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
fn texts(record: &Object, field: &str) -> Vec<String> {
    let cell = record.get(field).cloned().unwrap_or_default();
    let cells = cell.items().unwrap_or_else(|| vec![cell]);
    let texts = cells.into_iter().filter_map(|cell| Some(cell.into_text()?.trim().to_owned()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// A row that cannot be read.
struct Broken {
    line: u32,
    what: String,
    way_out: Option<&'static str>,
}

/// The rows of a table with their lines.
type Records = Vec<(u32, Result<Object, Broken>)>;

fn csv_records(text: &str, delimiter: Option<u8>) -> Records {
    const MEMORY: &str = "memory can be read";
    let mut reader = csv::Records::new(text.as_bytes(), delimiter).expect(MEMORY);
    let open_quote = |record: &csv::Record| {
        let line = record.open_quote? as u32;
        let what = "the quote opened here is never closed".to_owned();
        Some(Broken { line, what, way_out: Some("close it, or double it where it is meant as a character") })
    };
    let header = reader.header().expect(MEMORY).unwrap_or_default();
    if let Some(broken) = open_quote(&header) {
        return vec![(broken.line, Err(broken))];
    }
    let header = header.values;
    let read = |record: csv::Record| {
        let line = record.line as u32;
        if let Some(broken) = open_quote(&record) {
            return (line, Err(broken));
        }
        if let Some(what) = record.miscount(header.len()) {
            return (line, Err(Broken { line, what, way_out: None }));
        }
        let field =
            |(name, value): (&Vec<u8>, &Vec<u8>)| (text_of(name).trim().to_owned(), list_or_text(text_of(value)));
        (line, Ok(header.iter().zip(&record.values).map(field).collect()))
    };
    std::iter::from_fn(|| reader.next_filled().expect(MEMORY)).map(read).collect()
}

fn text_of(value: &[u8]) -> &str {
    std::str::from_utf8(value).expect("values are cut out of UTF-8 at ASCII characters")
}

/// A cell can hold a list as JSON; any other text is one reference.
fn list_or_text(text: &str) -> Cell {
    let list = Cell::Json(text.to_owned());
    if list.items().is_some() { list } else { Cell::Text(text.to_owned()) }
}

fn json_records(text: &str) -> Records {
    let record = |line: u32, text: &str| (line, object(text).map_err(|what| Broken { line, what, way_out: None }));
    match lines_of_array(text) {
        Some(items) => items.iter().map(|(line, text)| record(*line, text)).collect(),
        None => {
            let lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(line, text)| record(line, text)).collect()
        }
    }
}
