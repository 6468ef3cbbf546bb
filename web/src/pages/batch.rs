//! Many answers at once: a file in, a table out. The worker marks in small portions, so that nothing stands still.

use crate::batch::{Column, Entry, Filter, Order, State, Table, TableReader};
use crate::browser::{blob, focus, now, read_file, save_file, save_parts};
use crate::context::use_app;
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::parts::{Outcome, band_chip, file_picker};
use crate::protocol::QuestionDetail;
use crate::statistics::BANDS;
use gloo::timers::callback::Timeout;
use rubrica_core::wire::Evaluation;
use rubrica_rows::{ReadError, RowError};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Answers marked by one call of the engine: short enough to cancel at once, long enough to be worth a message.
const PORTION: usize = 20;
/// Rows read from a file before the page gets its turn.
const ROWS_AT_ONCE: usize = 250;
/// How often the page shows how far the work is.
const NEWS_MS: u64 = 150;
/// Rows on one page of the table.
const PAGE: usize = 50;

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

#[component]
pub fn Batch() -> Html {
    let app = use_app();
    let t = app.t;
    let job = use_state(|| None::<Job>);
    let problem = use_state(String::new);
    let is_over = use_state(|| false);
    let selected = use_state(|| None::<usize>);

    // Leaving the page ends the work.
    let running = use_mut_ref(|| None::<Rc<Cell<bool>>>);
    use_effect_with((), {
        let running = Rc::clone(&running);
        move |()| {
            move || {
                if let Some(is_cancelled) = running.borrow().as_ref() {
                    is_cancelled.set(true);
                }
            }
        }
    });

    let open = {
        let (engine, job, problem, selected) = (app.engine.clone(), job.setter(), problem.setter(), selected.setter());
        let catalogue = app.store.ready().cloned();
        Callback::from(move |(name, file): (String, Vec<u8>)| {
            if let Some(before) = running.borrow_mut().take() {
                before.set(true);
            }
            selected.set(None);
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
                <Results job={JobProps(state)} selected={*selected} on_select={
                    let selected = selected.setter();
                    Callback::from(move |row| selected.set(row))
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
        ReadError::Utf16 => t.fill("batch.utf-16", &[("name", name)]),
        ReadError::OpenQuote(line) => t.fill("batch.open-quote", &[("name", name), ("line", &line.to_string())]),
        ReadError::MissingColumn { name: column, .. } => {
            t.fill("batch.missing-column", &[("name", name), ("column", column)])
        }
        ReadError::DoubleColumn(column) => t.fill("batch.double-column", &[("name", name), ("column", column)]),
        ReadError::NoJsonLines(reason) => t.fill("batch.malformed", &[("name", name), ("reason", reason)]),
        ReadError::Io(error) => t.fill("batch.malformed", &[("name", name), ("reason", &error.to_string())]),
    }
}

/// What failed in the language of the page, and the details, which are English.
fn failure(t: &'static Texts, error: &RowError) -> Html {
    let language = (t.code != "en").then_some("en");
    html! {
        <span class="problem">
            { t.name("row-error", &error.code) }{ ": " }<span lang={language}>{ error.message.clone() }</span>
        </span>
    }
}

/// A job as a property: another number of marked rows is another job.
#[derive(Clone)]
struct JobProps(Job);

impl PartialEq for JobProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0.table, &other.0.table) && self.0.n_done == other.0.n_done
    }
}

#[derive(Properties, PartialEq)]
struct ResultsProps {
    job: JobProps,
    selected: Option<usize>,
    on_select: Callback<Option<usize>>,
}

#[component]
fn Results(props: &ResultsProps) -> Html {
    let app = use_app();
    let t = app.t;
    let job = &props.job.0;
    let filter = use_state(Filter::default);
    let order = use_state(Order::default);
    let page = use_state(|| 0_usize);
    let cancelled = use_state(|| false);
    let table = job.table.borrow();
    let n_rows = table.rows.len();
    let is_done = job.n_done >= n_rows;
    let view = table.view(&filter, *order);
    let n_pages = view.len().div_ceil(PAGE).max(1);
    let current = (*page).min(n_pages - 1);
    let n_review = table
        .rows
        .iter()
        .filter(|row| match &row.state {
            State::Marked(summary) => summary.review,
            State::Failed(_) => true,
            State::Waiting => false,
        })
        .count();
    let on_cancel = {
        let (is_cancelled, cancelled) = (Rc::clone(&job.is_cancelled), cancelled.setter());
        move |_| {
            is_cancelled.set(true);
            cancelled.set(true);
        }
    };
    let on_csv = {
        let (table, name) = (Rc::clone(&job.table), job.name.clone());
        move |_| report(save_file(&scores_name(&name, "csv"), "text/csv", &table.borrow().to_csv()))
    };
    let on_json = {
        let (engine, table, name) = (app.engine.clone(), Rc::clone(&job.table), scores_name(&job.name, "jsonl"));
        move |_| evaluations(engine.clone(), Rc::clone(&table), name.clone(), Vec::new())
    };
    let change = |change: fn(&mut Filter, &Event)| {
        let (filter, page) = (filter.clone(), page.setter());
        Callback::from(move |event: Event| {
            let mut changed = (*filter).clone();
            change(&mut changed, &event);
            filter.set(changed);
            page.set(0);
        })
    };
    let on_words = {
        let on = change(|filter, event| filter.words = input(event).map(|input| input.value()).unwrap_or_default());
        move |event: InputEvent| on.emit(event.unchecked_into())
    };
    let heading = |column: Column, label: &'static str| {
        let is_current = order.by == column;
        let sort = match (is_current, order.is_descending) {
            (false, _) => None,
            (true, false) => Some("ascending"),
            (true, true) => Some("descending"),
        };
        let order = order.clone();
        let onclick = move |_| {
            let is_descending = order.by == column && !order.is_descending;
            order.set(Order { by: column, is_descending });
        };
        html! { <th scope="col" aria-sort={sort}><button type="button" class="sort" {onclick}>{ label }</button></th> }
    };
    let turn = |by: isize, label: &'static str, is_possible: bool| {
        let page = page.clone();
        let onclick = move |_| page.set(current.saturating_add_signed(by));
        html! { <button type="button" {onclick} disabled={!is_possible}>{ label }</button> }
    };
    let n_done = job.n_done.to_string();
    html! {
        <section aria-labelledby="results-title" class="results">
            <h2 id="results-title">{ job.name.clone() }</h2>
            <div class="batch-progress">
                <progress max={n_rows.max(1).to_string()} value={n_done.clone()} aria-labelledby="batch-state" />
                <p id="batch-state" role="status">{
                    if is_done { t.fill("batch.done", &[("n", &n_done), ("review", &n_review.to_string())]) }
                    else if *cancelled { t.fill("batch.cancelled", &[("n", &n_done), ("all", &n_rows.to_string())]) }
                    else { t.fill("batch.running", &[("n", &n_done), ("all", &n_rows.to_string())]) }
                }</p>
                if !is_done && !*cancelled {
                    <button type="button" onclick={on_cancel}>{ t.say("batch.cancel") }</button>
                }
                <button type="button" class="primary" onclick={on_csv}>{ t.say("batch.csv") }</button>
                <button type="button" onclick={on_json}>{ t.say("batch.jsonl") }</button>
            </div>
            <form class="filters" role="search" onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <div class="field wide">
                    <label for="batch-words">{ t.say("filter.words") }</label>
                    <input id="batch-words" type="search" value={filter.words.clone()} oninput={on_words} />
                </div>
                <div class="field">
                    <label for="batch-band">{ t.say("batch.band") }</label>
                    <select id="batch-band" onchange={change(|filter, event| {
                        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
                        filter.band = select.map(|select| select.value()).unwrap_or_default();
                    })}>
                        <option value="" selected={filter.band.is_empty()}>{ t.say("filter.all") }</option>
                        { for BANDS.iter().map(|band| html! {
                            <option value={*band} selected={filter.band == *band}>{ t.name("band", band) }</option>
                        }) }
                    </select>
                </div>
                <label class="check">
                    <input type="checkbox" checked={filter.only_review} onchange={change(|filter, event| {
                        filter.only_review = input(event).is_some_and(|input| input.checked());
                    })} />
                    { t.say("batch.only-review") }
                </label>
            </form>
            <p class="count" role="status">{ t.fill("batch.found", &[("n", &view.len().to_string()), ("all", &n_rows.to_string())]) }</p>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="results-title">
                <table class="answers">
                    <thead><tr>
                        { heading(Column::Position, t.say("batch.row")) }
                        { heading(Column::Question, t.say("batch.question")) }
                        <th scope="col">{ t.say("batch.answer") }</th>
                        { heading(Column::Score, t.say("batch.score")) }
                        <th scope="col">{ t.say("batch.band") }</th>
                        { heading(Column::Sureness, t.say("batch.sureness")) }
                    </tr></thead>
                    <tbody>
                        { for view.iter().skip(current * PAGE).take(PAGE).map(|&index| {
                            row(t, &table, index, props.selected == Some(index), &props.on_select)
                        }) }
                        if view.is_empty() {
                            <tr><td colspan="6" class="nothing">{ t.say("batch.nothing") }</td></tr>
                        }
                    </tbody>
                </table>
            </div>
            if n_pages > 1 {
                <nav class="pager" aria-label={t.say("batch.pages")}>
                    { turn(-1, t.say("batch.previous"), current > 0) }
                    <span>{ t.fill("batch.page", &[("n", &(current + 1).to_string()), ("all", &n_pages.to_string())]) }</span>
                    { turn(1, t.say("batch.next"), current + 1 < n_pages) }
                </nav>
            }
        </section>
    }
}

fn input(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Saves whole evaluations as JSON Lines. They are long, so they come in portions like everything else.
fn evaluations(engine: Engine, table: Rc<RefCell<Table>>, name: String, mut done: Vec<Blob>) {
    let n_rows = table.borrow().rows.len();
    let begin = done.len() * PORTION;
    if begin >= n_rows {
        return report(save_parts(&name, "application/jsonl", &done));
    }
    let rows = begin..(begin + PORTION).min(n_rows);
    let lines = table.borrow().requests(rows.clone());
    engine.clone().lines(lines, true, move |replies| {
        let part = blob(&table.borrow().evaluations(rows, &replies));
        match part {
            Ok(part) => {
                done.push(part);
                evaluations(engine, table, name, done);
            }
            Err(error) => report(Err(error)),
        }
    });
}

fn report(outcome: Result<(), JsValue>) {
    if let Err(error) = outcome {
        web_sys::console::error_1(&error);
    }
}

/// `answers.csv` gives `answers-scores.csv`.
fn scores_name(name: &str, ending: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}-scores.{ending}")
}

fn row(t: &'static Texts, table: &Table, index: usize, is_selected: bool, on_select: &Callback<Option<usize>>) -> Html {
    let entry = &table.rows[index];
    let Entry { row, rubric_id, state } = entry;
    let on_select = on_select.clone();
    let onclick = {
        let on_select = on_select.clone();
        move |_| on_select.emit((!is_selected).then_some(index))
    };
    let on_close = Callback::from(move |()| {
        on_select.emit(None);
        focus(&row_id(index));
    });
    let (score, band, sureness) = match state {
        State::Marked(summary) => (
            format!("{} / {}", t.number(summary.points), t.number(summary.max_points)),
            html! { { band_chip(t, &summary.band) } },
            html! {
                <>
                    { format!("{:.0} %", summary.sureness * 100.0) }
                    if summary.review { { " " }<span class="chip">{ t.say("batch.review") }</span> }
                </>
            },
        ),
        State::Failed(error) => (String::new(), failure(t, error), Html::default()),
        State::Waiting => ("…".to_owned(), Html::default(), Html::default()),
    };
    html! {
        <key={index}>
        <tr class={is_selected.then_some("selected")}>
            <td class="number">{ index + 1 }</td>
            <td>{ row.question_id.clone() }</td>
            <td class="answer-cell">
                <button type="button" id={row_id(index)} class="open-row" aria-expanded={is_selected.to_string()} {onclick}>{ start_of(entry.answer()) }</button>
            </td>
            <td class="number">{ score }</td>
            <td>{ band }</td>
            <td class="number">{ sureness }</td>
        </tr>
        if is_selected {
            <tr class="detail"><td colspan="6">
                <AnswerDetail key={index} number={index + 1} question={rubric_id.clone()}
                    answer={entry.answer().to_owned()} {on_close} />
            </td></tr>
        }
        </>
    }
}

/// Id of the button that opens a row.
fn row_id(index: usize) -> String {
    format!("row-{index}")
}

/// As much of an answer as a table row has room for.
fn start_of(answer: &str) -> String {
    const MOST: usize = 90;
    let text: String = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.is_empty() => "–".to_owned(),
        None => text,
    }
}

#[derive(Properties, PartialEq)]
struct AnswerDetailProps {
    number: usize,
    question: String,
    answer: String,
    on_close: Callback<()>,
}

#[component]
fn AnswerDetail(props: &AnswerDetailProps) -> Html {
    let app = use_app();
    let t = app.t;
    let found = use_state(|| None::<(Rc<QuestionDetail>, Rc<Evaluation>)>);
    use_effect_with((props.question.clone(), props.answer.clone()), {
        let (engine, found) = (app.engine.clone(), found.setter());
        move |(question, answer)| {
            let (again, asked, answer) = (engine.clone(), question.clone(), answer.clone());
            engine.question(question, move |detail| {
                let Some(detail) = detail.map(Rc::new) else { return };
                again.evaluate(&asked, &answer, move |reply| {
                    found.set(reply.value.map(|evaluation| (detail, Rc::new(evaluation))));
                });
            });
        }
    });
    use_effect_with(found.is_some(), |is_there| {
        if *is_there {
            focus("row-title");
        }
    });
    html! {
        <section class="row-detail" aria-labelledby="row-title">
            <div class="row-detail-head">
                <h2 id="row-title" tabindex="-1">{ t.fill("batch.detail", &[("n", &props.number.to_string())]) }</h2>
                <button type="button" class="quiet" onclick={let on_close = props.on_close.clone(); move |_| on_close.emit(())}>
                    { t.say("batch.close") }
                </button>
            </div>
            if let Some((detail, evaluation)) = (*found).clone() {
                <p class="prompt" lang={detail.card.language.clone()}>{ detail.card.prompt.clone() }</p>
                <Outcome {detail} {evaluation} answer={Rc::<str>::from(props.answer.as_str())} prefix="row-outcome" open=true />
            } else {
                <p class="earlier-answer">{ props.answer.clone() }</p>
            }
        </section>
    }
}
