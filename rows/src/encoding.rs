//! Files as text in UTF-8, and what they are instead.

/// Stands in front of UTF-8 where spreadsheet programs write it, and tells them that it is UTF-8.
pub const MARK: &str = "\u{feff}";

/// The text of a file, without the mark in front of it.
///
/// # Errors
/// When it holds no text in UTF-8.
pub fn text_of(bytes: Vec<u8>) -> Result<String, NoText> {
    if let Some(what) = NoText::of(&bytes) {
        return Err(what);
    }
    let text = String::from_utf8(bytes).map_err(|error| NoText::Invalid(error.utf8_error().valid_up_to()))?;
    Ok(text.strip_prefix(MARK).map(str::to_owned).unwrap_or(text))
}

/// What a file is instead of text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// Which spreadsheet programs write as "Unicode text", with its mark or without.
    Utf16,
    /// Compressed by gzip.
    Gzip,
    /// A ZIP archive, such as a workbook or a document of an office program.
    Zip,
    /// In another encoding from this byte on, or damaged.
    Invalid(usize),
}

impl NoText {
    /// So many bytes tell.
    pub const N_BYTES: usize = 4;

    /// What a file is by how it begins; `None` where it may well be text.
    pub fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..] => Some(Self::Utf16),
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ => None,
        }
    }

    /// What it is, to follow "the file is".
    pub fn name(self) -> String {
        match self {
            Self::Utf16 => "UTF-16".to_owned(),
            Self::Gzip => "compressed by gzip".to_owned(),
            Self::Zip => "a ZIP archive, such as a workbook".to_owned(),
            Self::Invalid(at) => format!("not UTF-8: byte {at} cannot be read"),
        }
    }

    /// What to do with it.
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Utf16 | Self::Invalid(_) => "save it as UTF-8",
            Self::Gzip => "unpack it first",
            Self::Zip => "unpack it, or save the workbook as CSV in UTF-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{NoText, text_of};

    #[test]
    fn files_that_hold_no_text_are_known() {
        let of = |start: &[u8]| NoText::of(start);
        for start in [&b"\xff\xfeq\0"[..], b"\xfe\xff\0q", b"\xff\xfe", b"q\0u\0", b"\0q\0u"] {
            assert_eq!(of(start), Some(NoText::Utf16), "{start:?}");
        }
        assert_eq!((of(b"\x1f\x8b\x08\0"), of(b"PK\x03\x04")), (Some(NoText::Gzip), Some(NoText::Zip)));
        for start in [&b""[..], b"q", b"quest", b"PK,1", b"\xef\xbb\xbfq", b"a\0bc"] {
            assert_eq!(of(start), None, "{start:?}");
        }
    }

    #[test]
    fn a_file_is_its_text_without_the_mark() {
        assert_eq!(text_of(b"\xef\xbb\xbfcaf\xc3\xa9".to_vec()), Ok("café".to_owned()));
        assert_eq!(text_of("\u{feff}\u{feff}".into()), Ok("\u{feff}".to_owned()), "only the first is the mark");
        assert_eq!(text_of(b"caf\xe9".to_vec()), Err(NoText::Invalid(3)));
        assert_eq!(text_of(b"PK\x03\x04".to_vec()), Err(NoText::Zip));
    }
}
