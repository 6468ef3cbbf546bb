//! Cues: word sequences with a meaning for structure ("no longer", "unlike", "it is not true that").

use super::Structure;
use crate::language::{Class, Cue, CueKind, LANGUAGE};

/// Words of the longest cue, with a comma in it.
const LONGEST_CUE: u32 = 6;

/// A cue found in the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CueHit {
    pub(crate) kind: CueKind,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Structure {
    /// Finds all cues, longest first at each place; of one kind none begins inside another.
    pub(super) fn find_cues(&mut self) {
        self.cues.clear();
        for i in 0..self.tokens.len() {
            let first = self.tokens[i].lex;
            for cue in LANGUAGE.cues(first) {
                let Some(end) = self.cue_end(cue, i) else { continue };
                let inside = self.cues.iter().rev().take(8).any(|hit| hit.kind == cue.kind && hit.end as usize > i);
                if !inside {
                    self.cues.push(CueHit { kind: cue.kind, start: i as u32, end: end as u32 });
                }
            }
        }
    }

    /// Where a cue ends that begins at a token; a comma may part the words of a correction ("no, wait").
    fn cue_end(&self, cue: &Cue, start: usize) -> Option<usize> {
        let mut at = start;
        for word in &cue.words {
            if cue.kind == CueKind::Correction && at > start && self.tokens.get(at)?.is(Class::COMMA) {
                at += 1;
            }
            if self.tokens.get(at)?.lex != *word {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Cues that begin in a range of tokens.
    pub(crate) fn cues_in(&self, start: u32, end: u32) -> &[CueHit] {
        let from = self.cues.partition_point(|hit| hit.start < start);
        let to = self.cues.partition_point(|hit| hit.start < end);
        &self.cues[from..to]
    }

    /// Whether a cue of a kind begins in a range of tokens.
    pub(crate) fn has_cue(&self, start: u32, end: u32, kind: CueKind) -> bool {
        self.cues_in(start, end).iter().any(|hit| hit.kind == kind)
    }

    /// Cues that end right before a token.
    pub(crate) fn cues_before(&self, token: u32) -> impl Iterator<Item = &CueHit> {
        self.cues_in(token.saturating_sub(LONGEST_CUE), token).iter().filter(move |hit| hit.end == token)
    }

    /// Whether a cue of a kind ends right before a token.
    pub(crate) fn follows_cue(&self, token: u32, kind: CueKind) -> bool {
        self.cues_before(token).any(|hit| hit.kind == kind)
    }
}
