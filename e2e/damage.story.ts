import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { givenKey } from "./given-key";
import {
  confirm,
  everyLook,
  expect,
  join,
  revealedSecret,
  signUp,
  somebody,
  stored,
  test,
} from "./story";

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();

test("a stolen key changes contacts and queues mails: compared, restored, canceled", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  await signUp(page);
  const crm = await givenKey(page, "CRM");
  const stolen = await keyThatMay(page, "Shop", ["contacts:write", "emails:send"]);
  const keyPage = page.url();
  const send = async (secret: string, method: string, path: string, values?: object) => {
    const body = values ? JSON.stringify(values) : "";
    const answer = await callApi(postern.origin, secret, path, { method, body });
    expect(answer.status, `${method} ${path}`).toBeLessThan(300);
    return answer.body as Record<string, unknown>;
  };

  await test.step("a program with the key changes three contacts and queues two emails", async () => {
    await send(crm, "PUT", "/contacts/anna@example.com", { first_name: "Anna" });
    await send(crm, "PUT", "/contacts/bo@example.com", { properties: { plan: "pro" } });
    await send(crm, "PUT", "/contacts/cy@example.com", { first_name: "Cy" });
    await send(stolen, "PATCH", "/contacts/anna@example.com", { email: "thief@example.com" });
    await send(stolen, "PUT", "/contacts/bo@example.com", {
      properties: { plan: null },
      unsubscribed: true,
    });
    await send(stolen, "PUT", "/contacts/cy@example.com", { first_name: "Eve" });
    await send(crm, "PUT", "/contacts/cy@example.com", { last_name: "Young" });
    for (const to of ["bo@example.com", "cy@example.com"]) {
      const email = { from: "shop@example.com", to, subject: "Your account is locked", text: "Hi" };
      await send(stolen, "POST", "/emails", { ...email, scheduled_at: TOMORROW });
    }
  });

  await test.step("its incident says what it did, and to whom", async () => {
    await page.goto(keyPage);
    await page.getByRole("button", { name: "This key leaked" }).click();
    await page.getByRole("button", { name: "Revoke now" }).click();
    await expect(page.getByRole("heading", { name: "What it did" })).toBeVisible();
    await expect(async () => {
      await page.reload();
      const row = page.getByRole("row", { name: /127\.0\.0\.1|::1/ });
      await expect(row).toContainText("changed 3 contacts", { timeout: 1_000 });
      await expect(row).toContainText("sent mail to 2 recipients");
      await expect(row).toContainText("unknown");
    }).toPass();
    await expect(page.getByText("2 emails are still waiting to go out")).toBeVisible();
    await expect(page.getByText("3 contacts were changed")).toBeVisible();
    await expect(page.getByText(/1 changed again since by somebody else/)).toBeVisible();
    await page.getByRole("button", { name: "Use this time" }).click();
    await expect(page.getByRole("button", { name: "Use this time" })).toHaveCount(0);
    await everyLook(page);
  });

  await test.step("a viewer sees it and changes nothing", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Liv Holm"));
    await viewer.page.goto(page.url());
    await expect(viewer.page.getByText("Owners and admins can cancel and restore.")).toBeVisible();
    await expect(viewer.page.getByRole("button", { name: /^(Cancel|Restore)/ })).toHaveCount(0);
    await viewer.context.close();
  });

  await test.step("what contacts had stands beside what they have", async () => {
    await page.getByRole("button", { name: "Compare" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare contacts" });
    const contact = (email: string) => dialog.getByRole("listitem").filter({ hasText: email });
    await expect(contact("thief@example.com").getByRole("row", { name: /^Email/ })).toHaveText(
      "Emailanna@example.comthief@example.com",
    );
    await expect(contact("bo@example.com").getByRole("row", { name: /^plan/ })).toHaveText(
      "planpronone",
    );
    await expect(contact("cy@example.com")).toContainText("changed again since, left alone");
    await expect(contact("cy@example.com")).toContainText("last by CRM");
    await everyLook(page);
    await page.keyboard.press("Escape");
  });

  await test.step("two are restored, and who was unsubscribed stays so", async () => {
    await page.getByRole("button", { name: "Restore 2" }).click();
    const dialog = page.getByRole("dialog", { name: "Restore 2 contacts" });
    await expect(
      dialog.getByRole("checkbox", { name: /Subscribe 1 again that the key unsubscribed/ }),
    ).not.toBeChecked();
    await everyLook(page);
    await confirm(dialog, "Restore 2");
    await expect(page.getByText("2 contacts restored", { exact: true })).toBeVisible();
    await expect(page.getByText(/2 contacts restored already|They have back/)).toBeVisible();
    expect(await send(crm, "GET", "/contacts/anna@example.com")).toMatchObject({
      first_name: "Anna",
    });
    expect(await send(crm, "GET", "/contacts/bo@example.com")).toMatchObject({
      properties: { plan: "pro" },
      unsubscribed: true,
    });
    expect(await send(crm, "GET", "/contacts/cy@example.com")).toMatchObject({
      first_name: "Eve",
      last_name: "Young",
    });
  });

  await test.step("what waits is canceled, and its timeline says why", async () => {
    await page.getByRole("button", { name: "Cancel 2 emails" }).click();
    await confirm(page.getByRole("dialog", { name: "Cancel 2 emails" }), "Cancel 2 emails");
    await expect(page.getByText("2 are canceled")).toBeVisible();
    await expect(page.getByText("2 emails are still waiting to go out")).toHaveCount(0);
    const done = page.getByRole("list", { name: "What was done" });
    await expect(done).toContainText("canceled what the key Shop had queued");
    await expect(done).toContainText("restored contacts that the key Shop had changed");
    await everyLook(page);
    await page.goto("/emails");
    await page.getByRole("link", { name: "bo@example.com" }).click();
    await expect(page.getByText("A member took back what its key had queued.")).toBeVisible();
  });
});

/** Generates a key with these scopes and leaves its page open. Returns its secret. */
async function keyThatMay(page: Page, name: string, scopes: readonly string[]): Promise<string> {
  await page.goto("/settings/api-keys/new");
  await page.getByRole("radio", { name: /^Custom/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  for (const scope of scopes) {
    await page.getByRole("checkbox", { name: new RegExp(scope) }).check();
  }
  await page.getByRole("button", { name: "Generate key" }).click();
  const secret = await revealedSecret(page);
  await stored(page);
  return secret;
}
