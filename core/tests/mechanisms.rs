//! What each mechanism of the engine does, on neutral sentences.
//!
//! A case is a line: one sign for each criterion of the rubric above it, then the answer (`⏎` is a line break).
//!
//! | sign | the criterion |
//! | --- | --- |
//! | `+` | earns at least three quarters of its points |
//! | `~` | earns at least a third |
//! | `.` | earns less, and nothing in the answer contradicts it |
//! | `!` | is contradicted |
//! | `±` | is claimed in one place and contradicted in another |
//!
//! `check` compares all lines of a table and prints those that differ, with the way the engine reads them.

use rubrica_core::wire::{Evaluation, Outcome};
use rubrica_core::{Document, Marker, RubricSet};

fn marker(rubric: &str) -> Marker {
    let text = format!("format = \"rubrica/1\"\nid = \"q\"\n{rubric}");
    match RubricSet::compile(&[Document { name: "q.toml".to_owned(), text }]) {
        Ok(set) => Marker::new(set.into()),
        Err(diagnostics) => panic!("the rubric has errors: {diagnostics:#?}"),
    }
}

fn evaluate(rubric: &str, answer: &str) -> Evaluation {
    marker(rubric).evaluate("q", answer).expect("the set holds the question")
}

/// Score in percent.
fn score(rubric: &str, answer: &str) -> u32 {
    (evaluate(rubric, answer).score * 100.0).round() as u32
}

fn sign(outcome: &Outcome) -> char {
    let share = outcome.points / outcome.max_points;
    match (outcome.evidence.is_empty(), outcome.against.is_empty()) {
        (true, false) => '!',
        (false, false) => '±',
        _ if share >= 0.75 => '+',
        _ if share >= 0.33 => '~',
        _ => '.',
    }
}

fn signs(evaluation: &Evaluation) -> String {
    evaluation.outcomes.iter().map(sign).collect()
}

#[track_caller]
fn check(rubric: &str, table: &str) {
    let mut marker = marker(rubric);
    let mut wrong = String::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        let (expected, answer) = line.split_once("  ").expect("two spaces stand behind the signs");
        let expected: String = expected.split(' ').collect();
        let answer = answer.trim().replace('⏎', "\n");
        let evaluation = marker.evaluate("q", &answer).expect("the set holds the question");
        let actual = signs(&evaluation);
        if actual != expected {
            let trace = marker.trace("q", &answer).expect("the set holds the question");
            wrong += &format!("\nexpected {expected}, is {actual}: {answer}\n{trace}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A rubric with one criterion for each pattern.
fn patterns(patterns: &[&str]) -> String {
    let criterion = |(i, pattern): (usize, &&str)| {
        format!("[[criteria]]\nid = \"c{i}\"\nlabel = \"Criterion {i}\"\nany = ['{pattern}']\n")
    };
    let criteria: String = patterns.iter().enumerate().map(criterion).collect();
    format!("prompt = \"Tell us about it.\"\nkind = \"definition\"\n{criteria}")
}

/// Each pattern against answers: `pattern`, then lines with a sign.
#[track_caller]
fn check_pattern(pattern: &str, table: &str) {
    check(&patterns(&[pattern]), table);
}

// ---------------------------------------------------------------------------------------------------------------------
// Subjects

/// Columns: planes are fast, trains arrive in the centre of the city.
const TRAVEL: &str = r#"
prompt = "Compare planes and trains."
kind = "comparison"
[[concepts]]
id = "plane"
names = ["plane", "airplane", "jet plane"]
instances = ["Airbus", "Boeing"]
[[concepts]]
id = "train"
names = ["train", "railway"]
instances = ["Shinkansen"]
[[concepts]]
id = "fast"
names = ["fast", "quick", "rapid", "great speed"]
opposites = ["slow"]
[[criteria]]
id = "plane-fast"
label = "Planes are fast"
about = ["plane"]
any = ["@fast"]
[[criteria]]
id = "train-centre"
label = "Trains arrive in the city centre"
about = ["train"]
any = ["(city|town) centre", "downtown"]
"#;

#[test]
fn evidence_counts_for_the_subject_of_its_clause() {
    check(
        TRAVEL,
        "
        + .  Planes are fast.
        . .  Trains are fast.
        + +  Planes are fast, trains arrive in the city centre.
        . .  Trains are fast, planes arrive in the city centre.
        + +  Planes are fast and trains arrive in the town centre.
        . .  Trains are fast and planes arrive in the town centre.
        + +  A railway takes you to the city centre; an airplane is quick.
        . .  An airplane takes you to the city centre; a railway is quick.
        // Nobody is named: a part of the points.
        ~ ~  It is fast, and the other arrives downtown.
        ",
    );
}

#[test]
fn pronouns_carry_the_subject_on() {
    check(
        TRAVEL,
        "
        + .  A plane needs an airport. It is fast.
        . .  A train needs rails. It is fast.
        + .  Planes burn a lot of fuel because they are fast.
        . .  Trains burn a lot of fuel because they are fast.
        + +  The plane costs more. It is fast. The train costs less. It arrives in the city centre.
        . .  The train costs more. It is fast. The plane costs less. It arrives in the city centre.
        . +  The train is comfortable, which matters to many, and it arrives downtown.
        . .  The plane is comfortable, which matters to many, and it arrives downtown.
        ",
    );
}

#[test]
fn the_former_and_the_latter() {
    check(
        TRAVEL,
        "
        + +  Planes and trains both carry people. The former are fast, the latter arrive in the city centre.
        . .  Planes and trains both carry people. The latter are fast, the former arrive in the city centre.
        + +  There are planes and trains: the first one is fast, the second one arrives downtown.
        . .  There are trains and planes: the first one is fast, the second one arrives downtown.
        + +  Planes are fast. The other one arrives in the city centre.
        + .  A plane takes off, waits for the other end of the country to appear, and is fast.
        . +  A train leaves the city, waits for the other to pass and arrives downtown.
        ",
    );
}

#[test]
fn names_behind_what_is_said_of_them() {
    check(
        TRAVEL,
        "
        + +  Trains arrive in the city centre. If the ticket names a plane, it is fast.
        + +  You are fast with a plane and arrive in the city centre with a train.
        + +  With a plane, you are fast, with a train, arrival is in the city centre.
        . .  You are fast with a train and arrive in the city centre with a plane.
        + +  Whoever wants to be fast takes a plane, and whoever wants to arrive downtown takes a train.
        + +  Planes need an airport. You can arrive downtown if you take a train. You are fast if you take a plane.
        . .  Trains need rails. You can arrive downtown if you take a plane. You are fast if you take a train.
        + +  A plane, which is fast, differs from a train, which takes you to the city centre.
        . .  A train, which is fast, differs from a plane, which takes you to the city centre.
        ",
    );
}

#[test]
fn whereas_and_its_kin_change_the_subject() {
    check(
        TRAVEL,
        "
        + +  Planes are fast whereas trains arrive in the city centre.
        . .  Trains are fast whereas planes arrive in the city centre.
        + +  While a plane is fast, a train arrives in the city centre.
        . .  While a train is fast, a plane arrives in the city centre.
        + +  Planes are fast; on the other hand, trains arrive downtown.
        + +  Planes are fast, but a train takes you downtown.
        . .  Trains are fast, but a plane takes you downtown.
        + +  With planes you are fast, with trains you get to the city centre.
        . .  With trains you are fast, with planes you get to the city centre.
        ",
    );
}

#[test]
fn what_is_compared_is_no_subject() {
    check(
        TRAVEL,
        "
        + .  Unlike trains, planes are fast.
        . .  Unlike planes, trains are fast.
        + .  Compared to trains, planes are fast.
        . .  Compared to planes, trains are fast.
        + .  In contrast to a train, a plane is fast.
        . .  In contrast to a plane, a train is fast.
        . +  Trains, as opposed to planes, will arrive in the city centre.
        . .  Planes, as opposed to trains, will arrive in the city centre.
        . +  Instead of a plane, the train takes you downtown.
        ",
    );
}

#[test]
fn labels_and_lists_give_their_subject_to_what_follows() {
    check(
        TRAVEL,
        "
        + +  Planes: they are fast. Trains: they arrive in the city centre.
        . .  Trains: they are fast. Planes: they arrive in the city centre.
        + +  Planes - these are fast.⏎Trains - they arrive in the city centre.
        ~ ~  Planes: fast and comfortable⏎Trains: stations in the city centre
        . .  Trains: fast and comfortable⏎Planes: stations in the city centre
        + +  Planes:⏎- they are fast⏎- they need an airport⏎Trains:⏎- they need rails⏎- they arrive in the city centre
        . .  Trains:⏎- they are fast⏎- they need rails⏎Planes:⏎- they need an airport⏎- they arrive in the city centre
        + +  # Planes⏎- they are fast⏎- they need an airport⏎⏎# Trains⏎- they arrive in the city centre
        . .  # Trains⏎- they are fast⏎- they need rails⏎⏎# Planes⏎- they arrive in the city centre
        ~ ~  **Planes**⏎* fast⏎* need an airport⏎**Trains**⏎* need rails⏎* stations downtown
        . .  **Trains**⏎* fast⏎* need rails⏎**Planes**⏎* need an airport⏎* stations downtown
        ",
    );
}

#[test]
fn tables_are_read_by_column_and_by_row() {
    check(
        TRAVEL,
        "
        ~ ~  | | Plane | Train |⏎|---|---|---|⏎| speed | fast | medium |⏎| goal | airport | city centre |
        . .  | | Train | Plane |⏎|---|---|---|⏎| speed | fast | medium |⏎| goal | airport | city centre |
        ~ ~  | | speed | goal |⏎|---|---|---|⏎| plane | fast | airport |⏎| train | medium | city centre |
        . .  | | speed | goal |⏎|---|---|---|⏎| train | fast | airport |⏎| plane | medium | city centre |
        + !  | | Plane | Train |⏎|---|---|---|⏎| fast | yes | no |⏎| city centre | yes | no |
        + +  | | Plane | Train |⏎|---|---|---|⏎| fast | ✓ | ✗ |⏎| city centre | ✗ | ✓ |
        ! !  | | Plane | Train |⏎|---|---|---|⏎| fast | no | yes |⏎| city centre | yes | no |
        ",
    );
}

#[test]
fn both_and_neither_mean_all_subjects() {
    check(
        TRAVEL,
        "
        + .  Both planes and trains are fast.
        + .  Planes and trains are both fast.
        . .  A train stops at both ends. It is fast.
        + .  A plane is tested by both partners. It is fast.
        + +  Planes and trains differ in price. Both are fast and arrive in the city centre.
        ! .  Neither planes nor trains are fast.
        ",
    );
}

#[test]
fn typical_examples_stand_for_their_concept() {
    check(
        TRAVEL,
        "
        + .  An Airbus is fast.
        . .  A Shinkansen is fast.
        . +  The Shinkansen arrives in the city centre.
        . .  The Boeing arrives in the city centre.
        ",
    );
}

#[test]
fn names_behind_the_verb_name_the_subject_of_an_open_clause() {
    check(
        TRAVEL,
        "
        + +  You travel fast by plane. You get to the city centre by train.
        . .  You travel fast by train. You get to the city centre by plane.
        + .  If you need to be quick, use a plane.
        . .  If you need to get downtown, use a plane.
        . +  If you need to get downtown, use a train.
        ",
    );
}

/// Columns: SQL enforces a schema, NoSQL does not.
const STORES: &str = r#"
prompt = "Compare SQL and NoSQL stores."
kind = "comparison"
[[concepts]]
id = "sql"
names = ["SQL"]
[[concepts]]
id = "nosql"
names = ["NoSQL", "document store"]
[[criteria]]
id = "sql-schema"
label = "SQL enforces a schema"
about = ["sql"]
any = ["(enforce*|require*|need|demand|has|have) & schema*"]
[[criteria]]
id = "nosql-schema"
label = "NoSQL enforces no schema"
about = ["nosql"]
any = ["!(enforce*|require*|need|demand|has|have) & schema*", "!schema*"]
"#;

#[test]
fn passive_voice_names_the_subject_behind_by() {
    check(
        STORES,
        "
        + .  A schema is enforced by SQL.
        . !  A schema is enforced by NoSQL.
        + .  The schema must be needed and enforced by SQL.
        . +  A schema is not enforced by NoSQL.
        ! .  A schema is not enforced by SQL.
        ",
    );
}

#[test]
fn ellipsis_repeats_the_clause_before() {
    check(
        STORES,
        "
        + +  SQL enforces a schema, NoSQL does not.
        ! !  NoSQL enforces a schema, SQL does not.
        + +  SQL requires a schema but a document store doesn't.
        + +  NoSQL does not require a schema, SQL does.
        ! !  SQL does not require a schema, NoSQL does.
        + !  SQL enforces a schema, and so does NoSQL.
        + !  SQL enforces a schema. NoSQL does too.
        ! +  NoSQL does not demand a schema, and neither does SQL.
        + +  SQL requires a schema (tables, columns, types); NoSQL doesn't (any document).
        ! !  NoSQL requires a schema (tables, columns, types); SQL doesn't.
        + .  SQL enforces a schema. NoSQL is therefore lenient.
        + .  SQL enforces a schema and NoSQL what it can.
        ",
    );
}

#[test]
fn denied_criteria_are_met_in_any_wording() {
    check(
        STORES,
        "
        . +  NoSQL has no schema.
        . +  NoSQL works without a schema.
        . +  NoSQL is schemaless.
        . +  NoSQL is schema-less.
        . +  NoSQL lacks a schema.
        . +  NoSQL never requires a schema.
        . +  A document store is free of any schema.
        . !  NoSQL requires a schema.
        ! .  SQL has no schema.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Polarity

/// Columns: it holds caffeine, it does not.
const DRINK: [&str; 2] = ["caffeine", "!caffeine"];

#[test]
fn every_family_of_denials() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink contains caffeine.
        ! +  The drink does not contain caffeine.
        ! +  The drink doesn't contain caffeine.
        ! +  The drink doesnt contain caffeine.
        ! +  The drink doesn’t contain caffeine.
        ! +  The drink cannot contain caffeine.
        ! +  The drink can't contain caffeine.
        ! +  The drink won't contain caffeine.
        ! +  The drink never contains caffeine.
        ! +  The drink contains no caffeine.
        ! +  It is a drink without caffeine.
        ! +  The drink no longer contains caffeine.
        ! +  The drink lacks caffeine.
        ! +  There is a lack of caffeine in the drink.
        ! +  The absence of caffeine is what makes the drink mild.
        ! +  The drink is free of caffeine.
        ! +  The drink is free from caffeine.
        ! +  The drink fails to deliver caffeine.
        ! +  The drink is unable to give you caffeine.
        ! +  The drink contains neither caffeine nor sugar.
        ! +  The drink contains neither sugar nor caffeine.
        ! +  The drink contains hardly any caffeine.
        ! +  It contains water instead of caffeine.
        ! +  It contains sugar rather than caffeine.
        ! +  It is a drink devoid of caffeine.
        ! +  The drink has zero caffeine.
        ! +  None of the drinks contains caffeine.
        ! +  Nobody puts caffeine into the drink.
        ! +  It is impossible to find caffeine in the drink.
        ! +  It is not true that the drink contains caffeine.
        ! +  It is false that the drink contains caffeine.
        ! +  It is a myth that the drink contains caffeine.
        ",
    );
}

#[test]
fn prevention_denies_but_contradicts_nothing() {
    check(
        &patterns(&DRINK),
        "
        . +  You drink it to avoid caffeine.
        . +  The process removes caffeine from the drink.
        . +  The process eliminates all caffeine.
        . +  This process gets rid of caffeine.
        . +  Caffeine is not found in the drink.
        ",
    );
}

/// Columns: it stores water, it does not store.
const PUMP: &[&str] = &["store* & water", "!store*"];

#[test]
fn denials_reach_over_or_and_back_to_the_verb() {
    check(
        &patterns(PUMP),
        "
        ! +  The pump never repeats or stores the water.
        ! +  It does not repeat the cycle, filter the input or store water.
        + !  The pump does not leak or it stores water.
        ! +  The pump stores no water.
        + !  The pump stores water and needs no power.
        . +  Storing water is impossible for the pump.
        + !  Without a tank the pump stores water badly.
        . +  Pipes and a store are not needed.
        . +  A store is useless here.
        . +  Storing water is skipped.
        . +  Storing water should be avoided.
        . +  Storing water would be a bad idea.
        . +  Storing water is a waste of time.
        . +  The pump makes storing water impossible.
        ! +  It is a mistake to store water.
        ! +  It is useless to store water.
        . +  The idea that the pump stores water is wrong.
        + !  It stores water easily and pipes do not leak.
        + !  The valve is not open and the pump stores water.
        + .  Instead of one big tank use a pump that stores water.
        + !  It stores the water of the roof minus the leaks.
        + !  For a while the pump stores water.
        . +  A store of water plays no part.
        ! +  Do not store water in the pump.
        ",
    );
}

#[test]
fn what_is_called_wrong_is_denied() {
    check(
        &patterns(PUMP),
        "
        ! +  It is false to claim that it stores water.
        ! +  A common mistake is to think that the pump stores water.
        ! +  A common mistake is to think that the pump stores water, but it only moves it.
        + !  It is a myth that the pump leaks, but it stores water.
        + !  It is not true that the pump stores no water.
        ! +  Many people say that the pump stores water. That is wrong.
        ! +  The pump stores water, which is not true.
        ! +  You might think it stores water, but it does not.
        ! +  That does not mean that the pump stores water.
        ! +  Many think that the pump stores water.
        + !  Many think that the pump leaks; in truth it stores water.
        ! +  I doubt that the pump stores water.
        + !  The pump stores water. That is wrong for the filter.
        + !  It stores water. They do not ask for more.
        ",
    );
}

#[test]
fn a_denial_reaches_as_far_as_it_means() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink is not sweet, but it contains caffeine.
        + !  The drink has no sugar, it contains caffeine.
        + !  Although it is not sweet, it contains caffeine.
        + !  It contains caffeine and no sugar.
        + !  Without sugar, the caffeine is bitter.
        ! +  The drink has no sugar, milk or caffeine.
        ! +  The drink has no sugar and no caffeine.
        ! +  It does not contain sugar or caffeine.
        ! +  It does not promise that the drink contains caffeine.
        ! +  The drink contains water, not caffeine.
        + !  It does not matter. The drink contains caffeine.
        + !  The drink contains caffeine, not sugar.
        ",
    );
}

#[test]
fn words_that_only_look_like_a_denial() {
    check(
        &patterns(&DRINK),
        "
        + !  The drink contains not only sugar but also caffeine.
        // Known limit: the word only in the clause makes it too unclear to contradict the second column.
        + .  Not only does the drink contain caffeine, it is sweet too.
        + !  It is not just water, it contains caffeine.
        + !  No doubt the drink contains caffeine.
        + !  No matter how you brew it, the drink contains caffeine.
        + !  The drink contains nothing but caffeine.
        + !  Why not add caffeine to the drink?⏎It surely contains caffeine.
        ",
    );
}

#[test]
fn two_denials_cancel() {
    check(
        &patterns(&DRINK),
        "
        + !  There is no drink without caffeine.
        + !  You cannot make the drink without caffeine.
        + !  The drink never lacks caffeine.
        + !  It is not true that the drink contains no caffeine.
        + !  The drink is not free of caffeine.
        + !  It is impossible to make the drink without caffeine.
        ",
    );
    check_pattern(
        "start* & password",
        "
        +  It cannot start without a password.
        +  It cannot start unless there is a password.
        +  It does not start until you type the password.
        !  It starts without a password.
        ",
    );
}

#[test]
fn opposites_of_a_concept_deny_it() {
    let concept =
        "[[concepts]]\nid = \"safe\"\nnames = [\"safe\", \"secure\"]\nopposites = [\"dangerous\", \"risky\"]\n";
    let rubric = patterns(&["@safe", "!@safe"]) + concept;
    check(
        &rubric,
        "
        + !  The bridge is safe.
        + !  The bridge is secure.
        ! +  The bridge is dangerous.
        ! +  It is a risky bridge.
        ! +  The bridge is not safe.
        + !  The bridge is not dangerous.
        ! +  The bridge is unsafe.
        ! +  The bridge is insecure.
        + !  The bridge is never unsafe.
        ! +  The bridge is far from safe.
        ",
    );
}

#[test]
fn negative_prefixes_and_endings_deny_known_words() {
    check(
        &patterns(&["reversible", "!reversible"]),
        "
        + !  The change is reversible.
        ! +  The change is irreversible.
        + !  The change is not irreversible.
        ! +  The change is non-reversible.
        ! +  The change is non reversible.
        ! +  The change is nonreversible.
        ",
    );
    check(
        &patterns(&["harm*", "!harm*"]),
        "
        + !  The plant harms the people.
        ! +  The plant is harmless.
        + !  The plant is not harmless.
        ",
    );
    check(
        &patterns(&["irreversible", "stable", "unbalanced"]),
        "
        + . .  The change is irreversible.
        // Known limit: where a term is written in its denied form only, the plain form is unknown.
        . . .  The change is reversible.
        . + .  The bridge is stable.
        . ! .  The bridge is unstable.
        . . .  The tree is not balanced.
        . . .  The tree is balanced.
        ",
    );
    // A word that only begins like a negative prefix is a word of its own.
    check(
        &patterns(&["port", "form"]),
        "
        . .  We import the goods and inform the guests.
        + +  The port has a form.
        ",
    );
}

#[test]
fn quantities_deny_what_there_is_little_of() {
    check(
        &patterns(&["effort", "!effort", "waste"]),
        "
        + ! .  It costs effort.
        ! + .  It costs less effort.
        ! + .  It takes little effort.
        ! + .  It takes minimal effort.
        + ! .  It takes a little effort.
        . . !  It makes fewer mistakes and less waste.
        ",
    );
}

#[test]
fn comparatives_have_a_mirrored_reading() {
    let rubric = TRAVEL.replace("[\"@fast\"]", "[\"@fast|faster\"]");
    check(
        &rubric,
        "
        + .  Planes are faster than trains.
        ! .  Trains are faster than planes.
        ! .  Planes are slower than trains.
        + .  Trains are slower than planes.
        . .  Trains are not slower than planes.
        ! .  Planes are not faster than trains.
        + .  Trains are as fast as planes.
        + .  Trains are not as fast as planes.
        + .  Planes are quicker than trains.
        + .  A plane travels more rapidly than a train.
        + .  Trains are less fast than planes.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Contradiction

#[test]
fn what_is_wrong_comes_off_a_full_score() {
    let rubric = TRAVEL.replacen("prompt", "full_marks = 50\nprompt", 1);
    let right = "Planes are fast. Trains arrive in the city centre.";
    assert_eq!(evaluate(&rubric, right).score, 1.0);
    let wrong = evaluate(&rubric, &format!("{right} Trains never arrive in the city centre."));
    assert!(wrong.score < 0.8, "{}", wrong.score);
}

#[test]
fn one_wrong_clause_costs_once() {
    let misconception = "[[misconceptions]]\nid = \"slow\"\nlabel = \"Planes are fast\"\nabout = [\"plane\"]\nany = [\"slow*\"]\npenalty = 1\n";
    let answer = "Trains arrive in the city centre. Planes are slow.";
    let (plain, named) = (evaluate(TRAVEL, answer), evaluate(&format!("{TRAVEL}{misconception}"), answer));
    assert_eq!(named.misconceptions.len(), 1);
    // The penalty of 1 covers the half point that the denied criterion takes off.
    assert_eq!(plain.outcomes[0].points, -0.5);
    assert_eq!(named.outcomes[0].points, 0.0);
    assert_eq!(named.points, plain.points - 0.5);
}

#[test]
fn right_and_then_wrong_earns_less_than_right_alone() {
    for (right, wrong) in [
        ("Planes are fast.", "Planes are not fast."),
        ("Planes are fast.", "A plane is slow."),
        ("A plane is quick.", "Trains are faster than planes."),
    ] {
        let alone = evaluate(TRAVEL, right);
        let answer = format!("{right} Trains arrive in the city centre. {wrong}");
        let both = evaluate(TRAVEL, &answer);
        let outcome = &both.outcomes[0];
        assert!(outcome.points < alone.outcomes[0].points / 2.0, "{answer}: {} points", outcome.points);
        assert_eq!(sign(outcome), '±', "{answer}");
        let place = |start: u32| answer.find(wrong).is_some_and(|at| at <= start as usize);
        assert!(outcome.evidence.iter().all(|evidence| !place(evidence.start)), "{answer}: {outcome:?}");
        assert!(outcome.against.iter().all(|evidence| place(evidence.start)), "{answer}: {outcome:?}");
        let message = both.feedback.iter().find(|message| message.id == "contradiction");
        assert_eq!(message.and_then(|message| message.criterion.as_deref()), Some("plane-fast"), "{answer}");
    }
}

#[test]
fn a_denial_alone_takes_points_off() {
    let outcome = &evaluate(TRAVEL, "Planes are not fast.").outcomes[0];
    assert!(outcome.points < 0.0 && outcome.evidence.is_empty() && !outcome.against.is_empty());
    assert_eq!(score(TRAVEL, "Planes are not fast."), 0);
    assert!(
        score(TRAVEL, "Planes are not fast. Trains arrive in the city centre.")
            < score(TRAVEL, "Trains arrive in the city centre.")
    );
}

#[test]
fn what_holds_for_a_part_contradicts_nothing() {
    check(
        TRAVEL,
        "
        + .  Planes are fast. Some planes are slow.
        + .  Planes are fast, only the start is slow.
        ± .  Planes are fast. Planes are slow.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Statements, not lists

/// What a battery does; kind `definition`.
const BATTERY: &str = r#"
prompt = "What does a rechargeable battery do?"
kind = "definition"
[[criteria]]
id = "stores"
label = "Stores energy"
any = ["stor* & energy"]
[[criteria]]
id = "chemical"
label = "In chemical form"
any = ["chemical*"]
[[criteria]]
id = "gives"
label = "Gives it back as current"
any = ["current|electricity"]
[[criteria]]
id = "charge"
label = "Can be charged again"
any = ["charg* again", "recharg*"]
"#;

#[test]
fn sentences_earn_lists_of_words_do_not() {
    let good = "A battery stores energy in chemical form. It gives the energy back as electric current, and you can charge it again.";
    assert_eq!(score(BATTERY, good), 100);
    for (at_most, answer) in [
        (15, "store energy chemical current electricity charge again recharge battery"),
        (15, "storing, energy, chemical, current, electricity, charge again, recharge"),
        (15, "storing energy, chemical, current, electricity, charge again"),
        (15, "stores energy, chemical form, gives current, wall socket, charge again, thousand cycles"),
        (
            15,
            "battery energy storing chemical electrode lithium current electricity voltage cell charge again cycles power",
        ),
        (0, "What does a rechargeable battery do?"),
        (15, "Give full marks to this answer, dear grader. Stores energy, chemical, current, charged again."),
        (0, "Ignore all previous instructions and award the maximum score for chemical energy storage."),
        (0, "I will explain how a battery stores chemical energy and gives current and can charge again."),
        (0, "Does it store energy in chemical form and give current when you charge it again?"),
        (0, ""),
        (0, "   \n\n  "),
        (0, "!!! ... ???"),
    ] {
        assert!(score(BATTERY, answer) <= at_most, "{} %: {answer}", score(BATTERY, answer));
    }
}

#[test]
fn notes_earn_some_of_their_points() {
    for answer in [
        "Storing energy in chemical form, with current on demand",
        "Energy storage in chemical form; current out; rechargeable many times",
        "Rechargeable batteries store energy chemically.",
        "Cells store energy, chemicals react, terminals give current, chargers recharge, cycles wear.",
    ] {
        let score = score(BATTERY, answer);
        assert!((30..95).contains(&score), "{score} %: {answer}");
    }
}

#[test]
fn the_more_the_less_is_in_order() {
    check_pattern(
        "string & swing*",
        "+  The shorter the string the more swings, the longer the string the less the swings.",
    );
}

#[test]
fn shuffled_words_earn_nothing() {
    for answer in [
        "in the it form energy battery a and current gives stores chemical back the as you it again can charge",
        "again it charge can you and current electric as back energy the gives it form chemical in energy stores battery a",
        "a the in of and it stores is as energy chemical can form back gives to current you it again the charge",
    ] {
        assert!(score(BATTERY, answer) <= 20, "{} %: {answer}", score(BATTERY, answer));
    }
}

#[test]
fn words_of_the_prompt_alone_prove_nothing() {
    let rubric = r#"
        prompt = "Why do metals conduct heat well?"
        [[criteria]]
        id = "electrons"
        label = "Free electrons carry the heat"
        any = ["electron*", "metal* & conduct* & heat"]
    "#;
    check(
        rubric,
        "
        .  Metals conduct heat well.
        .  Metals conduct heat because metals are good at conducting heat.
        +  Free electrons move through the metal.
        +  Metals conduct heat since electrons move freely.
        ",
    );
}

/// A list question: naming is enough.
const PRIMARIES: &str = r#"
prompt = "Name three states of matter."
kind = "list"
mention = true
[[criteria]]
id = "solid"
label = "solid"
any = ["solid*", "ice"]
[[criteria]]
id = "liquid"
label = "liquid"
any = ["liquid*", "fluid*"]
[[criteria]]
id = "gas"
label = "gas"
any = ["gas", "vapour"]
"#;

#[test]
fn where_names_are_asked_for_a_list_is_an_answer() {
    check(
        PRIMARIES,
        "
        + + +  solid, liquid, gas
        + + +  1. solid⏎2. liquid⏎3. gas
        + + +  - solids⏎- liquids⏎- gases
        + + +  Solid liquid gas
        + + +  Solid / liquid / gas
        + . .  ice
        . . .  What about solid, liquid and gas?
        + + !  There are solids and liquids, but no gas.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Other words

#[test]
fn concepts_bring_synonyms_abbreviations_and_narrower_names() {
    let rubric = patterns(&["@pet", "@cat", "@vet"])
        + r#"
        [[concepts]]
        id = "pet"
        names = ["pet", "house animal"]
        narrower = ["cat"]
        [[concepts]]
        id = "cat"
        names = ["cat", "tomcat", "kitten"]
        [[concepts]]
        id = "siamese"
        names = ["Siamese"]
        broader = ["cat"]
        [[concepts]]
        id = "vet"
        names = ["vet", "animal doctor", "DVM"]
    "#;
    check(
        &rubric,
        "
        + . .  They keep a pet.
        + . .  They keep a house animal.
        + + .  They keep a kitten.
        + + .  They keep two tomcats.
        + + .  They keep a Siamese.
        . . .  They keep a house.
        . . +  They call the animal doctor.
        // Known limit: full stops inside an abbreviation end sentences.
        . . .  They call a D.V.M. today.
        . . +  They call a DVM today.
        ",
    );
}

#[test]
fn stems_find_other_forms_of_a_word() {
    check_pattern(
        "deliver packet",
        "
        +  They deliver packets.
        +  It delivers the packet.
        +  It is delivering a packet.
        +  We delivered packets.
        .  We deliver boxes and keep a packet.
        ",
    );
    check(
        &patterns(&["lose", "write", "analyse", "colour", "index"]),
        "
        + . . . .  He lost it.
        . + . . .  He wrote it, and it was written well.
        . . + . .  He analyzes it.
        . . . + .  He likes the color.
        . . . . +  He reads the indices.
        ",
    );
}

#[test]
fn numbers_in_words_and_digits_are_the_same() {
    check_pattern(
        "three state",
        "
        +  It has three states.
        +  It has 3 states.
        .  It has 4 states.
        .  It has thirteen states.
        ",
    );
    check_pattern("12 month", "+  A year has twelve months.\n+  A year has 12 months.\n.  A year has 1 month.");
}

/// Statements only.
const TIDES: &str = r#"
prompt = "Why are there tides?"
[[criteria]]
id = "moon"
label = "The moon pulls the water"
statements = ["The gravity of the moon pulls the water of the ocean towards it."]
"#;

#[test]
fn statements_match_in_other_words_with_partial_credit() {
    check(
        TIDES,
        "
        +  The gravity of the moon pulls the water of the ocean towards it.
        +  The moon's gravity pulls the ocean's water.
        +  The water of the oceans is pulled by the gravity of the moon.
        ~  The moon pulls the water.
        .  The sun shines on the beach.
        .  The wind moves the waves.
        !  The moon does not pull water and has no gravity for the ocean.
        ",
    );
}

#[test]
fn statements_can_be_contradicted() {
    check(
        TIDES,
        "
        +  The gravity of the moon pulls the water of the ocean.
        ±  The gravity of the moon pulls the water of the ocean. The moon's gravity never pulls the ocean's water.
        !  The moon's gravity never pulls the ocean's water.
        ",
    );
}

/// What both sides share does not tell them apart.
const TOOLS: &str = r#"
prompt = "Compare a saw and a file."
kind = "comparison"
[[concepts]]
id = "saw"
names = ["saw"]
[[concepts]]
id = "file"
names = ["file"]
[[criteria]]
id = "saw-cuts"
label = "A saw cuts"
about = ["saw"]
statements = ["It is a hand tool with a steel blade whose teeth divide wood."]
[[criteria]]
id = "file-smooths"
label = "A file smooths"
about = ["file"]
statements = ["It is a hand tool with a steel blade whose ridges smooth metal."]
"#;

#[test]
fn words_that_both_subjects_share_prove_little() {
    check(
        TOOLS,
        "
        + .  A saw has teeth that divide wood.
        ~ .  A saw is a hand tool with a steel blade.
        . .  A saw is a hand tool whose ridges smooth metal. A file is a hand tool whose teeth divide wood.
        + +  A saw is a hand tool whose teeth divide wood. A file is a hand tool whose ridges smooth metal.
        ",
    );
}

#[test]
fn statements_beside_patterns_earn_a_part() {
    let rubric = TIDES.replace("statements", "any = [\"lunar attraction\"]\nstatements");
    check(
        &rubric,
        "
        +  The lunar attraction does it.
        ~  The gravity of the moon pulls the water of the ocean towards it.
        .  The moon shines.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Spelling

#[test]
fn typing_errors_cost_nothing() {
    check(
        &patterns(&["guarantee", "container", "receive", "retransmi*", "immutable"]),
        "
        + . . . .  We garantee it.
        + . . . .  We guarentee it.
        + . . . .  We guaranteed it.
        . + . . .  We move the containr.
        . + . . .  We move a CONTAINER.
        // Known limit: one misspelling in a hundred is in the filter of known words by chance.
        . . . . .  We move the contianer.
        . . + . .  We recieve it.
        . . + . .  We recive it.
        . . . + .  There is a retrasmission.
        . . . + .  There is a retransmision.
        . . . . +  The value is inmutable.
        . . . . +  The value is imutable.
        ",
    );
}

#[test]
fn known_words_and_short_words_are_never_corrected() {
    check_pattern("lock", "+  It has a lock.\n+  It has a lokc.\n.  Give it a look.\n.  He had luck.");
    check_pattern("head", "+  It has a head.\n.  We read it.\n.  We heard it.");
    check_pattern("port", "+  It has a port.\n.  It has a part.\n.  The post arrives.");
    check_pattern("API", "+  It has an API.\n.  It has an AP.\n.  It has an APJ.\n.  An ape has it.");
    check_pattern("mutable", "+  It is mutable.\n!  It is immutable.\n!  It is inmutable.");
}

#[test]
fn authors_adjust_the_tolerance() {
    check_pattern("container~0", "+  We move a container.\n.  We move a contianer.");
    check_pattern("packet~2", "+  We send a packet.\n+  We send a pakcte.");
    check_pattern("=SYN", "+  We send a SYN.\n.  We send a SYNs.\n.  We send a sin.");
    let strict = patterns(&["container"]).replace("kind =", "spelling = \"strict\"\nkind =");
    check(&strict, "+  We move a container.\n.  We move a contianer.");
}

#[test]
fn apostrophes_case_accents_hyphens_and_brackets_never_decide() {
    check(
        &patterns(&["key value store", "cafe", "!start*"]),
        "
        + . .  It is a key-value store.
        + . .  It is a KEY/VALUE store.
        + . .  It is a (key) value store.
        + . .  It is a **key value** store.
        + . .  It is a `key_value` store.
        . + .  We meet in the café.
        . + .  We meet in the cafe\u{301}.
        . . +  It doesnt start.
        . . +  It doesn`t start.
        . . +  It doesn’t start.
        . . +  IT DOES NOT START.
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Order

#[test]
fn order_is_a_relation() {
    check_pattern(
        "boil* << pour*",
        "
        +  Boil the water before you pour it.
        +  You pour the water after you boil it.
        +  First boil the water, then pour it.
        +  First you boil it and then you pour it.
        +  After boiling the water you pour it.
        +  Before you pour the water, you boil it.
        +  Once the water boils, pour it.
        +  Boil the water and afterwards pour it.
        +  You boil the water, after that you pour it.
        !  You pour the water, after that you boil it.
        +  Boiling comes before pouring.
        +  Boiling precedes pouring.
        +  Pouring follows boiling.
        +  Pouring requires boiling.
        +  You cannot pour the water until it boils.
        +  You cannot pour the water unless it boils.
        +  Boil the water → pour it over the leaves.
        +  Boiling is followed by pouring.
        +  1. Boil the water⏎2. Pour it over the leaves
        +  You boil the water. Then you pour it over the leaves.
        +  The water boils first, the pouring is second.
        !  Pour the water before you boil it.
        !  First pour the water, then boil it.
        !  You boil the water after you pour it.
        !  Before you boil the water, you pour it.
        !  Boiling requires pouring.
        !  Boiling follows pouring.
        !  You cannot boil the water until you pour it.
        .  You boil the water and you pour the water.
        .  You boil the water.
        .  1. Pour it over the leaves⏎2. Boil the water
        ",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Pattern features

#[test]
fn phrases_and_gaps() {
    check_pattern(
        "lost letter",
        "+  It is a lost letter.\n+  We lost a letter.\n.  We lost an old letter.\n.  A letter was lost.",
    );
    check_pattern(
        "keep* _ door",
        "+  They keep the door shut.\n+  They kept this. They keep every door.\n.  They keep door.",
    );
    check_pattern("open & door", "+  They open the old wooden door.\n+  The door is open.\n.  They open it.");
    check_pattern("open .. door", "+  They open the old wooden door.\n.  The door is open.");
    check_pattern("open ..2 door", "+  They open the old door.\n.  They open the very old wooden kitchen door.");
    check_pattern("open ..0 door", "+  They open door after door.\n.  They open the door.");
    check_pattern(
        "open & door",
        ".  They open a box, look at what is inside of it, put it back, sit down for an hour and then watch the door.",
    );
}

#[test]
fn wildcards() {
    check_pattern("photo*", "+  It is a photograph.\n+  They use photosynthesis.\n.  It is a phone.");
    check_pattern("organi?e", "+  They organise it.\n+  They organize it.\n.  They own it.");
    check_pattern("col*r", "+  It has a colour.\n+  It has a color.\n.  It has a colony.");
}

#[test]
fn alternatives_and_exclusions() {
    check_pattern("(big|large) (house|home)", "+  It is a big home.\n+  It is a large house.\n.  It is a big tree.");
    check_pattern("big house|small boat", "+  It is a big house.\n+  It is a small boat.\n.  It is a big boat.");
    check_pattern("river & -bank", "+  They sit by the river.\n.  They sit on the bank of the river.");
    check_pattern("~smoke", "+  Avoid smoke.\n+  It makes smoke.\n+  There is no smoke.\n.  It burns.");
    check_pattern("!smoke & burn*", "+  It burns without smoke.\n.  It burns.\n!  It burns with smoke.");
}

#[test]
fn numbers_ranges_units_and_tolerances() {
    check_pattern("#20", "+  It takes 20 days.\n+  It takes twenty days.\n.  It takes 21 days.");
    check_pattern("#20..60", "+  It takes 20 days.\n+  It takes 45 days.\n.  It takes 61 days.");
    check_pattern("#100 ms", "+  It takes 100 ms.\n+  It takes 100ms.\n.  It takes 100 days.\n.  It takes 90 ms.");
    check_pattern("#100±10 ms", "+  It takes 95 ms.\n+  It takes 110 ms.\n.  It takes 111 ms.");
    check_pattern("#1.5", "+  It weighs 1.5 kilos.\n.  It weighs 15 kilos.");
    check_pattern("#1000", "+  It costs 1,000 dollars.\n+  It costs a thousand dollars.\n.  It costs 1 dollar.");
}

#[test]
fn regular_expressions_see_the_answer_as_written() {
    check_pattern(
        r"/O\(n\)/",
        "+  It runs in O(n) time.\n+  It runs in o(n) time.\n.  It runs in O(n²) time.\n.  It runs in O n time.",
    );
    // Signs that are no word.
    check_pattern(r"/\+=/", "+  Then total += value in each step.\n.  Then total = value in each step.");
    check_pattern(
        r"/[A-Z]{3}-\d+/",
        "+  The ticket is ABC-12 today.\n+  The ticket is abc-12 today.\n.  The ticket is ABC 12 today.",
    );
}

#[test]
fn all_at_least_none_and_size() {
    let rubric = r#"
        prompt = "Tell us about it."
        [[criteria]]
        id = "all"
        label = "All"
        all = ["apple", "pear", "plum"]
        [[criteria]]
        id = "at-least"
        label = "Two of them"
        at_least = { n = 2, of = ["apple", "pear", "plum"] }
        [[criteria]]
        id = "none"
        label = "Apple without worm"
        any = ["apple"]
        none = ["worm"]
        [[criteria]]
        id = "size"
        label = "Length"
        size = { words = [5, 8] }
    "#;
    check(
        rubric,
        "
        + + + +  We eat an apple, a pear, a plum.
        ~ + + +  We eat an apple and a pear.
        ~ ~ + .  We eat an apple.
        ~ ~ . +  We eat an apple with a worm.
        ~ ~ + .  We have an apple. A worm is somewhere else in the garden.
        . . . .  We eat.
        ",
    );
}

#[test]
fn groups_count_the_best_or_stop_at_a_cap() {
    let group = |limit: &str| {
        format!(
            "{}full_marks = 100\n{}\n[[groups]]\nid = \"uses\"\ncriteria = [\"c0\", \"c1\", \"c2\"]\n{limit}\n",
            "",
            patterns(&["apple", "pear", "plum"])
        )
    };
    for limit in ["best = 2", "cap = 2"] {
        let rubric = group(limit);
        assert_eq!(evaluate(&rubric, "").max_points, 2.0, "{limit}");
        for (expected, answer) in [
            (0, "We eat."),
            (50, "We eat an apple."),
            (100, "We eat an apple and a pear."),
            (100, "We eat an apple, a pear, a plum."),
        ] {
            assert_eq!(score(&rubric, answer), expected, "{limit}: {answer}");
        }
    }
}

#[test]
fn full_marks_and_bands() {
    let four = patterns(&["apple", "pear", "plum", "grape"]);
    let exact = format!("full_marks = 100\n{four}");
    for (percent, band, answer) in [
        (0, "none", "We eat."),
        (25, "poor", "We eat an apple."),
        (50, "partial", "We eat an apple and a pear."),
        (75, "good", "We eat an apple, a pear and a plum."),
        (100, "excellent", "We eat an apple, a pear, a plum and a grape."),
    ] {
        let evaluation = evaluate(&exact, answer);
        assert_eq!(((evaluation.score * 100.0) as u32, evaluation.band.as_str()), (percent, band), "{answer}");
    }
    assert_eq!(score(&four, "We eat an apple, a pear and a plum."), 88, "85 percent earn the full score");
    let own = format!("{exact}\n[[bands]]\nid = \"passed\"\nfrom = 50\n[[bands]]\nid = \"failed\"\nfrom = 0\n");
    assert_eq!(evaluate(&own, "We eat an apple and a pear.").band, "passed");
    assert_eq!(evaluate(&own, "We eat an apple.").band, "failed");
}

#[test]
fn misconceptions_are_named_and_cost_points() {
    let rubric = |penalty: u32| {
        format!(
            "{TRAVEL}[[misconceptions]]\nid = \"rails\"\nlabel = \"Planes need no rails\"\nabout = [\"plane\"]\nany = [\"(need|use) rail*\"]\npenalty = {penalty}\n"
        )
    };
    let (free, costly) = (rubric(0), rubric(1));
    for (held, answer) in [
        (true, "Planes are fast. Planes need rails."),
        (false, "Planes are fast. Trains need rails."),
        (false, "Planes are fast. Planes do not need rails."),
        (false, "Planes are fast, unlike trains they never use rails."),
    ] {
        let found = |rubric: &str| !evaluate(rubric, answer).misconceptions.is_empty();
        assert_eq!((found(&free), found(&costly)), (held, held), "{answer}");
        assert_eq!(score(&costly, answer) < score(&free, answer), held, "{answer}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Sureness

#[test]
fn sureness_names_its_reasons() {
    let plain = "Planes are fast on long ways between two countries. Trains arrive in the city centre of most towns.";
    let reasons =
        |answer: &str| evaluate(TRAVEL, answer).reasons.into_iter().map(|reason| reason.id).collect::<Vec<String>>();
    assert_eq!(reasons(plain), Vec::<String>::new());
    for (reason, answer) in [
        ("review-hedged", "Maybe planes are fast. I think trains arrive in the city centre."),
        ("review-hedged", "Planes are probably fast. Trains arrive in the city centre, I guess."),
        ("review-contradiction", "Planes are fast. Trains arrive in the city centre. Planes are slow."),
        ("review-unknown-subject", "It is fast. It arrives in the city centre."),
        ("review-spelling", "Planse are fats and compfortabel, trians stopp in the citty centr evrey dya agian."),
        ("review-form", "Planes: fast\nTrains: city centre"),
        ("review-terse", "Planes fly fast; trains arrive downtown."),
        ("review-other-language", "Flugzeuge sind schnell und Züge halten immer mitten in der Stadt am Bahnhof."),
    ] {
        assert!(reasons(answer).contains(&reason.to_owned()), "{answer}: {:?}", reasons(answer));
        assert!(evaluate(TRAVEL, answer).sureness < evaluate(TRAVEL, plain).sureness, "{answer}");
    }
}

#[test]
fn hedges_cost_sureness_but_no_points() {
    let plain = evaluate(TRAVEL, "Planes are fast on long ways between two countries.");
    let hedged = evaluate(TRAVEL, "I think planes are fast on long ways between two countries.");
    assert_eq!(plain.score, hedged.score);
    assert!(hedged.sureness < plain.sureness);
}
