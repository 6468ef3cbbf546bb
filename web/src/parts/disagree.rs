//! Where a person gives an answer other points than the engine, kept beside the score.

use crate::browser::{focus, now};
use crate::context::{Context, use_app};
use crate::i18n::Texts;
use crate::records::{Attempt, Disagreement};
use crate::store::Action;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Which answer it is: under this, what is typed waits for the form to be opened again.
    pub about: String,
    /// What the engine gives.
    pub points: f64,
    pub max_points: f64,
    /// What the person has given so far.
    pub rating: Option<Disagreement>,
    /// Takes another rating, or takes it back.
    pub on_rate: Callback<Option<Disagreement>>,
    /// Goes on to the next answer, where there is one to be rated.
    #[prop_or_default]
    pub on_next: Option<Callback<()>>,
    /// Start of the ids of elements.
    pub prefix: &'static str,
}

#[component]
pub fn Disagree(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let typed = app.visit.borrow().judgements.get(&props.about).cloned();
    let is_open = use_state(|| typed.is_some());
    let [id, points_id, reason_id, next_id] =
        ["disagree", "own-points", "own-reason", "keep-next"].map(|id| format!("{}-{id}", props.prefix));
    let points = use_node_ref();
    let reason = use_node_ref();
    // Who opens the form writes into it at once; one that is open from the start leaves the keyboard where it is.
    let was_open = use_mut_ref(|| *is_open);
    use_effect_with(*is_open, {
        let points_id = points_id.clone();
        move |&is_open| {
            if !was_open.replace(is_open) && is_open {
                focus(&points_id);
            }
        }
    });
    let toggle = {
        let is_open = is_open.clone();
        move |_| is_open.set(!*is_open)
    };
    let rate = {
        let (on_rate, is_open, id) = (props.on_rate.clone(), is_open.setter(), id.clone());
        let (visit, about) = (Rc::clone(&app.visit), props.about.clone());
        move |rating: Option<Disagreement>| {
            visit.borrow_mut().judgements.remove(&about);
            on_rate.emit(rating);
            is_open.set(false);
            focus(&id);
        }
    };
    let values = {
        let (points, reason) = (points.clone(), reason.clone());
        move || {
            let points = points.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let reason = reason.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            format!("{points}\n{reason}")
        }
    };
    let oninput = {
        let (visit, about, values) = (Rc::clone(&app.visit), props.about.clone(), values.clone());
        move |_: InputEvent| drop(visit.borrow_mut().judgements.insert(about.clone(), values()))
    };
    let onsubmit = {
        let (rate, max_points) = (rate.clone(), props.max_points);
        let (on_next, next_id) = (props.on_next.clone(), next_id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let values = values();
            let (points, reason) = values.split_once('\n').unwrap_or_default();
            let points = (points.parse().unwrap_or(0.0_f64).clamp(0.0, max_points) * 1000.0).round() as u32;
            rate(Some(Disagreement { points, reason: reason.trim().to_owned(), at: now() }));
            if event.submitter().is_some_and(|button| button.id() == next_id) {
                on_next.iter().for_each(|on_next| on_next.emit(()));
            }
        })
    };
    let shown = typed.unwrap_or_else(|| match &props.rating {
        Some(rating) => format!("{}\n{}", rating.points(), rating.reason),
        None => format!("{}\n", (props.points * 2.0).round() / 2.0),
    });
    let (shown_points, shown_reason) = shown.split_once('\n').unwrap_or_default();
    html! {
        <section class="disclosure">
            <button type="button" {id} class="quiet" aria-expanded={is_open.to_string()} onclick={toggle}>
                { t.say("disagree.title") }
            </button>
            if let Some(rating) = &props.rating {
                <p class="own-judgement" role="status">{ own_judgement(t, rating, props.max_points) }</p>
                <button type="button" class="quiet" onclick={move |_| rate(None)}>{ t.say("disagree.take-back") }</button>
            }
            if *is_open {
                <form class="disagree" {onsubmit} {oninput}>
                    <p>{ t.say("disagree.help") }</p>
                    <label for={points_id.clone()}>{ t.fill("disagree.points", &[("max", &t.number(props.max_points))]) }</label>
                    <input ref={points} id={points_id} type="number" min="0" max={props.max_points.to_string()}
                        step="0.5" required=true ~defaultValue={shown_points.to_owned()} />
                    <label for={reason_id.clone()}>{ t.say("disagree.reason") }</label>
                    <textarea ref={reason} id={reason_id} rows="3" defaultvalue={shown_reason.to_owned()} />
                    <div class="actions">
                        <button type="submit">{ t.say("disagree.keep") }</button>
                        if props.on_next.is_some() {
                            <button type="submit" id={next_id}>{ t.say("disagree.keep-next") }</button>
                        }
                    </div>
                </form>
            }
        </section>
    }
}

/// An answer as [`Props::about`] wants it.
pub fn about(question: &str, answer: &str) -> String {
    format!("{question}\n{answer}")
}

/// What takes a learner's rating of an answer of their own, or takes it back.
pub fn judging(app: &Context, attempt: &Attempt) -> Callback<Option<Disagreement>> {
    let (app, attempt) = (app.clone(), attempt.clone());
    Callback::from(move |disagreement| {
        app.apply(Action::Record(Box::new(Attempt { disagreement, ..attempt.clone() })));
    })
}

/// What the person would have given, in a sentence.
pub fn own_judgement(t: &'static Texts, rating: &Disagreement, max_points: f64) -> String {
    t.fill("disagree.kept", &[("points", &t.points(rating.points(), max_points)), ("reason", &rating.reason)])
}
