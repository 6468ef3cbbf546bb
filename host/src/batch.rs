//! Marking many rows: in parallel, in order, in bounded memory, and past every trap.

use crate::library::Library;
use crate::loading::load;
use crate::plugin::{Detail, Failure, Instance, Limits, Plugin};
use crate::refusal::Refusal;
use crossbeam_channel::bounded;
use rubrica_core::wire::{Evaluation, Summary};
use rubrica_rows::{Row, RowError, Rows, error_in_reply};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::thread;

/// Rows of one call into the plugin: enough to make the call cheap, few enough to share them among the workers.
const N_ROWS_PER_BATCH: usize = 64;

/// A batch of long answers ends early.
const N_BYTES_PER_BATCH: usize = 256 << 10;

/// How much of an evaluation the output needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Summary,
    /// The JSON of the evaluation, unread.
    Json,
    Evaluation,
}

/// A row with what became of it.
pub struct Graded {
    pub row: Row,
    pub result: Result<Mark, RowError>,
}

pub struct Mark {
    pub summary: Summary,
    /// One line of JSON; empty when only the summary was wanted.
    pub json: String,
    /// There when it was wanted.
    pub evaluation: Option<Box<Evaluation>>,
}

/// What stays the same for all rows.
pub struct Grader<'a> {
    pub plugin: &'a Plugin,
    pub library: &'a Library,
    pub limits: Limits,
    pub need: Need,
    pub n_workers: usize,
}

impl Grader<'_> {
    /// Marks all rows and hands them on in their order.
    ///
    /// At most four batches a worker are in flight, so that a slow row holds up the reader and memory stays bounded.
    ///
    /// # Errors
    /// When the input cannot be read, the rubrics cannot be loaded, or `each` refuses.
    pub fn grade(&self, mut rows: Rows, mut each: impl FnMut(Graded) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let n_in_flight = self.n_workers * 4;
        thread::scope(|scope| {
            let (permit, permits) = bounded(n_in_flight);
            let (work, works) = bounded::<(usize, Vec<Row>)>(n_in_flight);
            let (done, results) = bounded(n_in_flight);
            for _ in 0..n_in_flight {
                permit.send(()).expect("the other end is held here, too");
            }
            for _ in 0..self.n_workers {
                let (works, done) = (works.clone(), done.clone());
                scope.spawn(move || {
                    let mut worker = Worker { grader: self, instance: None, loaded: Loaded::Nothing };
                    for (idx, batch) in works {
                        // The receiver is gone when the output has ended: then nothing is left to do.
                        if done.send((idx, worker.grade(batch))).is_err() {
                            break;
                        }
                    }
                });
            }
            scope.spawn(move || {
                for idx in 0.. {
                    let batch = if permits.recv().is_ok() { next_batch(&mut rows) } else { break };
                    let sent = match batch {
                        Ok(batch) if batch.is_empty() => break,
                        Ok(batch) => work.send((idx, batch)).is_ok(),
                        Err(refusal) => done.send((idx, Err(refusal))).is_ok(),
                    };
                    if !sent {
                        break;
                    }
                }
            });
            drop(works);

            let mut early = BTreeMap::new();
            let mut next_idx = 0;
            for (idx, result) in results {
                early.insert(idx, result);
                while let Some(result) = early.remove(&next_idx) {
                    result?.into_iter().try_for_each(&mut each)?;
                    next_idx += 1;
                    // Fails when the reader has come to its end.
                    let _ = permit.send(());
                }
            }
            Ok(())
        })
    }
}

fn next_batch(rows: &mut Rows) -> Result<Vec<Row>, Refusal> {
    let mut batch = Vec::new();
    let mut n_bytes = 0;
    while batch.len() < N_ROWS_PER_BATCH
        && n_bytes < N_BYTES_PER_BATCH
        && let Some(row) = rows.next_row()?
    {
        n_bytes += row.answer.as_ref().map_or(0, String::len);
        batch.push(row);
    }
    Ok(batch)
}

/// One thread's instance of the plugin.
struct Worker<'a> {
    grader: &'a Grader<'a>,
    /// `None` at first and after a failure.
    instance: Option<Instance>,
    loaded: Loaded,
}

/// Which rubrics an instance has, or is to have when it is made again.
enum Loaded {
    Nothing,
    Questions(BTreeSet<String>),
    Everything,
}

impl Worker<'_> {
    /// Marks a batch. Its rows come back in their order.
    fn grade(&mut self, rows: Vec<Row>) -> Result<Vec<Graded>, Refusal> {
        let library = self.grader.library;
        let mut results = self.evaluate(&rows)?.into_iter();
        let grade = |row: Row| {
            let result = match &row.answer {
                Ok(_) => results
                    .next()
                    .expect("there is a result for every answer")
                    .map_err(|error| with_suggestion(error, library, &row.question_id)),
                Err(problem) => Err(problem.into()),
            };
            Graded { row, result }
        };
        Ok(rows.into_iter().map(grade).collect())
    }

    /// One result for every row that has an answer.
    fn evaluate(&mut self, rows: &[Row]) -> Result<Vec<Result<Mark, RowError>>, Refusal> {
        let requests: Vec<Request<'_>> = rows
            .iter()
            .filter_map(|row| {
                let question_id = self.grader.library.rubric_id(&row.question_id);
                Some(Request { question_id, answer: row.answer.as_ref().ok()? })
            })
            .collect();
        if requests.is_empty() {
            return Ok(Vec::new());
        }
        self.want_questions(&requests);
        if requests.len() > 1
            && let Ok(results) = self.call(&requests)?
        {
            return Ok(results);
        }
        // Something in the batch brought the plugin down: row by row, only the guilty one fails.
        let one_by_one = |request| {
            Ok(match self.call(std::slice::from_ref(request))? {
                Ok(mut results) => results.remove(0),
                Err(failure) => Err(RowError::new(failure.code(), failure.to_string())),
            })
        };
        requests.iter().map(one_by_one).collect()
    }

    /// Sees to it that the instance has, or will have, the rubrics of these questions.
    ///
    /// Rubrics are loaded by need, since a whole folder takes seconds: first those that the first batch names. A batch
    /// that names others makes the worker load everything, so that no input can make it load again and again.
    fn want_questions(&mut self, requests: &[Request<'_>]) {
        let library = self.grader.library;
        let named = requests.iter().map(|request| &request.question_id);
        let wanted: BTreeSet<String> = named.filter(|id| library.has_question(id)).cloned().collect();
        self.loaded = match std::mem::replace(&mut self.loaded, Loaded::Everything) {
            Loaded::Nothing => Loaded::Questions(wanted),
            Loaded::Questions(loaded) if wanted.is_subset(&loaded) => Loaded::Questions(loaded),
            Loaded::Everything => Loaded::Everything,
            Loaded::Questions(_) => {
                self.instance = None;
                Loaded::Everything
            }
        };
    }

    /// One bulk call. The outer result fails when the rubrics cannot be loaded, the inner one when the plugin fails.
    fn call(&mut self, requests: &[Request<'_>]) -> Result<Result<Vec<Result<Mark, RowError>>, Failure>, Refusal> {
        let Grader { plugin, library, limits, need, .. } = *self.grader;
        let mut instance = match (self.instance.take(), &self.loaded) {
            (Some(instance), _) => instance,
            (None, Loaded::Questions(ids)) => load(plugin, limits, &library.documents_of(ids))?,
            (None, _) => load(plugin, limits, library.documents())?,
        };
        let mut lines = String::new();
        for request in requests {
            lines += &serde_json::to_string(request).expect("two strings can be written as JSON");
            lines.push('\n');
        }
        let detail = if need == Need::Summary { Detail::Summary } else { Detail::Full };
        Ok(instance.evaluate_lines(&lines, detail).and_then(|replies| {
            let results: Vec<_> = replies.lines().map(|reply| read_reply(reply, need)).collect::<Result<_, _>>()?;
            if results.len() != requests.len() {
                let message = format!("{} lines came back for {}", results.len(), requests.len());
                return Err(Failure::Protocol(message));
            }
            // Only an instance that came through is used again.
            self.instance = Some(instance);
            Ok(results)
        }))
    }
}

/// A line of the bulk call. Ids of answers stay here: nothing of them has to go through the plugin.
#[derive(Serialize)]
struct Request<'a> {
    question_id: String,
    answer: &'a str,
}

/// The plugin says that a question is unknown; which one may be meant is known here.
fn with_suggestion(mut error: RowError, library: &Library, question_id: &str) -> RowError {
    if error.code == "unknown-question"
        && let Some(question) = library.did_you_mean(question_id)
    {
        error.message += &format!("; {question}");
    }
    error
}

fn read_reply(line: &str, need: Need) -> Result<Result<Mark, RowError>, Failure> {
    let unreadable = |error: serde_json::Error| Failure::Protocol(format!("a line cannot be read: {error}"));
    if let Some(error) = error_in_reply(line).map_err(unreadable)? {
        return Ok(Err(error));
    }
    let summary = serde_json::from_str(line).map_err(unreadable)?;
    let json = if need == Need::Summary { String::new() } else { line.to_owned() };
    let evaluation = (need == Need::Evaluation).then(|| serde_json::from_str(line)).transpose().map_err(unreadable)?;
    Ok(Ok(Mark { summary, json, evaluation }))
}
