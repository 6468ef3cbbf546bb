import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { open, root, test } from "./harness.mjs";
import { scenes } from "./scenes.mjs";

const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  narrow: { colorScheme: "light", viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
};

test("screenshots of every page", async ({ browser, url }) => {
  const folder = join(root, "target/browser/screenshots");
  await mkdir(folder, { recursive: true });
  for (const { name, show } of scenes) {
    for (const [look, options] of Object.entries(looks)) {
      const { context, page } = await open(browser, url, { ...options, reducedMotion: "reduce" });
      await page.locator("h1#title").waitFor();
      await show(page, url);
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: join(folder, `${name}-${look}.png`), fullPage: true });
      await context.close();
    }
  }
});
