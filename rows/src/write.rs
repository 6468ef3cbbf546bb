//! What became of the rows: scores as CSV, evaluations as JSON Lines.

use crate::formula::guarded;
use crate::{Cell, Row, RowError};
use rubrica_core::wire::Summary;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

const FIRST: [&str; 7] = ["question_id", "answer_id", "score", "points", "max_points", "band", "review"];
const LAST: &str = "error";

/// How CSV is written: what stands between its values, and in its numbers before their decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    name: &'static str,
    delimiter: u8,
    decimal_sign: char,
}

impl Dialect {
    /// What programs read, and Excel in English.
    pub const COMMA: Self = Self { name: "comma", delimiter: b',', decimal_sign: '.' };
    /// Of the languages with a decimal comma, such as German: Excel takes a whole line with commas for one value there.
    pub const SEMICOLON: Self = Self { name: "semicolon", delimiter: b';', decimal_sign: ',' };
    /// Of those between them, such as German in Switzerland.
    pub const SEMICOLON_POINT: Self = Self { name: "semicolon-point", delimiter: b';', decimal_sign: '.' };
    pub const ALL: [Self; 3] = [Self::COMMA, Self::SEMICOLON, Self::SEMICOLON_POINT];

    /// Stable: settings are kept by it.
    pub fn name(self) -> &'static str {
        self.name
    }

    fn number(self, number: &str) -> String {
        number.replace('.', self.decimal_sign.encode_utf8(&mut [0; 4]))
    }

    /// As a table of texts shows it. What was a text stays one, also where a number is written in it.
    fn cell(self, cell: &Cell) -> String {
        match cell {
            Cell::Json(json) if json.parse::<f64>().is_ok() => self.number(json),
            _ => cell.to_string(),
        }
    }
}

/// Writes scores as CSV, one row an answer. No value is a formula to a spreadsheet program.
pub struct Scores<W: Write> {
    writer: csv::Writer<W>,
    dialect: Dialect,
}

impl<W: Write> Scores<W> {
    /// Writes the header. Columns of the input come after the scores.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn begin(out: W, columns: &[String], dialect: Dialect) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new().delimiter(dialect.delimiter).from_writer(out);
        let others = columns.iter().map(|column| output_name(column, columns));
        let header = FIRST.into_iter().map(str::to_owned).chain(others).chain([LAST.to_owned()]);
        writer.write_record(header.map(guarded)).map_err(plain)?;
        Ok(Self { writer, dialect })
    }

    /// # Errors
    /// When nothing can be written.
    pub fn row(&mut self, row: &Row, result: Result<&Summary, &RowError>) -> io::Result<()> {
        let (marks, error) = match result {
            Ok(summary) => {
                let numbers = [format!("{:.3}", summary.score), points(summary.points), points(summary.max_points)];
                let [score, earned, possible] = numbers.map(|number| self.dialect.number(&number));
                ([score, earned, possible, summary.band.clone(), summary.review.to_string()], String::new())
            }
            Err(error) => (Default::default(), format!("{}: {}", error.code, error.message)),
        };
        let ids = [row.question_id.clone(), row.answer_id.clone()];
        let others = row.columns.iter().map(|cell| self.dialect.cell(cell));
        let values = ids.into_iter().chain(marks).chain(others).chain([error]);
        self.writer.write_record(values.map(guarded)).map_err(plain)
    }

    /// # Errors
    /// When nothing can be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The error as it came, of its own kind: a reader that went away is told from a full disk by it.
fn plain(error: csv::Error) -> io::Error {
    let message = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(message),
    }
}

/// The name of a passed-through column. One that bears the name of an output column gets `input_` before it, until nothing
/// else is called so: two columns of one name would hide each other in most readers.
fn output_name(column: &str, columns: &[String]) -> String {
    let is_output = |name: &str| FIRST.contains(&name) || name == LAST;
    let mut name = column.to_owned();
    while is_output(&name) || name != column && columns.contains(&name) {
        name.insert_str(0, "input_");
    }
    name
}

/// A line of JSON Lines without its end: `answer_id` first, null where the row has none, then the evaluation as the engine
/// wrote it, or the error with the number of the row, then the other columns of the input, if any.
///
/// # Panics
/// If the evaluation is no JSON object.
pub fn evaluation_line(row: &Row, columns: &[String], result: Result<&str, &RowError>) -> String {
    /// What a failed row says in place of an evaluation.
    #[derive(Serialize)]
    struct Failed<'a> {
        question_id: &'a str,
        error: PlacedError<'a>,
    }
    #[derive(Serialize)]
    struct PlacedError<'a> {
        #[serde(flatten)]
        error: &'a RowError,
        row: usize,
    }
    let failed = |error| Failed { question_id: &row.question_id, error: PlacedError { error, row: row.number } };
    let object = result.map_or_else(|error| json(&failed(error)), str::to_owned);
    let inner = object.trim_end().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let inner = inner.expect("an evaluation is a JSON object, or it could not have been read");
    let others: BTreeMap<&String, &Cell> = row.others(columns).collect();
    let columns = if others.is_empty() { String::new() } else { format!(",\"columns\":{}", json(&others)) };
    let answer_id = Some(&row.answer_id).filter(|id| !id.is_empty());
    format!("{{\"answer_id\":{},{inner}{columns}}}", json(&answer_id))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data with texts as keys can be written")
}

/// A number of points without needless zeros: `2`, `1.5`, `0.333`.
pub fn points(points: f64) -> String {
    let text = format!("{points:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ColumnNames, Rows};
    use serde_json::{Value, json};

    fn row(columns: &[Value]) -> Row {
        Row {
            number: 3,
            question_id: "q".to_owned(),
            answer_id: "7".to_owned(),
            answer: Ok("an answer".to_owned()),
            columns: columns.iter().cloned().map(Cell::from).collect(),
            more: [("late".to_owned(), json!(true).into())].into(),
        }
    }

    /// The table of a row that has a score, and then has none.
    fn written(dialect: Dialect, columns: &[String], row: &Row) -> String {
        let mut out = Vec::new();
        let mut scores = Scores::begin(&mut out, columns, dialect).expect("memory can be written");
        scores.row(row, Ok(&summary())).expect("memory can be written");
        scores.row(row, Err(&RowError::new("malformed-row", "no text"))).expect("memory can be written");
        scores.flush().expect("memory can be written");
        drop(scores);
        String::from_utf8(out).expect("it is made of texts")
    }

    fn summary() -> Summary {
        let reply = r#"{"question_id":"q","score":0.75,"points":1.5,"max_points":2.0,"band":"good","sureness":0.5,"review":false}"#;
        serde_json::from_str(reply).expect("it has all keys")
    }

    #[test]
    fn scores_are_a_table_with_the_columns_of_the_input() {
        let columns = ["note", "score", "input_score", "error"].map(str::to_owned);
        let row = row(&[json!("a, b"), json!(3), Value::Null, json!([1])]);
        assert_eq!(
            written(Dialect::COMMA, &columns, &row),
            "question_id,answer_id,score,points,max_points,band,review,\
             note,input_input_score,input_score,input_error,error\n\
             q,7,0.750,1.5,2,good,false,\"a, b\",3,,[1],\n\
             q,7,,,,,,\"a, b\",3,,[1],malformed-row: no text\n"
        );
    }

    #[test]
    fn no_value_is_a_formula_and_each_comes_back_as_it_was() {
        let columns = ["answer", "@note"].map(str::to_owned);
        let mut out = Vec::new();
        let mut scores = Scores::begin(&mut out, &columns, Dialect::COMMA).expect("memory can be written");
        let row = Row { answer_id: "=7".to_owned(), ..row(&[json!("- too small"), json!("-5")]) };
        scores.row(&row, Ok(&summary())).expect("memory can be written");
        drop(scores);
        let text = String::from_utf8(out.clone()).expect("it is made of texts");
        let expected = "review,answer,'@note,error\nq,'=7,0.750,1.5,2,good,false,'- too small,-5,\n";
        assert!(text.ends_with(expected), "{text}");
        let names = ColumnNames::default();
        let mut rows = Rows::open(Box::new(io::Cursor::new(out)), None, None, &names).expect("it has all columns");
        assert!(rows.columns().contains(&columns[1]));
        let back = rows.next_row().expect("memory can be read").expect("there is a row");
        assert_eq!((back.answer_id, back.answer), (row.answer_id, Ok("- too small".to_owned())));
    }

    #[test]
    fn numbers_have_the_decimal_sign_of_the_dialect_and_texts_stay_as_they_are() {
        let columns = ["note", "rated_points", "grade", "list"].map(str::to_owned);
        let row = row(&[json!("a; b"), json!(2.5), json!("1.3"), json!([1.5])]);
        let with = |dialect| written(dialect, &columns, &row).lines().nth(1).map(str::to_owned);
        assert_eq!(with(Dialect::SEMICOLON).as_deref(), Some("q;7;0,750;1,5;2;good;false;\"a; b\";2,5;1.3;[1.5];"));
        assert_eq!(
            with(Dialect::SEMICOLON_POINT).as_deref(),
            Some("q;7;0.750;1.5;2;good;false;\"a; b\";2.5;1.3;[1.5];")
        );
    }

    #[test]
    fn an_error_of_writing_keeps_its_kind() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut scores = Scores::begin(Gone, &[], Dialect::COMMA).expect("the header fits into memory");
        let written = (0..10_000).try_for_each(|_| scores.row(&row(&[]), Ok(&summary())));
        assert_eq!(written.map_err(|error| error.kind()), Err(io::ErrorKind::BrokenPipe));
    }

    #[test]
    fn evaluations_keep_their_bytes() {
        let columns = ["note".to_owned()];
        let line = evaluation_line(&row(&[Value::Null]), &[], Ok("{\"format\":\"f\", \"score\":1.0}\n"));
        assert_eq!(line, r#"{"answer_id":"7","format":"f", "score":1.0,"columns":{"late":true}}"#);
        let line = evaluation_line(&row(&[json!("n")]), &columns, Err(&RowError::new("trap", "it fell")));
        assert_eq!(
            line,
            r#"{"answer_id":"7","question_id":"q","error":{"code":"trap","message":"it fell","row":3},"columns":{"late":true,"note":"n"}}"#
        );
        let nameless = Row { answer_id: String::new(), ..row(&[]) };
        let line = evaluation_line(&nameless, &[], Ok(r#"{"format":"f"}"#));
        assert_eq!(line, r#"{"answer_id":null,"format":"f","columns":{"late":true}}"#);
    }
}
