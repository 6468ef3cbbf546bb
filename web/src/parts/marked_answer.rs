//! The answer with its evidence marked.

use crate::browser::focus;
use crate::findings::{Finding, spans};
use crate::highlight::segments;
use crate::i18n::Texts;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub answer: Rc<str>,
    pub findings: Rc<Vec<Finding>>,
    /// Finding that mouse or keyboard is on.
    pub active: Option<usize>,
    pub on_active: Callback<Option<usize>>,
    pub language: String,
    /// Start of the ids of elements, so that two answers may stand on one page.
    pub prefix: AttrValue,
}

/// Id of the first mark of a finding.
pub fn mark_id(prefix: &str, finding: usize) -> String {
    format!("{prefix}-mark-{finding}")
}

/// Id of the entry of a finding in the list.
pub fn finding_id(prefix: &str, finding: usize) -> String {
    format!("{prefix}-finding-{finding}")
}

#[component]
pub fn MarkedAnswer(props: &Props) -> Html {
    // Answer and labels are read in the language of the question, and so are the words between them.
    let t = Texts::of(&props.language);
    let mut started = vec![false; props.findings.len()];
    let pieces = segments(&props.answer, &spans(&props.findings));
    let piece = |segment: crate::highlight::Segment| {
        let text = props.answer[segment.range.clone()].to_owned();
        let Some(&main) = segment.findings.first() else { return html! { { text } } };
        let finding = &props.findings[main];
        let speaks_for =
            finding.evidence.iter().any(|range| range.start <= segment.range.start && segment.range.end <= range.end);
        let is_active = props.active.is_some_and(|active| segment.findings.contains(&active));
        let numbers: Vec<String> = segment.findings.iter().map(|index| (index + 1).to_string()).collect();
        let labels: Vec<String> = segment
            .findings
            .iter()
            .map(|&index| {
                let finding = &props.findings[index];
                format!("{} {}: {}", t.name("finding", finding.kind.name()), index + 1, finding.label)
            })
            .collect();
        let new = segment.findings.iter().find(|&&index| !std::mem::replace(&mut started[index], true));
        let id = new.map(|&index| mark_id(&props.prefix, index));
        let activate = props.on_active.clone();
        let deactivate = props.on_active.clone();
        let on_enter = move || activate.emit(Some(main));
        let on_leave = move || deactivate.emit(None);
        let target = finding_id(&props.prefix, main);
        let onkeydown = {
            let target = target.clone();
            Callback::from(move |event: KeyboardEvent| {
                if matches!(event.key().as_str(), "Enter" | " ") {
                    event.prevent_default();
                    focus(&target);
                }
            })
        };
        html! {
            <span class={classes!("mark", if speaks_for { finding.kind.name() } else { "against" }, is_active.then_some("active"))}
                {id} role="button" tabindex="0"
                data-numbers={numbers.join(",")}
                title={labels.join("\n")}
                aria-label={format!("{text} – {}", labels.join("; "))}
                onmouseenter={let go = on_enter.clone(); move |_| go()}
                onmouseleave={let go = on_leave.clone(); move |_| go()}
                onfocus={move |_| on_enter()}
                onblur={move |_| on_leave()}
                onclick={move |_| focus(&target)}
                {onkeydown}
            >{ text }</span>
        }
    };
    html! {
        <div class="marked" lang={props.language.clone()}>{ for pieces.into_iter().map(piece) }</div>
    }
}
