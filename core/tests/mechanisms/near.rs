//! Near misses: what kept something from counting.

use super::marker;

const RUBRIC: &str = r#"
    prompt = "How do trams and buses differ?"
    [[concepts]]
    id = "tram"
    names = ["tram*"]
    [[concepts]]
    id = "bus"
    names = ["bus*"]
    [[concepts]]
    id = "street-light"
    names = ["street light*"]
    [[criteria]]
    id = "rails"
    label = "Trams need rails"
    about = ["tram"]
    any = ["rail* & need*", "heavy metal wheel*", "!steer* & wheel*"]
    [[criteria]]
    id = "street"
    label = "Buses share the street"
    about = ["bus"]
    any = ["street & share* & -alone"]
    none = ["lane"]
    [[criteria]]
    id = "order"
    label = "The tram brakes before it stops"
    any = ["brak* << stop*"]
    [[criteria]]
    id = "power"
    label = "Trams take their power from a wire above them"
    about = ["tram"]
    statements = ["Trams take their electric power from an overhead wire."]
    [[criteria]]
    id = "lights"
    label = "Without power the lights of the street are dark"
    any = ["@street-light & dark*"]
    [[misconceptions]]
    id = "petrol"
    label = "Trams burn no petrol"
    about = ["tram"]
    any = ["petrol"]
"#;

/// One line for each near miss: its criterion, its obstacle, what was found, what is missing.
fn near(answer: &str) -> Vec<String> {
    let misses = marker(RUBRIC).near_misses("q", answer).expect("the set holds the question");
    let place = |start: u32, end: u32| answer[start as usize..end as usize].to_owned();
    let line = |miss: &rubrica_core::wire::NearMiss| {
        let found: Vec<String> = miss.found.iter().map(|found| place(found.start, found.end)).collect();
        format!("{} {} [{}] [{}]", miss.criterion, miss.obstacle.id, found.join(", "), miss.missing.join(", "))
    };
    misses.iter().map(line).collect()
}

#[track_caller]
fn check(table: &[(&str, &[&str])]) {
    for (answer, expected) in table {
        assert_eq!(near(answer), *expected, "{answer}");
    }
}

#[test]
fn parts_that_the_answer_lacks() {
    check(&[
        ("Trams need a lot of current.", &["rails near-parts-missing [need] [rail*]"]),
        ("A bus stop has a roof.", &["order near-parts-missing [stop] [brak*]"]),
        ("Clouds are white.", &[]),
    ]);
}

#[test]
fn parts_that_are_hidden_or_apart() {
    check(&[
        (
            "A bus may share street lights.",
            &["street near-inside-name [share, street] [street]", "lights near-parts-missing [street lights] [dark*]"],
        ),
        (
            "Trams have wheels of heavy and rusty metal.",
            &["rails near-words-apart [wheels, heavy, metal] [heavy metal wheel*]"],
        ),
        ("Trams have needs. Nobody knows why. Rails are cold.", &["rails near-parts-apart [needs, Rails] []"]),
    ]);
}

#[test]
fn what_is_said_otherwise() {
    check(&[
        ("Buses need rails.", &["rails near-other-subject [need, rails] []"]),
        ("Do trams need rails?", &["rails near-question [need, rails] []"]),
        ("Some say that trams need rails.", &["rails near-told [need, rails] []"]),
        ("Trams need rails, no wait, they have tyres.", &["rails near-taken-back [need, rails] []"]),
        ("A tram steers, and its wheels turn.", &["rails near-affirmed [steers, wheels] []"]),
        ("Buses share the street alone.", &["street near-excluded [share, street] []"]),
        ("Buses share a lane of the street.", &["street near-excluded [share, street] []"]),
        ("It stops and brakes.", &["order near-order-open [stops, brakes] []"]),
    ]);
}

#[test]
fn a_contradiction_stands_in_the_evaluation_already() {
    check(&[("Trams need no rails.", &[]), ("It stops before it brakes.", &[])]);
}

#[test]
fn statements_tell_the_words_that_they_lack_and_what_is_turned_round() {
    check(&[(
        "Trams take power from a battery.",
        &["power near-parts-missing [take, power] [electric, overhead, wire]"],
    )]);
    check(&[(
        "Trams take an overhead line from an electric box.",
        &["power near-turned [take, overhead, electric] [power, wire]"],
    )]);
}

#[test]
fn misconceptions_tell_why_they_were_not_found() {
    check(&[
        ("Trams burn no petrol, which the bus does.", &["petrol near-denied [petrol] []"]),
        ("Buses burn petrol.", &["petrol near-other-subject [petrol] []"]),
    ]);
}

#[test]
fn the_message_names_the_other_subject() {
    let misses = marker(RUBRIC).near_misses("q", "Buses need rails.").expect("the set holds the question");
    assert!(misses[0].obstacle.text.contains("of bus,"), "{}", misses[0].obstacle.text);
    assert!(marker(RUBRIC).near_misses("another", "").is_none());
}
