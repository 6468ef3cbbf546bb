//! Short reference answers: names and numbers, alone or in lists, with what else is accepted.

use std::collections::BTreeSet;

use super::facts::without_bullet;
use super::lists::List;
use super::points::split_at_commas;
use super::questions::{asked_number, kind_of};
use super::words::{content_set, content_words, is_clause, pattern_phrase, sentences, without_lead, words};
use crate::language::{Class, LANGUAGE};
use crate::rubric::source::Kind;
use crate::vocabulary::canonical_number_word;

/// Most content words of a name.
const LONGEST_NAME: usize = 4;

/// What a reference answer names, each in its wordings, where the question asks for names and the answer is nothing but a
/// list of them, of which so many are enough.
pub(super) fn names(question: &str, text: &str, n_enough: Option<u32>) -> Option<Vec<Vec<String>>> {
    if n_enough.or(asked_number(question)).is_none() && kind_of(question, None) != Kind::List {
        return None;
    }
    let given = content_set(question);
    let text = without_head(List::Illustration.after(text).unwrap_or(text), &given);
    let lines: Vec<String> = text.lines().flat_map(sentences).collect();
    let parts = lines.iter().flat_map(|line| without_bullet(line).trim_end_matches('.').split(';'));
    let mut parts: Vec<&str> = parts.flat_map(split_at_commas).collect();
    // "Earth and Mars" ends a list; elsewhere such a pair is one name.
    if let Some(last) = parts.pop() {
        let last = last.strip_prefix("and ").or(last.strip_prefix("or ")).unwrap_or(last);
        match last.split_once(" and ").or_else(|| last.split_once(" or ")) {
            Some((one, other)) if !one.contains('(') => parts.extend([one, other]),
            _ => parts.push(last),
        }
    }
    // "Rio Verde (Rio Claro, Rio Alto)" is one in several wordings.
    let is_list = parts.len() >= 2 || n_enough.or(asked_number(question)).is_some();
    let mut names = Vec::new();
    for part in parts {
        let (outside, inside) = bracketed(part);
        let inside: Vec<&str> = inside.map(|inside| split_at_commas(without_remark(inside))).unwrap_or_default();
        match inside[..] {
            [other] if is_name(other) => names.push(vec![outside.to_owned(), without_remark(other).to_owned()]),
            _ => {
                names.push(vec![outside.to_owned()]);
                names.extend(inside.iter().map(|more| vec![(*more).to_owned()]));
            }
        }
    }
    // "etc." names nothing.
    names.retain(|wordings| !content_words(&wordings[0]).is_empty());
    let only_names = names.iter().all(|wordings| is_name(&wordings[0]) && !tells(&wordings[0], &given));
    (is_list && names.len() >= 2 && only_names).then_some(names)
}

/// Whether a text only names something.
pub(super) fn is_name(text: &str) -> bool {
    (1..=LONGEST_NAME).contains(&content_words(text).len()) && !is_clause(text)
}

/// How many things of a reference answer are enough, where it says so ("Any two of: ...", "...; any two"), and the answer
/// without that.
pub(super) fn chosen(text: &str) -> (Option<u32>, &str) {
    let text = text.trim();
    let number = |part: &str| {
        let words = words(part);
        let mut numbers = words.iter().filter(|word| !List::Chosen.has(word));
        let n_enough = canonical_number_word(numbers.next()?)?.parse().ok().filter(|n| (1..10).contains(n));
        n_enough.filter(|_| numbers.next().is_none() && words.len() >= 2)
    };
    let first = || text.split_once(':').and_then(|(head, rest)| Some((number(head)?, rest)));
    let of = || {
        let (head, rest) = text.split_once(" of ")?;
        Some((number(head)?, rest.strip_prefix("the following ").unwrap_or(rest)))
    };
    let last = || {
        let (rest, last) = text.trim_end_matches([')', '.']).rsplit_once([';', ',', '(', ':'])?;
        Some((number(last)?, rest))
    };
    let found = first().or_else(of).or_else(last);
    found.map_or((None, text), |(n_enough, rest)| (Some(n_enough), rest.trim()))
}

/// "The colours are red, green and blue" without what only takes up the question.
fn without_head<'a>(text: &'a str, given: &BTreeSet<String>) -> &'a str {
    let head = |phrase: &&str| text.split_once(&format!(" {phrase} "));
    let first = List::BeforeItems.phrases().iter().filter_map(head).min_by_key(|(head, _)| head.len());
    let rest = first.filter(|(head, _)| content_set(head).is_subset(given)).map_or(text, |(_, rest)| rest);
    rest.trim_start_matches(':')
}

/// A text without its bracket, and what stands in it: "pupa (chrysalis)".
fn bracketed(text: &str) -> (&str, Option<&str>) {
    match text.split_once('(') {
        Some((outside, inside)) => {
            let (inside, after) = inside.rsplit_once(')').unwrap_or((inside, ""));
            let is_last = content_words(after).is_empty() && !outside.trim().is_empty();
            if is_last { (outside.trim(), Some(inside)) } else { (text.trim(), None) }
        }
        None => (text.trim(), None),
    }
}

/// What is accepted, without the words that say so: "8848 also accepted", "also: a pot".
fn without_remark(text: &str) -> &str {
    let is_remark = |word: &str| words(word).iter().all(|word| List::Remark.has(word));
    let mut rest = text.trim();
    while let Some((_, after)) = rest.split_once(' ').filter(|(word, _)| is_remark(word)) {
        rest = after.trim_start();
    }
    while let Some((before, _)) = rest.rsplit_once(' ').filter(|(_, word)| is_remark(word)) {
        rest = before.trim_end();
    }
    rest.trim_matches(['.', ':', ',', '…', ' '])
}

/// The patterns of a short answer where a statement would not do: it has several wordings ("RAM / random access memory", "Rio
/// Grande (Rio Bravo also ok)"), a number with its unit, or only words of the question, which gives them to choose from.
pub(super) fn patterns(text: &str, choices: &BTreeSet<String>) -> Option<Vec<String>> {
    let (outside, inside) = bracketed(text.trim().trim_end_matches('.'));
    let inside = inside.into_iter().flat_map(split_at_commas);
    let wordings: Vec<&str> = outside.split(" / ").chain(inside).map(without_remark).collect();
    let is_choice = |wording: &str| content_set(wording).is_subset(choices);
    let pattern = |wording: &&str| match quantity(wording) {
        Some(patterns) => patterns,
        None if is_choice(wording) => vec![format!(r"/(?i)\b{}\b/", pattern_phrase(without_lead(wording)))],
        None => vec![name_pattern(wording)],
    };
    let is_needed = wordings.len() >= 2 || quantity(wordings[0]).is_some() || is_choice(wordings[0]);
    let are_names = wordings.iter().map(|wording| without_lead(wording)).all(|bare| is_name(bare) && !describes(bare));
    (is_needed && are_names).then(|| wordings.iter().flat_map(pattern).collect())
}

/// "height of the tree", which statements match better; "Bay of Bengal" is a name.
fn describes(text: &str) -> bool {
    let links = |word: &String| LANGUAGE.entry(word).class.any(Class::PREP);
    !text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && words(text).iter().skip(1).any(links)
}

/// The words of a name: side by side where they are two, else near each other.
fn name_pattern(name: &str) -> String {
    let content = content_words(name);
    let is_apart = content.len() > 2 || words(without_lead(name)).len() > content.len();
    content.join(if is_apart { " & " } else { " " }).replace('_', " ")
}

/// The patterns of a number: with its unit, where it has one, and without, which counts less. "About 230 V" is
/// `#230±4 & v|volt*` and `#230±4`.
fn quantity(text: &str) -> Option<Vec<String>> {
    const ROUGHLY: u64 = 50;
    let bare = without_lead(text);
    let lead = words(&text[..text.len() - bare.len()]);
    let (number, unit) = numbered(bare)?;
    let tolerance = number.parse::<u64>().map_or(0, |number| number / ROUGHLY);
    let is_rough = tolerance > 0 && lead.iter().any(|word| List::Rough.has(word));
    let number = if is_rough { format!("#{number}±{tolerance}") } else { format!("#{number}") };
    match unit.trim_matches(['°', '%', ' ']) {
        "" | "percent" => Some(vec![number]),
        unit => unit_pattern(unit).map(|unit| vec![format!("{number} & {unit}"), number]),
    }
}

/// A number in digits and what follows it: "4.5 billion years" is 4500000000 and "years".
fn numbered(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| c.is_alphabetic() || matches!(c, '°' | '%')).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number = number.trim();
    let (power, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    match canonical_number_word(&format!("{number} {power}")) {
        Some(large) if !power.is_empty() => Some((large, rest)),
        _ => canonical_number_word(number).map(|number| (number, unit)),
    }
}

/// All ways to write a unit, of one in the table: "m" is also "metre".
fn unit_pattern(unit: &str) -> Option<String> {
    let unit = unit.to_lowercase().replace('²', "2").replace(" per ", "/");
    let is_form = |form: &str| form == unit || unit.strip_suffix('s') == Some(form);
    let forms = List::Unit.phrases().iter().find(|forms| forms.split(' ').any(is_form))?;
    Some(forms.split(' ').map(|form| form.replace('/', " ")).collect::<Vec<_>>().join("|"))
}

/// Whether a text tells something of what the question names, in the past tense: "The harvest ended in June".
fn tells(text: &str, given: &BTreeSet<String>) -> bool {
    let words = words(text);
    words.windows(2).any(|pair| {
        let is_past = LANGUAGE.entry(&pair[1]).class.any(Class::VERB_PAST);
        is_past && content_set(&pair[0]).intersection(given).next().is_some()
    })
}
