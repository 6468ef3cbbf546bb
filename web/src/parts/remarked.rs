//! An answer that was marked before, marked once more to be looked at: marking gives the same each time.

use super::Outcome;
use super::disagree::Disagree;
use crate::context::use_app;
use crate::protocol::QuestionDetail;
use crate::records::Disagreement;
use rubrica_core::wire::Evaluation;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub question: String,
    pub answer: Rc<str>,
    /// Points that it had, where another version of rubric or rules may have given them.
    #[prop_or_default]
    pub points: Option<f64>,
    /// As those of [`Outcome`].
    pub prefix: &'static str,
    #[prop_or_default]
    pub open: bool,
    /// As those of [`Disagree`].
    pub about: String,
    pub rating: Option<Disagreement>,
    pub on_rate: Callback<Option<Disagreement>>,
    #[prop_or_default]
    pub on_next: Option<Callback<()>>,
}

#[component]
pub fn Remarked(props: &Props) -> Html {
    let app = use_app();
    let found = use_state(|| None::<(Rc<QuestionDetail>, Rc<Evaluation>)>);
    use_effect_with((props.question.clone(), Rc::clone(&props.answer)), {
        let (engine, found) = (app.engine.clone(), found.setter());
        move |(question, answer)| {
            let (again, asked, answer) = (engine.clone(), question.clone(), Rc::clone(answer));
            engine.question(question, move |detail| {
                let Some(detail) = detail.map(Rc::new) else { return };
                again.evaluate(&asked, &answer, move |reply| {
                    found.set(reply.value.map(|evaluation| (detail, Rc::new(evaluation))));
                });
            });
        }
    });
    let Some((detail, evaluation)) = (*found).clone() else { return Html::default() };
    let has_moved = props.points.is_some_and(|points| (points - evaluation.points).abs() > 0.001);
    let note = html! { if has_moved { <strong>{ app.t.say("outcome.moved") }</strong> } };
    let rating = html! {
        <Disagree about={props.about.clone()} points={evaluation.points} max_points={evaluation.max_points}
            rating={props.rating.clone()} on_rate={props.on_rate.clone()} on_next={props.on_next.clone()}
            prefix={props.prefix} />
    };
    let outcome = html! {
        <Outcome {detail} {evaluation} answer={Rc::clone(&props.answer)} prefix={props.prefix} open={props.open} {note} />
    };
    // Who marks one answer after the other has the points at hand; who learns reads the outcome first.
    html! {
        if props.open { { rating }{ outcome } } else { { outcome }{ rating } }
    }
}
