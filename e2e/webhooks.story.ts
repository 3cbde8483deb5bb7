import type { Page } from "@playwright/test";
import { freePort } from "./free-port";
import { givenKey } from "./given-key";
import {
  confirm,
  expect,
  expectAccessible,
  expectNoOverflow,
  join,
  signUp,
  somebody,
  test,
} from "./story";
import { startWebhookCrm } from "./webhook-crm";
import { posternWith } from "./worker-fixtures";

test.use({
  postern: posternWith({ env: { ALLOW_SIGNUP: "true", WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" } }),
});

test("a CRM hears of an unsubscribe within two seconds, through a rotation and an absence, each event once", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const key = await givenKey(page, "CRM");
  const port = await freePort();
  const secret = await addWebhook(page, `http://127.0.0.1:${port}/hooks`);
  let crm = await startWebhookCrm(port, secret);
  const heard = crm.heard.slice();

  await test.step("an unsubscribe", async () => {
    await contact(postern.origin, key, "anna@example.com", false);
    const at = Date.now();
    await contact(postern.origin, key, "anna@example.com", true);
    await expect.poll(() => crm.heard.length).toBe(1);
    expect(crm.heard[0]).toMatchObject({ type: "contact.unsubscribed", email: "anna@example.com" });
    expect((crm.heard[0]?.at ?? 0) - at).toBeLessThan(2_000);
  });

  let fresh = "";
  await test.step("the secret is rotated: the old one still checks, and so does the new one", async () => {
    await page.getByRole("button", { name: "Rotate secret" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
    fresh = await signingSecret(page);
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByText(/The secret is being rotated/)).toBeVisible();
    await unsubscribe(postern.origin, key, "tom@example.com");
    await expect.poll(() => crm.heard.length).toBe(2);
  });

  await test.step("the CRM is away, misses some, and gets them all when it is back", async () => {
    heard.push(...crm.heard);
    await crm.stop();
    for (const name of ["li", "omar", "zoe", "noor"]) {
      await unsubscribe(postern.origin, key, `${name}@example.com`);
    }
    await page.reload();
    await expect(page.getByText("No answer").first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "contact.unsubscribed" }).first().click();
    const panel = page.getByRole("region", { name: "contact.unsubscribed" });
    await expect(panel.getByText(/connection was refused/).first()).toBeVisible();
    await expectAccessible(page);
    crm = await startWebhookCrm(port, fresh);
    await panel.getByRole("button", { name: "Send again" }).click();
    await expect.poll(() => crm.heard.length, { timeout: 90_000 }).toBe(4);
    heard.push(...crm.heard);
  });

  expect(new Set(heard.map(({ id }) => id)).size).toBe(6);
  expect(heard.map(({ email }) => email.split("@")[0]).sort()).toEqual([
    "anna",
    "li",
    "noor",
    "omar",
    "tom",
    "zoe",
  ]);

  await test.step("a viewer sees what is sent and is told who may change it", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Liv Holm"));
    await viewer.page.goto(page.url());
    await expect(viewer.page.getByText(/Only admins and owners can change it/)).toBeVisible();
    await expect(viewer.page.getByRole("button", { name: "Delete" })).toHaveCount(0);
    await expect(viewer.page.getByRole("button", { name: "Send again" })).toHaveCount(0);
    await viewer.page.goto("/settings/webhooks/new");
    await expect(viewer.page.getByText("Only admins and owners can add webhooks")).toBeVisible();
    await viewer.context.close();
  });

  await test.step("a test is sent, on a phone as well, and the webhook is deleted", async () => {
    await page.getByRole("link", { name: "Close" }).click();
    await page.getByRole("button", { name: "Send a test" }).click();
    await expect(page.getByRole("link", { name: "webhook.test" })).toBeVisible();
    await expect.poll(() => crm.heard.at(-1)?.type).toBe("webhook.test");
    await page.setViewportSize({ width: 390, height: 800 });
    await expectNoOverflow(page);
    await page.getByRole("button", { name: "Delete" }).click();
    await confirm(page.getByRole("dialog"), "Delete webhook");
    await expect(page.getByText("No webhooks yet")).toBeVisible();
  });
  await crm.stop();
});

/** Adds a webhook for unsubscribes on the form, and returns its signing secret. Its page is open afterwards. */
async function addWebhook(page: Page, url: string): Promise<string> {
  await page.goto("/settings/webhooks");
  await expect(page.getByRole("heading", { name: "Webhooks", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Add webhook" }).first().click();
  await page.getByRole("textbox", { name: "Name" }).fill("CRM: subscriptions");
  await page.getByRole("textbox", { name: "URL" }).fill("https://169.254.169.254/latest");
  await page.getByRole("checkbox", { name: /contact\.unsubscribed/ }).click();
  await page.getByRole("button", { name: "Create webhook" }).click();
  await expect(page.getByText(/inside a private network/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "URL" }).fill(url);
  await page.getByRole("button", { name: "Create webhook" }).click();
  const secret = await signingSecret(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  return secret;
}

async function signingSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Copy the signing secret" });
  const secret = await dialog.getByRole("textbox", { name: "Signing secret" }).inputValue();
  expect(secret).toMatch(/^whsec_/);
  return secret;
}

async function unsubscribe(origin: string, key: string, email: string): Promise<void> {
  await contact(origin, key, email, false);
  await contact(origin, key, email, true);
}

async function contact(origin: string, key: string, email: string, unsubscribed: boolean) {
  const answer = await fetch(`${origin}/api/v1/contacts/${email}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ unsubscribed }),
  });
  expect(answer.ok).toBe(true);
}
