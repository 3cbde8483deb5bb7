import type { Locator, Page } from "@playwright/test";
import { callApi } from "./caller";
import {
  choose,
  pickNext,
  press,
  pressArrow,
  shortcut,
  tabTo,
  type,
  withoutMouse,
} from "./keyboard";
import { expect, generateKey, revealedSecret, signUp, somebody, test } from "./story";

test("the whole life of a key, from sign-in to revoke, without a mouse", async ({
  page,
  context,
  postern,
}) => {
  test.setTimeout(120_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: postern.origin });
  const mara = somebody();
  await withoutMouse(page);
  await test.step("sign up, sign out, sign in", async () => {
    await page.goto("/signup");
    await type(page, page.getByRole("textbox", { name: "Workspace name" }), "Northwind Tea");
    await type(page, page.getByRole("textbox", { name: "Your name" }), mara.name);
    await type(page, page.getByRole("textbox", { name: "Email" }), mara.email);
    await type(page, page.getByLabel("Password", { exact: true }), mara.password);
    await page.keyboard.press("Enter");
    await expectHeading(page, "API keys");
    await choose(page, "sign out", "Sign out");
    await expect(page).toHaveURL(/\/login/);
    await type(page, page.getByLabel("Email"), mara.email);
    await type(page, page.getByLabel("Password", { exact: true }), mara.password);
    await page.keyboard.press("Enter");
    await expectHeading(page, "API keys");
  });

  const first = await test.step("`c`, fill in, generate, copy, store", async () => {
    await shortcut(page, "c", heading(page, "Create API key"));
    await tabTo(page, page.getByRole("radio", { name: /^CRM sync/ }));
    await page.keyboard.press("Space");
    await pressArrow(page, "ArrowDown");
    await expect(page.getByRole("radio", { name: /^Transactional email/ })).toBeChecked();
    await type(page, page.getByRole("textbox", { name: "Name", exact: true }), "Shop receipts");
    await tabTo(page, page.getByRole("checkbox", { name: /contacts:read/ }));
    await page.keyboard.press("Space");
    await tabTo(page, page.getByRole("combobox", { name: "Expires" }));
    await pickNext(page, /180 days/);
    await press(page, page.getByRole("button", { name: "Generate key" }));
    const secret = await revealedSecret(page);
    await press(page, page.getByRole("button", { name: "Copy", exact: true }).first());
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.keyboard.press("Escape");
    await press(page, page.getByRole("button", { name: "I have stored it" }));
    await expectHeading(page, "Shop receipts");
    const me = await callApi(postern.origin, secret, "/me");
    expect(me.body).toMatchObject({ scopes: expect.arrayContaining(["contacts:read"]) });
    return secret;
  });

  const second = await test.step("rotate", async () => {
    const rotate = page.getByRole("button", { name: "Rotate", exact: true });
    await press(page, rotate);
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await tabTo(page, dialog.getByRole("radio", { name: "24 hours" }));
    await pressArrow(page, "ArrowDown");
    await expect(dialog.getByRole("radio", { name: "7 days" })).toBeChecked();
    await press(page, dialog.getByRole("button", { name: "Rotate key" }));
    const secret = await revealedSecret(page);
    await press(page, page.getByRole("button", { name: "I have stored it" }));
    await expect(rotate).toBeFocused();
    expect((await callApi(postern.origin, first, "/me")).status).toBe(200);
    return secret;
  });

  await test.step("think twice about pausing, then revoke", async () => {
    const pause = page.getByRole("button", { name: "Pause", exact: true });
    await press(page, pause);
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(pause).toBeFocused();
    await press(page, page.getByRole("button", { name: "Revoke", exact: true }));
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    const reason = dialog.getByRole("combobox", { name: "Reason" });
    await press(page, dialog.getByRole("button", { name: "Revoke key" }));
    await expect(reason).toBeFocused();
    await expect(reason).toHaveAccessibleDescription("Choose a reason.");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("option").first()).toBeFocused();
    await page.keyboard.press("Enter");
    await press(page, dialog.getByRole("button", { name: "Revoke key" }));
    await expect(page.getByText("Revoked").first()).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("main")).toBeFocused();
    expect((await callApi(postern.origin, second, "/me")).status).toBe(401);
  });
});

test("the palette reaches pages, keys and actions, and gives the focus back", async ({ page }) => {
  await givenKeys(page, ["Zapier bridge", "Klaviyo import"]);
  await test.step("a page", async () => {
    await choose(page, "memb", "Members");
    await expectHeading(page, "Members");
  });
  await test.step("a key by its name", async () => {
    await choose(page, "klaviyo", /Klaviyo import/);
    await expectHeading(page, "Klaviyo import");
  });
  await test.step("what its page offers", async () => {
    await choose(page, "rotate", "Rotate");
    await expect(page.getByRole("dialog", { name: "Rotate key" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });
  await test.step("an action", async () => {
    await choose(page, "dark", "Dark theme");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await choose(page, "create", "Create API key");
    await expectHeading(page, "Create API key");
  });
  await test.step("Escape leaves it, back to where the focus was", async () => {
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    await type(page, name, "Half typed");
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox", { name: /Go to/ })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(name).toBeFocused();
    await expect(name).toHaveValue("Half typed");
    await choose(page, "short", "Keyboard shortcuts");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(name).toBeFocused();
  });
});

test("single keys: help, search, and moving through the list, but never while typing", async ({
  page,
}) => {
  await givenKeys(page, ["Zapier bridge", "Klaviyo import"]);
  const search = page.getByRole("searchbox", { name: "Search keys" });
  const [upper, lower] = [
    page.getByRole("link", { name: "Klaviyo import" }),
    page.getByRole("link", { name: "Zapier bridge" }),
  ];
  await expect(upper).toBeVisible();

  await test.step("down enters the list of a page that just came", async () => {
    await expect(async () => {
      await page.keyboard.press("ArrowDown");
      await expect(upper).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await page.reload();
  });

  await test.step("`?` helps, and closes to where the focus was", async () => {
    const create = page.getByRole("link", { name: "Create API key" });
    await tabTo(page, create);
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await shortcut(page, "?", help);
    await expect(help).toContainText("or an API key");
    await page.keyboard.press("Escape");
    await expect(help).toHaveCount(0);
    await expect(create).toBeFocused();
  });

  await test.step("`/` searches, where letters are letters", async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused();
    await page.keyboard.type("c?/");
    await expect(search).toHaveValue("c?/");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("i");
    await expect(page).toHaveURL(/search=i/);
  });

  await test.step("arrows and Enter open a key; its menu gives the focus back", async () => {
    await page.keyboard.press("ArrowDown");
    await expect(upper).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(lower).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(upper).toBeFocused();
    const more = page.getByRole("button", { name: "More about Klaviyo import" });
    await press(page, more);
    await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(more).toBeFocused();
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expectHeading(page, "Klaviyo import");
  });

  await test.step("switched off, they do nothing; the palette stays", async () => {
    const singleKeys = page.getByRole("switch", { name: /Single-key/ });
    await shortcut(page, "?", singleKeys);
    await tabTo(page, singleKeys);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.keyboard.press("c");
    await page.keyboard.press("?");
    await choose(page, "activ", "Activity");
    await expectHeading(page, "Activity");
  });
});

test("the first Tab skips to the content, and a call's panel closes to its row", async ({
  page,
  postern,
}) => {
  const [secret = ""] = await givenKeys(page, ["Zapier bridge"]);
  await callApi(postern.origin, secret, "/me");
  const row = page
    .getByRole("region", { name: "Requests" })
    .getByRole("link", { name: /GET.*\/me/ });
  await expect(async () => {
    await page.goto("/settings/activity");
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await shortcut(
    page,
    "/",
    page.getByRole("searchbox", { name: "Search" }).and(page.locator(":focus")),
  );
  await page.keyboard.press("ArrowDown");
  await expect(row).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /GET.*\/me/ })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByText("What this means")).toHaveCount(0);
  await expect(row).toBeFocused();
});

/** Makes keys with the mouse, then forbids the mouse. Ends on the list of keys. Returns the secrets. */
async function givenKeys(page: Page, names: string[]): Promise<string[]> {
  await signUp(page);
  const secrets: string[] = [];
  for (const name of names) {
    secrets.push(await generateKey(page, { name }));
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expectHeading(page, name);
  }
  await withoutMouse(page);
  await page.goto("/settings/api-keys");
  await expectHeading(page, "API keys");
  return secrets;
}

function heading(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 1, name, exact: true });
}

async function expectHeading(page: Page, name: string): Promise<void> {
  await expect(heading(page, name)).toBeVisible();
}

test("a panel whose script does not come at first opens once it does", async ({ page }) => {
  await signUp(page, somebody());
  await page.goto("/settings/api-keys", { waitUntil: "networkidle" });
  const refused: string[] = [];
  await page.route("**/_next/static/chunks/**", (route) => {
    refused.push(route.request().url());
    return route.abort();
  });
  await page.keyboard.press("?");
  await expect.poll(() => refused.length).toBeGreaterThan(0);
  await page.unroute("**/_next/static/chunks/**");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});
