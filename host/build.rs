//! Builds what the command carries inside: the plugin as a component, and the rubrics of this repository.
//!
//! The plugin is another member of the workspace for another target, so it takes a cargo run of its own. That run has its
//! own target folder: sharing the outer one would wait for a lock that the outer cargo holds. `RUBRICA_PLUGIN=FILE` takes
//! a finished component instead.

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "plugin";

/// Settings of the outer build that must not reach the plugin's: flags and wrappers for another target.
const OUTER_SETTINGS: &[&str] = &[
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
];

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let workspace = path_variable("CARGO_MANIFEST_DIR")?.join("..");
    let out = path_variable("OUT_DIR")?;
    for input in ["rubrics", "core/Cargo.toml", "core/src", "core/data", "wasm/Cargo.toml", "wasm/src", "wasm/wit"]
        .into_iter()
        .chain(["Cargo.toml", "Cargo.lock"])
        .map(|input| workspace.join(input))
        // A path that does not exist would make every build a new one.
        .filter(|input| input.exists())
    {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=RUBRICA_PLUGIN");

    write_if_new(&out.join("rubrics.rs"), embedded_rubrics(&workspace.join("rubrics"))?.as_bytes())?;
    let component = match env::var_os("RUBRICA_PLUGIN").filter(|path| !path.is_empty()) {
        Some(path) => {
            let path = workspace.join(path);
            println!("cargo::rerun-if-changed={}", path.display());
            read(&path)?
        }
        None => encode(&out, &compile_plugin(&workspace, &out.join("plugin"))?)?,
    };
    write_if_new(&out.join("rubrica.component.wasm"), &component)
}

/// Compiles `rubrica-wasm` and returns the path of the core module.
fn compile_plugin(workspace: &Path, target_dir: &Path) -> Result<PathBuf, String> {
    ensure_target()?;
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .current_dir(workspace)
        .args(["build", "--locked", "--package", "rubrica-wasm", "--profile", PROFILE, "--target", TARGET])
        .arg("--target-dir")
        .arg(target_dir);
    for setting in OUTER_SETTINGS {
        command.env_remove(setting);
    }
    run(&mut command).map_err(|output| format!("the plugin could not be built\n\n{output}"))?;
    Ok(target_dir.join(TARGET).join(PROFILE).join("rubrica_wasm.wasm"))
}

/// Installs the standard library for the plugin's target where it is missing.
///
/// `rust-toolchain.toml` names the target, but rustup only acts on it where automatic installation is on.
fn ensure_target() -> Result<(), String> {
    if target_is_installed() {
        return Ok(());
    }
    let manual = format!("rustup target add {TARGET}");
    run(Command::new("rustup").args(["target", "add", TARGET])).map_err(|output| {
        format!(
            "the plugin is built for {TARGET}, which this Rust toolchain lacks, and installing it failed\n\n{output}\n\
             help: run `{manual}` in this folder and build again; without rustup, install the {TARGET} standard \
             library of your Rust distribution, or set RUBRICA_PLUGIN to a finished component"
        )
    })?;
    if target_is_installed() {
        return Ok(());
    }
    Err(format!(
        "`{manual}` succeeded, but this compiler still lacks {TARGET}\n\
         help: is `{}` the compiler that rustup manages?",
        rustc().display()
    ))
}

fn rustc() -> PathBuf {
    env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()).into()
}

fn target_is_installed() -> bool {
    let output = Command::new(rustc()).args(["--print", "target-libdir", "--target", TARGET]).output();
    output.is_ok_and(|output| {
        let libraries = String::from_utf8_lossy(&output.stdout);
        output.status.success() && Path::new(libraries.trim()).is_dir()
    })
}

/// Wraps the core module into a component, unless that was done for these very bytes before.
fn encode(out: &Path, module: &Path) -> Result<Vec<u8>, String> {
    let module = read(module)?;
    let (encoded_from, encoded) = (out.join("encoded-from.wasm"), out.join("encoded-to.wasm"));
    if fs::read(&encoded_from).is_ok_and(|bytes| bytes == module)
        && let Ok(component) = fs::read(&encoded)
    {
        return Ok(component);
    }
    let component = wit_component::ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(|encoder| encoder.encode())
        .map_err(|error| format!("the plugin could not be made a component: {error:#}"))?;
    write_if_new(&encoded, &component)?;
    write_if_new(&encoded_from, &module)?;
    Ok(component)
}

/// Rust source of a table of the rubric and lexicon files: (path under the repository, text).
fn embedded_rubrics(folder: &Path) -> Result<String, String> {
    let mut files = Vec::new();
    collect_toml(folder, &mut files)?;
    files.sort();
    let mut source = String::from("pub const FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file.strip_prefix(folder).expect("files were found under the folder");
        let name: Vec<_> = name.iter().map(OsStr::to_string_lossy).collect();
        let absolute = fs::canonicalize(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        writeln!(source, "    ({:?}, include_str!({:?})),", format!("rubrics/{}", name.join("/")), absolute)
            .expect("writing to a string does not fail");
    }
    source.push_str("];\n");
    Ok(source)
}

fn collect_toml(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.is_dir() {
            collect_toml(&path, files)?;
        } else if path.extension() == Some(OsStr::new("toml")) {
            files.push(path);
        }
    }
    Ok(())
}

/// Runs a command to its end; on failure returns what it printed.
fn run(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    let output = command.output().map_err(|error| format!("{shown}\n{error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{shown}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

fn path_variable(name: &str) -> Result<PathBuf, String> {
    env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {name}"))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Leaves an unchanged file untouched, so that nothing is compiled again for it.
fn write_if_new(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
