import type { Page } from "@playwright/test";
import { startMailServer } from "@/lib/testing/mail-server";
import { callApi } from "./caller";
import { freePort } from "./free-port";
import { startPostern } from "./postern";
import { sendFromShop } from "./shop";
import {
  confirm,
  expect,
  expectAccessible,
  expectNoOverflow,
  generateKey,
  signUp,
  test,
} from "./story";

const ORDER = {
  from: "Café Müller <orders@shop.example>",
  to: ["Anna Kern 🌷 <anna@example.com>"],
  subject: "Bestellung № 17 ist unterwegs 🌷",
  html: "<h1>Danke, Anna!</h1><p>Größe M</p>",
  text: "Danke, Anna!\n.\nGröße M",
  replyTo: "help@shop.example",
  headers: { "X-Order": "17" },
  attachments: [
    { filename: "Rechnung № 17.txt", content: Buffer.from("17,50 €").toString("base64") },
  ],
};

test("a shop's order mail arrives with the right bytes, and its time line is in the console", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const smtp = await startMailServer();
  const PORT = `${await freePort()}`;
  const postern = await startPostern({
    env: { SMTP_URL: smtp.url, PORT, APP_URL: `http://localhost:${PORT}` },
  });
  const context = await browser.newContext({ baseURL: postern.origin });
  const page = await context.newPage();
  await signUp(page);
  const secret = await generateKey(page, { name: "Web shop", useCase: "Transactional email" });

  const first = await test.step("the order mail arrives as it was sent", async () => {
    const id = await idOf(postern.origin, secret, ORDER);
    await expect.poll(() => smtp.arrivals.length).toBe(1);
    const [arrival] = smtp.arrivals;
    expect(arrival?.to).toEqual(["anna@example.com"]);
    expect(arrival?.mail).toMatchObject({
      subject: ORDER.subject,
      text: ORDER.text,
      messageId: `<${id}@shop.example>`,
      from: { value: [{ name: "Café Müller", address: "orders@shop.example" }] },
      to: { value: [{ name: "Anna Kern 🌷", address: "anna@example.com" }] },
      replyTo: { value: [{ address: "help@shop.example" }] },
    });
    expect(arrival?.mail.html).toContain("<p>Größe M</p>");
    expect(arrival?.mail.headers.get("x-order")).toBe("17");
    const [bill] = arrival?.mail.attachments ?? [];
    expect([bill?.filename, bill?.content.toString()]).toEqual(["Rechnung № 17.txt", "17,50 €"]);
    return id;
  });

  const again =
    await test.step("one sent while the mail server is down arrives later, once", async () => {
      await smtp.close();
      const id = await idOf(postern.origin, secret, { ...ORDER, subject: "While it was down" });
      await seeStatus(page, id, "Delayed");
      const back = await startMailServer({ port: smtp.port });
      await expect.poll(() => back.arrivals.length, { timeout: 60_000 }).toBe(1);
      await seeStatus(page, id, "Delivered");
      expect(back.arrivals.map(({ mail }) => mail.messageId)).toEqual([`<${id}@shop.example>`]);
      return { id, back };
    });

  await test.step("the marketer sees what happened, and what it looks like", async () => {
    await page.goto("/emails");
    await page
      .getByRole("row", { name: /While it was down/ })
      .getByRole("link")
      .click();
    const panel = page.getByRole("region", { name: "While it was down" });
    await expect(panel.getByText("Accepted", { exact: true })).toBeVisible();
    await expect(panel.getByText("Not taken yet").first()).toBeVisible();
    await expect(panel.getByText("The mail server took it.")).toBeVisible();
    await expect(panel.getByText("the key Web shop")).toBeVisible();
    const preview = panel.frameLocator("iframe");
    await expect(preview.getByRole("heading", { name: "Danke, Anna!" })).toBeVisible();
    await panel.getByRole("link", { name: "Text" }).click();
    await expect(panel.getByText("Größe M")).toBeVisible();
    await panel.getByRole("link", { name: "Source" }).click();
    await expect(panel.getByText("<h1>Danke, Anna!</h1>")).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoOverflow(page);
    await page.setViewportSize({ width: 1360, height: 860 });
  });

  await test.step("and finds a mail by its recipient", async () => {
    await page.goto("/emails");
    await page.getByRole("searchbox", { name: "Search by recipient" }).fill("Anna@example.com");
    await expect(page).toHaveURL(/recipient=/);
    await expect(page.getByRole("row", { name: /anna@example.com/ })).toHaveCount(2);
    await page.getByRole("searchbox", { name: "Search by recipient" }).fill("bo@example.com");
    await expect(page.getByText("No email matches")).toBeVisible();
  });

  expect(first).not.toBe(again.id);
  await context.close();
  expect(await postern.stop()).toBe(0);
  await again.back.close();
});

test("without a mail server nothing leaves: the Outbox shows it, and says why", async ({
  page,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  await page.goto("/outbox");
  await expect(page.getByText("The Outbox is empty")).toBeVisible();
  await expectAccessible(page);
  const secret = await generateKey(page, { name: "Web shop", useCase: "Transactional email" });
  const hostile = `<script>parent.document.title = "taken"</script><p>Hello</p>`;
  const id = await idOf(postern.origin, secret, { ...ORDER, html: hostile });
  await seeStatus(page, id, "Kept here");
  const body = await page.request.get(`/emails/${id}/body`);
  expect(body.headers()["content-security-policy"]).toMatch(
    /^default-src 'none'; img-src data:; .*; sandbox$/,
  );
  await page.goto("/outbox");
  await expect(page.getByText("SMTP_URL")).toBeVisible();
  await page
    .getByRole("row", { name: /Bestellung/ })
    .getByRole("link")
    .click();
  const panel = page.getByRole("region", { name: ORDER.subject });
  await expect(panel.getByText("No mail server is set up, so it is in the Outbox.")).toBeVisible();
  await expect(panel.frameLocator("iframe").getByText("Hello")).toBeVisible();
  await expect(page).toHaveTitle(/Outbox/);
  // Axe never finishes in a frame that may run no script.
  await panel.getByRole("link", { name: "Text" }).click();
  await expect(panel.frameLocator("iframe").getByText("Hello")).toHaveCount(0);
  await expectAccessible(page);

  await test.step("one that waits for its time is canceled, which the shop sees", async () => {
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const later = await idOf(postern.origin, secret, { ...ORDER, scheduledAt });
    await page.goto(`/emails?email=${later}&view=text`);
    await page.getByRole("button", { name: "Cancel email" }).click();
    await confirm(page.getByRole("dialog"), "Cancel email");
    await expect(panel.getByText("Canceled").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Cancel email" })).toHaveCount(0);
    const { body } = await callApi(postern.origin, secret, `/emails/${later}`);
    expect(body).toMatchObject({ last_event: "canceled" });
  });

  await test.step("a key that does not keep what its emails say leaves nothing to read", async () => {
    await page.goto("/settings/api-keys");
    await page.getByRole("link", { name: "Web shop" }).click();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("checkbox", { name: "Do not keep what its emails say" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(
      page.getByRole("definition").filter({ hasText: "What its emails say" }),
    ).toBeVisible();
    const reset = await idOf(postern.origin, secret, { ...ORDER, subject: "Reset your password" });
    await seeStatus(page, reset, "Kept here");
    const shown = page.getByRole("region", { name: "Reset your password" });
    await expect(shown.getByText("The text was not kept")).toBeVisible();
    await expect(shown.getByRole("link", { name: "Source" })).toHaveCount(0);
    expect((await page.request.get(`/emails/${reset}/body`)).status()).toBe(404);
    expect((await page.request.get(`/emails/${reset}/source`)).status()).toBe(404);
    await expectAccessible(page);
  });
});

test("an admin names sending domains and suppresses an address, and a key feels both", async ({
  page,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const secret = await generateKey(page, { name: "Web shop", useCase: "Transactional email" });
  await page.goto("/settings/sending");
  await expectAccessible(page);
  await page.getByRole("textbox", { name: "Domain" }).fill("Other.example");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByRole("row", { name: /other\.example/ })).toBeVisible();
  const refused = await sendFromShop(postern.origin, secret, ORDER);
  expect(refused.error).toMatchObject({ name: "validation_error", statusCode: 422 });
  await page.getByRole("button", { name: "Remove other.example" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove domain" }).click();
  await expect(page.getByText("No sending domains yet")).toBeVisible();

  await page.getByRole("button", { name: "Suppress an email" }).click();
  const dialog = page.getByRole("dialog", { name: "Suppress an email" });
  await dialog.getByRole("textbox", { name: "Email" }).fill("Anna@example.com");
  await dialog.getByRole("textbox", { name: "Why" }).fill("Asked by phone");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Suppress" }).click();
  await expect(page.getByRole("row", { name: /anna@example\.com/ })).toBeVisible();
  const id = await idOf(postern.origin, secret, ORDER);
  await seeStatus(page, id, "Suppressed");

  await page.goto("/settings/sending");
  await page.getByRole("button", { name: "Take anna@example.com off the list" }).click();
  const removal = page.getByRole("dialog", { name: "Take off the list" });
  await removal.getByRole("textbox", { name: "Why" }).fill("Asked again");
  await removal.getByRole("button", { name: "Take off the list" }).click();
  await expect(page.getByText("Nobody is suppressed")).toBeVisible();
  await expectAccessible(page);

  await test.step("and decides how long texts are kept", async () => {
    await page.getByRole("combobox", { name: "Keep for" }).click();
    await page.getByRole("option", { name: "7 days" }).click();
    await expect(page.getByText("They can’t be brought back.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Texts and attachments are kept for 7 days now")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("combobox", { name: "Keep for" })).toHaveText("7 days");
  });
});

/** The id of an email that the shop sent. */
async function idOf(origin: string, secret: string, email: object): Promise<string> {
  const { data, error } = await sendFromShop(origin, secret, email);
  expect(error).toBeNull();
  return data?.id ?? "";
}

/** Reloads until the email's panel shows the text. */
async function seeStatus(page: Page, id: string, status: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/emails?email=${id}`);
    const panel = page.getByRole("definition").filter({ hasText: status });
    await expect(panel.first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}
