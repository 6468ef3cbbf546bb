//! Numbers about past answers: pure functions over attempts.

use crate::protocol::Catalogue;
use crate::records::Attempt;
use crate::repetition::{Day, Schedule};
use rubrica_core::sort::sort_by;
use std::collections::BTreeMap;

/// Names of the default bands, best first.
pub const BANDS: [&str; 5] = ["excellent", "good", "partial", "poor", "none"];

/// The default band of a score in thousandths; rubrics may name their own, charts compare all on one scale.
pub fn band_index(score: u32) -> usize {
    match score {
        850.. => 0,
        650.. => 1,
        350.. => 2,
        100.. => 3,
        _ => 4,
    }
}

/// The answers to one question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionHistory<'a> {
    pub question: &'a str,
    /// Oldest first, never empty.
    pub attempts: Vec<&'a Attempt>,
    pub schedule: Schedule,
}

impl QuestionHistory<'_> {
    pub fn last(&self) -> &Attempt {
        self.attempts[self.attempts.len() - 1]
    }

    /// In thousandths.
    pub fn best(&self) -> u32 {
        self.attempts.iter().map(|attempt| attempt.score).max().unwrap_or_default()
    }
}

/// One history for each question that was answered, by question. Answers of days to come, from a clock that was wrong,
/// would put every repetition off until then: they do not count yet.
pub fn histories<'a>(
    attempts: &'a [Attempt],
    today: Day,
    day_of: &dyn Fn(u64) -> Day,
) -> BTreeMap<&'a str, QuestionHistory<'a>> {
    let mut by_question: BTreeMap<&str, Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts.iter().filter(|attempt| day_of(attempt.id) <= today) {
        by_question.entry(&attempt.question).or_default().push(attempt);
    }
    let history = |(question, attempts): (&'a str, Vec<&'a Attempt>)| {
        let answers = attempts.iter().map(|attempt| (day_of(attempt.id), attempt.score));
        let schedule = Schedule::of(answers)?;
        Some((question, QuestionHistory { question, attempts, schedule }))
    };
    by_question.into_iter().filter_map(history).collect()
}

/// How a topic stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicStanding {
    pub topic: String,
    pub n_answered: u32,
    pub n_questions: u32,
    /// Mean of the latest score of each answered question, in thousandths.
    pub mean: u32,
}

/// Topics with answers, weakest first.
pub fn topics(catalogue: &Catalogue, histories: &BTreeMap<&str, QuestionHistory<'_>>) -> Vec<TopicStanding> {
    let mut sums: BTreeMap<&str, (u32, u32, u32)> = BTreeMap::new();
    for card in &catalogue.questions {
        let (n_questions, n_answered, sum) = sums.entry(&card.topic).or_default();
        *n_questions += 1;
        if let Some(history) = histories.get(card.id.as_str()) {
            *n_answered += 1;
            *sum += history.last().score;
        }
    }
    let mut standings: Vec<TopicStanding> = sums
        .into_iter()
        .filter(|(_, (_, n_answered, _))| *n_answered > 0)
        .map(|(topic, (n_questions, n_answered, sum))| TopicStanding {
            topic: topic.to_owned(),
            n_answered,
            n_questions,
            mean: sum / n_answered,
        })
        .collect();
    sort_by(&mut standings, |a, b| (a.mean, &a.topic).cmp(&(b.mean, &b.topic)));
    standings
}

/// How many answers of each band a day saw; the last `n_days` days with answers, oldest first.
pub fn bands_by_day(attempts: &[Attempt], n_days: usize, day_of: &dyn Fn(u64) -> Day) -> Vec<(Day, [u32; 5])> {
    let mut days: BTreeMap<Day, [u32; 5]> = BTreeMap::new();
    for attempt in attempts {
        days.entry(day_of(attempt.id)).or_default()[band_index(attempt.score)] += 1;
    }
    let first = days.len().saturating_sub(n_days);
    days.into_iter().skip(first).collect()
}

#[cfg(test)]
mod tests {
    use super::{bands_by_day, histories, topics};
    use crate::protocol::{Card, Catalogue};
    use crate::records::Attempt;

    fn attempt(question: &str, day: u64, score: u32) -> Attempt {
        Attempt {
            id: day * 86_400_000 + u64::from(score),
            question: question.to_owned(),
            answer: String::new(),
            score,
            points: 0.0,
            max_points: 1.0,
            band: String::new(),
            review: false,
            rubric: String::new(),
            scoring: 1,
            outcomes: Vec::new(),
            disagreement: None,
        }
    }

    fn day_of(moment: u64) -> i64 {
        (moment / 86_400_000) as i64
    }

    fn catalogue() -> Catalogue {
        let card = |(id, topic): (&str, &str)| Card { id: id.to_owned(), topic: topic.to_owned(), ..Card::default() };
        Catalogue {
            questions: [("a", "git"), ("b", "git"), ("c", "sql"), ("d", "web")].map(card).to_vec(),
            ..Catalogue::default()
        }
    }

    #[test]
    fn weakest_topics_come_first_and_only_the_latest_answer_counts() {
        let attempts = [
            attempt("a", 1, 100),
            attempt("c", 1, 500),
            attempt("a", 2, 900),
            attempt("b", 2, 300),
            attempt("a", 9, 0),
        ];
        let histories = histories(&attempts, 2, &day_of);
        assert_eq!(histories["a"].best(), 900);
        assert_eq!(histories["a"].last().score, 900);
        let standings = topics(&catalogue(), &histories);
        let short: Vec<(&str, u32, u32, u32)> = standings
            .iter()
            .map(|standing| (standing.topic.as_str(), standing.n_answered, standing.n_questions, standing.mean))
            .collect();
        assert_eq!(short, [("sql", 1, 1, 500), ("git", 2, 2, 600)]);
    }

    #[test]
    fn bands_are_counted_by_day() {
        let attempts = [attempt("a", 1, 1000), attempt("a", 3, 0), attempt("b", 3, 700), attempt("c", 3, 640)];
        let days = bands_by_day(&attempts, 10, &day_of);
        assert_eq!(days, [(1, [1, 0, 0, 0, 0]), (3, [0, 1, 1, 0, 1])]);
        assert_eq!(bands_by_day(&attempts, 1, &day_of), [(3, [0, 1, 1, 0, 1])]);
    }
}
