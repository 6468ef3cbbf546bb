//! Records of CSV. What the crate `csv` would not do: a quote that is not closed takes only its own line with it, not the
//! rest of the input; and a blank line is told from nothing at all, for it is an empty value in a table of one column.

use std::io::{self, Read};

/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// Reads one record after the other.
pub struct Records<R> {
    input: R,
    delimiter: u8,
    /// What has been read; records before `at` are done with.
    buffer: Vec<u8>,
    at: usize,
    /// Whether the input has come to its end.
    is_read: bool,
    /// Of the next record or blank line, 1-based.
    line: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub values: Vec<Vec<u8>>,
    /// Where the record begins, 1-based.
    pub line: u64,
    /// The line of a quote that is not closed. It is read as if it were no quote: the record ends with the line.
    pub open_quote: Option<u64>,
    /// Nothing stands on its line. Such a record has one empty value.
    pub is_blank: bool,
}

/// What a quote that begins a value turns out to be.
enum Quoted {
    /// With the place behind it.
    Value(Vec<u8>, usize),
    /// It is not closed, or closed in the middle of another line, where rather another value begins.
    Open,
}

impl<R: Read> Records<R> {
    pub fn new(input: R, delimiter: u8) -> Self {
        Self { input, delimiter, buffer: Vec::new(), at: 0, is_read: false, line: 1 }
    }

    /// The next record that is no blank line; `None` at the end.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn next_filled(&mut self) -> io::Result<Option<Record>> {
        loop {
            match self.next_record()? {
                Some(record) if record.is_blank => {}
                found => return Ok(found),
            }
        }
    }

    /// The next record; `None` at the end.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        if self.at >= CHUNK && self.at >= self.buffer.len() / 2 {
            self.buffer.drain(..self.at);
            self.at = 0;
        }
        if self.byte(self.at)?.is_none() {
            return Ok(None);
        }
        let mut record = Record { line: self.line, ..Record::default() };
        record.is_blank = is_line_end(self.byte(self.at)?);
        loop {
            let value = self.next_value(&mut record)?;
            record.values.push(value);
            let end = self.byte(self.at)?;
            self.at += usize::from(end.is_some());
            if end == Some(b'\r') && self.byte(self.at)? == Some(b'\n') {
                self.at += 1;
            }
            if is_line_end(end) {
                self.line += 1;
                return Ok(Some(record));
            }
        }
    }

    /// The value that begins here; what ends it is left to be read.
    fn next_value(&mut self, record: &mut Record) -> io::Result<Vec<u8>> {
        let mut value = Vec::new();
        if self.byte(self.at)? == Some(b'"') {
            match self.quoted()? {
                Quoted::Value(quoted, end) => {
                    self.line += quoted.iter().filter(|byte| **byte == b'\n').count() as u64;
                    self.at = end;
                    value = quoted;
                }
                // Programs that separate by tabs hardly ever quote: there it is a character like others.
                Quoted::Open if self.delimiter == b'\t' => {}
                Quoted::Open => {
                    record.open_quote.get_or_insert(self.line);
                }
            }
        }
        loop {
            match self.byte(self.at)? {
                Some(byte) if byte != self.delimiter && !is_line_end(Some(byte)) => value.push(byte),
                _ => return Ok(value),
            }
            self.at += 1;
        }
    }

    /// Looks for the end of the quote that begins here. A quote closes where the value ends; one in the middle of the
    /// quote's own line closes, too, unless tabs separate the values, and what follows belongs to the value.
    fn quoted(&mut self) -> io::Result<Quoted> {
        let mut value = Vec::new();
        let mut at = self.at + 1;
        loop {
            match (self.byte(at)?, self.byte(at + 1)?) {
                (None, _) => return Ok(Quoted::Open),
                (Some(b'"'), Some(b'"')) => {
                    value.push(b'"');
                    at += 2;
                }
                (Some(b'"'), _) => {
                    let mut end = at + 1;
                    while self.byte(end)? == Some(b' ') {
                        end += 1;
                    }
                    let next = self.byte(end)?;
                    let is_end = next == Some(self.delimiter) || is_line_end(next);
                    let is_own_line = !value.iter().any(|byte| is_line_end(Some(*byte)));
                    let is_lenient = self.delimiter != b'\t' && is_own_line;
                    return Ok(if is_end || is_lenient { Quoted::Value(value, at + 1) } else { Quoted::Open });
                }
                (Some(byte), _) => {
                    value.push(byte);
                    at += 1;
                }
            }
        }
    }

    /// The byte at a place of the buffer; `None` behind the end of the input.
    fn byte(&mut self, at: usize) -> io::Result<Option<u8>> {
        while at >= self.buffer.len() && !self.is_read {
            let n_before = self.buffer.len();
            self.buffer.resize(n_before + CHUNK, 0);
            let read = self.input.read(&mut self.buffer[n_before..]);
            self.buffer.truncate(n_before + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(n_read) => self.is_read = n_read == 0,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.buffer.get(at).copied())
    }
}

/// Whether a line ends with this byte, or the input.
fn is_line_end(byte: Option<u8>) -> bool {
    matches!(byte, None | Some(b'\n' | b'\r'))
}

impl Record {
    /// What is wrong with its number of values, where the header names another.
    pub fn miscount(&self, n_columns: usize) -> Option<String> {
        let n_values = self.values.len();
        let message = || format!("the row has {n_values} values, the header names {n_columns} columns");
        (n_values != n_columns).then(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records_of(text: &str, delimiter: u8) -> Vec<Record> {
        let mut records = Records::new(text.as_bytes(), delimiter);
        std::iter::from_fn(|| records.next_record().expect("memory can be read")).collect()
    }

    fn records(text: &str) -> Vec<Record> {
        records_of(text, b',')
    }

    fn texts(record: &Record) -> Vec<String> {
        record.values.iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    }

    #[test]
    fn records_know_their_lines_whatever_ends_them() {
        for end in ["\n", "\r\n"] {
            let found = records(&["a", "", "\"c\nd\"", "e", ""].join(end));
            let lines: Vec<_> = found.iter().map(|record| (record.line, record.is_blank)).collect();
            assert_eq!(lines, [(1, false), (2, true), (3, false), (5, false)], "{end:?}");
        }
        assert_eq!(records("a\rb\r").iter().map(texts).collect::<Vec<_>>(), [["a"], ["b"]]);
        assert_eq!(["", "a", "a\n", "a\r\n", "a\r", "\n"].map(|text| records(text).len()), [0, 1, 1, 1, 1, 1]);
        assert_eq!(texts(&records("a,")[0]), ["a", ""]);
    }

    #[test]
    fn a_quote_that_is_not_closed_takes_its_own_line_only() {
        let found = records("a,b\n\"c\nd\",\"e \"\"\nf,g\nh");
        let values: Vec<_> = found.iter().map(texts).collect();
        assert_eq!(values, [&["a", "b"][..], &["c\nd", "\"e \"\""], &["f", "g"], &["h"]]);
        assert_eq!(found.iter().map(|record| record.open_quote).collect::<Vec<_>>(), [None, Some(3), None, None]);
        assert_eq!(found.iter().map(|record| record.line).collect::<Vec<_>>(), [1, 2, 4, 5]);
        assert_eq!(records("\"").pop().and_then(|record| record.open_quote), Some(1));
        // The next quote begins a value of its own.
        let found = records("q,\"half\nq,whole\nq,\"a, \"\"b\"\"\"\n");
        assert_eq!(found.iter().map(|record| record.values.len()).collect::<Vec<_>>(), [2; 3]);
        assert_eq!(found.iter().map(|record| record.open_quote).collect::<Vec<_>>(), [Some(1), None, None]);
        assert_eq!(texts(&found[2]), ["q", "a, \"b\""]);
    }

    #[test]
    fn between_tabs_a_quote_that_is_not_closed_is_a_character() {
        let found = records_of("q\t\"half\nq\twhole\nq\t\"TCP\" is fast\nq\t\"two\nlines\"\n", b'\t');
        let values: Vec<_> = found.iter().map(texts).collect();
        assert_eq!(values, [["q", "\"half"], ["q", "whole"], ["q", "\"TCP\" is fast"], ["q", "two\nlines"]]);
        assert!(found.iter().all(|record| record.open_quote.is_none()));
    }

    #[test]
    fn what_follows_a_quote_on_its_line_belongs_to_the_value() {
        let values: Vec<_> = records("\"TCP\" is fast,\"a, b\" ,c\n").iter().map(texts).collect();
        assert_eq!(values, [["TCP is fast", "a, b ", "c"]]);
    }

    #[test]
    fn many_open_quotes_cost_no_more_than_others() {
        let line = "q,\"x\"\"y\n";
        assert_eq!(records(&line.repeat(200_000)).len(), 200_000);
    }

    #[test]
    fn blank_lines_are_told_from_quoted_nothing() {
        let blank = |text: &str| records(text).iter().map(|record| record.is_blank).collect::<Vec<_>>();
        assert_eq!(blank("a\n\n\"\"\n\r\n,\nb"), [false, true, false, true, false, false]);
    }
}
