//! How much of a statement each sentence is: prose counts fully, bare key words hardly, shuffled words not at all.

use super::dressed::Dress;
use super::{CueHit, Sentence, SentenceForm, Structure, Token};
use crate::language::{Class, CueKind, LANGUAGE, Tag};
use crate::rubric::source::Kind;
use crate::vocabulary::Memo;

/// Weight of a note without a verb, in thousandths. Policy: terse but correct is worth nearly as much as full sentences.
const FRAGMENT: u32 = 850;
/// Weight of a note of a few words.
const SHORT_FRAGMENT: u32 = 700;
/// Most words of such a note.
const FEW_WORDS: usize = 5;
/// Weight of bare key words where the question asks for a definition or comparison.
const BARE: u32 = 120;
/// Weight of bare key words where the question asks for a list, steps or experience.
const BARE_LIST: u32 = 280;
/// Order evidence per pair (hundredths of a nat) below which words count as shuffled, and above which as ordered.
///
/// Set on `tests/answers/open.jsonl`, November 2026: a sentence counts as shuffled in 4 of 734 answers, and in 601 of them
/// once their words are shuffled.
const ORDER_RAMP: (i32, i32) = (-30, -8);
/// A single sentence says less about order than the whole answer: its bounds lie lower.
const SENTENCE_SHIFT: i32 = -15;
/// Few pairs vary more: their bounds lie lower by this, divided by their number.
const UNCERTAIN: i32 = 160;
/// Fewer pairs than this say nothing about order.
const FEWEST_PAIRS: i32 = 8;
/// A line without a full stop is prose only when it is long.
const FEWEST_PAIRS_OF_LINE: i32 = 16;

/// What the weight of a sentence depends on.
#[derive(Default)]
struct Shape {
    n_words: usize,
    n_function: usize,
    /// Prepositions and denials: "no" and "for" tie words together where verbs are left out.
    n_links: usize,
    n_verbs: usize,
    /// "Opens doors, greets guests": verbs without a subject.
    n_deeds: usize,
    /// A pronoun as the subject of a verb.
    has_subject: bool,
    /// The verbs that open a command ("store the key").
    n_commands: usize,
    /// Longest stretch without function word or mark.
    longest_run: usize,
    n_segments: usize,
    labelled: bool,
    n_label_marks: usize,
}

impl Structure {
    pub(super) fn weigh_sentences(&mut self, kind: Kind, memo: &Memo) {
        // Names in code are in no dictionary.
        self.foreign = kind != Kind::Code && self.is_foreign(memo);
        let shapes: Vec<Shape> = self.sentences.iter().map(|s| self.shape(s.start as usize, s.end as usize)).collect();
        let evidence: Vec<(i32, i32)> = self
            .sentences
            .iter()
            .zip(&shapes)
            .map(|(sentence, shape)| self.order_of_sentence(sentence, shape))
            .collect();
        let (sum, n) = evidence.iter().fold((0, 0), |(sum, n), (more, pairs)| (sum + more, n + pairs));
        let whole = ramp((sum, n), 0);
        let is_program = kind == Kind::Code && self.is_program();
        let dresses = self.dresses();
        for (s, (evidence, shape)) in evidence.into_iter().zip(&shapes).enumerate() {
            let (weight, form) = match self.weigh(&self.sentences[s], shape, kind) {
                (_, SentenceForm::Fragment) if is_program => (1000, SentenceForm::Fragment),
                (weight, form) if shape.may_be_dressed(form) => undressed(weight, form, dresses[s], kind),
                weighed => weighed,
            };
            let ordered = weight * ramp(evidence, SENTENCE_SHIFT) / 1000 * whole / 1000;
            let form = if ordered * 2 < weight { SentenceForm::Shuffled } else { form };
            self.sentences[s].weight = if self.foreign { 0 } else { ordered };
            self.sentences[s].form = form;
            self.sentences[s].order = mean(evidence.0, evidence.1.max(1));
        }
    }

    /// Whether most lines begin with a word of code or assign something.
    fn is_program(&self) -> bool {
        const FEWEST_LINES: usize = 3;
        let is_code = |sentence: &&Sentence| {
            let line = &self.tokens[sentence.tokens()];
            line[0].is(Class::CODE) || line.iter().any(|token| token.is(Class::EQUALS))
        };
        let n_lines = self.sentences.iter().filter(is_code).count();
        n_lines >= FEWEST_LINES && n_lines * 2 > self.sentences.len()
    }

    /// Order evidence of a sentence of prose; list items, table lines, code, notes and questions say nothing about order.
    fn order_of_sentence(&self, sentence: &Sentence, shape: &Shape) -> (i32, i32) {
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        // "All in the array; collision -> next slot; low load."
        if shape.n_label_marks > 0 && shape.n_segments >= 4 && shape.n_words <= 3 * shape.n_segments {
            return (0, 0);
        }
        let in_list = start > 0 && self.tokens[start - 1].is(Class::BULLET);
        let ends_line = self.tokens[end - 1].is(Class::NEWLINE);
        // Questions have an order of their own, also in front of the name that answers them.
        let asks = self.ends_in_question(sentence);
        let asked = (start..end - 1).rev().find(|&t| self.tokens[t].is(Class::QUESTION));
        let (sum, n) = self.order_evidence(asked.map_or(start, |mark| mark + 1), end);
        if in_list || asks || ends_line && n < FEWEST_PAIRS_OF_LINE { (0, 0) } else { (sum, n) }
    }

    fn weigh(&self, sentence: &Sentence, shape: &Shape, kind: Kind) -> (u32, SentenceForm) {
        let cues = self.cues_in(sentence.start, sentence.end);
        let n_meta = cues.iter().filter(|hit| hit.kind == CueKind::Meta).count();
        if n_meta >= 2 || cues.iter().any(|hit| hit.kind == CueKind::Announce) {
            return (0, SentenceForm::Meta);
        }
        if self.ends_in_question(sentence) && self.asks(sentence, shape) {
            // "Who will use it? How often?": points to consider, where those are asked for.
            let considers = takes_lists(kind) && sentence.start > 0;
            let note = if shape.n_words <= FEW_WORDS { SHORT_FRAGMENT } else { FRAGMENT };
            let weight = match () {
                () if self.is_answered(sentence) => 1000,
                () if considers || self.is_condition(sentence) => note,
                () => 0,
            };
            return (weight, SentenceForm::Question);
        }
        shape.weigh(kind)
    }

    /// Whether a sentence with a question mark is a question, also one without a question's order ("The pot is hot?"). It is
    /// a statement where a question is only quoted at its end, and where it only asks for assent ("The pot is hot, right?").
    fn asks(&self, sentence: &Sentence, shape: &Shape) -> bool {
        /// Words behind the last comma: "isn't it".
        const LONGEST_TAG: usize = 3;
        const ASKS: Class = Class::WH.with(Class::AUX);
        let tokens = &self.tokens[sentence.tokens()];
        let opens_with =
            |class: Class| tokens.iter().find(|token| !token.is_mark()).is_some_and(|token| token.is(class));
        // "The pot asks: "Am I hot?"", "the pot asks who is hot?"
        let behind_mark = |pair: &[Token]| {
            pair[0].is_mark() && pair[1].is(ASKS) || pair[0].is(Class::ASKING) && pair[1].is(Class::WH)
        };
        let behind_colon = || tokens.windows(2).any(|pair| pair[0].is(Class::COLON) && pair[1].is(Class::WH));
        if opens_with(Class::IMPERATIVE) && behind_colon() {
            return true;
        }
        let quotes = || tokens.windows(2).any(behind_mark);
        let has_tag = || tokens.iter().rev().take(LONGEST_TAG + 2).any(|token| token.is(Class::COMMA));
        !shape.labelled && (opens_with(ASKS) || shape.n_verbs == 0 || !quotes() && !has_tag())
    }

    /// "Is the pot hot? Yes.", "Is it cold? Of course not.": it says so, or denies it.
    pub(crate) fn is_answered(&self, sentence: &Sentence) -> bool {
        let mut words = self.tokens[sentence.tokens()].iter().filter(|t| !t.is_mark());
        let answers = |hit: &CueHit| {
            let closes = self.tokens.get(hit.end as usize).is_none_or(Token::is_mark);
            matches!(hit.kind, CueKind::Assent | CueKind::Refutation) && closes
        };
        words.next().is_some_and(|first| !first.is(Class::WH))
            && self.cues_in(sentence.end, sentence.end + 1).iter().any(answers)
    }

    /// "Nobody there? We knock again.", "Is nobody there? Then we knock again.": says when the next sentence holds.
    fn is_condition(&self, sentence: &Sentence) -> bool {
        let tokens = &self.tokens[sentence.tokens()];
        let Some(first) = tokens.iter().find(|token| !token.is_mark()) else { return false };
        let Some(next) = self.tokens.get(sentence.end as usize) else { return false };
        let states = !self.ends_in_question(&self.sentence_at(sentence.end as usize));
        let answered = !next.is(Class::NEWLINE) && !first.is(Class::WH.with(Class::AUX));
        states && (answered || first.is(Class::AUX) && next.is(Class::THEN))
    }

    fn shape(&self, start: usize, end: usize) -> Shape {
        const LABELS: Class = Class::COLON.with(Class::EQUALS).with(Class::ARROW).with(Class::DASH).with(Class::PIPE);
        let mut shape = Shape::default();
        let (mut run, mut segment, mut in_brackets) = (0, 0, false);
        for i in start..end {
            let token = &self.tokens[i];
            if token.is_mark() {
                // "greets guests (Ann, Bob, Cem)": what is listed in brackets are no segments of the sentence.
                in_brackets = !token.is(Class::CLOSE) && (in_brackets || token.is(Class::OPEN) && shape.n_verbs > 0);
                shape.n_segments += usize::from(segment > 0 && !in_brackets);
                (run, segment) = (0, 0);
                let labels = token.is(LABELS) && !self.cues_before(i as u32).any(|hit| hit.kind == CueKind::Empty);
                if labels {
                    shape.n_label_marks += 1;
                    shape.labelled |= (i.saturating_sub(3).max(start)..i).any(|t| self.mention_of[t] != 0);
                }
                shape.n_label_marks += usize::from(token.is(Class::SEMICOLON));
                continue;
            }
            shape.n_words += 1;
            segment += 1;
            let function = token.is(Class::FUNCTION) && !token.joined;
            shape.n_function += usize::from(function);
            shape.n_links += usize::from(function && token.is(Class::PREP.with(Class::NEG_WORD)));
            run = if function { 0 } else { run + 1 };
            shape.longest_run = shape.longest_run.max(run);
            let verb = self.acts_as_verb(i, start, end);
            shape.n_verbs += usize::from(verb);
            let word_follows = i + 1 < end && !self.tokens[i + 1].is_mark();
            let deed = segment == 1 && word_follows && token.is(Class::VERB_S) && !token.is(Class::NOUN_LIKE);
            shape.n_deeds += usize::from(deed);
            shape.has_subject |= verb && i > start && self.tokens[i - 1].is(Class::SUBJECT_PRON);
            shape.n_commands += usize::from(verb && segment == 1 && token.is(Class::IMPERATIVE));
        }
        shape.n_segments += usize::from(segment > 0);
        shape
    }

    /// Whether a word carries a statement where it stands.
    pub(super) fn acts_as_verb(&self, i: usize, start: usize, end: usize) -> bool {
        let token = &self.tokens[i];
        let before = (i > start).then(|| &self.tokens[i - 1]);
        let after = (i + 1 < end).then(|| &self.tokens[i + 1]);
        let before_is = |class: Class| before.is_some_and(|token| token.is(class));
        let after_is = |class: Class| after.is_some_and(|token| token.is(class));
        let opens = before.is_none_or(|token| token.is_mark());
        let word_follows = after.is_some_and(|token| !token.is_mark());
        if token.is(Class::AUX) {
            return true;
        }
        if token.is(Class::IMPERATIVE)
            && word_follows
            && (opens || before_is(Class::AND.with(Class::OR).with(Class::FIRST)))
        {
            return true;
        }
        let object_follows = after_is(Class::DET.with(Class::PRON));
        if token.is(Class::VERB_PAST) && !token.is(Class::VERB_BASE) {
            return before_is(Class::AUX.with(Class::PRON))
                || !opens && after_is(Class::PREP.with(Class::DET).with(Class::PRON));
        }
        if token.is(Class::VERB_S) {
            return !opens && !before_is(Class::DET.with(Class::PREP));
        }
        if token.is(Class::VERB_BASE) {
            let after_plural = before.is_some_and(|token| {
                token.tag == Tag::PLURAL && !token.is(Class::DET.with(Class::PREP).with(Class::AUX))
            });
            return before_is(Class::PRON.with(Class::ADV).with(Class::TO)) && !before_is(Class::DET)
                || before_is(Class::SEVERAL) && !token.is(Class::NOUN_LIKE)
                || after_plural
                || object_follows && (opens || !before_is(Class::DET));
        }
        if token.is(Class::FUNCTION) {
            return false;
        }
        // Unknown words that stand where a verb stands.
        let after_subject = before_is(Class::SUBJECT_PRON.with(Class::RESTRICTIVE)) && word_follows;
        let third_person = token.tag == Tag::PLURAL && before.is_some_and(Token::is_content) && after_is(Class::DET);
        after_subject || third_person || self.follows_opening_subject(i, start, end)
    }

    /// "The heart | pumps blood", "The army | invaded Poland": an unknown word in the form of a verb, behind a determiner and a
    /// noun at the beginning of a sentence, and in front of what it does something to.
    fn follows_opening_subject(&self, i: usize, start: usize, end: usize) -> bool {
        let [determiner, noun] = &self.tokens[start..i] else { return false };
        const OBJECT: Class = Class::DET.with(Class::PRON);
        let is_noun = noun.is_content() && !noun.joined && noun.tag == Tag::NOUN;
        let inflected = self.tokens[i].tag == Tag::PLURAL && !self.tokens[i].joined || self.tokens[i].tag == Tag::PAST;
        let has_object = i + 1 < end && (self.tokens[i + 1].is_content() || self.tokens[i + 1].is(OBJECT));
        determiner.is(Class::DET) && is_noun && inflected && has_object
    }

    /// Sum of the order evidence over neighbouring words, and the number of pairs that say something.
    fn order_evidence(&self, start: usize, end: usize) -> (i32, i32) {
        let mut left = Tag::BOUNDARY;
        let (mut sum, mut n) = (0, 0);
        // "the more A, the less B" has an order of its own.
        let correlates =
            |t: usize| t + 1 < end && self.tokens[t].is(Class::ARTICLE) && self.tokens[t + 1].is(Class::COMPARATIVE);
        let next = |t: usize| self.tokens.get(t + 1).map_or(Tag::BOUNDARY, |next| next.tag);
        let tags = (start..end).map(|t| match self.tokens[t] {
            _ if correlates(t) || t > start && correlates(t - 1) => Tag::BOUNDARY,
            token if token.joined => Tag::NOUN,
            token => token.tag.before(next(t)),
        });
        for right in tags.chain([Tag::BOUNDARY]) {
            if let Some(evidence) = LANGUAGE.order.evidence(left, right) {
                sum += evidence;
                n += 1;
            }
            left = right;
        }
        (sum, n)
    }

    /// Whether most words are in no English dictionary, or in another script.
    fn is_foreign(&self, memo: &Memo) -> bool {
        const FEWEST: usize = 6;
        let (mut n_words, mut n_unknown, mut n_function) = (0, 0, 0);
        let mut read_to = 0;
        for token in self.tokens.iter().filter(|token| !token.is_mark()) {
            // The cells of a table repeat its heads and labels.
            if token.end <= read_to {
                continue;
            }
            read_to = token.end;
            n_words += 1;
            if token.is(Class::FUNCTION) {
                n_function += 1;
            } else if memo.info(token.word).is_foreign() {
                n_unknown += 1;
            }
        }
        if n_words < FEWEST {
            return false;
        }
        n_unknown * 2 > n_words || n_unknown * 10 > n_words * 3 && n_function * 10 < n_words * 2
    }
}

/// Whether a question of this kind is answered by a list.
fn takes_lists(kind: Kind) -> bool {
    !matches!(kind, Kind::Comparison | Kind::Definition)
}

impl Shape {
    /// Statements, and notes without a label; "Add flour. Add milk." are steps.
    fn may_be_dressed(&self, form: SentenceForm) -> bool {
        let is_note = form == SentenceForm::Fragment && !self.labelled && self.n_label_marks == 0;
        self.n_commands == 0 && (form == SentenceForm::Statement || is_note)
    }

    /// "Tea: leaf, water, kettle, …": one label makes no statements of a long list of names.
    fn is_labelled_list(&self) -> bool {
        const FEWEST: usize = 8;
        self.n_segments >= FEWEST
            && self.n_words <= 2 * self.n_segments
            && self.n_label_marks <= 1
            && self.n_links == 0
            && self.n_verbs + self.n_deeds <= 1
    }

    /// Weight and form of a sentence by its make.
    fn weigh(&self, kind: Kind) -> (u32, SentenceForm) {
        if self.n_words == 0 {
            return (0, SentenceForm::Fragment);
        }
        let bare = bare(kind);
        // Shares are compared as integers: n_function / n_words < 0.15.
        let few_function = self.n_function * 100 < 15 * self.n_words;
        let mean_tenths = self.n_words * 10 / self.n_segments.max(1);
        let fragment = (FRAGMENT, SentenceForm::Fragment);
        let list = (bare, SentenceForm::KeywordList);
        if self.longest_run >= 12 && few_function {
            (0, SentenceForm::KeywordList)
        } else if self.longest_run >= 9 && few_function {
            list
        } else if self.longest_run >= 6
            && few_function
            && self.n_verbs == 1
            && self.n_commands == 1
            && kind != Kind::Code
        {
            // "store energy chemical current …": key words of which the first could be a command.
            list
        } else if self.n_words >= 6 && self.n_function == 0 && self.n_segments == 1 && !self.labelled {
            // "Immutable objects support safe hashing."
            if self.n_words < 10 && self.n_verbs == 1 && self.n_commands == 0 { fragment } else { list }
        } else if self.n_words >= 15 && self.n_function * 100 < 20 * self.n_words && self.n_segments <= 2
            || self.is_labelled_list() && !takes_lists(kind)
        {
            list
        } else if self.n_verbs == 0 {
            if self.labelled || self.n_label_marks > 0 && self.n_segments >= 3 {
                fragment
            } else if self.n_words <= FEW_WORDS {
                (SHORT_FRAGMENT, SentenceForm::Fragment)
            } else if self.n_segments >= 4 && mean_tenths <= 21 {
                list
            } else if self.n_function * 100 >= 12 * self.n_words {
                fragment
            } else if self.n_segments >= 4 && mean_tenths <= 30 {
                ((bare + FRAGMENT) / 2, SentenceForm::KeywordList)
            } else {
                (500, SentenceForm::Fragment)
            }
        } else if self.n_segments >= 5 && mean_tenths <= 32 && few_function || self.n_segments >= 8 && mean_tenths <= 25
        {
            // Verbs among key words make no statements of them; "I count guests, rooms, beds, …" does where a list is
            // asked for.
            let lists = takes_lists(kind) && self.has_subject;
            let n_told = self.n_verbs + self.n_deeds;
            let terse = lists || n_told * 3 >= self.n_segments * 2 || self.n_links * 3 >= self.n_segments;
            if self.labelled || self.n_label_marks > 0 || self.n_verbs >= self.n_segments {
                fragment
            } else if terse {
                ((bare + FRAGMENT) / 2, SentenceForm::KeywordList)
            } else {
                list
            }
        } else {
            (1000, SentenceForm::Statement)
        }
    }
}

/// Weight and form of a sentence of which so much is dress.
fn undressed(weight: u32, form: SentenceForm, dress: Dress, kind: Kind) -> (u32, SentenceForm) {
    match dress {
        Dress::None => (weight, form),
        Dress::Loose => (weight.min(SHORT_FRAGMENT), SentenceForm::Fragment),
        Dress::Tight => (weight.min(bare(kind)), SentenceForm::KeywordList),
    }
}

/// Weight of bare key words.
fn bare(kind: Kind) -> u32 {
    if takes_lists(kind) { BARE_LIST } else { BARE }
}

/// Mean evidence in hundredths of a nat; the table holds quarters of one.
fn mean(sum: i32, n: i32) -> i32 {
    (i64::from(sum) * 25 / i64::from(n)) as i32
}

/// 1000 for ordered words, 0 for shuffled ones; too few pairs count as ordered. Bounds shift by `shift`.
fn ramp((sum, n): (i32, i32), shift: i32) -> u32 {
    if n < FEWEST_PAIRS {
        return 1000;
    }
    let mean = mean(sum, n);
    let shift = shift - UNCERTAIN / n;
    let (low, high) = (ORDER_RAMP.0 + shift, ORDER_RAMP.1 + shift);
    ((mean - low) * 1000 / (high - low)).clamp(0, 1000) as u32
}
