//! Tables of questions with reference answers.

use crate::command::input::missing_column;
use crate::refusal::Refusal;
use crate::terminal::{count, excerpt};
use rubrica_core::derive::{Category, Reference, TableRow, rubric_id};
use rubrica_core::rubric::source::SourceReference;
use rubrica_rows::{Cell, Format, Object, Problem, lines_of_array, object, records as csv};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names of the columns.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    /// With the question's id.
    pub id: &'a str,
    /// With the question's text.
    pub question: &'a str,
    /// With the reference answers; `None` for the usual names.
    pub reference: Option<&'a str>,
}

/// Usual names of columns of reference answers; those of one answer each may bear numbers, such as `reference_answer_2`.
const REFERENCES: [&str; 2] = ["reference_answers", "reference_answer"];

/// Columns of their categories, which bear the same numbers.
const CATEGORIES: [&str; 3] = ["reference_categories", "reference_category", "category"];

impl<'a> Columns<'a> {
    fn references(&self) -> Vec<&'a str> {
        self.reference.map_or_else(|| REFERENCES.to_vec(), |name| vec![name])
    }

    /// Whether a column is read, so that a second one of its name would be lost.
    fn is_read(&self, name: &str) -> bool {
        let bases = [&self.references()[..], &CATEGORIES].concat();
        [self.id, self.question, "correct", "incorrect"].contains(&name)
            || bases.iter().any(|base| number(name, base).is_some())
    }
}

/// The questions of one or several tables.
pub struct Tables<'a> {
    columns: Columns<'a>,
    /// Between the values of CSV; `None` where the first line tells it.
    delimiter: Option<u8>,
    rows: Vec<TableRow>,
    /// Places in `rows` by the id of the rubric, for ids of questions that give one.
    places: BTreeMap<String, usize>,
    /// What is wrong with them, all of it.
    problems: Vec<Refusal>,
    /// What to say of each table where none has any reference answer.
    without_references: Vec<Refusal>,
}

impl<'a> Tables<'a> {
    pub fn new(columns: Columns<'a>, delimiter: Option<u8>) -> Self {
        Self {
            columns,
            delimiter,
            rows: Vec::new(),
            places: BTreeMap::new(),
            problems: Vec::new(),
            without_references: Vec::new(),
        }
    }

    /// One row a question, in the order of the files.
    ///
    /// # Errors
    /// When something is wrong with a table.
    pub fn rows(self) -> Result<Vec<TableRow>, Vec<Refusal>> {
        let mut problems = self.problems;
        if self.rows.iter().all(|row| row.references.is_empty()) {
            problems.extend(self.without_references);
        }
        if problems.is_empty() { Ok(self.rows) } else { Err(problems) }
    }

    /// Takes the text of a table, called `name` in what is made of it. Rows of one question are joined: a table may have a
    /// line a reference, or a line an answer.
    pub fn add(&mut self, text: &str, format: Format, path: &Path, name: &str) {
        let found = match format {
            Format::Csv => csv_records(text, self.delimiter, self.columns),
            Format::Tsv => csv_records(text, self.delimiter.or(Some(b'\t')), self.columns),
            Format::Json => json_records(text),
        };
        let refuse = |line: u32, what: &str| Refusal::new(format!("`{}`, line {line}: {what}", path.display()));
        if found.is_empty() {
            self.problems.push(
                Refusal::new(format!("`{}` has no rows", path.display()))
                    .help("a table has a row a question, with question_id, question and reference_answer"),
            );
            return;
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
        let file = format!("`{}`", path.display());
        let present: BTreeSet<&String> = records.iter().flat_map(|(_, record)| record.keys()).collect();
        let present: Vec<String> = present.into_iter().cloned().collect();
        for (column, what, way_out) in [
            (self.columns.id, "id", "name the column with --id-column"),
            (self.columns.question, "question", "name the column with --question-column"),
        ] {
            if !records.is_empty() && !present.iter().any(|name| name == column) {
                self.problems.push(missing_column(&file, what, column, &present, way_out));
                return;
            }
        }
        // Where none of its values is one of an answer, the column `category` tells topics or the like.
        let is_of_answers = |name: &String| Category::named(name).is_some();
        if !records.iter().any(|(_, record)| texts(record, "category").iter().any(is_of_answers)) {
            records.iter_mut().for_each(|(_, record)| drop(record.remove("category")));
        }
        let names = self.columns.references();
        let is_reference = |column: &String| names.iter().any(|base| number(column, base).is_some());
        for (line, record) in records {
            if let Err(refusal) = self.add_row(&record, line, path, name) {
                self.problems.push(refusal);
            }
        }
        // Counts only where no table has any.
        if self.problems.len() == n_problems {
            let way_out = "name the column with --reference-column";
            self.without_references.push(if present.iter().any(is_reference) {
                Refusal::new(format!("{file} has no reference answers")).help(way_out)
            } else {
                missing_column(&file, "reference", names[names.len() - 1], &present, way_out)
            });
        }
    }

    fn add_row(&mut self, record: &Object, line: u32, path: &Path, name: &str) -> Result<(), Refusal> {
        let columns = self.columns;
        let row = self.row(record, line, path, name)?;
        add_references(row, record, columns).map_err(|(what, way_out)| {
            Refusal::new(format!("`{}`, line {line}: {what}", path.display())).help(way_out)
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
        let Columns { id: id_column, question: question_column, .. } = self.columns;
        let missing = |column: &str| {
            refuse(format!("there is no `{column}`"))
                .help("a table has question_id, question and reference_answer (or reference_answers, a list)")
        };
        let question_id = texts(record, id_column).into_iter().next().ok_or_else(|| missing(id_column))?;
        let question = texts(record, question_column).into_iter().next();
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
                let question = question.ok_or_else(|| missing(question_column))?;
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

/// What is wrong, and what to do.
type Complaint = (String, &'static str);

/// Adds the reference answers of a record, each once.
fn add_references(row: &mut TableRow, record: &Object, columns: Columns) -> Result<(), Complaint> {
    let bases = columns.references();
    let endings = bases
        .iter()
        .flat_map(|base| record.keys().filter_map(move |name| Some((number(name, base)?, name.strip_prefix(base)?))));
    for (_, ending) in endings.collect::<BTreeSet<_>>() {
        let answers = bases.iter().map(|base| answers(record, &format!("{base}{ending}")));
        let answers = answers.collect::<Result<Vec<_>, _>>()?.concat();
        let categories = categories(record, ending);
        if categories.len() > answers.len().max(1) {
            let n_answers = count(answers.len(), "reference answer");
            let what = format!("there are {} categories for {n_answers}", categories.len());
            return Err((what, "give each answer its category, or one to all of them"));
        }
        let of_all = categories.first().filter(|_| categories.len() == 1);
        for (idx, (text, own)) in answers.into_iter().enumerate().filter(|(_, (text, _))| !text.is_empty()) {
            let name = own.as_ref().or(of_all).or(categories.get(idx)).map_or("", String::as_str);
            let category = Category::named(name).ok_or_else(|| {
                (format!("unknown category `{name}`"), "categories are BEST, GOOD, MINIMAL and KEYWORD")
            })?;
            let reference = Reference { text, category };
            if !row.references.contains(&reference) {
                row.references.push(reference);
            }
        }
    }
    Ok(())
}

/// The number of a column such as `reference_answer_2`, 0 for the name alone; `None` for another column.
fn number(column: &str, base: &str) -> Option<u32> {
    let rest = column.strip_prefix(base)?;
    if rest.is_empty() { Some(0) } else { rest.strip_prefix('_')?.parse().ok() }
}

/// The answers of a column, each with the category that it names itself. In a list one may be blank.
fn answers(record: &Object, column: &str) -> Result<Vec<(String, Option<String>)>, Complaint> {
    let answer = |cell: Cell| {
        let shown = excerpt(&cell.to_string(), 80);
        let (answer, category) = match cell.members() {
            Some(mut members) => (members.remove("text").and_then(Cell::into_text), members.remove("category")),
            None if cell.is_blank() => (Some(String::new()), None),
            None => (cell.into_text(), None),
        };
        let way_out = r#"write a text, a list of texts, or of objects such as {"text": "...", "category": "BEST"}"#;
        let answer =
            answer.ok_or_else(|| (format!("`{column}` has `{shown}`, which is no reference answer"), way_out))?;
        Ok((answer.trim().to_owned(), category.and_then(Cell::into_text)))
    };
    cells(record, column).into_iter().map(answer).collect()
}

/// The categories of the reference answers whose column has this ending; without columns of their own, those of the row.
fn categories(record: &Object, ending: &str) -> Vec<String> {
    let columns = |ending: &str| CATEGORIES.map(|base| format!("{base}{ending}"));
    let own = columns(ending);
    let columns = if own.iter().any(|column| record.contains_key(column)) { own } else { columns("") };
    let found = columns.iter().map(|column| cells(record, column)).find(|cells| !cells.is_empty());
    found.unwrap_or_default().into_iter().map(|cell| cell.into_text().unwrap_or_default()).collect()
}

/// Texts of a field: one, or those of a list.
fn texts(record: &Object, field: &str) -> Vec<String> {
    let texts = cells(record, field).into_iter().filter_map(|cell| Some(cell.into_text()?.trim().to_owned()));
    texts.filter(|text| !text.is_empty()).collect()
}

/// Cells of a field: one, or those of a list; none where it is blank.
fn cells(record: &Object, field: &str) -> Vec<Cell> {
    match record.get(field) {
        Some(cell) if !cell.is_blank() => cell.items().unwrap_or_else(|| vec![cell.clone()]),
        _ => Vec::new(),
    }
}

/// A row that cannot be read.
struct Broken {
    line: u32,
    what: String,
    way_out: Option<&'static str>,
}

fn broken(line: u32, problem: &Problem) -> Broken {
    Broken { line, what: problem.to_string(), way_out: None }
}

/// The rows of a table with their lines.
type Records = Vec<(u32, Result<Object, Broken>)>;

fn csv_records(text: &str, delimiter: Option<u8>, columns: Columns) -> Records {
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
    let (line, header) = (header.line as u32, header.values);
    let names: Vec<&str> = header.iter().map(|name| text_of(name).trim()).collect();
    let is_double = |place: &usize| columns.is_read(names[*place]) && names[..*place].contains(&names[*place]);
    if let Some(place) = (0..names.len()).find(is_double) {
        let what = format!("there are several columns `{}`", names[place]);
        let way_out = "rename all but the one that is meant; further reference answers stand in `reference_answer_2`";
        return vec![(line, Err(Broken { line, what, way_out: Some(way_out) }))];
    }
    let read = |record: csv::Record| {
        let line = record.line as u32;
        if let Some(broken) = open_quote(&record) {
            return (line, Err(broken));
        }
        if let Some(problem) = record.miscount(names.len()) {
            return (line, Err(broken(line, &problem)));
        }
        let field = |(name, value): (&&str, &Vec<u8>)| ((*name).to_owned(), list_or_text(text_of(value)));
        (line, Ok(names.iter().zip(&record.values).map(field).collect()))
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
    let record = |line: u32, text: &str| (line, object(text).map_err(|problem| broken(line, &problem)));
    match lines_of_array(text) {
        Some(items) => items.iter().map(|(line, text)| record(*line, text)).collect(),
        None => {
            let lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
            lines.map(|(line, text)| record(line, text)).collect()
        }
    }
}
