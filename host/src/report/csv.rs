//! Scores as CSV.

use super::{Report, Totals};
use crate::batch::Graded;
use crate::terminal::points;
use serde_json::Value;
use std::io::{self, Write};

const FIRST: [&str; 7] = ["question_id", "answer_id", "score", "points", "max_points", "band", "review"];
const LAST: &str = "error";

pub struct Csv<'w> {
    writer: csv::Writer<Box<dyn Write + 'w>>,
}

impl<'w> Csv<'w> {
    /// Columns of the input come after the scores.
    pub fn begin(out: Box<dyn Write + 'w>, columns: &[String]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        let others = columns.iter().map(|column| output_name(column, columns));
        writer.write_record(FIRST.into_iter().map(str::to_owned).chain(others).chain([LAST.to_owned()]))?;
        Ok(Self { writer })
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

impl Report for Csv<'_> {
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        let row = &graded.row;
        let (marks, error) = match &graded.result {
            Ok(mark) => {
                let summary = &mark.summary;
                let score = format!("{:.3}", summary.score);
                let (earned, possible) = (points(summary.points), points(summary.max_points));
                ([score, earned, possible, summary.band.clone(), summary.review.to_string()], String::new())
            }
            Err(error) => (Default::default(), format!("{}: {}", error.code, error.message)),
        };
        let ids = [row.question_id.clone(), row.answer_id.clone()];
        let others = row.columns.iter().map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        Ok(self.writer.write_record(ids.into_iter().chain(marks).chain(others).chain([error]))?)
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        self.writer.flush()
    }
}
