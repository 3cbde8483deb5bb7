import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { givenKey } from "./given-key";
import { expect, signUp, test } from "./story";

const PAGE_SIZE = 50;
const FORMULA = '=HYPERLINK("http://evil.example","Click")';

test("filters live in the address: they survive a reload, and Back takes them off", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const crm = await givenKey(page, "CRM");
  const reports = await givenKey(page, "Reports", "Analytics");
  await call(postern.origin, crm, "/me");
  await call(postern.origin, crm, "/contacts", { method: "POST", body: "{}" });
  await call(postern.origin, crm, "/contacts/con_nobody");
  await call(postern.origin, reports, "/me");
  const refused = await call(postern.origin, reports, "/contacts");
  await seeRows(page, 5);

  await test.step("status, then key: both at once, also after a reload", async () => {
    await filter(page, "Status", /4xx/);
    await expect(rows(page)).toHaveCount(3);
    await filter(page, "Key", "Reports");
    await expect(page).toHaveURL(/status=4xx/);
    await expect(page).toHaveURL(/key=key_/);
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toHaveAttribute("href", /status=4xx.*request=req_/);
    await page.reload();
    await expect(rows(page)).toHaveCount(1);
    await expect(page.getByRole("combobox", { name: "Status" })).toContainText("4xx");
    await expect(page.getByRole("combobox", { name: "Key" })).toContainText("Reports");
  });

  await test.step("Back takes the last one off, and Forward puts it on again", async () => {
    await page.goBack();
    await expect(rows(page)).toHaveCount(3);
    await expect(page.getByRole("combobox", { name: "Key" })).toContainText("any");
    await page.goForward();
    await expect(rows(page)).toHaveCount(1);
  });

  await test.step("method and search", async () => {
    await page.goto("/settings/activity");
    await filter(page, "Method", "POST");
    await expect(rows(page)).toHaveCount(1);
    await expect(row(page, "POST")).toContainText("/contacts");
    await filter(page, "Method", "any");
    await expect(rows(page)).toHaveCount(5);
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("con_nobody");
    await expect(page).toHaveURL(/q=con_nobody/);
    await expect(rows(page)).toHaveCount(1);
    await page.goBack();
    await expect(search).toHaveValue("");
    await expect(rows(page)).toHaveCount(5);
  });

  await test.step("path, and address however it is spelled", async () => {
    await page.getByRole("button", { name: "More", exact: true }).click();
    const path = page.getByRole("searchbox", { name: "Path" });
    await path.fill("contacts/");
    await expect(rows(page)).toHaveCount(1);
    await path.fill("/me");
    await expect(rows(page)).toHaveCount(2);
    const address = page.getByRole("searchbox", { name: "IP address" });
    await address.fill("203.0.113.9");
    await expect(page).toHaveURL(/address=203/);
    await expect(rows(page)).toHaveCount(0);
    await address.fill("203.0.113.0/24");
    await expect(page.getByText("is not a single IP address")).toBeVisible();
    await address.fill("203.0.113.9");
    await expect(page).not.toHaveURL(/%2F24/);
    await page.reload();
    await expect(address).toHaveValue("203.0.113.9");
    await path.fill("");
    await address.fill("");
    await expect(rows(page)).toHaveCount(5);
  });

  await test.step("a request id finds its call, which says in plain words what it means", async () => {
    await page.getByRole("searchbox", { name: "Search" }).fill(refused.requestId);
    await expect(rows(page)).toHaveCount(1);
    await row(page, "GET").click();
    const panel = page.getByRole("complementary", { name: "Request details" });
    await expect(panel).toContainText("Reports asked for contacts, which it may not read.");
    await expect(panel).toContainText("Edit → Access → Contacts → Read");
    await expect(panel).toContainText(refused.requestId);
    await expect(panel).toContainText("story/1.0");
    await expect(page).toHaveURL(/request=req_/);
    await page.reload();
    await expect(panel).toContainText("403 insufficient_scope");
    await panel.getByRole("link", { name: "Show only calls of this key" }).click();
    await expect(page).toHaveURL(/key=key_/);
  });
});

test("pages by cursor: what comes in meanwhile shifts nothing, repeats nothing", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  const made: string[] = [];
  for (let at = 0; at < PAGE_SIZE + 8; at += 1) {
    made.unshift((await call(postern.origin, secret, "/me")).requestId);
  }
  await seeRows(page, PAGE_SIZE, made[0]);
  const first = await shownIds(page);
  const meanwhile = await call(postern.origin, secret, "/me");
  await seeInExport(page, meanwhile.requestId);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(rows(page)).toHaveCount(8);
  expect([...first, ...(await shownIds(page))]).toEqual(made);
  await expect(page.getByText("Nothing older")).toBeVisible();
  await page.reload();
  await expect(rows(page)).toHaveCount(8);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows(page)).toHaveCount(PAGE_SIZE);
  expect((await shownIds(page))[0]).toBe(meanwhile.requestId);
});

test("Live brings a new call in by itself, and leaves the open panel alone", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  await call(postern.origin, secret, "/me");
  await seeRows(page, 1);
  await row(page, "/me").click();
  const panel = page.getByRole("complementary", { name: "Request details" });
  await expect(panel).toContainText("asked who it is and what it may do");
  await expect(page).toHaveURL(/request=req_/);
  const address = page.url();
  await page.evaluate(() => document.body.setAttribute("data-never-reloaded", ""));
  await page.getByRole("switch", { name: "Live" }).click();
  await call(postern.origin, secret, "/contacts");
  await expect(rows(page)).toHaveCount(2);
  await expect(row(page, "/contacts")).toBeVisible();
  await expect(panel).toContainText("asked who it is and what it may do");
  await expect(page.locator("body[data-never-reloaded]")).toHaveCount(1);
  expect(page.url()).toBe(address);
  await panel.getByRole("button", { name: "Close" }).click();
  await expect(panel).toHaveCount(0);
  await expect(page).not.toHaveURL(/request=/);
  await expect(page.getByRole("switch", { name: "Live" })).toBeChecked();
  await page.reload();
  await expect(page.getByRole("switch", { name: "Live" })).toBeChecked();
  await page.goBack();
  await expect(panel).toBeVisible();
});

test("an export holds the filtered calls, and no formula that a spreadsheet would run", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await givenKey(page, "@SUM(1+1) CRM");
  await call(postern.origin, secret, "/me", { userAgent: "let in" });
  const refused = await call(postern.origin, secret, "/campaigns", { userAgent: FORMULA });
  await seeRows(page, 2);
  await filter(page, "Status", /4xx/);
  await expect(rows(page)).toHaveCount(1);

  const csv = await exported(page, /^CSV/);
  expect(csv.name).toMatch(/\.csv$/);
  const [head, ...lines] = csv.text.trim().split("\r\n");
  expect(head).toMatch(/^time,request_id,/);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(refused.requestId);
  expect(lines[0]).toContain(`"'=HYPERLINK(""http://evil.example"",""Click"")"`);
  expect(lines[0]).toContain(",'@SUM(1+1) CRM,");

  const ndjson = await exported(page, /^NDJSON/);
  expect(ndjson.name).toMatch(/\.ndjson$/);
  const parsed = ndjson.text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(parsed).toMatchObject([{ request_id: refused.requestId, user_agent: FORMULA }]);
  for (const { text } of [csv, ndjson]) expect(text).not.toContain(secret);
});

type Call = { method?: string; body?: string; userAgent?: string };

async function call(origin: string, secret: string, path: string, how: Call = {}) {
  const { method = "GET", body, userAgent = "story/1.0" } = how;
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      "user-agent": userAgent,
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body }),
  });
  await response.arrayBuffer();
  return { status: response.status, requestId: response.headers.get("x-request-id") ?? "" };
}

function rows(page: Page): Locator {
  return page.getByRole("region", { name: "Requests" }).getByRole("link");
}

function row(page: Page, words: string): Locator {
  return rows(page).filter({ hasText: words });
}

/** Opens the page until it shows this many calls, newest first. Calls are stored in batches. */
async function seeRows(page: Page, count: number, newest?: string): Promise<void> {
  await expect(async () => {
    await page.goto("/settings/activity");
    await expect(rows(page)).toHaveCount(count, { timeout: 1_000 });
    if (newest) expect((await shownIds(page))[0]).toBe(newest);
  }).toPass();
}

async function seeInExport(page: Page, requestId: string): Promise<void> {
  await expect
    .poll(async () => {
      const response = await page.request.get("/settings/activity/export?format=ndjson");
      return await response.text();
    })
    .toContain(requestId);
}

async function shownIds(page: Page): Promise<string[]> {
  const addresses = await rows(page).evaluateAll((links) =>
    links.map((link) => link.getAttribute("href") ?? ""),
  );
  return addresses.map((address) => new URL(address, page.url()).searchParams.get("request") ?? "");
}

async function filter(page: Page, name: string, choice: string | RegExp): Promise<void> {
  await page.getByRole("combobox", { name, exact: true }).click();
  await page.getByRole("option", { name: choice }).click();
}

async function exported(page: Page, choice: RegExp): Promise<{ name: string; text: string }> {
  await page.getByRole("button", { name: "Export" }).click();
  const arriving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: choice }).click();
  const download = await arriving;
  return {
    name: download.suggestedFilename(),
    text: await readFile(await download.path(), "utf8"),
  };
}
