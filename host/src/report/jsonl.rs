//! Whole evaluations as JSON Lines.

use super::{Report, Totals};
use crate::batch::Graded;
use rubrica_rows::evaluation_line;
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

impl Report for Jsonl<'_> {
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        let result = graded.result.as_ref().map(|mark| mark.json.as_str());
        writeln!(self.out, "{}", evaluation_line(&graded.row, &self.columns, result))
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        self.out.flush()
    }
}
