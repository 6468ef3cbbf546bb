import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { download, hasFocus, open, pageTest, root, test, visit } from "./harness.mjs";

const template = await readFile(join(root, "web/template.toml"), "utf8");

pageTest("the workshop shows an error at its line", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.getByText("No problems found.").waitFor();
  const broken = template.replace("points = 2", "pionts = 2");
  const line = broken.split("\n").indexOf("pionts = 2") + 1;
  await page.locator("#rubric").fill(broken);
  const place = page.locator("#problems .error .place, #problems .warning .place").first();
  await place.waitFor();
  assert.equal(await place.innerText(), `Line ${line}, column 1`);
  assert.ok((await page.locator(".backdrop [class^=underline]").first().innerText()).startsWith("pionts"));
  // Also at the end of the text, the underline lies behind the line that it belongs to.
  await page.locator("#rubric").evaluate((field) => { field.scrollTop = field.scrollHeight; });
  const underlined = () => page.evaluate(() => {
    const [field, backdrop] = [document.querySelector("#rubric"), document.querySelector(".backdrop")];
    const { lineHeight, paddingTop } = getComputedStyle(field);
    const top = document.querySelector("[class^=underline]").getBoundingClientRect().top - field.getBoundingClientRect().top;
    return [field.scrollTop - backdrop.scrollTop, Math.floor((top + field.scrollTop - parseFloat(paddingTop)) / parseFloat(lineHeight)) + 1];
  });
  await page.waitForFunction(() => document.querySelector("#rubric").scrollTop === document.querySelector(".backdrop").scrollTop);
  assert.deepEqual(await underlined(), [0, line]);
  await place.click();
  const cursor = await page.locator("#rubric").evaluate((field) => field.value.slice(0, field.selectionStart));
  assert.equal(cursor.split("\n").length, line);
});

pageTest("examples are marked again while typing, with the difference", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.getByText("2 of 2 as expected").waitFor();
  await page.locator("#rubric").fill(template.replace('any = ["shar* (data|state|memory|resource)", "~(race condition|data race)"]', 'any = ["zebra"]'));
  const change = page.locator(".moved li", { hasText: "shared-data" });
  await change.waitFor();
  assert.match(await change.innerText(), /shared-data 1 → 0/);
  await page.getByRole("button", { name: "Count from here instead" }).click();
  await change.waitFor({ state: "detached" });
  // A visit elsewhere loses nothing of what the rubric was.
  await visit(page, url, "progress");
  await visit(page, url, "workshop");
  await change.waitFor();
});

pageTest("a rubric is opened, saved, added and practised", async ({ page, url }) => {
  await visit(page, url, "workshop");
  assert.equal(await page.locator("#workshop-open").inputValue(), "");
  await page.locator("#workshop-open").selectOption("db-acid");
  assert.equal(await page.locator("#rubric").inputValue(), template, "choosing opens nothing yet");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  const file = await readFile(join(root, "rubrics/db-acid.toml"), "utf8");
  await page.waitForFunction((file) => document.querySelector("#rubric").value === file, file);
  const field = page.locator("#rubric");
  assert.deepEqual(await field.evaluate(({ selectionStart, selectionEnd, scrollTop }) => [selectionStart, selectionEnd, scrollTop]), [0, 0, 0]);
  await page.locator("label[for=rubric]", { hasText: "Rubric: db-acid" }).waitFor();
  await page.getByText("This question belongs to the app").waitFor();
  await page.locator("#workshop-file").setInputFiles({ name: "my.toml", mimeType: "text/plain", buffer: Buffer.from(template) });
  await page.getByRole("button", { name: "Add to my questions" }).waitFor();
  const saved = await download(page, () => page.getByRole("button", { name: "Save as file" }).click());
  assert.deepEqual(saved, { name: "my-question.toml", text: template });
  // What was opened or saved, and not changed since, may go: also after a visit elsewhere.
  const openNew = () => page.getByRole("button", { name: "New", exact: true }).click();
  await page.locator("#workshop-open").selectOption("db-acid");
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.waitForFunction((file) => document.querySelector("#rubric").value === file, file);
  await visit(page, url, "progress");
  await visit(page, url, "workshop");
  await openNew();
  assert.equal(await field.inputValue(), template);
  await field.fill(`${template}# saved`);
  await download(page, () => page.getByRole("button", { name: "Save as file" }).click());
  await visit(page, url, "progress");
  await visit(page, url, "workshop");
  await openNew();
  assert.equal(await field.inputValue(), template);
  await page.getByRole("button", { name: "Add to my questions" }).click();
  await hasFocus(page, "#own-rubric");
  await page.getByRole("link", { name: "Practise it" }).click();
  await page.locator("#answer").fill("Only one thread at a time may enter, which protects shared data.");
  await page.keyboard.press("Control+Enter");
  await page.locator("#outcome-title", { hasText: "3 of 3 points" }).waitFor();
  await page.reload();
  await page.locator("h1.prompt", { hasText: "What does a mutex protect?" }).waitFor();
  const answered = page.locator(".tiles dd").first();
  await visit(page, url, "progress");
  await answered.filter({ hasText: /^1 \// }).waitFor();
  await visit(page, url, "workshop");
  await page.getByRole("button", { name: "Remove from my questions" }).click();
  await page.getByRole("button", { name: "Add to my questions" }).waitFor();
  await visit(page, url, "progress");
  await answered.filter({ hasText: /^0 \// }).waitFor();
  await page.locator(".tiles dd", { hasText: /^–$/ }).waitFor();
  await page.getByRole("link", { name: "my-question" }).click();
  await page.locator(".earlier-answer", { hasText: "Only one thread at a time" }).waitFor();
});

pageTest("two tabs keep each other's own rubrics and say what they do not know", async ({ context, page, url }) => {
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) await visit(tab, url, "workshop");
  for (const [index, tab] of tabs.entries()) {
    const add = tab.getByRole("button", { name: "Add to my questions" });
    // The button adds the text that was checked last.
    await tab.locator("#rubric").fill("");
    await add.waitFor({ state: "detached" });
    await tab.locator("#rubric").fill(template.replace("my-question", `question-${index}`));
    await add.click();
    await tab.getByText("Among your questions.").waitFor();
  }
  await page.locator(".notice", { hasText: "in another tab" }).getByRole("button", { name: "Reload" }).click();
  await page.locator(".notice").waitFor({ state: "detached" });
  await visit(page, url, "settings");
  await page.reload();
  await page.getByText("2 rubrics").waitFor();
});

pageTest("an answer is tried on the rubric", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.setViewportSize({ width: 550, height: 800 });
  const position = () => page.locator(".workshop-edit").evaluate((element) => getComputedStyle(element).position);
  assert.equal(await position(), "static", "in one column, nothing lies over the field");
  await page.locator("#trial").fill("Only one thread can hold it.");
  await page.locator("#trial-outcome-title", { hasText: "of 3 points" }).waitFor();
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await page.locator("#trial").waitFor();
  assert.equal(await page.locator("#trial").inputValue(), "Only one thread can hold it.");
});

pageTest("what the tried answer came close to stands beside it, in the language of the page", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.locator("#rubric").fill(`${template}
[[misconceptions]]
id = "speed"
label = "A mutex makes the program faster"
any = ["(fast*|quick*) program"]
`);
  await page.locator("#trial").fill("One thread at a time has the memory that both share. Is it a fast program?");
  const near = (label) => page.locator(".finding", { hasText: label }).locator(".near li");
  const pattern = "shar* (data|state|memory|resource)";
  await near("It protects data").filter({ hasText: `memory … share nearly matches ${pattern}The words of one of its phrases` }).waitFor();
  await near("speed").filter({ hasText: "It is asked, not said." }).waitFor();
  assert.equal(await near("Only one thread at a time").count(), 0, "what earned all its points has none");
  await visit(page, url, "settings");
  await page.locator("#language").selectOption("de");
  await visit(page, url, "workshop");
  await near("It protects data").filter({ hasText: `passt beinahe auf ${pattern}Die Wörter einer seiner Wendungen` }).waitFor();
  await page.getByRole("heading", { name: "Beinahe als Irrtum gewertet" }).waitFor();
});

pageTest("a rubric under way survives leaving the page at once", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.locator("#rubric").press("Control+End");
  await page.locator("#rubric").pressSequentially("# begun");
  await page.reload();
  await page.locator("#rubric").waitFor();
  assert.equal((await page.locator("#rubric").inputValue()).slice(-7), "# begun");
});

pageTest("a text that is saved nowhere else is replaced only when its author says so", async ({ page, url }) => {
  await visit(page, url, "workshop");
  const text = () => page.locator("#rubric").inputValue();
  const mine = `${template}# mine`;
  const openNew = () => page.getByRole("button", { name: "New", exact: true }).click();
  await page.locator("#rubric").fill(mine);
  await openNew();
  await hasFocus(page, "#confirm-open");
  await openNew();
  await hasFocus(page, "#confirm-open");
  await page.getByRole("button", { name: "Keep it" }).click();
  await hasFocus(page, "#rubric");
  assert.equal(await text(), mine);
  await page.locator("#workshop-file").setInputFiles({ name: "my.toml", mimeType: "text/plain", buffer: Buffer.from("# other") });
  await page.getByRole("button", { name: "Replace it" }).click();
  assert.equal(await text(), "# other");
  await openNew();
  assert.equal(await text(), template, "a text as it was opened goes without a question");
});

pageTest("rubrics are drafted from a document", async ({ page, url }) => {
  await visit(page, url, "workshop");
  await page.getByText("Draft rubrics from a document").click();
  await page.locator("#drafting-text").fill("no headings, nothing below them");
  await visit(page, url, "progress");
  await visit(page, url, "workshop");
  assert.equal(await page.locator("#drafting-text").inputValue(), "no headings, nothing below them");
  await page.getByRole("button", { name: "Make drafts" }).click();
  await page.locator("#drafts-found", { hasText: "No draft came of this text." }).waitFor();
  await hasFocus(page, "#drafts-found");
  await page.locator("#drafting-text").fill(
    "# Networks\n\n## What is TCP?\n\n- It resends lost segments.\n- It delivers the bytes in their order.\n- It opens a connection with a handshake of three steps.\n",
  );
  await page.getByRole("button", { name: "Make drafts" }).click();
  await page.locator("#drafts-found", { hasText: "1 draft." }).waitFor();
  await visit(page, url, "progress");
  await visit(page, url, "workshop");
  await page.getByRole("button", { name: "What is TCP?" }).click();
  await page.waitForFunction(() => document.querySelector("#rubric").value.includes("[[criteria]]") && document.querySelector("#rubric").value.includes("resends lost segments"));
  await page.locator(".problems .error").waitFor({ state: "detached" });
});

pageTest("an id is understood however it is written", async ({ page, url }) => {
  await visit(page, url, "workshop");
  const add = page.getByRole("button", { name: "Add to my questions" });
  for (const id of ["id = 'single-quotes'", '"id" = "quoted-key"', '  id = "indented"']) {
    await page.locator("#rubric").fill("");
    await add.waitFor({ state: "detached" });
    await page.locator("#rubric").fill(template.replace('id = "my-question"', id));
    await add.waitFor();
    await page.getByText("No problems found.").waitFor();
  }
});

pageTest("a file with carriage returns shows its problems where they are", async ({ page, url }) => {
  await visit(page, url, "workshop");
  const broken = `\ufeff${template.replace("points = 1", "pionts = 1").replaceAll("\n", "\r\n")}`;
  await page.locator("#workshop-file").setInputFiles({ name: "my.toml", mimeType: "text/plain", buffer: Buffer.from(broken) });
  await page.locator("#problems .error .place", { hasText: "Line 19, column 1" }).click();
  const selected = await page.locator("#rubric").evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  assert.equal(selected, "pionts");
  assert.ok((await page.locator(".backdrop [class^=underline]").first().innerText()).startsWith("pionts"));
});

test("a part of the app that cannot be loaded is told, until it can", async ({ browser, url }) => {
  // Not by the service worker, which would ask past the page's routes.
  const { context, page } = await open(browser, url, { serviceWorkers: "block" });
  await context.route(/drafts_bg\.wasm|examples\.txt/, (route) => route.abort());
  await visit(page, url, "workshop");
  const openChosen = async () => {
    await page.locator("#workshop-open").selectOption("db-acid");
    await page.getByRole("button", { name: "Open", exact: true }).click();
  };
  await openChosen();
  const failure = "A part of the app could not be loaded. Check the connection";
  await page.locator(".said", { hasText: failure }).waitFor();
  await page.getByText("Draft rubrics from a document").click();
  await page.locator("#drafting-text").fill("# Networks\n\n## What is TCP?\n\n- It resends lost segments.\n");
  await page.getByRole("button", { name: "Make drafts" }).click();
  await page.locator("#drafts-found", { hasText: failure }).waitFor();
  await context.unroute(/drafts_bg\.wasm|examples\.txt/);
  await openChosen();
  await page.locator("label[for=rubric]", { hasText: "db-acid" }).waitFor();
  assert.equal(await page.locator(".said").innerText(), "");
  await page.getByRole("button", { name: "Make drafts" }).click();
  await page.locator("#drafts-found", { hasText: "1 draft." }).waitFor();
  await context.close();
});
