//! What came of all answers so far, and what to repeat today.

use super::question::go_to;
use crate::browser::{day_of, day_text, now, seed, today};
use crate::context::Context;
use crate::parts::{band_chart, band_chip, score_bar};
use crate::route::Route;
use crate::session::{Plan, Session, choose};
use crate::statistics::{bands_by_day, histories, topics};
use crate::store::Action;
use rubrica_core::sort::sort_by_key;
use yew::prelude::*;

/// Days that the chart shows.
const N_DAYS: usize = 24;

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
    let histories = histories(attempts, &day_of);
    let today = today();
    let mut due: Vec<_> = histories
        .values()
        .filter(|history| history.schedule.due <= today && catalogue.card(history.question).is_some())
        .collect();
    sort_by_key(&mut due, |history| history.schedule.due);
    let prompt = |id: &str| catalogue.card(id).map_or_else(|| id.to_owned(), |card| card.prompt.clone());
    let mean = histories.values().map(|history| history.last().score).sum::<u32>() / histories.len() as u32;
    let tiles = [
        (t.say("progress.answered"), format!("{} / {}", histories.len(), catalogue.questions.len())),
        (t.say("progress.answers"), attempts.len().to_string()),
        (t.say("progress.mean"), format!("{} %", (mean + 5) / 10)),
        (t.say("progress.due"), due.len().to_string()),
    ];
    let start = |questions: Vec<String>| {
        let app = app.clone();
        move |_| {
            app.apply(Action::Session(Session::new(questions.clone(), None, now())));
            go_to(&Route::Session);
        }
    };
    let start_due = start(due.iter().map(|history| history.question.to_owned()).collect());
    let schedules = histories.values().map(|history| (history.question.to_owned(), history.schedule)).collect();
    let start_topic = |topic: &str| {
        let plan = Plan { topics: vec![topic.to_owned()], ..Plan::default() };
        start(choose(&plan, &catalogue.questions, &schedules, today, seed()))
    };
    let later = histories.values().map(|history| history.schedule.due).filter(|due| *due > today);
    let next = later.clone().min().map(|day| (day, later.filter(|due| *due == day).count()));
    let mut by_time: Vec<_> = histories.values().collect();
    sort_by_key(&mut by_time, |history| std::cmp::Reverse(history.last().id));
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.progress") }</h1>
            <dl class="tiles">
                { for tiles.into_iter().map(|(label, value)| html! { <div><dt>{ label }</dt><dd>{ value }</dd></div> }) }
            </dl>
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
                            <li>
                                <a href={Route::Question(history.question.to_owned()).to_string()}>{ prompt(history.question) }</a>
                                { band_chip(t, &history.last().band) }
                            </li>
                        }) }
                    </ul>
                    <div class="actions"><button type="button" class="primary" onclick={start_due}>{ t.say("progress.start") }</button></div>
                }
                <p class="small">{ t.say("progress.rule") }</p>
            </section>
            <section aria-labelledby="chart-title">
                <h2 id="chart-title">{ t.say("chart.title") }</h2>
                { band_chart(t, &bands_by_day(attempts, N_DAYS, &day_of)) }
            </section>
            <section aria-labelledby="topics-title">
                <h2 id="topics-title">{ t.say("progress.topics") }</h2>
                <ul class="topic-list">
                    { for topics(&catalogue, &histories).into_iter().map(|standing| {
                        let percent = format!("{} %", (standing.mean + 5) / 10);
                        html! {
                            <li>
                                <span class="topic-name">{ t.name("topic", &standing.topic) }</span>
                                { score_bar(standing.mean, percent.clone()) }
                                <span class="number">{ percent.clone() }</span>
                                <span class="small">{ t.fill("progress.of", &[("n", &standing.n_answered.to_string()),
                                    ("all", &standing.n_questions.to_string())]) }</span>
                                <button type="button" class="quiet" onclick={start_topic(&standing.topic)}>
                                    { t.say("progress.practise") }
                                    <span class="visually-hidden">{ ": " }{ t.name("topic", &standing.topic) }</span>
                                </button>
                            </li>
                        }
                    }) }
                </ul>
            </section>
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
                        <tbody>
                            { for by_time.into_iter().map(|history| html! {
                                <tr>
                                    <th scope="row"><a href={Route::Question(history.question.to_owned()).to_string()}>{ prompt(history.question) }</a></th>
                                    <td class="number">{ history.attempts.len() }</td>
                                    <td>{ band_chip(t, &history.last().band) }</td>
                                    <td class="number">{ format!("{} %", (history.best() + 5) / 10) }</td>
                                    <td>{ if history.schedule.due <= today { t.say("progress.today").to_owned() }
                                        else { day_text(history.schedule.due, t.code) } }</td>
                                </tr>
                            }) }
                        </tbody>
                    </table>
                </div>
            </section>
        </>
    }
}
