//! Points that cannot add up to what their author wrote.

use super::Warnings;
use crate::rubric::source::{CriterionSource, RubricSource};

pub(super) fn check(source: &RubricSource, warnings: &mut Warnings<'_>) {
    let points_of =
        |id: &String| source.criteria.iter().find(|criterion| criterion.id == *id).map(CriterionSource::points);
    for (i, group) in source.groups.iter().enumerate() {
        let points: Vec<u32> = group.criteria.iter().map(|id| points_of(id).unwrap_or(1)).collect();
        let sum: u32 = points.iter().sum();
        let path = format!("groups.{i}");
        if group.best.is_some_and(|best| best as usize == group.criteria.len()) {
            warnings.add(
                "lint/group-without-limit",
                &format!("{path}.best"),
                format!("group `{}` counts the best {n} of {n}", group.id, n = group.criteria.len()),
                "lower `best`, or remove the group",
            );
        }
        let Some(cap) = group.cap else { continue };
        if cap >= sum {
            warnings.add(
                "lint/group-without-limit",
                &format!("{path}.cap"),
                format!("group `{}` is capped at {cap}, but its criteria give {sum} together", group.id),
                "lower `cap`, or remove the group",
            );
        }
        if let Some(largest) = points.iter().max().filter(|largest| **largest > cap) {
            warnings.add(
                "lint/group-cap-below-criterion",
                &format!("{path}.cap"),
                format!("a criterion of group `{}` gives {largest} points, the group {cap} at most", group.id),
                "raise `cap`, or lower the points of the criterion",
            );
        }
    }
}
