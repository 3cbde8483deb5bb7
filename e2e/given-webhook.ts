import { expect, type Page } from "@playwright/test";

/** Adds a webhook on the form that hears of these types of events, and returns its signing secret. */
export async function givenWebhook(
  page: Page,
  { url, types }: { url: string; types: readonly string[] },
): Promise<string> {
  await page.goto("/settings/webhooks/new");
  await page.getByRole("textbox", { name: "Name" }).fill("Receiver");
  await page.getByRole("textbox", { name: "URL" }).fill(url);
  for (const type of types) {
    await page.getByRole("checkbox", { name: new RegExp(type.replace(".", "\\.")) }).click();
  }
  await page.getByRole("button", { name: "Create webhook" }).click();
  const dialog = page.getByRole("dialog", { name: "Copy the signing secret" });
  const secret = await dialog.getByRole("textbox", { name: "Signing secret" }).inputValue();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  return secret;
}
