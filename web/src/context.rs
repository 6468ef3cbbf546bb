//! What every view may use: texts, state, engine, and the one way to change something.

use crate::browser::{document, window};
use crate::database::{Database, set_aside};
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::pages::List;
use crate::records::Theme;
use crate::store::{Action, Store};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// How long typed text waits at most until it is kept.
const KEEP_MS: u32 = 500;

/// Drafts that wait to be kept, by question, and what will do it.
#[derive(Default)]
pub struct Typing {
    drafts: BTreeMap<String, String>,
    timer: Option<Timeout>,
}

/// What views leave behind for their return, as long as the app is open.
#[derive(Default)]
pub struct Visit {
    /// Points that are being typed, and the reason behind a line break, by question and answer.
    pub judgements: BTreeMap<String, String>,
    /// The list of questions as it was left.
    pub list: List,
    /// The rubric that was last saved as a file.
    pub saved_rubric: String,
}

#[derive(Clone)]
pub struct Context {
    pub t: &'static Texts,
    pub theme: Theme,
    /// Always the latest state, also in callbacks that were made earlier.
    pub store: UseReducerHandle<Store>,
    /// Of the state that this was rendered with; tells views that they are out of date.
    pub revision: u64,
    pub engine: Engine,
    pub database: Database,
    pub typing: Rc<RefCell<Typing>>,
    pub visit: Rc<RefCell<Visit>>,
    pub set_language: Callback<&'static str>,
    pub set_theme: Callback<Theme>,
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision && self.t == other.t && self.theme == other.theme
    }
}

impl Context {
    /// Changes the state, and keeps what has to outlast the page.
    pub fn apply(&self, action: Action) {
        apply(&self.store.dispatcher(), &self.database, action);
    }

    /// Takes a draft that may change with the next key. It is kept soon: with every key would be too often, and once
    /// the typing pauses too late for those who never do.
    pub fn type_draft(&self, question: &str, text: String) {
        let mut typing = self.typing.borrow_mut();
        typing.drafts.insert(question.to_owned(), text);
        let app = self.clone();
        typing.timer.get_or_insert_with(|| Timeout::new(KEEP_MS, move || app.keep_typed()));
    }

    /// Keeps now what was typed.
    pub fn keep_typed(&self) {
        let Typing { drafts, .. } = self.typing.take();
        for (question, text) in drafts {
            self.apply(Action::Draft { question, text });
        }
    }
}

/// The same for those who have no context yet.
pub fn apply(dispatcher: &UseReducerDispatcher<Store>, database: &Database, action: Action) {
    let told = dispatcher.clone();
    dispatcher.dispatch(Action::Writing);
    database.keep(&action, Callback::from(move |is_kept| told.dispatch(Action::Written(is_kept))));
    dispatcher.dispatch(action);
}

#[hook]
pub fn use_app() -> Context {
    use_context::<Context>().expect("every view lies inside the app")
}

/// For views that people type in: what they typed is kept when they leave the view or the page.
#[hook]
pub fn use_kept_typing() {
    let app = use_app();
    use_effect_with((), move |()| {
        let (leaving, hiding) = (app.clone(), app.clone());
        let listeners = [
            EventListener::new(&window(), "pagehide", move |_| {
                set_aside(&leaving.typing.borrow().drafts);
                leaving.keep_typed();
            }),
            // A page in the background may end without another word.
            EventListener::new(&document(), "visibilitychange", move |_| hiding.keep_typed()),
        ];
        move || {
            drop(listeners);
            app.keep_typed();
        }
    });
}
