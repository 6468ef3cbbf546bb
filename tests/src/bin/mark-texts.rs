//! Marks the texts of about 60 words so and so often, and nothing else: what `tests/cost.py` counts the instructions of.

use rubrica_core::Detail;
use rubrica_tests::texts::{CLASSES, answers, lines, texts};
use rubrica_tests::{documents, marker};
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    let n_passes: usize = std::env::args()
        .nth(1)
        .and_then(|argument| argument.parse().ok())
        .expect("the argument is the number of passes over the texts");
    let mut marker = marker(&documents());
    let (answers, source) = answers(marker.set());
    let requests = texts(&answers, CLASSES[1].1);
    let lines = lines(&requests);
    let mut n_words = 0;
    for _ in 0..n_passes {
        black_box(marker.evaluate_lines(black_box(&lines), Detail::Full));
        n_words += requests.iter().map(|request| count_words(&request.answer)).sum::<usize>();
    }
    println!("{} {n_words} {source}", requests.len() * n_passes);
}

/// The yardstick.
#[inline(never)]
fn count_words(text: &str) -> usize {
    black_box(text).unicode_words().count()
}
