//! Statements that an answer turns round by a word or two.

use super::{check, marker, signs};

/// A rubric with one statement.
fn rubric(statement: &str) -> String {
    format!(
        "prompt = \"Tell what you know.\"\n[[criteria]]\nid = \"c\"\nlabel = \"It\"\nstatements = [{statement:?}]\n"
    )
}

#[test]
fn words_that_changed_places_say_something_else() {
    for (statement, same, turned) in [
        ("The cat chases the mouse.", "The mouse is chased by the cat.", "The mouse chases the cat."),
        ("The mouse is chased by the cat.", "The cat chases the mouse.", "The cat is chased by the mouse."),
        (
            "The leaf takes in vapour and gives off honey.",
            "The leaf gives off honey and takes in vapour.",
            "The leaf takes in honey and gives off vapour.",
        ),
        (
            "The river flows from the lake to the swamp.",
            "To the swamp the river flows from the lake.",
            "The river flows from the swamp to the lake.",
        ),
        (
            "The crust has a pale colour, the filling a dark taste.",
            "The filling has a dark taste and the crust a pale colour.",
            "The crust has a dark taste, the filling a pale colour.",
        ),
        (
            "The kettle has more weight than the pan.",
            "The kettle has more weight than any pan.",
            "The pan has more weight than the kettle.",
        ),
    ] {
        check(&rubric(statement), &format!("+  {statement}\n+  {same}\n!  {turned}"));
    }
}

#[test]
fn lists_and_what_is_said_of_both_have_no_order() {
    for (statement, same) in [
        ("The flag has red, yellow and blue stripes.", "The flag has blue, yellow and red stripes."),
        ("Force equals mass times acceleration.", "Mass times acceleration equals force."),
        ("The tower is the pride of the village.", "The pride of the village is the tower."),
        ("The river borders the meadow.", "The meadow borders the river."),
    ] {
        check(&rubric(statement), &format!("+  {same}"));
    }
}

#[test]
fn one_word_less_or_more_turns_its_clause_round() {
    for (statement, same, turned) in [
        (
            "The lamp uses less power than the oven.",
            "The lamp uses much less power than an oven.",
            "The lamp uses more power than the oven.",
        ),
        (
            "The kettle has more weight than the pan.",
            "The pan has less weight than the kettle.",
            "The kettle has less weight than the pan.",
        ),
        (
            "Bees build fewer cells of wax in the shade.",
            "In the shade bees build fewer cells of wax.",
            "Bees build more cells of wax in the shade.",
        ),
    ] {
        check(&rubric(statement), &format!("+  {statement}\n+  {same}\n!  {turned}"));
    }
}

const DOUGH: &str = r#"
prompt = "What does the dough do?"
[[concepts]]
id = "rise"
names = ["rises", "grows"]
opposites = ["@sink"]
[[concepts]]
id = "sink"
names = ["sinks", "shrinks"]
opposites = ["@rise"]
[[concepts]]
id = "warm"
names = ["warm"]
opposites = ["cold"]
[[criteria]]
id = "c"
label = "It"
statements = ["The dough rises in a warm cellar."]
"#;

#[test]
fn an_opposite_turns_its_clause_round_and_two_of_them_do_not() {
    let marker = |answer: &str| signs(&marker(DOUGH).evaluate("q", answer).expect("the set holds the question"));
    assert_eq!(marker("The dough grows in a warm cellar."), "+");
    assert_eq!(marker("The dough sinks in a warm cellar."), "!");
    assert_eq!(marker("The dough rises in a cold cellar."), "!");
    // Both are in the answer: it may speak of two things.
    assert_eq!(marker("The dough rises in a warm cellar, and in a cold one it shrinks."), "+");
}

const RIVER: &str = r#"
prompt = "Tell what you know."
[[criteria]]
id = "spring"
label = "Spring"
statements = ["The river rises in the pine forest."]
[[criteria]]
id = "mouth"
label = "Mouth"
statements = ["It flows into the salty swamp."]
"#;

#[test]
fn words_of_two_statements_can_change_places() {
    check(
        RIVER,
        "
        ++  The river rises in the pine forest and flows into the salty swamp.
        ++  It flows into the salty swamp. It rises in the pine forest.
        !!  The river rises in the salty swamp and flows into the pine forest.
        ",
    );
}
