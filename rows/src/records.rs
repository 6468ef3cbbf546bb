//! Records of CSV: those of the crate `csv`, and two things that it does not tell. The input may end inside a quoted value,
//! which then holds the rest of the file; and a blank line, which it skips, is an empty value in a table of one column.

use crate::Problem;
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::{self, BufRead, Chain, Cursor, Read};

/// Put behind the input: a record of its own, unless a quote is open there.
const END: &[u8] = b"\n\x1ethe end of the table\x1e\n";

/// An input of which a part has been read.
type Ahead<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads one record after the other.
pub struct Records<R> {
    reader: Reader<Chain<Ahead<R>, &'static [u8]>>,
    /// What has been read: a record, `None` for the end, and the blank lines in front of it.
    ahead: Option<Option<Record>>,
    n_blank: u64,
    /// Of the next record or blank line, 1-based.
    line: u64,
    /// The last record ended in a carriage return; whether a line feed belongs to it shows when reading goes on.
    is_behind: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub values: Vec<Vec<u8>>,
    /// Where the record begins, 1-based.
    pub line: u64,
    /// The line of a quote that is never closed: the rest of the input is in this record.
    pub open_quote: Option<u64>,
    /// Nothing stands on its line. Such a record has one empty value.
    pub is_blank: bool,
}

impl<R: BufRead> Records<R> {
    /// Without a delimiter, the first line tells it: "sep=;" as Excel writes it, or a header, which has most of it.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn new(mut input: R, delimiter: Option<u8>) -> io::Result<Self> {
        let mut start = Vec::new();
        let delimiter = match delimiter {
            Some(delimiter) => delimiter,
            None => {
                while start.trim_ascii().is_empty() && input.read_until(b'\n', &mut start)? > 0 {}
                told_delimiter(start.trim_ascii_start())
            }
        };
        let input = Cursor::new(start).chain(input).chain(END);
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(input);
        Ok(Self { reader, ahead: None, n_blank: 0, line: 1, is_behind: false })
    }

    /// The first record, which names the columns; `None` where there is none.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub fn header(&mut self) -> io::Result<Option<Record>> {
        match self.next_filled()? {
            Some(record) if record.tells_delimiter() => self.next_filled(),
            found => Ok(found),
        }
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
        let ahead = match self.ahead.take() {
            Some(ahead) => ahead,
            None => self.read_ahead()?,
        };
        if self.n_blank > 0 {
            self.n_blank -= 1;
            self.ahead = Some(ahead);
            let blank = Record { values: vec![Vec::new()], line: self.line, open_quote: None, is_blank: true };
            self.line += 1;
            return Ok(Some(blank));
        }
        let Some(record) = ahead else {
            self.ahead = Some(None);
            return Ok(None);
        };
        let n_lines = record.n_lines();
        let record =
            Record { line: self.line, open_quote: record.open_quote.map(|offset| self.line + offset), ..record };
        self.line += n_lines;
        Ok(Some(record))
    }

    /// Reads a record, its lines counted from its own first, and counts the blank lines before it.
    fn read_ahead(&mut self) -> io::Result<Option<Record>> {
        let before = self.reader.position().line();
        let mut read = ByteRecord::new();
        if !self.reader.read_byte_record(&mut read)? {
            return Ok(None);
        }
        let mut record = Record { values: read.iter().map(<[u8]>::to_vec).collect(), ..Record::default() };
        let n_lines = self.reader.position().line() - before;
        let is_end = record.values == [&END[1..END.len() - 1]];
        // The end begins with a line feed of its own.
        let n_own = record.n_lines() + u64::from(is_end) + u64::from(is_end && self.is_behind);
        self.n_blank = n_lines.saturating_sub(n_own);
        self.is_behind |= n_lines < n_own;
        if is_end {
            return Ok(None);
        }
        if let Some((last, others)) = record.values.split_last_mut()
            && last.ends_with(END)
        {
            last.truncate(last.len() - END.len());
            record.open_quote = Some(others.iter().map(|value| n_line_feeds(value)).sum());
        }
        Ok(Some(record))
    }
}

impl Record {
    /// What is wrong with its number of values, where the header names another.
    pub fn miscount(&self, n_columns: usize) -> Option<Problem> {
        let n_values = self.values.len();
        (n_values != n_columns).then_some(Problem::Miscount { n_values, n_columns })
    }

    /// Whether it is a line like "sep=;", which names no columns; cut there, or by another delimiter not.
    fn tells_delimiter(&self) -> bool {
        match self.values.as_slice() {
            [only] => matches!(only.as_slice(), [b's', b'e', b'p', b'=', _]),
            [told, rest] => told == b"sep=" && rest.is_empty(),
            _ => false,
        }
    }

    fn n_lines(&self) -> u64 {
        1 + self.values.iter().map(|value| n_line_feeds(value)).sum::<u64>()
    }
}

/// The character between the values, by the first line: the one it tells, or a comma, a semicolon or a tab, of which the
/// header has most outside quotes; a comma where it has none.
fn told_delimiter(line: &[u8]) -> u8 {
    // A file of old may end its lines in carriage returns alone.
    let end = line.iter().position(|byte| matches!(byte, b'\r' | b'\n')).map_or(line.len(), |end| end + 1);
    let line = &line[..end];
    if let [b's', b'e', b'p', b'=', told, b'\r' | b'\n', ..] = *line {
        return told;
    }
    let mut is_quoted = false;
    let mut n_found = [(b'\t', 0), (b';', 0), (b',', 0)];
    for byte in line {
        is_quoted ^= *byte == b'"';
        if let Some((_, n)) = n_found.iter_mut().find(|(delimiter, _)| !is_quoted && delimiter == byte) {
            *n += 1;
        }
    }
    n_found.into_iter().max_by_key(|(_, n)| *n).map_or(b',', |(delimiter, _)| delimiter)
}

fn n_line_feeds(value: &[u8]) -> u64 {
    value.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        let mut records = Records::new(text.as_bytes(), Some(b',')).expect("memory can be read");
        std::iter::from_fn(|| records.next_record().expect("memory can be read")).collect()
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
    }

    #[test]
    fn a_quote_that_is_never_closed_is_known_by_its_line() {
        let found = records("a,b\n\"c\nd\",\"e \"\"\nf,g\nh");
        assert_eq!(texts(&found[1]), ["c\nd", "e \"\nf,g\nh"]);
        assert_eq!((found[1].line, found[1].open_quote), (2, Some(3)));
        assert_eq!([found[0].open_quote, records("\"a\"")[0].open_quote], [None; 2]);
        assert_eq!(records("\"").pop().and_then(|record| record.open_quote), Some(1));
    }

    #[test]
    fn blank_lines_are_told_from_quoted_nothing() {
        let blank = |text: &str| records(text).iter().map(|record| record.is_blank).collect::<Vec<_>>();
        assert_eq!(blank("a\n\n\"\"\n\r\n,\nb"), [false, true, false, true, false, false]);
    }
}
