//! Of whom something is said.

use super::{TRAVEL, check, evaluate};

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
fn what_is_narrower_is_a_name_of_the_subject() {
    let jet = "[[concepts]]\nid = \"jet\"\nnames = [\"jet\"]\nbroader = [\"plane\"]\n";
    check(
        &format!("{TRAVEL}{jet}"),
        "
        + .  A jet is fast.
        . .  A jet arrives in the city centre.
        ",
    );
}

#[test]
fn subjects_that_a_claim_shares_are_one_side() {
    let winged = "[[concepts]]\nid = \"winged\"\nnames = [\"something with wings\", \"bird of steel\"]\n";
    let rubric = TRAVEL.replace("about = [\"plane\"]", "about = [\"plane\", \"winged\"]");
    check(
        &format!("{rubric}{winged}"),
        "
        + +  Something with wings is fast. The other one arrives downtown.
        + +  Trains arrive downtown. The other kind is fast.
        . .  Something with wings arrives downtown. The other one is fast.
        + +  Both are fast and arrive downtown.
        + +  There are planes, birds of steel, and trains. The former are fast, the latter arrive downtown.
        ",
    );
}

#[test]
fn one_word_is_charged_behind_a_name_only() {
    check(
        &TRAVEL.replace("any = [\"@fast\"]", "any = [\"!ticket\", \"@fast\"]"),
        "
        + .  A plane of your own needs no ticket.
        ! .  A plane of your own needs a ticket.
        ! .  Plane: a ticket
        ! .  You can own a plane. It needs a ticket.
        ! .  A plane looks big and needs a ticket.
        . .  You can own a plane. The ticket is a piece of paper.
        + .  Planes are quick, while the ticket of today is an app.
        ± .  Planes are quick, but planes need a ticket.
        . .  You can own a plane. Slow queues are a nuisance.
        ! .  You can own a plane. Planes are slow.
        ",
    );
    let wrong =
        "[[misconceptions]]\nid = \"slow\"\nlabel = \"Planes are fast\"\nabout = [\"plane\"]\nany = [\"slow\"]\n";
    for (answer, held) in [
        ("Planes are slow.", true),
        ("You can own a plane. It is slow.", true),
        ("Planes carry mail and are slow.", true),
        ("You can own a plane. Slow queues are a nuisance.", false),
    ] {
        let evaluation = evaluate(&format!("{TRAVEL}{wrong}"), answer);
        assert_eq!(evaluation.misconceptions.iter().any(|wrong| !wrong.evidence.is_empty()), held, "{answer}");
    }
}

#[test]
fn a_question_about_one_thing_names_the_subject() {
    check(
        &TRAVEL.replace("Compare planes and trains.", "What is good about a train?"),
        "
        . +  It arrives in the city centre.
        . +  Arrives in the city centre, one can read there.
        . .  A plane is no bus. It arrives in the city centre.
        // Of the other one it is not said.
        ~ .  It is fast.
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
fn a_noun_before_the_verb_leaves_the_clause_to_the_name_behind_it() {
    check(
        TRAVEL,
        "
        + .  Trains need rails. Engineers build planes fast.
        . .  Planes need airports. Engineers build trains fast.
        . +  Planes need airports. Engineers send the train downtown.
        + .  Trains need rails. Most tourists find a plane fast.
        // Of both nothing is decided: the subject goes on.
        . +  Trains need rails. The way from trains to planes begins downtown.
        // Nor is what is only compared or a part of something.
        . +  A train needs rails. The station is nearer than that of planes and lies downtown.
        + .  A plane needs an airport. It leaves the train behind and is fast.
        + .  A plane needs an airport. Its wings pass every train and are fast.
        ",
    );
}

#[test]
fn that_opens_a_clause_of_its_own() {
    check(
        TRAVEL,
        "
        + .  Trains need rails. This shows that planes are fast.
        + .  Trains need rails. It is well known that a plane is fast.
        + .  Trains need rails. It is clear that planes are fast.
        + .  Trains need rails. It should be noted that engineers build planes fast.
        + .  Trains need rails. Tourists who love planes know that planes are fast.
        ! .  Trains need rails. It is not true that planes are fast.
        + .  Trains need rails. It means planes need a great speed.
        + .  A train needs rails. I use that train, and a plane is fast.
        . +  Planes fly. The bridge that trains need leads downtown.
        . +  Planes fly over the bridge that a train crosses downtown.
        ",
    );
}

#[test]
fn what_sets_two_apart_is_said_of_the_name_behind_it() {
    check(
        TRAVEL,
        "
        + .  The difference between trains and planes is that planes are fast.
        + +  The main difference between a train and a plane is that a plane is fast and a train takes you downtown.
        + .  Planes and trains differ in that planes are fast.
        + .  Trains and planes are different in that a plane is fast.
        + .  Trains and planes carry people, the difference is that the plane is fast.
        + .  The difference between trains and planes is planes move fast.
        . .  The difference between planes and trains is trains move fast.
        // Both are meant.
        + +  Planes and trains are alike in that they are fast and arrive downtown.
        + .  The trouble with planes is that tickets sell fast.
        // No clause behind it.
        + .  A plane is that train of the air, made fast by engines.
        ",
    );
}

#[test]
fn topics_inside_a_sentence_change_the_subject() {
    check(
        TRAVEL,
        "
        + +  Planes are fast, and when it comes to trains, they arrive downtown.
        + +  Planes are fast, and as for trains, they arrive downtown.
        + +  With regard to planes they are fast and with regard to trains they arrive downtown.
        . .  Trains are fast, and as for planes, they arrive downtown.
        // The work is another one's.
        + +  Planes are fast and the goal of trains is the city centre.
        + +  A plane is fast, and it's the job of a train to arrive downtown.
        + +  A plane is fast but arriving downtown is the job of trains.
        + +  Planes are fast, arriving downtown is for trains.
        + +  Planes are fast and the city centre is reached by trains.
        . .  Trains are fast and the city centre is reached by planes.
        // Here it is the same one's.
        + .  A plane carries people, and it is the job of a pilot to be fast.
        + .  Planes carry mail and the passengers of today are fast.
        . +  The train waits and the city centre is reached by people.
        ",
    );
}

#[test]
fn the_verb_behind_an_inner_clause_goes_on_with_the_outer_one() {
    check(
        TRAVEL,
        "
        + .  A plane that passes trains moves fast.
        + .  A plane which passes trains moves fast.
        + .  The plane, which trains need, is fast.
        + .  The plane, which is afraid of trains, is fast.
        + .  The plane, unlike the train, which waits, is fast.
        + .  The plane, when the train waits, is fast.
        + .  The plane takes the mail which the train brings and is fast.
        + .  The plane takes the mail the train brings and is fast.
        + .  The plane takes the mail brought by the train and is fast.
        + .  A plane waits until a train stops, then is fast.
        + .  The plane the train meets is fast.
        + .  The plane that the train meets every day is fast.
        + .  The plane which a train wants to meet is fast.
        . .  The train that the plane meets is fast.
        . +  I like the plane that the train which arrives downtown meets.
        . .  The train, which planes need, is fast.
        . .  The train takes the mail which the plane brings and is fast.
        // The inner clause goes on.
        . +  You know the train that stops and arrives downtown.
        + .  The train waits where the plane lands and is fast.
        + .  It has wings and is fast, which is a plane.
        ",
    );
}

#[test]
fn what_somebody_asks_is_said_of_him() {
    let rubric = INN.replace("fried|fry|fries", "what ..3 (eat|drink)").replace("\"serv*\"", "\"who ..3 (are|is)\"");
    check(
        &rubric,
        "
        + + .  The cook asks \"what do you eat?\" and the waiter asks \"who are you?\"
        + . .  The cook answers the question what people eat?
        . + .  The waiter asks who you are? The cook waits.
        . . .  The waiter asks what you eat? The cook asks who you are?
        // Asked by the answer itself.
        . . .  Does the waiter ask who you are?
        . . .  What do you eat, is that what the cook asks?
        ",
    );
}

#[test]
fn things_come_from_whoever_makes_them() {
    check(
        INN,
        "
        + . .  The waiter is tired. Fried fish comes from the cook.
        + . .  The waiter is tired. You get fried fish from the cook.
        . + .  The cook is tired. Then service comes from the waiter.
        . . .  The cook is tired. Fried fish comes from the waiter.
        // From somewhere else, or with somebody of its own.
        + . .  The cook gets a fish from the waiter, then it is fried.
        + . .  The cook is tired. The smell from the waiter is bad, and it is fried.
        ",
    );
}

/// Columns: the cook fries it, the waiter serves it, the cook does not.
const INN: &str = r#"
prompt = "Who does what in an inn, cook and waiter?"
kind = "comparison"
[[concepts]]
id = "cook"
names = ["cook"]
[[concepts]]
id = "waiter"
names = ["waiter"]
[[criteria]]
id = "cook-fries"
label = "The cook fries it"
about = ["cook"]
any = ["fried|fry|fries"]
[[criteria]]
id = "waiter-serves"
label = "The waiter serves it"
about = ["waiter"]
any = ["serv*"]
[[criteria]]
id = "cook-serves-not"
label = "The cook does not serve it"
about = ["cook"]
any = ["!serv*"]
"#;

#[test]
fn who_does_it_stands_behind_by() {
    check(
        INN,
        "
        + + .  The fish served by the waiter is fried by the cook.
        . . !  The fish served by the cook is praised by the waiter.
        + + .  The cook must fry what is ready, dishes served by the waiter.
        . + .  The cook can taste dishes served by a waiter.
        . + .  The cook asks a waiter to serve it.
        . + .  The cook tastes the dish that a waiter serves.
        . + +  The dish is served not by the cook but by the waiter.
        . + +  The dish is not served by the cook, but by the waiter.
        . + +  The dish is served by the waiter and not by the cook.
        . + +  The cook does not serve it, that is done by the waiter.
        . + .  The waiter, and never the cook, serves it.
        // Also for what stands before the denial.
        . + +  Service is not done by the cook but by the waiter.
        . ! !  Service is not done by the waiter but by the cook.
        . + +  It isn't the cook that serves it but the waiter.
        . + +  It isn't the cook that serves it, it's the waiter.
        . . .  It isn't the waiter that serves it, it's the cook.
        . + .  It is the waiter that serves it.
        . . .  It isn't the waiter that serves it.
        . ! !  The dish is served not by the waiter but by the cook.
        . ! !  The dish is not served by the waiter, but by the cook.
        ",
    );
}

#[test]
fn what_sets_one_apart_is_turned_for_the_other() {
    check(
        STORES,
        "
        + +  SQL enforces a schema, unlike NoSQL.
        + +  Unlike NoSQL, SQL enforces a schema.
        + +  SQL, in contrast to a document store, needs a schema.
        + +  Only SQL enforces a schema.
        + +  SQL enforces a schema. That is not the case for NoSQL.
        + !  SQL enforces a schema. The same goes for NoSQL.
        + +  NoSQL has no need of a schema, SQL has.
        . !  NoSQL enforces a schema, unlike SQL.
        // What only one knows says nothing about what is inside it.
        + .  Only SQL knows the way in which you enforce a schema.
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
        + +  There are planes and trains. The first is fast, the second arrives downtown.
        . .  There are trains and planes. The first kind is fast, the second kind arrives downtown.
        // An answer that begins so means the order of the prompt; elsewhere it may mean anything.
        + +  The first one is fast and noisy. The latter arrives downtown.
        . .  The first arrives downtown. The second is fast and noisy.
        + +  There are planes and trains. The former are fast, and planes need airports. The latter arrive in the city centre.
        + +  There are planes and trains. In the first case you are fast, in the second case you arrive downtown.
        + +  Planes cost much and trains take long. I take the first for being fast, the second for reaching the city centre.
        ~ ~  There are many. The first is fast and noisy. The second arrives downtown.
        ~ .  The first passenger is fast.
        . .  There are trains and planes: the first one is fast, the second one arrives downtown.
        + +  Planes are fast. The other one arrives in the city centre.
        + .  A plane takes off, waits for the other end of the country to appear, and is fast.
        . +  A train leaves the city, waits for the other to pass and arrives downtown.
        ",
    );
}

#[test]
fn the_name_that_answers_is_what_was_asked_for() {
    check(
        TRAVEL,
        "
        + .  What is fast? The plane.
        + +  Which of them is fast? The plane. Which one takes you downtown? The train.
        + +  What is fast? Planes are, of course. And what arrives downtown? Trains.
        + .  What is fast? That would be the plane.
        + .  What is fast when the train waits? The plane.
        + .  What do you take to be fast? The plane.
        + .  Who passes the train and is fast? The plane.
        + .  Which one is fast, the plane or the train? The plane.
        + .  Plane or train: which one is fast? The plane.
        . .  Plane or train: which one is fast? The train.
        . +  Which one takes you downtown? The train, not the plane.
        . .  What is fast? The train.
        . .  What is fast? Is it the plane?
        . .  What is fast?⏎- the plane
        . .  Is it the plane? It is fast?
        // Asked for what somebody does something to.
        . .  What does the train pass to be fast? Planes.
        . .  What is a train? A fast thing.
        ",
    );
    check(
        &TRAVEL.replace("\"@fast\"", "\"arrive & late\""),
        "
        ! .  Who arrives late? Trains. Who does not? Planes.
        . .  Who arrives late? Trains. Who does not? Ships.
        ",
    );
}

#[test]
fn respectively_gives_each_its_own() {
    check(
        TRAVEL,
        "
        + +  Planes and trains are fast and arrive downtown respectively.
        + +  A plane and a train are fast and stop in the city centre, respectively.
        + +  Planes and trains respectively are fast and arrive downtown.
        + +  Great speed and a stop in the city centre are what planes and trains offer respectively.
        . .  Trains and planes are fast and arrive downtown respectively.
        . .  Planes and trains arrive downtown and are fast, respectively.
        ! .  Trains and planes are fast and slow respectively.
        + +  Planes and trains are fast and arrive downtown.
        + +  Planes are fast and trains arrive downtown respectively.
        + +  Which are fast and which arrive downtown? Planes and trains.
        . .  Which are fast and which arrive downtown? Trains and planes.
        ",
    );
}

#[test]
fn a_correction_may_change_the_name_alone() {
    check(
        TRAVEL,
        "
        + .  The train, or rather the plane, is fast.
        + .  The train - sorry, the plane - is fast.
        + .  The train is fast, no wait, the plane.
        + .  The train is fast. No, wait, the plane.
        + .  The train is fast - sorry, the plane is fast.
        . .  The plane is fast, no wait, the train.
        . .  The plane is fast; correction: it is cheap.
        . +  The train is fast, or rather arrives downtown.
        + .  The plane is fast, or rather comfortable.
        + .  The plane is fast, I am sorry to say.
        + .  The plane is fast. Sorry.
        + .  The plane is fast, sorry, no time left.
        + .  A plane with error correction is fast.
        ",
    );
}

#[test]
fn one_and_the_other_mean_what_fits_better() {
    check(
        TRAVEL,
        "
        + +  One is fast, the other arrives in the city centre.
        + +  One arrives in the city centre. The other is fast.
        + +  With one you arrive in the city centre; with the other you are fast.
        + +  One kind brings you to the city centre, and you can read. The other kind needs an airport, but it is fast.
        + +  There are planes and trains. The first sort is fast. The other variety brings you downtown.
        // Both things are said of the same side.
        + .  One is fast and arrives in the city centre, the other is cheap.
        // Both are named before: this is no riddle.
        . .  There are trains and planes. One can sleep there.
        ~ ~  One can be fast, one can arrive in the city centre.
        ",
    );
}

#[test]
fn clefts_name_the_subject() {
    check(
        TRAVEL,
        "
        + .  It is the plane, not the train, that is fast.
        . .  It is the train, not the plane, that is fast.
        + .  It is the plane and not the train that is fast.
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
        + +  Something with wings is fast and loud. That is a plane. The other thing arrives downtown. That is a train.
        . .  Something with wheels is fast and loud. That is a train. The other thing arrives downtown. This is called a plane.
        + .  It is fast and has wings, which is a plane.
        + +  Something with wings is fast. That part is the plane. The other thing arrives downtown. That part is the train.
        + +  There are planes and trains. One kind is fast. That is the former. The other arrives downtown. That is the latter.
        + +  Something with wings is fast; that's a plane, as in Rome. Something arrives downtown; that's a train, as in Paris.
        . .  Something with wings is fast; that's a train, as in Rome. Something arrives downtown; that's a plane, as in Paris.
        + +  Something with wings is fast (plane). Something arrives downtown (train).
        . .  Something with wings is fast (train). Something arrives downtown (plane).
        + +  Two ways: arrive downtown (train) or be there at great speed (plane).
        . .  Two ways: arrive downtown (plane) or be there at great speed (train).
        + +  You get there fast (plane), you arrive downtown (train), and that is all.
        . .  You get there fast (train), you arrive downtown (plane), and that is all.
        + +  Planes are fast, but you arrive downtown (train), if you want.
        + .  Planes are fast (trains), and you pay for it.
        // Only where no name stands before it.
        + .  A plane has wings. It is fast. That is no train.
        . .  A train has wheels. It is fast. That is a train.
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
        + +  Planes: fast and comfortable⏎Trains: stations in the city centre
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
        + +  | | Plane | Train |⏎|---|---|---|⏎| speed | fast | medium |⏎| goal | airport | city centre |
        . .  | | Train | Plane |⏎|---|---|---|⏎| speed | fast | medium |⏎| goal | airport | city centre |
        + +  | | speed | goal |⏎|---|---|---|⏎| plane | fast | airport |⏎| train | medium | city centre |
        . .  | | speed | goal |⏎|---|---|---|⏎| train | fast | airport |⏎| plane | medium | city centre |
        + !  | | Plane | Train |⏎|---|---|---|⏎| fast | yes | no |⏎| city centre | yes | no |
        + +  | | Plane | Train |⏎|---|---|---|⏎| fast | ✓ | ✗ |⏎| city centre | ✗ | ✓ |
        ! !  | | Plane | Train |⏎|---|---|---|⏎| fast | no | yes |⏎| city centre | yes | no |
        ! +  | | Plane | Train |⏎|---|---|---|⏎| fast | never | always |⏎| city centre | never | always |
        + !  | | Plane | Train |⏎|---|---|---|⏎| fast | ✔ | – |⏎| city centre | ✔ | – |
        + +  | | fast | city centre |⏎|---|---|---|⏎| plane | ✔ | – |⏎| train | – | ✔ |
        . .  | | Plane | Train |⏎|---|---|---|⏎| fast | – | – |⏎| city centre | | |
        + +  | Name | Speed | Town centre (no train) |⏎|---|---|---|⏎| plane | fast | no |⏎| train | medium | city centre |
        + +  | means | km/h approx. | stops at |⏎|---|---|---|⏎| Plane | fast | airport |⏎| Train | medium | city centre |
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
        + +  There are planes and trains. They are fast and arrive in the city centre.
        + +  Everybody knows planes and trains. Both of them are fast and arrive downtown.
        + .  Planes differ from trains. They are fast.
        . .  There are planes. Trains are fast.
        ! .  Neither planes nor trains are fast.
        + +  Trains as well as planes are fast, and planes as well as the trains arrive downtown.
        + .  Trains together with planes are fast.
        + .  Trains, as well as the planes, are fast.
        + .  The plane is as well equipped as the train, and fast.
        ",
    );
}

#[test]
fn after_a_list_of_names_any_of_them_may_be_meant() {
    let steps = [("crushing", "juice"), ("fermenting", "sugar & alcohol"), ("bottling", "glass")];
    let of_step = |(name, pattern): (&str, &str)| {
        format!(
            r#"
            [[concepts]]
            id = "{name}"
            names = ["{name}"]
            [[criteria]]
            id = "what-{name}"
            label = "What {name} does"
            about = ["{name}"]
            any = ["{pattern}"]
            "#
        )
    };
    check(
        &format!("prompt = \"What are the steps of wine making?\"\n{}", steps.map(of_step).concat()),
        "
        . + .  Wine needs crushing, fermenting and bottling. The sugar turns into alcohol.
        . . +  Wine needs crushing, fermenting and bottling. It goes into glass.
        . . .  Wine needs crushing and fermenting, and bottling is last. The sugar turns into alcohol.
        . . +  Wine needs crushing and fermenting, and bottling is last. It goes into glass.
        . + .  Crushing, fermenting and bottling make wine of grapes. The sugar turns into alcohol.
        // A noun of its own behind a sentence about one: it may be about what is named nowhere.
        . + .  Crushing is first. Then the sugar turns into alcohol.
        . + .  Crushing is loud. The sugar turns into alcohol.
        . . .  Crushing is loud. It turns the sugar into alcohol.
        . . .  Fermenting is slow. Crushing is loud. The sugar turns into alcohol.
        ",
    );
}

#[test]
fn a_clause_in_front_ends_where_the_next_name_begins() {
    check(
        TRAVEL,
        "
        . +  A plane is loud. While the tickets are sold, every train arrives downtown.
        + .  A plane therefore flies fast.
        . +  Planes are loud. That is why trains arrive downtown.
        . +  Planes are loud. As trains are loved, they arrive downtown.
        ",
    );
}

#[test]
fn typical_examples_stand_for_their_concept() {
    check(
        TRAVEL,
        "
        + .  An Airbus is fast.
        + .  Trains cannot be fast, Boeings can.
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
        . +  A plane is loud. Trips to the city centre require a train.
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
        ! !  Every document store enforces a schema; no SQL does.
        + +  SQL requires a schema. NoSQL can't do it.
        + +  SQL has to enforce a schema, NoSQL doesn't have to.
        + +  With SQL you need a schema, whereas with NoSQL you don't.
        + +  SQL requires a schema but not NoSQL.
        + +  You need a schema with SQL but not with NoSQL.
        + +  SQL requires a schema; with NoSQL it's the other way round.
        + +  SQL requires a schema, for NoSQL it is impossible.
        + +  SQL requires a schema; the same cannot be said of NoSQL.
        // Charged for nothing that is only left out.
        . .  NoSQL requires no table but not SQL.
        + .  SQL enforces a schema, but not a NoSQL one.
        + .  SQL enforces a schema. NoSQL is therefore lenient.
        + .  SQL enforces a schema. And so NoSQL it is.
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
