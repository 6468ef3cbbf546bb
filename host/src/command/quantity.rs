//! Times and sizes as people write them.

use std::time::Duration;

/// A time: `10s`, `500ms`, `2m`, or a bare number of seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no time; write for example 10s, 500ms or 2m");
    let (number, unit) = split(text);
    let seconds = match unit {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" | "min" => 60.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(number * seconds).map_err(|_| wrong())
}

/// A number above zero, such as the highest rating.
pub fn positive(text: &str) -> Result<f64, String> {
    let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| format!("`{text}` is no number above 0; write for example 5 or 2.5"))
}

/// A size in bytes: `512MiB`, `2G`, or a bare number of bytes. Every unit counts in 1024s.
pub fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no size; write for example 512MiB or 2GiB");
    let (number, unit) = split(text);
    let shift = match unit.to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(1 << shift).ok_or_else(wrong)
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    (number, unit.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_their_units() {
        assert_eq!(duration("0"), Ok(Duration::ZERO));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("1.5 s"), Ok(Duration::from_millis(1500)));
        assert_eq!(size("64KiB"), Ok(65_536));
        assert_eq!(size("2G"), Ok(2 << 30));
    }

    #[test]
    fn nonsense_is_refused_with_an_example() {
        for text in ["", "s", "-1s", "10 parsecs", "1e9999"] {
            assert!(duration(text).is_err_and(|message| message.contains("10s")), "{text}");
        }
        for text in ["", "0", "-1", "inf", "nan", "1,5"] {
            assert!(positive(text).is_err_and(|message| message.contains("2.5")), "{text}");
        }
        assert_eq!(positive(" 2.5"), Ok(2.5));
        for text in ["", "1.5M", "99999999999G", "10s"] {
            assert!(size(text).is_err_and(|message| message.contains("512MiB")), "{text}");
        }
    }
}
