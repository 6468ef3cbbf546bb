//! Options that say where the answers are and how to read them.

use crate::library::Library;
use crate::reading::no_text;
use crate::refusal::Refusal;
use crate::terminal::DIM;
use indicatif::ProgressBar;
use rubrica_rows::{ColumnNames, Format, ReadError, Role, Rows};
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

/// A file of answers.
#[derive(clap::Args)]
pub struct InputArguments {
    /// CSV with a header line, JSON Lines or a JSON array, by the file's ending or else its first character; `-` for
    /// standard input
    pub answers: PathBuf,

    /// Format of the input, where the file's ending says another
    #[arg(long, value_enum)]
    input_format: Option<InputFormat>,

    /// Character between the values of CSV [default: a comma, a semicolon or a tab, as the header line shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// Question of all rows, for a file without such a column
    #[arg(long, value_name = "ID", conflicts_with = "question_column")]
    question: Option<String>,

    /// Column with the question's id [default: question_id]
    #[arg(long, value_name = "NAME")]
    question_column: Option<String>,

    /// Column with the answer [default: answer, else text]
    #[arg(long, value_name = "NAME")]
    answer_column: Option<String>,

    /// Column with the answer's id [default: answer_id, else id, else the row's number]
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    Csv,
    #[value(alias = "ndjson")]
    Jsonl,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Csv => Self::Csv,
            InputFormat::Jsonl => Self::Json,
        }
    }
}

/// Reads a character that separates values.
pub fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"\\t" | b"tab" => Ok(b'\t'),
        [single] => Ok(*single),
        _ => Err("the delimiter is one ASCII character, or `tab`".to_owned()),
    }
}

impl InputArguments {
    /// Opens the answers; `progress` follows the bytes that are read. Where the answers themselves are not needed, the
    /// file may lack them.
    ///
    /// # Errors
    /// When the file cannot be read or lacks a column that is needed.
    pub fn open(&self, progress: &ProgressBar, needs_answers: bool) -> Result<Rows, Refusal> {
        let path = &self.answers;
        let is_stdin = path == Path::new("-");
        let format = self.input_format.map(Format::from).or_else(|| Format::of_name(&path.to_string_lossy()));
        let input: Box<dyn Read + Send> = if is_stdin {
            announce_input("answers, a header line first");
            Box::new(io::stdin())
        } else {
            let refusal = |error| Refusal::io("read", path, &error);
            let file = File::open(path).map_err(refusal)?;
            let metadata = file.metadata().map_err(refusal)?;
            if metadata.is_dir() {
                return Err(Refusal::new(format!("`{}` is a folder", path.display())).help("give one file of answers"));
            }
            progress.set_length(metadata.len());
            Box::new(file)
        };
        let input: Box<dyn Read + Send> = Box::new(progress.wrap_read(input));
        let names = ColumnNames {
            question: self.question_column.clone(),
            answer: self.answer_column.clone(),
            id: self.id_column.clone(),
            constant_question: self.question.clone(),
            answer_is_optional: !needs_answers,
        };
        let rows = Rows::open(input, format, self.delimiter, &names)?;
        if self.question.is_some() && rows.columns().iter().any(|column| column == "question_id") {
            return Err(Refusal::new("the input has a column `question_id`, which --question would override")
                .help("leave out --question, or rename the column"));
        }
        Ok(rows)
    }
}

impl InputArguments {
    /// Refuses a question of all rows that no rubric asks: each row would fail for the same reason.
    ///
    /// # Errors
    /// When `--question` names such a one.
    pub fn require_question(&self, library: &Library) -> Result<(), Refusal> {
        match &self.question {
            Some(id) if !library.has_question(&library.rubric_id(id)) => Err(library.unknown_question(id)),
            _ => Ok(()),
        }
    }
}

/// Says on a terminal that the command waits for what is typed there.
pub fn announce_input(what: &str) {
    if io::stdin().is_terminal() {
        anstream::eprintln!("{DIM}Write the {what}; end with Ctrl-D on a line of its own.{DIM:#}");
    }
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Io(error) => Self::new(format!("cannot read the input: {error}")),
            ReadError::NoText(what) => no_text("the input", what),
            ReadError::Empty => Self::new("the input is empty").help(
                "the first line of CSV names the columns, such as question_id,answer_id,answer; \
                 JSON Lines have one object with an answer a line",
            ),
            ReadError::NoJsonLines(reason) => {
                Self::new(format!("the input is not JSON Lines: {reason}")).help("name the format with --input-format")
            }
            ReadError::OpenQuote(line) => {
                let message =
                    format!("the quote opened on line {line}, among the names of the columns, is never closed");
                Self::new(message).help("close it, or double it where it is meant as a character")
            }
            ReadError::MissingColumn { role, name, present } => {
                let (what, way_out) = match role {
                    Role::Question => (
                        "question",
                        "name the column with --question-column, or give the question of all rows with --question",
                    ),
                    Role::Answer => ("answer", "name the column with --answer-column"),
                    Role::Id => ("id", "name the column with --id-column"),
                };
                missing_column("the input", what, &name, &present, way_out)
            }
            ReadError::DoubleColumn(name) => Self::new(format!("the input has several columns `{name}`"))
                .help("rename all but the one that is meant"),
        }
    }
}

/// Refuses an input without a column that is needed.
pub fn missing_column(input: &str, what: &str, name: &str, present: &[String], way_out: &str) -> Refusal {
    let listed = present.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
    let is_cut_wrongly = matches!(present, [single] if single.contains([';', '\t', '|']));
    Refusal::new(format!("{input} has no {what} column `{name}`; its columns are {listed}")).help(if is_cut_wrongly {
        "the values seem to be separated by another character: say which with --delimiter"
    } else {
        way_out
    })
}
