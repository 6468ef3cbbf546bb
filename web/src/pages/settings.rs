//! Language, theme, and everything that the app has kept.

use crate::browser::{as_text, focus, save_file, value_of};
use crate::context::{Context, use_app};
use crate::i18n::Texts;
use crate::parts::{Confirm, file_picker, unusable_file};
use crate::records::{Archive, ImportError, Ratings, Theme};
use crate::store::Action;
use rubrica_rows::ReadError;
use std::collections::BTreeMap;
use yew::prelude::*;

/// What came of the last button. The words are found when they are shown: the language may have changed.
enum Said {
    Nothing,
    Exported,
    NotExported(String),
    /// Numbers as [`amount`] takes them.
    Imported([usize; 3], usize),
    /// Name of the file, and why.
    NotImported(String, ImportError),
    NotRead(String, ReadError),
    Deleted,
}

impl Said {
    /// It in words, and why it failed, in the English of browser and parser.
    fn words(&self, t: &'static Texts) -> (String, &str) {
        match self {
            Said::Nothing => Default::default(),
            Said::Exported => (t.say("settings.exported").to_owned(), ""),
            Said::NotExported(reason) => (String::new(), reason),
            Said::Imported(n_texts, n_ratings) => {
                (t.fill("settings.imported", &[("amount", &amount(t, *n_texts, *n_ratings))]), "")
            }
            Said::NotImported(name, ImportError::Foreign) => (t.fill("settings.not-imported", &[("name", name)]), ""),
            Said::NotImported(name, ImportError::OtherVersion) => {
                (t.fill("settings.other-version", &[("name", name)]), "")
            }
            Said::NotImported(name, ImportError::Damaged(reason)) => {
                (t.fill("settings.damaged", &[("name", name)]), reason)
            }
            Said::NotRead(name, error) => (unusable_file(t, name, error), ""),
            Said::Deleted => (t.say("settings.deleted").to_owned(), ""),
        }
    }
}

#[component]
pub fn Settings() -> Html {
    let app = use_app();
    let t = app.t;
    let said = use_state(|| Said::Nothing);
    let is_asking = use_state(|| false);
    // A file whose texts would take the places of others, until the person says whether they may.
    let asked = use_state(|| None::<Archive>);
    let on_export = {
        let (app, said) = (app.clone(), said.setter());
        move |_| {
            let json = serde_json::to_string_pretty(&app.store.archive()).expect("records are plain data");
            match save_file("rubrica-progress.json", "application/json", &json) {
                Ok(()) => said.set(Said::Exported),
                Err(error) => said.set(Said::NotExported(format!("{error:?}"))),
            }
        }
    };
    let import = {
        let (app, said) = (app.clone(), said.setter());
        Callback::from(move |archive: Archive| {
            let n_texts = [archive.attempts.len(), archive.drafts.len(), archive.rubrics.len()];
            said.set(Said::Imported(n_texts, n_ratings(&archive.ratings)));
            app.apply(Action::Import(Box::new(archive)));
        })
    };
    let on_import = {
        let (app, said, asked, import) = (app.clone(), said.setter(), asked.setter(), import.clone());
        Callback::from(move |(name, text): (String, String)| match Archive::parse(&text) {
            Ok(archive) => {
                let archive = app.store.reconciled(archive);
                let n_texts = |archive: &Archive| archive.drafts.len() + archive.rubrics.len();
                if n_texts(&app.store.without_replacements(archive.clone())) == n_texts(&archive) {
                    import.emit(archive);
                } else {
                    asked.set(Some(archive));
                    focus("confirm-import");
                }
            }
            Err(error) => said.set(Said::NotImported(name, error)),
        })
    };
    let on_unread = {
        let said = said.setter();
        Callback::from(move |(name, error)| said.set(Said::NotRead(name, error)))
    };
    let on_replace = {
        let (app, asked) = (app.clone(), asked.clone());
        Callback::from(move |is_yes| {
            if let Some(archive) = (*asked).clone() {
                import.emit(if is_yes { archive } else { app.store.without_replacements(archive) });
            }
            asked.set(None);
            focus("import");
        })
    };
    let ask = {
        let is_asking = is_asking.setter();
        move |_| {
            is_asking.set(true);
            focus("confirm-delete");
        }
    };
    let on_answer = {
        let (app, is_asking, said) = (app.clone(), is_asking.setter(), said.setter());
        Callback::from(move |is_yes| {
            if is_yes {
                app.apply(Action::DeleteAll);
                app.visit.take();
                said.set(Said::Deleted);
            }
            is_asking.set(false);
            focus("delete");
        })
    };
    let store = &app.store;
    let stored = amount(t, [store.attempts.len(), store.drafts.len(), store.own.len()], n_ratings(&store.ratings));
    let (words, reason) = said.words(t);
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.settings") }</h1>
            { look(&app) }
            <section class="settings">
                <h2>{ t.say("settings.data") }</h2>
                <p>{ t.say("settings.data-help") }</p>
                <p>{ t.fill("settings.stored", &[("amount", &stored)]) }</p>
                <div class="actions">
                    <button type="button" onclick={on_export}>{ t.say("settings.export") }</button>
                    { file_picker("import", t.say("settings.import"), ".json,application/json", as_text(on_import, on_unread)) }
                    <button type="button" id="delete" class="danger" aria-expanded={is_asking.to_string()} onclick={ask}>{ t.say("settings.delete") }</button>
                </div>
                if *is_asking {
                    <Confirm id="confirm-delete" question={t.say("settings.delete-question")}
                        yes={t.say("settings.delete-yes")} no={t.say("settings.delete-no")} {on_answer} />
                }
                if asked.is_some() {
                    <Confirm id="confirm-import" question={t.say("settings.replace-question")}
                        yes={t.say("settings.replace-yes")} no={t.say("settings.replace-no")} on_answer={on_replace} />
                }
                <p role="status" class="said">{ words }{ " " }<span lang="en">{ reason.to_owned() }</span></p>
            </section>
        </>
    }
}

/// Language and theme.
fn look(app: &Context) -> Html {
    let t = app.t;
    let on_language = app.set_language.reform(|event: Event| Texts::of(&value_of(&event)).code);
    html! {
        <section class="settings">
            <h2>{ t.say("settings.look") }</h2>
            <div class="field">
                <label for="language">{ t.say("settings.language") }</label>
                <select id="language" onchange={on_language}>
                    { for Texts::all().iter().map(|texts| html! {
                        <option value={texts.code} lang={texts.code} selected={texts.code == t.code}>{ texts.name }</option>
                    }) }
                </select>
            </div>
            <fieldset class="choices">
                <legend>{ t.say("settings.theme") }</legend>
                { for Theme::ALL.into_iter().map(|theme| {
                    let set_theme = app.set_theme.clone();
                    html! {
                        <label>
                            <input type="radio" name="theme" value={theme.name()} checked={theme == app.theme}
                                onchange={move |_| set_theme.emit(theme)} />
                            { t.name("theme", theme.name()) }
                        </label>
                    }
                }) }
            </fieldset>
        </section>
    }
}

fn n_ratings(ratings: &Ratings) -> usize {
    ratings.values().map(BTreeMap::len).sum()
}

/// Numbers of answers, drafts and rubrics in words, and of ratings where there are any: only teachers have them.
fn amount(t: &'static Texts, [answers, drafts, rubrics]: [usize; 3], n_ratings: usize) -> String {
    let mut amounts = vec![
        t.count("settings.answers", answers),
        t.count("settings.drafts", drafts),
        t.count("settings.rubrics", rubrics),
    ];
    if n_ratings > 0 {
        amounts.push(t.count("settings.ratings", n_ratings));
    }
    amounts.join(", ")
}
