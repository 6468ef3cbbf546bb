//! Pieces that several pages use.

mod answer_field;
mod asking;
mod chart;
mod editor;
mod marked_answer;
mod outcome;
mod small;

pub use answer_field::AnswerField;
pub use asking::{Asking, own_judgement};
pub use chart::BandChart;
pub use editor::{Editor, Underline};
pub use outcome::Outcome;
pub use small::{BandChip, FilePicker, QuestionTags, ScoreBar};
