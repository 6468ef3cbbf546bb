//! The report, for people and for programs.

use super::agreement::{Agreement, Figure};
use super::rated::{CriterionStatistics, Rated};
use crate::terminal::{BAD, BOLD, DIM, count, excerpt};
use rubrica_core::analysis::Interval;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// Most answers of each list of disagreements.
const N_LISTED: usize = 10;
/// Differences below are noise even between people.
const DIFFERENCE: f64 = 0.1;

pub struct Report<'a> {
    pub overall: Agreement,
    pub questions: Vec<(&'a str, Agreement)>,
    pub answers: &'a [Rated],
    pub criteria: Vec<CriterionStatistics>,
    pub n_left_out: usize,
    pub n_failed: usize,
    /// Which calibration the scores went through.
    pub calibrated: Option<&'static str>,
    /// Whether the text has every figure of every question with its interval.
    pub has_details: bool,
}

/// Figures that fit side by side, a question a line, with their headings.
const IN_TABLE: &[(&str, &str)] = &[
    ("exact agreement", "exact"),
    ("accuracy", "accuracy"),
    ("macro F1", "macro F1"),
    ("Cohen's kappa", "kappa"),
    ("quadratic weighted kappa", "QWK"),
    ("Pearson", "Pearson"),
    ("mean absolute error", "MAE"),
    ("mean difference (SMD)", "SMD"),
];

impl Report<'_> {
    /// Answers whose score is above (or below) the rating, the farthest first.
    fn disagreements(&self, sign: f64) -> Vec<&Rated> {
        let excess = |answer: &Rated| sign * (answer.score - answer.rating);
        let mut answers: Vec<&Rated> = self.answers.iter().filter(|answer| excess(answer) >= DIFFERENCE).collect();
        answers.sort_by(|a, b| excess(b).total_cmp(&excess(a)));
        answers.truncate(N_LISTED);
        answers
    }
}

pub fn text(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    show_head(out, report)?;
    writeln!(out)?;
    for Figure { name, value, interval } in &report.overall.figures {
        writeln!(out, "{name:24} {}  {DIM}{}{DIM:#}", number(*value), shown_interval(interval.as_ref()))?;
    }
    show_disagreements(out, report)?;
    // With one question they are those above.
    if report.questions.len() > 1 {
        show_questions(out, report)?;
        if report.has_details {
            show_details(out, report)?;
        }
    }
    show_criteria(out, report)
}

fn show_head(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    write!(out, "{BOLD}{}{BOLD:#}", count(report.overall.n, "rated answer"))?;
    write!(out, " to {}", count(report.questions.len(), "question"))?;
    if let Some(how) = report.calibrated {
        write!(out, ", {how}")?;
    }
    let mean = |value: fn(&Rated) -> f64| report.answers.iter().map(value).sum::<f64>() / report.answers.len() as f64;
    let (score, rating) = (mean(|answer| answer.score), mean(|answer| answer.rating));
    writeln!(out, "\nmean score {score:.3}, mean rating {rating:.3}")?;
    if report.n_left_out > 0 {
        writeln!(out, "{DIM}{} without a rating left out{DIM:#}", count(report.n_left_out, "row"))?;
    }
    if report.n_failed > 0 {
        writeln!(out, "{BAD}{} failed{BAD:#}", count(report.n_failed, "row"))?;
    }
    Ok(())
}

fn show_disagreements(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    for (title, sign) in [("Too generous", 1.0), ("Too strict", -1.0)] {
        let answers = report.disagreements(sign);
        if !answers.is_empty() {
            writeln!(out, "\n{BOLD}{title}{BOLD:#} {DIM}(score, rating, question, answer){DIM:#}")?;
        }
        for answer in answers {
            writeln!(
                out,
                "{:.2}  {:.2}  {} {}: {}",
                answer.score,
                answer.rating,
                excerpt(&answer.question_id, 40),
                excerpt(&answer.name, 40),
                excerpt(&answer.answer, 100)
            )?;
        }
    }
    Ok(())
}

fn question_width(report: &Report<'_>) -> usize {
    report.questions.iter().map(|(id, _)| id.chars().count()).chain(["question".len()]).max().unwrap_or_default()
}

fn show_questions(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let width = question_width(report);
    let heading = |figure: &Figure| IN_TABLE.iter().find(|(name, _)| *name == figure.name).map(|(_, heading)| *heading);
    let headings: Vec<Option<&str>> = report.overall.figures.iter().map(heading).collect();
    let line: String = headings.iter().flatten().map(|heading| format!(" {heading:>8}")).collect();
    writeln!(out, "\n{BOLD}{:width$} {:>5}{line}{BOLD:#}", "question", "n")?;
    for (id, agreement) in &report.questions {
        let figures = agreement.figures.iter().zip(&headings).filter(|(_, heading)| heading.is_some());
        let line: String = figures.map(|(figure, _)| format!(" {:>8}", number(figure.value))).collect();
        writeln!(out, "{id:width$} {:>5}{line}", agreement.n)?;
    }
    if !report.has_details {
        writeln!(out, "{DIM}--details shows every figure of every question with its interval{DIM:#}")?;
    }
    Ok(())
}

fn show_details(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let width = question_width(report);
    for (idx, overall) in report.overall.figures.iter().enumerate() {
        writeln!(out, "\n{BOLD}{} by question{BOLD:#}", overall.name)?;
        for (id, agreement) in &report.questions {
            let Figure { value, interval, .. } = &agreement.figures[idx];
            let interval = shown_interval(interval.as_ref());
            writeln!(out, "{id:width$} {}  {DIM}{interval:16} n = {}{DIM:#}", number(*value), agreement.n)?;
        }
    }
    Ok(())
}

/// A figure, or a dash where the answers do not give it.
fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "      –".to_owned(), |value| format!("{value:>7.3}"))
}

fn shown_interval(interval: Option<&Interval>) -> String {
    interval.map_or_else(String::new, |interval| format!("{:.3} to {:.3}", interval.low, interval.high))
}

fn show_criteria(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    if report.criteria.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{BOLD}Criteria{BOLD:#} {DIM}(facility, discrimination){DIM:#}")?;
    for criterion in &report.criteria {
        let number = |value: Option<f64>| value.map_or_else(|| "    –".to_owned(), |value| format!("{value:>5.2}"));
        writeln!(
            out,
            "{}  {}  {}/{}",
            number(criterion.statistics.facility),
            number(criterion.statistics.discrimination),
            criterion.question_id,
            criterion.criterion
        )?;
    }
    Ok(())
}

/// JSON `rubrica-agreement/1`.
pub fn json(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let agreement = |agreement: &Agreement| {
        let figures: Map<String, Value> = agreement
            .figures
            .iter()
            .map(|figure| {
                let interval = figure.interval.map(|interval| [interval.low, interval.high]);
                (figure.name.to_owned(), json!({ "value": figure.value, "interval": interval }))
            })
            .collect();
        json!({ "n": agreement.n, "figures": figures })
    };
    let answers = |sign: f64| -> Vec<Value> {
        let answer = |answer: &&Rated| {
            json!({
                "question_id": answer.question_id, "answer_id": answer.answer_id,
                "score": answer.score, "rating": answer.rating, "answer": answer.answer,
            })
        };
        report.disagreements(sign).iter().map(answer).collect()
    };
    let questions: Map<String, Value> =
        report.questions.iter().map(|(id, figures)| ((*id).to_owned(), agreement(figures))).collect();
    let criteria: Vec<Value> = report
        .criteria
        .iter()
        .map(|criterion| {
            json!({
                "question_id": criterion.question_id, "criterion": criterion.criterion, "n": criterion.statistics.n,
                "facility": criterion.statistics.facility, "discrimination": criterion.statistics.discrimination,
            })
        })
        .collect();
    let report = json!({
        "format": "rubrica-agreement/1", "overall": agreement(&report.overall), "questions": questions,
        "criteria": criteria, "too_generous": answers(1.0), "too_strict": answers(-1.0),
        "left_out": report.n_left_out, "failed": report.n_failed, "calibrated": report.calibrated,
    });
    writeln!(out, "{report:#}")
}
