import type { Page } from "@playwright/test";
import { generateSync } from "otplib";
import { act } from "./act";
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  fillSignIn,
  generateKey,
  signIn,
  signUp,
  somebody,
  test,
} from "./story";

const API_KEYS = { name: "API keys", exact: true } as const;
const STEP_MS = 30_000;
const RECOVERY_CODE = /^([0-9a-hjkmnp-z]{4}-){3}[0-9a-hjkmnp-z]{4}$/;

test("an authenticator app is asked for in a new browser, and before a new secret", async ({
  page,
  browser,
  postern,
}) => {
  const mara = await signUp(page);
  const { codes, nextCode } = await setUpApp(page);
  const elsewhere = await browser.newPage({ baseURL: postern.origin });

  await test.step("a new browser gives a code after the password", async () => {
    await askedForCode(elsewhere, mara);
    await expectAccessible(elsewhere);
    await elsewhere.getByLabel("Code").fill("000000");
    await elsewhere.getByRole("button", { name: "Confirm" }).click();
    await expect(elsewhere.getByText("That code is wrong")).toBeVisible();
    await elsewhere.getByLabel("Code").fill(nextCode());
    await elsewhere.getByRole("button", { name: "Confirm" }).click();
    await expect(elsewhere.getByRole("heading", API_KEYS)).toBeVisible();
  });

  await test.step("and is not asked again", async () => {
    await signOut(elsewhere);
    await signIn(elsewhere, mara);
  });

  await test.step("without the code of this session, a new key asks for it first", async () => {
    await elsewhere.goto("/settings/api-keys/new");
    await elsewhere.getByRole("radio", { name: /^CRM sync/ }).click();
    await elsewhere.getByRole("textbox", { name: "Name", exact: true }).fill("CRM");
    await elsewhere.getByRole("button", { name: "Generate key" }).click();
    const dialog = elsewhere.getByRole("dialog", { name: "Confirm that it's you" });
    await dialog.getByRole("button", { name: "Use a recovery code" }).click();
    await expectAccessible(elsewhere);
    await dialog.getByLabel("Recovery code").fill(codes[0] ?? "");
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await expect(elsewhere.getByRole("dialog", { name: "Copy your API key" })).toBeVisible();
    await elsewhere.getByRole("button", { name: "I have stored it" }).click();
    await generateKey(elsewhere, { name: "Not asked again" });
  });

  await test.step("a browser signed out from afar is asked again", async () => {
    await page.goto("/settings/account");
    const row = page.getByRole("listitem").filter({ hasText: "signed in" });
    await expect(row).toHaveCount(2);
    await page
      .getByRole("button", { name: /^Sign out .+/ })
      .last()
      .click();
    await expect(row).toHaveCount(1);
    await expect(page.getByText("9 of 10 left")).toBeVisible();
    await elsewhere.goto("/settings/account");
    await expect(elsewhere).toHaveURL(/\/login/);
    await askedForCode(elsewhere, mara);
  });

  await test.step("once it is removed, the password is enough", async () => {
    await page.getByRole("button", { name: "Remove authenticator app" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("Off", { exact: true })).toBeVisible();
    await elsewhere.goto("/login");
    await signIn(elsewhere, mara);
  });
});

test("a passkey lets its owner in and confirms that it is them", async ({
  page,
  browser,
  postern,
}) => {
  const mara = await signUp(page);
  await addAuthenticator(page);
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await storeCodes(page);
  await expect(page.getByText(/^Passkey ·/i)).toBeVisible();
  await expectAccessible(page);

  await test.step("the same browser signs in by password alone, then confirms an export", async () => {
    await signOut(page);
    await signIn(page, mara);
    await page.goto("/settings/audit");
    await page.getByRole("button", { name: "Export" }).click();
    const arriving = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: /CSV/ }).click();
    const dialog = page.getByRole("dialog", { name: "Confirm that it's you" });
    await dialog.getByRole("button", { name: "Use a passkey" }).click();
    expect((await arriving).suggestedFilename()).toMatch(/^audit-.*\.csv$/);
  });

  await test.step("a browser without the passkey cannot export, nor sign in", async () => {
    const elsewhere = await browser.newPage({ baseURL: postern.origin });
    await addAuthenticator(elsewhere);
    await elsewhere.goto("/login");
    await fillSignIn(elsewhere, mara);
    await elsewhere.getByRole("button", { name: "Use a passkey" }).click();
    await expect(elsewhere.getByText("No passkey was given.")).toBeVisible();
    await elsewhere.goto("/settings/account");
    await expect(elsewhere).toHaveURL(/\/login/);
  });

  await test.step("after its cookies are gone, the passkey is asked for and is enough", async () => {
    await page.context().clearCookies();
    await page.goto("/login");
    await fillSignIn(page, mara);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await expect(page.getByRole("heading", API_KEYS)).toBeVisible();
  });
});

test("a workspace that requires a second factor lets nobody in without", async ({
  page,
  browser,
}) => {
  await signUp(page);
  await page.goto("/settings/members");
  const setting = page.getByRole("switch", { name: "Require a second factor of everybody" });
  await setting.click();
  await expect(page.getByText("Set up your own second factor first")).toBeVisible();
  await setUpApp(page);
  await page.goto("/settings/members");
  await setting.click();
  await expect(setting).toBeChecked();
  await expectAccessible(page);

  const ole = somebody("Ole Berg");
  const invited = await act(page, "inviteAction", { email: ole.email, role: "admin" });
  const token = /\/invite\/([\w-]+)/.exec(invited)?.[1];
  const elsewhere = await browser.newPage({ baseURL: new URL(page.url()).origin });
  await elsewhere.goto(`/invite/${token}`);
  await elsewhere.getByLabel("Your name").fill(ole.name);
  await elsewhere.getByLabel("Password", { exact: true }).fill(ole.password);
  await elsewhere.getByRole("button", { name: "Join workspace" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Set up a second factor" })).toBeVisible();
  await expectAccessible(elsewhere);
  for (const path of ["/contacts", "/settings/account", "/settings/members"]) {
    await elsewhere.goto(path);
    await expect(elsewhere).toHaveURL(/\/second-factor/);
  }
  expect(await act(elsewhere, "endSessionAction", { sessionId: "ses_1" })).not.toContain('"ok"');

  await elsewhere.goto("/contacts");
  await addAuthenticator(elsewhere);
  await elsewhere.getByRole("button", { name: "Add a passkey" }).click();
  const dialog = elsewhere.getByRole("dialog", { name: "Your recovery codes" });
  await dialog.getByRole("button", { name: "I have stored them" }).click();
  await expect(elsewhere.getByRole("heading", { name: "Contacts", exact: true })).toBeVisible();
});

test("the account page fits on a phone, and renames its owner and the workspace", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signUp(page);
  await page.goto("/settings/account");
  await expectNoOverflow(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByLabel("Name", { exact: true }).fill("Mara Jung");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your profile was saved")).toBeVisible();
  await expect(page.getByRole("button", { name: "Mara Jung" })).toBeVisible();
  await page.getByLabel("Workspace name").fill("Northwind Coffee");
  await page.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByText("is called Northwind Coffee now")).toBeVisible();
  await expectAccessible(page);
});

/** Sets up an app as a person would. Its codes are each used once, so the next one is of the next time step. */
async function setUpApp(page: Page) {
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const dialog = page.getByRole("dialog");
  const secret = ((await dialog.locator("code").textContent()) ?? "").replaceAll(/\s/g, "");
  await expectAccessible(page);
  let epoch = Math.floor(Date.now() / 1_000);
  await dialog.getByLabel("Code").fill(generateSync({ secret, epoch }));
  await dialog.getByRole("button", { name: "Set up" }).click();
  const codes = await storeCodes(page);
  const nextCode = () => {
    epoch += STEP_MS / 1_000;
    return generateSync({ secret, epoch });
  };
  return { codes, nextCode };
}

/** Reads the recovery codes and puts them away. */
async function storeCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole("dialog", { name: "Your recovery codes" });
  const items = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  await expectAccessible(page);
  const codes = await items.allInnerTexts();
  for (const code of codes) expect(code).toMatch(RECOVERY_CODE);
  await dialog.getByRole("button", { name: "I have stored them" }).click();
  await expect(page.getByText("10 of 10 left")).toBeVisible();
  return codes;
}

async function askedForCode(page: Page, person: Parameters<typeof fillSignIn>[1]): Promise<void> {
  await page.goto("/login");
  await fillSignIn(page, person);
  await expect(page.getByRole("heading", { name: "Confirm that it's you" })).toBeVisible();
}

/** Ends the session. The browser stays known. */
async function signOut(page: Page): Promise<void> {
  const item = page.getByRole("menuitem", { name: "Sign out" });
  // The page may not have been taken over yet when it is pressed.
  await expect(async () => {
    await page.getByRole("button", { name: "Mara Keller" }).click();
    await expect(item).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await item.click();
  await expect(page).toHaveURL(/\/login/);
}

/** A virtual authenticator of Chromium's, which agrees to everything. */
async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
