import { readFile, rm } from "node:fs/promises";
import type { Arrival, TestMailServer } from "../lib/testing/mail-server";
import { givenSettledKey, type SettledKey } from "../lib/testing/settled-key";
import { statusOf } from "./caller";
import { freePort } from "./free-port";
import { givenWebhook } from "./given-webhook";
import { newDataDir, type Postern, startPostern } from "./postern";
import {
  test as base,
  confirm,
  everyLook,
  expect,
  join,
  revealedSecret,
  signIn,
  somebody,
} from "./story";
import { startWebhookCrm } from "./webhook-crm";
import { mailServer } from "./worker-fixtures";

const NAME = "ERP customers";
/** The tool that has the key, and calls with it every hour. */
const TOOL = { address: "198.51.100.160", program: "ERP-Sync/2.4" };
const THIEF = { address: "185.220.101.34", program: "python-requests/2.32" };
const CONTACTS = 1_000;
const FOUND = `${NAME} was called from a new network`;

type Worker = { mail: TestMailServer; settled: SettledKey; postern: Postern };

/** A Postern with one settled key and a real SMTP server, behind a proxy that says where callers are. */
const test = base.extend<object, Worker & { dataDir: string }>({
  mail: mailServer,
  dataDir: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of other fixtures from this pattern, and it needs none.
    async ({}, use) => {
      const dataDir = await newDataDir();
      await use(dataDir);
      await rm(dataDir, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  settled: [
    async ({ dataDir }, use) => {
      await use(await givenSettledKey(dataDir, { name: NAME, address: TOOL.address }));
    },
    { scope: "worker", timeout: 60_000 },
  ],
  postern: [
    async ({ mail, dataDir, settled: _ }, use) => {
      const PORT = `${await freePort()}`;
      const postern = await startPostern({
        dataDir,
        env: {
          PORT,
          APP_URL: `http://localhost:${PORT}`,
          SMTP_URL: mail.url,
          TRUSTED_PROXIES: "127.0.0.1,::1",
          WEBHOOK_ALLOWED_HOSTS: "127.0.0.1",
        },
      });
      await use(postern);
      expect(await postern.stop()).toBe(0);
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

test("a stolen key is mailed and told to a webhook within a minute, stopped, put right and replaced within another", async ({
  page: owner,
  browser,
  postern,
  mail,
  settled: { person, secret },
}) => {
  test.setTimeout(180_000);
  const as = (who: typeof TOOL) => callerOf(postern, secret, who);
  await signIn(owner, person);
  const jonas = somebody("Jonas Weber");
  const { page } = await join(browser, owner, "Admin", jonas);
  const port = await freePort();
  const monitor = await startWebhookCrm(
    port,
    await givenWebhook(page, { url: `http://127.0.0.1:${port}/hooks`, types: ["finding.opened"] }),
  );
  await as(TOOL)("POST", "/contacts/batch", people());

  const began = Date.now();
  const { letter, changed } =
    await test.step("a thief walks the contacts, and an admin is mailed within a minute", async () => {
      const changed = await walkContacts(as(THIEF));
      for (const email of changed) {
        await as(THIEF)("PUT", `/contacts/${email}`, { first_name: "Eve" });
      }
      await expect.poll(() => letterTo(mail, jonas.email), { timeout: 60_000 }).toBeTruthy();
      const mailedMs = Date.now() - began;
      const told = () =>
        monitor.heard.find(({ type, at }) => type === "finding.opened" && at > began);
      await expect.poll(told, { timeout: 60_000 - mailedMs }).toBeTruthy();
      const toldAt = told()?.at ?? 0;
      process.stdout.write(
        `  mailed ${seconds(mailedMs)} after the first bad call, webhook ${seconds(toldAt - began)}\n`,
      );
      expect(mailedMs).toBeLessThan(60_000);
      expect(toldAt - began).toBeLessThan(60_000);
      expect(monitor.heard.map(({ type }) => type)).not.toContain("forged");
      return { letter: letterTo(mail, jonas.email), changed };
    });

  const link = await test.step("the mail names the key, what is found, and the way to it", () => {
    expect(letter?.to).toEqual([jonas.email]);
    expect(letter?.mail.subject).toMatch(/^Urgent: /);
    const text = letter?.mail.text ?? "";
    expect(text).toContain(FOUND);
    expect(text).toContain(THIEF.address);
    return /http\S+\/settings\/security\/findings\/fnd_\w+/.exec(
      text.slice(text.indexOf(FOUND)),
    )?.[0];
  });

  const clicksBegan = Date.now();
  await test.step("from the mail to the key stopped: three clicks", async () => {
    await page.goto(link ?? "");
    await expect(page.getByRole("heading", { level: 1, name: FOUND })).toBeVisible();
    await page.getByRole("button", { name: "This key leaked" }).click();
    await page.getByRole("button", { name: "Revoke now" }).click();
    await expect(page.getByRole("heading", { name: "What it did" })).toBeVisible();
    expect(await statusOf(postern.origin, secret)).toBe(401);
  });

  await test.step("what the thief did stands there, right to the row, and is put right", async () => {
    const thief = page.getByRole("row", { name: new RegExp(THIEF.address) });
    await expect(thief).toContainText("unknown");
    await expect(thief).toContainText(THIEF.program);
    await expect(thief).toContainText(`read 1,000 contacts and changed ${changed.length}`);
    await expect(page.getByText(/^A caller is known if/)).toBeVisible();
    await page.getByRole("button", { name: "Use this time" }).click();
    await expect(page.getByRole("button", { name: "Use this time" })).toHaveCount(0);
    const restore = `Restore ${changed.length}`;
    await page.getByRole("button", { name: restore }).click();
    await confirm(page.getByRole("dialog", { name: restore }), restore);
    await expect(page.getByText(`${changed.length} contacts restored`)).toBeVisible();
  });

  await test.step("the replacement works, from where the tool always called and from nowhere else", async () => {
    await page.getByRole("link", { name: "Next: replace the key" }).click();
    await page.getByRole("button", { name: "Make the new key" }).click();
    const next = await revealedSecret(page);
    await page.getByRole("button", { name: "I have stored it" }).click();
    const restored = await callerOf(postern, next, TOOL)("GET", `/contacts/${changed[0]}`);
    expect(restored).toMatchObject({ first_name: "Ada" });
    const refused = await fetch(`${postern.origin}/api/v1/me`, { headers: headersOf(next, THIEF) });
    expect(refused.status).toBe(403);
  });

  await test.step("and the report says all of it", async () => {
    await page.getByRole("link", { name: "Next: review and report" }).click();
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name: "Open report" }).click();
    await page.getByRole("button", { name: "Download report" }).click();
    const text = await readFile(await (await downloading).path(), "utf8");
    const report = JSON.parse(text);
    expect(report).toMatchObject({
      object: "incident_report",
      key: { name: NAME },
      did: {
        contacts_read: CONTACTS,
        contacts_changed: changed.length,
        contacts_restored: changed.length,
        contacts_to_restore: 0,
      },
      replacement: { name: `${NAME} (new)` },
    });
    const thief = report.did.callers.find(({ address }: typeof TOOL) => address === THIEF.address);
    expect(thief).toMatchObject({
      known_days: null,
      user_agent: THIEF.program,
      calls: CONTACTS / PAGE + changed.length,
      contacts_read: CONTACTS,
      contacts_changed: changed.length,
    });
    expect(text).not.toContain(secret);
  });
  const clicksMs = Date.now() - clicksBegan;
  process.stdout.write(`  stopped, put right, replaced and reported in ${seconds(clicksMs)}\n`);
  expect(clicksMs).toBeLessThan(60_000);
  await everyLook(page);
  await monitor.stop();
});

const PAGE = 100;

function people(): object[] {
  return Array.from({ length: CONTACTS }, (_, n) => ({
    email: `person-${n}@example.com`,
    first_name: "Ada",
  }));
}

type Call = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** Reads every contact, page by page, and returns the emails of the first three. */
async function walkContacts(call: Call): Promise<string[]> {
  const emails: string[] = [];
  for (let cursor: unknown = ""; cursor !== null; ) {
    const page = await call("GET", `/contacts?limit=${PAGE}${cursor ? `&after=${cursor}` : ""}`);
    emails.push(...(page.data as { email: string }[]).map(({ email }) => email));
    cursor = page.has_more ? page.next_cursor : null;
  }
  expect(emails).toHaveLength(CONTACTS);
  return emails.slice(0, 3);
}

/** The mail to somebody that names what was found. */
function letterTo(mail: TestMailServer, email: string): Arrival | undefined {
  return mail.arrivals.find(
    ({ to, mail: { text } }) => to.includes(email) && text?.includes(FOUND),
  );
}

function callerOf(postern: Postern, secret: string, who: typeof TOOL): Call {
  return async (method, path, body) => {
    const answer = await fetch(`${postern.origin}/api/v1${path}`, {
      method,
      headers: {
        ...headersOf(secret, who),
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answered = (await answer.json()) as Record<string, unknown>;
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answered)}`).toBeLessThan(300);
    return answered;
  };
}

function headersOf(secret: string, { address, program }: typeof TOOL): Record<string, string> {
  return {
    authorization: `Bearer ${secret}`,
    "x-forwarded-for": address,
    "user-agent": program,
  };
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
