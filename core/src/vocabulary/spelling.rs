//! Spelling neighbours: which term a word that nobody knows was meant to be.
//!
//! Safe by design: a word that the rubric, the language tables or a general dictionary knows is never changed, so that
//! "lock" is not "look" and "read" is not "head". Nothing is corrected across a negative prefix.

use super::{Shape, Tolerance, negative_prefix};
use crate::language::LANGUAGE;
use std::borrow::Cow;

#[derive(Default)]
pub(super) struct SpellingIndex {
    /// Ordered by length, so that a word looks at neighbours of about its own length only.
    targets: Vec<Target>,
    prefixes: Vec<Target>,
}

struct Target {
    /// Those of the language are not copied for each rubric.
    word: Cow<'static, str>,
    /// One bit a letter: two words at distance d differ in at most 2 d letters.
    letters: u32,
    tolerance: Tolerance,
    /// A word of the rubric: it wins over a word of the language at the same distance.
    own: bool,
}

/// A correction: the term that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Correction {
    Word(String),
    /// The word begins like a wildcard, with a typing error; the corrected beginning and the word's own rest.
    Prefix(String),
}

impl SpellingIndex {
    /// What a misspelt word may be corrected to: the terms of a rubric as their author wrote them, the words of its
    /// statements, and the language's own.
    pub(super) fn build(terms: &[(&Shape, Tolerance)], statement_words: &[String]) -> Self {
        let mut index = Self::default();
        for (shape, tolerance) in terms {
            let target = Target::new(shape.text().to_owned().into(), *tolerance, true);
            match shape {
                Shape::Prefix(_) => index.prefixes.push(target),
                Shape::Stem(_) => index.targets.push(target),
                Shape::Exact(_) | Shape::Glob(_) => {}
            }
        }
        let of_statement = |word: &String| Target::new(word.clone().into(), Tolerance::ByLength, true);
        let of_language = |word: &'static String| Target::new(word.as_str().into(), Tolerance::ByLength, false);
        index.targets.extend(statement_words.iter().map(of_statement));
        index.targets.extend(LANGUAGE.correctable.iter().map(of_language));
        for list in [&mut index.targets, &mut index.prefixes] {
            list.retain(|target| target.word.len() >= 4 && target.tolerance.edits(target.word.len()) > 0);
            list.sort_by(|a, b| (a.word.len(), &a.word).cmp(&(b.word.len(), &b.word)));
            list.dedup_by(|a, b| a.word == b.word);
        }
        index
    }

    /// The term that a word nobody knows was meant to be, if one is near enough.
    pub(super) fn correct(&self, word: &str) -> Option<Correction> {
        if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        match self.nearest_word(word) {
            // A wildcard is the author's, and one edit away: nearer than a word that only the language has.
            Some((distance, target)) if target.own && distance <= 1 => Some(Correction::Word(target.word.to_string())),
            found => {
                let begun = self.nearest_prefix(word).map(Correction::Prefix);
                begun.or_else(|| found.map(|(_, target)| Correction::Word(target.word.to_string())))
            }
        }
    }

    /// The word meant, and how many edits lie between.
    fn nearest_word(&self, word: &str) -> Option<(usize, &Target)> {
        let most = Tolerance::ByLength.edits(word.len()).max(1);
        let letters = letter_mask(word);
        // "unordered" is a word, though no dictionary has it; "inmutable" is still the rubric's "immutable".
        let derived = negative_prefix(word).is_some_and(|rest| LANGUAGE.is_known(rest));
        let from = self.targets.partition_point(|target| target.word.len() + 2 < word.len());
        let mut best: Option<(usize, &Target)> = None;
        for target in self.targets[from..].iter().take_while(|target| target.word.len() <= word.len() + 2) {
            // The shorter of both decides: four letters with two errors could be anything.
            let allowed =
                target.tolerance.edits(target.word.len().min(word.len())).min(most.max(target.tolerance.explicit()));
            if (target.letters ^ letters).count_ones() as usize > 2 * allowed
                || !begins_alike(word, &target.word)
                || crosses_negation(word, &target.word)
                || derived && !(target.own && negative_prefix(&target.word).is_some())
            {
                continue;
            }
            let distance = strsim::osa_distance(word, &target.word);
            let nearer = |(nearest, known): (usize, &Target)| (distance, !target.own) < (nearest, !known.own);
            if distance <= allowed && best.is_none_or(nearer) {
                best = Some((distance, target));
            }
        }
        best
    }

    /// Wildcards need tolerance too: the beginning of the word at one edit from the prefix.
    fn nearest_prefix(&self, word: &str) -> Option<String> {
        for target in self.prefixes.iter().rev() {
            let n = target.word.len();
            if word.len() + 1 < n || word.as_bytes()[0] != target.word.as_bytes()[0] {
                continue;
            }
            let cut = [n, n + 1, n - 1]
                .into_iter()
                .filter(|&cut| cut <= word.len())
                .find(|&cut| strsim::osa_distance(&word[..cut], &target.word) == 1);
            if let Some(cut) = cut {
                return Some(format!("{}{}", target.word, &word[cut..]));
            }
        }
        None
    }
}

impl Target {
    fn new(word: Cow<'static, str>, tolerance: Tolerance, own: bool) -> Self {
        Self { letters: letter_mask(&word), word, tolerance, own }
    }
}

impl Tolerance {
    /// Edits that the author asked for; 0 where the length decides.
    fn explicit(self) -> usize {
        match self {
            Self::ByLength => 0,
            Self::AtMost(n) => usize::from(n),
        }
    }
}

fn letter_mask(word: &str) -> u32 {
    word.bytes().filter(u8::is_ascii_lowercase).fold(0, |mask, b| mask | 1 << (b - b'a'))
}

/// People seldom miss the first letter: equal, or exchanged with the second, or missing in a long word.
fn begins_alike(word: &str, target: &str) -> bool {
    let (a, b) = (word.as_bytes(), target.as_bytes());
    a[0] == b[0]
        || (a[0] == b[1] && a[1] == b[0])
        || (a.len() >= 6 && (a[..3] == b[1..4] || a[1..4] == b[..3] || a[1..4] == b[1..4]))
}

/// "inmutable" is a misspelt "immutable", never a misspelt "mutable".
fn crosses_negation(word: &str, target: &str) -> bool {
    let denies =
        |word: &str| ["un", "in", "im", "ir", "il", "non", "dis"].iter().any(|prefix| word.starts_with(prefix));
    denies(word) != denies(target) || word.ends_with("less") != target.ends_with("less")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::VocabularyBuilder;

    fn corrected(terms: &[&str], word: &str) -> Option<String> {
        let shape = |term: &&str| match term.strip_suffix('*') {
            Some(prefix) => Shape::Prefix(prefix.to_owned()),
            None => Shape::Stem((*term).to_owned()),
        };
        let shapes: Vec<Shape> = terms.iter().map(shape).collect();
        let mut builder = VocabularyBuilder::default();
        shapes.iter().for_each(|shape| builder.note(shape, Tolerance::ByLength));
        match builder.build().spelling.correct(word) {
            Some(Correction::Word(word) | Correction::Prefix(word)) => Some(word),
            None => None,
        }
    }

    #[test]
    fn one_edit_from_four_letters_two_from_eight() {
        assert_eq!(corrected(&["lock"], "lokc").as_deref(), Some("lock"));
        assert_eq!(corrected(&["lock"], "lo"), None);
        assert_eq!(corrected(&["container"], "containr").as_deref(), Some("container"));
        assert_eq!(corrected(&["container"], "contanr"), None);
        assert_eq!(corrected(&["guarantee"], "garentee").as_deref(), Some("guarantee"));
    }

    #[test]
    fn wildcards_are_corrected_at_their_beginning() {
        assert_eq!(corrected(&["handshak*"], "handshek").as_deref(), Some("handshak"));
        assert_eq!(corrected(&["handshak*"], "hendshek").as_deref(), None);
        assert_eq!(corrected(&["retransmi*"], "retrasmission").as_deref(), Some("retransmission"));
    }

    #[test]
    fn nothing_is_corrected_across_a_negation() {
        assert_eq!(corrected(&["mutable"], "inmutable"), None);
        assert_eq!(corrected(&["immutable", "mutable"], "inmutable").as_deref(), Some("immutable"));
    }
}
