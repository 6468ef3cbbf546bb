//! The command `rubrica` as its users see it: rows, files, exit status, and what it prints.

// One binary for the whole command: each more would be linked anew with every change of the engine.
#[path = "command/derive.rs"]
mod derive;
#[path = "command/evaluate.rs"]
mod evaluate;

use rubrica_core::SCORING_VERSION;
use rubrica_tests::{package, workspace};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const FIXTURES: &str = "fixtures/rubrics";
const GOOD: &str = "Yeast eats the sugar in the flour and releases carbon dioxide. The gluten traps the gas.";

/// A rubric that needs no lexicon.
const SKY: &str = "\
format = \"rubrica/1\"
id = \"sky\"
prompt = \"Why is the sky blue?\"

[[criteria]]
id = \"scatters\"
label = \"Air scatters blue light most\"
any = [\"scatter* & blue\"]
";

struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

/// The command in the folder of the tests, so that paths in its output are short.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica-under-test"));
    command.args(arguments).current_dir(package()).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn rubrica(arguments: &[&str]) -> Run {
    rubrica_with(arguments, b"")
}

fn rubrica_with(arguments: &[&str], stdin: &[u8]) -> Run {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        // The command may end without reading all of its input.
        scope.spawn(move || input.write_all(stdin));
        child.wait_with_output().expect("the command ends")
    });
    Run {
        status: output.status.code().expect("the command was not killed"),
        stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("messages are UTF-8"),
    }
}

/// A folder with one file in it.
fn file(name: &str, content: impl AsRef<[u8]>) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join(name);
    fs::write(&path, content).expect("a file can be written");
    (folder, path.to_string_lossy().into_owned())
}

fn beside(path: &str, name: &str) -> String {
    Path::new(path).with_file_name(name).to_string_lossy().into_owned()
}

/// Header and rows of CSV.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let header = cells(reader.headers().expect("there is a header"));
    (header, reader.records().map(|record| cells(&record.expect("every row is whole"))).collect())
}

#[test]
fn the_first_command_of_the_readme_prints_a_marked_table() {
    let examples = workspace().join("examples/answers.csv");
    let run = rubrica(&["grade", &examples.to_string_lossy()]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    let (_, rows) = table(&fs::read_to_string(&examples).expect("the examples are there"));
    for row in &rows {
        assert!(run.stdout.lines().any(|line| line.starts_with(&row[0]) && line.contains(&row[1])), "{row:?}");
    }
    assert!(run.stdout.contains(&format!("{} answers graded", rows.len())), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn every_row_that_comes_in_comes_out() {
    let mut answers = b"question_id,answer_id,answer,class\n".to_vec();
    answers.extend_from_slice(format!("why-bread-rises,good,{GOOD},7a\n").as_bytes());
    answers.extend_from_slice(b"why-cheese-ripens,unknown,Bacteria.,7a\n");
    answers.extend_from_slice(b"why-bread-rises,empty,,7b\n");
    answers.extend_from_slice(b"why-bread-rises,short\n");
    answers.extend_from_slice(b"why-bread-rises,broken,yeast \xff eats sugar,7b\n");
    answers.extend_from_slice(b"why-bread-rises,long,");
    answers.extend_from_slice("yeast eats sugar, ".repeat(5 * (1 << 20) / 18).replace(", ", " and ").as_bytes());
    answers.extend_from_slice(b",7c\n");
    answers
        .extend_from_slice(b"why-bread-rises,quoted,\"Yeast eats sugar.\nIt \"\"releases\"\" carbon dioxide.\",7c\n");
    let (_folder, path) = file("answers.csv", answers);

    let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "--format", "csv"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let (header, rows) = table(&run.stdout);
    let first = ["question_id", "answer_id", "score", "points", "max_points", "band", "review"];
    assert_eq!(header[..7], first);
    assert_eq!(header[7..], ["class", "error"]);
    let ids: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(ids, ["good", "unknown", "empty", "short", "broken", "long", "quoted"]);
    let scores: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(scores, ["1.000", "", "0.000", "", "", scores[5], scores[6]]);
    assert!(scores[6].parse::<f64>().is_ok_and(|score| score > 0.0), "{scores:?}");
    let errors: Vec<&str> = rows.iter().map(|row| row[8].as_str()).collect();
    assert!(errors[1].starts_with("unknown-question: "), "{errors:?}");
    assert_eq!(errors[3], "malformed-row: the row has 2 values, the header names 4 columns");
    assert_eq!(errors[4], "not-utf-8: column `answer` is not UTF-8: byte 0xFF at offset 6; save the file as UTF-8");
    assert_eq!([errors[0], errors[2], errors[6]], [""; 3]);
    // Five megabytes are graded, or the deadline says why not: that depends on the machine.
    assert!(errors[5].is_empty() || errors[5].starts_with("deadline: "), "{errors:?}");
    assert_eq!(rows[6][7], "7c");
    assert!(run.stderr.contains("rows failed") && run.stderr.contains("CSV UTF-8"), "{}", run.stderr);
}

#[test]
fn the_order_of_many_rows_is_kept() {
    let rows: String = (0..3000)
        .map(|number| format!("why-bread-rises,{number},{}\n", if number % 7 == 0 { GOOD } else { "Yeast." }))
        .collect();
    let (_folder, path) = file("answers.csv", format!("question_id,answer_id,answer\n{rows}"));
    let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "--format", "csv", "--jobs", "4"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (_, rows) = table(&run.stdout);
    assert_eq!(rows.len(), 3000);
    for (number, row) in rows.iter().enumerate() {
        assert_eq!(row[1], number.to_string());
        assert_eq!(row[2] == "1.000", number % 7 == 0, "{row:?}");
    }
}

#[test]
fn a_table_is_read_as_it_shows_itself() {
    let semicolons = format!("question_id;answer\nwhy-bread-rises;{GOOD}\n");
    let array = format!("[{{\"question_id\":\"why-bread-rises\",\n\"answer\":\"{GOOD}\"}}]");
    let tables = [
        ("answers.csv", semicolons.clone()),
        ("answers", semicolons.clone()),
        ("marks.csv", format!("sep=;\n{semicolons}")),
        ("answers.json", array.clone()),
        ("answers.txt", array),
    ];
    for (name, text) in tables {
        let (_folder, path) = file(name, text);
        let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "--format", "csv"]);
        assert_eq!(run.status, 0, "{name}: {}", run.stderr);
        assert!(run.stdout.lines().nth(1).is_some_and(|row| row.starts_with("why-bread-rises,1,1.000,")), "{name}");
    }
}

#[test]
fn json_lines_come_out_as_evaluations_with_the_other_columns() {
    let answers = format!(
        "{}\n{{\"question_id\":\"why-bread-rises\"}}\n",
        format_args!("{{\"question_id\":\"why-bread-rises\",\"id\":7,\"text\":\"{GOOD}\",\"score\":3,\"tags\":[1]}}")
    );
    let run = rubrica_with(
        &["grade", "-", "--input-format", "jsonl", "--format", "jsonl", "--rubrics", FIXTURES],
        answers.as_bytes(),
    );
    assert_eq!(run.status, 1, "{}", run.stderr);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("every line is JSON")).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["answer_id"], "7");
    assert_eq!(lines[0]["format"], "rubrica-evaluation/1");
    assert_eq!(lines[0]["score"], 1.0);
    assert_eq!(lines[0]["columns"], serde_json::json!({"score": 3, "tags": [1]}));
    assert_eq!(lines[1]["error"]["code"], "malformed-row");
}

#[test]
fn json_lines_on_standard_input_are_known_by_their_first_character() {
    let line = format!("{{\"question_id\":\"why-bread-rises\",\"answer\":\"{GOOD}\",\"n\":7.50}}\n");
    for answers in [line.clone(), format!("\u{feff}\n {line}")] {
        let run = rubrica_with(&["grade", "-", "--format", "csv", "--rubrics", FIXTURES], answers.as_bytes());
        assert_eq!(run.status, 0, "{}", run.stderr);
        let (_, rows) = table(&run.stdout);
        assert_eq!(rows[0], ["why-bread-rises", "1", "1.000", "5", "5", "excellent", "false", "7.50", ""]);
    }
}

#[test]
fn a_question_of_all_rows_is_known_before_the_first_is_marked() {
    for command in [&["grade"][..], &["evaluate"]] {
        let arguments = [command, &["-", "--rubrics", FIXTURES, "--question", "why-bread-rise"]].concat();
        let run = rubrica_with(&arguments, b"answer,rating\nx,1\ny,0\n");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains("there is no question `why-bread-rise`"), "{}", run.stderr);
        assert!(run.stderr.contains("did you mean `why-bread-rises`?"), "{}", run.stderr);
    }
    let arguments = ["grade", "-", "--rubrics", FIXTURES, "--question", "why-bread-rises"];
    let run = rubrica_with(&arguments, b"question_id,answer\nwhy-cheese-ripens,x\n");
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (2, ""),
        "a column says of what question each row is: {}",
        run.stderr
    );
    assert!(
        run.stderr.contains("column `question_id`") && run.stderr.contains("leave out --question"),
        "{}",
        run.stderr
    );
    let run = rubrica_with(&["grade", "-", "--rubrics", FIXTURES, "--format", "csv"], b"question_id,answer\n,x\n");
    assert!(run.status == 1 && run.stdout.contains("malformed-row: the row has no `question_id`"), "{}", run.stdout);
}

#[test]
fn quiet_leaves_out_the_summary() {
    let answers = format!("question_id,answer\nwhy-bread-rises,{GOOD}\n");
    let arguments = ["grade", "-", "--rubrics", FIXTURES];
    let loud = rubrica_with(&arguments, answers.as_bytes());
    let quiet = rubrica_with(&[&arguments[..], &["--quiet"]].concat(), answers.as_bytes());
    assert_eq!((quiet.status, quiet.stderr.as_str()), (0, ""));
    let rows = loud.stdout.strip_suffix(
        "\n1 answer graded, mean score 1.000, 0 for review\n\
         + earned, - missing, ! contradicted or misunderstood; -o FILE.html shows all of it\n",
    );
    assert_eq!(rows, Some(quiet.stdout.as_str()));
}

#[test]
fn the_summary_says_why_rows_failed_and_what_to_do() {
    let answers = b"question_id,answer\nwhy-cheese-ripens,a\nwhy-cheese-ripens,b\nshort\n";
    let grade = |flags: &[&str]| rubrica_with(&[&["grade", "-", "--format", "csv"], flags].concat(), answers);
    let (inside, own) = (grade(&[]), grade(&["--rubrics", FIXTURES]));
    let summary = "0 answers graded; 3 rows failed: 1 malformed-row, 2 unknown-question\nhelp: `rubrica questions";
    for (run, help) in [(inside, "--rubrics takes rubrics of your own"), (own, "--rubrics ...` lists the questions")] {
        assert!(run.stderr.starts_with(summary) && run.stderr.trim_end().ends_with(help), "{}", run.stderr);
    }
    assert_eq!(grade(&["--quiet"]).stderr, "");
}

#[test]
fn an_id_that_comes_again_is_told() {
    let grade = |answers: &str| rubrica_with(&["grade", "-", "--format", "csv"], answers.as_bytes());
    let run = grade("question_id,answer_id,answer\ndb-acid,ann,x\ndb-acid,ben,x\ndb-acid,ann,y\ndb-acid,ann,z\n");
    let warning = "warning: 2 rows with the id of an earlier answer to the same question, first `ann`\n";
    assert!(run.status == 0 && run.stderr.contains(warning), "{}", run.stderr);
    // One person may answer several questions, and nobody's id is nobody.
    let run = grade("question_id,answer_id,answer\ndb-acid,ann,x\ngit-cherry-pick,ann,x\ndb-acid,,x\ndb-acid,,x\n");
    assert!(run.status == 0 && !run.stderr.contains("warning"), "{}", run.stderr);
}

#[test]
fn keys_that_come_late_are_kept_or_missed_aloud() {
    let early = "{\"question_id\":\"why-bread-rises\",\"answer\":\"\"}\n".repeat(1000);
    let late = "{\"question_id\":\"why-bread-rises\",\"answer\":\"\",\"late\":true}\n";
    let (_folder, path) = file("answers.jsonl", early + late);
    let grade = |format| rubrica(&["grade", &path, "--rubrics", FIXTURES, "--format", format]);
    let run = grade("jsonl");
    assert!(
        run.stdout.ends_with(",\"columns\":{\"late\":true}}\n") && !run.stderr.contains("warning"),
        "{}",
        run.stderr
    );
    let run = grade("csv");
    assert_eq!((run.status, table(&run.stdout).1.len()), (0, 1001));
    assert!(run.stderr.starts_with("warning: the output lacks `late`") && run.stderr.contains("--format jsonl"));
    assert_eq!(run.stderr.matches("warning").count(), 1);
}

#[test]
fn answers_come_along_when_asked() {
    let answers = "question_id,reply,answer\ndb-acid,\"All, or\nnothing.\",42\nnowhere,x,43\nshort\n";
    let grade = |flags: &[&str]| {
        let arguments = ["grade", "-", "--answer-column", "reply", "--with-answers"];
        rubrica_with(&[&arguments[..], flags].concat(), answers.as_bytes()).stdout
    };
    let (header, rows) = table(&grade(&["--format", "csv"]));
    assert_eq!(header[7..], ["answer", "marked_answer", "error"]);
    let found: Vec<&str> = rows.iter().map(|row| row[8].as_str()).collect();
    assert_eq!(found, ["All, or\nnothing.", "x", ""]);
    let lines = grade(&["--format", "jsonl"]);
    assert!(lines.contains(r#""columns":{"answer":"42","marked_answer":"All, or\nnothing."}"#), "{lines}");
    let page = grade(&["--format", "html"]);
    assert!(page.contains("nothing.") && !page.contains("marked_answer"), "the page has answers in any case");
}

#[test]
fn what_would_be_a_formula_comes_out_as_text() {
    let answers = "question_id,answer_id,answer,name,change\ndb-acid,-x7,\"- All or nothing.\",=1+1,-5\n";
    let run = rubrica_with(&["grade", "-", "--format", "csv"], answers.as_bytes());
    let (_, rows) = table(&run.stdout);
    assert_eq!([&rows[0][1], &rows[0][7], &rows[0][8]], ["'-x7", "'=1+1", "-5"]);
    let again = rubrica_with(&["grade", "-", "--format", "jsonl"], answers.replace("=1", "'=1").as_bytes());
    assert!(again.stdout.contains("{\"answer_id\":\"-x7\",") && again.stdout.contains("\"name\":\"=1+1\""));
}

#[test]
fn columns_are_found_by_flags_and_never_hide_each_other() {
    let answers = format!("student,reply,score\nann,{GOOD},5\n");
    let (_folder, path) = file("answers.csv", answers);
    let arguments = ["grade", &path, "--rubrics", FIXTURES, "--format", "csv", "--question", "why-bread-rises"];
    let run = rubrica(&[&arguments[..], &["--answer-column", "reply", "--id-column", "student"]].concat());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let (header, rows) = table(&run.stdout);
    assert_eq!(header[7..], ["input_score", "error"]);
    assert_eq!(rows[0], ["why-bread-rises", "ann", "1.000", "5", "5", "excellent", "false", "5", ""]);

    let answers = "answer,note,score,note,input_score\nYeast.,1,2,3,4\n";
    let doubled = rubrica_with(&[&["grade", "-"], &arguments[2..]].concat(), answers.as_bytes());
    let (header, rows) = table(&doubled.stdout);
    assert_eq!(header[7..], ["note", "input_input_score", "note_2", "input_score", "error"]);
    assert_eq!(rows[0][7..], ["1", "2", "3", "4", ""]);

    let run = rubrica(&arguments);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`student`, `reply`, `score`") && run.stderr.contains("--answer-column"));
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let answers = format!("question_id,answer\nwhy-bread-rises,{GOOD}\n");
    let (folder, path) = file("answers.csv", &answers);
    for (name, format) in
        [("out.csv", &[][..]), ("out.jsonl", &[]), ("out.html", &[]), ("out.txt", &["--format", "table"])]
    {
        let out = beside(&path, name);
        fs::write(&out, "old").expect("a file can be written");
        let run = rubrica(&[&["grade", &path, "--rubrics", FIXTURES, "-o", &out], format].concat());
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        assert!(run.stderr.starts_with("1 answer graded"), "{}", run.stderr);
        let written = fs::read_to_string(&out).expect("the output is there");
        assert!(written.contains("why-bread-rises") && !written.contains('\u{1b}'), "{written}");
    }

    let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "-o", &path]);
    assert_eq!(run.status, 2);
    assert_eq!(fs::read_to_string(&path).expect("the input is there"), answers);

    let rubric = beside(&path, "why-bread-rises.toml");
    let before = fs::read(Path::new(FIXTURES).join("why-bread-rises.toml")).expect("the fixture is there");
    fs::write(&rubric, &before).expect("a file can be written");
    let run = rubrica(&["grade", &path, "--rubrics", &rubric, "-o", &rubric, "--format", "csv"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("is one of the rubrics"), "{}", run.stderr);
    assert_eq!(fs::read(&rubric).expect("the rubric is there"), before);

    let out = beside(&path, "out.csv");
    let before = fs::read(&out).expect("the output is there");
    let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "-o", &out, "--memory-limit", "1KiB"]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("--memory-limit"), "{}", run.stderr);
    assert_eq!(fs::read(&out).expect("the output is there"), before);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 6, "no temporary file is left");
}

#[test]
fn the_folder_of_the_output_is_made() {
    let (_folder, path) = file("answers.csv", format!("question_id,answer\nwhy-bread-rises,{GOOD}\n"));
    let grade = |out: &str| rubrica(&["grade", &path, "--rubrics", FIXTURES, "-o", out]);
    let out = beside(&path, "class/7a/out.csv");
    assert_eq!(grade(&out).status, 0);
    assert!(fs::exists(&out).expect("it can be asked"));
    let run = grade(&beside(&path, "answers.csv/out.csv"));
    assert!(run.status == 2 && run.stderr.contains("out.csv`: not a directory"), "{}", run.stderr);
    let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "--format", "csv", "-o", &beside(&path, "class")]);
    assert!(run.status == 2 && run.stderr.contains("class` is no file that can be replaced"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_mode_and_one_that_may_not_be_written_stays() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = file("answers.csv", format!("question_id,answer\nwhy-bread-rises,{GOOD}\n"));
    let out = beside(&path, "out.csv");
    let grade = |mode: u32| {
        fs::write(&out, "old").expect("a file can be written");
        fs::set_permissions(&out, fs::Permissions::from_mode(mode)).expect("a mode can be set");
        let run = rubrica(&["grade", &path, "--rubrics", FIXTURES, "-o", &out]);
        let mode = fs::metadata(&out).expect("it is there").permissions().mode() & 0o777;
        (run, mode, fs::read_to_string(&out).expect("it is there"))
    };
    let (run, mode, written) = grade(0o640);
    assert_eq!((run.status, mode), (0, 0o640), "{}", run.stderr);
    assert!(written.contains("why-bread-rises"), "{written}");
    let (run, mode, written) = grade(0o444);
    assert_eq!((run.status, mode, written.as_str()), (2, 0o444, "old"));
    assert!(run.stderr.contains("out.csv`: permission denied\nhelp: make the file writable"), "{}", run.stderr);
    assert_eq!(fs::read_dir(folder.path()).expect("it can be listed").count(), 2, "no temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_command_that_is_stopped_leaves_no_half_file() {
    for (signal, status) in [("INT", 130), ("TERM", 143)] {
        let (folder, out) = file("out.csv", "old");
        let mut child = command(&["grade", "-", "--rubrics", FIXTURES, "-o", &out])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut input = child.stdin.take().expect("it is piped");
        input.write_all(b"question_id,answer\nwhy-bread-rises,x\n").expect("the command reads");
        let n_files = || fs::read_dir(folder.path()).expect("it can be listed").count();
        while n_files() < 2 {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let killed = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(killed.expect("there is such a command").success());
        let output = child.wait_with_output().expect("the command ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{stderr}");
        assert!(stderr.starts_with("stopped: `") && stderr.ends_with("out.csv` is not written\n"), "{stderr}");
        assert_eq!((n_files(), fs::read_to_string(&out).expect("it is there").as_str()), (1, "old"));
    }
}

#[cfg(unix)]
#[test]
fn a_command_that_is_stopped_leaves_no_half_row_on_standard_output() {
    for format in ["csv", "jsonl"] {
        let (_folder, path) = file("out", "");
        let mut child = command(&["grade", "-", "--rubrics", FIXTURES, "--format", format])
            .stdin(Stdio::piped())
            .stdout(fs::File::create(&path).expect("a file can be made"))
            .spawn()
            .expect("the command starts");
        let mut input = child.stdin.take().expect("it is piped");
        let rows = "why-bread-rises,Yeast eats the sugar.\n".repeat(1000);
        input.write_all(format!("question_id,answer\n{rows}").as_bytes()).expect("the command reads");
        let written = || fs::read_to_string(&path).expect("it is there");
        while written().is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let killed = Command::new("kill").args(["-s", "INT", &child.id().to_string()]).status();
        assert!(killed.expect("there is such a command").success());
        assert_eq!(child.wait().expect("the command ends").code(), Some(130));
        assert!(written().ends_with('\n'), "{format}: {}", written().lines().last().unwrap_or_default());
    }
}

#[test]
fn the_page_carries_nothing_of_an_answer_as_markup_and_fetches_nothing() {
    let answers = "question_id,answer_id,answer,note\nwhy-bread-rises,<b>1</b>,<script>alert(1)</script> yeast eats sugar,\"a\"\"><i>\"\n";
    let run = rubrica_with(&["grade", "-", "--rubrics", FIXTURES, "--format", "html"], answers.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    for raw in ["<b>", "<script>alert", "<i>", "http://", "https://", "src="] {
        assert!(!run.stdout.contains(raw), "{raw}");
    }
    assert!(run.stdout.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(run.stdout.contains("<mark><sup>1</sup>eats</mark>"), "{}", run.stdout);
}

#[test]
fn a_failed_row_of_the_page_shows_its_answer() {
    let answers = "question_id,answer\nwhy-cheese-ripens,Moulds & <bacteria>.\nwhy-bread-rises,one,two\n";
    let run = rubrica_with(&["grade", "-", "--rubrics", FIXTURES, "--format", "html"], answers.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(run.stdout.contains("<blockquote>Moulds &amp; &lt;bacteria&gt;.</blockquote>"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("<strong>Failed:").count(), 2);
}

#[test]
fn a_dash_is_standard_output() {
    let answers = format!("question_id,answer\nwhy-bread-rises,{GOOD}\n");
    let grade =
        |more: &[&str]| rubrica_with(&[&["grade", "-", "--rubrics", FIXTURES], more].concat(), answers.as_bytes());
    for format in [&[][..], &["--format", "csv"]] {
        let (dash, plain) = (grade(&[format, &["-o", "-"]].concat()), grade(format));
        assert_eq!((dash.status, dash.stdout, dash.stderr), (0, plain.stdout, plain.stderr));
    }
}

#[test]
fn a_deadline_fails_its_row_and_the_rest_goes_on() {
    let answers = format!("question_id,answer\nwhy-bread-rises,{GOOD}\nwhy-bread-rises,Yeast.\n");
    let arguments = ["grade", "-", "--rubrics", FIXTURES, "--format", "csv", "--deadline", "0"];
    let run = rubrica_with(&arguments, answers.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    let (_, rows) = table(&run.stdout);
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.last().is_some_and(|error| error.starts_with("deadline: "))), "{rows:?}");
}

#[test]
fn only_the_guilty_row_of_a_batch_fails() {
    let monster = "yeast eats sugar ".repeat((15 << 20) / 17);
    let answers =
        format!("question_id,answer\nwhy-bread-rises,{GOOD}\nwhy-bread-rises,{monster}\nwhy-bread-rises,{GOOD}\n");
    let arguments = ["grade", "-", "--rubrics", FIXTURES, "--format", "csv", "--memory-limit", "32MiB"];
    let run = rubrica_with(&arguments, answers.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    let (_, rows) = table(&run.stdout);
    let scores: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(scores, ["1.000", "", "1.000"]);
    assert!(rows[1].last().is_some_and(|error| error.starts_with("memory-limit: ")), "{:?}", rows[1].last());
}

#[test]
fn an_answer_above_the_limit_is_refused_and_keeps_its_row() {
    let answers = format!("question_id,answer\nwhy-bread-rises,{}\n", "x".repeat(17 << 20));
    let run = rubrica_with(&["grade", "-", "--rubrics", FIXTURES, "--format", "csv"], answers.as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("answer-too-long: the answer has 17.0 MiB, the limit is 16 MiB"), "{}", run.stdout);
}

#[test]
fn a_reader_that_goes_away_ends_the_command_quietly() {
    let rows = format!("why-bread-rises,{GOOD}\n").repeat(5000);
    let (_folder, path) = file("answers.csv", format!("question_id,answer\n{rows}"));
    for format in ["table", "csv", "jsonl", "html"] {
        let mut child = command(&["grade", &path, "--rubrics", FIXTURES, "--quiet", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut line).expect("there is a line");
        let mut stderr = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut stderr).expect("messages are UTF-8");
        let status = child.wait().expect("the command ends").code();
        assert_eq!((status, stderr.as_str()), (Some(0), ""), "{format}");
    }
}

#[test]
fn what_cannot_run_says_what_where_and_what_to_do() {
    let (_folder, path) = file("answers.csv", "question_id|answer\nq|a\n");
    let unreadable = beside(&path, "missing.csv");
    let rated = beside(&path, "rated.csv");
    fs::write(&rated, "question_id,answer,rating\nwhy-bread-rises,x,0\n").expect("a file can be written");
    let [utf_16, bare_utf_16, gzip, workbook, doubled, unclosed] = [
        ("utf-16.csv", &b"\xff\xfeq\0"[..]),
        ("bare-utf-16.csv", b"q\0u\0e\0"),
        ("answers.csv.csv", b"\x1f\x8b\x08\0"),
        ("workbook.csv", b"PK\x03\x04\x14"),
        ("doubled.csv", b"question_id,answer,answer\n"),
        ("unclosed.csv", b"question_id,\"answer\nq,a\n"),
    ]
    .map(|(name, content)| {
        let path = beside(&path, name);
        fs::write(&path, content).expect("a file can be written");
        path
    });
    for (arguments, expected) in [
        (vec!["grade", &unreadable], "missing.csv"),
        (vec!["grade", &path], "--delimiter"),
        (vec!["grade", &utf_16], "save it as UTF-8"),
        (vec!["grade", &bare_utf_16], "the input is UTF-16"),
        (vec!["grade", &gzip], "unpack it first"),
        (vec!["grade", &workbook], "save the workbook as CSV"),
        (vec!["explain", "why-bread-rises", "--rubrics", FIXTURES, "--file", &utf_16], "utf-16.csv` is UTF-16"),
        (vec!["grade", &doubled], "several columns `answer`"),
        (vec!["grade", &unclosed], "opened on line 1"),
        (vec!["grade", &path, "-o", "scores.docx"], "--format"),
        (vec!["grade", &path, "-o", "scores.txt"], "--format"),
        (vec!["grade", &path, "-o", "src"], "`src` is a folder"),
        (vec!["grade", &path, "--rubrics", "no/such/folder"], "no/such/folder"),
        (vec!["grade", &path, "--jobs", "100000"], "1..=256"),
        (vec!["grade", &path, "--jobs", "9000000000000000000"], "--jobs"),
        (vec!["grade", &path, "--deadline", "soon"], "500ms"),
        (vec!["check", "src"], "no rubric in `src`"),
        (vec!["check", "--plugin", "Cargo.toml", FIXTURES], "rubrica:grader/grading"),
        (vec!["explain", "why-bread-rises", "x", "--rubrics", "fixtures/broken-rubrics"], "rubrica check"),
        (vec!["grade", &rated, "--rubrics", "fixtures/broken-rubrics"], "rubrica check"),
        (vec!["evaluate", &rated, "--rubrics", "fixtures/broken-rubrics"], "rubrica check"),
    ] {
        let arguments =
            if expected == "no/such/folder" { [&arguments[..], &["--delimiter", "|"]].concat() } else { arguments };
        let run = rubrica(&arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains("error") && run.stderr.contains(expected), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn check_reports_every_error_of_every_file_at_once() {
    let run = rubrica(&["check", "fixtures/broken-rubrics"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    for entry in fs::read_dir(package().join("fixtures/broken-rubrics")).expect("the fixtures are there") {
        let name = entry.expect("they can be listed").file_name().to_string_lossy().into_owned();
        assert!(run.stdout.contains(&format!("{name}:")), "nothing is said about {name}");
    }
    insta::assert_snapshot!("check_broken_rubrics", run.stdout);
}

#[test]
fn the_plugin_inside_can_be_taken_out_and_marks_alike() {
    let version = rubrica(&["--version"]).stdout;
    assert_eq!(version, format!("rubrica {} (scoring {SCORING_VERSION})\n", env!("CARGO_PKG_VERSION")));
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("rubrica.component.wasm").to_string_lossy().into_owned();
    assert_eq!(rubrica(&["plugin", "-o", &path]).status, 0);
    let explain = ["explain", "db-acid", "All or nothing.", "--json"];
    let [inside, outside] = [&explain[..], &[&explain[..], &["--plugin", &path]].concat()].map(rubrica);
    assert_eq!((inside.status, inside.stdout), (0, outside.stdout));
}

#[test]
fn a_row_whose_id_cannot_be_read_bears_no_other_id() {
    let cut = r#"{"answer_id":"3","question_id":"db-acid","answer":"All or nothing. \ud83d"}"#;
    let answers =
        format!("{{\"answer_id\":\"2\",\n{{\"answer_id\":\"1\",\"question_id\":\"db-acid\",\"answer\":\"\"}}\n{cut}\n");
    let run = rubrica_with(&["grade", "-", "--format", "jsonl"], answers.as_bytes());
    assert_eq!(run.status, 1, "{}", run.stderr);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert_eq!(
        lines.iter().map(|line| &line["answer_id"]).collect::<Vec<_>>(),
        [&serde_json::Value::Null, &"1".into(), &"3".into()]
    );
    assert_eq!((&lines[0]["error"]["code"], &lines[0]["error"]["row"]), (&"malformed-row".into(), &1.into()));
    assert!(lines[2]["score"].as_f64() > Some(0.0));
}

#[test]
fn a_file_that_is_no_rubric_does_not_flood_the_terminal() {
    let readme = workspace().join("README.md");
    let readme = readme.to_string_lossy();
    let check = rubrica(&["check", &readme]);
    let grade = rubrica_with(&["grade", "-", "--rubrics", &readme], b"question_id,answer\nq,x\n");
    assert_eq!((check.status, grade.status), (1, 2));
    for shown in [check.stdout, grade.stderr] {
        assert_eq!(shown.matches("error[").count(), 3, "{shown}");
        assert!(shown.contains("README.md"), "{shown}");
    }

    let words = "\"word\", ".repeat(9000);
    let (_folder, path) = file("sky.toml", SKY.replace("[\"scatter", &format!("[{words}\"@nowhere\", \"scatter")));
    let run = rubrica(&["check", &path]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    assert!(run.stdout.contains("@nowhere") && run.stdout.len() < 4000, "{}", run.stdout);
}

#[test]
fn a_file_that_is_no_text_is_an_error_beside_others() {
    let (folder, _) = file("sky.toml", SKY.replace("points", "pionts").replace("\"sky\"", "\"ski\""));
    fs::write(folder.path().join("utf-16.toml"), b"\xff\xfef\0").expect("a file can be written");
    fs::write(folder.path().join("latin.toml"), b"# caf\xe9\n").expect("a file can be written");
    let path = folder.path().to_string_lossy().into_owned();
    let run = rubrica(&["check", &path]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{}", run.stdout);
    for shown in ["utf-16.toml` is UTF-16", "latin.toml` is not UTF-8: byte 5", "save it as UTF-8", "rubric/id-differs"]
    {
        assert!(run.stdout.contains(shown), "{shown}: {}", run.stdout);
    }
    let json = rubrica(&["check", &path, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("the report is JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(3), "{report}");
    let run = rubrica_with(&["grade", "-", "--rubrics", &path], b"question_id,answer\nsky,x\n");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("is UTF-16") && run.stderr.contains("latin.toml"), "{}", run.stderr);
}

#[test]
fn a_warning_that_all_drafts_share_is_shown_once() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for id in ["kettle", "rose", "sky", "tulip"] {
        let rubric = SKY.replace("\"sky\"", &format!("\"{id}\""));
        fs::write(folder.path().join(format!("{id}.toml")), rubric).expect("a file can be written");
    }
    let path = folder.path().to_string_lossy().into_owned();
    let text = rubrica(&["check", &path]).stdout.replace(&path, "drafts");
    let places = "(4 times: drafts/kettle.toml:2, drafts/rose.toml:2, drafts/sky.toml:2 and 1 more)";
    assert_eq!(text.matches("lint/no-examples").count(), 1, "{text}");
    assert!(text.contains(places) && text.contains("4 warnings") && text.contains(", no examples\n"), "{text}");
    let json = rubrica(&["check", &path, "--format", "json"]).stdout;
    assert_eq!(json.matches("lint/no-examples").count(), 4, "{json}");
}

#[test]
fn warnings_that_are_denied_are_told_as_failures() {
    let (_folder, path) = file("sky.toml", SKY);
    let check = |flags: &[&str]| rubrica(&[&["check", &path], flags].concat());
    let (fine, denied) = (check(&[]), check(&["--deny-warnings"]));
    assert_eq!((fine.status, denied.status), (0, 1), "{}", fine.stdout);
    assert_eq!(
        denied.stdout.strip_prefix(&fine.stdout),
        Some("failed: --deny-warnings makes warnings count as errors\n")
    );
    let (fine, denied) = (check(&["--format", "junit"]), check(&["--format", "junit", "--deny-warnings"]));
    assert!(fine.stdout.contains("failures=\"0\"") && fine.stdout.contains("<system-out>"), "{}", fine.stdout);
    assert!(!denied.stdout.contains("failures=\"0\"") && denied.stdout.contains("<failure"), "{}", denied.stdout);
}

#[test]
fn check_speaks_to_screen_readers_and_build_servers() {
    let narrated = rubrica(&["check", "fixtures/broken-rubrics/unknown-keys.toml", "--format", "narrated"]);
    insta::assert_snapshot!("check_narrated", narrated.stdout);
    let junit = rubrica(&["check", "fixtures/broken-rubrics/unknown-keys.toml", "--format", "junit"]);
    insta::assert_snapshot!("check_junit", junit.stdout);
    let json = rubrica(&["check", FIXTURES, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.stdout).expect("the report is JSON");
    assert_eq!(report["format"], "rubrica-check/1");
    assert_eq!([narrated.status, junit.status, json.status], [1, 1, 0]);
}

#[test]
fn ways_to_one_file_are_one_file() {
    let bread = "fixtures/rubrics/why-bread-rises.toml";
    let lexicon = "fixtures/rubrics/lexicon/kitchen.toml";
    let (folder, sky) = file("sky.toml", SKY);
    let beside_the_rubric = beside(&sky, "kitchen.toml");
    fs::copy(package().join(lexicon), &beside_the_rubric).expect("the lexicon can be copied");
    for paths in [
        // Only one of the two has a lexicon beside it.
        &[bread, &sky][..],
        &[&sky, bread],
        &[bread, "./fixtures/rubrics/lexicon"],
        &[lexicon, bread],
        &[FIXTURES, "../tests/fixtures/rubrics", bread],
        // A lexicon is one wherever it lies.
        &[&sky, &beside_the_rubric],
        &[&folder.path().to_string_lossy()],
    ] {
        let run = rubrica(&[&["check"], paths].concat());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{paths:?}: {}", run.stdout);
        let n_rubrics = usize::from(paths.contains(&bread) || paths.contains(&FIXTURES))
            + usize::from(paths.iter().any(|path| Path::new(path).is_absolute()));
        assert!(run.stdout.contains(&format!("\n{n_rubrics} rubric")), "{paths:?}: {}", run.stdout);
    }

    let inside = command(&["check", "kitchen.toml"]).current_dir(package().join("fixtures/rubrics/lexicon")).output();
    let inside = inside.expect("the command runs");
    assert_eq!(inside.status.code(), Some(0), "{}", String::from_utf8_lossy(&inside.stdout));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_followed_once() {
    let (folder, sky) = file("sky.toml", SKY);
    std::os::unix::fs::symlink(".", folder.path().join("self")).expect("a link can be made");
    fs::create_dir(folder.path().join("chapter")).expect("a folder can be made");
    std::os::unix::fs::symlink(&sky, folder.path().join("chapter/sky.toml")).expect("a link can be made");
    let run = rubrica(&["check", &folder.path().to_string_lossy()]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert!(run.stdout.contains("sky  1 criterion,   1 point, "), "{}", run.stdout);
    assert!(run.stdout.contains("\n1 rubric: 0 errors"), "{}", run.stdout);
}

#[test]
fn check_runs_the_examples() {
    let run = rubrica(&["check", FIXTURES]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    insta::assert_snapshot!("check_passes", run.stdout);

    let rubric = fs::read_to_string(package().join(FIXTURES).join("why-bread-rises.toml")).expect("it is there");
    let wrong = rubric.replace("score = [0, 0]", "score = [50, 60]\nmet = [\"gas-is-made\"]");
    let (folder, path) = file("why-bread-rises.toml", wrong);
    fs::create_dir(folder.path().join("lexicon")).expect("a folder can be made");
    fs::copy(package().join(FIXTURES).join("lexicon/kitchen.toml"), folder.path().join("lexicon/kitchen.toml"))
        .expect("the lexicon can be copied");
    let run = rubrica(&["check", &path]);
    assert_eq!(run.status, 1);
    let shown = run.stdout.replace(&folder.path().to_string_lossy().into_owned(), "");
    insta::assert_snapshot!("check_fails", shown);
}

#[test]
fn explain_shows_the_evidence_and_what_is_missing() {
    let explain = |answer: &str| rubrica(&["explain", "why-bread-rises", answer, "--rubrics", FIXTURES]);
    let partial = explain("The yeast feeds on the sugar,\nwhich takes time \u{1b}[31m in a warm place.");
    assert_eq!((partial.status, partial.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("explain_partial", partial.stdout);
    let wrong = explain("Yeast is a chemical. It does not eat sugar, but it does release carbon dioxide.");
    insta::assert_snapshot!("explain_contradicted", wrong.stdout);
}

#[test]
fn explain_says_why_something_did_not_count() {
    let answer = "Some say that the yeast eats sugar. Gas is made.";
    let why = rubrica(&["explain", "why-bread-rises", answer, "--why", "--rubrics", FIXTURES]);
    assert_eq!((why.status, why.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("explain_why", why.stdout);
    let both = rubrica(&["explain", "why-bread-rises", answer, "--why", "--json", "--rubrics", FIXTURES]);
    assert_eq!(both.status, 2, "{}", both.stderr);
}

#[test]
fn explain_reads_its_answer_from_anywhere() {
    let (_folder, path) = file("answer.txt", GOOD);
    let arguments = ["explain", "why-bread-rises", "--json", "--rubrics", FIXTURES];
    let given = rubrica(&[&arguments[..], &[GOOD]].concat());
    assert_eq!(given.status, 0, "{}", given.stderr);
    let evaluation: serde_json::Value = serde_json::from_str(&given.stdout).expect("the evaluation is JSON");
    assert_eq!(evaluation["score"], 1.0);
    assert_eq!(rubrica(&[&arguments[..], &["--file", &path]].concat()).stdout, given.stdout);
    assert_eq!(rubrica_with(&[&arguments[..], &["-"]].concat(), GOOD.as_bytes()).stdout, given.stdout);
    assert_eq!(rubrica_with(&arguments, GOOD.as_bytes()).stdout, given.stdout);
}

#[test]
fn explain_takes_answers_that_begin_with_a_hyphen() {
    let explain = |arguments: &[&str]| rubrica(&[&["explain"], arguments].concat());
    let bullet = "- Yeast eats the sugar in the flour.";
    for arguments in [
        &["why-bread-rises", bullet, "--rubrics", FIXTURES][..],
        &["--rubrics", FIXTURES, "why-bread-rises", bullet],
        &["why-bread-rises", "--rubrics", FIXTURES, "--deadline", "5s", bullet],
    ] {
        let run = explain(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(run.stdout.contains("Answer\n  - Yeast [1 eats]"), "{arguments:?}: {}", run.stdout);
    }
    let json = explain(&["--rubrics", FIXTURES, "why-bread-rises", bullet, "--json"]);
    assert!(json.status == 0 && json.stdout.starts_with('{'), "{}{}", json.stdout, json.stderr);
    assert_eq!(explain(&["--rubrics", FIXTURES, "why-bread-rises", "--json", bullet]).stdout, json.stdout);
    let (_folder, path) = file("answer.txt", bullet);
    assert_eq!(explain(&["why-bread-rises", "--json", "--rubrics", FIXTURES, "--file", &path]).stdout, json.stdout);
}

#[test]
fn explain_needs_no_other_rubric_to_be_sound() {
    let (folder, _) = file("sky.toml", SKY);
    fs::write(folder.path().join("draft.toml"), "format = \"rubrica/1\"\n").expect("a file can be written");
    let path = folder.path().to_string_lossy().into_owned();
    let explain = |id: &str| rubrica(&["explain", id, "It scatters blue light.", "--rubrics", &path]);
    assert_eq!((explain("sky").status, explain("sky").stderr.as_str()), (0, ""));
    // Where the question is unknown, a broken rubric may be the one that asks it.
    assert!(explain("skies").stderr.contains("draft.toml:1:1"), "{}", explain("skies").stderr);
}

#[test]
fn explain_finds_the_questions_that_grade_finds() {
    let run = rubrica(&["explain", "Why Bread_rises", GOOD, "--rubrics", FIXTURES]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
    assert_eq!(run.stdout, rubrica(&["explain", "why-bread-rises", GOOD, "--rubrics", FIXTURES]).stdout);
}

#[test]
fn an_unknown_question_is_answered_with_near_ones() {
    let run = rubrica(&["explain", "net-tcp-vs-upd", "TCP is reliable."]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`net-tcp-vs-udp`") && run.stderr.contains("rubrica questions"), "{}", run.stderr);
    let run = rubrica_with(&["grade", "-", "--format", "csv"], b"question_id,answer\nDB-ACIDD,x\nzzz,y\n");
    let (_, rows) = table(&run.stdout);
    let errors: Vec<&str> = rows.iter().map(|row| row[7].as_str()).collect();
    assert!(
        errors[0].starts_with("unknown-question: no rubric for question `DB-ACIDD`; did you mean `db-acid`"),
        "{errors:?}"
    );
    assert_eq!(errors[1], "unknown-question: no rubric for question `zzz`");
    let run = rubrica(&["questions", "--rubrics", FIXTURES]);
    assert_eq!((run.status, run.stdout.as_str()), (0, "why-bread-rises  Why does bread dough rise?\n"));
}
