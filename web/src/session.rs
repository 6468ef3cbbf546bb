//! Practice sessions: which questions, in which order, and how far the learner is.

use crate::protocol::Card;
use crate::repetition::{Day, Schedule};
use rubrica_core::sort::sort_by_key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// In which order questions are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is due first, then what is new, then what is due later.
    #[default]
    Spaced,
    Random,
}

/// What a learner asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Most questions to ask; `None` for all.
    pub n_questions: Option<usize>,
    /// Topics to choose from; all when empty.
    pub topics: Vec<String>,
    pub order: Order,
    pub minutes: Option<u32>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { n_questions: Some(5), topics: Vec::new(), order: Order::default(), minutes: None }
    }
}

/// A session under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub questions: Vec<String>,
    /// Index of the current question; past the end when the session is over.
    pub current: usize,
    /// Keys of the attempts made in this session, the latest of each question.
    pub attempts: BTreeMap<String, u64>,
    /// When time is up, in milliseconds since 1970.
    pub deadline: Option<u64>,
}

impl Session {
    /// `None` when there is nothing to ask.
    pub fn new(questions: Vec<String>, minutes: Option<u32>, now: u64) -> Option<Self> {
        let deadline = minutes.map(|minutes| now + u64::from(minutes) * 60_000);
        (!questions.is_empty()).then_some(Self { questions, current: 0, attempts: BTreeMap::new(), deadline })
    }

    pub fn question(&self) -> Option<&str> {
        self.questions.get(self.current).map(String::as_str)
    }

    /// The next question, or the end where there is none or the time is up.
    #[must_use]
    pub fn advance(mut self, now: u64) -> Self {
        self.current = if self.is_last(now) { self.questions.len() } else { self.current + 1 };
        self
    }

    /// Whether the session ends with the current question.
    pub fn is_last(&self, now: u64) -> bool {
        self.current + 1 >= self.questions.len() || self.seconds_left(now) == Some(0)
    }

    #[must_use]
    pub fn finish(mut self) -> Self {
        self.current = self.questions.len();
        self
    }

    #[must_use]
    pub fn record(mut self, question: &str, attempt: u64) -> Self {
        if self.questions.iter().any(|asked| asked == question) {
            self.attempts.insert(question.to_owned(), attempt);
        }
        self
    }

    /// Seconds left, 0 when time is up; `None` without a timer.
    pub fn seconds_left(&self, now: u64) -> Option<u64> {
        self.deadline.map(|deadline| deadline.saturating_sub(now).div_ceil(1000))
    }
}

/// Chooses the questions of a session. The same seed gives the same choice.
pub fn choose(
    plan: &Plan,
    cards: &[Card],
    schedules: &BTreeMap<String, Schedule>,
    today: Day,
    seed: u64,
) -> Vec<String> {
    let wanted = |card: &&Card| plan.topics.is_empty() || plan.topics.contains(&card.topic);
    let mut chosen: Vec<&Card> = cards.iter().filter(wanted).collect();
    shuffle(&mut chosen, seed);
    if plan.order == Order::Spaced {
        // Stable, so that equals keep their random order.
        sort_by_key(&mut chosen, |card| match schedules.get(&card.id) {
            Some(schedule) if schedule.due <= today => (0, schedule.due),
            None => (1, 0),
            Some(schedule) => (2, schedule.due),
        });
    }
    chosen.truncate(plan.n_questions.unwrap_or(usize::MAX));
    chosen.into_iter().map(|card| card.id.clone()).collect()
}

/// The question to offer next: the longest due, or else the first new one, or else the next due. New ones begin with
/// the easiest level, and there with what a few sentences answer. One of `skipped` only when there is no other, and then
/// the first of them.
pub fn suggest<'a>(
    cards: &'a [Card],
    schedules: &BTreeMap<String, Schedule>,
    today: Day,
    skipped: &[String],
) -> Option<&'a Card> {
    let rank = |ranks: &[&str], value: &str| ranks.iter().position(|rank| *rank == value).unwrap_or(ranks.len());
    let ease = |card: &Card| {
        let kind = rank(&["comparison", "definition", "list", "pros-cons", "procedure"], &card.kind);
        (rank(&["junior", "middle", "senior"], &card.level) * 10 + kind) as Day
    };
    cards.iter().min_by_key(|card| {
        let (rank, order) = match schedules.get(&card.id) {
            Some(schedule) if schedule.due <= today => (0, schedule.due),
            None => (1, ease(card)),
            Some(schedule) => (2, schedule.due),
        };
        (skipped.iter().position(|id| *id == card.id), rank, order)
    })
}

/// Fisher and Yates's shuffle with Marsaglia's xorshift64 (2003): no cryptography, only variety.
fn shuffle<T>(items: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for last in (1..items.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        items.swap(last, (state % (last as u64 + 1)) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Plan, Session, choose, suggest};
    use crate::protocol::Card;
    use crate::repetition::Schedule;
    use std::collections::BTreeMap;

    fn cards() -> Vec<Card> {
        let card = |(id, topic): (&str, &str)| Card { id: id.to_owned(), topic: topic.to_owned(), ..Card::default() };
        [("a", "git"), ("b", "git"), ("c", "networks"), ("d", "networks"), ("e", "networks")].map(card).to_vec()
    }

    #[test]
    fn due_questions_come_first_then_new_ones_then_those_that_can_wait() {
        let schedules: BTreeMap<String, Schedule> = [
            ("a", Schedule::of([(9, 1000)])),                       // due on day 10
            ("c", Schedule::of([(4, 100)])),                        // due on day 5
            ("d", Schedule::of([(1, 1000), (2, 1000), (8, 1000)])), // due on day 25
        ]
        .into_iter()
        .map(|(id, schedule)| (id.to_owned(), schedule.unwrap()))
        .collect();
        let plan = Plan { n_questions: None, ..Plan::default() };
        let chosen = choose(&plan, &cards(), &schedules, 10, 3);
        assert_eq!(chosen[..2], ["c", "a"]);
        assert_eq!(chosen[4], "d");
    }

    #[test]
    fn topics_and_number_limit_the_choice() {
        let plan = Plan { n_questions: Some(2), topics: vec!["networks".to_owned()], ..Plan::default() };
        let chosen = choose(&plan, &cards(), &BTreeMap::new(), 0, 1);
        assert_eq!(chosen.len(), 2);
        assert!(chosen.iter().all(|id| ["c", "d", "e"].contains(&id.as_str())), "{chosen:?}");
    }

    #[test]
    fn random_orders_differ_by_seed_and_lose_nothing() {
        let plan = Plan { n_questions: None, order: Order::Random, ..Plan::default() };
        let orders: Vec<Vec<String>> = (0..20).map(|seed| choose(&plan, &cards(), &BTreeMap::new(), 0, seed)).collect();
        assert!(orders.iter().any(|order| *order != orders[0]));
        for order in orders {
            let mut sorted = order;
            sorted.sort();
            assert_eq!(sorted, ["a", "b", "c", "d", "e"]);
        }
    }

    #[test]
    fn the_next_question_is_due_or_new_and_was_not_skipped() {
        let mut cards = cards();
        cards[3].level = "junior".to_owned();
        let mut schedules = BTreeMap::new();
        let id = |schedules: &BTreeMap<String, Schedule>, skipped: &[&str]| {
            let skipped: Vec<String> = skipped.iter().map(|&id| id.to_owned()).collect();
            suggest(&cards, schedules, 10, &skipped).map(|card| card.id.clone()).unwrap_or_default()
        };
        assert_eq!(id(&schedules, &["a"]), "d");
        assert_eq!(id(&schedules, &["d"]), "a");
        assert_eq!(id(&schedules, &["d", "a"]), "b");
        schedules.insert("c".to_owned(), Schedule::of([(4, 100)]).unwrap());
        assert_eq!(id(&schedules, &["d"]), "c");
        assert_eq!(id(&schedules, &["c"]), "d");
        assert_eq!(id(&schedules, &["b", "d", "c", "a", "e"]), "b", "all were skipped");
    }

    #[test]
    fn a_session_ends_after_its_last_question() {
        assert_eq!(Session::new(Vec::new(), None, 0), None);
        let session = Session::new(vec!["a".to_owned(), "b".to_owned()], Some(1), 5_000).unwrap();
        assert_eq!(session.seconds_left(5_001), Some(60));
        assert_eq!(session.seconds_left(90_000), Some(0));
        let session = session.record("a", 1).record("a", 2).record("elsewhere", 3);
        assert_eq!(session.attempts, BTreeMap::from([("a".to_owned(), 2)]));
        assert_eq!(session.clone().advance(90_000).question(), None, "time is up");
        let session = session.advance(5_001);
        assert_eq!(session.question(), Some("b"));
        assert_eq!(session.advance(5_001).advance(5_001).question(), None);
    }
}
