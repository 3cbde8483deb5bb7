import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { expect, generateKey, revealedSecret, rotate, signUp, stored, test } from "./story";

const DAY_MS = 86_400_000;

test("rotating while rotating says what ends; extending moves the end", async ({
  page,
  postern,
}) => {
  const call = (secret: string) => callApi(postern.origin, secret, "/me");
  await signUp(page);
  const first = await generateKey(page, { name: "Nightly sync" });
  await stored(page);
  const second = await rotate(page, "1 hour");

  const end = await test.step("extended by a day, the old secret is told so", async () => {
    const before = retirementOf(await call(first));
    await page.getByRole("button", { name: "Extend", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Extend" });
    await dialog.getByRole("radio", { name: "24 hours more" }).click();
    await dialog.getByRole("button", { name: "Extend" }).click();
    await expect(page.getByText(/The old secret stops in 1 day/)).toBeVisible();
    const after = retirementOf(await call(first));
    expect(after - before).toBe(DAY_MS);
    return after;
  });
  expect(end).toBeGreaterThan(Date.now() + DAY_MS);

  await test.step("the next rotation names the oldest, which ends at once", async () => {
    await page.getByRole("button", { name: "Rotate", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await expect(dialog).toContainText(
      new RegExp(`The older secret.*${first.slice(-4)}.*ends at once`),
    );
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    const third = await revealedSecret(page);
    await stored(page);
    const statuses = await Promise.all([first, second, third].map(call));
    expect(statuses.map(({ status }) => status)).toEqual([401, 200, 200]);
  });
});

test("two people rotate at once: one wins, the other is told and changes nothing", async ({
  page,
  postern,
}) => {
  await signUp(page);
  const first = await generateKey(page, { name: "Nightly sync" });
  await stored(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  for (const tab of [page, other]) {
    await tab.getByRole("button", { name: "Rotate", exact: true }).click();
    await expect(tab.getByRole("dialog", { name: "Rotate key" })).toBeVisible();
  }
  await Promise.all([press(page), press(other)]);
  const told = (tab: Page) => tab.getByRole("alert").filter({ hasText: "Somebody else rotated" });
  const shown = (tab: Page) => tab.getByRole("dialog", { name: "Copy your API key" });
  const outcome = async (tab: Page) => [await told(tab).count(), await shown(tab).count()];
  await expect
    .poll(async () => [await outcome(page), await outcome(other)].toSorted())
    .toEqual([
      [0, 1],
      [1, 0],
    ]);
  const winner = (await shown(page).isVisible()) ? page : other;
  const second = await revealedSecret(winner);
  for (const secret of [first, second]) {
    expect((await callApi(postern.origin, secret, "/me")).status).toBe(200);
  }
  await winner.getByRole("button", { name: "I have stored it" }).click();
  await winner.reload();
  await expect(winner.getByText(/rotated/i)).toHaveCount(1);
});

async function press(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: "Rotate key" }).click();
}

function retirementOf({ headers }: { headers: Record<string, string> }): number {
  return Date.parse(headers["postern-secret-retires"] ?? "");
}
