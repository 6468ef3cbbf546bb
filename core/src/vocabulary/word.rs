//! What one word of an answer means in a vocabulary, and the memory of words already seen.

use super::spelling::Correction;
use super::{CoreId, UnitId, Vocabulary, fold, glob_matches};
use crate::hash::FxMap;
use crate::language::{Class, LANGUAGE, LexId, Tag};
use crate::text::{Mark, number_word};

/// Index of a word in a [`Memo`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WordId(pub(crate) u32);

/// Everything the pipeline asks of a word. A pure function of the word and the vocabulary.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordInfo {
    pub(crate) class: Class,
    pub(crate) lex: LexId,
    pub(crate) tag: Tag,
    /// -1 where the word denies its stem by its form ("unreliable").
    pub(crate) sign: i8,
    /// Terms that the word matches, each with the sign of the match.
    pub(crate) units: Vec<(UnitId, i8)>,
    /// Stems of reference statements that the word resembles.
    pub(crate) relations: Vec<Relation>,
    pub(crate) core: Option<CoreId>,
    /// Value in thousandths, for numbers.
    pub(crate) number: Option<i64>,
    /// Typing errors were corrected.
    pub(crate) corrected: bool,
    /// Neither the rubric, the language tables nor the dictionary knows it.
    pub(crate) unknown: bool,
}

impl WordInfo {
    /// Neither English nor a term of the rubric.
    pub(crate) fn is_foreign(&self) -> bool {
        self.unknown && self.units.is_empty() && !self.class.any(Class::FUNCTION)
    }
}

/// A stem of the vocabulary that a word resembles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    pub(crate) core: CoreId,
    /// 1000 for the same stem.
    pub(crate) likeness: u16,
}

/// Marks and their classes; they come first in every memo, in this order.
pub(crate) const MARKS: [(Mark, Class); 14] = [
    (Mark::Stop, Class::MARK.with(Class::SENTENCE_END)),
    (Mark::Question, Class::MARK.with(Class::SENTENCE_END).with(Class::QUESTION)),
    (Mark::Newline, Class::MARK.with(Class::SENTENCE_END).with(Class::NEWLINE)),
    (Mark::Bullet, Class::MARK.with(Class::SENTENCE_END).with(Class::NEWLINE).with(Class::BULLET)),
    (Mark::Comma, Class::MARK.with(Class::COMMA)),
    (Mark::Semicolon, Class::MARK.with(Class::SENTENCE_END).with(Class::SEMICOLON)),
    (Mark::Colon, Class::MARK.with(Class::COLON)),
    (Mark::Open, Class::MARK.with(Class::OPEN)),
    (Mark::Close, Class::MARK.with(Class::CLOSE)),
    (Mark::Dash, Class::MARK.with(Class::DASH)),
    (Mark::Slash, Class::MARK.with(Class::SLASH)),
    (Mark::Pipe, Class::MARK.with(Class::PIPE)),
    (Mark::Arrow, Class::MARK.with(Class::ARROW)),
    (Mark::Equals, Class::MARK.with(Class::EQUALS)),
];

/// Words seen so far with their meaning. Keeping it between answers never changes an evaluation.
pub(crate) struct Memo {
    words: Vec<WordInfo>,
    by_surface: FxMap<Box<str>, Resolved>,
    /// Of all keys.
    n_bytes: usize,
    folded: String,
}

/// A surface word stands for no, one or two words ("doesn't").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    Nothing,
    One(WordId),
    Two(WordId, WordId),
}

/// More distinct words than this, or longer ones, and the memory starts anew.
const MOST_WORDS: usize = 1 << 16;
const MOST_BYTES: usize = 1 << 21;

impl Memo {
    pub(crate) fn new() -> Self {
        let words = MARKS
            .iter()
            .map(|(_, class)| WordInfo { class: *class, tag: Tag::of("", *class), sign: 1, ..WordInfo::default() })
            .collect();
        Self { words, by_surface: FxMap::default(), n_bytes: 0, folded: String::new() }
    }

    pub(crate) fn info(&self, word: WordId) -> &WordInfo {
        &self.words[word.0 as usize]
    }

    pub(crate) fn mark(mark: Mark) -> WordId {
        let idx = MARKS.iter().position(|(known, _)| *known == mark).expect("every mark is in the table");
        WordId(idx as u32)
    }

    /// Forgets everything when it has grown too large. Called between answers only.
    pub(crate) fn trim(&mut self) {
        if self.by_surface.len() > MOST_WORDS || self.n_bytes > MOST_BYTES {
            *self = Self::new();
        }
    }

    /// The words that a surface word stands for.
    pub(crate) fn resolve(&mut self, surface: &str, vocabulary: &Vocabulary) -> Resolved {
        let mut folded = std::mem::take(&mut self.folded);
        fold(surface, &mut folded);
        let is_name = is_initials(surface);
        let key = if is_name { surface } else { folded.as_str() };
        let resolved = match self.by_surface.get(key) {
            Some(resolved) => *resolved,
            None => {
                let resolved = match LANGUAGE.expand(&folded) {
                    Some(parts) if !is_name => self.expanded(parts, vocabulary),
                    _ => self.learn(&folded, vocabulary),
                };
                self.n_bytes += key.len();
                self.by_surface.insert(key.into(), resolved);
                resolved
            }
        };
        self.folded = folded;
        resolved
    }

    fn expanded(&mut self, parts: &[String], vocabulary: &Vocabulary) -> Resolved {
        let ids: Vec<WordId> = parts.iter().map(|part| self.add(part, vocabulary)).collect();
        match ids[..] {
            [one] => Resolved::One(one),
            [one, two] => Resolved::Two(one, two),
            _ => unreachable!("contractions stand for one or two words"),
        }
    }

    fn learn(&mut self, word: &str, vocabulary: &Vocabulary) -> Resolved {
        match word.split_once('\'') {
            None if word.is_empty() => Resolved::Nothing,
            None => Resolved::One(self.add(sign_word(word), vocabulary)),
            Some((base, "t")) if base.len() > 1 && base.ends_with('n') => {
                let (verb, not) = (self.add(&base[..base.len() - 1], vocabulary), self.add("not", vocabulary));
                Resolved::Two(verb, not)
            }
            Some((base, ending)) if !base.is_empty() => {
                let verb = match ending {
                    "ll" => "will",
                    "re" => "are",
                    "ve" => "have",
                    "d" => "would",
                    _ => return Resolved::One(self.add(base, vocabulary)),
                };
                let (base, verb) = (self.add(base, vocabulary), self.add(verb, vocabulary));
                Resolved::Two(base, verb)
            }
            Some((_, "")) => Resolved::Nothing,
            Some((_, rest)) => Resolved::One(self.add(&rest.replace('\'', ""), vocabulary)),
        }
    }

    fn add(&mut self, word: &str, vocabulary: &Vocabulary) -> WordId {
        self.words.push(vocabulary.look_up(word));
        WordId(self.words.len() as u32 - 1)
    }
}

/// "BC" in capitals is a name, "bc" a contraction.
pub(crate) fn is_initials(word: &str) -> bool {
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Marks that stand for words.
fn sign_word(word: &str) -> &str {
    match word {
        "&" => "and",
        "%" => "percent",
        "✓" | "✔" | "✅" | "☑" => "yes",
        "✗" | "✘" | "❌" | "✖" => "no",
        word => word,
    }
}

impl Vocabulary {
    /// What a folded word means here.
    pub(super) fn look_up(&self, word: &str) -> WordInfo {
        let known = self.has(word) || LANGUAGE.is_known_form(word) || word.bytes().any(|b| b.is_ascii_digit());
        if known {
            return self.info(word);
        }
        let begun = self.prefixes_of(word).next().is_some();
        let meant = match self.spelling.correct(word) {
            Some(Correction::Word(meant)) => meant,
            Some(Correction::Prefix(meant)) if !begun => meant,
            _ => return WordInfo { unknown: !begun, ..self.info(word) },
        };
        let mut info = WordInfo { corrected: true, ..self.info(&meant) };
        info.units.retain(|(unit, _)| {
            let unit = &self.units[unit.0 as usize];
            unit.tolerance.edits(unit.shape.text().len().max(4)) > 0
        });
        // "immutabel" begins like `immut*` and is a misspelt "immutable": both hold.
        for (unit, sign) in self.info(word).units {
            if !info.units.iter().any(|(known, _)| *known == unit) {
                info.units.push((unit, sign));
            }
        }
        info
    }

    fn info(&self, word: &str) -> WordInfo {
        let entry = LANGUAGE.entry(word);
        let number = number_value(word);
        let canonical = number.map(canonical_number);
        let form = canonical.as_deref().unwrap_or(word);
        let (stem, sign) = self.analyse(form);
        let class = if number.is_some() { entry.class | Class::NUMBER } else { entry.class };
        let mut info = WordInfo {
            class,
            lex: entry.id,
            tag: Tag::of(word, class),
            sign,
            core: self.known_core(&stem),
            number,
            ..WordInfo::default()
        };
        if let Some(core) = info.core {
            info.units.extend(self.stem_units[core.0 as usize].iter().map(|unit| (*unit, sign)));
        }
        for exact in [Some(word), canonical.as_deref().filter(|form| *form != word)].into_iter().flatten() {
            info.units.extend(self.exact_units.get(exact).into_iter().flatten().map(|unit| (*unit, 1)));
        }
        self.add_prefix_units(word, &stem, sign, &mut info.units);
        info.units.extend(
            self.glob_units
                .iter()
                .filter(|unit| glob_matches(self.units[unit.0 as usize].shape.text(), word))
                .map(|unit| (*unit, 1)),
        );
        // "one" is a pronoun as often.
        if !class.any(Class::FUNCTION) || number.is_some() && word != "one" {
            self.family(&stem, &mut info.relations);
        }
        info
    }

    /// Wildcards that the word, its stem or the rest behind a negative prefix begins with.
    fn add_prefix_units(&self, word: &str, stem: &str, sign: i8, units: &mut Vec<(UnitId, i8)>) {
        let mut add = |form: &str, sign_of: &dyn Fn(&str) -> i8| {
            for unit in self.prefixes_of(form) {
                if !units.iter().any(|(known, _)| *known == unit) {
                    units.push((unit, sign_of(self.units[unit.0 as usize].shape.text())));
                }
            }
        };
        if sign < 0 && !word.starts_with(stem) {
            add(super::negative_prefix(word).unwrap_or(word), &|_| -1);
            add(word, &|_| 1);
        } else {
            // "schemaless" against `schema*`: the ending denies, unless the author wrote it.
            let bare = word.len().saturating_sub("less".len());
            add(word, &|written| if written.len() > bare { 1 } else { sign });
        }
        add(stem, &|_| sign);
    }
}

/// Value of a number in thousandths: digits with optional separators, or number words ("forty-six", "3 million").
fn number_value(word: &str) -> Option<i64> {
    if let Some((count, power)) = word.rsplit_once(' ')
        && let Some(power) = number_word(power).filter(|power| *power >= 100)
    {
        return number_value(count)?.checked_mul(power);
    }
    if let Some((tens, unit)) =
        word.split_once(['-', ' ']).filter(|(tens, _)| !tens.ends_with(|c: char| c.is_ascii_digit()))
    {
        return Some(number_value(tens)? + number_value(unit)?);
    }
    if !word.as_bytes().first()?.is_ascii_digit() {
        return number_word(word).map(|value| value * 1000);
    }
    let mut value: i64 = 0;
    let mut decimals: Option<u32> = None;
    for b in word.bytes() {
        match b {
            b'0'..=b'9' => {
                let digit = i64::from(b - b'0');
                match &mut decimals {
                    None => value = value.checked_mul(10)?.checked_add(digit * 1000)?,
                    Some(n) if *n < 3 => {
                        *n += 1;
                        value = value.checked_add(digit * 10_i64.pow(3 - *n))?;
                    }
                    Some(_) => {}
                }
            }
            // "3.8.1" and "10.0.0.1" are names.
            b'.' if decimals.is_some() => return None,
            b'.' => decimals = Some(0),
            b',' | b'\'' | b'_' | b' ' => {}
            _ => return None,
        }
    }
    Some(value)
}

/// The digits that a number word stands for.
pub(crate) fn canonical_number_word(word: &str) -> Option<String> {
    number_value(word).map(canonical_number)
}

/// One spelling for a number, however it was written.
fn canonical_number(value: i64) -> String {
    let (whole, rest) = (value / 1000, value % 1000);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_and_digits() {
        for (word, value) in [
            ("three", Some(3000)),
            ("forty-six", Some(46_000)),
            ("100 000", Some(100_000_000)),
            ("eleven thousand", Some(11_000_000)),
            ("forty-six million", Some(46_000_000_000)),
            ("two hundred thousand", Some(200_000_000)),
            ("1.5 million", Some(1_500_000_000)),
            ("3", Some(3000)),
            ("1,000", Some(1_000_000)),
            ("1.5", Some(1500)),
            ("tree", None),
        ] {
            assert_eq!(number_value(word), value, "{word}");
        }
        assert_eq!(canonical_number(1500), "1.5");
    }
}
