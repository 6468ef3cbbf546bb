#!/usr/bin/env python3
"""What each mechanism of the engine costs, in instructions: a table for ARCHITECTURE.md.

  tests/cost.py

Builds `mark-texts` with debug information, counts its instructions under Callgrind (Debian: valgrind, binutils), and adds
them up by the stage of the pipeline. A stage is a function of `core/src`; where the compiler has put one into its caller,
the debug information still tells whose instruction is whose. Marking is counted twice: for texts seen for the first time,
and for the same texts later, when every word has been resolved before."""
import collections, concurrent.futures, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(ROOT, "target", "cost")
PROGRAM = os.path.join(TARGET, "release", "mark-texts")
LATER_PASSES = 4
# Stages in their order: what the table says, whether it is structure analysis, and which functions begin it.
STAGES = [
    ("words and marks", False, r"text::split"),
    ("each word resolved", False, r"Structure>?::resolve|Memo::|Vocabulary"),
    ("tables", True, r"::arrange_tables|TableWords"),
    ("phrases of the rubric found", False, r"Postings>?::"),
    ("cues", True, r"::find_cues"),
    ("sentences, clauses", True, r"::split_sentences|::split_clauses|::mark_corrections"),
    ("polarity", True, r"::mark_polarity"),
    ("subjects", True, r"::attribute_subjects|::unnamed_sides"),
    ("statement test, word order", True, r"::weigh_sentences"),
    ("reference statements", False, r"Coverage>?::find"),
    ("criteria judged", False, r"judge::judge"),
    ("score, sureness", False, r"score::total|sureness::assess"),
    ("evaluation, feedback", False, r"Marker>?::write|feedback::advise"),
    ("JSON in and out", False, r"serde_json|Serialize|Deserialize"),
]
# Functions that only hand on to stages, and the stage of what they do themselves.
SPINE = [
    (r"marker::Marker::evaluate_lines$", "JSON in and out"),
    (r"marker::Marker::evaluate_line$", "JSON in and out"),
    (r"marker::Marker::judge(_reading)?$", "criteria judged"),
    (r"structure::Structure::analyse$", "words and marks"),
]
YARDSTICK = r"^mark_texts::count_words$"
SPELLING = r"SpellingIndex::correct$"


def first(patterns, name):
    return next((stage for pattern, stage in patterns if re.search(pattern, name)), None)


def stage_of(name):
    return next((stage for stage, _, pattern in STAGES if re.search(pattern, name)), None)


def count(n_passes, folder):
    """Texts, words, their source, and the instructions of one run: own ones by (function, address), those of calls by
    (caller, address, callee)."""
    out = os.path.join(folder, f"{n_passes}.out")
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--dump-instr=yes", "--dump-line=no", "--compress-pos=no",
         "--compress-strings=no", f"--callgrind-out-file={out}", PROGRAM, str(n_passes)],
        check=True, capture_output=True, text=True)
    n_texts, n_words, source = run.stdout.split(maxsplit=2)
    own, calls = collections.Counter(), collections.Counter()
    function = callee = None
    is_call = False
    for line in open(out, encoding="utf-8", errors="replace"):
        if line.startswith("fn="):
            function = line[3:].strip()
        elif line.startswith("cfn="):
            callee = line[4:].strip()
        elif line.startswith("calls="):
            is_call = True
        elif line.startswith("0x"):
            address, cost = line.split()
            if is_call:
                calls[function, address, callee] += int(cost)
                is_call = False
            else:
                own[function, address] += int(cost)
    return int(n_texts), int(n_words), source.strip(), own, calls


def inlined(addresses):
    """Functions that each address belongs to, the outermost first."""
    text = subprocess.run(["addr2line", "-a", "-i", "-f", "-C", "-e", PROGRAM], input="\n".join(addresses), check=True,
                          capture_output=True, text=True).stdout
    frames, names = {}, None
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("0x"):
            names = frames.setdefault(int(line, 16), [])
        else:
            names.insert(0, line)
            next(lines)
    return frames


def by_stage(own, calls):
    costs = collections.Counter()
    here = {address for function, address in own if first(SPINE, function)}
    here |= {address for function, address, _ in calls if first(SPINE, function)}
    frames = inlined(sorted(here))

    def stage(function, address):
        names = frames.get(int(address, 16), [])
        inner = (stage_of(name) for name in names[1:])
        return next((found for found in inner if found), first(SPINE, function))

    for (function, address), cost in own.items():
        if first(SPINE, function):
            costs[stage(function, address)] += cost
    for (function, address, callee), cost in calls.items():
        if first(SPINE, function) and not first(SPINE, callee):
            costs[stage_of(callee) or stage(function, address)] += cost
        if re.search(YARDSTICK, callee):
            costs["yardstick"] += cost
        if re.search(SPELLING, callee):
            costs["spelling"] += cost
    return costs


def main():
    environment = dict(os.environ, CARGO_PROFILE_RELEASE_DEBUG="1", CARGO_PROFILE_RELEASE_STRIP="none")
    subprocess.run(["cargo", "build", "--release", "-p", "rubrica-tests", "--no-default-features", "--bin",
                    "mark-texts", "--target-dir", TARGET], check=True, cwd=ROOT, env=environment)
    # Compiling the rubrics runs the engine too, on their examples: what a run without marking costs is taken off.
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor() as threads:
        runs = list(threads.map(lambda n_passes: count(n_passes, folder), [0, 1, 1 + LATER_PASSES]))
    n_texts, n_words, source = runs[1][:3]
    print(f"{n_texts} texts, {n_words} words, {source}", file=sys.stderr)
    before, once, again = (by_stage(own, calls) for *_, own, calls in runs)
    now = collections.Counter({stage: once[stage] - before[stage] for stage in once})
    later = collections.Counter({stage: (again[stage] - once[stage]) / LATER_PASSES for stage in again})
    names = [stage for stage, _, _ in STAGES]
    totals = [sum(costs[stage] for stage in names) for costs in (now, later)]
    print("| stage | seen first | share | seen before | share |\n| --- | ---: | ---: | ---: | ---: |")

    def row(name, of):
        cells = [name]
        for costs, total in zip((now, later), totals):
            cells += [f"{of(costs) / n_words:.0f}", f"{100 * of(costs) / total:.0f} %"]
        print("| " + " | ".join(cells) + " |")

    for stage in names:
        row(stage, lambda costs: costs[stage])
    row("**all**", lambda costs: sum(costs[stage] for stage in names))
    row("structure analysis", lambda costs: sum(costs[stage] for stage, is_structure, _ in STAGES if is_structure))
    row("of resolving: spelling", lambda costs: costs["spelling"])
    row("yardstick: bare pass over the words", lambda costs: costs["yardstick"])


if __name__ == "__main__":
    main()
