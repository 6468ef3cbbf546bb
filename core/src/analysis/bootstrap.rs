//! Bootstrap intervals from a fixed, seeded generator.

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, not below the lower.
    pub high: f64,
}

/// Percentile bootstrap interval of a statistic of `n` rows.
///
/// Draws `n_resamples` times `n` row indices with replacement, computes the statistic on each draw, and takes the
/// quantiles that leave out `1 - confidence` of the values, half of it on each side (interpolated linearly between order
/// statistics). Draws on which the statistic is undefined are left out; `None` when more than half of them are, or
/// without rows. The same arguments always give the same interval.
///
/// # Source
/// Efron & Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13; quantiles of type 7 in Hyndman & Fan
/// (1996), "Sample quantiles in statistical packages", The American Statistician 50(4), 361-365.
pub fn bootstrap(
    n: usize,
    n_resamples: usize,
    confidence: f64,
    seed: u64,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let mut generator = SplitMix64(seed);
    let mut rows = vec![0; n];
    let mut values = Vec::with_capacity(n_resamples);
    for _ in 0..n_resamples {
        for row in &mut rows {
            *row = generator.below(n);
        }
        values.extend(statistic(&rows));
    }
    if values.is_empty() || values.len() * 2 < n_resamples {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let tail = (1.0 - confidence) / 2.0;
    Some(Interval { low: quantile(&values, tail), high: quantile(&values, 1.0 - tail) })
}

/// Quantile of ascending values, interpolated linearly.
fn quantile(ascending: &[f64], share: f64) -> f64 {
    let place = share * (ascending.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(ascending.len() - 1);
    ascending[below] + (place - below as f64) * (ascending[above] - ascending[below])
}

/// Generator of well-mixed 64-bit numbers from a counter.
///
/// # Source
/// Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators", OOPSLA '14, figure 3.
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`: the high half of a product, whose bias is far below what a bootstrap could show.
    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// First outputs for seed 1234567, as published with the reference implementation
    /// (<https://prng.di.unimi.it/splitmix64.c>) and used by several libraries as their test vector.
    #[test]
    fn generator_gives_the_published_sequence() {
        let mut generator = SplitMix64(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| generator.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn undefined_draws_are_left_out_and_too_many_of_them_leave_nothing() {
        let mut call = 0;
        let mut every = |n: usize| {
            call = 0;
            bootstrap(4, 100, 0.95, 1, |_| {
                call += 1;
                (call % n == 0).then_some(2.0)
            })
        };
        assert_eq!(every(2), Some(Interval { low: 2.0, high: 2.0 }));
        assert_eq!(every(3), None);
        assert_eq!(bootstrap(0, 100, 0.95, 1, |_| Some(1.0)), None);
    }
}
