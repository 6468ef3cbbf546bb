//! One question from the empty field to the marked answer, and again.

use super::answer_field::{AnswerField, answer_field};
use super::disagree::{Disagree, about, judging};
use super::outcome::{Outcome, tally};
use crate::browser::{focus, note_attempt, now};
use crate::context::{Context, use_app, use_kept_typing};
use crate::findings::findings;
use crate::i18n::Texts;
use crate::protocol::{QuestionDetail, Source};
use crate::records::Attempt;
use crate::reflow::reflow;
use crate::store::Action;
use rubrica_core::wire::Evaluation;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub detail: Rc<QuestionDetail>,
    /// What was to be seen here before, on a way back or before the page was loaded anew.
    pub marked: Option<Marked>,
    /// Text of the button that goes on.
    pub next: String,
    pub on_next: Callback<()>,
}

/// The answer as it was when it was marked.
#[derive(Clone, PartialEq)]
pub struct Marked {
    pub attempt: u64,
    pub answer: Rc<str>,
    pub evaluation: Rc<Evaluation>,
    pub milliseconds: f64,
}

#[component]
pub fn Asking(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let id = &props.detail.card.id;
    let text = use_state(|| {
        let checked = || props.marked.as_ref().map(|marked| marked.answer.to_string());
        app.store.drafts.get(id).cloned().or_else(checked).unwrap_or_default()
    });
    let marked = use_state(|| props.marked.clone());
    // Whether the learner works on what was marked.
    let is_improving = use_state(|| props.marked.as_ref().is_some_and(|marked| *marked.answer != **text));
    let said = use_state(String::new);
    let is_marking = use_mut_ref(|| false);
    use_kept_typing();

    // The focus follows what has just appeared: the field, or a result that was not to be seen before.
    let shown = (*marked).clone().filter(|_| !*is_improving);
    let before = props.marked.as_ref().map(|marked| marked.attempt);
    use_effect_with(shown.as_ref().map(|marked| marked.attempt), move |attempt: &Option<u64>| match attempt {
        None => focus("answer"),
        Some(_) if *attempt == before => {}
        Some(_) => focus("outcome-title"),
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
        let (app, detail, question, text) = (app.clone(), Rc::clone(&props.detail), id.clone(), text.clone());
        let (marked, is_improving, said) = (marked.setter(), is_improving.setter(), said.setter());
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
            let (app, marked, is_improving, said) = (app.clone(), marked.clone(), is_improving.clone(), said.clone());
            let (engine, is_marking, detail) = (app.engine.clone(), Rc::clone(&is_marking), Rc::clone(&detail));
            is_marking.replace(true);
            engine.evaluate(&question, &answer.clone(), move |reply| {
                is_marking.replace(false);
                let Some(evaluation) = reply.value.map(Rc::new) else { return };
                let attempt = record(&app, &answer, &evaluation);
                said.set(summary(t, &evaluation, &detail));
                is_improving.set(false);
                marked.set(Some(Marked { attempt, answer, evaluation, milliseconds: reply.milliseconds }));
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
    html! {
        <>
            <p class="visually-hidden" role="status">{ (*said).clone() }</p>
            if let Some(marked) = shown {
                { result(&app, props, &marked, on_retry) }
            } else {
                { form(&app, props, &text, &said, on_text, on_check) }
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

/// Keeps an answer that was marked, in place of its draft; the session under way and this place of the browser's history
/// know it from then on.
fn record(app: &Context, answer: &str, evaluation: &Evaluation) -> u64 {
    let attempt = Attempt::new(app.store.next_id(now()), answer, evaluation);
    let (id, question) = (attempt.id, attempt.question.clone());
    note_attempt(id);
    if let Some(session) = app.store.session.as_deref() {
        app.apply(Action::Session(Some(session.clone().record(&question, id))));
    }
    app.apply(Action::Draft { question, text: String::new() });
    app.apply(Action::Record(Box::new(attempt)));
    id
}

/// What came of the answer, and the ways on.
fn result(app: &Context, props: &Props, marked: &Marked, on_retry: Callback<MouseEvent>) -> Html {
    let t = app.t;
    let Marked { attempt, answer, evaluation, .. } = marked;
    let question = &props.detail.card.id;
    let is_before = |known: &&Attempt| known.question == *question && known.id < *attempt;
    let points_before = app.store.attempts.iter().rfind(is_before).map(|before| before.points);
    let retry = |class: Option<&'static str>| {
        html! { <button type="button" {class} onclick={on_retry.clone()}>{ t.say("answer.retry") }</button> }
    };
    let go_on = |class: Option<&'static str>| {
        let onclick = props.on_next.reform(|_: MouseEvent| ());
        html! { <button type="button" {class} {onclick}>{ props.next.clone() }</button> }
    };
    html! {
        <>
            <Outcome detail={Rc::clone(&props.detail)} evaluation={Rc::clone(evaluation)} answer={Rc::clone(answer)}
                prefix="outcome" note={note(t, marked, points_before)} />
            <div class="actions go-on">
                if evaluation.score < 1.0 {
                    { retry(Some("primary")) }{ go_on(None) }
                } else {
                    { go_on(Some("primary")) }{ retry(None) }
                }
            </div>
            <Solution detail={Rc::clone(&props.detail)} />
            if let Some(attempt) = app.store.attempt(*attempt) {
                <Disagree about={about(question, answer)} points={attempt.points} max_points={attempt.max_points}
                    rating={attempt.disagreement.clone()} prefix="outcome" on_rate={judging(app, attempt)} />
            }
        </>
    }
}

/// The field for the answer, what is wrong with it, and the ways on.
fn form(
    app: &Context,
    props: &Props,
    text: &str,
    problem: &str,
    on_text: Callback<String>,
    on_check: Callback<()>,
) -> Html {
    let t = app.t;
    let card = &props.detail.card;
    let onsubmit = on_check.reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <form {onsubmit} class="asking">
            { answer_field(t, AnswerField {
                id: "answer",
                described_by: "title",
                label: t.say("answer.label"),
                text,
                language: &card.language,
                on_text,
                on_submit: on_check,
                status: if app.store.has_kept_draft(&card.id, text) { t.say("answer.kept") } else { "" },
                hint: t.say("answer.hint"),
            }) }
            if !problem.is_empty() {
                <p class="problem">{ problem.to_owned() }</p>
            }
            <div class="actions">
                <button type="submit" class="primary">{ t.say("answer.check") }</button>
                <span class="shortcut">{ t.say("answer.shortcut") }</span>
                <button type="button" class="quiet skip-question" onclick={props.on_next.reform(|_: MouseEvent| ())}>
                    { props.next.clone() }
                </button>
            </div>
        </form>
    }
}

/// The result in one breath, for those who hear it.
fn summary(t: &'static Texts, evaluation: &Evaluation, detail: &QuestionDetail) -> String {
    let band = t.name("band", &evaluation.band);
    let points = t.points(evaluation.points, evaluation.max_points);
    let tally = tally(t, &findings(evaluation, detail)).join(", ");
    t.fill("outcome.summary", &[("band", &band), ("points", &points), ("tally", &tally)])
}

/// How the points compare with those of the attempt before, and how long the marking took.
fn note(t: &'static Texts, marked: &Marked, points_before: Option<f64>) -> Html {
    let change = points_before.map(|before| marked.evaluation.points - before).filter(|change| change.abs() >= 0.05);
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

fn source_line(t: &'static Texts, source: &Source) -> Html {
    let lines = source
        .lines
        .map(|[first, last]| t.fill("solution.lines", &[("first", &first.to_string()), ("last", &last.to_string())]));
    // Only plain web addresses become links: a rubric is untrusted text.
    let url = source.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        <>
            if let Some(url) = url {
                <a href={url} rel="noopener noreferrer external" target="_blank">{ source.document.clone() }</a>
            } else {
                { source.document.clone() }
            }
            { for source.heading.iter().map(|heading| html! { <>{ ", " }{ heading.clone() }</> }) }
            { for lines.iter().map(|lines| html! { <>{ ", " }<span lang={t.code}>{ lines.clone() }</span></> }) }
            if let Some(note) = source.note.clone() {
                { " – " }{ note }
            }
        </>
    }
}
