import type { Locator, Page } from "@playwright/test";
import { callApi } from "./caller";
import {
  confirm,
  expect,
  generateKey,
  revealedSecret,
  rotate,
  signUp,
  stored,
  test,
} from "./story";

const DAY_MS = 86_400_000;
const ENDS_SOON = new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10);

test("the list says which keys need somebody, and leads to each, until it is seen to", async ({
  page,
  postern,
}) => {
  await signUp(page);
  await test.step("a key that was just made needs nobody", async () => {
    await page.goto("/settings/api-keys/new?use=analytics&name=Metabase");
    await generate(page);
    await page.goto("/settings/api-keys");
    await expect(page.getByRole("link", { name: "Metabase" })).toBeVisible();
    await expect(notices(page)).toHaveCount(0);
  });

  await test.step("one that expires in three days", async () => {
    await page.goto(`/settings/api-keys/new?use=analytics&name=Looker&expires=${ENDS_SOON}`);
    await generate(page);
    await page.goto("/settings/api-keys");
    await expect(notices(page)).toHaveCount(1);
    await expect(notices(page)).toContainText(/^Looker stops working on \d/);
    await expect(page.getByRole("row", { name: /Looker/ })).toContainText("Expires in 3 days");
    await review(page, "Looker");
  });

  await test.step("one whose old secret is still called with, which ends within a day", async () => {
    const old = await generateKey(page, { name: "Nightly sync" });
    await stored(page);
    await rotate(page, "24 hours");
    await page.goto("/settings/api-keys");
    await expect(page.getByRole("row", { name: /Nightly sync/ })).toContainText("Rotating");
    await expect(notices(page)).toHaveCount(1);
    expect((await callApi(postern.origin, old, "/me")).status).toBe(200);
    await expect(async () => {
      await page.goto("/settings/api-keys");
      await expect(notices(page)).toHaveCount(2, { timeout: 1_000 });
    }).toPass();
    await expect(notices(page).first()).toContainText(
      /^Nightly sync is still called with its old secret, which stops in 23 h/,
    );
    await review(page, "Nightly sync");
  });

  await test.step("seen to, it is no longer named", async () => {
    await page.getByRole("button", { name: "End now" }).click();
    await confirm(page.getByRole("dialog"), "End old secret");
    await page.goto("/settings/api-keys");
    await expect(page.getByRole("row", { name: /Nightly sync/ })).toContainText("Active");
    await expect(notices(page)).toHaveCount(1);
    await expect(notices(page)).toContainText("Looker");
  });
});

function notices(page: Page): Locator {
  return page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Review" }) });
}

async function review(page: Page, key: string): Promise<void> {
  await notices(page).filter({ hasText: key }).getByRole("link", { name: "Review" }).click();
  await expect(page.getByRole("heading", { level: 1, name: key })).toBeVisible();
}

async function generate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Generate key" }).click();
  await revealedSecret(page);
  await stored(page);
}
