//! The plugin is the engine: it imports nothing, gives the same bytes as native code, and its traps stay its own.

use rubrica_core::wire::{BulkReply, BulkRequest, Evaluation};
use rubrica_core::{Detail, Document, Marker};
use rubrica_host::plugin::{self, Failure, Instance, Limits, Plugin};
use rubrica_tests::{AnswerGenerator, corpus, documents, marker, monsters};
use std::sync::LazyLock;
use std::time::Duration;

const N_GENERATED: usize = 10_000;

static PLUGIN: LazyLock<Plugin> = LazyLock::new(|| Plugin::embedded().expect("the embedded plugin runs here"));

fn typed(documents: &[Document]) -> Vec<plugin::Document> {
    documents.iter().map(|d| plugin::Document { name: d.name.clone(), text: d.text.clone() }).collect()
}

fn instance(documents: &[Document], limits: Limits) -> Instance {
    let mut instance = PLUGIN.instance(limits).expect("an instance fits into its memory");
    instance.load(&typed(documents)).expect("loading does not trap").expect("the rubrics have no errors");
    instance
}

fn lines(requests: &[BulkRequest]) -> String {
    requests.iter().map(|request| serde_json::to_string(request).expect("a request is JSON") + "\n").collect()
}

/// Asserts equal bytes and names the first answer that differs.
fn assert_same_lines(requests: &[BulkRequest], native: &str, plugin: &str) {
    assert_eq!(native.lines().count(), requests.len(), "one line for every request");
    for ((request, native), plugin) in requests.iter().zip(native.lines()).zip(plugin.lines()) {
        let start: String = request.answer.chars().take(200).collect();
        assert_eq!(native, plugin, "{}: {start:?}", request.question_id);
    }
    assert_eq!(native, plugin);
}

fn hostile() -> Vec<BulkRequest> {
    let request = |answer| BulkRequest { question_id: "net-tcp-vs-udp".to_owned(), answer, answer_id: None };
    monsters().into_iter().map(request).collect()
}

#[test]
fn the_component_imports_nothing() {
    assert_eq!(PLUGIN.imports(), Vec::<String>::new());
}

#[test]
fn native_and_plugin_give_the_same_bytes_on_the_corpus() {
    let documents = documents();
    let (mut native, mut plugin) = (marker(&documents), instance(&documents, Limits::default()));
    let mut assert_same = |requests: &[BulkRequest]| {
        let text = lines(requests);
        for (native_detail, plugin_detail) in
            [(Detail::Summary, plugin::Detail::Summary), (Detail::Full, plugin::Detail::Full)]
        {
            let native = native.evaluate_lines(&text, native_detail);
            let plugin = plugin.evaluate_lines(&text, plugin_detail).expect("no answer traps");
            assert_same_lines(requests, &native, &plugin);
        }
    };
    assert_same(&corpus());
    // One by one: the deadline is that of a single answer.
    hostile().iter().for_each(|request| assert_same(std::slice::from_ref(request)));
}

#[test]
fn native_and_plugin_find_the_same_near_misses() {
    let documents = documents();
    let (mut native, mut plugin) = (marker(&documents), instance(&documents, Limits::default()));
    for request in corpus().iter().take(100) {
        let native = native.near_misses(&request.question_id, &request.answer).unwrap_or_default();
        let plugin = plugin.near_misses(&request.question_id, &request.answer).expect("no answer traps");
        let plugin = plugin.unwrap_or_default();
        let native: Vec<_> = native.iter().map(|miss| (&miss.criterion, &miss.term, &miss.obstacle.text)).collect();
        let plugin: Vec<_> = plugin.iter().map(|miss| (&miss.criterion, &miss.term, &miss.obstacle.text)).collect();
        assert_eq!(native, plugin, "{}", request.answer);
    }
    assert_eq!(plugin.near_misses("no-such-question", "").expect("no answer traps").map(|misses| misses.len()), None);
}

#[test]
fn native_and_plugin_give_the_same_bytes_on_generated_answers() {
    let documents = documents();
    let (mut native, mut plugin) = (marker(&documents), instance(&documents, Limits::default()));
    let requests: Vec<BulkRequest> = AnswerGenerator::new(1, &documents).take(N_GENERATED).collect();
    for batch in requests.chunks(500) {
        let text = lines(batch);
        let native = native.evaluate_lines(&text, Detail::Full);
        let plugin = plugin.evaluate_lines(&text, plugin::Detail::Full).expect("no answer traps");
        assert_same_lines(batch, &native, &plugin);
    }
}

#[test]
fn one_answer_and_the_bulk_call_give_the_same_bytes() {
    let documents = documents();
    let (mut native, mut plugin) = (marker(&documents), instance(&documents, Limits::default()));
    for mut request in corpus() {
        request.answer_id = None;
        let one = plugin.evaluate_json(&request.question_id, &request.answer).expect("no answer traps");
        let bulk = plugin.evaluate_lines(&lines(&[request.clone()]), plugin::Detail::Full).expect("no answer traps");
        let native = native.evaluate(&request.question_id, &request.answer);
        assert_eq!(one, native.map(|evaluation| serde_json::to_string(&evaluation).expect("it is JSON")));
        match one {
            Some(one) => assert_eq!(one, bulk.trim_end()),
            None => assert!(bulk.contains("unknown-question"), "{bulk}"),
        }
    }
}

#[test]
fn an_evaluation_depends_neither_on_other_answers_nor_on_other_rubrics() {
    let documents = documents();
    let mut all = marker(&documents);
    let requests = corpus();
    let mut ids: Vec<&str> = requests.iter().map(|request| request.question_id.as_str()).collect();
    ids.dedup();
    for id in ids {
        let own: Vec<Document> = documents
            .iter()
            .filter(|d| d.name.contains("lexicon") || d.name == format!("{id}.toml"))
            .cloned()
            .collect();
        let mut alone = marker(&own);
        for request in requests.iter().rev().filter(|request| request.question_id == id) {
            let evaluate = |marker: &mut Marker| marker.evaluate(id, &request.answer);
            assert_eq!(evaluate(&mut alone), evaluate(&mut all), "{id}: {}", request.answer);
        }
    }
}

#[test]
fn replies_can_be_read_back() {
    let documents = documents();
    let mut native = marker(&documents);
    let requests = corpus();
    let replies = native.evaluate_lines(&lines(&requests), Detail::Full);
    for (request, reply) in requests.iter().zip(replies.lines()) {
        match serde_json::from_str(reply).expect("a reply can be read") {
            BulkReply::Full { answer_id, evaluation } => {
                assert_eq!(answer_id, request.answer_id);
                assert_in_bounds(&evaluation, &request.answer);
            }
            BulkReply::Error { error, .. } => assert_eq!(error.code, "unknown-question"),
            _ => panic!("full detail was asked for: {reply}"),
        }
    }
}

fn assert_in_bounds(evaluation: &Evaluation, answer: &str) {
    assert!((0.0..=1.0).contains(&evaluation.score));
    for outcome in &evaluation.outcomes {
        assert!(outcome.points <= outcome.max_points);
        for place in outcome.evidence.iter().chain(&outcome.against) {
            assert!(answer.get(place.start as usize..place.end as usize).is_some(), "{place:?} in {answer:?}");
        }
    }
}

#[test]
fn a_deadline_ends_an_evaluation() {
    let limits = Limits { deadline: Duration::ZERO, ..Limits::default() };
    let mut plugin = instance(&documents(), limits);
    let failure = plugin.evaluate_json("net-tcp-vs-udp", "TCP is reliable.");
    assert_eq!(failure, Err(Failure::Deadline(Duration::ZERO)));
}

#[test]
fn too_little_memory_ends_a_call() {
    let limits = Limits { memory: 64 << 20, ..Limits::default() };
    let mut documents = documents();
    documents.retain(|document| document.name.contains("lexicon") || document.name == "net-tcp-vs-udp.toml");
    let mut plugin = instance(&documents, limits);
    let answer = "TCP is reliable. ".repeat(4 << 20);
    assert_eq!(plugin.evaluate_json("net-tcp-vs-udp", &answer), Err(Failure::Memory(64 << 20)));
    let below_the_start = PLUGIN.instance(Limits { memory: 1 << 10, ..Limits::default() });
    assert_eq!(below_the_start.err(), Some(Failure::Memory(1 << 10)));
}

#[test]
fn the_plugin_reports_the_same_problems_as_native_code() {
    let broken = [Document { name: "broken.toml".to_owned(), text: "format = \"rubrica/1\"\nid = \"x\"\n".to_owned() }];
    let native = serde_json::to_string(&rubrica_core::check(&broken)).expect("a report is JSON");
    let mut plugin = PLUGIN.instance(Limits::default()).expect("an instance fits into its memory");
    let report = plugin.check(&typed(&broken), Duration::from_secs(10)).expect("checking does not trap");
    assert_eq!(report, native);
    let refused = plugin.load(&typed(&broken)).expect("loading does not trap").expect_err("the rubric is broken");
    let places: Vec<_> = refused.iter().map(|found| (found.code.as_str(), found.line, found.column)).collect();
    let native = rubrica_core::check(&broken).diagnostics;
    assert_eq!(places, native.iter().map(|found| (found.code.as_str(), found.line, found.column)).collect::<Vec<_>>());
}

#[test]
fn what_is_no_plugin_is_refused() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let file = folder.path().join("plugin.wasm");
    // (component (import "clock" (func)))
    let wants_a_clock = b"\0asm\x0d\0\x01\0\x07\x05\x01\x40\0\x01\0\x0a\x0a\x01\0\x05clock\x01\0";
    std::fs::write(&file, wants_a_clock).expect("a file can be written");
    let error = Plugin::from_file(&file).err().expect("it wants an import");
    assert!(format!("{error:#}").contains("clock"), "{error:#}");
    std::fs::write(&file, "no wasm at all").expect("a file can be written");
    assert!(Plugin::from_file(&file).is_err());
}
