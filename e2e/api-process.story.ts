import { callApi } from "./caller";
import { exportedRequestIds } from "./exported-requests";
import { startPostern } from "./postern";
import { confirm, expect, generateKey, signUp, stored, test } from "./story";
import { startTwoProcesses } from "./two-processes";

test("a process that answers the API alone needs a database that others can reach", async () => {
  const program = ["scripts/start.mjs", "--api"];
  await expect(startPostern({ program })).rejects.toThrow(/Set DATABASE_URL/);
});

test("beside it, a process that answers the API alone lets the same keys in, and a revoked one not a second longer", async ({
  browser,
}) => {
  const { whole, alone, drop } = await startTwoProcesses();
  const page = await browser.newPage({ baseURL: whole.origin });
  await signUp(page);
  const secret = await generateKey(page, { name: "Two doors" });
  expect((await callApi(whole.origin, secret, "/me")).status).toBe(200);
  const there = await callApi(alone.origin, secret, "/me");
  expect(there.status).toBe(200);
  expect((await fetch(`${alone.origin}/login`)).status).toBe(404);
  await stored(page);
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke key" });
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option").first().click();
  await confirm(dialog, "Revoke key");
  await expect
    .poll(async () => (await callApi(alone.origin, secret, "/me")).status, { timeout: 2_000 })
    .toBe(401);
  expect(await alone.stop()).toBe(0);
  // It stores what it recorded before it ends.
  const exported = await exportedRequestIds(page);
  expect(exported).toContain(there.headers["x-request-id"]);
  expect(await whole.stop()).toBe(0);
  await drop();
});
