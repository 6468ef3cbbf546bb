//! Reference answers that begin with a verdict: "No, it is a mammal.", "True. Ice is less dense."

use super::lists::List;
use super::points::{Point, upper_first};
use super::words::words;
use crate::language::{Class, LANGUAGE};
use crate::rubric::source::MisconceptionSource;

/// Whether something is so, in the word of a reference answer.
pub(super) struct Verdict {
    said: String,
    affirms: bool,
}

/// Whether a question asks for a verdict: "Is it so?", "True or false: ...". Elsewhere few answers begin with one.
fn asks_for_verdict(question: &str) -> bool {
    let words = words(question);
    List::AskedVerdict.is_in(&words) || words.first().is_some_and(|word| LANGUAGE.entry(word).class.any(Class::AUX))
}

/// The verdict that a reference answer begins with, where the question asks for one, and what follows it.
pub(super) fn verdict<'a>(question: &str, text: &'a str) -> (Option<Verdict>, &'a str) {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (said, rest) = text.split_at(end);
    let folded = said.to_lowercase();
    let affirms = List::Affirming.has(&folded);
    // "No light passes" is none.
    let ends = rest.is_empty() || rest.trim_start().starts_with(['.', ',', ';', ':', '!', '-', '–', '—', '(']);
    if !asks_for_verdict(question) || !ends || !affirms && !List::Denying.has(&folded) {
        return (None, text);
    }
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    (Some(Verdict { said: upper_first(&folded), affirms }), rest)
}

impl Verdict {
    /// Naming it is all that is asked for.
    pub(super) fn point(&self) -> Point {
        let label = Some(self.said.clone());
        Point { label, patterns: vec![pattern(self.affirms)], is_name: true, ..Point::default() }
    }

    /// The other verdict: whoever gives it has understood nothing of the `n_facts` that follow.
    pub(super) fn opposite(&self, n_facts: usize) -> MisconceptionSource {
        MisconceptionSource {
            id: "other-verdict".to_owned(),
            label: self.said.clone(),
            any: vec![pattern(!self.affirms)],
            penalty: Some(1 + 2 * n_facts as u32),
            ..MisconceptionSource::default()
        }
    }
}

/// An answer that begins with a verdict: "No", "That is wrong", "It isn't".
fn pattern(affirms: bool) -> String {
    let list = if affirms { List::Affirming } else { List::Denying };
    let said = format!(r"((it|that|this)( is|['’]?s) )?({})\b", list.phrases().join("|"));
    let denied = if affirms { "" } else { r"|\w+ \w+n['’]t\b" };
    format!(r"/(?i)^\W*({said}{denied})/")
}
