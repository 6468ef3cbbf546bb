// Every page in the states that a person sees it in; audited and photographed.

import { examples } from "./corpus.mjs";
import { mark, visit } from "./harness.mjs";

const answers = [
  ["net-tcp-vs-udp", "TCP opens a connection with a handshake, numbers every byte and resends what gets lost, so data arrives complete and in order. UDP guarantees delivery too, but it is faster because it has a smaller header. I would take UDP for video calls."],
  ["db-acid", "Atomicity: all steps of a transaction happen or none. Durability means that committed data survives a crash."],
  ["dk-image-vs-container", "An image is a read-only template, a container is a running instance of it."],
  ["git-merge-vs-rebase", "I do not remember."],
];

async function answerAll(page, url) {
  for (const [question, answer] of answers) await mark(page, url, question, answer);
}

async function batch(page, url) {
  const rows = (await examples()).slice(0, 120);
  const buffer = Buffer.from(rows.map(({ question, answer }) => JSON.stringify({ question_id: question, answer })).join("\n"));
  await visit(page, url, "batch");
  await page.locator("#batch-file").setInputFiles({ name: "answers.jsonl", mimeType: "text/plain", buffer });
  await page.locator("#batch-state", { hasText: /^120 answers marked/ }).waitFor();
}

export const scenes = [
  { name: "practise", show: async () => {} },
  {
    name: "practise-later",
    show: async (page, url) => {
      await answerAll(page, url);
      await visit(page, url, "");
    },
  },
  {
    name: "practise-topic",
    show: async (page) => {
      await page.locator("#filter-words").fill("docker");
      await page.locator(".topic .questions a:visible").first().waitFor();
    },
  },
  {
    name: "question",
    show: async (page, url) => {
      await visit(page, url, "question/net-tcp-vs-udp");
      await page.locator("#answer").waitFor();
    },
  },
  {
    name: "outcome",
    show: async (page, url) => {
      await mark(page, url, ...answers[0]);
      await page.getByRole("button", { name: "Reference answer and sources" }).click();
      await page.getByRole("button", { name: "I disagree with the score" }).click();
    },
  },
  {
    name: "improving",
    show: async (page, url) => {
      await mark(page, url, ...answers[0]);
      await page.getByRole("button", { name: "Improve my answer", exact: true }).click();
      await page.locator(".earlier summary").click();
      await page.getByRole("button", { name: "Show the marking" }).click();
      await page.locator("#earlier-title").waitFor();
    },
  },
  {
    name: "session",
    show: async (page) => {
      await page.locator("#session-minutes").selectOption("10");
      await page.getByRole("button", { name: "Start session" }).click();
      await page.getByRole("timer").waitFor();
      await page.locator("#answer").waitFor();
    },
  },
  {
    name: "session-summary",
    show: async (page) => {
      await page.locator("#session-size").selectOption("3");
      await page.getByRole("button", { name: "Start session" }).click();
      await page.locator("#answer").fill("It keeps data safe.");
      await page.getByRole("button", { name: "Check", exact: true }).click();
      await page.locator("#outcome-title").waitFor();
      await page.getByRole("button", { name: "End session" }).click();
      await page.getByRole("heading", { level: 1, name: "Session finished" }).waitFor();
    },
  },
  { name: "progress-empty", show: (page, url) => visit(page, url, "progress") },
  {
    name: "progress",
    show: async (page, url) => {
      await answerAll(page, url);
      await visit(page, url, "settings");
      // Some weeks of answers, so that the chart has something to show.
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export everything" }).click()]);
      const chunks = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk);
      const archive = JSON.parse(Buffer.concat(chunks).toString());
      const scores = [50, 200, 380, 450, 700, 620, 880, 300, 760, 940, 860, 1000];
      const past = Array.from({ length: 40 }, (_, index) => ({
        ...archive.attempts[index % archive.attempts.length],
        id: archive.attempts[0].id - (40 - index) * 13 * 3600 * 1000,
        score: scores[(index * 5) % scores.length],
      }));
      const buffer = Buffer.from(JSON.stringify({ ...archive, attempts: past }));
      await page.locator("#import").setInputFiles({ name: "past.json", mimeType: "application/json", buffer });
      await page.getByText("Imported: 40 answers").waitFor();
      await visit(page, url, "progress");
    },
  },
  {
    name: "workshop",
    show: async (page, url) => {
      await visit(page, url, "workshop");
      await page.locator("#workshop-open").selectOption("net-tcp-vs-udp");
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.locator("#trial").fill("TCP resends lost segments. UDP does not guarantee delivery.");
      await page.locator("#trial-outcome-title").waitFor();
      await page.locator(".examples").waitFor();
    },
  },
  {
    name: "workshop-problems",
    show: async (page, url) => {
      await visit(page, url, "workshop");
      await page.getByText("No problems found.").waitFor();
      const text = await page.locator("#rubric").inputValue();
      await page.locator("#rubric").fill(text.replace("points = 2", "pionts = 2").replace('"(one|single) thread"', '"(one|single thread"'));
      await page.locator("#problems .error").first().waitFor();
    },
  },
  { name: "batch-empty", show: (page, url) => visit(page, url, "batch") },
  {
    name: "batch",
    show: async (page, url) => {
      await batch(page, url);
      await page.locator(".open-row").first().click();
      await page.locator("#row-outcome-title").waitFor();
      await page.getByRole("button", { name: "I disagree with the score" }).click();
      await page.locator("#row-outcome-own-points").fill("1");
      await page.locator("#row-outcome-own-reason").fill("It names two of them.");
      await page.getByRole("button", { name: "Keep my judgement" }).click();
      await page.locator("tr.selected .chip", { hasText: "you: 1" }).waitFor();
    },
  },
  {
    name: "settings",
    show: async (page, url) => {
      await visit(page, url, "settings");
      await page.getByRole("button", { name: "Delete everything…" }).click();
    },
  },
];
