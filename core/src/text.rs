//! Words and marks of a text, with their places in the original.
//!
//! Words come from the Unicode rules (UAX #29); what stands between them is read for punctuation, Markdown and line
//! structure. Nothing is rewritten: every piece points into the text as it was.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A mark that structure depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Stop,
    Question,
    Newline,
    /// A line that begins a list item.
    Bullet,
    Comma,
    Semicolon,
    Colon,
    Open,
    Close,
    Dash,
    Slash,
    Pipe,
    Arrow,
    Equals,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A word; for marks that stand for words (`&`, `%`, check marks) the text of the range is the mark.
    Word,
    Mark(Mark),
}

/// A word or mark of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) kind: PieceKind,
    /// Part of a compound: joined to a neighbour by a hyphen, underscore or dot.
    pub(crate) joined: bool,
}

/// Longest text that is read; what follows is left out of the evaluation (offsets are `u32`).
const MAX_BYTES: usize = u32::MAX as usize;

/// The narrow no-break space, which the Unicode rules take for a part of a word: "10 000", "quick !".
const NARROW_SPACE: char = '\u{202f}';

/// Splits a text into words and marks.
pub(crate) fn split(text: &str, pieces: &mut Vec<Piece>) {
    pieces.clear();
    let text = if text.len() > MAX_BYTES { &text[..floor_char_boundary(text, MAX_BYTES)] } else { text };
    // Space around the text says nothing, not even that a line ends.
    let content_end = text.trim_end().len();
    let mut splitter = Splitter { text, pieces, open: 0, line_start: true };
    let mut end = content_end - text[..content_end].trim_start().len();
    for (at, word) in text.unicode_word_indices() {
        let mut start = at;
        for word in word.split(NARROW_SPACE) {
            if !word.is_empty() {
                // A combining mark makes a word of the space before it.
                splitter.gap(end.min(start)..start);
                splitter.word(start, word);
                end = start + word.len();
            }
            start += word.len() + NARROW_SPACE.len_utf8();
        }
    }
    splitter.gap(end..content_end);
    join_numbers(text, pieces);
}

/// "forty-six", "100 000" and "eleven thousand" are one word each.
fn join_numbers(text: &str, pieces: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    pieces.dedup_by(|next, last| {
        // Most words are told apart by a letter: "forty" and its like end in a "y", "hundred" and its like begin so.
        let may_join = matches!(bytes[last.end as usize - 1], b'y' | b'Y')
            || matches!(bytes[next.start as usize], b'0' | b'h' | b't' | b'm' | b'H' | b'T' | b'M');
        if !may_join || last.kind != PieceKind::Word || next.kind != PieceKind::Word {
            return false;
        }
        let words = [&*last, &*next].map(|piece| &text[piece.start as usize..piece.end as usize]);
        let joins = is_one_number(words[0], &text[last.end as usize..next.start as usize], words[1]);
        last.end = if joins { next.end } else { last.end };
        joins
    });
}

fn is_one_number(first: &str, gap: &str, second: &str) -> bool {
    let value = |word: &str| number_word(&word.to_ascii_lowercase());
    let is_tens = |word: &str| value(word).is_some_and(|value| (20..100).contains(&value) && value % 10 == 0);
    let is_unit = |word: &str| value(word).is_some_and(|value| value < 10);
    let is_space = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
    let is_number = || first.starts_with(|c: char| c.is_ascii_digit()) && first.ends_with(|c: char| c.is_ascii_digit());
    let is_power = |word: &str| value(word).is_some_and(|value| value >= 100);
    let counts = || is_number() || first.split(['-', ' ']).all(|word| value(word).is_some());
    // "200 404" may be two numbers.
    is_space && (second == "000" && is_number() || is_power(second) && counts())
        || (is_space || gap == "-") && is_tens(first) && is_unit(second)
}

/// The value of a number word in lower case.
pub(crate) fn number_word(word: &str) -> Option<i64> {
    const WORDS: [(&str, i64); 30] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
        ("thousand", 1000),
        ("million", 1_000_000),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Splitter<'a> {
    text: &'a str,
    pieces: &'a mut Vec<Piece>,
    /// Opening brackets that were taken as marks and wait for their partner.
    open: usize,
    /// Nothing but space and list marks so far on this line.
    line_start: bool,
}

impl Splitter<'_> {
    fn push(&mut self, range: Range<usize>, kind: PieceKind, joined: bool) {
        // The part behind a hyphen belongs to the compound as well.
        let joined = joined
            || self.pieces.last().is_some_and(|last| {
                last.joined && !self.text[last.end as usize..range.start].contains(char::is_whitespace)
            });
        self.pieces.push(Piece { start: range.start as u32, end: range.end as u32, kind, joined });
    }

    fn mark(&mut self, at: usize, len: usize, mark: Mark) {
        self.push(at..at + len, PieceKind::Mark(mark), false);
    }

    fn word(&mut self, start: usize, word: &str) {
        if self.goes_on_formula(start, word) {
            return;
        }
        if word.eq_ignore_ascii_case("o") && self.ends_with_w_slash(start) {
            self.pieces.pop();
            let last = self.pieces.last_mut().expect("a word stands before the slash");
            last.end = (start + 1) as u32;
            return;
        }
        let plain = word.bytes().all(|b| b.is_ascii_alphabetic())
            || !word.bytes().any(|b| matches!(b, b'_' | b'.' | b':' | b'0'..=b'9'));
        if let Some(parts) = date(word) {
            let mut from = start;
            for part in parts {
                self.push(from..from + part.len(), PieceKind::Word, false);
                from += part.len() + 1;
            }
        } else if plain {
            self.push(start..start + word.len(), PieceKind::Word, false);
        } else if !is_abbreviation(word) {
            self.compound(start, word);
        }
        self.line_start = false;
    }

    /// "w/" right before a place: the beginning of "w/o".
    fn ends_with_w_slash(&self, at: usize) -> bool {
        let [.., word, slash] = self.pieces.as_slice() else { return false };
        slash.kind == PieceKind::Mark(Mark::Slash)
            && slash.end as usize == at
            && word.kind == PieceKind::Word
            && self.text[word.start as usize..word.end as usize].eq_ignore_ascii_case("w")
    }

    /// A word with dots, underscores, colons or digits inside: numbers stay whole, names fall into parts.
    fn compound(&mut self, start: usize, word: &str) {
        let bytes = word.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let belongs = |at: &usize| match bytes[*at] {
            b'.' | b',' => true,
            b'\'' | b'_' => is_digit(at + 1),
            _ => is_digit(*at),
        };
        let n_digits = (0..bytes.len()).take_while(belongs).count();
        let mut from = 0;
        if n_digits > 0 && bytes[0].is_ascii_digit() {
            self.push(start..start + n_digits, PieceKind::Word, n_digits < bytes.len());
            from = n_digits;
        }
        let mut at = from;
        while at <= bytes.len() {
            let separator = bytes.get(at).copied();
            if matches!(separator, None | Some(b'_' | b'.' | b':')) {
                if at > from {
                    self.push(
                        start + from..start + at,
                        PieceKind::Word,
                        separator.is_some_and(|b| b != b':') || from > 0,
                    );
                }
                match separator {
                    Some(b':') => self.mark(start + at, 1, Mark::Colon),
                    Some(b'.') if bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase) => {
                        self.mark(start + at, 1, Mark::Stop)
                    }
                    _ => {}
                }
                from = at + 1;
            }
            at += 1;
        }
    }

    /// What stands between two words.
    fn gap(&mut self, gap: Range<usize>) {
        let text = self.text;
        if &text[gap.clone()] == " " {
            return;
        }
        let mut at = gap.start;
        while let Some(c) = text[at..gap.end].chars().next() {
            let next = at + c.len_utf8();
            let rest = &text[next..gap.end];
            let spaced_before = at == 0 || text[..at].ends_with(char::is_whitespace);
            let spaced_after = text[next..].chars().next().is_none_or(char::is_whitespace);
            let mut skip = next;
            match c {
                '\n' if self.is_soft_break(at) => {}
                '\n' => self.newline(at, 1),
                ' ' | '\t' | '\r' => {}
                '•' | '▪' | '◦' | '·' => {
                    self.newline(at, c.len_utf8());
                    self.bullet(at, c.len_utf8());
                }
                '-' | '–' | '—' | '−' | '*' | '+' if self.line_start && spaced_after => {
                    self.bullet(at, c.len_utf8())
                }
                '-' | '–' | '—' | '*' | '+' | '>' | '#' if self.line_start => {}
                '-' | '=' if rest.starts_with('>') => {
                    self.mark(at, 2, Mark::Arrow);
                    skip = next + 1;
                }
                '-' if rest.starts_with('-') => {
                    let behind = text[next..].trim_start_matches('-');
                    // "run --quiet": an option.
                    if !spaced_before || !behind.starts_with(char::is_alphanumeric) {
                        self.mark(at, 2, Mark::Dash);
                    }
                    skip = (text.len() - behind.len()).min(gap.end);
                }
                '—' | '–' | '-' | '―' if spaced_before && spaced_after || c == '—' => {
                    self.mark(at, c.len_utf8(), Mark::Dash)
                }
                '-' | '‐' | '‑' | '–' => self.join_last(at),
                '.' => skip = self.stop(at, gap.end),
                // "a != b"
                '!' if rest.starts_with('=') => {}
                '!' | '。' | '！' | '｡' => self.mark(at, c.len_utf8(), Mark::Stop),
                '?' | '？' | '؟' => self.mark(at, c.len_utf8(), Mark::Question),
                ',' | '，' | '、' | '،' | '…' => self.mark(at, c.len_utf8(), Mark::Comma),
                ';' if self.open > 0 && self.closes_ahead(next) => self.mark(at, 1, Mark::Comma),
                ';' | '；' | '؛' => self.mark(at, c.len_utf8(), Mark::Semicolon),
                ':' | '：' if spaced_after || !rest.is_empty() && !rest.starts_with(['/', ':']) => {
                    self.mark(at, c.len_utf8(), Mark::Colon)
                }
                '(' | '[' | '{' if spaced_before => {
                    self.open += 1;
                    self.mark(at, 1, Mark::Open);
                }
                ')' if self.is_list_number(at) || self.is_inline_number(at) => {
                    self.pieces.pop();
                    self.bullet(at, 1);
                }
                ')' | ']' | '}' if self.open > 0 => {
                    self.open -= 1;
                    self.mark(at, 1, Mark::Close);
                }
                '|' => {
                    // What follows is a cell: its dashes rule the table, they list nothing.
                    self.line_start = false;
                    self.mark(at, 1, Mark::Pipe);
                }
                '/' if !spaced_before || !spaced_after => self.mark(at, 1, Mark::Slash),
                '→' | '⇒' | '➔' | '➜' => self.mark(at, c.len_utf8(), Mark::Arrow),
                '=' if spaced_before && spaced_after => self.mark(at, 1, Mark::Equals),
                '&' | '%' | '✓' | '✔' | '✅' | '☑' | '✗' | '✘' | '❌' | '✖' => {
                    self.push(at..next, PieceKind::Word, false)
                }
                _ => {}
            }
            at = skip;
        }
    }

    /// Whether the bracket that is open closes soon, on the same line: what stands in it is no sentence of its own.
    fn closes_ahead(&self, from: usize) -> bool {
        // Spaces and marks, not bytes: letters may be longer as capitals.
        const REACH: usize = 50;
        let ahead = self.text[from..].chars().take_while(|c| *c != '\n');
        let mut marks = ahead.filter(|c| c.is_whitespace() || c.is_ascii_punctuation()).take(REACH);
        marks.any(|c| matches!(c, ')' | ']' | '}'))
    }

    fn newline(&mut self, at: usize, len: usize) {
        self.line_start = true;
        self.open = 0;
        if !matches!(self.pieces.last(), Some(Piece { kind: PieceKind::Mark(Mark::Newline), .. })) {
            self.mark(at, len, Mark::Newline);
        }
    }

    /// A long line that goes on in lower case: wrapped prose, not a new sentence.
    fn is_soft_break(&self, at: usize) -> bool {
        // Letters, not bytes: accents and quotes may be written in several ways.
        const LONG_LINE: usize = 40;
        let n_letters = |line: &str| line.chars().filter(|c| c.is_alphanumeric()).count();
        let line = &self.text[self.text[..at].rfind('\n').map_or(0, |i| i + 1)..at];
        let next = self.text[at + 1..].chars().next();
        next.is_some_and(|c| c.is_lowercase() || c == '(') && !line.contains('|') && n_letters(line) >= LONG_LINE
    }

    /// The line that just began is a list item.
    fn bullet(&mut self, at: usize, len: usize) {
        self.line_start = true;
        match self.pieces.last_mut() {
            Some(last) if matches!(last.kind, PieceKind::Mark(Mark::Newline | Mark::Bullet)) => {
                last.kind = PieceKind::Mark(Mark::Bullet)
            }
            _ => self.mark(at, len, Mark::Bullet),
        }
    }

    /// A full stop, unless it belongs to a list number, an abbreviation or an ellipsis. Gives the place to go on.
    fn stop(&mut self, at: usize, gap_end: usize) -> usize {
        let dots = self.text[at..gap_end].bytes().take_while(|&b| b == b'.').count();
        let end = at + dots;
        let behind_space = self.text[..at].ends_with(char::is_whitespace);
        if dots == 1 && behind_space && self.text[end..].starts_with(|c: char| c.is_ascii_lowercase()) {
            // ".env"
            return end;
        }
        if dots > 1 {
            self.mark(at, dots, Mark::Comma);
            return end;
        }
        if self.is_list_number(at) {
            self.pieces.pop();
            self.bullet(at, 1);
            return end;
        }
        let before = self
            .pieces
            .last()
            .filter(|piece| piece.end as usize == at)
            .map_or("", |piece| &self.text[piece.start as usize..at]);
        let continues = self.text[end..].chars().find(|c| !c.is_whitespace()).is_some_and(|c| !c.is_uppercase());
        let abbreviated = [".g", ".G", ".e", ".E"].iter().any(|end| self.text[..at].ends_with(end));
        let short = matches!(before.to_ascii_lowercase().as_str(), "etc" | "vs" | "approx" | "cf" | "incl" | "resp");
        if !(abbreviated || continues && short) {
            self.mark(at, 1, Mark::Stop);
        }
        end
    }

    /// Whether the last piece is a number that opens the line ("1.").
    fn is_list_number(&self, at: usize) -> bool {
        let [before @ .., number] = self.pieces.as_slice() else { return false };
        let opens_line =
            before.last().is_none_or(|piece| matches!(piece.kind, PieceKind::Mark(Mark::Newline | Mark::Bullet)));
        let digits = &self.text[number.start as usize..number.end as usize];
        opens_line && number.end as usize == at && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
    }

    /// "1) … 2) …" or "a) … b) …" in one line.
    fn is_inline_number(&self, at: usize) -> bool {
        let Some(number) = self.pieces.last().filter(|last| self.open == 0 && last.end as usize == at) else {
            return false;
        };
        let stands_alone = self.text[..number.start as usize].chars().next_back().is_none_or(char::is_whitespace);
        let rest = &self.text[at + 1..];
        let followed = rest.starts_with(char::is_whitespace) && !rest.trim_start().is_empty();
        let number = &self.text.as_bytes()[number.start as usize..at];
        let counts = match number {
            [letter] if letter.is_ascii_alphabetic() => true,
            [_] | [_, _] => number.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        stands_alone && followed && counts
    }

    /// "CO₂", "C₆H₁₂O₆": small digits, and what follows them, belong to the word before.
    fn goes_on_formula(&mut self, start: usize, word: &str) -> bool {
        let is_small = |c: char| ('₀'..='₉').contains(&c);
        let belongs = word.starts_with(is_small) || self.text[..start].ends_with(is_small);
        let before = self.pieces.last_mut();
        let Some(last) = before.filter(|last| belongs && last.kind == PieceKind::Word && last.end as usize == start)
        else {
            return false;
        };
        last.end = (start + word.len()) as u32;
        true
    }

    /// A hyphen between two words makes both parts of a compound.
    fn join_last(&mut self, at: usize) {
        if let Some(last) = self.pieces.last_mut().filter(|piece| piece.end as usize == at) {
            last.joined = true;
        }
    }
}

/// "9.11.1989": day, month and year.
fn date(word: &str) -> Option<[&str; 3]> {
    let parts: [&str; 3] = word.splitn(3, '.').collect::<Vec<_>>().try_into().ok()?;
    let has_digits = |part: &str, n: Range<usize>| n.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let [day, month, year] = parts;
    (has_digits(day, 1..3) && has_digits(month, 1..3) && has_digits(year, 4..5)).then_some(parts)
}

/// Abbreviations that say nothing and whose dots end no sentence.
fn is_abbreviation(word: &str) -> bool {
    ["e.g", "i.e"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let mut pieces = Vec::new();
        split(text, &mut pieces);
        let shown: Vec<String> = pieces
            .iter()
            .map(|piece| match piece.kind {
                PieceKind::Word => text[piece.start as usize..piece.end as usize].to_owned(),
                PieceKind::Mark(mark) => format!("<{mark:?}>"),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "pieces of {text:?}");
    }

    #[test]
    fn words_and_marks() {
        check("TCP: reliable; UDP (fast).", "TCP <Colon> reliable <Semicolon> UDP <Open> fast <Close> <Stop>");
        check("a - b -> c", "a <Dash> b <Arrow> c");
        check("a -- b--c, run --quiet", "a <Dash> b <Dash> c <Comma> run quiet");
        check("TCP:reliable", "TCP <Colon> reliable");
        check("TCP (slow; safe).", "TCP <Open> slow <Comma> safe <Close> <Stop>");
        check("in a .env file, 21 vs. 12.", "in a env file <Comma> 21 vs 12 <Stop>");
    }

    #[test]
    fn lists_and_headings_start_sentences() {
        check(
            "1. first\n2) second\n- third\n# Fourth",
            "<Bullet> first <Bullet> second <Bullet> third <Newline> Fourth",
        );
        check("It ends.It begins", "It ends <Stop> It begins");
        check("1) wash 2) peel (or 3) cut", "<Bullet> wash <Bullet> peel <Open> or 3 <Close> cut");
        check("a) wash b) peel f(x) y", "<Bullet> wash <Bullet> peel f x y");
    }

    #[test]
    fn wide_marks_are_whole() {
        check("·) – a•b", "<Bullet> a <Bullet> b");
        check("– a\n· b", "<Bullet> a <Bullet> b");
    }

    #[test]
    fn formulas_and_large_numbers_are_one_word() {
        check("CO₂ and C₆H₁₂O₆.", "CO₂ and C₆H₁₂O₆ <Stop>");
        check("12 000 m, 100\u{202f}000 and 3 12", "12 000 m <Comma> 100\u{202f}000 and 3 12");
        check(
            "eleven thousand, 3 million, two hundred thousand, thousand hats",
            "eleven thousand <Comma> 3 million <Comma> two hundred thousand <Comma> thousand hats",
        );
        check("9.11.1989 and 3.8.1", "9 11 1989 and 3.8.1");
        check("forty-six, twenty one, six forty", "forty-six <Comma> twenty one <Comma> six forty");
    }

    #[test]
    fn narrow_spaces_part_words() {
        check("quick\u{202f}! A\u{202f}b\u{202f}", "quick <Stop> A b");
        check("\u{202f}", "");
    }

    #[test]
    fn compounds_fall_into_parts() {
        check("select_related 3-way 100ms 1.5", "select related 3 way 100 ms 1.5");
        check("e.g. one etc. and", "one etc and");
        check("print() and f(x)", "print and f x");
    }
}
