import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { Client } from "pg";
import { type Postern, startPostern } from "./postern";
import { expect, expectAccessible, expectNoOverflow, generateKey, signUp, test } from "./story";

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

test("an admin checks the audit log, and a row that was tampered with is named", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  // A log that is broken stays so, and the command names every one of a server.
  const postern = await startPostern();
  const page = await browser.newPage({ baseURL: postern.origin });
  await signUp(page);
  await generateKey(page, { name: "HubSpot sync" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "HubSpot sync" })).toBeVisible();
  const check = page.getByRole("button", { name: "Check the log" });

  await test.step("it is whole", async () => {
    await page.goto("/settings/audit");
    await expect(page.getByText("Last: #2")).toBeVisible();
    await check.click();
    await expect(page.getByText("All 2 entries are as they were written.")).toBeVisible();
    await expectGood(page);
    const [said, code] = await verify(postern);
    expect(said).toMatch(
      /Northwind Tea \(wsp_\w+\): 2 entries as written\. Last: 2:[0-9a-f]{64}\n/,
    );
    expect(code).toBe(0);
    const noted = /Last: (2:[0-9a-f]{64})/.exec(said)?.[1] ?? "";
    expect((await verify(postern, noted))[0]).toContain("Entry #2 as noted: there.");
    expect((await verify(postern, `2:${"0".repeat(64)}`))[0]).toContain("as noted: in no log.");
  });

  await test.step("an entry shows its seal", async () => {
    await page.getByRole("link", { name: /created the key HubSpot sync/ }).click();
    const panel = page.getByRole("region").filter({ hasText: "Event id" });
    await expect(panel.getByText("#2", { exact: true })).toBeVisible();
    await expect(panel.getByText(/^[0-9a-f]{64}$/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(panel).toHaveCount(0);
  });

  await test.step("a row is changed past Postern", async () => {
    await tamper(
      postern,
      "UPDATE audit_event SET actor_name = 'Jonas' WHERE action = 'key.created'",
    );
    await page.reload();
    await check.click();
    await expect(page.getByText("Entry #2 was changed after it was written.")).toBeVisible();
    await expectGood(page);
    await page.getByRole("link", { name: "Open the entry" }).click();
    await expect(page).toHaveURL(/event=aev_/);
    await expect(page.getByText("Jonas", { exact: true }).last()).toBeVisible();
    const [said, code] = await verify(postern);
    expect(said).toMatch(
      /BROKEN\. Entry #2 was changed after it was written\. Its id is aev_\w+\./,
    );
    expect(said).toContain("1 broken.");
    expect(code).toBe(1);
  });

  await test.step("the docs say how to check it without Postern", async () => {
    await page.getByRole("link", { name: "How to check it yourself" }).click();
    await expect(page.getByRole("heading", { name: "Checking the audit log" })).toBeVisible();
    await expect(page.getByText("import hashlib, json, sys")).toBeVisible();
  });
  await postern.stop();
});

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page);
  for (const size of [PHONE, DESKTOP]) {
    await page.setViewportSize(size);
    await expectNoOverflow(page);
  }
}

/** Changes the running Postern's embedded database as somebody with its files can. */
async function tamper({ dataDir }: Postern, sql: string): Promise<void> {
  const url = readFileSync(path.join(dataDir, "database-url"), "utf8");
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
  await client.end();
}

/** Runs `npm run audit:verify` beside the running Postern: what it printed, and its exit code. */
async function verify({ dataDir }: Postern, ...args: string[]): Promise<[string, number]> {
  const env = { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", DATA_DIR: dataDir };
  const program = ["scripts/audit-verify.mjs", ...args];
  const child = spawn(process.execPath, program, { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  return [await text(child.stdout), await ended];
}
