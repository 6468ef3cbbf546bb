//! What criteria add up to, what comes off, and how sure that is.

use super::{TRAVEL, check, check_pattern, evaluate, patterns, score, sign};

// ---------------------------------------------------------------------------------------------------------------------
// Sums

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
    let by_expression = rubric.replace(r#"any = ["apple"]"#, r#"any = ["/apples?/"]"#);
    assert_eq!(sign(&evaluate(&by_expression, "We eat an apple.").outcomes[2]), '+');
    assert_eq!(sign(&evaluate(&by_expression, "We eat an apple with a worm.").outcomes[2]), '.');
    let by_order = rubric.replace(r#"any = ["apple"]"#, r#"any = ["wash* << apple"]"#);
    assert_eq!(sign(&evaluate(&by_order, "We wash it before we eat the apple.").outcomes[2]), '+');
    assert_eq!(sign(&evaluate(&by_order, "We wash it before we eat the apple with a worm.").outcomes[2]), '.');
    check(
        rubric,
        "
        + + + +  We eat an apple, a pear, a plum.
        ~ + + +  We eat an apple and a pear.
        ~ ~ + .  We eat an apple.
        ~ ~ . +  We eat an apple with a worm.
        ~ ~ + .  We have an apple. A worm is somewhere else in the garden.
        ~ ~ . .  The worm has my first apple. The second apple has a worm of its own.
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
fn a_name_alone_earns_less_where_more_is_asked() {
    let rubric = |any: &str| {
        format!(
            "prompt = \"What stays warm?\"\nfull_marks = 100\n[[criteria]]\nid = \"c\"\nlabel = \"C\"\nany = [{any}]\n"
        )
    };
    let score = |any: &str, answer: &str| score(&rubric(any), answer);
    let (name, story) = ("We use a clay oven.", "The clay oven keeps its heat.");
    assert_eq!(score("'clay oven'", name), 100);
    assert_eq!(score("'clay oven', 'oven & heat'", name), 75);
    assert_eq!(score("'clay oven', 'oven & heat'", story), 100);
    assert_eq!(score("'!clay', 'oven & heat'", "We use no clay."), 100);
    assert_eq!(score("'keep', 'oven & heat'", "It keeps it."), 100);
    assert_eq!(score("'less cold', 'oven & heat'", "It is less cold."), 100);
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
fn a_misconception_is_not_taken_back_by_its_other_patterns() {
    let misconception = "[[misconceptions]]\nid = \"m\"\nlabel = \"M\"\nany = [\"need rail*\", \"!pilot*\"]\n";
    let found = |answer: &str| evaluate(&format!("{TRAVEL}{misconception}"), answer).misconceptions.len();
    assert_eq!(found("A plane needs rails. It has pilots."), 1);
    assert_eq!(found("A plane needs no rails. It has pilots."), 0);
    assert_eq!(found("Some say that a plane needs rails. A plane does not need rails."), 0);
}

#[test]
fn one_wrong_clause_costs_once() {
    let misconception = "[[misconceptions]]\nid = \"slow\"\nlabel = \"Planes are fast\"\nabout = [\"plane\"]\nany = [\"slow*\"]\npenalty = 1\n";
    let answer = "Trains arrive in the city centre. Planes are slow.";
    let (plain, named) = (evaluate(TRAVEL, answer), evaluate(&format!("{TRAVEL}{misconception}"), answer));
    assert_eq!(named.misconceptions.len(), 1);
    // The penalty of 1 covers what the denied criterion takes off.
    assert_eq!(plain.outcomes[0].points, -0.6);
    assert_eq!(named.outcomes[0].points, 0.0);
    // Of the point for trains three tenths are kept.
    assert_eq!((plain.points, named.points), (0.4, 0.3));
}

#[test]
fn what_is_right_keeps_three_tenths() {
    let misconception = "[[misconceptions]]\nid = \"m\"\nlabel = \"M\"\nany = [\"fly by magic\"]\npenalty = 9\n";
    let rubric = format!("full_marks = 100\n{TRAVEL}{misconception}");
    assert_eq!(score(&rubric, "Planes are fast. They fly by magic."), 15);
    assert_eq!(score(&rubric, "Planes are fast. Trains arrive in the city centre. They fly by magic."), 30);
    assert_eq!(score(&rubric, "They fly by magic."), 0);
    let says_so = |answer: &str| evaluate(&rubric, answer).feedback.iter().any(|message| message.id == "part-kept");
    assert!(says_so("Planes are fast. They fly by magic."));
    assert!(!says_so("They fly by magic.") && !says_so("Planes are fast."));
}

#[test]
fn what_stands_beside_a_misconception_counts_little_unless_it_is_said_elsewhere_too() {
    let misconception = "[[misconceptions]]\nid = \"m\"\nlabel = \"M\"\nany = [\"fly by magic\"]\npenalty = 1\n";
    let rubric = format!("{TRAVEL}{misconception}");
    let check = |answer: &str, points: f64| {
        let evaluation = evaluate(&rubric, answer);
        assert_eq!(evaluation.outcomes[0].points, points, "{answer}");
        let explains = |message: &rubrica_core::wire::Message| message.id == "criterion-doubted";
        assert_eq!(evaluation.feedback.iter().any(explains), points == 0.4, "{answer}");
    };
    check("Planes are fast and fly by magic.", 0.4);
    check("Planes are fast. They fly by magic.", 1.0);
    check("Planes are fast and fly by magic. A plane is really quick.", 1.0);
    check("Planes are fast and do not fly by magic.", 1.0);
    let free = rubric.replace("penalty = 1", "penalty = 0");
    assert_eq!(evaluate(&free, "Planes are fast and fly by magic.").outcomes[0].points, 1.0);
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

#[test]
fn what_a_comma_parts_from_the_denial_is_not_denied() {
    check_pattern(
        "lake & deep",
        "!  The lake is not deep.\n.  It is not a lake, a deep river.\n+  It is a lake, a deep one.",
    );
}

// ---------------------------------------------------------------------------------------------------------------------
// Sureness

#[test]
fn one_wrong_name_in_a_list_costs_its_penalty_only() {
    let rubric = patterns(&["cup", "spoon"]).replace("definition\"", "list\"\nmention = true")
        + "[[misconceptions]]\nid = \"m\"\nlabel = \"M\"\nany = [\"hammer\"]\npenalty = 1\n";
    let line = score(&rubric, "cup, spoon, hammer");
    assert_eq!(line, score(&rubric, "- cup\n- spoon\n- hammer"));
    assert!(line > 25, "{line} %");
    assert!(score(&rubric, "The cup and the spoon are made by a hammer.") < line);
}

#[test]
fn names_are_no_misspelt_words() {
    let doubts = |answer: &str| {
        let reasons = evaluate(TRAVEL, answer).reasons;
        reasons.iter().any(|reason| reason.id == "review-spelling")
    };
    assert!(!doubts("Planes are fast, said Zorvath of Quimbleton to Ebbersnatch."));
    assert!(doubts("Planes are fast, said zorvath of quimbleton to ebbersnatch."));
}

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
        ("review-unnamed-sides", "One is fast. The other arrives in the city centre."),
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
fn short_words_are_neither_misspelt_nor_foreign() {
    for answer in
        ["The air is hot.", "Air, dog, cow, pig, hen, cat, ram, ewe, ant.", "The sun is hot and the air is red."]
    {
        let evaluation = evaluate(TRAVEL, answer);
        let about_words = |id: &str| matches!(id, "review-spelling" | "review-other-language");
        assert!(!evaluation.feedback.iter().any(|message| about_words(&message.id)), "{answer}: {evaluation:#?}");
    }
}

#[test]
fn hedges_cost_sureness_but_no_points() {
    let plain = evaluate(TRAVEL, "Planes are fast on long ways between two countries.");
    let hedged = evaluate(TRAVEL, "I think planes are fast on long ways between two countries.");
    assert_eq!(plain.score, hedged.score);
    assert!(hedged.sureness < plain.sureness);
}
