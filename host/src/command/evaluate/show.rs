//! The report, for people and for programs.

use super::agreement::{Agreement, Figure};
use super::rated::{CriterionStatistics, Rated};
use crate::terminal::{BAD, BOLD, DIM, count, excerpt};
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
}

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
    write!(out, "{BOLD}{}{BOLD:#}", count(report.overall.n, "rated answer"))?;
    write!(out, " to {}", count(report.questions.len(), "question"))?;
    if let Some(how) = report.calibrated {
        write!(out, ", {how}")?;
    }
    writeln!(out)?;
    if report.n_left_out > 0 {
        writeln!(out, "{DIM}{} without a rating left out{DIM:#}", count(report.n_left_out, "row"))?;
    }
    if report.n_failed > 0 {
        writeln!(out, "{BAD}{} failed{BAD:#}", count(report.n_failed, "row"))?;
    }
    writeln!(out)?;
    for figure in &report.overall.figures {
        let Figure { name, value, interval } = figure;
        let value = value.map_or_else(|| "      –".to_owned(), |value| format!("{value:>7.3}"));
        let interval =
            interval.map_or_else(String::new, |interval| format!("{:.3} to {:.3}", interval.low, interval.high));
        writeln!(out, "{name:24} {value}  {DIM}{interval}{DIM:#}")?;
    }
    show_questions(out, report)?;
    show_criteria(out, report)?;
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
                excerpt(&answer.answer_id, 40),
                excerpt(&answer.answer, 100)
            )?;
        }
    }
    Ok(())
}

fn show_questions(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    if report.questions.len() < 2 {
        return Ok(());
    }
    let width = report.questions.iter().map(|(id, _)| id.chars().count()).max().unwrap_or_default();
    for idx in 0..report.overall.figures.len() {
        writeln!(out, "\n{BOLD}{} by question{BOLD:#}", report.overall.figures[idx].name)?;
        for (id, agreement) in &report.questions {
            let figure = &agreement.figures[idx];
            let value = figure.value.map_or_else(|| "      –".to_owned(), |value| format!("{value:>7.3}"));
            let interval = figure
                .interval
                .map_or_else(String::new, |interval| format!("{:.3} to {:.3}", interval.low, interval.high));
            writeln!(out, "{id:width$} {value}  {DIM}{interval:16} n = {}{DIM:#}", agreement.n)?;
        }
    }
    Ok(())
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
