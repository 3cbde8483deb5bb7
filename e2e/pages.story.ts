import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { navFor } from "../components/shell/nav";
import { callApi } from "./caller";
import {
  everyLook,
  expect,
  expectAccessible,
  expectNoOverflow,
  generateKey,
  signUp,
  test,
  WCAG,
} from "./story";

/** All script of a page of the reference, compressed. */
const SCRIPT_MAX_BYTES = 170 * 1_024;
/** Every page of the sidebar, so that a new one is looked at without being named here. */
const NAVIGATION = navFor("owner").flatMap(({ items }) => items.map(({ href }) => href));
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
    ...NAVIGATION,
    "/settings/api-keys/new",
    "/settings/account",
    "/campaigns/new",
    "/settings/webhooks/new",
    "/docs/audit-log",
    "/docs/webhooks",
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
  await everyLook(page);
  const call = page.getByRole("link", { name: /^POST \/contacts Add a contact/ });
  await call.click();
  await expect(page.getByRole("heading", { name: "Add a contact", level: 1 })).toBeVisible();
  await expect(page.getByText("Needs the permission")).toBeVisible();
  await expect(page.getByText("needs contacts:write")).toBeVisible();
  await page.getByText("Made.").click();
  await expect(page.getByText("created_at")).toBeVisible();
  const refusal = page.getByRole("main").getByRole("link", { name: "invalid_json" });
  await expect(refusal).toHaveAttribute("href", "/docs/errors/invalid_json");
  const current = page.getByRole("navigation", { name: "API reference" }).getByRole("link", {
    name: "POST Add a contact",
    exact: true,
  });
  await expect(current).toHaveAttribute("aria-current", "page");
  await page.getByRole("button", { name: "Try this call" }).click();
  await expect(page.getByLabel("API key", { exact: true })).toBeFocused();
  await everyLook(page);
});

test("a call is found, and tried with a key that leaves no trace", async ({ page, postern }) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "Reader", useCase: "CRM sync" });
  await page.goto("/docs/api");
  await page.getByRole("searchbox", { name: "Find a call" }).fill("put contacts");
  await page.getByRole("link", { name: /^PUT Add the contact/ }).click();
  await page.getByRole("button", { name: "Try this call" }).click();
  await page.getByLabel("API key", { exact: true }).fill("pstn_live");
  await page.getByRole("textbox", { name: "idOrEmail" }).fill("ada+tea@example.com");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("Paste a whole key.")).toBeVisible();
  const sending = page.waitForRequest((request) => request.method() === "PUT");
  await page.getByLabel("API key", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Send on live data" }).click();
  const request = await sending;
  expect(request.url()).toBe(`${postern.origin}/api/v1/contacts/ada%2Btea%40example.com`);
  expect((await request.allHeaders()).cookie).toBeUndefined();
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer).toContainText("201");
  await expect(answer).toContainText('"email": "ada+tea@example.com"');
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  );
  expect(kept).not.toContain(secret);
  await page.getByRole("searchbox", { name: "Find a call" }).fill("");
  await page.getByRole("link", { name: "GET Get one contact", exact: true }).click();
  await page.getByRole("button", { name: "Try this call" }).click();
  await expect(page.getByLabel("API key", { exact: true })).toHaveValue(secret);
  await page.reload();
  await page.getByRole("button", { name: "Try this call" }).click();
  await expect(page.getByLabel("API key", { exact: true })).toHaveValue("");
});

test("the reference needs no script, and little where there is some", async ({
  browser,
  postern,
}) => {
  const without = await browser.newContext({ javaScriptEnabled: false, baseURL: postern.origin });
  const page = await without.newPage();
  await page.goto("/docs/api");
  await page.getByRole("link", { name: /^PUT \/contacts\/\{idOrEmail\}/ }).click();
  await expect(page.getByText("text, up to 200 characters or null").first()).toBeVisible();
  await page.getByText("Made.").click();
  await expect(page.getByText("created_at").last()).toBeVisible();
  await expect(page.getByText(/^curl -X PUT http/)).toBeVisible();
  await expect(page.getByText("This needs JavaScript")).toBeVisible();
  await without.close();
  const context = await browser.newContext({ baseURL: postern.origin });
  const reader = await context.newPage();
  const loaded: Promise<Buffer>[] = [];
  reader.on("response", (response) => {
    if (response.request().resourceType() === "script") loaded.push(response.body());
  });
  await reader.goto("/docs/api/putContactsByIdOrEmail");
  await expect(reader.getByRole("button", { name: "Try this call" })).toBeEnabled();
  const sizes = (await Promise.all(loaded)).map((script) => gzipSync(script).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(0);
  expect(total).toBeLessThan(SCRIPT_MAX_BYTES);
  await context.close();
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
      await expect(page.getByRole("listbox")).toBeVisible();
      await page.keyboard.type("rev");
      await expect(page.getByRole("option", { name: "Revoked" })).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press("Tab");
      await expect(page.getByRole("listbox")).toHaveCount(0);
      await expect(page.getByRole("combobox", { name: "Environment" })).toBeFocused();
    });
    await test.step("a menu", async () => {
      // On a phone the rows have no menu, but the console's pages are in one.
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
