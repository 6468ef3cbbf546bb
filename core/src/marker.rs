//! Evaluating answers: the whole pipeline on one screen.

use crate::evidence::Postings;
use crate::hash::FxMap;
use crate::judge::{self, Case, FULL, Found, NearMiss, Verdict};
use crate::lines::{self, Malformed};
use crate::rubric::{Claim, Criterion, Rubric};
use crate::score::{self, Score};
use crate::sort::sort_by;
use crate::statement::Coverage;
use crate::structure::Structure;
use crate::sureness::{self, Sureness};
use crate::vocabulary::Memo;
use crate::wire::{self, BulkError, BulkReply, BulkRequest, Matcher};
use crate::{Detail, RubricSet, SCORING_VERSION, feedback};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Evaluates answers. Keeps what it learnt about words between answers, which never changes an evaluation.
///
/// One for each thread, made at the start, serves well: making one costs nothing, and what it keeps grows to some megabytes
/// and no further. Time and memory of an evaluation grow with the answer, to about half a second and a hundred megabytes
/// for one of a megabyte: refuse longer ones than you expect.
pub struct Marker {
    set: Arc<RubricSet>,
    /// Words seen so far, by rubric.
    memos: FxMap<usize, Memo>,
    structure: Structure,
    postings: Postings,
    coverage: Coverage,
}

impl fmt::Debug for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Marker").field("set", &self.set).finish_non_exhaustive()
    }
}

/// What the pipeline found out, before it is written down.
struct Judged {
    verdicts: Vec<Verdict>,
    wrong: Vec<Verdict>,
    score: Score,
    sureness: Sureness,
}

impl Marker {
    /// A marker with empty memory.
    pub fn new(set: Arc<RubricSet>) -> Self {
        Self {
            set,
            memos: FxMap::default(),
            structure: Structure::default(),
            postings: Postings::default(),
            coverage: Coverage::default(),
        }
    }

    /// The rubrics it marks by.
    pub fn set(&self) -> &Arc<RubricSet> {
        &self.set
    }

    /// Evaluates one answer; `None` when the set has no such question.
    ///
    /// # Example
    /// ```
    /// use rubrica_core::{Document, Marker, RubricSet};
    /// let rubric = r#"
    ///     format = "rubrica/1"
    ///     id = "sky"
    ///     prompt = "Why is the sky blue?"
    ///     [[criteria]]
    ///     id = "scattering"
    ///     label = "Air scatters short waves most"
    ///     any = ["scatter* & (short*|blue)"]
    /// "#;
    /// let set = RubricSet::compile(&[Document { name: "sky.toml".into(), text: rubric.into() }]).unwrap();
    /// let mut marker = Marker::new(set.into());
    /// let evaluation = marker.evaluate("sky", "The air scatters blue light more than red light.").unwrap();
    /// assert_eq!(evaluation.score, 1.0);
    /// ```
    pub fn evaluate(&mut self, question_id: &str, answer: &str) -> Option<wire::Evaluation> {
        let set = Arc::clone(&self.set);
        let idx = set.index_of(question_id)?;
        let rubric = set.rubric(idx);
        let judged = self.judge(rubric, idx, answer);
        Some(self.write(rubric, &judged))
    }

    /// Why criteria earned less than their points, and why misconceptions were not found: for each the patterns and
    /// statements that came closest, at most three, with what kept them from counting. `None` when the set has no such
    /// question.
    ///
    /// For authors, one answer at a time: each pattern is looked at again.
    ///
    /// # Example
    /// ```
    /// use rubrica_core::{Document, Marker, RubricSet};
    /// let rubric = r#"
    ///     format = "rubrica/1"
    ///     id = "sky"
    ///     prompt = "Why is the sky blue?"
    ///     [[criteria]]
    ///     id = "scattering"
    ///     label = "Air scatters short waves most"
    ///     any = ["scatter* & (short*|blue)"]
    /// "#;
    /// let set = RubricSet::compile(&[Document { name: "sky.toml".into(), text: rubric.into() }]).unwrap();
    /// let mut marker = Marker::new(set.into());
    /// let misses = marker.near_misses("sky", "The air scatters the light of the sun.").unwrap();
    /// assert_eq!(misses[0].obstacle.id, "near-parts-missing");
    /// assert_eq!(misses[0].missing, ["(short*|blue)"]);
    /// ```
    pub fn near_misses(&mut self, question_id: &str, answer: &str) -> Option<Vec<wire::NearMiss>> {
        let set = Arc::clone(&self.set);
        let idx = set.index_of(question_id)?;
        let rubric = set.rubric(idx);
        let Judged { verdicts, wrong, .. } = self.judge(rubric, idx, answer);
        let case = self.case(rubric, idx, answer);
        let of = |id: &String, claim: &Claim, verdict: &Verdict| -> Vec<wire::NearMiss> {
            let misses = judge::near_misses(case, claim, verdict).into_iter();
            misses.map(|miss| self.write_near_miss(rubric, id, miss)).collect()
        };
        let criteria = rubric.source.criteria.iter().zip(&rubric.criteria).zip(&verdicts);
        let criteria = criteria.flat_map(|((source, criterion), verdict)| of(&source.id, &criterion.claim, verdict));
        let unheld = rubric.source.misconceptions.iter().zip(&rubric.misconceptions).zip(&wrong);
        let unheld = unheld.filter(|(_, verdict)| !score::is_held(verdict));
        let unheld = unheld.flat_map(|((source, wrong), verdict)| of(&source.id, &wrong.claim, verdict));
        Some(criteria.chain(unheld).collect())
    }

    /// The bulk call: JSON Lines of [`wire::BulkRequest`] in, [`wire::BulkReply`] out, one for each line that is not
    /// blank, in order. Ids and answers may be numbers, a byte order mark is skipped, and a lone half of a surrogate pair
    /// is read as U+FFFD.
    ///
    /// All replies are in memory at once, each up to some kilobytes: hand over batches of some hundred lines.
    pub fn evaluate_lines(&mut self, lines: &str, detail: Detail) -> String {
        let mut out = String::with_capacity(lines.len());
        let lines = lines.strip_prefix('\u{feff}').unwrap_or(lines);
        for (number, line) in (1..).zip(lines.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let reply = self.evaluate_line(number, line, detail);
            out.push_str(&serde_json::to_string(&reply).expect("replies hold plain values"));
            out.push('\n');
        }
        out
    }

    fn evaluate_line(&mut self, number: u32, line: &str, detail: Detail) -> BulkReply {
        let error = |answer_id, code: &str, message| {
            let error = BulkError { code: code.to_owned(), line: number, message };
            BulkReply::Error { answer_id, error }
        };
        let BulkRequest { question_id, answer, answer_id } = match lines::read(line) {
            Ok(request) => request,
            Err(Malformed { answer_id, message }) => return error(answer_id, "malformed-line", message),
        };
        let set = Arc::clone(&self.set);
        let Some(idx) = set.index_of(&question_id) else {
            let message = format!("no rubric for question `{question_id}`");
            return error(answer_id, "unknown-question", message);
        };
        let rubric = set.rubric(idx);
        let judged = self.judge(rubric, idx, &answer);
        match detail {
            Detail::Full => BulkReply::Full { answer_id, evaluation: Box::new(self.write(rubric, &judged)) },
            Detail::Summary => BulkReply::Summary { answer_id, summary: judged.summary(rubric) },
        }
    }

    /// How the engine reads an answer: every sentence with its form and weight, every clause with its subject, every word
    /// with the denials over it (`!`, `^` for a denial that stands behind it, `-` for a word that denies by its form).
    ///
    /// Hidden: for the messages of failed tests, in a shape that is no promise.
    #[doc(hidden)]
    pub fn trace(&mut self, question_id: &str, answer: &str) -> Option<String> {
        let set = Arc::clone(&self.set);
        let idx = set.index_of(question_id)?;
        let rubric = set.rubric(idx);
        self.judge(rubric, idx, answer);
        Some(self.structure.trace(rubric, answer))
    }

    /// The pipeline: structure and evidence, verdicts, score, sureness.
    fn judge(&mut self, rubric: &Rubric, idx: usize, answer: &str) -> Judged {
        let memo = self.memos.entry(idx).or_insert_with(Memo::new);
        memo.trim();
        self.structure.analyse(rubric, answer, memo, &mut self.postings);
        let Some([one, other]) = self.structure.unnamed_sides(rubric) else {
            return self.judge_reading(rubric, idx, answer, false);
        };
        // Whoever says "one" and "the other" leaves open which is which: what fits better is meant.
        let mut read = |sides: [u8; 2]| {
            self.structure.attribute_subjects(rubric, Some(sides));
            self.judge_reading(rubric, idx, answer, true)
        };
        let (straight, turned) = (read([one, other]), read([other, one]));
        if turned.score.balance > straight.score.balance {
            return turned;
        }
        self.structure.attribute_subjects(rubric, Some([one, other]));
        straight
    }

    /// The answer as its structure reads it now; `is_chosen` where it could be read otherwise.
    fn judge_reading(&mut self, rubric: &Rubric, idx: usize, answer: &str, is_chosen: bool) -> Judged {
        self.coverage.find(rubric, &self.structure, &self.postings, &self.memos[&idx]);
        let case = self.case(rubric, idx, answer);
        let criteria = rubric.criteria.iter().map(|criterion| &criterion.claim);
        let claims: Vec<&Claim> = criteria.chain(rubric.misconceptions.iter().map(|wrong| &wrong.claim)).collect();
        let mut verdicts = judge::judge(case, &claims, &[]);
        let wrong = verdicts.split_off(rubric.criteria.len());
        let doubtful = score::doubtful_sentences(rubric, &self.structure, &wrong);
        if !doubtful.is_empty() {
            let elsewhere = judge::judge(case, &claims, &doubtful);
            verdicts.iter_mut().zip(elsewhere).for_each(|(verdict, elsewhere)| verdict.doubt(elsewhere));
        }
        for (criterion, verdict) in rubric.criteria.iter().zip(&mut verdicts) {
            measure(criterion, &self.structure, verdict);
        }
        let score = score::total(rubric, &verdicts, &wrong);
        let sureness = sureness::assess(case, &verdicts, &wrong, &score, is_chosen);
        Judged { verdicts, wrong, score, sureness }
    }

    /// What the structure, as it stands, is judged on.
    fn case<'a>(&'a self, rubric: &'a Rubric, idx: usize, answer: &'a str) -> Case<'a> {
        Case {
            rubric,
            answer,
            structure: &self.structure,
            postings: &self.postings,
            coverage: &self.coverage,
            memo: &self.memos[&idx],
        }
    }

    fn write(&self, rubric: &Rubric, judged: &Judged) -> wire::Evaluation {
        let Judged { verdicts, wrong, score, sureness } = judged;
        let outcomes = rubric.source.criteria.iter().zip(&rubric.criteria).zip(verdicts).zip(&score.criteria);
        let misconceptions = rubric.source.misconceptions.iter().zip(wrong).zip(&score.penalties);
        wire::Evaluation {
            format: wire::FORMAT.to_owned(),
            scoring: SCORING_VERSION,
            question_id: rubric.source.id.clone(),
            rubric: rubric.hash.clone(),
            score: decimal(i64::from(score.share)),
            points: decimal(i64::from(score.earned)),
            max_points: decimal(i64::from(score.possible)),
            band: rubric.bands[score.band].0.clone(),
            sureness: decimal(i64::from(sureness.value)),
            review: sureness.review,
            reasons: sureness.doubts.iter().map(|doubt| feedback::message(doubt.reason, None)).collect(),
            outcomes: outcomes
                .map(|(((source, criterion), verdict), points)| wire::Outcome {
                    criterion: source.id.clone(),
                    label: source.label.clone(),
                    state: feedback::state(verdict),
                    points: decimal(*points),
                    max_points: decimal(i64::from(criterion.points * FULL)),
                    evidence: self.places(&verdict.evidence),
                    against: self.places(&verdict.against),
                })
                .collect(),
            misconceptions: misconceptions
                .filter(|((_, verdict), _)| score::is_held(verdict))
                .map(|((source, verdict), penalty)| wire::MisconceptionOutcome {
                    misconception: source.id.clone(),
                    label: source.label.clone(),
                    penalty: decimal(i64::from(*penalty)),
                    evidence: self.places(&verdict.evidence),
                })
                .collect(),
            feedback: feedback::advise(rubric, &self.structure, verdicts, wrong, score),
        }
    }

    fn write_near_miss(&self, rubric: &Rubric, criterion: &str, miss: NearMiss) -> wire::NearMiss {
        wire::NearMiss {
            criterion: criterion.to_owned(),
            matcher: miss.matcher,
            term: miss.term.to_string(),
            obstacle: feedback::obstacle(rubric, criterion, &miss),
            found: in_order(miss.found.iter().map(|(range, part)| self.place(range, miss.matcher, part)).collect()),
            missing: miss.missing,
        }
    }

    /// Places in the original answer, in its order, each once.
    fn places(&self, found: &[Found]) -> Vec<wire::Evidence> {
        let places = |found: &Found| -> Vec<wire::Evidence> {
            found.ranges.iter().map(|range| self.place(range, found.matcher, &found.term)).collect()
        };
        in_order(found.iter().flat_map(places).collect())
    }

    fn place(&self, range: &Range<u32>, matcher: Matcher, term: &str) -> wire::Evidence {
        let tokens = &self.structure.tokens[range.start as usize..range.end as usize];
        wire::Evidence {
            start: tokens.iter().map(|token| token.start).min().unwrap_or(0),
            end: tokens.iter().map(|token| token.end).max().unwrap_or(0),
            matcher,
            term: term.to_owned(),
        }
    }
}

fn in_order(mut places: Vec<wire::Evidence>) -> Vec<wire::Evidence> {
    sort_by(&mut places, |a, b| (a.start, a.end, &a.term).cmp(&(b.start, b.end, &b.term)));
    places.dedup();
    places
}

/// A criterion that asks for a number of words is met by it.
fn measure(criterion: &Criterion, structure: &Structure, verdict: &mut Verdict) {
    if let Some(size) = &criterion.size {
        let n_words = structure.tokens.iter().filter(|token| !token.is_mark()).count() as u32;
        if size.contains(&n_words) {
            verdict.claimed = verdict.claimed.max(FULL);
        }
    }
}

impl Judged {
    fn summary(&self, rubric: &Rubric) -> wire::Summary {
        wire::Summary {
            scoring: SCORING_VERSION,
            question_id: rubric.source.id.clone(),
            rubric: rubric.hash.clone(),
            score: decimal(i64::from(self.score.share)),
            points: decimal(i64::from(self.score.earned)),
            max_points: decimal(i64::from(self.score.possible)),
            band: rubric.bands[self.score.band].0.clone(),
            sureness: decimal(i64::from(self.sureness.value)),
            review: self.sureness.review,
        }
    }
}

/// The one place where thousandths become decimals. Division of small integers rounds alike on every platform.
fn decimal(thousandths: i64) -> f64 {
    thousandths as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bulk_call_skips_blank_lines_and_says_which_line_is_wrong() {
        let set = RubricSet::compile(&[]).expect("nothing can be wrong with nothing");
        let lines =
            "\u{feff}\n{\"question_id\": \"moon\", \"answer\": \"\", \"answer_id\": \"7\"}\n  \r\n{\"answer\"}\n";
        assert_eq!(
            Marker::new(set.into()).evaluate_lines(lines, Detail::Full),
            r#"{"answer_id":"7","error":{"code":"unknown-question","line":2,"message":"no rubric for question `moon`"}}
{"error":{"code":"malformed-line","line":4,"message":"the line is no JSON: expected `:` at column 10"}}
"#
        );
    }
}
