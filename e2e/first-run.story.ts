import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { callApi } from "./caller";
import { startPostern } from "./postern";
import {
  confirm,
  everyLook,
  expect,
  expectAccessible,
  generateKey,
  revealedSecret,
  signIn,
  signUpInBrowser,
  test as story,
} from "./story";

/** The first run begins with nothing at all, so this story starts a Postern of its own in an empty directory. */
const test = story.extend<{ baseURL: string; own: Awaited<ReturnType<typeof startPostern>> }>({
  own: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
    async ({}, use) => {
      const dataDir = await mkdtemp(path.join(tmpdir(), "postern-first-run-"));
      const own = await startPostern({ dataDir });
      await use(own);
      expect(await own.stop()).toBe(0);
      await rm(dataDir, { recursive: true, force: true });
    },
    { timeout: 60_000 },
  ],
  baseURL: async ({ own }, use) => {
    await use(own.origin);
  },
});

test("a marketer's key, from name to revoke, used by a separate program", async ({
  page,
  own,
  context,
}) => {
  test.setTimeout(180_000);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: own.origin });
  const seenPages: string[] = [];
  page.on("response", async (response) => {
    const type = response.headers()["content-type"] ?? "";
    if (response.request().method() === "GET" && /html|x-component|json/.test(type)) {
      seenPages.push(await response.text().catch(() => ""));
    }
  });

  const mara = await test.step("the first visitor creates the workspace", async () => {
    expect(own.output()).toContain("/signup");
    await page.goto("/signup");
    await expectAccessible(page);
    const person = await signUpInBrowser(page);
    await expectAccessible(page);
    return person;
  });

  await test.step("nobody else can", async () => {
    await context.clearCookies();
    await page.goto("/signup");
    await expect(page.getByRole("button", { name: "Create workspace" })).toHaveCount(0);
    await page.goto("/login");
    await expectAccessible(page);
    await signIn(page, mara);
  });

  const steps = page.getByRole("region", { name: "Get connected" });
  await test.step("a checklist says what to do first", async () => {
    await expect(steps.getByText("0 of 5 done")).toBeVisible();
    await expect(steps.getByText("No mail server is set up", { exact: false })).toBeVisible();
    await everyLook(page);
  });

  const first = await test.step("she generates a key by preset, and copies it", async () => {
    const secret = await generateKey(page, { name: "HubSpot sync" });
    await expectAccessible(page);
    await page.getByRole("button", { name: "Copy", exact: true }).first().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: "Copy your API key" })).toBeVisible();
    return secret;
  });

  await test.step("a separate program uses it, and the dialog ticks", async () => {
    await expect(page.getByText("Waiting for the first call…")).toBeVisible();
    const answer = await callApi(own.origin, first, "/me");
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      name: "HubSpot sync",
      environment: "live",
      scopes: ["contacts:read", "contacts:write", "audiences:read"],
    });
    await expect(
      page.getByText(/First call received: GET \/me from (127\.0\.0\.1|::1)/),
    ).toBeVisible();
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByRole("heading", { name: "HubSpot sync" })).toBeVisible();
  });

  const keyUrl = page.url();
  await test.step("the secret is gone: not on reload, not by Back", async () => {
    await page.reload();
    await expect(page.getByRole("heading", { name: "HubSpot sync" })).toBeVisible();
    expect(await page.content()).not.toContain(first);
    await page.goBack({ waitUntil: "networkidle" });
    expect(await page.content()).not.toContain(first);
    await page.goto(keyUrl);
  });

  await test.step("the call is one row of activity, which says what it means", async () => {
    await page.goto("/settings/activity");
    await expect(page.getByRole("heading", { name: "Activity", exact: true })).toBeVisible();
    await expect(page.getByText("HubSpot sync").first()).toBeVisible();
    await page
      .getByRole("region", { name: "Requests" })
      .getByRole("link", { name: /\/me/ })
      .first()
      .click();
    await expect(page.getByText("What this means")).toBeVisible();
    await expect(page).toHaveURL(/request=req_/);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(page.getByText("What this means")).toHaveCount(0);
  });

  await test.step("the checklist has ticked itself, limits the key, and is put away", async () => {
    await page.goto("/settings/api-keys");
    await expect(steps.getByText("2 of 5 done")).toBeVisible();
    await steps.getByRole("button", { name: /^Limit to / }).click();
    await confirm(page.getByRole("dialog", { name: "Limit to IP addresses" }), "Limit key");
    await expect(steps.getByText("3 of 5 done")).toBeVisible();
    await everyLook(page);
    await steps.getByRole("button", { name: "Hide the checklist" }).click();
    await expect(steps).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("link", { name: "HubSpot sync" })).toBeVisible();
    await expect(steps).toHaveCount(0);
  });

  const second = await test.step("she rotates it over 24 hours: both secrets work", async () => {
    await page.goto(keyUrl);
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await expect(dialog.getByRole("radio", { name: "24 hours" })).toBeChecked();
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    const secret = await revealedSecret(page);
    await page.getByRole("button", { name: "I have stored it" }).click();
    const [onOld, onNew] = [
      await callApi(own.origin, first, "/me"),
      await callApi(own.origin, secret, "/me"),
    ];
    expect([onOld.status, onNew.status]).toEqual([200, 200]);
    const retiresAt = new Date(onOld.headers["postern-secret-retires"] ?? "").getTime();
    expect(Math.abs(retiresAt - Date.now() - 24 * 3_600_000)).toBeLessThan(120_000);
    expect(onNew.headers["postern-secret-retires"]).toBeUndefined();
    return secret;
  });

  await test.step("the page shows who is still on the old one, and ends it", async () => {
    await expect(async () => {
      await page.goto(keyUrl);
      await expect(page.getByText("crm-script/1.0").first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expectAccessible(page);
    await callApi(own.origin, first, "/me");
    // The call shows although the page is older. It does so by itself only every 15 s.
    await expect(async () => {
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "End now" }).click();
      await expect(page.getByRole("dialog")).toContainText("2 calls", { timeout: 1_000 });
    }).toPass({ timeout: 8_000 });
    await confirm(page.getByRole("dialog"), "End old secret");
    await expect(page.getByRole("button", { name: "End now" })).toHaveCount(0);
    const [onOld, onNew] = [
      await callApi(own.origin, first, "/me"),
      await callApi(own.origin, second, "/me"),
    ];
    expect([onOld.status, onNew.status]).toEqual([401, 200]);
    expect(onOld.body).toMatchObject({ code: "expired_api_key", statusCode: 401 });
  });

  await test.step("she revokes it: the very next call is refused", async () => {
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: /No longer needed/i }).click();
    await expectAccessible(page);
    await confirm(dialog, "Revoke key");
    await expect(page.getByText("Revoked").first()).toBeVisible();
    const refused = await callApi(own.origin, second, "/me");
    expect(refused.status).toBe(401);
    expect(refused.body).toMatchObject({ code: "revoked_api_key" });
    await expectAccessible(page);
  });

  await test.step("the audit log shows it all", async () => {
    await page.goto("/settings/audit");
    for (const words of [/created/i, /rotated/i, /ended/i, /revoked/i]) {
      await expect(page.getByRole("row").filter({ hasText: words }).first()).toBeVisible();
    }
    await expectAccessible(page);
  });

  await test.step("neither secret stands anywhere: pages, logs, files", async () => {
    const files = await readdir(own.dataDir, { recursive: true, withFileTypes: true });
    const haystacks = [own.output(), ...seenPages];
    for (const file of files.filter((entry) => entry.isFile())) {
      haystacks.push(await readFile(path.join(file.parentPath, file.name), "latin1"));
    }
    expect(seenPages.length).toBeGreaterThan(10);
    for (const secret of [first, second]) {
      expect(haystacks.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});
