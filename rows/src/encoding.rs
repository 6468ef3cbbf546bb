//! Files that hold no text as they are, known by how they begin.

/// What a file is instead of text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// Which spreadsheet programs write as "Unicode text", with its mark or without.
    Utf16,
    /// Compressed by gzip.
    Gzip,
    /// A ZIP archive, such as a workbook or a document of an office program.
    Zip,
}

impl NoText {
    /// So many bytes tell.
    pub const N_BYTES: usize = 4;

    /// What a file is that begins so; `None` where it may well be text.
    pub fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, _, 0, ..] | [0, _, 0, _, ..] => Some(Self::Utf16),
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [b'P', b'K', 3, 4, ..] => Some(Self::Zip),
            _ => None,
        }
    }

    /// What it is, to follow "the file is".
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16",
            Self::Gzip => "compressed by gzip",
            Self::Zip => "a ZIP archive, such as a workbook",
        }
    }

    /// What to do with it.
    pub fn way_out(self) -> &'static str {
        match self {
            Self::Utf16 => "save it as UTF-8",
            Self::Gzip => "unpack it first",
            Self::Zip => "unpack it, or save the workbook as CSV in UTF-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NoText;

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
}
