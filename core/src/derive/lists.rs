//! Lists of English words and phrases that drafting goes by. They are data: `core/data/derive.txt` says what each is for.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/derive.txt");

/// A list of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Function,
    Shared,
    Foreign,
    Abbreviation,
    Circa,
    Dunder,
    Question,
    TaskVerb,
    NamingVerb,
    Measure,
    SetNoun,
    PartTitle,
    StepVerb,
    Experience,
    Asking,
    Working,
    AroundExperience,
    ProsCons,
    Comparison,
    CodeVerb,
    Program,
    AroundCode,
    DesignVerb,
    Design,
    AroundDesign,
    AroundSide,
    Procedure,
    SeveralWord,
    Several,
    SkillsRole,
    MetaRole,
    ExampleRole,
    ProRole,
    ConRole,
    UseRole,
    PlainRole,
    Finite,
    Opener,
    Sort,
    Aspect,
    EmptyAspect,
    CellVerb,
    Ability,
    Participle,
    Denial,
    Introduction,
    Illustration,
    Rewording,
    Choice,
    Chosen,
    BeforeItems,
    Remark,
    Rough,
    Unit,
    AskingWord,
    Datum,
    Affirming,
    Denying,
    AskedVerdict,
    ClauseStart,
    AboutTheText,
    Personal,
}

/// Phrases by list.
static LISTS: LazyLock<[Vec<&'static str>; List::NAMES.len()]> =
    LazyLock::new(|| List::NAMES.map(|(name, _)| read(name)));

fn read(name: &str) -> Vec<&'static str> {
    let of_list = |line: &'static str| {
        let (head, body) = line.split_once(": ")?;
        match head.split_once(' ')? {
            ("words", found) if found == name => Some(body.split(' ').collect()),
            ("phrases", found) if found == name => Some(body.split(" | ").collect()),
            _ => None,
        }
    };
    TABLE.lines().find_map(of_list).expect("the table has every list")
}

impl List {
    /// In the order of the enum.
    const NAMES: [(&'static str, List); 62] = [
        ("function", List::Function),
        ("shared", List::Shared),
        ("foreign", List::Foreign),
        ("abbreviation", List::Abbreviation),
        ("circa", List::Circa),
        ("dunder", List::Dunder),
        ("question", List::Question),
        ("task-verb", List::TaskVerb),
        ("naming-verb", List::NamingVerb),
        ("measure", List::Measure),
        ("set-noun", List::SetNoun),
        ("part-title", List::PartTitle),
        ("step-verb", List::StepVerb),
        ("experience", List::Experience),
        ("asking", List::Asking),
        ("working", List::Working),
        ("around-experience", List::AroundExperience),
        ("pros-cons", List::ProsCons),
        ("comparison", List::Comparison),
        ("code-verb", List::CodeVerb),
        ("program", List::Program),
        ("around-code", List::AroundCode),
        ("design-verb", List::DesignVerb),
        ("design", List::Design),
        ("around-design", List::AroundDesign),
        ("around-side", List::AroundSide),
        ("procedure", List::Procedure),
        ("several-word", List::SeveralWord),
        ("several", List::Several),
        ("role-skills", List::SkillsRole),
        ("role-meta", List::MetaRole),
        ("role-example", List::ExampleRole),
        ("role-pro", List::ProRole),
        ("role-con", List::ConRole),
        ("role-use", List::UseRole),
        ("role-plain", List::PlainRole),
        ("finite", List::Finite),
        ("opener", List::Opener),
        ("sort", List::Sort),
        ("aspect", List::Aspect),
        ("empty-aspect", List::EmptyAspect),
        ("cell-verb", List::CellVerb),
        ("ability", List::Ability),
        ("participle", List::Participle),
        ("denial", List::Denial),
        ("introduction", List::Introduction),
        ("illustration", List::Illustration),
        ("rewording", List::Rewording),
        ("choice", List::Choice),
        ("chosen", List::Chosen),
        ("before-items", List::BeforeItems),
        ("remark", List::Remark),
        ("rough", List::Rough),
        ("unit", List::Unit),
        ("asking-word", List::AskingWord),
        ("datum", List::Datum),
        ("affirming", List::Affirming),
        ("denying", List::Denying),
        ("asked-verdict", List::AskedVerdict),
        ("clause-start", List::ClauseStart),
        ("about-the-text", List::AboutTheText),
        ("personal", List::Personal),
    ];

    /// All of it, in the order of the table.
    pub(super) fn phrases(self) -> &'static [&'static str] {
        &LISTS[self as usize]
    }

    /// What stands behind a phrase of the list at the start of a text.
    pub(super) fn after(self, text: &str) -> Option<&str> {
        self.phrases().iter().find_map(|phrase| {
            let (head, rest) = text.split_at_checked(phrase.len())?;
            let opens = head.eq_ignore_ascii_case(phrase) && rest.starts_with([' ', ',']);
            opens.then(|| rest.trim_start_matches([' ', ',', ':']))
        })
    }

    /// Whether a word or phrase in lower case is one of the list.
    pub(super) fn has(self, phrase: &str) -> bool {
        self.phrases().contains(&phrase)
    }

    /// Whether one of the list stands in a text of lower-case words.
    pub(super) fn is_in(self, words: &[String]) -> bool {
        let text = format!(" {} ", words.join(" "));
        self.phrases().iter().any(|phrase| text.contains(&format!(" {phrase} ")))
    }
}

#[cfg(test)]
mod tests {
    use super::{List, TABLE};

    #[test]
    fn every_list_is_in_the_table_and_the_table_has_no_other() {
        for (idx, (name, list)) in List::NAMES.into_iter().enumerate() {
            assert_eq!(list as usize, idx, "{name}");
            assert!(!list.phrases().is_empty());
        }
        let n_lines = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!(n_lines, List::NAMES.len());
    }
}
