import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { navFor } from "../components/shell/nav";
import { signInToDemo, startDemo } from "./demo";
import { expect, test } from "./story";

const KIB = 1_024;
const SCRIPT_MAX_BYTES = 170 * KIB;
const HTML_MAX_BYTES = 60 * KIB;
const NODES_PER_CELL_MAX = 6;
const CLICK_MAX_MS = 200;
/** Other stories run meanwhile: the quickest round counts. */
const ROUNDS = 3;

/** The pages of the build, as they stand in app/: a new one is measured without being named here. */
const PAGES: string[] = Object.entries(
  JSON.parse(readFileSync(".next/app-path-routes-manifest.json", "utf8")) as Record<string, string>,
)
  .filter(([file]) => file.endsWith("/page") && !file.startsWith("/_global-error"))
  .map(([, route]) => route);

/** Where an address for each page with parameters stands; a page that is opened by a token is opened without a right one. */
const FOUND_ON: Record<string, [list: string, link: string]> = {
  "/audiences/[audienceId]": ["/audiences", 'a[href*="/audiences/aud_"]'],
  "/campaigns/[campaignId]": ["/campaigns", 'a[href*="/campaigns/cmp_"]'],
  "/settings/api-keys/[keyId]": ["/settings/api-keys", 'a[href*="/settings/api-keys/key_"]'],
  "/settings/security/incidents/[incidentId]": [
    "/settings/security",
    'a[href*="/settings/security/incidents/inc_"]',
  ],
  "/settings/webhooks/[webhookId]": ["/settings/webhooks", 'a[href*="/settings/webhooks/whk_"]'],
  "/templates/[templateId]": ["/templates", 'a[href*="/templates/tpl_"]'],
  "/docs/api/[call]": ["/docs/api", 'a[href^="/docs/api/"]'],
  "/docs/errors/[code]": ["/docs/api", 'a[href^="/docs/errors/"]'],
  "/docs/quick-starts/[preset]": ["/docs/quick-starts", 'a[href^="/docs/quick-starts/"]'],
};

test("no page loads more script than its budget, by the build's own list", () => {
  const stats: { route: string; firstLoadChunkPaths: string[] }[] = JSON.parse(
    readFileSync(".next/diagnostics/route-bundle-stats.json", "utf8"),
  );
  const sizes = Object.fromEntries(
    stats.map(({ route, firstLoadChunkPaths }) => [route, compressed(firstLoadChunkPaths)]),
  );
  expect(PAGES.filter((page) => sizes[page] === undefined)).toEqual([]);
  expect(Object.entries(sizes).filter(([, size]) => size > SCRIPT_MAX_BYTES)).toEqual([]);
});

test("on the demo's data, every page keeps its budgets, and a click shows its content at once", async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const demo = await startDemo();
  const context = await browser.newContext({ baseURL: demo.origin });
  const page = await context.newPage();
  await signInToDemo(page, demo);
  for (const route of PAGES) {
    await test.step(
      route,
      async () => await expectWithinBudgets(page, await addressOf(page, route)),
    );
  }
  await test.step("the quickest of a few rounds through the sidebar", async () => {
    const medians: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) medians.push(await medianOfClicks(page));
    expect(Math.min(...medians), `${medians}`).toBeLessThanOrEqual(CLICK_MAX_MS);
  });
  await context.close();
  await demo.stop();
});

/** An address of a page that exists on the demo's data. */
async function addressOf(page: Page, route: string): Promise<string> {
  const known = Object.entries(FOUND_ON).find(([base]) => route.startsWith(base));
  if (!known) return route.replaceAll(/\[[^\]]*\]/g, "x");
  const [base, [list, link]] = known;
  await page.goto(list);
  const found = await page.getByRole("main").locator(link).first().getAttribute("href");
  if (!found) throw new Error(`${list} leads to no ${base}.`);
  return `${found.replace(/[?#].*$/, "")}${route.slice(base.length)}`;
}

async function expectWithinBudgets(page: Page, address: string): Promise<void> {
  await page.goto(address, { waitUntil: "networkidle" });
  const script = compressed(await page.evaluate(loadedScripts));
  expect(script, "script").toBeGreaterThan(0);
  expect(script, "script").toBeLessThanOrEqual(SCRIPT_MAX_BYTES);
  // The answer itself: what the browser made of it is larger.
  const html = await (await page.request.get(address)).body();
  expect(gzipSync(html).length, "HTML").toBeLessThanOrEqual(HTML_MAX_BYTES);
  for (const nodes of await page.evaluate(nodesPerCell)) {
    expect(nodes, "nodes a cell").toBeLessThanOrEqual(NODES_PER_CELL_MAX);
  }
}

/** The bytes of files of the build, each compressed as it is sent. */
function compressed(files: string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
}

/** The scripts that the page has loaded, as files of the build. Runs in the page. */
function loadedScripts(): string[] {
  return performance
    .getEntriesByType("resource")
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.endsWith(".js"))
    .map((path) => path.replace("/_next", ".next"));
}

/** The elements for each cell in the body of each table. Runs in the page. */
function nodesPerCell(): number[] {
  return [...document.querySelectorAll("tbody")].map((body) => {
    const cells = body.querySelectorAll("td, th").length;
    return cells === 0 ? 0 : body.querySelectorAll("td *, th *").length / cells + 1;
  });
}

/** Goes to every page of the sidebar; the median of the time from a click until its heading is there. */
async function medianOfClicks(page: Page): Promise<number> {
  await page.goto("/settings/api-keys");
  const times: number[] = [];
  for (const { href } of navFor("owner").flatMap(({ items }) => items)) {
    if (href.startsWith("/docs") || new URL(page.url()).pathname === href) continue;
    times.push(await page.evaluate(timeOfClick, href));
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.POSITIVE_INFINITY;
}

/** Milliseconds from a click on a link until its page's content is drawn. Runs in the page. */
async function timeOfClick(href: string): Promise<number> {
  const heading = document.querySelector("main h1")?.textContent;
  const start = performance.now();
  document.querySelector<HTMLElement>(`nav[aria-label="Console"] a[href^="${href}"]`)?.click();
  const isThere = () =>
    document.querySelector("main h1")?.textContent !== heading &&
    !document.querySelector("main .animate-skeleton");
  while (!isThere()) await new Promise(requestAnimationFrame);
  return performance.now() - start;
}
