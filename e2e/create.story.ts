import type { Page, Route } from "@playwright/test";
import { callApi } from "./caller";
import {
  expect,
  fillSignIn,
  revealedSecret,
  signIn,
  signUp,
  signUpInBrowser,
  somebody,
  stored,
  test,
} from "./story";

test("a link fills the form in, names what it does not know, and never submits", async ({
  page,
}) => {
  await signUp(page);
  const wanted = new URLSearchParams({
    use: "crm-sync",
    name: "HubSpot",
    scopes: "contacts:read,contacts:fly",
    environment: "moon",
    expires: "30",
  });
  await page.goto(`/settings/api-keys/new?${wanted}`);
  await expect(nameField(page)).toHaveValue("HubSpot");
  await expect(page.getByRole("radio", { name: /^CRM sync/ })).toBeChecked();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expect(page.getByRole("checkbox", { name: /contacts:read/ })).toBeChecked();
  await expect(page.getByRole("combobox", { name: "Expires" })).toContainText("In 30 days");
  await expect(page.getByText(/Not everything in the link/)).toContainText(
    "the permission “contacts:fly” does not exist, the environment “moon” does not exist",
  );
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("link", { name: "HubSpot" })).toHaveCount(0);
});

test("errors stand beside their fields, and nothing typed is lost, whatever goes wrong", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/settings/api-keys/new");

  await test.step("empty, it says what is missing, and leads there", async () => {
    await generate(page);
    await expect(page.getByRole("radiogroup", { name: "Use case" })).toHaveAccessibleDescription(
      /Choose what will use this key/,
    );
    await expect(page.getByRole("radio", { name: /^CRM sync/ })).toBeFocused();
    await expect(nameField(page)).toHaveAccessibleDescription(/Give the key a name/);
    await expect(page.getByText("Choose at least one permission.")).toBeVisible();
  });

  await test.step("each error goes when its field is right; the rest stays typed", async () => {
    await page.getByRole("radio", { name: /^CRM sync/ }).click();
    await nameField(page).fill("Pipedrive");
    await page.getByRole("textbox", { name: /^Description/ }).fill("Set up by Mara");
    await addressField(page).fill("home\n203.0.113.7\n300.1.1.1");
    await page.getByRole("combobox", { name: "Expires" }).click();
    await page.getByRole("option", { name: /^On a date/ }).click();
    const lastDay = page.getByLabel("Last day");
    await lastDay.fill("2020-01-01");
    await generate(page);
    await expect(lastDay).toHaveAccessibleDescription(/Choose a day that is not over yet/);
    await lastDay.fill("2099-01-01");
    await expect(addressField(page)).toHaveAccessibleDescription(
      /“home”, “300\.1\.1\.1”: Not an IP/,
    );
    await expect(page.getByText("Give the key a name.")).toHaveCount(0);
    await addressField(page).fill("203.0.113.7");
  });

  for (const [failure, answer] of [
    ["an error", (route: Route) => route.fulfill({ status: 500, body: "broken" })],
    ["nothing", (route: Route) => route.abort()],
  ] as const) {
    await test.step(`the server answers ${failure}`, async () => {
      await page.route(/\/new/, answer);
      await generate(page);
      await expect(page.getByText(/Nothing you typed is lost/)).toBeVisible();
      await page.unroute(/\/new/);
      await expect(nameField(page)).toHaveValue("Pipedrive");
      await expect(page.getByRole("textbox", { name: /^Description/ })).toHaveValue(
        "Set up by Mara",
      );
      await expect(addressField(page)).toHaveValue("203.0.113.7");
      await expect(page.getByRole("checkbox", { name: /contacts:write/ })).toBeChecked();
    });
  }

  await test.step("the answer alone got lost: trying again makes no second key", async () => {
    await page.route(/\/new/, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await generate(page);
    await expect(page.getByText(/cannot make a second key/)).toBeVisible();
    await page.unroute(/\/new/);
    await generate(page);
    await page.getByRole("link", { name: "Find it in the list" }).click();
    await expect(page.getByRole("link", { name: "Pipedrive" })).toHaveCount(1);
  });
});

test("a session that ends over a form takes nothing typed with it, and another person gets none of it", async ({
  page,
  browser,
  postern,
}) => {
  const mara = await signUp(page);
  const elsewhere = await browser.newPage({ baseURL: postern.origin });
  await signIn(elsewhere, mara);
  await page.goto("/settings/api-keys/new?use=analytics");
  await nameField(page).fill("Looker");
  await page.getByRole("checkbox", { name: /audiences:write/ }).click();
  await page.getByRole("radio", { name: "Test" }).click();
  await page.getByRole("combobox", { name: "Expires" }).click();
  await page.getByRole("option", { name: /^In 30 days/ }).click();
  await addressField(page).fill("203.0.113.7");

  await test.step("signed out elsewhere, the new key is back after signing in, and made once", async () => {
    await elsewhere.goto("/settings/account");
    await elsewhere.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(elsewhere).toHaveURL(/\/login/);
    await generate(page);
    await fillSignIn(page, mara);
    await expect(page.getByRole("status")).toContainText("What you typed is back");
    await expect(nameField(page)).toHaveValue("Looker");
    await expect(page.getByRole("radio", { name: /^Analytics/ })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: /audiences:write/ })).toBeChecked();
    await expect(page.getByRole("radio", { name: "Test" })).toBeChecked();
    await expect(page.getByRole("combobox", { name: "Expires" })).toContainText("In 30 days");
    await expect(addressField(page)).toHaveValue("203.0.113.7");
    await generate(page);
    expect(await revealedSecret(page)).toMatch(/^pstn_test_/);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("Looker");
    await stored(page);
  });

  await test.step("and so is an edited one", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await nameField(page).fill("Looker Studio");
    await page.context().clearCookies();
    await save(page);
    await fillSignIn(page, mara);
    await expect(nameField(page)).toHaveValue("Looker Studio");
    await save(page);
    await expect(page.getByRole("heading", { level: 1, name: "Looker Studio" })).toBeVisible();
  });

  await test.step("somebody else who signs in on the same tab starts afresh", async () => {
    await page.goto("/settings/api-keys/new?use=analytics&name=Mine");
    await page.context().clearCookies();
    await generate(page);
    await expect(page).toHaveURL(/\/login/);
    await signUpInBrowser(page, somebody("Ana Ruiz"), "Another company");
    await page.goto("/settings/api-keys/new");
    await expect(nameField(page)).toHaveValue("");
  });
});

test("an expiry in days names the day on the reader's own calendar, and so does the list", async ({
  browser,
  postern,
}) => {
  const zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago"] as const;
  const owner = somebody();
  const days: string[] = [];
  for (const [at, timezoneId] of zones.entries()) {
    const context = await browser.newContext({ baseURL: postern.origin, timezoneId });
    const page = await context.newPage();
    await (at === 0 ? signUp(page, owner) : signIn(page, owner));
    await page.goto("/settings/api-keys/new?use=analytics&name=Looker");
    const inDays = new Date(Date.now() + 90 * 86_400_000);
    const day = { timeZone: timezoneId, day: "numeric", month: "long", year: "numeric" } as const;
    const named = new Intl.DateTimeFormat("en-GB", day).format(inDays);
    await expect(page.getByRole("combobox", { name: "Expires" })).toHaveText(
      `In 90 days (${named})`,
    );
    await page.getByRole("button", { name: "Generate key" }).click();
    await revealedSecret(page);
    await stored(page);
    await page.goto("/settings/api-keys");
    const short = named.replace(/([A-Z][a-z]{2})[a-z]*/, "$1");
    await expect(page.getByText(short, { exact: true }).first()).toBeVisible();
    days.push(named);
    await context.close();
  }
  // Their clocks are 25 hours apart: a day named in one zone for all would have been seen here.
  expect(days[0]).not.toBe(days[1]);
});

test("pressing twice makes one key; never is possible, and says why it is worse", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/settings/api-keys/new?use=analytics&name=Looker");
  await page.getByRole("combobox", { name: "Expires" }).click();
  await page.getByRole("option", { name: /^Never/ }).click();
  await expect(page.getByText(/Riskier: if it leaks/)).toBeVisible();
  await page.getByRole("button", { name: "Generate key" }).dblclick();
  await revealedSecret(page);
  await stored(page);
  await expect(page.getByText("Never", { exact: true }).first()).toBeVisible();
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("link", { name: "Looker" })).toHaveCount(1);
});

test("a key limited to another address is refused; widening it asks first, and is on record", async ({
  page,
  postern,
}) => {
  await signUp(page);
  await page.goto("/settings/api-keys/new?use=analytics&name=Metabase&addresses=203.0.113.0/24");
  await generate(page);
  const secret = await revealedSecret(page);
  await stored(page);
  const refused = await callApi(postern.origin, secret, "/me");
  expect([refused.status, refused.body]).toMatchObject([403, { code: "ip_not_allowed" }]);

  await test.step("a change that gives nothing more is simply saved", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await nameField(page).fill("Metabase EU");
    await save(page);
    await expect(page.getByRole("heading", { level: 1, name: "Metabase EU" })).toBeVisible();
  });

  await test.step("more access is named first; declined, the form is as it was", async () => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Add my current IP address" }).click();
    await expect(addressField(page)).toHaveValue(/^203\.0\.113\.0\/24\n(127\.0\.0\.1|::1)$/);
    await addressField(page).fill("203.0.113.0/24\n127.0.0.1\n::1");
    await page.getByRole("checkbox", { name: /contacts:read/ }).click();
    await save(page);
    const dialog = page.getByRole("dialog", { name: "Give this key more access?" });
    await expect(dialog).toContainText("Contacts → Read (contacts:read)");
    await expect(dialog).toContainText("May be used from ::1");
    await dialog.getByRole("button", { name: "Back to the form" }).click();
    await expect(addressField(page)).toHaveValue("203.0.113.0/24\n127.0.0.1\n::1");
    expect((await callApi(postern.origin, secret, "/me")).status).toBe(403);
  });

  await test.step("confirmed, it holds from the next call on", async () => {
    await save(page);
    await page.getByRole("button", { name: "Add access" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Metabase EU" })).toBeVisible();
    expect((await callApi(postern.origin, secret, "/contacts")).status).toBe(200);
    await expect(page.getByText(/contacts:read|Contacts → Read/).first()).toBeVisible();
    await page.goto("/settings/audit");
    await expect(page.getByRole("row").filter({ hasText: /edited|changed/i })).toHaveCount(2);
  });
});

test("of two who edit at once the second is told, and an answer that got lost loses nothing", async ({
  page,
}) => {
  await signUp(page);
  await page.goto("/settings/api-keys/new?use=analytics&name=Tableau");
  await generate(page);
  await stored(page);
  const edit = `${page.url()}/edit`;
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(edit);
    await expect(nameField(tab)).toHaveValue("Tableau");
  }
  await nameField(page).fill("Tableau EU");
  await page.route(/\/edit/, (route) => route.abort());
  await save(page);
  await expect(page.getByText(/Nothing you typed is lost/)).toBeVisible();
  await expect(nameField(page)).toHaveValue("Tableau EU");
  await page.unroute(/\/edit/);
  await save(page);
  await expect(page.getByRole("heading", { level: 1, name: "Tableau EU" })).toBeVisible();

  await nameField(other).fill("Tableau US");
  await save(other);
  await expect(other.getByText(/Somebody else changed this key/)).toBeVisible();
  await expect(nameField(other)).toHaveValue("Tableau US");
  await other.getByRole("button", { name: "Load the latest version" }).click();
  await expect(nameField(other)).toHaveValue("Tableau EU");
});

async function generate(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Generate key" }).click();
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save changes" }).click();
}

function nameField(page: Page) {
  return page.getByRole("textbox", { name: "Name", exact: true });
}

function addressField(page: Page) {
  return page.getByRole("textbox", { name: /^Allowed IP addresses/ });
}
