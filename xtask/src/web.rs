//! Builds the browser app: one folder of static files.
//!
//! wasm-bindgen runs here as a library, so that its version is the one in `Cargo.lock` and nothing has to be installed
//! by hand. `wasm-opt` is used where `npm ci --prefix web` has put it; the app works the same without.

use crate::{Outcome, rubrics};
use rubrica_core::rubric::source::RubricSource;
use rubrica_core::{Document, RubricSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// The programs of the crate `rubrica-web`, and what they are called in the app.
const PROGRAMS: [(&str, &str); 2] = [("rubrica-web", "rubrica"), ("rubrica-drafts", "drafts")];

/// How the app is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Cargo's `dev`: quick to build.
    Dev,
    /// The profile `web` of the workspace: small.
    Web,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::Web => "web",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Web => "web",
        }
    }
}

/// Where the built app lies.
pub fn dist() -> PathBuf {
    crate::root().join("web/dist")
}

pub fn build(profile: Profile) -> Outcome {
    let documents = rubrics::read()?;
    let set = RubricSet::compile(&documents)?;
    let compiled = compile(profile)?;

    let dist = dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    fs::create_dir_all(&dist)?;
    let optimiser = if profile == Profile::Web { optimiser() } else { None };
    for (program, name) in PROGRAMS {
        Bindgen::new()
            .input_path(compiled.join(program).with_extension("wasm"))
            .web(true)?
            .typescript(false)
            // The optimiser orders functions by their names before it drops those.
            .remove_name_section(profile == Profile::Web && optimiser.is_none())
            .out_name(name)
            .generate(&dist)
            .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
        if let Some(optimiser) = &optimiser {
            optimise(optimiser, &dist.join(format!("{name}_bg.wasm")))?;
        }
    }
    let (rubrics, examples) = bundles(&documents, &set)?;
    fs::write(dist.join("rubrics.txt"), rubrics)?;
    fs::write(dist.join("examples.txt"), examples)?;
    fs::write(dist.join("questions.json"), catalogue(&set)?)?;
    copy_static(&dist)?;
    write_service_worker(&dist)?;
    println!("{}: {} rubric and lexicon files", dist.display(), documents.len());
    Ok(())
}

/// Compiles the crate `rubrica-web` and returns the folder of its WebAssembly modules.
fn compile(profile: Profile) -> Outcome<PathBuf> {
    // Quick where the target is there already. Without rustup, the compiler itself says what is missing.
    drop(Command::new("rustup").current_dir(crate::root()).args(["--quiet", "target", "add", TARGET]).status());
    let target_folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::root().join("target"), PathBuf::from);
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(crate::root())
        .args(["build", "--package", "rubrica-web", "--target", TARGET, "--profile", profile.name(), "--locked"])
        .arg("--target-dir")
        .arg(&target_folder)
        // Flags meant for the machine that builds would reach the WebAssembly compiler.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .status()?;
    if !status.success() {
        return Err(format!("the app does not compile; if `core` is missing: rustup target add {TARGET}").into());
    }
    Ok(target_folder.join(TARGET).join(profile.folder()))
}

/// `wasm-opt`, where it is installed.
fn optimiser() -> Option<PathBuf> {
    let path = crate::root().join("web/node_modules/.bin/wasm-opt");
    if path.exists() {
        return Some(path);
    }
    println!("note: without wasm-opt the program is larger; `npm ci --prefix web` installs it");
    None
}

fn optimise(wasm_opt: &Path, wasm: &Path) -> Outcome {
    // What every browser with module workers understands, and no more.
    let features = [
        "bulk-memory",
        "bulk-memory-opt",
        "multivalue",
        "mutable-globals",
        "nontrapping-float-to-int",
        "reference-types",
        "sign-ext",
    ];
    let features = features.map(|feature| format!("--enable-{feature}"));
    // The compiler has inlined what is worth it. More of it repeats code, which compresses worse.
    let inlining = ["always-inline", "one-caller-inline", "flexible-inline"];
    let inlining = inlining.map(|kind| format!("--{kind}-max-function-size=0"));
    let status = Command::new(wasm_opt)
        .arg("-Oz")
        .args(inlining)
        // Copies of one generic function side by side compress better.
        .arg("--reorder-functions-by-name")
        .args(features)
        .arg(wasm)
        .arg("-o")
        .arg(wasm)
        .status()?;
    if status.success() { Ok(()) } else { Err("wasm-opt failed".into()) }
}

/// All documents in two files, as `fetch_bundle` in `web/src/worker.rs` reads them. The worker marks by the first; the
/// second holds the examples at the end of each rubric, to be appended when somebody opens it in the workshop.
fn bundles(documents: &[Document], set: &RubricSet) -> Outcome<(String, String)> {
    let (mut heads, mut examples) = (Vec::new(), Vec::new());
    for Document { name, text } in documents {
        let cut = text.find("\n[[examples]]\n").map_or(text.len(), |at| at + 1);
        let (head, tail) = text.split_at(cut);
        heads.push(Document { name: name.clone(), text: head.to_owned() });
        examples.push(Document { name: name.clone(), text: tail.to_owned() });
    }
    let compiled = RubricSet::compile(&heads)?;
    for (whole, head) in set.questions().into_iter().zip(compiled.questions()) {
        if *head.source != (RubricSource { examples: Vec::new(), ..whole.source.clone() }) {
            return Err(format!("{}: the app needs the examples at the end of the file", whole.id).into());
        }
    }
    let bundle = |documents: Vec<Document>| -> String {
        documents.into_iter().map(|Document { name, text }| format!("\u{1e}{name}\n{text}")).collect()
    };
    Ok((bundle(heads), bundle(examples)))
}

/// The questions as the app lists them (`Catalogue` in `web/src/protocol.rs`), for use before the engine has started.
fn catalogue(set: &RubricSet) -> Outcome<String> {
    let mut questions: Vec<&RubricSource> = set.questions().into_iter().map(|question| question.source).collect();
    questions.sort_by_key(|rubric| (rubric.topic.clone().unwrap_or_default(), rubric.id.clone()));
    let questions: Vec<serde_json::Value> = questions
        .into_iter()
        .map(|rubric| {
            serde_json::json!({
                "id": rubric.id,
                "prompt": rubric.prompt.trim(),
                "kind": rubric.kind.unwrap_or_default(),
                "topic": rubric.topic.as_deref().unwrap_or_default(),
                "level": rubric.level.as_deref().unwrap_or_default(),
                "language": rubric.language.as_deref().unwrap_or("en"),
                "n_criteria": rubric.criteria.len(),
            })
        })
        .collect();
    Ok(serde_json::to_string(&serde_json::json!({ "questions": questions }))?)
}

fn copy_static(dist: &Path) -> Outcome {
    for entry in fs::read_dir(crate::root().join("web/static"))? {
        let path = entry?.path();
        fs::copy(&path, dist.join(path.file_name().expect("a file of a folder has a name")))?;
    }
    fs::copy(crate::root().join("examples/answers.csv"), dist.join("sample.csv"))?;
    Ok(())
}

/// Completes `sw.js` with the files to keep for offline use and a version that changes with any of their bytes.
fn write_service_worker(dist: &Path) -> Outcome {
    let path = dist.join("sw.js");
    let template = fs::read_to_string(&path)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{name:?} is not UTF-8"))?;
        if name != "sw.js" {
            names.push(name);
        }
    }
    names.sort();
    let mut version = Fnv1a::default();
    version.add(template.as_bytes());
    for name in &names {
        version.add(name.as_bytes());
        version.add(&fs::read(dist.join(name))?);
    }
    let complete = template
        .replace("__VERSION__", &format!("{:016x}", version.0))
        .replace("[\"__FILES__\"]", &serde_json::to_string(&names)?);
    fs::write(path, complete)?;
    Ok(())
}

/// Tells builds apart; nobody gains from a collision.
struct Fnv1a(u64);

impl Default for Fnv1a {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a {
    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
