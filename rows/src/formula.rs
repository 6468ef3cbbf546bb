//! Texts in CSV that a spreadsheet program would take for formulas.
//!
//! Somebody may answer `=HYPERLINK("http://...")`, and many begin with a hyphen, as lists do. An apostrophe before such a
//! value makes it text in a spreadsheet. It is written before and taken off in reading, so that every value comes back as
//! it was; JSON needs none of it.

/// The value as CSV has it: `=1+1` as `'=1+1`. Numbers stay numbers.
pub(crate) fn guarded(value: String) -> String {
    if needs_guard(&value) { format!("'{value}") } else { value }
}

/// The value that CSV has so: `'=1+1` stands for `=1+1`.
pub(crate) fn unguarded(value: &str) -> &str {
    value.strip_prefix('\'').filter(|inner| needs_guard(inner)).unwrap_or(value)
}

/// Whether the value is a formula, or looks like a guarded one.
fn needs_guard(value: &str) -> bool {
    let inner = value.trim_start_matches('\'');
    let begins_formula = inner.trim_start().starts_with(['=', '+', '-', '@']);
    begins_formula && inner.contains(char::is_alphanumeric) && !is_number(inner)
}

/// Whether it is a number, with a decimal point or comma.
fn is_number(value: &str) -> bool {
    value.trim().replacen(',', ".", 1).parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_formula_gets_an_apostrophe_and_loses_it_again() {
        for formula in ["=1+1", "-gus", "- too short", "+49 30", "@jo", " =1", "\t=1", "-1-1", "=\"a\"", "'=1", "''-a"]
        {
            let written = guarded(formula.to_owned());
            assert_eq!(written, format!("'{formula}"));
            assert_eq!(unguarded(&written), formula);
        }
        for other in ["", "-", "--", "-5", "+1.5", "-0,5", "-1e5", "a=b", "1-2", "'", "'tis late", "=>"] {
            assert_eq!((guarded(other.to_owned()).as_str(), unguarded(other)), (other, other));
        }
    }
}
