//! The state of the app, and every way in which it can change.

use crate::protocol::{Catalogue, Drafts, OwnRubrics, Text};
use crate::records::{Archive, Attempt, Disagreement, Ratings};
use crate::session::Session;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::Reducible;

/// The questions on their way.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    #[default]
    Waiting,
    Ready(Rc<Catalogue>),
    /// Technical reason.
    Failed(String),
}

/// Whether the browser keeps what it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    #[default]
    Opening,
    Kept,
    /// The last write failed, as on a full disk. It is tried again with the next one.
    Failing,
    /// Private window, storage switched off: everything lasts until the page is closed.
    Lost,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store {
    pub catalogue: Loading,
    pub keeping: Keeping,
    /// Ordered by id, that is, by time.
    pub attempts: Rc<Vec<Attempt>>,
    pub drafts: Rc<BTreeMap<String, String>>,
    pub session: Option<Rc<Session>>,
    /// Rubrics that the learner added in the workshop, ordered by name.
    pub own: Rc<Vec<Text>>,
    pub ratings: Rc<Ratings>,
    /// Questions that the learner went past on this visit, the latest last.
    pub skipped: Rc<Vec<String>>,
    /// What the last document gave in the workshop.
    pub drafted: Option<Rc<Drafts>>,
    /// Whether another tab has written what this one does not know.
    pub is_outdated: bool,
    /// Writes that the browser has not confirmed yet.
    pub n_pending: u32,
    /// Rises with each change, so that views need not compare everything.
    pub revision: u64,
}

#[derive(Clone, Debug)]
pub enum Action {
    Catalogue(Catalogue),
    OwnQuestions(OwnRubrics),
    Failed(String),
    /// What the browser kept from earlier visits.
    Opened {
        archive: Box<Archive>,
        session: Option<Session>,
    },
    /// It could not be opened, or has not answered so far.
    StorageFailed,
    /// Another tab has written something.
    ChangedElsewhere,
    /// A write began.
    Writing,
    /// It ended: whether the browser has everything.
    Written(bool),
    /// A new attempt, or a changed one with the same id.
    Record(Box<Attempt>),
    /// The id of an attempt that is to be no more.
    Forget(u64),
    /// An empty text removes the draft.
    Draft {
        question: String,
        text: String,
    },
    Session(Option<Session>),
    /// The learner wants another question than this one.
    Skip(String),
    Drafted(Rc<Drafts>),
    /// What a person gives an answer of a table; nothing takes the rating back.
    Rate {
        question: String,
        /// As [`rating_key`](crate::records::rating_key) makes it.
        key: String,
        rating: Option<Disagreement>,
    },
    /// Adds an own rubric, or changes the one with the same name.
    Own(Text),
    /// The name of an own rubric.
    Disown(String),
    /// Adds an exported file; what has the same key is replaced.
    Import(Box<Archive>),
    DeleteAll,
}

impl Store {
    pub fn ready(&self) -> Option<&Rc<Catalogue>> {
        match &self.catalogue {
            Loading::Ready(catalogue) => Some(catalogue),
            Loading::Waiting | Loading::Failed(_) => None,
        }
    }

    /// Whether this draft would survive closing the page now.
    pub fn has_kept_draft(&self, question: &str, text: &str) -> bool {
        self.keeping == Keeping::Kept
            && self.n_pending == 0
            && self.drafts.get(question).is_some_and(|draft| draft == text)
    }

    /// The attempt with this key.
    pub fn attempt(&self, id: u64) -> Option<&Attempt> {
        self.attempts.binary_search_by_key(&id, |known| known.id).ok().map(|index| &self.attempts[index])
    }

    /// The first unused key from this moment on. An attempt of a clock that was wrong does not move it.
    pub fn next_id(&self, now: u64) -> u64 {
        let is_free = |id: &u64| self.attempt(*id).is_none();
        (now..).find(is_free).expect("there are more keys than attempts")
    }

    /// The state after an action.
    #[must_use]
    pub fn after(&self, action: Action) -> Self {
        let mut store = self.clone();
        store.revision += 1;
        match action {
            // What failed before the questions came has failed for good.
            Action::Catalogue(_) if matches!(store.catalogue, Loading::Failed(_)) => {}
            Action::Catalogue(catalogue) => store.catalogue = Loading::Ready(Rc::new(catalogue)),
            Action::OwnQuestions(own) => {
                if let Loading::Ready(catalogue) = &store.catalogue {
                    store.catalogue = Loading::Ready(Rc::new(catalogue.with_own(own)));
                }
            }
            Action::Failed(reason) => store.catalogue = Loading::Failed(reason),
            Action::Opened { archive, session } => {
                store.keeping = Keeping::Kept;
                // Where the browser was slow, somebody may have begun without it: that is newer.
                let here = store.archive();
                store.add(*archive);
                store.add(here);
                store.session = store.session.or(session.map(Rc::new));
            }
            Action::StorageFailed if store.keeping == Keeping::Opening => store.keeping = Keeping::Lost,
            Action::StorageFailed => {}
            Action::ChangedElsewhere => store.is_outdated = true,
            Action::Writing => store.n_pending += 1,
            Action::Written(is_kept) => {
                store.n_pending -= 1;
                if store.keeping != Keeping::Lost {
                    store.keeping = if is_kept { Keeping::Kept } else { Keeping::Failing };
                }
            }
            Action::Record(attempt) => put(Rc::make_mut(&mut store.attempts), *attempt),
            Action::Forget(id) => Rc::make_mut(&mut store.attempts).retain(|attempt| attempt.id != id),
            Action::Draft { question, text } => {
                let drafts = Rc::make_mut(&mut store.drafts);
                if text.is_empty() {
                    drafts.remove(&question);
                } else {
                    drafts.insert(question, text);
                }
            }
            Action::Session(session) => store.session = session.map(Rc::new),
            Action::Skip(question) => {
                let skipped = Rc::make_mut(&mut store.skipped);
                skipped.retain(|other| *other != question);
                skipped.push(question);
            }
            Action::Drafted(drafts) => store.drafted = Some(drafts),
            Action::Rate { question, key, rating } => {
                let ratings = Rc::make_mut(&mut store.ratings).entry(question).or_default();
                match rating {
                    Some(rating) => drop(ratings.insert(key, rating)),
                    None => drop(ratings.remove(&key)),
                }
            }
            Action::Own(rubric) => put_rubric(Rc::make_mut(&mut store.own), rubric),
            Action::Disown(name) => Rc::make_mut(&mut store.own).retain(|own| own.name != name),
            Action::Import(archive) => store.add(*archive),
            Action::DeleteAll => {
                store = Self {
                    catalogue: store.catalogue,
                    keeping: store.keeping,
                    n_pending: store.n_pending,
                    revision: store.revision,
                    ..Self::default()
                };
            }
        }
        store
    }

    fn add(&mut self, archive: Archive) {
        let attempts = Rc::make_mut(&mut self.attempts);
        for attempt in archive.attempts {
            put(attempts, attempt);
        }
        Rc::make_mut(&mut self.drafts).extend(archive.drafts);
        let own = Rc::make_mut(&mut self.own);
        for rubric in archive.rubrics {
            put_rubric(own, rubric);
        }
        let ratings = Rc::make_mut(&mut self.ratings);
        for (question, rated) in archive.ratings {
            ratings.entry(question).or_default().extend(rated);
        }
    }

    /// An exported file as it can be added here: of what a person gave an answer, the latest counts, and another answer
    /// that was marked at the same moment, on another device, gets the next free key.
    pub fn reconciled(&self, mut archive: Archive) -> Archive {
        let mut attempts = self.attempts.to_vec();
        for attempt in &mut archive.attempts {
            while let Ok(index) = attempts.binary_search_by_key(&attempt.id, |known| known.id) {
                let known = &attempts[index];
                if (&known.question, &known.answer) == (&attempt.question, &attempt.answer) {
                    let both = [attempt.disagreement.take(), known.disagreement.clone()];
                    let disagreement = both.into_iter().flatten().max_by_key(|disagreement| disagreement.at);
                    *attempt = Attempt { disagreement, ..known.clone() };
                    break;
                }
                attempt.id += 1;
            }
            put(&mut attempts, attempt.clone());
        }
        for (question, rated) in &mut archive.ratings {
            for (key, known) in self.ratings.get(question).into_iter().flatten() {
                if rated.get(key).is_some_and(|rating| rating.at < known.at) {
                    rated.remove(key);
                }
            }
        }
        archive
    }

    /// A file without the drafts and rubrics that would take the places of others: nothing tells which are newer.
    pub fn without_replacements(&self, mut archive: Archive) -> Archive {
        for (question, here) in self.drafts.iter() {
            if archive.drafts.get(question).is_some_and(|text| text != here) {
                archive.drafts.remove(question);
            }
        }
        archive.rubrics.retain(|rubric| self.own.iter().all(|own| own.name != rubric.name || own.text == rubric.text));
        archive
    }

    /// Everything worth keeping, as one file.
    pub fn archive(&self) -> Archive {
        Archive {
            format: crate::records::ARCHIVE_FORMAT.to_owned(),
            attempts: self.attempts.to_vec(),
            drafts: (*self.drafts).clone(),
            rubrics: self.own.to_vec(),
            ratings: (*self.ratings).clone(),
        }
    }
}

fn put(attempts: &mut Vec<Attempt>, attempt: Attempt) {
    match attempts.binary_search_by_key(&attempt.id, |known| known.id) {
        Ok(index) => attempts[index] = attempt,
        Err(index) => attempts.insert(index, attempt),
    }
}

fn put_rubric(own: &mut Vec<Text>, rubric: Text) {
    match own.binary_search_by(|known| known.name.cmp(&rubric.name)) {
        Ok(index) => own[index] = rubric,
        Err(index) => own.insert(index, rubric),
    }
}

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Keeping, Store};
    use crate::protocol::{Card, Catalogue, OwnRubrics, Text};
    use crate::records::{Archive, Attempt, Disagreement};

    fn attempt(id: u64) -> Attempt {
        serde_json::from_value(serde_json::json!({
            "id": id, "question": "q", "answer": "a", "score": 500, "points": 1, "max_points": 2, "band": "partial",
            "review": false, "rubric": "0", "scoring": 1, "outcomes": []
        }))
        .unwrap()
    }

    fn record(store: &Store, id: u64) -> Store {
        store.after(Action::Record(Box::new(attempt(id))))
    }

    #[test]
    fn a_disagreement_stands_beside_the_score() {
        let store = record(&record(&Store::default(), 5), 3);
        let disagreement = Some(Disagreement { points: 2000, reason: "I said so".to_owned(), at: 9 });
        let store = store.after(Action::Record(Box::new(Attempt { disagreement: disagreement.clone(), ..attempt(3) })));
        assert_eq!(store.attempts.iter().map(|attempt| attempt.id).collect::<Vec<_>>(), [3, 5]);
        assert_eq!((store.attempts[0].score, &store.attempts[0].disagreement), (500, &disagreement));
    }

    #[test]
    fn one_attempt_goes_and_the_others_stay() {
        let store = record(&record(&record(&Store::default(), 1), 2), 3).after(Action::Forget(2));
        assert_eq!(store.attempts.iter().map(|attempt| attempt.id).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(store.after(Action::Forget(2)).attempts, store.attempts);
    }

    #[test]
    fn keys_never_repeat() {
        let store = record(&record(&Store::default(), 100), 101);
        assert_eq!(store.next_id(100), 102);
        assert_eq!(store.next_id(200), 200);
        assert_eq!(store.next_id(50), 50, "a clock that was ahead is no longer followed");
    }

    #[test]
    fn an_empty_draft_goes_away() {
        let draft = |text: &str| Action::Draft { question: "q".to_owned(), text: text.to_owned() };
        let store = Store::default().after(draft("TCP"));
        assert_eq!(store.drafts["q"], "TCP");
        assert!(store.after(draft("")).drafts.is_empty());
    }

    #[test]
    fn a_draft_is_kept_once_its_write_is_confirmed() {
        let store = Store { keeping: Keeping::Kept, ..Store::default() };
        let store =
            store.after(Action::Writing).after(Action::Draft { question: "q".to_owned(), text: "a".to_owned() });
        assert!(!store.has_kept_draft("q", "a"));
        let store = store.after(Action::Written(true));
        assert!(store.has_kept_draft("q", "a"));
        assert!(!store.has_kept_draft("q", "ab"));
        let failing = store.after(Action::Writing).after(Action::Written(false));
        assert!(!failing.has_kept_draft("q", "a"));
        assert!(failing.after(Action::Writing).after(Action::Written(true)).has_kept_draft("q", "a"));
    }

    #[test]
    fn a_database_that_opens_late_replaces_nothing_new() {
        let draft = |text: &str| Action::Draft { question: "q".to_owned(), text: text.to_owned() };
        let archive = record(&Store::default(), 1).after(draft("old")).archive();
        let opened = Action::Opened { archive: Box::new(archive), session: None };
        let store = record(&Store::default().after(Action::StorageFailed).after(draft("new")), 2);
        assert_eq!(store.keeping, Keeping::Lost);
        let store = store.after(opened);
        assert_eq!((store.keeping, store.attempts.len(), store.drafts["q"].as_str()), (Keeping::Kept, 2, "new"));
        assert_eq!(store.after(Action::StorageFailed).keeping, Keeping::Kept);
    }

    #[test]
    fn export_delete_import_gives_everything_back() {
        let store = record(&Store::default(), 1)
            .after(Action::Draft { question: "q".to_owned(), text: "half".to_owned() })
            .after(Action::Own(Text { name: "own.toml".to_owned(), text: "format".to_owned() }));
        let archive = store.archive();
        let empty = store.after(Action::DeleteAll);
        assert_eq!(empty.archive(), Archive { format: archive.format.clone(), ..Archive::default() });
        assert_eq!(empty.after(Action::Import(Box::new(archive.clone()))).archive(), archive);
    }

    #[test]
    fn questions_that_come_after_a_failure_do_not_hide_it() {
        let store = Store::default().after(Action::Failed("no worker".to_owned()));
        assert!(store.after(Action::Catalogue(Catalogue::default())).ready().is_none());
    }

    #[test]
    fn own_rubrics_are_changed_one_by_one() {
        let own = |name: &str, text: &str| Action::Own(Text { name: name.to_owned(), text: text.to_owned() });
        let texts = |store: &Store| store.own.iter().map(|own| own.text.clone()).collect::<Vec<_>>();
        let store = Store::default().after(own("b", "1")).after(own("a", "2")).after(own("b", "3"));
        assert_eq!(texts(&store), ["2", "3"]);
        assert_eq!(texts(&store.after(Action::Disown("a".to_owned()))), ["3"]);
    }

    #[test]
    fn own_questions_come_and_go() {
        let card = |id: &str, own: bool| Card { id: id.to_owned(), own, ..Card::default() };
        let own = |ids: &[&str]| {
            Action::OwnQuestions(OwnRubrics {
                questions: ids.iter().map(|id| card(id, true)).collect(),
                problems: Vec::new(),
            })
        };
        let ids = |store: &Store| -> Vec<String> {
            store
                .ready()
                .unwrap()
                .questions
                .iter()
                .map(|card| format!("{}{}", card.id, if card.own { "*" } else { "" }))
                .collect()
        };
        let catalogue = Catalogue { questions: vec![card("a", false), card("c", false)], problems: Vec::new() };
        let store = Store::default().after(Action::Catalogue(catalogue)).after(own(&["b"]));
        assert_eq!(ids(&store), ["a", "b*", "c"]);
        assert_eq!(ids(&store.after(own(&[]))), ["a", "c"]);
    }

    #[test]
    fn an_import_replaces_nothing_newer() {
        let judged = |id: u64, answer: &str, at: u64| Attempt {
            answer: answer.to_owned(),
            disagreement: (at > 0).then(|| Disagreement { points: 0, reason: String::new(), at }),
            ..attempt(id)
        };
        let store = Store { attempts: vec![judged(1, "a", 5), judged(2, "b", 0)].into(), ..Store::default() };
        let archive = |attempts| Archive { attempts, ..Archive::default() };
        let come = |attempts| store.reconciled(archive(attempts)).attempts;
        assert_eq!(come(vec![judged(1, "a", 4), judged(2, "b", 6)]), [judged(1, "a", 5), judged(2, "b", 6)]);
        let other = come(vec![judged(1, "other", 0)]);
        assert_eq!(other, [judged(3, "other", 0)]);
        let store = store.after(Action::Import(Box::new(archive(other))));
        assert_eq!(store.reconciled(archive(vec![judged(1, "other", 0)])).attempts, [judged(3, "other", 0)]);
    }

    #[test]
    fn texts_that_would_replace_others_are_told_apart() {
        let text = |name: &str, text: &str| Text { name: name.to_owned(), text: text.to_owned() };
        let draft = |question: &str, text: &str| (question.to_owned(), text.to_owned());
        let archive = |drafts: &[(String, String)], rubrics: &[Text]| Archive {
            drafts: drafts.iter().cloned().collect(),
            rubrics: rubrics.to_vec(),
            ..Archive::default()
        };
        let here = archive(&[draft("p", "same"), draft("q", "mine")], &[text("r", "mine")]);
        let store = Store::default().after(Action::Import(Box::new(here)));
        let file = archive(&[draft("p", "same"), draft("q", "theirs"), draft("s", "new")], &[text("r", "theirs")]);
        assert_eq!(store.without_replacements(file), archive(&[draft("p", "same"), draft("s", "new")], &[]));
    }

    #[test]
    fn importing_twice_doubles_nothing() {
        let archive = record(&Store::default(), 1).archive();
        let store = Store::default()
            .after(Action::Import(Box::new(archive.clone())))
            .after(Action::Import(Box::new(archive.clone())));
        assert_eq!(store.archive(), archive);
    }
}
