//! Concepts by id and by the stems of their names.

use super::LexiconDocument;
use super::pattern::{self, Either, Item, Mode, Part, Pattern, PatternError};
use super::source::ConceptSource;
use crate::Document;
use crate::diagnostic::Problem;
use crate::hash::FxMap;
use crate::language::LANGUAGE;
use crate::sort::sort_unique;
use crate::vocabulary::{Shape, Tolerance};

/// A concept with its names parsed.
#[derive(Clone, Debug)]
pub(super) struct Concept {
    pub(super) source: ConceptSource,
    pub(super) names: Vec<Either>,
    pub(super) instances: Vec<Either>,
    pub(super) opposites: Vec<Opposite>,
}

#[derive(Clone, Debug)]
pub(super) enum Opposite {
    Phrases(Either),
    Concept(String),
}

/// Concepts of lexicon files, or of one rubric.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    pub(super) concepts: Vec<Concept>,
    by_id: FxMap<String, usize>,
    /// Direct narrower concepts, gathered from both directions.
    narrower: FxMap<String, Vec<String>>,
    /// Single-word names by stem, with the sign: -1 for opposites.
    by_stem: FxMap<String, Vec<(usize, i8)>>,
    by_prefix: Vec<(String, usize, i8)>,
}

/// A problem of one concept name: which list, which entry, and what.
pub(super) struct NameError {
    pub(super) list: &'static str,
    pub(super) idx: usize,
    pub(super) error: PatternError,
}

impl Lexicon {
    /// The concepts of all files. Reports ids that are taken, names that are none, references that lead nowhere, and
    /// concepts that are broader than themselves.
    pub(super) fn build(files: &[LexiconDocument], documents: &[Document], problems: &mut Vec<Problem>) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut report = |file: &LexiconDocument, code, path: &str, message: String, help: &str| {
            let document = &documents[file.document].name;
            problems.push(Problem::error(code, document, file.places.of(path), message, help));
        };
        for file in files {
            for (i, concept) in file.source.concepts.iter().enumerate() {
                let mut errors = Vec::new();
                if !lexicon.add(concept, &mut errors) {
                    let message = format!("concept `{}` is defined twice", concept.id);
                    let path = format!("concepts.{i}.id");
                    report(file, "lexicon/duplicate-id", &path, message, "join both, or rename one");
                }
                for NameError { list, idx, error } in errors {
                    let path = format!("concepts.{i}.{list}.{idx}");
                    report(file, "rubric/pattern", &path, error.message, error.help);
                }
            }
        }
        for file in files {
            for (i, concept) in file.source.concepts.iter().enumerate() {
                for (path, id) in references(concept).filter(|(_, id)| lexicon.get(id).is_none()) {
                    let message = format!("concept `{}` refers to an unknown concept `{id}`", concept.id);
                    let path = format!("concepts.{i}.{path}");
                    report(file, "lexicon/unknown-concept", &path, message, "define it, or remove the reference");
                }
                if all_narrower(&[&lexicon], &concept.id).contains(&concept.id.as_str()) {
                    let message = format!("concept `{}` is broader than itself", concept.id);
                    let help = "remove one of the `broader` or `narrower` references";
                    report(file, "lexicon/cycle", &format!("concepts.{i}.id"), message, help);
                }
            }
        }
        lexicon
    }

    /// Adds a concept. `false` when the id is taken; the first stays.
    pub(super) fn add(&mut self, source: &ConceptSource, errors: &mut Vec<NameError>) -> bool {
        if self.by_id.contains_key(&source.id) {
            return false;
        }
        let mut parse_list = |list: &'static str, texts: &[String]| {
            texts
                .iter()
                .enumerate()
                .filter_map(|(idx, text)| {
                    parse_name(text).map_err(|error| errors.push(NameError { list, idx, error })).ok()
                })
                .collect::<Vec<Either>>()
        };
        let names = parse_list("names", &source.names);
        let instances = parse_list("instances", &source.instances);
        let mut opposites = Vec::new();
        for (idx, text) in source.opposites.iter().enumerate() {
            match text.strip_prefix('@') {
                Some(id) => opposites.push(Opposite::Concept(id.to_owned())),
                None => match parse_name(text) {
                    Ok(either) => opposites.push(Opposite::Phrases(either)),
                    Err(error) => errors.push(NameError { list: "opposites", idx, error }),
                },
            }
        }
        let idx = self.concepts.len();
        for either in &names {
            self.index_words(either, idx, 1);
        }
        for opposite in &opposites {
            if let Opposite::Phrases(either) = opposite {
                self.index_words(either, idx, -1);
            }
        }
        for id in &source.narrower {
            self.narrower.entry(source.id.clone()).or_default().push(id.clone());
        }
        for id in &source.broader {
            self.narrower.entry(id.clone()).or_default().push(source.id.clone());
        }
        self.by_id.insert(source.id.clone(), idx);
        self.concepts.push(Concept { source: source.clone(), names, instances, opposites });
        true
    }

    fn index_words(&mut self, either: &Either, concept: usize, sign: i8) {
        for phrase in either {
            match &phrase[..] {
                [Part::Word(Shape::Stem(word) | Shape::Exact(word), _)] => {
                    self.by_stem.entry(LANGUAGE.stemmer.stem(word)).or_default().push((concept, sign));
                }
                [Part::Word(Shape::Prefix(prefix), _)] => self.by_prefix.push((prefix.clone(), concept, sign)),
                _ => {}
            }
        }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Concept> {
        self.by_id.get(id).map(|idx| &self.concepts[*idx])
    }

    /// Ids of the concepts directly narrower than one.
    pub(super) fn narrower_than(&self, id: &str) -> &[String] {
        self.narrower.get(id).map_or(&[], Vec::as_slice)
    }

    /// Concepts that have a word as a name of one word, with the sign.
    pub(super) fn concepts_of_word(&self, word: &str) -> Vec<(&Concept, i8)> {
        let stem = LANGUAGE.stemmer.stem(word);
        let mut found: Vec<(usize, i8)> = self.by_stem.get(&stem).cloned().unwrap_or_default();
        found.extend(
            self.by_prefix
                .iter()
                .filter(|(prefix, ..)| word.starts_with(prefix.as_str()))
                .map(|(_, concept, sign)| (*concept, *sign)),
        );
        sort_unique(&mut found);
        found.into_iter().map(|(idx, sign)| (&self.concepts[idx], sign)).collect()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.concepts.iter().map(|concept| concept.source.id.as_str())
    }
}

/// Ids of everything narrower than a concept, over one step or several, each once. The concept itself is among them only
/// where references go round.
pub(super) fn all_narrower<'l>(lexicons: &[&'l Lexicon], id: &str) -> Vec<&'l str> {
    let direct = |id: &str| -> Vec<&'l str> {
        lexicons.iter().flat_map(|lexicon| lexicon.narrower_than(id)).map(String::as_str).collect()
    };
    let mut found: Vec<&str> = Vec::new();
    let mut waiting = direct(id);
    while let Some(next) = waiting.pop() {
        if !found.contains(&next) {
            found.push(next);
            waiting.extend(direct(next));
        }
    }
    found
}

/// Ids of other concepts that a concept names, each with its place in the concept.
fn references(concept: &ConceptSource) -> impl Iterator<Item = (String, &str)> {
    [("broader", &concept.broader), ("narrower", &concept.narrower), ("opposites", &concept.opposites)]
        .into_iter()
        .flat_map(|(list, ids)| ids.iter().enumerate().map(move |(k, id)| (list, format!("{list}.{k}"), id.as_str())))
        .filter_map(
            |(list, path, id)| if list == "opposites" { Some((path, id.strip_prefix('@')?)) } else { Some((path, id)) },
        )
}

/// A concept's name: one phrase or alternatives, nothing more.
fn parse_name(text: &str) -> Result<Either, PatternError> {
    match pattern::parse(text, Tolerance::ByLength)? {
        Pattern::All(items) => match <[Item; 1]>::try_from(items) {
            Ok([Item { mode: Mode::Claim, either, .. }]) => Ok(either),
            _ => Err(not_a_name(text)),
        },
        Pattern::Regex(_) | Pattern::Before(..) => Err(not_a_name(text)),
    }
}

fn not_a_name(text: &str) -> PatternError {
    PatternError {
        range: 0..text.len(),
        message: "a concept's name is one phrase".to_owned(),
        help: "leave out `&`, `..`, `<<`, `!`, `~` and regular expressions",
    }
}

#[cfg(test)]
mod tests {
    use crate::Document;

    #[test]
    fn errors_of_a_lexicon_are_reported_at_their_place() {
        let head = "format = \"rubrica-lexicon/1\"\n\n[[concepts]]\nid = \"soil\"\n";
        let other = Document {
            name: "lexicon/other.toml".to_owned(),
            // The same words, in another file and without an error.
            text: "format = \"rubrica-lexicon/1\"\n\n[[concepts]]\nid = \"clay\"\nnames = [\"clay\", \"soil\"]\n"
                .to_owned(),
        };
        let found = |body: &str| {
            let document = Document { name: "lexicon/q.toml".to_owned(), text: format!("{head}{body}") };
            let text = document.text.clone();
            let report = crate::check(&[other.clone(), document]);
            let diagnostics =
                report.diagnostics.into_iter().filter(|diagnostic| diagnostic.document == "lexicon/q.toml");
            let places = diagnostics.map(|diagnostic| {
                (diagnostic.code, text[diagnostic.start as usize..diagnostic.end as usize].to_owned())
            });
            places.collect::<Vec<_>>()
        };
        let error = |code: &str, place: &str| vec![(code.to_owned(), place.to_owned())];
        assert_eq!(
            found("names = [\"soil\"]\nbroader = [\"clay\", \"earth\"]"),
            error("lexicon/unknown-concept", "\"earth\"")
        );
        assert_eq!(
            found("names = [\"soil\"]\nopposites = [\"rock\", \"@air\"]"),
            error("lexicon/unknown-concept", "\"@air\"")
        );
        assert_eq!(found("names = [\"soil\"]\nnarrower = [\"soil\"]"), error("lexicon/cycle", "\"soil\""));
        assert_eq!(found("names = [\"dirt\", \"a & b\"]"), error("rubric/pattern", "\"a & b\""));
    }
}
