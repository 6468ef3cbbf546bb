//! The documents of the repository are true: links lead somewhere, the examples of MARKING.md come out as they say, and
//! the commands of the README print what it shows. `UPDATE_DOCUMENTS=1` writes down what they print.

use rubrica_core::wire::Evaluation;
use rubrica_core::{Document, Marker, RubricSet};
use rubrica_tests::workspace;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

#[test]
fn links_between_documents_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document can be read");
        let folder = document.parent().expect("a file lies in a folder");
        for link in links(&text) {
            let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
            let target = if path.is_empty() { document.clone() } else { folder.join(path) };
            let leads = match anchor {
                _ if !target.exists() => false,
                Some(anchor) => headings(&target).iter().any(|heading| heading == anchor),
                None => true,
            };
            if !leads {
                broken.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn examples_of_marking_come_out_as_written() {
    let text = fs::read_to_string(workspace().join("MARKING.md")).expect("MARKING.md can be read");
    let examples = examples(&text);
    let sections = text.lines().filter(|line| line.starts_with("## ")).count();
    let covered = examples.chunk_by(|a, b| a.section == b.section).count();
    assert_eq!(covered, sections, "every section has a rubric and a table of answers");
    let wrong: Vec<String> = examples.iter().filter_map(Example::disagreement).collect();
    assert!(wrong.is_empty(), "examples that come out otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn every_message_is_listed() {
    let read = |path: &str| fs::read_to_string(workspace().join(path)).expect("the file can be read");
    let (messages, formats) = (read("core/data/messages.toml"), read("docs/formats.md"));
    let ids = messages.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id);
    let missing: Vec<&str> = ids.filter(|id| !formats.contains(&format!("`{id}`"))).collect();
    assert!(missing.is_empty(), "docs/formats.md does not list {missing:?}");
}

#[cfg(unix)]
#[test]
fn commands_of_the_readme_print_what_it_shows() {
    let path = workspace().join("README.md");
    let text = fs::read_to_string(&path).expect("README.md can be read");
    let folder = ReaderFolder::new();
    let mut real = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        real += &format!("{line}\n");
        if line == "```console" {
            let command = lines.next().expect("a command follows");
            let shown = lines.by_ref().find(|line| *line == "```").expect("the block is closed");
            real += &format!("{command}\n{}{shown}\n", folder.run(command.trim_start_matches("$ ")));
        }
    }
    if env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(&path, real).expect("README.md can be written");
    } else {
        let differs = text.lines().zip(real.lines()).find(|(shown, real)| shown != real);
        assert!(text == real, "the README shows something else (UPDATE_DOCUMENTS=1 mends it): {differs:#?}");
    }
}

/// A folder with what a reader of the README has: the command in the path, and the repository's files to read.
#[cfg(unix)]
struct ReaderFolder(tempfile::TempDir);

#[cfg(unix)]
impl ReaderFolder {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let link = |from: &Path, to: &str| {
            std::os::unix::fs::symlink(from, folder.path().join(to)).expect("a link can be made");
        };
        link(Path::new(env!("CARGO_BIN_EXE_rubrica-under-test")), "rubrica");
        for name in ["examples", "rubrics", "tests"] {
            link(&workspace().join(name), name);
        }
        Self(folder)
    }

    /// What a command prints on standard output, without space at the ends of lines.
    fn run(&self, command: &str) -> String {
        let path = format!("{}:{}", self.0.path().display(), env::var("PATH").unwrap_or_default());
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.0.path())
            .env("PATH", path)
            .env_remove("CLICOLOR_FORCE")
            .output()
            .expect("sh starts");
        let printed = String::from_utf8(output.stdout).expect("the output is UTF-8");
        printed.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

/// Markdown files of the repository, without those of packages and builds.
fn documents() -> Vec<PathBuf> {
    let folders = ["", "docs", "rubrics", "web", "wasm", "tests"];
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| fs::read_dir(workspace().join(folder)).ok())
        .flat_map(|entries| entries.map(|entry| entry.expect("a folder can be listed").path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    found.sort();
    found
}

/// Targets of the links of a document within the repository. Code is no prose.
fn links(text: &str) -> Vec<&str> {
    prose(text)
        .flat_map(|line| line.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .collect()
}

fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut in_code = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !in_code && !fence
    })
}

/// Anchors of the headings, as GitHub makes them.
fn headings(document: &Path) -> Vec<String> {
    let text = fs::read_to_string(document).unwrap_or_default();
    let anchor = |line: &str| {
        let kept = line.trim_start_matches('#').trim().to_lowercase();
        let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    prose(&text).filter(|line| line.starts_with('#')).map(anchor).collect()
}

/// An answer of MARKING.md with the rubric above it and the outcome that is written beside it.
struct Example {
    section: String,
    rubric: String,
    answer: String,
    outcome: String,
}

fn examples(text: &str) -> Vec<Example> {
    let (mut section, mut rubric, mut in_rubric) = (String::new(), String::new(), false);
    let mut examples = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_owned();
        } else if line == "```toml" {
            (rubric, in_rubric) = (String::new(), true);
        } else if line == "```" {
            in_rubric = false;
        } else if in_rubric {
            rubric += &format!("{line}\n");
        } else if let Some((answer, outcome)) = row(line) {
            examples.push(Example { section: section.clone(), rubric: rubric.clone(), answer, outcome });
        }
    }
    examples
}

/// The cells of a table row of two columns, but for the head and its ruler.
fn row(line: &str) -> Option<(String, String)> {
    let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
    let (answer, outcome) = cells.rsplit_once(" | ")?;
    let is_example = answer != "answer" && answer != "---";
    is_example.then(|| (answer.replace("\\|", "|").replace('⏎', "\n"), outcome.to_owned()))
}

impl Example {
    fn disagreement(&self) -> Option<String> {
        let evaluation = self.evaluate();
        let wrong: Vec<&str> = self.outcome.split(", ").filter(|part| !holds(part, &evaluation)).collect();
        let place = format!("{}: {:?}", self.section, self.answer);
        (!wrong.is_empty()).then(|| format!("{place} is not {}, but {}", wrong.join(", "), summary(&evaluation)))
    }

    fn evaluate(&self) -> Evaluation {
        let prompt = if self.rubric.starts_with("prompt") { "" } else { "prompt = \"Say what you know.\"\n" };
        let text = format!("format = \"rubrica/1\"\nid = \"example\"\n{prompt}{}", self.rubric);
        let set = RubricSet::compile(&[Document { name: "example.toml".to_owned(), text }]);
        let set = set.unwrap_or_else(|error| panic!("the rubric of `{}`: {error}", self.section));
        Marker::new(set.into()).evaluate("example", &self.answer).expect("the set holds the question")
    }
}

/// Whether one part of an outcome is true: "met", "warm met", "score 0.5", "band good", "misconception m", "review".
fn holds(part: &str, evaluation: &Evaluation) -> bool {
    match part.split_once(' ') {
        None if part == "review" => evaluation.review,
        None => evaluation.outcomes.len() == 1 && evaluation.outcomes[0].state.name() == part,
        Some(("score", score)) => score.parse() == Ok(evaluation.score),
        Some(("band", band)) => evaluation.band == band,
        Some(("misconception", id)) => evaluation.misconceptions.iter().any(|found| found.misconception == id),
        Some((criterion, state)) => {
            evaluation.outcomes.iter().any(|outcome| outcome.criterion == criterion && outcome.state.name() == state)
        }
    }
}

fn summary(evaluation: &Evaluation) -> String {
    let outcome = |outcome: &rubrica_core::wire::Outcome| format!("{} {}", outcome.criterion, outcome.state.name());
    let outcomes: Vec<String> = evaluation.outcomes.iter().map(outcome).collect();
    format!("{}, score {}", outcomes.join(", "), evaluation.score)
}
