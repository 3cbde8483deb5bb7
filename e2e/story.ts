import { randomUUID } from "node:crypto";
import {
  type Browser,
  type BrowserContext,
  test as base,
  expect,
  type Locator,
  type Page,
} from "@playwright/test";
import axe from "axe-core";
import { answerTo, pageOf } from "./act";
import { type Postern, startPostern } from "./postern";
import { STORIES_PROCESSES, startSeveral } from "./several-processes";

/** A person who can sign in. */
export type Person = { name: string; email: string; password: string };

/**
 * The base of every story: one Postern per worker, on which anyone may create a workspace, so that every story
 * has a workspace of its own. A page that throws or breaks the security policy fails the story. A story that failed
 * prints the requests that got no good answer, and the server's log of that time.
 */
export const test = base.extend<{ watchful: undefined }, { postern: Postern }>({
  postern: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
    async ({}, use) => {
      const env = { ALLOW_SIGNUP: "true" };
      const isSeveral = process.env[STORIES_PROCESSES] === "several";
      const postern = await (isSeveral ? startSeveral(env) : startPostern({ env }));
      await use(postern);
      expect(await postern.stop()).toBe(0);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ postern }, use) => {
    await use(postern.origin);
  },
  watchful: [
    async ({ context, postern }, use, story) => {
      const faults: string[] = [];
      const unanswered: string[] = [];
      const printedBefore = postern.output().length;
      context.on("requestfailed", (request) =>
        unanswered.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`),
      );
      context.on("response", (response) => {
        if (response.status() >= 500) {
          unanswered.push(`${response.request().method()} ${response.url()}: ${response.status()}`);
        }
      });
      context.on("weberror", (error) => faults.push(String(error.error())));
      context.on("console", (message) => {
        if (/Content Security Policy|Hydration|hydrat/i.test(message.text())) {
          faults.push(message.text());
        }
      });
      await use(undefined);
      if (story.status !== story.expectedStatus) {
        const printed = postern.output().slice(printedBefore);
        process.stderr.write(`${story.title}\n${unanswered.join("\n")}\n${printed}\n`);
      }
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** A new person. */
export function somebody(name = "Mara Keller"): Person {
  return { name, email: `${randomUUID()}@example.com`, password: `correct ${randomUUID()}` };
}

/** Creates a workspace without drawing the sign-up page; its owner is signed in and sees the list of keys. */
export async function signUp(
  page: Page,
  person = somebody(),
  workspace = "Northwind Tea",
): Promise<Person> {
  await actWell(page.context(), "signUpAction", { workspaceName: workspace, ...person });
  await seeKeys(page);
  return person;
}

/** The same by the sign-up page, for stories that are about it. */
export async function signUpInBrowser(
  page: Page,
  person = somebody(),
  workspace = "Northwind Tea",
): Promise<Person> {
  await page.goto("/signup");
  await page.getByRole("textbox", { name: "Workspace name" }).fill(workspace);
  await page.getByRole("textbox", { name: "Your name" }).fill(person.name);
  await page.getByRole("textbox", { name: "Email" }).fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Create workspace" }).click();
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  return person;
}

/** Signs in on the sign-in page and waits for the console. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/login");
  await fillSignIn(page, person);
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
}

/** Fills in and sends the sign-in page as it stands. */
export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByRole("textbox", { name: "Email", exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Invites somebody as `inviter` and lets them join in a browser of their own, where they see the list of keys. */
export async function join(
  browser: Browser,
  inviter: Page,
  role: "Admin" | "Marketer" | "Viewer",
  { name, email, password }: Person,
): Promise<{ page: Page; context: BrowserContext }> {
  const invitation = { email, role: role.toLowerCase() };
  const invited = await actWell(inviter.context(), "inviteAction", invitation);
  const token = /\/invite\/([\w-]+)/.exec(invited)?.[1];
  const context = await browser.newContext({ baseURL: new URL(inviter.url()).origin });
  await actWell(context, "joinAsNewcomerAction", { token, name, password });
  const page = await context.newPage();
  await seeKeys(page);
  return { page, context };
}

/** Calls a server action on its own page, which must do what it is asked; its answer. */
async function actWell(context: BrowserContext, action: string, args: object): Promise<string> {
  const answer = await answerTo(context, action, args, { path: pageOf(action) });
  const text = await answer.text();
  expect(text).toContain('"ok":true');
  return text;
}

async function seeKeys(page: Page): Promise<void> {
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
}

/** Generates a key by a preset and returns its secret, leaving the reveal dialog open. */
export async function generateKey(
  page: Page,
  { name, useCase = "CRM sync" }: { name: string; useCase?: string },
): Promise<string> {
  await page.goto("/settings/api-keys/new");
  await page.getByRole("radio", { name: new RegExp(`^${useCase}`) }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("button", { name: "Generate key" }).click();
  return await revealedSecret(page);
}

/** The secret in the open reveal dialog. */
export async function revealedSecret(page: Page): Promise<string> {
  const dialog = page.getByRole("dialog", { name: "Copy your API key" });
  const secret = await dialog.getByRole("textbox", { name: "API key" }).inputValue();
  expect(secret).toMatch(/^pstn_(live|test)_[0-9A-Za-z]{38}$/);
  return secret;
}

/** Dismisses the secret and waits for the page of its key. */
export async function stored(page: Page): Promise<void> {
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "Rotate", exact: true })).toBeVisible();
}

/** Rotates the key of the open page. Returns the new secret after dismissing it. */
export async function rotate(page: Page, grace: string): Promise<string> {
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Rotate key" });
  await dialog.getByRole("radio", { name: grace }).click();
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  const secret = await revealedSecret(page);
  await stored(page);
  return secret;
}

/** The rules of WCAG 2.2 AA, by axe's names. */
export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Presses a dialog's button and waits until the server has answered and the dialog is gone. While it is open
 * the page behind it has no roles, so “there is no such row” would hold too early.
 */
export async function confirm(dialog: Locator, button: string | RegExp): Promise<void> {
  await dialog.getByRole("button", { name: button }).click();
  await expect(dialog).toHaveCount(0);
}

/**
 * Checks the page against WCAG 2.2 AA: in the light theme by all `rules`, and in the dark theme, where only the
 * colours differ, by the rules about colours. With a dialog open it checks the dialog alone: nobody can reach
 * the page behind it.
 */
export async function expectAccessible(
  page: Page,
  rules: readonly string[] = [...WCAG, "best-practice"],
): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolations(page, { type: "tag", values: [...rules] });
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNoViolations(page, { type: "rule", values: COLOUR_RULES });
}

async function expectNoViolations(page: Page, runOnly: axe.RunOnly): Promise<void> {
  await page.evaluate(endOfTransitions);
  // A page that is being navigated to gets its title a moment after its content.
  await expect(page).toHaveTitle(/\S/);
  // Once a page: it is half a megabyte to read, and stays as long as the page does.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const dialog = await page.getByRole("dialog").first().isVisible();
  const found = await page.evaluate(
    async ({ within, runOnly }) => {
      const { violations } = await axe.run(within, {
        runOnly,
        // Frames hold mails, where nothing may run.
        iframes: false,
        resultTypes: ["violations"],
      });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`,
      );
    },
    { within: dialog ? "[role=dialog]" : "html", runOnly },
  );
  expect(found, page.url()).toEqual([]);
}

/** Resolves when nothing on the page changes its colour any more: half-way, text may be too pale. Runs in the page. */
async function endOfTransitions(): Promise<void> {
  const ending = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
  await Promise.allSettled(ending.map(({ finished }) => finished));
}

/** Nothing on the page reaches beyond its right edge. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, page.url()).toBe(0);
}

const PHONE = { width: 360, height: 780 };
const DESKTOP = { width: 1280, height: 860 };

/** Looks at the page on a phone and on a desktop: it fits, and is accessible in light and dark. */
export async function everyLook(page: Page): Promise<void> {
  for (const viewport of [PHONE, DESKTOP]) {
    await page.setViewportSize(viewport);
    await expectNoOverflow(page);
    await expectAccessible(page);
  }
}
