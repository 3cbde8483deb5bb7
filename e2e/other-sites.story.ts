import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { answerTo } from "./act";
import { expect, generateKey, signUp, test } from "./story";

test("another site starts no download, and the audit log knows of none", async ({ page }) => {
  await signUp(page);
  const activity = (site: string) =>
    page.request.get("/settings/activity/export?format=csv", { headers: from(site) });
  const audit = (site: string) =>
    page.request.post("/settings/audit/export", { headers: from(site), form: { format: "csv" } });

  for (const site of ["cross-site", "same-site"]) {
    for (const download of [activity, audit]) {
      const refused = await download(site);
      expect(refused.status()).toBe(403);
      expect(refused.headers()["content-disposition"]).toBeUndefined();
    }
  }
  // Only the form exports the audit log. A link of our own does not.
  for (const site of ["cross-site", "same-origin"]) {
    const asked = await page.request.get("/settings/audit/export", { headers: from(site) });
    expect(asked.status()).toBe(405);
  }
  expect(await exportsOnRecord(page)).toEqual([]);

  for (const download of [activity, audit]) {
    const answered = await download("same-origin");
    expect(answered.status()).toBe(200);
    expect(answered.headers()["content-disposition"]).toMatch(/^attachment;/);
    expect(answered.headers()["cache-control"]).toContain("no-store");
  }
  expect(await exportsOnRecord(page)).toEqual([
    "Mara Keller exported the audit log",
    "Mara Keller exported the activity",
  ]);
});

test("no address that a caller names is fetched: not a picture's, and not the Host header's", async ({
  page,
  browser,
  postern,
}) => {
  await signUp(page);
  await generateKey(page, { name: "CRM" });
  const bait = await startBait();
  const forged = { host: bait.host, "x-forwarded-host": bait.host, origin: bait.origin };

  await test.step("pictures", async () => {
    for (const url of [`${bait.origin}/picture.png`, `//${bait.host}/picture.png`, "/icon.svg"]) {
      const address = `/_next/image?url=${encodeURIComponent(url)}&w=640&q=75`;
      expect((await page.request.get(address, { headers: forged })).status()).toBe(404);
      expect((await page.request.get(address)).status()).toBe(404);
    }
  });

  await test.step("a page, and one that leads to signing in", async () => {
    const nobody = await browser.newContext({ baseURL: postern.origin });
    const login = await nobody.request.get("/login", { headers: forged });
    expect(login.status()).toBe(200);
    const inside = await nobody.request.get("/settings/api-keys", {
      headers: forged,
      maxRedirects: 0,
    });
    expect(inside.headers().location).toBe("/login");
    const action = await answerTo(
      nobody,
      "pauseKeyAction",
      { keyId: "key_0" },
      { headers: forged },
    );
    expect(action.headers()["x-action-redirect"]).toMatch(/^\/login/);
  });

  await test.step("an action of this page, and one that is handed on to its own", async () => {
    for (const name of ["changePasswordAction", "pauseKeyAction"]) {
      const answer = await answerTo(page.context(), name, null, { headers: forged });
      expect(await answer.text()).toContain('"code":"validation_error"');
    }
  });

  expect(bait.hits()).toBe(0);
  await fetch(bait.origin);
  expect(bait.hits()).toBe(1);
  bait.stop();
});

function from(site: string): Record<string, string> {
  return { "sec-fetch-site": site };
}

/** The audit log's lines about exports, newest first. */
async function exportsOnRecord(page: Page): Promise<string[]> {
  await page.goto("/settings/audit");
  await expect(page.getByRole("link", { name: /created the workspace/ })).toBeVisible();
  return await page.getByRole("link", { name: /exported/ }).allInnerTexts();
}

/** A server on this machine that counts its calls. Nothing may make Postern or a browser call it. */
async function startBait() {
  let hits = 0;
  const server = createServer((_, response) => {
    hits += 1;
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { host, origin: `http://${host}`, hits: () => hits, stop };
}
