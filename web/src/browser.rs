//! The few things that the app asks of the browser directly.

use crate::repetition::Day;
use js_sys::{Array, Date, Number, Object, Reflect, Uint8Array};
use rubrica_rows::{ReadError, text_of};
use std::io;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, Document, Event, File, HtmlAnchorElement, HtmlElement, Response, Storage, Url, Window,
};
use yew::Callback;

pub fn window() -> Window {
    web_sys::window().expect("the page has a window")
}

pub fn document() -> Document {
    window().document().expect("the window has a document")
}

/// Milliseconds since 1 January 1970, UTC.
pub fn now() -> u64 {
    Date::now() as u64
}

/// The learner's day of a moment.
pub fn day_of(moment: u64) -> Day {
    let date = Date::new(&JsValue::from_f64(moment as f64));
    (moment as i64 - date.get_timezone_offset() as i64 * 60_000).div_euclid(86_400_000)
}

pub fn today() -> Day {
    day_of(now())
}

/// The variety of a language that the browser itself speaks, such as `en-GB`; the language where that is another.
fn locale(language: &str) -> String {
    let own = window().navigator().language().unwrap_or_default();
    if own.split('-').next() == Some(language) { own } else { language.to_owned() }
}

/// Whether the browser's own language writes a comma before decimals.
pub fn has_decimal_comma() -> bool {
    let own = window().navigator().language().unwrap_or_else(|| "en".to_owned());
    Number::from(0.5).to_locale_string(&own).includes(",", 0)
}

/// Date and time in the words of a language.
pub fn moment_text(moment: u64, language: &str) -> String {
    let options = Object::new();
    set(&options, "dateStyle", "medium");
    set(&options, "timeStyle", "short");
    Date::new(&JsValue::from_f64(moment as f64)).to_locale_string(&locale(language), &options).into()
}

/// A day in the words of a language, without the year.
pub fn day_text(day: Day, language: &str) -> String {
    let options = Object::new();
    set(&options, "timeZone", "UTC");
    set(&options, "day", "numeric");
    set(&options, "month", "short");
    Date::new(&JsValue::from_f64(day as f64 * 86_400_000.0)).to_locale_date_string(&locale(language), &options).into()
}

fn set(options: &Object, key: &str, value: &str) {
    Reflect::set(options, &key.into(), &value.into()).expect("a plain object takes any property");
}

/// A number that nobody can foresee, for random orders.
pub fn seed() -> u64 {
    (js_sys::Math::random() * 9_007_199_254_740_992.0) as u64
}

/// Small values that are needed before the first paint. `None` where the browser keeps nothing.
pub fn local_storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// A setting that the browser has kept.
pub fn recall(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok().flatten()
}

/// Keeps a setting. Where the browser keeps nothing, it lasts until the page is closed.
pub fn remember(key: &str, value: &str) {
    if let Some(storage) = local_storage() {
        drop(storage.set_item(key, value));
    }
}

/// What stands in the field that an event comes from, or is chosen in it.
pub fn value_of(event: &Event) -> String {
    let value = event.target().and_then(|field| Reflect::get(&field, &"value".into()).ok());
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

/// Moves the keyboard to an element, once it is in the page.
pub fn focus(id: &str) {
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the focus leaves it where it is.
        drop(element.focus());
    }
}

/// Notes an attempt in this place of the browser's history: a way back, or loading the page anew, comes upon it.
pub fn note_attempt(id: u64) {
    // Where the browser takes no note, the way back leads to an empty field.
    drop(window().history().and_then(|history| history.replace_state(&JsValue::from_f64(id as f64), "")));
}

/// What was noted there.
pub fn noted_attempt() -> Option<u64> {
    window().history().and_then(|history| history.state()).ok()?.as_f64().map(|id| id as u64)
}

/// Fetches a file of the app.
pub async fn fetch_text(name: &str) -> Result<String, JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(name)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::from_f64(response.status().into()));
    }
    Ok(JsFuture::from(response.text()?).await?.as_string().unwrap_or_default())
}

/// A text in the browser's own keeping: a part of a file to come.
pub fn blob(text: &str) -> Result<Blob, JsValue> {
    Blob::new_with_str_sequence(&Array::of1(&text.into()))
}

/// Hands a text to the person as a file.
pub fn save_file(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    save_parts(name, kind, &[blob(text)?])
}

/// Hands parts, one after the other, to the person as a file.
pub fn save_parts(name: &str, kind: &str, parts: &[Blob]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts: Array = parts.iter().collect();
    let blob = Blob::new_with_blob_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// Reads a chosen file and hands it on with its name. It cannot be read where it is gone, or a folder.
pub fn read_file(file: File, then: impl FnOnce(String, io::Result<Vec<u8>>) + 'static) {
    spawn_local(async move {
        let bytes = JsFuture::from(file.array_buffer()).await;
        let describe = |error: JsValue| io::Error::other(String::from(error.unchecked_into::<Object>().to_string()));
        then(file.name(), bytes.map(|buffer| Uint8Array::new(&buffer).to_vec()).map_err(describe));
    });
}

/// What takes the name and the text of a file, or why it has none, as what takes the file.
pub fn as_text(then: Callback<(String, String)>, failed: Callback<(String, ReadError)>) -> Callback<File> {
    Callback::from(move |file| {
        let (then, failed) = (then.clone(), failed.clone());
        read_file(file, move |name, bytes| {
            let text = bytes.map_err(ReadError::Io).and_then(|bytes| text_of(bytes).map_err(ReadError::NoText));
            match text {
                Ok(text) => then.emit((name, text)),
                Err(error) => failed.emit((name, error)),
            }
        });
    })
}
