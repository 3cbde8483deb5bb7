import type { Page } from "@playwright/test";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { secretsAlike } from "@/lib/testing/secrets-alike";
import { signInToDemo, startDemo } from "./demo";
import type { Postern } from "./postern";
import { finding } from "./security-page";
import { test as base, confirm, everyLook, expect, revealedSecret, rotate, stored } from "./story";

/** The demo, whose keys have habits, behind a proxy that says where callers are. */
const test = base.extend<object, { postern: Postern }>({
  postern: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright takes a fixture's dependencies from this pattern. This one has none.
    async ({}, use) => {
      const demo = await startDemo({ TRUSTED_PROXIES: "127.0.0.1,::1" });
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const STRANGER = { "x-forwarded-for": "185.220.101.34", "user-agent": "curl/8.5.0" };

test("a stolen key that copies the contacts is named within a minute, and a known one no more", async ({
  page,
  postern: demo,
}) => {
  test.setTimeout(300_000);
  await signInToDemo(page, demo);
  const secret = await secretOf(page, "Product recommendations");
  const bell = page.getByRole("link", { name: "Notices", exact: false }).filter({ visible: true });
  await bell.click();
  await expect(page.getByRole("heading", { name: "New", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "API keys", exact: true }).click();
  await expect(bell).toHaveText("Notices");

  await test.step("somebody reads every contact, from an address that is new", async () => {
    const startedAt = Date.now();
    await readContacts(demo, secret, 700);
    const copied = finding(page, /^Product recommendations read \d+ contacts in an hour/);
    await expect(async () => {
      await page.goto("/settings/security");
      await expect(copied).toHaveCount(1, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    expect(Date.now() - startedAt).toBeLessThan(60_000);
    await expect(copied).toContainText("Urgent");
    await expect(copied).toContainText("usual is at most");
    await expect(copied.getByRole("button", { name: "This key leaked" })).toBeVisible();
    await expect(bell).toHaveText("Notices, something is new");
  });

  await test.step("the address and its calls are one click away", async () => {
    await finding(page, "Product recommendations was called from a new network")
      .getByRole("link", { name: "Product recommendations was called" })
      .click();
    await expect(page.getByRole("heading", { name: "Where it shows" })).toBeVisible();
    await expect(page.getByText("185.220.101.34").first()).toBeVisible();
    await expect(page.getByText("No program of that name")).toBeVisible();
    await everyLook(page);
    await page.getByRole("link", { name: "Calls from there" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(page.getByText("185.220.101.34").first()).toBeVisible();
  });

  await test.step("what is meant to be so is known from then on", async () => {
    await page.goto("/settings/security");
    const stranger = finding(page, "Product recommendations was called from a new network");
    await stranger.getByRole("button", { name: /^More about/ }).click();
    await page.getByRole("menuitem", { name: "Dismiss" }).click();
    const dialog = page.getByRole("dialog", { name: "Dismiss" });
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: "It is meant to be so" }).click();
    await confirm(dialog, "Dismiss");
    await expect(stranger).toHaveCount(0);
  });

  await test.step("a scan is paused where it is named", async () => {
    await finding(page, "Loyalty app tried what it may not do")
      .getByRole("button", { name: "Pause" })
      .click();
    const dialog = page.getByRole("dialog", { name: "Pause key" });
    await expect(dialog).toBeVisible();
    await confirm(dialog, "Pause key");
    await page.goto("/settings/security");
    await expect(finding(page, "Loyalty app tried what it may not do")).toHaveCount(0);
  });
});

test("secrets that no key has are told by who sends them, and by the key that they begin like", async ({
  page,
  postern: demo,
}) => {
  test.setTimeout(300_000);
  await signInToDemo(page, demo);
  const secret = await secretOf(page, "Shop order mails");
  const caller = finding(page, "Shop order mails has a caller that sends unknown secrets");
  const guessed = finding(page, "Shop order mails is being guessed");

  await test.step("the shop's server sends some, and a stranger guesses", async () => {
    const startedAt = Date.now();
    const shop = { "x-forwarded-for": "198.51.100.12", "user-agent": "Shopware/6.6" };
    for (const unknown of [1, 2, 3, 4].map(() => generateSecret("live"))) {
      await expectUnknown(demo, unknown, shop);
    }
    for (const guess of secretsAlike(secret, 8)) await expectUnknown(demo, guess, STRANGER);
    await expect(async () => {
      await page.goto("/settings/security");
      await expect(caller).toHaveCount(1, { timeout: 1_000 });
      await expect(guessed).toHaveCount(1, { timeout: 1_000 });
    }).toPass({ timeout: 60_000 });
    expect(Date.now() - startedAt).toBeLessThan(60_000);
    await expect(guessed).toContainText("Urgent");
    await expect(guessed).toContainText("at least 8 different secrets");
    await everyLook(page);
  });

  await test.step("the caller has a page, and the way to what else it does", async () => {
    await caller.getByRole("link", { name: "Shop order mails has a caller" }).click();
    await expect(page.getByRole("heading", { name: "Where it shows" })).toBeVisible();
    const told = page.getByText("4 calls from 198.51.100.12");
    await expect(told).toContainText("at least 4 different secrets that no key has");
    await everyLook(page);
    await page.getByRole("button", { name: "See its calls" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(page.getByText("198.51.100.12").first()).toBeVisible();
  });

  await test.step("with a new secret nobody guesses any more", async () => {
    await page.goto("/settings/security");
    await guessed.getByRole("button", { name: "Rotate" }).click();
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await dialog.getByRole("radio", { name: "Immediately" }).click();
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    await revealedSecret(page);
    await stored(page);
    await page.goto("/settings/security");
    await expect(caller).toHaveCount(1);
    await expect(guessed).toHaveCount(0);
  });
});

/** Calls with a secret that no key has, and is refused. */
async function expectUnknown(
  demo: Postern,
  secret: string,
  from: Record<string, string>,
): Promise<void> {
  const answer = await fetch(`${demo.origin}/api/v1/me`, {
    headers: { authorization: `Bearer ${secret}`, ...from },
  });
  expect(answer.status).toBe(401);
}

/** A new secret of one of the demo's keys. */
async function secretOf(page: Page, name: string): Promise<string> {
  await page.goto("/settings/api-keys");
  await page.getByRole("link", { name, exact: true }).click();
  return await rotate(page, "Immediately");
}

/** Reads pages of contacts as a stranger does, until it has read `count` of them. */
async function readContacts(demo: Postern, secret: string, count: number): Promise<void> {
  for (let read = 0; read < count; ) {
    const answer = await fetch(`${demo.origin}/api/v1/contacts?limit=100`, {
      headers: { authorization: `Bearer ${secret}`, ...STRANGER },
    });
    expect(answer.status).toBe(200);
    const { data } = (await answer.json()) as { data: unknown[] };
    expect(data.length).toBeGreaterThan(0);
    read += data.length;
  }
}
