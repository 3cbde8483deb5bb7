import type { Page } from "@playwright/test";
import { signInToDemo, startDemo } from "./demo";
import type { Postern } from "./postern";
import { finding } from "./security-page";
import { test as base, confirm, everyLook, expect, rotate } from "./story";

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
  await page.goto("/settings/notices");
  const bell = page.getByRole("link", { name: "Notices", exact: false }).filter({ visible: true });
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
