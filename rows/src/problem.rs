//! What keeps a row from being read.

use crate::{MAX_ANSWER_BYTES, RowError};
use std::fmt;

/// Why a row cannot be marked, known before the engine sees it. Its English is for the command, front ends in other
/// languages have words of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A row of CSV has more values than the header, or fewer.
    Miscount {
        n_values: usize,
        n_columns: usize,
    },
    /// The quote opened on this line is never closed.
    OpenQuote(u64),
    /// Nothing stands in a column that is needed.
    Lacks(String),
    /// What stands in this column is neither a text nor a number.
    OddValue(String),
    /// What the parser says of a line.
    NoJson(String),
    NoObject,
    /// A byte and its place in a column, or in the whole line where that is JSON.
    NotUtf8 {
        column: Option<String>,
        byte: u8,
        offset: usize,
    },
    /// The length of the answer in bytes.
    TooLong(usize),
}

impl Problem {
    /// Stable, as `docs/formats.md` lists them.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 { .. } => "not-utf-8",
            Self::TooLong(_) => "answer-too-long",
            _ => "malformed-row",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Miscount { n_values, n_columns } => {
                write!(f, "the row has {n_values} values, the header names {n_columns} columns")
            }
            Self::OpenQuote(line) => {
                write!(f, "the quote opened on line {line} is never closed, so the rest of the input is in this row")
            }
            Self::Lacks(column) => write!(f, "the row has no `{column}`"),
            Self::OddValue(column) => write!(f, "`{column}` is neither a text nor a number"),
            Self::NoJson(reason) => write!(f, "the line is no JSON: {reason}"),
            Self::NoObject => f.write_str("the line is no JSON object"),
            Self::NotUtf8 { column, byte, offset } => {
                let place =
                    column.as_ref().map_or_else(|| "the line".to_owned(), |column| format!("column `{column}`"));
                write!(f, "{place} is not UTF-8: byte 0x{byte:02X} at offset {offset}; save the file as UTF-8")
            }
            Self::TooLong(n_bytes) => {
                write!(f, "the answer has {:.1} MiB, the limit is {:.0} MiB", mib(*n_bytes), mib(MAX_ANSWER_BYTES))
            }
        }
    }
}

impl From<&Problem> for RowError {
    fn from(problem: &Problem) -> Self {
        Self::new(problem.code(), problem.to_string())
    }
}

/// Bytes in mebibytes.
pub fn mib(n_bytes: usize) -> f64 {
    n_bytes as f64 / f64::from(1 << 20)
}
