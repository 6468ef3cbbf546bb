//! What the points of a question are about: the two sides of a comparison, the members of a set.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};

use super::labels::{Role, label_of, role_of, split_label};
use super::lists::List;
use super::outline::{Entry, EntryKind};
use super::questions::Found;
use super::tables;
use super::words::{content_words, has_phrase, has_versus, is_function_word, kebab, pattern_phrase, words};
use crate::rubric::source::Kind;

/// A thing that points can be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    pub id: String,
    /// As the document writes it, for the learner.
    pub display: String,
    /// Names, each a phrase.
    pub names: Vec<String>,
    /// Stems of the names.
    stems: Vec<Vec<String>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Subjects {
    pub list: Vec<Subject>,
}

impl Subject {
    fn add_name(&mut self, name: String) {
        self.stems.push(stems(&name));
        self.names.push(name);
    }

    /// A subject with given names.
    pub(super) fn named(id: &str, names: &[&str]) -> Self {
        Self {
            id: id.to_owned(),
            display: id.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            stems: names.iter().map(|name| stems(name)).collect(),
        }
    }
}

impl Subjects {
    /// Adds the subjects that a question and the shape of its answer announce.
    pub(super) fn learn_from(&mut self, found: &Found, entries: &[Entry]) {
        let sides = sides(&found.prompt);
        let compared = !sides.is_empty() && (found.kind == Kind::Comparison || all_are_leads(&sides, entries));
        if compared {
            for side in &sides {
                self.add(side);
            }
            self.learn_aliases(entries);
        } else if matches!(found.kind, Kind::List | Kind::Definition) {
            for name in members(found, entries) {
                self.add(&name);
            }
        } else if found.kind == Kind::Comparison || found.kind == Kind::ProsCons || entries.iter().any(has_sides) {
            // "**Kafka:** **Pros:** ...": what has advantages and drawbacks of its own is compared.
            let sided: Vec<&Entry> = entries.iter().filter(|entry| has_sides(entry)).collect();
            if sided.len() >= 2 {
                for entry in sided {
                    let n_before = self.list.len();
                    self.add(&entry.text.text);
                    // "Apache Kafka" is "Kafka" from then on.
                    if let Some(subject) = self.list.get_mut(n_before)
                        && let Some((_, last)) = subject.names[0].rsplit_once(' ')
                    {
                        let last = last.to_owned();
                        subject.add_name(last);
                    }
                }
            }
        }
    }

    /// The sides that a question names, where its answer is told in these sentences: those of a comparison, or things in a
    /// row ("What are A, B and C?") of which each begins a sentence.
    pub(super) fn of_prose(prompt: &str, kind: Kind, sentences: &[String]) -> Self {
        let mut subjects = Self::default();
        let sides = sides(prompt);
        let names = if kind == Kind::Comparison && !sides.is_empty() { sides } else { in_a_row(prompt) };
        for name in &names {
            subjects.add(name);
        }
        if !subjects.share_a_noun(sentences) {
            subjects.shorten();
        }
        let begun: BTreeSet<usize> = sentences.iter().flat_map(|sentence| subjects.at_start(sentence)).collect();
        // A numeral ("type I") is told apart by nobody.
        let is_known = |(idx, subject): (usize, &Subject)| {
            begun.contains(&idx) && subject.names[0].split(' ').all(|word| word.len() > 1)
        };
        if subjects.list.len() < 2 || !subjects.list.iter().enumerate().all(is_known) {
            subjects.list.clear();
        }
        subjects
    }

    /// "A low and a high kettle" are "low" and "high" from then on, where a sentence tells of a "low kettle".
    fn share_a_noun(&mut self, sentences: &[String]) -> bool {
        let [others @ .., last] = &mut self.list[..] else { return false };
        let Some((own, noun)) = last.names[0].rsplit_once(' ') else { return false };
        let has_noun = |subject: &Subject| {
            let whole = format!("{} {noun}", subject.names[0]);
            sentences.iter().any(|sentence| has_phrase(sentence, &whole))
        };
        let are_shared = others.iter().any(has_noun);
        if are_shared {
            let own = own.to_owned();
            last.add_name(own);
        }
        are_shared
    }

    /// "Cellular respiration" is "respiration" from then on, where no other subject ends so.
    fn shorten(&mut self) {
        let last = |subject: &Subject| subject.names[0].rsplit(' ').next().unwrap_or_default().to_owned();
        let lasts: Vec<String> = self.list.iter().map(last).collect();
        for (idx, short) in lasts.iter().enumerate() {
            let is_own = lasts.iter().filter(|other| *other == short).count() == 1;
            let subject = &mut self.list[idx];
            if is_own && short.len() > 3 && subject.names.len() == 1 && *short != subject.names[0] {
                subject.add_name(short.clone());
            }
        }
    }

    /// What a sentence speaks of, where the one before it spoke of `before`: what it names first, or all together, or the
    /// same.
    pub(super) fn carried(&self, before: &BTreeSet<usize>, sentence: &str) -> BTreeSet<usize> {
        let named = self.at_start(sentence);
        match () {
            () if !named.is_empty() => named,
            () if speaks_of_all(sentence) => BTreeSet::new(),
            () => before.clone(),
        }
    }

    /// Adds a subject by its name, with a shorter name without the sort and those in brackets.
    fn add(&mut self, name: &str) {
        let (name, inside) = match name.split_once('(') {
            Some((name, inside)) => (name, Some(inside.trim_end_matches([')', ':', ' ']))),
            None => (name, None),
        };
        let name = name.trim().trim_end_matches([':', '.', '?']);
        // "S - Single Responsibility" spells an acronym.
        let name = match name.split_once(" - ") {
            Some((letter, name)) if letter.chars().count() == 1 => name,
            _ => name,
        };
        let mut all = vec![pattern_phrase(name)];
        let own: Vec<String> = words(name);
        let cut = own.len() - own.iter().rev().take_while(|word| List::Sort.has(word)).count();
        if cut > 0 && cut < own.len() {
            all.push(own[..cut].join(" ").replace('_', " "));
        }
        if let Some(inside) = inside.filter(|inside| words(inside).len() <= 3 && !inside.contains(',')) {
            all.push(pattern_phrase(inside));
        }
        // One letter or a function word ("A", "C") would find its subject everywhere.
        all.retain(|name| name.len() > 1 && !words(name).iter().all(|word| is_function_word(word)));
        all.dedup();
        let known = |name: &String| self.list.iter().any(|subject| subject.names.contains(name));
        if let Some(first) = all.first().filter(|_| !all.iter().any(known)) {
            let id = kebab(first, 4);
            let stems = all.iter().map(|name| stems(name)).collect();
            self.list.push(Subject { id, display: name.to_owned(), names: all, stems });
        }
    }

    /// "Docker (containers)" where "Docker" is a side: "containers" is one more name of it.
    fn learn_aliases(&mut self, entries: &[Entry]) {
        for entry in entries {
            let label = split_label(&entry.text).map(|labelled| labelled.label).unwrap_or_default();
            let label = if label.is_empty() { entry.text.text.as_str() } else { label.as_str() };
            if let Some((name, inside)) = label.split_once('(')
                && let Some(inside) = inside.strip_suffix(')')
                && words(inside).len() <= 3
                && words(name).len() <= 3
            {
                let sides: Vec<usize> = self.in_name(name).into_iter().collect();
                let alias = pattern_phrase(inside);
                if let [side] = sides[..]
                    && self.in_name(inside).is_empty()
                    && !content_words(inside).is_empty()
                {
                    self.list[side].add_name(alias);
                }
            }
            self.learn_aliases(&entry.children);
        }
    }

    /// Subjects that a label, a table head or a sentence names; the longest name counts where one contains another.
    pub(super) fn in_name(&self, text: &str) -> BTreeSet<usize> {
        self.mentions(text).into_iter().map(|(_, subject)| subject).collect()
    }

    /// Subjects that a sentence begins with.
    pub(super) fn at_start(&self, sentence: &str) -> BTreeSet<usize> {
        let mentions = self.mentions(sentence);
        let first = mentions.first().filter(|(at, _)| *at <= 3);
        if first.is_some() && words(sentence).iter().any(|word| matches!(word.as_str(), "both" | "neither")) {
            return mentions.iter().map(|(_, subject)| *subject).collect();
        }
        let mut subjects: BTreeSet<usize> = first.iter().map(|(_, subject)| *subject).collect();
        if let [(first, _), (second, other)] = mentions[..]
            && !subjects.is_empty()
            && second - first <= 3
        {
            subjects.insert(other);
        }
        subjects
    }

    /// Mentions of subjects with the index of the word where they begin, in order.
    fn mentions(&self, text: &str) -> Vec<(usize, usize)> {
        let text = stems(text);
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let longest = self
                .list
                .iter()
                .enumerate()
                .flat_map(|(idx, subject)| subject.stems.iter().map(move |name| (name, idx)))
                .filter(|(name, _)| text[at..].starts_with(name))
                .max_by_key(|(name, _)| name.len());
            match longest {
                Some((name, idx)) => {
                    mentions.push((at, idx));
                    at += name.len();
                }
                None => at += 1,
            }
        }
        mentions
    }
}

/// Whether a sentence leaves the subject of the one before it for all sides together.
fn speaks_of_all(sentence: &str) -> bool {
    words(sentence).iter().any(|word| matches!(word.as_str(), "both" | "all" | "neither" | "difference" | "them"))
}

fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let apart = text.replace('_', " ");
    let stem = |word: &String| match word.strip_suffix('s') {
        // The stemmer leaves abbreviations alone: "VMs".
        Some(one) if !word.contains(['a', 'e', 'i', 'o', 'u', 'y']) && one.len() > 1 => one.to_owned(),
        _ => stemmer.stem(word).into_owned(),
    };
    words(&apart).iter().map(stem).collect()
}

/// The sides of "A vs B (vs C)", "difference between A and B", "compare A and B", "how do A and B differ"; of "A & B" the
/// candidates.
fn sides(prompt: &str) -> Vec<String> {
    let prompt = prompt.trim().trim_end_matches(['?', '.']);
    let prompt = match prompt.split_once(" - ") {
        Some((_, after)) if has_versus(after) => after,
        _ => prompt,
    };
    let tokens: Vec<&str> = prompt.split_whitespace().collect();
    let versus = |token: &&str| has_versus(token);
    let parts: Vec<String> = if tokens.iter().any(versus) {
        tokens.split(versus).map(|part| part.join(" ")).collect()
    } else {
        two_sides(prompt).map(|(a, b)| vec![a.to_owned(), b.to_owned()]).unwrap_or_default()
    };
    let sides: Vec<String> = parts.iter().map(|part| bare_side(part).to_owned()).collect();
    let fits = sides.len() >= 2 && sides.iter().all(|side| (1..=5).contains(&words(side).len()));
    if fits { sides } else { Vec::new() }
}

/// The sides of a prompt that compares two things without "versus", each with the words around it.
fn two_sides(prompt: &str) -> Option<(&str, &str)> {
    // Offsets in it are offsets in the prompt: other letters may change their length.
    let lower = prompt.to_ascii_lowercase();
    let found = |marks: &[&str]| marks.iter().find_map(|mark| Some((lower.find(mark)?, mark.len())));
    let body = if let Some((at, len)) = found(&["between ", "compare ", "contrast ", "distinguish "]) {
        &prompt[at + len..]
    } else if let Some((at, _)) = found(&[" differ from each other", " differ from one another", " differ in "]) {
        &prompt[..at]
    } else if let Some((at, len)) = found(&[" differ from ", " different from "]) {
        return Some((&prompt[..at], &prompt[at + len..]));
    } else if lower.ends_with(" differ") {
        &prompt[..prompt.len() - " differ".len()]
    } else if prompt.contains(" & ") {
        prompt
    } else {
        return None;
    };
    [" and ", " with ", " & ", " to ", " from "].iter().find_map(|joint| body.split_once(joint))
}

/// The names in "What are A, B and C in D?".
fn in_a_row(prompt: &str) -> Vec<String> {
    let Some((before, after)) = prompt.split_once(" and ") else { return Vec::new() };
    let last = after.split([',', '?', ':', ';']).next().unwrap_or_default().trim_end_matches('.');
    let names: Vec<String> = before.split(", ").chain([last]).map(|name| bare_side(name).to_owned()).collect();
    let is_name = |name: &String| (1..=4).contains(&words(name).len());
    if names.iter().all(is_name) { names } else { Vec::new() }
}

/// A side without the words that lead to it and those that say where it is compared.
fn bare_side(part: &str) -> &str {
    let end = part.to_ascii_lowercase().find(" in ").unwrap_or(part.len());
    let mut side = part[..end].trim();
    while let Some(rest) = List::AroundSide.phrases().iter().find_map(|lead| {
        let (head, rest) = side.split_at_checked(lead.len())?;
        head.eq_ignore_ascii_case(lead).then_some(rest)?.strip_prefix(' ')
    }) {
        side = rest.trim_start();
    }
    side
}

/// Whether every side is the name of a part of the answer.
fn all_are_leads(sides: &[String], entries: &[Entry]) -> bool {
    sides.iter().all(|side| {
        let side = stems(side);
        entries.iter().any(|entry| !entry.children.is_empty() && stems(&entry.text.text).starts_with(&side))
    })
}

fn has_sides(entry: &Entry) -> bool {
    let sided =
        |child: &&Entry| matches!(role_of(&child.text.text), Role::Pro | Role::Con) && !child.children.is_empty();
    entry.children.iter().filter(sided).count() >= 1 && role_of(&entry.text.text) == Role::Name
}

/// Names of the members, where the question asks for a set and the answer goes through it, in a list or in a table of its
/// own.
///
/// Only where the labels are what is asked for (a plural in the question, or labels that its capitals or words name): the
/// aspects of an explanation are no subjects that an answer must name.
fn members(found: &Found, entries: &[Entry]) -> Vec<String> {
    let listed = |entry: &Entry| label_of(entry, &entry.text).map(|labelled| labelled.label);
    let labels = names(entries.iter().filter_map(listed));
    if are_asked_for(found, &labels) {
        return labels;
    }
    let below = |entry: &Entry| match &entry.kind {
        EntryKind::Table(rows) => Some(names(tables::described(rows).map(str::to_owned)))
            .filter(|labels| are_asked_for(found, labels))
            .unwrap_or_default(),
        _ => members(found, &entry.children),
    };
    entries.iter().flat_map(below).collect()
}

/// The labels that are short names.
fn names(labels: impl Iterator<Item = String>) -> Vec<String> {
    labels.filter(|label| role_of(label) == Role::Name && (1..=4).contains(&words(bare(label)).len())).collect()
}

fn are_asked_for(found: &Found, labels: &[String]) -> bool {
    let prompt = words(&found.prompt);
    let initials: String =
        labels.iter().filter_map(|label| label.chars().next()).flat_map(char::to_lowercase).collect();
    let spelt = || prompt.iter().any(|word| word.len() == labels.len() && sorted(word) == sorted(&initials));
    let named = || labels.iter().all(|label| words(label).iter().any(|word| prompt.contains(word)));
    labels.len() >= 3 && (super::questions::asks_for_set(&found.prompt) || spelt() || named())
}

/// The label without its brackets.
fn bare(label: &str) -> &str {
    label.split('(').next().unwrap_or(label)
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::super::labels::arranged;
    use super::super::outline::outline;
    use super::super::questions::questions;
    use super::*;

    fn subjects(text: &str) -> Vec<Vec<String>> {
        let found = questions(&outline(text).0).0.remove(0);
        let mut subjects = Subjects::default();
        subjects.learn_from(&found, &arranged(&found.entries));
        subjects.list.into_iter().map(|subject| subject.names).collect()
    }

    #[test]
    fn comparisons_name_their_sides() {
        assert_eq!(subjects("## TCP Vs. UDP\n\nx y z.\n"), [["tcp"], ["udp"]]);
        assert_eq!(
            subjects("## Factory Vs. Abstract Factory Design Patterns\n\nx\n"),
            [vec!["factory"], vec!["abstract factory design patterns", "abstract factory"]]
        );
        assert_eq!(subjects("## \u{130}\u{130} brews in pots vs. \u{130}\u{130} cups in \u{130}\n\nx\n").len(), 2);
        assert_eq!(subjects("## MVT in Django - MVT vs. MVC\n\nx\n"), [["mvt"], ["mvc"]]);
        assert_eq!(subjects("## What is the difference between tea and coffee?\n\nx\n"), [["tea"], ["coffee"]]);
        for question in [
            "What is the difference between a kettle and a teapot?",
            "Explain the differences between the kettle and the teapot",
            "Compare a kettle with a teapot",
            "Compare and contrast a kettle and a teapot in use.",
            "A kettle vs. a teapot",
            "How do a kettle and a teapot differ?",
            "How do a kettle and a teapot differ from each other?",
            "How does a kettle differ from a teapot?",
            "Distinguish a kettle from a teapot",
        ] {
            assert_eq!(subjects(&format!("## {question}\n\nx\n")), [["kettle"], ["teapot"]], "{question}");
        }
        assert_eq!(
            subjects("## Docker Vs. VM\n\n- Docker (containers)\n  - share a kernel\n- VMs\n  - own one\n"),
            [vec!["docker", "containers"], vec!["vm"]]
        );
        assert_eq!(
            subjects("## Push & Pull in Git\n\n`push`\n\n- sends\n\n`pull`\n\n- fetches\n"),
            [["push"], ["pull"]]
        );
    }

    #[test]
    fn members_of_a_set_are_subjects_and_aspects_are_not() {
        let acid = "## ACID\n\n1. **Atomicity**\n\n   - All.\n\n2. **Consistency**\n\n   - Valid.\n\n3. **Isolation**\n\n   - Apart.\n\n4. **Durability**\n\n   - Stays.\n";
        assert_eq!(subjects(acid), [["atomicity"], ["consistency"], ["isolation"], ["durability"]]);
        let nested = "## Tea grades\n\nWhat to know: none.\n\nThe grades:\n\n- **Broken**\n  - small\n- **Fannings**\n  - smaller\n- **Dust**\n  - smallest\n";
        assert_eq!(subjects(nested), Vec::<Vec<String>>::new());
        let asked = nested.replace("Tea grades", "Levels of tea");
        assert_eq!(subjects(&asked), [["broken"], ["fannings"], ["dust"]]);
        let table = "## Types of tea\n\nMany.\n\n| Type | Leaf |\n| --- | --- |\n| Green | raw |\n| Black | oxidised |\n| Oolong | half |\n";
        assert_eq!(subjects(table), [["green"], ["black"], ["oolong"]]);
        assert_eq!(subjects(&table.replace("| Type |", "| Aspect |")), Vec::<Vec<String>>::new());
        let aspects = "## What is a list?\n\n- **Growth**: doubles\n- **Layout**: pointers\n- **Cost**: constant\n";
        assert_eq!(subjects(aspects), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_reference_answer_in_prose_tells_the_sides_of_its_question() {
        let of = |prompt: &str, told: &[&str]| {
            let told: Vec<String> = told.iter().map(|sentence| (*sentence).to_owned()).collect();
            Subjects::of_prose(prompt, super::super::questions::kind_of(prompt, None), &told)
        };
        let names = |subjects: &Subjects| -> Vec<Vec<String>> {
            subjects.list.iter().map(|subject| subject.names.clone()).collect()
        };
        let told = ["Brewing takes hot water.", "It is quick.", "Cold infusion takes a night.", "Both need tea."];
        let sides = of("Compare brewing and cold infusion.", &told);
        assert_eq!(names(&sides), [vec!["brewing"], vec!["cold infusion", "infusion"]]);
        let about = told.iter().scan(BTreeSet::new(), |about, sentence| {
            *about = sides.carried(about, sentence);
            Some(about.clone())
        });
        assert_eq!(about.collect::<Vec<_>>(), [vec![0], vec![0], vec![1], vec![]].map(BTreeSet::from_iter));
        let kitchen =
            of("What are pots, cups and lids in a kitchen?", &["A pot boils.", "Cups hold tea.", "A lid fits."]);
        assert_eq!(names(&kitchen), [["pots"], ["cups"], ["lids"]]);
        assert!(of("Compare brewing and cold infusion.", &["Brewing is quick."]).list.is_empty(), "one is not told");
        let numerals = of("What are Type I and Type II teas?", &["A Type I tea is raw.", "A Type II tea is not."]);
        assert!(numerals.list.is_empty());
    }

    #[test]
    fn the_longest_name_counts() {
        let mut subjects = Subjects::default();
        subjects.add("Factory");
        subjects.add("Abstract Factory");
        assert_eq!(subjects.in_name("Abstract Factory Pattern"), BTreeSet::from([1]));
        assert_eq!(
            subjects.at_start("The factory makes one object, an abstract factory families."),
            BTreeSet::from([0])
        );
        assert_eq!(subjects.at_start("Both factory and abstract factory create."), BTreeSet::from([0, 1]));
    }
}
