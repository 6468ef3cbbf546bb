//! Which headings and list items of a document are questions.

use super::lists::List;
use super::outline::{Entry, EntryKind, Section};
use super::words::{content_words, has_versus, words};
use crate::rubric::source::Kind;
use crate::vocabulary::canonical_number_word;

/// A question of one document with what the document answers.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The question as a learner can read it.
    pub prompt: String,
    /// The heading or list item as it stands in the document.
    pub heading: String,
    /// Heading of the section around it.
    pub section: Option<String>,
    /// First and last line, the heading included.
    pub lines: [u32; 2],
    pub kind: Kind,
    pub entries: Vec<Entry>,
}

/// A heading or item that is no question, and why.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Skipped {
    pub line: u32,
    pub heading: String,
    pub why: &'static str,
}

/// The title without its number: "3. ", "2- ", "Q4: ".
pub(super) fn unnumbered(title: &str) -> &str {
    let title = title.trim();
    let rest = title.strip_prefix(['Q', 'q']).unwrap_or(title).trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len() < title.strip_prefix(['Q', 'q']).unwrap_or(title).len();
    let tail = rest.trim_start();
    match tail.strip_prefix(['.', ')', ':', '-', '–', '—']) {
        // "3-Way Handshake" has no space after the dash and keeps its number.
        Some(after) if digits && after.starts_with([' ', '\u{a0}']) => after.trim(),
        _ => title,
    }
}

/// Whether a title reads like a question or a task.
fn asks(title: &str) -> bool {
    let title = unnumbered(title);
    let words = words(title);
    let first = words.first().map_or("", String::as_str);
    title.ends_with('?') || List::TaskVerb.has(first) || List::Question.has(first) || has_versus(title)
}

/// Whether a question asks for the members of a set.
pub(super) fn asks_for_set(prompt: &str) -> bool {
    words(prompt).iter().any(|word| List::SetNoun.has(word))
}

/// Whether a heading asks something by itself, under one that asks nothing and announces no set. "How does it work?" needs the
/// heading above it.
fn is_question_of_its_own(above: &str, title: &str) -> bool {
    let refers = |word: &String| matches!(word.as_str(), "it" | "its" | "they" | "them" | "their" | "this" | "these");
    !asks(above) && !asks_for_set(above) && asks(title) && !words(title).iter().any(refers)
}

fn is_part_title(title: &str) -> bool {
    let title = unnumbered(title).trim_end_matches(':').to_lowercase();
    List::PartTitle.has(&title)
}

/// Questions of a document in its order, and the headings that are none.
pub(super) fn questions(sections: &[Section]) -> (Vec<Found>, Vec<Skipped>) {
    let level = question_level(sections);
    let mut finder = Finder { sections, level, found: Vec::new(), skipped: Vec::new() };
    let mut idx = 0;
    while idx < sections.len() {
        idx = finder.section(idx);
    }
    (finder.found, finder.skipped)
}

/// The heading level that most questions stand on; without any, the one with most content.
fn question_level(sections: &[Section]) -> u8 {
    let count = |of: &dyn Fn(&Section) -> bool| -> Vec<usize> {
        (0..=6).map(|level| sections.iter().filter(|section| section.level == level && of(section)).count()).collect()
    };
    let most = |counts: &[usize]| (1..=6).max_by_key(|level| (counts[*level], *level)).unwrap_or(1);
    let asking = count(&|section| asks(&section.title));
    let filled = count(&|section| !section.entries.is_empty());
    (if asking.iter().sum::<usize>() > 0 { most(&asking) } else { most(&filled) }) as u8
}

struct Finder<'a> {
    sections: &'a [Section],
    level: u8,
    found: Vec<Found>,
    skipped: Vec<Skipped>,
}

impl<'a> Finder<'a> {
    /// Takes the section at `idx`, with its subsections where it is a question; gives the index of the next.
    fn section(&mut self, idx: usize) -> usize {
        let section = &self.sections[idx];
        let end = self.end_of(idx);
        let has_subsections = end > idx + 1;
        let asks = asks(&section.title);
        if is_contents(section) {
            self.skip(section, "a table of contents");
        } else if section.level == 0 {
            // Text before the first heading introduces the document.
        } else if section.level < self.level && has_subsections {
            self.skip(section, "a title over other headings");
        } else if let Some(items) = question_items(section, section.level < self.level, asks) {
            self.skip(section, "a title over a list of questions");
            self.items(section, &items);
        } else if self.only_leads(section, &self.sections[idx + 1..end]) {
            self.skip(section, "a title over other headings");
        } else if section.entries.is_empty() && !has_subsections && !asks {
            self.skip(section, "a heading without content");
        } else {
            self.question(idx, end);
            return end;
        }
        idx + 1
    }

    /// Whether a heading says no more than what the questions below it are about.
    fn only_leads(&self, section: &Section, below: &[Section]) -> bool {
        let bare = section.entries.is_empty() || is_part_title(&section.title);
        bare && below.iter().any(|part| is_question_of_its_own(&section.title, &part.title))
    }

    /// Index after the last subsection of the section at `idx`.
    fn end_of(&self, idx: usize) -> usize {
        let level = self.sections[idx].level;
        (idx + 1..self.sections.len()).find(|next| self.sections[*next].level <= level).unwrap_or(self.sections.len())
    }

    fn skip(&mut self, section: &Section, why: &'static str) {
        self.skipped.push(Skipped { line: section.line, heading: section.title.clone(), why });
    }

    /// A question with its subsections: each is a part of the answer, or a question of its own besides.
    fn question(&mut self, idx: usize, end: usize) {
        let section = &self.sections[idx];
        let title = unnumbered(&section.title);
        let mut entries = section.entries.clone();
        let set = asks_for_set(title);
        let mut own_questions = Vec::new();
        let mut last = section.end_line;
        let mut at = idx + 1;
        while at < end {
            let part = &self.sections[at];
            let part_end = self.end_of(at);
            let inner = &self.sections[at..part_end];
            if is_question_of_its_own(&section.title, &part.title) {
                own_questions.push((at, part_end));
                at = part_end;
                continue;
            }
            last = inner.iter().map(|section| section.end_line).fold(last, u32::max);
            let mut children = part.entries.clone();
            for deeper in &inner[1..] {
                children.push(as_entry(deeper, deeper.entries.clone()));
            }
            if set && stands_alone(&part.title) && !children.is_empty() {
                own_questions.push((at, part_end));
                // The parent asks for the members: what each of them is, not all about it.
                children.truncate(1);
            } else {
                self.skip(part, "a part of the answer above");
            }
            entries.push(as_entry(part, children));
            at = part_end;
        }
        self.found.push(Found {
            prompt: title.to_owned(),
            heading: section.title.clone(),
            section: self.around(idx),
            lines: [section.line, last],
            kind: kind_of(title, self.around(idx).as_deref()),
            entries,
        });
        for (at, end) in own_questions {
            self.question(at, end);
        }
    }

    /// Title of the section around the one at `idx`.
    fn around(&self, idx: usize) -> Option<String> {
        let level = self.sections[idx].level;
        let above = self.sections[..idx].iter().rev().find(|section| section.level < level && section.level > 0)?;
        Some(above.title.clone())
    }

    fn items(&mut self, section: &Section, items: &[&Entry]) {
        for item in items {
            let text = item.text.text.trim();
            if text.is_empty() {
                self.skipped.push(Skipped {
                    line: item.lines[0],
                    heading: section.title.clone(),
                    why: "an empty item in a list of questions",
                });
                continue;
            }
            let prompt = match split_arrow(text) {
                Some((name, task)) => format!("{name}: {task}"),
                None => text.to_owned(),
            };
            let mut entries = item.children.clone();
            let (prompt, hint) = without_hint(&prompt);
            if let Some(hint) = hint {
                let mut entry = (*item).clone();
                entry.children.clear();
                entry.text = super::outline::Inline { text: hint, ..Default::default() };
                entry.kind = EntryKind::Bullet;
                entries.push(entry);
            }
            let last = item.children.iter().map(|child| child.lines[1]).fold(item.lines[1], u32::max);
            self.found.push(Found {
                kind: kind_of(&prompt, Some(&section.title)),
                prompt,
                heading: text.to_owned(),
                section: Some(section.title.clone()),
                lines: [item.lines[0], last],
                entries,
            });
        }
    }
}

/// A subsection as an item of the list of parts, named by its heading.
fn as_entry(section: &Section, children: Vec<Entry>) -> Entry {
    let numbered = unnumbered(&section.title) != section.title;
    let title = unnumbered(&section.title).to_owned();
    Entry {
        kind: if numbered { EntryKind::Step } else { EntryKind::Bullet },
        text: super::outline::Inline {
            bold: std::iter::once(0..title.len()).collect(),
            text: title,
            ..Default::default()
        },
        lines: [section.line; 2],
        children,
    }
}

fn is_contents(section: &Section) -> bool {
    fn anchors(entries: &[Entry]) -> (usize, usize) {
        entries.iter().fold((0, 0), |(linked, all), entry| {
            let (deep_linked, deep) = anchors(&entry.children);
            (linked + entry.text.n_anchor + deep_linked, all + entry.text.text.len() + deep)
        })
    }
    let (linked, all) = anchors(&section.entries);
    all > 0 && linked * 10 >= all * 9
}

/// A short name rather than a part of an answer or a step of it.
fn stands_alone(title: &str) -> bool {
    let title = unnumbered(title);
    let first = words(title).into_iter().next().unwrap_or_default();
    !is_part_title(title) && !List::StepVerb.has(&first) && (1..=7).contains(&content_words(title).len())
}

/// Items of a section that is a list of questions: any list under a mere title, or one that mostly asks.
fn question_items(section: &Section, title_only: bool, asks_itself: bool) -> Option<Vec<&Entry>> {
    let is_item = |entry: &&Entry| matches!(entry.kind, EntryKind::Bullet | EntryKind::Step);
    let items: Vec<&Entry> = section.entries.iter().filter(is_item).collect();
    let filled: Vec<&&Entry> = items.iter().filter(|item| !item.text.text.trim().is_empty()).collect();
    let n_asking = filled.iter().filter(|item| asks(&item.text.text)).count();
    let only_list = items.len() == section.entries.len();
    if title_only && only_list && !filled.is_empty() && !section.title.ends_with('?') {
        return Some(items);
    }
    if asks_itself || filled.is_empty() || section.entries.iter().any(|entry| matches!(entry.kind, EntryKind::Table(_)))
    {
        return None;
    }
    (2 * n_asking >= filled.len()).then_some(items)
}

/// "Name -> task" in two.
fn split_arrow(text: &str) -> Option<(&str, &str)> {
    let (at, arrow) = ["->", "→", "=>"].iter().filter_map(|arrow| Some((text.find(arrow)?, *arrow))).min()?;
    Some((text[..at].trim(), text[at + arrow.len()..].trim()))
}

/// "... (hint: x)" without the hint, and the hint.
fn without_hint(text: &str) -> (String, Option<String>) {
    let lower = text.to_ascii_lowercase();
    let hint = lower.find("(hint:").and_then(|from| Some((from, from + lower[from..].find(')')?)));
    match hint {
        Some((from, to)) => {
            let hint = text[from + "(hint:".len()..to].trim().to_owned();
            (format!("{}{}", text[..from].trim_end(), &text[to + 1..]).trim().to_owned(), Some(hint))
        }
        None => (text.to_owned(), None),
    }
}

/// What kind of answer a question asks for, by its words.
pub(super) fn kind_of(prompt: &str, section: Option<&str>) -> Kind {
    let (words, around) = (words(prompt), words(section.unwrap_or_default()));
    let first = words.first().map_or("", String::as_str);
    if List::Experience.is_in(&words) || List::AroundExperience.is_in(&around) {
        Kind::Experience
    } else if List::ProsCons.is_in(&words) {
        Kind::ProsCons
    } else if List::Comparison.is_in(&words) {
        Kind::Comparison
    } else if List::CodeVerb.has(first)
        || (first == "build" && List::Program.is_in(&words))
        || List::AroundCode.is_in(&around)
            && prompt.len() < 400
            && !words.iter().any(|word| matches!(word.as_str(), "explain" | "why"))
    {
        Kind::Code
    } else if List::DesignVerb.has(first) || List::Design.is_in(&words) || List::AroundDesign.is_in(&around) {
        Kind::Design
    } else if List::Procedure.is_in(&words)
        || (first == "how" && words.iter().any(|word| matches!(word.as_str(), "work" | "works")))
    {
        Kind::Procedure
    } else if asks_for_set(prompt) || List::SeveralWord.has(first) || List::Several.is_in(&words) {
        Kind::List
    } else {
        Kind::Definition
    }
}

/// How many things of one kind a question asks for: "Name two advantages", "State at least 4 of the differences". "Name
/// the two phases" asks for all there are.
pub(super) fn asked_number(prompt: &str) -> Option<u32> {
    const REACH: usize = 4;
    let words = words(prompt);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.iter().enumerate().find_map(|(i, word)| {
        let n = canonical_number_word(word)?.parse().ok().filter(|n| (2..10).contains(n))?;
        let reach = if words[..i].ends_with(&["at", "least"]) { i } else { REACH };
        let before = &words[i.saturating_sub(reach)..i];
        let asked = before.iter().any(|word| List::NamingVerb.has(word));
        let all = matches!(before, [.., "the" | "these" | "those" | "all" | "in"]);
        let things = words[i + 1..].iter().take(REACH).find(|word| word.ends_with('s') && !word.ends_with("ss"));
        let counted = things.is_some_and(|things| !List::Measure.has(things));
        (asked && !all && counted).then_some(n)
    })
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::*;

    fn prompts(text: &str) -> Vec<String> {
        questions(&outline(text).0).0.into_iter().map(|found| found.prompt).collect()
    }

    #[test]
    fn numbers_are_no_part_of_the_question() {
        assert_eq!(unnumbered("1- How?"), "How?");
        assert_eq!(unnumbered("Q2: Why?"), "Why?");
        assert_eq!(unnumbered("12. **X**"), "**X**");
        assert_eq!(unnumbered("3-Way Handshake"), "3-Way Handshake");
        assert_eq!(unnumbered("Query Plans"), "Query Plans");
        assert_eq!(unnumbered("100 prime numbers"), "100 prime numbers");
    }

    #[test]
    fn titles_and_contents_are_no_questions() {
        let text = "# Notes\n\n## Contents\n\n- [What is A?](#a)\n- [B](#b)\n\n## Topic\n\n### What is A?\n\nA is so.\n\n### B\n\nB is so.\n";
        assert_eq!(prompts(text), ["What is A?", "B"]);
        let skipped = questions(&outline(text).0).1;
        let why: Vec<(u32, &str)> = skipped.iter().map(|skipped| (skipped.line, skipped.why)).collect();
        assert_eq!(
            why,
            [(1, "a title over other headings"), (3, "a table of contents"), (8, "a title over other headings")]
        );
    }

    #[test]
    fn members_of_a_set_are_questions_and_parts_are_not() {
        let members = "## What is X?\n\nSo.\n\n## Three laws of motion\n\n### 1. Inertia\n\nBodies stay.\n\n### 2. Force\n\nF = ma.\n";
        assert_eq!(prompts(members), ["What is X?", "Three laws of motion", "Inertia", "Force"]);
        let parts = "## What are the pros and cons of tea?\n\n### Pros\n\n- warm\n\n### Cons\n\n- hot\n";
        assert_eq!(prompts(parts), ["What are the pros and cons of tea?"]);
    }

    #[test]
    fn questions_below_a_mere_title_are_asked() {
        let others = "## What is tea?\n\nA drink.\n\n## What is coffee?\n\nAnother.\n\n";
        for (text, below) in [
            ("## Background\n\n### What is a kettle?\n\nA pot.\n", &["What is a kettle?"][..]),
            ("## Background\n\nOld.\n\n### What is a kettle?\n\nA pot.\n", &["What is a kettle?"]),
            ("## Kettle\n\nA pot.\n\n### Why do kettles whistle?\n\nSteam.\n", &["Kettle", "Why do kettles whistle?"]),
            ("## Kettle\n\n### How does it work?\n\nBy fire.\n", &["Kettle"]),
            ("## Kettle\n\nA pot.\n\n### Lid\n\nOn top.\n", &["Kettle"]),
        ] {
            assert_eq!(prompts(&format!("{others}{text}"))[2..], *below, "{text}");
        }
    }

    #[test]
    fn lists_of_tasks_are_questions() {
        let text = "## Practice\n\n1. Print the primes\n\n   - sieve\n\n2.\n\n## Theory\n\n- use care\n- set limits\n";
        assert_eq!(prompts(text), ["Print the primes", "Theory"]);
        let under_titles =
            "## Topic\n\n### What is A?\n\nSo.\n\n## Tasks\n\n- **Sums** -> add up numbers (hint: use a loop)\n";
        assert_eq!(prompts(under_titles), ["What is A?", "Sums: add up numbers"]);
    }

    #[test]
    fn a_number_of_things_is_asked_for() {
        for (prompt, number) in [
            ("Name two advantages of tea.", Some(2)),
            ("State at least 4 of the differences between tea and coffee.", Some(4)),
            ("What are the challenges? Please NAME and DESCRIBE three challenges.", Some(3)),
            ("Name the two phases of brewing.", None),
            ("Explain your answer in 2-5 sentences.", None),
            ("Name an advantage of tea.", None),
            ("You brew tea 6 times. What changes?", None),
        ] {
            assert_eq!(asked_number(prompt), number, "{prompt}");
        }
    }

    #[test]
    fn kinds_follow_the_words() {
        for (prompt, kind) in [
            ("TCP vs. UDP", Kind::Comparison),
            ("What are the pros and cons of containers?", Kind::ProsCons),
            ("TLS handshake", Kind::Procedure),
            ("How does DNS work?", Kind::Procedure),
            ("Implement a rate limiter", Kind::Code),
            ("Design a chat", Kind::Design),
            ("Describe your experience with Django", Kind::Experience),
            ("Isolation levels", Kind::List),
            ("What is OOP?", Kind::Definition),
        ] {
            assert_eq!(kind_of(prompt, None), kind, "{prompt}");
        }
    }
}
