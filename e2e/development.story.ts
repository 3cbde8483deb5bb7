import { startPostern } from "./postern";
import { expect, signUpInBrowser, test } from "./story";

/** `npm run dev` is where Postern's engineers work all day. */
test("in development the pages work as they do for users", async ({ browser }) => {
  test.setTimeout(180_000);
  const own = await startPostern({ program: ["scripts/start.mjs", "--dev"] });
  const page = await browser.newPage({ baseURL: own.origin });
  // The first visit compiles the page, which may take longer than an expectation waits.
  await page.goto("/settings/api-keys");
  // The page can send nothing before it has its connection for reloads.
  await signUpInBrowser(page);
  await page.close();
  expect(await own.stop()).toBe(0);
});
