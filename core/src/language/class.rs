//! Word classes as a bit set.

use std::ops::{BitOr, BitOrAssign};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class(u128);

macro_rules! classes {
    ($($constant:ident = $bit:literal $(, $name:literal)?;)*) => {
        impl Class {
            $(pub(crate) const $constant: Class = Class(1 << $bit);)*

            /// The class that the language table calls so.
            pub(crate) fn named(name: &str) -> Option<Class> {
                match name {
                    $($($name => Some(Class::$constant),)?)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    DET = 0, "det";
    ARTICLE = 1, "article";
    INDEFINITE_ARTICLE = 2, "indefinite-article";
    DEMONSTRATIVE = 3, "demonstrative";
    POSSESSIVE = 4, "possessive";
    PREP = 5, "prep";
    PRON = 6, "pron";
    SUBJECT_PRON = 7, "subject-pron";
    OBJECT_PRON = 8, "object-pron";
    INDEFINITE_PRON = 9, "indefinite-pron";
    WH = 10, "wh";
    BE = 11, "be";
    BE_NONFINITE = 12, "be-nonfinite";
    HAVE = 13, "have";
    DO = 14, "do";
    MODAL = 15, "modal";
    COORDINATOR = 16, "coordinator";
    CONJ = 17, "conj";
    SUBORDINATOR = 18, "subordinator";
    NEG_WORD = 19, "neg-word";
    ADV = 20, "adv";
    CLAUSE_OPENER = 21, "clause-opener";
    CLAUSE_LEAD = 22, "clause-lead";
    SUBJECT_START = 23, "subject-start";
    SCOPE_END = 24, "scope-end";
    SCOPE_END_NOUN = 25, "scope-end-noun";
    ONLY = 26, "only";
    THAN = 27, "than";
    AS = 28, "as";
    BY = 29, "by";
    NOT = 30, "not";
    BOTH = 31, "both";
    NEITHER_NOR = 32, "neither-nor";
    OR = 33, "or";
    AND = 34, "and";
    TO = 35, "to";
    OF = 36, "of";
    FROM = 37, "from";
    THAT = 38, "that";
    SAMENESS = 39, "sameness";
    ELLIPSIS_TAIL = 40, "ellipsis-tail";
    CARRY = 41, "carry";
    POST_SUBJECT = 42, "post-subject";
    QUANTITY_FLIP = 44, "quantity-flip";
    COMPARATIVE = 45, "comparative";
    FIRST = 46, "first";
    BEFORE_MARKER = 47, "before-marker";
    AFTER_MARKER = 48, "after-marker";
    BLOCKED_MARKER = 49, "blocked-marker";
    THEN_BETWEEN = 50, "then-between";
    AFTER_BETWEEN = 51, "after-between";
    LAST_MARKER = 52, "last-marker";
    FRONTING = 53, "fronting";
    RESTRICTIVE = 54, "restrictive";
    GENERAL = 55, "general";
    IMPERATIVE = 56, "imperative";
    PARTIAL = 57, "partial";
    CONTRAST = 58, "contrast";
    PRIVATIVE = 59, "privative";
    CAUSATIVE = 60, "causative";
    CONDITION = 61, "condition";
    PARTY = 62, "party";
    ORDINAL = 63, "ordinal";
    TAKES_CLAUSE = 64, "takes-clause";
    KEEPS_FROM = 65, "keeps-from";
    LITTLE = 66, "little";
    WITH = 67, "with";
    CODE = 68, "code";
    TOO = 79, "too";
    OVER = 101, "over";
    PREFERS = 102, "prefers";
    REASON = 103, "reason";
    THEN = 104, "then";
    TOTAL = 105, "total";
    FOR = 106, "for";
    DUE = 107, "due";
    BIDS = 108, "bids";
    BEGINS = 109, "begins";
    HAVING = 110, "having";
    COMPLEMENT = 111, "complement";
    ALTERNATIVE = 112, "alternative";
    SHORT_ANSWER = 113, "short-answer";
    LIGHT = 114, "light";
    UNIVERSAL = 115, "universal";
    REPORT = 120, "report";
    FACTIVE = 121, "factive";
    DENIES = 122, "denies";
    REJECTED = 123, "rejected";
    DISMISSES = 124, "dismisses";
    HYPOTHESIS = 125, "hypothesis";
    SUPPOSES = 73, "supposes";
    RATHER = 95, "rather";
    RANKS = 96, "ranks";
    WAITS = 97, "waits";
    INQUIRES = 98, "inquires";
    FIRST_PERSON = 99, "first-person";
    TASK = 43, "task";
    COMES = 116, "comes";
    ASKING = 117, "asking";
    // Made by rule, not named in the table.
    VERB_BASE = 69;
    VERB_S = 70;
    VERB_PAST = 71;
    VERB_ING = 72;
    NOUN_LIKE = 74;
    AUX = 75;
    FUNCTION = 76;
    FINITE = 77;
    TELLING = 78;
    // Marks.
    MARK = 80;
    SENTENCE_END = 81;
    NEWLINE = 82;
    COMMA = 83;
    SEMICOLON = 84;
    COLON = 85;
    OPEN = 86;
    CLOSE = 87;
    DASH = 88;
    SLASH = 89;
    PIPE = 90;
    ARROW = 91;
    EQUALS = 92;
    QUESTION = 93;
    BULLET = 94;
    // Kinds of words that the tables do not list.
    NUMBER = 100;
}

impl Class {
    pub(crate) const NONE: Class = Class(0);

    /// Both sets together; what `|` does, for constants.
    pub(crate) const fn with(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether any of the classes is in the set.
    pub(crate) fn any(self, classes: Class) -> bool {
        self.0 & classes.0 != 0
    }
}

impl BitOr for Class {
    type Output = Class;
    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        self.0 |= other.0;
    }
}
