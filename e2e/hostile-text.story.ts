import { once } from "node:events";
import { request } from "node:http";
import type { Page } from "@playwright/test";
import { act } from "./act";
import { confirm, expect, revealedSecret, signUp, somebody, test } from "./story";

/** Text that would run if it stood unescaped in an element, an attribute or a script. */
const hostile = (what: string) =>
  `${what} <img src=x onerror=__hit=1>"'</script><script>__hit=1</script>`;

const PERSON = hostile("Mara");
const NAME = hostile("Name");
const DESCRIPTION = hostile("Description");
const NOTE = hostile("Note");
const PROGRAM = hostile("Program");
const BROWSER = hostile("Browser");
const ASKED_PATH = `/contacts/<svg/onload=__hit=1>"'</script><script>__hit=1</script>`;
/** An address is kept as addresses are written. */
const PATH = new URL(`http://x${ASKED_PATH}`).pathname;

test.use({ userAgent: BROWSER });

test("what people and programs write is shown as they wrote it, and never run", async ({
  page,
  postern,
}) => {
  await signUp(page, somebody(PERSON), hostile("Tea"));
  await test.step("a key with such a name and description, and the first call with it", async () => {
    const texts = new URLSearchParams({ name: NAME, description: DESCRIPTION });
    await page.goto(`/settings/api-keys/new?use=analytics&${texts}`);
    await page.getByRole("button", { name: "Generate key" }).click();
    expect(await callWith(postern.origin, await revealedSecret(page), ASKED_PATH)).toBe(404);
    await expectText(page, [`First call received: GET ${PATH}`]);
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByRole("heading", { level: 1, name: NAME })).toBeVisible();
  });
  const keyPage = page.url();

  await test.step("the call, in the list and opened", async () => {
    await expect(async () => {
      await page.goto("/settings/activity");
      await expect(page.getByText(PATH).first()).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await expectText(page, [NAME, PATH]);
    await page.getByRole("region", { name: "Requests" }).getByRole("link", { name: /GET/ }).click();
    await expect(page.getByRole("heading", { name: PATH })).toBeFocused();
    await expectText(page, [NAME, PATH, PROGRAM]);
    await expect(page).toHaveURL(/request=req_/);
    await page.reload();
    await expectText(page, [NAME, PATH, PROGRAM]);
  });

  await test.step("revoked with such a note", async () => {
    await page.goto(keyPage);
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Revoke key" });
    await expectText(page, [PROGRAM]);
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: /No longer needed/i }).click();
    await dialog.getByRole("textbox", { name: "Note" }).fill(NOTE);
    await confirm(dialog, "Revoke key");
    await expect(page.getByRole("paragraph").filter({ hasText: NOTE })).toHaveCount(2);
    await expectText(page, [PERSON, NAME, DESCRIPTION, NOTE, PATH]);
    expect(await page.title()).toContain(NAME);
  });

  await test.step("the lists of keys and people", async () => {
    await page.goto("/settings/api-keys");
    await expectText(page, [PERSON, NAME, DESCRIPTION]);
    await page.goto("/settings/members");
    await expectText(page, [PERSON, hostile("Tea")]);
    const email = "<img/src=x/onerror=__hit=1>@example.com";
    for (const address of [email, `"${email.split("@")[0]}"@example.com`]) {
      const answer = await act(page, "inviteAction", { email: address, role: "viewer" });
      expect(answer).toContain('"code":"validation_error"');
    }
  });

  await test.step("the audit log, with each event opened", async () => {
    for (const [event, texts] of [
      [/created the key/, [DESCRIPTION]],
      [/revoked the key/, [NOTE]],
    ] as const) {
      await page.goto("/settings/audit");
      await expectText(page, [PERSON, NAME]);
      await page.getByRole("link", { name: event }).click();
      const panel = page.getByRole("region", { name: event });
      for (const text of [...texts, BROWSER]) await expect(panel.getByText(text)).toBeVisible();
      await page.reload();
      await expectText(page, [PERSON, NAME, BROWSER, ...texts]);
    }
  });
});

/** The page shows each text, letter for letter, and none of it as anything but text. */
async function expectText(page: Page, texts: readonly string[]): Promise<void> {
  for (const text of texts) await expect(page.getByText(text).first()).toBeVisible();
  await expect(page.locator("[src=x], [onerror], [onload]")).toHaveCount(0);
  expect(await page.evaluate(() => "__hit" in window)).toBe(false);
}

/** Calls with the path as it stands: `fetch` would encode it. */
async function callWith(origin: string, secret: string, path: string): Promise<number> {
  const calling = request(`${origin}/api/v1`, {
    path: `/api/v1${path}`,
    headers: { authorization: `Bearer ${secret}`, "user-agent": PROGRAM },
  });
  calling.end();
  const [response] = await once(calling, "response");
  response.resume();
  return response.statusCode;
}
