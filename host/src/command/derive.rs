//! `rubrica derive`: drafts of rubrics from documents and from tables of reference answers.

mod table;

use super::Outcome;
use super::input::delimiter;
use crate::library::Library;
use crate::output::write_file;
use crate::reading::read_text;
use crate::refusal::Refusal;
use crate::terminal::{BOLD, DIM, GOOD, WARN, count, excerpt};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rubrica_core::Document;
use rubrica_core::derive::{Draft, DraftMark, Note, TableRow, derive_documents, derive_table};
use rubrica_rows::Format;
use std::collections::BTreeSet;
use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use table::{Columns, Tables};

/// Draft rubrics from Markdown documents, or from tables of questions with reference answers.
///
/// Every heading that asks something becomes a rubric; documents that ask the same give one. A table is CSV, JSON
/// Lines or a JSON array with question_id, question and reference_answer; further reference answers of a question stand
/// in reference_answer_2 and so on, or in rows of their own. What needs the author's eye is listed. A rubric that has
/// been edited since it was drafted is never overwritten without --force.
#[derive(clap::Args)]
pub struct Arguments {
    /// Markdown documents (.md, .markdown, .txt) or tables (.csv, .tsv, .jsonl)
    #[arg(required = true)]
    files: Vec<PathBuf>,

    /// Folder for the drafts, one file a question
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Show what the documents say differently, for each rubric that is replaced or, once edited, kept
    #[arg(long)]
    update: bool,

    /// Overwrite rubrics that have been edited
    #[arg(long)]
    force: bool,

    /// Copy the lexicon inside the command beside the drafts
    #[arg(long)]
    with_lexicon: bool,

    /// Column of a table with the text of the question
    #[arg(long, value_name = "NAME", default_value = "question")]
    question_column: String,

    /// Column of a table with the question's id
    #[arg(long, value_name = "NAME", default_value = "question_id")]
    id_column: String,

    /// Column of a table with the reference answers [default: reference_answers, reference_answer and numbered ones]
    #[arg(long, value_name = "NAME")]
    reference_column: Option<String>,

    /// Character between the values of CSV [default: a comma, a semicolon or a tab, as the header line shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// Show neither progress nor notes
    #[arg(short, long)]
    quiet: bool,
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    if plugin.is_some() {
        return Err(Refusal::new("deriving scores no answers, so no plugin takes part").help("leave out --plugin"));
    }
    let (documents, rows) = read(arguments)?;
    let progress = progress_bar(arguments.quiet);
    let mut advance = |done: usize, all: usize| {
        progress.set_length(all as u64);
        progress.set_position(done as u64);
    };
    let derived = derive_documents(&documents, &mut advance);
    let (mut drafts, mut notes) = (derived.drafts, derived.notes);
    let (of_table, of_table_notes) = derive_table(&rows, &mut advance);
    progress.finish_and_clear();
    let taken: BTreeSet<&String> = drafts.iter().map(|draft| &draft.rubric.id).collect();
    if let Some(twice) = of_table.iter().find(|draft| taken.contains(&draft.rubric.id)) {
        return Err(Refusal::new(format!("a document and a table both give the rubric `{}`", twice.rubric.id))
            .help("derive them into different folders"));
    }
    drafts.extend(of_table);
    notes.extend(of_table_notes);

    let mut out = anstream::stdout().lock();
    if !arguments.quiet {
        show_notes(&notes, &mut out)?;
    }
    let n_questions = derived.questions.len() + rows.len();
    if n_questions == 0 {
        return Err(Refusal::new("there is no question in these documents").help(
            "a heading that asks something, compares two things or names a term becomes a question; the text below it \
             is its answer",
        ));
    }
    fs::create_dir_all(&arguments.output).map_err(|error| Refusal::io("write", &arguments.output, &error))?;
    let mut totals = Totals::default();
    for draft in &drafts {
        place(draft, arguments, &mut totals, &mut out)?;
    }
    if arguments.with_lexicon {
        copy_lexicon(&arguments.output)?;
    }
    if arguments.update {
        show_abandoned(&arguments.output, &drafts, &mut out)?;
    }
    writeln!(out, "{}: {}", count(n_questions, "question"), totals.sentence())?;
    Ok(Outcome::Done)
}

/// The documents and the rows of the tables, or all that is wrong with them.
fn read(arguments: &Arguments) -> Result<(Vec<Document>, Vec<TableRow>), Refusal> {
    let columns = Columns {
        id: &arguments.id_column,
        question: &arguments.question_column,
        reference: arguments.reference_column.as_deref(),
    };
    let mut tables = Tables::new(columns, arguments.delimiter);
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for (path, name) in named(&arguments.files)? {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let is_document = matches!(ending.as_deref(), Some("md" | "markdown" | "txt"));
        let format = Format::of_name(&path.to_string_lossy());
        match (format, read_text(path)) {
            (None, _) if !is_document => {
                problems.push(Refusal::new(format!("the ending of `{}` names no format", path.display())).help(
                    "documents end in .md or .txt, tables in .csv, .tsv, .json or .jsonl; save a workbook as CSV",
                ))
            }
            (None, Ok(text)) => documents.push(Document { name, text }),
            (Some(format), Ok(text)) => tables.add(&text, format, path, &name),
            (_, Err(refusal)) => problems.push(refusal),
        }
    }
    let rows = tables.rows().unwrap_or_else(|of_tables| {
        problems.extend(of_tables);
        Vec::new()
    });
    Refusal::of_all(problems).map_or(Ok((documents, rows)), Err)
}

/// What became of the drafts.
#[derive(Default)]
struct Totals {
    n_new: usize,
    n_replaced: usize,
    n_unchanged: usize,
    n_kept: usize,
}

impl Totals {
    fn sentence(&self) -> String {
        let mut parts = vec![count(self.n_new, "new draft")];
        for (n, what) in
            [(self.n_replaced, "replaced"), (self.n_unchanged, "unchanged"), (self.n_kept, "edited and kept")]
        {
            if n > 0 {
                parts.push(format!("{n} {what}"));
            }
        }
        parts.join(", ")
    }
}

/// Puts a draft into its place, unless its author has been there.
fn place(draft: &Draft, arguments: &Arguments, totals: &mut Totals, out: &mut impl Write) -> Result<(), Refusal> {
    let path = arguments.output.join(format!("{}.toml", draft.rubric.id));
    let text = draft.to_toml();
    let before = match fs::read_to_string(&path) {
        Ok(before) => before,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            totals.n_new += 1;
            if arguments.update {
                writeln!(
                    out,
                    "{BOLD}{}{BOLD:#}\n  a new question: {}",
                    path.display(),
                    excerpt(&draft.rubric.prompt, 160)
                )?;
            }
            return write_file(&path, &text);
        }
        Err(error) => return Err(Refusal::io("read", &path, &error)),
    };
    if before == text {
        totals.n_unchanged += 1;
        return Ok(());
    }
    let mark = DraftMark::read(&before);
    let edited = mark.as_ref().is_none_or(|mark| mark.is_edited(&before));
    if arguments.update {
        writeln!(out, "{BOLD}{}{BOLD:#}", path.display())?;
        match &mark {
            Some(mark) => {
                let changes = mark.changes(draft);
                if mark.is_of(draft) {
                    writeln!(out, "  the documents say the same")?;
                } else if changes.is_empty() {
                    writeln!(out, "  the documents say the same; lines or the question's wording moved")?;
                }
                for change in changes {
                    writeln!(out, "  {}", excerpt(&change.to_string(), 160))?;
                }
            }
            None => writeln!(out, "  not drafted by this command: there is nothing to compare with")?,
        }
    }
    if edited && !arguments.force {
        totals.n_kept += 1;
        writeln!(out, "{WARN}kept{WARN:#} {}: it has been edited; --force overwrites it", path.display())?;
        return Ok(());
    }
    if edited {
        writeln!(out, "{WARN}overwritten{WARN:#} {}: it had been edited", path.display())?;
    }
    totals.n_replaced += 1;
    write_file(&path, &text)
}

/// Concepts the drafts can be matched through; files that are there already stay.
fn copy_lexicon(folder: &Path) -> Result<(), Refusal> {
    let lexicon = folder.join("lexicon");
    for document in Library::embedded().lexicon() {
        let name = Path::new(&document.name).file_name().expect("an embedded document has a name");
        let path = lexicon.join(name);
        if !path.exists() {
            write_file(&path, &document.text)?;
        }
    }
    Ok(())
}

/// Drafts of the folder whose question is no longer in the documents.
fn show_abandoned(folder: &Path, drafts: &[Draft], out: &mut impl Write) -> Result<(), Refusal> {
    let names: BTreeSet<String> = drafts.iter().map(|draft| format!("{}.toml", draft.rubric.id)).collect();
    let refusal = |error| Refusal::io("read", folder, &error);
    let mut abandoned = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(refusal)? {
        let path = entry.map_err(refusal)?.path();
        let named = path.file_name().is_some_and(|name| names.contains(name.to_string_lossy().as_ref()));
        if path.is_file() && !named && fs::read_to_string(&path).is_ok_and(|text| DraftMark::read(&text).is_some()) {
            abandoned.insert(path);
        }
    }
    for path in abandoned {
        writeln!(out, "{BOLD}{}{BOLD:#}\n  its question is not in these documents", path.display())?;
    }
    Ok(())
}

fn show_notes(notes: &[Note], out: &mut impl Write) -> std::io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}To look at{BOLD:#}")?;
    for note in notes {
        let line = note.line.map_or_else(String::new, |line| format!(":{line}"));
        writeln!(
            out,
            "{DIM}{}{line}:{DIM:#} {GOOD}{}{GOOD:#} {}",
            excerpt(&note.document, 80),
            note.kind.name(),
            excerpt(&note.message, 160)
        )?;
    }
    writeln!(out)
}

/// The files, each once, with the names that drafts and notes give them: the shortest ends of their paths that tell them
/// apart, so that a name does not depend on where this machine keeps the files.
fn named(paths: &[PathBuf]) -> Result<Vec<(&PathBuf, String)>, Refusal> {
    let mut files: Vec<(&PathBuf, PathBuf)> = Vec::new();
    let mut known = BTreeSet::new();
    for path in paths {
        let refusal = |error| Refusal::io("read", path, &error);
        if known.insert(fs::canonicalize(path).map_err(refusal)?) {
            files.push((path, std::path::absolute(path).map_err(refusal)?));
        }
    }
    let name = |path: &Path| {
        let mut ends = path.ancestors().skip(1).map(|above| path.strip_prefix(above).expect("it is above"));
        let is_only = |end: &&Path| files.iter().filter(|(_, other)| other.ends_with(end)).count() == 1;
        ends.find(is_only).unwrap_or(path).to_string_lossy().replace('\\', "/")
    };
    Ok(files.iter().map(|(given, path)| (*given, name(path))).collect())
}

/// A bar over the questions, on a terminal.
fn progress_bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(
        ProgressStyle::with_template("{bar:30} {pos} of {len} questions").expect("the template is well-formed"),
    );
    bar
}
