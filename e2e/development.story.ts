import { startPostern } from "./postern";
import { expect, signUpInBrowser, test } from "./story";

/** `npm run dev`: whoever carries Postern on works in it all day. */
test("in development the pages work as they do for users", async ({ browser }) => {
  test.setTimeout(180_000);
  const own = await startPostern({ program: ["scripts/start.mjs", "--dev"] });
  const page = await browser.newPage({ baseURL: own.origin });
  // Compiled at its first visit, which may take longer than a page may be waited for.
  await page.goto("/settings/api-keys");
  // Nothing can be sent before the page has its connection for reloads.
  await signUpInBrowser(page);
  await page.close();
  expect(await own.stop()).toBe(0);
});
