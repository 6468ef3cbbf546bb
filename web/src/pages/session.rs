//! A practice session: one question after the other, then what came of it.

use super::progress::{percent, question_link};
use super::question::{QuestionBody, go_to};
use crate::browser::now;
use crate::context::{Context, use_app};
use crate::parts::{band_chip, rating_chip, score_bar};
use crate::records::Attempt;
use crate::route::Route;
use crate::session::Session as State;
use crate::store::Action;
use gloo::timers::callback::Interval;
use std::rc::Rc;
use yew::prelude::*;

#[component]
pub fn Session() -> Html {
    let app = use_app();
    let t = app.t;
    let drawing = use_force_update();
    let Some(session) = app.store.session.clone() else {
        return html! {
            <>
                <h1 id="title" tabindex="-1">{ t.say("session.none") }</h1>
                <p><a class="button primary" href={Route::Practise.to_string()}>{ t.say("session.set-up") }</a></p>
            </>
        };
    };
    match session.question() {
        Some(question) => running(&app, &session, question, Callback::from(move |()| drawing.force_update())),
        None => html! { <Summary {session} /> },
    }
}

/// The way back to a session under way, for pages on which another can be started.
pub fn open_session(app: &Context) -> Html {
    let t = app.t;
    let Some(session) = app.store.session.as_deref().filter(|session| session.question().is_some()) else {
        return Html::default();
    };
    let (number, all) = ((session.current + 1).to_string(), session.questions.len().to_string());
    html! {
        <p class="notice">
            { t.fill("session.open", &[("n", &number), ("all", &all)]) }
            { " " }
            <a href={Route::Session.to_string()}>{ t.say("session.continue") }</a>
        </p>
    }
}

fn running(app: &Context, session: &Rc<State>, question: &str, on_up: Callback<()>) -> Html {
    let t = app.t;
    let on_next = {
        let (app, session) = (app.clone(), Rc::clone(session));
        Callback::from(move |()| {
            // The answer to this question may have been recorded meanwhile.
            let latest = app.store.session.clone().unwrap_or_else(|| Rc::clone(&session));
            app.apply(Action::Session(Some((*latest).clone().advance(now()))));
        })
    };
    let on_finish = {
        let app = app.clone();
        let session = Rc::clone(session);
        move |_| app.apply(Action::Session(Some((*session).clone().finish())))
    };
    let is_last = session.is_last(now());
    let (number, all) = ((session.current + 1).to_string(), session.questions.len().to_string());
    html! {
        <article class="question">
            <div class="session-bar">
                <p>{ t.fill("session.progress", &[("n", &number), ("all", &all)]) }</p>
                <progress max={all.clone()} value={session.current.to_string()} aria-label={t.fill("session.progress", &[("n", &number), ("all", &all)])} />
                if session.deadline.is_some() {
                    <Timer session={Rc::clone(session)} {on_up} />
                }
                <button type="button" class="quiet" onclick={on_finish}>{ t.say("session.finish") }</button>
            </div>
            <QuestionBody key={question.to_owned()} id={question.to_owned()} attempt={session.attempts.get(question).copied()}
                {on_next} next={if is_last { t.say("session.last") } else { t.say("session.next") }.to_owned()} />
        </article>
    }
}

#[derive(Properties, PartialEq)]
struct TimerProps {
    session: Rc<State>,
    /// Hears that the time is up.
    on_up: Callback<()>,
}

/// Time left. Its end is announced; the answer under way can still be finished.
#[component]
fn Timer(props: &TimerProps) -> Html {
    let t = use_app().t;
    let seconds = use_state(|| props.session.seconds_left(now()).unwrap_or_default());
    use_effect_with(Rc::clone(&props.session), {
        let seconds = seconds.setter();
        move |session: &Rc<State>| {
            let session = Rc::clone(session);
            let interval = Interval::new(1000, move || seconds.set(session.seconds_left(now()).unwrap_or_default()));
            move || drop(interval)
        }
    });
    use_effect_with(*seconds == 0, {
        let on_up = props.on_up.clone();
        move |&is_up| {
            if is_up {
                on_up.emit(());
            }
        }
    });
    html! {
        <>
            <p class="timer" role="timer" aria-label={t.say("session.time-left")}>
                { format!("{}:{:02}", *seconds / 60, *seconds % 60) }
            </p>
            <p role="status">{ if *seconds == 0 { t.say("session.time-up") } else { "" } }</p>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SummaryProps {
    session: Rc<State>,
}

#[component]
fn Summary(props: &SummaryProps) -> Html {
    let app = use_app();
    let t = app.t;
    let session = &props.session;
    let attempt_of = |question: &String| -> Option<&Attempt> { app.store.attempt(*session.attempts.get(question)?) };
    let scores: Vec<u32> = session.questions.iter().filter_map(&attempt_of).map(|attempt| attempt.score).collect();
    let mean = if scores.is_empty() { 0 } else { scores.iter().sum::<u32>() / scores.len() as u32 };
    let weak: Vec<String> = session
        .questions
        .iter()
        .filter(|question| attempt_of(question).is_none_or(|attempt| attempt.score < 650))
        .cloned()
        .collect();
    let restart = {
        let (app, weak) = (app.clone(), weak.clone());
        move |_| app.apply(Action::Session(State::new(weak.clone(), None, now())))
    };
    let close = {
        let app = app.clone();
        move |_| {
            app.apply(Action::Session(None));
            go_to(&Route::Practise);
        }
    };
    use_effect_with((), |()| crate::browser::focus("title"));
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("session.done") }</h1>
            <p class="lead">{ t.fill("session.result", &[("answered", &scores.len().to_string()),
                ("all", &session.questions.len().to_string()), ("percent", &percent(mean))]) }</p>
            { score_bar(mean, percent(mean)) }
            <p class="small">{ t.say("progress.score") }</p>
            <ul class="questions">
                { for session.questions.iter().map(|question| {
                    html! {
                        <li key={question.clone()}>
                            { for app.store.ready().map(|catalogue| question_link(catalogue, question)) }
                            if let Some(attempt) = attempt_of(question) {
                                <span class="tags">
                                    { percent(attempt.score) }{ " – " }{ t.points(attempt.points, attempt.max_points) }
                                    { " " }{ rating_chip(t, attempt.disagreement.as_ref()) }
                                </span>
                                { band_chip(t, &attempt.band) }
                            } else {
                                <span class="chip">{ t.say("session.skipped") }</span>
                            }
                        </li>
                    }
                }) }
            </ul>
            <div class="actions">
                if !weak.is_empty() {
                    <button type="button" class="primary" onclick={restart}>{ t.count("session.repeat", weak.len()) }</button>
                }
                <button type="button" onclick={close}>{ t.say("session.close") }</button>
            </div>
        </>
    }
}
