//! Keeps the learner's records in IndexedDB. Every value is the JSON of its record.

use crate::browser::{local_storage, recall};
use crate::protocol::Text;
use crate::records::{ARCHIVE_FORMAT, Archive, Disagreement, Ratings};
use crate::session::Session;
use crate::store::Action;
use idb::{DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::BroadcastChannel;
use yew::Callback;

const NAME: &str = "rubrica";
const VERSION: u32 = 1;

/// Object stores: attempts by id, drafts by question, own rubrics by name, and single values by name.
const ATTEMPTS: &str = "attempts";
const DRAFTS: &str = "drafts";
const RUBRICS: &str = "rubrics";
const VALUES: &str = "values";
const STORES: [&str; 4] = [ATTEMPTS, DRAFTS, RUBRICS, VALUES];

/// Key of the current session in [`VALUES`].
const SESSION: &str = "session";
/// What the keys of ratings in [`VALUES`] begin with; the question and its key for the answer follow, a line break between
/// them.
const RATING: &str = "rating ";

/// Where the local storage holds what a page had no time to keep.
const TYPED_KEY: &str = "rubrica-typed";

/// Puts drafts of a page that goes into the local storage, which is written at once: the browser may drop a write to the
/// database whose page is gone. The next page takes them from there, unless they were written in the meantime.
pub fn set_aside(drafts: &BTreeMap<String, String>) {
    let mut all = aside();
    all.extend(drafts.clone());
    put_aside(&all);
}

/// What was set aside.
fn aside() -> BTreeMap<String, String> {
    serde_json::from_str(&recall(TYPED_KEY).unwrap_or_default()).unwrap_or_default()
}

fn put_aside(drafts: &BTreeMap<String, String>) {
    let Some(storage) = local_storage() else { return };
    // Where the storage is full, the database may still take them.
    drop(if drafts.is_empty() {
        storage.remove_item(TYPED_KEY)
    } else {
        storage.set_item(TYPED_KEY, &serde_json::to_string(drafts).expect("drafts are plain data"))
    });
}

/// A handle; copies share one connection.
#[derive(Clone)]
pub struct Database {
    /// To the app in other tabs, which each hear of what this one has written. `None` where the browser has none.
    tabs: Option<BroadcastChannel>,
    connection: Rc<RefCell<Option<Rc<idb::Database>>>>,
    queue: Rc<RefCell<Queue>>,
    /// Whether somebody writes the queue.
    is_busy: Rc<Cell<bool>>,
}

/// What is to be written. One transaction follows the other, so that none that failed is tried again after a newer one.
#[derive(Default)]
struct Queue {
    /// The oldest first; those that failed wait for the next ones.
    writes: Vec<Write>,
    /// Who wants to hear of them.
    waiting: Vec<Callback<bool>>,
}

impl Database {
    /// `on_change` hears that another tab has written something.
    pub fn new(on_change: Callback<()>) -> Self {
        let tabs = BroadcastChannel::new(NAME).ok();
        if let Some(tabs) = &tabs {
            let listener = Closure::<dyn Fn()>::new(move || on_change.emit(()));
            tabs.set_onmessage(Some(listener.into_js_value().unchecked_ref()));
        }
        Self { tabs, connection: Rc::default(), queue: Rc::default(), is_busy: Rc::default() }
    }

    /// Opens the database, writes what waited for it, and reads everything.
    pub async fn open(&self) -> Result<(Archive, Option<Session>), Error> {
        let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
        request.on_upgrade_needed(|event| {
            let database = event.database().expect("an upgrade has its database");
            for name in STORES {
                database
                    .create_object_store(name, ObjectStoreParams::new())
                    .expect("a new database has no object stores yet");
            }
        });
        let database = Rc::new(request.await?);
        *self.connection.borrow_mut() = Some(Rc::clone(&database));
        // What was set aside, unless something newer waits.
        let mut typed = aside();
        typed.retain(|question, text| {
            let write = put(DRAFTS, question, text);
            !self.queue.borrow().writes.iter().any(|newer| newer.outdates(&write))
        });
        for (question, text) in &typed {
            self.keep(&Action::Draft { question: question.clone(), text: text.clone() }, Callback::noop());
        }
        self.flush().await;
        let transaction = database.transaction(&STORES, TransactionMode::ReadOnly)?;
        let attempts = transaction.object_store(ATTEMPTS)?.get_all(None, None)?.await?;
        let drafts_store = transaction.object_store(DRAFTS)?;
        let questions = drafts_store.get_all_keys(None, None)?.await?;
        let drafts = drafts_store.get_all(None, None)?.await?;
        let rubrics = transaction.object_store(RUBRICS)?.get_all(None, None)?.await?;
        let values_store = transaction.object_store(VALUES)?;
        let names = values_store.get_all_keys(None, None)?.await?;
        let values = values_store.get_all(None, None)?.await?;
        let drafts = questions.iter().zip(drafts).filter_map(|(key, text)| Some((key.as_string()?, read(text)?)));
        // What was set aside is in the database now, unless that takes nothing.
        let mut drafts: BTreeMap<String, String> = drafts.chain(typed).collect();
        drafts.retain(|_, text| !text.is_empty());
        let mut session = None;
        let mut ratings = Ratings::new();
        for (key, value) in names.iter().zip(values) {
            let name = key.as_string().unwrap_or_default();
            if name == SESSION {
                session = read(value);
            } else if let Some((question, key)) = name.strip_prefix(RATING).and_then(|rest| rest.split_once('\n'))
                && let Some(rating) = read(value)
            {
                ratings.entry(question.to_owned()).or_default().insert(key.to_owned(), rating);
            }
        }
        let archive = Archive {
            format: ARCHIVE_FORMAT.to_owned(),
            attempts: attempts.into_iter().filter_map(read).collect(),
            drafts,
            rubrics: rubrics.into_iter().filter_map(read).collect(),
            ratings,
        };
        Ok((archive, session))
    }

    /// Keeps what an action changes. `done` hears whether it is safe, with all that was to be kept before.
    pub fn keep(&self, action: &Action, done: Callback<bool>) {
        let mut queue = self.queue.borrow_mut();
        for write in writes(action) {
            queue.writes.retain(|older| !write.outdates(older));
            queue.writes.push(write);
        }
        queue.waiting.push(done);
        let database = self.clone();
        spawn_local(async move { database.flush().await });
    }

    /// Writes until nobody waits any more, unless somebody does so already.
    async fn flush(&self) {
        if self.is_busy.replace(true) {
            return;
        }
        loop {
            let mut queue = self.queue.take();
            let is_written = transact(&self.connection, &queue.writes).await.unwrap_or(false);
            if is_written {
                settle(&queue.writes);
                if let Some(tabs) = self.tabs.as_ref().filter(|_| !queue.writes.is_empty()) {
                    drop(tabs.post_message(&JsValue::NULL));
                }
            } else {
                let mut later = self.queue.borrow_mut();
                queue.writes.retain(|older| !later.writes.iter().any(|newer| newer.outdates(older)));
                queue.writes.append(&mut later.writes);
                later.writes = queue.writes;
            }
            queue.waiting.iter().for_each(|done| done.emit(is_written));
            if self.queue.borrow().waiting.is_empty() {
                // What failed stays.
                self.is_busy.set(false);
                return;
            }
        }
    }
}

/// Takes away what was set aside before these writes.
fn settle(writes: &[Write]) {
    let mut drafts = aside();
    for write in writes.iter().filter(|write| write.store == DRAFTS) {
        match &write.key {
            Some(question) => drop(drafts.remove(&question.as_string().unwrap_or_default())),
            None => drafts.clear(),
        }
    }
    put_aside(&drafts);
}

/// One change of an object store.
#[derive(Debug)]
struct Write {
    store: &'static str,
    /// `None` for all of the store.
    key: Option<JsValue>,
    /// `None` deletes.
    value: Option<JsValue>,
}

impl Write {
    /// Whether nothing is left of another write once this one is done.
    fn outdates(&self, older: &Self) -> bool {
        self.store == older.store && (self.key.is_none() || self.key == older.key)
    }
}

fn writes(action: &Action) -> Vec<Write> {
    match action {
        Action::Catalogue(_)
        | Action::OwnQuestions(_)
        | Action::Failed(_)
        | Action::Opened { .. }
        | Action::StorageFailed
        | Action::Skip(_)
        | Action::Drafted(_)
        | Action::ChangedElsewhere
        | Action::Writing
        | Action::Written(_) => Vec::new(),
        Action::Record(attempt) => vec![put(ATTEMPTS, attempt.id as f64, attempt)],
        Action::Forget(id) => vec![delete(ATTEMPTS, *id as f64)],
        Action::Draft { question, text } if text.is_empty() => {
            vec![delete(DRAFTS, question)]
        }
        Action::Draft { question, text } => vec![put(DRAFTS, question, text)],
        Action::Session(None) => vec![delete(VALUES, SESSION)],
        Action::Session(Some(session)) => vec![put(VALUES, SESSION, session)],
        Action::Rate { question, key, rating: None } => vec![delete(VALUES, rating_name(question, key))],
        Action::Rate { question, key, rating: Some(rating) } => vec![put_rating(question, key, rating)],
        Action::Own(rubric) => vec![put_rubric(rubric)],
        Action::Disown(name) => vec![delete(RUBRICS, name)],
        Action::Import(archive) => {
            let attempts = archive.attempts.iter().map(|attempt| put(ATTEMPTS, attempt.id as f64, attempt));
            let drafts = archive.drafts.iter().map(|(question, text)| put(DRAFTS, question, text));
            let ratings = archive
                .ratings
                .iter()
                .flat_map(|(question, rated)| rated.iter().map(move |(key, rating)| put_rating(question, key, rating)));
            attempts.chain(drafts).chain(archive.rubrics.iter().map(put_rubric)).chain(ratings).collect()
        }
        Action::DeleteAll => STORES.map(|store| Write { store, key: None, value: None }).into(),
    }
}

fn put_rubric(rubric: &Text) -> Write {
    put(RUBRICS, &rubric.name, rubric)
}

fn put_rating(question: &str, key: &str, rating: &Disagreement) -> Write {
    put(VALUES, rating_name(question, key), rating)
}

fn rating_name(question: &str, key: &str) -> String {
    format!("{RATING}{question}\n{key}")
}

fn put(store: &'static str, key: impl Into<JsValue>, value: &impl Serialize) -> Write {
    let json = serde_json::to_string(value).expect("records are plain data");
    Write { store, key: Some(key.into()), value: Some(json.into()) }
}

fn delete(store: &'static str, key: impl Into<JsValue>) -> Write {
    Write { store, key: Some(key.into()), value: None }
}

/// `None` for a record that this version cannot read; it stays where it is.
fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}

/// Whether the writes are done; not so as long as the database is not open.
async fn transact(connection: &RefCell<Option<Rc<idb::Database>>>, writes: &[Write]) -> Result<bool, Error> {
    let Some(database) = connection.borrow().clone() else { return Ok(false) };
    if writes.is_empty() {
        return Ok(true);
    }
    let transaction = database.transaction(&STORES, TransactionMode::ReadWrite)?;
    for Write { store, key, value } in writes {
        let store = transaction.object_store(store)?;
        match (key, value) {
            (Some(key), Some(value)) => drop(store.put(value, Some(key))?),
            (Some(key), None) => drop(store.delete(key.clone())?),
            (None, _) => drop(store.clear()?),
        }
    }
    transaction.commit()?.await?;
    Ok(true)
}
