// Runs the tests of all `*.test.mjs` files, one after the other: timings are among them.

import { readdir } from "node:fs/promises";
import { launch, serve, tests, here } from "./harness.mjs";

const MOST_FAILURES = 5;
const wanted = process.argv[2] ?? "";
for (const name of (await readdir(here)).sort()) {
  if (name.endsWith(".test.mjs") && name.includes(wanted)) await import(`./${name}`);
}

const server = await serve();
const browser = await launch();
let failed = 0;
for (const { name, body } of tests) {
  // Waiting for what never comes takes long; where much is broken, the first failures say why.
  if (failed >= MOST_FAILURES) {
    failed += 1;
    console.log(`FAIL  ${name}\nnot run after ${MOST_FAILURES} failures`);
    continue;
  }
  const begin = performance.now();
  try {
    await body({ browser, server, url: server.url });
    console.log(`ok    ${name} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n${error.stack ?? error}`);
  }
}
await browser.close();
await server.close();
console.log(`${tests.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
