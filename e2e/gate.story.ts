import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { expect, generateKey, signUp, signUpInBrowser, somebody, test } from "./story";

test("a key revoked in the browser is refused by the gate's very next answer", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "Soon gone" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "Soon gone" })).toBeVisible();
  const load = keepCalling(postern.origin, secret);
  await expect.poll(() => load.statuses.length).toBeGreaterThan(20);
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke key" });
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: /No longer needed/i }).click();
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Revoked").first()).toBeVisible();
  const answeredBefore = load.statuses.length;
  await expect.poll(() => load.statuses.length).toBeGreaterThan(answeredBefore + 20);
  await load.stop();
  const refused = load.statuses.indexOf(401);
  expect(refused).toBeGreaterThan(0);
  expect(new Set(load.statuses.slice(refused + load.callers))).toEqual(new Set([401]));
});

test("pause refuses, resume lets in again, and neither needs a new secret", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "Pausing" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Pause/ })
    .click();
  await expect(page.getByRole("button", { name: "Resume", exact: true })).toBeVisible();
  const paused = await callApi(postern.origin, secret, "/me");
  expect([paused.status, paused.body]).toMatchObject([401, { code: "paused_api_key" }]);
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toBeVisible();
  expect((await callApi(postern.origin, secret, "/me")).status).toBe(200);
});

test("a missing permission is named in the console's words, and is given where the answer leads", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "Reads results", useCase: "Analytics" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "Reads results" })).toBeVisible();
  const refused = await callApi(postern.origin, secret, "/contacts");
  expect(refused.status).toBe(403);
  expect(refused.headers["www-authenticate"]).toContain('error="insufficient_scope"');
  expect(refused.headers["www-authenticate"]).toContain('scope="contacts:read"');
  const { code, type, detail, ...way } = refused.body as Record<string, string>;
  expect(code).toBe("insufficient_scope");
  const docs = await page.request.get(`${type}`);
  expect(docs.status()).toBe(200);
  expect(await docs.text()).toContain("insufficient_scope");

  await test.step("the way there, in the words of the answer", async () => {
    expect(detail).toContain("“Contacts → Read” (contacts:read)");
    const [thing = "", action = ""] = `${way.required_permission}`.split(" → ");
    await page.goto(`${way.settings_url}`);
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const group = page.getByRole("group", { name: thing, exact: true });
    await group.getByRole("checkbox", { name: action }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByRole("button", { name: "Add access" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Reads results" })).toBeVisible();
  });
  expect((await callApi(postern.origin, secret, "/contacts")).status).toBe(200);
});

test("who is signed in is nobody to the API, which says how a key is sent", async ({ page }) => {
  await signUp(page);
  const answer = await page.evaluate(async () => {
    const response = await fetch("/api/v1/me", { credentials: "include" });
    return { status: response.status, body: await response.json() };
  });
  expect(answer).toMatchObject({ status: 401, body: { code: "missing_api_key" } });
  expect(answer.body.detail).toContain("Authorization: Bearer <key>");
});

test("contacts: a CRM script creates, upserts, finds, changes and deletes", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "CRM" });
  const call = (path: string, method = "GET", body?: object) =>
    callApi(postern.origin, secret, path, { method, body: body ? JSON.stringify(body) : "" });
  const email = `ada+${somebody().email}`;
  const created = await call(`/contacts/${encodeURIComponent(email)}`, "PUT", {
    first_name: "Ada",
    properties: { plan: "pro", seats: 3, trial: false },
  });
  expect([created.status, created.body]).toMatchObject([
    201,
    { object: "contact", first_name: "Ada" },
  ]);
  const again = await call(`/contacts/${email}`, "PUT", { first_name: "Ada L." });
  expect(again.status).toBe(200);
  const { id } = created.body as { id: string };
  expect((await call(`/contacts/${id}`)).body).toMatchObject({ email, first_name: "Ada L." });
  expect((await call("/contacts", "POST", { email })).status).toBe(409);
  expect((await call(`/contacts/${id}`, "PATCH", { unsubscribed: true })).status).toBe(200);
  expect((await call(`/contacts?email=${encodeURIComponent(email)}`)).body).toMatchObject({
    object: "list",
    has_more: false,
    data: [{ id, unsubscribed: true }],
  });
  const unknown = await call(`/contacts/${id}`, "PATCH", { unsubscribd: true, first_name: 7 });
  expect(unknown.status).toBe(422);
  expect(JSON.stringify(unknown.body)).toContain("unsubscribd");
  expect(JSON.stringify(unknown.body)).toContain("first_name");
  expect((await call(`/contacts/${id}`, "DELETE")).body).toMatchObject({ id, deleted: true });
  expect((await call(`/contacts/${id}`)).status).toBe(404);
});

test("a secret in an address is refused, and stands in no log", async ({ page, postern }) => {
  await signUp(page);
  const secret = await generateKey(page, { name: "In a URL" });
  const response = await fetch(`${postern.origin}/api/v1/me?api_key=${secret}`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "key_in_url" });
  expect(postern.output()).not.toContain(secret);
});

test("what a browser would load holds no secret of the server", async ({ page, postern }) => {
  const scripts: string[] = [];
  page.on("response", async (response) => {
    if (response.url().endsWith(".js")) scripts.push(await response.text().catch(() => ""));
  });
  await signUpInBrowser(page);
  for (const address of ["/settings/api-keys/new", "/settings/activity", "/settings/members"]) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  const authSecret = (await readFile(`${postern.dataDir}/auth-secret`, "utf8")).trim();
  expect(scripts.length).toBeGreaterThan(5);
  for (const marker of [authSecret, "PrismaClient", "argon2", "node:crypto", "DATABASE_URL"]) {
    expect(scripts.filter((script) => script.includes(marker)).length, marker).toBe(0);
  }
});

test("cookies are out of scripts' reach and stay on this site", async ({ page, context }) => {
  await signUp(page);
  const cookies = await context.cookies();
  const session = cookies.find((cookie) => cookie.name.includes("session-token"));
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  await expectNoStore(page);
});

async function expectNoStore(page: Page): Promise<void> {
  const response = await page.request.get("/settings/api-keys");
  expect(response.headers()["cache-control"]).toMatch(/no-store|private/);
}

/** Calls from several connections until told to stop. Returns the statuses in the order of the answers. */
function keepCalling(origin: string, secret: string) {
  const callers = 4;
  const statuses: number[] = [];
  let going = true;
  const running = Promise.all(
    Array.from({ length: callers }, async () => {
      while (going) {
        const response = await fetch(`${origin}/api/v1/me`, {
          headers: { authorization: `Bearer ${secret}` },
        });
        await response.arrayBuffer();
        statuses.push(response.status);
      }
    }),
  );
  const stop = async () => {
    going = false;
    await running;
  };
  return { callers, statuses, stop };
}
