//! The program of page and worker.

fn main() {
    rubrica_web::start();
}
