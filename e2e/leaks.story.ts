import { type GithubScanning, startGithubScanning } from "../lib/testing/github-scanning";
import { statusOf } from "./caller";
import { givenKey } from "./given-key";
import { type Postern, startPostern } from "./postern";
import { test as base, everyLook, expect, join, signUp, somebody } from "./story";

/** A Postern that asks a server of this story for GitHub's keys. */
const test = base.extend<object, { github: GithubScanning; postern: Postern }>({
  github: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright takes a fixture's dependencies from this pattern. This one has none.
    async ({}, use) => {
      const github = await startGithubScanning();
      await use(github);
      await github.close();
    },
    { scope: "worker" },
  ],
  postern: [
    async ({ github }, use) => {
      const env = { ALLOW_SIGNUP: "true", GITHUB_SECRET_SCANNING_KEYS_URL: github.keysUrl };
      const postern = await startPostern({ env });
      await use(postern);
      expect(await postern.stop()).toBe(0);
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const FOUND_AT = "https://github.com/acme/site/blob/main/.env";

test("a message that GitHub signed revokes a key, and a wrongly signed one does nothing", async ({
  page,
  postern,
  github,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  const secret = await givenKey(page, "CRM");
  const body = JSON.stringify([{ token: secret, type: "postern_api_key", url: FOUND_AT }]);
  const send = async (forged: boolean) => {
    const headers = github.headersFor(body, forged);
    return await fetch(`${postern.origin}/api/leaks/github`, { method: "POST", headers, body });
  };

  await test.step("a forged one is refused, and the key works on", async () => {
    expect((await send(true)).status).toBe(400);
    expect(await statusOf(postern.origin, secret)).toBe(200);
  });

  await test.step("a signed one is answered, and a moment later the key is refused", async () => {
    const answer = await send(false);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject([{ label: "true_positive" }]);
    await expect.poll(() => statusOf(postern.origin, secret)).toBe(401);
  });

  await test.step("the Security page says where it was found, and the key's page who stopped it", async () => {
    await page.goto("/settings/security");
    const finding = page.getByRole("article", { name: "CRM leaked and was revoked" });
    await expect(finding).toContainText(`It was at ${FOUND_AT}`);
    await expect(finding).toContainText("Urgent");
    await everyLook(page);
    await finding.getByRole("link", { name: "CRM leaked and was revoked" }).click();
    await expect(
      page.getByRole("heading", { level: 1, name: /leaked and was revoked/ }),
    ).toBeVisible();
    await everyLook(page);
    await page.getByRole("link", { name: "CRM", exact: true }).click();
    await expect(page.getByText("A key that leaked can't be brought back.")).toBeVisible();
    await expect(page.getByText(/GitHub secret scanning/).first()).toBeVisible();
    await everyLook(page);
  });
});

test("a stranger reports keys: what happens is the workspace's choice, and the answer never tells", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(90_000);
  await signUp(page);
  const [first, second] = [await givenKey(page, "Shop"), await givenKey(page, "CRM")];

  await test.step("an admin wants to be told only", async () => {
    await page.goto("/settings/security");
    await page.getByRole("combobox", { name: "When a leak is reported" }).click();
    await page.getByRole("option", { name: "Alert only" }).click();
    await expect(page.getByText("Saved. It holds for reports from now on")).toBeVisible();
    expect(await report(postern, first)).toBe('202 {"status":"received"}');
    const finding = page.getByRole("article", { name: "Shop leaked and is not revoked" });
    await expect(async () => {
      await page.reload();
      await expect(finding).toBeVisible({ timeout: 1_000 });
    }).toPass();
    expect(await statusOf(postern.origin, first)).toBe(200);
    await finding.getByRole("button", { name: "This key leaked" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Shop leaked" })).toBeVisible();
  });

  await test.step("then every key is to be revoked", async () => {
    await page.goto("/settings/security");
    await page.getByRole("combobox", { name: "When a leak is reported" }).click();
    await page.getByRole("option", { name: "Revoke every key at once" }).click();
    await expect(page.getByText("Saved. It holds for reports from now on")).toBeVisible();
    expect(await report(postern, second)).toBe('202 {"status":"received"}');
    await expect.poll(() => statusOf(postern.origin, second)).toBe(401);
  });

  await test.step("a viewer reads what holds, and anybody how to report", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Ana Ruiz"));
    await viewer.page.goto("/settings/security");
    await expect(viewer.page.getByText("Revoke every key at once")).toBeVisible();
    await expect(
      viewer.page.getByRole("combobox", { name: "When a leak is reported" }),
    ).toHaveCount(0);
    await viewer.context.close();
    await page.goto("/docs/leaks");
    await expect(
      page.getByRole("heading", { level: 1, name: "Reporting a leaked key" }),
    ).toBeVisible();
    await everyLook(page);
  });
});

async function report({ origin }: Postern, secret: string): Promise<string> {
  const answer = await fetch(`${origin}/api/leaks/report`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ secret, url: FOUND_AT }),
  });
  return `${answer.status} ${await answer.text()}`;
}
