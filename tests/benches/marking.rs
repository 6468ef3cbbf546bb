//! Speed of marking, in one run with a yardstick: a bare pass over the same words by the Unicode rules.
//!
//! Texts: the labelled answers in `../shared/data/interview-dev` where they are, else the examples of the repository's
//! rubrics, joined or cut at sentences into three classes of about 15, 60 and 150 words; only questions whose rubric has at
//! least eight criteria. At the end the ratios to the yardstick are printed: they are steadier than any single figure.

use criterion::{BenchmarkId, Criterion, Throughput};
use rubrica_core::wire::BulkRequest;
use rubrica_core::{Detail, Document, Marker, RubricSet};
use rubrica_host::plugin::{self, Instance, Limits, Plugin};
use rubrica_tests::texts::{CLASSES, answers, lines, texts};
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    let documents = rubrica_tests::documents();
    let set = Arc::new(RubricSet::compile(&documents).expect("the repository's rubrics compile"));
    let mut criterion =
        Criterion::default().measurement_time(Duration::from_secs(4)).sample_size(20).configure_from_args();
    criterion
        .bench_function("compile-rubrics", |bench| bench.iter(|| RubricSet::compile(black_box(&documents)).is_ok()));
    let (answers, source) = answers(&set);
    println!("{} questions, {source}", answers.len());
    for (class, fewest) in CLASSES {
        bench_class(&mut criterion, class, &set, &documents, &texts(&answers, fewest));
    }
    criterion.final_summary();
    print_ratios();
}

fn bench_class(
    criterion: &mut Criterion,
    class: &str,
    set: &Arc<RubricSet>,
    documents: &[Document],
    requests: &[BulkRequest],
) {
    let lines = lines(requests);
    let n_bytes = requests.iter().map(|request| request.answer.len() as u64).sum();
    let n_words: usize = requests.iter().map(|request| request.answer.unicode_words().count()).sum();
    println!("{class}: {} answers, {n_words} words, {n_bytes} bytes", requests.len());
    let mut group = criterion.benchmark_group(class);
    for (unit, throughput) in
        [("answers", Throughput::Elements(requests.len() as u64)), ("bytes", Throughput::Bytes(n_bytes))]
    {
        group.throughput(throughput);
        let mut marker = Marker::new(Arc::clone(set));
        group.bench_function(BenchmarkId::new("native", unit), |bench| {
            bench.iter(|| {
                requests
                    .iter()
                    .filter(|request| marker.evaluate(&request.question_id, &request.answer).is_some())
                    .count()
            });
        });
    }
    group.throughput(Throughput::Elements(requests.len() as u64));
    group.bench_function("unicode-words", |bench| {
        bench.iter(|| requests.iter().map(|request| black_box(&request.answer).unicode_words().count()).sum::<usize>())
    });
    for (name, detail, plugin_detail) in
        [("summary", Detail::Summary, plugin::Detail::Summary), ("full", Detail::Full, plugin::Detail::Full)]
    {
        let mut marker = Marker::new(Arc::clone(set));
        group.bench_function(BenchmarkId::new("native-bulk", name), |bench| {
            bench.iter(|| marker.evaluate_lines(black_box(&lines), detail).len())
        });
        let mut instance = instance(documents);
        group.bench_function(BenchmarkId::new("plugin-bulk", name), |bench| {
            bench.iter(|| instance.evaluate_lines(black_box(&lines), plugin_detail).expect("no answer traps").len());
        });
    }
    group.finish();
}

fn instance(documents: &[Document]) -> Instance {
    let plugin = Plugin::embedded().expect("the plugin that the command carries");
    let limits = Limits { deadline: Duration::from_secs(600), ..Limits::default() };
    let mut instance = plugin.instance(limits).expect("an instance");
    let documents: Vec<plugin::Document> = documents
        .iter()
        .map(|document| plugin::Document { name: document.name.clone(), text: document.text.clone() })
        .collect();
    instance.load(&documents).expect("no trap").expect("the repository's rubrics compile");
    instance
}

/// Mean times of this run as multiples of the yardstick, read from what criterion wrote.
fn print_ratios() {
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), Into::into)
        .join("criterion");
    let mean = |class: &str, name: &str| -> Option<f64> {
        let text = std::fs::read_to_string(folder.join(class).join(name).join("new/estimates.json")).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()?["mean"]["point_estimate"].as_f64()
    };
    println!("\nTimes as multiples of a bare pass over the words (unicode-words = 1), and of the same call natively:");
    println!(
        "{:<10} {:>8} {:>12} {:>12} {:>14} {:>14}",
        "class", "native", "bulk summary", "bulk full", "plugin summary", "plugin full"
    );
    for (class, _) in CLASSES {
        let Some(yardstick) = mean(class, "unicode-words") else { continue };
        let ratio = |name: &str| mean(class, name).map_or(f64::NAN, |mean| mean / yardstick);
        let versus = |detail: &str| ratio(&format!("plugin-bulk/{detail}")) / ratio(&format!("native-bulk/{detail}"));
        println!(
            "{class:<10} {:>8.1} {:>12.1} {:>12.1} {:>7.1} ({:.2}x) {:>7.1} ({:.2}x)",
            ratio("native/answers"),
            ratio("native-bulk/summary"),
            ratio("native-bulk/full"),
            ratio("plugin-bulk/summary"),
            versus("summary"),
            ratio("plugin-bulk/full"),
            versus("full"),
        );
    }
}
