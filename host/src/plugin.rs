//! The marking plugin under Wasmtime: loading, limits, and what becomes of a trap.
//!
//! A [`Plugin`] is compiled once and shared; an [`Instance`] belongs to one thread. After a [`Failure`] an instance is
//! dead: its caller drops it and takes a fresh one, which costs microseconds (loading the rubrics again costs more).

use std::fmt;
use std::path::Path;
use std::thread;
use std::time::Duration;
use wasmtime::component::{Component, Linker, ResourceAny};
use wasmtime::{Cache, CacheConfig, Config, Engine, ResourceLimiter, Store, Trap};

mod bindings {
    wasmtime::component::bindgen!({ path: "../wasm/wit/0.1.0", world: "grader" });
}

use bindings::GraderPre;
use bindings::exports::rubrica::grader::grading;
pub use grading::{Detail, Diagnostic, Document, Matcher, NearMiss, Question, Severity};

/// The plugin that the command carries inside.
pub static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/rubrica.component.wasm"));

/// How often the clock of the deadlines ticks, and so how exact they are.
const TICK: Duration = Duration::from_millis(10);

/// Rubrics are loaded once for thousands of answers, so loading them may take longer than an answer.
const LOADING_DEADLINE: Duration = Duration::from_secs(60);

/// What one call into the plugin may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of linear memory of one instance.
    pub memory: u64,
    /// For evaluating one answer. Zero fails every answer.
    pub deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 512 << 20, deadline: Duration::from_secs(10) }
    }
}

/// Why a call into the plugin ended without a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It took longer than this.
    Deadline(Duration),
    /// It wanted more than this many bytes.
    Memory(u64),
    /// A bug of the plugin, in Wasmtime's words.
    Trap(String),
    /// The plugin answered in a shape that it must not have.
    Protocol(String),
}

impl Failure {
    /// Stable code of the error, as written into results.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Deadline(_) => "deadline",
            Self::Memory(_) => "memory-limit",
            Self::Trap(_) => "plugin-trap",
            Self::Protocol(_) => "plugin-protocol",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deadline(limit) => write!(f, "the plugin took longer than the deadline of {limit:?}"),
            Self::Memory(limit) if *limit < 1 << 20 => {
                write!(f, "the plugin needed more than the memory limit of {limit} bytes")
            }
            Self::Memory(limit) => {
                write!(f, "the plugin needed more than the memory limit of {} MiB", *limit as f64 / f64::from(1 << 20))
            }
            Self::Trap(reason) => write!(f, "the plugin broke down: {reason}"),
            Self::Protocol(what) => write!(f, "the plugin answered wrongly: {what}"),
        }
    }
}

/// A compiled component, ready to be instantiated.
pub struct Plugin {
    engine: Engine,
    component: Component,
    grader: GraderPre<Guard>,
}

impl Plugin {
    /// The plugin inside the command.
    ///
    /// # Errors
    /// When Wasmtime does not support this machine.
    pub fn embedded() -> wasmtime::Result<Self> {
        Self::compile(EMBEDDED)
    }

    /// Another component.
    ///
    /// # Errors
    /// When the file cannot be read, is no component, wants imports, or does not export `rubrica:grader/grading`.
    pub fn from_file(path: &Path) -> wasmtime::Result<Self> {
        Self::compile(&std::fs::read(path)?)
    }

    fn compile(bytes: &[u8]) -> wasmtime::Result<Self> {
        let mut config = Config::new();
        config.epoch_interruption(true);
        // Compiling takes a second, so machine code is kept between runs. Where there is no place to keep it, it is not.
        config.cache(Cache::new(CacheConfig::new()).ok());
        let engine = Engine::new(&config)?;
        let component = Component::new(&engine, bytes)?;
        // An empty linker: a component that imports anything is refused here.
        let grader = GraderPre::new(Linker::new(&engine).instantiate_pre(&component)?)?;
        tick(&engine);
        Ok(Self { engine, component, grader })
    }

    /// Names of what the component imports. The plugin inside the command imports nothing.
    pub fn imports(&self) -> Vec<String> {
        self.component.component_type().imports(&self.engine).map(|(name, _)| name.to_owned()).collect()
    }

    /// A fresh instance without rubrics.
    ///
    /// # Errors
    /// When the memory limit is below what the plugin starts with.
    pub fn instance(&self, limits: Limits) -> Result<Instance, Failure> {
        let mut store = Store::new(&self.engine, Guard { memory: limits.memory, exceeded: false });
        store.limiter(|guard| guard);
        store.set_epoch_deadline(ticks(LOADING_DEADLINE));
        let grader = self.grader.instantiate(&mut store).map_err(|error| failure(&store, LOADING_DEADLINE, &error))?;
        Ok(Instance { store, grader, set: None, deadline: limits.deadline })
    }
}

/// Advances the engine's epoch from a thread of its own, for as long as the engine lives.
fn tick(engine: &Engine) {
    let engine = engine.weak();
    thread::spawn(move || {
        while let Some(engine) = engine.upgrade() {
            engine.increment_epoch();
            drop(engine);
            thread::sleep(TICK);
        }
    });
}

/// Epochs until a deadline has surely passed; the running one may be nearly over.
fn ticks(deadline: Duration) -> u64 {
    if deadline.is_zero() {
        return 0;
    }
    u64::try_from(deadline.as_millis().div_ceil(TICK.as_millis())).unwrap_or(u64::MAX >> 1).min(u64::MAX >> 1) + 1
}

/// Refuses memory beyond the limit and remembers that it did: the guest sees a failed allocation and traps somewhere.
struct Guard {
    memory: u64,
    exceeded: bool,
}

impl ResourceLimiter for Guard {
    fn memory_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.exceeded |= desired as u64 > self.memory;
        Ok(!self.exceeded)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= 100_000)
    }
}

fn failure(store: &Store<Guard>, deadline: Duration, error: &wasmtime::Error) -> Failure {
    if store.data().exceeded {
        return Failure::Memory(store.data().memory);
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => Failure::Deadline(deadline),
        Some(trap) => Failure::Trap(trap.to_string()),
        None => Failure::Trap(error.root_cause().to_string()),
    }
}

/// A running plugin with at most one set of rubrics.
pub struct Instance {
    store: Store<Guard>,
    grader: bindings::Grader,
    set: Option<ResourceAny>,
    deadline: Duration,
}

impl Instance {
    /// Compiles rubrics for the calls that follow.
    ///
    /// # Errors
    /// The outer result fails when the plugin does; the inner one holds every problem of the documents.
    pub fn load(&mut self, documents: &[Document]) -> Result<Result<(), Vec<Diagnostic>>, Failure> {
        self.call(LOADING_DEADLINE, |instance| {
            let sets = instance.grader.rubrica_grader_grading().rubric_set();
            Ok(match sets.call_load(&mut instance.store, documents)? {
                Ok(set) => {
                    instance.set = Some(set);
                    Ok(())
                }
                Err(diagnostics) => Err(diagnostics),
            })
        })
    }

    /// The loaded questions, ordered by id.
    ///
    /// # Errors
    /// When the plugin fails.
    pub fn questions(&mut self) -> Result<Vec<Question>, Failure> {
        self.call(LOADING_DEADLINE, |instance| {
            let set = instance.loaded();
            instance.grader.rubrica_grader_grading().rubric_set().call_questions(&mut instance.store, set)
        })
    }

    /// JSON of one evaluation; `None` for an unknown question.
    ///
    /// # Errors
    /// When the plugin fails.
    pub fn evaluate_json(&mut self, question_id: &str, answer: &str) -> Result<Option<String>, Failure> {
        self.call(self.deadline, |instance| {
            let set = instance.loaded();
            let sets = instance.grader.rubrica_grader_grading().rubric_set();
            Ok(sets.call_evaluate_json(&mut instance.store, set, question_id, answer)?.ok())
        })
    }

    /// What kept criteria from their points and misconceptions from being found; `None` for an unknown question.
    ///
    /// # Errors
    /// When the plugin fails.
    pub fn near_misses(&mut self, question_id: &str, answer: &str) -> Result<Option<Vec<NearMiss>>, Failure> {
        self.call(self.deadline, |instance| {
            let set = instance.loaded();
            let sets = instance.grader.rubrica_grader_grading().rubric_set();
            Ok(sets.call_near_misses(&mut instance.store, set, question_id, answer)?.ok())
        })
    }

    /// The bulk call. The deadline holds for all lines together.
    ///
    /// # Errors
    /// When the plugin fails.
    pub fn evaluate_lines(&mut self, lines: &str, detail: Detail) -> Result<String, Failure> {
        self.call(self.deadline, |instance| {
            let set = instance.loaded();
            let sets = instance.grader.rubrica_grader_grading().rubric_set();
            sets.call_evaluate_lines(&mut instance.store, set, lines, detail)
        })
    }

    /// Report on documents, as JSON `rubrica-check/1`. Needs no loaded set.
    ///
    /// # Errors
    /// When the plugin fails.
    pub fn check(&mut self, documents: &[Document], deadline: Duration) -> Result<String, Failure> {
        self.call(deadline, |instance| {
            instance.grader.rubrica_grader_grading().call_check(&mut instance.store, documents)
        })
    }

    fn loaded(&self) -> ResourceAny {
        self.set.expect("rubrics are loaded before answers are evaluated")
    }

    fn call<T>(
        &mut self,
        deadline: Duration,
        run: impl FnOnce(&mut Self) -> wasmtime::Result<T>,
    ) -> Result<T, Failure> {
        self.store.set_epoch_deadline(ticks(deadline));
        run(self).map_err(|error| failure(&self.store, deadline, &error))
    }
}
