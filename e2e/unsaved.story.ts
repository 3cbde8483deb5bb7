import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, fillSignIn, join, signUp, somebody, test } from "./story";

/** Each form, the list that leads to it, and the field that is typed into. */
const FORMS = [
  { path: "/settings/api-keys/new", list: "API keys", create: "Create API key", field: "Name" },
  { path: "/campaigns/new", list: "Campaigns", create: "Create campaign", field: "Subject" },
  { path: "/templates/new", list: "Templates", create: "Create template", field: "Subject" },
  { path: "/audiences/new", list: "Audiences", create: "Create audience", field: "Name" },
];

for (const { path, list, create, field } of FORMS) {
  test(`${path}: what is half-typed is not lost by a link, Back or the palette`, async ({
    page,
  }) => {
    await signUp(page);
    const open = async () => {
      await sidebar(page, list).click();
      await page.getByRole("main").getByRole("link", { name: create }).first().click();
    };
    await open();
    const name = "Spring is here";
    const box = page.getByRole("textbox", { name: field, exact: true });
    const dialog = page.getByRole("dialog", { name: "Leave without saving?" });

    await test.step("an untouched form asks nothing", async () => {
      await expect(box).toBeVisible();
      await sidebar(page, "Members").click();
      await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
      await open();
      await box.fill(name);
    });

    await test.step("a link asks, and “Keep editing” stays", async () => {
      await sidebar(page, "Activity").click();
      await expect(dialog).toBeVisible();
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Keep editing" }).click();
      await expect(box).toHaveValue(name);
      expect(new URL(page.url()).pathname).toBe(path);
    });

    await test.step("Back asks", async () => {
      await page.evaluate(() => window.history.back());
      await expect(dialog).toBeVisible();
      await dialog.getByRole("button", { name: "Keep editing" }).click();
      await expect(box).toHaveValue(name);
    });

    await test.step("the palette asks, and “Leave” leaves for good", async () => {
      await page.keyboard.press("ControlOrMeta+k");
      await page.getByRole("option", { name: "Activity" }).click();
      await dialog.getByRole("button", { name: "Leave" }).click();
      await expect(page.getByRole("heading", { name: "Activity", exact: true })).toBeVisible();
      await open();
      await expect(box).toHaveValue("");
    });
  });
}

test("a session that ended while somebody wrote gives the very form back", async ({
  page,
  browser,
}) => {
  await signUp(page);
  const ana = somebody("Ana Ruiz");
  const { page: writer } = await join(browser, page, "Marketer", ana);
  await writer.goto("/templates/new");
  await writer.getByRole("textbox", { name: "Name", exact: true }).fill("Receipt");
  await writer.getByRole("textbox", { name: "Subject", exact: true }).fill("Your receipt");
  await writer.getByLabel("HTML").fill("<p>Thank you</p>");
  await changeRole(page, "Ana Ruiz");
  await writer.getByRole("button", { name: "Create template" }).click();
  await expect(writer.getByText("Your role in a workspace was changed.")).toBeVisible();
  await fillSignIn(writer, ana);
  await expect(writer.getByText("What you typed is back")).toBeVisible();
  await expect(writer.getByRole("textbox", { name: "Subject", exact: true })).toHaveValue(
    "Your receipt",
  );
  await writer.getByRole("button", { name: "Create template" }).click();
  await expect(writer.getByText("Receipt created")).toBeVisible();
  await sidebarOf(writer).getByRole("link", { name: "Templates" }).click();
  await expect(writer.getByRole("link", { name: "Receipt" })).toBeVisible();
});

function sidebarOf(page: Page): Locator {
  return page.getByRole("navigation", { name: "Console" });
}

function sidebar(page: Page, name: string): Locator {
  return sidebarOf(page).getByRole("link", { name });
}

/** Makes the member an admin, which ends their sessions. */
async function changeRole(page: Page, name: string): Promise<void> {
  await page.goto("/settings/members");
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByRole("button").click();
  await page.getByRole("menuitem", { name: "Change role" }).click();
  await page.getByRole("radio", { name: "Admin" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Change role" }).click();
  await expect(row).toContainText("Admin");
}
