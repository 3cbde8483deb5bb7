import type { Page } from "@playwright/test";
import {
  everyLook,
  expect,
  expectAccessible,
  generateKey,
  join,
  revealedSecret,
  signUp,
  somebody,
  stored,
  test,
} from "./story";

test("keys are reviewed one by one and signed off, which the audit log keeps", async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  for (const name of ["CRM", "Shop", "Old form"]) {
    await generateKey(page, { name });
    await stored(page);
  }

  await test.step("each is kept, rotated or revoked, and one is left for later", async () => {
    await review(page);
    await expect(page.getByText("0 of 3 looked at")).toBeVisible();
    await expect(at(page, "CRM")).toBeVisible();
    await everyLook(page);
    await page.getByRole("link", { name: "Later" }).click();
    await expect(at(page, "Shop")).toBeVisible();
    await page.getByRole("link", { name: "Rotate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate key" }).click();
    await revealedSecret(page);
    await stored(page);
    await review(page);
    await expect(page.getByText("1 of 3 looked at")).toBeVisible();
    await page.getByRole("button", { name: "Keep" }).click();
    await expect(at(page, "Old form")).toBeVisible();
    await page.getByRole("link", { name: "Revoke" }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: "No longer needed" }).click();
    await dialog.getByRole("button", { name: "Revoke key" }).click();
    await expect(page.getByText("Every call is refused").first()).toBeVisible();
  });

  await test.step("the end says what was decided, and is signed off", async () => {
    await review(page);
    await expect(page.getByText("3 of 3 looked at")).toBeVisible();
    await expect(page.getByText("kept 1, rotated 1 and revoked 1")).toBeVisible();
    await everyLook(page);
    await page.getByRole("button", { name: "Sign off" }).click();
    await expect(
      page.getByText(/Mara Keller signed it off on .* The next one is due/),
    ).toBeVisible();
    await page.goto("/settings/audit");
    await expect(
      page.getByRole("row", { name: /reviewed the keys of Northwind Tea/ }),
    ).toBeVisible();
  });

  await test.step("a marketer is told who reviews", async () => {
    const marketer = await join(browser, page, "Marketer", somebody("Ana Ruiz"));
    await marketer.page.goto("/settings/security/review");
    await expect(marketer.page.getByText("Owners and admins review keys.")).toBeVisible();
    await expectAccessible(marketer.page);
    await marketer.context.close();
  });
});

async function review(page: Page): Promise<void> {
  await page.goto("/settings/security");
  await page.getByRole("button", { name: "Review keys" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Review keys" })).toBeVisible();
}

/** The heading of the key that the review is at. */
function at(page: Page, name: string) {
  return page.getByRole("heading", { level: 2, name });
}
