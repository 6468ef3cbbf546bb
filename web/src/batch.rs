//! A table of answers in, a table of scores out: reading, ordering and writing, without the page.

use rubrica_core::sort::sort_by;
use rubrica_core::wire::{BulkError, BulkRequest, Summary};
use serde::Deserialize;
use std::cmp::Ordering;
use std::io::Cursor;

/// Columns with a meaning; all others pass through.
const QUESTION_ID: &str = "question_id";
const ANSWER_ID: &str = "answer_id";
const ANSWER: &str = "answer";

/// Columns of a result table, after which the passed-through ones follow.
const RESULT_COLUMNS: [&str; 7] = ["question_id", "answer_id", "score", "points", "max_points", "band", "review"];

/// Answers as they were handed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the passed-through columns.
    pub others: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub question_id: String,
    pub answer_id: String,
    pub answer: String,
    /// Values of the passed-through columns.
    pub others: Vec<String>,
    pub state: State,
}

/// What is known about a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum State {
    #[default]
    Waiting,
    Marked(Summary),
    /// Why it could not be marked.
    Failed(String),
}

/// Why a file is no table of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// The file has no such column.
    MissingColumn(&'static str),
    /// The parser's own words.
    Malformed(String),
}

/// Reads a file a few rows at a time, so that a large one does not hold up the page.
pub struct TableReader {
    source: Source,
    table: Table,
}

enum Source {
    Csv {
        reader: Box<csv::Reader<Cursor<Vec<u8>>>>,
        question: usize,
        answer: usize,
        answer_id: Option<usize>,
        others: Vec<usize>,
    },
    JsonLines {
        text: String,
        /// Where the next line begins.
        offset: usize,
        n_lines: usize,
    },
}

impl TableReader {
    /// Begins to read CSV, or JSON Lines when the file's name or its first character says so.
    pub fn new(name: &str, mut text: String) -> Result<Self, TableError> {
        let is_json = [".jsonl", ".ndjson", ".json"].iter().any(|ending| name.to_lowercase().ends_with(ending));
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        if is_json || text.trim_start().starts_with('{') {
            let source = Source::JsonLines { text, offset: 0, n_lines: 0 };
            return Ok(Self { source, table: Table::default() });
        }
        let mut reader = Box::new(csv::ReaderBuilder::new().flexible(true).from_reader(Cursor::new(text.into_bytes())));
        let header = reader.headers().map_err(malformed)?.clone();
        let column = |name: &str| header.iter().position(|known| known.trim() == name);
        let question = column(QUESTION_ID).ok_or(TableError::MissingColumn(QUESTION_ID))?;
        let answer = column(ANSWER).ok_or(TableError::MissingColumn(ANSWER))?;
        let answer_id = column(ANSWER_ID);
        let is_other = |index: &usize| ![Some(question), Some(answer), answer_id].contains(&Some(*index));
        let others: Vec<usize> = (0..header.len()).filter(is_other).collect();
        let table =
            Table { others: others.iter().map(|&index| header[index].to_owned()).collect(), ..Table::default() };
        Ok(Self { source: Source::Csv { reader, question, answer, answer_id, others }, table })
    }

    /// Reads up to `n_rows` more; returns whether there may be others.
    pub fn read(&mut self, n_rows: usize) -> Result<bool, TableError> {
        for _ in 0..n_rows {
            let Some(row) = self.row()? else { return Ok(false) };
            self.table.rows.push(row);
        }
        Ok(true)
    }

    fn row(&mut self) -> Result<Option<Row>, TableError> {
        match &mut self.source {
            Source::Csv { reader, question, answer, answer_id, others } => {
                let mut record = csv::StringRecord::new();
                if !reader.read_record(&mut record).map_err(malformed)? {
                    return Ok(None);
                }
                let value = |index: usize| record.get(index).unwrap_or_default().to_owned();
                Ok(Some(Row {
                    question_id: value(*question).trim().to_owned(),
                    answer_id: answer_id.map(value).unwrap_or_default(),
                    answer: value(*answer),
                    others: others.iter().map(|&index| value(index)).collect(),
                    state: State::Waiting,
                }))
            }
            Source::JsonLines { text, offset, n_lines } => {
                while *offset < text.len() {
                    let rest = &text[*offset..];
                    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
                    *offset += line.len() + 1;
                    *n_lines += 1;
                    if !line.trim().is_empty() {
                        return json_row(line, *n_lines, &mut self.table.others).map(Some);
                    }
                }
                Ok(None)
            }
        }
    }

    /// What was read.
    pub fn finish(self) -> Table {
        let mut table = self.table;
        let n_others = table.others.len();
        for row in &mut table.rows {
            row.others.resize(n_others, String::new());
        }
        table
    }
}

/// A line of JSON Lines. Columns that no line before had are added to `others`.
fn json_row(line: &str, number: usize, others: &mut Vec<String>) -> Result<Row, TableError> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(line).map_err(|error| TableError::Malformed(format!("{number}: {error}")))?;
    let value = |name: &str| object.get(name).map(plain).unwrap_or_default();
    for name in [QUESTION_ID, ANSWER] {
        if !object.contains_key(name) {
            return Err(TableError::MissingColumn(name));
        }
    }
    for name in object.keys().filter(|name| ![QUESTION_ID, ANSWER_ID, ANSWER].contains(&name.as_str())) {
        if !others.contains(name) {
            others.push(name.clone());
        }
    }
    Ok(Row {
        question_id: value(QUESTION_ID),
        answer_id: value(ANSWER_ID),
        answer: value(ANSWER),
        others: others.iter().map(|name| value(name)).collect(),
        state: State::Waiting,
    })
}

fn malformed(error: csv::Error) -> TableError {
    TableError::Malformed(error.to_string())
}

impl Table {
    /// Rows as the engine's bulk call wants them.
    pub fn requests(&self, rows: std::ops::Range<usize>) -> String {
        let mut lines = String::new();
        for row in &self.rows[rows] {
            let request = BulkRequest {
                question_id: row.question_id.clone(),
                answer: row.answer.clone(),
                answer_id: (!row.answer_id.is_empty()).then(|| row.answer_id.clone()),
            };
            lines.push_str(&serde_json::to_string(&request).expect("requests are plain data"));
            lines.push('\n');
        }
        lines
    }

    /// Takes in the replies for the rows from `first` on.
    pub fn record(&mut self, first: usize, replies: &str) {
        for (row, line) in self.rows[first..].iter_mut().zip(replies.lines()) {
            let failure = || serde_json::from_str::<Failure>(line);
            row.state = match serde_json::from_str::<Summary>(line) {
                Ok(summary) => State::Marked(summary),
                Err(_) => {
                    State::Failed(failure().map_or_else(|error| error.to_string(), |failure| failure.error.message))
                }
            };
        }
    }

    /// Indices of the rows to show, in their order.
    pub fn view(&self, filter: &Filter, order: Order) -> Vec<usize> {
        let words = filter.words.to_lowercase();
        let mut indices: Vec<usize> =
            (0..self.rows.len()).filter(|&index| filter.admits(&self.rows[index], &words)).collect();
        // Stable: rows that are equal keep the order of the file.
        sort_by(&mut indices, |&a, &b| {
            let ordering = order.by.compare(&self.rows[a], &self.rows[b]);
            if order.is_descending { ordering.reverse() } else { ordering }
        });
        indices
    }

    /// The results as CSV: the columns of `rubrica grade`, then the file's own, then `error`.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header = RESULT_COLUMNS.into_iter().chain(self.others.iter().map(String::as_str)).chain(["error"]);
        writer.write_record(header).expect("memory takes any record");
        for row in &self.rows {
            let (cells, error) = match &row.state {
                State::Marked(summary) => (
                    [
                        summary.score.to_string(),
                        summary.points.to_string(),
                        summary.max_points.to_string(),
                        summary.band.clone(),
                        summary.review.to_string(),
                    ],
                    "",
                ),
                State::Failed(reason) => (Default::default(), reason.as_str()),
                State::Waiting => (Default::default(), "not marked"),
            };
            let record = [row.question_id.as_str(), row.answer_id.as_str()]
                .into_iter()
                .chain(cells.iter().map(String::as_str))
                .chain(row.others.iter().map(String::as_str))
                .chain([error]);
            writer.write_record(record).expect("memory takes any record");
        }
        String::from_utf8(writer.into_inner().expect("memory can be flushed")).expect("made of UTF-8 strings")
    }
}

/// The part of a failed reply that the table shows.
#[derive(Deserialize)]
struct Failure {
    error: BulkError,
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Which rows to show; empty fields narrow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Found in question id, answer id or answer.
    pub words: String,
    pub band: String,
    /// Only rows that a person should look at, failed ones among them.
    pub only_review: bool,
}

impl Filter {
    fn admits(&self, row: &Row, words: &str) -> bool {
        let (band, needs_review) = match &row.state {
            State::Marked(summary) => (summary.band.as_str(), summary.review),
            State::Failed(_) => ("", true),
            State::Waiting => ("", false),
        };
        (self.band.is_empty() || self.band == band)
            && (!self.only_review || needs_review)
            && (words.is_empty()
                || [&row.question_id, &row.answer_id, &row.answer]
                    .iter()
                    .any(|text| text.to_lowercase().contains(words)))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub by: Column,
    pub is_descending: bool,
}

/// Columns that order the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// As in the file.
    #[default]
    Position,
    Question,
    Score,
    /// How sure the engine is.
    Sureness,
}

impl Column {
    fn compare(self, a: &Row, b: &Row) -> Ordering {
        let number = |row: &Row, of: fn(&Summary) -> f64| match &row.state {
            State::Marked(summary) => of(summary),
            State::Failed(_) | State::Waiting => -1.0,
        };
        match self {
            Column::Position => Ordering::Equal,
            Column::Question => a.question_id.cmp(&b.question_id),
            Column::Score => number(a, |summary| summary.score).total_cmp(&number(b, |summary| summary.score)),
            Column::Sureness => number(a, |summary| summary.sureness).total_cmp(&number(b, |summary| summary.sureness)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Filter, Order, State, Table, TableError, TableReader};

    /// Reads a file in steps of two rows.
    fn parse(name: &str, text: &str) -> Result<Table, TableError> {
        let mut reader = TableReader::new(name, text.to_owned())?;
        while reader.read(2)? {}
        Ok(reader.finish())
    }

    fn summary(question: &str, score: f64, band: &str, review: bool) -> String {
        format!(
            r#"{{"question_id":"{question}","score":{score},"points":1.5,"max_points":2,"band":"{band}","sureness":0.5,"review":{review}}}"#
        )
    }

    fn marked() -> Table {
        let csv = "student,question_id,answer,answer_id\nAda,q1,\"one, two\",a1\nBob,q2,zwei,a2\nCem,q1,three,a3\n";
        let mut table = parse("answers.csv", csv).unwrap();
        table.record(0, &[summary("q1", 0.75, "good", false), summary("q2", 0.1, "poor", true)].join("\n"));
        table.record(
            2,
            r#"{"answer_id":"a3","error":{"code":"unknown-question","line":1,"message":"no question `q1`"}}"#,
        );
        table
    }

    #[test]
    fn csv_keeps_every_row_and_column() {
        assert_eq!(
            marked().to_csv(),
            "question_id,answer_id,score,points,max_points,band,review,student,error\n\
             q1,a1,0.75,1.5,2,good,false,Ada,\n\
             q2,a2,0.1,1.5,2,poor,true,Bob,\n\
             q1,a3,,,,,,Cem,no question `q1`\n"
        );
    }

    #[test]
    fn json_lines_make_the_same_table() {
        let json = "{\"question_id\":\"q\",\"answer\":\"a \\\"b\\\"\",\"answer_id\":7,\"x\":null}\n\n\
                    {\"question_id\":\"r\",\"answer\":\"c\",\"y\":true}\n";
        let table = parse("answers.JSONL", json).unwrap();
        assert_eq!(table.others, ["x", "y"]);
        assert_eq!((table.rows[0].answer.as_str(), table.rows[0].answer_id.as_str()), ("a \"b\"", "7"));
        assert_eq!(table.rows[1].others, ["", "true"]);
        assert_eq!(table.requests(1..2), "{\"question_id\":\"r\",\"answer\":\"c\"}\n");
    }

    #[test]
    fn files_without_the_columns_are_refused() {
        assert_eq!(parse("a.csv", "id,answer\n1,x\n"), Err(TableError::MissingColumn("question_id")));
        assert_eq!(parse("a.jsonl", "{\"question_id\":\"q\"}"), Err(TableError::MissingColumn("answer")));
        assert!(matches!(parse("a.jsonl", "{\"a\""), Err(TableError::Malformed(_))));
        assert_eq!(parse("a.csv", "\u{feff}question_id,answer\nq,x\n").unwrap().rows.len(), 1);
    }

    #[test]
    fn the_view_filters_and_orders() {
        let table = marked();
        assert!(matches!(table.rows[2].state, State::Failed(_)));
        let view = |filter: Filter, by, is_descending| table.view(&filter, Order { by, is_descending });
        assert_eq!(view(Filter::default(), Column::Position, false), [0, 1, 2]);
        assert_eq!(view(Filter::default(), Column::Score, false), [2, 1, 0]);
        assert_eq!(view(Filter::default(), Column::Score, true), [0, 1, 2]);
        assert_eq!(view(Filter::default(), Column::Question, false), [0, 2, 1]);
        assert_eq!(view(Filter { band: "poor".to_owned(), ..Filter::default() }, Column::Position, false), [1]);
        assert_eq!(view(Filter { only_review: true, ..Filter::default() }, Column::Position, false), [1, 2]);
        assert_eq!(view(Filter { words: "ZWEI".to_owned(), ..Filter::default() }, Column::Position, false), [1]);
    }
}
