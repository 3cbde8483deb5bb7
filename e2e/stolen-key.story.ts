import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { callApi } from "./caller";
import { freePort } from "./free-port";
import { type Postern, startPostern } from "./postern";
import { test as base, confirm, expect, fillSignIn, revealedSecret, rotate } from "./story";
import { startWebhookCrm } from "./webhook-crm";

const STRANGER = { "x-forwarded-for": "185.220.101.34", "user-agent": "python-requests/2.32" };
const NAME = "Gift finder";

type World = { demo: Postern; mail: TestMailServer };

/** The demo, whose keys have habits, behind a proxy that says where callers are, with a mail server. */
const test = base.extend<object, { world: World; postern: Postern }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
    async ({}, use) => {
      const mail = await startMailServer();
      const PORT = `${await freePort()}`;
      const demo = await startPostern({
        program: ["scripts/start.mjs", "--demo"],
        env: {
          TRUSTED_PROXIES: "127.0.0.1,::1",
          SMTP_URL: mail.url,
          PORT,
          APP_URL: `http://localhost:${PORT}`,
          WEBHOOK_ALLOWED_HOSTS: "127.0.0.1",
        },
      });
      await use({ demo, mail });
      await demo.stop();
      await mail.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  postern: [async ({ world }, use) => await use(world.demo), { scope: "worker" }],
});

test("a stolen key is told within a minute, stopped, put right and replaced within another", async ({
  page,
  world: { demo, mail },
}) => {
  test.setTimeout(300_000);
  const owner = await signInAsOwner(page, demo);
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
    await expect
      .poll(() => mailsTo(mail, owner), { timeout: 60_000 })
      .toContainEqual(expect.stringContaining(NAME));
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
    await expect(stranger).toContainText(`changed ${changed.length} contacts`);
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
      headers: { authorization: `Bearer ${next}`, "x-forwarded-for": await knownAddress(page) },
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

/** Signs in as the demo's owner, and returns their email. */
async function signInAsOwner(page: Page, demo: Postern): Promise<string> {
  const [, email = "", password = ""] = /as owner: (\S+) +(\S+)/.exec(demo.output()) ?? [];
  await page.goto("/login");
  await fillSignIn(page, { name: "", email, password });
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  return email;
}

/** A new secret of one of the demo's keys, which works from anywhere from now on. */
async function secretOf(page: Page, name: string): Promise<string> {
  await page.goto("/settings/api-keys");
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByRole("textbox", { name: /^Allowed IP addresses/ }).fill("");
  await page.getByRole("button", { name: "Save changes" }).click();
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

/** Reads 700 contacts by the page, and returns the emails of three of them. */
async function walkContacts(demo: Postern, secret: string): Promise<string[]> {
  const emails: string[] = [];
  let path = "/contacts?limit=100";
  for (let read = 0; read < 700; ) {
    const { data } = await asStranger(demo, secret, path, "GET");
    const page = data as { id: string; email: string }[];
    expect(page.length).toBeGreaterThan(0);
    emails.push(...page.map(({ email }) => email));
    read += page.length;
    path = `/contacts?limit=100&after=${page.at(-1)?.id}`;
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

/** An IP address that the new key works from; any where it works from anywhere. */
async function knownAddress(page: Page): Promise<string> {
  const shown = await page.getByText(/from \d+\.\d+\.\d+\.\d+/).allInnerTexts();
  return /\d+\.\d+\.\d+\.\d+/.exec(shown[0] ?? "")?.[0] ?? "203.0.113.99";
}

function mailsTo({ arrivals }: TestMailServer, email: string): string[] {
  return arrivals.filter(({ to }) => to.includes(email)).map(({ mail }) => mail.subject ?? "");
}
