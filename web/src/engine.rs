//! The page's side of the worker: requests go out, replies come back to whoever asked.

use crate::protocol::{Drafts, Envelope, OwnRubrics, QuestionDetail, READY, Reply, Request, Text, WorkshopReport};
use js_sys::Reflect;
use rubrica_core::wire::Evaluation;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// A reply with the milliseconds that the worker took for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed<T> {
    pub value: T,
    pub milliseconds: f64,
}

type Waiting = Box<dyn FnOnce(Reply)>;

/// A handle; copies share one worker.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    worker: Worker,
    last_number: Cell<u32>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
    /// Requests made before the worker listens; `None` once it does.
    early: RefCell<Option<Vec<String>>>,
}

impl PartialEq for Engine {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Engine {
    /// Starts the worker with this page's own compiled module, so that it is neither fetched nor compiled twice.
    pub fn start(failed: Callback<String>) -> Result<Self, JsValue> {
        let worker = start_worker("./worker.js")?;
        worker.post_message(&wasm_bindgen::module())?;
        let engine = Self(Rc::new(Inner {
            worker,
            last_number: Cell::new(0),
            waiting: RefCell::default(),
            early: RefCell::new(Some(Vec::new())),
        }));
        engine.listen(failed);
        Ok(engine)
    }

    fn listen(&self, failed: Callback<String>) {
        let engine = self.clone();
        let problem = failed.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(reply) = event.data().as_string().and_then(|json| serde_json::from_str::<Reply>(&json).ok())
            else {
                return;
            };
            if reply.number == READY {
                match serde_json::from_str(reply.body.get()) {
                    Ok(Ok(())) => engine.0.early.take().unwrap_or_default().iter().for_each(|json| engine.post(json)),
                    Ok(Err(reason)) => problem.emit(reason),
                    Err(error) => problem.emit(error.to_string()),
                }
                return;
            }
            let waiting = engine.0.waiting.borrow_mut().remove(&reply.number);
            if let Some(waiting) = waiting {
                waiting(reply);
            }
        });
        let on_error = Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| failed.emit(reason(&event)));
        self.0.worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        self.0.worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // The worker lives as long as the page.
        on_message.forget();
        on_error.forget();
    }

    fn post(&self, json: &str) {
        if let Err(error) = self.0.worker.post_message(&json.into()) {
            web_sys::console::error_1(&error);
        }
    }

    fn ask<T: DeserializeOwned>(&self, request: Request, then: impl FnOnce(Timed<T>) + 'static) {
        let number = self.0.last_number.get() + 1;
        self.0.last_number.set(number);
        let json = serde_json::to_string(&Envelope { number, request }).expect("requests are plain data");
        let waiting = move |reply: Reply| match serde_json::from_str(reply.body.get()) {
            Ok(value) => then(Timed { value, milliseconds: reply.milliseconds }),
            Err(error) => web_sys::console::error_1(&error.to_string().into()),
        };
        self.0.waiting.borrow_mut().insert(number, Box::new(waiting));
        match self.0.early.borrow_mut().as_mut() {
            Some(early) => early.push(json),
            None => self.post(&json),
        }
    }

    pub fn load(&self, own: Vec<Text>, then: impl FnOnce(OwnRubrics) + 'static) {
        self.ask(Request::Load { own }, |reply: Timed<OwnRubrics>| then(reply.value));
    }

    pub fn question(&self, id: &str, then: impl FnOnce(Option<QuestionDetail>) + 'static) {
        self.ask(Request::Question { id: id.to_owned() }, |reply: Timed<Option<QuestionDetail>>| then(reply.value));
    }

    pub fn evaluate(&self, question: &str, answer: &str, then: impl FnOnce(Timed<Option<Evaluation>>) + 'static) {
        self.ask(Request::Evaluate { question: question.to_owned(), answer: answer.to_owned() }, then);
    }

    /// The engine's bulk call.
    pub fn lines(&self, lines: String, full: bool, then: impl FnOnce(String) + 'static) {
        self.ask(Request::Lines { lines, full }, |reply: Timed<String>| then(reply.value));
    }

    pub fn source(&self, id: &str, then: impl FnOnce(Result<String, String>) + 'static) {
        self.ask(Request::Source { id: id.to_owned() }, |reply: Timed<Result<String, String>>| then(reply.value));
    }

    pub fn workshop(&self, text: String, answer: String, then: impl FnOnce(WorkshopReport) + 'static) {
        self.ask(Request::Workshop { text, answer }, |reply: Timed<WorkshopReport>| then(reply.value));
    }
}

/// Drafts rubrics from a document, in a worker that lives as long as that takes.
pub fn derive(document: &Text, then: impl FnOnce(Result<Drafts, String>) + 'static) {
    let document = serde_json::to_string(document).expect("a document is plain data");
    let worker = match start_worker("./drafts-worker.js") {
        Ok(worker) => worker,
        Err(error) => return then(Err(format!("{error:?}"))),
    };
    let then = Rc::new(Cell::new(Some(then)));
    let finish = {
        let (worker, then) = (worker.clone(), Rc::clone(&then));
        move |drafts| {
            worker.terminate();
            if let Some(then) = then.take() {
                then(drafts);
            }
        }
    };
    let on_error = {
        let finish = finish.clone();
        Closure::<dyn Fn(ErrorEvent)>::new(move |event: ErrorEvent| finish(Err(reason(&event))))
    };
    let on_message = {
        let worker = worker.clone();
        Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| match event.data().as_string() {
            Some(json) => finish(serde_json::from_str(&json).unwrap_or_else(|error| Err(error.to_string()))),
            // The worker is ready for the document.
            None => worker.post_message(&document.as_str().into()).expect("a string can be sent"),
        })
    };
    worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
    worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
}

/// What an error says. That of a worker whose script cannot be loaded says nothing, against its type.
fn reason(event: &ErrorEvent) -> String {
    let message = Reflect::get(event, &"message".into()).ok().and_then(|message| message.as_string());
    message.unwrap_or_else(|| "the worker could not be loaded".to_owned())
}

fn start_worker(script: &str) -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    Worker::new_with_options(script, &options)
}
