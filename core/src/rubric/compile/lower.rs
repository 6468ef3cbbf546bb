//! Ids for phrases and items: the last step to a compiled rubric.

use super::flatten::{Flat, FlatClaim, FlatItem, FlatMatcher, FlatPart, FlatPattern, FlatPhrase, FlatStatement};
use crate::evidence::Postings;
use crate::hash::FxMap;
use crate::language::{Class, LANGUAGE};
use crate::rubric::compiled::*;
use crate::rubric::pattern::Mode;
use crate::rubric::source::{DEFAULT_BANDS, MisconceptionSource, RubricSource};
use crate::sort::{sort_by_key, sort_unique};
use crate::statement;
use crate::structure::Structure;
use crate::vocabulary::{Memo, Shape, Vocabulary};
use std::collections::BTreeSet;

/// Compiles what has been found sound; `concepts` are the ids of those it uses, `subjects` of those criteria are about.
pub(super) fn lower(
    source: RubricSource,
    hash: String,
    concepts: BTreeSet<String>,
    subjects: Vec<String>,
    flat: Flat,
) -> Rubric {
    let mut lowering = Lowering::new(flat.vocabulary(&source.prompt));
    lowering.feed_subjects(&flat.subjects);
    let criteria = lowering.criteria(&source, &subjects, flat.criteria);
    let misconceptions = lowering.misconceptions(&source, &subjects, flat.misconceptions);
    lowering.feed_aliases(&flat.statements);
    let claims = criteria.iter().map(|criterion| &criterion.claim);
    let claims = claims.chain(misconceptions.iter().map(|wrong| &wrong.claim));
    let mut rubric = Rubric {
        hash,
        concepts,
        n_items: lowering.items.len(),
        starts: vec![Vec::new(); lowering.vocabulary.n_units()],
        number_starts: Vec::new(),
        phrases: lowering.phrases,
        sides: sides(subjects.len(), claims.map(|claim| claim.about)),
        subjects,
        criteria,
        misconceptions,
        statements: Vec::new(),
        statement_items: Vec::new(),
        statement_places: Vec::new(),
        asked: Vec::new(),
        prompt: prompt_cores(&source.prompt, &lowering.vocabulary),
        vocabulary: lowering.vocabulary,
        groups: groups(&source),
        bands: bands(&source),
        source,
    };
    rubric.index_phrases();
    rubric.asked = asked(&rubric);
    let texts = flat.statements.iter().map(|statement| (statement.text.as_str(), statement.words.as_slice()));
    statement::compile(&mut rubric, texts);
    rubric
}

impl Rubric {
    fn index_phrases(&mut self) {
        for (i, phrase) in self.phrases.iter().enumerate() {
            match phrase.elements[0] {
                PhraseElement::Word(element) => self.starts[element.unit.0 as usize].push(i as u32),
                PhraseElement::Number(_) => self.number_starts.push(i as u32),
                PhraseElement::AnyWord => {}
            }
        }
    }
}

/// Whether words make a term of their own, such as "out of order"; "I baked" and "takes over" are ways of speaking.
fn is_term(parts: &[FlatPart]) -> bool {
    let is = |part: &FlatPart, class: Class| match part {
        FlatPart::Word(Shape::Exact(word), _) => LANGUAGE.entry(word).class.any(class),
        _ => false,
    };
    let ends_in_particle = parts.last().is_some_and(|part| is(part, Class::FUNCTION));
    parts.len() > 1
        && !ends_in_particle
        && !parts.iter().any(|part| is(part, Class::PRON.with(Class::AUX).with(Class::DET)))
}

fn subject_set(subjects: &[String], ids: &[String]) -> SubjectSet {
    ids.iter().filter_map(|id| subjects.iter().position(|known| known == id)).fold(0, |set, i| set | 1 << i)
}

/// The two sides that subjects form: of two, each is one; of more, those that some claim takes together.
fn sides(n_subjects: usize, claims: impl Iterator<Item = SubjectSet>) -> Option<[SubjectSet; 2]> {
    let mut sides: Vec<SubjectSet> = (0..n_subjects).map(|subject| 1 << subject).collect();
    if n_subjects > 2 {
        for about in claims {
            let (together, apart): (Vec<SubjectSet>, _) = sides.into_iter().partition(|side| side & about != 0);
            sides = apart;
            sides.extend(together.into_iter().reduce(|all, side| all | side));
        }
    }
    sides.try_into().ok()
}

/// The subjects that the prompt names, in its order.
fn asked(rubric: &Rubric) -> Vec<u8> {
    let mut structure = Structure::default();
    structure.analyse(rubric, &rubric.source.prompt, &mut Memo::new(), &mut Postings::default());
    let mut named = Vec::new();
    for mention in &structure.mentions {
        if !named.contains(&mention.subject) {
            named.push(mention.subject);
        }
    }
    named
}

/// Content words of the prompt, by core.
fn prompt_cores(prompt: &str, vocabulary: &Vocabulary) -> Vec<bool> {
    let mut cores = vec![false; vocabulary.n_cores()];
    for word in statement::content_words(prompt) {
        if let Some(core) = vocabulary.known_core(&vocabulary.analyse(&word).0) {
            cores[core.0 as usize] = true;
        }
    }
    cores
}

fn groups(source: &RubricSource) -> Vec<Group> {
    let idx = |id: &String| source.criteria.iter().position(|criterion| criterion.id == *id);
    source
        .groups
        .iter()
        .map(|group| Group {
            criteria: group.criteria.iter().filter_map(idx).collect(),
            best: group.best,
            cap: group.cap,
        })
        .collect()
}

/// Bands from best to worst, with thousandths of the score.
fn bands(source: &RubricSource) -> Vec<(String, u32)> {
    let mut bands: Vec<(String, u32)> = if source.bands.is_empty() {
        DEFAULT_BANDS.iter().map(|(id, from)| ((*id).to_owned(), from * 10)).collect()
    } else {
        source.bands.iter().map(|band| (band.id.clone(), band.from * 10)).collect()
    };
    sort_by_key(&mut bands, |(_, from)| std::cmp::Reverse(*from));
    bands
}

/// Gives phrases and items their ids; the same words are the same phrase, the same phrases the same item.
struct Lowering {
    vocabulary: Vocabulary,
    /// Parts resolved so far: rubrics repeat their words a hundred times.
    elements: FxMap<FlatPart, PhraseElement>,
    phrases: Vec<Phrase>,
    phrase_ids: FxMap<Vec<PhraseElement>, usize>,
    /// By whether they are exclusions, and by phrases with signs.
    items: FxMap<(bool, Vec<(usize, i8)>), u32>,
}

impl Lowering {
    fn new(vocabulary: Vocabulary) -> Self {
        Self {
            vocabulary,
            elements: FxMap::default(),
            phrases: Vec::new(),
            phrase_ids: FxMap::default(),
            items: FxMap::default(),
        }
    }

    fn element(&mut self, part: &FlatPart) -> PhraseElement {
        if let Some(element) = self.elements.get(part) {
            return *element;
        }
        let element = match part {
            FlatPart::Word(shape, tolerance) => PhraseElement::Word(self.vocabulary.element(shape, *tolerance)),
            FlatPart::AnyWord => PhraseElement::AnyWord,
            FlatPart::Number(range) => PhraseElement::Number(*range),
        };
        self.elements.insert(part.clone(), element);
        element
    }

    fn phrase(&mut self, flat: &FlatPhrase) -> usize {
        let elements: Vec<PhraseElement> = flat.parts.iter().map(|part| self.element(part)).collect();
        let id = *self.phrase_ids.entry(elements.clone()).or_insert_with(|| {
            self.phrases.push(Phrase { elements, feeds: Vec::new(), shadows: false });
            self.phrases.len() - 1
        });
        self.phrases[id].shadows |= flat.concept && is_term(&flat.parts);
        id
    }

    fn feed(&mut self, flat: &FlatPhrase, feed: Feed) {
        let id = self.phrase(flat);
        if !self.phrases[id].feeds.contains(&feed) {
            self.phrases[id].feeds.push(feed);
        }
    }

    fn item(&mut self, flat: &[FlatPhrase], excludes: bool) -> u32 {
        let mut key: Vec<(usize, i8)> = flat.iter().map(|phrase| (self.phrase(phrase), phrase.sign)).collect();
        sort_unique(&mut key);
        let key = (excludes, key);
        if let Some(item) = self.items.get(&key) {
            return *item;
        }
        let item = self.items.len() as u32;
        for (phrase, sign) in &key.1 {
            self.phrases[*phrase].feeds.push(Feed::Item { item, sign: *sign, excludes });
        }
        self.items.insert(key, item);
        item
    }

    fn feed_subjects(&mut self, subjects: &[(Vec<FlatPhrase>, Vec<FlatPhrase>)]) {
        for (i, (names, instances)) in subjects.iter().enumerate() {
            names.iter().for_each(|phrase| self.feed(phrase, Feed::Subject(i as u8)));
            instances.iter().for_each(|phrase| self.feed(phrase, Feed::Instance(i as u8)));
        }
    }

    fn feed_aliases(&mut self, statements: &[FlatStatement]) {
        for (s, statement) in statements.iter().enumerate() {
            for (i, aliases) in statement.aliases.iter().enumerate() {
                for phrase in aliases {
                    let item = StatementItem { statement: s as u32, item: i as u32, sign: phrase.sign };
                    self.feed(phrase, Feed::Alias(item));
                }
            }
        }
    }

    fn criteria(&mut self, source: &RubricSource, subjects: &[String], flat: Vec<FlatClaim>) -> Vec<Criterion> {
        let mut criteria = Vec::new();
        let mut next_statement = 0;
        for (criterion, flat) in source.criteria.iter().zip(flat) {
            let statements = next_statement..next_statement + criterion.statements.len();
            next_statement = statements.end;
            let mention = criterion.mention.or(source.mention).unwrap_or(false);
            let any = self.patterns(flat.any);
            let claim = Claim {
                about: subject_set(subjects, &criterion.about),
                asks_more: !mention && any.iter().any(CompiledPattern::is_joint),
                is_wrong: false,
                any,
                all: self.patterns(flat.all),
                at_least: criterion.at_least.as_ref().map(|at_least| (at_least.n.max(1), self.patterns(flat.of))),
                none: self.patterns(flat.none),
                statements,
                mention,
            };
            let size = criterion.size.as_ref().map(|size| size.words[0]..size.words[1].saturating_add(1));
            criteria.push(Criterion { points: criterion.points(), claim, size });
        }
        criteria
    }

    fn misconceptions(
        &mut self,
        source: &RubricSource,
        subjects: &[String],
        flat: Vec<FlatClaim>,
    ) -> Vec<Misconception> {
        let misconception = |(wrong, flat): (&MisconceptionSource, FlatClaim)| {
            let any = self.patterns(flat.any);
            let about = subject_set(subjects, &wrong.about);
            let claim = Claim { about, any, is_wrong: true, ..Claim::default() };
            Misconception { penalty: wrong.penalty.unwrap_or(1), claim }
        };
        source.misconceptions.iter().zip(flat).map(misconception).collect()
    }

    fn patterns(&mut self, flat: Vec<FlatPattern>) -> Vec<CompiledPattern> {
        flat.into_iter()
            .map(|pattern| {
                let matcher = match pattern.matcher {
                    FlatMatcher::Regex(regex) => PatternMatcher::Regex(regex),
                    FlatMatcher::Before(first, second) => {
                        PatternMatcher::Before { first: self.item(&first, false), second: self.item(&second, false) }
                    }
                    FlatMatcher::All(items) => {
                        let (mut present, mut absent) = (Vec::new(), Vec::new());
                        for FlatItem { mode, follows, phrases, place } in items {
                            let item = self.item(&phrases, mode == Mode::Absent);
                            match mode {
                                Mode::Absent => absent.push(item),
                                _ => present.push(ItemUse { item, mode, follows, place }),
                            }
                        }
                        PatternMatcher::All { present, absent }
                    }
                };
                CompiledPattern { text: pattern.text.into(), matcher }
            })
            .collect()
    }
}
