//! Which format a table has.

use serde_json::value::RawValue;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Values separated as the first line says, under a header line.
    Csv,
    /// The same, separated by tabs.
    Tsv,
    /// JSON Lines, one object a line; or one JSON array of the objects.
    Json,
}

impl Format {
    /// The format that the ending of a file's name tells.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "jsonl" | "ndjson" | "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The format of a text that begins so: JSON begins with a bracket, as a header line hardly ever does.
    pub fn of_start(start: &[u8]) -> Self {
        if start.trim_ascii_start().starts_with(b"{") || begins_array(start) { Self::Json } else { Self::Csv }
    }
}

/// Whether the first character that is no space opens an array of JSON.
pub(crate) fn begins_array(start: &[u8]) -> bool {
    start.trim_ascii_start().starts_with(b"[")
}

/// The items of a JSON array, each as one line of JSON Lines with the line it stood on (from 1); `None` for what is no
/// array.
pub fn lines_of_array(text: &str) -> Option<Vec<(u32, String)>> {
    let items: Vec<&RawValue> =
        if begins_array(text.as_bytes()) { serde_json::from_str(text).ok()? } else { return None };
    let (mut at, mut line) = (0, 1);
    let mut placed = |item: &RawValue| {
        let begin = at + text[at..].find(item.get()).expect("an item is a part of its array");
        line += text[at..begin].matches('\n').count() as u32;
        let here = line;
        line += item.get().matches('\n').count() as u32;
        at = begin + item.get().len();
        // In JSON a line break stands between words only.
        (here, item.get().replace(['\r', '\n'], " "))
    };
    Some(items.into_iter().map(&mut placed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_or_the_first_character_tells_the_format() {
        let of = |name: &str| Format::of_name(name);
        assert_eq!([of("a.b/c.CSV"), of("t.tsv"), of("x.json")], [Format::Csv, Format::Tsv, Format::Json].map(Some));
        assert_eq!([of("answers"), of("answers.txt"), of("-")], [None; 3]);
        for (start, expected) in
            [("{", Format::Json), ("\n [1", Format::Json), ("a{", Format::Csv), ("", Format::Csv), ("a;b", Format::Csv)]
        {
            assert_eq!(Format::of_start(start.as_bytes()), expected, "{start}");
        }
    }

    #[test]
    fn items_of_an_array_know_their_lines() {
        let lines = lines_of_array("[\n {\"a\":\n  1}, {\"a\":\"\\n\"},\n\n 1, 1]");
        let expected = [(2, "{\"a\":   1}"), (3, "{\"a\":\"\\n\"}"), (5, "1"), (5, "1")];
        assert_eq!(lines, Some(expected.map(|(line, text)| (line, text.to_owned())).to_vec()));
        assert_eq!(["[1", "{}", "[] x", "a"].map(lines_of_array), [None, None, None, None]);
    }
}
