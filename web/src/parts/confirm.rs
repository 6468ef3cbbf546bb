//! A question before something is lost.

use crate::browser::focus;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Of the question. Who asks once more, while it waits for its answer, moves the focus there.
    pub id: &'static str,
    pub question: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    /// Whoever takes the answer takes the question away, and says where the focus goes.
    pub on_answer: Callback<bool>,
}

/// Takes the focus, so that it is heard and answered first.
#[component]
pub fn Confirm(props: &Props) -> Html {
    use_effect_with(props.id, |id| focus(id));
    let answer = |is_yes: bool| {
        let on_answer = props.on_answer.clone();
        move |_| on_answer.emit(is_yes)
    };
    html! {
        <div class="notice bad" role="group" aria-labelledby={props.id}>
            <p id={props.id} tabindex="-1"><strong>{ props.question }</strong></p>
            <div class="actions">
                <button type="button" class="danger" onclick={answer(true)}>{ props.yes }</button>
                <button type="button" onclick={answer(false)}>{ props.no }</button>
            </div>
        </div>
    }
}
