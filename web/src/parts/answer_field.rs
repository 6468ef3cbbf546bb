//! The field for an answer: grows with the text, counts words.

use crate::context::use_app;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: String,
    pub text: String,
    pub language: String,
    pub on_text: Callback<String>,
    /// Control or command with Enter.
    pub on_submit: Callback<()>,
    /// Stands beside the number of words.
    #[prop_or_default]
    pub status: String,
    #[prop_or_default]
    pub placeholder: String,
}

#[component]
pub fn AnswerField(props: &Props) -> Html {
    let t = use_app().t;
    let oninput = {
        let on_text = props.on_text.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
                on_text.emit(field.value());
            }
        })
    };
    let onkeydown = {
        let on_submit = props.on_submit.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                on_submit.emit(());
            }
        })
    };
    let n_words = props.text.split_whitespace().count();
    let status_id = format!("{}-status", props.id);
    html! {
        <div class="answer-field">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <textarea id={props.id.clone()} value={props.text.clone()} lang={props.language.clone()}
                aria-describedby={status_id.clone()} rows="8" spellcheck="true" placeholder={props.placeholder.clone()}
                {oninput} {onkeydown} />
            <p id={status_id} class="field-status">
                <span>{ t.count("answer.words", n_words) }</span>
                <span>{ props.status.clone() }</span>
            </p>
        </div>
    }
}
