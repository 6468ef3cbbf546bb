//! Who did what to whom, where a reference answer says it of two names: "Wellington defeated Napoleon".

use super::words::words;
use crate::language::{Class, LANGUAGE};
use crate::rubric::source::MisconceptionSource;

/// What a sentence tells of two names, the other way round.
pub(super) fn reversed(sentence: &str) -> Option<MisconceptionSource> {
    const VERB: Class = Class::VERB_BASE.with(Class::VERB_S).with(Class::VERB_PAST);
    let tokens: Vec<&str> = sentence.split_whitespace().collect();
    let is_name =
        |token: &str| token.starts_with(char::is_uppercase) && !LANGUAGE.entry(&bare(token)).class.any(Class::FUNCTION);
    let is_verb = |token: &str| {
        let class = LANGUAGE.entry(token).class;
        class.any(VERB) && !class.any(Class::AUX)
    };
    let verb = tokens.iter().position(|token| is_verb(token))?;
    let doer = tokens[..verb].iter().find(|token| is_name(token))?;
    let other = tokens.get(verb + 1).filter(|token| is_name(token))?;
    let (doer, verb, other) = (bare(doer), tokens[verb], bare(other));
    Some(MisconceptionSource {
        id: "exchanged".to_owned(),
        label: sentence.trim_end_matches('.').to_owned(),
        any: vec![format!("{other} .. {verb} .. {doer} & -by"), format!("{doer} .. {verb} .. by {other}")],
        penalty: Some(2),
        ..MisconceptionSource::default()
    })
}

/// The first word of a token, in lower case.
fn bare(token: &str) -> String {
    words(token).into_iter().next().unwrap_or_default()
}
