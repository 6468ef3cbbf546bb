//! Earlier answers to a question.

use crate::browser::{focus, moment_text};
use crate::context::use_app;
use crate::i18n::Texts;
use crate::parts::{Confirm, Remarked, about, band_chip, judging, own_judgement};
use crate::records::Attempt;
use crate::store::Action;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub question: String,
    /// Of the answers, where it is known.
    #[prop_or_default]
    pub language: Option<String>,
    /// Takes the text of an answer to work on; `None` where the question is no longer there to be answered.
    #[prop_or_default]
    pub on_reuse: Option<Callback<String>>,
}

/// All of them, the latest first.
#[component]
pub fn Earlier(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    // The answer whose marking is shown.
    let opened = use_state(|| None::<u64>);
    // One that is to be deleted, until the learner says whether it may.
    let asked = use_state(|| None::<u64>);
    let attempts = app.store.attempts.iter().filter(|attempt| attempt.question == props.question).rev();
    let attempts: Vec<&Attempt> = attempts.collect();
    if attempts.is_empty() {
        return Html::default();
    }
    let buttons = |attempt: &Attempt, on_reuse: &Callback<String>| {
        let (on_reuse, text) = (on_reuse.clone(), attempt.answer.clone());
        let (opened, id) = (opened.clone(), attempt.id);
        let is_open = *opened == Some(id);
        html! {
            <>
                <button type="button" class="quiet" onclick={move |_| on_reuse.emit(text.clone())}>
                    { t.say("question.reuse") }
                </button>
                <button type="button" class="quiet" aria-expanded={is_open.to_string()}
                    onclick={move |_| opened.set((!is_open).then_some(id))}>
                    { t.say("question.marking") }
                </button>
            </>
        }
    };
    // The heading stays when the last answer goes.
    let place = if attempts.len() > 1 { "earlier-answers" } else { "title" };
    let on_answer = {
        let (app, asked) = (app.clone(), asked.clone());
        Callback::from(move |is_yes| {
            match *asked {
                Some(id) if is_yes => {
                    app.apply(Action::Forget(id));
                    focus(place);
                }
                _ => focus("earlier-answers"),
            }
            asked.set(None);
        })
    };
    let entry = |attempt: &&Attempt| {
        let (asking, id) = (asked.setter(), attempt.id);
        let on_delete = move |_| {
            asking.set(Some(id));
            focus("confirm-forget");
        };
        html! {
            <li key={attempt.id}>
                <p class="earlier-head">
                    { standing(t, attempt) }
                    { for props.on_reuse.iter().map(|on_reuse| buttons(attempt, on_reuse)) }
                    <button type="button" class="quiet" onclick={on_delete}>{ t.say("question.delete") }</button>
                </p>
                if *asked == Some(attempt.id) {
                    <Confirm id="confirm-forget" question={t.say("question.delete-question")}
                        yes={t.say("question.delete-yes")} no={t.say("question.delete-no")} on_answer={on_answer.clone()} />
                }
                if *opened == Some(attempt.id) {
                    <Remarked question={attempt.question.clone()} answer={Rc::<str>::from(attempt.answer.as_str())}
                        points={attempt.points} prefix="earlier" about={about(&attempt.question, &attempt.answer)}
                        rating={attempt.disagreement.clone()} on_rate={judging(&app, attempt)} />
                } else {
                    <div class="earlier-answer" lang={props.language.clone()}>{ attempt.answer.clone() }</div>
                    if let Some(disagreement) = &attempt.disagreement {
                        <p class="own-judgement">{ own_judgement(t, disagreement, attempt.max_points) }</p>
                    }
                }
            </li>
        }
    };
    html! {
        <details class="earlier" open={props.on_reuse.is_none()}>
            <summary id="earlier-answers">{ t.count("question.earlier", attempts.len()) }</summary>
            <ol reversed=true>{ for attempts.iter().map(entry) }</ol>
        </details>
    }
}

/// When an earlier answer was marked, and what came of it.
fn standing(t: &'static Texts, attempt: &Attempt) -> Html {
    html! {
        <>
            <time>{ moment_text(attempt.id, t.code) }</time>
            { band_chip(t, &attempt.band) }
            <span>{ t.points(attempt.points, attempt.max_points) }</span>
        </>
    }
}
