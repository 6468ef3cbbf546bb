//! A table of answers in, a table of scores out: reading, ordering and writing, without the page.

use crate::protocol::Catalogue;
use crate::records::{Disagreement, Ratings, rating_key};
use rubrica_core::sort::sort_by;
use rubrica_core::wire::{BulkRequest, Summary};
use rubrica_rows::{
    Cell, ColumnNames, Dialect, Format, MARK, ReadError, Row, RowError, Rows, Scores, error_in_reply, evaluation_line,
    rubric_id, text_of,
};
use serde_json::Value;
use std::cmp::Ordering;
use std::io::Cursor;
use std::ops::Range;
use std::rc::Rc;
use std::str::Lines;

/// Columns of what a person gave instead of the score, and why.
const RATED: [&str; 2] = ["rated_points", "rated_reason"];

/// Answers as they were handed in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the passed-through columns.
    pub columns: Vec<String>,
    pub rows: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub row: Row,
    /// The question as the engine calls it.
    pub rubric_id: String,
    pub state: State,
}

/// What is known about a row.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    Waiting,
    Marked(Summary),
    /// Why it could not be marked.
    Failed(RowError),
}

impl State {
    /// Whether a person should look at the row: above all where there is no score.
    pub fn needs_review(&self) -> bool {
        match self {
            Self::Marked(summary) => summary.review,
            Self::Waiting | Self::Failed(_) => true,
        }
    }
}

impl Entry {
    fn new(row: Row, catalogue: &Catalogue) -> Self {
        let rubric_id = rubric_id(&row.question_id, |id| catalogue.card(id).is_some());
        let state = row.answer.as_ref().err().map_or(State::Waiting, |problem| State::Failed(problem.into()));
        Self { row, rubric_id, state }
    }

    /// Empty where the row is too broken to have one.
    pub fn answer(&self) -> &str {
        self.row.answer.as_deref().unwrap_or_default()
    }

    /// What a person gave this answer.
    pub fn rating<'a>(&self, ratings: &'a Ratings) -> Option<&'a Disagreement> {
        let rated = ratings.get(&self.rubric_id)?;
        self.rating_keys()?.iter().find_map(|key| rated.get(key))
    }

    /// Where ratings of this answer are: the place of its own, then one that it has in common with all answers of the same
    /// text, from before ratings knew the ids of answers. `None` for a row that cannot be read.
    pub fn rating_keys(&self) -> Option<[String; 2]> {
        let answer = self.row.answer.as_ref().ok()?;
        Some([rating_key(&self.row.answer_id, answer), answer.clone()])
    }

    /// What else the row holds, by the names of the passed-through columns.
    pub fn others(&self, columns: &[String]) -> Vec<(String, String)> {
        self.row.others(columns).map(|(name, cell)| (name.clone(), cell.to_string())).collect()
    }
}

/// Reads a file a few rows at a time, so that a large one does not hold up the page.
pub struct TableReader {
    rows: Rows,
    catalogue: Rc<Catalogue>,
    entries: Vec<Entry>,
}

impl TableReader {
    /// Begins to read a table, whose name or first character tells its format. A file in another encoding is refused as a
    /// whole: it would be wrong in every row that has more than English letters.
    pub fn new(name: &str, file: Vec<u8>, catalogue: Rc<Catalogue>) -> Result<Self, ReadError> {
        let text = text_of(file).map_err(ReadError::NoText)?;
        let rows = Rows::open(Box::new(Cursor::new(text)), Format::of_name(name), None, &ColumnNames::default())?;
        Ok(Self { rows, catalogue, entries: Vec::new() })
    }

    /// Reads up to `n_rows` more; returns whether there may be others.
    pub fn read(&mut self, n_rows: usize) -> Result<bool, ReadError> {
        for _ in 0..n_rows {
            let Some(row) = self.rows.next_row()? else { return Ok(false) };
            self.entries.push(Entry::new(row, &self.catalogue));
        }
        Ok(true)
    }

    /// What was read. All of it is here before anything is written, so columns that came late become columns like others.
    pub fn finish(mut self) -> Table {
        let mut late: Vec<String> = Vec::new();
        for name in self.entries.iter().flat_map(|entry| entry.row.more.keys()) {
            if !late.contains(name) {
                late.push(name.clone());
            }
        }
        for Entry { row, .. } in &mut self.entries {
            row.columns.extend(late.iter().map(|name| row.more.remove(name).unwrap_or_default()));
        }
        Table { columns: self.rows.columns().iter().cloned().chain(late).collect(), rows: self.entries }
    }
}

impl Table {
    /// Rows as the engine's bulk call wants them, without those that are too broken to be marked.
    pub fn requests(&self, rows: Range<usize>) -> String {
        let mut lines = String::new();
        for Entry { row, rubric_id, .. } in &self.rows[rows] {
            let Ok(answer) = &row.answer else { continue };
            let request = BulkRequest { question_id: rubric_id.clone(), answer: answer.clone(), answer_id: None };
            lines.push_str(&serde_json::to_string(&request).expect("requests are plain data"));
            lines.push('\n');
        }
        lines
    }

    /// The table with columns for the ratings, where one of its answers is rated. Columns that the file has by the same
    /// names come from such a table: they are brought up to date.
    pub fn rated(&self, ratings: &Ratings) -> Self {
        let mut rated = self.clone();
        if self.rows.iter().all(|entry| entry.rating(ratings).is_none()) {
            return rated;
        }
        for (k, name) in RATED.into_iter().enumerate() {
            let column = self.columns.iter().position(|column| column == name).unwrap_or_else(|| {
                rated.columns.push(name.to_owned());
                rated.columns.len() - 1
            });
            for entry in &mut rated.rows {
                let cell = entry.rating(ratings).map(|rating| match k {
                    0 => Value::from(rating.points()),
                    _ => Value::from(rating.reason.as_str()),
                });
                let columns = &mut entry.row.columns;
                columns.resize(columns.len().max(column + 1), Cell::Nothing);
                if let Some(cell) = cell {
                    columns[column] = cell.into();
                }
            }
        }
        rated
    }

    /// Takes in the replies to the requests of these rows.
    pub fn record(&mut self, rows: Range<usize>, replies: &str) {
        let mut replies = replies.lines();
        for entry in self.rows[rows].iter_mut().filter(|entry| entry.row.answer.is_ok()) {
            let summary = next_reply(&mut replies).and_then(|reply| serde_json::from_str(reply).map_err(unreadable));
            entry.state = summary.map_or_else(State::Failed, State::Marked);
        }
    }

    /// These rows as `rubrica grade` writes them in JSON Lines, out of the replies to their requests.
    pub fn evaluations(&self, rows: Range<usize>, replies: &str) -> String {
        let mut replies = replies.lines();
        let mut lines = String::new();
        for Entry { row, .. } in &self.rows[rows] {
            let result = row.answer.as_ref().map_err(RowError::from).and_then(|_| next_reply(&mut replies));
            lines.push_str(&evaluation_line(row, &self.columns, result.as_deref()));
            lines.push('\n');
        }
        lines
    }

    /// Indices of the rows to show, in their order.
    pub fn view(&self, filter: &Filter, order: Order) -> Vec<usize> {
        let words = filter.words.to_lowercase();
        let mut indices: Vec<usize> =
            (0..self.rows.len()).filter(|&index| filter.admits(&self.rows[index], &words)).collect();
        // Stable: rows that are equal keep the order of the file.
        sort_by(&mut indices, |&a, &b| {
            let ordering = order.by.compare(&self.rows[a], &self.rows[b]);
            if order.is_descending { ordering.reverse() } else { ordering }
        });
        indices
    }

    /// Points earned of all that were possible, 0 to 1: as the engine gives them, and with those of a person in their place
    /// where there are any. `None` where there are none to earn.
    pub fn mean_shares(&self, ratings: &Ratings) -> Option<[f64; 2]> {
        let mut sums = [0.0; 3];
        for entry in &self.rows {
            let State::Marked(Summary { points, max_points, .. }) = entry.state else { continue };
            let rated = entry.rating(ratings).map_or(points, Disagreement::points);
            sums = [sums[0] + points, sums[1] + rated, sums[2] + max_points];
        }
        let [points, rated, possible] = sums;
        (possible > 0.0).then(|| [points / possible, rated / possible])
    }

    /// The results as `rubrica grade` writes them in CSV, and the answers, so that they can be read beside the points and
    /// the file can be opened here again. A mark stands in front: without it, Excel spoils every other letter than those of
    /// English.
    pub fn to_csv(&self, dialect: Dialect) -> String {
        const MEMORY: &str = "memory takes any record";
        let not_marked = RowError::new("not-marked", "the marking was stopped before this row");
        let mut csv = MARK.as_bytes().to_vec();
        let columns: Vec<String> = self.columns.iter().cloned().chain(["answer".to_owned()]).collect();
        let mut scores = Scores::begin(&mut csv, &columns, dialect).expect(MEMORY);
        for entry in &self.rows {
            let mut row = entry.row.clone();
            row.columns.resize(self.columns.len(), Cell::Nothing);
            row.columns.push(Cell::Text(entry.answer().to_owned()));
            let result = match &entry.state {
                State::Marked(summary) => Ok(summary),
                State::Failed(error) => Err(error),
                State::Waiting => Err(&not_marked),
            };
            scores.row(&row, result).expect(MEMORY);
        }
        scores.flush().expect(MEMORY);
        drop(scores);
        String::from_utf8(csv).expect("made of UTF-8 strings")
    }
}

/// The JSON of the next reply of the bulk call, or the error in it.
fn next_reply<'a>(replies: &mut Lines<'a>) -> Result<&'a str, RowError> {
    let reply = replies.next().unwrap_or_default();
    error_in_reply(reply).map_err(unreadable)?.map_or(Ok(reply), Err)
}

fn unreadable(error: serde_json::Error) -> RowError {
    RowError::new("unreadable-reply", error.to_string())
}

/// Which rows to show; empty fields narrow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Found in question id, answer id, answer or another column.
    pub words: String,
    pub band: String,
    /// Only rows that a person should look at, those without a score among them.
    pub only_review: bool,
}

impl Filter {
    fn admits(&self, entry: &Entry, words: &str) -> bool {
        let band = match &entry.state {
            State::Marked(summary) => summary.band.as_str(),
            State::Failed(_) | State::Waiting => "",
        };
        let is_found = |text: &str| text.to_lowercase().contains(words);
        (self.band.is_empty() || self.band == band)
            && (!self.only_review || entry.state.needs_review())
            && (words.is_empty()
                || [&entry.row.question_id, &entry.row.answer_id, entry.answer()].into_iter().any(is_found)
                || entry.row.columns.iter().any(|cell| is_found(&cell.to_string())))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    pub by: Column,
    pub is_descending: bool,
}

/// Columns that order the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// As in the file.
    #[default]
    Position,
    Question,
    Score,
    /// How sure the engine is.
    Sureness,
}

impl Column {
    fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        let number = |entry: &Entry, of: fn(&Summary) -> f64| match &entry.state {
            State::Marked(summary) => of(summary),
            State::Failed(_) | State::Waiting => -1.0,
        };
        match self {
            Column::Position => Ordering::Equal,
            Column::Question => a.row.question_id.cmp(&b.row.question_id),
            Column::Score => number(a, |summary| summary.score).total_cmp(&number(b, |summary| summary.score)),
            Column::Sureness => number(a, |summary| summary.sureness).total_cmp(&number(b, |summary| summary.sureness)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Card;
    use rubrica_rows::NoText;
    use std::slice;

    /// Reads a file in steps of two rows.
    fn parse(name: &str, file: &[u8]) -> Result<Table, ReadError> {
        let questions = ["q-1", "q1", "q2"].map(|id| Card { id: id.to_owned(), ..Card::default() }).to_vec();
        let catalogue = Rc::new(Catalogue { questions, ..Catalogue::default() });
        let mut reader = TableReader::new(name, file.to_vec(), catalogue)?;
        while reader.read(2)? {}
        Ok(reader.finish())
    }

    fn answers(table: &Table) -> Vec<&str> {
        table.rows.iter().map(Entry::answer).collect()
    }

    fn summary(question: &str, score: f64, band: &str, review: bool) -> String {
        format!(
            r#"{{"question_id":"{question}","score":{score},"points":1.5,"max_points":2,"band":"{band}","sureness":0.5,"review":{review}}}"#
        )
    }

    const UNKNOWN: &str = r#"{"error":{"code":"unknown-question","line":1,"message":"no question `q3`"}}"#;

    fn marked() -> Table {
        let csv = b"student,question_id,answer,answer_id\nAda,q1,\"one, two\",a1\nBob,q2,zwei,a2\nEve,q2,a, b,a3\nCem,q3,three,a4\n";
        let mut table = parse("answers.csv", csv).expect("the header is complete");
        table.record(0..2, &[summary("q1", 0.75, "good", false), summary("q2", 0.1, "poor", true)].join("\n"));
        table.record(2..4, UNKNOWN);
        table
    }

    #[test]
    fn csv_keeps_every_row_and_column() {
        assert_eq!(
            marked().to_csv(Dialect::COMMA),
            "\u{feff}question_id,answer_id,score,points,max_points,band,review,student,answer,error\n\
             q1,a1,0.750,1.5,2,good,false,Ada,\"one, two\",\n\
             q2,a2,0.100,1.5,2,poor,true,Bob,zwei,\n\
             q2,,,,,,,Eve,,\"malformed-row: the row has 5 values, the header names 4 columns\"\n\
             q3,a4,,,,,,Cem,three,unknown-question: no question `q3`\n"
        );
    }

    #[test]
    fn scores_read_back() {
        let table =
            parse("scores.csv", marked().to_csv(Dialect::COMMA).as_bytes()).expect("the mark is no part of a name");
        assert_eq!(table.columns[0], "score");
        let first = &table.rows[0].row;
        assert_eq!((first.question_id.as_str(), first.answer_id.as_str()), ("q1", "a1"));
        assert_eq!(answers(&table), ["one, two", "zwei", "", "three"]);
    }

    #[test]
    fn own_points_move_a_mean_of_their_own() {
        let mut table = marked();
        assert_eq!(table.mean_shares(&Ratings::new()), Some([0.75, 0.75]));
        let rating = Disagreement { points: 500, reason: String::new(), at: 0 };
        let ratings: Ratings = [("q1".to_owned(), [(rating_key("a1", "one, two"), rating)].into())].into();
        assert_eq!(table.mean_shares(&ratings), Some([0.75, 0.5]));
        table.rows.retain(|entry| !matches!(entry.state, State::Marked(_)));
        assert_eq!(table.mean_shares(&ratings), None);
    }

    #[test]
    fn ratings_stand_beside_the_scores() {
        let table = marked();
        assert_eq!(table.rated(&Ratings::new()), table);
        let rating = Disagreement { points: 500, reason: "one, only".to_owned(), at: 0 };
        let ratings: Ratings = [("q1".to_owned(), [(rating_key("a1", "one, two"), rating)].into())].into();
        let rated = table.rated(&ratings);
        let csv = rated.to_csv(Dialect::COMMA);
        let mut lines = csv.lines();
        assert_eq!(
            lines.next(),
            Some(
                "\u{feff}question_id,answer_id,score,points,max_points,band,review,student,rated_points,rated_reason,answer,error"
            )
        );
        assert_eq!(lines.next(), Some("q1,a1,0.750,1.5,2,good,false,Ada,0.5,\"one, only\",\"one, two\","));
        assert_eq!(lines.next(), Some("q2,a2,0.100,1.5,2,poor,true,Bob,,,zwei,"));
        assert_eq!(rated.rated(&ratings), rated);
        let empty = Disagreement { points: 0, reason: "nothing there".to_owned(), at: 0 };
        let ratings: Ratings = [("q2".to_owned(), [(String::new(), empty)].into())].into();
        assert_eq!(table.rows[2].rating(&ratings), None, "a row that cannot be read has no empty answer");
    }

    #[test]
    fn a_rating_is_for_one_answer_and_not_for_its_text() {
        let table =
            parse("a.csv", b"question_id,answer,answer_id\nq1,x,a1\nq1,x,a2\n").expect("the header is complete");
        let rated = |keys: &[String]| {
            let rating = |points| Disagreement { points, reason: String::new(), at: 0 };
            let rated = keys.iter().cloned().zip((1..).map(rating)).collect();
            let ratings: Ratings = [("q1".to_owned(), rated)].into();
            [0, 1].map(|row: usize| table.rows[row].rating(&ratings).map(|rating| rating.points))
        };
        let [own, common] = table.rows[1].rating_keys().expect("the row can be read");
        assert_eq!(rated(slice::from_ref(&own)), [None, Some(1)]);
        assert_eq!(rated(slice::from_ref(&common)), [Some(1), Some(1)], "as it was kept before");
        assert_eq!(rated(&[own, common]), [Some(2), Some(1)]);
    }

    #[test]
    fn evaluations_come_out_with_ids_and_columns_and_failed_rows_in_their_places() {
        let table = marked();
        assert_eq!(table.requests(2..4), "{\"question_id\":\"q3\",\"answer\":\"three\"}\n");
        let lines = table.evaluations(1..4, &format!("{{\"format\":\"f\"}}\n{UNKNOWN}\n"));
        let lines: Vec<&str> = lines.lines().collect();
        assert_eq!(lines[0], r#"{"answer_id":"a2","format":"f","columns":{"student":"Bob"}}"#);
        assert!(lines[1].starts_with(r#"{"answer_id":null,"question_id":"q2","error":{"code":"malformed-row","#));
        assert!(lines[2].starts_with(r#"{"answer_id":"a4","question_id":"q3","error":{"code":"unknown-question","#));
    }

    #[test]
    fn json_lines_make_the_same_table() {
        let json = b"{\"question_id\":\"q1\",\"text\":\"a \\\"b\\\"\",\"id\":7,\"x\":null}\n\nnonsense\n\
                     {\"question_id\":\"q1\",\"text\":\"c\",\"y\":true}\n";
        let table = parse("answers.JSONL", json).expect("there are rows");
        assert_eq!(table.columns, ["x", "y"]);
        assert_eq!(answers(&table), ["a \"b\"", "", "c"]);
        let ids: Vec<&str> = table.rows.iter().map(|entry| entry.row.answer_id.as_str()).collect();
        assert_eq!(ids, ["7", "", ""]);
        assert!(matches!(&table.rows[1].state, State::Failed(error) if error.code == "malformed-row"));
        assert_eq!(table.requests(1..3), "{\"question_id\":\"q1\",\"answer\":\"c\"}\n");
    }

    #[test]
    fn a_key_that_comes_late_is_a_column_too() {
        let json = "{\"question_id\":\"q1\",\"answer\":\"a\"}\n".repeat(1000) + "{\"late\":1}";
        let table = parse("answers.jsonl", json.as_bytes()).expect("there are rows");
        assert_eq!(table.columns, ["late"]);
        assert_eq!(
            (&table.rows[0].row.columns[0], &table.rows[1000].row.columns[0]),
            (&Cell::Nothing, &Cell::Json("1".to_owned()))
        );
    }

    #[test]
    fn questions_are_known_by_the_engines_ids() {
        let table = parse("answers.txt", b"question_id;answer\nQ 1;x\n").expect("the header is complete");
        assert_eq!((table.rows[0].row.question_id.as_str(), table.rows[0].rubric_id.as_str()), ("Q 1", "q-1"));
    }

    #[test]
    fn files_without_the_columns_are_refused() {
        let missing = |file: &[u8]| match parse("a", file) {
            Err(ReadError::MissingColumn { name, .. }) => name,
            other => panic!("{other:?}"),
        };
        assert_eq!(missing(b"id,answer\n1,x\n"), "question_id");
        assert_eq!(missing(b"{\"question_id\":\"q\"}"), "answer");
        assert!(matches!(parse("a.jsonl", b"{\"a\""), Err(ReadError::NoJsonLines(_))));
    }

    #[test]
    fn a_file_in_another_encoding_is_refused_once() {
        let file = b"question_id,answer,pupil\nq1,x,J\xfcrgen\nq1,y,Ada\n";
        assert!(matches!(parse("a.csv", file), Err(ReadError::NoText(NoText::Invalid(31)))));
    }

    #[test]
    fn a_row_without_a_reply_says_so() {
        let mut table = parse("a.csv", b"question_id,answer\nq1,x\n").expect("the header is complete");
        assert!(table.to_csv(Dialect::COMMA).ends_with(",not-marked: the marking was stopped before this row\n"));
        table.record(0..1, "");
        assert!(matches!(&table.rows[0].state, State::Failed(error) if error.code == "unreadable-reply"));
    }

    #[test]
    fn the_view_filters_and_orders() {
        let mut table = marked();
        let view = |filter: Filter, by, is_descending| table.view(&filter, Order { by, is_descending });
        assert_eq!(view(Filter::default(), Column::Position, false), [0, 1, 2, 3]);
        assert_eq!(view(Filter::default(), Column::Score, false), [2, 3, 1, 0]);
        assert_eq!(view(Filter::default(), Column::Score, true), [0, 1, 2, 3]);
        assert_eq!(view(Filter::default(), Column::Question, true), [3, 1, 2, 0]);
        assert_eq!(view(Filter { band: "poor".to_owned(), ..Filter::default() }, Column::Position, false), [1]);
        assert_eq!(view(Filter { only_review: true, ..Filter::default() }, Column::Position, false), [1, 2, 3]);
        for (words, found) in [("ZWEI", 1), ("a4", 3), ("cem", 3)] {
            assert_eq!(view(Filter { words: words.to_owned(), ..Filter::default() }, Column::Position, false), [found]);
        }
        table.rows[0].state = State::Waiting;
        let filter = Filter { only_review: true, ..Filter::default() };
        assert_eq!(table.view(&filter, Order::default()), [0, 1, 2, 3], "a row that waits is not marked");
    }
}
