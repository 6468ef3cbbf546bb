//! The frame around all pages: navigation, notices, and the start of engine and storage.

use crate::browser::{document, fetch_text, focus, recall, remember, window};
use crate::context::{Context, Typing, Visit, apply};
use crate::database::Database;
use crate::engine::Engine;
use crate::i18n::Texts;
use crate::pages::{Batch, Practise, Question, Session, Settings, Workshop, progress};
use crate::protocol::Catalogue;
use crate::records::Theme;
use crate::route::Route;
use crate::store::{Action, Keeping, Loading, Store};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use rubrica_core::SCORING_VERSION;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Keys of the two settings that the first paint needs; `boot.js` knows the first as well. It leaves `lang` alone: until
/// the program runs, the words of the page are English, whatever the language chosen.
const THEME_KEY: &str = "rubrica-theme";
const LANGUAGE_KEY: &str = "rubrica-language";
/// How long the page waits for its database: some browsers never answer.
const OPENING_MS: u32 = 4000;

pub fn start() {
    let root = document().get_element_by_id("app").expect("index.html has the element");
    yew::Renderer::<App>::with_root(root).render();
}

#[component]
fn App() -> Html {
    let store = use_reducer(Store::default);
    let database = use_memo((), {
        let dispatcher = store.dispatcher();
        move |()| Database::new(Callback::from(move |()| dispatcher.dispatch(Action::ChangedElsewhere)))
    });
    let typing = use_mut_ref(Typing::default);
    let visit = use_mut_ref(Visit::default);
    let engine = use_memo((), {
        let dispatcher = store.dispatcher();
        move |()| start_engine(dispatcher)
    });
    use_effect_with((), {
        let (dispatcher, database) = (store.dispatcher(), Rc::clone(&database));
        move |()| {
            load_catalogue(dispatcher.clone());
            open_database(dispatcher, database);
        }
    });
    let is_ready = store.ready().is_some();
    let had_own = use_mut_ref(|| false);
    use_effect_with((Rc::clone(&store.own), is_ready), {
        let (dispatcher, engine) = (store.dispatcher(), Rc::clone(&engine));
        move |(own, is_ready): &(Rc<Vec<_>>, bool)| {
            let mut had_own = had_own.borrow_mut();
            if let (Some(engine), true, true) = (engine.as_ref(), *is_ready, *had_own || !own.is_empty()) {
                engine.load(own.to_vec(), move |own| dispatcher.dispatch(Action::OwnQuestions(own)));
                *had_own = true;
            }
        }
    });

    let language = use_state(first_language);
    let theme = use_state(first_theme);
    use_effect_with((*language, *theme), |(language, theme)| show(language, *theme));
    let route = use_route();
    use_title(&route, *language, &store);

    let Some(engine) = (*engine).clone() else {
        let reason = if let Loading::Failed(reason) = &store.catalogue { reason.clone() } else { String::new() };
        return html! { <main>{ failure(*language, &reason) }</main> };
    };
    let context = Context {
        t: *language,
        theme: *theme,
        revision: store.revision,
        store,
        engine,
        database: (*database).clone(),
        typing,
        visit,
        set_language: Callback::from(move |code| {
            remember(LANGUAGE_KEY, code);
            language.set(Texts::of(code));
        }),
        set_theme: Callback::from(move |chosen: Theme| {
            remember(THEME_KEY, chosen.name());
            theme.set(chosen);
        }),
    };
    html! {
        <ContextProvider<Context> context={context.clone()}>
            <a class="skip" href="#main" onclick={Callback::from(|event: MouseEvent| {
                event.prevent_default();
                focus("main");
            })}>{ context.t.say("app.skip") }</a>
            { header(context.t, &route) }
            <main id="main" tabindex="-1">
                { notices(&context) }
                { page(&context, &route) }
            </main>
            { footer(context.t) }
        </ContextProvider<Context>>
    }
}

/// The worker; `None` where the browser starts none.
fn start_engine(dispatcher: UseReducerDispatcher<Store>) -> Option<Engine> {
    let failing = dispatcher.clone();
    let engine = Engine::start(Callback::from(move |reason| failing.dispatch(Action::Failed(reason))));
    if let Err(error) = &engine {
        dispatcher.dispatch(Action::Failed(format!("{error:?}")));
    }
    engine.ok()
}

/// Fetches the questions of the app.
fn load_catalogue(dispatcher: UseReducerDispatcher<Store>) {
    spawn_local(async move {
        dispatcher.dispatch(match fetch_catalogue().await {
            Ok(catalogue) => Action::Catalogue(catalogue),
            Err(reason) => Action::Failed(reason),
        });
    });
}

/// Reads what the browser has kept.
fn open_database(dispatcher: UseReducerDispatcher<Store>, database: Rc<Database>) {
    let waiting = dispatcher.clone();
    Timeout::new(OPENING_MS, move || waiting.dispatch(Action::StorageFailed)).forget();
    spawn_local(async move {
        match database.open().await {
            Ok((archive, session)) => {
                // Tells whether all that came before is kept, too.
                apply(&dispatcher, &database, Action::Opened { archive: Box::new(archive), session });
            }
            Err(_) => dispatcher.dispatch(Action::StorageFailed),
        }
    });
}

fn page(context: &Context, route: &Route) -> Html {
    match (&context.store.catalogue, context.store.keeping) {
        (Loading::Failed(reason), _) => failure(context.t, reason),
        (Loading::Waiting, _) | (_, Keeping::Opening) => {
            html! { <p class="waiting" role="status">{ context.t.say("app.loading") }</p> }
        }
        (Loading::Ready(_), _) => html! {
            <>
                { routed(context, route) }
                // Always there: its table outlasts a look at another page.
                <Batch is_shown={*route == Route::Batch} />
            </>
        },
    }
}

fn routed(context: &Context, route: &Route) -> Html {
    match route {
        Route::Practise => html! { <Practise /> },
        Route::Question(id) => html! { <Question key={id.clone()} id={id.clone()} /> },
        Route::Session => html! { <Session /> },
        Route::Progress => progress(context),
        Route::Workshop => html! { <Workshop /> },
        Route::Batch => Html::default(),
        Route::Settings => html! { <Settings /> },
        Route::Missing => html! {
            <>
                <h1 id="title" tabindex="-1">{ context.t.say("app.missing") }</h1>
                <p><a href={route.to_string()}>{ context.t.say("question.all") }</a></p>
            </>
        },
    }
}

fn failure(t: &'static Texts, reason: &str) -> Html {
    html! {
        <div class="notice bad" role="alert">
            <p><strong>{ t.say("app.failed") }</strong></p>
            <p>{ t.say("app.failed-help") }</p>
            <p class="technical" lang="en">{ reason.to_owned() }</p>
        </div>
    }
}

fn header(t: &'static Texts, route: &Route) -> Html {
    let links = [
        (Route::Practise, t.say("nav.practise")),
        (Route::Progress, t.say("nav.progress")),
        (Route::Workshop, t.say("nav.workshop")),
        (Route::Batch, t.say("nav.batch")),
        (Route::Settings, t.say("nav.settings")),
    ];
    let current = match route {
        Route::Question(_) | Route::Session => Route::Practise,
        route => route.clone(),
    };
    html! {
        <header class="top">
            <a class="brand" href={Route::Practise.to_string()}>
                <img src="icon.svg" alt="" width="28" height="28" />
                <span>{ "Rubrica" }</span>
            </a>
            <nav aria-label={t.say("nav.label")}>
                <ul>
                    { for links.into_iter().map(|(route, label)| {
                        let is_current = route == current;
                        html! {
                            <li><a href={route.to_string()} aria-current={is_current.then_some("page")}>{ label }</a></li>
                        }
                    }) }
                </ul>
            </nav>
        </header>
    }
}

fn notices(app: &Context) -> Html {
    let t = app.t;
    let problems = app.store.ready().map(|catalogue| catalogue.problems.clone()).unwrap_or_default();
    html! {
        <>
            if app.store.keeping == Keeping::Lost {
                <p class="notice" role="status">{ t.say("app.not-kept") }</p>
            } else if app.store.keeping == Keeping::Failing {
                <p class="notice" role="status">{ t.say("app.not-written") }</p>
            }
            if app.store.is_outdated {
                <p class="notice" role="status">
                    { t.say("app.outdated") }{ " " }
                    // What is being typed is kept when the page goes.
                    <button type="button" class="quiet" onclick={|_| drop(window().location().reload())}>
                        { t.say("app.reload") }
                    </button>
                </p>
            }
            if !problems.is_empty() {
                <div class="notice" role="status">
                    <p>
                        { t.say("app.rubric-problems") }{ " " }
                        <a href={Route::Workshop.to_string()}>{ t.say("app.rubric-repair") }</a>
                    </p>
                    <ul class="technical" lang="en">{ for problems.into_iter().map(|problem| html! { <li>{ problem }</li> }) }</ul>
                </div>
            }
        </>
    }
}

fn footer(t: &'static Texts) -> Html {
    html! {
        <footer class="bottom">
            <p>{ t.say("app.privacy") }</p>
            <p>{ t.fill("app.scoring", &[("version", &SCORING_VERSION.to_string())]) }</p>
        </footer>
    }
}

/// The current route; each change moves the focus to the new page's heading, as loading a page would.
#[hook]
fn use_route() -> Route {
    let route = use_state(current_route);
    let before = use_mut_ref(|| None::<Route>);
    // How far down the list of questions was left.
    let place = use_mut_ref(|| 0.0);
    use_effect_with((), {
        let (route, before, place) = (route.clone(), Rc::clone(&before), Rc::clone(&place));
        move |()| {
            let listener = EventListener::new(&window(), "hashchange", move |_| {
                if *before.borrow() == Some(Route::Practise) {
                    place.replace(window().scroll_y().unwrap_or_default());
                }
                route.set(current_route());
                window().scroll_to_with_x_and_y(0.0, 0.0);
            });
            move || drop(listener)
        }
    });
    use_effect_with((*route).clone(), move |route| {
        let before = before.replace(Some(route.clone()));
        if before.is_some() {
            focus("title");
        }
        if let (Some(Route::Question(_)), Route::Practise) = (before, route) {
            window().scroll_to_with_x_and_y(0.0, *place.borrow());
        }
    });
    (*route).clone()
}

fn current_route() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}

#[hook]
fn use_title(route: &Route, t: &'static Texts, store: &Store) {
    let title = match route {
        Route::Practise => t.say("nav.practise"),
        Route::Question(id) => {
            let card = store.ready().and_then(|catalogue| catalogue.card(id));
            card.map_or(t.say("question.title"), |card| card.prompt.as_str())
        }
        Route::Session => t.say("session.title"),
        Route::Progress => t.say("nav.progress"),
        Route::Workshop => t.say("nav.workshop"),
        Route::Batch => t.say("nav.batch"),
        Route::Settings => t.say("nav.settings"),
        Route::Missing => t.say("app.missing"),
    };
    use_effect_with(format!("{title} · Rubrica"), |title| document().set_title(title));
}

async fn fetch_catalogue() -> Result<Catalogue, String> {
    let text = fetch_text("questions.json").await.map_err(|error| format!("questions.json: {error:?}"))?;
    serde_json::from_str(&text).map_err(|error| format!("questions.json: {error}"))
}

/// Puts language and theme where style sheet and screen readers look for them.
fn show(t: &'static Texts, theme: Theme) {
    if let Some(root) = document().document_element() {
        for (name, value) in [("lang", t.code), ("data-theme", theme.name())] {
            root.set_attribute(name, value).expect("both are valid attribute names");
        }
    }
}

fn first_language() -> &'static Texts {
    Texts::of(&recall(LANGUAGE_KEY).or_else(|| window().navigator().language()).unwrap_or_default())
}

fn first_theme() -> Theme {
    Theme::from_name(&recall(THEME_KEY).unwrap_or_default())
}
