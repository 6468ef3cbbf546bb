//! Reference answers that are lists of names.

use super::facts::without_bullet;
use super::points::split_at_commas;
use super::questions::{asked_number, kind_of};
use super::words::{content_words, is_clause, sentences};
use crate::rubric::source::Kind;

/// What a reference answer names, where the question asks for names and the answer is nothing but a list of them.
pub(super) fn names(question: &str, text: &str) -> Option<Vec<String>> {
    if asked_number(question).is_none() && kind_of(question, None) != Kind::List {
        return None;
    }
    let lines: Vec<String> = text.lines().flat_map(sentences).collect();
    let parts = lines.iter().flat_map(|line| without_bullet(line).trim_end_matches('.').split(';'));
    let mut names: Vec<&str> = parts.flat_map(split_at_commas).collect();
    // "Earth and Mars" ends a list; elsewhere such a pair is one name.
    if let Some(last) = names.pop() {
        let last = last.strip_prefix("and ").or(last.strip_prefix("or ")).unwrap_or(last);
        match last.split_once(" and ").or_else(|| last.split_once(" or ")) {
            Some((one, other)) => names.extend([one, other]),
            None => names.push(last),
        }
    }
    let is_name = |name: &&str| (1..=4).contains(&content_words(name).len()) && !is_clause(name);
    (names.len() >= 2 && names.iter().all(is_name)).then(|| names.iter().map(|name| name.trim().to_owned()).collect())
}
