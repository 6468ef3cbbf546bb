//! Files that a person opens.

use crate::i18n::Texts;
use rubrica_rows::{MAX_ANSWER_BYTES, NoText, Problem, ReadError, mib};
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
        ReadError::NoJsonLines(problem) => {
            t.fill("file.malformed", &[("name", name), ("reason", &unreadable_row(t, problem))])
        }
        ReadError::Io(error) => t.fill("file.malformed", &[("name", name), ("reason", &error.to_string())]),
    }
}

/// Why a row of a file cannot be marked.
pub fn unreadable_row(t: &'static Texts, problem: &Problem) -> String {
    match problem {
        Problem::Miscount { n_values, n_columns } => {
            t.fill("row.miscount", &[("values", &n_values.to_string()), ("columns", &n_columns.to_string())])
        }
        Problem::OpenQuote(line) => t.fill("row.open-quote", &[("line", &line.to_string())]),
        Problem::Lacks(column) => t.fill("row.lacks", &[("column", column)]),
        Problem::OddValue(column) => t.fill("row.odd-value", &[("column", column)]),
        Problem::NoJson(reason) => t.fill("row.no-json", &[("reason", reason)]),
        Problem::NoObject => t.say("row.no-object").to_owned(),
        Problem::NotUtf8 { .. } => t.say("row.not-utf-8").to_owned(),
        Problem::TooLong(n_bytes) => {
            let [size, most] = [*n_bytes, MAX_ANSWER_BYTES].map(|n_bytes| t.number(mib(n_bytes)));
            t.fill("row.too-long", &[("size", &size), ("most", &most)])
        }
    }
}
