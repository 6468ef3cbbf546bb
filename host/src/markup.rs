//! Evidence marked inside an answer, for terminal and page alike.

use rubrica_core::wire::{Evaluation, Evidence, Matcher};
use std::collections::BTreeMap;

/// What a marked place says about its criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    For,
    /// It contradicts a criterion, or shows a misconception.
    Against,
}

/// A place of the answer with the numbers of what it is evidence for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    start: usize,
    end: usize,
    pub stance: Stance,
    /// Criteria are numbered `1`, `2` ..., misconceptions `a`, `b` ...
    pub label: String,
}

/// A marked answer in reading order. Every `Open` has its `Close`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Open(&'a Mark),
    Close,
}

/// Label of the criterion at an index of the evaluation's outcomes.
pub fn criterion_label(outcome_idx: usize) -> String {
    (outcome_idx + 1).to_string()
}

/// Label of the misconception at an index: `a` to `z`, then `a1`, `b1` ...
pub fn misconception_label(misconception_idx: usize) -> String {
    let letter = char::from(b'a' + (misconception_idx % 26) as u8);
    match misconception_idx / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

/// Every place of an evaluation, ready for [`pieces`]. Left out is what is no text of this answer, and what lies inside
/// another place of the same criterion.
pub fn marks(evaluation: &Evaluation, answer: &str) -> Vec<Mark> {
    let mut labels: BTreeMap<(usize, usize, Stance), Vec<String>> = BTreeMap::new();
    let mut add = |label: String, stance: Stance, evidence: &[Evidence]| {
        // The size of an answer is evidence without a place.
        let places = evidence.iter().filter(|place| place.matcher != Matcher::Size);
        let mut places: Vec<_> = places.map(|place| (place.start as usize, place.end as usize)).collect();
        places.sort_by_key(|&(start, end)| (start, usize::MAX - end));
        let mut covered_until = 0;
        for (start, end) in places {
            if end > covered_until && answer.get(start..end).is_some_and(|text| !text.is_empty()) {
                covered_until = end;
                labels.entry((start, end, stance)).or_default().push(label.clone());
            }
        }
    };
    for (idx, outcome) in evaluation.outcomes.iter().enumerate() {
        add(criterion_label(idx), Stance::For, &outcome.evidence);
        add(criterion_label(idx), Stance::Against, &outcome.against);
    }
    for (idx, misconception) in evaluation.misconceptions.iter().enumerate() {
        add(misconception_label(idx), Stance::Against, &misconception.evidence);
    }
    let mark = |((start, end, stance), labels): (_, Vec<String>)| Mark { start, end, stance, label: labels.join(",") };
    labels.into_iter().map(mark).collect()
}

/// Cuts an answer at its marks. Marks nest; where two overlap, the later one is closed and opened again.
pub fn pieces<'a>(answer: &'a str, marks: &'a [Mark]) -> Vec<Piece<'a>> {
    // (start, end, mark): longer places first, so that shorter ones nest in them. Popped from the end.
    let mut waiting: Vec<(usize, usize, &Mark)> = marks.iter().map(|mark| (mark.start, mark.end, mark)).collect();
    let order = |&(start, end, mark): &(usize, usize, &'a Mark)| (usize::MAX - start, end, mark.stance);
    waiting.sort_by_key(order);
    let mut pieces = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    let text_until = |pieces: &mut Vec<Piece<'a>>, at: &mut usize, end: usize| {
        if *at < end {
            pieces.push(Piece::Text(&answer[*at..end]));
            *at = end;
        }
    };
    loop {
        let next_start = waiting.last().map_or(usize::MAX, |&(start, ..)| start);
        match open.last().copied() {
            Some(end) if end <= next_start => {
                text_until(&mut pieces, &mut at, end);
                pieces.push(Piece::Close);
                open.pop();
            }
            enclosing => {
                let Some((start, end, mark)) = waiting.pop() else { break };
                text_until(&mut pieces, &mut at, start);
                let closes = enclosing.map_or(end, |enclosing| end.min(enclosing));
                if closes < end {
                    waiting.push((closes, end, mark));
                    waiting.sort_by_key(order);
                }
                pieces.push(Piece::Open(mark));
                open.push(closes);
            }
        }
    }
    text_until(&mut pieces, &mut at, answer.len());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, label: &str) -> Mark {
        Mark { start, end, stance: Stance::For, label: label.to_owned() }
    }

    fn drawn(answer: &str, marks: &[Mark]) -> String {
        pieces(answer, marks)
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Open(mark) => format!("[{} ", mark.label),
                Piece::Close => "]".to_owned(),
            })
            .collect()
    }

    #[test]
    fn places_nest_and_overlapping_ones_are_cut() {
        assert_eq!(drawn("abcdef", &[]), "abcdef");
        assert_eq!(drawn("abcdef", &[mark(1, 3, "1"), mark(4, 6, "2")]), "a[1 bc]d[2 ef]");
        assert_eq!(drawn("abcdef", &[mark(2, 4, "2"), mark(0, 6, "1")]), "[1 ab[2 cd]ef]");
        assert_eq!(drawn("abcdef", &[mark(0, 4, "1"), mark(2, 6, "2")]), "[1 ab[2 cd]][2 ef]");
        assert_eq!(drawn("abcdef", &[mark(0, 3, "1"), mark(3, 6, "2")]), "[1 abc][2 def]");
    }

    #[test]
    fn many_places_at_once_keep_the_text_whole() {
        let answer = "abcdefghij";
        let marks: Vec<Mark> = (0..9).flat_map(|start| (start + 1..10).map(move |end| mark(start, end, "1"))).collect();
        let pieces = pieces(answer, &marks);
        let text: String =
            pieces.iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(*text) } else { None }).collect();
        assert_eq!(text, answer);
        let n_open = pieces.iter().filter(|piece| matches!(piece, Piece::Open(_))).count();
        let n_close = pieces.iter().filter(|piece| matches!(piece, Piece::Close)).count();
        assert_eq!(n_open, n_close);
    }
}
