//! JSON Schemas of what authors write and of what the engine returns, generated from the types.
//!
//! `cargo run -p rubrica-core --features schema --example schema` writes them into the repository.

use crate::rubric::source::{LexiconSource, RubricSource};
use crate::wire::Evaluation;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

/// Schema of a rubric file, `rubrica/1`.
pub fn rubric() -> Value {
    written_by_authors::<RubricSource>()
}

/// Schema of a lexicon file, `rubrica-lexicon/1`.
pub fn lexicon() -> Value {
    written_by_authors::<LexiconSource>()
}

/// Schema of an evaluation, `rubrica-evaluation/1`.
pub fn evaluation() -> Value {
    let mut schema = generate::<Evaluation>(SchemaSettings::draft2020_12());
    drop_number_formats(&mut schema);
    let root = schema.as_object_mut().expect("the schema of a struct is an object");
    root.insert("$id".to_owned(), "urn:rubrica:evaluation:1".into());
    schema
}

/// Takes out `uint32` and `double`, which no standard knows: validators such as Ajv refuse them.
fn drop_number_formats(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            // A property of the name `format` has a schema, not a text, below it.
            let format = object.get("format").and_then(Value::as_str).map(str::to_owned);
            if format.as_deref() == Some("uint32") {
                object.insert("maximum".to_owned(), u32::MAX.into());
            }
            if format.is_some() {
                object.remove("format");
            }
            object.values_mut().for_each(drop_number_formats);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_number_formats),
        _ => {}
    }
}

fn generate<T: JsonSchema>(settings: SchemaSettings) -> Value {
    // What is written may be left out where it is the default: the contract of serialising says so.
    settings.for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// Editors of TOML understand draft 7 best. A key is left out or has a value: TOML knows no null.
fn written_by_authors<T: JsonSchema>() -> Value {
    let mut schema = generate::<T>(SchemaSettings::draft07());
    tighten(&mut schema);
    schema
}

fn tighten(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = &types[..] {
                    let only = only.clone();
                    object.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
            }
            if object.get("properties").is_some_and(Value::is_object) {
                object.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            object.values_mut().for_each(tighten);
        }
        Value::Array(items) => items.iter_mut().for_each(tighten),
        _ => {}
    }
}
