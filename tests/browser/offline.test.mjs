import assert from "node:assert/strict";
import { mark, open, serve, test, visit } from "./harness.mjs";

test("after one visit the app works without its server", async ({ browser }) => {
  const server = await serve("/");
  const { context, page } = await open(browser, server.url);
  try {
    await page.locator("h1#title").waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await server.close();
    await page.reload();
    await page.locator("h1#title").waitFor();
    await mark(page, server.url, "net-tcp-vs-udp", "TCP resends lost segments.");
    assert.ok(await page.evaluate(() => navigator.serviceWorker.controller !== null));
    await visit(page, server.url, "workshop");
    await page.locator("#workshop-open").selectOption("db-acid");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await page.waitForFunction(() => document.querySelector("#rubric").value.includes("[[examples]]"));
    await page.getByText("Draft rubrics from a document").click();
    await page.locator("#drafting-text").fill("# Networks\n\n## What is TCP?\n\n- It resends lost segments.\n");
    await page.getByRole("button", { name: "Make drafts" }).click();
    await page.locator("#drafts-found", { hasText: "1 draft." }).waitFor();
  } finally {
    await context.close();
  }
});
