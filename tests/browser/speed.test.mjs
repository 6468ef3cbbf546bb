import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { examples } from "./corpus.mjs";
import { mark, open, root, test, visit } from "./harness.mjs";

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

// Times are measured and printed, never asserted: they say as much about the machine as about the app.

test("cold start, measured", async ({ browser, url }) => {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const { context, page } = await open(browser, "about:blank");
    await page.goto(url, { waitUntil: "commit" });
    await page.locator(".suggestion a.primary").waitFor();
    times.push(await page.evaluate(async () => {
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      return { paint: paint.startTime, interactive: performance.now() };
    }));
    await context.close();
  }
  const [paint, interactive] = ["paint", "interactive"].map((key) => median(times.map((time) => time[key])));
  console.log(`      first paint ${paint.toFixed(0)} ms, interactive ${interactive.toFixed(0)} ms (medians of 5)`);
  assert.ok(paint > 0 && interactive >= paint);
});

test("one evaluation in the worker, measured", async ({ browser, url }) => {
  const { context, page } = await open(browser, url);
  await page.locator("h1#title").waitFor();
  const all = await examples();
  const times = [];
  for (let index = 0; index < 40; index += 1) {
    const { question, answer } = all[Math.floor((index * all.length) / 40)];
    await mark(page, url, question, answer);
    times.push(Number(await page.locator("[data-milliseconds]").getAttribute("data-milliseconds")));
  }
  await context.close();
  console.log(`      first ${times[0].toFixed(2)} ms, median ${median(times).toFixed(2)} ms, slowest ${Math.max(...times).toFixed(2)} ms of 40`);
  assert.ok(times.every((time) => time >= 0));
});

test("typing, measured", async ({ browser, url }) => {
  const { context, page } = await open(browser, url);
  await page.locator("h1#title").waitFor();
  await mark(page, url, "net-tcp-vs-udp", "TCP is reliable."); // past answers make the page do more
  await visit(page, url, "question/net-tcp-vs-udp");
  await page.getByRole("button", { name: "Improve my answer", exact: true }).click();
  await page.evaluate(() => {
    window.longest = 0;
    window.slowest = 0;
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    }).observe({ type: "longtask" });
    const field = document.querySelector("#answer");
    field.addEventListener("beforeinput", () => { window.begin = performance.now(); });
    field.addEventListener("input", () => setTimeout(() => { window.slowest = Math.max(window.slowest, performance.now() - window.begin); }));
  });
  await page.locator("#answer").pressSequentially(" It numbers every byte and waits for acknowledgements before it goes on.".repeat(4), { delay: 5 });
  await page.getByText("Draft saved").waitFor();
  const { longest, slowest } = await page.evaluate(() => ({ longest: window.longest, slowest: window.slowest }));
  await context.close();
  // The browser reports tasks from 50 ms on.
  console.log(`      longest task ${longest === 0 ? "below 50" : longest.toFixed(0)} ms, slowest key ${slowest.toFixed(1)} ms`);
  assert.ok(slowest > 0);
});

// The aim is 700 KB. This guards what was reached on 2026-11-23.
const MOST_BYTES = 1_345_000;
// What few people need: the service worker keeps it for later, behind what the first page needs.
const LATER = ["drafts-worker.js", "drafts.js", "drafts_bg.wasm", "examples.txt", "sample.csv"];

test("the app with all rubrics does not grow over the wire", async () => {
  const dist = join(root, "web/dist");
  const totals = { first: 0, later: 0 };
  for (const name of (await readdir(dist)).sort()) {
    const { stdout } = await promisify(execFile)("brotli", ["-q", "11", "-c", join(dist, name)], { encoding: "buffer", maxBuffer: 1 << 26 });
    totals[LATER.includes(name) ? "later" : "first"] += stdout.length;
    console.log(`      ${name.padEnd(22)} ${String((await stat(join(dist, name))).size).padStart(9)}  brotli ${String(stdout.length).padStart(7)}`);
  }
  for (const [when, total] of Object.entries(totals)) {
    console.log(`      ${`together, ${when}`.padEnd(22)} ${"".padStart(9)}  brotli ${String(total).padStart(7)}`);
  }
  assert.ok(totals.first <= MOST_BYTES, `${totals.first} bytes`);
});
