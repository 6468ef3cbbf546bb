//! What the engine knows about English: word classes, verb forms, cues, stems. Tables are data (`core/data`).

mod bigram;
mod class;
mod stem;

pub(crate) use bigram::{OrderTable, Tag};
pub(crate) use class::Class;
pub(crate) use stem::Stemmer;

use crate::hash::{FxMap, fnv1a, fnv1a_from};
use crate::sort::{sort_by, sort_by_key};
use std::sync::LazyLock;

const ENGLISH: &str = include_str!("../data/english.txt");
const KNOWN_WORDS: &[u8] = include_bytes!("../data/known-words.bin");

/// The language tables, read once.
pub(crate) static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::read(ENGLISH));

/// A word of the tables: closed class, common verb or part of a cue. 0 is "no such word".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LexId(pub(crate) u16);

/// What a cue does to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueKind {
    Negation,
    NounNegation,
    Prevention,
    PseudoNegation,
    SentenceNegation,
    DenyingPredicate,
    /// Names what is wrong to do.
    Mistake,
    Refutation,
    Verdict,
    Belief,
    /// Only tried, wished, due or former.
    Unreal,
    /// Says what holds instead.
    Truth,
    Reporter,
    Supposition,
    Hedge,
    Meta,
    Announce,
    NotSubject,
    Former,
    Latter,
    Other,
    One,
    Correction,
    OrderBefore,
    Unlike,
    /// What follows is one case of many.
    Example,
    HoldsFor,
    Reverse,
    Topic,
    OrderAfter,
    Open,
    OpenBefore,
    Empty,
    /// Answers a question as it was asked.
    Assent,
    /// Joins two subjects.
    Addition,
}

impl CueKind {
    const NAMES: [(&'static str, CueKind); 35] = [
        ("negation", CueKind::Negation),
        ("noun-negation", CueKind::NounNegation),
        ("prevention", CueKind::Prevention),
        ("pseudo-negation", CueKind::PseudoNegation),
        ("sentence-negation", CueKind::SentenceNegation),
        ("denying-predicate", CueKind::DenyingPredicate),
        ("mistake", CueKind::Mistake),
        ("refutation", CueKind::Refutation),
        ("verdict", CueKind::Verdict),
        ("belief", CueKind::Belief),
        ("unreal", CueKind::Unreal),
        ("truth", CueKind::Truth),
        ("reporter", CueKind::Reporter),
        ("supposition", CueKind::Supposition),
        ("hedge", CueKind::Hedge),
        ("meta", CueKind::Meta),
        ("announce", CueKind::Announce),
        ("not-subject", CueKind::NotSubject),
        ("former", CueKind::Former),
        ("latter", CueKind::Latter),
        ("other", CueKind::Other),
        ("one", CueKind::One),
        ("correction", CueKind::Correction),
        ("order-before", CueKind::OrderBefore),
        ("unlike", CueKind::Unlike),
        ("example", CueKind::Example),
        ("holds-for", CueKind::HoldsFor),
        ("reverse", CueKind::Reverse),
        ("topic", CueKind::Topic),
        ("order-after", CueKind::OrderAfter),
        ("open", CueKind::Open),
        ("open-before", CueKind::OpenBefore),
        ("empty", CueKind::Empty),
        ("assent", CueKind::Assent),
        ("addition", CueKind::Addition),
    ];
}

/// A sequence of words with a meaning for structure, such as "no longer".
#[derive(Clone, Debug)]
pub(crate) struct Cue {
    pub(crate) kind: CueKind,
    pub(crate) words: Vec<LexId>,
}

/// Class and verb form of a word of the tables.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LexEntry {
    pub(crate) id: LexId,
    pub(crate) class: Class,
}

pub(crate) struct Language {
    words: FxMap<String, LexEntry>,
    contractions: FxMap<String, Vec<String>>,
    not_negative: FxMap<String, ()>,
    /// Cues by first word, longest first.
    cues: Vec<Vec<Cue>>,
    /// Words of the tables that a misspelt word may be corrected to: cue words and function words of some length. Ordered
    /// by length, then by letters.
    pub(crate) correctable: Vec<String>,
    pub(crate) stemmer: Stemmer,
    pub(crate) order: OrderTable,
}

impl Language {
    fn read(table: &str) -> Self {
        let mut language = Self {
            words: FxMap::default(),
            contractions: FxMap::default(),
            not_negative: FxMap::default(),
            cues: Vec::new(),
            correctable: Vec::new(),
            stemmer: Stemmer::english(),
            order: OrderTable::english(),
        };
        let mut verbs: Vec<(&str, Class)> = Vec::new();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (head, body) = line.split_once(':').expect("every table line has a head");
            match head.split_once(' ') {
                Some(("class", name)) => {
                    let class = Class::named(name).expect("the table names known classes only");
                    body.split_whitespace().for_each(|word| language.add(word, class));
                }
                Some(("cue", name)) => language.add_cues(name, body),
                _ => match head {
                    "verbs" => verbs.extend(body.split_whitespace().map(|verb| (verb, Class::NONE))),
                    "telling-verbs" => verbs.extend(body.split_whitespace().map(|verb| (verb, Class::TELLING))),
                    "irregular" => language.add_irregular(body, Class::NONE),
                    "telling-irregular" => language.add_irregular(body, Class::TELLING),
                    "noun-like" => body.split_whitespace().for_each(|word| language.add(word, Class::NOUN_LIKE)),
                    "not-negative" => {
                        language.not_negative.extend(body.split_whitespace().map(|word| (word.to_owned(), ())))
                    }
                    "contractions" => language.add_contractions(body),
                    other => unreachable!("unknown table line `{other}`"),
                },
            }
        }
        for (verb, class) in verbs {
            language.add_verb(verb, class);
        }
        language.close_classes();
        language.correctable = language.correctable_words();
        language
    }

    fn add(&mut self, word: &str, class: Class) {
        let next = LexId(self.words.len() as u16 + 1);
        let entry = self.words.entry(word.to_owned()).or_insert(LexEntry { id: next, class: Class::NONE });
        entry.class |= class;
    }

    fn add_cues(&mut self, name: &str, body: &str) {
        let (_, kind) =
            CueKind::NAMES.iter().find(|(known, _)| *known == name).expect("the table names known cues only");
        for phrase in body.split('|') {
            let words: Vec<LexId> = phrase
                .split_whitespace()
                .map(|word| {
                    self.add(word, Class::NONE);
                    self.words[word].id
                })
                .collect();
            let first = words[0].0 as usize;
            if self.cues.len() <= first {
                self.cues.resize(first + 1, Vec::new());
            }
            self.cues[first].push(Cue { kind: *kind, words });
            sort_by_key(&mut self.cues[first], |cue| std::cmp::Reverse(cue.words.len()));
        }
    }

    fn add_contractions(&mut self, body: &str) {
        for pair in body.split_whitespace() {
            let (short, long) = pair.split_once('=').expect("a contraction is `short=long`");
            self.contractions.insert(short.to_owned(), long.split(',').map(str::to_owned).collect());
        }
    }

    fn add_irregular(&mut self, body: &str, class: Class) {
        for pair in body.split_whitespace() {
            let (_, forms) = pair.split_once('=').expect("an irregular verb is `base=forms`");
            forms.split(',').for_each(|form| self.add(form, Class::VERB_PAST | class));
        }
    }

    fn add_verb(&mut self, base: &str, class: Class) {
        self.add(base, Class::VERB_BASE | class);
        let bytes = base.as_bytes();
        let last = bytes[bytes.len() - 1];
        let stem = &base[..base.len() - 1];
        let after_vowel = bytes.len() > 1 && b"aeiou".contains(&bytes[bytes.len() - 2]);
        if base.ends_with(['s', 'x', 'z', 'o']) || base.ends_with("ch") || base.ends_with("sh") {
            self.add(&format!("{base}es"), Class::VERB_S | class);
        } else if last == b'y' && !after_vowel {
            self.add(&format!("{stem}ies"), Class::VERB_S | class);
            self.add(&format!("{stem}ied"), Class::VERB_PAST | class);
        } else {
            self.add(&format!("{base}s"), Class::VERB_S | class);
        }
        if last == b'e' {
            self.add(&format!("{base}d"), Class::VERB_PAST | class);
            self.add(&format!("{stem}ing"), Class::VERB_ING | class);
        } else {
            self.add(&format!("{base}ed"), Class::VERB_PAST | class);
            self.add(&format!("{base}ing"), Class::VERB_ING | class);
            let doubled = last as char;
            self.add(&format!("{base}{doubled}ed"), Class::VERB_PAST | class);
            self.add(&format!("{base}{doubled}ing"), Class::VERB_ING | class);
        }
    }

    /// Derives the classes that are unions of others.
    fn close_classes(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.words = words
            .into_iter()
            .map(|(word, mut entry)| {
                if entry.class.any(Class::BE | Class::HAVE | Class::DO | Class::MODAL) {
                    entry.class |= Class::AUX;
                }
                let closed =
                    Class::DET | Class::PREP | Class::PRON | Class::AUX | Class::CONJ | Class::NEG_WORD | Class::ADV;
                if entry.class.any(closed) {
                    entry.class |= Class::FUNCTION;
                }
                if entry.class.any(Class::VERB_BASE | Class::VERB_S | Class::VERB_PAST | Class::AUX) {
                    entry.class |= Class::FINITE;
                }
                (word, entry)
            })
            .collect();
    }

    /// The entry of a lower-case word; the default entry for words that the tables do not know.
    pub(crate) fn entry(&self, word: &str) -> LexEntry {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The words a contraction stands for ("doesn't": does, not).
    pub(crate) fn expand(&self, word: &str) -> Option<&[String]> {
        self.contractions.get(word).map(Vec::as_slice)
    }

    /// Cues that begin with a word, longest first.
    pub(crate) fn cues(&self, first: LexId) -> &[Cue] {
        self.cues.get(first.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a general English dictionary has the word, so that it is no misspelling of a term.
    pub(crate) fn is_known(&self, word: &str) -> bool {
        self.words.contains_key(word) || bloom_contains(KNOWN_WORDS, word)
    }

    /// Whether a word or a plain inflection of it is known: "arrived" by "arrive", "copies" by "copy".
    pub(crate) fn is_known_form(&self, word: &str) -> bool {
        const ENDINGS: [(&str, &[&str]); 9] = [
            ("ies", &["y"]),
            ("ied", &["y"]),
            ("es", &["", "e"]),
            ("s", &[""]),
            ("ed", &["", "e"]),
            ("ing", &["", "e"]),
            ("er", &["", "e"]),
            ("est", &["", "e"]),
            ("ly", &["", "e"]),
        ];
        self.is_known(word)
            || ENDINGS.iter().any(|(ending, replacements)| {
                word.strip_suffix(ending).filter(|rest| rest.len() >= 3).is_some_and(|rest| {
                    let undoubled = rest
                        .as_bytes()
                        .last_chunk::<2>()
                        .filter(|[a, b]| a == b && a.is_ascii())
                        .map(|_| &rest[..rest.len() - 1]);
                    replacements.iter().any(|add| self.is_known(&format!("{rest}{add}")))
                        || matches!(*ending, "ed" | "ing" | "er") && undoubled.is_some_and(|rest| self.is_known(rest))
                })
            })
    }

    /// Whether a word only looks as if it had a negative prefix or suffix ("import", "wireless").
    pub(crate) fn is_not_negative(&self, word: &str) -> bool {
        self.not_negative.contains_key(word)
    }

    fn correctable_words(&self) -> Vec<String> {
        let is_meant = |(word, entry): &(&String, &LexEntry)| word.len() >= 4 && !entry.class.any(Class::VERB_ING);
        let mut words: Vec<String> = self.words.iter().filter(is_meant).map(|(word, _)| word.clone()).collect();
        sort_by(&mut words, |a, b| (a.len(), a).cmp(&(b.len(), b)));
        words
    }
}

/// Bloom filter look-up: the first byte is the number of probes, the rest the bits.
///
/// Source: Bloom (1970), CACM 13(7); two base hashes as in Kirsch and Mitzenmacher (2006).
pub(crate) fn bloom_contains(filter: &[u8], word: &str) -> bool {
    let Some((&n_probes, bits)) = filter.split_first() else { return false };
    let n_bits = bits.len() as u64 * 8;
    if n_bits == 0 {
        return false;
    }
    let (a, b) = bloom_hashes(word);
    (0..u64::from(n_probes)).all(|i| {
        let bit = a.wrapping_add(i.wrapping_mul(b)) % n_bits;
        bits[(bit / 8) as usize] & (1 << (bit % 8)) != 0
    })
}

/// The two base hashes of a word in the filter of known words: FNV-1a, the second with an offset of its own.
pub fn bloom_hashes(word: &str) -> (u64, u64) {
    (fnv1a(word.bytes()), fnv1a_from(0x84ed_2f5b_9c12_d6a7, word.bytes()) | 1)
}
