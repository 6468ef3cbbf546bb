//! Writes the JSON Schemas of the repository: `cargo run -p rubrica-core --features schema --example schema`.

#![allow(clippy::disallowed_methods, reason = "a tool beside the engine: it writes files")]

use rubrica_core::schema;
use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace");
    for (path, schema) in [
        ("rubrics/rubrica-1.schema.json", schema::rubric()),
        ("rubrics/rubrica-lexicon-1.schema.json", schema::lexicon()),
        ("docs/evaluation-1.schema.json", schema::evaluation()),
    ] {
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("every schema lies in a folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}
