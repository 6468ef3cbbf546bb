//! What came of a file of answers: how far it is, a table to search, and each answer in full.

use super::{Job, PORTION};
use crate::batch::{Column, Entry, Filter, Order, State, Table};
use crate::browser::{blob, document, focus, has_decimal_comma, recall, remember, save_file, save_parts, value_of};
use crate::context::{Context, use_app};
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::parts::{Remarked, about, band_chip, option, rating_chip, unreadable_row};
use crate::records::Disagreement;
use crate::statistics::BANDS;
use crate::store::Action;
use rubrica_rows::{Dialect, RowError};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;
use yew::prelude::*;

/// Rows on one page of the table.
const PAGE: usize = 50;

/// Where the browser keeps the name of the dialect for downloads.
const DIALECT_KEY: &str = "rubrica-csv";

/// Why a row has no score, in the language of the page; what the engine says of a failure is English. The id of an unknown
/// question stands in the row anyhow.
fn failure(t: &'static Texts, entry: &Entry, error: &RowError) -> Html {
    let language = (t.code != "en").then_some("en");
    html! {
        <span class="problem">
            if let Err(problem) = &entry.row.answer {
                { unreadable_row(t, problem) }
            } else {
                { t.name("row-error", &error.code) }
                if error.code != "unknown-question" { { ": " }<span lang={language}>{ error.message.clone() }</span> }
            }
        </span>
    }
}

/// A job as a property: another number of marked rows is another job.
#[derive(Clone)]
pub struct JobProps(pub Job);

impl PartialEq for JobProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0.table, &other.0.table) && self.0.n_done == other.0.n_done
    }
}

/// What of a table is to be seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    filter: Filter,
    order: Order,
    page: usize,
    /// Index of the row whose answer is open.
    selected: Option<usize>,
}

#[derive(Properties, PartialEq)]
pub struct ResultsProps {
    pub job: JobProps,
    pub view: View,
    pub on_view: Callback<View>,
}

#[component]
pub fn Results(props: &ResultsProps) -> Html {
    let app = use_app();
    let t = app.t;
    let job = &props.job.0;
    let dialect = use_state(first_dialect);
    let View { filter, order, page, .. } = &props.view;
    let table = job.table.borrow();
    let found: Rc<[usize]> = table.view(filter, *order).into();
    let n_pages = found.len().div_ceil(PAGE).max(1);
    let current = (*page).min(n_pages - 1);
    let (n_found, n_rows) = (found.len().to_string(), table.rows.len().to_string());
    // Opens a row by its place among those found, or closes the one that is open.
    let on_open = {
        let (view, on_view, found) = (props.view.clone(), props.on_view.clone(), Rc::clone(&found));
        Callback::from(move |place: Option<usize>| {
            let page = place.map_or(view.page, |place| place / PAGE);
            on_view.emit(View { page, selected: place.map(|place| found[place]), ..view.clone() });
        })
    };
    html! {
        <section aria-labelledby="results-title" class="results">
            <h2 id="results-title">{ job.name.clone() }</h2>
            { standing(&app, job) }
            { downloads(&app, job, &dialect) }
            { filters(t, props) }
            <p id="batch-found" tabindex="-1" class="count" role="status">{ t.fill("batch.found", &[("n", &n_found), ("all", &n_rows)]) }</p>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="results-title">
                <table class="answers">
                    <thead><tr>
                        { heading(props, Column::Position, t.say("batch.row")) }
                        { heading(props, Column::Question, t.say("batch.question")) }
                        <th scope="col">{ t.say("batch.answer") }</th>
                        { heading(props, Column::Score, t.say("batch.score")) }
                        <th scope="col">{ t.say("batch.band") }</th>
                        { heading(props, Column::Sureness, t.say("batch.sureness")) }
                    </tr></thead>
                    <tbody>
                        { for (0..found.len()).skip(current * PAGE).take(PAGE).map(|place| {
                            row(&app, props, &found, place, &on_open)
                        }) }
                        if found.is_empty() {
                            <tr><td colspan="6" class="nothing">{ t.say("batch.nothing") }</td></tr>
                        }
                    </tbody>
                </table>
            </div>
            { pager(t, props, current, n_pages) }
        </section>
    }
}

/// How far the work is, a way to end it, and what came of it so far.
fn standing(app: &Context, job: &Job) -> Html {
    let t = app.t;
    let table = job.table.borrow();
    let is_done = job.n_done >= table.rows.len();
    let (n_done, n_rows) = (job.n_done.to_string(), table.rows.len().to_string());
    let count = |is: fn(&State) -> bool| table.rows.iter().filter(|row| is(&row.state)).count();
    let n_marked = count(|state| matches!(state, State::Marked(_)));
    let n_failed = count(|state| matches!(state, State::Failed(_)));
    let n_review = count(|state| matches!(state, State::Marked(summary) if summary.review)).to_string();
    let is_cancelled = job.is_cancelled.get();
    let on_cancel = {
        let is_cancelled = Rc::clone(&job.is_cancelled);
        move |_| {
            is_cancelled.set(true);
            focus("batch-state");
        }
    };
    let n_rated = table.rows.iter().filter(|row| row.rating(&app.store.ratings).is_some()).count();
    html! {
        <>
        <div class="batch-progress">
            <progress max={table.rows.len().max(1).to_string()} value={n_done.clone()} aria-labelledby="batch-state" />
            <p id="batch-state" tabindex="-1" role="status">{
                if is_done { t.count("batch.done", n_marked).replace("{review}", &n_review) }
                else if is_cancelled { t.fill("batch.cancelled", &[("n", &n_done), ("all", &n_rows)]) }
                else { t.fill("batch.running", &[("n", &n_done), ("all", &n_rows)]) }
            }
            if n_failed > 0 { { " " }{ t.count("batch.failed", n_failed) } }
            if n_rated > 0 { { " " }{ t.count("batch.rated", n_rated) } }
            </p>
            if !is_done && !is_cancelled {
                <button type="button" onclick={on_cancel}>{ t.say("batch.cancel") }</button>
            }
        </div>
        if let Some(shares) = table.mean_shares(&app.store.ratings) {
            <p>{ means(t, shares, n_rated > 0) }</p>
        }
        </>
    }
}

/// The mean of the automatic scores, and beside it the one with a person's own points.
fn means(t: &'static Texts, shares: [f64; 2], is_rated: bool) -> String {
    let [points, rated] = shares.map(|share| t.number(share * 100.0));
    if is_rated {
        t.fill("batch.mean-rated", &[("percent", &points), ("rated", &rated)])
    } else {
        t.fill("batch.mean", &[("percent", &points)])
    }
}

/// What came of the answers, as files.
fn downloads(app: &Context, job: &Job, dialect: &UseStateHandle<Dialect>) -> Html {
    let t = app.t;
    let on_dialect = {
        let dialect = dialect.setter();
        move |event: Event| {
            let name = value_of(&event);
            remember(DIALECT_KEY, &name);
            dialect_of(&name).into_iter().for_each(|chosen| dialect.set(chosen));
        }
    };
    let rated = {
        let (table, ratings) = (Rc::clone(&job.table), Rc::clone(&app.store.ratings));
        move || table.borrow().rated(&ratings)
    };
    let on_csv = {
        let (rated, name, dialect) = (rated.clone(), scores_name(&job.name, "csv"), **dialect);
        move |_| report(save_file(&name, "text/csv", &rated().to_csv(dialect)))
    };
    let on_json = {
        let (engine, name) = (app.engine.clone(), scores_name(&job.name, "jsonl"));
        move |_| evaluations(engine.clone(), Rc::new(rated()), name.clone(), Vec::new())
    };
    html! {
        <div class="filters">
            <div class="field">
                <label for="batch-dialect">{ t.say("batch.dialect") }</label>
                <select id="batch-dialect" onchange={on_dialect}>
                    { for Dialect::ALL.into_iter().map(|known| option(known.name(), &t.name("dialect", known.name()), dialect.name())) }
                </select>
            </div>
            <button type="button" class="primary" onclick={on_csv}>{ t.say("batch.csv") }</button>
            <button type="button" onclick={on_json}>{ t.say("batch.jsonl") }</button>
        </div>
    }
}

fn dialect_of(name: &str) -> Option<Dialect> {
    Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)
}

/// What was chosen last, or else what Excel opens in the language of the browser.
fn first_dialect() -> Dialect {
    let usual = if has_decimal_comma() { Dialect::SEMICOLON } else { Dialect::COMMA };
    recall(DIALECT_KEY).and_then(|name| dialect_of(&name)).unwrap_or(usual)
}

/// Which rows to show. Another choice begins at the first page again.
fn filters(t: &'static Texts, props: &ResultsProps) -> Html {
    let filter = &props.view.filter;
    let change = |change: fn(&mut Filter, &Event)| {
        let (view, on_view) = (props.view.clone(), props.on_view.clone());
        Callback::from(move |event: Event| {
            let mut changed = View { page: 0, ..view.clone() };
            change(&mut changed.filter, &event);
            on_view.emit(changed);
        })
    };
    let on_words = {
        let on = change(|filter, event| filter.words = value_of(event));
        move |event: InputEvent| on.emit(event.unchecked_into())
    };
    let on_band = change(|filter, event| filter.band = value_of(event));
    let on_review = change(|filter, _| filter.only_review ^= true);
    html! {
        <form class="filters" role="search" onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <div class="field wide">
                <label for="batch-words">{ t.say("filter.words") }</label>
                <input id="batch-words" type="search" value={filter.words.clone()} oninput={on_words} />
            </div>
            <div class="field">
                <label for="batch-band">{ t.say("batch.band") }</label>
                <select id="batch-band" onchange={on_band}>
                    { option("", t.say("filter.all"), &filter.band) }
                    { for BANDS.iter().map(|band| option(band, &t.name("band", band), &filter.band)) }
                </select>
            </div>
            <label class="check">
                <input type="checkbox" checked={filter.only_review} onchange={on_review} />
                { t.say("batch.only-review") }
            </label>
        </form>
    }
}

/// The head of a column that sorts by it, and the other way round when it does already.
fn heading(props: &ResultsProps, column: Column, label: &'static str) -> Html {
    let order = props.view.order;
    let sort = match (order.by == column, order.is_descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    let (view, on_view) = (props.view.clone(), props.on_view.clone());
    let onclick = move |_| {
        let is_descending = order.by == column && !order.is_descending;
        on_view.emit(View { order: Order { by: column, is_descending }, ..view.clone() });
    };
    html! { <th scope="col" aria-sort={sort}><button type="button" class="sort" {onclick}>{ label }</button></th> }
}

/// The way through the pages of a table that has several.
fn pager(t: &'static Texts, props: &ResultsProps, current: usize, n_pages: usize) -> Html {
    if n_pages == 1 {
        return Html::default();
    }
    let turn = |by: isize, label: &'static str, is_possible: bool| {
        let (view, on_view) = (props.view.clone(), props.on_view.clone());
        let onclick = move |_| {
            on_view.emit(View { page: current.saturating_add_signed(by), ..view.clone() });
            // Another page is read from its top.
            focus("batch-found");
        };
        html! { <button type="button" {onclick} disabled={!is_possible}>{ label }</button> }
    };
    let (page_number, all) = ((current + 1).to_string(), n_pages.to_string());
    html! {
        <nav class="pager" aria-label={t.say("batch.pages")}>
            { turn(-1, t.say("batch.previous"), current > 0) }
            <span>{ t.fill("batch.page", &[("n", &page_number), ("all", &all)]) }</span>
            { turn(1, t.say("batch.next"), current + 1 < n_pages) }
        </nav>
    }
}

/// Saves whole evaluations as JSON Lines. They are long, so they come in portions like everything else.
fn evaluations(engine: Engine, table: Rc<Table>, name: String, mut done: Vec<Blob>) {
    let n_rows = table.rows.len();
    let begin = done.len() * PORTION;
    if begin >= n_rows {
        return report(save_parts(&name, "application/jsonl", &done));
    }
    let rows = begin..(begin + PORTION).min(n_rows);
    let lines = table.requests(rows.clone());
    engine.clone().lines(lines, true, move |replies| {
        let part = blob(&table.evaluations(rows, &replies));
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

/// The row at a place among those found, and under it the answer in full where it is open.
fn row(app: &Context, props: &ResultsProps, found: &[usize], place: usize, on_open: &Callback<Option<usize>>) -> Html {
    let t = app.t;
    let index = found[place];
    let is_selected = props.view.selected == Some(index);
    let table = props.job.0.table.borrow();
    let entry = &table.rows[index];
    let Entry { row, rubric_id, state } = entry;
    let onclick = {
        let on_open = on_open.clone();
        move |_| on_open.emit((!is_selected).then_some(place))
    };
    let on_close = {
        let on_open = on_open.clone();
        Callback::from(move |()| {
            on_open.emit(None);
            focus(&row_id(index));
        })
    };
    let card = app.store.ready().and_then(|catalogue| catalogue.card(rubric_id));
    let language = card.map(|card| card.language.clone());
    let number = (index + 1).to_string();
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
        State::Failed(error) => (String::new(), failure(t, entry, error), Html::default()),
        State::Waiting => ("…".to_owned(), Html::default(), Html::default()),
    };
    html! {
        <key={index}>
        <tr class={is_selected.then_some("selected")}>
            <td class="number">{ number.clone() }</td>
            <td>
                { row.question_id.clone() }
                if !row.answer_id.is_empty() && row.answer_id != number { <p class="small">{ row.answer_id.clone() }</p> }
            </td>
            <td class="answer-cell">
                <button type="button" id={row_id(index)} class="open-row" lang={language} aria-expanded={is_selected.to_string()} {onclick}>{ start_of(entry.answer()) }</button>
            </td>
            <td class="number">
                { score }
                { " " }{ rating_chip(t, entry.rating(&app.store.ratings)) }
            </td>
            <td>{ band }</td>
            <td class="number">{ sureness }</td>
        </tr>
        if is_selected {
            <tr class="detail"><td colspan="6">
                <AnswerDetail key={index} job={props.job.clone()} {index} {on_close} on_turn={on_open.reform(Some)}
                    before={place.checked_sub(1)} after={Some(place + 1).filter(|&place| place < found.len())} />
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
    job: JobProps,
    /// Of the row.
    index: usize,
    on_close: Callback<()>,
    /// Opens another row.
    on_turn: Callback<usize>,
    /// The rows before and after this one.
    before: Option<usize>,
    after: Option<usize>,
}

#[component]
fn AnswerDetail(props: &AnswerDetailProps) -> Html {
    let app = use_app();
    let t = app.t;
    let table = props.job.0.table.borrow();
    let entry = &table.rows[props.index];
    let number = (props.index + 1).to_string();
    let card = app.store.ready().and_then(|catalogue| catalogue.card(&entry.rubric_id).cloned());
    let [own, common] = entry.rating_keys().unwrap_or_default();
    let about = about(&entry.rubric_id, &own);
    let on_rate = {
        let (app, question) = (app.clone(), entry.rubric_id.clone());
        Callback::from(move |rating: Option<Disagreement>| {
            let rate = |key: &str, rating| Action::Rate { question: question.clone(), key: key.to_owned(), rating };
            if rating.is_none() {
                app.apply(rate(&common, None));
            }
            app.apply(rate(&own, rating));
        })
    };
    let on_next = props.after.map(|place| props.on_turn.reform(move |()| place));
    use_effect_with((), |()| {
        // A row that comes back while somebody searches leaves the keyboard there.
        if document().active_element().is_none_or(|element| element.id() != "batch-words") {
            focus("row-title");
        }
    });
    let turn = |place: Option<usize>, label: &'static str| {
        let on_turn = props.on_turn.clone();
        let onclick = move |_| place.iter().for_each(|&place| on_turn.emit(place));
        html! { <button type="button" class="quiet" {onclick} disabled={place.is_none()}>{ label }</button> }
    };
    let is_named = !entry.row.answer_id.is_empty() && entry.row.answer_id != number;
    let id = is_named.then(|| (t.say("batch.answer-id").to_owned(), entry.row.answer_id.clone()));
    html! {
        <section class="row-detail" aria-labelledby="row-title">
            <div class="row-detail-head">
                <h2 id="row-title" tabindex="-1">{ t.fill("batch.detail", &[("n", &number)]) }</h2>
                <div class="actions">
                    { turn(props.before, t.say("batch.row-before")) }
                    { turn(props.after, t.say("batch.row-after")) }
                    <button type="button" class="quiet" onclick={props.on_close.reform(|_: MouseEvent| ())}>
                        { t.say("batch.close") }
                    </button>
                </div>
            </div>
            <dl class="held">
                { for id.into_iter().chain(entry.others(&table.columns)).map(|(name, text)| html! {
                    <div><dt>{ name }</dt><dd>{ text }</dd></div>
                }) }
            </dl>
            if let Some(card) = &card {
                <p class="prompt" lang={card.language.clone()}>{ card.prompt.clone() }</p>
            }
            if let State::Failed(error) = &entry.state {
                <p>
                    { failure(t, entry, error) }
                    if error.code == "unknown-question" { { " " }{ t.say("batch.id-help") } }
                </p>
                if !entry.answer().is_empty() {
                    <p class="earlier-answer" lang={card.map(|card| card.language)}>{ entry.answer().to_owned() }</p>
                }
            } else {
                <Remarked question={entry.rubric_id.clone()} answer={Rc::<str>::from(entry.answer())} prefix="row-outcome"
                    open=true {about} rating={entry.rating(&app.store.ratings).cloned()} {on_rate} {on_next} />
            }
        </section>
    }
}
