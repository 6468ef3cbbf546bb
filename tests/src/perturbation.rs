//! Good answers spoilt by script: subjects exchanged, verbs denied, words shuffled, the prompt appended, half of the
//! sentences left out.
//!
//! The answers are the good examples of all rubrics. No labels are needed, and no rubric was written with these answers in
//! view. The generator is deterministic.

use crate::dice::Dice;
use rubrica_core::Document;
use rubrica_core::rubric::source::{Kind, RubricSource};
use std::collections::{BTreeMap, BTreeSet};

/// A way to spoil an answer: its name, and the spoilt answer, nothing where it does not apply.
type Perturbation = (&'static str, fn(&Case<'_>) -> Option<String>);

const PERTURBATIONS: [Perturbation; 10] = [
    ("subjects exchanged", exchange_subjects),
    ("verbs denied", deny_verbs),
    ("words shuffled", shuffle_words),
    ("words of each sentence shuffled", shuffle_in_sentences),
    ("chunks of three words shuffled", shuffle_chunks),
    ("content words only", keep_content_words),
    ("content words as a list", list_content_words),
    ("half of the sentences", keep_every_second_sentence),
    ("the prompt instead", only_the_prompt),
    ("the prompt appended", append_prompt),
];

/// A good example of a rubric.
struct Case<'a> {
    rubric: &'a RubricSource,
    answer: &'a str,
    /// Plain names of the two contrasted concepts of a comparison; empty for other rubrics.
    subjects: &'a [Vec<String>],
}

/// What became of the answers that one perturbation applies to.
#[derive(Clone, Copy, Debug)]
pub struct Spoilt {
    pub name: &'static str,
    pub n: usize,
    /// Mean score of the answers as they were.
    pub before: f64,
    /// Mean score of the spoilt ones.
    pub after: f64,
    /// Share of the answers that lose at least 0.3.
    pub falls: f64,
}

impl Spoilt {
    /// What is left of the mean score, as a share.
    pub fn keeps(&self) -> f64 {
        self.after / self.before
    }
}

/// Spoils the good examples of these rubrics in every way.
pub fn spoil(documents: &[Document]) -> Vec<Spoilt> {
    let names = concept_names(documents);
    let mut marker = crate::marker(documents);
    let set = marker.set().clone();
    let questions = set.questions();
    let subjects: Vec<Vec<Vec<String>>> =
        questions.iter().map(|question| contrasted(question.source, &names)).collect();
    let cases: Vec<Case<'_>> = questions
        .iter()
        .zip(&subjects)
        .flat_map(|(question, subjects)| {
            let good = |kind: Option<&str>| matches!(kind, Some("good" | "paraphrase"));
            let examples = question.source.examples.iter().filter(move |example| good(example.kind.as_deref()));
            examples.map(|example| Case { rubric: question.source, answer: &example.answer, subjects })
        })
        .collect();
    let mut score = |case: &Case<'_>, answer: &str| {
        marker.evaluate(&case.rubric.id, answer).expect("the set holds the question").score
    };
    PERTURBATIONS
        .into_iter()
        .map(|(name, spoil)| {
            let spoilt = cases.iter().filter_map(|case| Some((case, spoil(case)?)));
            let pairs: Vec<(f64, f64)> =
                spoilt.map(|(case, spoilt)| (score(case, case.answer), score(case, &spoilt))).collect();
            let n = pairs.len() as f64;
            Spoilt {
                name,
                n: pairs.len(),
                before: pairs.iter().map(|(before, _)| before).sum::<f64>() / n,
                after: pairs.iter().map(|(_, after)| after).sum::<f64>() / n,
                falls: pairs.iter().filter(|(before, after)| before - after >= 0.3).count() as f64 / n,
            }
        })
        .collect()
}

/// Plain names by concept, of the lexicon and of the rubrics.
fn concept_names(documents: &[Document]) -> BTreeMap<String, Vec<String>> {
    let mut names = BTreeMap::new();
    for document in documents {
        let table: toml::Table = document.text.parse().expect("the documents are TOML");
        for concept in table.get("concepts").and_then(toml::Value::as_array).into_iter().flatten() {
            let id = concept["id"].as_str().unwrap_or_default().to_owned();
            let plain = |name: &str| name.chars().all(|c| c.is_alphanumeric() || " -".contains(c));
            let all = concept["names"].as_array().into_iter().flatten().filter_map(toml::Value::as_str);
            names.entry(id).or_insert_with(Vec::new).extend(all.filter(|name| plain(name)).map(str::to_lowercase));
        }
    }
    names
}

/// Names of the two concepts that a comparison contrasts.
fn contrasted(rubric: &RubricSource, names: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let about: BTreeSet<&String> = rubric.criteria.iter().flat_map(|criterion| &criterion.about).collect();
    let both: Vec<Vec<String>> =
        about.into_iter().map(|id| names.get(id.trim_start_matches('@')).cloned().unwrap_or_default()).collect();
    let fits = rubric.kind == Some(Kind::Comparison) && both.len() == 2 && both.iter().all(|names| !names.is_empty());
    if fits { both } else { Vec::new() }
}

/// Words with the marks that hang on them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The letters of a word, in lower case.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Every name of one subject becomes the first name of the other.
fn exchange_subjects(case: &Case<'_>) -> Option<String> {
    let [first, second] = case.subjects else { return None };
    let mut names: Vec<(&str, &str)> = first.iter().map(|name| (name.as_str(), second[0].as_str())).collect();
    names.extend(second.iter().map(|name| (name.as_str(), first[0].as_str())));
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let lower = case.answer.to_lowercase();
    if lower.len() != case.answer.len() {
        return None;
    }
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
    let (mut out, mut at, mut n_exchanged) = (String::new(), 0, BTreeSet::new());
    while at < lower.len() {
        let found = names.iter().find(|(name, _)| {
            let rest = lower[at..].strip_prefix(name);
            rest.is_some_and(|rest| !is_letter(rest.strip_prefix('s').unwrap_or(rest).chars().next()))
                && !is_letter(lower[..at].chars().next_back())
        });
        match found {
            Some((name, other)) => {
                out += other;
                at += name.len();
                n_exchanged.insert(*other);
            }
            None => {
                let c = case.answer[at..].chars().next().expect("the place lies before the end");
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
    (n_exchanged.len() == 2).then_some(out)
}

/// Every auxiliary and common verb is denied, unless it already is.
fn deny_verbs(case: &Case<'_>) -> Option<String> {
    const AUXILIARIES: &[&str] =
        &["is", "are", "was", "were", "can", "could", "may", "might", "must", "should", "will", "would"];
    const VERBS: &[&str] = &[
        "use",
        "need",
        "send",
        "get",
        "give",
        "make",
        "take",
        "let",
        "keep",
        "put",
        "run",
        "start",
        "create",
        "build",
        "contain",
        "include",
        "provide",
        "support",
        "guarantee",
        "ensure",
        "check",
        "confirm",
        "prove",
        "decide",
        "allow",
        "permit",
        "require",
        "depend",
        "deliver",
        "lose",
        "hold",
        "store",
        "share",
        "return",
        "read",
        "write",
        "call",
        "change",
        "add",
        "remove",
        "work",
        "wait",
        "copy",
        "move",
        "produce",
        "yield",
        "reduce",
        "increase",
        "improve",
        "answer",
        "ask",
        "come",
        "go",
        "mean",
        "describe",
        "show",
        "tell",
        "know",
        "remember",
        "belong",
        "apply",
        "has",
        "have",
    ];
    const DENIED: &[&str] = &["not", "never", "no", "cannot", "without", "nor", "neither", "don't", "doesn't"];
    /// Words in front of a noun or an infinitive.
    const NOT_FINITE: &[&str] = &[
        "to", "a", "an", "the", "of", "in", "by", "for", "with", "on", "this", "that", "its", "their", "no", "not",
        "can", "could", "may", "might", "must", "should", "will", "would", "do", "does", "and", "or", "each", "every",
        "one",
    ];
    let words = words(case.answer);
    let mut out: Vec<String> = Vec::new();
    let mut n_denied = 0;
    for (i, word) in words.iter().enumerate() {
        let this = bare(word);
        let before = i.checked_sub(1).map(|i| bare(words[i])).unwrap_or_default();
        let next = words.get(i + 1).map(|word| bare(word)).unwrap_or_default();
        let denied = [&before, &next].iter().any(|word| DENIED.contains(&word.as_str()));
        let third_person = VERBS.iter().find(|verb| format!("{verb}s") == this || this == "has" && **verb == "have");
        let base = VERBS.iter().find(|verb| **verb == this);
        let finite =
            !NOT_FINITE.contains(&before.as_str()) && !before.is_empty() && !words[i - 1].ends_with(['.', ':', ',']);
        // Marks on both sides: a quotation or a bit of code.
        let quoted = word.chars().count() > this.chars().count() + 1;
        let marks = word.trim_start_matches(char::is_alphanumeric);
        let denial = if denied || quoted {
            None
        } else if AUXILIARIES.contains(&this.as_str()) {
            Some(format!("{word} not"))
        } else if let Some(verb) = third_person.filter(|_| finite || before == "and") {
            Some(format!("does not {verb}{marks}"))
        } else {
            base.filter(|_| finite).map(|verb| format!("do not {verb}{marks}"))
        };
        n_denied += usize::from(denial.is_some());
        out.push(denial.unwrap_or_else(|| (*word).to_owned()));
    }
    (n_denied >= 2).then(|| out.join(" "))
}

/// Prose of some length; code and short answers say little about order.
fn is_prose(case: &Case<'_>) -> bool {
    case.rubric.kind != Some(Kind::Code) && words(case.answer).len() >= 20
}

fn shuffle_words(case: &Case<'_>) -> Option<String> {
    let mut words: Vec<String> = words(case.answer).into_iter().map(bare).filter(|word| !word.is_empty()).collect();
    Dice::of(case.answer).shuffle(&mut words);
    is_prose(case).then(|| words.join(" ") + ".")
}

fn shuffle_in_sentences(case: &Case<'_>) -> Option<String> {
    let mut dice = Dice::of(case.answer);
    let mut out = String::new();
    for sentence in sentences(case.answer) {
        let mut words: Vec<String> = words(sentence).into_iter().map(bare).filter(|word| !word.is_empty()).collect();
        dice.shuffle(&mut words);
        out += &(words.join(" ") + ". ");
    }
    is_prose(case).then_some(out)
}

fn shuffle_chunks(case: &Case<'_>) -> Option<String> {
    let words: Vec<String> = words(case.answer).into_iter().map(bare).filter(|word| !word.is_empty()).collect();
    let mut chunks: Vec<&[String]> = words.chunks(3).collect();
    Dice::of(case.answer).shuffle(&mut chunks);
    is_prose(case).then(|| chunks.concat().join(" ") + ".")
}

fn keep_content_words(case: &Case<'_>) -> Option<String> {
    const FUNCTION: &str = " a an the this that these those it its they them their he she we you i who which what where when \
        how why of in on at by for with from to into onto over under between through as than before after until and or but \
        nor so because although though while whereas if unless is are was were be been being am has have had having do does \
        did can could may might will would shall should must not no never also just only very too still then there here ";
    let content = |word: &String| !word.is_empty() && !FUNCTION.contains(&format!(" {word} "));
    let words: Vec<String> = words(case.answer).into_iter().map(bare).filter(content).collect();
    is_prose(case).then(|| words.join(" "))
}

/// Content words in pairs, with commas between them.
fn list_content_words(case: &Case<'_>) -> Option<String> {
    let words = keep_content_words(case)?;
    let words: Vec<&str> = words.split(' ').collect();
    Some(words.chunks(2).map(|pair| pair.join(" ")).collect::<Vec<_>>().join(", "))
}

/// Sentences and lines.
fn sentences(text: &str) -> Vec<&str> {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '\n');
    text.split_inclusive(ends).map(str::trim).filter(|sentence| sentence.len() > 2).collect()
}

fn keep_every_second_sentence(case: &Case<'_>) -> Option<String> {
    let sentences = sentences(case.answer);
    let kept: Vec<&str> = sentences.iter().copied().step_by(2).collect();
    (is_prose(case) && sentences.len() >= 4).then(|| kept.join("\n"))
}

fn only_the_prompt(case: &Case<'_>) -> Option<String> {
    Some(case.rubric.prompt.replace('?', "."))
}

fn append_prompt(case: &Case<'_>) -> Option<String> {
    Some(format!("{} {}", case.answer, case.rubric.prompt.replace('?', ".")))
}
