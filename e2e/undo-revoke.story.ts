import type { Page } from "@playwright/test";
import { statusOf } from "./caller";
import { givenKey } from "./given-key";
import { everyLook, expect, expectAccessible, join, signUp, somebody, test } from "./story";

test("a revoke is undone by an admin and the same secret works again; after a leak it is not", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  const secret = await givenKey(page, "CRM");

  await test.step("the dialog says that it can be undone", async () => {
    await revoke(page, "No longer needed", /can undo this for 7 days/);
    expect(await statusOf(postern.origin, secret)).toBe(401);
    await everyLook(page);
  });

  await test.step("a colleague who does not manage every key reads who can", async () => {
    const marketer = await join(browser, page, "Marketer", somebody("Ana Ruiz"));
    await marketer.page.goto(page.url());
    await expect(marketer.page.getByText(/Owners and admins can undo this until/)).toBeVisible();
    await expect(marketer.page.getByRole("button", { name: "Undo revoke" })).toHaveCount(0);
    await marketer.context.close();
  });

  await test.step("undone, the key works as before and its history says so", async () => {
    await page.getByRole("button", { name: "Undo revoke" }).click();
    await expect(page.getByRole("button", { name: "Rotate", exact: true })).toBeVisible();
    await expect(page.getByText(/undid the revoke of the key/)).toBeVisible();
    expect(await statusOf(postern.origin, secret)).toBe(200);
  });

  await test.step("a leaked key does not come back", async () => {
    await revoke(page, /^Compromised/, /never works again/);
    await expect(page.getByText("A key that leaked can't be brought back.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo revoke" })).toHaveCount(0);
    expect(await statusOf(postern.origin, secret)).toBe(401);
  });
});

async function revoke(page: Page, reason: string | RegExp, said: RegExp): Promise<void> {
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke key" });
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: reason }).click();
  await expect(dialog.getByText(said)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Every call is refused").first()).toBeVisible();
}
