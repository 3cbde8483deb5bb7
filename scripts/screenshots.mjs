// `npm run screenshots`: every page, empty and full, light and dark, wide and narrow, into screenshots/,
// and the README's into docs/screenshots/. From the running demo and a running empty Postern.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
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
  await everyLook(demo, "full", FULL_PAGES, async (page) => {
    await signIn(page, email, password);
    await page.goto("/settings/api-keys");
    await loaded(page);
    const named = (name) => page.getByRole("link", { name, exact: true }).first();
    return {
      key: await named("HubSpot sync").getAttribute("href"),
      "key-never-used": await named("Zapier sign-up flow").getAttribute("href"),
      "key-revoked": await findKey(page, "Old website form"),
      "activity-row": await firstRequest(page),
      contact: await firstLink(page, "/contacts", 'a[href*="contact=con_"]'),
      audience: await firstLink(page, "/audiences", 'a[href*="/audiences/aud_"]'),
      campaign: await campaignSent(page, "Autumn teas"),
      template: await firstLink(page, "/templates", 'a[href*="/templates/tpl_"]'),
      email: await firstLink(page, "/emails", 'a[href*="eml_"]'),
      "outbox-email": await firstLink(page, "/outbox", 'a[href*="eml_"]'),
    };
  });
  await demo.stop();
}

async function photographEmpty() {
  const empty = await start([]);
  await everyLook(empty, "first-run", { signup: "/signup", login: "/login" }, async () => ({}));
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

/** Photographs `pages`, and those that `enter` found once inside, in both themes and both widths. */
async function everyLook(server, prefix, pages, enter) {
  const context = await browser.newContext({ baseURL: server.origin, reducedMotion: "reduce" });
  const page = await context.newPage();
  const found = await enter(page);
  for (const [name, address] of Object.entries({ ...pages, ...found })) {
    await page.goto(address);
    await loaded(page);
    for (const [widthName, viewport] of Object.entries(WIDTHS)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const file = `${OUT}/${prefix}-${name}-${widthName}-${colorScheme}.png`;
        await page.screenshot({ path: file, fullPage: true, animations: "disabled" });
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

/** The page itself, not the grey shape of what is still loading. */
async function loaded(page) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".animate-skeleton"));
}

async function findKey(page, name) {
  await page.goto(`/settings/api-keys?status=all&search=${encodeURIComponent(name)}`);
  await loaded(page);
  return await page.getByRole("link", { name, exact: true }).first().getAttribute("href");
}

async function firstRequest(page) {
  return await firstLink(page, "/settings/activity", 'a[href*="request=req_"]');
}

/** Where the first link of a kind on a page leads. */
async function firstLink(page, address, selector) {
  await page.goto(address);
  await loaded(page);
  const link = page.getByRole("main").locator(selector).first();
  return new URL((await link.getAttribute("href")) ?? "", page.url()).href;
}

async function campaignSent(page, name) {
  await page.goto("/campaigns");
  await loaded(page);
  const link = page.getByRole("link", { name, exact: true }).first();
  return new URL((await link.getAttribute("href")) ?? "", page.url()).href;
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
    const ready = /^Ready: (\S+)$/m.exec(printed);
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
