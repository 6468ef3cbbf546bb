//! Rubrica in the browser: practise, see why, improve. Nothing leaves the page.
//!
//! One WebAssembly module serves both threads: in the page it is the user interface, in the worker the engine. A second
//! one drafts rubrics from documents.

mod app;
mod batch;
mod browser;
mod context;
mod database;
pub mod drafts;
mod engine;
mod findings;
mod highlight;
mod i18n;
mod pages;
mod parts;
mod protocol;
mod records;
mod reflow;
mod repetition;
mod route;
mod session;
mod statistics;
mod store;
mod worker;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts the user interface in the page, the engine in a worker.
pub fn start() {
    log_panics();
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::start(scope),
        Err(_) => app::start(),
    }
}

fn log_panics() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}
