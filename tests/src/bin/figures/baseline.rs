//! What marking is compared with: counting words.

use rubrica_core::Marker;
use rubrica_tests::rated::{Answer, RatedAnswers};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::{BTreeMap, BTreeSet};
use unicode_segmentation::UnicodeSegmentation;

/// Stems of the words of a text, each once.
pub fn stems(text: &str) -> BTreeSet<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    text.to_lowercase().unicode_words().map(|word| stemmer.stem(word).into_owned()).collect()
}

/// How much a stem says: the rarer among the reference answers of the set, the more.
pub struct Weights {
    n_questions: f64,
    n_with: BTreeMap<String, f64>,
}

impl Weights {
    /// Weights from the reference answers, those of one question together.
    ///
    /// # Source
    /// Spärck Jones (1972), "A statistical interpretation of term specificity and its application in retrieval", Journal
    /// of Documentation 28(1), 11-21.
    pub fn of<'a>(questions: impl Iterator<Item = &'a [String]>) -> Self {
        let (mut n_questions, mut n_with) = (0.0, BTreeMap::new());
        for references in questions {
            n_questions += 1.0;
            for stem in stems(&references.join("\n")) {
                *n_with.entry(stem).or_insert(0.0) += 1.0;
            }
        }
        Self { n_questions, n_with }
    }

    fn weight(&self, stem: &str) -> f64 {
        ((self.n_questions + 1.0) / self.n_with.get(stem).copied().unwrap_or(0.0).max(1.0)).ln()
    }

    /// Share of the best reference answer that an answer repeats, 0 to 1.
    pub fn recall(&self, references: &[String], answer: &str) -> f64 {
        let said = stems(answer);
        let recall = |reference: &String| {
            let (mut all, mut repeated) = (0.0, 0.0);
            for stem in stems(reference) {
                let weight = self.weight(&stem);
                all += weight;
                repeated += if said.contains(&stem) { weight } else { 0.0 };
            }
            if all > 0.0 { repeated / all } else { 0.0 }
        };
        references.iter().map(recall).fold(0.0, f64::max)
    }
}

/// Share of the rubric's reference answer that each answer repeats, 0 to 1, by answer id.
pub fn recall<'a>(marker: &Marker, rated: &'a RatedAnswers) -> BTreeMap<&'a str, f64> {
    let references: BTreeMap<&str, [String; 1]> = marker
        .set()
        .questions()
        .iter()
        .map(|question| (question.id, [question.source.reference_answer.clone().unwrap_or_default()]))
        .collect();
    let weights = Weights::of(references.values().map(<[String; 1]>::as_slice));
    let recall = |answer: &'a Answer| {
        (answer.id.as_str(), weights.recall(&references[answer.question_id.as_str()], &answer.text))
    };
    rated.answers.iter().map(recall).collect()
}
