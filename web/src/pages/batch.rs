//! Many answers at once: a file in, a table out. The worker marks in small portions, so that nothing stands still.

mod results;

use crate::batch::{Table, TableReader};
use crate::browser::{now, read_file};
use crate::context::use_app;
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::parts::file_picker;
use gloo::timers::callback::Timeout;
use results::{JobProps, Results, View};
use rubrica_rows::{NoText, ReadError};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// Answers marked by one call of the engine: short enough to cancel at once, long enough to be worth a message.
const PORTION: usize = 20;
/// Rows read from a file before the page gets its turn.
const ROWS_AT_ONCE: usize = 250;
/// How often the page shows how far the work is.
const NEWS_MS: u64 = 150;

/// A file to try the page with.
const SAMPLE: &[u8] = include_bytes!("../../../examples/answers.csv");

/// A file under way. The table is shared with the worker's replies, `n_done` says how far they are.
#[derive(Clone)]
struct Job {
    name: String,
    table: Rc<RefCell<Table>>,
    n_done: usize,
    is_cancelled: Rc<Cell<bool>>,
    /// When the page was last told.
    told: u64,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Whether this is the page to see. While another one is, the work goes on and the table stays.
    pub is_shown: bool,
}

#[component]
pub fn Batch(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let job = use_state(|| None::<Job>);
    let problem = use_state(String::new);
    let is_over = use_state(|| false);
    let view = use_state(View::default);
    let running = use_mut_ref(|| None::<Rc<Cell<bool>>>);

    let open = {
        let (engine, job, problem, view) = (app.engine.clone(), job.setter(), problem.setter(), view.setter());
        let catalogue = app.store.ready().cloned();
        Callback::from(move |(name, file): (String, Vec<u8>)| {
            if let Some(before) = running.borrow_mut().take() {
                before.set(true);
            }
            view.set(View::default());
            problem.set(String::new());
            job.set(None);
            let is_cancelled = Rc::<Cell<bool>>::default();
            *running.borrow_mut() = Some(Rc::clone(&is_cancelled));
            let (engine, job, problem) = (engine.clone(), job.clone(), problem.clone());
            let read = {
                let (name, is_cancelled) = (name.clone(), Rc::clone(&is_cancelled));
                move |table: Result<Table, ReadError>| match table {
                    Ok(table) if table.rows.is_empty() => problem.set(t.fill("batch.empty", &[("name", &name)])),
                    Ok(table) => {
                        let table = Rc::new(RefCell::new(table));
                        let started = Job { name, table, n_done: 0, is_cancelled, told: now() };
                        job.set(Some(started.clone()));
                        mark_from(engine, started, Callback::from(move |state| job.set(Some(state))));
                    }
                    Err(error) => problem.set(describe(t, &name, &error)),
                }
            };
            let cards = catalogue.iter().flat_map(|catalogue| &catalogue.questions);
            match TableReader::new(&name, file, cards.map(|card| card.id.clone()).collect()) {
                Ok(reader) => read_on(reader, is_cancelled, read),
                Err(error) => read(Err(error)),
            }
        })
    };
    if !props.is_shown {
        return Html::default();
    }
    let on_file = {
        let open = open.clone();
        Callback::from(move |file| {
            let open = open.clone();
            read_file(file, move |name, file| open.emit((name, file)));
        })
    };
    let on_drop = {
        let (on_file, is_over) = (on_file.clone(), is_over.setter());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            if let Some(file) = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)) {
                on_file.emit(file);
            }
        })
    };
    let on_drag = {
        let is_over = is_over.setter();
        move |event: DragEvent| {
            event.prevent_default();
            is_over.set(true);
        }
    };
    let on_leave = {
        let is_over = is_over.setter();
        move |_: DragEvent| is_over.set(false)
    };
    let on_sample = move |_| open.emit(("sample.csv".to_owned(), SAMPLE.to_vec()));
    let example = app.store.ready().and_then(|catalogue| catalogue.questions.first()).map(|card| card.id.clone());
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.batch") }</h1>
            <p class="lead">{ t.say("batch.lead") }</p>
            <div class={classes!("drop", is_over.then_some("over"))} ondrop={on_drop} ondragover={on_drag} ondragleave={on_leave}>
                <p>{ t.say("batch.drop") }</p>
                { file_picker("batch-file", t.say("batch.open"), ".csv,.tsv,.jsonl,.ndjson,.json", on_file) }
                <button type="button" class="quiet" onclick={on_sample}>{ t.say("batch.sample") }</button>
            </div>
            <details class="format">
                <summary>{ t.say("batch.format") }</summary>
                <p>{ t.say("batch.format-help") }</p>
                <pre tabindex="0">{ format!("question_id,answer_id,answer\n{},a1,\"…\"\n", example.unwrap_or_default()) }</pre>
            </details>
            if !problem.is_empty() {
                <p class="notice bad" role="alert">{ (*problem).clone() }</p>
            }
            if let Some(state) = (*job).clone() {
                <Results job={JobProps(state)} view={(*view).clone()} on_view={
                    let view = view.setter();
                    Callback::from(move |changed| view.set(changed))
                } />
            }
        </>
    }
}

/// Reads some rows, and the rest after the page has had its turn.
fn read_on(
    mut reader: TableReader,
    is_cancelled: Rc<Cell<bool>>,
    then: impl FnOnce(Result<Table, ReadError>) + 'static,
) {
    match reader.read(ROWS_AT_ONCE) {
        Ok(true) => {
            let rest = move || {
                if !is_cancelled.get() {
                    read_on(reader, is_cancelled, then);
                }
            };
            Timeout::new(0, rest).forget();
        }
        Ok(false) => then(Ok(reader.finish())),
        Err(error) => then(Err(error)),
    }
}

/// Marks the next portion, and then the rest.
fn mark_from(engine: Engine, job: Job, on_progress: Callback<Job>) {
    let n_rows = job.table.borrow().rows.len();
    if job.n_done >= n_rows || job.is_cancelled.get() {
        return;
    }
    let end = (job.n_done + PORTION).min(n_rows);
    let lines = job.table.borrow().requests(job.n_done..end);
    engine.clone().lines(lines, false, move |replies| {
        job.table.borrow_mut().record(job.n_done..end, &replies);
        let mut job = Job { n_done: end, ..job };
        if end == n_rows || job.is_cancelled.get() || now() >= job.told + NEWS_MS {
            job.told = now();
            on_progress.emit(job.clone());
        }
        mark_from(engine, job, on_progress);
    });
}

fn describe(t: &'static Texts, name: &str, error: &ReadError) -> String {
    match error {
        ReadError::Empty => t.fill("batch.empty", &[("name", name)]),
        ReadError::NoText(NoText::Utf16) => t.fill("batch.utf-16", &[("name", name)]),
        ReadError::NoText(NoText::Gzip | NoText::Zip) => t.fill("batch.packed", &[("name", name)]),
        ReadError::OpenQuote(line) => t.fill("batch.open-quote", &[("name", name), ("line", &line.to_string())]),
        ReadError::MissingColumn { name: column, present, .. } => {
            let present = present.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
            t.fill("batch.missing-column", &[("name", name), ("column", column), ("present", &present)])
        }
        ReadError::DoubleColumn(column) => t.fill("batch.double-column", &[("name", name), ("column", column)]),
        ReadError::NoJsonLines(reason) => t.fill("batch.malformed", &[("name", name), ("reason", reason)]),
        ReadError::Io(error) => t.fill("batch.malformed", &[("name", name), ("reason", &error.to_string())]),
    }
}
