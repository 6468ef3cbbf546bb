//! Write, test and improve a rubric, with its own examples marked again after each change.

mod drafting;

use crate::browser::{as_text, document, focus, save_file};
use crate::context::{Context, use_app, use_kept_typing};
use crate::i18n::Texts;
use crate::parts::{AnswerField, Confirm, Editor, Outcome, Underline, answer_field, file_picker, unusable_file};
use crate::protocol::{Text, WorkshopReport};
use crate::store::Action;
use gloo::timers::callback::Timeout;
use rubrica_core::{Diagnostic, ExampleReport, Severity};
use rubrica_rows::ReadError;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How long typing pauses before the rubric is checked.
const CHECK_PAUSE_MS: u32 = 250;
/// Under which question the editor's text is kept: no rubric has this id.
const DRAFT: &str = "#workshop";
/// The same for the text as it was opened.
const OPENED_DRAFT: &str = "#workshop-opened";
/// And for the author's trial answer.
const TRIAL_DRAFT: &str = "#workshop-trial";

const TEMPLATE: &str = include_str!("../../template.toml");

#[component]
pub fn Workshop() -> Html {
    let app = use_app();
    let t = app.t;
    let kept = |draft: &str| app.store.drafts.get(draft).cloned().unwrap_or_else(|| TEMPLATE.to_owned());
    let text = use_state(|| kept(DRAFT));
    let opened = use_state(|| kept(OPENED_DRAFT));
    let trial = use_state(|| app.store.drafts.get(TRIAL_DRAFT).cloned().unwrap_or_default());
    let said = use_state(String::new);
    let (baseline, count_from) = use_baseline(&opened);
    let checked = use_checked(&text, &trial, text == opened);
    use_kept_typing();

    let on_text = {
        let (app, text) = (app.clone(), text.setter());
        Callback::from(move |new: String| {
            app.type_draft(DRAFT, unless_template(&new));
            text.set(new);
        })
    };
    let replace = {
        let (app, on_text, opened) = (app.clone(), on_text.clone(), opened.setter());
        move |new: String| {
            count_from.emit(new.clone());
            app.type_draft(OPENED_DRAFT, unless_template(&new));
            opened.set(new.clone());
            show_from_start(&new);
            on_text.emit(new);
        }
    };
    // What would take the place of a text that is nowhere else, until the author says whether it may.
    let asked = use_state(|| None::<String>);
    let open = {
        let (app, text, opened, asked) = (app.clone(), text.clone(), opened.clone(), asked.setter());
        let said = said.setter();
        let replace = replace.clone();
        Callback::from(move |new: String| {
            // As the field has it: places are counted in its text.
            let new = new.replace("\r\n", "\n");
            said.set(String::new());
            if [&new, opened.as_str()].contains(&text.as_str()) || is_dispensable(&app, &text) {
                replace(new);
            } else {
                asked.set(Some(new));
                focus("confirm-open");
            }
        })
    };
    let on_answer = {
        let asked = asked.clone();
        Callback::from(move |is_yes| {
            if let Some(new) = (*asked).clone().filter(|_| is_yes) {
                replace(new);
            }
            asked.set(None);
            focus("rubric");
        })
    };
    let on_trial = {
        let (app, trial) = (app.clone(), trial.setter());
        Callback::from(move |new: String| {
            app.type_draft(TRIAL_DRAFT, new.clone());
            trial.set(new);
        })
    };
    let report = checked.as_ref().map(|checked| Rc::clone(&checked.report));
    let keep_baseline = {
        let (baseline, report) = (baseline.setter(), report.clone());
        move |_| baseline.set(report.clone())
    };
    let id = report.as_ref().and_then(|report| Some(report.detail.as_ref()?.card.id.clone()));
    let label = t.say("workshop.editor");
    let label = id.as_ref().map_or_else(|| label.to_owned(), |id| format!("{label}: {id}"));
    let diagnostics = report.as_ref().map(|report| report.check.diagnostics.clone()).unwrap_or_default();
    let underlines: Vec<Underline> = diagnostics.iter().map(underline).collect();
    html! {
        <>
            <h1 id="title" tabindex="-1">{ t.say("nav.workshop") }</h1>
            <p class="lead">{ t.say("workshop.lead") }</p>
            { toolbar(&app, &open, saving(&app, (*text).clone(), id.clone(), said.setter()), said.setter()) }
            <drafting::Drafting on_open={open} />
            <p role="status" class="said">{ (*said).clone() }</p>
            if asked.is_some() {
                <Confirm id="confirm-open" question={t.say("workshop.replace-question")}
                    yes={t.say("workshop.replace-yes")} no={t.say("workshop.replace-no")} {on_answer} />
            }
            <div class="workshop">
                <div class="workshop-edit">
                    <Editor id="rubric" {label} text={(*text).clone()} {underlines} described_by="problems" {on_text} />
                    { problems(t, &diagnostics, report.is_some(), &Rc::from(text.as_str())) }
                    if let Some(checked) = &*checked {
                        { own_rubric(&app, id.as_deref(), &checked.text, *text == checked.text) }
                    }
                </div>
                <div class="workshop-test">
                    if let Some(checked) = &*checked {
                        { examples(t, &checked.report, baseline.as_deref(), Callback::from(keep_baseline)) }
                        { trial_answer(&app, checked, &trial, on_trial) }
                    }
                </div>
            </div>
        </>
    }
}

/// Whether nothing is lost with a text: it is blank, or somewhere else than in the editor.
fn is_dispensable(app: &Context, text: &str) -> bool {
    [TEMPLATE, &app.visit.borrow().saved_rubric].contains(&text)
        || app.store.own.iter().any(|own| own.text == text)
        || text.trim().is_empty()
}

/// What hands the rubric to its author as a file.
fn saving(app: &Context, text: String, id: Option<String>, said: UseStateSetter<String>) -> Callback<MouseEvent> {
    let app = app.clone();
    Callback::from(move |_| {
        let name = format!("{}.toml", id.as_deref().unwrap_or("rubric"));
        match save_file(&name, "application/toml", &text) {
            Ok(()) => {
                said.set(app.t.fill("workshop.saved", &[("name", &name)]));
                app.visit.borrow_mut().saved_rubric = text.clone();
            }
            Err(error) => said.set(format!("{error:?}")),
        }
    })
}

/// What the examples scored when the rubric was opened, or when the author last said so, and what counts anew from another
/// text.
#[hook]
fn use_baseline(opened: &str) -> (UseStateHandle<Option<Rc<WorkshopReport>>>, Callback<String>) {
    let engine = use_app().engine;
    let baseline = use_state(|| None);
    let count_from = {
        let baseline = baseline.setter();
        Callback::from(move |text: String| {
            baseline.set(None);
            let baseline = baseline.clone();
            engine.workshop(text, String::new(), move |found| baseline.set(Some(Rc::new(found))));
        })
    };
    use_effect_with((), {
        let (count_from, opened) = (count_from.clone(), opened.to_owned());
        move |()| count_from.emit(opened)
    });
    (baseline, count_from)
}

/// Checks the text and marks the trial answer, soon after each change.
#[hook]
fn use_checked(text: &str, trial: &str, is_as_opened: bool) -> UseStateHandle<Option<Rc<Checked>>> {
    let engine = use_app().engine;
    let checked = use_state(|| None);
    let pending = use_mut_ref(|| None::<Timeout>);
    use_effect_with((text.to_owned(), trial.to_owned()), {
        let checked = checked.setter();
        move |(text, trial): &(String, String)| {
            let (text, trial) = (text.clone(), trial.clone());
            let check = move || {
                engine.workshop(text.clone(), trial.clone(), move |report| {
                    let report = Rc::new(report);
                    checked.set(Some(Rc::new(Checked { text, trial: trial.into(), report })));
                });
            };
            let pause = if is_as_opened { 0 } else { CHECK_PAUSE_MS };
            *pending.borrow_mut() = Some(Timeout::new(pause, check));
        }
    });
    checked
}

/// What was checked last; the fields may be further already.
struct Checked {
    text: String,
    trial: Rc<str>,
    report: Rc<WorkshopReport>,
}

fn toolbar(
    app: &Context,
    on_open: &Callback<String>,
    on_save: Callback<MouseEvent>,
    said: UseStateSetter<String>,
) -> Html {
    let t = app.t;
    let Some(catalogue) = app.store.ready().cloned() else { return Html::default() };
    let is_usable = {
        let catalogue = Rc::clone(&catalogue);
        move |own: &Text| catalogue.card(own.id()).is_some_and(|card| card.own)
    };
    let unusable = app.store.own.iter().filter(|own| !is_usable(own)).collect::<Vec<_>>();
    // Walking through the list with the arrow keys chooses something with each of them, so it opens nothing yet.
    let on_pick = {
        let (app, on_open, said) = (app.clone(), on_open.clone(), said.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let select = document().get_element_by_id("workshop-open");
            let Some(select) = select.and_then(|element| element.dyn_into::<HtmlSelectElement>().ok()) else { return };
            let chosen = select.value();
            // One that cannot be used may have the id of a question of the app; it goes by its file.
            let is_chosen = |own: &&Text| own.name == chosen || is_usable(own) && own.id() == chosen;
            if let Some(own) = app.store.own.iter().find(is_chosen) {
                return on_open.emit(own.text.clone());
            }
            let (on_open, said) = (on_open.clone(), said.clone());
            app.engine.source(&chosen, move |text| match text {
                Ok(text) => on_open.emit(text),
                Err(_) => said.set(t.say("workshop.not-loaded").to_owned()),
            });
        }
    };
    let on_new = {
        let on_open = on_open.clone();
        move |_| on_open.emit(TEMPLATE.to_owned())
    };
    let on_file = {
        let on_open = on_open.clone();
        Callback::from(move |(_, text): (String, String)| on_open.emit(text))
    };
    let on_unread = Callback::from(move |(name, error): (String, ReadError)| said.set(unusable_file(t, &name, &error)));
    html! {
        <div class="toolbar">
            <form onsubmit={on_pick}>
                <div class="field">
                    <label for="workshop-open">{ t.say("workshop.open") }</label>
                    <select id="workshop-open" required=true>
                        <option value="" selected=true>{ t.say("workshop.choose") }</option>
                        { for catalogue.questions.chunk_by(|a, b| a.topic == b.topic).map(|cards| html! {
                            <optgroup label={t.name("topic", &cards[0].topic)}>
                                { for cards.iter().map(|card| html! {
                                    <option value={card.id.clone()} lang={card.language.clone()}>{ beginning(&card.prompt) }</option>
                                }) }
                            </optgroup>
                        }) }
                        if !unusable.is_empty() {
                            <optgroup label={t.say("workshop.unusable")}>
                                { for unusable.iter().map(|own| html! { <option value={own.name.clone()}>{ own.id() }</option> }) }
                            </optgroup>
                        }
                    </select>
                </div>
                <button type="submit">{ t.say("workshop.open-chosen") }</button>
            </form>
            { file_picker("workshop-file", t.say("workshop.file"), ".toml,.json", as_text(on_file, on_unread)) }
            <button type="button" onclick={on_new}>{ t.say("workshop.new") }</button>
            <button type="button" onclick={on_save}>{ t.say("workshop.save") }</button>
        </div>
    }
}

/// As much of a prompt as a menu has room for.
fn beginning(prompt: &str) -> String {
    const MOST: usize = 70;
    match prompt.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", prompt[..end].trim_end()),
        None => prompt.to_owned(),
    }
}

fn underline(diagnostic: &Diagnostic) -> Underline {
    Underline {
        range: diagnostic.start as usize..diagnostic.end as usize,
        is_error: diagnostic.severity == Severity::Error,
    }
}

fn problems(t: &'static Texts, diagnostics: &[Diagnostic], is_checked: bool, text: &Rc<str>) -> Html {
    let entry = |diagnostic: &Diagnostic| {
        let (line, column) = (diagnostic.line.to_string(), diagnostic.column.to_string());
        let text = Rc::clone(text);
        let (start, end) = (diagnostic.start as usize, diagnostic.end as usize);
        let onclick = move |_| select_in_editor(&text, start, end);
        html! {
            <li class={diagnostic.severity.name()}>
                <button type="button" class="quiet place" {onclick}>
                    { t.fill("workshop.place", &[("line", &line), ("column", &column)]) }
                </button>
                <span><strong>{ t.name("severity", diagnostic.severity.name()) }</strong>{ ": " }<span lang="en">{ diagnostic.message.clone() }</span></span>
                if let Some(help) = diagnostic.help.clone() {
                    <span class="help" lang="en">{ help }</span>
                }
            </li>
        }
    };
    html! {
        <div id="problems" class="problems" role="status">
            if diagnostics.is_empty() {
                if is_checked {
                    <p class="fine">{ t.say("workshop.no-problems") }</p>
                }
            } else {
                <p class="visually-hidden">{ t.count("workshop.problems", diagnostics.len()) }</p>
                <ul>{ for diagnostics.iter().map(entry) }</ul>
            }
        </div>
    }
}

/// An answer of the author's own, and what the rubric makes of it.
fn trial_answer(app: &Context, checked: &Checked, trial: &str, on_text: Callback<String>) -> Html {
    let t = app.t;
    let WorkshopReport { detail, evaluation, near, .. } = &*checked.report;
    html! {
        <section aria-labelledby="trial-title">
            <h2 id="trial-title">{ t.say("workshop.trial") }</h2>
            { answer_field(t, AnswerField {
                id: "trial",
                described_by: "trial-title",
                label: t.say("workshop.trial-label"),
                text: trial,
                language: detail.as_ref().map_or("en", |detail| &detail.card.language),
                on_text,
                on_submit: Callback::noop(),
                status: if app.store.has_kept_draft(TRIAL_DRAFT, trial) { t.say("answer.kept") } else { "" },
                hint: "",
            }) }
            if let (Some(evaluation), Some(detail)) = (evaluation, detail) {
                if !checked.trial.trim().is_empty() {
                    <Outcome detail={Rc::new(detail.clone())} evaluation={Rc::new(evaluation.clone())}
                        answer={Rc::clone(&checked.trial)} prefix="trial-outcome" open=true near={Rc::from(near.as_slice())} />
                }
            }
        </section>
    }
}

/// The id that a rubric gives itself, as far as that can be told of a text with errors.
fn written_id(rubric: &str) -> Option<&str> {
    let value = rubric.lines().find_map(|line| line.strip_prefix("id")?.trim_start().strip_prefix('='))?;
    value.trim_start().strip_prefix('"')?.split('"').next()
}

/// What is to be kept of a text: the template is there anyhow.
fn unless_template(text: &str) -> String {
    if text == TEMPLATE { String::new() } else { text.to_owned() }
}

fn editor() -> Option<HtmlTextAreaElement> {
    document().get_element_by_id("rubric")?.dyn_into().ok()
}

/// Puts another text into the editor, to be read from its beginning.
fn show_from_start(text: &str) {
    let Some(field) = editor() else { return };
    field.set_value(text);
    drop(field.set_selection_range(0, 0));
    field.set_scroll_top(0);
}

/// Puts the cursor where a problem is.
fn select_in_editor(text: &str, start: usize, end: usize) {
    let Some(field) = editor() else { return };
    // The field counts in UTF-16, and lines may have changed since the check.
    let utf16 = |offset: usize| {
        let letters = text.char_indices().take_while(|(index, _)| *index < offset);
        letters.map(|(_, letter)| letter.len_utf16() as u32).sum()
    };
    focus("rubric");
    drop(field.set_selection_range(utf16(start), utf16(end)));
    let is_before = |(index, _): &(usize, char)| *index < start;
    let line = text.char_indices().take_while(is_before).filter(|(_, letter)| *letter == '\n').count() as i32;
    let n_lines = text.split('\n').count() as i32;
    field.set_scroll_top(field.scroll_height() * (line - 3).max(0) / n_lines);
}

fn examples(
    t: &'static Texts,
    report: &WorkshopReport,
    baseline: Option<&WorkshopReport>,
    on_baseline: Callback<MouseEvent>,
) -> Html {
    let examples = examples_of(report);
    let before = baseline.map(examples_of).unwrap_or_default();
    let n_passed = examples.iter().filter(|example| example.passed).count();
    let (n_passed, n_examples) = (n_passed.to_string(), examples.len().to_string());
    html! {
        <section aria-labelledby="examples-title">
            <h2 id="examples-title">{ t.say("workshop.examples") }</h2>
            if report.check.rubrics.is_empty() {
                <p>{ t.say("workshop.repair-first") }</p>
            } else if examples.is_empty() {
                <p>{ t.say("workshop.no-examples") }</p>
            } else {
                <p role="status">{ t.fill("workshop.passed", &[("n", &n_passed), ("all", &n_examples)]) }</p>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="examples-title">
                    <table class="examples">
                        <thead><tr>
                            <th scope="col">{ t.say("workshop.example") }</th>
                            <th scope="col">{ t.say("workshop.expected") }</th>
                            <th scope="col">{ t.say("workshop.actual") }</th>
                            <th scope="col">{ t.say("workshop.change") }</th>
                        </tr></thead>
                        <tbody>{ for examples.iter().enumerate().map(|(index, example)| example_row(t, example, before.get(index))) }</tbody>
                    </table>
                </div>
                <p class="small">{ t.say("workshop.change-help") }</p>
                <div class="actions">
                    <button type="button" onclick={on_baseline}>{ t.say("workshop.baseline") }</button>
                </div>
            }
        </section>
    }
}

fn examples_of(report: &WorkshopReport) -> Vec<ExampleReport> {
    report.check.rubrics.iter().flat_map(|rubric| rubric.examples.clone()).collect()
}

fn example_row(t: &'static Texts, example: &ExampleReport, before: Option<&ExampleReport>) -> Html {
    let [low, high] = example.expected;
    let change = before.map_or(0, |before| i64::from(example.actual) - i64::from(before.actual));
    let points_before: BTreeMap<&str, f64> =
        before.iter().flat_map(|before| &before.outcomes).map(|(id, earned, _)| (id.as_str(), *earned)).collect();
    let moved = example.outcomes.iter().filter_map(|(id, earned, _)| {
        let was = points_before.get(id.as_str())?;
        ((was - earned).abs() > 0.001).then(|| format!("{id} {} → {}", t.number(*was), t.number(*earned)))
    });
    let moved: Vec<String> = moved.collect();
    html! {
        <tr class={if example.passed { "passed" } else { "failed" }}>
            <th scope="row">
                <span class="verdict">{ if example.passed { t.say("workshop.pass") } else { t.say("workshop.fail") } }</span>
                { " " }{ example.kind.clone().unwrap_or_default() }{ " " }
                <span class="small">{ t.fill("workshop.line", &[("line", &example.line.to_string())]) }</span>
                if !example.failures.is_empty() {
                    <ul class="failures" lang="en">{ for example.failures.iter().map(|failure| html! { <li>{ failure.clone() }</li> }) }</ul>
                }
            </th>
            <td class="number">{ format!("{low}–{high} %") }</td>
            <td class="number">{ format!("{} %", example.actual) }</td>
            <td class="number">
                if change != 0 { { format!("{change:+} %") } }
                if !moved.is_empty() {
                    <ul class="moved">{ for moved.into_iter().map(|line| html! { <li>{ line }</li> }) }</ul>
                }
            </td>
        </tr>
    }
}

/// Adds the rubric to the questions of this browser, and takes it away again. One that does not compile has no `id`,
/// but it may be there all the same. `rubric` is what was checked last: until it `is_current`, nothing can be done to it.
fn own_rubric(app: &Context, id: Option<&str>, rubric: &str, is_current: bool) -> Html {
    let t = app.t;
    let own = &app.store.own;
    // One with errors can still be told from the others, and removed.
    let is_it = |own: &&Text| own.text == rubric || Some(own.id()) == written_id(rubric);
    let is_sound = id.is_some();
    let Some(id) = id.or_else(|| Some(own.iter().find(is_it)?.id())) else { return Html::default() };
    let name = format!("{id}.toml");
    // One that cannot be used may lie in a file of another name.
    let known = own.iter().find(|own| own.text == rubric).or_else(|| own.iter().find(|own| own.name == name));
    let card = app.store.ready().and_then(|catalogue| catalogue.card(id));
    if known.is_none() && card.is_some_and(|card| !card.own) {
        return html! { <p class="small">{ t.say("workshop.bundled") }</p> };
    }
    // The button that was pressed goes away.
    let change = |action: Action, place: &'static str| {
        let app = app.clone();
        move |_| {
            app.apply(action.clone());
            focus(place);
        }
    };
    let add = Action::Own(Text { name: name.clone(), text: rubric.to_owned() });
    let is_same = known.is_some_and(|own| own.text == rubric);
    html! {
        <div id="own-rubric" tabindex="-1" class="actions">
            if !is_same && is_sound {
                <button type="button" class="primary" disabled={!is_current} onclick={change(add, "own-rubric")}>{
                    if known.is_some() { t.say("workshop.update") } else { t.say("workshop.add") }
                }</button>
            } else if card.is_some_and(|card| card.own) {
                <span>{ t.say("workshop.added") }</span>
                <a href={crate::route::Route::Question(id.to_owned()).to_string()}>{ t.say("workshop.practise") }</a>
            }
            if let Some(known) = known {
                <button type="button" class="quiet" disabled={!is_current}
                    onclick={change(Action::Disown(known.name.clone()), "rubric")}>{ t.say("workshop.remove") }</button>
            }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::written_id;

    #[test]
    fn a_text_with_errors_still_says_which_rubric_it_is() {
        assert_eq!(written_id("format = \"x\"\nid = \"my-own\" # mine\nprompt = 3x\nid = \"other\"\n"), Some("my-own"));
        assert_eq!(written_id("identity = \"x\"\nid = 7\n"), None);
        assert_eq!(written_id(""), None);
    }
}
