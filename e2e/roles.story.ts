import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { act, actAs } from "./act";
import { callApi } from "./caller";
import {
  confirm,
  expect,
  expectAccessible,
  generateKey,
  join,
  signIn,
  signUp,
  somebody,
  test,
} from "./story";

/** A key as only its owner's page shows it. */
type Target = { keyId: string; secretId: string };

/** Every action that changes a key, with arguments that would work for its owner. */
function attacks({ keyId, secretId }: Target): [string, object][] {
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  return [
    ["editKeyAction", editOf(keyId)],
    ["rotateKeyAction", { keyId, currentSecretId: secretId, grace: { kind: "immediately" } }],
    ["endRotationAction", { keyId, secretId }],
    ["extendRotationAction", { keyId, secretId, until: tomorrow }],
    ["pauseKeyAction", { keyId }],
    ["resumeKeyAction", { keyId }],
    ["freezeKeyAction", { keyId }],
    ["unfreezeKeyAction", { keyId }],
    ["openIncidentAction", { keyId }],
    ["revokeKeyAction", { keyId, reason: "compromised", note: "" }],
    ["firstCallAction", { keyId }],
  ];
}

test("actions called directly with another workspace's ids find nothing and change nothing", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const { secret, target } = await keyOf(page, "Not yours", postern.origin);
  const stranger = await browser.newPage({ baseURL: postern.origin });
  await signUp(stranger, somebody("Eve Stranger"), "Another company");
  for (const [name, args] of attacks(target)) {
    // The action that waits for a first call says that none came, although one did.
    const refusal = name === "firstCallAction" ? '"ok":true,"value":null' : '"code":"not_found"';
    const answer = await act(stranger, name, args);
    expect(`${name} ${answer}`).toContain(refusal);
    expect(answer).not.toContain("pstn_live_");
  }
  expect((await stranger.request.get(`/settings/api-keys/${target.keyId}`)).status()).toBe(404);
  await expectUntouched(page, target, secret, postern.origin);
});

test("actions called by nobody, or with arguments of the wrong kind, change nothing", async ({
  page,
  browser,
  postern,
}) => {
  await signUp(page);
  const { secret, target } = await keyOf(page, "Well guarded", postern.origin);
  const nobody = await browser.newContext({ baseURL: postern.origin });
  for (const [name, args] of attacks(target)) {
    expect(await actAs(nobody, name, args)).not.toContain('"ok":true');
  }
  for (const hostile of [{ not: "" }, [], null, "x".repeat(5_000), { keyId: { contains: "" } }]) {
    for (const [name] of attacks(target)) {
      expect(await act(page, name, hostile)).toContain('"code":"validation_error"');
    }
  }
  await expectUntouched(page, target, secret, postern.origin);
});

test("a viewer sees keys and calls but changes nothing; a marketer manages only their own", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(240_000);
  await signUp(page);
  const { secret, target } = await keyOf(page, "Mara's key", postern.origin);
  const viewer = await join(browser, page, "Viewer", somebody("Liv Holm"));
  const marketer = await join(browser, page, "Marketer", somebody("Ana Ruiz"));

  await test.step("the viewer", async () => {
    await expect(viewer.page.getByRole("link", { name: "Create API key" })).toHaveCount(0);
    await viewer.page.getByRole("link", { name: "Mara's key" }).click();
    await expect(viewer.page.getByRole("heading", { name: "Mara's key" })).toBeVisible();
    await expect(
      viewer.page.getByRole("button", { name: /^(Rotate|Revoke|Edit|Pause)$/ }),
    ).toHaveCount(0);
    await expectRefused(viewer.page, target);
    expect(await act(viewer.page, "createKeyAction", newKey())).toContain('"code":"not_found"');
    await viewer.page.goto("/settings/activity");
    await expect(viewer.page.getByText("Mara's key").first()).toBeVisible();
    expect((await viewer.page.request.get("/settings/audit")).status()).toBe(404);
    await viewer.page.goto("/settings/audit");
    await expect(
      viewer.page.getByText("Only admins and owners can read the audit log"),
    ).toBeVisible();
    await expectAccessible(viewer.page);
  });

  await test.step("the marketer", async () => {
    await expectRefused(marketer.page, target);
    await marketer.page.goto("/settings/activity");
    await expect(marketer.page.getByText("Mara's key")).toHaveCount(0);
    await generateKey(marketer.page, { name: "Ana's own" });
    await marketer.page.getByRole("button", { name: "I have stored it" }).click();
    await expect(marketer.page.getByRole("button", { name: "Rotate", exact: true })).toBeVisible();
    expect((await marketer.page.request.get("/settings/audit")).status()).toBe(404);
  });

  await expectUntouched(page, target, secret, postern.origin);
});

test("a removed member is out at once, and their keys go on under their heir", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const marketer = await join(browser, page, "Marketer", somebody("Ana Ruiz"));
  const secret = await generateKey(marketer.page, { name: "Ana's sync" });
  await marketer.page.getByRole("button", { name: "I have stored it" }).click();
  await marketer.page.goto("/settings/members");
  await page.goto("/settings/members");
  const row = page.getByRole("row").filter({ hasText: "Ana Ruiz" });
  await row.getByRole("button").last().click();
  await page.getByRole("menuitem", { name: /Remove/ }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Ana's sync");
  await confirm(dialog, "Remove member");
  await expect(row).toHaveCount(0);
  await test.step("within the open page, and by its address", async () => {
    await marketer.page.getByRole("link", { name: "Activity" }).first().click();
    await expect(marketer.page).toHaveURL(/\/login/);
    await marketer.page.goto("/settings/api-keys");
    await expect(marketer.page).toHaveURL(/\/login/);
  });
  expect((await callApi(postern.origin, secret, "/me")).status).toBe(200);
  await page.goto("/settings/api-keys");
  const key = page.getByRole("row").filter({ hasText: "Ana's sync" });
  await expect(key).toContainText("Mara Keller");
});

test("signing out, or everywhere, ends a copied cookie too", async ({ page, browser, postern }) => {
  const mara = await signUp(page);
  await test.step("signing out by the menu", async () => {
    const thief = await copyOf(page, browser);
    await page.getByRole("button", { name: `Account of ${mara.name}` }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/login/);
    await expectSignedOut(thief);
  });

  await test.step("everywhere, also a session of another sign-in", async () => {
    const elsewhere = await browser.newPage({ baseURL: postern.origin });
    await signIn(elsewhere, mara);
    await signIn(page, mara);
    const thief = await copyOf(page, browser);
    await page.goto("/settings/account");
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page).toHaveURL(/\/login/);
    await expectSignedOut(thief);
    await expectSignedOut(elsewhere);
  });
});

/** A page of another browser with a copy of this one's cookies. */
async function copyOf(page: Page, browser: Browser): Promise<Page> {
  const storageState = await page.context().storageState();
  const copy = await browser.newPage({ baseURL: new URL(page.url()).origin, storageState });
  await copy.goto("/settings/api-keys");
  await expect(copy.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  return copy;
}

async function expectSignedOut(page: Page): Promise<void> {
  await page.goto("/settings/api-keys");
  await expect(page).toHaveURL(/\/login/);
}

async function keyOf(page: Page, name: string, origin: string) {
  const secret = await generateKey(page, { name });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  const me = await callApi(origin, secret, "/me");
  const { id } = me.body as { id: string };
  const html = await (await page.request.get(page.url())).text();
  const secretId = /sec_[0-9a-z]{26}/.exec(html)?.[0] ?? "";
  expect(secretId).not.toBe("");
  return { secret, target: { keyId: id, secretId } };
}

async function expectRefused(page: Page, target: Target): Promise<void> {
  for (const [name, args] of attacks(target)) {
    if (name === "firstCallAction") continue;
    expect(`${name} ${await act(page, name, args)}`).toContain('"code":"not_found"');
  }
}

async function expectUntouched(
  page: Page,
  target: Target,
  secret: string,
  origin: string,
): Promise<void> {
  expect((await callApi(origin, secret, "/me")).status).toBe(200);
  await page.goto(`/settings/api-keys/${target.keyId}`);
  await expect(page.getByText("Active", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("taken over")).toHaveCount(0);
}

function editOf(keyId: string) {
  return {
    keyId,
    revision: 1,
    name: "taken over",
    description: "",
    scopes: ["contacts:read"],
    expiry: { kind: "keep" },
    allowedAddresses: [],
    ownerId: "mem_00000000000000000000000000",
    ratePerMinute: 600,
    confirmWidening: true,
  };
}

function newKey() {
  return {
    name: "sneaked in",
    description: "",
    useCase: "custom",
    environment: "live",
    scopes: ["contacts:read"],
    expiry: { kind: "days", days: 90 },
    allowedAddresses: [],
    creationToken: randomUUID(),
  };
}
