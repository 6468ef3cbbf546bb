//! Patterns that can never matter, or that match what nobody meant.

use super::{Warnings, lexicon, notation};
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
    for (i, concept) in rubric.source.concepts.iter().enumerate() {
        for (path, name) in lexicon::written_names(concept) {
            for loss in notation::losses(name) {
                warnings.add(loss.code, &format!("concepts.{i}.{path}"), loss.message, loss.help);
            }
        }
    }
    check_subjects(&terms, warnings);
}

fn check_claim(terms: &Terms<'_>, claim: &Claim, path: &str, warnings: &mut Warnings<'_>) {
    let of = claim.at_least.as_ref().map_or(&[][..], |(_, of)| of);
    let lists = [("any", &claim.any[..]), ("all", &claim.all), ("at_least.of", of)];
    for (list, patterns) in lists {
        for (k, pattern) in patterns.iter().enumerate() {
            check_pattern(pattern, &format!("{path}.{list}.{k}"), warnings);
            if let PatternMatcher::All { present, absent } = &pattern.matcher
                && terms.excludes_itself(present, absent)
            {
                warnings.add(
                    "lint/excludes-itself",
                    &format!("{path}.{list}.{k}"),
                    format!("`{}` never matches: it excludes words that it asks for", pattern.text),
                    "words are compared by their stem: exclude exactly one form with `-=word`, or remove the exclusion",
                );
            }
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
        return;
    }
    for loss in notation::losses(&pattern.text) {
        warnings.add(loss.code, path, loss.message, loss.help);
    }
    if let Some(word) = short_tolerant_word(&pattern.text) {
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
        let Some(broader) = broad.covering(k) else { continue };
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
    shortest_prefix: usize,
    /// Units of single words by stem.
    words: FxMap<&'r str, Vec<Element>>,
}

impl<'r> Terms<'r> {
    fn of(rubric: &'r Rubric) -> Self {
        let mut terms = Self {
            rubric,
            phrases: vec![Vec::new(); rubric.n_items],
            prefixes: FxMap::default(),
            shortest_prefix: usize::MAX,
            words: FxMap::default(),
        };
        for (id, phrase) in rubric.phrases.iter().enumerate() {
            let mut is_used = false;
            for feed in &phrase.feeds {
                if let Feed::Item { item, sign, .. } = feed {
                    terms.phrases[*item as usize].push((id as u32, *sign));
                    is_used = true;
                }
            }
            let PhraseElement::Word(element) = phrase.elements[0] else { continue };
            if !is_used {
                continue;
            }
            let units = match rubric.vocabulary.term(element.unit).0 {
                Shape::Prefix(prefix) => {
                    terms.shortest_prefix = terms.shortest_prefix.min(prefix.len());
                    terms.prefixes.entry(prefix).or_default()
                }
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
                .all(|item| self.phrases[item.item as usize].iter().all(|(phrase, _)| self.phrase_is_echo(*phrase)))
    }

    /// Whether a phrase holds words of the prompt only.
    fn phrase_is_echo(&self, phrase: u32) -> bool {
        let mut n_content = 0;
        let only_prompt = self.elements(phrase).iter().all(|element| {
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

    /// Whether an excluded item stands in every text that some wanted item matches.
    fn excludes_itself(&self, present: &[ItemUse], absent: &[u32]) -> bool {
        present.iter().any(|wanted| {
            let wanted = &self.phrases[wanted.item as usize];
            let is_excluded = |narrow: u32, item: &u32| {
                self.phrases[*item as usize].iter().any(|(broad, _)| self.is_inside(*broad, narrow))
            };
            !wanted.is_empty() && absent.iter().any(|item| wanted.iter().all(|(phrase, _)| is_excluded(*phrase, item)))
        })
    }

    /// Whether a phrase matches wherever another does.
    fn is_inside(&self, broad: u32, narrow: u32) -> bool {
        let (elements, whole) = (self.elements(broad), self.elements(narrow));
        // A name of several words hides shorter terms inside it.
        let is_hidden = self.rubric.phrases[narrow as usize].shadows && elements.len() < whole.len();
        !is_hidden && (0..whole.len()).any(|from| self.covers_from(elements, &whole[from..]))
    }

    fn elements(&self, phrase: u32) -> &'r [PhraseElement] {
        &self.rubric.phrases[phrase as usize].elements
    }

    /// First words of phrases that match wherever a word does, itself among them.
    fn covering(&self, element: Element, found: &mut Vec<Element>) {
        found.clear();
        found.push(element);
        let (text, stem) = match self.rubric.vocabulary.term(element.unit).0 {
            Shape::Stem(text) => (text, self.words.get(text.as_str())),
            Shape::Exact(text) => (text, self.words.get(self.rubric.vocabulary.analyse(text).0.as_str())),
            Shape::Prefix(text) => (text, None),
            Shape::Glob(_) => return,
        };
        let lengths = self.shortest_prefix..=text.len();
        let beginnings = lengths.filter_map(|n| self.prefixes.get(text.get(..n)?));
        let broader = beginnings.chain(stem).flatten();
        found.extend(broader.filter(|broad| **broad != element && self.covers(**broad, element)));
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
    sure.starts_with(prefix) && LANGUAGE.stemmer.irregular_forms(stem).iter().all(|form| form.starts_with(prefix))
}

/// Patterns of one list that may make others needless: those of a single item.
struct Broad<'t> {
    terms: &'t Terms<'t>,
    patterns: &'t [CompiledPattern],
    /// By first word: the pattern, the phrase and its sign.
    starts: FxMap<Element, Vec<(usize, u32, i8)>>,
    /// Phrases that name a subject of the criterion.
    names: Vec<u32>,
}

impl<'t> Broad<'t> {
    fn of(terms: &'t Terms<'t>, about: SubjectSet, patterns: &'t [CompiledPattern]) -> Self {
        let is_own = |feed: &Feed| matches!(feed, Feed::Subject(subject) if about & 1 << subject != 0);
        let names: Vec<u32> = (0..terms.rubric.phrases.len() as u32)
            .filter(|id| about != 0 && terms.rubric.phrases[*id as usize].feeds.iter().any(is_own))
            .collect();
        let mut starts: FxMap<Element, Vec<(usize, u32, i8)>> = FxMap::default();
        for (k, pattern) in patterns.iter().enumerate() {
            let Some(item) = single_item(pattern) else { continue };
            for (phrase, sign) in &terms.phrases[item.item as usize] {
                if let PhraseElement::Word(first) = terms.elements(*phrase)[0] {
                    starts.entry(first).or_default().push((k, *phrase, *sign));
                }
            }
        }
        Self { terms, patterns, starts, names }
    }

    /// The first other pattern of the list that matches wherever this one does.
    fn covering(&self, k: usize) -> Option<usize> {
        let items = present_items(&self.patterns[k]);
        items.iter().find_map(|item| {
            let candidates = self.covering_item(k, item);
            candidates.into_iter().find(|&broad| {
                let Some(broad_item) = single_item(&self.patterns[broad]) else { return false };
                let alone = items.len() == 1;
                let claims = items.iter().all(|item| item.mode == Mode::Claim);
                let as_meant = broad_item.mode == item.mode && (alone || claims);
                // Of two patterns that stand for each other only the later one is needless.
                let mutual = || alone && broad > k && self.covering_item(broad, broad_item).contains(&k);
                (as_meant || broad_item.mode == Mode::Mention) && !mutual()
            })
        })
    }

    /// Other patterns with a phrase inside each phrase of an item.
    fn covering_item(&self, k: usize, item: &ItemUse) -> BTreeSet<usize> {
        let mut phrases = self.terms.phrases[item.item as usize].iter();
        let Some((phrase, sign)) = phrases.next() else { return BTreeSet::new() };
        let mut common = self.covering_phrase(*phrase, *sign);
        common.remove(&k);
        for (phrase, sign) in phrases {
            if common.is_empty() {
                break;
            }
            let found = self.covering_phrase(*phrase, *sign);
            common.retain(|broad| found.contains(broad));
        }
        common
    }

    /// Patterns with a phrase that matches inside this one, under the same sign.
    fn covering_phrase(&self, phrase: u32, sign: i8) -> BTreeSet<usize> {
        let terms = self.terms;
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
                if *broad_sign == sign
                    && !hidden
                    && terms.covers_from(elements, &narrow[from..])
                    && self.is_evidence(*broad)
                {
                    found.insert(*k);
                }
            }
        }
        found
    }

    /// What repeats the prompt or the subject's own name is no evidence where it stands alone.
    fn is_evidence(&self, phrase: u32) -> bool {
        let elements = self.terms.elements(phrase);
        let in_name = |name: &u32| {
            let name = self.terms.elements(*name);
            (0..name.len()).any(|from| self.terms.covers_from(elements, &name[from..]))
        };
        !self.terms.phrase_is_echo(phrase) && !self.names.iter().any(in_name)
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
