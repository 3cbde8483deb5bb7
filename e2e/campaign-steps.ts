import { expect, type Page } from "@playwright/test";
import { callApi } from "./caller";
import { generateKey } from "./story";

/** Dismisses the dialog with a new key's secret. */
async function storeSecret(page: Page): Promise<void> {
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
}

/** Makes a key by a preset and dismisses its secret. */
export async function givenKey(page: Page, name: string, useCase: string): Promise<string> {
  const secret = await generateKey(page, { name, useCase });
  await storeSecret(page);
  return secret;
}

type Contact = { email: string; first_name: string };

/** Makes a list in the console, and adds contacts to it with a CRM's key. */
export async function givenAudience(
  page: Page,
  origin: string,
  { name, contacts }: { name: string; contacts: readonly Contact[] },
): Promise<void> {
  const secret = await givenKey(page, "CRM", "CRM sync");
  await page.goto("/audiences/new");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create audience" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  const { body } = await callApi(origin, secret, "/audiences");
  const audience = (body as { data: { id: string }[] }).data[0]?.id;
  for (const { email, first_name } of contacts) {
    const values = JSON.stringify({ first_name, audiences: [audience] });
    const saved = await callApi(origin, secret, `/contacts/${email}`, {
      method: "PUT",
      body: values,
    });
    expect(saved.status).toBe(201);
  }
}

type Campaign = { name: string; audience: string; subject: string; html: string };

/** Writes a campaign in the console and opens its draft. */
export async function draftCampaign(page: Page, campaign: Campaign): Promise<void> {
  await page.goto("/campaigns");
  await page.getByRole("link", { name: "Create campaign" }).first().click();
  await page.getByLabel("Name").fill(campaign.name);
  await page.getByRole("combobox", { name: "Audience" }).click();
  await page.getByRole("option", { name: campaign.audience }).click();
  await page.getByLabel("From", { exact: true }).fill("Northwind Tea <hello@northwind.example>");
  await page.getByLabel("Subject").fill(campaign.subject);
  await page.getByLabel("HTML", { exact: true }).fill(campaign.html);
  await page.getByRole("button", { name: "Create draft" }).click();
  await expect(page.getByRole("heading", { name: campaign.name, level: 1 })).toBeVisible();
}

/** Sends the open draft after checking the number of its emails. Without a mail server they are kept, as every word says. */
export async function sendCampaign(page: Page, emails: string): Promise<void> {
  await page.getByRole("button", { name: "Send campaign" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Nothing leaves")).toBeVisible();
  await dialog.getByRole("button", { name: `Keep ${emails} here` }).click();
  const heading = page.locator("header", { has: page.getByRole("heading", { level: 1 }) });
  await expect(heading.getByText("Kept here")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Sent", { exact: true })).toHaveCount(0);
}

export type Mail = { id: string; to: string[]; subject: string; html: string };

/** The mails of the open campaign as they went out, by their recipient's email. */
export async function mailsOf(
  page: Page,
  origin: string,
  secret: string,
): Promise<Map<string, Mail>> {
  const campaign = new URL(page.url()).pathname.split("/").at(-1);
  const { body } = await callApi(origin, secret, `/campaigns/${campaign}/recipients`);
  const mails = new Map<string, Mail>();
  for (const { id, email } of (body as { data: { id: string; email: string }[] }).data) {
    const mail = await callApi(origin, secret, `/emails/${id}`);
    expect(mail.status).toBe(200);
    mails.set(email, mail.body as Mail);
  }
  return mails;
}
