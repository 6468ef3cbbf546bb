//! `rubrica explain`: one answer with its evidence marked, criterion by criterion.

use super::input::announce_input;
use super::{LimitArguments, Outcome, RubricArguments};
use crate::library::Library;
use crate::loading::{load, open_plugin};
use crate::markup::{self, Piece, Stance};
use crate::plugin::{self, Failure, Instance, Limits, NearMiss, Plugin};
use crate::reading::text_of;
use crate::refusal::Refusal;
use crate::terminal::{BAD, BOLD, DIM, GOOD, WARN, excerpt, harmless};
use rubrica_core::wire::{Evaluation, Evidence, Matcher, MisconceptionOutcome, Outcome as CriterionOutcome, State};
use rubrica_rows::points;
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Explain one answer: its evidence marked, every criterion with its points and why, and what is missing.
#[derive(clap::Args)]
pub struct Arguments {
    /// Id of the question; `rubrica questions` lists them
    question: String,

    /// The answer, or `-` for standard input; it may begin with a hyphen, as lists do
    #[arg(conflicts_with = "file", allow_hyphen_values = true)]
    answer: Option<String>,

    /// Read the answer from a file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// Show what came close to counting, and what kept it from that: for authors who wonder about a pattern
    #[arg(long)]
    why: bool,

    /// Print the evaluation as JSON
    #[arg(long, conflicts_with = "why")]
    json: bool,

    #[command(flatten)]
    rubrics: RubricArguments,

    #[command(flatten)]
    limits: LimitArguments,
}

pub fn run(arguments: &Arguments, plugin: Option<&Path>) -> Result<Outcome, Refusal> {
    let library = arguments.rubrics.library()?;
    let plugin = open_plugin(plugin)?;
    let id = library.rubric_id(&arguments.question);
    let (mut instance, prompt) = load_question(&id, arguments.limits.limits(), &plugin, &library)?;
    let answer = read_answer(arguments)?;
    let refusal = |failure: Failure| Refusal::new(failure.to_string()).help("see --deadline and --memory-limit");
    const LOADED: &str = "the question is among the loaded ones";
    let json = instance.evaluate_json(&id, &answer).map_err(refusal)?.expect(LOADED);
    let mut out = anstream::stdout().lock();
    if arguments.json {
        writeln!(out, "{json}")?;
        return Ok(Outcome::Done);
    }
    let evaluation: Evaluation = serde_json::from_str(&json)
        .map_err(|error| Refusal::new(format!("the plugin's evaluation cannot be read: {error}")))?;
    let near = match arguments.why {
        true => instance.near_misses(&id, &answer).map_err(refusal)?.expect(LOADED),
        false => Vec::new(),
    };
    show(&mut out, &prompt, &answer, &evaluation, &near)?;
    Ok(Outcome::Done)
}

/// An instance that knows the question, and the question's prompt. A broken rubric beside it is none of its business.
fn load_question(id: &str, limits: Limits, plugin: &Plugin, library: &Library) -> Result<(Instance, String), Refusal> {
    let mut instance = if library.has_question(id) {
        load(plugin, limits, &library.documents_of(&BTreeSet::from([id.to_owned()])))?
    } else {
        load(plugin, limits, library.documents())?
    };
    let questions = instance.questions().map_err(|failure| Refusal::new(failure.to_string()))?;
    match questions.iter().find(|question| question.id == id) {
        Some(question) => Ok((instance, question.prompt.clone())),
        None => Err(library.unknown_question(id)),
    }
}

fn read_answer(arguments: &Arguments) -> Result<String, Refusal> {
    let (bytes, origin) = match (&arguments.answer, &arguments.file) {
        (Some(answer), _) if answer != "-" => return Ok(answer.clone()),
        (_, Some(path)) => {
            (std::fs::read(path).map_err(|error| Refusal::io("read", path, &error))?, path.display().to_string())
        }
        _ => {
            let mut bytes = Vec::new();
            announce_input("answer");
            let refusal = |error| Refusal::io("read", Path::new("standard input"), &error);
            io::stdin().lock().read_to_end(&mut bytes).map_err(refusal)?;
            (bytes, "standard input".to_owned())
        }
    };
    text_of(bytes, &format!("the answer in `{origin}`"))
}

fn show(
    out: &mut impl Write,
    prompt: &str,
    answer: &str,
    evaluation: &Evaluation,
    near: &[NearMiss],
) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", harmless(prompt.trim()))?;
    writeln!(out, "{DIM}{}{DIM:#}\n", evaluation.question_id)?;
    writeln!(
        out,
        "{BOLD}Score {:.3}{BOLD:#} ({}), {} of {} points, sureness {:.2}",
        evaluation.score,
        evaluation.band,
        points(evaluation.points),
        points(evaluation.max_points),
        evaluation.sureness
    )?;
    if evaluation.review {
        writeln!(out, "{WARN}A person should look at this evaluation.{WARN:#}")?;
    }
    for reason in &evaluation.reasons {
        writeln!(out, "  {}", harmless(&reason.text))?;
    }
    show_answer(out, answer, evaluation)?;

    writeln!(out, "\n{BOLD}Criteria{BOLD:#}")?;
    let width = (evaluation.outcomes.len()).to_string().len();
    for (idx, outcome) in evaluation.outcomes.iter().enumerate() {
        show_outcome(out, &markup::criterion_label(idx), width, outcome, answer)?;
        for miss in near.iter().filter(|miss| miss.criterion == outcome.criterion) {
            let counts = outcome.evidence.iter().any(|evidence| evidence.term == miss.term);
            show_near_miss(out, miss, counts, answer)?;
        }
    }
    if !evaluation.misconceptions.is_empty() {
        writeln!(out, "\n{BOLD}Misunderstood{BOLD:#}")?;
        for (idx, misconception) in evaluation.misconceptions.iter().enumerate() {
            show_misconception(out, &markup::misconception_label(idx), misconception, answer)?;
        }
    }
    let is_criterion = |miss: &&NearMiss| evaluation.outcomes.iter().any(|outcome| outcome.criterion == miss.criterion);
    let (_, near_misconceptions): (Vec<&NearMiss>, Vec<&NearMiss>) = near.iter().partition(is_criterion);
    if !near_misconceptions.is_empty() {
        writeln!(out, "\n{BOLD}Nearly taken for a misconception{BOLD:#}")?;
    }
    for misses in near_misconceptions.chunk_by(|a, b| a.criterion == b.criterion) {
        writeln!(out, "  {}", harmless(&misses[0].criterion))?;
        misses.iter().try_for_each(|miss| show_near_miss(out, miss, false, answer))?;
    }
    if !evaluation.feedback.is_empty() {
        writeln!(out, "\n{BOLD}Feedback{BOLD:#}")?;
        for message in &evaluation.feedback {
            writeln!(out, "  - {}", harmless(&message.text))?;
        }
    }
    Ok(())
}

/// The answer with `[1 evidence]` and `[!2 contradictions]`, readable without colour.
fn show_answer(out: &mut impl Write, answer: &str, evaluation: &Evaluation) -> io::Result<()> {
    writeln!(out, "\n{BOLD}Answer{BOLD:#}")?;
    if answer.trim().is_empty() {
        return writeln!(out, "  {DIM}(empty){DIM:#}");
    }
    let marks = markup::marks(evaluation, answer);
    let mut open = Vec::new();
    let mut marked = String::new();
    for piece in markup::pieces(answer, &marks) {
        match piece {
            // Colours end with the line, so that an indented next line starts clean.
            Piece::Text(text) => marked.push_str(&match open.last() {
                Some(style) => harmless(text).replace('\n', &format!("{style:#}\n{style}")),
                None => harmless(text),
            }),
            Piece::Open(mark) => {
                let (style, sign) = match mark.stance {
                    Stance::For => (GOOD, ""),
                    Stance::Against => (BAD, "!"),
                };
                marked.push_str(&format!("{style}[{sign}{} ", mark.label));
                open.push(style);
            }
            Piece::Close => {
                let style = open.pop().expect("every mark is opened before it is closed");
                marked.push_str(&format!("]{style:#}"));
                if let Some(outer) = open.last() {
                    marked.push_str(&outer.to_string());
                }
            }
        }
    }
    for line in marked.lines() {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

fn show_outcome(
    out: &mut impl Write,
    label: &str,
    width: usize,
    outcome: &CriterionOutcome,
    answer: &str,
) -> io::Result<()> {
    let (style, state) = match outcome.state {
        State::Met => (GOOD, "met"),
        State::Partial => (WARN, "partial"),
        State::Missed => (DIM, "missed"),
        State::Contradicted => (BAD, "contradicted"),
    };
    let earned = format!("{}/{}", points(outcome.points), points(outcome.max_points));
    writeln!(out, "  {label:>width$}. {style}{state:<12}{style:#} {earned:>7}  {}", harmless(&outcome.label))?;
    show_evidence(out, GOOD, "", &outcome.evidence, answer)?;
    show_evidence(out, BAD, "but ", &outcome.against, answer)
}

fn show_misconception(
    out: &mut impl Write,
    label: &str,
    misconception: &MisconceptionOutcome,
    answer: &str,
) -> io::Result<()> {
    let penalty = if misconception.penalty > 0.0 { points(-misconception.penalty) } else { String::new() };
    writeln!(out, "  {label}. {penalty:>5}  {}", harmless(&misconception.label))?;
    show_evidence(out, BAD, "", &misconception.evidence, answer)
}

/// One line for every term; a term of several words may stand for several places.
fn show_evidence(
    out: &mut impl Write,
    style: anstyle::Style,
    prefix: &str,
    evidence: &[Evidence],
    answer: &str,
) -> io::Result<()> {
    for places in evidence.chunk_by(|a, b| a.matcher == b.matcher && a.term == b.term) {
        let quotes = quotes(answer, places.iter().map(|place| place.start..place.end), style);
        let term = excerpt(&places[0].term, 70);
        match places[0].matcher {
            Matcher::Statement => writeln!(out, "        {prefix}{quotes} {DIM}says: {term}{DIM:#}"),
            Matcher::Size => writeln!(out, "        {prefix}{style}the length{style:#} {DIM}is {term}{DIM:#}"),
            Matcher::Pattern | Matcher::Regex | Matcher::Number => {
                writeln!(out, "        {prefix}{quotes} {DIM}matches `{term}`{DIM:#}")
            }
        }?;
    }
    Ok(())
}

/// What nearly counted, or `counts` in part, and below it what kept it from more.
fn show_near_miss(out: &mut impl Write, miss: &NearMiss, counts: bool, answer: &str) -> io::Result<()> {
    let quotes = quotes(answer, miss.found.iter().map(|place| place.start..place.end), WARN);
    let term = excerpt(&miss.term, 70);
    match miss.matcher {
        plugin::Matcher::Statement => writeln!(out, "        {quotes} {DIM}nearly says: {term}{DIM:#}"),
        _ if counts => writeln!(out, "        {quotes} {DIM}counts in part{DIM:#}"),
        _ => writeln!(out, "        {quotes} {DIM}nearly matches `{term}`{DIM:#}"),
    }?;
    let missing: Vec<String> = miss.missing.iter().map(|part| format!("`{}`", excerpt(part, 70))).collect();
    let lacks = if missing.is_empty() { String::new() } else { format!(" ({})", missing.join(", ")) };
    writeln!(out, "          {}{lacks}", miss.obstacle.text)
}

/// Stretches of the answer, the same one once.
fn quotes(answer: &str, places: impl Iterator<Item = Range<u32>>, style: anstyle::Style) -> String {
    let mut places: Vec<Range<u32>> = places.collect();
    places.dedup();
    let quote = |place: &Range<u32>| {
        let quote = answer.get(place.start as usize..place.end as usize)?;
        Some(format!("{style}\"{}\"{style:#}", excerpt(quote, 70)))
    };
    places.iter().filter_map(quote).collect::<Vec<_>>().join(" … ")
}
