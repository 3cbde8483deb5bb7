import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "./free-port";
import { givenKey } from "./given-key";
import { givenWebhook } from "./given-webhook";
import { expect, signUp, test } from "./story";
import { type Heard, startWebhookCrm } from "./webhook-crm";
import { posternWith } from "./worker-fixtures";

/** Five minutes of the clock, which this story truly takes. It waits nearly all the time. */
const ABSENCE_MS = 5 * 60_000;
const EVERY_MS = 10_000;
/** The time that a receiver may wait for what it missed: a minute of rest, and the round. */
const CAUGHT_UP_MS = 75_000;

test.use({
  postern: posternWith({ env: { ALLOW_SIGNUP: "true", WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" } }),
});

test("a CRM that is away for five minutes gets each event it missed, once and in order", async ({
  page,
  postern,
}) => {
  test.setTimeout(ABSENCE_MS + 180_000);
  await signUp(page);
  const key = await givenKey(page, "CRM");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hooks`;
  const types = ["contact.created", "contact.unsubscribed"];
  const secret = await givenWebhook(page, { url, types });
  const webhookPage = page.url();
  // The page of a webhook looks for news, which would be work for five minutes.
  await page.goto("about:blank");

  const change = async (email: string, unsubscribed: boolean) => {
    const answer = await fetch(`${postern.origin}/api/v1/contacts/${email}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ unsubscribed }),
    });
    expect(answer.ok).toBe(true);
  };
  const joinAndLeave = async (email: string) => {
    await change(email, false);
    await change(email, true);
  };

  const first = await startWebhookCrm(port, secret);
  await joinAndLeave("before@example.com");
  await expect.poll(() => first.heard.length).toBe(2);
  await first.stop();

  const awayAt = Date.now();
  const missed: string[] = [];
  while (Date.now() - awayAt < ABSENCE_MS) {
    const email = `missed-${missed.length}@example.com`;
    await joinAndLeave(email);
    missed.push(email);
    await wait(Math.min(EVERY_MS, awayAt + ABSENCE_MS - Date.now()));
  }

  const backAt = Date.now();
  const again = await startWebhookCrm(port, secret);
  await joinAndLeave("after@example.com");
  const expected = 2 * (missed.length + 1);
  await expect
    .poll(() => again.heard.length, { timeout: CAUGHT_UP_MS })
    .toBeGreaterThanOrEqual(expected);
  const caughtUpMs = (again.heard.at(-1)?.at ?? 0) - backAt;
  process.stdout.write(
    `  away for ${seconds(backAt - awayAt)}, ${again.heard.length} events caught up after ${seconds(caughtUpMs)}\n`,
  );

  // The last answers are on record a moment after the CRM gave them.
  await expect(async () => {
    await page.goto(webhookPage);
    await expect(page.getByRole("link", { name: "contact.unsubscribed" }).first()).toBeVisible();
    await expect(page.getByText("No answer")).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  const heard = [...first.heard, ...again.heard];
  expect(heard).toHaveLength(expected + 2);
  expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
  for (const email of ["before@example.com", ...missed, "after@example.com"]) {
    expect(typesOf(heard, email), email).toEqual(types);
  }
  await again.stop();
});

function typesOf(heard: readonly Heard[], email: string): string[] {
  return heard.filter((one) => one.email === email).map(({ type }) => type);
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
