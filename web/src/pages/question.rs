//! One question.

mod earlier;

use crate::browser::{day_of, focus, noted_attempt, today, window};
use crate::context::{Context, use_app};
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::parts::{Asking, Confirm, Marked, question_tags};
use crate::protocol::{Card, QuestionDetail};
use crate::records::Attempt;
use crate::route::Route;
use crate::session::suggest;
use crate::statistics::histories;
use crate::store::Action;
use earlier::Earlier;
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
            <QuestionBody id={props.id.clone()} attempt={noted_attempt()} next={t.say("question.next").to_owned()} {on_next} />
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
    /// An attempt that was marked here: if it was at this question, its outcome is seen again.
    pub attempt: Option<u64>,
    pub next: String,
    pub on_next: Callback<()>,
}

/// A question as the worker knows it.
#[derive(Clone)]
struct Found {
    detail: Rc<QuestionDetail>,
    /// The attempt that is seen again.
    marked: Option<Marked>,
}

/// How far the text of an earlier answer is on its way into the field.
struct Reuse {
    /// Raised to start over with such a text.
    round: UseStateHandle<u32>,
    /// One that would take the place of what is being written, until the learner says whether it may.
    asked: UseStateHandle<Option<String>>,
}

/// Prompt, answer and past answers; alone on its page or as part of a session.
#[component]
pub fn QuestionBody(props: &BodyProps) -> Html {
    let app = use_app();
    let t = app.t;
    // `None` until the worker has said whether it knows the question.
    let found = use_state(|| None::<Option<Found>>);
    let reuse = Reuse { round: use_state(|| 0), asked: use_state(|| None) };
    let attempt = props.attempt.and_then(|id| app.store.attempt(id)).filter(|attempt| attempt.question == props.id);
    use_effect_with((props.id.clone(), app.store.ready().cloned()), {
        let (engine, found, attempt) = (app.engine.clone(), found.setter(), attempt.cloned());
        move |(id, _)| find(engine, id, attempt, move |known| found.set(Some(known)))
    });
    let found = match &*found {
        Some(None) => return unknown(t, props),
        Some(known) => known.clone(),
        None => None,
    };
    let card = match &found {
        Some(found) => found.detail.card.clone(),
        None => app.store.ready().and_then(|catalogue| catalogue.card(&props.id).cloned()).unwrap_or_default(),
    };
    html! {
        <>
            { question_tags(t, &card, true) }
            <h1 id="title" tabindex="-1" class="prompt" lang={card.language.clone()}>{ card.prompt.clone() }</h1>
            if let Some(found) = found {
                { expects(t, &card) }
                { answers(&app, props, found, reuse) }
            } else {
                <p class="waiting" role="status">{ t.say("question.waiting") }</p>
            }
        </>
    }
}

/// Asks the worker for a question, and to mark an attempt at it once more.
fn find(engine: Engine, id: &str, attempt: Option<Attempt>, then: impl FnOnce(Option<Found>) + 'static) {
    engine.clone().question(id, move |detail| match (detail.map(Rc::new), attempt) {
        (Some(detail), Some(Attempt { id: attempt, question, answer, .. })) => {
            engine.evaluate(&question, &answer.clone(), move |reply| {
                let milliseconds = reply.milliseconds;
                let evaluation = reply.value.map(Rc::new);
                let marked =
                    evaluation.map(|evaluation| Marked { attempt, answer: answer.into(), evaluation, milliseconds });
                then(Some(Found { detail, marked }));
            });
        }
        (detail, _) => then(detail.map(|detail| Found { detail, marked: None })),
    });
}

/// A question that was removed, or never was.
fn unknown(t: &'static Texts, props: &BodyProps) -> Html {
    let on_next = props.on_next.reform(|_: MouseEvent| ());
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("question.unknown") }</h1>
            <Earlier question={props.id.clone()} />
            <div class="actions"><button type="button" class="primary" onclick={on_next}>{ props.next.clone() }</button></div>
        </>
    }
}

/// What the question expects of an answer.
fn expects(t: &'static Texts, card: &Card) -> Html {
    html! {
        <p class="small expects">
            { t.count("question.expects", card.n_criteria as usize) }
            if card.language != t.code {
                { " " }{ t.fill("question.language", &[("language", &t.name("language", &card.language))]) }
            }
            { " " }{ t.say("question.id") }{ " " }<code>{ card.id.clone() }</code>
        </p>
    }
}

/// The answer being written, and those before.
fn answers(app: &Context, props: &BodyProps, found: Found, reuse: Reuse) -> Html {
    let t = app.t;
    let Found { detail, marked } = found;
    let Reuse { round, asked } = reuse;
    let replace = {
        let (app, question, round) = (app.clone(), detail.card.id.clone(), round.clone());
        move |text: String| {
            app.apply(Action::Draft { question: question.clone(), text });
            round.set(*round + 1);
        }
    };
    let on_reuse = {
        let (app, question, asked, replace) = (app.clone(), detail.card.id.clone(), asked.setter(), replace.clone());
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
            <Asking key={*round} detail={Rc::clone(&detail)} marked={marked.filter(|_| *round == 0)}
                next={props.next.clone()} on_next={props.on_next.clone()} />
            if asked.is_some() {
                <Confirm id="confirm-reuse" question={t.say("question.replace")} yes={t.say("question.replace-yes")}
                    no={t.say("question.replace-no")} {on_answer} />
            }
            <Earlier question={detail.card.id.clone()} language={detail.card.language.clone()} {on_reuse} />
        </>
    }
}
