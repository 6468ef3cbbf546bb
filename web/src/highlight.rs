//! Cuts an answer at the borders of its evidence, so that overlapping places can be shown side by side.

use rubrica_core::sort::sort_by_key;
use std::ops::Range;

/// A place of the answer with the number of the finding that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the answer.
    pub range: Range<usize>,
    /// Index of the finding in the caller's list.
    pub finding: usize,
}

/// A piece of the answer that belongs to the same findings from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub range: Range<usize>,
    /// Findings, ascending; none for plain text.
    pub findings: Vec<usize>,
}

/// Segments that together are the whole answer, in its order.
///
/// Spans past the end, or with borders inside a character, are left out: showing nothing beats marking the wrong words.
pub fn segments(answer: &str, spans: &[Span]) -> Vec<Segment> {
    let sound = |span: &&Span| {
        span.range.start < span.range.end
            && answer.is_char_boundary(span.range.start)
            && answer.is_char_boundary(span.range.end)
    };
    let spans: Vec<&Span> = spans.iter().filter(sound).collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|span| [span.range.start, span.range.end]).collect();
    cuts.extend([0, answer.len()]);
    sort_by_key(&mut cuts, |cut| *cut);
    cuts.dedup();
    let mut segments: Vec<Segment> = Vec::new();
    for cut in cuts.windows(2) {
        let (start, end) = (cut[0], cut[1]);
        let covers = |span: &&&Span| span.range.start <= start && end <= span.range.end;
        let mut findings: Vec<usize> = spans.iter().filter(covers).map(|span| span.finding).collect();
        sort_by_key(&mut findings, |finding| *finding);
        findings.dedup();
        match segments.last_mut() {
            Some(last) if last.findings == findings => last.range.end = end,
            _ => segments.push(Segment { range: start..end, findings }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::{Span, segments};

    /// Draws segments as `text` or `[1,2:text]`.
    fn draw(answer: &str, spans: &[(usize, usize, usize)]) -> String {
        let spans: Vec<Span> = spans.iter().map(|&(start, end, finding)| Span { range: start..end, finding }).collect();
        segments(answer, &spans)
            .into_iter()
            .map(|segment| {
                let text = &answer[segment.range];
                if segment.findings.is_empty() { text.to_owned() } else { format!("{:?}({text})", segment.findings) }
            })
            .collect()
    }

    #[test]
    fn places_are_cut_where_they_overlap() {
        assert_eq!(draw("TCP resends lost data", &[]), "TCP resends lost data");
        assert_eq!(draw("TCP resends lost data", &[(4, 11, 0)]), "TCP [0](resends) lost data");
        assert_eq!(
            draw("TCP resends lost data", &[(4, 16, 0), (12, 21, 1)]),
            "TCP [0](resends )[0, 1](lost)[1]( data)"
        );
        assert_eq!(draw("TCP resends", &[(4, 11, 2), (4, 11, 2)]), "TCP [2](resends)");
        assert_eq!(draw("ab", &[(0, 1, 0), (1, 2, 0)]), "[0](ab)");
    }

    #[test]
    fn impossible_places_are_left_out() {
        assert_eq!(draw("é!", &[(1, 2, 0), (0, 9, 1), (2, 2, 2)]), "é!");
        assert_eq!(draw("", &[(0, 0, 0)]), "");
    }
}
