//! Labels: the short names that authors put before a fact ("Atomicity: ...", "**Pros**", "`git merge`").

use super::lists::List;
use super::outline::{Entry, EntryKind, Inline};
use super::words::words;

/// What a label says about the facts under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The name of a thing, a step or an aspect.
    Name,
    Pro,
    Con,
    /// Illustrations: they show a fact, they are none.
    Example,
    /// Where a thing is used.
    Use,
    /// Says nothing of its own: "Definition", "Key features".
    Plain,
    /// About the question, not its answer: "Objective".
    Meta,
    /// What a task tests: the closest to an answer where there is none.
    Skills,
}

/// Roles by the words of a label; the first whose list has the label counts.
const ROLES: [(Role, List); 7] = [
    (Role::Skills, List::SkillsRole),
    (Role::Meta, List::MetaRole),
    (Role::Example, List::ExampleRole),
    (Role::Pro, List::ProRole),
    (Role::Con, List::ConRole),
    (Role::Use, List::UseRole),
    (Role::Plain, List::PlainRole),
];

pub(super) fn role_of(label: &str) -> Role {
    let label = words(label).join(" ");
    for (role, list) in ROLES {
        // Pros and cons are also said with more words: "Cons of Python", "Some potential drawbacks".
        let anywhere = matches!(role, Role::Pro | Role::Con);
        let said = |name: &&str| label == *name || anywhere && format!(" {label} ").contains(&format!(" {name} "));
        if list.phrases().iter().any(said) {
            return role;
        }
    }
    Role::Name
}

/// A label and what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    pub label: String,
    /// Empty where the label stands alone.
    pub rest: String,
}

/// The label at the start of a text, where there is one.
pub(super) fn split_label(inline: &Inline) -> Option<Labelled> {
    let text = inline.text.as_str();
    let start = text.len() - text.trim_start_matches([' ', '-', '*']).len();
    let marked = inline
        .bold
        .iter()
        .chain(&inline.code)
        .filter(|range| range.start <= start + 1 && range.end > start)
        .map(|range| range.end)
        .max();
    if let Some(end) = marked {
        // A bracket after the name belongs to it: "**PUT** (replace): ...".
        let mut end = end;
        let after = text[end..].trim_start();
        if after.starts_with('(')
            && let Some(close) = after.find(')')
        {
            end = text.len() - after.len() + close + 1;
        }
        let label = text[start..end].trim_end_matches([':', '.', ' ', '-']);
        let rest = text[end..].trim_start_matches([' ', '\u{a0}']);
        let closed = text[..end].ends_with(':') || text[end..].starts_with('\n') || rest.is_empty();
        let separated = [":", "–", "—", "→", "->", "- "].iter().find_map(|mark| rest.strip_prefix(mark));
        if words(label).len() <= 8
            && let Some(rest) = separated.or(closed.then_some(rest))
        {
            return Some(Labelled { label: label.to_owned(), rest: rest.trim().to_owned() });
        }
        return None;
    }
    let line = text.lines().next().unwrap_or_default();
    let (at, mark) = [": ", " – ", " — ", " - ", " -> ", " → "]
        .iter()
        .filter_map(|mark| Some((line.find(mark)?, *mark)))
        .min()
        .or_else(|| line.trim_end().ends_with(':').then(|| (line.trim_end().len() - 1, ":")))?;
    let label = line[start.min(at)..at].trim();
    let rest = text[at + mark.len()..].trim();
    let names = words(label);
    // What follows a dash may go on with the sentence; then a short name alone is a label.
    let limit = match mark {
        " – " | " — " | " - " => 3,
        _ if rest.is_empty() => 8,
        _ => 5,
    };
    // "This says: ..." introduces speech, "If ... -> ..." is a whole sentence: neither is a name.
    let opens_sentence = |word: &str| {
        matches!(
            word,
            "if" | "for"
                | "when"
                | "this"
                | "that"
                | "it"
                | "do"
                | "does"
                | "is"
                | "at"
                | "in"
                | "because"
                | "to"
                | "by"
                | "here"
        )
    };
    let has_verb = names.iter().any(|word| List::Finite.has(word));
    let chain = ["->", "→"].iter().any(|arrow| line.matches(arrow).count() >= 2);
    let fits = (1..=limit).contains(&names.len()) && !label.contains(['.', '?', '!', ',']) && !chain;
    (fits && !has_verb && !names.first().is_some_and(|word| opens_sentence(word)))
        .then(|| Labelled { label: label.to_owned(), rest: rest.to_owned() })
}

/// The label of an entry; a short name without an end mark is one when something stands under it.
pub(super) fn label_of(entry: &Entry, text: &Inline) -> Option<Labelled> {
    split_label(text).or_else(|| {
        let name = text.text.trim();
        let words = words(name);
        let sentence = name.ends_with(['.', '!', '?', ':', ';']) || words.iter().any(|word| List::Finite.has(word));
        (!entry.children.is_empty() && !sentence && (1..=7).contains(&words.len()))
            .then(|| Labelled { label: name.to_owned(), rest: String::new() })
    })
}

/// Entries regrouped so that what an author put *after* a name stands *under* it.
///
/// Authors write "1. Name", then a list of its own; or "Name:" as a paragraph, then its list. Markdown sees siblings.
pub(super) fn arranged(entries: &[Entry]) -> Vec<Entry> {
    let mut arranged: Vec<Entry> = Vec::new();
    let mut at = 0;
    while at < entries.len() {
        let mut entry = entries[at].clone();
        at += 1;
        if let Some((outer, inner)) = two_labels(&entry) {
            // "**X:** **Pros:**" opens X; the lists of pros and cons that follow are about X.
            let mut about = Entry { text: outer, children: Vec::new(), ..entry.clone() };
            entry.text = inner;
            at = adopt(&mut entry, entries, at);
            about.children.push(entry);
            while let Some(next) = entries.get(at).filter(|next| has_side(next) && two_labels(next).is_none()) {
                let mut side = next.clone();
                at = adopt(&mut side, entries, at + 1);
                about.children.push(side);
            }
            entry = about;
        } else if is_lead(&entry, entries.get(at)) {
            at = adopt(&mut entry, entries, at);
        }
        entry.children = self::arranged(&entry.children);
        arranged.push(entry);
    }
    arranged
}

fn has_side(entry: &Entry) -> bool {
    entry.kind == EntryKind::Paragraph
        && split_label(&entry.text)
            .is_some_and(|label| label.rest.is_empty() && matches!(role_of(&label.label), Role::Pro | Role::Con))
}

/// "**A:** **B:**" as two labels.
fn two_labels(entry: &Entry) -> Option<(Inline, Inline)> {
    let [first, second] = entry.text.bold.as_slice() else { return None };
    let text = &entry.text.text;
    let label = |range: &std::ops::Range<usize>| {
        let name = text[range.clone()].trim();
        name.ends_with(':').then(|| Inline {
            text: name.to_owned(),
            bold: std::iter::once(0..name.len()).collect(),
            ..Inline::default()
        })
    };
    let between = text.get(first.end..second.start)?.trim();
    let outside = text[..first.start].trim().len() + text[second.end..].trim().len();
    (between.is_empty() && outside == 0).then_some(())?;
    Some((label(first)?, label(second)?))
}

/// A name that stands alone and is followed by what it names.
fn is_lead(entry: &Entry, next: Option<&Entry>) -> bool {
    let text = entry.text.text.trim();
    if text.is_empty() || !entry.children.is_empty() || entry.kind == EntryKind::Bullet {
        return false;
    }
    let next_is = |kinds: &[EntryKind]| next.is_some_and(|next| kinds.contains(&next.kind));
    let short = words(text).len() <= 10 && !text.ends_with(['.', '!']);
    let alone = split_label(&entry.text).is_some_and(|label| label.rest.is_empty());
    match entry.kind {
        EntryKind::Step => (short || alone) && next_is(&[EntryKind::Bullet, EntryKind::Paragraph]),
        _ => {
            let list = next_is(&[EntryKind::Bullet, EntryKind::Step]);
            let tabled = next.is_some_and(|next| matches!(next.kind, EntryKind::Table(_)));
            let bold = alone && (entry.text.bold.len() == 1 || entry.text.code.len() == 1);
            (text.ends_with(':') && (list || tabled))
                || (words(text).len() <= 7 && short && !text.contains(['→', '>']) && list)
                || (bold && (list || next_is(&[EntryKind::Paragraph])))
        }
    }
}

/// Moves the entries that belong to a lead under it; gives the index of the next entry that does not.
fn adopt(lead: &mut Entry, entries: &[Entry], mut at: usize) -> usize {
    let first = at;
    let mut list: Option<&EntryKind> = None;
    while let Some(next) = entries.get(at) {
        let belongs = match (&lead.kind, &next.kind) {
            (EntryKind::Step, EntryKind::Step) => false,
            (EntryKind::Step, EntryKind::Paragraph) => !(entry_closes(next)),
            (EntryKind::Step, _) => true,
            (_, EntryKind::Paragraph) => list.is_none() && at == first && !is_lead(next, entries.get(at + 1)),
            (_, EntryKind::Table(_)) => at == first,
            (_, kind) => list.is_none_or(|list| list == kind),
        };
        if !belongs {
            break;
        }
        if matches!(next.kind, EntryKind::Bullet | EntryKind::Step) {
            list.get_or_insert(&next.kind);
        }
        lead.children.push(next.clone());
        at += 1;
    }
    at
}

/// A paragraph that opens something else than the numbered item before it.
fn entry_closes(entry: &Entry) -> bool {
    split_label(&entry.text).is_some_and(|label| label.rest.is_empty() && !entry.text.bold.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::*;

    fn label(text: &str) -> Option<(String, String)> {
        let (sections, _) = outline(text);
        split_label(&sections[0].entries[0].text).map(|labelled| (labelled.label, labelled.rest))
    }

    #[test]
    fn labels_are_found_in_every_dress() {
        for text in [
            "**Atomicity**: all or nothing",
            "**Atomicity:** all or nothing",
            "**Atomicity** – all or nothing",
            "**Atomicity**  \n all or nothing",
            "`Atomicity` -> all or nothing",
            "Atomicity: all or nothing",
            "Atomicity → all or nothing",
        ] {
            assert_eq!(label(text), Some(("Atomicity".to_owned(), "all or nothing".to_owned())), "{text}");
        }
        assert_eq!(label("**Pros:**"), Some(("Pros".to_owned(), String::new())));
        assert_eq!(label("**- Sends a Request**"), Some(("Sends a Request".to_owned(), String::new())));
        assert_eq!(label("**PUT** (replace): all of it").map(|label| label.0), Some("PUT (replace)".to_owned()));
    }

    #[test]
    fn sentences_are_no_labels() {
        for text in [
            "**Dependency injection** is a pattern.",
            "This says: go on.",
            "If it rains → take a coat",
            "a → b → c",
            "It is slow, and hard: do not.",
            "See http://example.org",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }

    #[test]
    fn roles_follow_the_label() {
        assert_eq!(role_of("Cons of Python:"), Role::Con);
        assert_eq!(role_of("Some potential drawbacks of open source"), Role::Con);
        assert_eq!(role_of("Example"), Role::Example);
        assert_eq!(role_of("Key Features:"), Role::Plain);
        assert_eq!(role_of("Isolation"), Role::Name);
    }

    fn shape(entries: &[Entry]) -> String {
        let parts: Vec<String> = entries
            .iter()
            .map(|entry| {
                let name = entry.text.text.trim_end_matches(':').to_owned();
                if entry.children.is_empty() { name } else { format!("{name}({})", shape(&entry.children)) }
            })
            .collect();
        parts.join(" ")
    }

    #[test]
    fn what_follows_a_name_comes_under_it() {
        for (text, expected) in [
            ("1. **A**\n\n- x\n- y\n\n2. **B**\n\n- z\n", "A(x y) B(z)"),
            ("Pros:\n- x\n\nCons:\n- y\n", "Pros(x) Cons(y)"),
            ("`git a`\n\n- x\n\n`git b`\n\n- y\n", "git a(x) git b(y)"),
            (
                "**K:**\n**Pros:**\n- x\n\n**Cons:**\n- y\n\n**R:**\n**Pros:**\n- z\n\nEnd.\n",
                "K(Pros(x) Cons(y)) R(Pros(z)) End.",
            ),
            ("1. A\n\nText of a.\n\n- x\n\n2. B\n\n- y\n", "A(Text of a. x) B(y)"),
        ] {
            assert_eq!(shape(&arranged(&outline(text).0[0].entries)), expected, "{text}");
        }
    }
}
