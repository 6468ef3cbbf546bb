//! Word classes as a bit set.

use std::ops::{BitOr, BitOrAssign};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Class([u64; N_WORDS]);

const N_WORDS: usize = 3;

macro_rules! classes {
    ($($constant:ident $(, $name:literal)?;)*) => {
        /// The classes in their order, for their numbers.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number {
            $($constant),*
        }

        impl Class {
            $(pub(crate) const $constant: Class = Class::numbered(Number::$constant as usize);)*

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
    DET, "det";
    ARTICLE, "article";
    INDEFINITE_ARTICLE, "indefinite-article";
    DEMONSTRATIVE, "demonstrative";
    POSSESSIVE, "possessive";
    PREP, "prep";
    PRON, "pron";
    SUBJECT_PRON, "subject-pron";
    OBJECT_PRON, "object-pron";
    INDEFINITE_PRON, "indefinite-pron";
    WH, "wh";
    BE, "be";
    BE_NONFINITE, "be-nonfinite";
    HAVE, "have";
    DO, "do";
    MODAL, "modal";
    COORDINATOR, "coordinator";
    CONJ, "conj";
    SUBORDINATOR, "subordinator";
    NEG_WORD, "neg-word";
    ADV, "adv";
    CLAUSE_OPENER, "clause-opener";
    CLAUSE_LEAD, "clause-lead";
    SUBJECT_START, "subject-start";
    SCOPE_END, "scope-end";
    SCOPE_END_NOUN, "scope-end-noun";
    ONLY, "only";
    THAN, "than";
    AS, "as";
    BY, "by";
    NOT, "not";
    BOTH, "both";
    NEITHER_NOR, "neither-nor";
    OR, "or";
    AND, "and";
    TO, "to";
    OF, "of";
    FROM, "from";
    THAT, "that";
    SAMENESS, "sameness";
    ELLIPSIS_TAIL, "ellipsis-tail";
    CARRY, "carry";
    POST_SUBJECT, "post-subject";
    QUANTITY_FLIP, "quantity-flip";
    DEGREE_UP, "degree-up";
    DEGREE_DOWN, "degree-down";
    SYMMETRIC, "symmetric";
    COMPARATIVE, "comparative";
    FIRST, "first";
    BEFORE_MARKER, "before-marker";
    AFTER_MARKER, "after-marker";
    BLOCKED_MARKER, "blocked-marker";
    THEN_BETWEEN, "then-between";
    AFTER_BETWEEN, "after-between";
    LAST_MARKER, "last-marker";
    FRONTING, "fronting";
    RESTRICTIVE, "restrictive";
    GENERAL, "general";
    IMPERATIVE, "imperative";
    PARTIAL, "partial";
    CONTRAST, "contrast";
    PRIVATIVE, "privative";
    CAUSATIVE, "causative";
    CONDITION, "condition";
    PARTY, "party";
    ORDINAL, "ordinal";
    TAKES_CLAUSE, "takes-clause";
    KEEPS_FROM, "keeps-from";
    LITTLE, "little";
    WITH, "with";
    CODE, "code";
    TOO, "too";
    OVER, "over";
    PREFERS, "prefers";
    REASON, "reason";
    THEN, "then";
    TOTAL, "total";
    FOR, "for";
    DUE, "due";
    BIDS, "bids";
    BEGINS, "begins";
    HAVING, "having";
    COMPLEMENT, "complement";
    ALTERNATIVE, "alternative";
    LIGHT, "light";
    UNIVERSAL, "universal";
    REPORT, "report";
    FACTIVE, "factive";
    DENIES, "denies";
    REJECTED, "rejected";
    DISMISSES, "dismisses";
    HYPOTHESIS, "hypothesis";
    SUPPOSES, "supposes";
    RATHER, "rather";
    RANKS, "ranks";
    WAITS, "waits";
    INQUIRES, "inquires";
    FIRST_PERSON, "first-person";
    TASK, "task";
    COMES, "comes";
    ASKING, "asking";
    LETS, "lets";
    COSTS, "costs";
    ENTAILS, "entails";
    LIMITED, "limited";
    HAPPENS, "happens";
    INDIFFERENT, "indifferent";
    DOUBTS, "doubts";
    OTHERWISE, "otherwise";
    RESPECTIVE, "respective";
    SEVERAL, "several";
    ENUMERATES, "enumerates";
    // Made by rule, not named in the table.
    VERB_BASE;
    VERB_S;
    VERB_PAST;
    VERB_ING;
    NOUN_LIKE;
    AUX;
    FUNCTION;
    FINITE;
    TELLING;
    // Marks.
    MARK;
    SENTENCE_END;
    NEWLINE;
    COMMA;
    SEMICOLON;
    COLON;
    OPEN;
    CLOSE;
    DASH;
    SLASH;
    PIPE;
    ARROW;
    EQUALS;
    QUESTION;
    BULLET;
    // Kinds of words that the tables do not list.
    NUMBER;
}

impl Class {
    pub(crate) const NONE: Class = Class([0; N_WORDS]);

    const fn numbered(number: usize) -> Class {
        let mut words = [0; N_WORDS];
        words[number / u64::BITS as usize] = 1 << (number % u64::BITS as usize);
        Class(words)
    }

    /// Both sets together; what `|` does, for constants.
    pub(crate) const fn with(self, other: Class) -> Class {
        let ([a, b, c], [d, e, f]) = (self.0, other.0);
        Class([a | d, b | e, c | f])
    }

    /// Whether any of the classes is in the set.
    pub(crate) fn any(self, classes: Class) -> bool {
        self.0.iter().zip(classes.0).any(|(word, wanted)| word & wanted != 0)
    }
}

impl BitOr for Class {
    type Output = Class;
    fn bitor(self, other: Class) -> Class {
        self.with(other)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        *self = self.with(other);
    }
}
