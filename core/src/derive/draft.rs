//! From points to a rubric: how many criteria, what each is worth, and what an answer must say for it.

use std::collections::BTreeSet;

use super::lists::List;
use super::points::{Chain, Point, Side, lower_first};
use super::questions::asked_number;
use super::subjects::{Subject, Subjects};
use super::words::{
    Rarity, content_set, content_stems, content_words, has_phrase, is_clause, is_function_word, kebab, likeness,
    overlap, pattern_phrase, unique, without_lead, words,
};
use super::{Note, NoteKind};
use crate::rubric::source::{
    AtLeastSource, ConceptSource, CriterionSource, DEFAULT_BANDS, GroupSource, Kind, MisconceptionSource,
    RUBRIC_FORMAT, RubricSource, SourceReference,
};
use crate::statement;

/// Most criteria of a draft: more than a learner can be expected to cover.
const MOST_CRITERIA: usize = 12;
/// A draft with fewer is split into sentences, where it has them.
const FEW_CRITERIA: usize = 6;
/// Likeness of statements that say the same, in percent.
const ALIKE: usize = 60;
/// Criteria that a full answer is expected to meet: it need not say everything a document does.
const EXPECTED_CRITERIA: u32 = 8;

/// What is known about a question before it becomes a rubric.
pub(super) struct Material {
    pub id: String,
    pub prompt: String,
    pub kind: Kind,
    pub english: bool,
    pub topic: Option<String>,
    pub sources: Vec<SourceReference>,
    pub subjects: Subjects,
    pub points: Vec<Point>,
    pub chains: Vec<Chain>,
    /// Criteria that its kind of question always has.
    pub shape: Vec<CriterionSource>,
    /// What an account of own work should be about.
    pub asked: Option<CriterionSource>,
    /// How many of its points are enough, where its answer says so.
    pub n_enough: Option<u32>,
    pub misconceptions: Vec<MisconceptionSource>,
    pub origin: Origin,
}

/// Where the points come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Prose: what only repeats the question is no point, and long points can be told apart by their sentences.
    Document,
    /// Reference answers: each counts as it stands, also where it takes up the words of the question.
    References,
}

/// Makes a rubric of the material; `None` when nothing in it can be asked for.
pub(super) fn rubric(material: Material, rarity: &Rarity, notes: &mut Vec<Note>) -> Option<RubricSource> {
    let Material { id, prompt, kind, english, topic, sources, mut subjects, points, .. } = material;
    let Material { chains, shape, asked, n_enough, misconceptions, origin, .. } = material;
    let prompt_stems = content_set(&prompt);
    let mut maker = Maker { prompt: &prompt, prompt_stems, rarity, notes, origin };
    let points = merged(points);
    let mut points = maker.worth_asking(points, &subjects);
    attribute_sides(&mut points, &mut subjects);
    let points = maker.budgeted(points);
    let order = maker.order(&chains, kind);
    let mut used: BTreeSet<String> = shape.iter().chain(&asked).map(|criterion| criterion.id.clone()).collect();
    let n_of_shape = asked.as_ref().map(|_| n_points(&shape));
    let worths = maker.worths(&points);
    let mut criteria: Vec<CriterionSource> = points
        .into_iter()
        .zip(worths)
        .filter_map(|(point, worth)| maker.criterion(point, worth, &subjects, &mut used))
        .collect();
    criteria.extend(order.map(|order| CriterionSource { id: unique(&order.id, &mut used), ..order }));
    criteria.extend(shape.into_iter().chain(asked));
    if criteria.is_empty() {
        return None;
    }
    if !english {
        let message = "probably not in English: `language` is left out, and marking goes by English all the same";
        maker.note(NoteKind::Language, sources.first(), message.to_owned());
    }
    let about: BTreeSet<&String> = criteria.iter().flat_map(|criterion| &criterion.about).collect();
    let concepts = subjects
        .list
        .iter()
        .filter(|subject| about.contains(&subject.id))
        .map(|subject| ConceptSource {
            id: subject.id.clone(),
            names: subject.names.clone(),
            ..ConceptSource::default()
        })
        .collect();
    let n_criteria = criteria.len() as u32;
    let least = n_of_shape.map_or(0, |n_of_shape| least_full_marks(n_of_shape, n_points(&criteria)));
    // "Name two …", and there are more: any two do.
    let groups = n_enough.or(asked_number(&prompt)).filter(|n| *n < n_criteria).map(|best| GroupSource {
        id: unique("asked", &mut used),
        criteria: criteria.iter().map(|criterion| criterion.id.clone()).collect(),
        best: Some(best),
        cap: None,
    });
    Some(RubricSource {
        format: RUBRIC_FORMAT.to_owned(),
        id,
        prompt,
        kind: Some(kind),
        language: english.then(|| "en".to_owned()),
        topic,
        full_marks: Some((100 * EXPECTED_CRITERIA / n_criteria).clamp(55, 75).max(least)),
        sources,
        concepts,
        criteria,
        groups: groups.into_iter().collect(),
        misconceptions,
        ..RubricSource::default()
    })
}

fn n_points(criteria: &[CriterionSource]) -> u32 {
    criteria.iter().map(CriterionSource::points).sum()
}

/// Least percent of `n_points` that can be full marks, so that the `n_of_shape` which an account of anything earns are not
/// yet an excellent answer.
fn least_full_marks(n_of_shape: u32, n_points: u32) -> u32 {
    let [(_, excellent), ..] = DEFAULT_BANDS;
    (100 * 100 * n_of_shape / (excellent * n_points) + 1).min(100)
}

/// Joins points of different documents that say the same.
fn merged(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<(Point, BTreeSet<String>)> = Vec::new();
    let content = |point: &Point| content_set(&point.statements.join(" "));
    for point in points {
        let stems = content(&point);
        let same = kept.iter_mut().find(|(other, other_stems)| {
            other.subjects == point.subjects
                && other.side == point.side
                && !point.statements.is_empty()
                && !other.statements.is_empty()
                && (overlap(other_stems, &stems) >= ALIKE
                    || point.label.is_some() && point.label == other.label && point.path == other.path)
        });
        match same {
            Some((other, stems)) => {
                other.absorb(point);
                *stems = content(other);
            }
            None => kept.push((point, stems)),
        }
    }
    kept.into_iter().map(|(point, _)| point).collect()
}

impl Point {
    /// Takes over what another point says: from then on either is enough.
    fn absorb(&mut self, other: Point) {
        let new = other.statements.into_iter().filter(|statement| !self.statements.contains(statement));
        self.statements.extend(new.collect::<Vec<_>>());
        self.phrases.extend(other.phrases);
        self.instances.extend(other.instances);
        self.emphasised |= other.emphasised;
        let new = other.sources.into_iter().filter(|source| !self.sources.contains(source));
        self.sources.extend(new.collect::<Vec<_>>());
    }

    /// The first statement that tells something else than the first fact.
    fn second_fact(&self) -> Option<usize> {
        let mut facts = (0..self.statements.len()).filter(|idx| is_fact(&self.statements[*idx]));
        let first = facts.next()?;
        facts.find(|idx| likeness(&self.statements[first], &self.statements[*idx]) < ALIKE)
    }

    /// Takes off the second fact with what follows it, as a point of its own.
    fn split(&mut self) -> Self {
        let at = self.second_fact().expect("only a point with two facts is split");
        let rest = self.statements.split_off(at);
        // What another document says in other words stays with what it repeats.
        let repeats = |statement: &String| self.statements.iter().any(|before| likeness(before, statement) >= ALIKE);
        let (same, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(repeats);
        self.statements.extend(same);
        let says = |statements: &[String], phrase: &str| statements.iter().any(|said| has_phrase(said, phrase));
        let (phrases, stay): (Vec<_>, Vec<_>) =
            self.phrases.drain(..).partition(|phrase| !says(&self.statements, phrase) && says(&rest, phrase));
        self.phrases = stay;
        // Later sentences are no longer what the label names.
        Self { statements: rest, phrases, label: None, emphasised: false, ..self.clone() }
    }
}

/// Whether a statement tells something by itself, not only names it.
fn is_fact(statement: &str) -> bool {
    let n_words = content_words(statement).len();
    n_words >= 4 || n_words >= 2 && is_clause(statement)
}

/// What a point is related by, as indices of the first points that have the same: cheaper to compare than the names, and
/// joining leaves it as it is.
#[derive(PartialEq)]
struct Kin {
    /// Of the same subjects and side.
    about: usize,
    /// Under the same labels.
    path: usize,
}

impl Kin {
    fn of(point: &Point, points: &[Point]) -> Self {
        let first = |same: &dyn Fn(&Point) -> bool| points.iter().position(same).expect("the point is one of them");
        Self {
            about: first(&|other| other.subjects == point.subjects && other.side == point.side),
            path: first(&|other| other.path == point.path),
        }
    }
}

/// Two points to be joined: close relatives first, from the largest family, the least telling of it.
fn cheapest_pair(points: &[Point], kin: &[Kin], telling: &[u32]) -> (usize, usize) {
    let lists = |idx: usize| !points[idx].instances.is_empty();
    let relation = |a: usize, b: usize| {
        u8::from(kin[a].about == kin[b].about) * 4
            + u8::from(kin[a].path == kin[b].path) * 2
            + u8::from(lists(a) == lists(b))
    };
    let family: Vec<usize> = kin.iter().map(|one| kin.iter().filter(|other| one == *other).count()).collect();
    let pairs = (0..points.len()).flat_map(|a| (a + 1..points.len()).map(move |b| (a, b)));
    pairs
        .max_by_key(|&(a, b)| {
            let n_statements = points[a].statements.len() + points[b].statements.len();
            let telling = telling[a] + telling[b] + 300 * n_statements as u32;
            (relation(a, b), family[a], std::cmp::Reverse((telling, b - a, a)))
        })
        .expect("there are more points than one rubric should have")
}

/// Where points speak for and against without naming subjects, the two sides are what they are about.
fn attribute_sides(points: &mut [Point], subjects: &mut Subjects) {
    let has = |side| points.iter().any(|point| point.side == Some(side));
    if !subjects.list.is_empty() || !has(Side::Pro) || !has(Side::Con) {
        return;
    }
    subjects.list = vec![
        Subject::named("advantages", &["advantage", "pros", "pro", "benefit", "upside", "strength"]),
        Subject::named("drawbacks", &["drawback", "disadvantage", "cons", "con", "downside", "weakness", "limitation"]),
    ];
    for point in points {
        point.subjects = point.side.map(|side| usize::from(side == Side::Con)).into_iter().collect();
    }
}

struct Maker<'a> {
    prompt: &'a str,
    prompt_stems: BTreeSet<String>,
    rarity: &'a Rarity,
    notes: &'a mut Vec<Note>,
    origin: Origin,
}

impl Maker<'_> {
    fn note(&mut self, kind: NoteKind, source: Option<&SourceReference>, message: String) {
        self.notes.push(Note {
            kind,
            document: source.map(|source| source.document.clone()).unwrap_or_default(),
            line: source.and_then(|source| source.lines).map(|lines| lines[0]),
            question: Some(self.prompt.to_owned()),
            message,
        });
    }

    /// Content stems that prove nothing here: those of the prompt and of the subjects' names.
    fn given(&self, about: &BTreeSet<usize>, subjects: &Subjects) -> BTreeSet<String> {
        let names = about.iter().flat_map(|subject| &subjects.list[*subject].names);
        self.prompt_stems.iter().cloned().chain(names.flat_map(|name| content_stems(name))).collect()
    }

    /// Without what the prompt says already.
    fn worth_asking(&mut self, points: Vec<Point>, subjects: &Subjects) -> Vec<Point> {
        let mut kept = Vec::new();
        for mut point in points {
            let given = self.given(&point.subjects, subjects);
            let source = point.sources.first().cloned();
            point.statements.retain(|statement| {
                let stems = content_set(statement);
                let n_given = stems.intersection(&given).count();
                if n_given == stems.len() {
                    let message =
                        format!("says no more than the question; write what an answer should add: `{statement}`");
                    self.note(NoteKind::PromptWords, source.as_ref(), message);
                } else if n_given >= 2 && n_given * 2 > stems.len() {
                    let message = format!(
                        "most of its words occur in the question and earn little; say more of the rest: `{statement}`"
                    );
                    self.note(NoteKind::PromptWords, source.as_ref(), message);
                }
                n_given < stems.len() || self.origin == Origin::References
            });
            let n_words = |text: &str| statement::content_words(text).len();
            point
                .phrases
                .retain(|phrase| content_stems(phrase).iter().filter(|stem| !given.contains(*stem)).count() >= 2);
            // A statement of one word is a phrase to find.
            let (full, short): (Vec<_>, Vec<_>) =
                point.statements.drain(..).partition(|statement| n_words(statement) >= 2);
            point.statements = full;
            if point.statements.is_empty() {
                point.phrases.extend(short);
            } else {
                for short in short {
                    let message =
                        format!("too short to be asked for by itself; write a whole sentence, or nothing: `{short}`");
                    self.note(NoteKind::LeftOut, source.as_ref(), message);
                }
            }
            let names = point.is_name || point.instances.len() >= 2;
            if !point.statements.is_empty() || !point.phrases.is_empty() || !point.patterns.is_empty() || names {
                kept.push(point);
            }
        }
        kept
    }

    /// As many points as a rubric should have: sentences apart where they are few, neighbours together where many.
    fn budgeted(&self, mut points: Vec<Point>) -> Vec<Point> {
        let n_facts = |point: &Point| point.statements.iter().filter(|statement| is_fact(statement)).count();
        while points.len() < FEW_CRITERIA && self.origin == Origin::Document {
            let divisible = (0..points.len()).rev().filter(|idx| points[*idx].second_fact().is_some());
            let Some(idx) = divisible.max_by_key(|idx| n_facts(&points[*idx])) else { break };
            let second = points[idx].split();
            points.insert(idx + 1, second);
        }
        let mut kin: Vec<Kin> = points.iter().map(|point| Kin::of(point, &points)).collect();
        let mut telling: Vec<u32> = points.iter().map(|point| self.telling(point)).collect();
        while points.len() > MOST_CRITERIA {
            let (first, second) = cheapest_pair(&points, &kin, &telling);
            let other = points.remove(second);
            points[first].absorb(other);
            kin.remove(second);
            telling.remove(second);
            telling[first] = self.telling(&points[first]);
        }
        points
    }

    /// How much a point tells beyond the question: the mean rarity of its words.
    fn telling(&self, point: &Point) -> u32 {
        let text = [&point.statements[..], &point.phrases, &point.patterns, &point.instances].concat().join(" ");
        let rarity = self.rarity.of_text(&text, &self.prompt_stems);
        if point.emphasised { rarity * 6 / 5 } else { rarity }
    }

    /// Points of each criterion, 1 to 3, by how telling it is among the others; one name is worth as much as another.
    fn worths(&self, points: &[Point]) -> Vec<u32> {
        let telling: Vec<u32> = points.iter().map(|point| self.telling(point)).collect();
        let mut sorted = telling.clone();
        sorted.sort_unstable();
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
        telling
            .iter()
            .zip(points)
            .map(|(telling, point)| match telling * 100 / median.max(1) {
                _ if point.is_name => 1,
                0..85 => 1,
                85..120 => 2,
                _ => 3,
            })
            .collect()
    }

    fn criterion(
        &self,
        mut point: Point,
        points: u32,
        subjects: &Subjects,
        used: &mut BTreeSet<String>,
    ) -> Option<CriterionSource> {
        let name = point
            .label
            .clone()
            .or_else(|| point.statements.first().cloned())
            .or_else(|| point.phrases.first().cloned())?;
        let mut label = label(&point)?;
        if let Some(subject) = point.subjects.first().filter(|_| point.subjects.len() == 1)
            && subjects.in_name(&label).is_empty()
        {
            label = shortened(&format!("{}: {}", subjects.list[*subject].display, lower_first(&label)), 90);
        }
        // Marked phrases are short statements; as patterns they would be enough whatever is said about them.
        let (full, short): (Vec<String>, Vec<String>) =
            point.phrases.drain(..).partition(|phrase| statement::content_words(phrase).len() >= 2);
        for phrase in full.iter().map(|phrase| format!("{}.", phrase.trim_end_matches('.'))) {
            if !point.statements.contains(&phrase) {
                point.statements.push(phrase);
            }
        }
        point.phrases = if point.statements.is_empty() { short } else { Vec::new() };
        let bare = |phrase| if self.origin == Origin::References { without_lead(phrase) } else { phrase };
        let mut any: Vec<String> = point.phrases.iter().map(|phrase| pattern_phrase(bare(phrase))).collect();
        any.append(&mut point.patterns);
        any.retain(|phrase| !phrase.is_empty());
        let mut seen = BTreeSet::new();
        any.retain(|phrase| seen.insert(phrase.clone()));
        let of: Vec<String> = point.instances.iter().filter_map(|instance| self.instance(instance)).collect();
        let at_least = if point.is_name {
            any.extend(of);
            None
        } else {
            (of.len() >= 2).then_some(AtLeastSource { n: 2, of })
        };
        if any.is_empty() && at_least.is_none() && point.statements.is_empty() {
            return None;
        }
        let subject = point.subjects.iter().next().map(|subject| subjects.list[*subject].id.clone());
        let id = match subject {
            Some(subject) if point.subjects.len() == 1 && !kebab(&name, 4).starts_with(&subject) => {
                format!("{subject}-{}", kebab(&name, 4))
            }
            _ => kebab(&name, 5),
        };
        Some(CriterionSource {
            id: unique(&id, used),
            label,
            points: Some(points),
            about: point.subjects.iter().map(|subject| subjects.list[*subject].id.clone()).collect(),
            any,
            at_least,
            statements: point.statements,
            mention: point.is_name.then_some(true),
            sources: point.sources,
            ..CriterionSource::default()
        })
    }

    /// Pattern of a thing to name: its words side by side when few, else the two rarest near each other.
    fn instance(&self, instance: &str) -> Option<String> {
        let bare = instance.split('(').next().unwrap_or(instance);
        let mut content: Vec<String> = content_words(bare).into_iter().map(|word| word.replace('_', " ")).collect();
        let is_own = |word: &String| !content_set(word).is_subset(&self.prompt_stems);
        if content.iter().any(is_own) {
            content.retain(is_own);
        }
        match content.len() {
            0 => None,
            1 | 2 => Some(content.join(" ")),
            _ => {
                content.sort_by_key(|word| std::cmp::Reverse(self.rarity.of_text(word, &BTreeSet::new())));
                Some(format!("{} & {}", content[0], content[1]))
            }
        }
    }

    /// The steps of a procedure as relations of time.
    fn order(&mut self, chains: &[Chain], kind: Kind) -> Option<CriterionSource> {
        let chain = chains.iter().max_by_key(|chain| chain.steps.len())?;
        if kind != Kind::Procedure {
            let message = format!("an order that the question does not ask for: {}", chain.steps.join(", "));
            self.note(NoteKind::Order, Some(&chain.source), message);
            return None;
        }
        let mut seen = BTreeSet::new();
        let keys: Vec<String> = chain
            .steps
            .iter()
            .enumerate()
            .filter_map(|(idx, _)| self.step_key(&chain.steps, idx))
            .filter(|key| seen.insert(key.clone()))
            .collect();
        if keys.len() < 3 {
            let message = "the steps have no words of their own: their order is not asked for".to_owned();
            self.note(NoteKind::Order, Some(&chain.source), message);
            return None;
        }
        let relations: Vec<String> = keys.windows(2).map(|pair| format!("{} << {}", pair[0], pair[1])).collect();
        let names: Vec<String> =
            chain.steps.iter().map(|step| bare_step(step).trim_end_matches('.').to_owned()).collect();
        Some(CriterionSource {
            id: "order".to_owned(),
            label: format!("The order: {}", names.join(", ")),
            points: Some(2),
            all: relations.into_iter().take(4).collect(),
            sources: vec![chain.source.clone()],
            ..CriterionSource::default()
        })
    }

    /// Words by which a step is known among the others: its rarest own word, else its whole name.
    fn step_key(&self, steps: &[String], idx: usize) -> Option<String> {
        let own = content_words(&bare_step(&steps[idx]));
        let elsewhere = |stem: &String| {
            steps.iter().enumerate().any(|(other, step)| other != idx && content_stems(&bare_step(step)).contains(stem))
        };
        let known = BTreeSet::new();
        let rarest = own
            .iter()
            .filter(|word| !content_stems(word).iter().any(|stem| self.prompt_stems.contains(stem) || elsewhere(stem)))
            .max_by_key(|word| (self.rarity.of_text(word, &known), word.len()));
        match rarest {
            Some(word) => Some(word.replace('_', " ")),
            None if (1..=3).contains(&own.len()) => {
                let fresh =
                    own.iter().any(|word| !content_stems(word).iter().all(|stem| self.prompt_stems.contains(stem)));
                fresh.then(|| own.join(" ").replace('_', " "))
            }
            None => None,
        }
    }
}

/// A step without brackets and directions: "FIN (finish) from client → server" is "FIN".
fn bare_step(step: &str) -> String {
    let cut = [" (", " from ", " to ", ":"].iter().filter_map(|mark| step.find(mark)).min();
    step[..cut.unwrap_or(step.len())].trim().to_owned()
}

/// What the learner reads: the author's name for the point and its first sentence, not too long.
fn label(point: &Point) -> Option<String> {
    let said = point.statements.first().or(point.phrases.first()).map(|text| text.trim_end_matches('.').to_owned());
    let text = match (&point.label, said) {
        (Some(label), Some(said))
            if !said.to_lowercase().starts_with(&label.to_lowercase()) && words(label).len() <= 5 =>
        {
            format!("{label}: {}", lower_first(&said))
        }
        (Some(label), None) => label.clone(),
        (_, Some(said)) => said,
        (None, None) => point.instances.join(", "),
    };
    (!text.is_empty()).then(|| shortened(&text, 90))
}

/// The text cut after at most `n_chars` characters: where a clause begins in the second half, else at a word.
fn shortened(text: &str, n_chars: usize) -> String {
    if text.chars().count() <= n_chars {
        return text.to_owned();
    }
    let cut: String = text.chars().take(n_chars).collect();
    let spaces = || cut.match_indices(' ').map(|(at, _)| at);
    let is_late = |at: &usize| *at >= cut.len() / 2;
    let begins_clause = |at: &usize| cut[..*at].ends_with(';') || List::ClauseStart.after(&cut[at + 1..]).is_some();
    let end = spaces().rev().find(|at| is_late(at) && begins_clause(at)).or(cut.rfind(' ')).unwrap_or(cut.len());
    let mut kept = cut[..end].trim_end_matches([',', ';', ':', '(', ' ']);
    while let Some((before, last)) = kept.rsplit_once(' ')
        && is_function_word(&last.to_lowercase())
    {
        kept = before.trim_end_matches([',', ';', ':', ' ']);
    }
    // One character: feedback takes full stops off the end of a label.
    format!("{kept} …")
}
