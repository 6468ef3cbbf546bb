//! Tables: each cell as a statement about the subject of its column or row.

use std::collections::BTreeSet;

use super::lists::List;
use super::outline::Inline;
use super::points::{Point, lower_first, split_at_commas};
use super::subjects::Subjects;
use super::words::{content_stems, content_words, words};

/// What a table says.
#[derive(Default)]
pub(super) struct Reading {
    pub points: Vec<TablePoint>,
    /// Rows whose cells all say the same: index of the row, below the head, and a message.
    pub never_differ: Vec<(u32, String)>,
}

/// A point with the row it comes from, counted from the head.
pub(super) struct TablePoint {
    pub row: u32,
    pub point: Point,
}

/// Reads a table, first row the head.
///
/// Columns are the subjects where the question names them or the first column holds aspects; else the rows are.
pub(super) fn read(rows: &[Vec<Inline>], subjects: &Subjects, above: &BTreeSet<usize>) -> Reading {
    let mut reading = Reading::default();
    let Some((head, body)) = rows.split_first() else { return reading };
    let columns: Vec<BTreeSet<usize>> = head.iter().skip(1).map(|cell| subjects.in_name(&cell.text)).collect();
    let by_column =
        columns.iter().filter(|column| !column.is_empty()).count() >= 2 || head.first().is_none_or(is_aspect_corner);
    for (row_idx, row) in (1_u32..).zip(body) {
        let Some((first, cells)) = row.split_first() else { continue };
        let aspect_or_subject = first.text.trim();
        let said: Vec<Cell> = cells.iter().map(|cell| Cell::read(&cell.text)).collect();
        let add = |reading: &mut Reading, point: Point| reading.points.push(TablePoint { row: row_idx, point });
        if by_column {
            let filled: Vec<&Cell> = said.iter().filter(|cell| **cell != Cell::Empty).collect();
            let same = filled.len() > 1 && filled.windows(2).all(|pair| pair[0] == pair[1]);
            if same && filled.len() == cells.len() {
                reading
                    .never_differ
                    .push((row_idx, format!("`{aspect_or_subject}` is the same for all: no difference to ask for")));
                let all: BTreeSet<usize> = columns.iter().flatten().copied().collect();
                let who = if cells.len() == 2 { "Both" } else { "All" };
                if let Some(point) = filled[0].point(who, aspect_or_subject, all) {
                    add(&mut reading, point);
                }
                continue;
            }
            for (column, cell) in said.iter().enumerate() {
                let name = head.get(column + 1).map_or("", |cell| cell.text.trim());
                let about = columns.get(column).filter(|column| !column.is_empty()).unwrap_or(above);
                // "Same" points at the cell beside it.
                let cell = match cell {
                    Cell::Text(text) if text.eq_ignore_ascii_case("same") => {
                        said.iter().find(|other| *other != cell).unwrap_or(cell)
                    }
                    cell => cell,
                };
                if let Some(point) = cell.point(name, aspect_or_subject, about.clone()) {
                    add(&mut reading, point);
                }
            }
        } else {
            let own = subjects.in_name(aspect_or_subject);
            let about = if own.is_empty() { above } else { &own };
            for (column, cell) in said.iter().enumerate() {
                let aspect = head.get(column + 1).map_or("", |cell| cell.text.trim());
                if let Some(point) = cell.point(aspect_or_subject, aspect, about.clone()) {
                    add(&mut reading, point);
                }
            }
        }
    }
    reading
}

/// What the rows of a table describe, unless they are aspects of its columns.
pub(super) fn described(rows: &[Vec<Inline>]) -> impl Iterator<Item = &str> {
    let by_column = rows.first().and_then(|head| head.first()).is_none_or(is_aspect_corner);
    let body = if by_column { &[] } else { &rows[1..] };
    body.iter().filter_map(|row| row.first()).map(|cell| cell.text.trim())
}

/// Whether the corner of a table says that its rows are aspects.
fn is_aspect_corner(corner: &Inline) -> bool {
    let corner = words(&corner.text).join(" ");
    corner.is_empty() || List::Aspect.has(&corner)
}

/// What a cell says about the aspect of its row or column.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    /// "Yes", a check mark, with what stands beside it.
    Yes(String),
    No(String),
    Text(String),
}

impl Cell {
    fn read(text: &str) -> Self {
        // Lines of a cell stand beside each other.
        let lines: Vec<&str> = text.lines().map(|line| line.trim().trim_end_matches([',', ';'])).collect();
        let text = lines.join(", ");
        let text = text.trim();
        let marked = |marks: &[char]| text.starts_with(marks);
        let rest = text.trim_start_matches(['✅', '✔', '✓', '❌', '✗', '✘', '🚫', '\u{fe0f}', ' ']);
        let first = words(rest).into_iter().next().unwrap_or_default();
        let after =
            |word: &str| rest.get(word.len()..).unwrap_or_default().trim_start_matches([',', ':', ' ', '-']).trim();
        if marked(&['✅', '✔', '✓']) {
            Self::Yes(if first == "yes" { after("yes") } else { rest }.to_owned())
        } else if marked(&['❌', '✗', '✘', '🚫']) {
            Self::No(if first == "no" { after("no") } else { rest }.to_owned())
        } else if first == "yes" {
            Self::Yes(after("yes").to_owned())
        } else if first == "no" && words(rest).len() == 1 || rest.to_lowercase().starts_with("no (") {
            Self::No(after("no").to_owned())
        } else if matches!(words(rest).join(" ").as_str(), "" | "none" | "n a") {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }

    /// The cell as a statement of `subject`.
    fn point(&self, subject: &str, aspect: &str, about: BTreeSet<usize>) -> Option<Point> {
        let subject = subject.trim();
        let aspect = aspect.trim().trim_end_matches(['?', ':']);
        let (statement, instances) = match self {
            Self::Empty => return None,
            Self::Yes(more) => (format!("{subject} {}{}", has(subject, aspect, true, more), beside(more)), Vec::new()),
            Self::No(more) => (format!("{subject} {}{}", has(subject, aspect, false, more), beside(more)), Vec::new()),
            Self::Text(text) => {
                let parts: Vec<&str> = split_at_commas(text);
                let names = parts.len() >= 3 && parts.iter().all(|part| words(part).len() <= 3);
                if names {
                    let names = parts.into_iter().map(str::to_owned).collect();
                    (String::new(), names)
                } else {
                    (of_text(subject, aspect, text), Vec::new())
                }
            }
        };
        let label = match self {
            Self::Text(text) if statement.is_empty() => Some(format!("{subject}: {}: {text}", lower_first(aspect))),
            _ => None,
        };
        Some(Point {
            label,
            statements: if statement.is_empty() { Vec::new() } else { vec![format!("{statement}.")] },
            instances,
            subjects: about,
            path: vec![aspect.to_owned()],
            ..Point::default()
        })
    }
}

fn beside(more: &str) -> String {
    let more = more.trim_matches(['(', ')', ' ']);
    if words(more).len() <= 1 { String::new() } else { format!(" ({more})") }
}

/// "is mutable", "cannot be used as key", "has no dirty reads".
fn has(subject: &str, aspect: &str, yes: bool, more: &str) -> String {
    let many = matches!(subject, "Both" | "All");
    let verb = |one: &str, more: &str| if many { more.to_owned() } else { one.to_owned() };
    let not = if yes { "" } else { " not" };
    let allows = if yes { verb("allows", "allow") } else { verb("does not allow", "do not allow") };
    let aspect = lower_first(aspect);
    let first = words(&aspect).into_iter().next().unwrap_or_default();
    let ends =
        |endings: &[&str]| endings.iter().any(|ending| first.len() > ending.len() + 1 && first.ends_with(ending));
    if words(more).len() == 1 && ends_in_ed(more) {
        // "✅ Allowed" beside "Dirty read".
        format!("{allows} {aspect}")
    } else if first == "use" || first == "used" {
        let rest = aspect.split_once(' ').map_or("", |(_, rest)| rest);
        format!("{} be used {rest}", if yes { "can" } else { "cannot" })
    } else if List::Ability.has(&first) {
        format!("{} {aspect}", if yes { "can" } else { "cannot" })
    } else if ends(&["able", "ible", "ed", "ive", "ful", "less", "ing", "ic", "al", "ous", "ent", "ant"])
        || List::Participle.has(&first)
    {
        format!("{}{not} {aspect}", verb("is", "are"))
    } else {
        format!("{allows} {aspect}")
    }
}

fn ends_in_ed(word: &str) -> bool {
    word.trim().to_lowercase().ends_with("ed")
}

/// Whether a cell begins with the verb of its own sentence: "Requires a key", "Can be changed".
fn begins_with_verb(text: &str) -> bool {
    let first = words(text).into_iter().next().unwrap_or_default();
    List::CellVerb.has(&first) || ["izes", "ises", "ates", "ifies"].iter().any(|ending| first.ends_with(ending))
}

fn of_text(subject: &str, aspect: &str, text: &str) -> String {
    let text = text.trim_end_matches('.');
    let plain = words(aspect).join(" ");
    let n_words = content_words(text).len();
    let stems = content_stems(text);
    let names_aspect = content_stems(aspect).iter().any(|stem| stems.contains(stem));
    let open = words(aspect)
        .last()
        .is_some_and(|word| matches!(word.as_str(), "with" | "by" | "to" | "in" | "on" | "as" | "for"));
    let (degree, rest) = text.split_once(' ').unwrap_or((text, ""));
    let compares =
        matches!(degree.to_lowercase().as_str(), "more" | "less" | "fewer" | "better" | "worse" | "high" | "low")
            || degree.len() > 4 && degree.ends_with("er");
    if compares && n_words <= 3 && !aspect.is_empty() {
        format!("{subject} has {} {} {rest}", lower_first(degree), lower_first(aspect)).trim_end().to_owned()
    } else if begins_with_verb(text) {
        format!("{subject} {}", lower_first(text))
    } else if open {
        format!("{subject} {} {}", lower_first(aspect), lower_first(text))
    } else if List::EmptyAspect.has(&plain) || n_words >= 4 || names_aspect {
        format!("{subject}: {}", lower_first(text))
    } else {
        format!("{subject}: {} is {}", lower_first(aspect), lower_first(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::arranged;
    use super::super::outline::{EntryKind, outline};
    use super::super::questions::questions;
    use super::*;

    fn statements(text: &str) -> (Vec<String>, Vec<(u32, String)>) {
        let found = questions(&outline(text).0).0.remove(0);
        let mut subjects = Subjects::default();
        let entries = arranged(&found.entries);
        subjects.learn_from(&found, &entries);
        let EntryKind::Table(rows) = &entries[0].kind else { panic!("there is a table") };
        let reading = read(rows, &subjects, &BTreeSet::new());
        let said = reading
            .points
            .iter()
            .map(|point| {
                let about: Vec<&str> =
                    point.point.subjects.iter().map(|subject| subjects.list[*subject].id.as_str()).collect();
                let said = [point.point.statements.clone(), point.point.instances.clone()].concat().join(" ");
                format!("{} [{}] {said}", point.row, about.join(" "))
            })
            .collect();
        (said, reading.never_differ)
    }

    #[test]
    fn columns_are_subjects_of_a_comparison() {
        let (said, same) = statements(
            "## List vs. tuple\n\n| Feature | List | Tuple |\n|---|---|---|\n| Mutable | Yes | No |\n| Ordered | Yes | Yes |\n| Use as key | ❌ | ✅ |\n| Speed | Slower | Faster |\n| Members | a, b, c | (none) |\n",
        );
        assert_eq!(
            said,
            [
                "1 [list] List is mutable.",
                "1 [tuple] Tuple is not mutable.",
                "2 [list tuple] Both are ordered.",
                "3 [list] List cannot be used as key.",
                "3 [tuple] Tuple can be used as key.",
                "4 [list] List has slower speed.",
                "4 [tuple] Tuple has faster speed.",
                "5 [list] a b c",
            ]
        );
        assert_eq!(same, [(2, "`Ordered` is the same for all: no difference to ask for".to_owned())]);
    }

    #[test]
    fn lines_of_a_cell_are_things_side_by_side() {
        let (said, _) = statements(
            "## List vs. tuple\n\n| Feature | List | Tuple |\n|---|---|---|\n| Members | a<br>b<br />c | one<br>other |\n",
        );
        assert_eq!(said, ["1 [list] a b c", "1 [tuple] Tuple: members is one, other."]);
    }

    #[test]
    fn rows_are_subjects_otherwise() {
        let (said, _) = statements(
            "## Isolation levels\n\n| Level | Dirty read | Cost |\n|---|---|---|\n| Read committed | ❌ No | low |\n| Read uncommitted | ✅ Allowed | lowest |\n| Serializable | ❌ No | highest of all four known levels |\n\n- **Read committed**: a\n- **Read uncommitted**: b\n- **Serializable**: c\n",
        );
        assert_eq!(
            said,
            [
                "1 [read-committed] Read committed does not allow dirty read.",
                "1 [read-committed] Read committed has low cost.",
                "2 [read-uncommitted] Read uncommitted allows dirty read.",
                "2 [read-uncommitted] Read uncommitted: cost is lowest.",
                "3 [serializable] Serializable does not allow dirty read.",
                "3 [serializable] Serializable: highest of all four known levels.",
            ]
        );
    }
}
