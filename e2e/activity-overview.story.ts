import type { Page } from "@playwright/test";
import { callApi } from "./caller";
import { givenKey } from "./given-key";
import { everyLook, expect, signUp, test } from "./story";

test("Activity tells how many calls, when, of whom and why, under every filter", async ({
  page,
  postern,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  const crm = await givenKey(page, "CRM", "CRM sync");
  const reports = await givenKey(page, "Reports", "Analytics");
  for (const email of ["anna@example.com", "omar@example.com"]) {
    await callApi(postern.origin, crm, `/contacts/${email}`, { method: "PUT", body: "{}" });
  }
  await callApi(postern.origin, crm, "/me");
  await callApi(postern.origin, reports, "/contacts");

  await test.step("in figures, for who sees them and who doesn't", async () => {
    await expect(async () => {
      await page.goto("/settings/activity");
      await expect(figures(page)).toContainText("calls, last 4 days4", { timeout: 1_000 });
    }).toPass();
    await expect(figures(page)).toContainText("problems (25.0 %)1");
    await expect(overview(page).getByRole("img")).toHaveAccessibleName(
      /4, of which 1 were refused or failed/,
    );
    await expect(page.getByText(/^Today, \d+ \w+$/)).toBeVisible();
    await expect(share(page, "By reason")).toContainText("Access not given");
    await everyLook(page);
  });

  await test.step("a share leads to its calls, and the figures stay with the filter", async () => {
    await share(page, "By key")
      .getByRole("link", { name: /^Reports/ })
      .click();
    await expect(page).toHaveURL(/key=key_/);
    await expect(figures(page)).toContainText("calls, last 4 days1");
    await page.goBack();
    await page.getByRole("button", { name: "Problems only" }).click();
    await expect(page).toHaveURL(/status=problems/);
    await expect(figures(page)).toContainText("problems (100 %)1");
    await page.getByRole("button", { name: "Problems only" }).click();
    await expect(page).not.toHaveURL(/status=/);
  });

  await test.step("times have names, and a bar is a time", async () => {
    await page.getByRole("combobox", { name: "Time" }).click();
    await page.getByRole("option", { name: "last hour" }).click();
    await expect(figures(page)).toContainText("calls, last hour4");
    await overview(page).getByText("Show as a table").click();
    await expect(overview(page).getByRole("table")).toBeVisible();
    const chart = await overview(page).getByRole("img").boundingBox();
    if (!chart) throw new Error("There is no chart.");
    await page.mouse.move(chart.x + chart.width * 0.5, chart.y + 20);
    await page.mouse.down();
    await page.mouse.move(chart.x + chart.width - 2, chart.y + 20);
    await page.mouse.up();
    await expect(page).toHaveURL(/from=.*to=/);
    await expect(page).not.toHaveURL(/range=/);
    await expect(figures(page)).toContainText("calls, in this time4");
    await expect(page.getByLabel("From", { exact: true })).not.toHaveValue("");
  });

  await test.step("yesterday had none, which a reader can undo", async () => {
    await page.goto("/settings/activity?range=yesterday");
    await expect(page.getByText("No call matches")).toBeVisible();
    await everyLook(page);
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(figures(page)).toContainText(/calls, last 4 days4/);
  });

  await test.step("in short, with the calls one click below", async () => {
    await page.getByRole("radio", { name: "In short" }).click();
    const runs = page.getByRole("region", { name: "Runs" });
    await expect(runs.getByRole("link", { name: /^CRM: 2 contacts changed/ })).toBeVisible();
    await expect(runs.getByRole("link", { name: /1 refused \(access not given\)/ })).toBeVisible();
    await everyLook(page);
    await runs.getByRole("link", { name: /^CRM: / }).click();
    await expect(page.getByRole("region", { name: "Requests" }).getByRole("link")).toHaveCount(3);
  });

  await test.step("a view is saved under a name, found again, and removed", async () => {
    await page.goto("/settings/activity?status=problems&range=day");
    await page.getByRole("button", { name: "Saved views" }).click();
    const dialog = page.getByRole("dialog", { name: "Saved views" });
    await everyLook(page);
    await dialog.getByRole("textbox", { name: "Save what you see as" }).fill("Today's problems");
    await dialog.getByRole("button", { name: "Save view" }).click();
    await expect(dialog).toHaveCount(0);
    await page.goto("/settings/activity");
    await page.getByRole("button", { name: "Saved views" }).click();
    await dialog.getByRole("link", { name: "Today's problems" }).click();
    await expect(page).toHaveURL(/status=problems&range=day|range=day&status=problems/);
    await page.getByRole("button", { name: "Saved views" }).click();
    await dialog.getByRole("button", { name: "Remove Today's problems" }).click();
    await expect(dialog.getByText("None yet.", { exact: false })).toBeVisible();
  });
});

function overview(page: Page) {
  return page.getByRole("region", { name: "Overview" });
}

function figures(page: Page) {
  return overview(page).locator("dl");
}

function share(page: Page, title: string) {
  return page.getByRole("region", { name: title });
}
