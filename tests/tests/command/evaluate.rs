//! `rubrica evaluate`: agreement with ratings, calibrations, and what it refuses.

use super::{FIXTURES, GOOD, beside, file, rubrica, rubrica_with};
use crate::package;
use serde_json::Value;
use std::fs;

/// Two questions; the ratings of `a` are the scores, those of `b` their halves.
const TWO_QUESTIONS: &str = "\
question_id,answer_id,answer,engine,rating
a,a1,x,0.0,0.0
a,a2,x,0.4,0.4
a,a3,x,1.0,1.0
b,b1,x,0.2,0.1
b,b2,x,0.6,0.3
b,b3,x,1.0,0.5
";

/// The report as JSON; the run must have succeeded.
fn report(arguments: &[&str]) -> Value {
    let run = rubrica(&[&["evaluate", "--json"], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}: {}", run.stdout);
    let report: Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    assert_eq!(report["format"], "rubrica-agreement/1");
    report
}

fn figure(agreement: &Value, name: &str) -> f64 {
    agreement["figures"][name]["value"].as_f64().unwrap_or_else(|| panic!("no `{name}` in {agreement}"))
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() < 1e-9
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let rows = "question_id,answer_id,answer,engine,rating\n\
        q,1,x,0,0\nq,2,x,0.5,0.5\nq,3,x,1,0.5\nq,4,x,1,1\nq,5,x,1,\nq,6,x,,1\n";
    let (_folder, path) = file("rated.csv", rows);
    let report = report(&[&path, "--score-column", "engine"]);
    assert_eq!((&report["overall"]["n"], &report["left_out"]), (&4.into(), &2.into()));
    // Deviations: scores -.625 -.125 .375 .375, ratings -.5 0 0 .5.
    for (name, expected) in [
        ("exact agreement", 0.75),
        ("adjacent agreement", 0.75),
        ("RMSE", 0.25),
        ("mean absolute error", 0.125),
        ("Pearson", 0.5 / (0.6875_f64 * 0.5).sqrt()),
        // Ranks 1, 2, 3.5, 3.5 and 1, 2.5, 2.5, 4.
        ("Spearman", 3.75 / 4.5),
        // Levels 0 2 4 4 and 0 2 2 4: squares of differences add up to 4, those of all pairs to 80, a quarter by chance.
        ("quadratic weighted kappa", 1.0 - 4.0 / 20.0),
        ("Cohen's kappa", (0.75 - 5.0 / 16.0) / (1.0 - 5.0 / 16.0)),
    ] {
        assert!(close(figure(&report["overall"], name), expected), "{name}: {} {expected}", report["overall"]);
        let interval = &report["overall"]["figures"][name]["interval"];
        let (low, high) = (interval[0].as_f64().expect("a number"), interval[1].as_f64().expect("a number"));
        assert!(low <= expected && expected <= high, "{name}: {interval}");
    }
    assert_eq!(report["too_generous"][0]["answer_id"], "3");
    assert_eq!(report["too_strict"], Value::Array(Vec::new()));
    assert_eq!(report["questions"]["q"], report["overall"]);
}

#[test]
fn answers_are_graded_and_compared_with_their_ratings() {
    let rows = format!(
        "question_id,answer_id,answer,rating,max_score\n\
         why-bread-rises,good,{GOOD},4,4\n\
         why-bread-rises,half,Yeast eats the sugar.,1.6,4\n\
         why-bread-rises,harsh,{GOOD},1,4\n\
         why-bread-rises,kind,Bread tastes best when it is fresh.,3,4\n\
         why-bread-rises,open,Yeast.,,4\n"
    );
    let (_folder, path) = file("rated.csv", rows);
    let arguments = [&path, "--rubrics", FIXTURES];
    let graded = report(&[&arguments[..], &["--criteria"]].concat());
    assert_eq!((&graded["overall"]["n"], &graded["left_out"], &graded["failed"]), (&4.into(), &1.into(), &0.into()));
    let ids = |list: &str| -> Vec<String> {
        let answers = graded[list].as_array().expect("it is a list").iter();
        answers.map(|answer| answer["answer_id"].as_str().expect("an id is text").to_owned()).collect()
    };
    assert_eq!((ids("too_generous"), ids("too_strict")), (vec!["harsh".to_owned()], vec!["kind".to_owned()]));
    assert_eq!(graded["too_generous"][0]["rating"], 0.25);
    let criteria: Vec<_> = graded["criteria"]
        .as_array()
        .expect("it is a list")
        .iter()
        .map(|criterion| (criterion["criterion"].as_str(), criterion["facility"].as_f64(), criterion["n"].as_u64()))
        .collect();
    assert_eq!(
        criteria,
        [
            (Some("yeast-eats-sugar"), Some(0.75), Some(4)),
            (Some("gas-is-made"), Some(0.5), Some(4)),
            (Some("gluten-traps-gas"), Some(0.5), Some(4))
        ]
    );

    let text = rubrica(&[&["evaluate"], &arguments[..]].concat());
    assert_eq!(text.status, 0, "{}", text.stderr);
    for shown in ["4 rated answers to 1 question", "1 row without a rating left out", "Too generous", "harsh", "kind"] {
        assert!(text.stdout.contains(shown), "{shown}: {}", text.stdout);
    }
    assert_eq!(rubrica(&[&["evaluate"], &arguments[..]].concat()).stdout, text.stdout, "the intervals are fixed");
}

#[test]
fn scores_of_a_column_need_no_answers() {
    let (_folder, path) = file("scores.csv", "question_id,engine,rating\nq,0.5,0.25\nq,1,1\n");
    let without = report(&[&path, "--score-column", "engine"]);
    assert_eq!(without["overall"]["n"], 2);
    assert_eq!(without["too_generous"][0]["answer"], "");
    let lines = "{\"question_id\":\"q\",\"engine\":0.5,\"rating\":0.25}\n\
        {\"question_id\":\"q\",\"answer\":\"x\",\"engine\":1,\"rating\":1}\n";
    let (_folder, of_some) = file("scores.jsonl", lines);
    assert_eq!(report(&[&of_some, "--score-column", "engine"])["overall"], without["overall"]);
    for arguments in [&["evaluate", &path][..], &["grade", &path]] {
        let run = rubrica(&[arguments, &["--rubrics", FIXTURES]].concat());
        assert!(run.status == 2 && run.stderr.contains("no answer column `answer`"), "{}", run.stderr);
    }
    let run = rubrica(&["evaluate", &path, "--score-column", "engine", "--answer-column", "reply"]);
    assert!(run.status == 2 && run.stderr.contains("no answer column `reply`"), "{}", run.stderr);
}

#[test]
fn every_question_has_its_own_figures() {
    let (_folder, path) = file("rated.csv", TWO_QUESTIONS);
    let report = report(&[&path, "--score-column", "engine"]);
    let rmse = |agreement: &Value| figure(agreement, "RMSE");
    assert!(close(rmse(&report["questions"]["a"]), 0.0));
    // Errors .1, .3, .5.
    assert!(close(rmse(&report["questions"]["b"]), (0.35_f64 / 3.0).sqrt()));
    assert!(close(rmse(&report["overall"]), (0.35_f64 / 6.0).sqrt()));
    assert!(close(figure(&report["questions"]["b"], "Pearson"), 1.0));
    assert_eq!(report["questions"]["b"]["n"], 3);

    let text = |flags: &[&str]| rubrica(&[&["evaluate", &path, "--score-column", "engine"], flags].concat()).stdout;
    let (short, long) = (text(&[]), text(&["--details"]));
    for shown in [
        "6 rated answers to 2 questions\nmean score 0.533, mean rating 0.383\n",
        "\nquestion     n    exact    kappa      QWK  Pearson      MAE      SMD\na            3    1.000",
    ] {
        assert!(short.contains(shown) && long.contains(shown), "{shown}: {short}");
    }
    assert!(!short.contains("RMSE by question") && long.contains("\nRMSE by question\na"), "{short}{long}");
}

#[test]
fn labels_are_words_or_numbers() {
    let words =
        "question_id,answer,engine,verdict\nq,x,0.9,Correct\nq,x,0.2,incorrect\nq,x,0.8,contradictory\nq,x,0.1,\n";
    let (_folder, path) = file("rated.csv", words);
    let arguments = ["--score-column", "engine", "--label-column", "verdict"];
    let by_word = report(&[&[path.as_str()], &arguments[..]].concat());
    assert_eq!((&by_word["overall"]["n"], &by_word["left_out"]), (&3.into(), &1.into()));
    assert!(close(figure(&by_word["overall"], "accuracy"), 2.0 / 3.0));
    // F1 of right 2/3, of wrong 2/3.
    assert!(close(figure(&by_word["overall"], "macro F1"), 2.0 / 3.0));
    let generous = report(&[&[path.as_str()], &arguments[..], &["--right-label", "contradictory"]].concat());
    assert!(close(figure(&generous["overall"], "accuracy"), 2.0 / 3.0));
    assert_eq!(generous["too_generous"][0]["score"], 0.9);

    let numbers = "{\"question_id\":\"q\",\"answer\":\"x\",\"engine\":0.9,\"verdict\":1.0}\n\
        {\"question_id\":\"q\",\"answer\":\"x\",\"engine\":0.2,\"verdict\":0}\n";
    let (_folder, path) = file("rated.jsonl", numbers);
    let by_number = report(&[&[path.as_str()], &arguments[..]].concat());
    assert!(close(figure(&by_number["overall"], "accuracy"), 1.0));
}

#[test]
fn a_calibration_is_judged_on_other_questions_than_it_is_fitted_on() {
    let (_folder, path) = file("rated.csv", TWO_QUESTIONS);
    let report = report(&[&path, "--score-column", "engine", "--calibrate", "linear"]);
    // By the answers to `b` a score means half of itself, by those to `a` just itself.
    let rmse = |question: &str| figure(&report["questions"][question], "RMSE");
    assert!(close(rmse("a"), (0.29_f64 / 3.0).sqrt()), "{report}");
    assert!(close(rmse("b"), (0.35_f64 / 3.0).sqrt()), "{report}");
    assert!(report["calibrated"].as_str().is_some_and(|how| how.contains("other questions")), "{report}");
}

#[test]
fn a_calibration_fitted_on_one_file_is_applied_to_another() {
    let (_folder, path) = file(
        "fitted.csv",
        "question_id,answer,engine,rating\na,x,0.0,0.1\na,x,1.0,0.6\nb,x,0.2,0.2\nb,x,0.8,0.5\nb,x,0.4,0.3\n",
    );
    let other = beside(&path, "other.csv");
    fs::write(&other, "question_id,answer,engine,rating\nc,x,0.5,0.35\nc,x,0.1,0.15\nc,x,0.9,0.55\n")
        .expect("a file can be written");
    let stored = beside(&path, "calibration.toml");
    for (method, kind) in [("linear", "linear"), ("isotonic", "isotonic"), ("threshold", "threshold")] {
        let arguments = ["--score-column", "engine"];
        report(&[&[path.as_str()], &arguments[..], &["--calibrate", method, "-o", &stored]].concat());
        let calibration: toml::Table =
            fs::read_to_string(&stored).expect("it is stored").parse().expect("a calibration is TOML");
        assert_eq!(calibration["format"].as_str(), Some("rubrica-calibration/1"));
        assert_eq!((calibration["n"].as_integer(), calibration["method"]["kind"].as_str()), (Some(5), Some(kind)));
        if kind == "linear" {
            let number = |name: &str| calibration["method"][name].as_float().expect("a number");
            assert!(close(number("slope"), 0.5) && close(number("intercept"), 0.1), "{calibration}");
        }
        let applied = report(&[&[other.as_str()], &arguments[..], &["--calibration", &stored]].concat());
        let rmse = figure(&applied["overall"], "RMSE");
        match kind {
            // All ratings lie on one line, so both maps meet them.
            "linear" | "isotonic" => assert!(close(rmse, 0.0), "{kind}: {applied}"),
            // Right from 0.5 on: between 0.4 and 0.8 lies the threshold 0.6, and 1 stands for 0.55.
            _ => assert!(close(rmse, ((0.35_f64.powi(2) + 0.15_f64.powi(2) + 0.45_f64.powi(2)) / 3.0).sqrt())),
        }
        assert_eq!(applied["calibrated"], "under the calibration given");
    }
}

#[test]
fn a_calibration_may_lie_beside_the_rubrics() {
    let rows = format!(
        "question_id,answer,rating\nwhy-bread-rises,{GOOD},1\nWhy bread rises,Bread tastes best when it is fresh.,0\n"
    );
    let (folder, path) = file("rated.csv", rows);
    let rubrics = folder.path().join("rubrics");
    fs::create_dir(&rubrics).expect("a folder can be made");
    let from = package().join(FIXTURES);
    fs::create_dir(rubrics.join("lexicon")).expect("a folder can be made");
    for name in ["why-bread-rises.toml", "lexicon/kitchen.toml"] {
        fs::copy(from.join(name), rubrics.join(name)).expect("a fixture can be copied");
    }
    let rubrics = rubrics.to_string_lossy();
    let stored = format!("{rubrics}/of-last-year.toml");
    // The ids differ in form, and name one rubric.
    report(&[&path, "--rubrics", &rubrics, "--calibrate", "linear", "-o", &stored]);
    assert!(fs::read_to_string(&stored).is_ok_and(|text| text.contains("rubrica-calibration/1")));
    report(&[&path, "--rubrics", &rubrics, "--calibration", &stored]);
    for command in [&["grade", &path, "--rubrics", &rubrics][..], &["check", &rubrics]] {
        let run = rubrica(command);
        assert_eq!(run.status, 0, "{command:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn rows_that_cannot_be_graded_fail_and_the_first_are_named() {
    let rows = format!("question_id,answer_id,answer,rating\nwhy-bread-rises,1,{GOOD},1\nwhy-cheese,2,Milk.,1\n");
    let run = rubrica_with(&["evaluate", "-", "--rubrics", FIXTURES], rows.as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("1 rated answer ") && run.stdout.contains("1 row failed"), "{}", run.stdout);
    assert!(run.stderr.contains("`2`") && run.stderr.contains("why-cheese"), "{}", run.stderr);
}

#[test]
fn an_answer_without_an_id_is_named_by_its_row() {
    let (_folder, path) = file("rated.csv", "question_id,answer_id,answer,engine,rating\nq,,Warm.,1,0\n");
    let run = rubrica(&["evaluate", &path, "--score-column", "engine"]);
    assert!(run.stdout.contains("1.00  0.00  q row 1: Warm."), "{}", run.stdout);
}

#[test]
fn ratings_and_scores_that_cannot_be_read_fail_their_rows() {
    let head = "question_id,answer_id,answer,engine,rating,max_score\n";
    let cases = [
        ("q,1,x,0.5,\"1,000\",1", "the rating `1,000` is no number: write 1.000 with a point"),
        ("q,1,x,0.5,85 %,1", "the rating `85 %` is no number: write 85 for 85 %, and give --max-rating 100"),
        (
            "q,1,x,0.5,good,1",
            "the rating `good` is no number such as 0.5; a column of labels is named with --label-column",
        ),
        ("q,1,x,0.5,NaN,1", "the rating `NaN` is no number"),
        ("q,1,x,0.5,1,\"1,500\"", "the highest rating `1,500` is no number"),
        ("q,1,x,half,1,1", "the score `half` is no number"),
        ("q,1,x,85%,1,1", "the score `85%` is no number: write 0.85 for 85%"),
        // A comma too many, and every value after it stands under the wrong column.
        ("q,1,x,0,5,1,1", "the row has 7 values"),
    ];
    for (row, why) in cases {
        let rows = format!("{head}{row}\nq,2,x,0.5,0.5, \nq,3,x,0.5, ,1\n");
        let run = rubrica_with(&["evaluate", "-", "--score-column", "engine"], rows.as_bytes());
        assert_eq!(run.status, 1, "{row}: {}", run.stderr);
        assert!(run.stderr.starts_with(&format!("answer `1` failed: {why}")), "{row}: {}", run.stderr);
        for shown in ["1 rated answer ", "1 row failed", "1 row without a rating left out"] {
            assert!(run.stdout.contains(shown), "{row}: {}", run.stdout);
        }
    }

    let rows = format!("question_id,answer,rating\nwhy-bread-rises,{GOOD},1\n")
        + "why-bread-rises,x,50 %\nnowhere,x,1\n"
        + &"why-bread-rises,x,good\n".repeat(9);
    let run = rubrica_with(&["evaluate", "-", "--rubrics", FIXTURES], rows.as_bytes());
    assert_eq!((run.status, run.stderr.lines().count()), (1, 3), "{}", run.stderr);
    for told in ["`50 %`", "`nowhere`", "`good`"] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    assert!(run.stdout.contains("11 rows failed"), "{}", run.stdout);

    let labels = "{\"question_id\":\"q\",\"answer\":\"x\",\"engine\":1,\"verdict\":[1]}\n\
        {\"question_id\":\"q\",\"answer\":\"x\",\"engine\":1,\"verdict\":true}\n";
    let arguments =
        ["evaluate", "-", "--input-format", "jsonl", "--score-column", "engine", "--label-column", "verdict"];
    let run = rubrica_with(&arguments, labels.as_bytes());
    assert!(run.status == 1 && run.stderr.contains("the label `[1]`"), "{}", run.stderr);
}

#[test]
fn a_decimal_comma_is_read_as_a_point() {
    let rows = "question_id;engine;rating;max_score\nq;0,25;1,5;6,0\nq;0,125;0,5;4\nq;1;3,0;3\n";
    let (_folder, path) = file("rated.csv", rows);
    let report = report(&[&path, "--score-column", "engine"]);
    assert_eq!((&report["overall"]["n"], figure(&report["overall"], "RMSE")), (&3.into(), 0.0));
}

#[test]
fn the_highest_rating_given_wins_over_that_of_the_rows() {
    let rows = "question_id,answer,engine,rating,max_score\nq,x,0.5,1,unknown\nq,x,1,2,9\n";
    let (_folder, path) = file("rated.csv", rows);
    let report = report(&[&path, "--score-column", "engine", "--max-rating", "2"]);
    assert_eq!((&report["overall"]["n"], figure(&report["overall"], "RMSE")), (&2.into(), 0.0));
    for max in ["0", "inf", "nan", "-1"] {
        let run = rubrica(&["evaluate", &path, "--score-column", "engine", &format!("--max-rating={max}")]);
        assert!(run.status == 2 && run.stderr.contains("is no number above 0"), "{max}: {}", run.stderr);
    }
}

#[test]
fn evaluations_of_grade_are_compared_with_the_ratings_of_its_input() {
    let rows = format!("question_id,answer,rating\nwhy-bread-rises,{GOOD},1\nwhy-bread-rises,Yeast.,0\nnowhere,x,1\n");
    let (_folder, path) = file("rated.csv", rows);
    let graded = beside(&path, "graded.jsonl");
    assert_eq!(rubrica(&["grade", &path, "--rubrics", FIXTURES, "-o", &graded]).status, 1);
    let report = report(&[&graded, "--score-column", "score"]);
    assert_eq!((&report["overall"]["n"], &report["left_out"]), (&2.into(), &1.into()));
}

#[test]
fn where_nothing_can_be_compared_the_reason_is_told() {
    let run = rubrica_with(&["evaluate", "-", "--rubrics", FIXTURES], b"question_id,answer,rating\nnowhere,x,1\n");
    assert!(run.status == 2 && run.stderr.contains("nothing is left to compare: 1 row failed"), "{}", run.stderr);
    assert!(run.stderr.contains("rubrica questions") && !run.stderr.contains("--rating-column"), "{}", run.stderr);
    for rating in ["100%", "\"1,000\"", "A"] {
        let rows = format!("question_id,answer,rating\nwhy-bread-rises,x,{rating}\n");
        let run = rubrica_with(&["evaluate", "-", "--rubrics", FIXTURES], rows.as_bytes());
        assert!(run.status == 2 && run.stderr.contains("nothing is left to compare: 1 row failed"), "{}", run.stderr);
        for way_out in ["--max-rating says, as 100", "--label-column"] {
            assert!(run.stderr.contains(way_out) && !run.stderr.contains("rubrica questions"), "{}", run.stderr);
        }
    }
    let run = rubrica_with(&["evaluate", "-", "--rubrics", FIXTURES], b"question_id,answer,label\nnowhere,x,correct\n");
    assert!(run.status == 2 && run.stderr.contains("--label-column"), "{}", run.stderr);
}

#[test]
fn evaluate_says_what_is_wrong_with_its_input() {
    let (folder, path) = file("rated.csv", TWO_QUESTIONS);
    let one_question: String = TWO_QUESTIONS.lines().take(4).map(|line| format!("{line}\n")).collect();
    let all_right = "question_id,answer,engine,verdict\na,x,0.5,correct\nb,x,0.7,correct\n";
    let old =
        "format = \"rubrica-calibration/1\"\nscoring = 0\nn = 5\n[method]\nkind = \"threshold\"\nthreshold = 0.5\n";
    let files = [
        ("one.csv", one_question.as_str()),
        ("right.csv", all_right),
        ("bare.csv", "question_id,answer\nq,x\n"),
        ("old.toml", old),
        ("no.toml", "x = 1\n"),
    ];
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file can be written");
    }
    let [one, right, bare, old, no, out] =
        ["one.csv", "right.csv", "bare.csv", "old.toml", "no.toml", "out.toml"].map(|name| beside(&path, name));
    let engine = ["--score-column", "engine"];
    let threshold = ["--label-column", "verdict", "--calibrate", "threshold", "-o", &out];
    let cases: [(&str, &[&str], &[&str]); 15] = [
        (
            &path,
            &["--label-column", "question_id"],
            &["besides question, answer and id", "`question_id`, but `engine`"],
        ),
        (&bare, &["--rubrics", FIXTURES], &["no column `rating`\n", "--rating-column"]),
        (&path, &["--score-column", "marks"], &["`marks`", "`engine`", "--score-column"]),
        (&path, &["--score-column", "engine", "--rating-column", "stars"], &["`stars`", "--rating-column"]),
        (&path, &["--score-column", "engine", "--label-column", "stars"], &["`stars`", "--label-column"]),
        (&path, &["--score-column", "engine", "--max-rating", "0.5"], &["`a3`", "1 of 0.5", "--max-rating"]),
        (&path, &["--score-column", "engine", "--bands", "50,20"], &["ascending", "--bands"]),
        (&path, &["--score-column", "answer_id"], &["`answer_id`"]),
        (&one, &[&engine[..], &["--calibrate", "linear", "-o", &out]].concat(), &["only one"]),
        (&right, &[&engine[..], &threshold].concat(), &["all right or all wrong"]),
        (&path, &[&engine[..], &["--calibration", &old]].concat(), &["scoring version 0", "--calibrate"]),
        (&path, &[&engine[..], &["--calibration", &no]].concat(), &["no calibration"]),
        (&path, &[&engine[..], &["--calibrate", "linear", "-o", &path]].concat(), &["overwrite"]),
        (&path, &[&engine[..], &["--calibrate", "linear", "-o", &bare]].concat(), &["no calibration", "overwritten"]),
        (
            &right,
            &[&engine[..], &["--label-column", "verdict", "--right-label", "yes, sir"]].concat(),
            &["no row has a label in `verdict`", "`yes`, ` sir`", "--right-label"],
        ),
    ];
    for (input, arguments, expected) in cases {
        let run = rubrica(&[&["evaluate", input], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(expected.iter().all(|part| run.stderr.contains(part)), "{arguments:?}: {}", run.stderr);
    }
    assert!(!fs::exists(&out).expect("it can be asked"), "what fails leaves no calibration");
    assert_eq!(fs::read_to_string(&path).expect("the answers are there"), TWO_QUESTIONS);

    let unrated = "question_id,answer,engine,rating\na,x,0.5,\n";
    let run = rubrica_with(&["evaluate", "-", "--score-column", "engine"], unrated.as_bytes());
    assert!(run.status == 2 && run.stderr.contains("both a score and a rating"), "{}", run.stderr);
    let too_much = "question_id,answer_id,answer,engine,rating\na,a1,x,7,1\n";
    let run = rubrica_with(&["evaluate", "-", "--score-column", "engine"], too_much.as_bytes());
    assert!(run.status == 2 && run.stderr.contains("`a1` has the score 7"), "{}", run.stderr);
}
