//! Texts of rubric files, which are wrapped for editors, as running text.

/// Joins the lines of each paragraph. Lists, indented lines and fenced code keep their lines.
pub fn reflow(text: &str) -> String {
    let mut flowed = String::new();
    let mut is_code = false;
    let mut can_continue = false;
    for line in text.trim().lines() {
        let is_fence = line.trim_start().starts_with("```");
        let keeps_line = is_code || is_fence || line.is_empty() || starts_item(line);
        if !flowed.is_empty() {
            flowed.push(if can_continue && !keeps_line { ' ' } else { '\n' });
        }
        flowed.push_str(if is_code || is_fence { line } else { line.trim_end() });
        is_code ^= is_fence;
        can_continue = !is_code && !is_fence && !line.is_empty();
    }
    flowed
}

/// Whether a line begins a list item or is indented, and so does not go on where the last one ended.
fn starts_item(line: &str) -> bool {
    let after_digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    line.starts_with([' ', '\t'])
        || ["- ", "* ", "• "].iter().any(|bullet| line.starts_with(bullet))
        || after_digits.len() < line.len() && (after_digits.starts_with(". ") || after_digits.starts_with(") "))
}

#[cfg(test)]
mod tests {
    use super::reflow;

    #[test]
    fn paragraphs_flow_and_lists_stay() {
        assert_eq!(reflow("\nTCP is\nreliable.\n\nUDP\nis not.\n"), "TCP is reliable.\n\nUDP is not.");
        assert_eq!(reflow("Steps:\n1. SYN\n2. ACK\n- end"), "Steps:\n1. SYN\n2. ACK\n- end");
        assert_eq!(reflow("So:\n```\na\nb\n```\nand\nmore"), "So:\n```\na\nb\n```\nand more");
        assert_eq!(reflow("2024 was\n10 times"), "2024 was 10 times");
    }
}
