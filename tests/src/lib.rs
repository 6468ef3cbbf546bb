//! What the tests share: the repository's rubrics, the corpus, and answers made up by rule.

pub mod dice;
pub mod perturbation;
pub mod rated;
pub mod rows;
pub mod texts;

use dice::Dice;
use rubrica_core::wire::BulkRequest;
use rubrica_core::{Document, Marker, RubricSet};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The folder of this package.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the workspace.
pub fn workspace() -> &'static Path {
    package().parent().expect("the package lies in the workspace")
}

/// All rubrics and lexicon files of the repository, in the order of their names.
pub fn documents() -> Vec<Document> {
    documents_in(&workspace().join("rubrics"), "toml")
}

/// The files of a folder and of the folders in it with this ending, in the order of their names, which begin there.
pub fn documents_in(folder: &Path, ending: &str) -> Vec<Document> {
    let document = |path: PathBuf| {
        let name = path.strip_prefix(folder).expect("the file lies in the folder");
        Document { name: name.to_string_lossy().into_owned(), text: read(&path) }
    };
    files(folder, ending).into_iter().map(document).collect()
}

/// A marker with these rubrics, which compile.
pub fn marker(documents: &[Document]) -> Marker {
    let set = RubricSet::compile(documents).unwrap_or_else(|error| panic!("{error}"));
    Marker::new(set.into())
}

/// Answers of `tests/corpus`, in the order of files and lines.
pub fn corpus() -> Vec<BulkRequest> {
    let parse = |line: &str| serde_json::from_str(line).expect("a line of the corpus is a request");
    files(&package().join("corpus"), "jsonl")
        .iter()
        .flat_map(|path| read(path).lines().map(parse).collect::<Vec<_>>())
        .collect()
}

/// Questions of the independent answers.
#[derive(Clone, Copy, Debug)]
pub enum Group {
    /// Their answers may be read.
    Open,
    /// Only sums over their answers are looked at.
    Apart,
    /// Answers in the kinds that are hardest to mark, to half of all questions.
    HardOpen,
    /// The same for the other half; sums only.
    HardApart,
    /// Answers to all questions by the latest writers; sums only.
    FreshApart,
}

/// Answers of `tests/answers`, by writers who knew neither the rubrics nor the engine.
pub fn independent_answers(group: Group) -> Vec<rated::Answer> {
    let name = match group {
        Group::Open => "open.jsonl",
        Group::Apart => "apart.jsonl",
        Group::HardOpen => "hard-open.jsonl",
        Group::HardApart => "hard-apart.jsonl",
        Group::FreshApart => "fresh-apart.jsonl",
    };
    rows::read(&package().join("answers").join(name)).iter().map(rated::Answer::read).collect()
}

/// The folder of rated answers; whether this machine has it is another matter.
pub fn shared_folder() -> PathBuf {
    env::var_os("RUBRICA_SHARED").map_or_else(|| workspace().join("../shared"), PathBuf::from)
}

/// The folder of answers with labels by people, where this machine has it.
pub fn labelled_answers() -> Option<PathBuf> {
    Some(shared_folder().join("data/interview-dev")).filter(|folder| folder.join("answers.jsonl").is_file())
}

/// Answers that nobody writes on purpose, too long for a file; for any question.
pub fn monsters() -> Vec<String> {
    vec![
        "word ".repeat(200_000),
        "w".repeat(1_000_000),
        "(".repeat(100_000),
        format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)),
        "not ".repeat(50_000),
        "a, b and c; ".repeat(20_000),
        "\u{301}".repeat(50_000),
        "\u{202e}אבג ".repeat(10_000),
        "没有连接".repeat(20_000),
        "👩‍👩‍👧‍👦".repeat(10_000),
        "> ".repeat(20_000),
        "| a ".repeat(20_000),
        "`".repeat(50_000),
        "\n".repeat(100_000),
    ]
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The text of a file that must be there.
pub fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Makes answers from words of a rubric, function words and noise. The same seed gives the same answers everywhere.
pub struct AnswerGenerator {
    dice: Dice,
    /// Words of every rubric, by question.
    vocabulary: BTreeMap<String, Vec<String>>,
}

impl AnswerGenerator {
    pub fn new(seed: u64, documents: &[Document]) -> Self {
        let vocabulary = documents
            .iter()
            .filter(|document| !document.name.contains("lexicon"))
            .map(|document| {
                let id = Path::new(&document.name).file_stem().expect("a document has a name").to_string_lossy();
                let words = document.text.split(|c: char| !c.is_alphanumeric() && !"-+'".contains(c));
                let words = words.filter(|word| !word.is_empty()).map(str::to_owned);
                (id.into_owned(), words.collect())
            })
            .collect();
        Self { dice: Dice::seeded(seed), vocabulary }
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.dice.below(from.len())]
    }

    fn word(&mut self, question_id: &str) -> String {
        const FUNCTION: &[&str] = &[
            "the",
            "a",
            "is",
            "are",
            "not",
            "no",
            "never",
            "without",
            "it",
            "they",
            "and",
            "or",
            "but",
            "because",
            "so",
            "that",
            "which",
            "can",
            "cannot",
            "does",
            "doesn't",
            "while",
            "whereas",
            "both",
            "the former",
            "the latter",
            "before",
            "after",
            "first",
            "then",
            "if",
            "only",
            "more",
            "less",
            "very",
            "of",
            "to",
            "in",
            "with",
            "from",
        ];
        const NOISE: &[&str] = &[
            "lorem",
            "42",
            "3.14",
            "100 ms",
            "x²",
            "café",
            "cafe\u{301}",
            "ﬁle",
            "naïve",
            "Straße",
            "😀",
            "数据",
            "שלום",
            "\u{200b}",
            "\u{0}",
            "\u{1b}[1m",
            "_a_",
            "**b**",
            "`c()`",
            "e.g.",
            "etc.",
            "O(n)",
            "http://example.org/?q=1",
            "foo_bar",
            "FooBar",
            "--",
            "…",
            "½",
            "İ",
            "ǅ",
        ];
        match self.dice.below(10) {
            0..=4 => {
                let n_words = self.vocabulary[question_id].len();
                let word_idx = self.dice.below(n_words);
                let word = self.vocabulary[question_id][word_idx].clone();
                if self.dice.below(8) == 0 { self.misspelt(&word) } else { word }
            }
            5..=8 => self.pick(FUNCTION).to_owned(),
            _ => self.pick(NOISE).to_owned(),
        }
    }

    /// Two neighbouring letters exchanged.
    fn misspelt(&mut self, word: &str) -> String {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 1 {
            let at = self.dice.below(letters.len() - 1);
            letters.swap(at, at + 1);
        }
        letters.into_iter().collect()
    }
}

/// Endless; take as many as are needed.
impl Iterator for AnswerGenerator {
    type Item = BulkRequest;

    fn next(&mut self) -> Option<BulkRequest> {
        let n_questions = self.vocabulary.len();
        let question_idx = self.dice.below(n_questions);
        let question_id = self.vocabulary.keys().nth(question_idx).expect("the index is below the length").clone();
        let mut answer = String::new();
        for _ in 0..self.dice.below(60) {
            answer += &self.word(&question_id);
            answer += self
                .pick(&[" ", " ", " ", " ", " ", " ", ", ", ". ", "; ", ": ", "\n", "\n- ", " | ", " (", ") ", "? "]);
        }
        Some(BulkRequest { question_id, answer, answer_id: None })
    }
}
