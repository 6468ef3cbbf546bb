//! What every view may use: texts, state, engine, and the one way to change something.

use crate::database::Database;
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::records::Theme;
use crate::store::{Action, Store};
use yew::prelude::*;

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
        let dispatcher = self.store.dispatcher();
        dispatcher.dispatch(Action::Writing);
        let done = Callback::from(move |outcome: Result<(), idb::Error>| {
            dispatcher.dispatch(Action::Written);
            if outcome.is_err() {
                dispatcher.dispatch(Action::StorageFailed);
            }
        });
        self.database.keep(&action, done);
        self.store.dispatch(action);
    }
}

#[hook]
pub fn use_app() -> Context {
    use_context::<Context>().expect("every view lies inside the app")
}
