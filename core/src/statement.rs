//! Reference statements: sentences in plain words, matched softly.
//!
//! Each statement becomes a list of content words with weights and polarity. A sentence of the answer covers a word by its
//! stem, by a word of its family or by another name of the same concept; the wrong polarity counts against it. The best
//! window of one or two sentences decides.

mod roles;
mod turned;

use crate::evidence::Postings;
use crate::judge::{Case, FULL, Found, Verdict};
use crate::language::{Class, CueKind, LANGUAGE};
use crate::rubric::{Claim, Rubric, StatementItem, SubjectSet};
use crate::sort::sort_unique;
use crate::structure::{Sentence, SentenceForm, Structure, Token};
use crate::text::{self, PieceKind};
use crate::vocabulary::{CoreId, Memo, canonical_number_word, fold};
use crate::wire::Matcher;
pub(crate) use roles::Place;
use roles::{Role, exchanged, only_places, roles};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;
use turned::Turned;

/// A compiled statement.
pub(crate) struct Statement {
    text: Arc<str>,
    /// Subjects of the criterion it belongs to.
    about: SubjectSet,
    /// Place of the first item among those of all statements.
    first_item: usize,
    items: Vec<Item>,
    /// Sum of the weights that a full statement has to reach.
    total: u32,
    /// Who does what.
    roles: Vec<Role>,
}

/// A content word of a statement.
#[derive(Clone, Copy, Debug)]
struct Item {
    /// 10 for a telling word, 8 for a general one, 5 for one of many criteria, 3 for one that is also said of another
    /// subject, 2 for a word of the prompt, 0 for a name of a subject.
    weight: u32,
    /// Part of an example ("for example A or B"): saying it helps by half its weight, and nobody has to.
    optional: bool,
    /// -1 where the statement denies the word.
    sign: i8,
    /// In thousandths.
    number: Option<i64>,
    /// Clause of the statement that it stands in.
    clause: u32,
    core: CoreId,
}

impl Item {
    /// "1989", not "1,989.5"; years are told from other numbers by their size.
    fn is_year(number: i64) -> bool {
        number % 1000 == 0 && (1000..2200).contains(&(number / 1000))
    }
}

/// Likeness of two names of one concept, in thousandths.
const ALIAS: i32 = 900;
/// A word with the wrong polarity counts against the statement by this share of its likeness.
const WRONG_POLARITY: i32 = 450;
/// What is left of a statement where the answer gives another number, in thousandths. Policy.
const OTHER_NUMBER: i32 = 500;
/// Tokens between a number and the word that it stands by.
const BESIDE_NUMBER: u32 = 3;
/// Share of a statement that one sentence has to say with the opposite polarity to contradict it.
const DENIED: i32 = 600;
/// Coverage at which points begin and are complete, where patterns exist beside the statement, and the most it can earn.
const BESIDE_PATTERNS: (i32, i32, u32) = (300, 600, 800);
/// The same for a statement that is the only evidence.
const ALONE: (i32, i32, u32) = (0, 800, FULL);
/// Least weight of a list where a statement is the only evidence, in thousandths.
const LIST_ALONE: u32 = 200;
/// Fewer criteria with statements do not show which words are frequent.
const FEWEST_CRITERIA: usize = 4;
/// Beside patterns a statement is covered by several words, never by one; so is a contradiction.
const FEWEST_TOKENS: usize = 2;
/// Likenesses kept of one answer, so that its memory is bounded: thousands of sentences for any rubric.
const MOST_LIKENESSES: usize = 1 << 21;
/// Windows of one, two and three sentences; wider ones count a little less.
const WINDOWS: [i32; 3] = [1000, 900, 850];

/// Content words of a text, folded, in order of first occurrence, each stem once.
pub(crate) fn content_words(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    text::split(text, &mut pieces);
    let mut words: Vec<String> = Vec::new();
    let mut stems: Vec<String> = Vec::new();
    let mut word = String::new();
    for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Word) {
        fold(&text[piece.start as usize..piece.end as usize], &mut word);
        // "1'000" keeps its sign.
        let number = canonical_number_word(&word).filter(|_| word != "one");
        let bare = number.as_deref().unwrap_or_else(|| word.split('\'').next().unwrap_or_default());
        let class = LANGUAGE.entry(bare).class;
        let contracted = LANGUAGE.expand(&word).is_some();
        if bare.is_empty() || contracted || class.any(Class::FUNCTION) || !bare.chars().any(char::is_alphanumeric) {
            continue;
        }
        let stem = LANGUAGE.stemmer.stem(bare);
        if !stems.contains(&stem) {
            stems.push(stem);
            words.push(bare.to_owned());
        }
    }
    words
}

/// Compiles the statements of a rubric: the same structure analysis as for answers tells their polarity.
pub(crate) fn compile<'t>(rubric: &mut Rubric, statements: impl Iterator<Item = (&'t str, &'t [String])>) {
    let mut index = vec![Vec::new(); rubric.vocabulary.n_cores()];
    let mut compiled = Vec::new();
    let mut first_item = 0;
    let (mut memo, mut structure, mut postings) = (Memo::new(), Structure::default(), Postings::default());
    let statements: Vec<_> = statements.collect();
    // The criteria that each word occurs in.
    let mut said_in: BTreeMap<CoreId, BTreeSet<usize>> = BTreeMap::new();
    for (s, (_, words)) in statements.iter().enumerate() {
        let Some(criterion) = criterion_of(rubric, s) else { continue };
        for core in words.iter().filter_map(|word| rubric.vocabulary.known_core(&rubric.vocabulary.analyse(word).0)) {
            said_in.entry(core).or_default().insert(criterion);
        }
    }
    let n_criteria = said_in.values().flatten().collect::<BTreeSet<_>>().len();
    for (s, (text, words)) in statements.into_iter().enumerate() {
        let about = criterion_of(rubric, s).map_or(0, |criterion| rubric.criteria[criterion].claim.about);
        // Of another subject too, or in many criteria: it tells little about one of them.
        let shared = |core: &CoreId| {
            let criteria = said_in.get(core);
            let mut others = criteria.into_iter().flatten().map(|criterion| rubric.criteria[*criterion].claim.about);
            about != 0 && others.any(|other| other != 0 && other & about == 0)
        };
        let frequent = |core: &CoreId| {
            let n = said_in.get(core).map_or(0, BTreeSet::len);
            n_criteria >= FEWEST_CRITERIA && n * 3 > n_criteria
        };
        structure.analyse(rubric, text, &mut memo, &mut postings);
        let mut items: Vec<Item> = Vec::new();
        for (i, word) in words.iter().enumerate() {
            let (stem, sign) = rubric.vocabulary.analyse(word);
            let core = rubric.vocabulary.known_core(&stem).expect("the vocabulary was built with every statement");
            let at = structure.tokens.iter().position(|token| memo.info(token.word).core == Some(core));
            let denied = at.is_some_and(|t| is_denied(&structure, t));
            let named = at.is_some_and(|t| structure.mention_of[t] != 0);
            let entry = LANGUAGE.entry(word);
            const VERB: Class = Class::VERB_BASE.with(Class::VERB_S).with(Class::VERB_PAST).with(Class::VERB_ING);
            let general = entry.class.any(Class::GENERAL) || entry.class.any(VERB) && !entry.class.any(Class::TELLING);
            let weight = match () {
                () if named => 0,
                () if rubric.prompt[core.0 as usize] => 2,
                () if shared(&core) => 3,
                () if frequent(&core) => 5,
                () if general => 8,
                () => 10,
            };
            let optional = at.is_some_and(|t| in_example(&structure, t as u32));
            let number = at.and_then(|t| memo.info(structure.tokens[t].word).number);
            let clause = at.map_or(0, |t| structure.clause_of[t]);
            items.push(Item { weight, optional, sign: if denied { -sign } else { sign }, number, clause, core });
            index[core.0 as usize].push(StatementItem { statement: s as u32, item: i as u32, sign: 1 });
        }
        // A statement that is an example as a whole.
        if items.iter().filter(|item| !item.optional && item.weight > 0).count() < 2 {
            items.iter_mut().for_each(|item| item.optional = false);
        }
        // A statement made of prompt words and names only: they are all it has.
        if items.iter().filter(|item| item.weight > 0).count() < 2 {
            items.iter_mut().for_each(|item| item.weight = item.weight.max(5));
        }
        items.iter_mut().filter(|item| item.optional).for_each(|item| item.weight /= 2);
        let word = |t: usize| {
            let core = memo.info(structure.tokens[t].word).core;
            core.filter(|core| items.iter().any(|item| item.core == *core))
        };
        let roles = roles(&structure, word);
        let total = items.iter().filter(|item| !item.optional).map(|item| item.weight).sum();
        compiled.push(Statement { text: text.into(), about, first_item, items, total, roles });
        first_item += words.len();
    }
    rubric.statement_places = only_places(compiled.iter().flat_map(|statement| &statement.roles));
    rubric.statements = compiled;
    rubric.statement_items = index;
}

/// The criterion that a statement belongs to; none for one of a misconception.
fn criterion_of(rubric: &Rubric, statement: usize) -> Option<usize> {
    rubric.criteria.iter().position(|criterion| criterion.claim.statements.contains(&statement))
}

/// Whether a token belongs to an example, which ends with its sentence or bracket.
fn in_example(structure: &Structure, token: u32) -> bool {
    let sentence = structure.sentence_at(token as usize);
    let cues = structure.cues_in(sentence.start, token).iter();
    let mut examples = cues.filter(|hit| hit.kind == CueKind::Example && hit.end <= token);
    examples
        .any(|hit| !structure.tokens[hit.end as usize..token as usize].iter().any(|between| between.is(Class::CLOSE)))
}

fn is_denied(structure: &Structure, token: usize) -> bool {
    let polarity = &structure.polarity[token];
    let bits = if polarity.forward & !polarity.own != 0 {
        polarity.forward & !polarity.own
    } else {
        polarity.back & !polarity.own
    };
    bits.count_ones() % 2 == 1
}

/// What the sentences of an answer cover of all statements of a rubric: one pass over the tokens.
#[derive(Default)]
pub(crate) struct Coverage {
    /// Likeness with sign and its token, by item; the items of all statements one after the other. Only sentences that cover
    /// something have a row.
    likeness: Vec<(i32, u32)>,
    /// By sentence, its row, counted from 1; 0 for none.
    rows: Vec<u32>,
    n_items: usize,
    /// Sentences that cover anything of a statement, by statement.
    touched: Vec<Vec<u32>>,
    /// Who does what in the answer, of the words of all statements.
    roles: Vec<Role>,
    /// Words that stand in each other's places, with the sentences.
    exchanged: Vec<(CoreId, u32)>,
}

impl Coverage {
    /// Finds the best token for each item in each sentence.
    pub(crate) fn find(&mut self, rubric: &Rubric, structure: &Structure, postings: &Postings, memo: &Memo) {
        self.n_items = rubric.statements.last().map_or(0, |last| last.first_item + last.items.len());
        self.likeness.clear();
        self.rows.clear();
        self.rows.resize(structure.sentences.len(), 0);
        self.touched.iter_mut().for_each(Vec::clear);
        self.touched.resize_with(rubric.statements.len(), Vec::new);
        if self.n_items == 0 {
            return;
        }
        let tells = |token: &Token| token.is_content() || token.is(Class::NUMBER);
        for (t, token) in structure.tokens.iter().enumerate().filter(|(_, token)| tells(token)) {
            for relation in &memo.info(token.word).relations {
                for item in &rubric.statement_items[relation.core.0 as usize] {
                    self.add(rubric, structure, *item, t as u32, i32::from(relation.likeness), token.sign);
                }
            }
        }
        let is_asked = |core: &CoreId| !rubric.statement_items[core.0 as usize].is_empty();
        self.roles = roles(structure, |t| {
            let relations = memo.info(structure.tokens[t].word).relations.iter().filter(|one| is_asked(&one.core));
            relations.max_by_key(|relation| relation.likeness).map(|relation| relation.core)
        });
        for (item, t) in &postings.aliases {
            self.add(rubric, structure, *item, *t, ALIAS, 1);
        }
        let touched = rubric.statements.iter().zip(&self.touched).filter(|(_, touched)| !touched.is_empty());
        let touched = touched.map(|(statement, _)| &statement.roles[..]);
        self.exchanged = exchanged(touched, &rubric.statement_places, &self.roles);
    }

    fn add(
        &mut self,
        rubric: &Rubric,
        structure: &Structure,
        item: StatementItem,
        token: u32,
        likeness: i32,
        sign: i8,
    ) {
        let statement = &rubric.statements[item.statement as usize];
        let clause = structure.clause_at(token as usize);
        if clause.unclaimed {
            return;
        }
        let mirrored = structure.mirror[token as usize].subject;
        let about = statement.about;
        if about != 0 && clause.subject != 0 && (clause.subject | mirrored) & about == 0 {
            return;
        }
        let denied = is_denied(structure, token as usize);
        let said = sign * item.sign * if denied { -1 } else { 1 };
        let wanted = statement.items[item.item as usize].sign;
        let value = if said == wanted { likeness } else { -WRONG_POLARITY * likeness / 1000 };
        let row = &mut self.rows[clause.sentence as usize];
        if *row == 0 {
            if self.likeness.len() + self.n_items > MOST_LIKENESSES {
                return;
            }
            self.likeness.resize(self.likeness.len() + self.n_items, (0, 0));
            *row = (self.likeness.len() / self.n_items) as u32;
        }
        let from = (*row as usize - 1) * self.n_items + statement.first_item;
        let best = &mut self.likeness[from + item.item as usize];
        if value.abs() > best.0.abs() || value > best.0 {
            *best = (value, token);
        }
        let touched = &mut self.touched[item.statement as usize];
        if touched.last() != Some(&clause.sentence) {
            touched.push(clause.sentence);
        }
    }

    /// What a sentence covers of the items of a statement; nothing where it covers none of any.
    fn row(&self, statement: &Statement, sentence: usize) -> &[(i32, u32)] {
        let Some(row) = (self.rows[sentence] as usize).checked_sub(1) else { return &[] };
        let from = row * self.n_items + statement.first_item;
        &self.likeness[from..from + statement.items.len()]
    }

    /// Share of a statement's weight that the sentences `first..first + n` cover, in thousandths; without the tokens that
    /// others use, nor the clauses that are turned round.
    fn share(
        &self,
        statement: &Statement,
        first: usize,
        n: usize,
        turned: &Turned,
        is_used: impl Fn(u32) -> bool,
    ) -> i32 {
        let covered = self.best(statement, first, n).map(|(item, (value, token))| {
            let value = match value {
                ..=-1 if turned.twice.contains(&item.clause) => -value * 1000 / WRONG_POLARITY,
                1.. if is_used(token) || turned.once.contains(&item.clause) => 0,
                _ => value,
            };
            value * item.weight as i32
        });
        covered.sum::<i32>() / statement.total.max(1) as i32
    }

    /// Whether a word stands in the place of another in some sentences.
    fn is_exchanged(&self, word: CoreId, sentences: &Range<usize>) -> bool {
        self.exchanged.iter().any(|(other, sentence)| *other == word && sentences.contains(&(*sentence as usize)))
    }

    /// The same for one sentence, without what counts against it.
    fn positive_share(&self, statement: &Statement, sentence: usize) -> i32 {
        let row = self.row(statement, sentence);
        let sum: i32 =
            statement.items.iter().zip(row).map(|(item, (value, _))| value.max(&0) * item.weight as i32).sum();
        sum / statement.total.max(1) as i32
    }

    /// Share of a statement's weight that one sentence says with the opposite polarity, beyond what it agrees with. What
    /// shares a clause with a denied word is what the denial is about, and counts half.
    fn denied_share(&self, statement: &Statement, sentence: usize, structure: &Structure) -> i32 {
        let clause = |token: u32| structure.clause_of[token as usize];
        let denying: Vec<u32> = self.tokens(statement, sentence, 1, -1).into_iter().map(clause).collect();
        let sum: i32 = self
            .best(statement, sentence, 1)
            .map(|(item, (value, token))| {
                let against = match value {
                    ..=-1 => -value * 1000 / WRONG_POLARITY,
                    1.. if denying.contains(&clause(token)) => value / 2,
                    _ => -value,
                };
                against * item.weight as i32
            })
            .sum();
        sum / statement.total.max(1) as i32
    }

    /// The tokens that cover it, in the order of the answer.
    fn tokens(&self, statement: &Statement, first: usize, n: usize, sign: i32) -> Vec<u32> {
        let mut tokens: Vec<u32> = self
            .best(statement, first, n)
            .filter(|(item, (value, _))| value.signum() == sign && item.weight > 0)
            .map(|(_, (_, token))| token)
            .collect();
        sort_unique(&mut tokens);
        tokens
    }

    fn best<'a>(
        &'a self,
        statement: &'a Statement,
        first: usize,
        n: usize,
    ) -> impl Iterator<Item = (&'a Item, (i32, u32))> {
        statement.items.iter().enumerate().map(move |(i, item)| {
            let of_sentence = |sentence| self.row(statement, sentence).get(i).copied();
            let best = (first..first + n).filter_map(of_sentence).max_by_key(|(value, _)| value.abs());
            (item, best.unwrap_or_default())
        })
    }
}

/// Judges the statements of a claim. Beside patterns, only words that no other claim uses say something new.
pub(crate) fn judge(case: Case<'_>, claim: &Claim, excluded: &[u32], is_used: impl Fn(u32) -> bool) -> Verdict {
    let has_patterns = claim.has_patterns();
    let (from, to, most) = if has_patterns { BESIDE_PATTERNS } else { ALONE };
    let is_used = |token: u32| has_patterns && is_used(token);
    let sentences = &case.structure.sentences;
    let mut best = Verdict::default();
    if case.structure.foreign {
        return best;
    }
    for s in claim.statements.clone() {
        let statement = &case.rubric.statements[s];
        for &first in &case.coverage.touched[s] {
            let first = first as usize;
            if !has_patterns
                && (contradict(case, statement, first, &mut best) || turns_round(case, s, first, &mut best))
            {
                continue;
            }
            let mut weight = FULL;
            let mut most_covered = 0;
            for n in 1..=WINDOWS.len().min(sentences.len() - first) {
                let last = first + n - 1;
                weight = weight.min(sentence_weight(&sentences[last], claim, has_patterns));
                if weight == 0 || excluded.binary_search(&(last as u32)).is_ok() {
                    break;
                }
                // What the sentences cover one by one bounds what they cover together.
                let alone = case.coverage.positive_share(statement, last);
                most_covered += alone;
                if n > 1 && alone == 0
                    || most_covered <= from.max(best.claimed as i32 * (to - from) / most as i32 + from)
                {
                    continue;
                }
                let turned = Turned::by(case, s, first..last + 1);
                let mut share = case.coverage.share(statement, first, n, &turned, is_used);
                if gives_other_number(case, statement, first, n) {
                    share = share * OTHER_NUMBER / 1000;
                }
                let covered = share * weight as i32 / 1000 * WINDOWS[n - 1] / 1000;
                let strength = ((covered - from) * most as i32 / (to - from)).clamp(0, most as i32) as u32;
                if strength <= best.claimed {
                    continue;
                }
                let mut tokens = case.coverage.tokens(statement, first, n, 1);
                tokens.retain(|token| !is_used(*token));
                if has_patterns && tokens.len() < FEWEST_TOKENS {
                    continue;
                }
                best.claimed = strength;
                if strength >= FULL / 2 {
                    best.claiming = tokens.iter().map(|t| case.structure.clause_of[*t as usize]).collect();
                }
                best.evidence = vec![found(statement, &tokens, strength)];
            }
        }
    }
    best
}

/// "Spiders have six legs", where the statement says eight: another number beside the same word, or another year.
fn gives_other_number(case: Case<'_>, statement: &Statement, first: usize, n: usize) -> bool {
    if statement.items.iter().all(|item| item.number.is_none()) {
        return false;
    }
    let sentences = &case.structure.sentences[first..first + n];
    let tokens = sentences[0].start..sentences[n - 1].end;
    let number = |t: u32| case.memo.info(case.structure.tokens[t as usize].word).number;
    let is_known = |value: i64| statement.items.iter().any(|item| item.number == Some(value));
    let others = tokens.filter_map(|t| number(t).filter(|value| !is_known(*value)).map(|value| (t, value)));
    let others: Vec<(u32, i64)> = others.collect();
    let covered: Vec<(i32, u32)> = case.coverage.best(statement, first, n).map(|(_, best)| best).collect();
    let is_near = |i: usize, t: u32| {
        covered.get(i).is_some_and(|(value, token)| *value > 0 && token.abs_diff(t) <= BESIDE_NUMBER)
    };
    let is_replaced = |(i, item): (usize, &Item)| {
        let Some(wanted) = item.number.filter(|_| covered[i].0 <= 0) else { return false };
        let replaces = |&(t, value): &(u32, i64)| match (Item::is_year(wanted), Item::is_year(value)) {
            (true, true) => true,
            (false, false) => is_near(i.wrapping_sub(1), t) || is_near(i + 1, t),
            _ => false,
        };
        others.iter().any(replaces)
    };
    statement.items.iter().enumerate().any(is_replaced)
}

/// The statement of a claim that one sentence covers most of.
pub(crate) struct Nearest {
    pub(crate) text: Arc<str>,
    /// Tokens, and the words of the statement that they cover.
    pub(crate) covered: Vec<(u32, String)>,
    /// Words of it that the sentence does not cover.
    pub(crate) missing: Vec<String>,
    /// The sentence says some of it turned round.
    pub(crate) is_turned: bool,
}

/// The statement of a claim that one sentence comes closest to, of those that it covers some words of.
pub(crate) fn nearest(case: Case<'_>, claim: &Claim) -> Option<Nearest> {
    let of_claim = claim.statements.clone().flat_map(|s| case.coverage.touched[s].iter().map(move |first| (s, *first)));
    let share =
        |&(s, sentence): &(usize, u32)| case.coverage.positive_share(&case.rubric.statements[s], sentence as usize);
    let (s, sentence) = of_claim.max_by_key(share)?;
    let statement = &case.rubric.statements[s];
    let is_turned = !Turned::by(case, s, sentence as usize..sentence as usize + 1).once.is_empty();
    let mut nearest =
        Nearest { text: Arc::clone(&statement.text), covered: Vec::new(), missing: Vec::new(), is_turned };
    let best = case.coverage.best(statement, sentence as usize, 1);
    for (word, (item, (value, token))) in content_words(&statement.text).into_iter().zip(best) {
        match value {
            1.. if item.weight > 0 => nearest.covered.push((token, word)),
            _ if item.weight > 0 && !item.optional => nearest.missing.push(word),
            _ => {}
        }
    }
    ((is_turned || !nearest.missing.is_empty()) && nearest.covered.len() >= FEWEST_TOKENS).then_some(nearest)
}

/// Counts a sentence against a statement when it says most of it with the opposite polarity; whether it does.
fn contradict(case: Case<'_>, statement: &Statement, sentence: usize, verdict: &mut Verdict) -> bool {
    let tokens = case.coverage.tokens(statement, sentence, 1, -1);
    if tokens.len() < FEWEST_TOKENS {
        return false;
    }
    let weight = case.structure.sentences[sentence].weight as i32;
    let denied = case.coverage.denied_share(statement, sentence, case.structure) * weight / 1000;
    if denied < DENIED {
        return false;
    }
    let strength = (denied as u32).min(FULL);
    verdict.denied = verdict.denied.max(strength);
    verdict.against.push(found(statement, &tokens, strength));
    true
}

/// Counts a sentence against a statement when it says most of it, but turned round; whether it does.
fn turns_round(case: Case<'_>, s: usize, sentence: usize, verdict: &mut Verdict) -> bool {
    let statement = &case.rubric.statements[s];
    let weight = case.structure.sentences[sentence].weight as i32;
    let said = case.coverage.positive_share(statement, sentence) * weight / 1000;
    if said < DENIED || Turned::by(case, s, sentence..sentence + 1).once.is_empty() {
        return false;
    }
    let strength = (said as u32).min(FULL);
    verdict.denied = verdict.denied.max(strength);
    verdict.against.push(found(statement, &case.coverage.tokens(statement, sentence, 1, 1), strength));
    true
}

fn found(statement: &Statement, tokens: &[u32], strength: u32) -> Found {
    Found {
        ranges: tokens.iter().map(|t| *t..*t + 1).collect(),
        strength,
        matcher: Matcher::Statement,
        term: Arc::clone(&statement.text),
        sure_subject: true,
    }
}

/// How much a sentence counts: where a statement is the only evidence, notes and lists count almost like sentences, since
/// covering a whole statement already takes more than key words.
fn sentence_weight(sentence: &Sentence, claim: &Claim, has_patterns: bool) -> u32 {
    match sentence.form {
        SentenceForm::Fragment => FULL,
        _ if claim.mention && sentence.weight > 0 => FULL,
        SentenceForm::KeywordList if !has_patterns => sentence.weight.max(LIST_ALONE),
        _ => sentence.weight,
    }
}
