import { draftCampaign, givenAudience } from "./campaign-steps";
import { confirm, expect, signUp, test } from "./story";

test("a draft says where answers go, keeps what is typed on an error, and can be deleted", async ({
  page,
  postern: { origin },
}) => {
  const owner = await signUp(page);
  const contacts = [{ email: "ada@example.com", first_name: "Ada" }];
  await givenAudience(page, origin, { name: "Newsletter", contacts });
  await draftCampaign(page, {
    name: "Winter sale",
    audience: "Newsletter",
    subject: "Sale",
    html: "<p>Sale</p>",
  });

  await test.step("what cannot be an address, or no Liquid, is said beside its field", async () => {
    await page.getByRole("link", { name: "Edit" }).click();
    await page.getByLabel("Reply to").fill("help");
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page.getByText("Write addresses between commas")).toBeVisible();
    await page.getByLabel("Reply to").fill("help@northwind.example, Bo <bo@northwind.example>");
    await page.getByLabel("HTML", { exact: true }).fill("<p>{{ contact.email | shout }}</p>");
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page.getByLabel("HTML", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await page.getByLabel("HTML", { exact: true }).fill("<p>Sale</p>");
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page.getByText("help@northwind.example, Bo <bo@northwind.example>")).toBeVisible();
  });

  await test.step("a test goes to whoever writes it, and to nobody else", async () => {
    await page.getByRole("button", { name: "Send me a test" }).click();
    await expect(page.getByText("Kept here: nothing leaves this machine.")).toBeVisible();
    await page.getByRole("link", { name: "See its status" }).click();
    const panel = page.getByRole("region", { name: "[Test] Sale" });
    await expect(panel.getByText("as a test")).toBeVisible();
    await expect(panel.getByText(owner.email)).toBeVisible();
    await page.goBack();
  });

  await test.step("a copy starts with everything but the name", async () => {
    await page.getByRole("link", { name: "Duplicate" }).click();
    await expect(page.getByLabel("Name")).toHaveValue("Copy of Winter sale");
    await expect(page.getByLabel("HTML", { exact: true })).toHaveValue("<p>Sale</p>");
    await expect(page.getByRole("combobox", { name: "Audience" })).toHaveText("Newsletter");
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByRole("link", { name: "Winter sale", exact: true }).click();
  });

  await test.step("deleting asks first", async () => {
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await confirm(page.getByRole("dialog"), "Delete draft");
    await expect(page.getByRole("heading", { name: "Campaigns", level: 1 })).toBeVisible();
    await expect(page.getByText("Winter sale", { exact: true })).toHaveCount(0);
    await page.goto("/settings/audit");
    await expect(page.getByText(/deleted the draft/).first()).toBeVisible();
  });
});
