//! Many answers at once: a file in, a table out. The worker marks in small portions, so that nothing stands still.

mod results;

use crate::batch::{Table, TableReader};
use crate::browser::{fetch_text, now, read_file, window};
use crate::context::{Context, use_app};
use crate::engine::Engine;
use crate::parts::{file_picker, unusable_file};
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use results::{JobProps, Results, View};
use rubrica_rows::ReadError;
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// Answers marked by one call of the engine: short enough to cancel at once, long enough to be worth a message.
const PORTION: usize = 20;
/// Rows read from a file before the page gets its turn.
const ROWS_AT_ONCE: usize = 250;
/// How often the page shows how far the work is.
const NEWS_MS: u64 = 150;

/// A file of the build to try the page with.
const SAMPLE: &str = "sample.csv";

/// A file under way. The table is shared with the worker's replies, `n_done` says how far they are.
#[derive(Clone)]
struct Job {
    name: String,
    table: Rc<RefCell<Table>>,
    n_done: usize,
    is_cancelled: Stop,
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
    // The file that could not be read, and why.
    let problem = use_state(|| None::<(String, ReadError)>);
    let is_over = use_state_eq(|| false);
    let view = use_state(View::default);
    let desk = Desk {
        app: app.clone(),
        job: job.setter(),
        problem: problem.setter(),
        view: view.setter(),
        reading: use_mut_ref(Stop::default),
        marking: use_mut_ref(Stop::default),
    };
    let on_file = {
        let desk = desk.clone();
        Callback::from(move |file| {
            let desk = desk.clone();
            read_file(file, move |name, file| match file {
                Ok(file) => desk.open(name, file),
                Err(error) => desk.problem.set(Some((name, ReadError::Io(error)))),
            });
        })
    };
    use_effect_with(props.is_shown, {
        let (on_file, is_over) = (on_file.clone(), is_over.setter());
        move |&is_shown| listen_to_drags(is_shown.then_some(on_file), is_over)
    });
    if !props.is_shown {
        return Html::default();
    }
    let on_sample = move |_| desk.open_sample();
    let example = app.store.ready().and_then(|catalogue| catalogue.questions.first()).map(|card| card.id.clone());
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.batch") }</h1>
            <p class="lead">{ t.say("batch.lead") }</p>
            <div class={classes!("drop", is_over.then_some("over"))}>
                <p>{ t.say("batch.drop") }</p>
                { file_picker("batch-file", t.say("batch.open"), ".csv,.tsv,.jsonl,.ndjson,.json", on_file) }
                <button type="button" class="quiet" onclick={on_sample}>{ t.say("batch.sample") }</button>
            </div>
            <details class="format">
                <summary>{ t.say("batch.format") }</summary>
                <p>{ t.say("batch.format-help") }{ " " }{ t.say("batch.id-help") }</p>
                <pre tabindex="0">{ format!("question_id,answer_id,answer\n{},a1,\"…\"\n", example.unwrap_or_default()) }</pre>
            </details>
            if let Some((name, error)) = &*problem {
                <p class="notice bad" role="alert">{ unusable_file(t, name, error) }</p>
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

/// Set to end what is under way.
type Stop = Rc<Cell<bool>>;

/// What opening a file changes.
#[derive(Clone)]
struct Desk {
    app: Context,
    job: UseStateSetter<Option<Job>>,
    problem: UseStateSetter<Option<(String, ReadError)>>,
    view: UseStateSetter<View>,
    /// Of the file that is read, and of the one that is marked.
    reading: Rc<RefCell<Stop>>,
    marking: Rc<RefCell<Stop>>,
}

impl Desk {
    /// Reads a file, and then marks it.
    fn open(&self, name: String, file: Vec<u8>) {
        let is_late = instead(&self.reading);
        self.problem.set(None);
        let reader = TableReader::new(&name, file, self.app.store.ready().cloned().unwrap_or_default());
        let desk = self.clone();
        let read = move |table| desk.mark(name, table);
        match reader {
            Ok(reader) => read_on(reader, is_late, read),
            Err(error) => read(Err(error)),
        }
    }

    /// Fetches the sample, which few people ask for, and opens it.
    fn open_sample(&self) {
        let desk = self.clone();
        spawn_local(async move {
            match fetch_text(SAMPLE).await {
                Ok(text) => desk.open(SAMPLE.to_owned(), text.into_bytes()),
                Err(_) => {
                    let error = io::Error::other(desk.app.t.say("workshop.not-loaded"));
                    desk.problem.set(Some((SAMPLE.to_owned(), ReadError::Io(error))));
                }
            }
        });
    }

    /// Marks what was read. What is there stays until there is something better.
    fn mark(&self, name: String, table: Result<Table, ReadError>) {
        let table = match table {
            Ok(table) if !table.rows.is_empty() => table,
            other => return self.problem.set(Some((name, other.err().unwrap_or(ReadError::Empty)))),
        };
        let is_cancelled = instead(&self.marking);
        let table = Rc::new(RefCell::new(table));
        let started = Job { name, table, n_done: 0, is_cancelled, told: now() };
        self.view.set(View::default());
        self.job.set(Some(started.clone()));
        let (job, marking) = (self.job.clone(), Rc::clone(&self.marking));
        let on_progress = move |state: Job| {
            if Rc::ptr_eq(&state.is_cancelled, &marking.borrow()) {
                job.set(Some(state));
            }
        };
        mark_from(self.app.engine.clone(), started, Callback::from(on_progress));
    }
}

/// Ends what is under way, and returns what will end that which takes its place.
fn instead(under_way: &RefCell<Stop>) -> Stop {
    let next = Stop::default();
    under_way.replace(Rc::clone(&next)).set(true);
    next
}

/// Takes files that are dropped anywhere, for the browser would open them in place of the app. Without somebody to take
/// them they are turned away. The buttons that open files take theirs themselves.
fn listen_to_drags(on_file: Option<Callback<File>>, is_over: UseStateSetter<bool>) -> impl FnOnce() {
    let on_drag = Callback::from(move |event: DragEvent| {
        let Some(data) = event.data_transfer() else { return };
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let is_button = input.is_some_and(|input| input.files().is_some());
        if is_button || !data.types().includes(&"Files".into(), 0) {
            return;
        }
        event.prevent_default();
        is_over.set(event.type_() == "dragover");
        match &on_file {
            None => data.set_drop_effect("none"),
            Some(on_file) if event.type_() == "drop" => {
                data.files().and_then(|files| files.get(0)).into_iter().for_each(|file| on_file.emit(file));
            }
            Some(_) => {}
        }
    });
    let listeners = ["dragover", "dragleave", "drop"].map(|kind| {
        let on_drag = on_drag.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window(), kind, options, move |event| {
            on_drag.emit(event.clone().unchecked_into());
        })
    });
    move || drop(listeners)
}

/// Reads some rows, and the rest after the page has had its turn.
fn read_on(mut reader: TableReader, is_cancelled: Stop, then: impl FnOnce(Result<Table, ReadError>) + 'static) {
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
