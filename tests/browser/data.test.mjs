import assert from "node:assert/strict";
import { download, mark, pageTest, visit } from "./harness.mjs";

pageTest("export, delete and import give everything back", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments. “Quoted” <i>é</i>");
  await mark(page, url, "db-acid", "Atomicity means all or nothing.");
  await page.getByRole("button", { name: "I disagree with the score" }).click();
  await page.locator("#own-points").fill("5");
  await page.locator("#own-reason").fill("It covers more.");
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
  await page.getByRole("button", { name: "Delete everything", exact: true }).click();
  await page.getByText("Everything was deleted.").waitFor();
  await page.reload();
  await page.getByText("Stored now: 0 answers, 0 drafts").waitFor();

  const file = (text) => ({ name: "export.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.locator("#import").setInputFiles(file("{}"));
  await page.getByText("is no export of Rubrica").waitFor();
  await page.locator("#import").setInputFiles(file(before.text));
  await page.getByText("2 answers imported.").waitFor();
  await page.reload();
  await page.getByText("Stored now: 2 answers, 1 drafts").waitFor();
  assert.equal((await exportAll()).text, before.text);
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
