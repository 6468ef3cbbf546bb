import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { mark, open, root, serve, test, visit } from "./harness.mjs";

test("after one visit the app works without its server", async ({ browser }) => {
  const server = await serve(["/"]);
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

test("an update replaces its own cache, and leaves that of another copy on the same server alone", async ({ browser }) => {
  const worker = await readFile(join(root, "web/dist/sw.js"), "utf8");
  const build = (letter) => worker.replace(/[0-9a-f]{16}/, letter.repeat(16));
  const changed = { "/a/sw.js": build("1"), "/b/sw.js": build("2") };
  const server = await serve(["/a/", "/b/"], changed);
  const { context, page } = await open(browser, "about:blank");
  const go = async (path) => {
    await page.goto(server.origin + path);
    await page.locator("h1#title").waitFor();
  };
  const haveCaches = (...wanted) =>
    page.waitForFunction(async (wanted) => {
      const found = (await caches.keys()).map((name) => name.slice(-1)).sort();
      return found.join() === wanted.join() && !(await navigator.serviceWorker.getRegistration()).waiting;
    }, wanted);
  try {
    await go("/a/");
    await haveCaches("1");
    await go("/b/");
    await haveCaches("1", "2");
    changed["/b/sw.js"] = build("3");
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const { installing } = await registration.update();
      await new Promise((resolve) => installing.addEventListener("statechange", resolve));
    });
    // A new build waits until no page uses the one before.
    await page.goto("about:blank");
    await go("/b/");
    await haveCaches("1", "3");
    await server.close();
    await go("/a/");
    await go("/b/");
  } finally {
    await context.close();
  }
});
