import { expect, generateKey, signUp, stored, test } from "./story";

test("a form holds its values before the page's script comes, and without one", async ({
  page,
  browser,
  postern,
}) => {
  const mara = await signUp(page);
  await generateKey(page, { name: "HubSpot" });
  await stored(page);
  const key = new URL(page.url()).pathname;
  await page.goto("/templates/new");
  await page.getByLabel("Name").fill("Receipt");
  await page.getByLabel("Subject").fill("Your order");
  await page.getByLabel("HTML", { exact: true }).fill("<p>\nThank you</p>");
  await page.getByRole("button", { name: "Create template" }).click();
  await page.waitForURL(/\/templates\/tpl_/);
  const template = new URL(page.url()).pathname;

  const scriptless = await browser.newContext({
    baseURL: postern.origin,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const reader = await scriptless.newPage();
  const expectBoxes = async (path: string, values: Readonly<Record<string, string>>) => {
    await reader.goto(path);
    for (const [name, value] of Object.entries(values)) {
      await expect(reader.locator(`[name="${name}"]`)).toHaveValue(value);
    }
  };
  await expectBoxes("/settings/account", {
    name: mara.name,
    email: mara.email,
    workspaceName: "Northwind Tea",
  });
  await expectBoxes("/settings/api-keys/new?use=analytics&name=Looker", { name: "Looker" });
  await expectBoxes(`${key}/edit`, { name: "HubSpot", ratePerMinute: "600" });
  await expectBoxes(template, {
    name: "Receipt",
    subject: "Your order",
    html: "<p>\nThank you</p>",
  });
  await scriptless.close();
});

test("what is typed before the page's script comes stays, and stands where it was typed", async ({
  page,
}) => {
  await signUp(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/settings/account", { waitUntil: "commit" });
  const name = page.getByLabel("Name", { exact: true });
  await expect(name).toHaveValue("Mara Keller");
  await name.press("End");
  await name.pressSequentially("-Lindt");
  await page.getByLabel("Workspace name").fill("Northwind");
  const save = page.getByRole("button", { name: "Save", exact: true }).first();
  await expect(save).toBeDisabled();
  release();
  await expect(save).toBeEnabled();
  await expect(name).toHaveValue("Mara Keller-Lindt");
  await expect(page.getByLabel("Workspace name")).toHaveValue("Northwind");
  await save.click();
  await expect(page.getByText("Your profile was saved")).toBeVisible();
  await page.reload();
  await expect(name).toHaveValue("Mara Keller-Lindt");
});
