//! Words in the form in which they are compared.

use std::sync::LazyLock;

/// Letters that lower case alone does not fold, ordered, with what they fold to.
static FOLDS: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/fold.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(|line| {
            let (first, folds) = line.split_once('\t').expect("a line begins with a letter's number");
            let first = u32::from_str_radix(first, 16).expect("numbers are hexadecimal");
            (first..).zip(folds.split('\t')).map(|(number, fold)| (char::from_u32(number).expect("a letter"), fold))
        })
        .collect()
});

/// Folds a word for comparison: compatibility forms, lower case, no accents, straight quotes.
pub(crate) fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match FOLDS.binary_search_by_key(&c, |&(letter, _)| letter) {
            Ok(found) => FOLDS[found].1.chars().for_each(|c| push(folded, c)),
            Err(_) => c.to_lowercase().for_each(|c| push(folded, c)),
        }
    }
}

/// Appends a letter, joined with the last one where both are parts of one: terms and answers meet in one form.
fn push(folded: &mut String, c: char) {
    match folded.chars().next_back().and_then(|last| joined(last, c)) {
        Some(whole) => {
            folded.pop();
            folded.push(whole);
        }
        None => folded.push(c),
    }
}

/// The letter that two parts compose: Hangul by arithmetic (Unicode Standard, 3.12), Kirat Rai vowels. Nothing else
/// composes once accents are gone.
fn joined(first: char, second: char) -> Option<char> {
    const SYLLABLES: u32 = 0xac00;
    const N_VOWELS: u32 = 21;
    const N_FINALS: u32 = 28;
    let whole = match (first, second) {
        ('\u{1100}'..='\u{1112}', '\u{1161}'..='\u{1175}') => {
            let (lead, vowel) = (first as u32 - 0x1100, second as u32 - 0x1161);
            SYLLABLES + (lead * N_VOWELS + vowel) * N_FINALS
        }
        ('\u{ac00}'..='\u{d7a3}', '\u{11a8}'..='\u{11c2}') if (first as u32 - SYLLABLES).is_multiple_of(N_FINALS) => {
            first as u32 + (second as u32 - 0x11a7)
        }
        ('\u{16d67}', '\u{16d67}') => 0x16d68,
        ('\u{16d63}', '\u{16d67}') => 0x16d69,
        ('\u{16d69}', '\u{16d67}') => 0x16d6a,
        _ => return None,
    };
    char::from_u32(whole)
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;
    use unicode_normalization::char::is_combining_mark;

    /// Soft hyphens, joiners and direction marks: seen by nobody.
    fn is_invisible(c: char) -> bool {
        matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
    }

    /// What folding means, by the tables of Unicode.
    fn by_unicode(word: &str) -> String {
        let mut folded = String::new();
        for c in word.nfkd().filter(|&c| !is_combining_mark(c) && !is_invisible(c)) {
            match c {
                '’' | '‘' | 'ʼ' | '＇' => folded.push('\''),
                'ß' => folded.push_str("ss"),
                _ => folded.extend(c.to_lowercase()),
            }
        }
        folded.nfc().collect()
    }

    fn folded(word: &str) -> String {
        let mut folded = String::new();
        fold(word, &mut folded);
        folded
    }

    const HEAD: &str = "\
# Letters that lower case alone does not fold for comparison, from the tables of the crate unicode-normalization:
# compatibility forms decomposed, accents and invisible marks dropped, quotes straightened, lower case.
# A line: number of a letter, then what it and the letters behind it become, each after a tab.
# Written by `UPDATE_FOLDS=1 cargo test --release -p rubrica-core --lib fold`.
";

    #[test]
    #[allow(clippy::disallowed_methods, reason = "the test writes the table")]
    fn the_table_is_fresh() {
        let mut table = String::new();
        let mut next = None;
        for c in '\u{80}'..=char::MAX {
            let fold = by_unicode(c.encode_utf8(&mut [0; 4]));
            if fold.chars().eq(c.to_lowercase()) {
                continue;
            }
            if next != Some(c as u32) {
                table.push_str(&format!("\n{:x}", c as u32));
            }
            table.push_str(&format!("\t{fold}"));
            next = Some(c as u32 + 1);
        }
        let table = format!("{HEAD}{}\n", table.trim_start());
        if std::env::var_os("UPDATE_FOLDS").is_some() {
            let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/fold.txt");
            std::fs::write(path, table).expect("the table can be written");
            return;
        }
        assert!(include_str!("../../data/fold.txt") == table, "write it anew, as its first lines say");
    }

    #[test]
    fn every_letter_folds_as_unicode_says() {
        let mut buffer = [0; 4];
        for c in '\0'..=char::MAX {
            let word = c.encode_utf8(&mut buffer);
            assert_eq!(folded(word), by_unicode(word), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn every_pair_that_composes_is_joined() {
        for whole in '\0'..=char::MAX {
            let parts: String = std::iter::once(whole).nfd().collect();
            assert_eq!(folded(&parts), by_unicode(&parts), "U+{:04X}", whole as u32);
        }
    }

    proptest! {
        #[test]
        fn words_fold_as_unicode_says(word in "(\\PC|[\u{1100}-\u{11ff}가-깋À-ž\u{300}-\u{304}\u{16d63}-\u{16d6a}ㄱ-ㅣ]){0,12}") {
            prop_assert_eq!(folded(&word), by_unicode(&word));
        }
    }
}
