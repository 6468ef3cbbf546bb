//! Whole documents and tables, from text to drafts.

use std::sync::Arc;

use super::*;
use crate::rubric::source::{CriterionSource, SourceReference};
use crate::{Document, Marker, RubricSet};

const TEA: &str = "\
# Notes

## What is green tea?

**Green tea** is made from leaves that are **not oxidised**. It keeps its colour because the leaves are steamed.

## Tea vs. coffee

| Aspect | Tea | Coffee |
| ------ | --- | ------ |
| Made of leaves | Yes | No |
| Served hot | Yes | Yes |
| Caffeine | Less per cup | More per cup |

## How does brewing tea work?

1. **Boiling**: Water is heated until it boils.
2. **Steeping**: The leaves stay in the water for minutes.
3. **Pouring**: The drink goes into the cup.

## Which cup?
";

fn document(name: &str, text: &str) -> Document {
    Document { name: name.to_owned(), text: text.to_owned() }
}

fn derived(documents: &[Document]) -> Derived {
    derive_documents(documents, &mut |_, _| {})
}

fn criteria(draft: &Draft) -> Vec<String> {
    let drawn = |criterion: &CriterionSource| {
        let lines = criterion.sources[0].lines.map_or(0, |lines| lines[0]);
        let said = [criterion.statements.clone(), criterion.all.clone()].concat();
        format!("{lines} [{}] {}", criterion.about.join(" "), said.join(" / "))
    };
    draft.rubric.criteria.iter().map(drawn).collect()
}

fn compiled(drafts: &[Draft]) -> Marker {
    let documents: Vec<Document> =
        drafts.iter().map(|draft| document(&format!("{}.toml", draft.rubric.id), &draft.to_toml())).collect();
    Marker::new(Arc::new(RubricSet::compile(&documents).expect("drafts compile")))
}

#[test]
fn nesting_ends_nowhere_in_a_panic() {
    for n in 90..=110 {
        let quoted =
            TEA.replace("\n|", &format!("\n{}|", "> ".repeat(n))).replace("\n1.", &format!("\n{}1.", "- ".repeat(n)));
        assert_eq!(derived(&[document("tea.md", &quoted)]).questions.len(), 4, "{n}");
    }
}

#[test]
fn a_document_becomes_rubrics_with_subjects_order_and_lines() {
    let derived = derived(&[document("tea.md", TEA)]);
    let ids: Vec<&str> = derived.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["green-tea", "tea-vs-coffee", "brewing-tea-work", "cup"]);
    assert!(!derived.questions[3].drafted);
    assert_eq!(
        criteria(&derived.drafts[1]),
        [
            "11 [tea] Tea is made of leaves.",
            "11 [coffee] Coffee is not made of leaves.",
            "12 [tea coffee] Both are served hot.",
            "13 [tea] Tea has less caffeine per cup.",
            "13 [coffee] Coffee has more caffeine per cup.",
        ]
    );
    let order = criteria(&derived.drafts[2]).pop().expect("there is an order");
    assert_eq!(order, "17 [] boiling << steeping / steeping << pouring");
    let notes: Vec<(u32, &str)> =
        derived.notes.iter().map(|note| (note.line.unwrap_or_default(), note.kind.name())).collect();
    assert!(notes.contains(&(12, "never-differs")), "{notes:?}");
    assert!(notes.contains(&(21, "no-answer")), "{notes:?}");
    assert!(notes.contains(&(1, "skipped-heading")), "{notes:?}");
}

#[test]
fn drafts_compile_and_tell_right_from_swapped() {
    let derived = derived(&[document("tea.md", TEA)]);
    let mut marker = compiled(&derived.drafts);
    let mut score = |answer| marker.evaluate("tea-vs-coffee", answer).expect("it was drafted").score;
    let right = score("Tea is made of leaves. Coffee is not made of leaves. Tea has less caffeine per cup.");
    let swapped = score("Coffee is made of leaves. Tea is not made of leaves. Coffee has less caffeine per cup.");
    assert!(right > swapped + 0.2, "{right} {swapped}");
}

#[test]
fn exchanged_sides_score_low_where_the_question_has_articles() {
    for question in ["What is the difference between a kettle and a teapot?", "How do kettles and teapots differ?"] {
        let text = format!(
            "## {question}\n\n- A kettle boils water over a fire.\n- A kettle whistles loudly when steam leaves.\n- A \
             teapot keeps the finished drink warm.\n- A teapot holds the leaves in a strainer.\n"
        );
        let derived = derived(&[document("tea.md", &text)]);
        let mut marker = compiled(&derived.drafts);
        let id = &derived.questions[0].id;
        let mut score = |answer| marker.evaluate(id, answer).expect("it was drafted").score;
        let right = score("A kettle boils water over the fire and whistles loudly. A teapot keeps the drink warm.");
        let exchanged = score("A teapot boils water over the fire and whistles loudly. A kettle keeps the drink warm.");
        assert!(right > 0.7 && exchanged < 0.2, "{question} {right} {exchanged}");
    }
}

#[test]
fn accounts_of_own_work_are_asked_for_their_shape() {
    let derived = derived(&[document("work.md", "# Notes\n\n## Describe your experience with tea machines\n")]);
    let mut marker = compiled(&derived.drafts);
    let mut score = |answer| marker.evaluate("describe-experience-tea-machines", answer).expect("it was drafted").score;
    let told = score(
        "The machine was needed by a tea shop with many guests. I designed the boiler control and wrote its program. The \
         hardest part was that two cups asked for water in parallel, so I put a lock around the valve, because it must \
         never pour twice. As a result the queue fell by half and the shop still uses it.",
    );
    let bare = score("The machine boils water and pours it into cups. It has a boiler, a valve and two buttons.");
    let listed = score("project, design, implementation, difficulty, solution, outcome, tests, result");
    assert!(told > 0.9, "{told}");
    assert!(bare < 0.2 && listed < 0.1, "{bare} {listed}");
    let elsewhere = score(
        "The oven was needed by a bakery with many guests. I designed the burner control and wrote its program. The \
         hardest part was that two trays asked for heat in parallel, so I put a lock around the gas, because it must \
         never burn twice. As a result the queue fell by half and the shop still uses it.",
    );
    assert!((0.6..0.85).contains(&elsewhere), "{elsewhere}");
    let unnamed = self::derived(&[document("work.md", "# Notes\n\n## Tell me about your experience\n")]);
    assert!(unnamed.drafts[0].rubric.criteria.iter().all(|criterion| criterion.id != "subject"));
}

/// Statements of the criteria of a document's only question.
fn said(text: &str) -> Vec<String> {
    let drafts = derived(&[document("tea.md", text)]).drafts;
    compiled(&drafts);
    drafts[0].rubric.criteria.iter().map(|criterion| criterion.statements.join(" / ")).collect()
}

#[test]
fn a_large_table_becomes_few_criteria_soon() {
    let row = |n: u32| format!("| tea {n} | grows at {n}0 m | leaf {n}x | cup {n}y | shop {n}z | pot {n}w |\n");
    let rows: String = (100..200).map(row).collect();
    let text =
        format!("## Kinds of tea\n\n| Tea | Hill | Leaf | Cup | Shop | Pot |\n|---|---|---|---|---|---|\n{rows}");
    assert_eq!(said(&text).len(), 12);
}

#[test]
fn marked_words_go_with_their_sentence_where_a_paragraph_is_split() {
    assert_eq!(
        said("## What is a samovar?\n\nIt boils **cold spring water**. It burns **dry pine cones** below.\n"),
        ["It boils cold spring water. / cold spring water.", "It burns dry pine cones below. / dry pine cones."]
    );
}

#[test]
fn labels_show_where_they_are_cut_and_have_no_full_stops_inside() {
    let long =
        "It warms hands, cups, pots, guests, cooks, kettles, kitchens, gardens, halls, stairs and all of the cellars.";
    let steps = "1. Water is heated.\n2. Leaves steep slowly.\n3. Guests drink it.\n";
    let text = format!("## What is a samovar?\n\n{long}\n\n## What are the steps of brewing?\n\n{steps}");
    let drafts = derived(&[document("tea.md", &text)]).drafts;
    let label = &drafts[0].rubric.criteria[0].label;
    assert_eq!(label, "It warms hands, cups, pots, guests, cooks, kettles, kitchens, gardens, halls, stairs …");
    let order = drafts[1].rubric.criteria.iter().find(|criterion| criterion.id == "order").expect("there is one");
    assert_eq!(order.label, "The order: Water is heated, Leaves steep slowly, Guests drink it");
}

#[test]
fn only_english_is_called_so() {
    let text = "## Was ist grüner Tee?\n\nGrüner Tee wird aus Blättern gemacht, die nicht oxidiert sind. Das Dämpfen \
                erhält seine Farbe, weil es die Enzyme zerstört.\n\n## Was ist eine Kanne?\n\nSie hält Tee warm.\n";
    let german = derived(&[document("tee.md", text)]);
    assert!(german.drafts.iter().all(|draft| draft.rubric.language.is_none()));
    let n_notes = german.notes.iter().filter(|note| note.kind == NoteKind::Language).count();
    assert_eq!((german.drafts.len(), n_notes), (2, 2));
    compiled(&german.drafts);
    let english = derived(&[document("tea.md", TEA)]);
    assert!(english.drafts.iter().all(|draft| draft.rubric.language.as_deref() == Some("en")));
}

#[test]
fn short_facts_are_criteria_and_names_are_alternatives() {
    assert_eq!(
        said("## What is a samovar?\n\nA samovar heats water inside a metal urn. It keeps tea warm. Hot coals.\n"),
        ["A samovar heats water inside a metal urn.", "It keeps tea warm. / Hot coals."]
    );
    assert_eq!(said("## What is a samovar?\n\nHeavy brass urn. Hot coals.\n"), ["Heavy brass urn. / Hot coals."]);
}

#[test]
fn documents_that_ask_the_same_are_joined() {
    let other = "# Questions\n\n### 1. What is green tea?\n\n- It grows in **warm hills** of Asia.\n";
    let derived = derived(&[document("tea.md", TEA), document("more.md", other)]);
    let rubric = &derived.drafts[0].rubric;
    let documents: Vec<&str> = rubric.sources.iter().map(|source| source.document.as_str()).collect();
    assert_eq!(documents, ["tea.md", "more.md"]);
    assert!(rubric.criteria.iter().any(|criterion| criterion.sources[0].document == "more.md"));

    let ask = |answer: &str| format!("## What is a samovar?\n\n{answer}\n");
    let texts = [
        ask("A samovar heats water inside a metal urn. It keeps tea warm for hours."),
        ask("A samovar heats water inside an urn of metal. It keeps the tea warm for hours."),
    ];
    let joined = self::derived(&[document("one.md", &texts[0]), document("two.md", &texts[1])]);
    let samovar = &joined.drafts[0].rubric;
    let said: Vec<usize> = samovar.criteria.iter().map(|criterion| criterion.statements.len()).collect();
    assert_eq!(said, [2, 2], "{samovar:?}");
}

#[test]
fn the_same_documents_give_the_same_drafts() {
    let drafts = |text| derived(&[document("tea.md", text)]).drafts.iter().map(Draft::to_toml).collect::<Vec<_>>();
    assert_eq!(drafts(TEA), drafts(TEA));
    assert_eq!(derived(&[document("crlf.md", &TEA.replace('\n', "\r\n"))]).drafts.len(), 3);
}

#[test]
fn a_mark_knows_edits_of_the_file_and_of_the_document() {
    let before = derived(&[document("tea.md", TEA)]).drafts.remove(1);
    let file = before.to_toml();
    let mark = DraftMark::read(&file).expect("a draft has a mark");
    assert!(!mark.is_edited(&file));
    assert!(!mark.is_edited(&file.replace('\n', "\r\n")));
    assert!(mark.is_edited(&file.replace("Both are served hot", "Both are served")));
    // Notes of the author in the lines of the mark are edits, too.
    assert!(mark.is_edited(&file.replacen("overwritten.", "overwritten. Ask Ann.", 1)));
    assert!(mark.is_edited(&file.replacen("\n\n", "\n# Ask Ann.\n", 1)));
    assert_eq!((mark.changes(&before), mark.is_of(&before)), (Vec::new(), true));

    let text = format!("A new line.\n\n{TEA}").replace("Less per cup", "Very little per cup");
    let after = derived(&[document("tea.md", &text)]).drafts.remove(1);
    assert!(!mark.is_of(&after));
    let changes: Vec<String> = mark.changes(&after).iter().map(Change::to_string).collect();
    assert_eq!(
        changes,
        ["added tea-caffeine-little-cup: Tea: caffeine is very little per cup", "removed tea-less-caffeine-cup"]
            .map(|change| change.to_owned())
    );
    assert_eq!(DraftMark::read("id = \"x\"\n"), None);
}

fn reference(text: &str, category: &str) -> Reference {
    Reference { text: text.to_owned(), category: Category::named(category).expect("it is a category") }
}

#[test]
fn alternatives_are_one_criterion_and_facts_are_several() {
    let rows = [
        TableRow {
            question_id: "BULB_WHY 1".to_owned(),
            question: "Why is the bulb off?".to_owned(),
            references: vec![
                reference("The gap breaks the circuit.", "GOOD"),
                reference("No current flows through it.", "BEST"),
            ],
            correct: vec!["Because no current flows.".to_owned()],
            incorrect: vec!["It is broken.".to_owned()],
            source: SourceReference { document: "table.csv".to_owned(), ..SourceReference::default() },
        },
        TableRow {
            question_id: "headers".to_owned(),
            question: "Name differences of the headers.".to_owned(),
            references: vec![reference(
                "The first has eight bytes. It holds: -Sequence number -Urgent pointer -Window size",
                "",
            )],
            ..TableRow::default()
        },
        TableRow { question_id: "none".to_owned(), question: "Nothing?".to_owned(), ..TableRow::default() },
    ];
    let (drafts, notes) = derive_table(&rows, &mut |_, _| {});
    assert_eq!(drafts[0].rubric.id, "bulb-why-1");
    assert_eq!(drafts[0].rubric.criteria.len(), 1);
    assert_eq!(
        drafts[0].rubric.criteria[0].statements,
        ["No current flows through it.", "The gap breaks the circuit."]
    );
    let scores: Vec<[u32; 2]> = drafts[0].rubric.examples.iter().map(|example| example.score).collect();
    assert_eq!(scores, [[65, 100], [0, 34]]);
    let said: Vec<&str> = drafts[1].rubric.criteria.iter().map(|criterion| criterion.statements[0].as_str()).collect();
    assert_eq!(said[1..], ["It holds: Sequence number", "Urgent pointer", "Window size"]);
    assert_eq!(notes.len(), 1);
    compiled(&drafts);
}

#[test]
fn examples_rewordings_and_choices_are_no_facts_of_their_own() {
    let drafted = |question: &str, answer: &str| {
        let row = TableRow {
            question_id: "dough".to_owned(),
            question: question.to_owned(),
            references: vec![reference(answer, "")],
            ..TableRow::default()
        };
        let (drafts, _) = derive_table(&[row], &mut |_, _| {});
        compiled(&drafts);
        let RubricSource { criteria, full_marks, groups, .. } = drafts[0].rubric.clone();
        let said: Vec<Vec<String>> = criteria.into_iter().map(|criterion| criterion.statements).collect();
        (said, full_marks, groups.len())
    };
    let answer = "Therefore, yeast eats the sugar of the flour. For example, it eats malt. Alternatively, sugar feeds the \
                  yeast. It makes bubbles of gas, e.g. in bread.";
    let (said, full_marks, _) = drafted("Why does dough rise?", answer);
    assert_eq!(
        said,
        [
            vec!["Yeast eats the sugar of the flour. For example, it eats malt.", "Sugar feeds the yeast."],
            vec!["It makes bubbles of gas, for example in bread."]
        ]
    );
    assert_eq!(full_marks, Some(75));
    let list = "It rests two hours. One of the following reasons should be given:\n\t● Yeast needs time\n\t● Gluten \
                relaxes slowly\n\t○ as bakers know\n\nCold dough rests longer.";
    for answer in [list.to_owned(), list.replace("\n\t", " ")] {
        let (said, ..) = drafted("How long does dough rest when you see at least three of its bubbles?", &answer);
        assert_eq!(
            said,
            [
                vec!["It rests two hours."],
                vec!["Yeast needs time", "Gluten relaxes slowly ○ as bakers know"],
                vec!["Cold dough rests longer."]
            ]
        );
    }
    let (said, ..) =
        drafted("How long does it rest?", "Dough rests two hours. One of these:\n\nE.g. overnight in a cellar.");
    assert_eq!(said, [["Dough rests two hours. For example overnight in a cellar."]]);
    let numbered = "1.Flour: it holds water. 2.Yeast: it makes gas. 3) Salt slows the yeast at 2.5 percent.";
    let (said, _, n_groups) = drafted("Name at least two things in dough.", numbered);
    assert_eq!(said, [["Flour: it holds water."], ["Yeast: it makes gas."], ["Salt slows the yeast at 2.5 percent."]]);
    assert_eq!(n_groups, 1);
    let (said, ..) =
        drafted("What did mills grind?", "They ground grade 1. Later some ground grade 2. It is the finer flour.");
    assert_eq!(said, [["They ground grade 1."], ["Later some ground grade 2."], ["It is the finer flour."]]);
    let of_length = |n_words: usize| (0..n_words).map(|n| format!("word{n} ")).collect::<String>();
    let full_marks = |n_words| drafted("Who kneads?", &of_length(n_words)).1;
    assert_eq!([63, 64, 128].map(full_marks), [Some(75), Some(90), Some(100)]);
}

#[test]
fn a_letter_that_grows_when_it_is_small_ends_nowhere_in_a_panic() {
    let text =
        "## What happens in the procedure of \u{130}stanbul?\n\n1. \u{130}T\n2. \u{130}stanbul\n3. The \u{130}\n";
    let derived = derived(&[document("city.md", text)]);
    assert_eq!(derived.questions.len(), 1);
    compiled(&derived.drafts);
}

#[test]
fn each_question_is_in_its_own_language() {
    let text = "# Netze\n\n## What is TCP?\n\nTCP is a reliable protocol that resends what was lost and keeps their \
                order.\n\n## Was ist UDP?\n\nUDP ist ein verbindungsloses Protokoll, das keine Zustellung garantiert und \
                keine Reihenfolge kennt.\n";
    let derived = derived(&[document("netze.md", text)]);
    let languages: Vec<_> = derived.drafts.iter().map(|draft| draft.rubric.language.as_deref()).collect();
    assert_eq!(languages, [Some("en"), None]);
    let notes: Vec<_> = derived.notes.iter().filter(|note| note.kind == NoteKind::Language).collect();
    assert!(notes.len() == 1 && notes[0].line == Some(7), "{notes:?}");
}

#[test]
fn markup_of_html_hides_no_words_in_silence() {
    let text = "---\ntitle: Tea\ntags: [a]\n---\n\n## What is tea?\n\nTea is made of leaves.<br>It is&nbsp;served \
                hot<br/>in a pot.\n\n> ## What is mate?\n> Mate is made of holly.\n\n<!-- a remark -->\n\n<h2>What is \
                cocoa?</h2>\n";
    let derived = derived(&[document("tea.md", text)]);
    let said: Vec<String> =
        derived.drafts[0].rubric.criteria.iter().flat_map(|criterion| criterion.statements.clone()).collect();
    assert_eq!(said, ["Tea is made of leaves.", "It is served hot in a pot.", "Mate is made of holly."]);
    assert_eq!(derived.questions[0].sources[0].lines, Some([6, 11]));
    let notes: Vec<_> = derived.notes.iter().map(|note| (note.line, note.kind, note.message.as_str())).collect();
    assert_eq!(
        notes,
        [
            (
                Some(10),
                NoteKind::DamagedMarkup,
                "`What is mate?`: a heading inside a quotation or a list is not read as one"
            ),
            (Some(15), NoteKind::DamagedMarkup, "`What is cocoa?`: HTML is left out"),
        ]
    );
}

#[test]
fn facts_too_short_to_be_asked_for_are_told() {
    let text = "## What is tea?\n\nTea is a drink of leaves. It is hot. It is served in small cups.\n";
    let derived = derived(&[document("tea.md", text)]);
    let left_out: Vec<_> = derived.notes.iter().filter(|note| note.kind == NoteKind::LeftOut).collect();
    assert!(left_out.len() == 1 && left_out[0].message.contains("`It is hot.`"), "{left_out:?}");
}

#[test]
fn a_question_asked_twice_in_a_document_is_one() {
    let text = "## What is tea?\n\nTea is a drink of leaves.\n\n## What is tea ?\n\nIt is served in small cups.\n";
    assert_eq!(derived(&[document("tea.md", text)]).questions.len(), 1);
    let parts = "# Tea\n\n## Origin?\n\nTea comes from hills.\n\n# Coffee\n\n## Origin?\n\nCoffee comes from plains.\n";
    assert_eq!(derived(&[document("drinks.md", parts)]).questions.len(), 2);
}

#[test]
fn names_that_are_asked_for_are_a_criterion_each() {
    for (answer, n) in [
        ("Mercury; Venus; Earth; Mars", 4),
        ("Mercury, Venus, Earth and Mars", 4),
        ("- Mercury\n- Venus\n- the Earth", 3),
        ("Mercury. Venus.", 2),
    ] {
        let row = TableRow {
            question_id: "planets".to_owned(),
            question: "Name two planets.".to_owned(),
            references: vec![reference(answer, "")],
            ..TableRow::default()
        };
        let (drafts, notes) = derive_table(&[row], &mut |_, _| {});
        assert_eq!(notes, []);
        let rubric = &drafts[0].rubric;
        assert_eq!((rubric.criteria.len(), rubric.language.as_deref()), (n, Some("en")), "{answer}");
        assert!(rubric.criteria.iter().all(|criterion| criterion.mention == Some(true) && criterion.points == Some(1)));
        assert_eq!(rubric.groups.first().and_then(|group| group.best), (n > 2).then_some(2));
        let mut marker = compiled(&drafts);
        let mut score = |answer| marker.evaluate("planets", answer).expect("it was drafted").score;
        assert_eq!((score("Venus and Mercury."), score("Venus"), score("Pluto")), (1.0, 0.5, 0.0), "{answer}");
    }
    let whole = TableRow {
        question_id: "tea".to_owned(),
        question: "Name two reasons why tea is steamed.".to_owned(),
        references: vec![reference("It keeps its colour; the leaves stay soft and pale.", "")],
        ..TableRow::default()
    };
    let (drafts, _) = derive_table(&[whole], &mut |_, _| {});
    assert!(drafts[0].rubric.criteria.iter().all(|criterion| criterion.mention.is_none()), "sentences are no names");
}

/// The draft of a question with one reference answer, and its notes.
fn of_reference(question: &str, answer: &str) -> (Draft, Vec<Note>) {
    let row = TableRow {
        question_id: "q".to_owned(),
        question: question.to_owned(),
        references: vec![reference(answer, "")],
        ..TableRow::default()
    };
    let (mut drafts, notes) = derive_table(&[row], &mut |_, _| {});
    (drafts.remove(0), notes)
}

/// What the criteria of a draft of a reference answer ask for.
fn criteria_of(question: &str, answer: &str) -> Vec<String> {
    let said = |criterion: CriterionSource| [criterion.statements, criterion.any].concat().join(" / ");
    of_reference(question, answer).0.rubric.criteria.into_iter().map(said).collect()
}

#[test]
fn full_stops_of_abbreviations_end_no_sentence() {
    let said =
        criteria_of("How old is the mill?", "Monks built the mill c. 1450 near St. Mary and Dr. Grey restored it.");
    assert_eq!(said, ["Monks built the mill about 1450 near St. Mary and Dr. Grey restored it."]);
    let said = criteria_of("Why is it sour?", "The leaves hold vitamin C. Lemons and rose hips hold more of it.");
    assert_eq!(said, ["The leaves hold vitamin C.", "Lemons and rose hips hold more of it."]);
}

/// The scores that answers earn under the draft of a reference answer.
fn scores<const N: usize>(question: &str, answer: &str, answers: [&str; N]) -> [f64; N] {
    let mut marker = compiled(&[of_reference(question, answer).0]);
    answers.map(|answer| marker.evaluate("q", answer).expect("it was drafted").score)
}

#[test]
fn short_answers_are_asked_for_without_the_words_before_them() {
    for (question, answer, expected) in [
        ("Which gas?", "It is hydrogen.", "hydrogen"),
        ("When?", "In 1989.", "#1989"),
        ("Who?", "the monks", "monks"),
        ("What lacks it?", "No salt.", "no salt"),
    ] {
        assert_eq!(criteria_of(question, answer), [expected]);
        assert!(
            scores(question, answer, [expected.trim_start_matches('#'), answer]).iter().all(|score| *score > 0.9),
            "{answer}"
        );
    }
}

#[test]
fn an_answer_says_how_many_of_its_names_are_enough() {
    for answer in [
        "Any two of: steaming; rolling; drying; sorting.",
        "Two of the following: steaming, rolling, drying, sorting.",
        "Steaming, rolling, drying, sorting; any two",
    ] {
        let (draft, _) = of_reference("Which steps does the leaf go through?", answer);
        assert_eq!(draft.rubric.groups[0].best, Some(2), "{answer}");
        assert_eq!(draft.rubric.criteria.len(), 4, "{answer}");
    }
    let said = criteria_of("Which teas does the blend have?", "The blend consists of Assam, Ceylon and Keemun.");
    assert_eq!(said, ["assam", "ceylon", "keemun"]);
}

#[test]
fn lists_of_names_have_other_names_and_more_of_them_in_brackets() {
    let said = criteria_of("Name the stages of a flower.", "bud (gemma), full flower, hip (fruit)");
    assert_eq!(said, ["bud / gemma", "full", "hip / fruit"]);
    let said = criteria_of("Give two examples of herbs.", "e.g. mint, sage (thyme, dill, basil... also fine)");
    assert_eq!(said, ["mint", "sage", "thyme", "dill", "basil"]);
    let said = criteria_of("Name two bridges.", "Kettle Bridge and Mill Bridge (also: Pine Bridge, Rose Bridge)");
    assert_eq!(said.len(), 4, "{said:?}");
    let told = of_reference("When did the harvest end?", "The harvest ended in May. The harvest ended in June.").0;
    assert!(told.rubric.criteria[0].any.is_empty(), "sentences are no names");
}

#[test]
fn what_is_accepted_as_well_is_another_wording() {
    for (question, answer, expected) in [
        ("Which gas?", "H2 / hydrogen", "h2 / hydrogen"),
        ("Which river?", "Rio Verde (Rio Claro also ok)", "rio verde / rio claro"),
        ("Which river?", "Rio Verde (Rio Claro, Rio Alto)", "rio verde / rio claro / rio alto"),
        ("Which of them is hot?", "the urn / second one", "urn / second"),
    ] {
        assert_eq!(criteria_of(question, answer), [expected]);
    }
    let [short] = scores(
        "How much cloth is needed?",
        "The height of the mast (or the length of the boom).",
        ["the mast's height"],
    );
    assert!(short > 0.9, "{short}");
    let [one, second, other] = scores(
        "Which boils first, the kettle or the pot?",
        "the second one (pot)",
        ["the pot", "the second", "kettle"],
    );
    assert!(one > 0.9 && second > 0.9 && other == 0.0, "{one} {second} {other}");
}

#[test]
fn quantities_are_met_in_other_units_of_writing() {
    for (answer, right, wrong) in [
        ("about 8,400 m", ["8400m", "roughly 8410 metres"], ["84 m", "9400 m"]),
        ("approx. 230 V", ["230 volts", "it is 231 V"], ["110 V", "23 volts"]),
        ("9.8 m/s2", ["9.8 m/s²", "9.8 metres per second squared"], ["8.9 m/s2", "98 m/s2"]),
        ("384,000 km", ["384 000 kilometres", "384000 km"], ["38,400 km", "384 km"]),
    ] {
        let right = scores("How much?", answer, right);
        let wrong = scores("How much?", answer, wrong);
        assert!(right.iter().all(|score| *score > 0.9) && wrong == [0.0, 0.0], "{answer}: {right:?} {wrong:?}");
    }
    let [bare] = scores("How high?", "230 m", ["230"]);
    assert!((0.5..0.8).contains(&bare), "without its unit: {bare}");
}

#[test]
fn a_verdict_is_met_by_itself_and_spoilt_by_the_other_one() {
    let [same, short, denied, reason, other, reversed] = scores(
        "Is green tea oxidised?",
        "No, it is steamed.",
        [
            "No, it is steamed.",
            "no, steamed",
            "It isn't, it is steamed",
            "it is steamed",
            "Yes, it is oxidised.",
            "Yes, it is steamed.",
        ],
    );
    assert!(same == 1.0 && short > 0.9 && denied == 1.0 && reason > 0.8, "{same} {short} {denied} {reason}");
    assert!(other == 0.0 && reversed < 0.3, "{other} {reversed}");
    let [yes, no] = scores("Is tea a leaf?", "Yes.", ["Yes", "No"]);
    assert!(yes > 0.9 && no == 0.0, "{yes} {no}");
    let told = "True. The leaves keep their colour because the heat stops the enzymes.";
    let [right, wrong] =
        scores("True or false: steaming keeps it green.", told, [told, &told.replace("True", "False")]);
    assert!(right == 1.0 && wrong < 0.5, "{right} {wrong}");
    let (draft, _) = of_reference("What does the lid do?", "No steam passes it, and the tea stays warm.");
    assert!(draft.rubric.misconceptions.is_empty());
}

#[test]
fn each_thing_that_is_asked_for_is_a_criterion() {
    for (question, answer, expected) in [
        (
            "Where does the spring rise and into which pond does it flow?",
            "The spring rises in the pine wood and flows into the mill pond.",
            ["The spring rises in the pine wood", "flows into the mill pond"],
        ),
        ("Who built the mill, and in which year?", "Ann Grey in 1720", ["Ann Grey", "#1720"]),
        ("Who built the mill and of what?", "Grey, pine", ["grey", "pine"]),
        (
            "When did the harvest begin and end?",
            "The harvest began in April. The harvest ended in June.",
            ["The harvest began in April.", "The harvest ended in June."],
        ),
    ] {
        assert_eq!(criteria_of(question, answer), expected, "{question}");
    }
    let one = "The spring rises in the pine wood and flows into the mill pond.";
    assert_eq!(criteria_of("What do you know of the spring?", one), [one], "one thing is asked for");
    assert_eq!(scores("Who built the mill and of what?", "Grey, pine", ["Grey, pine", "Grey", "elm"]), [1.0, 0.5, 0.0]);
}

#[test]
fn a_reference_answer_that_earns_little_under_its_draft_is_told() {
    let row = TableRow {
        question_id: "sencha".to_owned(),
        question: "How is sencha made?".to_owned(),
        references: vec![
            reference(
                "Steam stops the enzymes of the leaf. The leaf is then rolled into thin needles. Hot air dries the \
                 needles until they break.",
                "BEST",
            ),
            reference("Somebody works on it.", "MINIMAL"),
        ],
        ..TableRow::default()
    };
    let (_, notes) = derive_table(&[row], &mut |_, _| {});
    let messages: Vec<&str> =
        notes.iter().filter(|note| note.kind == NoteKind::Reference).map(|note| note.message.as_str()).collect();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("a MINIMAL reference answer earns 0 %"), "{messages:?}");
}

#[test]
fn labels_are_cut_where_a_clause_begins() {
    let long =
        "The heavy iron kettle keeps the water of the spring at a slow boil, so the leaves in the pot give off taste.";
    let (draft, _) = of_reference("What does it do?", long);
    assert_eq!(draft.rubric.criteria[0].label, "The heavy iron kettle keeps the water of the spring at a slow boil …");
}

#[test]
fn sides_that_share_a_noun_are_told_apart_by_their_own_words() {
    let question = "What is the difference between a hanging and a standing kettle?";
    let answer = "In a hanging kettle soup is boiled over a fire. In a standing one milk is warmed on a stove.";
    let exchanged = "In a standing kettle soup is boiled over a fire. In a hanging one milk is warmed on a stove.";
    let [right, exchanged] = scores(question, answer, [answer, exchanged]);
    assert!(right == 1.0 && exchanged < 0.3, "{right} {exchanged}");
}
