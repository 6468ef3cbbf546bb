//! A table for the terminal: one line an answer, the reasons in short below it.

use super::{Report, Totals};
use crate::batch::{Graded, Mark};
use crate::terminal::{BAD, BOLD, DIM, GOOD, WARN, excerpt};
use anstyle::Style;
use rubrica_core::wire::{Evaluation, Evidence, Outcome, State};
use std::io::{self, Write};

/// Rows that are looked at before the widths of the columns are settled.
const N_ROWS_FOR_WIDTHS: usize = 200;

/// Characters of an id that are shown at most.
const MAX_ID_CHARS: usize = 28;

const MAX_QUOTE_CHARS: usize = 56;

pub struct Table<'w> {
    out: Box<dyn Write + 'w>,
    /// Rows that wait for the widths; empty once these are settled.
    waiting: Vec<Shown>,
    widths: Option<Widths>,
    has_summary: bool,
}

#[derive(Clone, Copy)]
struct Widths {
    question: usize,
    answer: usize,
}

struct Shown {
    question: String,
    answer: String,
    /// Score, band and review, or what failed.
    verdict: String,
    reasons: Vec<String>,
}

impl<'w> Table<'w> {
    pub fn begin(out: Box<dyn Write + 'w>, has_summary: bool) -> Self {
        Self { out, waiting: Vec::new(), widths: None, has_summary }
    }

    /// Settles the widths and writes what waited for them.
    fn settle(&mut self) -> io::Result<()> {
        let width = |heading: &str, id: fn(&Shown) -> &str| {
            let widths = self.waiting.iter().map(|shown| id(shown).chars().count());
            widths.chain([heading.len()]).max().unwrap_or_default()
        };
        let widths = Widths {
            question: width("question", |shown| &shown.question),
            answer: width("answer", |shown| &shown.answer),
        };
        self.widths = Some(widths);
        writeln!(
            self.out,
            "{BOLD}{:w$}  {:a$}  score  band       review{BOLD:#}",
            "question",
            "answer",
            w = widths.question,
            a = widths.answer
        )?;
        for shown in std::mem::take(&mut self.waiting) {
            write_row(&mut self.out, widths, &shown)?;
        }
        Ok(())
    }
}

fn write_row(out: &mut impl Write, widths: Widths, shown: &Shown) -> io::Result<()> {
    let Widths { question, answer } = widths;
    writeln!(out, "{:question$}  {:answer$}  {}", shown.question, shown.answer, shown.verdict)?;
    shown.reasons.iter().try_for_each(|reason| writeln!(out, "    {reason}"))
}

impl Report for Table<'_> {
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        let answer = graded.row.answer.as_deref().unwrap_or_default();
        let (verdict, reasons) = match &graded.result {
            Ok(mark) => (verdict(mark), mark.evaluation.as_ref().map_or_else(Vec::new, |e| reasons(e, answer))),
            Err(error) => (format!("{BAD}    -  failed{BAD:#}"), vec![line(BAD, "!", &error.message)]),
        };
        let shown = Shown {
            question: excerpt(&graded.row.question_id, MAX_ID_CHARS),
            answer: excerpt(&graded.row.name(), MAX_ID_CHARS),
            verdict,
            reasons,
        };
        if let Some(widths) = self.widths {
            return write_row(&mut self.out, widths, &shown);
        }
        self.waiting.push(shown);
        if self.waiting.len() < N_ROWS_FOR_WIDTHS { Ok(()) } else { self.settle() }
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        if self.widths.is_none() {
            self.settle()?;
        }
        if self.has_summary {
            writeln!(self.out, "\n{BOLD}{}{BOLD:#}", totals.sentence())?;
            let legend = "+ earned, - missing, ! contradicted or misunderstood; -o FILE.html shows all of it";
            writeln!(self.out, "{DIM}{legend}{DIM:#}")?;
        }
        self.out.flush()
    }
}

fn verdict(mark: &Mark) -> String {
    let summary = &mark.summary;
    let style = match summary.score {
        score if score >= 0.65 => GOOD,
        score if score >= 0.35 => WARN,
        _ => BAD,
    };
    let score = format!("{style}{:.3}{style:#}", summary.score);
    if summary.review {
        format!("{score}  {:<9}  {WARN}review{WARN:#}", summary.band)
    } else {
        format!("{score}  {}", summary.band)
    }
}

/// What earned most, what is wrong, and what would earn most: at most one line each.
fn reasons(evaluation: &Evaluation, answer: &str) -> Vec<String> {
    let quote = |evidence: &[Evidence]| {
        let place = evidence.first().and_then(|place| answer.get(place.start as usize..place.end as usize));
        place.map_or_else(String::new, |place| format!(": \"{}\"", excerpt(place, MAX_QUOTE_CHARS)))
    };
    let outcomes = &evaluation.outcomes;
    let earned = first_largest(outcomes.iter().filter(|outcome| outcome.points > 0.0), |outcome| outcome.points);
    let missed = first_largest(outcomes.iter().filter(|outcome| outcome.state == State::Missed), |o| o.max_points);
    let contradicted = outcomes.iter().find(|outcome| outcome.state == State::Contradicted);
    let wrong = match evaluation.misconceptions.first() {
        Some(misconception) => Some((&misconception.label, quote(&misconception.evidence))),
        None => contradicted.map(|outcome| (&outcome.label, quote(&outcome.against))),
    };
    let mut reasons = Vec::new();
    reasons.extend(earned.map(|outcome| line(GOOD, "+", &format!("{}{}", outcome.label, quote(&outcome.evidence)))));
    reasons.extend(wrong.map(|(label, quote)| line(BAD, "!", &format!("{label}{quote}"))));
    reasons.extend(missed.map(|outcome| line(DIM, "-", &outcome.label)));
    reasons
}

fn line(style: Style, sign: &str, text: &str) -> String {
    format!("{style}{sign}{style:#} {}", excerpt(text, 140))
}

/// The first of the largest; `Iterator::max_by` gives the last.
fn first_largest<'a>(
    outcomes: impl Iterator<Item = &'a Outcome>,
    size: impl Fn(&Outcome) -> f64,
) -> Option<&'a Outcome> {
    outcomes.reduce(|best, outcome| if size(outcome) > size(best) { outcome } else { best })
}
