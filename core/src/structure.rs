//! Structure of an answer: sentences, clauses, polarity, subjects, and how much of a statement each sentence is.
//!
//! Everything here is linear in the number of tokens: what looks back or about has a limit.

mod claim;
mod clause;
mod cue;
mod dressed;
mod polarity;
mod sentence;
mod subject;
mod table;
mod trace;

pub(crate) use cue::CueHit;
pub(crate) use polarity::{CHOICE_BIT, Polarity};

use crate::evidence::Postings;
use crate::language::{Class, LexId, Tag};
use crate::rubric::{Rubric, SubjectSet};
use crate::text::{self, Piece, PieceKind};
use crate::vocabulary::{Memo, Resolved, WordId};
use std::ops::Range;

/// A word or mark of the answer, resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) class: Class,
    pub(crate) word: WordId,
    /// Place in the original answer.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) lex: LexId,
    pub(crate) sign: i8,
    pub(crate) tag: Tag,
    /// Part of a compound.
    pub(crate) joined: bool,
}

impl Token {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.any(class)
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.is(Class::MARK)
    }

    /// A finite verb, and no word that is a noun as often.
    pub(crate) fn is_verb(&self) -> bool {
        self.is(Class::FINITE) && !self.is(Class::NOUN_LIKE)
    }

    /// A word with meaning of its own.
    pub(crate) fn is_content(&self) -> bool {
        !self.is(Class::MARK.with(Class::FUNCTION))
    }
}

/// A stretch of tokens with one polarity context and one subject.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clause {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) sentence: u32,
    /// What the clause is about; empty where nothing is known.
    pub(crate) subject: SubjectSet,
    /// Another noun is the subject, and what the clause is about is only carried on from the sentence before.
    pub(crate) carried: bool,
    /// The answer takes it back ("…, no wait, …") or leaves it open ("the question is whether …").
    pub(crate) unclaimed: bool,
}

impl Clause {
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sentence {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How much of a statement the sentence is, in thousandths; evidence in it counts by this.
    pub(crate) weight: u32,
    pub(crate) form: SentenceForm,
    /// Order evidence a pair, in hundredths of a nat; for the trace.
    pub(crate) order: i32,
}

impl Sentence {
    pub(crate) fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Why a sentence has the weight it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SentenceForm {
    #[default]
    Statement,
    /// A note without a verb, such as a labelled line.
    Fragment,
    /// Bare key words.
    KeywordList,
    /// Words without order.
    Shuffled,
    Question,
    /// Talks to the marker, or about the answer.
    Meta,
}

/// A name of a subject in the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) subject: u8,
}

/// The second reading of a token: for these subjects it holds with this sign ("A is faster than B").
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mirror {
    pub(crate) subject: SubjectSet,
    pub(crate) sign: i8,
    /// Said so clearly that it may be held against the answer; "unlike B" leaves open what of it B lacks.
    pub(crate) is_sure: bool,
}

impl Mirror {
    const NONE: Mirror = Mirror { subject: 0, sign: 1, is_sure: false };

    fn sure(subject: SubjectSet, sign: i8) -> Mirror {
        Mirror { subject, sign, is_sure: true }
    }

    fn turned(subject: SubjectSet) -> Mirror {
        Mirror { subject, sign: -1, is_sure: false }
    }
}

/// The analysed answer. Kept between answers for its memory only.
#[derive(Default)]
pub(crate) struct Structure {
    pieces: Vec<Piece>,
    pub(crate) tokens: Vec<Token>,
    pub(crate) cues: Vec<CueHit>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) clauses: Vec<Clause>,
    /// Clause of each token.
    pub(crate) clause_of: Vec<u32>,
    pub(crate) polarity: Vec<Polarity>,
    /// Second reading of each token.
    pub(crate) mirror: Vec<Mirror>,
    pub(crate) mentions: Vec<Mention>,
    /// Index into `mentions` plus one, for each token inside a mention.
    pub(crate) mention_of: Vec<u32>,
    /// Mentions of instances, kept apart: they are subjects in some places only.
    pub(crate) instances: Vec<Mention>,
    /// The answer is written in another language than the rubric.
    pub(crate) foreign: bool,
}

impl Structure {
    /// Analyses an answer and finds every phrase of the rubric in it.
    pub(crate) fn analyse(&mut self, rubric: &Rubric, answer: &str, memo: &mut Memo, postings: &mut Postings) {
        text::split(answer, &mut self.pieces);
        self.resolve(rubric, answer, memo);
        self.arrange_tables(rubric, memo);
        postings.find(rubric, memo, self);
        self.find_cues();
        self.split_sentences();
        self.split_clauses();
        self.mark_corrections();
        self.mark_open();
        self.mark_polarity();
        self.attribute_subjects(rubric, None);
        self.weigh_sentences(rubric.source.kind.unwrap_or_default(), memo);
    }

    fn resolve(&mut self, rubric: &Rubric, answer: &str, memo: &mut Memo) {
        self.tokens.clear();
        let pieces = std::mem::take(&mut self.pieces);
        for piece in &pieces {
            match piece.kind {
                PieceKind::Mark(mark) => self.push(Memo::mark(mark), piece, memo),
                PieceKind::Word => {
                    match memo.resolve(&answer[piece.start as usize..piece.end as usize], &rubric.vocabulary) {
                        Resolved::Nothing => {}
                        Resolved::One(word) => self.push(word, piece, memo),
                        Resolved::Two(first, second) => {
                            self.push(first, piece, memo);
                            self.push(second, piece, memo);
                        }
                    }
                }
            }
        }
        self.pieces = pieces;
    }

    fn push(&mut self, word: WordId, piece: &Piece, memo: &Memo) {
        self.tokens.push(token(word, piece.start, piece.end, piece.joined, memo));
    }

    pub(crate) fn sentence_of(&self, token: u32) -> u32 {
        self.clause_at(token as usize).sentence
    }

    /// The clause that a token stands in.
    pub(crate) fn clause_at(&self, token: usize) -> Clause {
        self.clauses[self.clause_of[token] as usize]
    }

    /// The sentence that a token stands in.
    pub(crate) fn sentence_at(&self, token: usize) -> Sentence {
        self.sentences[self.clause_at(token).sentence as usize]
    }

    /// The first word of a clause that is more than "and", "because", "then".
    fn opening(&self, mut clause: Range<usize>) -> Option<usize> {
        clause.find(|&t| !self.tokens[t].is(Class::MARK.with(Class::CLAUSE_LEAD)))
    }

    /// Whether a sentence closes with a question mark.
    pub(crate) fn ends_in_question(&self, sentence: &Sentence) -> bool {
        self.tokens[sentence.end as usize - 1].is(Class::QUESTION)
    }

    /// The mention that begins at a token.
    fn mention_at(&self, token: usize) -> Option<Mention> {
        let idx = *self.mention_of.get(token)?;
        let mention = *self.mentions.get((idx as usize).checked_sub(1)?)?;
        (mention.start as usize == token).then_some(mention)
    }

    /// The instance that begins at a token.
    fn instance_at(&self, token: usize) -> Option<Mention> {
        let idx = self.instances.partition_point(|instance| (instance.start as usize) < token);
        self.instances.get(idx).copied().filter(|instance| instance.start as usize == token)
    }

    /// Whether a token may carry a clause: an auxiliary or a common verb in a finite form, and no subject's name.
    fn is_finite_verb(&self, token: usize) -> bool {
        self.tokens[token].is(Class::FINITE) && self.mention_of[token] == 0
    }

    /// Whether something is said in a range of tokens: there is a finite verb.
    fn says(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|t| self.is_finite_verb(t))
    }

    /// Whether a token surely carries a clause: no noun as often, and no subject's name.
    fn is_sure_verb(&self, token: usize) -> bool {
        self.tokens[token].is_verb() && self.mention_of[token] == 0
    }
}

fn token(word: WordId, start: u32, end: u32, joined: bool, memo: &Memo) -> Token {
    let info = memo.info(word);
    Token { class: info.class, word, start, end, lex: info.lex, sign: info.sign, tag: info.tag, joined }
}
