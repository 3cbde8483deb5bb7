// `npm run screenshots`: photographs every page, empty and full, light and dark, wide and narrow, into
// screenshots/, and the README's pages into docs/screenshots/. It needs the running demo and an empty Postern.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "./find-browser.mjs";
import {
  buildPages,
  enterProjectFolder,
  generateClient,
  installPackages,
  say,
} from "./prepare.mjs";

const OUT = "screenshots";
const WIDTHS = { wide: { width: 1360, height: 860 }, narrow: { width: 360, height: 780 } };
const FULL_PAGES = {
  keys: "/settings/api-keys",
  "keys-none-match": "/settings/api-keys?search=nothing-is-called-this",
  new: "/settings/api-keys/new?use=crm-sync&name=HubSpot%20sync",
  activity: "/settings/activity",
  "activity-none-match": "/settings/activity?q=nothing-is-called-this",
  audit: "/settings/audit",
  members: "/settings/members",
  account: "/settings/account",
  contacts: "/contacts",
  audiences: "/audiences",
  campaigns: "/campaigns",
  "campaign-new": "/campaigns/new",
  "audience-new": "/audiences/new",
  "template-new": "/templates/new",
  templates: "/templates",
  emails: "/emails",
  outbox: "/outbox",
  sending: "/settings/sending",
  "docs-api": "/docs/api",
  "docs-quick-starts": "/docs/quick-starts",
  "docs-quick-start": "/docs/quick-starts/crm-sync",
  "docs-error": "/docs/errors/insufficient_scope",
  "not-found": "/settings/no-such-page",
};
/** Dialogs and menus that open above a page, with the steps that open them. */
const FULL_DIALOGS = {
  reveal: async (page) => {
    await page.goto("/settings/api-keys/new?use=crm-sync&name=HubSpot%20sync");
    await page.getByRole("button", { name: "Generate key" }).click();
    await page.getByRole("dialog", { name: "Copy your API key" }).waitFor();
  },
  rotate: async (page) => await openFrom(page, "Metabase dashboards", "Rotate"),
  revoke: async (page) => await openFrom(page, "Shop order mails", "Revoke"),
  leaked: async (page) => await openFrom(page, "Shop order mails", "This key leaked"),
  invite: async (page) => {
    await page.goto("/settings/members");
    await page.getByRole("button", { name: "Invite member" }).click();
    await page.getByRole("dialog").waitFor();
  },
  palette: async (page) => {
    await page.goto("/settings/api-keys");
    await loaded(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
  },
};
const EMPTY_PAGES = {
  keys: "/settings/api-keys",
  activity: "/settings/activity",
  audit: "/settings/audit",
  members: "/settings/members",
  contacts: "/contacts",
  audiences: "/audiences",
  campaigns: "/campaigns",
  templates: "/templates",
  emails: "/emails",
  outbox: "/outbox",
  sending: "/settings/sending",
};

enterProjectFolder();
await installPackages();
await generateClient();
await buildPages();
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
});
await photographDemo();
await photographEmpty();
await browser.close();
mkdirSync("docs/screenshots", { recursive: true });
for (const name of ["keys", "key"]) {
  copyFileSync(`${OUT}/full-${name}-wide-light.png`, `docs/screenshots/${name}.png`);
}

async function photographDemo() {
  const demo = await start(["--demo"]);
  const [, email, password] = /as owner: (\S+) +(\S+)/.exec(demo.printed());
  let links = {};
  await everyLook(demo, "full", { ...FULL_PAGES, ...FULL_DIALOGS }, async (page) => {
    await signIn(page, email, password);
    links = { invitation: await invitation(page), unsubscribe: await unsubscribeLink(page) };
    const key = await linkOf(page, "/settings/api-keys", "HubSpot sync");
    const draft = await linkOf(page, "/campaigns", "Come back to Hamburg");
    const rule = await linkOf(page, "/audiences", "Left a cart this week");
    return {
      key,
      "key-edit": `${key}/edit`,
      "key-never-used": await linkOf(page, "/settings/api-keys", "Zapier sign-up flow"),
      "campaign-draft": draft,
      "campaign-edit": `${draft}/edit`,
      "audience-edit": `${rule}/edit`,
      "key-revoked": await linkOf(page, "/settings/api-keys?status=all", "Old website form"),
      "activity-row": await firstLink(page, "/settings/activity", 'a[href*="request=req_"]'),
      contact: await firstLink(page, "/contacts", 'a[href*="contact=con_"]'),
      audience: await firstLink(page, "/audiences", 'a[href*="/audiences/aud_"]'),
      campaign: await linkOf(page, "/campaigns", "Autumn teas"),
      template: await firstLink(page, "/templates", 'a[href*="/templates/tpl_"]'),
      email: await firstLink(page, "/emails", 'a[href*="eml_"]'),
      "outbox-email": await firstLink(page, "/outbox", 'a[href*="eml_"]'),
    };
  });
  await everyLook(demo, "signed-out", { login: "/login", ...links }, async () => ({}));
  await demo.stop();
}

async function photographEmpty() {
  const empty = await start([]);
  await everyLook(empty, "first-run", { signup: "/signup" }, async () => ({}));
  const page = await browser.newPage({ baseURL: empty.origin });
  await page.goto("/signup");
  await page.getByRole("textbox", { name: "Workspace name" }).fill("Empty Shelf");
  await page.getByRole("textbox", { name: "Your name" }).fill("Mara Keller");
  await page.getByRole("textbox", { name: "Email" }).fill("mara@example.com");
  await page.getByLabel("Password", { exact: true }).fill("an empty shelf 2026");
  await page.getByRole("button", { name: "Create workspace" }).click();
  await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
  await everyLook(empty, "empty", EMPTY_PAGES, async (visitor) => {
    await signIn(visitor, "mara@example.com", "an empty shelf 2026");
    return {};
  });
  await empty.stop();
}

/** Photographs `pages`, and the pages that `enter` finds after signing in, in both themes and widths. */
async function everyLook(server, prefix, pages, enter) {
  const context = await browser.newContext({ baseURL: server.origin, reducedMotion: "reduce" });
  const page = await context.newPage();
  // A page with a new secret asks before it is left.
  page.on("dialog", (question) => void question.accept());
  const found = await enter(page);
  for (const [name, place] of Object.entries({ ...pages, ...found })) {
    await page.setViewportSize(WIDTHS.wide);
    if (typeof place === "string") {
      await page.goto(place);
      await loaded(page);
    } else await place(page);
    for (const [widthName, viewport] of Object.entries(WIDTHS)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const file = `${OUT}/${prefix}-${name}-${widthName}-${colorScheme}.png`;
        // A dialog is as high as the window.
        const fullPage = typeof place === "string";
        await page.screenshot({ path: file, fullPage, animations: "disabled" });
      }
    }
  }
  say(`${prefix}: ${Object.keys({ ...pages, ...found }).length} pages, four looks each`);
  await context.close();
}

async function signIn(page, email, password) {
  await page.goto("/login");
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "API keys", exact: true }).waitFor();
}

/** Waits until the page has replaced the grey shapes of its loading state. */
async function loaded(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await settled(page);
}

async function settled(page) {
  await page.waitForFunction(() => !document.querySelector(".animate-skeleton"));
  await Promise.all(page.frames().map((frame) => frame.waitForLoadState()));
}

/** The URL of the first link of a kind on a page. */
async function firstLink(page, address, selector) {
  await page.goto(address);
  await loaded(page);
  const link = page.getByRole("main").locator(selector).first();
  return new URL((await link.getAttribute("href")) ?? "", page.url()).href;
}

/** The URL of the link with this name. */
async function linkOf(page, address, name) {
  await page.goto(address);
  await loaded(page);
  const link = page.getByRole("link", { name, exact: true }).first();
  return new URL((await link.getAttribute("href")) ?? "", page.url()).href;
}

async function openFrom(page, keyName, button) {
  await page.goto(await linkOf(page, "/settings/api-keys", keyName));
  await loaded(page);
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("dialog").waitFor();
  await settled(page);
}

/** The invitation link of a new member. */
async function invitation(page) {
  await FULL_DIALOGS.invite(page);
  await page.getByRole("dialog").getByLabel("Email").fill("sam@example.com");
  await page.getByRole("button", { name: "Create link" }).click();
  return await page.getByRole("textbox", { name: "Invitation link" }).inputValue();
}

/** The page behind the link at the end of a campaign's email. */
async function unsubscribeLink(page) {
  await page.goto(`${await linkOf(page, "/campaigns", "Autumn teas")}?status=opened`);
  await loaded(page);
  const email = page.getByRole("main").locator('a[href*="email=eml_"]').first();
  const [id] = /eml_\w+/.exec((await email.getAttribute("href")) ?? "") ?? [];
  const body = await (await page.request.get(`/emails/${id}/body`)).text();
  return `/unsubscribe/${/\/t\/u\/([^"]+)/.exec(body)?.[1]}`;
}

async function start(args) {
  const dataDir = mkdtempSync(path.join(tmpdir(), "postern-pictures-"));
  const child = spawn(process.execPath, ["scripts/start.mjs", ...args], {
    env: { ...process.env, PORT: "0", DATA_DIR: dataDir, DATABASE_URL: "", LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    const ready = /^Ready: (\S+)/m.exec(printed);
    if (!ready) continue;
    const stop = async () => {
      child.kill("SIGTERM");
      await once(child, "exit");
      rmSync(dataDir, { recursive: true, force: true });
    };
    return { origin: ready[1], printed: () => printed, stop };
  }
  throw new Error(`Postern did not start:\n${printed}`);
}
