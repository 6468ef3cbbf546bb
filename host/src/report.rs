//! What `grade` writes: one module a format, all behind [`Report`].

mod csv;
mod html;
mod jsonl;
mod table;

use crate::batch::{Graded, Need};
use crate::terminal::count;
use rubrica_rows::{Dialect, Scores};
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Scores, one row an answer
    Csv,
    /// Whole evaluations, one object a line
    Jsonl,
    /// A page to read and to print, with the evidence marked
    Html,
    /// For the terminal, with the reasons in short
    Table,
}

impl Format {
    /// The format that a file name asks for.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    pub fn need(self) -> Need {
        match self {
            Self::Csv => Need::Summary,
            Self::Jsonl => Need::Json,
            Self::Html | Self::Table => Need::Evaluation,
        }
    }

    /// Starts a report; `columns` are those that pass through. A page ends with a summary in any case.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn begin<'w>(
        self,
        out: Box<dyn Write + 'w>,
        columns: &[String],
        has_summary: bool,
    ) -> io::Result<Box<dyn Report + 'w>> {
        Ok(match self {
            Self::Csv => Box::new(Scores::begin(out, columns, Dialect::COMMA)?),
            Self::Jsonl => Box::new(jsonl::Jsonl::begin(out, columns)),
            Self::Html => Box::new(html::Html::begin(out, columns)?),
            Self::Table => Box::new(table::Table::begin(out, has_summary)),
        })
    }
}

/// A report that is written while the rows arrive.
pub trait Report {
    fn row(&mut self, graded: &Graded) -> io::Result<()>;

    fn finish(&mut self, totals: &Totals) -> io::Result<()>;
}

/// What a batch came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    pub n_graded: usize,
    pub n_review: usize,
    /// Rows that could not be graded, by the code of their error.
    pub failed: BTreeMap<String, usize>,
    /// Sum of the scores in thousandths.
    score_thousandths: u64,
}

impl Totals {
    pub fn add(&mut self, graded: &Graded) {
        match &graded.result {
            Ok(mark) => {
                self.n_graded += 1;
                self.n_review += usize::from(mark.summary.review);
                self.score_thousandths += (mark.summary.score * 1000.0).round() as u64;
            }
            Err(error) => *self.failed.entry(error.code.clone()).or_default() += 1,
        }
    }

    /// One line for people, such as "2 answers graded, mean score 0.500, 0 for review; 1 row failed: 1 malformed-row".
    pub fn sentence(&self) -> String {
        let mut sentence = format!("{} graded", count(self.n_graded, "answer"));
        if self.n_graded > 0 {
            let mean = self.score_thousandths as f64 / 1000.0 / self.n_graded as f64;
            sentence += &format!(", mean score {mean:.3}, {} for review", self.n_review);
        }
        if !self.failed.is_empty() {
            let reasons: Vec<String> = self.failed.iter().map(|(code, n)| format!("{n} {code}")).collect();
            sentence += &format!("; {} failed: {}", count(self.failed.values().sum(), "row"), reasons.join(", "));
        }
        sentence
    }
}
