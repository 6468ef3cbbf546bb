//! The analysed answer as text, for authors who wonder about an outcome.

use super::Structure;
use crate::rubric::Rubric;
use std::fmt::Write;

impl Structure {
    pub(crate) fn trace(&self, rubric: &Rubric, answer: &str) -> String {
        let mut out = String::new();
        for (s, sentence) in self.sentences.iter().enumerate() {
            let _ = writeln!(
                out,
                "sentence {}: {:?}, weight {}, order {}",
                s + 1,
                sentence.form,
                sentence.weight,
                sentence.order
            );
            for clause in self.clauses.iter().filter(|clause| clause.sentence as usize == s) {
                let subjects: Vec<&str> = rubric
                    .subjects
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| clause.subject & 1 << i != 0)
                    .map(|(_, id)| id.as_str())
                    .collect();
                let _ = write!(out, "  [{}]", subjects.join(", "));
                for t in clause.start..clause.end {
                    self.trace_token(t as usize, answer, &mut out);
                }
                out.push('\n');
            }
        }
        out
    }

    fn trace_token(&self, t: usize, answer: &str, out: &mut String) {
        let token = &self.tokens[t];
        let polarity = &self.polarity[t];
        let word = answer.get(token.start as usize..token.end as usize).unwrap_or_default().trim();
        let _ = write!(out, " {}{word}", if token.sign < 0 { "-" } else { "" });
        (0..(polarity.forward & !polarity.own).count_ones()).for_each(|_| out.push('!'));
        (0..polarity.back.count_ones()).for_each(|_| out.push('^'));
        if self.mirror[t].subject != 0 {
            let _ = write!(out, "({})", if self.mirror[t].sign < 0 { "turned" } else { "again" });
        }
    }
}
