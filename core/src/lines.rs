//! Lines of the bulk call as they come in. Tables of answers in JSON are read by the same rules.

use crate::wire::BulkRequest;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Why a line cannot be evaluated.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Where it could be read.
    pub(crate) answer_id: Option<String>,
    pub(crate) message: String,
}

/// Reads one line. Ids and answers are texts, or numbers with the digits that they are written with; of a key that comes
/// twice the last counts.
pub(crate) fn read(line: &str) -> Result<BulkRequest, Malformed> {
    let line = without_lone_surrogates(line);
    let object: BTreeMap<String, &RawValue> =
        serde_json::from_str(&line).map_err(|error| Malformed { answer_id: None, message: no_object(&error) })?;
    let text = |key| object.get(key).map_or(Ok(None), |value| text_of(key, value));
    let required = |key| text(key)?.ok_or_else(|| format!("the line has no `{key}`"));
    let answer_id = text("answer_id");
    let known_id = answer_id.clone().unwrap_or_default();
    let request = || {
        Ok(BulkRequest { question_id: required("question_id")?, answer: required("answer")?, answer_id: answer_id? })
    };
    request().map_err(|message| Malformed { answer_id: known_id, message })
}

/// `None` for null, as where the key is absent.
fn text_of(key: &str, value: &RawValue) -> Result<Option<String>, String> {
    match value.get().as_bytes() {
        b"null" => Ok(None),
        [b'"', ..] => serde_json::from_str(value.get()).map_err(|error| format!("`{key}` cannot be read: {error}")),
        [b'-' | b'0'..=b'9', ..] => Ok(Some(value.get().to_owned())),
        _ => Err(format!("`{key}` is neither a text nor a number")),
    }
}

fn no_object(error: &serde_json::Error) -> String {
    if error.is_data() {
        return "the line is no JSON object".to_owned();
    }
    // To the parser each line is the first.
    format!("the line is no JSON: {}", error.to_string().replace(" at line 1 column", " at column"))
}

/// JSON with U+FFFD in place of every half of a surrogate pair that stands alone, as `TextEncoder` writes it. JavaScript
/// makes such halves when it cuts a text inside an emoji, and JSON by the letter allows them, but no text holds them.
///
/// # Example
/// ```
/// # use rubrica_core::without_lone_surrogates;
/// assert_eq!(without_lone_surrogates(r#""cut \ud83d, whole \ud83d\ude00""#), r#""cut \ufffd, whole \ud83d\ude00""#);
/// ```
pub fn without_lone_surrogates(json: &str) -> Cow<'_, str> {
    let mut mended = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        at += match (escaped_unit(json, at), escaped_unit(json, at + 6)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                mended.to_mut().replace_range(at..at + 6, "\\ufffd");
                6
            }
            // The character behind the backslash may be another backslash.
            _ => 2,
        };
    }
    mended
}

/// The unit of UTF-16 that is written here as `\u` and four digits.
fn escaped_unit(json: &str, at: usize) -> Option<u16> {
    u16::from_str_radix(json.get(at..at + 6)?.strip_prefix("\\u")?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(line: &str) -> (Option<String>, String) {
        let Malformed { answer_id, message } = read(line).expect_err("it is malformed");
        (answer_id, message)
    }

    #[test]
    fn numbers_keep_their_digits_and_unknown_keys_are_passed_over() {
        let line = r#"{"question_id": 7, "answer": 1.50, "answer_id": 12345678901234567890123, "late": [{}]}"#;
        let request = read(line).expect("it is sound");
        assert_eq!((request.question_id.as_str(), request.answer.as_str()), ("7", "1.50"));
        assert_eq!(request.answer_id.as_deref(), Some("12345678901234567890123"));
        let last = read(r#"{"question_id":"q","answer":"a","answer":"b","answer_id":null}"#).expect("it is sound");
        assert_eq!((last.answer.as_str(), last.answer_id), ("b", None));
    }

    #[test]
    fn a_malformed_line_keeps_its_id_where_it_can_be_read() {
        let id = || Some("4".to_owned());
        for (line, expected) in [
            (r#"{"answer":"a","answer_id":"4"}"#, (id(), "the line has no `question_id`")),
            (r#"{"question_id":"q","answer":null,"answer_id":4}"#, (id(), "the line has no `answer`")),
            (
                r#"{"question_id":"q","answer":["a"],"answer_id":"4"}"#,
                (id(), "`answer` is neither a text nor a number"),
            ),
            (
                r#"{"question_id":"q","answer":"a","answer_id":true}"#,
                (None, "`answer_id` is neither a text nor a number"),
            ),
            (r#"["q","a","4"]"#, (None, "the line is no JSON object")),
            (r#"{"answer_id":"4","answer"}"#, (None, "the line is no JSON: expected `:` at column 26")),
        ] {
            assert_eq!(refusal(line), (expected.0, expected.1.to_owned()), "{line}");
        }
    }

    #[test]
    fn halves_of_surrogate_pairs_are_replaced_where_they_stand_alone() {
        for (json, expected) in [
            (r"\ud83d\ude00", r"\ud83d\ude00"),
            (r"\uD83D", r"\ufffd"),
            (r"\ude00\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\ud83d\ud83d\ude00", r"\ufffd\ud83d\ude00"),
            (r"\ud83d\\ude00", r"\ufffd\\ude00"),
            (r"\\ud83d", r"\\ud83d"),
            (r"\\\ud83d\n", r"\\\ufffd\n"),
            (r"\u00e9\ud8", r"\u00e9\ud8"),
            ("\\é\\", "\\é\\"),
        ] {
            assert_eq!(without_lone_surrogates(json), expected, "{json}");
        }
        let request = read(r#"{"question_id":"q","answer":"cut \ud83d"}"#).expect("it is sound");
        assert_eq!(request.answer, "cut \u{fffd}");
    }
}
