//! A page of its own: every answer with its evidence marked. Fetches nothing, works from a file and on paper.

use super::{Report, Totals};
use crate::batch::{Graded, Mark};
use crate::markup::{self, Piece, Stance};
use crate::terminal::harmless;
use rubrica_core::wire::{Evaluation, State};
use rubrica_rows::points;
use std::io::{self, Write};

const HEAD: &str = include_str!("html/head.html");
const FOOT: &str = include_str!("html/foot.html");

pub struct Html<'w> {
    out: Box<dyn Write + 'w>,
    columns: Vec<String>,
}

impl<'w> Html<'w> {
    pub fn begin(mut out: Box<dyn Write + 'w>, columns: &[String]) -> io::Result<Self> {
        out.write_all(HEAD.as_bytes())?;
        Ok(Self { out, columns: columns.to_vec() })
    }
}

impl Report for Html<'_> {
    fn row(&mut self, graded: &Graded) -> io::Result<()> {
        let row = &graded.row;
        let (band, review) = match &graded.result {
            Ok(mark) => (mark.summary.band.as_str(), mark.summary.review),
            Err(_) => ("failed", false),
        };
        writeln!(self.out, "<article data-band=\"{}\" data-review=\"{review}\">", escape(band))?;
        writeln!(
            self.out,
            "<h2><span class=\"question\">{}</span> {}</h2>",
            escape(&row.question_id),
            escape(&row.name())
        )?;
        let others: Vec<String> = row
            .others(&self.columns)
            .map(|(name, value)| format!("{}: {}", escape(name), escape(&value.to_string())))
            .collect();
        if !others.is_empty() {
            writeln!(self.out, "<p class=\"columns\">{}</p>", others.join(" · "))?;
        }
        let answer = row.answer.as_deref().unwrap_or_default();
        match &graded.result {
            Ok(Mark { evaluation: Some(evaluation), .. }) => write_evaluation(&mut self.out, evaluation, answer)?,
            Ok(Mark { summary, .. }) => writeln!(self.out, "<p class=\"score\">{:.3}</p>", summary.score)?,
            Err(error) => {
                writeln!(self.out, "<p class=\"failed\"><strong>Failed:</strong> {}</p>", escape(&error.message))?;
                if let Ok(answer) = &row.answer {
                    write_answer(&mut self.out, &[], answer)?;
                }
            }
        }
        writeln!(self.out, "</article>")
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        writeln!(self.out, "</main>\n<footer><p>{}</p></footer>", escape(&totals.sentence()))?;
        self.out.write_all(FOOT.as_bytes())?;
        self.out.flush()
    }
}

fn write_evaluation(out: &mut impl Write, evaluation: &Evaluation, answer: &str) -> io::Result<()> {
    writeln!(
        out,
        "<p class=\"score\"><strong>{:.3}</strong> {} · {} of {} points · sureness {:.2}{}</p>",
        evaluation.score,
        escape(&evaluation.band),
        points(evaluation.points),
        points(evaluation.max_points),
        evaluation.sureness,
        if evaluation.review { " · <strong class=\"review\">review</strong>" } else { "" }
    )?;
    for reason in &evaluation.reasons {
        writeln!(out, "<p class=\"reason\">{}</p>", escape(&reason.text))?;
    }
    write_answer(out, &markup::marks(evaluation, answer), answer)?;
    writeln!(out, "<details><summary>Criteria</summary><ol class=\"criteria\">")?;
    for outcome in &evaluation.outcomes {
        let (class, state) = match outcome.state {
            State::Met => ("met", "met"),
            State::Partial => ("partial", "partly met"),
            State::Missed => ("missed", "missed"),
            State::Contradicted => ("contradicted", "contradicted"),
        };
        writeln!(
            out,
            "<li class=\"{class}\"><span class=\"state\">{state}</span> {} <span class=\"points\">{}/{}</span></li>",
            escape(&outcome.label),
            points(outcome.points),
            points(outcome.max_points)
        )?;
    }
    writeln!(out, "</ol>")?;
    if !evaluation.misconceptions.is_empty() {
        writeln!(out, "<h3>Misunderstood</h3><ol type=\"a\">")?;
        for misconception in &evaluation.misconceptions {
            let penalty = points(misconception.penalty);
            writeln!(out, "<li>{} <span class=\"points\">-{penalty}</span></li>", escape(&misconception.label))?;
        }
        writeln!(out, "</ol>")?;
    }
    if !evaluation.feedback.is_empty() {
        writeln!(out, "<h3>Feedback</h3><ul>")?;
        for message in &evaluation.feedback {
            writeln!(out, "<li>{}</li>", escape(&message.text))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</details>")
}

/// `mark` speaks for a criterion, `mark class="against"` contradicts one; the number is text, so that no colour is needed.
fn write_answer(out: &mut impl Write, marks: &[markup::Mark], answer: &str) -> io::Result<()> {
    if answer.trim().is_empty() {
        return writeln!(out, "<p class=\"reason\">(empty answer)</p>");
    }
    write!(out, "<blockquote>")?;
    for piece in markup::pieces(answer, marks) {
        match piece {
            Piece::Text(text) => write!(out, "{}", escape(text))?,
            Piece::Open(mark) => {
                let (class, sign) = match mark.stance {
                    Stance::For => ("", ""),
                    Stance::Against => (" class=\"against\"", "!"),
                };
                write!(out, "<mark{class}><sup>{sign}{}</sup>", escape(&mark.label))?;
            }
            Piece::Close => write!(out, "</mark>")?,
        }
    }
    writeln!(out, "</blockquote>")
}

/// Text for an element or a quoted attribute.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
