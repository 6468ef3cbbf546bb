//! Where everybody starts: one question to answer now, a session to set up, and all questions to choose from.

use super::question::go_to;
use super::session::open_session;
use crate::browser::{day_of, focus, now, seed, today, value_of};
use crate::context::{Context, Visit, use_app};
use crate::i18n::Texts;
use crate::parts::{band_chip, option, question_tags};
use crate::protocol::{Card, Catalogue};
use crate::repetition::Schedule;
use crate::route::Route;
use crate::session::{Order, Plan, Session, choose, suggest};
use crate::statistics::{QuestionHistory, histories};
use crate::store::Action;
use rubrica_core::sort::sort_by;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// Numbers of questions and minutes on offer.
const SIZES: [usize; 4] = [3, 5, 10, 20];
const MINUTES: [u32; 5] = [10, 15, 20, 30, 45];

#[component]
pub fn Practise() -> Html {
    let app = use_app();
    let t = app.t;
    let Some(catalogue) = app.store.ready().cloned() else { return Html::default() };
    let schedules =
        use_memo((Rc::clone(&app.store.attempts), Rc::clone(&catalogue)), |(_, catalogue)| schedules(&app, catalogue));
    let suggestion = suggest(&catalogue.questions, &schedules, today(), &app.store.skipped);
    let n_due = schedules.values().filter(|schedule| schedule.due <= today()).count();
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("practise.title") }</h1>
            <p class="lead">{ t.say("practise.lead") }</p>
            { open_session(&app) }
            <div class="start">
                if let Some(card) = suggestion {
                    <section class="card suggestion" aria-labelledby="suggestion-title">
                        <h2 id="suggestion-title" class="eyebrow">{
                            if schedules.contains_key(&card.id) { t.say("practise.again") }
                            else if schedules.is_empty() { t.say("practise.first") }
                            else { t.say("practise.next") }
                        }</h2>
                        <p class="prompt" lang={card.language.clone()} aria-live="polite">{ card.prompt.clone() }</p>
                        { question_tags(t, card, true) }
                        if schedules.is_empty() {
                            <p class="small how">{ t.say("practise.how") }</p>
                        }
                        <div class="actions">
                            <a class="button primary" href={Route::Question(card.id.clone()).to_string()}>{ t.say("practise.answer") }</a>
                            <button type="button" class="quiet" onclick={
                                let (app, id) = (app.clone(), card.id.clone());
                                move |_| app.apply(Action::Skip(id.clone()))
                            }>{ t.say("practise.another") }</button>
                        </div>
                    </section>
                }
                <SessionForm catalogue={Rc::clone(&catalogue)} {n_due} />
            </div>
            <Browse {catalogue} />
        </>
    }
}

/// When to repeat each question that was answered and is still there.
fn schedules(app: &Context, catalogue: &Catalogue) -> BTreeMap<String, Schedule> {
    let histories = histories(&app.store.attempts, today(), &day_of).into_iter();
    let known = histories.filter(|(question, _)| catalogue.card(question).is_some());
    known.map(|(question, history)| (question.to_owned(), history.schedule)).collect()
}

#[derive(Properties, PartialEq)]
struct SessionFormProps {
    catalogue: Rc<Catalogue>,
    n_due: usize,
}

#[component]
fn SessionForm(props: &SessionFormProps) -> Html {
    let app = use_app();
    let t = app.t;
    let plan = use_state(Plan::default);
    let change = |change: fn(&mut Plan, String)| {
        let plan = plan.clone();
        Callback::from(move |event: Event| {
            let mut changed = (*plan).clone();
            change(&mut changed, value_of(&event));
            plan.set(changed);
        })
    };
    let toggle_topic = |topic: &str| {
        let (plan, topic) = (plan.clone(), topic.to_owned());
        Callback::from(move |_: Event| {
            let mut changed = (*plan).clone();
            toggle(&mut changed.topics, &topic);
            plan.set(changed);
        })
    };
    let onsubmit = {
        let (app, plan, catalogue) = (app.clone(), plan.clone(), Rc::clone(&props.catalogue));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let questions = choose(&plan, &catalogue.questions, &schedules(&app, &catalogue), today(), seed());
            if let Some(session) = Session::new(questions, plan.minutes, now()) {
                app.apply(Action::Session(Some(session)));
                go_to(&Route::Session);
            }
        })
    };
    let size = plan.n_questions.map_or_else(|| "all".to_owned(), |n| n.to_string());
    let order = if plan.order == Order::Random { "random" } else { "spaced" };
    let minutes = plan.minutes.map_or_else(String::new, |n| n.to_string());
    html! {
        <section class="card" aria-labelledby="session-title">
            <h2 id="session-title" class="eyebrow">{ t.say("session.title") }</h2>
            if props.n_due > 0 {
                <p>{ t.count("practise.due", props.n_due) }</p>
            }
            <form class="session-form" {onsubmit}>
                <label for="session-size">{ t.say("session.size") }</label>
                <select id="session-size" onchange={change(|plan, value| plan.n_questions = value.parse().ok())}>
                    { for SIZES.iter().map(|n| option(&n.to_string(), &n.to_string(), &size)) }
                    { option("all", t.say("session.all"), &size) }
                </select>
                <label for="session-order">{ t.say("session.order") }</label>
                <select id="session-order" onchange={change(|plan, value| {
                    plan.order = if value == "random" { Order::Random } else { Order::Spaced };
                })}>
                    { option("spaced", t.say("session.spaced"), order) }
                    { option("random", t.say("session.random"), order) }
                </select>
                <label for="session-minutes">{ t.say("session.timer") }</label>
                <select id="session-minutes" onchange={change(|plan, value| plan.minutes = value.parse().ok())}>
                    { option("", t.say("session.no-timer"), &minutes) }
                    { for MINUTES.iter().map(|n| option(&n.to_string(), &t.count("session.minutes", *n as usize), &minutes)) }
                </select>
                <details class="topics">
                    <summary>{
                        if plan.topics.is_empty() { t.say("session.all-topics").to_owned() }
                        else { t.count("session.topics", plan.topics.len()) }
                    }</summary>
                    <fieldset>
                        <legend class="visually-hidden">{ t.say("filter.topic") }</legend>
                        { for props.catalogue.topics().into_iter().map(|topic| html! {
                            <label>
                                <input type="checkbox" checked={plan.topics.iter().any(|known| known == topic)}
                                    onchange={toggle_topic(topic)} />
                                { t.name("topic", topic) }
                            </label>
                        }) }
                    </fieldset>
                </details>
                <button type="submit">{ t.say("session.start") }</button>
            </form>
        </section>
    }
}

/// Takes a topic into a list, or out of it.
fn toggle(topics: &mut Vec<String>, topic: &str) {
    match topics.iter().position(|known| known == topic) {
        Some(index) => drop(topics.remove(index)),
        None => topics.push(topic.to_owned()),
    }
}

/// The list of questions as somebody has arranged it.
#[derive(Clone, Default)]
pub struct List {
    filter: Filter,
    /// Topics that were opened, and those among what was searched for that were closed.
    opened: Vec<String>,
    closed: Vec<String>,
}

impl List {
    fn is_narrowed(&self) -> bool {
        self.filter != Filter::default()
    }

    /// Narrows the list down to something else.
    fn narrow(&mut self, change: impl FnOnce(&mut Filter)) {
        change(&mut self.filter);
        self.closed.clear();
    }

    /// Whether a topic shows its questions. What was searched for is shown; all topics together are a page of their own
    /// without that.
    fn is_open(&self, topic: &String) -> bool {
        if self.is_narrowed() { !self.closed.contains(topic) } else { self.opened.contains(topic) }
    }

    /// Opens a topic or closes it.
    fn turn(&mut self, topic: &str) {
        toggle(if self.is_narrowed() { &mut self.closed } else { &mut self.opened }, topic);
    }
}

/// What a list of questions is narrowed down to; empty fields narrow nothing.
#[derive(Clone, Default, PartialEq)]
struct Filter {
    words: String,
    topic: String,
    kind: String,
    level: String,
}

impl Filter {
    fn admits(&self, card: &Card, t: &Texts) -> bool {
        let text = format!("{} {} {}", card.prompt, card.id, t.name("topic", &card.topic)).to_lowercase();
        (self.topic.is_empty() || card.topic == self.topic)
            && (self.kind.is_empty() || card.kind == self.kind)
            && (self.level.is_empty() || card.level == self.level)
            && self.words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

#[derive(Properties, PartialEq)]
struct BrowseProps {
    catalogue: Rc<Catalogue>,
}

#[component]
fn Browse(props: &BrowseProps) -> Html {
    let app = use_app();
    let t = app.t;
    let arranging = Arranging { visit: Rc::clone(&app.visit), drawing: use_force_update() };
    let list = app.visit.borrow().list.clone();
    let cards = &props.catalogue.questions;
    let found: Vec<&Card> = cards.iter().filter(|card| list.filter.admits(card, t)).collect();
    let histories = histories(&app.store.attempts, today(), &day_of);
    let (n_found, n_cards) = (found.len().to_string(), cards.len().to_string());
    let reset = {
        let arranging = arranging.clone();
        move |_| {
            arranging.change(|list| list.narrow(|filter| *filter = Filter::default()));
            focus("filter-words");
        }
    };
    html! {
        <section aria-labelledby="browse-title" class="browse">
            <h2 id="browse-title">{ t.say("practise.browse") }</h2>
            { filters(t, &arranging, &list.filter, cards) }
            <p role="status" class="count">{ t.fill("filter.found", &[("n", &n_found), ("all", &n_cards)]) }</p>
            if found.is_empty() {
                <p class="nothing">
                    { t.say("filter.nothing") }{ " " }
                    <button type="button" class="quiet" onclick={reset}>{ t.say("filter.reset") }</button>
                </p>
            }
            <div class="topics-list">
                { for found.chunk_by(|a, b| a.topic == b.topic).map(|cards| {
                    topic(&app, &arranging, cards, &histories, list.is_open(&cards[0].topic))
                }) }
            </div>
        </section>
    }
}

/// What changes the list of questions and draws it anew.
#[derive(Clone)]
struct Arranging {
    visit: Rc<RefCell<Visit>>,
    drawing: UseForceUpdateHandle,
}

impl Arranging {
    fn change(&self, change: impl FnOnce(&mut List)) {
        change(&mut self.visit.borrow_mut().list);
        self.drawing.force_update();
    }
}

/// The fields that narrow the list down.
fn filters(t: &'static Texts, arranging: &Arranging, filter: &Filter, cards: &[Card]) -> Html {
    let select = |id: &'static str,
                  [group, label]: [&'static str; 2],
                  property: fn(&Card) -> &String,
                  current: &str,
                  set: fn(&mut Filter, String)| {
        let arranging = arranging.clone();
        let onchange = move |event: Event| {
            arranging.change(|list| list.narrow(|filter| set(filter, value_of(&event))));
        };
        html! {
            <div class="field">
                <label for={id}>{ label }</label>
                <select {id} {onchange}>
                    { option("", t.say("filter.all"), current) }
                    { for distinct(cards, property).iter().map(|value| option(value, &t.name(group, value), current)) }
                </select>
            </div>
        }
    };
    let oninput = {
        let arranging = arranging.clone();
        move |event: InputEvent| arranging.change(|list| list.narrow(|filter| filter.words = value_of(&event)))
    };
    html! {
        <form role="search" class="filters" onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <div class="field wide">
                <label for="filter-words">{ t.say("filter.words") }</label>
                <input id="filter-words" type="search" autocomplete="off" value={filter.words.clone()} {oninput} />
            </div>
            { select("filter-topic", ["topic", t.say("filter.topic")], |card| &card.topic, &filter.topic,
                |filter, value| filter.topic = value) }
            { select("filter-kind", ["kind", t.say("filter.kind")], |card| &card.kind, &filter.kind,
                |filter, value| filter.kind = value) }
            { select("filter-level", ["level", t.say("filter.level")], |card| &card.level, &filter.level,
                |filter, value| filter.level = value) }
        </form>
    }
}

/// A topic with those of its questions that were found.
fn topic(
    app: &Context,
    arranging: &Arranging,
    cards: &[&Card],
    histories: &BTreeMap<&str, QuestionHistory<'_>>,
    is_open: bool,
) -> Html {
    let t = app.t;
    let history = |card: &Card| histories.get(card.id.as_str());
    let n_answered = cards.iter().filter(|card| history(card).is_some()).count();
    let topic = &cards[0].topic;
    let name = if topic.is_empty() { t.say("filter.no-topic").to_owned() } else { t.name("topic", topic) };
    let onclick = {
        let (arranging, topic) = (arranging.clone(), topic.clone());
        move |event: MouseEvent| {
            event.prevent_default();
            arranging.change(|list| list.turn(&topic));
        }
    };
    html! {
        <details key={topic.clone()} class="topic" open={is_open}>
            <summary {onclick}>
                <h3>{ name }</h3>
                <span class="small">{
                    if n_answered == 0 { t.count("practise.in-topic", cards.len()) }
                    else { t.fill("practise.done-in-topic", &[("n", &n_answered.to_string()), ("all", &cards.len().to_string())]) }
                }</span>
            </summary>
            <ul class="questions">{ for cards.iter().map(|card| question(app, card, history(card))) }</ul>
        </details>
    }
}

/// A question, and how far somebody has come with it.
fn question(app: &Context, card: &Card, history: Option<&QuestionHistory<'_>>) -> Html {
    let t = app.t;
    html! {
        <li key={card.id.clone()}>
            <a href={Route::Question(card.id.clone()).to_string()} lang={card.language.clone()}>{ card.prompt.clone() }</a>
            { question_tags(t, card, false) }
            if let Some(history) = history {
                { band_chip(t, &history.last().band) }
            }
            if app.store.drafts.contains_key(&card.id) {
                <span class="chip draft">{ t.say("practise.draft") }</span>
            }
        </li>
    }
}

/// The values of a property, each once, in alphabetical order.
fn distinct(cards: &[Card], property: fn(&Card) -> &String) -> Vec<String> {
    let mut values: Vec<String> = cards.iter().map(property).filter(|value| !value.is_empty()).cloned().collect();
    sort_by(&mut values, Ord::cmp);
    values.dedup();
    values
}
