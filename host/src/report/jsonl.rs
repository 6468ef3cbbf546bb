//! Whole evaluations as JSON Lines.

use super::{Report, Totals};
use crate::batch::Graded;
use crate::rows::RowError;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub struct Jsonl<'w> {
    out: Box<dyn Write + 'w>,
    columns: Vec<String>,
}

impl<'w> Jsonl<'w> {
    pub fn begin(out: Box<dyn Write + 'w>, columns: &[String]) -> Self {
        Self { out, columns: columns.to_vec() }
    }
}

/// What a failed row says in place of an evaluation.
#[derive(Serialize)]
struct Failed<'a> {
    question_id: &'a str,
    error: &'a RowError,
}

impl Report for Jsonl<'_> {
    /// `answer_id` first, then the evaluation as the plugin wrote it, then the other columns of the input, if any.
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        let row = &graded.row;
        let failed;
        let object = match &graded.result {
            Ok(mark) => mark.json.as_str(),
            Err(error) => {
                failed = serde_json::to_string(&Failed { question_id: &row.question_id, error })?;
                &failed
            }
        };
        let inner = object.trim_end().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let inner = inner.expect("an evaluation is a JSON object, or it could not have been read");
        write!(self.out, "{{\"answer_id\":{},{inner}", serde_json::to_string(&row.answer_id)?)?;
        let columns: BTreeMap<&String, &Value> = row.others(&self.columns).collect();
        if !columns.is_empty() {
            write!(self.out, ",\"columns\":{}", serde_json::to_string(&columns)?)?;
        }
        writeln!(self.out, "}}")
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}
