//! The program that drafts rubrics from a document.

fn main() {
    rubrica_web::drafts::start();
}
