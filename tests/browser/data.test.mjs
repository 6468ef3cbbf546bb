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
  await hasFocus(page, "#confirm-delete");
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
  await page.locator("#language").selectOption("de");
  await page.getByText("ist kein Export von Rubrica").waitFor();
  await page.locator("#language").selectOption("en");
  await page.locator("#import").setInputFiles(file(before.text.slice(0, -20)));
  await page.getByText("damaged or cut off").waitFor();
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
    { name: "copy", text: `${template}# copy` },
  ];
  const archive = { format: "rubrica-progress/1", attempts: [], drafts: {}, rubrics };
  await visit(page, url, "settings");
  await page.locator("#import").setInputFiles({ name: "e.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(archive)) });
  await page.getByText("Imported: 0 answers, 0 drafts, 3 rubrics.").waitFor();
  await page.locator(".notice .technical", { hasText: "old-question.toml" }).waitFor();
  await page.getByRole("link", { name: "Open or remove them in the workshop" }).click();
  for (const { name } of rubrics.slice(1)) {
    await page.locator("#workshop-open").selectOption(name);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.getByRole("button", { name: "Remove from my questions" }).click();
    await hasFocus(page, "#rubric");
    await page.locator(".notice .technical", { hasText: name }).waitFor({ state: "detached" });
  }
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
  await page.setViewportSize({ width: 360, height: 740 });
  const [label, chart] = await Promise.all([".chart text", ".chart svg"].map((selector) => page.locator(selector).boundingBox()));
  assert.ok(label.x >= chart.x, "the first date is whole");
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
  await hasFocus(page, "#confirm-import");
  // Another question does not take the place of this one.
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await hasFocus(page, "#confirm-delete");
  await page.getByRole("button", { name: "Keep everything" }).click();
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

pageTest("what is written before the storage opens is kept once it does", async ({ page, url }) => {
  const typeDraft = async (question, text) => {
    await visit(page, url, `question/${question}`);
    await page.locator("#answer").fill(text);
    await page.getByText("Draft saved").waitFor();
  };
  await typeDraft("db-acid", "old");
  await typeDraft("git-cherry-pick", "old");
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...of) {
      const request = open.apply(this, of);
      if (localStorage.getItem("slow")) {
        request.addEventListener("success", (event) => {
          window.openStorage = () => request.dispatchEvent(new Event("success"));
          if (event.isTrusted) event.stopImmediatePropagation();
        });
      }
      return request;
    };
  });
  await page.evaluate(() => {
    localStorage.setItem("slow", "yes");
    localStorage.setItem("rubrica-typed", JSON.stringify({ "db-acid": "OLD" }));
  });
  await page.reload();
  const notice = page.locator(".notice", { hasText: "does not let the page store anything" });
  await notice.waitFor();
  await visit(page, url, "settings");
  await page.getByRole("button", { name: "Delete everything…" }).click();
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await visit(page, url, "question/db-acid");
  await page.locator("#answer").fill("newer");
  await visit(page, url, "settings");
  await page.evaluate(() => window.openStorage());
  await notice.waitFor({ state: "detached" });
  await page.getByText("Stored now: 0 answers, 1 draft,").waitFor();
  await page.waitForFunction(() => localStorage.getItem("rubrica-typed") === null);
  await page.evaluate(() => localStorage.removeItem("slow"));
  await page.reload();
  await page.getByText("Stored now: 0 answers, 1 draft,").waitFor();
  await visit(page, url, "question/db-acid");
  assert.equal(await page.locator("#answer").inputValue(), "newer");
});

pageTest("a draft that this version cannot read moves no other to another question", async ({ page, url }) => {
  for (const question of ["db-acid", "git-cherry-pick"]) {
    await visit(page, url, `question/${question}`);
    await page.locator("#answer").fill(`about ${question}`);
    await page.getByText("Draft saved").waitFor();
  }
  await page.evaluate(() => new Promise((resolve) => {
    indexedDB.open("rubrica").onsuccess = ({ target: { result } }) => {
      const transaction = result.transaction("drafts", "readwrite");
      transaction.objectStore("drafts").put("{", "db-acid");
      transaction.oncomplete = resolve;
    };
  }));
  await page.reload();
  await page.locator("#answer").waitFor();
  assert.equal(await page.locator("#answer").inputValue(), "about git-cherry-pick");
  await visit(page, url, "question/db-acid");
  assert.equal(await page.locator("#answer").inputValue(), "");
});

pageTest("files that are no text in UTF-8 are refused", async ({ page, url }) => {
  const latin1 = { name: "latin.txt", mimeType: "text/plain", buffer: Buffer.from('{"format": "é"}', "latin1") };
  const utf16 = { ...latin1, buffer: Buffer.from("\ufeffabc", "utf16le") };
  const refused = async (picker, place) => {
    await page.locator(picker).setInputFiles(latin1);
    await page.locator(place, { hasText: "latin.txt is not UTF-8. Save it as UTF-8." }).waitFor();
    await page.locator(picker).setInputFiles(utf16);
    await page.locator(place, { hasText: "latin.txt is UTF-16." }).waitFor();
  };
  await visit(page, url, "settings");
  await refused("#import", ".said");
  await visit(page, url, "workshop");
  const rubric = await page.locator("#rubric").inputValue();
  await refused("#workshop-file", ".said");
  assert.equal(await page.locator("#rubric").inputValue(), rubric);
  await page.getByText("Draft rubrics from a document").click();
  await refused("#drafting-file", "#drafts-found");
});

test("a browser that never opens its storage, loads no worker, or starts none, says so", async ({ browser, url }) => {
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
  const third = await open(browser, "about:blank");
  await third.page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message) {
      post.call(this, message instanceof WebAssembly.Module ? new ArrayBuffer(4) : message);
    };
  });
  await third.page.goto(url);
  await third.page.getByRole("alert").filter({ hasText: "could not start" }).filter({ hasText: "CompileError" }).waitFor();
  await third.context.close();
});
