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
    pub store: UseReducerHandle<Store>,
    pub engine: Engine,
    pub database: Database,
    pub set_language: Callback<&'static str>,
    pub set_theme: Callback<Theme>,
}

impl PartialEq for Context {
    fn eq(&self, other: &Self) -> bool {
        self.store.revision == other.store.revision && self.t == other.t && self.theme == other.theme
    }
}

impl Context {
    /// Changes the state, and keeps what has to outlast the page.
    pub fn apply(&self, action: Action) {
        let dispatcher = self.store.dispatcher();
        self.database.keep(&action, Callback::from(move |()| dispatcher.dispatch(Action::StorageFailed)));
        self.store.dispatch(action);
    }
}

#[hook]
pub fn use_app() -> Context {
    use_context::<Context>().expect("every view lies inside the app")
}
