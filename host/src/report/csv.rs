//! Scores as CSV.

use super::{Report, Totals};
use crate::batch::Graded;
use rubrica_rows::Scores;
use std::io::{self, Write};

impl<W: Write> Report for Scores<W> {
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        self.row(&graded.row, graded.result.as_ref().map(|mark| &mark.summary))
    }

    fn finish(&mut self, _: &Totals) -> io::Result<()> {
        self.flush()
    }
}
