//! Word order: how likely a pair of neighbouring word classes is in ordered English against shuffled words.

use super::Class;

const TABLE: &str = include_str!("../../data/order.txt");

/// Word class for the order test, an index into the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tag(u8);

const NAMES: [&str; 30] = [
    ",", ".", "A", "ADV", "BE", "CC", "DEM", "DO", "HAVE", "IND", "JJ", "MOD", "NN", "NNS", "NOT", "NUM", "OBJ", "OF",
    "POSS", "PREP", "SUB", "SUBJ", "THE", "TO", "VB", "VED", "VING", "VS", "WH", "be",
];

const fn tag(name: &str) -> Tag {
    let mut i = 0;
    while i < NAMES.len() {
        let (a, b) = (NAMES[i].as_bytes(), name.as_bytes());
        if a.len() == b.len() {
            let mut k = 0;
            while k < a.len() && a[k] == b[k] {
                k += 1;
            }
            if k == a.len() {
                return Tag(i as u8);
            }
        }
        i += 1;
    }
    panic!("no such tag")
}

impl Tag {
    pub(crate) const BOUNDARY: Tag = tag(".");
    const COMMA: Tag = tag(",");
    pub(crate) const NOUN: Tag = tag("NN");
    const NUMBER: Tag = tag("NUM");
    /// A word that ends in -ed, or a past form of the tables.
    pub(crate) const PAST: Tag = tag("VED");
    /// A word that ends in -ing.
    pub(crate) const ING: Tag = tag("VING");
    /// A word that ends in -s and is in no table: a plural noun, or a verb in the third person.
    pub(crate) const PLURAL: Tag = tag("NNS");

    /// Tag of a word by its classes and, for words that the tables do not know, its ending.
    pub(crate) fn of(word: &str, class: Class) -> Tag {
        const ORDERED: [(Class, Tag); 20] = [
            (Class::INDEFINITE_ARTICLE, tag("A")),
            (Class::ARTICLE, tag("THE")),
            (Class::POSSESSIVE, tag("POSS")),
            (Class::TO, tag("TO")),
            (Class::COORDINATOR, tag("CC")),
            (Class::SUBORDINATOR, tag("SUB")),
            (Class::WH, tag("WH")),
            (Class::SUBJECT_PRON, tag("SUBJ")),
            (Class::OBJECT_PRON, tag("OBJ")),
            (Class::BE_NONFINITE, tag("be")),
            (Class::BE, tag("BE")),
            (Class::HAVE, tag("HAVE")),
            (Class::DO, tag("DO")),
            (Class::MODAL, tag("MOD")),
            (Class::INDEFINITE_PRON, tag("IND")),
            (Class::OF, tag("OF")),
            (Class::PREP, tag("PREP")),
            (Class::DEMONSTRATIVE, tag("DEM")),
            (Class::ADV, tag("ADV")),
            (Class::NUMBER, tag("NUM")),
        ];
        if class.any(Class::MARK) {
            let soft = Class::COMMA.with(Class::OPEN).with(Class::CLOSE).with(Class::SLASH);
            return if class.any(soft) { Self::COMMA } else { Self::BOUNDARY };
        }
        if word == "that" {
            return tag("WH");
        }
        if word == "not" {
            return tag("NOT");
        }
        if let Some((_, found)) = ORDERED.iter().find(|(of, _)| class.any(*of)) {
            return *found;
        }
        Self::of_open_class(word, class)
    }

    fn of_open_class(word: &str, class: Class) -> Tag {
        if word.ends_with("ly") {
            tag("ADV")
        } else if class.any(Class::VERB_ING) || word.ends_with("ing") {
            tag("VING")
        } else if class.any(Class::VERB_BASE) && !class.any(Class::VERB_PAST) {
            tag("VB")
        } else if class.any(Class::VERB_PAST) || word.ends_with("ed") {
            tag("VED")
        } else if class.any(Class::VERB_S) {
            tag("VS")
        } else if ["able", "ible", "ful", "ous", "ive", "al", "ic", "less", "ent", "ant", "er", "est"]
            .iter()
            .any(|end| word.ends_with(end))
        {
            tag("JJ")
        } else if word.ends_with('s') && !word.ends_with("ss") {
            tag("NNS")
        } else {
            tag("NN")
        }
    }

    /// The tag before another one: a number that counts nothing is a name ("401 is for …").
    pub(crate) fn before(self, next: Tag) -> Tag {
        if self == Self::NUMBER && !next.is_open() { Self::NOUN } else { self }
    }

    /// Open classes say nothing about order next to each other (noun chains).
    fn is_open(self) -> bool {
        const OPEN: [Tag; 10] = [
            tag("."),
            tag(","),
            tag("NN"),
            tag("NNS"),
            tag("JJ"),
            tag("VB"),
            tag("VED"),
            tag("VING"),
            tag("VS"),
            tag("NUM"),
        ];
        OPEN.contains(&self)
    }
}

/// The table of log-likelihood ratios, in quarters of a nat.
pub(crate) struct OrderTable([[i8; NAMES.len()]; NAMES.len()]);

impl OrderTable {
    pub(crate) fn english() -> Self {
        let mut table = [[0; NAMES.len()]; NAMES.len()];
        let rows = TABLE.lines().filter(|line| !line.starts_with("# ") && !line.starts_with("tags:"));
        for (row, line) in table.iter_mut().zip(rows) {
            for (cell, value) in row.iter_mut().zip(line.split(' ').skip(1)) {
                *cell = value.parse().expect("the table holds small integers");
            }
        }
        Self(table)
    }

    /// Evidence of a pair for ordered text, in quarters of a nat; `None` when both are open classes.
    pub(crate) fn evidence(&self, left: Tag, right: Tag) -> Option<i32> {
        (!(left.is_open() && right.is_open())).then(|| i32::from(self.0[left.0 as usize][right.0 as usize]))
    }
}
