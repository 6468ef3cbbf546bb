//! Tables, in the terminal and as a document.

use rubrica_core::SCORING_VERSION;
use std::fmt::Write;

/// One table under a heading.
pub struct Section {
    pub title: &'static str,
    pub text: String,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<String>>,
}

const OPENING: &str = "\
# Quality in figures

Written by `cargo run --release -p rubrica-tests --bin figures`. The independent answers and those spoilt by script are
part of the repository; the others are not ([CONTRIBUTING.md](../CONTRIBUTING.md#measuring) says where they are looked
for), so their figures cannot be checked without them. The tests hold those that matter above floors. \"Aim\" is what
the project set out to reach.
";

/// Three digits; a dash where the answers give no figure.
pub fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

/// Joins the rows of sections with one title and header; the text is that of the first. A table that several sets add to
/// stands behind those of one set.
pub fn joined(sections: Vec<Section>) -> Vec<Section> {
    let mut joined: Vec<Section> = Vec::new();
    for mut section in sections {
        if let Some(idx) = joined.iter().position(|it| it.title == section.title && it.header == section.header) {
            let before = joined.remove(idx);
            section = Section { rows: [before.rows, section.rows].concat(), ..before };
        }
        joined.push(section);
    }
    joined
}

/// The whole file.
pub fn document(sections: &[Section]) -> String {
    let mut out = format!("{OPENING}Scores are those of scoring version {SCORING_VERSION}.\n");
    for section in sections {
        write!(out, "\n## {}\n\n{}\n\n{}", section.title, section.text.trim(), table(section)).expect(TAKES);
    }
    out
}

/// The tables alone.
pub fn tables(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        write!(out, "\n{}\n\n{}", section.title, table(section)).expect(TAKES);
    }
    out
}

const TAKES: &str = "a string takes everything";

/// Markdown, padded so that it reads as text too: words to the left, numbers to the right.
fn table(section: &Section) -> String {
    let rows: Vec<Vec<&str>> = std::iter::once(section.header.clone())
        .chain(section.rows.iter().map(|row| row.iter().map(String::as_str).collect()))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3);
    let widths: Vec<usize> = (0..section.header.len()).map(width).collect();
    let is_number = |column: usize| rows[1..].iter().all(|row| row[column].starts_with(|c: char| !c.is_alphabetic()));
    let mut out = String::new();
    for (row_idx, row) in rows.iter().enumerate() {
        for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
            let written =
                if is_number(column) { write!(out, "| {cell:>width$} ") } else { write!(out, "| {cell:<width$} ") };
            written.expect(TAKES);
        }
        out += "|\n";
        if row_idx == 0 {
            for (column, &width) in widths.iter().enumerate() {
                let rule = "-".repeat(width - usize::from(is_number(column)));
                write!(out, "| {rule}{} ", if is_number(column) { ":" } else { "" }).expect(TAKES);
            }
            out += "|\n";
        }
    }
    out
}
