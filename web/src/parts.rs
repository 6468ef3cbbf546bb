//! Pieces that several pages use.

mod answer_field;
mod asking;
mod chart;
mod confirm;
mod disagree;
mod editor;
mod files;
mod marked_answer;
mod near;
mod outcome;
mod remarked;
mod small;

pub use answer_field::{AnswerField, answer_field};
pub use asking::{Asking, Marked};
pub use chart::band_chart;
pub use confirm::Confirm;
pub use disagree::{about, judging, own_judgement};
pub use editor::{Editor, Underline};
pub use files::{file_picker, unreadable_row, unusable_file};
pub use outcome::Outcome;
pub use remarked::Remarked;
pub use small::{band_chip, option, question_tags, rating_chip, score_bar};
