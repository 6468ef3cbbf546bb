//! What came of all answers so far, and what to repeat today.

use super::question::go_to;
use super::session::open_session;
use crate::browser::{day_of, day_text, now, seed, today};
use crate::context::Context;
use crate::parts::{band_chart, band_chip, rating_chip, score_bar};
use crate::protocol::Catalogue;
use crate::repetition::Day;
use crate::route::Route;
use crate::session::{Plan, Session, choose};
use crate::statistics::{QuestionHistory, TopicStanding, bands_by_day, histories, topics};
use crate::store::Action;
use rubrica_core::sort::sort_by_key;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Days that the chart shows.
const N_DAYS: usize = 24;

/// What every part of the page shows in its way.
struct Overview<'a> {
    catalogue: Rc<Catalogue>,
    /// Of all questions that were answered, also of those that are no longer there.
    histories: BTreeMap<&'a str, QuestionHistory<'a>>,
    today: Day,
}

impl<'a> Overview<'a> {
    /// The histories of the questions that are still there.
    fn current(&self) -> impl Iterator<Item = &QuestionHistory<'a>> + Clone {
        self.histories.values().filter(|history| self.catalogue.card(history.question).is_some())
    }
}

pub fn progress(app: &Context) -> Html {
    let t = app.t;
    let Some(catalogue) = app.store.ready().cloned() else { return Html::default() };
    let attempts = &app.store.attempts;
    if attempts.is_empty() {
        return html! {
            <>
                <h1 id="title" tabindex="-1">{ t.say("nav.progress") }</h1>
                <p class="lead">{ t.say("progress.empty") }</p>
                <p><a class="button primary" href={Route::Practise.to_string()}>{ t.say("progress.begin") }</a></p>
            </>
        };
    }
    let today = today();
    let overview = Overview { catalogue, histories: histories(attempts, today, &day_of), today };
    let mut due: Vec<_> = overview.current().filter(|history| history.schedule.due <= overview.today).collect();
    sort_by_key(&mut due, |history| history.schedule.due);
    let n_answered = overview.current().count();
    let mean = overview.current().map(|history| history.last().score).sum::<u32>().checked_div(n_answered as u32);
    let tiles = [
        (t.say("progress.answered"), format!("{n_answered} / {}", overview.catalogue.questions.len())),
        (t.say("progress.answers"), attempts.len().to_string()),
        (t.say("progress.mean"), mean.map_or_else(|| "–".to_owned(), percent)),
        (t.say("progress.due"), due.len().to_string()),
    ];
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.progress") }</h1>
            <dl class="tiles">
                { for tiles.into_iter().map(|(label, value)| html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }) }
            </dl>
            { open_session(app) }
            { to_repeat(app, &overview, &due) }
            <section aria-labelledby="chart-title">
                <h2 id="chart-title">{ t.say("chart.title") }</h2>
                { band_chart(t, &bands_by_day(attempts, N_DAYS, &day_of)) }
            </section>
            { by_topic(app, &overview) }
            { by_question(app, &overview) }
        </>
    }
}

/// The questions that are due, and a session of them; or when the next ones are.
fn to_repeat(app: &Context, overview: &Overview<'_>, due: &[&QuestionHistory<'_>]) -> Html {
    let t = app.t;
    let Overview { catalogue, today, .. } = overview;
    let later = overview.current().map(|history| history.schedule.due).filter(|due| due > today);
    let next = later.clone().min().map(|day| (day, later.filter(|due| *due == day).count()));
    html! {
        <section aria-labelledby="due-title">
            <h2 id="due-title">{ t.say("progress.repeat") }</h2>
            if due.is_empty() {
                <p>
                    { t.say("progress.nothing-due") }
                    if let Some((day, n)) = next {
                        { " " }{ t.count("progress.next-due", n).replace("{day}", &day_text(day, t.code)) }
                    }
                </p>
            } else {
                <ul class="questions">
                    { for due.iter().map(|history| html! {
                        <li>{ question_link(catalogue, history.question) }{ band_chip(t, &history.last().band) }</li>
                    }) }
                </ul>
                <div class="actions">
                    <button type="button" class="primary"
                        onclick={start(app, due.iter().map(|history| history.question.to_owned()).collect())}>
                        { t.say("progress.start") }
                    </button>
                </div>
            }
            <p class="small">{ t.say("progress.rule") }</p>
        </section>
    }
}

/// How each topic stands, weakest first, and a session of it.
fn by_topic(app: &Context, overview: &Overview<'_>) -> Html {
    let t = app.t;
    let Overview { catalogue, histories, today } = overview;
    let schedules = histories.values().map(|history| (history.question.to_owned(), history.schedule)).collect();
    let entry = |standing: TopicStanding| {
        let n_answered = standing.n_answered.to_string();
        let of_all = t.count("progress.of", standing.n_questions as usize).replace("{answered}", &n_answered);
        let plan = Plan { topics: vec![standing.topic.clone()], ..Plan::default() };
        let questions = choose(&plan, &catalogue.questions, &schedules, *today, seed());
        html! {
            <li>
                <span class="topic-name">{ t.name("topic", &standing.topic) }</span>
                { score_bar(standing.mean, percent(standing.mean)) }
                <span class="number">{ percent(standing.mean) }</span>
                <span class="small">{ of_all }</span>
                <button type="button" class="quiet" onclick={start(app, questions)}>
                    { t.say("progress.practise") }
                    <span class="visually-hidden">{ ": " }{ t.name("topic", &standing.topic) }</span>
                </button>
            </li>
        }
    };
    html! {
        <section aria-labelledby="topics-title">
            <h2 id="topics-title">{ t.say("progress.topics") }</h2>
            <p class="small">{ t.say("progress.score") }</p>
            <ul class="topic-list">{ for topics(catalogue, histories).into_iter().map(entry) }</ul>
        </section>
    }
}

/// What came of each question, the last answered first.
fn by_question(app: &Context, overview: &Overview<'_>) -> Html {
    let t = app.t;
    let Overview { catalogue, histories, today } = overview;
    let mut by_time: Vec<_> = histories.values().collect();
    sort_by_key(&mut by_time, |history| std::cmp::Reverse(history.last().id));
    let row = |history: &QuestionHistory<'_>| {
        let due = history.schedule.due;
        html! {
            <tr>
                <th scope="row">{ question_link(catalogue, history.question) }</th>
                <td class="number">{ history.attempts.len() }</td>
                <td>
                    { band_chip(t, &history.last().band) }
                    { " " }{ rating_chip(t, history.last().disagreement.as_ref()) }
                </td>
                <td class="number">{ percent(history.best()) }</td>
                <td>{ if due <= *today { t.say("progress.today").to_owned() } else { day_text(due, t.code) } }</td>
            </tr>
        }
    };
    html! {
        <section aria-labelledby="history-title">
            <h2 id="history-title">{ t.say("progress.history") }</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="history-title">
                <table>
                    <thead><tr>
                        <th scope="col">{ t.say("progress.question") }</th>
                        <th scope="col">{ t.say("progress.answers") }</th>
                        <th scope="col">{ t.say("progress.last") }</th>
                        <th scope="col">{ t.say("progress.best") }</th>
                        <th scope="col">{ t.say("progress.next") }</th>
                    </tr></thead>
                    <tbody>{ for by_time.into_iter().map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}

/// Begins a session of these questions.
fn start(app: &Context, questions: Vec<String>) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        app.apply(Action::Session(Session::new(questions.clone(), None, now())));
        go_to(&Route::Session);
    })
}

/// The prompt of a question as a link to it; its id where the question is no longer there.
pub fn question_link(catalogue: &Catalogue, question: &str) -> Html {
    let (prompt, language) = catalogue.card(question).map(|card| (card.prompt.clone(), card.language.clone())).unzip();
    let href = Route::Question(question.to_owned()).to_string();
    html! { <a {href} lang={language}>{ prompt.unwrap_or_else(|| question.to_owned()) }</a> }
}

/// A score in thousandths, for people.
pub fn percent(thousandths: u32) -> String {
    format!("{} %", (thousandths + 5) / 10)
}
