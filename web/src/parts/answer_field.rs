//! The field for an answer: grows with the text, counts words.

use crate::browser::value_of;
use crate::i18n::Texts;
use yew::prelude::*;

pub struct AnswerField<'a> {
    pub id: &'static str,
    pub label: &'static str,
    /// Id of an element that says more, such as the question.
    pub described_by: &'static str,
    pub text: &'a str,
    pub language: &'a str,
    pub on_text: Callback<String>,
    /// Control or command with Enter.
    pub on_submit: Callback<()>,
    /// Stands beside the number of words.
    pub status: &'static str,
    /// Stands above the field: a placeholder in it would be read as text in the language of the answer.
    pub hint: &'static str,
}

pub fn answer_field(t: &'static Texts, field: AnswerField<'_>) -> Html {
    let AnswerField { id, label, described_by, text, language, on_text, on_submit, status, hint } = field;
    let oninput = on_text.reform(|event: InputEvent| value_of(&event));
    let onkeydown = {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
                event.prevent_default();
                on_submit.emit(());
            }
        })
    };
    let n_words = text.split_whitespace().count();
    let [hint_id, status_id] = ["hint", "status"].map(|part| format!("{id}-{part}"));
    let hinted = if hint.is_empty() { described_by.to_owned() } else { format!("{described_by} {hint_id}") };
    html! {
        <div class="answer-field">
            <label for={id}>{ label }</label>
            if !hint.is_empty() {
                <p id={hint_id} class="small">{ hint }</p>
            }
            <textarea {id} value={text.to_owned()} lang={language.to_owned()}
                aria-describedby={format!("{hinted} {status_id}")} rows="8" spellcheck="true"
                {oninput} {onkeydown} />
            <p id={status_id} class="field-status">
                <span>{ t.count("answer.words", n_words) }</span>
                <span>{ status }</span>
            </p>
        </div>
    }
}
