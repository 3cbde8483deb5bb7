import { callApi, statusOf } from "./caller";
import { givenKey } from "./given-key";
import { finding } from "./security-page";
import {
  confirm,
  everyLook,
  expect,
  expectAccessible,
  join,
  signUp,
  somebody,
  test,
} from "./story";

const PLACE = "The agency's old wiki";

test("a decoy fires: a stranger's first call is an alarm that names where it was planted", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  const key = await givenKey(page, "CRM");
  await callApi(postern.origin, key, "/contacts", {
    method: "POST",
    body: JSON.stringify({ email: "anna@example.com" }),
  });
  await page.goto("/settings/security");

  let secret = "";
  await test.step("an admin plants it, and its secret is shown once", async () => {
    await expect(page.getByText(/A decoy looks like a key and opens nothing/)).toBeVisible();
    await page.getByRole("button", { name: "Plant a decoy" }).click();
    const dialog = page.getByRole("dialog", { name: "Plant a decoy" });
    await dialog.getByRole("textbox", { name: "Name" }).fill("HubSpot backup");
    await dialog.getByRole("button", { name: "Plant a decoy" }).click();
    await expect(dialog.getByText("Say where you will put it.")).toBeVisible();
    await dialog.getByRole("textbox", { name: "Where you will put it" }).fill(PLACE);
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Plant a decoy" }).click();
    const reveal = page.getByRole("dialog", { name: "Copy the decoy" });
    secret = await reveal.getByRole("textbox", { name: "Decoy" }).inputValue();
    expect(secret).toMatch(/^pstn_live_[0-9A-Za-z]{38}$/);
    await expectAccessible(page);
    await reveal.getByRole("button", { name: "I have put it there" }).click();
    await expect(page.getByText(`Planted at: ${PLACE}`)).toBeVisible();
    await expect(page.getByText("Nothing needs attention.")).toBeVisible();
    await page.goto("/settings/api-keys");
    await expect(page.getByRole("link", { name: "CRM", exact: true })).toBeVisible();
    await expect(page.getByText("HubSpot backup")).toHaveCount(0);
  });

  await test.step("a stranger's program takes it for a key that reads, and gets nothing", async () => {
    const me = await callApi(postern.origin, secret, "/me");
    expect(me).toMatchObject({ status: 200, body: { name: "HubSpot backup" } });
    const real = await callApi(postern.origin, key, "/contacts");
    const list = await callApi(postern.origin, secret, "/contacts");
    expect(Object.keys(list.headers).sort()).toEqual(Object.keys(real.headers).sort());
    expect(real.body).toMatchObject({ data: [{ email: "anna@example.com" }] });
    expect(list.body).toMatchObject({ object: "list", data: [], has_more: false });
    const one = await callApi(postern.origin, secret, "/contacts/anna@example.com");
    expect(one.status).toBe(404);
    const written = await callApi(postern.origin, secret, "/contacts", {
      method: "POST",
      body: JSON.stringify({ email: "mallory@example.com" }),
    });
    expect(written).toMatchObject({ status: 403, body: { code: "insufficient_scope" } });
  });

  const title = "HubSpot backup is a decoy, and somebody used it";
  const alarm = finding(page, title);
  await test.step("within seconds it is an urgent finding: where, who, what", async () => {
    await expect(async () => {
      await page.goto("/settings/security");
      await expect(alarm).toHaveCount(1, { timeout: 1_000 });
    }).toPass({ timeout: 10_000 });
    await expect(alarm).toContainText("Urgent");
    await expect(alarm).toContainText(`It is planted at: ${PLACE}.`);
    await expect(alarm).toContainText("from 127.0.0.1 by crm-script/1.0");
    await everyLook(page);
    await page.goto("/settings/notices");
    await expect(page.getByText(title)).toBeVisible();
    await page.goto("/settings/security");
    await alarm.getByRole("button", { name: "See its calls" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(page.getByRole("link", { name: "POST /contacts", exact: true })).toBeVisible();
  });

  await test.step("a viewer sees the alarm and no decoys; an admin removes it", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Liv Holm"));
    await viewer.page.goto("/settings/security");
    await expect(finding(viewer.page, title)).toBeVisible();
    await expect(viewer.page.getByRole("button", { name: "Plant a decoy" })).toHaveCount(0);
    await viewer.context.close();
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Remove HubSpot backup" }).click();
    await confirm(page.getByRole("dialog", { name: "Remove decoy" }), "Remove decoy");
    await expect(alarm).toHaveCount(0);
    await expect(page.getByText(/A decoy looks like a key/)).toBeVisible();
    expect(await statusOf(postern.origin, secret)).toBe(401);
  });
});
