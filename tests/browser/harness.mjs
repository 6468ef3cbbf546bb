// What every test needs: a static server for the built app and a headless Chromium.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, "../..");
const dist = join(root, "web/dist");

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/**
 * Serves the app below paths, as a plain static server would: the app must work from any place. `changed` replaces the
 * texts of files, by path.
 */
export async function serve(prefixes = ["/some/where/"], changed = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const prefix = prefixes.find((prefix) => path.startsWith(prefix));
    try {
      const name = path.slice(prefix.length) || "index.html";
      if (normalize(name).startsWith("..")) throw new Error("outside");
      const body = changed[path] ?? await readFile(join(dist, name));
      response.writeHead(200, { "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, url: origin + prefixes[0], close };
}

/** The Chromium of the distribution; `CHROMIUM` names the program of another. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
}

/** A fresh browser profile with one page. Everything that goes wrong in it is collected in `problems`. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ acceptDownloads: true, locale: "en-GB", ...options });
  // A machine that does other work besides may be slow; no test is about that.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(`error: ${error}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(url).host) problems.push(`foreign request: ${request.url()}`);
  });
  await page.goto(url);
  return { context, page, problems };
}

/** Goes to a page of the app and waits for its heading. */
export async function visit(page, url, fragment) {
  await page.goto(`${url}#/${fragment}`);
  await page.locator("h1#title").waitFor();
}

/** Waits until an element that fits has the focus. */
export const hasFocus = (page, selector) =>
  page.waitForFunction((selector) => document.activeElement?.matches(selector), selector);

/** Drags a file over an element and drops it there; returns whether the page took both from the browser. */
export const drop = (page, selector, name, text) =>
  page.locator(selector).evaluate((element, { name, text }) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name));
    const fire = (kind) => !element.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    return [fire("dragover"), fire("drop")];
  }, { name, text });

/** The text of the file that an action downloads. */
export async function download(page, action) {
  const [file] = await Promise.all([page.waitForEvent("download"), action()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

/** All tests, in the order in which they were written. */
export const tests = [];

/** Registers a test. */
export function test(name, body) {
  tests.push({ name, body });
}

/** Registers a test that gets its own fresh page, which must show no error and ask no other server for anything. */
export function pageTest(name, body, options = {}) {
  test(name, async ({ browser, server, url }) => {
    const { context, page, problems } = await open(browser, url, options);
    try {
      await page.locator("h1#title").waitFor();
      await body({ context, page, url, server });
      assert.deepEqual(problems, []);
    } finally {
      await context.close();
    }
  });
}

/** Marks an answer to a question and waits for the outcome. */
export async function mark(page, url, question, answer) {
  await visit(page, url, `question/${question}`);
  const retry = page.getByRole("button", { name: "Improve my answer", exact: true });
  await page.locator("#answer").or(retry).first().waitFor();
  if (await retry.isVisible()) await retry.click();
  await page.locator("#answer").fill(answer);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#outcome-title").waitFor();
}
