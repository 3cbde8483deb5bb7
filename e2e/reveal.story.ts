import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { expect, expectAccessible, generateKey, revealedSecret, signUp, test } from "./story";

const HELD = "Store the key first: it can't be shown again.";

/** Goes so many pages through the history, which the page refuses. */
async function refusedSteps(page: Page, steps: number): Promise<void> {
  await page.evaluate(async (delta) => {
    const refused = new Promise((resolve) =>
      navigation.addEventListener("navigateerror", resolve, { once: true }),
    );
    history.go(delta);
    await refused;
  }, steps);
}

test("a new secret is not lost by Back or reload, and Back leads past it once it is stored", async ({
  page,
}) => {
  await signUp(page);
  await page.getByRole("link", { name: "Create API key" }).first().click();
  await page.getByRole("radio", { name: /^CRM sync/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("HubSpot sync");
  await page.getByRole("button", { name: "Generate key" }).click();
  const secret = await revealedSecret(page);

  await test.step("Back, also pressed again, keeps the dialog and says why", async () => {
    await expect(page.getByRole("alert").filter({ hasText: HELD })).toHaveCount(0);
    await refusedSteps(page, -1);
    await expect(page.getByRole("alert").filter({ hasText: HELD })).toBeVisible();
    await expectAccessible(page);
    await refusedSteps(page, -1);
    await expect(page).toHaveURL(/\/settings\/api-keys\/new$/);
    expect(await revealedSecret(page)).toBe(secret);
  });

  await test.step("choosing an older page of the history keeps it as well", async () => {
    await refusedSteps(page, -2);
    await expect(page).toHaveURL(/\/settings\/api-keys\/new$/);
    expect(await revealedSecret(page)).toBe(secret);
  });

  await test.step("reload asks first", async () => {
    const asked: string[] = [];
    page.once("dialog", (question) => {
      asked.push(question.type());
      void question.dismiss();
    });
    // Later: until the question is answered, the page answers nobody.
    await page.evaluate(() => void setTimeout(() => location.reload()));
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    expect(await revealedSecret(page)).toBe(secret);
  });

  await test.step("stored, nothing is asked any more, and Back shows no secret and no filled form", async () => {
    await page.getByRole("button", { name: "I have stored it" }).click();
    await expect(page.getByRole("heading", { name: "HubSpot sync" })).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(/\/settings\/api-keys$/);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByRole("textbox", { name: "Name", exact: true })).toHaveCount(0);
    expect(await page.content()).not.toContain(secret);
    page.on("dialog", (question) => expect.soft(question.message()).toBe("no question"));
    await page.reload();
  });
});

test("in older browsers Back is undone, and leads to the list once the key is stored", async ({
  page,
}) => {
  await page.addInitScript(() => Object.defineProperty(window, "navigation", { value: undefined }));
  await signUp(page);
  await page.getByRole("link", { name: "Create API key" }).first().click();
  await page.getByRole("radio", { name: /^Analytics/ }).click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Looker");
  await page.getByRole("button", { name: "Generate key" }).click();
  const secret = await revealedSecret(page);
  await page.goBack();
  await expect(page.getByRole("alert").filter({ hasText: HELD })).toBeVisible();
  expect(await revealedSecret(page)).toBe(secret);
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "Looker" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/api-keys$/);
});

test("rotating says whose calls stop, and the page knows the new secret's calls at once", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const first = await generateKey(page, { name: "Nightly sync" });
  await stored(page);
  const keyUrl = page.url();
  await callApi(postern.origin, first, "/me");

  await test.step("at once: who called with the current secret", async () => {
    await expect(async () => {
      const dialog = await openRotation(page, keyUrl);
      await expect(dialog).not.toContainText("crm-script/1.0");
      await dialog.getByRole("radio", { name: "Immediately" }).click();
      await expect(dialog).toContainText("1 call came with the current secret", { timeout: 1_000 });
      await expect(dialog).toContainText("crm-script/1.0");
    }).toPass();
    await expectAccessible(page);
  });

  const second = await test.step("Back does not lose the new secret either", async () => {
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await dialog.getByRole("radio", { name: "24 hours" }).click();
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    const secret = await revealedSecret(page);
    await refusedSteps(page, -1);
    await expect(page.getByRole("alert").filter({ hasText: HELD })).toBeVisible();
    expect(await revealedSecret(page)).toBe(secret);
    return secret;
  });

  await test.step("its first call, which found nothing, is in the page once the dialog closes", async () => {
    await callApi(postern.origin, second, "/contacts/con_00000000000000000000000000");
    await expect(page.getByText(/First call received: GET \/contacts/)).toContainText(
      ", answered 404",
    );
    await stored(page);
    await expect(page).toHaveURL(keyUrl);
    await expect(page.getByText("Never used")).toHaveCount(0, { timeout: 5_000 });
  });

  await test.step("rotating again names who is still on the older secret", async () => {
    const dialog = await openRotation(page, keyUrl);
    await expect(dialog).toContainText(`${first.slice(-4)} ends at once`);
    await expect(dialog).toContainText("1 call came with the older secret");
    await expect(dialog).toContainText("crm-script/1.0");
    await expectAccessible(page);
  });
});

async function openRotation(page: Page, keyUrl: string) {
  await page.goto(keyUrl);
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  return page.getByRole("dialog", { name: "Rotate key" });
}

async function stored(page: Page): Promise<void> {
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("button", { name: "Rotate", exact: true })).toBeVisible();
}
