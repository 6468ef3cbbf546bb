//! Records of CSV.
//!
//! Quotes, line ends and delimiters are read as the crate `csv` reads them. Two things matter here that it does not tell:
//! that the input ended inside a quoted value, which then holds the rest of the file, and that a line is blank, which in
//! a table of one column is an empty value.

use std::io::{self, BufRead};

/// Reads one record after the other.
pub struct Records<R> {
    input: R,
    delimiter: u8,
    /// Of the next byte, 1-based.
    line: u64,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub values: Vec<Vec<u8>>,
    /// Where the record begins, 1-based.
    pub line: u64,
    /// The line of a quote that is never closed: the rest of the input is in this record.
    pub open_quote: Option<u64>,
    /// Nothing stands on its line. Such a record has one empty value.
    pub is_blank: bool,
}

/// Where in a record the next byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    ValueStart,
    Plain,
    Quoted,
    /// Behind a quote in a quoted value: its end, or the first of two that stand for one.
    Quote,
}

impl<R: BufRead> Records<R> {
    pub fn new(input: R, delimiter: u8) -> Self {
        Self { input, delimiter, line: 1 }
    }

    /// The next record that is no blank line; `None` at the end.
    pub fn next_filled(&mut self) -> io::Result<Option<Record>> {
        loop {
            match self.next_record()? {
                Some(record) if record.is_blank => {}
                found => return Ok(found),
            }
        }
    }

    /// The next record; `None` at the end.
    pub fn next_record(&mut self) -> io::Result<Option<Record>> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let mut record = Record { line: self.line, ..Record::default() };
        let mut value = Vec::new();
        let mut place = Place::ValueStart;
        let mut quote_line = 0;
        while let Some(byte) = self.peek()? {
            self.input.consume(1);
            place = match (place, byte) {
                (Place::Quoted, b'"') => Place::Quote,
                (Place::ValueStart, b'"') => {
                    quote_line = self.line;
                    Place::Quoted
                }
                (Place::Quoted, _) | (Place::Quote, b'"') => {
                    self.line += u64::from(byte == b'\n');
                    value.push(byte);
                    Place::Quoted
                }
                (_, b'\r' | b'\n') => {
                    if byte == b'\r' && self.peek()? == Some(b'\n') {
                        self.input.consume(1);
                    }
                    self.line += 1;
                    record.is_blank = place == Place::ValueStart && record.values.is_empty();
                    break;
                }
                _ if byte == self.delimiter => {
                    record.values.push(std::mem::take(&mut value));
                    Place::ValueStart
                }
                _ => {
                    value.push(byte);
                    Place::Plain
                }
            };
        }
        record.values.push(value);
        record.open_quote = (place == Place::Quoted).then_some(quote_line);
        Ok(Some(record))
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<Record> {
        let mut records = Records::new(text.as_bytes(), b',');
        std::iter::from_fn(|| records.next_record().expect("memory can be read")).collect()
    }

    fn texts(record: &Record) -> Vec<String> {
        record.values.iter().map(|value| String::from_utf8_lossy(value).into_owned()).collect()
    }

    #[test]
    fn values_are_those_of_the_crate_csv() {
        for text in [
            "a,b\nc,d\n",
            "a,b\r\nc,d",
            "a\rb\r",
            "\"a, b\",\"c\nd\"\r\n\"e \"\"f\"\"\",\n",
            "a \"b\",\"c\"d\n\"\"e\"\",\"f\" \"g\"",
            "\"\"\n,\n\n\n\r\nx",
            "",
        ] {
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> =
                reader.deserialize().map(|record| record.expect("the text is UTF-8")).collect();
            let found: Vec<_> = records(text).iter().filter(|record| !record.is_blank).map(texts).collect();
            assert_eq!(found, expected, "{text:?}");
        }
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
