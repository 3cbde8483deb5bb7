import { expect, signUp, test } from "./story";

test("the way from list to list stays in Test, also by keyboard, until a live list is looked at", async ({
  page,
}) => {
  await signUp(page);
  const console = page.getByRole("navigation", { name: "Console" });
  await page.goto("/contacts");
  await page.getByRole("radio", { name: "Test" }).click();
  await expect(page).toHaveURL(/\/contacts\?environment=test$/);

  await console.getByRole("link", { name: "Audiences" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Audiences" })).toBeVisible();
  await expect(page.getByRole("radio", { name: "Test" })).toBeChecked();

  await page.keyboard.press("c");
  await expect(page).toHaveURL(/\/audiences\/new\?environment=test$/);
  await expect(page.getByRole("heading", { level: 1, name: "Create audience" })).toBeVisible();

  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("emails");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/emails\?environment=test$/);
  await expect(page.getByRole("radio", { name: "Test" })).toBeChecked();

  await page.goto("/campaigns");
  await expect(page.getByRole("radio", { name: "Live" })).toBeChecked();
  await console.getByRole("link", { name: "Contacts" }).click();
  await expect(page).toHaveURL(/\/contacts$/);
});
