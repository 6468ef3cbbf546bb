//! One question from the empty field to the marked answer, and again.

use super::answer_field::{AnswerField, answer_field};
use super::disagree::{Disagree, about, judging};
use super::outcome::Outcome;
use crate::browser::{focus, now};
use crate::context::{use_app, use_kept_typing};
use crate::protocol::{QuestionDetail, Source};
use crate::records::Attempt;
use crate::reflow::reflow;
use crate::store::Action;
use rubrica_core::wire::{Evaluation, State};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub detail: Rc<QuestionDetail>,
    /// Text of the button that goes on.
    pub next: String,
    pub on_next: Callback<()>,
}

/// The answer as it was when it was marked.
#[derive(Clone, PartialEq)]
struct Marked {
    attempt: u64,
    answer: Rc<str>,
    evaluation: Rc<Evaluation>,
    milliseconds: f64,
    /// Points of the attempt before.
    before: Option<f64>,
}

#[component]
pub fn Asking(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let id = &props.detail.card.id;
    let text = use_state(|| app.store.drafts.get(id).cloned().unwrap_or_default());
    let marked = use_state(|| None::<Marked>);
    // Whether the learner works on what was marked.
    let is_improving = use_state(|| false);
    let said = use_state(String::new);
    let is_marking = use_mut_ref(|| false);
    use_kept_typing();

    // The focus follows what has just appeared: the result, or the field.
    let shown = (*marked).clone().filter(|_| !*is_improving);
    use_effect_with(shown.as_ref().map(|marked| marked.attempt), |attempt: &Option<u64>| {
        focus(if attempt.is_some() { "outcome-title" } else { "answer" });
    });

    let on_text = {
        let (app, text, said, question) = (app.clone(), text.setter(), said.setter(), id.clone());
        Callback::from(move |new: String| {
            text.set(new.clone());
            said.set(String::new());
            app.type_draft(&question, new);
        })
    };
    let on_check = {
        let (app, detail) = (app.clone(), Rc::clone(&props.detail));
        let (text, marked, is_improving, said) = (text.clone(), marked.setter(), is_improving.setter(), said.setter());
        Callback::from(move |()| {
            if *is_marking.borrow() {
                return;
            }
            let answer: Rc<str> = Rc::from(text.as_str());
            if answer.trim().is_empty() {
                said.set(t.say("answer.empty").to_owned());
                focus("answer");
                return;
            }
            app.keep_typed();
            let (app, detail, marked, said) = (app.clone(), Rc::clone(&detail), marked.clone(), said.clone());
            let is_improving = is_improving.clone();
            let (engine, is_marking) = (app.engine.clone(), Rc::clone(&is_marking));
            is_marking.replace(true);
            engine.evaluate(&detail.card.id.clone(), &answer.clone(), move |reply| {
                is_marking.replace(false);
                let Some(evaluation) = reply.value else { return };
                let question = &detail.card.id;
                let before = app.store.attempts.iter().rfind(|attempt| attempt.question == *question);
                let before = before.map(|attempt| attempt.points);
                let attempt = Attempt::new(app.store.next_id(now()), &answer, &evaluation);
                said.set(summary(t, &evaluation));
                is_improving.set(false);
                marked.set(Some(Marked {
                    attempt: attempt.id,
                    answer,
                    evaluation: Rc::new(evaluation),
                    milliseconds: reply.milliseconds,
                    before,
                }));
                if let Some(session) = app.store.session.as_deref() {
                    app.apply(Action::Session(Some(session.clone().record(question, attempt.id))));
                }
                app.apply(Action::Draft { question: question.clone(), text: String::new() });
                app.apply(Action::Record(Box::new(attempt)));
            });
        })
    };
    let on_retry = {
        let (is_improving, said) = (is_improving.setter(), said.setter());
        Callback::from(move |_: MouseEvent| {
            said.set(String::new());
            is_improving.set(true);
        })
    };
    let on_next = {
        let on_next = props.on_next.clone();
        Callback::from(move |_: MouseEvent| on_next.emit(()))
    };
    let is_kept = app.store.has_kept_draft(id, &text);
    let submit = {
        let on_check = on_check.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_check.emit(());
        })
    };

    html! {
        <>
            <p class="visually-hidden" role="status">{ (*said).clone() }</p>
            if let Some(marked) = shown {
                <Outcome detail={Rc::clone(&props.detail)} evaluation={Rc::clone(&marked.evaluation)}
                    answer={Rc::clone(&marked.answer)} prefix="outcome" note={note(t, &marked)} />
                <div class="actions go-on">
                    if marked.evaluation.score < 1.0 {
                        <button type="button" class="primary" onclick={on_retry}>{ t.say("answer.retry") }</button>
                        <button type="button" onclick={on_next}>{ props.next.clone() }</button>
                    } else {
                        <button type="button" class="primary" onclick={on_next}>{ props.next.clone() }</button>
                        <button type="button" onclick={on_retry}>{ t.say("answer.retry") }</button>
                    }
                </div>
                <Solution detail={Rc::clone(&props.detail)} />
                if let Some(attempt) = app.store.attempts.iter().find(|attempt| attempt.id == marked.attempt) {
                    <Disagree about={about(id, &marked.answer)} points={attempt.points} max_points={attempt.max_points}
                        rating={attempt.disagreement.clone()} prefix="outcome"
                        on_rate={judging(&app, attempt)} />
                }
            } else {
                <form onsubmit={submit} class="asking">
                    { answer_field(t, AnswerField {
                        id: "answer",
                        described_by: "title",
                        label: t.say("answer.label"),
                        text: &text,
                        language: &props.detail.card.language,
                        on_text,
                        on_submit: on_check,
                        status: if is_kept { t.say("answer.kept") } else { "" },
                        placeholder: t.say("answer.placeholder"),
                    }) }
                    if !said.is_empty() {
                        <p class="problem">{ (*said).clone() }</p>
                    }
                    <div class="actions">
                        <button type="submit" class="primary">{ t.say("answer.check") }</button>
                        <span class="shortcut">{ t.say("answer.shortcut") }</span>
                        <button type="button" class="quiet skip-question" onclick={on_next}>{ props.next.clone() }</button>
                    </div>
                </form>
                if let Some(marked) = (*marked).clone() {
                    <section class="last" aria-labelledby="last-heading">
                        <h2 id="last-heading">{ t.say("answer.last") }</h2>
                        <Outcome detail={Rc::clone(&props.detail)} evaluation={marked.evaluation} answer={marked.answer}
                            prefix="last" />
                    </section>
                }
            }
        </>
    }
}

/// The result in one breath, for those who hear it.
fn summary(t: &'static crate::i18n::Texts, evaluation: &Evaluation) -> String {
    let count = |state: State| evaluation.outcomes.iter().filter(|outcome| outcome.state == state).count().to_string();
    t.fill(
        "outcome.summary",
        &[
            ("band", &t.name("band", &evaluation.band)),
            ("points", &t.number(evaluation.points)),
            ("max", &t.number(evaluation.max_points)),
            ("met", &count(State::Met)),
            ("missed", &count(State::Missed)),
            (
                "wrong",
                &(evaluation.misconceptions.len()
                    + evaluation.outcomes.iter().filter(|outcome| outcome.state == State::Contradicted).count())
                .to_string(),
            ),
        ],
    )
}

fn note(t: &'static crate::i18n::Texts, marked: &Marked) -> Html {
    let change = marked.before.map(|before| marked.evaluation.points - before).filter(|change| change.abs() >= 0.05);
    let milliseconds = if marked.milliseconds < 0.1 { "0.1".to_owned() } else { format!("{:.1}", marked.milliseconds) };
    html! {
        <>
            if let Some(change) = change {
                <strong>{ if change > 0.0 {
                    t.count_points("outcome.better", change)
                } else {
                    t.count_points("outcome.worse", -change)
                } }</strong>
                { " " }
            }
            <span data-milliseconds={marked.milliseconds.to_string()}>
                { t.fill("outcome.time", &[("milliseconds", &milliseconds.replace('.', t.say("number.decimal-sign")))]) }
            </span>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SolutionProps {
    detail: Rc<QuestionDetail>,
}

/// The reference answer and the sources; in the page only once they are asked for.
#[component]
fn Solution(props: &SolutionProps) -> Html {
    let t = use_app().t;
    let is_open = use_state(|| false);
    let detail = &props.detail;
    if detail.reference_answer.is_none() && detail.sources.is_empty() {
        return Html::default();
    }
    let toggle = {
        let is_open = is_open.clone();
        move |_| is_open.set(!*is_open)
    };
    html! {
        <section class="disclosure">
            <button type="button" class="quiet" aria-expanded={is_open.to_string()} onclick={toggle}>
                { t.say("solution.title") }
            </button>
            if *is_open {
                if let Some(reference) = detail.reference_answer.clone() {
                    <div class="reference" lang={detail.card.language.clone()}>{ reflow(&reference) }</div>
                }
                if !detail.sources.is_empty() {
                    <h3>{ t.say("solution.sources") }</h3>
                    <ul class="sources" lang="en">{ for detail.sources.iter().map(|source| html! { <li>{ source_line(t, source) }</li> }) }</ul>
                }
            }
        </section>
    }
}

fn source_line(t: &'static crate::i18n::Texts, source: &Source) -> Html {
    let lines = source
        .lines
        .map(|[first, last]| t.fill("solution.lines", &[("first", &first.to_string()), ("last", &last.to_string())]));
    let place: Vec<String> = [source.heading.clone(), lines].into_iter().flatten().collect();
    // Only plain web addresses become links: a rubric is untrusted text.
    let url = source.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        <>
            if let Some(url) = url {
                <a href={url} rel="noopener noreferrer external" target="_blank">{ source.document.clone() }</a>
            } else {
                { source.document.clone() }
            }
            if !place.is_empty() {
                { ", " }{ place.join(", ") }
            }
            if let Some(note) = source.note.clone() {
                { " – " }{ note }
            }
        </>
    }
}
