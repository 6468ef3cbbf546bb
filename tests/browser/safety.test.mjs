import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mark, open, pageTest, root, test, visit } from "./harness.mjs";

const attacks = `<img src=x onerror="window.broken=1"><script>window.broken=1</script></textarea><svg onload=window.broken=1> [x](javascript:window.broken=1)`;

const isWhole = async (page) => {
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.equal(await page.locator("main img, main script, main svg[onload]").count(), 0);
};

pageTest("markup in answers stays text", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", `TCP is reliable ${attacks}`);
  assert.ok((await page.locator(".marked").innerText()).includes("<img src=x onerror"));
  await isWhole(page);
  await page.reload();
  await page.locator(".earlier summary").click();
  assert.ok((await page.locator(".earlier-answer").innerText()).includes("<script>"));
  await isWhole(page);
});

pageTest("markup in files stays text", async ({ page, url }) => {
  await visit(page, url, "batch");
  const buffer = Buffer.from(`${JSON.stringify({ question_id: attacks, answer: attacks })}\n${JSON.stringify({ question_id: "db-acid", answer: attacks })}\n`);
  await page.locator("#batch-file").setInputFiles({ name: `${attacks.slice(0, 30)}.jsonl`, mimeType: "text/plain", buffer });
  await page.locator("#batch-state", { hasText: /^1 answer marked, .* 1 row could not/ }).waitFor();
  await page.locator(".open-row").nth(1).click();
  await page.locator("#row-outcome-title").waitFor();
  await isWhole(page);
});

pageTest("markup and script addresses in rubrics stay text", async ({ page, url }) => {
  const template = await readFile(join(root, "web/template.toml"), "utf8");
  const quoted = JSON.stringify(attacks);
  const rubric = template
    .replace('prompt = "What does a mutex protect?"', `prompt = ${quoted}`)
    .replace('label = "Only one thread at a time holds the lock"', `label = ${quoted}`)
    .replace("[[criteria]]", `[[sources]]\ndocument = ${quoted}\nurl = "javascript:window.broken=1"\n\n[[criteria]]`);
  await visit(page, url, "workshop");
  const add = page.getByRole("button", { name: "Add to my questions" });
  // The button adds the text that was checked last.
  await page.locator("#rubric").fill("");
  await add.waitFor({ state: "detached" });
  await page.locator("#rubric").fill(rubric);
  await add.click();
  await page.getByRole("link", { name: "Practise it" }).click();
  await page.locator("#answer").fill("one thread");
  await page.keyboard.press("Control+Enter");
  await page.locator("#outcome-title").waitFor();
  await page.getByRole("button", { name: "Reference answer and sources" }).click();
  assert.equal(await page.locator(".sources a").count(), 0);
  assert.ok((await page.locator("h1").innerText()).includes("<img"));
  await isWhole(page);
});

test("the page forbids what it does not need", async ({ browser, url }) => {
  const html = await readFile(join(root, "web/dist/index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1];
  assert.match(policy, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  assert.doesNotMatch(html, /<script(?![^>]*src=)[^>]*>|<style|\son[a-z]+=|\sstyle=/);
  const { context, page } = await open(browser, url);
  await page.locator("h1#title").waitFor();
  const isBlocked = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.inline = true";
    document.body.append(script);
    return window.inline === undefined;
  });
  assert.ok(isBlocked);
  await context.close();
});
