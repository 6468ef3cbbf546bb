//! Files that a person opens.

use crate::i18n::Texts;
use rubrica_rows::{NoText, ReadError};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

/// A button that opens a file. The id distinguishes pickers on one page,
/// `accept` lists endings of file names, such as `.csv,.jsonl`.
pub fn file_picker(id: &'static str, label: &'static str, accept: &'static str, on_file: Callback<File>) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            on_file.emit(file);
        }
        // The same file can be chosen again after it was changed.
        input.set_value("");
    });
    html! {
        <span class="file-picker">
            <input type="file" {id} {accept} {onchange} />
            <label class="button" for={id}>{ label }</label>
        </span>
    }
}

/// Why a file cannot be used.
pub fn unusable_file(t: &'static Texts, name: &str, error: &ReadError) -> String {
    match error {
        ReadError::Empty => t.fill("file.empty", &[("name", name)]),
        ReadError::NoText(NoText::Utf16) => t.fill("file.utf-16", &[("name", name)]),
        ReadError::NoText(NoText::Gzip | NoText::Zip) => t.fill("file.packed", &[("name", name)]),
        ReadError::NoText(NoText::Invalid(_)) => t.fill("file.not-utf-8", &[("name", name)]),
        ReadError::OpenQuote(line) => t.fill("file.open-quote", &[("name", name), ("line", &line.to_string())]),
        ReadError::MissingColumn { name: column, present, .. } => {
            let present = present.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
            t.fill("file.missing-column", &[("name", name), ("column", column), ("present", &present)])
        }
        ReadError::DoubleColumn(column) => t.fill("file.double-column", &[("name", name), ("column", column)]),
        ReadError::NoJsonLines(reason) => t.fill("file.malformed", &[("name", name), ("reason", reason)]),
        ReadError::Io(error) => t.fill("file.malformed", &[("name", name), ("reason", &error.to_string())]),
    }
}
