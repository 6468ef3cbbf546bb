//! Tables: each cell becomes a line of its own, labelled with its column and row.
//!
//! A column whose head names a subject gives that subject to its cells; otherwise the row label does. "yes" and "no"
//! (and check marks) become "has …" and "no …" of the other label.

use super::{Structure, Token, token};
use crate::language::Class;
use crate::rubric::{Feed, PhraseElement, Rubric};
use crate::text::Mark;
use crate::vocabulary::{Memo, Resolved, WordId};
use std::ops::Range;

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
        let rows: Vec<Vec<&[Token]>> = rows
            .iter()
            .map(|row| cells(&self.tokens[row.clone()]))
            .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        let Some((head, body)) = rows.split_first() else { return };
        for row in body {
            for (column, cell) in row.iter().enumerate().skip(1) {
                let head = head.get(column).copied().unwrap_or(&[]);
                let label = row[0];
                let by_row = !names_subject(head, rubric, memo) && names_subject(label, rubric, memo);
                let (subject, attribute) = if by_row { (label, head) } else { (head, label) };
                arranged.extend_from_slice(subject);
                let place = cell.first().or(subject.first()).copied();
                let Some(place) = place else { continue };
                let mark = |mark: Mark| token(Memo::mark(mark), place.start, place.start, false, memo);
                arranged.push(mark(Mark::Colon));
                let word = |word: WordId| token(word, place.start, place.end, false, memo);
                match cell {
                    [answer] if words.affirms(answer) => {
                        arranged.push(word(words.has));
                        arranged.extend_from_slice(attribute);
                    }
                    [answer] if words.denies(answer) => {
                        arranged.push(word(words.no));
                        arranged.extend_from_slice(attribute);
                    }
                    cell => {
                        arranged.extend_from_slice(attribute);
                        arranged.extend_from_slice(cell);
                    }
                }
                arranged.push(mark(Mark::Newline));
            }
        }
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
            affirming: ["yes", "y", "true", "✓", "✔", "✅", "☑"].map(&mut one).to_vec(),
            denying: ["no", "n", "false", "none", "✗", "✘", "❌", "✖"].map(&mut one).to_vec(),
        }
    }

    fn affirms(&self, token: &Token) -> bool {
        self.affirming.contains(&token.word)
    }

    fn denies(&self, token: &Token) -> bool {
        self.denying.contains(&token.word)
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

/// Cells of a row: the first pipe opens it, the last closes it; rulers have only marks and come out empty.
fn cells(row: &[Token]) -> Vec<&[Token]> {
    let row = if row.last().is_some_and(|token| token.is(Class::NEWLINE)) { &row[..row.len() - 1] } else { row };
    let row = if row.first().is_some_and(|token| token.is(Class::PIPE)) { &row[1..] } else { row };
    let row = if row.last().is_some_and(|token| token.is(Class::PIPE)) { &row[..row.len() - 1] } else { row };
    row.split(|token| token.is(Class::PIPE))
        .map(|cell| if cell.iter().all(Token::is_mark) { &[][..] } else { cell })
        .collect()
}

/// Whether a cell holds the first word of a subject's name.
fn names_subject(cell: &[Token], rubric: &Rubric, memo: &Memo) -> bool {
    cell.iter().flat_map(|token| &memo.info(token.word).units).any(|(unit, sign)| {
        *sign > 0
            && rubric.starts[unit.0 as usize].iter().map(|phrase| &rubric.phrases[*phrase as usize]).any(|phrase| {
                phrase.feeds.iter().any(|feed| matches!(feed, Feed::Subject(_)))
                    && matches!(phrase.elements[0], PhraseElement::Word(element) if element.sign > 0)
            })
    })
}
