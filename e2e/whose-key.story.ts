import type { Page } from "@playwright/test";
import { givenKey } from "./given-key";
import { shortcut } from "./keyboard";
import { everyLook, expect, join, signUp, somebody, test } from "./story";

test("somebody who came across a key learns whose it is and can act, and what they pasted is nowhere", async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  const secret = await givenKey(page, "CRM");

  await test.step("on the Security page, from a scanner's finding", async () => {
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Whose key is this?" }).click();
    await lookUp(page, `[{"token":"${secret}","url":"https://github.com/a/b"}]`);
    await expect(dialog(page).getByRole("link", { name: "CRM" })).toBeVisible();
    await expect(dialog(page).getByText("Owner: Mara Keller")).toBeVisible();
    await expect(dialog(page).getByText("Never used")).toBeVisible();
    await everyLook(page);
    expect(page.url()).not.toContain("pstn_");
  });

  await test.step("by its beginning, which is said to be uncertain; other text is told apart", async () => {
    await lookUp(page, secret.slice(0, 16));
    await expect(dialog(page).getByText(/Only four characters were compared/)).toBeVisible();
    await lookUp(page, "hello");
    await expect(dialog(page).getByText(/There is no key in this/)).toBeVisible();
    await lookUp(page, "pstn_live_…zzzz");
    await expect(dialog(page).getByText(/No key of this workspace/)).toBeVisible();
  });

  await test.step("and the way to act is one click away", async () => {
    await lookUp(page, secret);
    await dialog(page).getByRole("button", { name: "This key leaked" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "CRM leaked" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Revoke now" })).toBeVisible();
  });

  await test.step("a viewer asks from the palette, and reads whom to tell", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Ana Ruiz"));
    const asks = viewer.page.getByRole("option", { name: "Whose key is this?" });
    await shortcut(viewer.page, "Control+k", asks);
    await asks.click();
    await lookUp(viewer.page, secret);
    await expect(dialog(viewer.page).getByText(/tell its owner or an admin/)).toBeVisible();
    await viewer.page.getByRole("button", { name: "Close" }).first().click();
    await expect(dialog(viewer.page)).toHaveCount(0);
    expect(await viewer.page.content()).not.toContain(secret);
    await viewer.context.close();
  });
});

function dialog(page: Page) {
  return page.getByRole("dialog", { name: "Whose key is this?" });
}

async function lookUp(page: Page, text: string): Promise<void> {
  await dialog(page).getByRole("textbox", { name: "Key or its beginning" }).fill(text);
  await dialog(page).getByRole("button", { name: "Look it up" }).click();
}
