//! A text area with line numbers and underlined problems.
//!
//! The underlines lie in a copy of the text behind the transparent field. Both have the same font and never wrap.

use crate::browser::value_of;
use crate::highlight::{Span, segments};
use web_sys::Element;
use yew::prelude::*;

/// A part of the text to underline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underline {
    /// Bytes of the text.
    pub range: std::ops::Range<usize>,
    pub is_error: bool,
}

#[derive(Properties, PartialEq)]
pub struct Props {
    pub id: AttrValue,
    pub label: String,
    pub text: String,
    pub underlines: Vec<Underline>,
    /// Id of the element that lists the problems.
    pub described_by: AttrValue,
    pub on_text: Callback<String>,
}

#[component]
pub fn Editor(props: &Props) -> Html {
    let field = use_node_ref();
    let backdrop = use_node_ref();
    let numbers = use_node_ref();
    let oninput = props.on_text.reform(|event: InputEvent| value_of(&event));
    let align = {
        let (field, backdrop, numbers) = (field.clone(), backdrop.clone(), numbers.clone());
        move || {
            let Some(field) = field.cast::<Element>() else { return };
            for follower in [&backdrop, &numbers] {
                if let Some(follower) = follower.cast::<Element>() {
                    follower.set_scroll_top(field.scroll_top());
                    follower.set_scroll_left(field.scroll_left());
                }
            }
        }
    };
    let onscroll = {
        let align = align.clone();
        Callback::from(move |_: Event| align())
    };
    // A copy that was drawn anew may have another depth than before.
    use_effect(align);
    let spans: Vec<Span> = props
        .underlines
        .iter()
        .enumerate()
        .map(|(index, underline)| Span { range: visible(&props.text, &underline.range), finding: index })
        .collect();
    let n_lines = props.text.split('\n').count();
    let line_numbers: String = (1..=n_lines).map(|line| format!("{line}\n")).collect();
    html! {
        <div class="editor">
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <div class="editor-body">
                <pre class="line-numbers" aria-hidden="true" ref={numbers}>{ line_numbers }</pre>
                <div class="editor-layers">
                    <pre class="backdrop" aria-hidden="true" ref={backdrop}>
                        { for segments(&props.text, &spans).into_iter().map(|segment| {
                            let text = props.text[segment.range.clone()].to_owned();
                            match segment.findings.iter().map(|&index| props.underlines[index].is_error).max() {
                                None => html! { { text } },
                                Some(is_error) => html! {
                                    <span class={if is_error { "underline-error" } else { "underline-warning" }}>{ text }</span>
                                },
                            }
                        }) }
                        // A last empty line has a height only with something on it.
                        { "\n" }
                    </pre>
                    <textarea ref={field} id={props.id.clone()} value={props.text.clone()} wrap="off" spellcheck="false" autocapitalize="off"
                        autocomplete="off" aria-describedby={props.described_by.clone()} {oninput} {onscroll} />
                </div>
            </div>
        </div>
    }
}

/// A range that covers at least one character of its line, so that there is something to underline.
fn visible(text: &str, range: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let floor = |mut index: usize| {
        index = index.min(text.len());
        while !text.is_char_boundary(index) {
            index -= 1;
        }
        index
    };
    let (start, end) = (floor(range.start), floor(range.end));
    if start < end {
        return start..end;
    }
    match text[start..].chars().next() {
        Some(letter) if letter != '\n' => start..start + letter.len_utf8(),
        _ => text[..start].char_indices().next_back().map_or(start..start, |(before, _)| before..start),
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn every_problem_has_something_to_underline() {
        assert_eq!(visible("abc\n", &(1..2)), 1..2);
        assert_eq!(visible("abc\n", &(1..1)), 1..2);
        assert_eq!(visible("abc\n", &(3..3)), 2..3);
        assert_eq!(visible("aé", &(9..9)), 1..3);
        assert_eq!(visible("é", &(1..1)), 0..2);
        assert_eq!(visible("", &(0..0)), 0..0);
    }
}
