//! When to repeat a question: the SM-2 rule.
//!
//! Source: Woźniak (1990), "Optimization of learning", section 3.2, "Application of a computer to improve the results
//! obtained in working with the SuperMemo method"; <https://super-memory.com/english/ol/sm2.htm>.
//!
//! SM-2 asks the learner for a quality from 0 to 5 after each repetition. Here the score of the answer gives it. Only
//! the first answer of a day counts: later ones follow the feedback and say little about memory.

/// Days since 1 January 1970 in the learner's time zone.
pub type Day = i64;

/// Lowest quality that counts as remembered.
const REMEMBERED: u32 = 3;
/// Easiness in thousandths: at first, and at least.
const FIRST_EASINESS: u32 = 2500;
const LEAST_EASINESS: u32 = 1300;

/// State of one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// When to ask again.
    pub due: Day,
    /// Days between the last answer and `due`.
    pub interval: u32,
    easiness: u32,
    n_remembered: u32,
}

impl Schedule {
    /// Replays the answers of one question, (day, score in thousandths), oldest first; `None` without answers.
    pub fn of(answers: impl IntoIterator<Item = (Day, u32)>) -> Option<Self> {
        let mut last_day = None;
        let mut schedule = None;
        for (day, score) in answers {
            if last_day != Some(day) {
                last_day = Some(day);
                schedule = Some(Self::next(schedule, day, quality(score)));
            }
        }
        schedule
    }

    fn next(before: Option<Self>, day: Day, quality: u32) -> Self {
        let (easiness, n_remembered, interval) =
            before.map_or((FIRST_EASINESS, 0, 0), |before| (before.easiness, before.n_remembered, before.interval));
        if quality < REMEMBERED {
            return Self { due: day + 1, interval: 1, easiness, n_remembered: 0 };
        }
        let interval = match n_remembered {
            0 => 1,
            1 => 6,
            _ => (interval * easiness).div_ceil(1000),
        };
        let short = 5 - quality;
        let easiness = (easiness + 100).saturating_sub(short * (80 + short * 20)).max(LEAST_EASINESS);
        Self { due: day + i64::from(interval), interval, easiness, n_remembered: n_remembered + 1 }
    }
}

/// Quality 0 to 5 of an answer by its score in thousandths. The borders are those of the default bands, with half of
/// the points as the least that counts as remembered.
fn quality(score: u32) -> u32 {
    match score {
        850.. => 5,
        650.. => 4,
        500.. => 3,
        350.. => 2,
        100.. => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Schedule;

    fn intervals(answers: &[(i64, u32)]) -> Vec<u32> {
        (1..=answers.len()).map(|n| Schedule::of(answers[..n].iter().copied()).unwrap().interval).collect()
    }

    #[test]
    fn no_answers_no_schedule() {
        assert_eq!(Schedule::of([]), None);
    }

    #[test]
    fn perfect_answers_are_asked_ever_more_rarely() {
        // Easiness 2.5, 2.6, 2.7, 2.8 as answers of quality 5 raise it: 1, 6, 6 * 2.7, 17 * 2.8.
        assert_eq!(intervals(&[(0, 1000), (1, 1000), (7, 900), (24, 850)]), [1, 6, 17, 48]);
    }

    #[test]
    fn a_forgotten_answer_starts_over_with_its_easiness() {
        assert_eq!(intervals(&[(0, 700), (1, 700), (7, 200), (8, 700), (9, 700), (15, 700)]), [1, 6, 1, 1, 6, 15]);
    }

    #[test]
    fn easiness_has_a_floor() {
        let answers: Vec<(i64, u32)> = (0..20).map(|n| (n, 500)).collect();
        let schedule = Schedule::of(answers).unwrap();
        assert_eq!(schedule.easiness, 1300);
    }

    #[test]
    fn only_the_first_answer_of_a_day_counts() {
        let schedule = Schedule::of([(5, 200), (5, 1000), (5, 1000)]).unwrap();
        assert_eq!((schedule.due, schedule.interval, schedule.n_remembered), (6, 1, 0));
    }
}
