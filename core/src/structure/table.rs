//! Tables: each cell becomes a line of its own, labelled with its column and row.
//!
//! Whichever names more subjects, the heads of the columns or the labels of the rows, gives a subject to each cell. "yes"
//! and "no" (and check marks, and a dash beside them) become "has …" and "no …" of the other label.

use super::{Structure, Token, token};
use crate::evidence::match_phrase;
use crate::language::Class;
use crate::rubric::{Feed, Rubric};
use crate::text::Mark;
use crate::vocabulary::{Memo, Resolved, WordId};
use std::ops::Range;

/// Words of a head or label that are repeated for each cell; a longer one would multiply the answer.
const LONGEST_NAME: usize = 24;

impl Structure {
    /// Rearranges every Markdown table among the tokens.
    pub(super) fn arrange_tables(&mut self, rubric: &Rubric, memo: &mut Memo) {
        if !self.tokens.iter().any(|token| token.is(Class::PIPE)) {
            return;
        }
        let words = TableWords::new(rubric, memo);
        let lines = lines(&self.tokens);
        let mut arranged = Vec::with_capacity(self.tokens.len() * 2);
        let mut i = 0;
        while i < lines.len() {
            let n_rows = lines[i..].iter().take_while(|line| self.is_row(line)).count();
            if n_rows >= 2 {
                self.arrange(&lines[i..i + n_rows], rubric, memo, &words, &mut arranged);
                i += n_rows;
            } else {
                arranged.extend_from_slice(&self.tokens[lines[i].clone()]);
                i += 1;
            }
        }
        self.tokens = arranged;
    }

    fn is_row(&self, line: &Range<usize>) -> bool {
        self.tokens[line.clone()].iter().filter(|token| token.is(Class::PIPE)).count() >= 2
    }

    fn arrange(
        &self,
        rows: &[Range<usize>],
        rubric: &Rubric,
        memo: &Memo,
        words: &TableWords,
        arranged: &mut Vec<Token>,
    ) {
        let rows: Vec<Vec<Range<usize>>> = rows
            .iter()
            .map(|row| self.cells(row))
            .filter(|cells| cells.iter().any(|cell| !self.says_nothing(cell)))
            .collect();
        let Some((head, body)) = rows.split_first() else { return };
        let heads = head.get(1..).unwrap_or_default();
        let labels: Vec<Range<usize>> = body.iter().map(|row| row[0].clone()).collect();
        let n_naming = |cells: &[Range<usize>]| {
            cells.iter().filter(|cell| self.names_subject((*cell).clone(), rubric, memo)).count()
        };
        let by_row = n_naming(&labels) * heads.len() > n_naming(heads) * labels.len();
        let is_ticked = body.iter().flatten().any(|cell| words.affirms(&self.tokens[cell.clone()]));
        for row in body {
            for (column, cell) in row.iter().enumerate().skip(1) {
                let is_blank = self.says_nothing(cell);
                let cell = &self.tokens[cell.clone()];
                if is_blank && !(is_ticked && cell.iter().any(|token| token.is(Class::DASH))) {
                    continue;
                }
                let named = |cell: &Range<usize>| &self.tokens[cell.start..cell.end.min(cell.start + LONGEST_NAME)];
                let head = head.get(column).map_or(&[][..], named);
                let label = named(&row[0]);
                let (subject, attribute) = if by_row { (label, head) } else { (head, label) };
                let mark = |mark: Mark| token(Memo::mark(mark), cell[0].start, cell[0].start, false, memo);
                let word = |word: WordId| token(word, cell[0].start, cell[0].end, false, memo);
                arranged.extend_from_slice(subject);
                arranged.push(mark(Mark::Colon));
                let value = if words.affirms(cell) {
                    arranged.push(word(words.has));
                    &[]
                } else if is_blank || words.denies(cell) {
                    arranged.push(word(words.no));
                    &[]
                } else {
                    cell
                };
                arranged.extend_from_slice(attribute);
                arranged.extend_from_slice(value);
                arranged.push(mark(Mark::Newline));
            }
        }
    }

    /// Cells of a row: the first pipe opens it, the last closes it. A full stop at the end belongs to an abbreviation or
    /// would end the line that the cell becomes.
    fn cells(&self, row: &Range<usize>) -> Vec<Range<usize>> {
        let is = |at: usize, class: Class| self.tokens[at].is(class);
        let (mut start, mut end) = (row.start, row.end);
        end -= usize::from(is(end - 1, Class::NEWLINE));
        start += usize::from(start < end && is(start, Class::PIPE));
        end -= usize::from(start < end && is(end - 1, Class::PIPE));
        let bounds = (start..end).filter(|&at| is(at, Class::PIPE)).chain([end]);
        let cell = |bound: usize| {
            let stops = start < bound && is(bound - 1, Class::SENTENCE_END);
            let cell = start..bound - usize::from(stops);
            start = bound + 1;
            cell
        };
        bounds.map(cell).collect()
    }

    /// A cell that is empty or has only marks, as those of the line below the head.
    fn says_nothing(&self, cell: &Range<usize>) -> bool {
        self.tokens[cell.clone()].iter().all(Token::is_mark)
    }

    fn names_subject(&self, mut cell: Range<usize>, rubric: &Rubric, memo: &Memo) -> bool {
        let end = cell.end;
        cell.any(|at| {
            memo.info(self.tokens[at].word).units.iter().any(|(unit, sign)| {
                rubric.starts[unit.0 as usize].iter().map(|phrase| &rubric.phrases[*phrase as usize]).any(|phrase| {
                    phrase.feeds.iter().any(|feed| matches!(feed, Feed::Subject(_)))
                        && match_phrase(phrase, memo, self, at, *sign)
                            .is_some_and(|hit| hit.sign > 0 && hit.end as usize <= end)
                })
            })
        })
    }
}

/// Words that tables read or write.
struct TableWords {
    has: WordId,
    no: WordId,
    affirming: Vec<WordId>,
    denying: Vec<WordId>,
}

impl TableWords {
    fn new(rubric: &Rubric, memo: &mut Memo) -> Self {
        let mut one = |word: &str| match memo.resolve(word, &rubric.vocabulary) {
            Resolved::One(word) => word,
            Resolved::Nothing | Resolved::Two(..) => unreachable!("plain words stand for themselves"),
        };
        Self {
            has: one("has"),
            no: one("no"),
            affirming: ["yes", "y", "true", "always", "✓", "✔", "✅", "☑"].map(&mut one).to_vec(),
            denying: ["no", "n", "false", "none", "never", "not", "✗", "✘", "❌", "✖"].map(&mut one).to_vec(),
        }
    }

    fn affirms(&self, cell: &[Token]) -> bool {
        matches!(cell, [answer] if self.affirming.contains(&answer.word))
    }

    fn denies(&self, cell: &[Token]) -> bool {
        matches!(cell, [answer] if self.denying.contains(&answer.word))
    }
}

/// Token ranges of the lines, each with its newline.
fn lines(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (i, token) in tokens.iter().enumerate() {
        if token.is(Class::NEWLINE) || i + 1 == tokens.len() {
            lines.push(start..i + 1);
            start = i + 1;
        }
    }
    lines
}
