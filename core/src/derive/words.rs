//! Small questions about words: which carry content, what their stem is, how rare they are.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};

use super::lists::List;
use crate::language::{Class, LANGUAGE};

/// Words of a text in lower case: runs of letters and digits, with inner underscores. Words of a word are that word: a
/// capital that becomes two characters is taken apart the first time already.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric() && c != '_');
    parts.map(|word| word.trim_matches('_')).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

pub(super) fn is_function_word(word: &str) -> bool {
    List::Function.has(word)
}

/// Whether a question with its answer is English, by its function words or, where they do not tell, by those of the whole
/// document. Marking looks words up in a dictionary for that, which programs that only draft do without.
pub(super) fn is_english(text: &str, document: &FunctionWords) -> bool {
    const FEWEST: usize = 20;
    let own = FunctionWords::of(text);
    match (own.n_english, own.n_foreign) {
        // A few may be names or quoted.
        (n_english, n_foreign @ 3..) if n_foreign > n_english => false,
        (3.., _) if own.are_enough() => true,
        _ => document.n_words < FEWEST || document.n_foreign <= document.n_english && document.are_enough(),
    }
}

/// How many words of a text show its language.
pub(super) struct FunctionWords {
    n_words: usize,
    n_english: usize,
    n_foreign: usize,
}

impl FunctionWords {
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let n_english = words.iter().filter(|word| is_function_word(word) && !List::Shared.has(word)).count();
        let n_foreign = words.iter().filter(|word| List::Foreign.has(word)).count();
        Self { n_words: words.len(), n_english, n_foreign }
    }

    /// Whether a text in English may have so few of its own. Lists of keywords have 1 in 12, texts in German, French and
    /// Spanish at most 1 in 20.
    fn are_enough(&self) -> bool {
        self.n_english * 16 >= self.n_words
    }
}

/// Whether a text sets things against each other by "versus".
pub(super) fn has_versus(text: &str) -> bool {
    words(text).iter().any(|word| matches!(word.as_str(), "vs" | "versus"))
}

/// Stems of the content words of a text, in its order.
pub(super) fn content_stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    words(text).iter().filter(|word| !is_function_word(word)).map(|word| stemmer.stem(word).into_owned()).collect()
}

/// Content words of a text, in its order.
pub(super) fn content_words(text: &str) -> Vec<String> {
    words(text).into_iter().filter(|word| !is_function_word(word)).collect()
}

/// Whether a text says something of a subject by a verb: "The lid keeps it warm", not "a lid for the pot", "keep it warm" or
/// "when it boils". In doubt it does not.
pub(super) fn is_clause(text: &str) -> bool {
    const NO_SUBJECT: Class = Class::PREP.with(Class::CONJ).with(Class::WH);
    let words = words(text);
    let classes: Vec<Class> = words.iter().map(|word| LANGUAGE.entry(word).class).collect();
    let Some((first, rest)) = classes.split_first() else { return false };
    if rest.is_empty() || first.any(NO_SUBJECT.with(Class::SUBORDINATOR).with(Class::VERB_ING)) {
        return false;
    }
    if first.any(Class::SUBJECT_PRON) {
        return true;
    }
    (1..words.len()).any(|at| {
        let (before, class) = (classes[at - 1], classes[at]);
        let next = words.get(at + 1).map_or("", String::as_str);
        if before.any(NO_SUBJECT) {
            return false;
        }
        let auxiliary = class.any(Class::AUX) && !class.any(Class::BE_NONFINITE);
        // "Locks", "requests" are also nouns: at the end of a name, after an article, before "of" and "and".
        let named = before.any(Class::DET) && words[at - 1] != "this"
            || matches!(next, "of" | "and" | "or")
            || next.is_empty() && !first.any(Class::DET);
        auxiliary || class.any(Class::VERB_S) && !named
    })
}

/// Whether a phrase stands in a text word by word.
pub(super) fn has_phrase(text: &str, phrase: &str) -> bool {
    let spaced = |text: &str| format!(" {} ", words(text).join(" "));
    spaced(text).contains(&spaced(phrase))
}

/// Stems of the content words of a text, each once.
pub(super) fn content_set(text: &str) -> BTreeSet<String> {
    content_stems(text).into_iter().collect()
}

/// Share of the content that two texts have in common, in percent of what they have together.
pub(super) fn likeness(a: &str, b: &str) -> usize {
    overlap(&content_set(a), &content_set(b))
}

/// Share that two sets have in common, in percent of what they have together.
pub(super) fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> usize {
    let common = a.intersection(b).count();
    (100 * common).checked_div(a.len() + b.len() - common).unwrap_or_default()
}

/// A name in kebab-case from the content words of a text, at most `n_words` of them.
pub(super) fn kebab(text: &str, n_words: usize) -> String {
    let ascii = |word: &String| -> String { word.chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut parts: Vec<String> = content_words(text).iter().map(ascii).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        parts = words(text).iter().map(ascii).filter(|part| !part.is_empty()).collect();
    }
    parts.truncate(n_words);
    if parts.is_empty() { "question".to_owned() } else { parts.join("-") }
}

/// `name`, or `name-2`, `name-3` ...: the first that is not in use. It is in use from then on.
pub(super) fn unique(name: &str, used: &mut BTreeSet<String>) -> String {
    let free = (1..)
        .map(|n| if n == 1 { name.to_owned() } else { format!("{name}-{n}") })
        .find(|name| !used.contains(name))
        .expect("there is always a next number");
    used.insert(free.clone());
    free
}

/// How telling each stem is: the fewer texts it stands in, the more.
pub(super) struct Rarity {
    n_texts: BTreeMap<String, u32>,
}

impl Rarity {
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut n_texts: BTreeMap<String, u32> = BTreeMap::new();
        for text in texts {
            for stem in content_set(text) {
                *n_texts.entry(stem).or_default() += 1;
            }
        }
        Self { n_texts }
    }

    /// 1000 for a stem of one text, falling with the square root of the number of texts. Integers, so that no platform
    /// rounds differently.
    pub(super) fn of_stem(&self, stem: &str) -> u32 {
        (1_000_000 / self.n_texts.get(stem).copied().unwrap_or(1)).isqrt()
    }

    /// Mean rarity of the content of a text, without the stems in `known`; 0 when nothing is left.
    pub(super) fn of_text(&self, text: &str, known: &BTreeSet<String>) -> u32 {
        let stems = content_set(text);
        let stems: Vec<&String> = stems.difference(known).collect();
        let n = stems.len() as u32;
        stems.iter().map(|stem| self.of_stem(stem)).sum::<u32>().checked_div(n).unwrap_or_default()
    }
}

/// Sentences of a text, split at `.`, `!`, `?` before a space and no small letter, never inside brackets or after an
/// abbreviation, and at line breaks.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut depth = 0_usize;
        let mut start = 0;
        for (at, c) in line.char_indices() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                '.' | '!' | '?' if depth == 0 => {
                    let before = line[start..at].rsplit([' ', '(']).next().unwrap_or_default();
                    let mut after = line[at + 1..].chars();
                    let spaced = after.next().is_none_or(char::is_whitespace);
                    let goes_on = |c: char| c.is_lowercase() || matches!(c, '→' | '-' | '=');
                    let small = after.find(|c| !c.is_whitespace()).is_some_and(goes_on);
                    if spaced && !small && !is_abbreviation(before) {
                        sentences.push(line[start..=at].trim().to_owned());
                        start = at + 1;
                    }
                }
                _ => {}
            }
        }
        sentences.push(line[start..].trim().to_owned());
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether a full stop behind a word belongs to it: that of "c. 1450" and "St. Mary" does, that of "vitamin C." does not.
fn is_abbreviation(word: &str) -> bool {
    List::Abbreviation.has(word) || word.len() > 1 && List::Abbreviation.has(&word.to_lowercase())
}

/// A phrase that can stand in a pattern: its words alone, so that no character means anything else there.
pub(super) fn pattern_phrase(text: &str) -> String {
    words(text).join(" ").replace('_', " ")
}

/// A short answer without the words before it that say nothing: "It is hydrogen" is "hydrogen", "In 1989" is "1989". What
/// denies something stays: "no teeth".
pub(super) fn without_lead(text: &str) -> &str {
    let mut rest = text.trim();
    while let Some((word, after)) = rest.split_once(' ')
        && says_nothing(&pattern_phrase(word))
        && !content_words(after).is_empty()
    {
        rest = after.trim_start();
    }
    rest
}

fn says_nothing(word: &str) -> bool {
    is_function_word(word) && !List::Denial.has(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        assert_eq!(
            sentences(
                "TCP orders data (e.g. bytes. Yes.) and so on. It's slow, e.g. at start. V1.2 is old! Why?\nnext"
            ),
            [
                "TCP orders data (e.g. bytes. Yes.) and so on.",
                "It's slow, e.g. at start.",
                "V1.2 is old!",
                "Why?",
                "next"
            ]
        );
    }

    #[test]
    fn clauses_have_a_subject_and_a_verb() {
        for text in [
            "It learns names.",
            "The lid keeps it warm.",
            "Leaves are steamed.",
            "The water boils.",
            "This saves fuel.",
            "Steam can escape.",
            "Milk makes it mild.",
        ] {
            assert!(is_clause(text), "{text}");
        }
        for text in [
            "Fast brewing.",
            "Keep the lid closed.",
            "keeps it warm",
            "is slow",
            "leaves that are not oxidised",
            "when the water boils",
            "a lid for the pot",
            "warm hands and needs",
            "pot checks of the cook",
            "keeping water that boils hot",
            "the locks",
            "Tea",
            "",
        ] {
            assert!(!is_clause(text), "{text}");
        }
    }

    #[test]
    fn function_words_show_the_language() {
        let german = "Grüner Tee wird aus Blättern gemacht, die nicht oxidiert sind. Was ihn von schwarzem Tee so \
                      unterscheidet, ist also das Dämpfen in der Pfanne.";
        let english = "Green tea is made of leaves that are not oxidised. What tells it from black tea is the steaming in \
                       a pan, which keeps its colour.";
        for (text, document, expected) in [
            (german, german, false),
            (english, english, true),
            // Each question is in its own language,
            (german, english, false),
            ("Was ist Tee? Tee ist ein Getränk.", english, false),
            (english, german, true),
            // and what is too short to tell is in that of its document.
            ("Heiße Blätter", german, false),
            ("Heiße Blätter", english, true),
            ("Los Angeles, Las Vegas, El Paso", english, true),
            ("Mercury; Venus", "Mercury; Venus", true),
        ] {
            assert_eq!(is_english(text, &FunctionWords::of(document)), expected, "{text}");
        }
    }

    #[test]
    fn names_are_kebab_case_and_unique() {
        let mut used = BTreeSet::new();
        assert_eq!(kebab("What is the N + 1 Problem?", 6), "n-1-problem");
        assert_eq!(kebab("Größe der select_related", 6), "gre-der-selectrelated");
        assert_eq!(kebab("?!", 6), "question");
        assert_eq!(unique("a", &mut used), "a");
        assert_eq!(unique("a", &mut used), "a-2");
        assert_eq!(unique("a", &mut used), "a-3");
    }

    #[test]
    fn rarer_words_tell_more() {
        let rarity = Rarity::of(["the packet is lost", "a packet arrives", "packets and acknowledgements"].into_iter());
        assert_eq!(rarity.of_stem("packet"), 577);
        assert_eq!(rarity.of_stem("lost"), 1000);
        assert_eq!(rarity.of_text("packets are lost", &BTreeSet::from(["packet".to_owned()])), 1000);
    }
}
