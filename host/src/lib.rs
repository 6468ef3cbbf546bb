//! The command `rubrica`: a Wasmtime host around the marking plugin.
//!
//! It reads and writes files, shows evaluations and keeps the plugin within its limits. **It never decides a point**:
//! every score, outcome and diagnostic comes out of the plugin.

mod batch;
mod command;
mod diagnostics;
pub mod library;
mod loading;
mod markup;
mod output;
pub mod plugin;
pub mod reading;
mod refusal;
mod report;
mod terminal;

pub use command::main;
