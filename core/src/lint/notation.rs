//! Signs and words of a pattern that its reader drops without a word, or that no answer is ever compared with.

use crate::language::LANGUAGE;
use crate::vocabulary::is_initials;

/// Something written that has no effect, or another than it seems to have.
pub(super) struct Loss {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) help: String,
}

/// What gets lost of a pattern that is no regular expression, or of a concept's name.
pub(super) fn losses(pattern: &str) -> Vec<Loss> {
    let mut losses = Vec::new();
    for run in runs(pattern) {
        if let Some(sign @ ('!' | '-')) = run.text.chars().next().filter(|_| !run.opens_item)
            && (run.text.len() == 1 || run.text[1..].starts_with(|c: char| c.is_alphanumeric() || c == '='))
        {
            losses.push(Loss {
                code: "lint/sign-inside-phrase",
                message: format!("the `{sign}` of `{}` is not read: it stands inside a phrase", run.written(pattern)),
                help: format!("signs hold for a whole item: put `&` or `..` before it, as in `a & {sign}b`"),
            });
        }
        let word = run.text.trim_start_matches(['!', '-', '=']);
        if let Some(spelt_out) = spell_out(word) {
            losses.push(Loss {
                code: "lint/contraction",
                message: format!("`{word}` is never found: answers are read as `{spelt_out}`"),
                help: "write the words out; a denied claim is better asked for with `!`".to_owned(),
            });
        } else if loses_signs(word) {
            let words: Vec<&str> = word.split(|c: char| !is_letter(c)).filter(|part| !part.is_empty()).collect();
            losses.push(Loss {
                code: "lint/lost-signs",
                message: format!("`{word}` is read as `{}`: other signs are dropped", words.join(" ")),
                help: "write it so, or ask for the signs by a regular expression: `/…/`".to_owned(),
            });
        }
    }
    if let Some(item) = items(pattern).into_iter().find(|item| has_loose_alternatives(item)) {
        losses.push(Loss {
            code: "lint/loose-alternatives",
            message: format!(
                "`|` binds tighter than `..`: every alternative of `{item}` needs what is on the other side"
            ),
            help: "put the alternatives in brackets if that is meant, else write them as patterns of their own"
                .to_owned(),
        });
    }
    losses
}

/// The parts of a pattern between `&`, brackets left whole.
fn items(pattern: &str) -> Vec<&str> {
    let mut start = 0;
    let mut items = Vec::new();
    for (at, _) in outside_brackets(pattern).filter(|(_, c)| *c == '&') {
        items.push(pattern[start..at].trim());
        start = at + 1;
    }
    items.push(pattern[start..].trim());
    items
}

/// Whether `|` stands beside `..` with no bracket around it.
fn has_loose_alternatives(item: &str) -> bool {
    let bare: String = outside_brackets(item).map(|(_, c)| c).collect();
    bare.contains("..") && bare.contains('|')
}

/// The characters with no bracket around them, and where they stand.
fn outside_brackets(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

/// A stretch of a pattern without spaces, brackets and joints.
struct Run<'p> {
    text: &'p str,
    start: usize,
    /// Behind the beginning, `&` or `..`: where a sign for the whole item may stand.
    opens_item: bool,
}

impl Run<'_> {
    /// What an author sees: a sign before a bracket is shown with it.
    fn written<'p>(&self, pattern: &'p str) -> &'p str {
        let end = self.start + self.text.len();
        if self.text.len() > 1 || !pattern[end..].starts_with('(') {
            return &pattern[self.start..end];
        }
        let close = pattern[end..].find(')').map_or(pattern.len(), |at| end + at + 1);
        &pattern[self.start..close]
    }
}

fn runs(pattern: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut opens_item = true;
    let mut at = 0;
    while let Some(next) = pattern[at..].chars().next() {
        let rest = &pattern[at..];
        if let Some(gap) = rest.strip_prefix("..") {
            at += 2 + gap.len() - gap.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            opens_item = true;
        } else if rest.starts_with("<<") {
            at += 2;
            opens_item = false;
        } else if next == '&' {
            at += 1;
            opens_item = true;
        } else if next.is_whitespace() {
            at += next.len_utf8();
        } else if opens_item && matches!(next, '!' | '-' | '~') {
            // The sign of the item; the next one would be inside.
            at += 1;
            opens_item = false;
        } else if is_joint(next) {
            // Of a number's range, unit and tolerance nothing is lost; a concept is an id.
            at += match next {
                '#' | '@' => {
                    rest[1..].find(|c: char| c.is_whitespace() || is_joint(c)).map_or(rest.len(), |len| len + 1)
                }
                _ => next.len_utf8(),
            };
            opens_item = false;
        } else {
            let len = rest.find(|c: char| c.is_whitespace() || is_joint(c)).unwrap_or(rest.len());
            let len = rest[..len].find("..").or_else(|| rest[..len].find("<<")).unwrap_or(len);
            runs.push(Run { text: &rest[..len], start: at, opens_item });
            at += len;
            opens_item = false;
        }
    }
    runs
}

fn is_joint(c: char) -> bool {
    matches!(c, '&' | '|' | '(' | ')' | '~' | '@' | '#')
}

/// The words for which a contraction stands in answers.
fn spell_out(word: &str) -> Option<String> {
    if is_initials(word) {
        return None;
    }
    let word = word.to_lowercase().replace('’', "'");
    if let Some(words) = LANGUAGE.expand(&word) {
        return Some(words.join(" "));
    }
    word.strip_suffix("n't").filter(|verb| !verb.is_empty()).map(|verb| format!("{verb} not"))
}

/// Whether a word has signs that are neither letters nor wildcards nor joints between letters.
fn loses_signs(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let has_letter = chars.iter().any(|c| is_letter(*c));
    has_letter
        && chars.iter().enumerate().any(|(i, c)| {
            let between = i > 0 && chars.get(i + 1).is_some_and(|next| is_letter(*next)) && is_letter(chars[i - 1]);
            let joint = between && matches!(c, '-' | '\'' | '’' | '.' | '_' | '/' | ',' | '+');
            !is_letter(*c) && !joint
        })
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '*' | '?') || !c.is_ascii() && !matches!(c, '’')
}

#[cfg(test)]
mod tests {
    use super::losses;

    fn codes(pattern: &str) -> Vec<&'static str> {
        losses(pattern).iter().map(|loss| loss.code).collect()
    }

    #[test]
    fn signs_before_an_item_are_read() {
        for pattern in
            ["!order* & guarantee*", "a.. -b", "order ..3 !(matter*|count*)", "a & -(b|c)", "~n-plus-one", "=SYN"]
        {
            assert_eq!(codes(pattern), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn signs_inside_a_phrase_are_not() {
        for pattern in
            ["(order|!sequence) matter", "order !matter*", "a & b -c", "first << !second", "lose !(data|state)"]
        {
            assert_eq!(codes(pattern), ["lint/sign-inside-phrase"], "{pattern}");
        }
    }

    #[test]
    fn alternatives_beside_a_gap_want_brackets() {
        for pattern in ["a .. b|c", "a|b ..3 c", "x & a .. b|c .. d", "(a|b) .. c|d"] {
            assert_eq!(codes(pattern), ["lint/loose-alternatives"], "{pattern}");
        }
        for pattern in ["(a|b) .. (c|d)", "a|b & c .. d", "a|b", "(a .. b)|c"] {
            assert_eq!(codes(pattern), [""; 0], "{pattern}");
        }
    }

    #[test]
    fn contractions_are_never_found() {
        for pattern in ["cannot escape", "a|(b|can't)", "needn’t wait", "w/o help"] {
            assert_eq!(codes(pattern), ["lint/contraction"], "{pattern}");
        }
        assert_eq!(codes("can not escape"), [""; 0]);
    }

    #[test]
    fn signs_of_words_are_lost_unless_they_join_letters() {
        for pattern in ["__init__", "c++", ":latest", "(.com|net)"] {
            assert_eq!(codes(pattern), ["lint/lost-signs"], "{pattern}");
        }
        for pattern in
            ["n+1", "ci/cd", "snake_case", "node.js", "#100±10 ms", "@tcp ..4 café*", "wom?n", "a..b", "word~2"]
        {
            assert_eq!(codes(pattern), [""; 0], "{pattern}");
        }
    }
}
