//! Drafts of rubrics from a document.

use crate::browser::{as_text, focus, value_of};
use crate::context::use_app;
use crate::engine::derive;
use crate::i18n::Texts;
use crate::parts::{file_picker, unusable_file};
use crate::protocol::{Draft, Drafts, Text};
use crate::store::Action;
use rubrica_rows::ReadError;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Under which question the document is kept that was pasted: no rubric has this id.
const DOCUMENT_DRAFT: &str = "#drafting";
/// Name of a document that was pasted and has none.
const PASTED: &str = "document.md";

#[derive(Properties, PartialEq)]
pub struct Props {
    /// Takes the text of the chosen draft.
    pub on_open: Callback<String>,
}

#[component]
pub fn Drafting(props: &Props) -> Html {
    let app = use_app();
    let t = app.t;
    let field = use_node_ref();
    let pasted = use_state(|| app.store.drafts.get(DOCUMENT_DRAFT).cloned().unwrap_or_default());
    let failed = use_state(String::new);
    let found = app.store.drafted.as_deref();
    let on_document = {
        let (app, failed) = (app.clone(), failed.setter());
        Callback::from(move |(name, text): (String, String)| {
            let (app, failed) = (app.clone(), failed.clone());
            derive(&Text { name, text }, move |found| {
                failed.set(if found.is_err() { t.say("workshop.not-loaded").to_owned() } else { String::new() });
                if let Ok(found) = found {
                    app.apply(Action::Drafted(Rc::new(found)));
                }
                focus("drafts-found");
            });
        })
    };
    let on_unread = {
        let failed = failed.setter();
        Callback::from(move |(name, error): (String, ReadError)| failed.set(unusable_file(t, &name, &error)))
    };
    let oninput = {
        let app = app.clone();
        move |event: InputEvent| app.type_draft(DOCUMENT_DRAFT, value_of(&event))
    };
    let on_pasted = {
        let (field, on_document) = (field.clone(), on_document.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                on_document.emit((PASTED.to_owned(), field.value()));
            }
        }
    };
    html! {
        <details class="drafting" open={found.is_some() || !pasted.is_empty()}>
            <summary>{ t.say("drafting.title") }</summary>
            <p>{ t.say("drafting.help") }</p>
            <form onsubmit={on_pasted}>
                <label for="drafting-text">{ t.say("drafting.label") }</label>
                <textarea ref={field} id="drafting-text" rows="8" required=true
                    placeholder={t.say("drafting.placeholder")} defaultvalue={(*pasted).clone()} {oninput} />
                <div class="actions">
                    <button type="submit">{ t.say("drafting.derive") }</button>
                    { file_picker("drafting-file", t.say("drafting.file"), ".md,.markdown,.txt", as_text(on_document, on_unread)) }
                </div>
            </form>
            // There before it says something, so that it takes the focus and is heard.
            <p id="drafts-found" tabindex="-1" role="status">{
                match found.map(|found| found.drafts.len()) {
                    _ if !failed.is_empty() => (*failed).clone(),
                    None => String::new(),
                    Some(0) => t.say("drafting.none").to_owned(),
                    Some(n) => t.count("drafting.found", n),
                }
            }</p>
            if let Some(found) = found {
                { drafts(t, found, &props.on_open) }
                { notes(t, found) }
            }
        </details>
    }
}

/// The drafts to choose from.
fn drafts(t: &'static Texts, found: &Drafts, on_open: &Callback<String>) -> Html {
    let entry = |draft: &Draft| {
        let (on_open, text) = (on_open.clone(), draft.text.clone());
        let open = move |_| {
            on_open.emit(text.clone());
            focus("rubric");
        };
        html! {
            <li>
                <button type="button" class="quiet" onclick={open}>{ draft.prompt.clone() }</button>
                <span class="small">{ t.count("drafting.criteria", draft.n_criteria as usize) }</span>
            </li>
        }
    };
    html! { <ul class="drafts">{ for found.drafts.iter().map(entry) }</ul> }
}

/// What the author should look at.
fn notes(t: &'static Texts, found: &Drafts) -> Html {
    let entry = |(line, note): &(Option<u32>, String)| {
        html! {
            <li>
                if let Some(line) = line {
                    { t.fill("workshop.line", &[("line", &line.to_string())]) }{ ": " }
                }
                <span lang="en">{ note.clone() }</span>
            </li>
        }
    };
    html! {
        if !found.notes.is_empty() {
            <details>
                <summary>{ t.count("drafting.notes", found.notes.len()) }</summary>
                <ul class="small">{ for found.notes.iter().map(entry) }</ul>
            </details>
        }
    }
}
