//! What an answer came close to saying, for authors who wonder why it does not count.

use super::outcome::{Props, message_language, message_text};
use crate::i18n::Texts;
use rubrica_core::wire::{Matcher, NearMiss};
use yew::prelude::*;

/// What came closest to making a criterion or misconception, each with what kept it from that.
pub fn near_misses(t: &'static Texts, props: &Props, claim: &str) -> Html {
    let misses: Vec<&NearMiss> = props.near.iter().filter(|miss| miss.criterion == claim).collect();
    html! {
        if !misses.is_empty() {
            <ul class="near">{ for misses.into_iter().map(|miss| near_miss(t, props, miss)) }</ul>
        }
    }
}

/// The same for the misconceptions that were not found in the answer.
pub fn near_misconceptions(t: &'static Texts, props: &Props) -> Html {
    let is_criterion =
        |miss: &&NearMiss| props.evaluation.outcomes.iter().any(|outcome| outcome.criterion == miss.criterion);
    let mut ids: Vec<&str> =
        props.near.iter().filter(|miss| !is_criterion(miss)).map(|miss| miss.criterion.as_str()).collect();
    ids.dedup();
    html! {
        if !ids.is_empty() {
            <section class="group">
                <h3>{ t.say("near.misconceptions") }</h3>
                <ul>
                    { for ids.into_iter().map(|id| html! { <li class="finding missed"><strong>{ id.to_owned() }</strong>{ near_misses(t, props, id) }</li> }) }
                </ul>
            </section>
        }
    }
}

/// “scatters” nearly matches `scatter* & (short*|blue)`, and below it: The answer lacks the rest of it. `(short*|blue)`
fn near_miss(t: &'static Texts, props: &Props, miss: &NearMiss) -> Html {
    let language = &props.detail.card.language;
    let mut places: Vec<(u32, u32)> = miss.found.iter().map(|place| (place.start, place.end)).collect();
    places.dedup();
    let quotes = places.iter().filter_map(|&(start, end)| props.answer.get(start as usize..end as usize));
    let mut outcomes = props.evaluation.outcomes.iter().filter(|outcome| outcome.criterion == miss.criterion);
    let counts = outcomes.any(|outcome| outcome.evidence.iter().any(|evidence| evidence.term == miss.term));
    let (is, term) = match miss.matcher {
        Matcher::Statement => (t.say("near.says"), html! { <q lang={language.clone()}>{ miss.term.clone() }</q> }),
        _ if counts => (t.say("near.counts"), code(&miss.term)),
        _ => (t.say("near.matches"), code(&miss.term)),
    };
    html! {
        <li>
            { for quotes.enumerate().map(|(index, quote)| html! {
                <>if index > 0 { { " … " } }<q lang={language.clone()}>{ quote.to_owned() }</q></>
            }) }
            { " " }{ is }{ " " }{ term }
            <p>
                <span lang={message_language(t, &miss.obstacle)}>{ message_text(t, &miss.obstacle) }</span>
                { for miss.missing.iter().filter(|part| **part != miss.term).map(|part| html! { <>{ " " }{ code(part) }</> }) }
            </p>
        </li>
    }
}

/// A pattern or a part of one, as the author wrote it.
fn code(pattern: &str) -> Html {
    html! { <code>{ pattern.to_owned() }</code> }
}
