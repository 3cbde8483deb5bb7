import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  generateKey,
  signUp,
  test,
  WCAG,
} from "./story";

const PHONE = { width: 360, height: 780 };
const DESKTOP = { width: 1360, height: 860 };
const LONG_NAME = "Salesforce → Northwind nightly contact reconciliation for EMEA and APAC, v2 🎁";
const RIGHT_TO_LEFT = "מזכר לקוחות <script>alert(1)</script>";

test("every page of a new workspace is accessible and fits, wide and narrow, light and dark", async ({
  page,
}) => {
  test.setTimeout(480_000);
  await signUp(
    page,
    undefined,
    "ב Northwind & <b>Sons</b> Tea Trading Company of Hamburg and Porto",
  );
  await everyPage(page, [
    "/settings/api-keys",
    "/settings/api-keys/new",
    "/settings/activity",
    "/settings/audit",
    "/settings/members",
    "/settings/account",
    "/contacts",
    "/audiences",
    "/campaigns",
    "/campaigns/new",
    "/templates",
    "/emails",
    "/outbox",
    "/settings/sending",
    "/docs/quick-starts",
    "/docs/quick-starts/transactional-email",
    "/docs/errors/insufficient_scope",
    "/settings/no-such-page",
  ]);
});

test("and so is every page of a used one, with long, right-to-left and hostile names", async ({
  page,
  postern,
}) => {
  test.setTimeout(240_000);
  page.on("dialog", () => {
    throw new Error("a name ran as a script");
  });
  await signUp(page);
  await generateKey(page, { name: RIGHT_TO_LEFT });
  await page.getByRole("button", { name: "I have stored it" }).click();
  const secret = await generateKey(page, { name: LONG_NAME, useCase: "Analytics" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: LONG_NAME })).toBeVisible();
  const keyPage = new URL(page.url()).pathname;
  expect((await callApi(postern.origin, secret, "/me")).status).toBe(200);
  expect((await callApi(postern.origin, secret, "/contacts")).status).toBe(403);
  await expect(async () => {
    await page.goto("/settings/activity");
    await expect(page.getByText("403").first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await everyPage(page, [
    "/settings/api-keys",
    "/settings/api-keys?q=nothing-is-called-this",
    keyPage,
    "/settings/activity",
    "/settings/activity?q=nothing-is-called-this",
    "/settings/audit",
  ]);
});

test("the reference is all there, accessible, and fits", async ({ page }) => {
  await page.goto("/docs/api");
  const call = page.getByRole("button", { name: /^POST \/contacts Add a contact/ });
  await call.click();
  await expect(page.getByText("Needs the permission")).toBeVisible();
  await page.getByRole("tab", { name: "Schema" }).first().click();
  const refusal = page.locator(".api-reference").getByRole("link", { name: "invalid_json" });
  await expect(refusal).toHaveAttribute("href", "/docs/errors/invalid_json");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await expectNoOverflow(page);
      await expectAccessible(page);
    }
  }
});

test("a page with a list or a menu open is accessible, and fits", async ({ page }) => {
  test.setTimeout(240_000);
  await signUp(page);
  await generateKey(page, { name: LONG_NAME });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: LONG_NAME })).toBeVisible();
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await test.step("a list of choices in a form", async () => {
      await page.goto("/settings/api-keys/new");
      await page.getByRole("combobox", { name: "Expires" }).click();
      await expect(page.getByRole("option", { name: "In 90 days", selected: true })).toBeFocused();
      // A screen reader still finds the rest of the page.
      await expect(page.getByRole("heading", { name: "Create API key" })).toBeVisible();
      await expect(page.getByRole("textbox", { name: "Name" })).toBeVisible();
      await expectAccessible(page);
      await expectNoOverflow(page);
    });
    await test.step("in a dialog", async () => {
      await page.goto("/settings/api-keys");
      await page.getByRole("link", { name: LONG_NAME }).click();
      await page.getByRole("button", { name: "Revoke", exact: true }).click();
      await page.getByRole("combobox", { name: "Reason" }).click();
      await expect(page.getByRole("option").first()).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("combobox", { name: "Reason" })).toBeFocused();
    });
    await test.step("in a filter, which takes what is typed", async () => {
      await page.goto("/settings/api-keys");
      if (viewport === PHONE) await page.getByRole("button", { name: "Filter" }).click();
      await page.getByRole("combobox", { name: "Status" }).press("ArrowDown");
      await page.keyboard.type("rev");
      await expect(page.getByRole("option", { name: "Revoked" })).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press("Tab");
      await expect(page.getByRole("listbox")).toHaveCount(0);
      await expect(page.getByRole("combobox", { name: "Environment" })).toBeFocused();
    });
    await test.step("a menu", async () => {
      // On a phone the rows have none, but the console's own pages are in one.
      const more = viewport === PHONE ? "Menu" : `More about ${LONG_NAME}`;
      await page.getByRole("button", { name: more, exact: true }).click();
      await expect(page.getByRole(viewport === PHONE ? "dialog" : "menu")).toBeVisible();
      await expectAccessible(page, WCAG);
    });
  }
});

test("the sign-in pages are accessible and fit", async ({ page }) => {
  await everyPage(page, ["/login", "/signup", "/invite/no-such-invitation"]);
});

async function everyPage(page: Page, addresses: string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address);
    for (const viewport of [DESKTOP, PHONE]) {
      await page.setViewportSize(viewport);
      await expectNoOverflow(page);
      await expectAccessible(page);
    }
  }
}
