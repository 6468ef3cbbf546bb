//! Languages that the engine cannot read.

use super::Warnings;
use crate::rubric::source::RubricSource;

pub(super) fn check(source: &RubricSource, warnings: &mut Warnings<'_>) {
    let Some(language) = source.language.as_deref().filter(|language| !is_english(language)) else { return };
    warnings.add(
        "lint/language",
        "language",
        format!("answers are read as English, not as `{language}`"),
        "answers of six words or more in another language earn nothing and ask for a person; mark this question by hand",
    );
}

/// By the first part of a language tag: "en", "en-GB".
fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

#[cfg(test)]
mod tests {
    use super::is_english;

    #[test]
    fn english_has_many_tags() {
        assert_eq!(["en", "en-GB", "EN", "eng", "de", ""].map(is_english), [true, true, true, false, false, false]);
    }
}
