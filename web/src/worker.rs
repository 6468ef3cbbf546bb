//! The side of the app that runs in the web worker: it owns the engine, so that marking never holds up typing.

use crate::protocol::{
    Card, Criterion, Envelope, Misconception, OwnRubrics, QuestionDetail, READY, Reply, Request, Source, Text,
    WorkshopReport,
};
use rubrica_core::rubric::source::{RubricSource, SourceReference};
use rubrica_core::wire::Evaluation;
use rubrica_core::{CompileError, Detail, Document, Marker, RubricSet};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Response};

/// Name of the file in the workshop: diagnostics need one. Without an ending, no `id` has to agree with it.
const WORKSHOP_FILE: &str = "rubric";
/// Begins each document of a bundle: the record separator, which no TOML file can hold.
const DOCUMENT: char = '\u{1e}';

/// Fetches the rubrics, says that it is ready, then answers requests one after the other.
pub fn start(scope: DedicatedWorkerGlobalScope) {
    spawn_local(async move {
        let begin = now(&scope);
        let bundle = fetch_bundle(&scope, "rubrics.txt").await;
        let ready = bundle.as_ref().map(|_| ()).map_err(String::clone);
        listen(&scope, Engine { bundle: bundle.unwrap_or_default(), ..Engine::default() });
        post(&scope, READY, begin, &ready);
    });
}

fn listen(scope: &DedicatedWorkerGlobalScope, engine: Engine) {
    let engine = Rc::new(RefCell::new(engine));
    let worker = scope.clone();
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(envelope) = event.data().as_string().and_then(|json| serde_json::from_str::<Envelope>(&json).ok())
        else {
            return;
        };
        let begin = now(&worker);
        let number = envelope.number;
        match envelope.request {
            Request::Load { own } => post(&worker, number, begin, &engine.borrow_mut().reload(own)),
            Request::Question { id } => post(&worker, number, begin, &engine.borrow_mut().question(&id)),
            Request::Evaluate { question, answer } => {
                post(&worker, number, begin, &engine.borrow_mut().evaluate(&question, &answer));
            }
            Request::Lines { lines, full } => {
                let detail = if full { Detail::Full } else { Detail::Summary };
                post(&worker, number, begin, &engine.borrow_mut().lines(&lines, detail));
            }
            Request::Source { id } => {
                let (worker, engine) = (worker.clone(), Rc::clone(&engine));
                spawn_local(async move { post(&worker, number, begin, &source(&worker, &engine, &id).await) });
            }
            Request::Workshop { text, answer } => {
                post(&worker, number, begin, &engine.borrow().workshop(text, &answer));
            }
        }
    });
    scope.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    // The listener lives as long as the worker.
    listener.forget();
}

fn post(scope: &DedicatedWorkerGlobalScope, number: u32, begin: f64, body: &impl Serialize) {
    let body = serde_json::value::to_raw_value(body).expect("replies are plain data");
    let reply = Reply { number, milliseconds: now(scope) - begin, body };
    let json = serde_json::to_string(&reply).expect("replies are plain data");
    scope.post_message(&json.into()).expect("a string can be sent");
}

fn now(scope: &DedicatedWorkerGlobalScope) -> f64 {
    scope.performance().map_or(0.0, |performance| performance.now())
}

/// A file of the build that holds documents, each behind [`DOCUMENT`] and a line with its name.
async fn fetch_bundle(scope: &DedicatedWorkerGlobalScope, file: &str) -> Result<Vec<Document>, String> {
    let describe = |error: JsValue| format!("{file}: {error:?}");
    let response: Response = JsFuture::from(scope.fetch_with_str(file)).await.map_err(describe)?.unchecked_into();
    if !response.ok() {
        return Err(format!("{file}: HTTP status {}", response.status()));
    }
    let text = JsFuture::from(response.text().map_err(describe)?).await.map_err(describe)?;
    let text = text.as_string().unwrap_or_default();
    let documents = text.split(DOCUMENT).filter_map(|document| document.split_once('\n'));
    Ok(documents.map(|(name, text)| Document { name: name.to_owned(), text: text.to_owned() }).collect())
}

/// The whole file of one of the app's rubrics. Nothing but this needs their examples, so they are fetched here.
async fn source(
    scope: &DedicatedWorkerGlobalScope,
    engine: &RefCell<Engine>,
    question: &str,
) -> Result<String, String> {
    let document = engine.borrow().document(question).cloned();
    let Document { name, mut text } = document.ok_or_else(|| format!("there is no rubric {question}"))?;
    let examples = fetch_bundle(scope, "examples.txt").await?;
    text.extend(examples.iter().filter(|examples| examples.name == name).map(|examples| examples.text.as_str()));
    Ok(text)
}

/// The rubrics, compiled as late as possible: all of them take a second, one takes less than typing its answer.
#[derive(Default)]
struct Engine {
    /// The app's rubrics without their examples, and the lexicon.
    bundle: Vec<Document>,
    own: Vec<Document>,
    /// By question, each with the lexicon.
    single: BTreeMap<String, Compiled>,
    /// All together, for the bulk call.
    all: Option<Compiled>,
}

struct Compiled {
    set: Arc<RubricSet>,
    marker: Marker,
}

impl Compiled {
    fn new(documents: &[Document]) -> Result<Self, CompileError> {
        let set = Arc::new(RubricSet::compile(documents)?);
        Ok(Self { marker: Marker::new(Arc::clone(&set)), set })
    }
}

impl Engine {
    /// Takes those of the learner's own rubrics that compile and take the place of no other question.
    fn reload(&mut self, own: Vec<Text>) -> OwnRubrics {
        self.single.clear();
        self.all = None;
        self.own.clear();
        let mut found = OwnRubrics::default();
        let mut documents: Vec<Document> = self.lexicon().cloned().collect();
        for Text { name, text } in own {
            let document = Document { name, text };
            documents.push(document.clone());
            match RubricSet::compile(&documents) {
                Ok(set) => match set.questions().first().map(|question| question.source) {
                    Some(rubric) if self.is_bundled(&rubric.id) => {
                        let help = "the app has a question of this id; give this one another";
                        found.problems.push(format!("{}: {help}", document.name));
                    }
                    Some(rubric) if is_of(&document, &rubric.id) && !self.is_own(&rubric.id) => {
                        found.questions.push(card(rubric, true));
                        self.own.push(document);
                    }
                    _ => {
                        let help = "only rubrics can be used, each in one file named by its id";
                        found.problems.push(format!("{}: {help}", document.name));
                    }
                },
                Err(error) => found.problems.extend(error.diagnostics.iter().map(ToString::to_string)),
            }
            documents.pop();
        }
        found
    }

    fn lexicon(&self) -> impl Iterator<Item = &Document> {
        self.bundle.iter().filter(|document| document.name.starts_with("lexicon/"))
    }

    fn document(&self, question: &str) -> Option<&Document> {
        self.own.iter().chain(&self.bundle).find(|document| is_of(document, question))
    }

    fn is_bundled(&self, question: &str) -> bool {
        self.bundle.iter().any(|document| is_of(document, question))
    }

    fn is_own(&self, question: &str) -> bool {
        self.own.iter().any(|document| is_of(document, question))
    }

    /// The compiled rubric of a question. That it is compiled alone moves no score: rubrics share only the lexicon.
    fn compiled(&mut self, question: &str) -> Option<&mut Compiled> {
        if self.all.is_some() {
            return self.all.as_mut();
        }
        if !self.single.contains_key(question) {
            let documents: Vec<Document> = self.lexicon().chain([self.document(question)?]).cloned().collect();
            let mut compiled = Compiled::new(&documents).ok()?;
            // Fills the tables that are made on first use, while the learner still reads the question.
            compiled.marker.evaluate(question, "The first answer takes longest, so let it be this one.");
            self.single.insert(question.to_owned(), compiled);
        }
        self.single.get_mut(question)
    }

    fn question(&mut self, id: &str) -> Option<QuestionDetail> {
        let is_own = self.is_own(id);
        let question = self.compiled(id)?.set.questions().into_iter().find(|question| question.id == id)?;
        Some(detail(question.source, is_own))
    }

    fn evaluate(&mut self, question: &str, answer: &str) -> Option<Evaluation> {
        self.compiled(question)?.marker.evaluate(question, answer)
    }

    fn lines(&mut self, lines: &str, detail: Detail) -> String {
        let all = self.all.get_or_insert_with(|| {
            let documents: Vec<Document> = self.bundle.iter().chain(&self.own).cloned().collect();
            Compiled::new(&documents).expect("the build checks the bundle, and `reload` what is added to it")
        });
        all.marker.evaluate_lines(lines, detail)
    }

    fn workshop(&self, text: String, answer: &str) -> WorkshopReport {
        let mut documents: Vec<Document> = self.lexicon().cloned().collect();
        documents.push(Document { name: WORKSHOP_FILE.to_owned(), text });
        let mut check = rubrica_core::check(&documents);
        check.diagnostics.retain(|diagnostic| diagnostic.document == WORKSHOP_FILE);
        let set = RubricSet::compile(&documents).ok().map(Arc::new);
        let detail = set.as_ref().and_then(|set| Some(detail(set.questions().first()?.source, true)));
        let (mut evaluation, mut near) = (None, None);
        if let (Some(set), Some(detail)) = (set, &detail) {
            let (mut marker, id) = (Marker::new(set), &detail.card.id);
            evaluation = marker.evaluate(id, answer);
            near = marker.near_misses(id, answer);
        }
        WorkshopReport { check, evaluation, near: near.unwrap_or_default(), detail }
    }
}

fn is_of(document: &Document, question: &str) -> bool {
    document.name.strip_suffix(".toml") == Some(question)
}

fn card(rubric: &RubricSource, own: bool) -> Card {
    Card {
        id: rubric.id.clone(),
        prompt: rubric.prompt.trim().to_owned(),
        kind: rubric.kind.unwrap_or_default().name().to_owned(),
        topic: rubric.topic.clone().unwrap_or_default(),
        level: rubric.level.clone().unwrap_or_default(),
        language: rubric.language.clone().unwrap_or_else(|| "en".to_owned()),
        n_criteria: rubric.criteria.len() as u32,
        own,
    }
}

fn detail(rubric: &RubricSource, own: bool) -> QuestionDetail {
    let criterion = |criterion: &rubrica_core::rubric::source::CriterionSource| {
        let feedback = criterion.feedback.clone().unwrap_or_default();
        Criterion { id: criterion.id.clone(), hint: criterion.hint.clone(), met: feedback.met, missed: feedback.missed }
    };
    let source = |source: &SourceReference| Source {
        document: source.document.clone(),
        heading: source.heading.clone(),
        lines: source.lines,
        url: source.url.clone(),
        note: source.note.clone(),
    };
    QuestionDetail {
        card: card(rubric, own),
        full_marks: rubric.full_marks(),
        criteria: rubric.criteria.iter().map(criterion).collect(),
        misconceptions: rubric
            .misconceptions
            .iter()
            .map(|misconception| Misconception {
                id: misconception.id.clone(),
                feedback: misconception.feedback.clone(),
            })
            .collect(),
        reference_answer: rubric.reference_answer.clone(),
        sources: rubric.sources.iter().map(source).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Engine;
    use crate::protocol::Text;
    use rubrica_core::Detail;

    #[test]
    fn own_rubrics_that_would_break_the_others_are_refused() {
        let template = include_str!("../template.toml");
        let lexicon = "format = \"rubrica-lexicon/1\"\n\n[[concepts]]\nid = \"soil\"\nnames = [\"soil\"]\n";
        let text = |(name, text): (&str, &str)| Text { name: name.to_owned(), text: text.to_owned() };
        let files = [("a", lexicon), ("b", lexicon), ("copy", template), ("my-question.toml", template)];
        let mut engine = Engine::default();
        let found = engine.reload(files.into_iter().chain([files[3]]).map(text).collect());
        let refused = found.problems.iter().filter_map(|problem| problem.split_once(": only rubrics"));
        assert_eq!(refused.map(|(name, _)| name).collect::<Vec<_>>(), ["a", "b", "copy", "my-question.toml"]);
        assert_eq!(found.questions.iter().map(|card| card.id.as_str()).collect::<Vec<_>>(), ["my-question"]);
        let reply = engine.lines(r#"{"question_id": "my-question", "answer": "One thread."}"#, Detail::Summary);
        assert!(reply.contains("\"score\""), "{reply}");
    }
}
