import assert from "node:assert/strict";
import axe from "axe-core";
import { mark, open, pageTest, test, visit } from "./harness.mjs";
import { scenes } from "./scenes.mjs";

const RULES = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

for (const theme of ["light", "dark"]) {
  test(`no page has a violation that axe finds, ${theme}`, async ({ browser, url }) => {
    for (const { name, show } of scenes) {
      const { context, page } = await open(browser, url, { colorScheme: theme, reducedMotion: "reduce" });
      await page.locator("h1#title").waitFor();
      await show(page, url);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
      assert.deepEqual(found, [], name);
      await context.close();
    }
  });
}

test("nothing is cut off at 320 pixels, which is 1280 at 400 % zoom", async ({ browser, url }) => {
  for (const { name, show } of scenes) {
    const { context, page } = await open(browser, url, { viewport: { width: 320, height: 640 } });
    await page.locator("h1#title").waitFor();
    await show(page, url);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 320, `${name} is ${width} pixels wide`);
    await context.close();
  }
});

pageTest("targets are large enough to hit", async ({ page, url }) => {
  await mark(page, url, "net-tcp-vs-udp", "TCP resends lost segments and UDP does not.");
  const small = await page.locator("button:visible, a.button:visible, select:visible, nav a:visible").evaluateAll((elements) =>
    elements.map((element) => [element.getBoundingClientRect(), element.textContent])
      .filter(([{ width, height }]) => width < 24 || height < 24).map(([{ width, height }, text]) => `${text}: ${width}x${height}`));
  assert.deepEqual(small, []);
});

pageTest("a new page takes the focus to its heading and names itself", async ({ page }) => {
  await page.getByRole("link", { name: "Progress" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "title");
  assert.equal(await page.title(), "Progress · Rubrica");
});

pageTest("the theme can be chosen and is there at once on the next visit", async ({ page, url }) => {
  await visit(page, url, "settings");
  await page.getByRole("radio", { name: "Dark" }).check();
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await paper();
  await page.reload({ waitUntil: "domcontentloaded" });
  assert.equal(await paper(), dark);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});

pageTest("another language is a choice away", async ({ page, url }) => {
  await visit(page, url, "settings");
  await page.locator("#language").selectOption("de");
  await page.getByRole("heading", { level: 1, name: "Einstellungen" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.locator("#answer").fill("TCP resends lost segments.");
  await page.getByRole("button", { name: "Prüfen", exact: true }).click();
  await page.locator("#outcome-title", { hasText: "Punkten" }).waitFor();
  assert.equal(await page.locator("h1").getAttribute("lang"), "en");
  await page.getByRole("button", { name: "Antwort verbessern" }).click();
  await page.getByText("Bitte auf Englisch antworten").waitFor();
});

pageTest("a question names its page, and an address without one says so", async ({ page, url }) => {
  await visit(page, url, "question/net-tcp-vs-udp/");
  await page.waitForFunction(() => document.title === "Compare TCP and UDP. · Rubrica");
  await visit(page, url, "nowhere");
  await page.getByRole("heading", { level: 1, name: "There is no such page" }).waitFor();
});

pageTest("forced colours leave marks, progress and the current page to be told", async ({ page, url }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await mark(page, url, "net-tcp-vs-udp", "UDP guarantees delivery. TCP resends lost segments.");
  const style = (selector, property) => page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
  assert.notEqual(await style(".legend .met", "textDecorationStyle"), await style(".legend .against", "textDecorationStyle"));
  assert.equal(await style(".legend .met", "color"), await style(".legend", "color"));
  assert.match(await style(".top nav [aria-current]", "textDecorationLine"), /underline/);
});

test("a German browser starts in German", async ({ browser, url }) => {
  const { context, page } = await open(browser, url, { locale: "de-AT" });
  await page.getByRole("heading", { level: 1, name: "Üben" }).waitFor();
  await context.close();
});
