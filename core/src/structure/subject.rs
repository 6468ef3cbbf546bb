//! What each clause is about, out of the rubric's subjects.
//!
//! Names before the verb first; then pronouns, "the former", labels and lists by carrying the last subject on. Names
//! behind "than", "unlike", "compared to" are no subjects; they get the mirrored reading instead.

mod mirror;
mod pointing;

use super::{Clause, CueHit, Mention, Mirror, Structure, Token};
use crate::language::{Class, CueKind};
use crate::rubric::{Rubric, SubjectSet};

/// So many names are a list: what follows may be about any of them.
const LIST: usize = 3;

/// What is known from the clauses before.
struct Context<'a> {
    /// Subject of the clause before.
    last: SubjectSet,
    /// Subjects in the order of their last mention, latest last.
    recent: Vec<u8>,
    /// The first two that the last sentence with several of them named, in its order.
    pair: Option<[u8; 2]>,
    /// Subject of the line above a list, for its items.
    label: SubjectSet,
    /// Clauses up to here have got their names.
    named_until: usize,
    /// The two sides of the rubric.
    compared: Option<[SubjectSet; 2]>,
    /// Subjects of the prompt, in its order, for an answer that begins with "the first".
    asked: &'a [u8],
    /// What "one" and "the other" mean, where the answer leaves it open.
    sides: Option<[u8; 2]>,
    /// Two names of this sentence, and where begins what is said of the second one.
    respective: Option<([Mention; 2], usize)>,
}

impl Context<'_> {
    /// The side that the clause before is not about.
    fn other_side(&self) -> Option<SubjectSet> {
        let [one, other] = self.compared?;
        match (self.last & one != 0, self.last & other != 0) {
            (true, false) => Some(other),
            (false, true) => Some(one),
            _ => None,
        }
    }
}

/// Whether two subjects are one, or belong to one side.
fn are_same(compared: Option<[SubjectSet; 2]>, subject: u8, known: u8) -> bool {
    let both = 1 << subject | 1 << known;
    subject == known || compared.is_some_and(|sides| sides.iter().any(|side| side & both == both))
}

/// The names that begin in a range of tokens; they are in the order of the answer.
fn names_in(names: &[Mention], start: u32, end: u32) -> impl Iterator<Item = Mention> + '_ {
    let from = names.partition_point(|name| name.start < start);
    names[from..].iter().copied().take_while(move |name| name.start < end)
}

impl Structure {
    /// Finds what each clause is about; `sides` says what "one" and "the other" mean in an answer with
    /// [`unnamed_sides`](Self::unnamed_sides).
    pub(crate) fn attribute_subjects(&mut self, rubric: &Rubric, sides: Option<[u8; 2]>) {
        self.mirror.clear();
        self.mirror.resize(self.tokens.len(), Mirror::NONE);
        if rubric.subjects.is_empty() {
            return;
        }
        let opens = self.clauses.first().is_some_and(|opening| self.points_back(*opening, CueKind::Former));
        let asked = if opens { &rubric.asked[..] } else { &[] };
        let mut context = Context {
            last: 0,
            recent: Vec::new(),
            pair: None,
            label: 0,
            named_until: 0,
            compared: rubric.sides,
            asked,
            sides,
            respective: None,
        };
        let mut sentence = u32::MAX;
        for c in 0..self.clauses.len() {
            if self.clauses[c].sentence != sentence {
                if sentence != u32::MAX {
                    self.close_sentence(sentence as usize, c - 1, &mut context);
                }
                sentence = self.clauses[c].sentence;
                context.respective = self.respective(sentence as usize);
                context.label = self.list_label(sentence as usize, context.label);
                if context.label != 0 {
                    context.last = context.label;
                }
            }
            let named = self.names_what_was_said(self.clauses[c], &context);
            let subject = named.unwrap_or_else(|| self.subject_of(c, &context));
            self.clauses[c].subject = subject;
            self.clauses[c].carried = subject != 0 && subject == context.last && self.opens_anew(c);
            if named.is_some() {
                self.name_before(c, context.named_until);
                context.named_until = c + 1;
            }
            for mention in self.mentions_in(self.clauses[c]) {
                context.recent.retain(|known| !are_same(rubric.sides, mention.subject, *known));
                context.recent.push(mention.subject);
            }
            if subject != 0 {
                context.last = subject;
            }
            self.mirror_comparison(c);
            self.mirror_contrast(c, &context);
            self.repeat_for_ellipsis(c);
            self.repeat_for_exception(c);
            self.repeat_for_agent(c);
            if context.respective.is_none() {
                self.answer_question(c);
            }
            let right = self.correct_agent(c).or_else(|| self.correct_cleft(c)).or_else(|| self.correct_name(c));
            if let Some(right) = right {
                context.last = right;
            }
        }
    }

    /// What the next sentence may point back to; after a list of names it is about none of them in particular.
    fn close_sentence(&self, s: usize, last_clause: usize, context: &mut Context<'_>) {
        let mut named: Vec<u8> = Vec::new();
        for mention in names_in(&self.mentions, self.sentences[s].start, self.sentences[s].end) {
            if !named.iter().any(|known| are_same(context.compared, mention.subject, *known)) {
                named.push(mention.subject);
            }
        }
        if let [first, second, ..] = named[..] {
            context.pair = Some([first, second]);
        }
        let clause = self.clauses[last_clause];
        if named.len() >= LIST && (!self.says(clause.tokens()) || self.opens_with_list(s)) {
            context.last = 0;
        }
    }

    /// "A, B and C make tea reliable."
    fn opens_with_list(&self, s: usize) -> bool {
        let sentence = &self.sentences[s];
        let verb = (sentence.start..sentence.end).find(|&t| self.is_finite_verb(t as usize)).unwrap_or(sentence.end);
        let named: Vec<Mention> = names_in(&self.mentions, sentence.start, verb).collect();
        named.len() >= LIST && named.windows(2).all(|pair| self.are_coordinated(pair[0], pair[1]))
    }

    /// The subject that a line gives to the list below it: for an item, the label above; for a label, its own.
    ///
    /// A label is a line without a verb that names a subject and stands above a list, or ends in a colon.
    fn list_label(&self, s: usize, above: SubjectSet) -> SubjectSet {
        let sentence = &self.sentences[s];
        let (start, end) = (sentence.start as usize, sentence.end as usize);
        let in_list = start > 0 && self.tokens[start - 1].is(Class::BULLET);
        if in_list {
            return above;
        }
        let closes_with = |class: Class| self.tokens[end - 1].is(class);
        let colon = end >= start + 2 && self.tokens[end - 2].is(Class::COLON) && closes_with(Class::NEWLINE);
        let has_verb = (start..end).any(|t| self.is_sure_verb(t));
        if colon || closes_with(Class::BULLET) && !has_verb {
            let clause = Clause { start: sentence.start, end: sentence.end, ..Clause::default() };
            let named: Vec<Mention> = self.mentions_in(clause).collect();
            return if named.is_empty() { 0 } else { coordinated(&named, |from, to| self.are_coordinated(from, to)) };
        }
        // The line right below "X:" belongs to it even without a list mark.
        let below_label =
            start >= 2 && self.tokens[start - 1].is(Class::NEWLINE) && self.tokens[start - 2].is(Class::COLON);
        if below_label { above } else { 0 }
    }

    pub(super) fn mentions_in(&self, clause: Clause) -> impl Iterator<Item = Mention> + '_ {
        names_in(&self.mentions, clause.start, clause.end)
    }

    /// Whether a name stands behind "than", "unlike", "compared to": it is what the subject is compared with.
    fn is_compared(&self, mention: Mention) -> bool {
        let mut end = mention.start;
        for _ in 0..2 {
            if self.sets_apart(end) {
                return true;
            }
            if end == 0
                || !self.tokens[end as usize - 1].is(Class::ARTICLE.with(Class::POST_SUBJECT).with(Class::POSSESSIVE))
            {
                return false;
            }
            end -= 1;
        }
        false
    }

    /// Whether "than", "unlike", "compared to" stand right before a token.
    fn sets_apart(&self, token: u32) -> bool {
        let compares = |hit: &CueHit| {
            let start = hit.start as usize;
            // "As A is slow, …"
            let opens = hit.start == self.clause_at(start).start || self.begins_topic(start);
            hit.kind == CueKind::NotSubject && !(opens && self.tokens[start].is(Class::AS))
        };
        // "A as well as B"
        let adds = self.cues_before(token).any(|hit| hit.kind == CueKind::Addition);
        !adds && self.cues_before(token).any(compares)
    }

    fn subject_of(&self, c: usize, context: &Context<'_>) -> SubjectSet {
        let clause = self.clauses[c];
        let (start, end) = (clause.start as usize, clause.end as usize);
        if let Some((names, second)) = context.respective {
            return 1 << names[usize::from(start >= second)].subject;
        }
        let lead = Class::MARK.with(Class::CLAUSE_LEAD).with(Class::ARTICLE).with(Class::PREP);
        let first = (start..end).find(|&t| !self.tokens[t].is(lead)).unwrap_or(end);
        let opening = self.opening(start..end);
        let verb = (first..end).find(|&t| self.is_finite_verb(t)).unwrap_or(end);
        let named: Vec<Mention> = self.mentions_in(clause).filter(|mention| !self.is_compared(*mention)).collect();
        let before_verb = named.iter().filter(|mention| (mention.start as usize) < verb).count();

        if let Some(denied) = self.denied_cleft(clause) {
            return 1 << denied.subject;
        }
        let is_topic = |mention: &Mention| opening.is_some_and(|opening| self.is_topic(opening, *mention));
        if let Some(topic) = named.iter().position(is_topic) {
            return coordinated(&named[topic..], |from, to| self.are_coordinated(from, to));
        }
        let does = |mention: &&Mention| self.is_agent(clause, **mention) || self.is_task_of(clause, **mention);
        if before_verb == 0
            && let Some(agent) = named.iter().find(does)
        {
            return 1 << agent.subject;
        }
        if let Some(pointed) = self.pointed_at(clause, context) {
            return pointed;
        }
        if let Some([one, other]) = context.sides
            && named.is_empty()
        {
            if self.opens_with(clause, CueKind::Other) {
                return 1 << other;
            }
            if self.opens_with(clause, CueKind::One) {
                return 1 << one;
            }
        }
        let relative = (start..end).find(|&t| !self.tokens[t].is_mark());
        if before_verb == 0
            && let Some(antecedent) = relative.and_then(|t| self.relative_antecedent(t))
        {
            return 1 << antecedent.subject;
        }
        if before_verb == 0
            && let Some(resumed) = self.resumed(c, opening)
        {
            return resumed;
        }
        if named.is_empty()
            && self.means_other_subject(clause, verb)
            && let Some(other) = context.other_side()
        {
            return other;
        }
        let says_both = opening.is_some_and(|t| self.is_both(t))
            || named.is_empty() && (start..verb.min(end)).any(|t| self.is_both(t));
        if says_both && before_verb < 2 {
            return context.compared.map_or(context.last, |[one, other]| one | other);
        }
        // In a list below "X:", another name is the subject only of a full clause.
        let names_own_subject = before_verb > 0 && (context.label == 0 || verb < end);
        if names_own_subject {
            return coordinated(&named[..before_verb], |from, to| self.are_coordinated(from, to));
        }
        if let Some(subject) = self.instance_subject(clause, first, verb) {
            return subject;
        }
        if context.label != 0 {
            return context.label;
        }
        // "It is isolated: …", "Then comes A": the name right behind the verb, with nothing but a pronoun or adverb before it.
        if let Some(mention) = named.first()
            && self.is_predicate(start, *mention)
        {
            return coordinated(&named, |from, to| self.are_coordinated(from, to));
        }
        if named.is_empty()
            && let Some(subject) = self.subject_of_condition(c, first)
        {
            return subject;
        }
        let has_noun = self.has_noun_subject(first, verb);
        let opens_with_pronoun = opening.is_some_and(|t| self.tokens[t].is(Class::CARRY)) && !has_noun;
        if opens_with_pronoun && context.last != 0 {
            return context.last;
        }
        match named.first() {
            None => context.last,
            Some(mention) => {
                let before =
                    &self.tokens[start.max((mention.start as usize).saturating_sub(3))..mention.start as usize];
                // "If the ticket names a plane, …"
                let supposed = named.len() == 1 && relative.is_some_and(|t| self.tokens[t].is(Class::CONDITION));
                let strong =
                    self.is_anybody(first) || supposed || before.iter().any(|token| token.is(Class::POST_SUBJECT));
                // "Tea comes from A."
                let comes = verb < end && self.tokens[verb].is(Class::COMES);
                let weak = before.iter().any(|token| token.is(Class::OF) || token.is(Class::FROM) && !comes);
                let is_named = |other: &Mention| are_same(context.compared, other.subject, mention.subject);
                let strong = strong || has_noun && named.iter().all(is_named);
                if context.last == 0 || strong && !weak {
                    coordinated(&named, |from, to| self.are_coordinated(from, to))
                } else {
                    context.last
                }
            }
        }
    }

    /// "both", but not "both ends", "both sides": they take part in what is said of one subject.
    fn is_both(&self, t: usize) -> bool {
        let next = self.tokens.get(t + 1);
        self.tokens[t].is(Class::BOTH) && next.is_none_or(|next| !next.is(Class::PARTY))
    }

    /// "Farmers milk A", "that farmers milk A": a noun that is no name stands before the verb, and no pronoun that could mean
    /// one.
    fn has_noun_subject(&self, first: usize, verb: usize) -> bool {
        let completes = self.tokens.get(first).is_some_and(|token| token.is(Class::THAT));
        let phrase = &self.tokens[(first + usize::from(completes)).min(verb)..verb];
        let says = verb < self.tokens.len() && self.is_finite_verb(verb);
        says && phrase.iter().any(Token::is_content) && !phrase.iter().any(|token| token.is(Class::CARRY))
    }

    /// "Nothing is lost." behind a sentence about A: a noun of its own at the start of a sentence, and no name.
    fn opens_anew(&self, c: usize) -> bool {
        let clause = self.clauses[c];
        let (start, end) = (clause.start as usize, clause.end as usize);
        let opens = start as u32 == self.sentences[clause.sentence as usize].start;
        let first = self.opening(start..end).unwrap_or(end);
        let verb = (first..end).find(|&t| self.is_finite_verb(t)).unwrap_or(end);
        opens && self.mentions_in(clause).next().is_none() && self.has_noun_subject(first, verb)
    }

    /// "you", "we", "I": whatever is said, it is not about them.
    fn is_anybody(&self, t: usize) -> bool {
        self.tokens.get(t).is_some_and(|token| token.is(Class::SUBJECT_PRON) && !token.is(Class::CARRY))
    }

    /// "You are quick | if you take A", "To be quick, | take A": the name in the clause that belongs to this one.
    fn subject_of_condition(&self, c: usize, first: usize) -> Option<SubjectSet> {
        let opener = |clause: Clause| (clause.start..clause.end).find(|&t| !self.tokens[t as usize].is_mark());
        let is_condition =
            |clause: Clause| opener(clause).is_some_and(|t| self.tokens[t as usize].is(Class::CONDITION));
        let (this, next) = (self.clauses[c], *self.clauses.get(c + 1)?);
        let opening = Clause { start: self.sentences[this.sentence as usize].start, ..this };
        let names_before = || self.mentions_in(opening).next().is_some();
        let leads_on = || opener(next).is_some_and(|t| !self.tokens[t as usize].is(Class::AND)) && !names_before();
        let belongs = is_condition(this) && leads_on() || self.is_anybody(first) && is_condition(next);
        let mention = self.mentions_in(next).find(|mention| !self.is_compared(*mention))?;
        (belongs && next.sentence == this.sentence).then_some(1 << mention.subject)
    }

    /// Whether a name stands right behind the first verb of a clause that has no noun before it.
    fn is_predicate(&self, start: usize, mention: Mention) -> bool {
        let at = mention.start as usize;
        let article = usize::from(at > start && self.tokens[at - 1].is(Class::ARTICLE));
        let Some(verb) = at.checked_sub(1 + article).filter(|&t| t >= start && self.tokens[t].is(Class::FINITE)) else {
            return false;
        };
        let before = &self.tokens[start..verb];
        let says_is = self.tokens[verb].is(Class::BE) && before.iter().all(|token| !token.is_content());
        let inverted = before.iter().any(|token| token.is(Class::ADV.with(Class::LAST_MARKER)))
            && before
                .iter()
                .all(|token| token.is(Class::ADV.with(Class::MARK).with(Class::CONJ).with(Class::LAST_MARKER)));
        says_is || inverted
    }

    /// "is retransmitted by X", "packets retransmitted by X"; not "not by X".
    pub(super) fn is_agent(&self, clause: Clause, mention: Mention) -> bool {
        let at = mention.start as usize;
        let start = clause.start as usize;
        let article = at > start && self.tokens[at - 1].is(Class::DET);
        let by = at.checked_sub(1 + usize::from(article)).filter(|&t| t >= start);
        let Some(by) = by.filter(|&t| t > start && self.tokens[t].is(Class::BY)) else { return false };
        let done = &self.tokens[by - 1];
        !done.is(Class::NOT)
            && (done.is(Class::VERB_PAST) || self.tokens[start..by].iter().any(|token| token.is(Class::BE)))
    }

    /// "It is the job of A to do it", "doing it is the job of A", "doing it is for A".
    pub(super) fn is_task_of(&self, clause: Clause, mention: Mention) -> bool {
        let (start, at) = (clause.start as usize, mention.start as usize);
        let article = usize::from(at > start && self.tokens[at - 1].is(Class::DET));
        let Some(link) = at.checked_sub(1 + article).filter(|&t| t > start) else { return false };
        let Some(opening) = self.opening(start..link) else { return false };
        let is_deed = self.tokens[opening].is(Class::VERB_ING);
        let (link, before) = (&self.tokens[link], &self.tokens[link - 1]);
        link.is(Class::OF) && before.is(Class::TASK) && (is_deed || self.tokens[opening].is(Class::CARRY))
            || link.is(Class::FOR) && before.is(Class::BE) && is_deed
    }

    /// "As for A, …", "when it comes to A": given the opening of a clause.
    fn is_topic(&self, opening: usize, mention: Mention) -> bool {
        let article = u32::from(self.tokens[(mention.start as usize).saturating_sub(1)].is(Class::ARTICLE));
        let mut cues = self.cues_before(mention.start.saturating_sub(article));
        cues.any(|hit| hit.kind == CueKind::Topic && (hit.start..hit.end).contains(&(opening as u32)))
    }

    /// "A, B and the C", "A, as well as the B".
    fn are_coordinated(&self, from: Mention, to: Mention) -> bool {
        const JOINS: Class = Class::AND.with(Class::OR).with(Class::COMMA).with(Class::SLASH);
        const MOST_JOINS: usize = 3;
        const LONGEST_ADDITION: usize = 5;
        let between = &self.tokens[from.end as usize..(to.start as usize).max(from.end as usize)];
        let adds = || self.cues_in(from.end, to.start).iter().any(|hit| hit.kind == CueKind::Addition);
        between.len() <= MOST_JOINS && between.iter().any(|token| token.is(JOINS))
            || between.len() <= LONGEST_ADDITION && adds()
    }

    /// "Tuples cannot change": an example stands for its subject at the start of a sentence or behind a connector.
    fn instance_subject(&self, clause: Clause, first: usize, verb: usize) -> Option<SubjectSet> {
        let inside: Vec<Mention> = names_in(&self.instances, clause.start, clause.end.min(verb as u32)).collect();
        let begins = inside.first().is_some_and(|mention| mention.start as usize <= first + 1);
        let has_verb = verb < clause.end as usize;
        let connected = clause.start == 0 || {
            let opener = &self.tokens[clause.start as usize];
            let before = &self.tokens[clause.start as usize - 1];
            before.is(Class::SENTENCE_END) || opener.is(Class::CLAUSE_OPENER.with(Class::COMMA))
        };
        (begins && has_verb && connected).then(|| inside.iter().fold(0, |set, mention| set | 1 << mention.subject))
    }
}

/// The first name and those coordinated with it.
fn coordinated(mentions: &[Mention], joined: impl Fn(Mention, Mention) -> bool) -> SubjectSet {
    let mut set = 1 << mentions[0].subject;
    for pair in mentions.windows(2) {
        if !joined(pair[0], pair[1]) {
            break;
        }
        set |= 1 << pair[1].subject;
    }
    set
}
