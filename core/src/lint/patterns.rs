//! Patterns that can never matter, or that match what nobody meant.

use super::Warnings;
use crate::hash::FxMap;
use crate::language::{Class, LANGUAGE};
use crate::rubric::{Claim, CompiledPattern, Feed, ItemUse, Mode, PatternMatcher, PhraseElement, Rubric, SubjectSet};
use crate::vocabulary::{Element, Shape, Tolerance};
use std::collections::BTreeSet;

pub(super) fn check(rubric: &Rubric, warnings: &mut Warnings<'_>) {
    let terms = Terms::of(rubric);
    for (i, criterion) in rubric.criteria.iter().enumerate() {
        check_claim(&terms, &criterion.claim, &format!("criteria.{i}"), warnings);
    }
    for (i, wrong) in rubric.misconceptions.iter().enumerate() {
        check_claim(&terms, &wrong.claim, &format!("misconceptions.{i}"), warnings);
    }
    check_subjects(&terms, warnings);
}

fn check_claim(terms: &Terms<'_>, claim: &Claim, path: &str, warnings: &mut Warnings<'_>) {
    let of = claim.at_least.as_ref().map_or(&[][..], |(_, of)| of);
    let lists = [("any", &claim.any[..]), ("all", &claim.all), ("at_least.of", of)];
    for (list, patterns) in lists {
        for (k, pattern) in patterns.iter().enumerate() {
            check_pattern(pattern, &format!("{path}.{list}.{k}"), warnings);
            if terms.is_echo(pattern) {
                warnings.add(
                    "lint/only-prompt-words",
                    &format!("{path}.{list}.{k}"),
                    format!("`{}` earns nothing: it consists of words of the prompt", pattern.text),
                    "name what the answer must say beyond the prompt",
                );
            }
        }
        // Every pattern of `all` has to be found, whatever else is.
        if list != "all" {
            check_shadows(terms, claim.about, patterns, &format!("{path}.{list}"), warnings);
        }
    }
    for (k, pattern) in claim.none.iter().enumerate() {
        check_pattern(pattern, &format!("{path}.none.{k}"), warnings);
    }
}

fn check_pattern(pattern: &CompiledPattern, path: &str, warnings: &mut Warnings<'_>) {
    if let PatternMatcher::Regex(regex) = &pattern.matcher {
        // An empty match needs no particular text around it, but may need a word's edge, a digit or a line's end.
        let matches_nothing =
            ["", "a b", "1, 2\n"].iter().any(|probe| regex.find_iter(probe).any(|place| place.is_empty()));
        if matches_nothing {
            warnings.add(
                "lint/regex-matches-nothing",
                path,
                format!("`{}` also matches where nothing is written", pattern.text),
                "empty matches are passed over: ask for one letter at least, with `+` instead of `*`",
            );
        }
    } else if let Some(word) = short_tolerant_word(&pattern.text) {
        warnings.add(
            "lint/tolerance-on-short-word",
            path,
            format!("`{word}` is too short for typing errors: they make other words of it"),
            "leave the `~` out, or list the wrong spellings as alternatives",
        );
    }
}

/// A word under four letters for which the author asks tolerance.
fn short_tolerant_word(pattern: &str) -> Option<&str> {
    pattern.match_indices('~').find_map(|(at, _)| {
        let asked = pattern[at + 1..].starts_with(['1', '2']);
        let before = &pattern[..at];
        let start = before
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        let word = &before[start..];
        (asked && (1..4).contains(&word.chars().count())).then_some(word)
    })
}

/// Patterns behind which another one of the list stands that matches whenever they do.
fn check_shadows(
    terms: &Terms<'_>,
    about: SubjectSet,
    patterns: &[CompiledPattern],
    path: &str,
    warnings: &mut Warnings<'_>,
) {
    let broad = Broad::of(terms, about, patterns);
    for (k, pattern) in patterns.iter().enumerate() {
        let Some(broader) = broad.covering(terms, patterns, k) else { continue };
        let broader = &patterns[broader].text;
        warnings.add(
            "lint/shadowed-pattern",
            &format!("{path}.{k}"),
            format!("`{}` changes nothing: `{broader}` matches wherever it does", pattern.text),
            "remove it, or make the other one narrower",
        );
    }
}

/// Two subjects of one rubric with a name in common: a mention of it always counts as the first.
fn check_subjects(terms: &Terms<'_>, warnings: &mut Warnings<'_>) {
    let rubric = terms.rubric;
    let mut seen: BTreeSet<(u8, u8)> = BTreeSet::new();
    for phrase in &rubric.phrases {
        let mut subjects = phrase.feeds.iter().filter_map(|feed| match feed {
            Feed::Subject(subject) => Some(*subject),
            _ => None,
        });
        let Some(first) = subjects.next() else { continue };
        seen.extend(subjects.map(|other| (first.min(other), first.max(other))));
    }
    for (first, second) in seen {
        let (first, second) = (&rubric.subjects[first as usize], &rubric.subjects[second as usize]);
        let abouts = rubric.source.criteria.iter().enumerate().map(|(i, criterion)| ("criteria", i, &criterion.about));
        let wrong =
            rubric.source.misconceptions.iter().enumerate().map(|(i, wrong)| ("misconceptions", i, &wrong.about));
        let place = abouts.chain(wrong).find_map(|(list, i, about)| {
            Some(format!("{list}.{i}.about.{}", about.iter().position(|id| id == second)?))
        });
        warnings.add(
            "lint/subjects-share-name",
            &place.unwrap_or_default(),
            format!("subjects `{first}` and `{second}` have a name in common, which always counts as `{first}`"),
            "give the contrast of this rubric concepts of its own, with names that tell them apart",
        );
    }
}

/// The phrases of a rubric's items, and which terms stand for which.
struct Terms<'r> {
    rubric: &'r Rubric,
    /// Phrases by item, with the sign under which each is meant.
    phrases: Vec<Vec<(u32, i8)>>,
    /// Units by the beginning that they ask for.
    prefixes: FxMap<&'r str, Vec<Element>>,
    /// Units of single words by stem or form.
    words: FxMap<&'r str, Vec<Element>>,
    /// Whether a phrase holds words of the prompt only.
    echoes: Vec<bool>,
}

impl<'r> Terms<'r> {
    fn of(rubric: &'r Rubric) -> Self {
        let mut terms = Self {
            rubric,
            phrases: vec![Vec::new(); rubric.n_items],
            prefixes: FxMap::default(),
            words: FxMap::default(),
            echoes: Vec::new(),
        };
        for (id, phrase) in rubric.phrases.iter().enumerate() {
            let mut is_used = false;
            for feed in &phrase.feeds {
                if let Feed::Item { item, sign } = feed {
                    terms.phrases[*item as usize].push((id as u32, *sign));
                    is_used = true;
                }
            }
            let echo = is_used && terms.phrase_is_echo(&phrase.elements);
            terms.echoes.push(echo);
            let PhraseElement::Word(element) = phrase.elements[0] else { continue };
            if !is_used {
                continue;
            }
            let units = match rubric.vocabulary.term(element.unit).0 {
                Shape::Prefix(prefix) => terms.prefixes.entry(prefix).or_default(),
                Shape::Stem(word) => terms.words.entry(word).or_default(),
                Shape::Exact(_) | Shape::Glob(_) => continue,
            };
            if !units.contains(&element) {
                units.push(element);
            }
        }
        terms
    }

    /// Whether a pattern can only be met by repeating the prompt.
    fn is_echo(&self, pattern: &CompiledPattern) -> bool {
        let items = present_items(pattern);
        !items.is_empty()
            && items
                .iter()
                .all(|item| self.phrases[item.item as usize].iter().all(|(phrase, _)| self.echoes[*phrase as usize]))
    }

    fn phrase_is_echo(&self, elements: &[PhraseElement]) -> bool {
        let mut n_content = 0;
        let only_prompt = elements.iter().all(|element| {
            let PhraseElement::Word(element) = element else { return false };
            let stem = match self.rubric.vocabulary.term(element.unit).0 {
                Shape::Exact(word) if LANGUAGE.entry(word).class.any(Class::FUNCTION) => return true,
                Shape::Exact(word) => self.rubric.vocabulary.analyse(word).0,
                Shape::Stem(stem) => stem.clone(),
                Shape::Prefix(_) | Shape::Glob(_) => return false,
            };
            n_content += 1;
            self.rubric.vocabulary.known_core(&stem).is_some_and(|core| self.rubric.prompt[core.0 as usize])
        });
        only_prompt && n_content > 0
    }

    fn elements(&self, phrase: u32) -> &'r [PhraseElement] {
        &self.rubric.phrases[phrase as usize].elements
    }

    /// First words of phrases that match wherever a word does, itself among them.
    fn covering(&self, element: Element, found: &mut Vec<Element>) {
        found.clear();
        found.push(element);
        let text = match self.rubric.vocabulary.term(element.unit).0 {
            Shape::Stem(text) | Shape::Exact(text) | Shape::Prefix(text) => text,
            Shape::Glob(_) => return,
        };
        let beginnings =
            (3..=text.len()).filter(|n| text.is_char_boundary(*n)).filter_map(|n| self.prefixes.get(&text[..n]));
        let stem = LANGUAGE.stemmer.stem(text);
        let words = self.words.get(stem.as_str()).into_iter().chain(self.words.get(text.as_str()));
        found.extend(
            beginnings.chain(words).flatten().filter(|broad| **broad != element && self.covers(**broad, element)),
        );
    }

    /// Whether one word matches wherever another does, with the same meaning.
    fn covers(&self, broad: Element, narrow: Element) -> bool {
        if broad == narrow {
            return true;
        }
        let vocabulary = &self.rubric.vocabulary;
        let ((broad_shape, allowed), (narrow_shape, asked)) =
            (vocabulary.term(broad.unit), vocabulary.term(narrow.unit));
        let as_tolerant = allowed == asked || asked == Tolerance::AtMost(0);
        broad.sign == narrow.sign
            && match (broad_shape, narrow_shape) {
                (Shape::Prefix(prefix), Shape::Prefix(longer)) => as_tolerant && longer.starts_with(prefix.as_str()),
                (Shape::Prefix(prefix), Shape::Stem(stem)) => as_tolerant && begins_every_form(prefix, stem),
                (Shape::Prefix(prefix), Shape::Exact(word)) => word.starts_with(prefix.as_str()),
                (Shape::Stem(stem), Shape::Exact(word)) => vocabulary.analyse(word) == (stem.clone(), narrow.sign),
                (Shape::Stem(stem), Shape::Stem(other)) => as_tolerant && stem == other,
                _ => false,
            }
    }

    /// Whether a phrase matches inside another, from a given word of it on.
    fn covers_from(&self, broad: &[PhraseElement], narrow: &[PhraseElement]) -> bool {
        broad.len() <= narrow.len()
            && broad.iter().zip(narrow).all(|pair| match pair {
                (PhraseElement::AnyWord, _) => true,
                (PhraseElement::Word(broad), PhraseElement::Word(narrow)) => self.covers(*broad, *narrow),
                (PhraseElement::Number(broad), PhraseElement::Number(narrow)) => {
                    broad.low <= narrow.low && narrow.high <= broad.high
                }
                _ => false,
            })
    }
}

/// Whether all inflections of a stem begin so. Silent in doubt: irregular forms, y that became i, -ise beside -ize.
fn begins_every_form(prefix: &str, stem: &str) -> bool {
    let sure = stem.strip_suffix("iz").or_else(|| stem.strip_suffix('i')).unwrap_or(stem);
    sure.starts_with(prefix) && LANGUAGE.stemmer.irregular_forms(stem).all(|form| form.starts_with(prefix))
}

/// Patterns of one list that may make others needless: those of a single item.
struct Broad {
    /// By first word: the pattern, the phrase and its sign.
    starts: FxMap<Element, Vec<(usize, u32, i8)>>,
}

impl Broad {
    fn of(terms: &Terms<'_>, about: SubjectSet, patterns: &[CompiledPattern]) -> Self {
        let is_own = |feed: &Feed| matches!(feed, Feed::Subject(subject) if about & 1 << subject != 0);
        let names: Vec<u32> = (0..terms.rubric.phrases.len() as u32)
            .filter(|id| about != 0 && terms.rubric.phrases[*id as usize].feeds.iter().any(is_own))
            .collect();
        let mut starts: FxMap<Element, Vec<(usize, u32, i8)>> = FxMap::default();
        for (k, pattern) in patterns.iter().enumerate() {
            let Some(item) = single_item(pattern) else { continue };
            for (phrase, sign) in &terms.phrases[item.item as usize] {
                let elements = terms.elements(*phrase);
                let PhraseElement::Word(first) = elements[0] else { continue };
                // What repeats the prompt or the subject's own name is no evidence where it stands alone.
                let in_name = |name: &u32| {
                    let name = terms.elements(*name);
                    (0..name.len()).any(|from| terms.covers_from(elements, &name[from..]))
                };
                if !terms.echoes[*phrase as usize] && !names.iter().any(in_name) {
                    starts.entry(first).or_default().push((k, *phrase, *sign));
                }
            }
        }
        Self { starts }
    }

    /// The first other pattern of the list that matches wherever this one does.
    fn covering(&self, terms: &Terms<'_>, patterns: &[CompiledPattern], k: usize) -> Option<usize> {
        let items = present_items(&patterns[k]);
        let fits = |broad: usize, item: &ItemUse| {
            let mode = single_item(&patterns[broad])?.mode;
            let alone = items.len() == 1;
            let claims = items.iter().all(|item| item.mode == Mode::Claim);
            (mode == Mode::Mention || mode == item.mode && (alone || claims && mode == Mode::Claim)).then_some(broad)
        };
        let mut covering: Option<usize> = None;
        for item in items {
            let mut common: Option<BTreeSet<usize>> = None;
            for (phrase, sign) in &terms.phrases[item.item as usize] {
                let found = self.covering_phrase(terms, *phrase, *sign);
                common = Some(match common {
                    Some(common) => common.intersection(&found).copied().collect(),
                    None => found,
                });
                if common.as_ref().is_some_and(BTreeSet::is_empty) {
                    break;
                }
            }
            let common = common.unwrap_or_default();
            let broader = common.iter().copied().filter(|broad| *broad != k).find_map(|broad| {
                // Two patterns that stand for each other: only the later one is needless.
                let mutual = broad > k && self.stands_for(terms, patterns, k, broad);
                if mutual { None } else { fits(broad, item) }
            });
            covering = covering.or(broader);
        }
        covering
    }

    /// Whether each phrase of a single-item pattern is covered by another.
    fn stands_for(&self, terms: &Terms<'_>, patterns: &[CompiledPattern], broad: usize, narrow: usize) -> bool {
        single_item(&patterns[broad]).is_some()
            && single_item(&patterns[narrow]).is_some_and(|item| {
                terms.phrases[item.item as usize]
                    .iter()
                    .all(|(phrase, sign)| self.covering_phrase(terms, *phrase, *sign).contains(&broad))
            })
    }

    /// Patterns with a phrase that matches inside this one, under the same sign.
    fn covering_phrase(&self, terms: &Terms<'_>, phrase: u32, sign: i8) -> BTreeSet<usize> {
        let narrow = terms.elements(phrase);
        // A name of several words hides shorter terms inside it.
        let hides = terms.rubric.phrases[phrase as usize].shadows;
        let mut found = BTreeSet::new();
        let mut candidates = Vec::new();
        for from in 0..narrow.len() {
            let PhraseElement::Word(first) = narrow[from] else { continue };
            terms.covering(first, &mut candidates);
            for (k, broad, broad_sign) in candidates.iter().filter_map(|start| self.starts.get(start)).flatten() {
                let elements = terms.elements(*broad);
                let hidden = hides && elements.len() < narrow.len();
                if *broad_sign == sign && !hidden && terms.covers_from(elements, &narrow[from..]) {
                    found.insert(*k);
                }
            }
        }
        found
    }
}

/// Items that must be there; none for patterns of another kind.
fn present_items(pattern: &CompiledPattern) -> &[ItemUse] {
    match &pattern.matcher {
        PatternMatcher::All { present, .. } => present,
        PatternMatcher::Regex(_) | PatternMatcher::Before { .. } => &[],
    }
}

/// The item of a pattern that asks for nothing else.
fn single_item(pattern: &CompiledPattern) -> Option<&ItemUse> {
    match &pattern.matcher {
        PatternMatcher::All { present, absent } if absent.is_empty() => match &present[..] {
            [item] => Some(item),
            _ => None,
        },
        _ => None,
    }
}
