//! `rubrica grade`: many answers from a file into a file.

use super::input::InputArguments;
use super::{LimitArguments, Outcome, RubricArguments};
use crate::batch::Grader;
use crate::loading::{open_plugin, require_sound};
use crate::output::{self, AtomicFile};
use crate::refusal::Refusal;
use crate::report::{Format, Totals};
use crate::terminal::{DIM, WARN, count, excerpt, harmless};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rubrica_rows::{Cell, N_ROWS_FOR_COLUMNS, Row};
use std::collections::{BTreeSet, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

/// A line up to this long reaches standard output whole.
const N_BYTES_OF_LINE: usize = 1 << 20;

/// Grade a file of answers.
///
/// Every row that comes in comes out, in order: one that cannot be graded keeps its place with an error.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,

    #[command(flatten)]
    rubrics: RubricArguments,

    /// Write to this file instead of standard output; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Format of the output; by default that of the output file's ending, without a file a table
    #[arg(long, value_enum)]
    format: Option<Format>,

    /// Write the answers into CSV and JSON Lines, too, as the column `answer`
    #[arg(long)]
    with_answers: bool,

    /// Worker threads, each with a plugin instance, at most 256 [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,

    /// Show neither progress nor summary
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    limits: LimitArguments,
}

impl Arguments {
    /// The file to write to; `None` for standard output.
    fn output_file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    let format = output_format(arguments)?;
    if let Some(path) = arguments.output_file()
        && output::is_same_file(path, &arguments.input.answers)
    {
        return Err(Refusal::new(format!("`{}` is the input; it would be overwritten", path.display()))
            .help("give another file to --output"));
    }
    let progress = progress_bar(arguments);
    let rows = arguments.input.open(&progress, true)?;
    let library = arguments.rubrics.library()?;
    arguments.input.require_question(&library)?;
    if let Some(path) = arguments.output_file().filter(|path| library.holds(path)) {
        return Err(Refusal::new(format!("`{}` is one of the rubrics; it would be overwritten", path.display()))
            .help("give another file to --output"));
    }
    let plugin = open_plugin(plugin)?;
    let limits = arguments.limits.limits();
    require_sound(&plugin, limits, &library)?;
    let n_processors = thread::available_parallelism().map_or(1, NonZero::get);
    let grader = Grader {
        plugin: &plugin,
        library: &library,
        limits,
        need: format.need(),
        n_workers: arguments.jobs.map_or(n_processors, usize::from),
    };

    let (file, out) = open_output(arguments.output_file(), format)?;
    let mut totals = Totals::default();
    let has_answers = arguments.with_answers && matches!(format, Format::Csv | Format::Jsonl);
    let mut columns = rows.columns().to_vec();
    columns.extend(has_answers.then(|| free_name("answer", &columns)));
    let mut report = format.begin(out, &columns, !arguments.quiet)?;
    let mut late_columns = BTreeSet::new();
    let mut repeats = Repeats::default();
    grader.grade(rows, |mut graded| {
        totals.add(&graded);
        repeats.add(&graded.row);
        late_columns.extend(graded.row.more.keys().cloned());
        if has_answers {
            graded.row.columns.push(graded.row.answer.clone().map_or(Cell::Nothing, Cell::Text));
        }
        Ok(report.row(&graded)?)
    })?;
    report.finish(&totals)?;
    drop(report);
    file.map_or(Ok(()), AtomicFile::finish)?;
    progress.finish_and_clear();
    if format == Format::Csv && !late_columns.is_empty() {
        warn_of_late_columns(&late_columns);
    }
    if !arguments.quiet {
        // The table ends with the same sentence.
        if format != Format::Table || arguments.output_file().is_some() {
            anstream::eprintln!("{DIM}{}{DIM:#}", totals.sentence());
        }
        if totals.failed.contains_key("unknown-question") {
            anstream::eprintln!("help: {}", library.where_questions_are());
        }
        if totals.failed.contains_key("not-utf-8") {
            anstream::eprintln!("help: save the file as UTF-8, which Excel calls \"CSV UTF-8\"");
        }
        repeats.warn();
    }
    Ok(if totals.failed.is_empty() { Outcome::Done } else { Outcome::Failures })
}

/// Ids that more than one answer to the same question has: somebody answered twice, or two people share an id.
#[derive(Default)]
struct Repeats {
    /// Hashes of question and id: a million rows must not fill the memory.
    seen: HashSet<u64>,
    n_rows: usize,
    first: Option<String>,
}

impl Repeats {
    fn add(&mut self, row: &Row) {
        let mut hasher = DefaultHasher::new();
        (&row.question_id, &row.answer_id).hash(&mut hasher);
        if !row.answer_id.is_empty() && !self.seen.insert(hasher.finish()) {
            self.n_rows += 1;
            self.first.get_or_insert_with(|| row.answer_id.clone());
        }
    }

    fn warn(&self) {
        if let Some(first) = &self.first {
            anstream::eprintln!(
                "{WARN}warning:{WARN:#} {} with the id of an earlier answer to the same question, first `{}`\n\
                 help: see that no answer came twice, or tell them apart by their place",
                count(self.n_rows, "row"),
                excerpt(first, 40),
            );
        }
    }
}

/// The name, or where a column has it already, one that none has.
fn free_name(name: &str, columns: &[String]) -> String {
    let mut name = name.to_owned();
    while columns.contains(&name) {
        name.insert_str(0, "marked_");
    }
    name
}

/// CSV has its header before such a column is met.
fn warn_of_late_columns(columns: &BTreeSet<String>) {
    let listed: Vec<String> = columns.iter().take(10).map(|column| format!("`{}`", harmless(column))).collect();
    let more = if columns.len() > listed.len() { " and others" } else { "" };
    anstream::eprintln!(
        "{WARN}warning:{WARN:#} the output lacks {}{more}, first seen after row {N_ROWS_FOR_COLUMNS}\n\
         help: write --format jsonl, which keeps what each row has",
        listed.join(", ")
    );
}

fn output_format(arguments: &Arguments) -> Result<Format, Refusal> {
    match (arguments.format, arguments.output_file()) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Table),
        (None, Some(path)) if path.is_dir() => Err(Refusal::new(format!("`{}` is a folder", path.display()))
            .help("name a file in it, such as scores.csv, scores.jsonl or scores.html")),
        (None, Some(path)) => Format::of_file_name(&path.to_string_lossy()).ok_or_else(|| {
            Refusal::new(format!("the ending of `{}` names no format", path.display()))
                .help("end it in .csv, .jsonl or .html, or give --format")
        }),
    }
}

/// A bar over the bytes of the input, on a terminal that shows nothing else.
fn progress_bar(arguments: &Arguments) -> ProgressBar {
    let shares_terminal = arguments.output_file().is_none() && io::stdout().is_terminal();
    if arguments.quiet || shares_terminal || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let style = "{bar:30} {percent:>3} % of {total_bytes}, {eta} left";
    bar.set_style(ProgressStyle::with_template(style).expect("the template is well-formed"));
    bar
}

/// The stream to write to; for a file also what puts it into its place.
fn open_output(path: Option<&Path>, format: Format) -> Result<(Option<AtomicFile>, Box<dyn Write>), Refusal> {
    // Only the table has colours of its own; what the answers of the other formats contain is left as it is.
    let has_colours = format == Format::Table;
    let (file, out) = match path {
        Some(path) => {
            if output::is_device(path) {
                let device = File::options().write(true).open(path);
                (None, device.map_err(|error| Refusal::io("write", path, &error))?)
            } else {
                let (file, out) = AtomicFile::create(path)?;
                (Some(file), out)
            }
        }
        None if has_colours => return Ok((None, Box::new(BufWriter::new(anstream::AutoStream::auto(io::stdout()))))),
        None => {
            // Whole lines: what stands in a redirected file when somebody stops the command ends with a row.
            let lines = LineWriter::with_capacity(N_BYTES_OF_LINE, io::stdout());
            return Ok((None, Box::new(BufWriter::new(lines))));
        }
    };
    let out: Box<dyn Write> = if has_colours {
        Box::new(BufWriter::new(anstream::StripStream::new(out)))
    } else {
        Box::new(BufWriter::new(out))
    };
    Ok((file, out))
}
