//! What holds for every answer and every rubric text.

use proptest::prelude::*;
use proptest::sample::select;
use rubrica_core::wire::{BulkRequest, Evaluation, Evidence, State};
use rubrica_core::{Detail, Document, Marker, RubricSet, check, line_column};
use std::sync::{Arc, LazyLock};
use unicode_normalization::UnicodeNormalization;

/// Uses every field of a criterion, and most of the pattern notation.
const GARDEN: &str = r##"
prompt = "Compare roses and tulips."
kind = "comparison"
[[concepts]]
id = "rose"
names = ["rose", "Rosa"]
instances = ["Gallica"]
[[concepts]]
id = "tulip"
names = ["tulip"]
[[concepts]]
id = "thorn"
names = ["thorn", "spine", "prickle"]
opposites = ["smooth"]
[[criteria]]
id = "thorns"
label = "Roses have thorns"
points = 2
about = ["rose"]
any = ["@thorn", "spiny|prickly"]
statements = ["The stem of a rose carries sharp thorns against animals."]
[[criteria]]
id = "bulb"
label = "Tulips grow from bulbs"
about = ["tulip"]
any = ["grow* & bulb*", "bulb* << flower*"]
[[criteria]]
id = "no-thorns"
label = "Tulips have none"
about = ["tulip"]
any = ["!@thorn"]
[[criteria]]
id = "months"
label = "Bloom in spring"
any = ["#3..5 month", "april|may ..4 bloom*", "/\\bspring(time)?\\b/"]
none = ["autumn"]
[[criteria]]
id = "care"
label = "Care"
at_least = { n = 2, of = ["water~0", "prun* _ stem", "sun & -shade", "=NPK"] }
all = ["soil", "~weed*"]
[[criteria]]
id = "length"
label = "Some length"
size = { words = [10, 80] }
[[misconceptions]]
id = "tulip-thorns"
label = "Tulips have no thorns"
about = ["tulip"]
any = ["sharp @thorn"]
[[groups]]
id = "growth"
criteria = ["bulb", "months"]
best = 1
"##;

fn document(id: &str, body: &str) -> Document {
    Document { name: format!("{id}.toml"), text: format!("format = \"rubrica/1\"\nid = \"{id}\"\n{body}") }
}

fn compile(documents: &[Document]) -> Marker {
    let set = RubricSet::compile(documents).unwrap_or_else(|error| panic!("{error}"));
    Marker::new(Arc::new(set))
}

static SET: LazyLock<Arc<RubricSet>> = LazyLock::new(|| Arc::clone(compile(&[document("garden", GARDEN)]).set()));

fn evaluate(answer: &str) -> Evaluation {
    evaluate_by(&mut Marker::new(Arc::clone(&SET)), answer)
}

fn evaluate_by(marker: &mut Marker, answer: &str) -> Evaluation {
    marker.evaluate("garden", answer).expect("the set holds the question")
}

/// Answers near the subject: words of the rubric, function words, marks and noise.
fn answers() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "rose",
        "roses",
        "tulip",
        "Tulips",
        "Gallica",
        "thorn",
        "thorns",
        "prickly",
        "smooth",
        "bulb",
        "bulbs",
        "grow",
        "grows",
        "flower",
        "bloom",
        "spring",
        "april",
        "3",
        "four",
        "months",
        "water",
        "prune",
        "the stem",
        "sun",
        "shade",
        "NPK",
        "soil",
        "weeds",
        "sharp",
        "thornless",
        "thorn-free",
        "throns",
        "bulbbs",
        "a",
        "the",
        "is",
        "are",
        "have",
        "has",
        "not",
        "no",
        "without",
        "never",
        "it",
        "they",
        "both",
        "the former",
        "the latter",
        "unlike",
        "than",
        "more",
        "before",
        "after",
        "first",
        "then",
        "and",
        "or",
        "but",
        "whereas",
        "because",
        "which",
        "doesn't",
        "can't",
        "I think",
        "only",
        "some",
        "compare",
        "é",
        "cafe\u{301}",
        "naïve",
        "Straße",
        "数据",
        "שלום",
        "😀",
        "ﬁne",
        "½",
        "\u{200b}",
        "İ",
        "x²",
        "e.g.",
        "O(n)",
    ];
    const GAPS: &[&str] = &[
        " ", " ", " ", " ", " ", " ", ", ", ". ", "; ", ": ", "? ", "\n", "\n- ", "\n1. ", " | ", " (", ") ", " - ",
        "-", " → ", "**",
    ];
    prop::collection::vec((select(WORDS), select(GAPS)), 0..60)
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn any_answer() -> impl Strategy<Value = String> {
    prop_oneof![4 => answers(), 1 => any::<String>(), 1 => "[\\PC\\s]{0,200}"]
}

fn all_evidence(evaluation: &Evaluation) -> impl Iterator<Item = &Evidence> {
    let of_criteria = evaluation.outcomes.iter().flat_map(|outcome| outcome.evidence.iter().chain(&outcome.against));
    of_criteria.chain(evaluation.misconceptions.iter().flat_map(|found| &found.evidence))
}

/// What must not move when only the form of the answer changes: everything but the places.
fn essence(mut evaluation: Evaluation) -> Evaluation {
    let outcomes = evaluation.outcomes.iter_mut().flat_map(|outcome| [&mut outcome.evidence, &mut outcome.against]);
    let wrong = evaluation.misconceptions.iter_mut().map(|found| &mut found.evidence);
    for place in outcomes.chain(wrong).flatten() {
        (place.start, place.end) = (0, 0);
    }
    evaluation
}

fn bytes(evaluation: &Evaluation) -> String {
    serde_json::to_string(evaluation).expect("an evaluation is JSON")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evidence_lies_in_the_answer_on_character_boundaries(answer in any_answer()) {
        let evaluation = evaluate(&answer);
        for place in all_evidence(&evaluation) {
            let text = answer.get(place.start as usize..place.end as usize);
            prop_assert!(text.is_some_and(|text| !text.trim().is_empty()), "{place:?} is {text:?}");
        }
    }

    #[test]
    fn regular_expressions_find_their_place_in_tables(cells in prop::collection::vec("(spring|rose)?", 4..12)) {
        let answer: String = cells.chunks(3).map(|row| format!("| {} |\n", row.join(" | "))).collect();
        for place in all_evidence(&evaluate(&answer)) {
            let text = &answer[place.start as usize..place.end as usize];
            prop_assert!(text == "spring" || text == "rose", "{place:?} is {text:?} in {answer:?}");
        }
    }

    #[test]
    fn points_add_up(answer in any_answer()) {
        let evaluation = evaluate(&answer);
        prop_assert!((0.0..=1.0).contains(&evaluation.score));
        prop_assert!((0.0..=1.0).contains(&evaluation.sureness));
        prop_assert!(0.0 <= evaluation.points && evaluation.points <= evaluation.max_points);
        for outcome in &evaluation.outcomes {
            prop_assert!(outcome.points <= outcome.max_points && outcome.points >= -0.6 * outcome.max_points - 1e-9);
            prop_assert!(outcome.points >= 0.0 || outcome.state == State::Contradicted);
            prop_assert!(outcome.state != State::Contradicted || !outcome.against.is_empty());
            prop_assert!(outcome.state != State::Missed || outcome.points == 0.0);
        }
        // The group counts its best member only; three tenths of what is right are kept, whatever is wrong beside it.
        let points = |id: &str| evaluation.outcomes.iter().find(|o| o.criterion == id).map_or(0.0, |o| o.points);
        let sum: f64 = evaluation.outcomes.iter().map(|outcome| outcome.points.max(0.0)).sum();
        let most = sum - points("bulb").min(points("months")).max(0.0);
        let is_kept = evaluation.feedback.iter().any(|message| message.id == "part-kept");
        prop_assert!(is_kept || evaluation.points <= most + 1e-9, "{} of {most}", evaluation.points);
    }

    #[test]
    fn case_never_decides(answer in answers()) {
        // Known limit: a long line is taken as wrapped where the next one begins in lower case.
        let lower = answer.replace('\n', " ").to_lowercase();
        prop_assert_eq!(essence(evaluate(&lower)), essence(evaluate(&lower.to_uppercase())));
    }

    #[test]
    fn normal_forms_never_decide(answer in answers()) {
        let composed: String = answer.nfc().collect();
        let decomposed: String = answer.nfd().collect();
        prop_assert_eq!(essence(evaluate(&composed)), essence(evaluate(&decomposed)));
    }

    #[test]
    fn space_around_never_decides(answer in answers(), before in "[ \t\n]{0,5}", after in "[ \t\n]{0,5}") {
        let trimmed = answer.trim();
        prop_assert_eq!(essence(evaluate(trimmed)).outcomes, essence(evaluate(&format!("{before}{trimmed}{after}"))).outcomes);
    }

    #[test]
    fn quotes_never_decide(answer in answers()) {
        prop_assert_eq!(essence(evaluate(&answer)), essence(evaluate(&answer.replace('\'', "’"))));
    }

    #[test]
    fn the_same_answer_has_the_same_bytes(answer in any_answer(), earlier in prop::collection::vec(any_answer(), 0..4)) {
        let mut marker = Marker::new(Arc::clone(&SET));
        for other in &earlier {
            evaluate_by(&mut marker, other);
        }
        let fresh = bytes(&evaluate(&answer));
        prop_assert_eq!(&bytes(&evaluate_by(&mut marker, &answer)), &fresh);
        prop_assert_eq!(&bytes(&evaluate_by(&mut marker, &answer)), &fresh);
    }

    #[test]
    fn the_bulk_call_says_what_the_single_call_says(answers in prop::collection::vec(any_answer(), 1..4)) {
        let request = |answer: &String| BulkRequest {
            question_id: "garden".to_owned(),
            answer: answer.clone(),
            answer_id: None,
        };
        let lines: String =
            answers.iter().map(|answer| serde_json::to_string(&request(answer)).expect("a request is JSON") + "\n").collect();
        let replies = Marker::new(Arc::clone(&SET)).evaluate_lines(&lines, Detail::Full);
        let expected: String = answers.iter().map(|answer| bytes(&evaluate(answer)) + "\n").collect();
        prop_assert_eq!(replies, expected);
    }

    #[test]
    fn other_rubrics_of_the_set_change_nothing(answer in answers()) {
        let other = GARDEN.replace("thorn", "petal").replace("any = [\"grow* & bulb*\"", "any = [\"rosess\"").replace("tulip", "lily");
        let mut alone = Marker::new(Arc::clone(&SET));
        let mut together = compile(&[document("a-other", &other), document("garden", GARDEN), document("z-other", &other)]);
        together.evaluate("a-other", &answer);
        prop_assert_eq!(bytes(&evaluate_by(&mut alone, &answer)), bytes(&evaluate_by(&mut together, &answer)));
    }

    #[test]
    fn order_of_criteria_changes_no_outcome(answer in answers(), turn in 1_usize..6) {
        let (head, rest) = GARDEN.split_once("[[criteria]]").expect("the rubric has criteria");
        let (criteria, tail) = rest.split_once("[[misconceptions]]").expect("the rubric has misconceptions");
        let mut criteria: Vec<&str> = criteria.split("[[criteria]]").collect();
        criteria.rotate_left(turn % 6);
        let criteria: String = criteria.iter().map(|criterion| format!("[[criteria]]{criterion}")).collect();
        let mut turned = compile(&[document("garden", &format!("{head}{criteria}[[misconceptions]]{tail}"))]);
        let (one, mut other) = (evaluate(&answer), evaluate_by(&mut turned, &answer));
        let place = |id: &str| one.outcomes.iter().position(|outcome| outcome.criterion == id);
        other.outcomes.sort_by_key(|outcome| place(&outcome.criterion));
        prop_assert_eq!(&one.outcomes, &other.outcomes);
        prop_assert_eq!((one.score, one.points, one.sureness), (other.score, other.points, other.sureness));
    }

    #[test]
    fn any_text_may_be_a_rubric(text in any::<String>(), pattern in "[a-z0-9 *?_&|().!~@#=/<>±\\\\-]{0,24}", free in any::<String>()) {
        check(&[Document { name: "q.toml".to_owned(), text: text.clone() }]);
        check(&[Document { name: "lexicon/q.toml".to_owned(), text: format!("format = \"rubrica-lexicon/1\"\n{text}") }]);
        for pattern in [pattern, free] {
            let pattern = serde_json::to_string(&pattern).expect("a string is JSON");
            let criterion = format!("[{{\"id\": \"c\", \"label\": \"l\", \"any\": [{pattern}], \"statements\": [{pattern}]}}]");
            let text = format!("{{\"format\": \"rubrica/1\", \"id\": \"q\", \"prompt\": {pattern}, \"criteria\": {criterion}}}");
            let report = check(&[Document { name: "q.json".to_owned(), text: text.clone() }]);
            for diagnostic in &report.diagnostics {
                prop_assert!(text.get(diagnostic.start as usize..diagnostic.end as usize).is_some(), "{diagnostic:?}");
                prop_assert_eq!(line_column(&text, diagnostic.start), (diagnostic.line, diagnostic.column));
            }
        }
    }
}

#[test]
fn the_hash_covers_what_an_evaluation_depends_on() {
    let hash =
        |body: &str| compile(&[document("garden", body)]).evaluate("garden", "").expect("the set holds it").rubric;
    let examples = "\n# The rubric's own test.\n[[examples]]\nanswer = \"Roses have thorns.\"\nscore = [0, 100]\n";
    assert_eq!(hash(GARDEN), hash(&format!("{GARDEN}{examples}")));
    assert_ne!(hash(GARDEN), hash(&GARDEN.replace("\"smooth\"", "\"bare\"")));
    // Names of the lexicon help statements although no pattern names their concept.
    let tea = "prompt = \"?\"\n[[criteria]]\nid = \"tea\"\nlabel = \"Tea\"\n\
               statements = [\"The samovar keeps water hot all day.\"]\n";
    let hash = |urn: &str| {
        let text =
            format!("format = \"rubrica-lexicon/1\"\n[[concepts]]\nid = \"urn\"\nnames = [\"samovar\", \"{urn}\"]\n");
        let lexicon = Document { name: "lexicon/tea.toml".to_owned(), text };
        compile(&[document("tea", tea), lexicon]).evaluate("tea", "").expect("the set holds it").rubric
    };
    assert_ne!(hash("urn"), hash("kettle"));
}

#[test]
fn a_rubric_whose_id_is_taken_is_checked_like_any_other() {
    let twin = document("garden", &GARDEN.replace("spiny|prickly", "@spiny"));
    let report = check(&[document("garden", GARDEN), Document { name: format!("shed/{}", twin.name), ..twin }]);
    let errors = report.diagnostics.iter().filter(|found| found.document.starts_with("shed/"));
    assert_eq!(errors.map(|found| &found.code).collect::<Vec<_>>(), ["rubric/duplicate-id", "rubric/unknown-concept"]);
    assert_eq!(report.rubrics.iter().map(|rubric| &rubric.document).collect::<Vec<_>>(), ["garden.toml"]);
}

#[test]
fn what_is_too_large_is_refused_before_it_fills_the_memory() {
    let report = |body: &str| {
        check(&[document("garden", body)]).diagnostics.into_iter().map(|found| found.code).collect::<Vec<_>>()
    };
    let criterion =
        |i: usize| format!("[[criteria]]\nid = \"c{i}\"\nlabel = \"C\"\npoints = 10000\nany = [\"rose\"]\n");
    let many: String = (0..101).map(criterion).collect();
    assert!(report(&format!("prompt = \"?\"\n{many}")).contains(&"rubric/out-of-range".to_owned()));
    let choice = "(aa|bb) ".repeat(12);
    let pattern = vec![choice.trim(); 300].join("|");
    let wide = format!("prompt = \"?\"\n[[criteria]]\nid = \"c\"\nlabel = \"C\"\nany = [\"{pattern}\"]\n");
    assert!(report(&wide).contains(&"rubric/pattern-too-large".to_owned()));
}

#[test]
fn every_hostile_answer_has_an_evaluation() {
    let prose = "A rose has sharp thorns, whereas a tulip grows from a bulb and has none of them. ";
    let answers = [
        String::new(),
        "\0\u{1}\u{7}\u{1b}[2J\u{7f}".to_owned(),
        "\u{301}\u{300}\u{20d0}".to_owned(),
        "\u{feff}rose\u{200b}s have \u{202e}thorns".to_owned(),
        "rose ".repeat(200_000),
        "thorn".repeat(200_000),
        "not ".repeat(50_000) + "a tulip",
        "(".repeat(100_000),
        "()".repeat(50_000),
        "\u{301}".repeat(100_000),
        "הורדים קוצניים ".repeat(10_000),
        "玫瑰有刺".repeat(20_000),
        "장미는 가시가 있다 ".repeat(10_000),
        "| rose | tulip |\n".repeat(20_000),
        "- rose:\n".repeat(20_000),
        "\n".repeat(100_000),
        "'".repeat(100_000),
        // A combining sign that joins the last of several dashes.
        "x---\u{93e} rose--\u{93e}".to_owned(),
        format!("| a | {} |\n{}", "thorn ".repeat(5_000), "| b | c |\n".repeat(5_000)),
        "no, ".repeat(50_000),
        "a rose has sharp thorns\u{202f}".to_owned(),
        "the question is whether it grows, ".repeat(40_000),
        "the first for roses, ".repeat(40_000),
        "first a thorn, ".repeat(60_000),
        "what is not a rose is a tulip ".repeat(40_000),
        "!".repeat(200_000),
        prose.repeat(5 * 1024 * 1024 / prose.len()),
    ];
    let mut marker = Marker::new(Arc::clone(&SET));
    for answer in &answers {
        let evaluation = evaluate_by(&mut marker, answer);
        marker.near_misses("garden", answer).expect("the set holds it");
        assert!((0.0..=1.0).contains(&evaluation.score));
        assert!(all_evidence(&evaluation).all(|place| answer.get(place.start as usize..place.end as usize).is_some()));
    }
    // What came before left nothing behind.
    assert_eq!(bytes(&evaluate_by(&mut marker, prose)), bytes(&evaluate(prose)));
}
