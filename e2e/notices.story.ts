import {
  expect,
  expectAccessible,
  expectNoOverflow,
  revealedSecret,
  signUp,
  stored,
  test,
} from "./story";

const PHONE = { width: 390, height: 844 };

test("who chose to be told of everything sees the bell, what is new, and it no more", async ({
  page,
}) => {
  await signUp(page);
  const bell = page.getByRole("link", { name: "Notices", exact: false }).filter({ visible: true });
  await expect(bell).toHaveText("Notices");
  await bell.click();
  await expect(page.getByRole("heading", { level: 1, name: "Notices" })).toBeVisible();
  await expect(page.getByText("Nothing to tell")).toBeVisible();
  await expectAccessible(page);

  await test.step("chosen on the account page", async () => {
    await page.getByRole("link", { name: "Choose what you are told" }).click();
    await expect(page.getByText("No mail server is set up")).toBeVisible();
    await page.getByRole("combobox", { name: "Tell me of" }).click();
    await page.getByRole("option", { name: "Everything" }).click();
    await page.getByText("Kinds", { exact: true }).click();
    await expectAccessible(page);
    await page.getByRole("checkbox", { name: "Never used" }).click();
    await page.getByRole("button", { name: "Update notices" }).click();
    await expect(page.getByText("Updated")).toBeVisible();
    await page.reload();
    await expect(page.getByText("Kinds, 1 left out")).toBeVisible();
  });

  await test.step("a key that never expires is told", async () => {
    await page.goto("/settings/api-keys/new?use=crm-sync&name=HubSpot+sync");
    await page.getByRole("combobox", { name: "Expires" }).click();
    await page.getByRole("option", { name: /^Never/ }).click();
    await page.getByRole("button", { name: "Generate key" }).click();
    await revealedSecret(page);
    await stored(page);
    await page.goto("/settings/api-keys");
    await expect(bell).toHaveText("Notices, something is new");
    await bell.click();
    await expect(page.getByRole("heading", { name: "New", exact: true })).toBeVisible();
    // Another page knows by then that it was seen, and its reader still finds what is new.
    const other = await page.context().newPage();
    await expect(async () => {
      await other.goto("/settings/notices");
      await expect(other.getByRole("heading", { name: "Nothing new" })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
    await other.close();
    await expect(page.getByRole("heading", { name: "New", exact: true })).toBeVisible();
    await expect(page.getByRole("article", { name: /^HubSpot sync never expires/ })).toBeVisible();
    await expectAccessible(page);
    await expectNoOverflow(page);
    await page.setViewportSize(PHONE);
    await expectAccessible(page);
    await expectNoOverflow(page);
  });

  await test.step("and is no news once it was seen", async () => {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.getByRole("link", { name: "API keys", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: "API keys" })).toBeVisible();
    await expect(bell).toHaveText("Notices");
    await bell.click();
    await expect(page.getByRole("heading", { name: "Nothing new" })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Nothing new" })).toBeVisible();
    await expect(bell).toHaveText("Notices");
  });
});
