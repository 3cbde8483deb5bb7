import type { Locator, Page } from "@playwright/test";
import { openWay } from "../lib/testing/spoilable-way";
import { callApi } from "./caller";
import { givenKey } from "./given-key";
import { startPostern } from "./postern";
import { expect, expectAccessible, signUp, test } from "./story";
import { startTwoProcesses } from "./two-processes";

/** A new call is on the page within this time after its answer, also on a machine that has much else to do. */
const SOON_MS = 10_000;
const STATES = /^(New calls appear|Reconnecting|You have Live)/;
/** Stopping does not wait for those who watch: with them it would take ten seconds longer. */
const QUICK_STOP_MS = 9_000;

test("Live shows the calls of a separate program, and after a cut all that were made meanwhile", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const own = await startPostern();
  const way = await openWay(own.origin);
  const page = await browser.newPage({ baseURL: way.url });
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  const made: string[] = [];
  const call = async () => {
    const { headers } = await callApi(own.origin, secret, "/me");
    made.unshift(headers["x-request-id"] ?? "");
  };
  await page.goto("/settings/activity");
  await page.evaluate(() => document.body.setAttribute("data-never-reloaded", ""));
  await page.getByRole("switch", { name: "Live", exact: true }).click();
  await expect(state(page)).toHaveText("New calls appear by themselves.");

  await test.step("one call after the other, the first of all among them", async () => {
    for (let at = 0; at < 3; at += 1) {
      await call();
      const answeredMs = performance.now();
      await expect(rows(page)).toHaveCount(made.length, { timeout: SOON_MS });
      process.stdout.write(
        `shown ${Math.round(performance.now() - answeredMs)} ms after its answer\n`,
      );
    }
    expect(await shownIds(page)).toEqual(made);
    await expectAccessible(page);
  });

  await test.step("while the way is cut it says so, and leaves the page as it is", async () => {
    way.cut();
    await expect(state(page)).toHaveText("Reconnecting…");
    await expect(state(page)).toBeVisible();
    for (let at = 0; at < 3; at += 1) await call();
    await expect(rows(page)).toHaveCount(3);
    await expectAccessible(page);
  });

  await test.step("once it is mended every call is there, none twice", async () => {
    way.mend();
    await expect(rows(page)).toHaveCount(6, { timeout: 15_000 });
    expect(await shownIds(page)).toEqual(made);
    await expect(state(page)).toHaveText("New calls appear by themselves.");
    await call();
    await expect(rows(page)).toHaveCount(7, { timeout: SOON_MS });
    expect(await shownIds(page)).toEqual(made);
  });

  await test.step("under a filter it shows what the filter finds", async () => {
    await page.goto("/settings/activity?status=4xx");
    await call();
    const refused = await callApi(own.origin, secret, "/campaigns");
    await expect(rows(page)).toHaveCount(1, { timeout: SOON_MS });
    expect(await shownIds(page)).toEqual([refused.headers["x-request-id"]]);
  });

  await test.step("the process ends without waiting for those who watch", async () => {
    await expect(state(page)).toHaveText("New calls appear by themselves.");
    const beganMs = performance.now();
    expect(await own.stop()).toBe(0);
    expect(performance.now() - beganMs).toBeLessThan(QUICK_STOP_MS);
    await expect(state(page)).toHaveText("Reconnecting…");
  });
  await page.close();
  way.close();
});

test("a hidden page has no stream, and catches up when it is looked at again", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  await page.goto("/settings/activity");
  await page.getByRole("switch", { name: "Live", exact: true }).click();
  await expect(state(page)).toHaveText("New calls appear by themselves.");
  const streams: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/settings/activity/live")) streams.push(request.url());
  });
  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/live"));
  await setVisibility(page, "hidden");
  await ended;
  await callApi(postern.origin, secret, "/me");
  await setVisibility(page, "visible");
  await expect(rows(page)).toHaveCount(1, { timeout: SOON_MS });
  expect(streams).toHaveLength(1);
});

test("a member has so many streams, and the next one is told why it gets none", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
  const open = async (headers: Record<string, string>) =>
    await fetch(`${postern.origin}/settings/activity/live`, { headers });
  expect((await open({})).status).toBe(401);
  const mine = { cookie: cookie.join("; ") };
  const streams = [await open(mine)];
  while (streams.at(-1)?.status === 200) streams.push(await open(mine));
  expect(streams).toHaveLength(9);
  expect(streams[0]?.headers.get("content-type")).toBe("text/event-stream");
  expect(streams[0]?.headers.get("content-encoding")).toBeNull();
  await page.goto("/settings/activity");
  await page.getByRole("switch", { name: "Live", exact: true }).click();
  await expect(state(page)).toHaveText("You have Live on in 8 windows. Close one of them.");
  await callApi(postern.origin, secret, "/me");
  await expect(rows(page)).toHaveCount(1, { timeout: 10_000 });
  await streams[0]?.body?.cancel();
  await expect(state(page)).toHaveText("New calls appear by themselves.", { timeout: 15_000 });
  for (const { body } of streams.slice(1)) await body?.cancel();
});

test("calls of another process on the same database show as well", async ({ browser }) => {
  test.setTimeout(240_000);
  const { whole, alone, drop } = await startTwoProcesses();
  const page = await browser.newPage({ baseURL: whole.origin });
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  await page.goto("/settings/activity");
  await page.getByRole("switch", { name: "Live", exact: true }).click();
  await expect(state(page)).toHaveText("New calls appear by themselves.");
  for (let count = 1; count <= 2; count += 1) {
    await callApi(alone.origin, secret, "/me");
    const answeredMs = performance.now();
    await expect(rows(page)).toHaveCount(count, { timeout: SOON_MS });
    process.stdout.write(
      `shown by the other process ${Math.round(performance.now() - answeredMs)} ms after its answer\n`,
    );
  }
  await page.close();
  expect(await alone.stop()).toBe(0);
  expect(await whole.stop()).toBe(0);
  await drop();
});

function rows(page: Page): Locator {
  return page.getByRole("region", { name: "Requests" }).getByRole("link");
}

/** The words beside the switch. */
function state(page: Page): Locator {
  return page.getByRole("status").filter({ hasText: STATES });
}

async function shownIds(page: Page): Promise<string[]> {
  const addresses = await rows(page).evaluateAll((links) =>
    links.map((link) => link.getAttribute("href") ?? ""),
  );
  return addresses.map((address) => new URL(address, page.url()).searchParams.get("request") ?? "");
}

async function setVisibility(page: Page, to: "hidden" | "visible"): Promise<void> {
  await page.evaluate((visibility) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, value: visibility });
    document.dispatchEvent(new Event("visibilitychange"));
  }, to);
}
