import { statusOf } from "./caller";
import { givenKey } from "./given-key";
import { readerWith } from "./reader";
import { finding } from "./security-page";
import { confirm, everyLook, expect, expectAccessible, signUp, test } from "./story";

const PEOPLE = 60;
const BUDGET = 50;

test("a budget stops a program that reads at its number, and it goes on once an admin lifts that", async ({
  page,
  postern,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  const secret = await givenKey(page, "HubSpot sync");
  const keyPage = page.url();
  const program = readerWith(postern.origin, secret);
  await program.addPeople(PEOPLE);

  await test.step("an admin sees what the key is used to, and gives it a budget", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const field = page.getByRole("spinbutton", { name: "Contacts read a day" });
    await expect(page.getByText(/It read none since/)).toBeVisible();
    await expect(page.getByRole("spinbutton", { name: "Recipients an hour" })).toHaveValue("");
    await expect(page.getByRole("spinbutton", { name: "Recipients a day" })).toHaveValue("1000");
    await field.fill("0");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Use at least 1.")).toBeVisible();
    await field.fill(`${BUDGET}`);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText(`${BUDGET} contacts a day`)).toBeVisible();
  });

  await test.step("a program reads page by page, and is stopped at the number", async () => {
    const stopped = await program.readAll(10);
    expect(stopped).toMatchObject({
      read: BUDGET,
      status: 429,
      code: "budget_exceeded",
      budget: `${BUDGET}/${BUDGET}`,
    });
    expect(stopped.retryAfter).toBeGreaterThan(0);
    expect(await program.readAll(1)).toMatchObject({ read: 0, status: 429 });
    expect(await statusOf(postern.origin, secret)).toBe(200);
  });

  const paused = finding(page, "HubSpot sync is paused at its budget");
  await test.step("the Security page says so", async () => {
    await page.goto("/settings/security");
    await expect(paused).toContainText("Urgent");
    await expect(paused).toContainText("It may read 50 contacts a day. 50 were used when a call");
    await everyLook(page);
    await paused.getByRole("link", { name: /is paused at its budget/ }).click();
    await page.getByRole("link", { name: "Its refused calls" }).click();
    await expect(page.getByRole("cell", { name: "429" }).first()).toBeVisible();
  });

  await test.step("an admin lifts it, and the program goes on, for as much again", async () => {
    await page.goto("/settings/security");
    await paused.getByRole("button", { name: "Lift" }).click();
    const dialog = page.getByRole("dialog", { name: "Let the key go on" });
    await expect(dialog).toContainText("It may read 50 contacts a day.");
    await expectAccessible(page);
    await confirm(dialog, "Lift");
    await expect(paused).toHaveCount(0);
    expect(await program.readAll(10)).toMatchObject({ read: BUDGET, status: 429 });
  });

  await test.step("the key's page has the history of it", async () => {
    await page.goto(keyPage);
    await expect(page.getByText("went over its budget").first()).toBeVisible();
    await expect(page.getByText("let the key go on beyond its budget").first()).toBeVisible();
  });
});
