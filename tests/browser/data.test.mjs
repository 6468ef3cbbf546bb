import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { download, hasFocus, mark, open, pageTest, root, test, visit } from "./harness.mjs";

pageTest("export, delete and import give everything back", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments. “Quoted” <i>é</i>");
  await mark(page, url, "db-acid", "Atomicity means all or nothing.");
  await page.getByRole("button", { name: "I disagree with the score" }).click();
  await page.locator("#outcome-own-points").fill("5");
  await page.locator("#outcome-own-reason").fill("It covers more.");
  await page.getByRole("button", { name: "Keep my judgement" }).click();
  await page.getByText("Your judgement: 5 of").first().waitFor();
  await visit(page, url, "question/git-cherry-pick");
  await page.locator("#answer").fill("half an answer");
  await page.getByText("Draft saved").waitFor();

  await visit(page, url, "settings");
  const exportAll = () => download(page, () => page.getByRole("button", { name: "Export everything" }).click());
  const before = await exportAll();
  assert.equal(before.name, "rubrica-progress.json");
  assert.deepEqual(JSON.parse(before.text).attempts.map(({ question }) => question), ["net-tcp-vs-udp", "db-acid"]);
  const judged = JSON.parse(before.text).attempts[1];
  assert.deepEqual([judged.disagreement.points, judged.disagreement.reason], [5000, "It covers more."]);
  assert.ok(judged.points < 5, "the score stays beside it");

  await page.getByRole("button", { name: "Delete everything…" }).click();
  await hasFocus(page, "#confirm");
  await page.getByRole("button", { name: "Keep everything" }).click();
  await hasFocus(page, "#delete");
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.getByText("Everything was deleted.").waitFor();
  await hasFocus(page, "#delete");
  await page.reload();
  await page.getByText("Stored now: 0 answers, 0 drafts").waitFor();

  const file = (text) => ({ name: "export.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.locator("#import").setInputFiles(file("{}"));
  await page.getByText("is no export of Rubrica").waitFor();
  await page.locator("#import").setInputFiles(file(before.text));
  await page.getByText("Imported: 2 answers, 1 draft, 0 rubrics.").waitFor();
  await page.reload();
  await page.getByText("Stored now: 2 answers, 1 draft,").waitFor();
  assert.equal((await exportAll()).text, before.text);
});

pageTest("an own rubric that cannot be used leaves the others alone, and can be repaired or removed", async ({ page, url }) => {
  const template = await readFile(join(root, "web/template.toml"), "utf8");
  const rubrics = [
    { name: "my-question.toml", text: template },
    { name: "old-question.toml", text: template.replace("my-question", "old-question").replace("points = 2", "pionts = 2") },
  ];
  const archive = { format: "rubrica-progress/1", attempts: [], drafts: {}, rubrics };
  await visit(page, url, "settings");
  await page.locator("#import").setInputFiles({ name: "e.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(archive)) });
  await page.getByText("Imported: 0 answers, 0 drafts, 2 rubrics.").waitFor();
  await page.locator(".notice .technical", { hasText: "old-question.toml" }).waitFor();
  await page.getByRole("link", { name: "Open or remove them in the workshop" }).click();
  await page.locator("#workshop-open").selectOption("old-question");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("button", { name: "Remove from my questions" }).click();
  await hasFocus(page, "#rubric");
  await page.locator(".notice").waitFor({ state: "detached" });
  await visit(page, url, "question/my-question");
  await page.locator("#answer").waitFor();
});

pageTest("progress shows answers, topics and what to repeat", async ({ page, url }) => {
  await visit(page, url, "progress");
  await page.getByText("Nothing here yet").waitFor();
  await mark(page, url, "net-tcp-vs-udp", "UDP is faster.");
  await visit(page, url, "progress");
  await page.locator(".chart svg g").first().waitFor();
  assert.equal(await page.locator(".chart svg g").count(), 1);
  assert.equal(await page.locator(".topic-list li").count(), 1);
  await page.getByText("Nothing is due today. Next: 1 question on").waitFor();
  await page.locator(".topic-list button").click();
  await page.getByText("Question 1 of 5").waitFor();
});

pageTest("a weak answer is due the next day", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "I do not know.");
  await page.clock.setSystemTime(Date.now() + 24 * 3600 * 1000);
  await visit(page, url, "progress");
  await page.locator("#due-title + .questions li").waitFor();
  await page.getByRole("button", { name: "Repeat now" }).click();
  await page.getByText("Question 1 of 1").waitFor();
});

pageTest("an answer from the future neither dates later ones nor puts repetition off", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "I do not know.");
  await visit(page, url, "settings");
  const { text } = await download(page, () => page.getByRole("button", { name: "Export everything" }).click());
  const archive = JSON.parse(text);
  archive.attempts[0].id += 5 * 365 * 24 * 3600 * 1000;
  await page.locator("#import").setInputFiles({ name: "e.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(archive)) });
  await page.getByText("Imported: 1 answer").waitFor();
  await mark(page, url, "db-acid", "I do not know.");
  await page.clock.setSystemTime(Date.now() + 24 * 3600 * 1000);
  await visit(page, url, "progress");
  await page.locator("#due-title + .questions li").nth(1).waitFor();
});

const exported = (archive) => ({
  name: "e.json",
  mimeType: "application/json",
  buffer: Buffer.from(`\ufeff${JSON.stringify({ format: "rubrica-progress/1", attempts: [], drafts: {}, rubrics: [], ...archive })}`),
});

pageTest("an import asks before it replaces what is being written", async ({ page, url }) => {
  const field = page.locator("#answer");
  await visit(page, url, "question/db-acid");
  await field.fill("mine");
  await page.getByText("Draft saved").waitFor();
  await visit(page, url, "settings");
  const archive = exported({ drafts: { "db-acid": "theirs", "git-cherry-pick": "new" } });
  await page.locator("#import").setInputFiles(archive);
  await hasFocus(page, "#confirm");
  await page.getByRole("button", { name: "Keep those that are here" }).click();
  await page.getByText("Imported: 0 answers, 1 draft").waitFor();
  await visit(page, url, "question/db-acid");
  assert.equal(await field.inputValue(), "mine");
  await visit(page, url, "settings");
  await page.locator("#import").setInputFiles(archive);
  await page.getByRole("button", { name: "Replace them" }).click();
  await page.getByText("Imported: 0 answers, 2 drafts").waitFor();
  await visit(page, url, "question/db-acid");
  assert.equal(await field.inputValue(), "theirs");
});

pageTest("no own rubric takes the place of a question of the app", async ({ page, url }) => {
  const text = (await readFile(join(root, "web/template.toml"), "utf8")).replace("my-question", "db-acid");
  await visit(page, url, "settings");
  await page.locator("#import").setInputFiles(exported({ rubrics: [{ name: "db-acid.toml", text }] }));
  await page.locator(".notice .technical", { hasText: "the app has a question of this id" }).waitFor();
  await visit(page, url, "question/db-acid");
  await page.locator("h1", { hasText: "ACID" }).waitFor();
  await visit(page, url, "workshop");
  await page.locator("#workshop-open").selectOption("db-acid.toml");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("button", { name: "Remove from my questions" }).click();
  await page.locator(".notice").waitFor({ state: "detached" });
});

pageTest("what a closed page has set aside gives way to what was written later, and to deleting everything", async ({ page, url }) => {
  const aside = () => page.evaluate(() => localStorage.getItem("rubrica-typed"));
  const typed = JSON.stringify({ "db-acid": "OLD" });
  await visit(page, url, "question/db-acid");
  await page.evaluate((typed) => localStorage.setItem("rubrica-typed", typed), typed);
  await page.locator("#answer").fill("newer");
  await page.getByText("Draft saved").waitFor();
  assert.equal(await aside(), null);
  await page.evaluate((typed) => localStorage.setItem("rubrica-typed", typed), typed);
  await visit(page, url, "settings");
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.waitForFunction(() => localStorage.getItem("rubrica-typed") === null);
  await page.evaluate((typed) => localStorage.setItem("rubrica-typed", typed), typed);
  await page.reload();
  await page.getByText("Stored now: 0 answers, 1 draft").waitFor();
  await page.waitForFunction(() => localStorage.getItem("rubrica-typed") === null);
});

pageTest("a write that fails is tried again, and said until it worked", async ({ page, url }) => {
  await visit(page, url, "question/db-acid");
  const put = () => page.evaluate(() => {
    window.put ??= IDBObjectStore.prototype.put;
    const isBroken = IDBObjectStore.prototype.put !== window.put;
    IDBObjectStore.prototype.put = isBroken ? window.put : () => { throw new DOMException("full", "QuotaExceededError"); };
  });
  await put();
  await page.locator("#answer").fill("one");
  await page.locator(".notice", { hasText: "could not be stored" }).waitFor();
  await put();
  await page.locator("#answer").fill("one two");
  await page.locator(".notice").waitFor({ state: "detached" });
  await page.getByText("Draft saved").waitFor();
});

test("a browser that never opens its storage, or loads no worker, says so", async ({ browser, url }) => {
  const { context, page } = await open(browser, "about:blank");
  await page.addInitScript(() => { IDBFactory.prototype.open = () => new EventTarget(); });
  await page.goto(url);
  await page.locator(".notice", { hasText: "does not let the page store anything" }).waitFor();
  await page.locator(".suggestion a.primary").waitFor();
  await context.close();
  const other = await open(browser, "about:blank");
  await other.page.route("**/worker.js", (route) => route.abort());
  await other.page.goto(url);
  await other.page.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
  await other.context.close();
});
