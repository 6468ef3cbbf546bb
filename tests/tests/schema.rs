//! The JSON Schemas of the repository are fresh, and its rubrics keep to them.

use rubrica_core::{Document, RubricSet, schema};
use rubrica_tests::{corpus, documents, marker, workspace};
use serde_json::Value;
use std::fs;

fn schemas() -> [(&'static str, Value); 3] {
    [
        ("rubrics/rubrica-1.schema.json", schema::rubric()),
        ("rubrics/rubrica-lexicon-1.schema.json", schema::lexicon()),
        ("docs/evaluation-1.schema.json", schema::evaluation()),
    ]
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::validator_for(schema).expect("a generated schema is valid")
}

/// Keywords of a schema that a value breaks, with their places.
fn violations(schema: &jsonschema::Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn is_lexicon(document: &Document) -> bool {
    document.name.contains("lexicon")
}

#[test]
fn schema_files_are_fresh() {
    for (path, schema) in schemas() {
        let written = fs::read_to_string(workspace().join(path)).unwrap_or_default();
        let current = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        assert_eq!(written, current, "{path}: run `cargo run -p rubrica-core --features schema --example schema`");
    }
}

#[test]
fn rubrics_and_lexicons_keep_to_their_schema() {
    let (rubric, lexicon) = (validator(&schema::rubric()), validator(&schema::lexicon()));
    for document in documents() {
        let value: Value = toml::from_str(&document.text).expect("the rubrics of the repository are TOML");
        let schema = if is_lexicon(&document) { &lexicon } else { &rubric };
        assert_eq!(violations(schema, &value), Vec::<String>::new(), "{}", document.name);
    }
}

#[test]
fn rubrics_and_lexicons_name_their_schema_for_editors() {
    for document in documents() {
        let line = if is_lexicon(&document) {
            "#:schema ../rubrica-lexicon-1.schema.json"
        } else {
            "#:schema ./rubrica-1.schema.json"
        };
        assert_eq!(document.text.lines().next(), Some(line), "{}", document.name);
    }
}

/// What the engine refuses for its shape, the schema refuses as well: else editors would promise too much.
#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = validator(&schema::rubric());
    let sound = "format = 'rubrica/1'\nid = 'a'\nprompt = 'Why?'\n";
    let criterion = "[[criteria]]\nid = 'b'\nlabel = 'B'\nany = ['because']\n";
    let refused = [
        format!("{sound}colour = 'red'\n{criterion}"),
        format!("{sound}kind = 'essay'\n{criterion}"),
        format!("{sound}level = 'expert'\n{criterion}"),
        format!("{sound}full_marks = 0\n{criterion}"),
        format!("{sound}{criterion}points = 'two'\n"),
        format!("{sound}{criterion}any_of = ['x']\n"),
        format!("{sound}{criterion}[[examples]]\nanswer = 'x'\nscore = [1]\n"),
        sound.to_owned(),
    ];
    for text in refused {
        let document = Document { name: "a.toml".to_owned(), text: text.clone() };
        assert!(RubricSet::compile(&[document]).is_err(), "the reader takes {text}");
        let value: Value = toml::from_str(&text).expect("it is TOML");
        assert!(!schema.is_valid(&value), "the schema takes {text}");
    }
}

#[test]
fn evaluations_keep_to_their_schema() {
    let mut marker = marker(&documents());
    let schema = validator(&schema::evaluation());
    for request in corpus() {
        let Some(evaluation) = marker.evaluate(&request.question_id, &request.answer) else { continue };
        let value = serde_json::to_value(&evaluation).expect("an evaluation is JSON");
        assert_eq!(violations(&schema, &value), Vec::<String>::new(), "{:?}", request.answer_id);
    }
}
