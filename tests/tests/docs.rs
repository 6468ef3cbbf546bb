//! What the documents for authors show is true: every example of them is run.

use rubrica_core::{CheckReport, Document, Severity, check};
use rubrica_tests::workspace;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Needs 33 concepts to be shown.
const TOO_LONG_TO_SHOW: [&str; 1] = ["rubric/too-many-subjects"];
/// Rubrics from which on unused concepts are reported.
const ORPHANS_FROM: usize = 50;

/// A fenced block of a document, with the heading above it.
struct Block {
    heading: String,
    language: String,
    text: String,
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut heading = String::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(language) = line.strip_prefix("```") {
            if !open {
                blocks.push(Block { heading: heading.clone(), language: language.to_owned(), text: String::new() });
            }
            open = !open;
        } else if open {
            let block = blocks.last_mut().expect("an open block was begun");
            block.text += line;
            block.text.push('\n');
        } else if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
        }
    }
    blocks
}

fn headings(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("### "))
}

/// Codes of diagnostics in the engine's source: string literals such as "lint/no-examples".
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the engine's source can be listed") {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).expect("source is text");
            found.extend(text.split('"').filter(|literal| is_code(literal)).map(str::to_owned));
        }
    }
}

fn is_code(literal: &str) -> bool {
    literal.split_once('/').is_some_and(|(family, name)| {
        ["rubric", "lexicon", "lint"].contains(&family)
            && !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    })
}

#[test]
fn every_code_of_the_engine_is_explained_and_no_other() {
    let mut known = BTreeSet::new();
    codes(&workspace().join("core/src"), &mut known);
    let text = read("docs/errors.md");
    let explained: BTreeSet<String> = headings(&text).map(str::to_owned).collect();
    assert_eq!(explained, known);
}

#[test]
fn every_example_of_an_error_causes_it() {
    let text = read("docs/errors.md");
    let blocks = blocks(&text);
    let base = &blocks[0].text;
    let shown: BTreeSet<&str> = blocks.iter().map(|block| block.heading.as_str()).collect();
    for code in headings(&text) {
        assert!(shown.contains(code) || TOO_LONG_TO_SHOW.contains(&code), "{code} has no example");
    }
    for block in &blocks[1..] {
        let report = check(&documents(base, &block.text));
        let codes: BTreeSet<&str> = report.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert!(codes.contains(block.heading.as_str()), "{} is not reported, but {codes:?}", block.heading);
    }
}

/// The documents that a block of `errors.md` stands for.
fn documents(base: &str, block: &str) -> Vec<Document> {
    let document = |name: &str, text: String| Document { name: name.to_owned(), text };
    if block.starts_with("format = \"rubrica-lexicon") {
        let rubric =
            |n: usize| document(&format!("bread-{n}.toml"), base.replace("\"bread\"", &format!("\"bread-{n}\"")));
        let mut documents: Vec<Document> = (0..ORPHANS_FROM).map(rubric).collect();
        documents.push(document("lexicon/kitchen.toml", block.to_owned()));
        return documents;
    }
    let text = if block.starts_with("format") {
        block.to_owned()
    } else if block.starts_with("[[") {
        format!("{base}\n{block}")
    } else {
        base.replacen("[[criteria]]", &format!("{block}\n[[criteria]]"), 1)
    };
    vec![document("bread.toml", text)]
}

fn toml_blocks(path: &str) -> Vec<String> {
    blocks(&read(path)).into_iter().filter(|block| block.language == "toml").map(|block| block.text).collect()
}

fn errors(report: &CheckReport) -> Vec<String> {
    let errors = report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| format!("line {}: {}", error.line, error.message)).collect()
}

/// The guide builds its first rubric block by block, and shows others whole: none has errors at any step, or anything to
/// complain in the end.
#[test]
fn the_rubrics_of_the_guide_grow_without_errors() {
    let blocks = toml_blocks("AUTHORING.md");
    let begins: Vec<usize> = (0..blocks.len()).filter(|&step| blocks[step].starts_with("format")).collect();
    assert_eq!(begins.first(), Some(&0));
    for (k, &begin) in begins.iter().enumerate() {
        let end = begins.get(k + 1).copied().unwrap_or(blocks.len());
        let name = blocks[begin].lines().find_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"'));
        let name = format!("{}.toml", name.expect("a rubric has an id"));
        let report_at = |last: usize| {
            let text = blocks[begin..=last].join("\n");
            check(&[Document { name: name.clone(), text }])
        };
        for step in begin..end {
            assert_eq!(errors(&report_at(step)), Vec::<String>::new(), "{name}, step {}", step + 1);
        }
        let report = report_at(end - 1);
        let left: Vec<String> = report.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
        assert_eq!(left, Vec::<String>::new(), "{name}");
        let examples = &report.rubrics[0].examples;
        let failed: Vec<String> = examples.iter().flat_map(|example| example.failures.clone()).collect();
        assert_eq!(failed, Vec::<String>::new(), "{name}");
        assert!(examples.len() >= 2, "{name}");
    }
}
