import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import type { TestMailServer } from "../lib/testing/mail-server";
import { type Postern, startPostern } from "./postern";
import {
  test as base,
  expect,
  expectAccessible,
  expectNoOverflow,
  fillSignIn,
  signUp,
  somebody,
  WCAG,
} from "./story";
import { mailServer } from "./worker-fixtures";

/** A Postern that sends its mail to a real SMTP server. */
const test = base.extend<object, { mail: TestMailServer; postern: Postern }>({
  mail: mailServer,
  postern: [
    async ({ mail }, use, { parallelIndex }) => {
      const port = `${FIRST_PORT + parallelIndex}`;
      const APP_URL = `http://localhost:${port}`;
      const env = { ALLOW_SIGNUP: "true", SMTP_URL: mail.url, PORT: port, APP_URL };
      const postern = await startPostern({ env });
      await use(postern);
      expect(await postern.stop()).toBe(0);
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const FIRST_PORT = 4_823;
const NEW_PASSWORD = "three quiet otters";

test("a forgotten password is set anew by a mailed link, once", async ({ page, browser, mail }) => {
  const mara = await signUp(page);

  await test.step("what is typed before the page's script comes is not lost", async () => {
    const early = await browser.newPage({ baseURL: new URL(page.url()).origin });
    let letGo = () => {};
    const script = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await early.route("**/_next/static/**/*.js", async (route) => {
      await script;
      await route.continue();
    });
    await early.goto("/login", { waitUntil: "commit" });
    await early.getByRole("textbox", { name: "Email", exact: true }).fill(mara.email);
    await early.getByLabel("Password", { exact: true }).fill(mara.password);
    await expect(early.getByRole("button", { name: "Sign in" })).toBeDisabled();
    letGo();
    await early.getByRole("button", { name: "Sign in" }).click();
    await expect(early.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  });

  const stranger = await browser.newPage({ baseURL: new URL(page.url()).origin });
  await stranger.goto("/login");
  await stranger.getByRole("link", { name: "Forgot your password?" }).click();
  await expect(stranger.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
  await expectGood(stranger);

  await test.step("an email without an account gets the same words", async () => {
    await ask(stranger, somebody().email);
    await stranger.goto("/forgot-password");
    await ask(stranger, mara.email);
    await expectGood(stranger);
  });

  const link = await test.step("only the account's email gets a link", async () => {
    await expect(() => expect(mail.arrivals).toHaveLength(1)).toPass();
    expect(mail.arrivals[0]?.to).toEqual([mara.email]);
    return /http\S+\/forgot-password\/[\w-]+/.exec(mail.arrivals[0]?.mail.text ?? "")?.[0] ?? "";
  });

  await test.step("the link sets the password", async () => {
    await stranger.goto(link);
    await expectGood(stranger);
    await stranger.getByLabel("New password").fill("short");
    await stranger.getByRole("button", { name: "Set password" }).click();
    await expect(stranger.getByText("Use at least 12 characters")).toBeVisible();
    await stranger.getByLabel("New password").fill(NEW_PASSWORD);
    await stranger.getByRole("button", { name: "Set password" }).click();
    await expect(stranger.getByText("Your new password is set.")).toBeVisible();
    await fillSignIn(stranger, { ...mara, password: NEW_PASSWORD });
    await expect(stranger.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  });

  await test.step("the old sessions have ended, and the link is used up", async () => {
    await page.goto("/settings/api-keys");
    await expect(page.getByText("A new password was set with a link")).toBeVisible();
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link doesn't work" })).toBeVisible();
    await expectGood(page);
    await page.getByRole("link", { name: "Send another link" }).click();
    await expect(page.getByRole("button", { name: "Send the link" })).toBeVisible();
  });
});

test("too many requests for one email are told to wait", async ({ page }) => {
  const { email } = somebody();
  for (let count = 0; count < 3; count += 1) {
    await page.goto("/forgot-password");
    await ask(page, email);
  }
  await page.goto("/forgot-password");
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/Too many tries\. Wait \d+ minutes/)).toBeVisible();
});

test("a new email is confirmed by a mailed link, and the old one is told", async ({
  page,
  mail,
}) => {
  const mara = await signUp(page);
  const { email } = somebody();
  const before = mail.arrivals.length;
  await page.goto("/settings/account");
  // The button waits until the page takes what is typed.
  await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("A new email needs your current password.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(mara.password);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Open the link we mailed to ${email}`)).toBeVisible();
  const text = mail.arrivals[before]?.mail.text ?? "";
  await page.goto(/http\S+\/confirm-email\/[\w-]+/.exec(text)?.[0] ?? "");
  await expectGood(page);
  await page.getByRole("button", { name: "Use this email" }).click();
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  expect(mail.arrivals[before + 1]?.to).toEqual([mara.email]);
  await page.goto("/settings/account");
  await expect(page.getByLabel("Email")).toHaveValue(email);
});

base("without a mail server, an operator's command makes the link", async ({ page, postern }) => {
  const mara = await signUp(page);
  await page.goto("/forgot-password");
  await expect(page.getByText("npm run reset-password -- you@example.com")).toBeVisible();
  await expectGood(page);
  const [printed, code] = await resetPassword(postern, mara.email);
  expect(code).toBe(0);
  const token = /http\S+\/forgot-password\/([\w-]+)/.exec(printed)?.[1] ?? "";
  await page.goto(`/forgot-password/${token}`);
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set password" }).click();
  await fillSignIn(page, { ...mara, password: NEW_PASSWORD });
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  const [missing, failed] = await resetPassword(postern, "nobody@example.com");
  expect(missing).toContain("Nobody here has the email nobody@example.com.");
  expect(failed).toBe(1);
});

base("an operator's command on a mistyped folder says so, and changes nothing", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "postern-mistyped-"));
  const mistyped = [folder, path.join(folder, "dta"), path.join(folder, "file", "data")];
  writeFileSync(path.join(folder, "file"), "");
  for (const dataDir of mistyped) {
    for (const program of ["reset-password", "reset-second-factor"]) {
      const [said, code] = await runCommand(program, { DATA_DIR: dataDir }, "owner@example.com");
      expect(said).toContain(`There is no data in ${dataDir}.`);
      expect(said).toContain("Set DATA_DIR to the folder that the server has");
      expect(code).toBe(1);
    }
  }
  expect(readdirSync(folder)).toEqual(["file"]);
  rmSync(folder, { recursive: true });
});

async function ask(page: Page, email: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(`If ${email} has an account, a link is on its way.`)).toBeVisible();
}

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page, WCAG);
  await expectNoOverflow(page);
}

async function resetPassword({ dataDir, env }: Postern, email: string): Promise<[string, number]> {
  return await runCommand("reset-password", { ...env, DATA_DIR: dataDir }, email);
}

/** Runs an operator's command with these settings; what it printed, and its exit code. */
async function runCommand(
  command: string,
  settings: Record<string, string>,
  email: string,
): Promise<[string, number]> {
  const program = [`scripts/${command}.mjs`, email];
  const env = { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", ...settings };
  const child = spawn(process.execPath, program, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  return [await text(child.stdout), await ended];
}
