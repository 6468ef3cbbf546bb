//! A program of its own: it drafts rubrics from a document in a worker that the page starts for it. Reading documents
//! takes a good third of what the engine takes, which few visits need.

use crate::protocol::{Draft, Drafts, Text};
use rubrica_core::Document;
use rubrica_core::derive::derive_documents;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Asks the page for the document by an empty message, and answers with `Result<Drafts, String>`.
pub fn start() {
    crate::log_panics();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let worker = scope.clone();
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(document) = event.data().as_string().and_then(|json| serde_json::from_str(&json).ok()) else {
            return;
        };
        let reply: Result<Drafts, String> = Ok(drafts(document));
        let json = serde_json::to_string(&reply).expect("drafts are plain data");
        worker.post_message(&json.into()).expect("a string can be sent");
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    listener.forget();
    scope.post_message(&JsValue::NULL).expect("nothing can be sent");
}

fn drafts(document: Text) -> Drafts {
    let documents = [Document { name: document.name, text: document.text }];
    let derived = derive_documents(&documents, &mut |_, _| {});
    let draft = |draft: &rubrica_core::derive::Draft| Draft {
        prompt: draft.rubric.prompt.clone(),
        n_criteria: draft.rubric.criteria.len() as u32,
        text: draft.to_toml(),
    };
    Drafts {
        drafts: derived.drafts.iter().map(draft).collect(),
        notes: derived.notes.into_iter().map(|note| (note.line, note.message)).collect(),
    }
}
