// The examples of all rubrics with what the engine says about them natively, as `cargo xtask corpus` wrote them.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./harness.mjs";

const folder = join(root, "target/browser/corpus");
export const answersFile = join(folder, "answers.jsonl");

export async function evaluationsText() {
  return readFile(join(folder, "evaluations.jsonl"), "utf8");
}

/** All examples: { question, answer, evaluation }. */
export async function examples() {
  const lines = async (name) => (await readFile(join(folder, name), "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line));
  const [answers, evaluations] = [await lines("answers.jsonl"), await lines("evaluations.jsonl")];
  return answers.map(({ question_id, answer }, index) => ({ question: question_id, answer, evaluation: evaluations[index] }));
}

/** The first example that fulfils a condition. */
export async function example(condition) {
  const found = (await examples()).find(condition);
  if (!found) throw new Error(`no example is such that ${condition}`);
  return found;
}

/** A part of a text by its UTF-8 bytes. */
export function slice(text, start, end) {
  return new TextDecoder("utf-8", { fatal: true }).decode(new TextEncoder().encode(text).subarray(start, end));
}
