//! Chips, bars and what is chosen from.

use crate::i18n::Texts;
use crate::protocol::Card;
use crate::records::Disagreement;
use crate::statistics::{BANDS, band_index};
use yew::prelude::*;

/// The name of a band; colour and a mark before it only repeat what it says.
pub fn band_chip(t: &'static Texts, band: &str) -> Html {
    let known = BANDS.into_iter().find(|known| *known == band).unwrap_or("own");
    html! { <span class={classes!("chip", "band", known)}>{ t.name("band", band) }</span> }
}

/// What a person gave instead, beside a score.
pub fn rating_chip(t: &'static Texts, rating: Option<&Disagreement>) -> Html {
    let points = |rating: &Disagreement| t.fill("disagree.chip", &[("points", &t.number(rating.points()))]);
    html! { { for rating.map(|rating| html! { <span class="chip">{ points(rating) }</span> }) } }
}

/// One of the values of a field, `current` the one that is chosen.
pub fn option(value: &str, label: &str, current: &str) -> Html {
    html! { <option value={value.to_owned()} selected={value == current}>{ label.to_owned() }</option> }
}

/// A score in thousandths, drawn.
pub fn score_bar(score: u32, label: String) -> Html {
    let band = BANDS[band_index(score)];
    html! {
        <svg class={classes!("score-bar", band)} viewBox="0 0 1000 10" preserveAspectRatio="none" role="img"
            aria-label={label}>
            <rect class="rail" width="1000" height="10" />
            <rect class="fill" width={score.to_string()} height="10" />
        </svg>
    }
}

/// Kind and level, and the topic where it is not plain anyhow.
pub fn question_tags(t: &'static Texts, card: &Card, with_topic: bool) -> Html {
    let tags = [
        (with_topic && !card.topic.is_empty()).then(|| t.name("topic", &card.topic)),
        Some(t.name("kind", &card.kind)),
        (!card.level.is_empty()).then(|| t.name("level", &card.level)),
        card.own.then(|| t.say("question.own").to_owned()),
    ];
    html! {
        <ul class="tags" aria-label={t.say("question.tags")}>
            { for tags.into_iter().flatten().map(|tag| html! { <li>{ tag }</li> }) }
        </ul>
    }
}
