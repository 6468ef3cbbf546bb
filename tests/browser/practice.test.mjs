import assert from "node:assert/strict";
import { example, examples, slice } from "./corpus.mjs";
import { hasFocus, mark, pageTest, visit } from "./harness.mjs";

/** Presses Tab until an element has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${selector}`);
}

pageTest("a whole practice round with the keyboard alone", async ({ page }) => {
  await tabTo(page, "#session-size");
  await page.keyboard.press("Home"); // three questions
  await tabTo(page, ".session-form button[type=submit]");
  await page.keyboard.press("Enter");
  for (let question = 1; question <= 3; question += 1) {
    await page.locator(".session-bar", { hasText: `Question ${question} of 3` }).waitFor();
    await hasFocus(page, "#answer");
    await page.keyboard.type("It is a way to keep data safe, because it does not lose what was written.");
    await page.keyboard.press("Control+Enter");
    await hasFocus(page, "#outcome-title");
    assert.match(await page.locator("[role=status].visually-hidden").first().innerText(), /Marked: .* of .* points/);
    if (question === 1) {
      await tabTo(page, ".actions button.primary");
      await page.keyboard.press("Enter"); // improve
      await hasFocus(page, "#answer");
      assert.match(await page.locator("#answer").inputValue(), /keep data safe/);
      await page.keyboard.press("Control+Enter");
      await hasFocus(page, "#outcome-title");
    }
    await tabTo(page, ".actions button:not(.primary)");
    await page.keyboard.press("Enter");
  }
  await page.getByRole("heading", { level: 1, name: "Session finished" }).waitFor();
  assert.equal(await page.locator(".questions li .band").count(), 3);
});

pageTest("a session can be continued until it is finished", async ({ page, url }) => {
  const stillOpen = page.getByText("Your session is still open at question 1 of 5. Starting another one ends it.");
  await page.getByRole("button", { name: "Start session" }).click();
  await page.getByText("Question 1 of 5").waitFor();
  await visit(page, url, "");
  await stillOpen.waitFor();
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("button", { name: "End session" }).click();
  await page.getByRole("heading", { level: 1, name: "Session finished" }).waitFor();
  await visit(page, url, "");
  await page.getByRole("button", { name: "Start session" }).waitFor();
  assert.equal(await stillOpen.count(), 0);
});

pageTest("evidence is marked exactly where the engine found it", async ({ page, url }) => {
  const withPlaces = (found) => found.evaluation.outcomes?.some((outcome) => outcome.evidence.length > 0);
  const all = (await examples()).filter(withPlaces);
  const unusual = all.filter(({ answer }) => /[^\x00-\x7f]/.test(answer));
  for (const { question, answer, evaluation } of [...all.slice(0, 4), ...unusual.slice(0, 4)]) {
    await mark(page, url, question, answer);
    const encoder = new TextEncoder();
    const covered = new Uint8Array(encoder.encode(answer).length);
    for (const outcome of [...evaluation.outcomes, ...evaluation.misconceptions]) {
      for (const { start, end } of [...outcome.evidence, ...(outcome.against ?? [])]) covered.fill(1, start, end);
    }
    const shown = await page.locator(".marked").evaluate((element) =>
      [...element.childNodes].map((node) => ({ text: node.textContent, isMark: node.nodeType === 1 })));
    let offset = 0;
    for (const { text, isMark } of shown) {
      const end = offset + encoder.encode(text).length;
      assert.equal(slice(answer, offset, end), text);
      for (let byte = offset; byte < end; byte += 1) assert.equal(covered[byte], isMark ? 1 : 0, `${question}: ${text}`);
      offset = end;
    }
    assert.equal(offset, covered.length, "the whole answer is shown");
  }
});

pageTest("a finding and its evidence point at each other", async ({ page, url }) => {
  const { question, answer } = await example(({ evaluation }) => evaluation.outcomes?.some((outcome) => outcome.evidence.length > 0));
  await mark(page, url, question, answer);
  const quote = page.locator(".quote").first();
  await quote.focus();
  await page.locator(".marked .mark.active").first().waitFor();
  await quote.press("Enter");
  await hasFocus(page, ".marked .mark");
  await page.keyboard.press("Enter");
  await hasFocus(page, ".finding");
  await page.mouse.move(0, 0);
  await page.locator(".finding:has(.quote)").first().hover();
  await page.locator(".marked .mark.active").first().waitFor();
  await page.mouse.move(0, 0);
  await page.locator(".marked .mark.active").first().waitFor({ state: "detached" });
  await page.locator(".marked .mark").first().hover();
  await page.locator(".finding.active").waitFor();
  await page.mouse.move(0, 0);
  await page.locator(".marked .mark").first().focus();
  await page.locator(".finding.active").waitFor();
});

pageTest("what is missing is a hint until it is asked for", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "I only know that both are used on the internet every day.");
  const missed = page.locator(".finding.missed").first();
  await missed.waitFor();
  assert.equal(await missed.locator("strong").count(), 0);
  assert.equal(await page.locator(".reference").count(), 0);
  await missed.getByRole("button", { name: "Show what is missing" }).click();
  await missed.locator("strong").waitFor();
  await hasFocus(page, ".finding.missed");
  await page.getByRole("button", { name: "Reference answer and sources" }).click();
  assert.ok((await page.locator(".reference").innerText()).length > 100);
  assert.ok((await page.locator(".sources li").count()) > 0);
});

pageTest("a contradiction shows both places", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "UDP does not guarantee delivery or order. UDP guarantees that every packet arrives in order.");
  const finding = page.locator(".finding.contradicted, .finding.partial", { has: page.locator(".quote.against") }).first();
  await finding.waitFor();
  const answer = await page.locator(".marked").innerText();
  const place = async (selector) => answer.indexOf((await finding.locator(selector).first().innerText()).replace(/[“”]/g, ""));
  assert.ok((await place(".quote:not(.against)")) >= 0);
  assert.ok((await place(".quote.against")) >= 0);
  assert.ok((await page.locator(".marked .mark.against").count()) > 0);
  assert.ok((await page.locator(".marked .mark:not(.against)").count()) > 0);
});

pageTest("a long answer is printed whole and dark on light", async ({ page, url }) => {
  await page.evaluate(() => localStorage.setItem("rubrica-theme", "dark"));
  await page.reload();
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments.\n".repeat(80));
  await page.emulateMedia({ media: "print" });
  const shown = await page.locator(".marked").evaluate((element) => ({
    isWhole: element.scrollHeight <= element.clientHeight + 1,
    background: getComputedStyle(element).backgroundColor,
  }));
  assert.deepEqual(shown, { isWhole: true, background: "rgb(255, 255, 255)" });
});

pageTest("a draft survives reloading", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.locator("#answer").fill("TCP waits for <b>acknowledgements</b> & é ✓");
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await page.locator("#answer").waitFor();
  assert.equal(await page.locator("#answer").inputValue(), "TCP waits for <b>acknowledgements</b> & é ✓");
});

pageTest("typing is kept without a pause, on leaving the question and on leaving the page", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp");
  const field = page.locator("#answer");
  await field.waitFor();
  const kept = () => page.evaluate(() => new Promise((resolve) => {
    indexedDB.open("rubrica").onsuccess = ({ target: { result } }) => {
      result.transaction("drafts").objectStore("drafts").get("net-tcp-vs-udp").onsuccess = (event) => {
        result.close();
        resolve(JSON.parse(event.target.result ?? '""'));
      };
    };
  }));
  const typing = field.pressSequentially("TCP numbers every byte. ".repeat(4), { delay: 25 });
  await page.waitForTimeout(1500);
  assert.match(await kept(), /^TCP numbers/, "kept while somebody types");
  await typing;
  await field.press("x");
  await visit(page, url, "settings");
  await visit(page, url, "question/net-tcp-vs-udp");
  assert.match(await field.inputValue(), /byte\. x$/, "kept on leaving the question");
  await field.press("End");
  await field.press("y");
  await page.reload();
  await field.waitFor();
  assert.match(await field.inputValue(), /byte\. xy$/, "kept on leaving the page");
});

pageTest("a disagreement is kept beside the score", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", `TCP resends lost segments and delivers them in order. ${"x".repeat(300)}`);
  const points = await page.locator("#outcome-title .points").innerText();
  const form = page.getByRole("button", { name: "I disagree with the score" });
  await form.click();
  await page.locator("#outcome-own-points").fill("5");
  await page.locator("#outcome-own-reason").fill("I meant both.");
  await form.click();
  await form.click();
  assert.equal(await page.locator("#outcome-own-reason").inputValue(), "I meant both.", "what is typed stays");
  await page.getByRole("button", { name: "Keep my judgement" }).click();
  await hasFocus(page, "#outcome-disagree");
  await page.getByText("Your judgement: 5 of").first().waitFor();
  assert.equal(await page.locator("#outcome-title .points").innerText(), points);
  await page.reload();
  await page.locator(".earlier summary").click();
  await page.locator(".earlier .own-judgement", { hasText: "I meant both." }).waitFor();
  assert.ok((await page.locator(".earlier-head").innerText()).includes(points));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "a long word is broken");
});

pageTest("an earlier text replaces what is being written only when the learner says so", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "UDP is faster.");
  await page.getByRole("button", { name: "Improve my answer", exact: true }).click();
  const field = page.locator("#answer");
  await field.fill("TCP is slower, but loses nothing.");
  await page.locator(".earlier summary").click();
  const reuse = page.getByRole("button", { name: "Work on this text" });
  await reuse.click();
  await hasFocus(page, "#confirm-reuse");
  await reuse.click();
  await hasFocus(page, "#confirm-reuse");
  await page.getByRole("button", { name: "Keep what I am writing" }).click();
  await hasFocus(page, "#answer");
  assert.equal(await field.inputValue(), "TCP is slower, but loses nothing.");
  await reuse.click();
  await page.getByRole("button", { name: "Replace it" }).click();
  await hasFocus(page, "#answer");
  assert.equal(await field.inputValue(), "UDP is faster.");
  await visit(page, url, "");
  await visit(page, url, "question/net-tcp-vs-udp");
  await field.waitFor();
  assert.equal(await field.inputValue(), "UDP is faster.");
});

pageTest("an empty answer asks for one", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator(".problem", { hasText: "Write something first" }).waitFor();
  await hasFocus(page, "#answer");
  await page.keyboard.type("T");
  await page.locator(".problem").waitFor({ state: "detached" });
});

pageTest("questions are found by words, topic, kind and level", async ({ page }) => {
  const count = async () => Number(/^(\d+) of/.exec(await page.locator(".browse .count").innerText())[1]);
  const all = await count();
  assert.equal(await page.locator(".topic .questions a:visible").count(), 0, "topics are closed at first");
  await page.locator(".topic summary").first().click();
  const opened = page.locator(".topic .questions a:visible");
  await opened.first().waitFor();
  const n = await opened.count();
  await page.locator("#filter-words").fill("tcp udp");
  await page.locator(".topic .questions a:visible", { hasText: "Compare TCP and UDP." }).waitFor();
  assert.ok((await count()) >= 1 && (await count()) < all / 4);
  await page.locator("#filter-words").fill("");
  await page.locator(".browse .count", { hasText: `${all} of ${all}` }).waitFor();
  assert.equal(await opened.count(), n, "what was open before the search");
  await page.locator("#filter-kind").selectOption("comparison");
  const comparisons = await count();
  assert.ok(comparisons > 0 && comparisons < all);
  await page.locator("#filter-level").selectOption({ index: 1 });
  assert.ok((await count()) <= comparisons);
  await page.locator("#filter-words").fill("no question has these words");
  await page.getByRole("button", { name: "Show all questions" }).click();
  await hasFocus(page, "#filter-words");
  await page.locator(".browse .count", { hasText: `${all} of ${all}` }).waitFor();
});

pageTest("the list of questions is as it was left, and tells where a draft waits", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 500 });
  await page.locator(".topic summary").last().click();
  await page.locator("#filter-words").fill("and");
  const link = page.locator(".topic .questions a").last();
  const [id, href] = [await link.innerText(), await link.getAttribute("href")];
  await link.click();
  await page.locator("h1.prompt", { hasText: id }).waitFor();
  assert.equal(`#/question/${await page.locator(".expects code").innerText()}`, href);
  await page.locator("#answer").fill("begun");
  await page.getByRole("link", { name: "All questions" }).click();
  assert.equal(await page.locator("#filter-words").inputValue(), "and");
  await page.locator(".questions > li", { has: page.locator(`a[href="${href}"]`), hasText: "Draft" }).waitFor();
  await page.waitForFunction(() => scrollY > 300);
  await page.locator("#filter-words").fill("");
  assert.ok((await page.locator(".topic[open]").count()) === 1, "the topic that was opened");
});

pageTest("a timer runs down, says so, and leads to the summary", async ({ page }) => {
  await page.clock.install();
  await page.locator("#session-minutes").selectOption("10");
  await page.getByRole("button", { name: "Start session" }).click();
  await page.getByRole("timer").waitFor();
  await page.clock.runFor(11 * 60 * 1000);
  await page.getByText("Time is up").waitFor();
  assert.equal(await page.getByRole("timer").innerText(), "0:00");
  await page.getByRole("button", { name: "See the result" }).click();
  await page.getByRole("heading", { level: 1, name: "Session finished" }).waitFor();
});

pageTest("another question is one that was not skipped yet", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp");
  const prompts = [];
  for (let round = 0; round < 4; round += 1) {
    prompts.push(await page.locator("h1").innerText());
    await page.getByRole("button", { name: "Another question" }).click();
    await page.waitForFunction((before) => document.querySelector("h1").innerText !== before, prompts[round]);
  }
  assert.equal(new Set(prompts).size, 4, prompts.join(" | "));
});

pageTest("what was said about the last answer stays while it is improved", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "UDP guarantees delivery. TCP resends lost segments.");
  const missing = page.locator(".finding.missed");
  const n = await missing.count();
  await page.getByRole("button", { name: "Improve my answer", exact: true }).click();
  await hasFocus(page, "#answer");
  await page.getByRole("heading", { name: "About your last answer" }).waitFor();
  assert.equal(await missing.count(), n);
  assert.equal(await missing.locator("strong").count(), 0, "hints, no answers");
  await page.locator("#answer").fill("TCP resends lost segments.");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await hasFocus(page, "#outcome-title");
  assert.equal(await page.locator(".last").count(), 0);
});

pageTest("the marking of an earlier answer opens again", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments.");
  const points = await page.locator("#outcome-title .points").innerText();
  await visit(page, url, "");
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.locator(".earlier summary").click();
  await page.getByRole("button", { name: "Show the marking" }).click();
  await page.locator("#earlier-title .points", { hasText: points }).waitFor();
  await page.getByRole("button", { name: "I disagree with the score" }).click();
  await page.locator("#earlier-own-points").fill("5");
  await page.locator("#earlier-own-reason").fill("I meant both.");
  await page.getByRole("button", { name: "Keep my judgement" }).click();
  await page.locator(".own-judgement", { hasText: "Your judgement: 5 of" }).waitFor();
  await page.getByRole("button", { name: "I disagree with the score" }).click();
  assert.equal(await page.locator("#earlier-own-points").inputValue(), "5");
});

pageTest("one earlier answer is deleted once the learner has said so", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments.");
  await mark(page, url, "net-tcp-vs-udp", "No idea.");
  const summary = page.locator(".earlier summary");
  await summary.click();
  const remove = page.locator(".earlier li").first().getByRole("button", { name: "Delete", exact: true });
  await remove.click();
  await hasFocus(page, "#confirm-forget");
  await page.getByRole("button", { name: "Keep it" }).click();
  await hasFocus(page, "#earlier-answers");
  await remove.click();
  await page.getByRole("button", { name: "Delete this answer" }).click();
  await hasFocus(page, "#earlier-answers");
  await summary.filter({ hasText: "1 earlier answer" }).waitFor();
  await page.locator(".earlier-answer", { hasText: "TCP resends" }).waitFor();
  await page.reload();
  await summary.filter({ hasText: "1 earlier answer" }).waitFor();
});

pageTest("an outcome is seen again on the way back and after reloading, until the text is another", async ({ page, url }) => {
  const field = page.locator("#answer");
  const outcome = page.locator("#outcome-title .points");
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments.");
  const points = await outcome.innerText();
  await page.reload();
  await outcome.filter({ hasText: points }).waitFor();
  await hasFocus(page, "body");
  await visit(page, url, "");
  await page.goBack();
  await outcome.filter({ hasText: points }).waitFor();
  await hasFocus(page, "h1#title");
  await page.locator(".earlier summary", { hasText: "1 earlier answer" }).waitFor();

  // Who opens the question is asked anew.
  await visit(page, url, "");
  await visit(page, url, "question/net-tcp-vs-udp");
  await hasFocus(page, "#answer");
  assert.equal(await field.inputValue(), "");
  await page.goBack();
  await page.goBack();

  await page.getByRole("button", { name: "Improve my answer", exact: true }).click();
  await hasFocus(page, "#answer");
  await field.press("End");
  await field.press("x");
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "About your last answer" }).waitFor();
  assert.equal(await field.inputValue(), "TCP resends lost segments.x");
  await hasFocus(page, "#answer");
  await field.press("End");
  await field.press("Backspace");
  await page.getByText("Draft saved").waitFor();
  await page.reload();
  await outcome.filter({ hasText: points }).waitFor();
  assert.equal(await field.count(), 0);
});

pageTest("a session shows the outcome of its question again, and asks the next one", async ({ page }) => {
  await page.getByRole("button", { name: "Start session" }).click();
  await page.locator("#answer").fill("It keeps data safe.");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#outcome-title").waitFor();
  await page.reload();
  await page.locator("#outcome-title").waitFor();
  await page.getByRole("button", { name: "Next question" }).click();
  await page.getByText("Question 2 of 5").waitFor();
  await hasFocus(page, "#answer");
  assert.equal(await page.locator("#answer").inputValue(), "");
});

pageTest("a double click on Check checks once and shows the outcome", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.locator("#answer").fill("TCP resends lost segments.");
  await page.getByRole("button", { name: "Check", exact: true }).dblclick({ delay: 30 });
  await page.locator("#outcome-title").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#outcome-title").count(), 1);
  await page.locator(".earlier summary", { hasText: "1 earlier answer" }).waitFor();
});
