import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { act } from "./act";
import { callApi } from "./caller";
import { givenKey } from "./given-key";
import {
  confirm,
  everyLook,
  expect,
  expectAccessible,
  join,
  revealedSecret,
  signUp,
  somebody,
  test,
} from "./story";

const NAME = "Shop order mails";

test("a leak is dealt with from the first click to the report, by two people", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(240_000);
  const codeOf = async (secret: string) => {
    const { status, body } = await callApi(postern.origin, secret, "/me");
    return status === 200 ? "let in" : (body as { code: string }).code;
  };
  await signUp(page);
  const secret = await givenKey(page, NAME, "Transactional email");
  const keyPage = page.url();
  expect(await codeOf(secret)).toBe("let in");
  const jonas = await join(browser, page, "Admin", somebody("Jonas Weber"));

  await test.step("the first click stops nothing and says what it could do", async () => {
    await page.goto(keyPage);
    await page.getByRole("button", { name: "This key leaked" }).click();
    await expect(heading(page)).toBeVisible();
    await expect(page.getByText(/Send email to anybody/)).toBeVisible();
    await expect(page.getByText("1 call", { exact: true })).toBeVisible();
    await everyLook(page);
    expect(await codeOf(secret)).toBe("let in");
  });
  const incident = page.url().replace(/\?.*$/, "");

  await test.step("one more click freezes the key at once, and another one lets it in again", async () => {
    await page.getByRole("button", { name: "Freeze" }).click();
    await expect(page.getByRole("heading", { name: "What it did" })).toBeVisible();
    expect(await codeOf(secret)).toBe("frozen_api_key");
    await step(page, "Stopped");
    await expect(
      page.getByText(/Unless somebody unfreezes it, the key is revoked on/),
    ).toBeVisible();
    await everyLook(page);
    await page.getByRole("button", { name: "Unfreeze" }).click();
    await expect(page.getByRole("button", { name: "Freeze", exact: true })).toBeVisible();
    expect(await codeOf(secret)).toBe("let in");
    await page.getByRole("button", { name: "Revoke now" }).click();
    await expect(page.getByRole("heading", { name: "What it did" })).toBeVisible();
    expect(await codeOf(secret)).toBe("revoked_api_key");
  });

  await test.step("a time is chosen, and the incident handed to a colleague", async () => {
    await page.getByRole("button", { name: /^Since/ }).click();
    const time = page.getByRole("dialog", { name: "Since when?" });
    await time.getByLabel("Since").fill("2026-01-02T03:04");
    await expectAccessible(page);
    await confirm(time, "Use this time");
    await expect(page.getByRole("button", { name: /^Since 2 Jan 2026.*chosen/ })).toBeVisible();
    await everyLook(page);
    await page.getByRole("button", { name: "Hand to a colleague" }).click();
    const dialog = page.getByRole("dialog", { name: "Hand to a colleague" });
    await dialog.getByRole("combobox", { name: "Colleague" }).click();
    await page.getByRole("option", { name: "Jonas Weber" }).click();
    await expectAccessible(page);
    await confirm(dialog, "Hand over");
    await expect(page.getByText(/Handed to Jonas Weber/)).toBeVisible();
  });

  await test.step("the colleague hears of it by the bell, and goes on where it was left", async () => {
    await jonas.page.goto("/settings/api-keys");
    await jonas.page.getByRole("link", { name: "Notices, something is new" }).click();
    await everyLook(jonas.page);
    await jonas.page.getByRole("link", { name: `${NAME} leaked` }).click();
    await expect(jonas.page.getByRole("heading", { name: "Replace it" })).toBeVisible();
    await everyLook(jonas.page);
  });

  await test.step("a new key may do less, and its secret is shown once", async () => {
    await jonas.page.getByRole("checkbox", { name: /Emails → Read/ }).click();
    await jonas.page.getByRole("button", { name: "Make the new key" }).click();
    const next = await revealedSecret(jonas.page);
    await expectAccessible(jonas.page);
    await jonas.page.getByRole("button", { name: "I have stored it" }).click();
    await expect(jonas.page.getByText("Waiting for the first call")).toBeVisible();
    await expect(jonas.page.getByText("It may: send single emails")).toBeVisible();
    expect(await jonas.page.content()).not.toContain(next);
    expect(await codeOf(next)).toBe("let in");
    expect(await codeOf(secret)).toBe("revoked_api_key");
    await expect(jonas.page.getByText("First call received")).toBeVisible({ timeout: 20_000 });
    await expect(jonas.page.getByRole("region", { name: `Still with ${NAME}` })).toContainText(
      /\d calls?, /,
    );
    await everyLook(jonas.page);
  });

  await test.step("the checklist ticks itself, and notes survive a reload", async () => {
    await jonas.page.getByRole("link", { name: "Next: review and report" }).click();
    await expect(check(jonas.page, "The key is stopped for good")).toContainText("Done:");
    await expect(check(jonas.page, "The tool has a new key")).toContainText("Done:");
    await expect(check(jonas.page, "The people it touched are named")).toContainText("To do:");
    await jonas.page.getByRole("textbox", { name: "Affected people" }).fill("Nobody");
    await jonas.page.getByRole("textbox", { name: "Notes" }).fill("It stood in a wiki.");
    await jonas.page.getByRole("button", { name: "Save notes" }).click();
    await expect(check(jonas.page, "The people it touched are named")).toContainText("Done:");
    await jonas.page.reload();
    await expect(jonas.page.getByRole("textbox", { name: "Notes" })).toHaveValue(
      "It stood in a wiki.",
    );
    await everyLook(jonas.page);
  });

  await test.step("what was done leads to the rows", async () => {
    const done = jonas.page.getByRole("list", { name: "What was done" });
    await expect(done).toContainText("Mara Keller revoked the key");
    await expect(done).toContainText("Jonas Weber replaced the leaked key");
    await done.getByRole("link", { name: /Mara Keller revoked the key/ }).click();
    await expect(jonas.page.getByText("Event id")).toBeVisible();
    await jonas.page.goto(`${incident}?step=4`);
  });

  await test.step("it ends, and its report can be printed and downloaded", async () => {
    await jonas.page.getByRole("button", { name: "End the incident" }).click();
    await confirm(jonas.page.getByRole("dialog", { name: "End the incident" }), "End the incident");
    await expect(jonas.page.getByText(/Ended by Jonas Weber/)).toBeVisible();
    await jonas.page.getByRole("link", { name: "Open report" }).click();
    await expect(
      jonas.page.getByRole("heading", { level: 1, name: `Report: ${NAME} leaked` }),
    ).toBeVisible();
    await everyLook(jonas.page);
    await jonas.page.emulateMedia({ media: "print" });
    await expect(jonas.page.getByRole("button", { name: "Print" })).toBeHidden();
    await expect(jonas.page.getByRole("link", { name: "API keys", exact: true })).toBeHidden();
    await jonas.page.emulateMedia({ media: "screen" });
    const downloading = jonas.page.waitForEvent("download");
    await jonas.page.getByRole("button", { name: "Download report" }).click();
    const file = await (await downloading).path();
    const report = JSON.parse(await readFile(file, "utf8"));
    expect(report).toMatchObject({
      object: "incident_report",
      affected_people: "Nobody",
      incident: { opened_by: "Mara Keller", closed_by: "Jonas Weber" },
      replacement: { name: `${NAME} (new)` },
    });
    expect(JSON.stringify(report)).not.toContain(secret);
  });

  await test.step("the Security page keeps it, and the key's page has no open one", async () => {
    await page.goto("/settings/security");
    const ended = page.getByRole("list", { name: "Ended incidents" });
    await expect(ended).toContainText(NAME);
    await ended.getByRole("link", { name: "Report" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /^Report/ })).toBeVisible();
    await page.goto(keyPage);
    await expect(page.getByText("A key that leaked can't be brought back.")).toBeVisible();
    await expect(page.getByText(/that this key leaked\./)).toHaveCount(0);
  });
  await jonas.context.close();
});

test("a link asks before it opens an incident; a viewer follows it, and a marketer finds nothing", async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signUp(page);
  await givenKey(page, NAME);
  const keyPage = page.url();
  const keyId = keyPage.split("/").at(-1) ?? "";

  await test.step("a link from a mail", async () => {
    await page.goto(`${keyPage}?do=leaked`);
    const dialog = page.getByRole("dialog", { name: "Did this key leak?" });
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText(/said .* that this key leaked/)).toHaveCount(0);
    await page.goto(`${keyPage}?do=leaked`);
    await dialog.getByRole("button", { name: "This key leaked" }).click();
    await expect(heading(page)).toBeVisible();
  });
  const incident = page.url();

  await test.step("the row's menu takes up the same one", async () => {
    await page.goto("/settings/api-keys");
    await page.getByRole("button", { name: `More about ${NAME}` }).click();
    await page.getByRole("menuitem", { name: "This key leaked" }).click();
    await expect(page).toHaveURL(incident);
  });

  await test.step("a viewer reads all of it and can do nothing", async () => {
    const viewer = await join(browser, page, "Viewer", somebody("Ana Ruiz"));
    await viewer.page.goto("/settings/security");
    await viewer.page.getByRole("link", { name: `${NAME} leaked` }).click();
    await expect(viewer.page.getByText("You can follow what is done.")).toBeVisible();
    for (const name of ["Freeze", "Revoke now", "Hand to a colleague"]) {
      await expect(viewer.page.getByRole("button", { name })).toHaveCount(0);
    }
    await everyLook(viewer.page);
    for (const at of [2, 3, 4]) {
      await viewer.page.goto(incident.replace("step=1", `step=${at}`));
      await expect(heading(viewer.page)).toBeVisible();
      await expectAccessible(viewer.page);
    }
    const incidentId = new URL(incident).pathname.split("/").at(-1);
    for (const [name, args] of [
      ["freezeKeyAction", { keyId }],
      ["openIncidentAction", { keyId }],
      ["closeIncidentAction", { incidentId }],
      ["noteIncidentAction", { incidentId, revision: 1, notes: "", affected: "" }],
    ] as const) {
      expect(await act(viewer.page, name, args)).toContain('"code":"not_found"');
    }
    await viewer.context.close();
  });

  await test.step("for a marketer whose key it is not, there is none", async () => {
    const marketer = await join(browser, page, "Marketer", somebody("Liv Holm"));
    expect((await marketer.page.request.get(incident)).status()).toBe(404);
    await marketer.page.goto("/settings/security");
    await expect(marketer.page.getByText(`${NAME} leaked`)).toHaveCount(0);
    await marketer.context.close();
  });
});

function heading(page: Page) {
  return page.getByRole("heading", { level: 1, name: `${NAME} leaked` });
}

async function step(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name }).click();
}

function check(page: Page, words: string) {
  return page.getByRole("listitem").filter({ hasText: words });
}
