//! Tables of answers, in CSV or JSON, and tables of their scores: how the command and the app read and write them.
//!
//! No files: everything is read from a [`std::io::Read`] and written to a [`std::io::Write`]. **Reading a row never fails
//! for what is written in it**: a row that cannot be graded carries its [`Problem`] along, so that every row that comes
//! in comes out.

mod cell;
mod encoding;
mod format;
mod formula;
mod problem;
mod read;
pub mod records;
mod write;

pub use cell::{Cell, Object, object};
pub use encoding::{MARK, NoText, text_of};
pub use format::{Format, lines_of_array};
pub use problem::{Problem, mib};
pub use read::{ColumnNames, N_ROWS_FOR_COLUMNS, ReadError, Role, Rows};
pub use write::{Dialect, Scores, evaluation_line, points};

use serde::{Deserialize, Serialize};

/// Longest answer that is marked, in bytes.
pub const MAX_ANSWER_BYTES: usize = 16 << 20;

/// One answer to grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// 1-based.
    pub number: usize,
    pub question_id: String,
    /// From the file; where no row of it has one, the number of the row. Empty where this row has none, or it cannot be
    /// read: a number could be the id of another answer.
    pub answer_id: String,
    pub answer: Result<String, Problem>,
    /// Values of the other columns, in the order of [`Rows::columns`].
    pub columns: Vec<Cell>,
    /// What a row of JSON Lines has besides, since no row had it when the columns were settled.
    pub more: Object,
}

impl Row {
    /// What people find the answer by: its id, or where it has none its place.
    pub fn name(&self) -> String {
        if self.answer_id.is_empty() { format!("row {}", self.number) } else { self.answer_id.clone() }
    }

    /// The other columns that this row has, with their names; `columns` are those of [`Rows::columns`].
    pub fn others<'a>(&'a self, columns: &'a [String]) -> impl Iterator<Item = (&'a String, &'a Cell)> {
        columns.iter().zip(&self.columns).chain(&self.more).filter(|(_, cell)| **cell != Cell::Nothing)
    }
}

/// Why a row has no score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Stable, such as `unknown-question`.
    pub code: String,
    pub message: String,
}

impl RowError {
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }
}

/// The rubric's id for a question's id as a table may write it: where no rubric has just this name, that in kebab-case,
/// which is how drafts from tables are named.
pub fn rubric_id(question_id: &str, is_known: impl Fn(&str) -> bool) -> String {
    let kebab = rubrica_core::derive::rubric_id(question_id);
    if !is_known(question_id) && is_known(&kebab) { kebab } else { question_id.to_owned() }
}

/// What a line of the engine's bulk call says is wrong; `None` when it holds an evaluation or its summary.
///
/// # Errors
/// When the line is no JSON object.
pub fn error_in_reply(line: &str) -> serde_json::Result<Option<RowError>> {
    /// The one key that tells an error line.
    #[derive(Deserialize)]
    struct ErrorLine {
        error: Option<RowError>,
    }
    serde_json::from_str(line).map(|ErrorLine { error }| error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_found_by_its_id_in_kebab_case_unless_it_is_known_itself() {
        let known = |id: &str| ["q-1", "Q 2"].contains(&id);
        let ids = ["q-1", "Q 1", "Q 2", "Q 3"].map(|id| rubric_id(id, known));
        assert_eq!(ids, ["q-1", "q-1", "Q 2", "Q 3"]);
    }

    #[test]
    fn a_reply_tells_its_error_by_one_key() {
        let error = error_in_reply(r#"{"error":{"code":"unknown-question","message":"no rubric"}}"#);
        assert_eq!(error.expect("it is JSON"), Some(RowError::new("unknown-question", "no rubric")));
        assert_eq!(error_in_reply(r#"{"score":1.0}"#).expect("it is JSON"), None);
        assert!(error_in_reply("").is_err());
    }
}
