//! What is wrong with a rubric beyond its shape: ids, points, ranges, groups, bands, examples.

use super::read::Places;
use super::source::*;
use crate::diagnostic::Problem;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most points that all criteria have together: in thousandths they are added up in 32 bits.
const MOST_POINTS: u64 = 1_000_000;

/// Reports every error of a rubric's own making; patterns and concepts are the compiler's work.
pub(super) fn check(source: &RubricSource, places: &Places, document: &str, problems: &mut Vec<Problem>) {
    let mut check = Check { places, document, problems };
    check.head(source);
    check.unique("criteria", source.criteria.iter().map(|criterion| criterion.id.as_str()));
    check.unique("misconceptions", source.misconceptions.iter().map(|wrong| wrong.id.as_str()));
    check.unique("groups", source.groups.iter().map(|group| group.id.as_str()));
    check.unique("bands", source.bands.iter().map(|band| band.id.as_str()));
    source.criteria.iter().enumerate().for_each(|(i, criterion)| check.criterion(i, criterion));
    source.misconceptions.iter().enumerate().for_each(|(i, wrong)| {
        if wrong.any.is_empty() {
            check.error(
                "rubric/empty",
                &format!("misconceptions.{i}"),
                format!("misconception `{}` has no patterns", wrong.id),
                "add patterns under `any`",
            );
        }
    });
    source.groups.iter().enumerate().for_each(|(i, group)| check.group(source, i, group));
    check.bands(source);
    source.examples.iter().enumerate().for_each(|(i, example)| check.example(source, i, example));
}

struct Check<'a> {
    places: &'a Places,
    document: &'a str,
    problems: &'a mut Vec<Problem>,
}

impl Check<'_> {
    fn error(&mut self, code: &'static str, path: &str, message: String, help: &str) {
        let range: Range<u32> = self.places.of(path);
        self.problems.push(Problem::error(code, self.document, range, message, help));
    }

    fn head(&mut self, source: &RubricSource) {
        if !source.id.is_empty() && !is_kebab(&source.id) {
            self.error(
                "rubric/bad-id",
                "id",
                format!("`{}` is not in kebab-case", source.id),
                "use lower-case letters, digits and single hyphens",
            );
        }
        let stem = self.document.rsplit(['/', '\\']).next().unwrap_or(self.document);
        if let Some(stem) = stem.strip_suffix(".toml").filter(|stem| *stem != source.id && !source.id.is_empty()) {
            self.error(
                "rubric/id-differs",
                "id",
                format!("the id `{}` differs from the file name `{stem}`", source.id),
                "give both the same name",
            );
        }
        if source.full_marks.is_some_and(|percent| !(1..=100).contains(&percent)) {
            self.error(
                "rubric/out-of-range",
                "full_marks",
                "`full_marks` must be 1 to 100 percent".to_owned(),
                "leave it out for 85",
            );
        }
        if source.version == Some(0) {
            self.error("rubric/out-of-range", "version", "`version` begins at 1".to_owned(), "leave it out for 1");
        }
        let points: u64 = source.criteria.iter().map(|criterion| u64::from(criterion.points())).sum();
        if points > MOST_POINTS {
            self.error(
                "rubric/out-of-range",
                "criteria",
                format!("the criteria have {points} points together, at most {MOST_POINTS} are possible"),
                "give fewer points: only their proportions matter",
            );
        }
        if source.criteria.is_empty() {
            self.error("rubric/empty", "", "the rubric has no criteria".to_owned(), "add at least one `[[criteria]]`");
        }
    }

    fn unique<'s>(&mut self, list: &str, ids: impl Iterator<Item = &'s str>) {
        let mut seen = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            let path = format!("{list}.{i}.id");
            if !id.is_empty() && !is_kebab(id) {
                self.error(
                    "rubric/bad-id",
                    &path,
                    format!("`{id}` is not in kebab-case"),
                    "use lower-case letters, digits and single hyphens",
                );
            }
            if !seen.insert(id) && !id.is_empty() {
                self.error(
                    "rubric/duplicate-id",
                    &path,
                    format!("the id `{id}` is used twice in `{list}`"),
                    "ids are stable names: give this one its own",
                );
            }
        }
    }

    fn criterion(&mut self, i: usize, criterion: &CriterionSource) {
        let path = format!("criteria.{i}");
        if criterion.points == Some(0) {
            self.error(
                "rubric/out-of-range",
                &format!("{path}.points"),
                "a criterion needs at least 1 point".to_owned(),
                "remove the criterion, or make it a misconception",
            );
        }
        let empty = criterion.any.is_empty()
            && criterion.all.is_empty()
            && criterion.at_least.is_none()
            && criterion.statements.is_empty()
            && criterion.size.is_none();
        if empty {
            self.error(
                "rubric/empty",
                &path,
                format!("criterion `{}` has nothing to look for", criterion.id),
                "add `any`, `all`, `at_least`, `statements` or `size`",
            );
        }
        if let Some(at_least) = &criterion.at_least
            && (at_least.n == 0 || at_least.n as usize > at_least.of.len())
        {
            let message = format!("`n` is {}, but there are {} patterns", at_least.n, at_least.of.len());
            self.error(
                "rubric/out-of-range",
                &format!("{path}.at_least.n"),
                message,
                "n lies between 1 and the number of patterns",
            );
        }
        if let Some(size) = &criterion.size
            && size.words[0] > size.words[1]
        {
            self.error(
                "rubric/out-of-range",
                &format!("{path}.size.words"),
                "the fewest words are more than the most".to_owned(),
                "write the smaller number first",
            );
        }
        for (k, statement) in criterion.statements.iter().enumerate() {
            if crate::statement::content_words(statement).len() < 2 {
                let message = "a statement needs at least two content words".to_owned();
                self.error(
                    "rubric/statement-too-short",
                    &format!("{path}.statements.{k}"),
                    message,
                    "write a full sentence, or a pattern under `any`",
                );
            }
        }
    }

    fn group(&mut self, source: &RubricSource, i: usize, group: &GroupSource) {
        let path = format!("groups.{i}");
        if group.best.is_none() == group.cap.is_none() {
            self.error(
                "rubric/group",
                &path,
                format!("group `{}` needs either `best` or `cap`", group.id),
                "`best = 3` counts three criteria, `cap = 3` limits the points",
            );
        }
        if group.best.is_some_and(|best| best == 0 || best as usize > group.criteria.len()) {
            let message = format!("`best` must lie between 1 and {}", group.criteria.len());
            self.error("rubric/out-of-range", &format!("{path}.best"), message, "count the criteria of the group");
        }
        for (k, id) in group.criteria.iter().enumerate() {
            let path = format!("{path}.criteria.{k}");
            if !source.criteria.iter().any(|criterion| criterion.id == *id) {
                self.error(
                    "rubric/unknown-criterion",
                    &path,
                    format!("the group names an unknown criterion `{id}`"),
                    "name an id of `[[criteria]]`",
                );
            } else if group.criteria[..k].contains(id) {
                self.error("rubric/group", &path, format!("criterion `{id}` is in the group twice"), "name it once");
            } else if source.groups[..i].iter().any(|other| other.criteria.contains(id)) {
                self.error(
                    "rubric/group",
                    &path,
                    format!("criterion `{id}` is already in another group"),
                    "a criterion belongs to one group at most",
                );
            }
        }
    }

    fn bands(&mut self, source: &RubricSource) {
        if source.bands.is_empty() {
            return;
        }
        let mut seen = BTreeSet::new();
        for (i, band) in source.bands.iter().enumerate() {
            let path = format!("bands.{i}.from");
            if band.from > 100 {
                self.error(
                    "rubric/out-of-range",
                    &path,
                    "a band begins at 0 to 100 percent".to_owned(),
                    "write a percentage of the score",
                );
            }
            if !seen.insert(band.from) {
                self.error(
                    "rubric/bands",
                    &path,
                    format!("two bands begin at {} percent", band.from),
                    "every band needs its own beginning",
                );
            }
        }
        if !seen.contains(&0) {
            self.error(
                "rubric/bands",
                "bands",
                "no band begins at 0 percent".to_owned(),
                "every score needs a band: add one with `from = 0`",
            );
        }
    }

    fn example(&mut self, source: &RubricSource, i: usize, example: &ExampleSource) {
        let path = format!("examples.{i}");
        if example.score[0] > example.score[1] || example.score[1] > 100 {
            self.error(
                "rubric/out-of-range",
                &format!("{path}.score"),
                "the expected score must be two percentages, the lower first".to_owned(),
                "write `score = [80, 100]`",
            );
        }
        for (list, ids) in [("met", &example.met), ("missed", &example.missed)] {
            for (k, id) in ids.iter().enumerate() {
                if !source.criteria.iter().any(|criterion| criterion.id == *id) {
                    self.error(
                        "rubric/unknown-criterion",
                        &format!("{path}.{list}.{k}"),
                        format!("the example names an unknown criterion `{id}`"),
                        "name an id of `[[criteria]]`",
                    );
                }
            }
        }
        for (k, id) in example.misconceptions.iter().enumerate() {
            if !source.misconceptions.iter().any(|wrong| wrong.id == *id) {
                self.error(
                    "rubric/unknown-misconception",
                    &format!("{path}.misconceptions.{k}"),
                    format!("the example names an unknown misconception `{id}`"),
                    "name an id of `[[misconceptions]]`",
                );
            }
        }
    }
}

fn is_kebab(id: &str) -> bool {
    id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}
