//! One module for each page.

mod batch;
mod practise;
mod progress;
mod question;
mod session;
mod settings;
mod workshop;

pub use batch::Batch;
pub use practise::{List, Practise};
pub use progress::progress;
pub use question::Question;
pub use session::Session;
pub use settings::Settings;
pub use workshop::Workshop;
