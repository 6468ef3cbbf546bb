//! One question.

use crate::browser::{day_of, focus, moment_text, today, window};
use crate::context::use_app;
use crate::i18n::Texts;
use crate::parts::{Asking, Confirm, Remarked, band_chip, judging, own_judgement, question_tags};
use crate::protocol::QuestionDetail;
use crate::records::Attempt;
use crate::route::Route;
use crate::session::suggest;
use crate::statistics::histories;
use crate::store::Action;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: String,
}

#[component]
pub fn Question(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let on_next = {
        let (app, id) = (app.clone(), props.id.clone());
        Callback::from(move |()| {
            let Some(catalogue) = app.store.ready() else { return };
            let schedules = histories(&app.store.attempts, today(), &day_of)
                .into_iter()
                .map(|(question, history)| (question.to_owned(), history.schedule))
                .collect();
            app.apply(Action::Skip(id.clone()));
            let next = suggest(&catalogue.questions, &schedules, today(), &app.store.skipped);
            let route = next.map_or(Route::Practise, |card| Route::Question(card.id.clone()));
            go_to(&route);
        })
    };
    html! {
        <article class="question">
            <p class="back"><a href={Route::Practise.to_string()}>{ t.say("question.all") }</a></p>
            <QuestionBody id={props.id.clone()} next={t.say("question.next").to_owned()} {on_next} />
        </article>
    }
}

/// Opens another page of the app.
pub fn go_to(route: &Route) {
    window().location().set_hash(&route.to_string()).expect("a fragment can be set");
}

#[derive(Properties, PartialEq)]
pub struct BodyProps {
    pub id: String,
    pub next: String,
    pub on_next: Callback<()>,
}

/// Prompt, answer and past answers; alone on its page or as part of a session.
#[component]
pub fn QuestionBody(props: &BodyProps) -> Html {
    let app = use_app();
    let t = app.t;
    let detail = use_state(|| None::<Option<Rc<QuestionDetail>>>);
    let catalogue = app.store.ready().cloned();
    use_effect_with((props.id.clone(), catalogue), {
        let (engine, detail) = (app.engine.clone(), detail.setter());
        move |(id, _)| engine.question(id, move |found| detail.set(Some(found.map(Rc::new))))
    });
    // Raised to start over with the text of an earlier answer.
    let round = use_state(|| 0_u32);
    // An earlier answer that would take the place of what is being written, until the learner says whether it may.
    let asked = use_state(|| None::<String>);
    // The earlier answer whose marking is shown.
    let opened = use_state(|| None::<u64>);
    let Some(found) = (*detail).clone() else {
        let card = app.store.ready().and_then(|catalogue| catalogue.card(&props.id).cloned()).unwrap_or_default();
        return html! {
            <>
                { question_tags(t, &card, true) }
                <h1 id="title" tabindex="-1" class="prompt" lang={card.language.clone()}>{ card.prompt.clone() }</h1>
                <p class="waiting" role="status">{ t.say("question.waiting") }</p>
            </>
        };
    };
    let attempts: Vec<_> =
        app.store.attempts.iter().filter(|attempt| attempt.question == props.id).rev().cloned().collect();
    let Some(detail) = found.filter(|detail| detail.card.id == props.id) else {
        let on_next = props.on_next.reform(|_: MouseEvent| ());
        return html! {
            <>
                <h1 id="title" tabindex="-1">{ t.say("question.unknown") }</h1>
                if !attempts.is_empty() {
                    <section class="earlier">
                        <p>{ t.say("question.left") }</p>
                        <ol reversed=true>
                            { for attempts.into_iter().map(|attempt| html! {
                                <li key={attempt.id}>
                                    <p class="earlier-head">{ standing(t, &attempt) }</p>
                                    <div class="earlier-answer">{ attempt.answer }</div>
                                </li>
                            }) }
                        </ol>
                    </section>
                }
                <div class="actions"><button type="button" class="primary" onclick={on_next}>{ props.next.clone() }</button></div>
            </>
        };
    };
    let replace = {
        let (app, question, round) = (app.clone(), props.id.clone(), round.clone());
        move |text: String| {
            app.apply(Action::Draft { question: question.clone(), text });
            round.set(*round + 1);
        }
    };
    let reuse = {
        let (app, question, asked, replace) = (app.clone(), props.id.clone(), asked.setter(), replace.clone());
        Callback::from(move |text: String| {
            app.keep_typed();
            match app.store.drafts.get(&question) {
                Some(draft) if *draft != text => {
                    asked.set(Some(text));
                    focus("confirm-reuse");
                }
                _ => replace(text),
            }
        })
    };
    let on_answer = {
        let asked = asked.clone();
        Callback::from(move |is_yes| {
            match (*asked).clone() {
                Some(text) if is_yes => replace(text),
                _ => focus("answer"),
            }
            asked.set(None);
        })
    };
    html! {
        <>
            { question_tags(t, &detail.card, true) }
            <h1 id="title" tabindex="-1" class="prompt" lang={detail.card.language.clone()}>{ detail.card.prompt.clone() }</h1>
            <p class="small expects">
                { t.count("question.expects", detail.criteria.len()) }
                if detail.card.language != t.code {
                    { " " }{ t.fill("question.language", &[("language", &t.name("language", &detail.card.language))]) }
                }
                { " " }{ t.say("question.id") }{ " " }<code>{ props.id.clone() }</code>
            </p>
            <Asking key={*round} detail={Rc::clone(&detail)} next={props.next.clone()} on_next={props.on_next.clone()} />
            if asked.is_some() {
                <Confirm id="confirm-reuse" question={t.say("question.replace")} yes={t.say("question.replace-yes")}
                    no={t.say("question.replace-no")} {on_answer} />
            }
            if !attempts.is_empty() {
                <details class="earlier">
                    <summary>{ t.count("question.earlier", attempts.len()) }</summary>
                    <ol reversed=true>
                        { for attempts.into_iter().map(|attempt| {
                            let (reuse, opened) = (reuse.clone(), opened.clone());
                            let text = attempt.answer.clone();
                            let is_open = *opened == Some(attempt.id);
                            let toggle = move |_| opened.set((!is_open).then_some(attempt.id));
                            let on_rate = judging(&app, &attempt);
                            html! {
                                <li key={attempt.id}>
                                    <p class="earlier-head">
                                        { standing(t, &attempt) }
                                        <button type="button" class="quiet" onclick={move |_| reuse.emit(text.clone())}>
                                            { t.say("question.reuse") }
                                        </button>
                                        <button type="button" class="quiet" aria-expanded={is_open.to_string()} onclick={toggle}>
                                            { t.say("question.marking") }
                                        </button>
                                    </p>
                                    if is_open {
                                        <Remarked question={attempt.question} answer={Rc::<str>::from(attempt.answer)}
                                            points={attempt.points} prefix="earlier" rating={attempt.disagreement} {on_rate} />
                                    } else {
                                        <div class="earlier-answer" lang={detail.card.language.clone()}>{ attempt.answer }</div>
                                        if let Some(disagreement) = &attempt.disagreement {
                                            <p class="own-judgement">{ own_judgement(t, disagreement, attempt.max_points) }</p>
                                        }
                                    }
                                </li>
                            }
                        }) }
                    </ol>
                </details>
            }
        </>
    }
}

/// When an earlier answer was marked, and what came of it.
fn standing(t: &'static Texts, attempt: &Attempt) -> Html {
    let points = [("points", &*t.number(attempt.points)), ("max", &*t.number(attempt.max_points))];
    html! {
        <>
            <time>{ moment_text(attempt.id, t.code) }</time>
            { band_chip(t, &attempt.band) }
            <span>{ t.fill("outcome.points", &points) }</span>
        </>
    }
}
