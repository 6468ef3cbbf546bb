//! The pattern notation of `rubrica/1`, from text to tree. `rubrics/README.md` explains it to authors.
//!
//! ```text
//! pattern   = "/" regex "/" | relation | both
//! relation  = either "<<" either
//! both      = item { ("&" | ".." [n]) item }
//! item      = [ "!" | "~" | "-" ] either
//! either    = phrase { "|" phrase }
//! phrase    = part { part }
//! part      = "(" either ")" | "@" concept | "#" number | "_" | [ "=" ] word [ "~" n ]
//! ```

use crate::text::{self, PieceKind};
use crate::vocabulary::{Shape, Tolerance, fold};
use std::ops::Range;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pattern {
    Regex(String),
    /// The first comes before the second in time.
    Before(Either, Either),
    All(Vec<Item>),
}

/// One condition of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) mode: Mode,
    pub(crate) either: Either,
    /// How it follows the item before it.
    pub(crate) follows: Follows,
    /// Bytes of the pattern.
    pub(crate) place: Range<usize>,
}

/// What the answer must do with the words of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    Claim,
    Deny,
    /// Claimed or denied.
    Mention,
    /// Not there at all.
    Absent,
}

/// Order between an item and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follows {
    AnyOrder,
    /// After it, with at most so many words between.
    Within(u32),
}

/// Alternative phrases.
pub(crate) type Either = Vec<Vec<Part>>;

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Word(Shape, Tolerance),
    AnyWord,
    Number(NumberRange),
    Concept(String, Range<usize>),
    Either(Either),
}

/// A number in thousandths, inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NumberRange {
    pub(crate) low: i64,
    pub(crate) high: i64,
}

/// Why a pattern cannot be read: what, at which bytes of it, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PatternError {
    pub(crate) range: Range<usize>,
    pub(crate) message: String,
    pub(crate) help: &'static str,
}

/// Words between two items joined by `..` when the author gives no number.
const DEFAULT_GAP: u32 = 12;
/// Most words that an author may let lie between two items.
const MOST_GAP: u32 = 1000;
const BEFORE_BINDS: &str =
    "`<<` stands between two phrases or lists of alternatives, and there is nothing else in the pattern";
const BEFORE_HELP: &str = "write `a << b` or `(a|b) << (c|d)`; a second relation is a pattern of its own";
/// Most brackets inside one another. Patterns are read and spelled out recursively, and the stack of a plugin is small.
const MOST_NESTED: u32 = 100;

/// Reads one pattern.
pub(crate) fn parse(pattern: &str, tolerance: Tolerance) -> Result<Pattern, PatternError> {
    let trimmed = pattern.trim();
    if let Some(body) = trimmed.strip_prefix('/') {
        let body = body.strip_suffix('/').ok_or_else(|| PatternError {
            range: 0..pattern.len(),
            message: "regular expression without its closing `/`".to_owned(),
            help: "write the whole pattern as `/…/`",
        })?;
        return Ok(Pattern::Regex(body.to_owned()));
    }
    let mut parser = Parser { text: pattern, at: 0, n_open: 0, tolerance };
    let parsed = parser.pattern()?;
    parser.skip_space();
    if parser.at < pattern.len() {
        let (message, help) = match parser.sign() {
            "<<" => (BEFORE_BINDS, BEFORE_HELP),
            _ => ("nothing goes on here", "remove the rest, or open the bracket that it closes"),
        };
        return Err(parser.error(parser.at..pattern.len(), message, help));
    }
    Ok(parsed)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    /// Brackets around what is being read.
    n_open: u32,
    tolerance: Tolerance,
}

impl<'a> Parser<'a> {
    fn error(&self, range: Range<usize>, message: impl Into<String>, help: &'static str) -> PatternError {
        PatternError { range, message: message.into(), help }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The sign between phrases that comes next; empty where there is none.
    fn sign(&self) -> &'static str {
        ["&", "|", ")", "..", "<<"].into_iter().find(|sign| self.rest().starts_with(sign)).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }

    fn pattern(&mut self) -> Result<Pattern, PatternError> {
        let first = self.item(Follows::AnyOrder)?;
        if self.eat("<<") {
            let second = self.either()?;
            if matches!(self.sign(), "&" | "..") {
                return Err(self.error(self.at..self.text.len(), BEFORE_BINDS, BEFORE_HELP));
            }
            if first.mode != Mode::Claim {
                return Err(self.error(
                    0..1,
                    "`<<` relates two plain items",
                    "remove the `!`, `~` or `-` before the first",
                ));
            }
            return Ok(Pattern::Before(first.either, second));
        }
        let mut items = vec![first];
        loop {
            let follows = if self.eat("&") {
                Follows::AnyOrder
            } else if self.eat("..") {
                let digits = self.rest().len() - self.rest().trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let (start, written) = (self.at, &self.rest()[..digits]);
                self.at += digits;
                let gap = if written.is_empty() { Some(DEFAULT_GAP) } else { written.parse().ok() };
                let Some(gap) = gap.filter(|gap| *gap <= MOST_GAP) else {
                    return Err(self.error(
                        start..self.at,
                        format!("a gap has {MOST_GAP} words at most"),
                        "join items that may be far apart with `&`",
                    ));
                };
                Follows::Within(gap)
            } else {
                break;
            };
            items.push(self.item(follows)?);
        }
        if items.iter().all(|item| item.mode == Mode::Absent) {
            return Err(self.error(
                0..self.text.len(),
                "nothing to look for: every item is excluded",
                "add an item without `-`",
            ));
        }
        Ok(Pattern::All(items))
    }

    fn item(&mut self, follows: Follows) -> Result<Item, PatternError> {
        self.skip_space();
        let start = self.at;
        let mode = if self.eat("!") {
            Mode::Deny
        } else if self.eat("~") {
            Mode::Mention
        } else if self.eat("-") {
            Mode::Absent
        } else {
            Mode::Claim
        };
        let either = self.either()?;
        let place = start..start + self.text[start..self.at].trim_end().len();
        Ok(Item { mode, either, follows, place })
    }

    fn either(&mut self) -> Result<Either, PatternError> {
        let mut phrases = vec![self.phrase()?];
        while self.eat("|") {
            phrases.push(self.phrase()?);
        }
        Ok(phrases)
    }

    fn phrase(&mut self) -> Result<Vec<Part>, PatternError> {
        self.skip_space();
        let start = self.at;
        let mut parts = Vec::new();
        while self.part(&mut parts)? {}
        if parts.is_empty() {
            let end = (start + 1).min(self.text.len());
            return Err(self.error(
                start.min(end)..end,
                "a word is missing here",
                "write a word, `@concept`, `#number` or `(…)`",
            ));
        }
        if parts[0] == Part::AnyWord && (self.n_open == 0 || parts.len() == 1) {
            return Err(self.error(start..self.at, "a phrase cannot begin with `_`", "put a word before it"));
        }
        Ok(parts)
    }

    /// Reads one part; `false` where the phrase ends.
    fn part(&mut self, parts: &mut Vec<Part>) -> Result<bool, PatternError> {
        self.skip_space();
        if self.rest().is_empty() || !self.sign().is_empty() {
            return Ok(false);
        }
        let start = self.at;
        if self.eat("(") {
            if self.n_open == MOST_NESTED {
                return Err(self.error(
                    start..self.at,
                    format!("brackets are nested more than {MOST_NESTED} deep"),
                    "write alternatives side by side: `(a|b|c)`",
                ));
            }
            self.n_open += 1;
            let either = self.either()?;
            self.n_open -= 1;
            if !self.eat(")") {
                return Err(match self.sign() {
                    "" => self.error(start..self.at, "bracket without its `)`", "close it"),
                    sign => {
                        let message = format!("`{sign}` inside a bracket, which holds alternatives only");
                        let help = "join items outside of it: write `(a|b) & c`, or two patterns";
                        self.error(start..self.at, message, help)
                    }
                });
            }
            parts.push(Part::Either(either));
        } else if self.eat("@") {
            let id = self.take(|c| c.is_ascii_alphanumeric() || c == '-');
            if id.is_empty() {
                return Err(self.error(
                    start..self.at,
                    "`@` without a concept",
                    "write the concept's id right behind it: `@tcp`",
                ));
            }
            parts.push(Part::Concept(id.to_owned(), start..self.at));
        } else if self.eat("#") {
            parts.push(Part::Number(self.number(start)?));
        } else if self
            .rest()
            .strip_prefix('_')
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        {
            self.at += 1;
            parts.push(Part::AnyWord);
        } else {
            self.words(parts)?;
        }
        Ok(true)
    }

    fn take(&mut self, accept: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    /// A run of letters up to the next space or sign; hyphens, dots and underscores inside make several words of it.
    fn words(&mut self, parts: &mut Vec<Part>) -> Result<(), PatternError> {
        let start = self.at;
        let exact = self.eat("=");
        let run = self.take(|c| !c.is_whitespace() && !matches!(c, '&' | '|' | '(' | ')' | '~' | '@' | '#'));
        let run = match run.find("..").or_else(|| run.find("<<")) {
            Some(cut) => {
                self.at -= run.len() - cut;
                &run[..cut]
            }
            None => run,
        };
        let tolerance = self.tolerance_mark()?;
        let before = parts.len();
        let mut pieces = Vec::new();
        // Wildcard signs would end a word: letters stand in for them while splitting.
        let plain: String = run.chars().map(|c| if matches!(c, '*' | '?') { 'x' } else { c }).collect();
        text::split(&plain, &mut pieces);
        for piece in pieces.iter().filter(|piece| piece.kind == PieceKind::Word) {
            let (from, to) = (piece.start as usize, piece.end as usize);
            let mut word = String::new();
            fold(&run[from..to], &mut word);
            parts.push(Part::Word(self.shape(&word, exact, start)?, tolerance));
        }
        if parts.len() == before {
            return Err(self.error(
                start..self.at.max(start + 1).min(self.text.len()),
                format!("`{run}` holds no word"),
                "write letters or digits",
            ));
        }
        Ok(())
    }

    fn shape(&self, word: &str, exact: bool, start: usize) -> Result<Shape, PatternError> {
        let wildcards = word.matches(['*', '?']).count();
        if wildcards == 0 {
            return Ok(if exact { Shape::Exact(word.to_owned()) } else { Shape::Stem(word.to_owned()) });
        }
        if word.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            return Err(self.error(
                start..self.at,
                format!("`{word}` matches almost everything"),
                "write at least three letters beside a wildcard",
            ));
        }
        Ok(match word.strip_suffix('*') {
            Some(prefix) if wildcards == 1 => Shape::Prefix(prefix.to_owned()),
            _ => Shape::Glob(word.to_owned()),
        })
    }

    fn tolerance_mark(&mut self) -> Result<Tolerance, PatternError> {
        let start = self.at;
        if !self.rest().starts_with('~') {
            return Ok(self.tolerance);
        }
        self.at += 1;
        match self.take(|c| c.is_ascii_digit()) {
            "0" => Ok(Tolerance::AtMost(0)),
            "1" => Ok(Tolerance::AtMost(1)),
            "2" => Ok(Tolerance::AtMost(2)),
            _ => Err(self.error(
                start..self.at,
                "`~` behind a word needs 0, 1 or 2",
                "to ignore polarity, write `~` before the item",
            )),
        }
    }

    fn number(&mut self, start: usize) -> Result<NumberRange, PatternError> {
        let low = self.decimal(start)?;
        if self.rest().starts_with("..") {
            self.at += 2;
            let high = self.decimal(start)?;
            if high < low {
                return Err(self.error(
                    start..self.at,
                    "the range ends before it begins",
                    "write the smaller number first",
                ));
            }
            return Ok(NumberRange { low, high });
        }
        if let Some(rest) = self.rest().strip_prefix('±') {
            self.at = self.text.len() - rest.len();
            let tolerance = self.decimal(start)?;
            return Ok(NumberRange { low: low.saturating_sub(tolerance), high: low.saturating_add(tolerance) });
        }
        Ok(NumberRange { low, high: low })
    }

    fn decimal(&mut self, start: usize) -> Result<i64, PatternError> {
        let rest = self.rest();
        let mut len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        // `20..60`: the dots belong to the range.
        if let Some(dots) = rest[..len].find("..") {
            len = dots;
        }
        self.at += len;
        let (whole, decimals) = rest[..len].split_once('.').unwrap_or((&rest[..len], ""));
        let value = whole.parse::<i64>().ok().and_then(|whole| whole.checked_mul(1000));
        let thousandths = format!("{decimals:0<3}")[..3].parse::<i64>();
        match (value, thousandths) {
            (Some(value), Ok(thousandths)) if decimals.len() <= 3 => Ok(value.saturating_add(thousandths)),
            _ => Err(self.error(
                start..self.at.max(start + 1),
                "`#` needs a number",
                "write `#20`, `#20..60` or `#100±10`, at most three decimals",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(pattern: &str) -> String {
        match parse(pattern, Tolerance::ByLength) {
            Ok(pattern) => format!("{pattern:?}"),
            Err(error) => format!("{}..{}: {}", error.range.start, error.range.end, error.message),
        }
    }

    #[test]
    fn alternatives_bind_tighter_than_both() {
        let Ok(Pattern::All(items)) = parse("guarantee* delivery | ensure* & !order", Tolerance::ByLength) else {
            panic!()
        };
        assert_eq!(items.len(), 2);
        assert_eq!(items[0].either.len(), 2);
        assert_eq!(items[0].either[0].len(), 2);
        assert_eq!(items[1].mode, Mode::Deny);
    }

    #[test]
    fn hyphens_make_phrases() {
        assert_eq!(show("three-way"), show("three way"));
        assert_eq!(show("select_related"), show("select related"));
    }

    #[test]
    fn numbers_and_ranges() {
        let Ok(Pattern::All(items)) = parse("#20..60 bytes .. 3", Tolerance::ByLength) else { panic!() };
        assert_eq!(items[0].either[0][0], Part::Number(NumberRange { low: 20_000, high: 60_000 }));
        assert_eq!(items[1].follows, Follows::Within(DEFAULT_GAP));
    }

    #[test]
    fn brackets_nest_so_deep_and_no_deeper() {
        let nested = |n: usize| format!("{}tcp{}", "(".repeat(n), ")".repeat(n));
        assert!(parse(&nested(100), Tolerance::ByLength).is_ok());
        assert_eq!(show(&nested(100_000)), "100..101: brackets are nested more than 100 deep");
        let side_by_side = "(tcp) ".repeat(1000);
        assert!(parse(&side_by_side, Tolerance::ByLength).is_ok());
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(show("a* & b"), "0..2: `a*` matches almost everything");
        assert_eq!(show("tcp & "), "6..6: a word is missing here");
        assert_eq!(show("(tcp|udp"), "0..8: bracket without its `)`");
        assert!(show("(tcp & udp)").starts_with("0..5: `&` inside a bracket"));
        assert!(show("tcp & udp << ack").starts_with("10..16: `<<` stands between"));
        assert!(show("tcp << udp << ack").starts_with("11..17: `<<` stands between"));
        assert!(show("tcp << udp & ack").starts_with("11..16: `<<` stands between"));
        assert_eq!(show("tcp)"), "3..4: nothing goes on here");
        assert_eq!(show("a ..9999 b"), "4..8: a gap has 1000 words at most");
        assert_eq!(show("a ..99999999999 b"), "4..15: a gap has 1000 words at most");
        assert_eq!(show("_ tcp"), "0..5: a phrase cannot begin with `_`");
        assert_eq!(show("tcp (_|udp)"), "5..6: a phrase cannot begin with `_`");
        assert_eq!(show("word~7"), "4..6: `~` behind a word needs 0, 1 or 2");
        assert_eq!(show("/unclosed"), "0..9: regular expression without its closing `/`");
    }
}
