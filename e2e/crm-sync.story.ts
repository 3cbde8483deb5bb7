import { callApi } from "./caller";
import { syncFromCrm } from "./crm";
import { confirm, expect, expectAccessible, generateKey, signUp, test } from "./story";

test("a CRM syncs a thousand people, and the marketer sees who they are and what brought them", async ({
  page,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const secret = await generateKey(page, { name: "HubSpot sync" });
  const quickStart = page.getByRole("link", { name: /Quick start/ });
  await expect(quickStart).toHaveAttribute("href", "/docs/quick-starts/crm-sync");
  const report = await syncFromCrm(postern.origin, secret);
  expect(report).toEqual({ created: 1_000, again: ["unchanged"], listed: 1_000, problems: [] });
  await expect(page.getByText("First call received")).toBeVisible();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "HubSpot sync" })).toBeVisible();

  await page.goto("/contacts");
  await page.getByLabel("Search contacts").fill("person0777");
  const table = page.getByRole("region", { name: "Contacts" });
  const link = table.getByRole("link", { name: /person0777@crm\.example/ });
  await expect(link).toBeVisible();
  await link.click();
  const panel = page.getByRole("region").filter({ hasText: "person0777@crm.example" });
  await expect(panel.getByText("gold")).toBeVisible();
  await expect(panel.getByRole("link", { name: "HubSpot sync" }).first()).toBeVisible();

  await expect(async () => {
    await page.goto("/settings/activity");
    await expect(page.getByText("/contacts/batch").first()).toBeVisible({ timeout: 2_000 });
  }).toPass();

  await test.step("who asks to be forgotten is deleted, which the CRM is told", async () => {
    await page.goto("/contacts?search=person0777");
    await link.click();
    await panel.getByRole("button", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete contact" });
    await expect(dialog.getByText("Their email is taken out of emails")).toBeVisible();
    await expectAccessible(page);
    await confirm(dialog, "Delete contact");
    await expect(page.getByText("No contact matches")).toBeVisible();
    const { body } = await callApi(postern.origin, secret, "/contacts/deleted");
    expect(body).toMatchObject({ data: [{ object: "deleted_contact" }] });
  });
});
