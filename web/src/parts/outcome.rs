//! What the engine says about an answer: score, the answer with its evidence, and every criterion.

use super::marked_answer::{MarkedAnswer, finding_id, mark_id};
use super::near::{near_misconceptions, near_misses};
use super::small::{band_chip, score_bar};
use crate::browser::focus;
use crate::context::use_app;
use crate::findings::{Finding, Kind, findings};
use crate::i18n::Texts;
use crate::protocol::QuestionDetail;
use rubrica_core::wire::{Evaluation, Message, NearMiss};
use std::ops::Range;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub detail: Rc<QuestionDetail>,
    pub evaluation: Rc<Evaluation>,
    pub answer: Rc<str>,
    /// Start of the ids of elements; the heading, which can take the focus, is `<prefix>-title`.
    pub prefix: AttrValue,
    /// Whether to say at once what is missing: to authors and markers, not to learners.
    #[prop_or_default]
    pub open: bool,
    /// What the answer came close to saying: for authors.
    #[prop_or_default]
    pub near: Rc<[NearMiss]>,
    /// Goes on after the line under the score.
    #[prop_or_default]
    pub note: Html,
}

#[component]
pub fn Outcome(props: &Props) -> Html {
    let t = use_app().t;
    let active = use_state(|| None::<usize>);
    let on_active = use_callback((), {
        let active = active.setter();
        move |finding, ()| active.set(finding)
    });
    let evaluation = &props.evaluation;
    let found = use_memo((Rc::clone(evaluation), Rc::clone(&props.detail)), |(evaluation, detail)| {
        findings(evaluation, detail)
    });
    let general: Vec<&Message> = evaluation.feedback.iter().filter(|message| message.criterion.is_none()).collect();
    let percent = format!("{:.0}", evaluation.score * 100.0);
    let score = t.fill("outcome.score", &[("percent", &percent)]);
    let full_marks = props.detail.full_marks;
    // Some reasons to look again are feedback as well; nobody needs to read them twice.
    let is_new = |reason: &&Message| {
        general.iter().all(|message| reason.id.strip_prefix("review-") != Some(message.id.as_str()))
    };
    let reasons: Vec<&Message> = evaluation.reasons.iter().filter(is_new).collect();
    html! {
        // No landmark: one page may show several of the same score.
        <div class="outcome" role="group" aria-labelledby={format!("{}-title", props.prefix)}>
            <div class="score">
                <h2 id={format!("{}-title", props.prefix)} tabindex="-1">
                    { band_chip(t, &evaluation.band) }
                    { " " }
                    <span class="points">{ t.points(evaluation.points, evaluation.max_points) }</span>
                </h2>
                { score_bar((evaluation.score * 1000.0).round() as u32, score.clone()) }
                <ul class="tags tally">{ for tally(t, &found).into_iter().map(|part| html! { <li>{ part }</li> }) }</ul>
                <p class="score-note">
                    { score }{ " " }
                    if full_marks < 100 {
                        { t.fill("outcome.full-marks", &[("percent", &full_marks.to_string())]) }{ " " }
                    }
                    { t.fill("outcome.sureness", &[("percent", &format!("{:.0}", evaluation.sureness * 100.0))]) }
                    { " " }{ props.note.clone() }
                </p>
            </div>
            if evaluation.review {
                <div class="notice">
                    <p>{ t.say("outcome.review") }</p>
                    if !reasons.is_empty() {
                        <ul>{ for reasons.into_iter().map(|reason| html! { <li lang={message_language(t, reason)}>{ message_text(t, reason) }</li> }) }</ul>
                    }
                </div>
            }
            if !general.is_empty() {
                <ul class="advice">
                    { for general.into_iter().map(|message| html! { <li lang={message_language(t, message)}>{ message_text(t, message) }</li> }) }
                </ul>
            }
            <div class="columns">
                <div class="yours">
                    <h3>{ t.say("outcome.your-answer") }</h3>
                    <MarkedAnswer answer={Rc::clone(&props.answer)} findings={Rc::clone(&found)} active={*active}
                        on_active={on_active.clone()} language={props.detail.card.language.clone()}
                        prefix={props.prefix.clone()} />
                    if found.iter().any(Finding::has_places) {
                        <p class="legend">
                            <span class="mark met">{ t.say("outcome.legend-for") }</span>
                            { " " }
                            <span class="mark against">{ t.say("outcome.legend-against") }</span>
                        </p>
                    }
                </div>
                <div class="findings">
                    { for Kind::ALL.into_iter().map(|kind| group(t, props, &found, kind, *active, &on_active)) }
                    { near_misconceptions(t, props) }
                </div>
            </div>
        </div>
    }
}

/// How many findings of each kind there are.
pub fn tally(t: &'static Texts, found: &[Finding]) -> Vec<String> {
    let count = |kind: Kind| (kind, found.iter().filter(|finding| finding.kind == kind).count());
    let counts = Kind::ALL.into_iter().map(count).filter(|(_, n)| *n > 0);
    counts.map(|(kind, n)| format!("{n} {}", t.name("tally", kind.name()))).collect()
}

/// The engine's own wording, or that of the current language where it has one.
pub fn message_text(t: &'static Texts, message: &Message) -> String {
    t.engine(&message.id).map_or_else(|| message.text.clone(), str::to_owned)
}

/// The language of that wording, where it is not the page's.
pub fn message_language(t: &'static Texts, message: &Message) -> Option<&'static str> {
    (t.code != "en" && t.engine(&message.id).is_none()).then_some("en")
}

fn group(
    t: &'static Texts,
    props: &Props,
    found: &Rc<Vec<Finding>>,
    kind: Kind,
    active: Option<usize>,
    on_active: &Callback<Option<usize>>,
) -> Html {
    let entries: Vec<usize> = (0..found.len()).filter(|&index| found[index].kind == kind).collect();
    if entries.is_empty() {
        return Html::default();
    }
    let heading = format!("{} ({})", t.name("findings", kind.name()), entries.len());
    html! {
        <section class={classes!("group", kind.name())}>
            <h3>{ heading }</h3>
            <ul>
                { for entries.into_iter().map(|index| html! {
                    <Entry {index} finding={found[index].clone()} is_active={active == Some(index)}
                        on_active={on_active.clone()} prefix={props.prefix.clone()}
                        answer={Rc::clone(&props.answer)} open={props.open} language={props.detail.card.language.clone()}
                        near={near_misses(t, props, &found[index].id)} />
                }) }
            </ul>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct EntryProps {
    index: usize,
    finding: Finding,
    is_active: bool,
    on_active: Callback<Option<usize>>,
    prefix: AttrValue,
    answer: Rc<str>,
    open: bool,
    language: String,
    near: Html,
}

#[component]
fn Entry(props: &EntryProps) -> Html {
    let t = use_app().t;
    let finding = &props.finding;
    let opened = use_state(|| false);
    let is_hidden = finding.kind == Kind::Missed && !props.open && !*opened;
    let points = if finding.points < 0.0 || finding.kind == Kind::Misconception {
        t.count_points("outcome.points-off", -finding.points)
    } else {
        t.points(finding.points, finding.max_points)
    };
    let on = |value: Option<usize>| {
        let on_active = props.on_active.clone();
        move || on_active.emit(value)
    };
    let (enter, leave) = (on(Some(props.index)), on(None));
    let id = finding_id(&props.prefix, props.index);
    let reveal = {
        let id = id.clone();
        move |_| {
            opened.set(true);
            focus(&id);
        }
    };
    let quotes = |title: &'static str, places: &[Range<usize>], is_against: bool| {
        if places.is_empty() {
            return Html::default();
        }
        let target = mark_id(&props.prefix, props.index);
        html! {
            <p class="quotes">
                <span>{ title }{ " " }</span>
                { for places.iter().filter_map(|range| props.answer.get(range.clone())).map(|quote| {
                    let target = target.clone();
                    let (enter, leave) = (on(Some(props.index)), on(None));
                    html! {
                        <button type="button" class={classes!("quote", is_against.then_some("against"))}
                            onfocus={move |_| enter()} onblur={move |_| leave()} onclick={move |_| focus(&target)}>
                            <q lang={props.language.clone()}>{ quote.to_owned() }</q>
                        </button>
                    }
                }) }
            </p>
        }
    };
    html! {
        <li {id} tabindex="-1"
            class={classes!("finding", finding.kind.name(), props.is_active.then_some("active"))}
            onmouseenter={move |_| enter()} onmouseleave={move |_| leave()}>
            <p class="finding-head">
                if finding.has_places() {
                    <span class="number" aria-hidden="true">{ props.index + 1 }</span>
                }
                if is_hidden {
                    <span lang={finding.hint.as_ref().map(|_| props.language.clone())}>
                        { finding.hint.clone().unwrap_or_else(|| t.say("outcome.no-hint").to_owned()) }
                    </span>
                } else {
                    <strong lang={props.language.clone()}>{ finding.label.clone() }</strong>
                }
                <span class="finding-points">{ points }</span>
            </p>
            if is_hidden {
                <button type="button" class="quiet" onclick={reveal}>{ t.say("outcome.reveal") }</button>
            } else if let Some(advice) = finding.advice.clone() {
                <p class="finding-advice" lang={props.language.clone()}>{ advice }</p>
            }
            if finding.is_doubted {
                <p class="finding-advice">{ t.say("outcome.doubted") }</p>
            }
            { quotes(t.say("outcome.you-say"), &finding.evidence, false) }
            { quotes(if finding.evidence.is_empty() { t.say("outcome.you-say") } else { t.say("outcome.but-also") },
                &finding.against, true) }
            { props.near.clone() }
        </li>
    }
}
