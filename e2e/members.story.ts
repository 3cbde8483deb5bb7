import type { Browser, Locator, Page } from "@playwright/test";
import { startPostern } from "./postern";
import {
  confirm,
  expect,
  fillSignIn,
  join,
  type Person,
  signIn,
  signUp,
  signUpInBrowser,
  somebody,
  test,
} from "./story";

const TRIES_PER_ACCOUNT = 10;

test("an invitation link lets one person in, once; a revoked one lets in nobody", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const ana = somebody("Ana Ruiz");
  const link = await invite(page, ana.email);
  await test.step("the link is shown once", async () => {
    await page.goto("/settings/members");
    await expect(row(page, ana.email)).toContainText("Marketer");
    expect(await page.content()).not.toContain(link);
  });

  await test.step("of two who hold it, the first joins and the second is told", async () => {
    const [first, second] = [await strangerAt(browser, link), await strangerAt(browser, link)];
    await accept(first, ana);
    await expectHeading(first, "API keys");
    await accept(second, somebody("Eve Stranger"));
    await expect(second.getByText("This invitation has been used, revoked")).toBeVisible();
    await second.reload();
    await expectHeading(second, "This invitation has been used");
  });

  await test.step("revoked, it is withdrawn", async () => {
    const nobody = somebody();
    const withdrawn = await invite(page, nobody.email);
    await page.goto("/settings/members");
    await page.getByRole("button", { name: `Revoke the invitation of ${nobody.email}` }).click();
    await confirm(page.getByRole("dialog"), "Revoke invitation");
    await expect(page.getByText(nobody.email)).toHaveCount(0);
    const stranger = await strangerAt(browser, withdrawn);
    await expectHeading(stranger, "This invitation was withdrawn");
    await expect(stranger.getByRole("button", { name: /Join/ })).toHaveCount(0);
  });
});

test("a changed role ends the colleague's session at once; the last owner stays one", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  const [ana, ole] = [somebody("Ana Ruiz"), somebody("Ole Berg")];
  const marketer = await join(browser, page, "Marketer", ana);
  const admin = await join(browser, page, "Admin", ole);

  await test.step("who may not manage members only sees them", async () => {
    await marketer.page.goto("/settings/members");
    await expect(row(marketer.page, "Mara Keller")).toContainText("Owner");
    await expectReadOnly(marketer.page);
  });

  await test.step("an admin manages others, but neither owners nor who is one", async () => {
    await admin.page.goto("/settings/members");
    await expect(row(admin.page, "Mara Keller").getByRole("button")).toHaveCount(0);
    const dialog = await openRoleDialog(admin.page, "Ana Ruiz");
    await expect(dialog.getByRole("radio", { name: "Owner" })).toHaveCount(0);
  });

  await test.step("the new role takes effect with the next page", async () => {
    await page.goto("/settings/members");
    await changeRole(page, "Ana Ruiz", "Viewer");
    await expect(row(page, "Ana Ruiz")).toContainText("Viewer");
    await marketer.page.goto("/settings/api-keys");
    await expect(marketer.page).toHaveURL(/\/login/);
    await expect(marketer.page.getByText("Your role in a workspace was changed.")).toBeVisible();
    await signIn(marketer.page, ana);
    await expect(marketer.page.getByRole("link", { name: "Create API key" })).toHaveCount(0);
    await marketer.page.goto("/settings/members");
    await expectReadOnly(marketer.page);
  });

  await test.step("the only owner cannot step down or go, until there is another", async () => {
    const dialog = await changeRole(page, "Mara Keller", "Admin");
    await expect(dialog.getByRole("alert")).toContainText("This is the only owner");
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await row(page, "Mara Keller")
      .getByRole("button", { name: /^Manage/ })
      .click();
    await expect(page.getByRole("menuitem", { name: "Remove" })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await changeRole(page, "Ole Berg", "Owner");
    await expect(row(page, "Ole Berg")).toContainText("Owner");
    await changeRole(page, "Mara Keller", "Admin");
    await expect(row(page, "Mara Keller")).toContainText("Admin");
    await expect(row(page, "Ole Berg").getByRole("button")).toHaveCount(0);
  });
});

test("guessing passwords is slowed down, and the page says for how long", async ({ page }) => {
  const mara = await signUp(page);
  await page.context().clearCookies();
  await page.goto("/login");
  await expect(page.getByRole("link", { name: "create a workspace" })).toBeVisible();
  const unknown = await answerTo(page, somebody());
  for (let tries = 0; tries < TRIES_PER_ACCOUNT; tries += 1) {
    expect(await answerTo(page, { ...mara, password: "a wrong password" })).toBe(unknown);
  }
  const throttled = page.waitForResponse(/callback\/credentials/);
  expect(await answerTo(page, mara)).toMatch(/Too many tries\. Wait 1[45] minutes/);
  expect((await throttled).status()).toBe(429);
  const seconds = Number((await throttled).headers()["retry-after"]);
  expect(seconds).toBeGreaterThan(13 * 60);
  expect(seconds).toBeLessThanOrEqual(15 * 60);
  await expect(page.getByLabel("Email")).toHaveValue(mara.email);
});

test("a changed password ends the other sessions, and keeps this one", async ({
  page,
  browser,
  postern,
}) => {
  const mara = await signUp(page);
  const other = await browser.newPage({ baseURL: postern.origin });
  await signIn(other, mara);
  const changed = { ...mara, password: somebody().password };
  await page.goto("/settings/account");
  const fill = async (current: string) => {
    await page.getByLabel("Current password").fill(current);
    await page.getByLabel("New password").fill(changed.password);
    await page.getByRole("button", { name: "Change password" }).click();
  };
  await fill("not the password at all");
  await expect(page.getByText(/not.*password/i).first()).toBeVisible();
  await fill(mara.password);
  await expect(page.getByText("Your password was changed.")).toBeVisible();
  await page.goto("/settings/members");
  await expectHeading(page, "Members");
  await other.goto("/settings/members");
  await expect(other).toHaveURL(/\/login/);
  expect(await answerTo(other, mara)).toContain("do not match");
  await signIn(other, changed);
});

test("an empty Postern leads to its first workspace, then sign-up closes; `next` stays inside", async ({
  browser,
}) => {
  const own = await startPostern();
  const context = await browser.newContext({ baseURL: own.origin });
  const page = await context.newPage();
  await page.goto("/login");
  await expect(page).toHaveURL("/signup");
  const mara = await signUpInBrowser(page);
  await context.clearCookies();
  await page.goto("/signup");
  await expectHeading(page, "Sign-up is closed");
  await page.getByRole("link", { name: "Sign in instead" }).click();
  await expect(page).toHaveURL("/login");
  await expect(page.getByRole("link", { name: "create a workspace" })).toHaveCount(0);

  for (const [next, landing] of [
    ["//evil.example", "/settings/api-keys"],
    ["https://evil.example/", "/settings/api-keys"],
    ["/\\evil.example", "/settings/api-keys"],
    ["javascript:alert(1)", "/settings/api-keys"],
    ["/settings/audit?page=1", "/settings/audit?page=1"],
  ] as const) {
    await context.clearCookies();
    await page.goto(`/login?next=${encodeURIComponent(next)}`);
    await fillSignIn(page, mara);
    await expect(page).toHaveURL(landing);
  }
  await context.close();
  expect(await own.stop()).toBe(0);
});

/** Makes an invitation link for a marketer. Returns the link. */
async function invite(page: Page, email: string): Promise<string> {
  await page.goto("/settings/members");
  await page.getByRole("button", { name: "Invite member" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByRole("button", { name: "Create link" }).click();
  return await page.getByRole("textbox", { name: "Invitation link" }).inputValue();
}

async function strangerAt(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  return page;
}

async function accept(page: Page, { name, password }: Person): Promise<void> {
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /^Join/ }).click();
}

async function openRoleDialog(page: Page, name: string): Promise<Locator> {
  await row(page, name)
    .getByRole("button", { name: /^Manage/ })
    .click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  return page.getByRole("dialog", { name: "Change role" });
}

async function changeRole(page: Page, name: string, role: string): Promise<Locator> {
  const dialog = await openRoleDialog(page, name);
  await dialog.getByRole("radio", { name: role }).click();
  await dialog.getByRole("button", { name: "Change role" }).click();
  return dialog;
}

async function expectReadOnly(page: Page): Promise<void> {
  await expect(page.getByText("Owners and admins invite and change members.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Invite|Manage)/ })).toHaveCount(0);
}

/** The sign-in page's words to somebody it refuses. */
async function answerTo(page: Page, person: Person): Promise<string> {
  const answered = page.waitForResponse(/callback\/credentials/);
  await fillSignIn(page, person);
  expect((await answered).ok()).toBe(false);
  const { message } = await (await answered).json();
  await expect(page.getByRole("alert").filter({ hasText: message })).toBeVisible();
  return message;
}

function row(page: Page, words: string): Locator {
  return page.getByRole("row").filter({ hasText: words });
}

async function expectHeading(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
}
