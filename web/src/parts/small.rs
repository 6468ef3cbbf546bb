//! Chips, bars and buttons.

use crate::browser::read_file;
use crate::context::use_app;
use crate::protocol::Card;
use crate::statistics::BANDS;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BandChipProps {
    pub band: String,
}

/// The name of a band; colour and a mark before it only repeat what it says.
#[component]
pub fn BandChip(props: &BandChipProps) -> Html {
    let t = use_app().t;
    let known = BANDS.into_iter().find(|band| *band == props.band).unwrap_or("own");
    html! { <span class={classes!("chip", "band", known)}>{ t.name("band", &props.band) }</span> }
}

#[derive(Properties, PartialEq)]
pub struct ScoreBarProps {
    /// In thousandths.
    pub score: u32,
    pub label: String,
}

#[component]
pub fn ScoreBar(props: &ScoreBarProps) -> Html {
    let band = BANDS[crate::statistics::band_index(props.score)];
    html! {
        <svg class={classes!("score-bar", band)} viewBox="0 0 1000 10" preserveAspectRatio="none" role="img"
            aria-label={props.label.clone()}>
            <rect class="rail" width="1000" height="10" />
            <rect class="fill" width={props.score.to_string()} height="10" />
        </svg>
    }
}

#[derive(Properties, PartialEq)]
pub struct QuestionTagsProps {
    pub card: Card,
}

#[component]
pub fn QuestionTags(props: &QuestionTagsProps) -> Html {
    let t = use_app().t;
    let card = &props.card;
    let tags = [
        (!card.topic.is_empty()).then(|| t.name("topic", &card.topic)),
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

#[derive(Properties, PartialEq)]
pub struct FilePickerProps {
    /// Distinguishes pickers on one page.
    pub id: String,
    pub label: String,
    /// File name endings, such as `.csv,.jsonl`.
    pub accept: String,
    /// Name and content of the chosen file.
    pub on_text: Callback<(String, String)>,
}

/// A button that opens a text file.
#[component]
pub fn FilePicker(props: &FilePickerProps) -> Html {
    let on_text = props.on_text.clone();
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            let on_text = on_text.clone();
            read_file(file, move |name, text| on_text.emit((name, text)));
        }
        // The same file can be chosen again after it was changed.
        input.set_value("");
    });
    html! {
        <span class="file-picker">
            <input type="file" id={props.id.clone()} accept={props.accept.clone()} {onchange} />
            <label class="button" for={props.id.clone()}>{ props.label.clone() }</label>
        </span>
    }
}
