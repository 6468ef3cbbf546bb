//! `rubrica derive`: drafts from documents and tables, and the hands that it keeps off edited ones.

use super::{file, rubrica, rubrica_with, table};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const KITCHEN: &str = "\
# Kitchen chemistry

## Why does bread dough rise?

- **Yeast** eats the sugar in the flour.
- It releases carbon dioxide.
- Gluten traps the gas.

```text
flour + water = a secret that belongs to the baker
```

## Baking soda vs baking powder

| | Baking soda | Baking powder |
| --- | --- | --- |
| Acid inside | no | yes |
| Shelf life | unlimited when dry | about one year |

## What is tempering?
";

const REFERENCES: &str = "\
question_id,question,reference_answer,reference_category,correct,incorrect
Phys 1,Why does ice float on water?,Freezing water expands.,GOOD,It is less dense than the liquid.,Because ice is cold.
Phys 1,Why does ice float on water?,Ice is less dense than liquid water.,BEST,,
phys-2,Why is lightning seen before thunder is heard?,Light travels much faster than sound.,,,
";

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be listed").path()).filter(|path| path.is_file());
    let name = |path: &Path| path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    paths.map(|path| (name(&path), fs::read_to_string(&path).expect("a draft is text"))).collect()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Documents, and a folder for the drafts beside them.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder can be made") }
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, content).expect("a file can be written");
        text(&path)
    }

    /// Derives into `drafts`; returns what was printed.
    fn derive(&self, arguments: &[&str]) -> String {
        let output = text(&self.folder.path().join("drafts"));
        let run = rubrica(&[&["derive", "-o", &output], arguments].concat());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}: {}", run.stdout);
        run.stdout
    }

    fn drafts(&self) -> BTreeMap<String, String> {
        files(&self.folder.path().join("drafts"))
    }

    fn draft(&self, name: &str) -> toml::Table {
        self.drafts()[name].parse().expect("a draft is TOML")
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let path = self.folder.path().join("drafts").join(name);
        let before = fs::read_to_string(&path).expect("the draft is there");
        assert!(before.contains(from), "{before}");
        fs::write(&path, before.replace(from, to)).expect("a file can be written");
    }
}

fn list<'a>(table: &'a toml::Table, name: &str) -> Vec<&'a toml::Value> {
    table.get(name).and_then(toml::Value::as_array).into_iter().flatten().collect()
}

/// All statements of a criterion, in one text.
fn statements(criterion: &toml::Value) -> String {
    list(criterion.as_table().expect("a criterion is a table"), "statements")
        .iter()
        .filter_map(|statement| statement.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn every_question_of_a_document_becomes_a_rubric_that_compiles() {
    let desk = Desk::new();
    let printed = desk.derive(&[&desk.write("kitchen.md", KITCHEN)]);
    assert!(printed.ends_with("3 questions: 2 new drafts\n"), "{printed}");
    assert!(printed.contains("kitchen.md:20: no-answer "), "the empty question is to be looked at: {printed}");
    let names: Vec<String> = desk.drafts().into_keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for (name, draft) in desk.drafts() {
        let rubric: toml::Table = draft.parse().expect("a draft is TOML");
        assert_eq!(format!("{}.toml", rubric["id"].as_str().expect("an id is text")), name);
        assert!(!draft.contains("secret"), "code is no fact: {draft}");
        for criterion in list(&rubric, "criteria") {
            let source = &criterion["sources"][0];
            assert_eq!(source["document"].as_str(), Some("kitchen.md"));
            assert_eq!(source["heading"], rubric["prompt"]);
            let line = source["lines"][0].as_integer().expect("a line is a number") as usize;
            let said = KITCHEN.lines().nth(line - 1).expect("the line is in the document").to_lowercase();
            let statement = statements(criterion).to_lowercase();
            let long = |word: &&str| word.len() > 3;
            let repeated = statement.split(|c: char| !c.is_alphanumeric()).filter(long).any(|word| said.contains(word));
            assert!(repeated, "line {line} does not say `{statement}`");
        }
    }
    let check = rubrica(&["check", &text(&desk.folder.path().join("drafts"))]);
    assert_eq!(check.status, 0, "{}{}", check.stdout, check.stderr);
}

#[test]
fn drafts_tell_right_answers_from_wrong_ones() {
    let desk = Desk::new();
    desk.derive(&[&desk.write("kitchen.md", KITCHEN)]);
    let question = desk.drafts().into_keys().find(|name| name.contains("dough")).expect("bread is asked about");
    let question = question.trim_end_matches(".toml");
    let answers = format!(
        "question_id,answer\n\
         {question},Yeast consumes the sugar of the flour and releases carbon dioxide. The gas is trapped by the gluten.\n\
         {question},Yeast consumes the sugar of the flour.\n\
         {question},Yeast does not eat sugar. It does not release carbon dioxide and gluten does not trap the gas.\n"
    );
    let drafts = text(&desk.folder.path().join("drafts"));
    let run = rubrica_with(&["grade", "-", "--rubrics", &drafts, "--format", "csv"], answers.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (_, rows) = table(&run.stdout);
    let scores: Vec<f64> = rows.iter().map(|row| row[2].parse().expect("a score is a number")).collect();
    assert!(scores[0] > 0.8 && scores[0] > scores[1] && scores[1] > scores[2] && scores[2] < 0.1, "{scores:?}");
}

#[test]
fn a_column_of_a_table_is_what_its_facts_are_about() {
    let desk = Desk::new();
    desk.derive(&[&desk.write("kitchen.md", KITCHEN)]);
    let rubric = desk.draft("baking-soda-vs-baking-powder.toml");
    assert_eq!(rubric["kind"].as_str(), Some("comparison"));
    let about = |of: &str| {
        let criteria = list(&rubric, "criteria").into_iter();
        let criterion = criteria.filter(|criterion| statements(criterion).contains(of)).collect::<Vec<_>>();
        assert_eq!(criterion.len(), 1, "`{of}` in {rubric}");
        criterion[0]["about"][0].as_str().map(str::to_owned)
    };
    assert_eq!(about("unlimited").as_deref(), Some("baking-soda"));
    assert_eq!(about("one year").as_deref(), Some("baking-powder"));
}

#[test]
fn documents_that_ask_the_same_give_one_rubric() {
    let desk = Desk::new();
    let other = "# Why does bread dough rise?\n\n- Warmth makes the yeast work faster.\n";
    let paths = [desk.write("kitchen.md", KITCHEN), desk.write("warmth.md", other)];
    desk.derive(&[&paths[0], &paths[1]]);
    let drafts = desk.drafts();
    assert_eq!(drafts.len(), 2, "{:?}", drafts.keys());
    let name = drafts.keys().find(|name| name.contains("dough")).expect("bread is asked about");
    let rubric = desk.draft(name);
    let documents: Vec<_> = list(&rubric, "sources").iter().filter_map(|source| source["document"].as_str()).collect();
    assert_eq!(documents, ["kitchen.md", "warmth.md"]);
    let all: String = list(&rubric, "criteria").iter().map(|criterion| statements(criterion)).collect();
    assert!(all.contains("Warmth") && all.contains("sugar"), "{all}");
}

#[test]
fn files_of_one_name_are_told_apart_and_one_file_is_read_once() {
    let desk = Desk::new();
    for folder in ["one", "two"] {
        fs::create_dir(desk.folder.path().join(folder)).expect("a folder can be made");
    }
    let other = "## Why does bread dough rise?\n\n- Warmth makes the yeast work faster.\n\n## What is proofing?\n";
    let [one, two] = [desk.write("one/kitchen.md", KITCHEN), desk.write("two/kitchen.md", other)];
    let tables =
        [desk.write("one/facts.csv", REFERENCES), desk.write("two/facts.csv", REFERENCES.replace("hys", "hy"))];
    let around = one.replace("/one/", "/two/../one/");
    let printed = desk.derive(&[&one, &two, &one, &around, &tables[0], &tables[1]]);
    let drafts = desk.drafts();
    assert_eq!(drafts.len(), 2 + 4, "documents that ask the same give one rubric: {:?}", drafts.keys());
    assert!(
        printed.contains("one/kitchen.md:20: no-answer") && printed.contains("two/kitchen.md:5: no-answer"),
        "{printed}"
    );
    let sources = |name: &str| -> Vec<String> {
        let rubric = desk.draft(name);
        let sources = list(&rubric, "sources").into_iter();
        sources.filter_map(|source| source["document"].as_str().map(str::to_owned)).collect()
    };
    let dough = drafts.keys().find(|name| name.contains("dough")).expect("bread is asked about");
    assert_eq!(sources(dough), ["one/kitchen.md", "two/kitchen.md"]);
    assert_eq!(sources("baking-soda-vs-baking-powder.toml"), ["one/kitchen.md"]);
    assert_eq!(
        (sources("phys-1.toml"), sources("phy-1.toml")),
        (vec!["one/facts.csv".to_owned()], vec!["two/facts.csv".to_owned()])
    );

    let alone = Desk::new();
    alone.derive(&[&one, &around, &one]);
    let plain = Desk::new();
    plain.derive(&[&plain.write("kitchen.md", KITCHEN)]);
    assert_eq!(alone.drafts(), plain.drafts(), "the folder is named only where it tells files apart");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, other) = (Desk::new(), Desk::new());
    for desk in [&one, &other] {
        desk.derive(&[&desk.write("kitchen.md", KITCHEN), &desk.write("references.csv", REFERENCES)]);
    }
    assert_eq!(one.drafts(), other.drafts());
    let printed = one.derive(&["--quiet", &text(&one.folder.path().join("kitchen.md"))]);
    assert_eq!(printed, "3 questions: 0 new drafts, 2 unchanged\n");

    let windows = Desk::new();
    let marked = format!("\u{feff}{}", KITCHEN.replace('\n', "\r\n"));
    windows.derive(&[&windows.write("kitchen.md", marked), &windows.write("references.csv", REFERENCES)]);
    assert_eq!(windows.drafts(), one.drafts(), "line ends and the mark of the encoding say nothing");
}

#[test]
fn what_an_author_wrote_is_overwritten_by_force_only() {
    let desk = Desk::new();
    let document = desk.write("kitchen.md", KITCHEN);
    desk.derive(&[&document]);
    let edited = "baking-soda-vs-baking-powder.toml";
    desk.edit(edited, "points = 2", "points = 4");
    let by_hand = "format = \"rubrica/1\"\n# my own\n";
    let dough = desk.drafts().into_keys().find(|name| name.contains("dough")).expect("bread is asked about");
    fs::write(desk.folder.path().join("drafts").join(&dough), by_hand).expect("a file can be written");
    let before = desk.drafts();

    for flags in [&[][..], &["--update"]] {
        let printed = desk.derive(&[&[document.as_str()], flags].concat());
        assert_eq!(desk.drafts(), before);
        assert!(printed.contains("0 new drafts, 2 edited and kept"), "{printed}");
        assert!(printed.contains(edited) && printed.contains(&dough), "they are named: {printed}");
    }
    let printed = desk.derive(&[&document, "--force"]);
    assert_eq!(printed.matches("it had been edited").count(), 2, "{printed}");
    let after = desk.drafts();
    assert!(after.iter().all(|(name, draft)| *draft != before[name]), "{after:?}");

    // Another line end is no edit.
    desk.edit(edited, "\n", "\r\n");
    let printed = desk.derive(&[&document]);
    assert!(printed.contains("1 replaced, 1 unchanged"), "{printed}");
    assert_eq!(desk.drafts(), after);
}

#[test]
fn a_note_of_the_author_is_an_edit_and_no_change_of_the_document() {
    let desk = Desk::new();
    let document = desk.write("kitchen.md", KITCHEN);
    let soda = "baking-soda-vs-baking-powder.toml";
    for (from, to) in [
        ("points = 2", "points = 2 # ask Ann"),
        // In the lines of the mark, which are no part of the rubric.
        ("overwritten.", "overwritten. Ask Ann."),
        ("\n\nformat", "\n# ask Ann\n\nformat"),
        ("\n\nformat", "\n# ask Ann\nformat"),
    ] {
        desk.derive(&[&document, "--force"]);
        desk.edit(soda, from, to);
        let before = desk.drafts();
        let printed = desk.derive(&["--update", "--quiet", &document]);
        assert_eq!(desk.drafts(), before, "{to}");
        assert!(
            printed.contains("  the documents say the same\n") && printed.contains("it has been edited"),
            "{printed}"
        );
        assert!(!printed.contains("moved") && printed.contains("1 unchanged, 1 edited and kept"), "{printed}");
    }
    let moved = desk.write("kitchen.md", format!("A line above.\n\n{KITCHEN}"));
    let printed = desk.derive(&["--update", "--quiet", &moved]);
    assert_eq!(printed.matches("lines or the question's wording moved").count(), 2, "{printed}");
}

#[test]
fn update_shows_what_the_document_says_differently() {
    let desk = Desk::new();
    desk.derive(&[&desk.write("kitchen.md", KITCHEN)]);
    desk.edit("baking-soda-vs-baking-powder.toml", "points = 2", "points = 4");

    let moved = KITCHEN
        .replace("Gluten traps the gas.", "Stretchy gluten keeps the bubbles.")
        .replace("about one year", "six months")
        .replace(
            "## What is tempering?\n",
            "## What is tempering?\n\nTempering gives chocolate one form of crystals.\n",
        );
    let printed = desk.derive(&["--update", "--quiet", &desk.write("kitchen.md", moved)]);
    let of = |name: &str| -> Vec<&str> {
        let lines = printed.lines().skip_while(|line| !line.contains(name) || line.starts_with(' ')).skip(1);
        lines.take_while(|line| line.starts_with("  ")).collect()
    };
    let dough = of("dough");
    let says = |lines: &[&str], verb: &str, what: &str| {
        lines.iter().any(|line| line.trim_start().starts_with(verb) && line.contains(what))
    };
    assert!(says(&dough, "added", "Stretchy gluten") && says(&dough, "removed", "gluten-traps-gas"), "{printed}");
    assert!(!says(&dough, "added", "carbon dioxide"), "what stayed is not told: {printed}");
    let soda = of("baking-soda");
    assert!(says(&soda, "added", "six months"), "{printed}");
    assert!(!soda.iter().any(|line| line.contains("acid")), "the author's own points are no change: {printed}");
    assert!(says(&of("tempering"), "a new question", "tempering"), "{printed}");
    assert!(printed.contains("kept "), "the edited rubric stays: {printed}");

    let shorter = "## What is tempering?\n\nTempering gives chocolate one form of crystals.\n";
    let printed = desk.derive(&["--update", "--quiet", &desk.write("kitchen.md", shorter)]);
    assert_eq!(printed.matches("its question is not in these documents").count(), 2, "{printed}");
    assert_eq!(desk.drafts().len(), 3, "nothing is deleted");
}

#[test]
fn tables_of_any_shape_give_the_same_rubrics() {
    let desk = Desk::new();
    desk.derive(&[&desk.write("references.csv", REFERENCES)]);
    let drafts = desk.drafts();
    let names: Vec<&str> = drafts.keys().map(String::as_str).collect();
    assert_eq!(names, ["phys-1.toml", "phys-2.toml"]);
    let rubric = desk.draft("phys-1.toml");
    assert_eq!(rubric["prompt"].as_str(), Some("Why does ice float on water?"));
    let [criterion] = list(&rubric, "criteria")[..] else { panic!("two short references are alternatives: {rubric}") };
    assert_eq!(statements(criterion), "Ice is less dense than liquid water. Freezing water expands.", "best first");
    let examples: Vec<_> = list(&rubric, "examples")
        .iter()
        .map(|example| (example["kind"].as_str(), example["answer"].as_str()))
        .collect();
    assert_eq!(
        examples,
        [
            (Some("correct"), Some("It is less dense than the liquid.")),
            (Some("incorrect"), Some("Because ice is cold."))
        ]
    );

    let lines = concat!(
        r#"{"question_id": "Phys 1", "question": "Why does ice float on water?", "reference_answers": "#,
        r#"["Freezing water expands.", "Ice is less dense than liquid water."], "reference_categories": ["GOOD", "BEST"], "#,
        r#""correct": ["It is less dense than the liquid."], "incorrect": ["Because ice is cold."]}"#,
        "\n\n",
        r#"{"question_id": "phys-2", "question": "Why is lightning seen before thunder is heard?", "#,
        r#""reference_answer": "Light travels much faster than sound."}"#,
        "\n",
    );
    // A cell may hold a list; a column may have any name; the rows of one question may stand in several files.
    let listed = "question_id,question,model,reference_categories,correct,incorrect\n\
        Phys 1,Why does ice float on water?,\"[\"\"Freezing water expands.\"\", \"\"Ice is less dense than liquid \
        water.\"\"]\",\"[\"\"GOOD\"\", \"\"BEST\"\"]\",It is less dense than the liquid.,Because ice is cold.\n\
        phys-2,Why is lightning seen before thunder is heard?,Light travels much faster than sound.,,,\n";
    let numbered = "id,asked,reference_answer_1,reference_answer_2,reference_category_2,correct,incorrect\n\
        Phys 1,Why does ice float on water?,Freezing water expands.,Ice is less dense than liquid water.,BEST,It is less \
        dense than the liquid.,Because ice is cold.\n\
        phys-2,Why is lightning seen before thunder is heard?,,Light travels much faster than sound.,,,\n";
    let objects = lines
        .replace(r#""Freezing water expands.""#, r#"{"category": "GOOD", "text": "Freezing water expands."}"#)
        .replace(
            r#""Ice is less dense than liquid water.""#,
            r#"{"category": "BEST", "text": "Ice is less dense than liquid water."}"#,
        )
        .replace(r#""reference_categories": ["GOOD", "BEST"], "#, "");
    let (first, second) = (REFERENCES.lines().take(2), REFERENCES.lines().take(1).chain(REFERENCES.lines().skip(2)));
    let join = |lines: Vec<&str>| lines.join("\n");
    let shapes: [&[(&str, String)]; 9] = [
        &[("references.jsonl", lines.to_owned())],
        &[("references.json", format!("[{}]", lines.trim().replace("\n\n", ",\n")))],
        &[("references.csv", listed.to_owned())],
        &[("references.csv", numbered.to_owned())],
        &[("references.jsonl", objects)],
        &[("references.csv", REFERENCES.replace("reference_category", "category"))],
        &[("references.tsv", REFERENCES.replace(',', "\t"))],
        &[("references.csv", REFERENCES.replace(',', ";"))],
        &[("references.csv", join(first.collect())), ("references2.csv", join(second.collect()))],
    ];
    let without_places = |drafts: BTreeMap<String, String>| -> BTreeMap<String, String> {
        let plain = |draft: &str| {
            let mut rubric: toml::Table = draft.parse().expect("a draft is TOML");
            rubric.remove("sources");
            for criterion in rubric["criteria"].as_array_mut().expect("criteria are a list") {
                criterion.as_table_mut().expect("a criterion is a table").remove("sources");
            }
            rubric.to_string()
        };
        drafts.into_iter().map(|(name, draft)| (name, plain(&draft))).collect()
    };
    let expected = without_places(drafts);
    for shape in shapes {
        let desk = Desk::new();
        let mut arguments: Vec<String> = shape.iter().map(|(name, text)| desk.write(name, text)).collect();
        if shape[0].1.contains("model") {
            arguments.extend(["--reference-column", "model"].map(str::to_owned));
        }
        if shape[0].1.starts_with("id,asked") {
            arguments.extend(["--id-column", "id", "--question-column", "asked"].map(str::to_owned));
        }
        desk.derive(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(without_places(desk.drafts()), expected, "{shape:?}");
    }
}

#[test]
fn a_category_that_is_none_of_an_answer_says_nothing() {
    let desk = Desk::new();
    let topics = "question_id,question,reference_answer,category\nice,Why does ice float?,Ice is less dense.,physics\n";
    assert!(desk.derive(&[&desk.write("topics.csv", topics)]).ends_with("1 question: 1 new draft\n"));
}

#[test]
fn answers_to_a_table_are_found_by_the_ids_of_the_table() {
    let desk = Desk::new();
    desk.derive(&[&desk.write("references.csv", REFERENCES)]);
    let drafts = text(&desk.folder.path().join("drafts"));
    let answers = "question_id,answer\nPhys 1,Ice has less density than liquid water.\n";
    let run = rubrica_with(&["grade", "-", "--rubrics", &drafts, "--format", "csv"], answers.as_bytes());
    assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.lines().nth(1).is_some_and(|row| row.starts_with("Phys 1,")), "{}", run.stdout);
}

#[test]
fn the_lexicon_comes_along_when_asked_and_never_over_another() {
    let desk = Desk::new();
    let document = desk.write("kitchen.md", KITCHEN);
    desk.derive(&[&document, "--with-lexicon"]);
    let lexicon = desk.folder.path().join("drafts/lexicon");
    let copied = files(&lexicon);
    assert!(copied.len() > 1 && copied.values().all(|text| text.contains("rubrica-lexicon/1")), "{:?}", copied.keys());
    let name = copied.keys().next().expect("there are some");
    fs::write(lexicon.join(name), "format = \"rubrica-lexicon/1\"\n").expect("a file can be written");
    desk.derive(&[&document, "--with-lexicon", "--force"]);
    assert_eq!(files(&lexicon)[name], "format = \"rubrica-lexicon/1\"\n");
}

#[test]
fn derive_says_what_is_wrong_with_its_input() {
    let (folder, kitchen) = file("kitchen.md", KITCHEN);
    let output = text(&folder.path().join("drafts"));
    let header = "question_id,question,reference_answer\n";
    let cases: [(&str, Vec<u8>, &[&str]); 19] = [
        ("notes.docx", b"x".to_vec(), &["notes.docx", ".jsonl"]),
        ("bad.md", b"# Why?\n\ncaf\xe9\n".to_vec(), &["bad.md", "UTF-8", "byte 11"]),
        ("bad.csv", b"question_id,question,reference_answer\nq,Why?,caf\xe9\n".to_vec(), &["bad.csv", "UTF-8"]),
        ("prose.md", b"Nothing is asked here.\n".to_vec(), &["no question", "heading"]),
        ("empty.csv", header.into(), &["empty.csv", "no rows"]),
        ("empty.jsonl", b"\n".to_vec(), &["empty.jsonl", "no rows"]),
        ("short.csv", format!("{header}q,Why?\n").into(), &["short.csv", "line 2", "2 values"]),
        ("quote.csv", format!("{header}q,Why?,So.\nr,\"Why?,So.\n").into(), &["quote.csv", "line 3", "never closed"]),
        (
            "id.csv",
            b"question,reference_answer\nWhy?,So.\n".to_vec(),
            &["id.csv` has no id column `question_id`; its columns are `question`, `ref", "--id-column"],
        ),
        (
            "question.jsonl",
            b"{\"question_id\": 1}\n".to_vec(),
            &["question.jsonl` has no question column `question`; its columns are `question_id`", "--question-column"],
        ),
        (
            "double.csv",
            b"question_id,question,reference_answer,reference_answer\nq,Why?,So.,Or so.\n".to_vec(),
            &["double.csv`, line 1: there are several columns `reference_answer`", "`reference_answer_2`"],
        ),
        (
            "shape.jsonl",
            b"{\"question_id\":\"q\",\"question\":\"Why?\",\"reference_answers\":[{\"body\":\"So.\"}]}\n".to_vec(),
            &["`reference_answers` has `{\"body\":\"So.\"}`, which is no reference answer", "{\"text\": \"...\""],
        ),
        (
            "more.csv",
            b"question_id,question,reference_answer,category\nq,Why?,So.,\"[\"\"BEST\"\",\"\"GOOD\"\"]\"\n".to_vec(),
            &["more.csv`, line 2: there are 2 categories for 1 reference answer"],
        ),
        (
            "blank.csv",
            format!("{header}q,Why?,\n").into(),
            &["blank.csv` has no reference answers", "--reference-column"],
        ),
        ("pipe.csv", b"question_id|question\nq|Why?\n".to_vec(), &["--delimiter"]),
        ("list.jsonl", b"[1]\n".to_vec(), &["list.jsonl", "line 1", "no JSON object"]),
        (
            "none.csv",
            b"question_id,question,model\nq,Why?,So.\n".to_vec(),
            &["none.csv", "`model`", "--reference-column"],
        ),
        (
            "twins.csv",
            format!("{header}Q 1,Why ice?,Ice is light.\nq-1,Why tea?,Tea is hot.\n").into(),
            &["twins.csv", "line 3", "`Q 1`", "`q-1`"],
        ),
        (
            "asked.csv",
            format!("{header}q,Why ice?,Ice is light.\nq,Why  ice?,It floats.\nq,Why tea?,Tea is hot.\n").into(),
            &["asked.csv", "line 4: `q` asks `Why tea?`", "`Why ice?` in `asked.csv`, line 2"],
        ),
    ];
    for (name, content, expected) in cases {
        let path = folder.path().join(name);
        fs::write(&path, content).expect("a file can be written");
        let run = rubrica(&["derive", &text(&path), "-o", &output, "--quiet"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}: {}", run.stderr);
        assert!(expected.iter().all(|part| run.stderr.contains(part)), "{name}: {}", run.stderr);
        assert!(!Path::new(&output).exists(), "{name}: what refuses leaves nothing behind");
    }
    let broken = format!("{header}q,Why?\n,Why?,So.\nr,Why?,So it is.\ns,\"Why?\n");
    let paths =
        [("broken.csv", broken.into_bytes()), ("latin.md", b"# Why?\n\ncaf\xe9\n".to_vec())].map(|(name, content)| {
            fs::write(folder.path().join(name), content).expect("a file can be written");
            text(&folder.path().join(name))
        });
    let run = rubrica(&["derive", &paths[0], &paths[1], "-o", &output]);
    assert_eq!(run.status, 2);
    for part in
        ["line 2: the row has 2 values", "line 3: there is no `question_id`", "line 5: the quote", "latin.md` is not"]
    {
        assert!(run.stderr.contains(part), "all that is wrong is told at once: {part}: {}", run.stderr);
    }
    let category = format!("{}phys-3,Why?,So it is.,PERFECT,,\n", REFERENCES);
    let run = rubrica(&["derive", &file_in(&folder, "category.csv", &category), "-o", &output]);
    assert!(run.status == 2 && run.stderr.contains("`PERFECT`") && run.stderr.contains("MINIMAL"), "{}", run.stderr);

    let twice =
        "question_id,question,reference_answer\nbaking soda vs baking powder,Which?,Powder has its acid inside.\n";
    let run = rubrica(&["derive", &kitchen, &file_in(&folder, "twice.csv", twice), "-o", &output]);
    assert!(run.status == 2 && run.stderr.contains("`baking-soda-vs-baking-powder`"), "{}", run.stderr);

    let run = rubrica(&["derive", &kitchen, "-o", &output, "--plugin", "/no/such/plugin"]);
    assert!(run.status == 2 && run.stderr.contains("--plugin"), "{}", run.stderr);
    let run = rubrica(&["derive", "/no/such/notes.md", "-o", &output]);
    assert!(run.status == 2 && run.stderr.contains("cannot read `/no/such/notes.md`"), "{}", run.stderr);

    let run = rubrica(&["derive", &kitchen, "-o", &kitchen]);
    assert!(run.status == 2 && run.stderr.contains("cannot write"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&kitchen).expect("the document is there"), KITCHEN);
}

fn file_in(folder: &TempDir, name: &str, content: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file can be written");
    text(&path)
}

#[test]
fn a_table_of_answers_may_stand_beside_one_of_references_in_any_order() {
    let desk = Desk::new();
    let references = desk.write("references.csv", REFERENCES);
    let answers = "question_id,question,correct\nPhys 1,Why does ice float on water?,It is lighter than water.\n";
    let answers = desk.write("answers.csv", answers);
    for files in [[&answers, &references], [&references, &answers]] {
        desk.derive(&files.map(String::as_str));
        assert!(desk.drafts()["phys-1.toml"].contains("It is lighter than water."), "{files:?}");
    }
}
