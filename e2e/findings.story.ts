import type { Browser, Locator, Page } from "@playwright/test";
import { signInToDemo, startDemo } from "./demo";
import type { Postern } from "./postern";
import { finding } from "./security-page";
import {
  confirm,
  everyLook,
  expect,
  expectAccessible,
  generateKey,
  revealedSecret,
  signUp,
  stored,
  test,
} from "./story";

test("the demo's findings of every kind are seen to, one after another", async ({ browser }) => {
  test.setTimeout(300_000);
  const demo = await startDemo();
  const page = await signedIn(browser, demo, "owner");
  await page.goto("/settings/security");
  await expect(page.getByRole("heading", { level: 1, name: "Security" })).toBeVisible();

  await test.step("worst first, in every look", async () => {
    await expect(page.getByRole("article").first()).toContainText("Urgent");
    for (const title of TITLES) await expect(finding(page, title)).toHaveCount(1);
    await everyLook(page);
  });

  await test.step("permissions are narrowed, with the calls held against the rest", async () => {
    await finding(page, /^Gift finder may do more/)
      .getByRole("button", { name: "Narrow it" })
      .click();
    const dialog = page.getByRole("dialog", { name: "Narrow permissions" });
    await expect(dialog).toContainText(/Of \d+ calls in 30 days, none would have been refused/);
    await expect(dialog).toContainText("emails:send");
    await expectAccessible(page);
    await confirm(dialog, "Narrow permissions");
    await expect(finding(page, /^Gift finder may do more/)).toHaveCount(0);
  });

  await test.step("and given back, on the key’s page", async () => {
    await page.getByRole("link", { name: "1 closed" }).click();
    await page.getByRole("link", { name: /^Gift finder may do more/ }).click();
    await expect(page.getByText("The permissions were narrowed")).toBeVisible();
    await everyLook(page);
    await page.getByRole("link", { name: "Gift finder", exact: true }).click();
    await expect(page.getByText("The permissions were narrowed")).toContainText(
      "Send single emails",
    );
    await everyLook(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The permissions were narrowed")).toHaveCount(0);
    await expect(page.getByText("Send single emails")).toBeVisible();
  });

  await test.step("a key is limited to the address it calls from", async () => {
    await page.goto("/settings/security");
    const row = finding(page, /^Metabase dashboards works from anywhere/);
    await row.getByRole("button", { name: "Limit it" }).click();
    const dialog = page.getByRole("dialog", { name: "Limit to IP addresses" });
    await expect(dialog).toContainText("192.0.2.9");
    await confirm(dialog, "Limit key");
    await expect(row).toHaveCount(0);
  });

  await test.step("a key gets an expiry, and another one an owner", async () => {
    const endless = finding(page, /^Zapier sign-up flow never expires/);
    await endless.getByRole("button", { name: "Set an expiry" }).click();
    await page.getByRole("radio", { name: "30 days" }).click();
    await confirm(page.getByRole("dialog", { name: "Set an expiry" }), "Set expiry");
    await expect(endless).toHaveCount(0);
    const ownerless = finding(page, /belongs to someone who can't manage keys/);
    await ownerless.getByRole("button", { name: "Take it over" }).click();
    await confirm(page.getByRole("dialog", { name: "Take the key over" }), "Take it over");
    await expect(ownerless).toHaveCount(0);
  });

  await test.step("an old secret is rotated on the key's page, where the dialog is open", async () => {
    await finding(page, /^ERP customers has had its secret/)
      .getByRole("button", { name: "Rotate" })
      .click();
    const dialog = page.getByRole("dialog", { name: "Rotate key" });
    await dialog.getByRole("button", { name: "Rotate key" }).click();
    await revealedSecret(page);
    await stored(page);
    expect(new URL(page.url()).search).toBe("");
    await page.goto("/settings/security");
    await expect(finding(page, /^ERP customers has had its secret/)).toHaveCount(0);
  });

  await test.step("what is left as it is says why, and can come back", async () => {
    const row = finding(page, /^Old website form was revoked/);
    const pressing = await pressingCount(page);
    await chooseIn(row, "Dismiss");
    const dialog = page.getByRole("dialog", { name: "Dismiss" });
    await dialog.getByRole("button", { name: "Dismiss" }).click();
    await expect(dialog.getByText("Choose a reason.")).toBeVisible();
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: "It is dealt with elsewhere" }).click();
    await dialog.getByRole("textbox", { name: "Note" }).fill("The agency removes the old page");
    await expectAccessible(page);
    await confirm(dialog, "Dismiss");
    await expect(row).toHaveCount(0);
    expect(await pressingCount(page)).toBe(pressing - 1);
    await page.getByRole("link", { name: "1 dismissed" }).click();
    await expect(row).toContainText("The agency removes the old page");
    await chooseIn(row, "Restore");
    await expect(page.getByText("Nothing was dismissed.")).toBeVisible();
  });

  await test.step("the rows are one click away", async () => {
    await page.goto("/settings/security");
    await finding(page, /^Old website form was revoked/)
      .getByRole("button", { name: "See its calls" })
      .click();
    await expect(page.getByRole("heading", { level: 1, name: "Activity" })).toBeVisible();
    await expect(page.getByText("185.220.101.4").first()).toBeVisible();
  });

  await test.step("a viewer sees everything and changes nothing, a marketer their own", async () => {
    const viewer = await signedIn(browser, demo, "viewer");
    await viewer.goto("/settings/security");
    await expect(finding(viewer, /^Old website form was revoked/)).toHaveCount(1);
    await expect(viewer.getByText("A key's owner and admins can change it")).toBeVisible();
    await expect(viewer.getByRole("article").getByRole("button", { name: "Limit it" })).toHaveCount(
      0,
    );
    await viewer.getByRole("link", { name: /^Old website form was revoked/ }).click();
    await expect(viewer.getByText("Send them the link to this page")).toBeVisible();
    const sent = viewer.url();
    await everyLook(viewer);
    const marketer = await signedIn(browser, demo, "marketer");
    await marketer.goto("/settings/security");
    await expect(finding(marketer, /^Webinar import 2026 was revoked/)).toHaveCount(1);
    await expect(finding(marketer, /^Old website form/)).toHaveCount(0);
    expect((await marketer.request.get(sent)).status()).toBe(404);
  });
  await demo.stop();
});

test("a new key that never expires is named at once, and no longer once it expires", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/settings/security");
  await expect(page.getByText("No keys to look after yet")).toBeVisible();
  await everyLook(page);
  await generateKey(page, { name: "CRM" });
  await stored(page);
  await page.goto("/settings/security");
  await expect(page.getByText("Nothing needs attention.")).toBeVisible();
  const failing = page.getByRole("listitem").filter({ hasText: "Does not hold:" });
  await expect(failing).toHaveCount(1);
  await expect(failing).toContainText("Everybody signs in with a second factor");
  await page.goto("/settings/api-keys/new?use=analytics&name=Metabase&expires=never");
  await page.getByRole("button", { name: "Generate key" }).click();
  await revealedSecret(page);
  await stored(page);
  await page.goto("/settings/security");
  const endless = finding(page, "Metabase never expires");
  await expect(endless).toContainText("When there is time");
  await endless.getByRole("button", { name: "Set an expiry" }).click();
  await confirm(page.getByRole("dialog", { name: "Set an expiry" }), "Set expiry");
  await expect(page.getByText("Nothing needs attention.")).toBeVisible();
});

/** A title of each kind. */
const TITLES = [
  /^HubSpot backup is a decoy, and somebody used it/,
  /^Old website form leaked and was revoked/,
  /^Gift finder (?:is paused at|went over) its budget/,
  /^Loyalty app read 48,\d+ contacts in an hour/,
  /^Loyalty app tried what it may not do/,
  /^Loyalty app asked 260 times for what does not exist/,
  /^Loyalty app was called from a new network/,
  /^Price alerts made [\d,]+ calls in an hour/,
  /^Newsletter pop-up has gone silent/,
  /^WordPress sign-up was sent in a URL/,
  /^Salesforce → Northwind nightly contact reconciliation \(EMEA\) is being guessed/,
  /^Campaign planner has a caller that sends unknown secrets/,
  /^Data warehouse is called with a secret that has ended/,
  /^Old website form was revoked and is still called/,
  /^Looker Studio expired and is still called/,
  /^HubSpot sync is still called with its old secret/,
  /^Metabase dashboards stops working in/,
  /^Zapier sign-up flow belongs to someone/,
  /^Gift finder may do more than it does/,
  /^ERP customers has had its secret for/,
  /^Zapier sign-up flow was not used for/,
  /^Zapier sign-up flow was never used/,
  /^Shop order mails works from anywhere/,
  /^Zapier sign-up flow never expires/,
  /^Zapier sign-up flow has the name of another key/,
];

async function chooseIn(row: Locator, choice: string): Promise<void> {
  await row.getByRole("button", { name: /^More about/ }).click();
  await row.page().getByRole("menuitem", { name: choice }).click();
}

/** The number beside “Security” in the sidebar. */
async function pressingCount(page: Page): Promise<number> {
  const said = page.getByRole("link", { name: "Security" }).getByText(/^\d+ findings? in$/);
  return Number.parseInt((await said.textContent()) ?? "", 10);
}

async function signedIn(browser: Browser, demo: Postern, role: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: demo.origin })).newPage();
  await signInToDemo(page, demo, role);
  return page;
}
