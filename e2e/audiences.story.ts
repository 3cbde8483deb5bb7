import { callApi } from "./caller";
import { givenKey } from "./campaign-steps";
import { confirm, expect, expectAccessible, expectNoOverflow, signUp, test } from "./story";

const PEOPLE = [
  { email: "ada@example.com", properties: { plan: "gold" } },
  { email: "bo@example.com", properties: { plan: "gold" } },
  { email: "cy@example.com", properties: { plan: "free" } },
];

test("a marketer says by rule whom an audience means, and sees how many that are", async ({
  page,
  postern: { origin },
}) => {
  await signUp(page);
  const crm = await givenKey(page, "CRM", "CRM sync");
  const shop = await givenKey(page, "Shop", "Personalization");
  const post = async (secret: string, path: string, body: unknown) =>
    expect(
      (await callApi(origin, secret, path, { method: "POST", body: JSON.stringify(body) })).status,
    ).toBeLessThan(300);
  await post(crm, "/contacts/batch", PEOPLE);
  for (const email of ["ada@example.com", "ada@example.com", "bo@example.com"]) {
    await post(shop, "/events/send", { event: "viewed_product", email });
  }
  const count = page.getByRole("status").filter({ hasText: /contact|conditions|Counting/ });

  await test.step("what is not filled in yet is said, and nothing is lost", async () => {
    await page.goto("/audiences/new");
    await page.getByLabel("Name").fill("Gold fans");
    await page.getByRole("radio", { name: "Rule" }).click();
    await page.getByRole("button", { name: /^Remove condition/ }).click();
    await page.getByRole("button", { name: "Add condition" }).click();
    await page.getByRole("menuitem", { name: "A property" }).click();
    await expect(count).toContainText("Fill in the conditions");
    await page.getByRole("button", { name: "Create audience" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("Gold fans");
    await expectAccessible(page);
  });

  await test.step("the count follows every condition", async () => {
    await page.getByLabel("Property", { exact: true }).fill("plan");
    await page.getByLabel("Value", { exact: true }).fill("gold");
    await expect(count).toContainText("2 contacts now");
    await page.getByRole("button", { name: "Add condition" }).click();
    await page.getByRole("menuitem", { name: "Something they did" }).click();
    await page.getByLabel("Event", { exact: true }).fill("viewed_product");
    await page.getByLabel("How many times").fill("2");
    await expect(count).toContainText("1 contact now");
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoOverflow(page);
    await page.setViewportSize({ width: 1360, height: 860 });
    await page.getByRole("button", { name: "Create audience" }).click();
    await expect(page.getByRole("heading", { name: "Gold fans", level: 1 })).toBeVisible();
    await expect(page.getByText("ada@example.com")).toBeVisible();
    await expect(page.getByText("bo@example.com")).toHaveCount(0);
    await expectAccessible(page);
  });

  await test.step("its rule changes, and so do the people", async () => {
    await page.getByRole("link", { name: "Edit rule" }).click();
    await page.getByLabel("How many times").fill("1");
    await expect(count).toContainText("2 contacts now");
    await page.getByRole("button", { name: "Save audience" }).click();
    await expect(page.getByText("bo@example.com")).toBeVisible();
  });

  await test.step("it is renamed, and deleted", async () => {
    await page.getByRole("button", { name: "Manage Gold fans" }).click();
    await page.getByRole("menuitem", { name: "Rename" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("Fans");
    await confirm(dialog, "Rename");
    await expect(page.getByRole("heading", { name: "Fans", level: 1, exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Manage Fans" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await confirm(page.getByRole("dialog"), "Delete audience");
    await expect(page.getByRole("heading", { name: "Audiences", level: 1 })).toBeVisible();
    await expect(page.getByText("Fans", { exact: true })).toHaveCount(0);
    const { body } = await callApi(origin, crm, "/contacts");
    expect((body as { data: unknown[] }).data).toHaveLength(3);
  });
});
