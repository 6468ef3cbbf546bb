//! Rows of answers, from CSV or JSON Lines.

use crate::format::{begins_array, lines_of_array};
use crate::formula::unguarded;
use crate::records::{Record, Records};
use crate::{Cell, Format, MARK, MAX_ANSWER_BYTES, NoText, Object, Problem, Row, object};
use rubrica_core::wire::FORMAT;
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// So many rows of JSON Lines are looked at before the columns of the output are settled.
pub const N_ROWS_FOR_COLUMNS: usize = 1000;

/// Which columns hold what; `None` for the usual names.
#[derive(Clone, Debug, Default)]
pub struct ColumnNames {
    pub question: Option<String>,
    pub answer: Option<String>,
    pub id: Option<String>,
    /// The question of every row, for files without such a column.
    pub constant_question: Option<String>,
    /// Whether rows do without an answer, as where their scores are known.
    pub answer_is_optional: bool,
}

/// What a column can be needed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Question,
    Answer,
    Id,
}

/// Why an input is no table of answers.
#[derive(Debug)]
pub enum ReadError {
    Io(io::Error),
    /// It would read as one broken column.
    NoText(NoText),
    Empty,
    /// No line is a JSON object; what is wrong with the first.
    NoJsonLines(Problem),
    /// The quote opened on this line, in the header, is never closed.
    OpenQuote(u64),
    MissingColumn {
        role: Role,
        name: String,
        present: Vec<String>,
    },
    /// A column with a meaning comes more than once.
    DoubleColumn(String),
}

/// The rows of one input, read as they are asked for.
pub struct Rows {
    /// Names of all columns, each once.
    header: Vec<String>,
    roles: Roles,
    columns: Vec<String>,
    n_read: usize,
    source: Source,
}

enum Source {
    Csv(Box<Records<Input>>),
    Jsonl { lines: Lines, ahead: VecDeque<Line> },
}

type Input = BufReader<Box<dyn Read + Send>>;

/// Columns with a meaning, by their places in the header.
struct Roles {
    question: Question,
    /// `None` only where the answer is optional.
    answer: Option<usize>,
    answer_is_optional: bool,
    id: Option<usize>,
}

enum Question {
    Column(usize),
    Constant(String),
}

impl Roles {
    fn find(names: &ColumnNames, present: &[String]) -> Result<Self, ReadError> {
        let place = |name: &str| present.iter().position(|column| column == name);
        let find = |wanted: &Option<String>, usual: &[&str]| match wanted {
            Some(name) => place(name),
            None => usual.iter().find_map(|name| place(name)),
        };
        let missing = |role, wanted: &Option<String>, usual: &str| {
            let name = wanted.as_deref().unwrap_or(usual).to_owned();
            ReadError::MissingColumn { role, name, present: present.to_vec() }
        };
        let question = match &names.constant_question {
            Some(id) => Question::Constant(id.clone()),
            None => Question::Column(
                find(&names.question, &["question_id"])
                    .ok_or_else(|| missing(Role::Question, &names.question, "question_id"))?,
            ),
        };
        let answer = find(&names.answer, &["answer", "text"]);
        if answer.is_none() && (names.answer.is_some() || !names.answer_is_optional) {
            return Err(missing(Role::Answer, &names.answer, "answer"));
        }
        let id = find(&names.id, &["answer_id", "id"]);
        if id.is_none() && names.id.is_some() {
            return Err(missing(Role::Id, &names.id, "answer_id"));
        }
        let roles = Self { question, answer, answer_is_optional: names.answer_is_optional, id };
        let is_double = |place: &usize| present.iter().filter(|column| **column == present[*place]).count() > 1;
        if let Some(place) = (0..present.len()).find(|place| !roles.is_other(*place) && is_double(place)) {
            return Err(ReadError::DoubleColumn(present[place].clone()));
        }
        Ok(roles)
    }

    /// Whether a column passes through untouched.
    fn is_other(&self, place: usize) -> bool {
        let is_question = matches!(self.question, Question::Column(question) if question == place);
        !is_question && self.answer != Some(place) && self.id != Some(place)
    }
}

impl Rows {
    /// Opens a table; without a format, its first character tells it. `delimiter` stands between the values of CSV; without
    /// one, the first line tells it.
    ///
    /// # Errors
    /// When the input cannot be read, is no table or lacks a column that is needed.
    pub fn open(
        input: Box<dyn Read + Send>,
        format: Option<Format>,
        delimiter: Option<u8>,
        names: &ColumnNames,
    ) -> Result<Self, ReadError> {
        let mut input = without_mark(input)?;
        let format = match format {
            Some(format) => format,
            None => Format::of_start(input.fill_buf().map_err(ReadError::Io)?),
        };
        match format {
            Format::Csv => Self::csv(input, delimiter, names),
            Format::Tsv => Self::csv(input, delimiter.or(Some(b'\t')), names),
            Format::Json => Self::json(input, names),
        }
    }

    fn csv(input: Input, delimiter: Option<u8>, names: &ColumnNames) -> Result<Self, ReadError> {
        let mut records = Records::new(input, delimiter).map_err(ReadError::Io)?;
        let header = records.header().map_err(ReadError::Io)?.ok_or(ReadError::Empty)?;
        if let Some(line) = header.open_quote {
            return Err(ReadError::OpenQuote(line));
        }
        let name = |name: &Vec<u8>| unguarded(String::from_utf8_lossy(name).trim()).to_owned();
        let header = header.values.iter().map(name).collect();
        Self::new(header, names, Source::Csv(Box::new(records)))
    }

    fn json(mut input: Input, names: &ColumnNames) -> Result<Self, ReadError> {
        if begins_array(input.fill_buf().map_err(ReadError::Io)?) {
            input = whole_array(input).map_err(ReadError::Io)?;
        }
        let mut lines = Lines { input, buffer: Vec::new() };
        let mut ahead = VecDeque::new();
        let mut present: Vec<String> = Vec::new();
        while ahead.len() < N_ROWS_FOR_COLUMNS
            && let Some(line) = lines.next()?
        {
            if let Ok(object) = &line {
                present.extend(object.keys().filter(|key| !present.contains(key)).cloned().collect::<Vec<_>>());
            }
            ahead.push_back(line);
        }
        if ahead.is_empty() {
            return Err(ReadError::Empty);
        }
        if present.is_empty() {
            let first = ahead.into_iter().find_map(Result::err);
            return Err(ReadError::NoJsonLines(first.unwrap_or_else(|| Problem::Lacks("question_id".to_owned()))));
        }
        Self::new(present, names, Source::Jsonl { lines, ahead })
    }

    fn new(header: Vec<String>, names: &ColumnNames, source: Source) -> Result<Self, ReadError> {
        let roles = Roles::find(names, &header)?;
        let header = distinct(&header);
        let others = header.iter().enumerate().filter(|(place, _)| roles.is_other(*place));
        let columns = others.map(|(_, column)| column.clone()).collect();
        Ok(Self { header, roles, columns, n_read: 0, source })
    }

    /// Names of the columns that pass through.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the input cannot be read any further.
    pub fn next_row(&mut self) -> Result<Option<Row>, ReadError> {
        self.n_read += 1;
        let said = match &mut self.source {
            Source::Csv(records) => {
                // In a table of one column a blank line is an empty answer.
                let found = if self.header.len() == 1 { records.next_record() } else { records.next_filled() };
                found.map_err(ReadError::Io)?.map(|record| self.roles.said(&record, &self.header))
            }
            Source::Jsonl { lines, ahead } => {
                let line = match ahead.pop_front() {
                    Some(line) => Some(line),
                    None => lines.next()?,
                };
                line.map(|line| Said::in_json(line, &self.header))
            }
        };
        Ok(said.map(|said| self.roles.row(said, &self.header, self.n_read)))
    }
}

/// Leaves out the mark that some programs put in front of UTF-8, and refuses what is no text. What is buffered first reaches
/// to a character that is no space, where there is one.
fn without_mark(mut input: Box<dyn Read + Send>) -> Result<Input, ReadError> {
    let mut start = Vec::new();
    input.by_ref().take(NoText::N_BYTES as u64).read_to_end(&mut start).map_err(ReadError::Io)?;
    if let Some(what) = NoText::of(&start) {
        return Err(ReadError::NoText(what));
    }
    let mut start = start.strip_prefix(MARK.as_bytes()).map(<[u8]>::to_vec).unwrap_or(start);
    while start.trim_ascii().is_empty() && input.by_ref().take(1).read_to_end(&mut start).map_err(ReadError::Io)? > 0 {}
    Ok(BufReader::new(Box::new(io::Cursor::new(start).chain(input))))
}

/// An array as JSON Lines; what is none, as it was.
fn whole_array(mut input: Input) -> io::Result<Input> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let lines = std::str::from_utf8(&bytes).ok().and_then(lines_of_array);
    let bytes =
        lines.map_or(bytes, |lines| lines.into_iter().flat_map(|(_, line)| (line + "\n").into_bytes()).collect());
    Ok(BufReader::new(Box::new(io::Cursor::new(bytes))))
}

/// Names of columns, with a number behind one that was there before: two of one name would hide each other.
fn distinct(names: &[String]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        let mut free = name.clone();
        let mut number = 1;
        while distinct.contains(&free) || number > 1 && names.contains(&free) {
            number += 1;
            free = format!("{name}_{number}");
        }
        distinct.push(free);
    }
    distinct
}

/// What one row says, before its columns have a meaning.
struct Said {
    /// By the places of the header.
    values: Vec<Cell>,
    /// Of JSON Lines: what the header does not know.
    more: Object,
    /// Why none of this can be trusted.
    problem: Option<Problem>,
    /// Whether the id is that of this row, whatever else is wrong.
    has_own_id: bool,
}

impl Said {
    fn in_json(line: Line, header: &[String]) -> Self {
        let (mut more, problem) = match line {
            Ok(object) => (object, None),
            Err(problem) => (Object::new(), Some(problem)),
        };
        let values = header.iter().map(|name| more.remove(name).unwrap_or_default()).collect();
        Self { values, more, has_own_id: problem.is_none(), problem }
    }
}

impl Roles {
    fn said(&self, record: &Record, header: &[String]) -> Said {
        let text = |value: &Vec<u8>| Cell::Text(unguarded(&String::from_utf8_lossy(value)).to_owned());
        let values = (0..header.len()).map(|place| record.values.get(place).map(text).unwrap_or_default()).collect();
        let problem = csv_problem(record, header);
        Said { values, more: Object::new(), problem, has_own_id: self.finds_own_id(record, header) }
    }

    /// Whether a record has its id where the header names it: commas too many or too few move what stands behind them, and
    /// where they are not quoted they are mostly in the answer.
    fn finds_own_id(&self, record: &Record, header: &[String]) -> bool {
        let Some(place) = self.id else { return false };
        let is_read = record.values.get(place).is_some_and(|value| std::str::from_utf8(value).is_ok());
        let is_open = record.open_quote.is_some() && place + 1 == record.values.len();
        let is_in_place = record.values.len() == header.len() || self.answer.is_some_and(|answer| place < answer);
        is_read && !is_open && is_in_place
    }

    fn row(&self, mut said: Said, header: &[String], number: usize) -> Row {
        // The text of a column; `None` where nothing stands in it.
        let text = |place: usize, cell: Cell| match cell {
            Cell::Nothing => Ok(None),
            cell => cell.into_text().map(Some).ok_or_else(|| Problem::OddValue(header[place].clone())),
        };
        let lacks = |column: &str| Problem::Lacks(column.to_owned());
        let answer_id = match self.id {
            Some(place) if said.has_own_id => text(place, said.values[place].clone()).map(Option::unwrap_or_default),
            Some(_) => Ok(String::new()),
            None => Ok(number.to_string()),
        };
        let question_id = match &self.question {
            Question::Constant(id) => Ok(id.clone()),
            Question::Column(place) => text(*place, said.values[*place].clone()).and_then(|id| {
                let id = id.unwrap_or_default().trim().to_owned();
                if id.is_empty() { Err(lacks(&header[*place])) } else { Ok(id) }
            }),
        };
        let answer = match self.answer.map_or(Ok(None), |place| text(place, std::mem::take(&mut said.values[place]))) {
            Ok(None) if self.answer_is_optional => Ok(String::new()),
            Ok(None) => Err(lacks(self.answer.map_or("answer", |place| &header[place]))),
            Ok(Some(answer)) => checked(answer),
            Err(error) => Err(error),
        };
        let problem = said.problem.or_else(|| question_id.as_ref().err().or(answer_id.as_ref().err()).cloned());
        let others = said.values.into_iter().enumerate().filter(|(place, _)| self.is_other(*place));
        Row {
            number,
            question_id: question_id.unwrap_or_default(),
            answer_id: answer_id.unwrap_or_default(),
            answer: problem.map_or(answer, Err),
            columns: others.map(|(_, value)| value).collect(),
            more: said.more,
        }
    }
}

/// Why a record cannot be trusted.
fn csv_problem(record: &Record, header: &[String]) -> Option<Problem> {
    let miscount = || record.miscount(header.len());
    let not_utf8 = || {
        let mut values = header.iter().zip(&record.values);
        values.find_map(|(column, value)| text_or_problem(Some(column), value).err())
    };
    record.open_quote.map(Problem::OpenQuote).or_else(miscount).or_else(not_utf8)
}

/// The text of a column, or of a whole line.
fn text_or_problem<'a>(column: Option<&String>, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        Problem::NotUtf8 { column: column.cloned(), byte: bytes[offset], offset }
    })
}

/// Refuses what is too long to be an answer.
fn checked(answer: String) -> Result<String, Problem> {
    if answer.len() <= MAX_ANSWER_BYTES { Ok(answer) } else { Err(Problem::TooLong(answer.len())) }
}

/// A line of JSON Lines: its object, or what is wrong with it.
type Line = Result<Object, Problem>;

struct Lines {
    input: Input,
    buffer: Vec<u8>,
}

impl Lines {
    /// The next line that is not blank.
    fn next(&mut self) -> Result<Option<Line>, ReadError> {
        loop {
            self.buffer.clear();
            let n_read = self.input.read_until(b'\n', &mut self.buffer).map_err(ReadError::Io)?;
            if n_read == 0 {
                return Ok(None);
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(parse_line(&self.buffer)));
            }
        }
    }
}

fn parse_line(line: &[u8]) -> Line {
    object(text_or_problem(None, line)?).map(unfolded)
}

/// An evaluation as it was written, with the columns of its input beside the others again. One whose name is taken gets
/// `input_` before it, as in a table of scores.
fn unfolded(mut row: Object) -> Object {
    let is_evaluation = row.get("format") == Some(&Cell::Text(FORMAT.to_owned())) || row.contains_key("error");
    if let Some(columns) = row.get("columns").filter(|_| is_evaluation).and_then(Cell::members) {
        row.remove("columns");
        for (mut name, cell) in columns {
            while row.contains_key(&name) {
                name.insert_str(0, "input_");
            }
            row.insert(name, cell);
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(bytes: &'static [u8]) -> Box<dyn Read + Send> {
        Box::new(bytes)
    }

    fn csv(bytes: &'static [u8], names: &ColumnNames) -> Result<Rows, ReadError> {
        Rows::open(input(bytes), Some(Format::Csv), Some(b','), names)
    }

    fn json(text: impl AsRef<[u8]> + Send + 'static, names: &ColumnNames) -> Result<Rows, ReadError> {
        Rows::open(Box::new(io::Cursor::new(text)), Some(Format::Json), None, names)
    }

    fn all(mut rows: Rows) -> Vec<Row> {
        std::iter::from_fn(|| rows.next_row().expect("memory can be read")).collect()
    }

    fn codes(rows: &[Row]) -> Vec<&str> {
        rows.iter().map(|row| row.answer.as_ref().map_or_else(|problem| problem.code(), String::as_str)).collect()
    }

    #[test]
    fn csv_rows_that_cannot_be_graded_keep_their_place() {
        let text =
            b"question_id,answer_id,answer,group\nq,1,fine,a\nq,2\nq,3,caf\xe9,b\nq,4,\"two\nlines\",c\nq,5,a,b,c\n";
        let rows = csv(text, &ColumnNames::default()).expect("the header is complete");
        assert_eq!(rows.columns(), ["group"]);
        let rows = all(rows);
        assert_eq!(codes(&rows), ["fine", "malformed-row", "not-utf-8", "two\nlines", "malformed-row"]);
        let message = rows[2].answer.as_ref().expect_err("it is broken").to_string();
        assert_eq!(message, "column `answer` is not UTF-8: byte 0xE9 at offset 3; save the file as UTF-8");
        assert_eq!(rows[1].answer_id, "2");
    }

    #[test]
    fn a_quote_that_is_never_closed_fails_its_row() {
        let text = b"question_id,answer\nq,fine\nq,\"half\nq,lost\n";
        let rows = all(csv(text, &ColumnNames::default()).expect("the header is complete"));
        assert_eq!(codes(&rows), ["fine", "malformed-row"]);
        let message = rows[1].answer.as_ref().expect_err("it is broken").to_string();
        assert_eq!(message, "the quote opened on line 3 is never closed, so the rest of the input is in this row");
        let header = csv(b"question_id,\"answer\nq,a\n", &ColumnNames::default());
        assert!(matches!(header.err(), Some(ReadError::OpenQuote(1))));
    }

    #[test]
    fn a_blank_line_is_an_empty_answer_where_there_is_one_column() {
        let names = ColumnNames { constant_question: Some("q".to_owned()), ..ColumnNames::default() };
        let rows = all(csv(b"answer\na\n\nb\n", &names).expect("the header is complete"));
        assert_eq!(codes(&rows), ["a", "", "b"]);
        assert_eq!(rows[2].answer_id, "3");
        let rows = csv(b"\nquestion_id,answer\nq,a\n\nq,b\n", &ColumnNames::default());
        assert_eq!(codes(&all(rows.expect("the header is complete"))), ["a", "b"]);
    }

    #[test]
    fn columns_of_one_name_keep_their_values() {
        let text = b"question_id,note,answer,note,note_2,note\nq,1,a,2,3,4\n";
        let rows = csv(text, &ColumnNames::default()).expect("the header is complete");
        assert_eq!(rows.columns(), ["note", "note_3", "note_2", "note_4"]);
        assert_eq!(all(rows)[0].columns, ["1", "2", "3", "4"].map(|text| Cell::Text(text.to_owned())));
        let unclear = csv(b"question_id,answer,answer\n", &ColumnNames::default());
        assert!(matches!(unclear.err(), Some(ReadError::DoubleColumn(name)) if name == "answer"));
    }

    #[test]
    fn a_key_that_comes_late_stays_with_its_row() {
        let mut text = "{\"question_id\":\"q\",\"answer\":\"a\",\"n\":1}\n".repeat(N_ROWS_FOR_COLUMNS);
        text += "{\"question_id\":\"q\",\"answer\":\"b\",\"late\":2,\"n\":null}\n";
        let rows = json(text, &ColumnNames::default()).expect("the rows are complete");
        assert_eq!(rows.columns(), ["n"]);
        let columns = rows.columns().to_vec();
        let last = all(rows).pop().expect("there are rows");
        assert_eq!(last.others(&columns).collect::<Vec<_>>(), [(&"late".to_owned(), &Cell::Json("2".to_owned()))]);
    }

    #[test]
    fn the_mark_of_utf_8_is_no_part_of_the_first_column() {
        let text = b"\xef\xbb\xbfquestion_id,answer\r\nq,\"a, b\"\r\nq,c\r\n";
        let rows = csv(text, &ColumnNames::default()).expect("the header is complete");
        assert_eq!(codes(&all(rows)), ["a, b", "c"]);
    }

    #[test]
    fn json_lines_that_cannot_be_graded_keep_their_place() {
        let text = b"\xef\xbb\xbf{\"question_id\":\"q\",\"text\":\"a\",\"n\":1}\n\n{\"text\":\"b\"}\n[1]\n{\"question_id\":\"q\",\"text\":null}\nnonsense\n{\"question_id\":\"q\",\"text\":12}";
        let rows = json(text, &ColumnNames::default()).expect("the first row is complete");
        assert_eq!(rows.columns(), ["n"]);
        let rows = all(rows);
        assert_eq!(codes(&rows), ["a", "malformed-row", "malformed-row", "malformed-row", "malformed-row", "12"]);
        assert_eq!(rows[5].answer_id, "6");
        let message = |row: &Row| row.answer.clone().expect_err("it is broken").to_string();
        assert_eq!([&rows[1], &rows[3]].map(message), ["the row has no `question_id`", "the row has no `text`"]);
    }

    #[test]
    fn ids_are_kept_as_they_are_written_and_what_is_none_fails_its_row() {
        let mut text = String::new();
        for id in ["12345678901234567890123", "7.50", "\"a\"", "null", "{\"a\":1}", "[1]", "true"] {
            text += &format!("{{\"question_id\":\"q\",\"answer\":\"x\",\"answer_id\":{id}}}\n");
        }
        let rows = all(json(text, &ColumnNames::default()).expect("there are rows"));
        let ids: Vec<&str> = rows.iter().map(|row| row.answer_id.as_str()).collect();
        assert_eq!(ids, ["12345678901234567890123", "7.50", "a", "", "", "", ""]);
        assert_eq!(codes(&rows), [&["x"; 4][..], &["malformed-row"; 3]].concat());
        let message = rows[4].answer.as_ref().expect_err("it is broken").to_string();
        assert_eq!(message, "`answer_id` is neither a text nor a number");
    }

    #[test]
    fn a_row_whose_id_cannot_be_read_has_none() {
        let ids = |rows: Result<Rows, ReadError>| -> Vec<String> {
            all(rows.expect("there are rows")).into_iter().map(|row| row.answer_id).collect()
        };
        let lines = b"nonsense\n{\"question_id\":\"q\",\"answer\":null,\"id\":\"1\"}\n{\"id\":\"9\xff\"}\n";
        assert_eq!(ids(json(lines, &ColumnNames::default())), ["", "1", ""]);
        let last = b"question_id,answer,answer_id\nq,a, b,1\nq,a,2\nq,a\nq,caf\xe9,3\nq,a,\xe9\nq,a,\"4\nq,a,5\n";
        assert_eq!(ids(csv(last, &ColumnNames::default())), ["", "2", "", "3", "", ""]);
        let first = b"answer_id,question_id,answer\n1,q,a, b\n2\n3,q,\"a\n4,q,b\n";
        assert_eq!(ids(csv(first, &ColumnNames::default())), ["1", "2", "3"]);
    }

    #[test]
    fn a_row_without_a_question_says_so() {
        let text = b"question_id,answer\n ,a\n,b\nq,c\n";
        let rows = all(csv(text, &ColumnNames::default()).expect("the header is complete"));
        assert_eq!(codes(&rows), ["malformed-row", "malformed-row", "c"]);
        assert_eq!(rows[0].answer, Err(Problem::Lacks("question_id".to_owned())));
    }

    #[test]
    fn the_columns_of_an_evaluation_are_columns_again() {
        let text = br#"{"answer_id":"1","question_id":"q","format":"rubrica-evaluation/1","score":0.5,"columns":{"rating":2,"score":7.50}}
{"answer_id":"2","question_id":"q","error":{"code":"x","message":"y"},"columns":{"rating":1}}
{"answer_id":"3","question_id":"q","columns":{"rating":1}}
"#;
        let names = ColumnNames { answer_is_optional: true, ..ColumnNames::default() };
        let rows = json(text, &names).expect("the rows are complete");
        assert_eq!(rows.columns(), ["format", "input_score", "rating", "score", "error", "columns"]);
        let shown: Vec<Vec<String>> =
            all(rows).iter().map(|row| row.columns[1..4].iter().map(Cell::to_string).collect()).collect();
        assert_eq!(shown, [vec!["7.50", "2", "0.5"], vec!["", "1", ""], vec![""; 3]]);
    }

    #[test]
    fn the_first_line_tells_what_separates_values() {
        for text in [
            "question_id,answer\nq,x\n",
            "question_id;answer;a,b\nq;x;\n",
            "\u{feff}\r\n\"a,b;c,d\"\tquestion_id\tanswer\r\n\tq\tx",
            "question_id;answer\rq;x\rq;yes, no, maybe",
            "sep=|\r\nquestion_id|answer|a,b;c,d;e\r\nq|x|\r\n",
        ] {
            let rows = Rows::open(Box::new(io::Cursor::new(text)), None, None, &ColumnNames::default());
            let rows = all(rows.expect("the header is complete"));
            assert_eq!((rows[0].question_id.as_str(), codes(&rows)[0]), ("q", "x"), "{text}");
        }
        let told =
            csv(b"sep=,\nquestion_id,answer\nq,\"a\n", &ColumnNames::default()).map(all).expect("it has a header");
        let message = told[0].answer.as_ref().expect_err("its quote is open").to_string();
        assert!(message.starts_with("the quote opened on line 3 "), "{message}");
    }

    #[test]
    fn an_array_is_read_like_lines() {
        let text = b"\xef\xbb\xbf\n[\n  {\"question_id\": \"q\",\n   \"answer\": \"a\\nb\", \"x\": 1},\n  7\n]\n";
        let rows = Rows::open(input(text), None, None, &ColumnNames::default()).expect("there are rows");
        assert_eq!(rows.columns(), ["x"]);
        assert_eq!(codes(&all(rows)), ["a\nb", "malformed-row"]);
        let broken = Rows::open(input(b"[{\"question_id\""), None, None, &ColumnNames::default()).err();
        assert!(matches!(broken, Some(ReadError::NoJsonLines(_))));
    }

    #[test]
    fn what_is_no_table_of_answers_says_why() {
        let csv = |text: &'static [u8]| csv(text, &ColumnNames::default()).err();
        let Some(ReadError::MissingColumn { role, name, present }) = csv(b"question_id,reply\n") else {
            panic!("there is no answer column")
        };
        assert_eq!((role, name.as_str()), (Role::Answer, "answer"));
        assert_eq!(present, ["question_id", "reply"]);
        assert!(matches!(csv(b"\xff\xfeq\0"), Some(ReadError::NoText(NoText::Utf16))));
        assert!(matches!(csv(b"q\0u\0e\0"), Some(ReadError::NoText(NoText::Utf16))));
        assert!(matches!(csv(b"\n"), Some(ReadError::Empty)));
        let json = json(b"question_id,answer\n", &ColumnNames::default()).err();
        assert!(matches!(json, Some(ReadError::NoJsonLines(Problem::NoJson(_)))));
    }
}
