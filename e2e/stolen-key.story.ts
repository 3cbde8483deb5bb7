import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { signInToDemo, startDemo } from "./demo";
import { freePort } from "./free-port";
import type { Postern } from "./postern";
import { test as base, confirm, expect, revealedSecret, rotate } from "./story";
import { startWebhookCrm } from "./webhook-crm";

const STRANGER = { "x-forwarded-for": "185.220.101.34", "user-agent": "python-requests/2.32" };
const NAME = "ERP customers";
/** The IP address of the tool that has the key, which the new key is limited to. */
const KNOWN = "198.51.100.160";

/** The demo, whose keys have habits, behind a proxy that says where callers are. */
const test = base.extend<object, { postern: Postern }>({
  postern: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
    async ({}, use) => {
      const demo = await startDemo({
        TRUSTED_PROXIES: "127.0.0.1,::1",
        WEBHOOK_ALLOWED_HOSTS: "127.0.0.1",
      });
      await use(demo);
      await demo.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("a stolen key is told within a minute, stopped, put right and replaced within another", async ({
  page,
  postern: demo,
}) => {
  test.setTimeout(120_000);
  await signInToDemo(page, demo);
  const secret = await secretOf(page, NAME);
  const port = await freePort();
  const monitor = await startWebhookCrm(port, await givenWebhook(page, port));

  const changed = await test.step("a stranger walks the contacts, and changes some", async () => {
    const began = Date.now();
    const emails = await walkContacts(demo, secret);
    for (const email of emails) {
      await asStranger(demo, secret, `/contacts/${email}`, "PUT", { first_name: "Eve" });
    }
    await expect
      .poll(() => monitor.heard.map(({ type }) => type), { timeout: 60_000 })
      .toContain("finding.opened");
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(monitor.heard.map(({ type }) => type)).not.toContain("forged");
    return emails;
  });

  const began = Date.now();
  await test.step("from the finding to the key stopped: two clicks", async () => {
    await page.goto("/settings/security");
    await page
      .getByRole("article", { name: `${NAME} was called from a new network` })
      .getByRole("button", { name: "This key leaked" })
      .click();
    await page.getByRole("button", { name: "Revoke now" }).click();
    await expect(page.getByRole("heading", { name: "What it did" })).toBeVisible();
    expect((await callApi(demo.origin, secret, "/me")).status).toBe(401);
  });

  await test.step("what the stranger did stands there, right to the row, and is put right", async () => {
    const stranger = page.getByRole("row", { name: /185\.220\.101\.34/ });
    await expect(stranger).toContainText("unknown");
    await expect(stranger).toContainText(`read 700 contacts and changed ${changed.length}`);
    await page.getByRole("button", { name: "Use this time" }).click();
    await expect(page.getByRole("button", { name: "Use this time" })).toHaveCount(0);
    const restore = `Restore ${changed.length}`;
    await page.getByRole("button", { name: restore }).click();
    await confirm(page.getByRole("dialog", { name: restore }), restore);
    await expect(page.getByText(`${changed.length} contacts restored`)).toBeVisible();
  });

  await test.step("the replacement works", async () => {
    await page.getByRole("link", { name: "Next: replace the key" }).click();
    await page.getByRole("button", { name: "Make the new key" }).click();
    const next = await revealedSecret(page);
    await page.getByRole("button", { name: "I have stored it" }).click();
    const answer = await fetch(`${demo.origin}/api/v1/contacts/${changed[0]}`, {
      headers: { authorization: `Bearer ${next}`, "x-forwarded-for": KNOWN },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).not.toMatchObject({ first_name: "Eve" });
  });

  await test.step("and the report says all of it", async () => {
    await page.getByRole("link", { name: "Next: review and report" }).click();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Open report" }).click();
    await page.getByRole("button", { name: "Download report" }).click();
    const report = JSON.parse(await readFile(await (await downloading).path(), "utf8"));
    expect(report).toMatchObject({ object: "incident_report", key: { name: NAME } });
    expect(JSON.stringify(report)).toContain("185.220.101.34");
    expect(JSON.stringify(report)).not.toContain(secret);
  });
  expect(Date.now() - began).toBeLessThan(60_000);
  await monitor.stop();
});

/** A new secret of one of the demo's keys, which works from anywhere from now on. */
async function secretOf(page: Page, name: string): Promise<string> {
  await page.goto("/settings/api-keys");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: /^Allowed IP addresses/ }).fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
  await confirm(page.getByRole("dialog", { name: "Give this key more access?" }), "Add access");
  return await rotate(page, "Immediately");
}

/** Adds a webhook that hears of findings, and returns its signing secret. */
async function givenWebhook(page: Page, port: number): Promise<string> {
  await page.goto("/settings/webhooks/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Monitoring");
  await page.getByRole("textbox", { name: "URL" }).fill(`http://127.0.0.1:${port}/hooks`);
  await page.getByRole("checkbox", { name: /finding\.opened/ }).click();
  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Copy the signing secret" });
  const secret = await dialog.getByRole("textbox", { name: "Signing secret" }).inputValue();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  return secret;
}

/** Reads 700 contacts by the page, again and again from the first, and returns the emails of three of them. */
async function walkContacts(demo: Postern, secret: string): Promise<string[]> {
  const emails: string[] = [];
  while (emails.length < 700) {
    const { data } = await asStranger(demo, secret, "/contacts?limit=100", "GET");
    const page = data as { email: string }[];
    expect(page.length).toBeGreaterThan(0);
    emails.push(...page.map(({ email }) => email));
  }
  return emails.slice(0, 3);
}

async function asStranger(
  demo: Postern,
  secret: string,
  path: string,
  method: string,
  values?: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${demo.origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(values && { "content-type": "application/json" }),
      ...STRANGER,
    },
    ...(values && { body: JSON.stringify(values) }),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  expect(answer.status, `${method} ${path}: ${JSON.stringify(body)}`).toBeLessThan(300);
  return body;
}
