#!/usr/bin/env python3
"""Writes order.txt: how much more often one word class follows another in ordered English than in shuffled words.

  python3 make-order.py ANSWERS.jsonl RUBRICS

ANSWERS.jsonl has rows with `answer` and `reference_answers`: SAF English (MIT licence). RUBRICS is a folder of rubrics, whose
reference answers, statements and examples are read; SAF alone takes plain prose about software for shuffled now and then.

Classes as in core/src/language/bigram.rs, from english.txt and word endings."""
import collections, json, math, pathlib, re, sys, tomllib

HERE = pathlib.Path(__file__).parent
TAGS = ", . A ADV BE CC DEM DO HAVE IND JJ MOD NN NNS NOT NUM OBJ OF POSS PREP SUB SUBJ THE TO VB VED VING VS WH be".split()
CLASS_TAGS = [("indefinite-article", "A"), ("article", "THE"), ("possessive", "POSS"), ("to", "TO"), ("coordinator", "CC"), ("subordinator", "SUB"),
              ("wh", "WH"), ("subject-pron", "SUBJ"), ("object-pron", "OBJ"), ("be-nonfinite", "be"), ("be", "BE"), ("have", "HAVE"), ("do", "DO"),
              ("modal", "MOD"), ("indefinite-pron", "IND"), ("of", "OF"), ("prep", "PREP"), ("demonstrative", "DEM"), ("adv", "ADV")]
ADJECTIVE = ("able", "ible", "ful", "ous", "ive", "al", "ic", "less", "ent", "ant", "er", "est")
classes, forms, contractions = collections.defaultdict(set), collections.defaultdict(set), {}


def add_verb(base):
    last, stem, after_vowel = base[-1], base[:-1], len(base) > 1 and base[-2] in "aeiou"
    forms["base"].add(base)
    if base.endswith(("s", "x", "z", "o", "ch", "sh")):
        forms["s"].add(base + "es")
    elif last == "y" and not after_vowel:
        forms["s"].add(stem + "ies")
        forms["past"].add(stem + "ied")
    else:
        forms["s"].add(base + "s")
    if last == "e":
        forms["past"].add(base + "d")
        forms["ing"].add(stem + "ing")
    else:
        forms["past"].update((base + "ed", base + last + "ed"))
        forms["ing"].update((base + "ing", base + last + "ing"))


for line in (HERE / "english.txt").read_text().splitlines():
    if not line or line.startswith("#"):
        continue
    head, body = line.split(":", 1)
    if head.startswith("class "):
        classes[head[6:]].update(body.split())
    elif head == "verbs":
        for verb in body.split():
            add_verb(verb)
    elif head == "irregular":
        for pair in body.split():
            forms["past"].update(pair.split("=")[1].split(","))
    elif head == "contractions":
        contractions.update((pair.split("=")[0], pair.split("=")[1].split(",")) for pair in body.split())


def tag(word):
    if word in ",()/[]":
        return ","
    if not word[0].isalnum():
        return "."
    if word in ("that", "not"):
        return {"that": "WH", "not": "NOT"}[word]
    for name, found in CLASS_TAGS:
        if word in classes[name]:
            return found
    if word[0].isdigit():
        return "NUM"
    if word.endswith("ly"):
        return "ADV"
    if word in forms["ing"] or word.endswith("ing"):
        return "VING"
    if word in forms["base"] and word not in forms["past"]:
        return "VB"
    if word in forms["past"] or word.endswith("ed"):
        return "VED"
    if word in forms["s"]:
        return "VS"
    if word.endswith(ADJECTIVE):
        return "JJ"
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def words(text):
    for word in re.findall(r"[a-z0-9]+(?:'[a-z]+)?|[.,;:!?()/\n]", text.lower().replace("’", "'")):
        if word in contractions:
            yield from contractions[word]
        elif word.endswith("n't"):
            yield from (word[:-3], "not")
        else:
            yield word.split("'")[0] or word


def texts():
    for line in open(sys.argv[1], encoding="utf-8"):
        row = json.loads(line)
        yield from [row["answer"], *row.get("reference_answers", [])]
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.toml")):
        rubric = tomllib.loads(path.read_text())
        yield rubric.get("reference_answer", "")
        yield from (example["answer"] for example in rubric.get("examples", []) if example.get("kind") != "keywords")
        yield from (text for criterion in rubric["criteria"] for text in criterion.get("statements", []))


singles, pairs = collections.Counter(), collections.Counter()
seen = set()
for text in texts():
    if text in seen:
        continue
    seen.add(text)
    tags = [".", *map(tag, words(text)), "."]
    singles.update(tags[1:])
    pairs.update(zip(tags, tags[1:]))
total = sum(singles.values())
lines = [
    "# rubrica-order/1: log-likelihood ratios of word-class pairs, ordered English against the same words shuffled.",
    "# Rows: class of a word; columns: class of the next; value = round(4 * ln(P(next | class) / P(next))), clamped to -16..12.",
    "# Made by make-order.py from the answers of SAF English (Filighera et al. 2022, ACL; MIT licence) and the rubrics.",
    "tags: " + " ".join(TAGS),
]
for left in TAGS:
    n = sum(pairs[left, right] for right in TAGS)
    cells = []
    for right in TAGS:
        p, q = (pairs[left, right] + 0.5) / (n + 0.5 * len(TAGS)), (singles[right] + 0.5) / total
        cells.append(max(-16, min(12, round(4 * math.log(p / q)))))
    lines.append(" ".join([left, *map(str, cells)]))
(HERE / "order.txt").write_text("\n".join(lines) + "\n")
print(f"{len(seen)} texts, {total} words")
