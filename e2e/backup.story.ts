import { spawn } from "node:child_process";
import { mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { callApi } from "./caller";
import { newDataDir, startPostern } from "./postern";
import { expect, generateKey, signIn, signUp, stored, test } from "./story";

test("a backup of the running Postern is restored into a new folder, with all that was in it", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const folder = await mkdtemp(path.join(tmpdir(), "postern-backups-"));
  const running = await startPostern();
  const page = await browser.newPage({ baseURL: running.origin });
  const person = await signUp(page);
  const secret = await generateKey(page, { name: "HubSpot sync" });
  await stored(page);
  const ada = { first_name: "Ada" };
  const put = await callApi(running.origin, secret, "/contacts/ada@example.com", {
    method: "PUT",
    body: JSON.stringify(ada),
  });
  expect(put.status).toBeLessThan(300);

  const calls = callMeanwhile(running.origin, secret);
  const made = await command("backup", running.dataDir, folder);
  expect(made).toMatchObject({ code: 0 });
  expect(made.said).toMatch(/The database was held for \d+\.\d\d s\./);
  // Calls waited for the copy, and none failed. A key has its limit, whatever else goes on.
  expect((await calls.end()).filter((status) => status !== 429)).toEqual([200]);
  const [file = ""] = await readdir(folder);
  expect(file).toMatch(/^postern-\d{4}-\d\d-\d\dT\d{6}Z\.tar\.gz$/);
  const again = await command("restore", running.dataDir, path.join(folder, file));
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining("has data in it") });
  expect(await running.stop()).toBe(0);

  const dataDir = path.join(folder, "restored");
  const restored = await command("restore", dataDir, path.join(folder, file));
  expect(restored).toMatchObject({ code: 0 });
  expect(await command("audit:verify", dataDir)).toMatchObject({
    code: 0,
    said: expect.stringContaining("0 broken"),
  });
  const after = await startPostern({ dataDir });
  const there = await callApi(after.origin, secret, "/contacts/ada@example.com");
  expect(there.status).toBe(200);
  expect(there.body).toMatchObject(ada);
  const pageAfter = await browser.newPage({ baseURL: after.origin });
  await signIn(pageAfter, person);
  await pageAfter.goto("/settings/api-keys");
  await expect(pageAfter.getByRole("link", { name: "HubSpot sync" })).toBeVisible();
  expect(await after.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

test("where DATABASE_URL is set, the commands say what backs a server up", async () => {
  for (const name of ["backup", "restore"]) {
    const { code, said } = await command(name, "nowhere", "x.tar.gz", {
      DATABASE_URL: "postgresql://postern@db.example.com/postern",
      AUTH_SECRET: "a secret of this server, long enough for anybody",
    });
    expect([code, said]).toEqual([1, expect.stringMatching(/pg_(dump|restore).*docs\/operations/)]);
  }
});

test("a database that is not there is named in one line by every command that asks it", async () => {
  const commands = [
    ["audit:verify"],
    ["reset-password", "a@example.com"],
    ["reset-second-factor", "a@example.com"],
  ];
  for (const [name = "", argument] of commands) {
    const made = await command(name, "nowhere", argument, {
      DATABASE_URL: "postgresql://postern:hunter2@127.0.0.1:9/postern",
      AUTH_SECRET: "a secret of this server, long enough for anybody",
    });
    expect(made).toEqual({
      code: 1,
      said: "No connection to PostgreSQL at 127.0.0.1:9, which DATABASE_URL names: connect ECONNREFUSED 127.0.0.1:9.\n",
    });
  }
});

test("a new secret in place of the generated one signs nobody out until the previous one is taken away", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const dataDir = await newDataDir();
  const before = await startPostern({ dataDir });
  const page = await browser.newPage({ baseURL: before.origin });
  await signUp(page);
  const storageState = await page.context().storageState();
  expect(await before.stop()).toBe(0);

  const file = path.join(dataDir, "auth-secret");
  await rename(file, `${file}-previous`);
  const between = await startPostern({ dataDir });
  // Nobody has an authenticator app or a webhook, so there is nothing to say.
  expect(between.output()).not.toContain("AUTH_SECRET");
  const pageBetween = await browser.newPage({ baseURL: between.origin, storageState });
  await pageBetween.goto("/settings/api-keys");
  await expect(pageBetween.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
  expect(await between.stop()).toBe(0);

  await rm(`${file}-previous`);
  const after = await startPostern({ dataDir });
  const pageAfter = await browser.newPage({ baseURL: after.origin, storageState });
  await pageAfter.goto("/settings/api-keys");
  await expect(pageAfter).toHaveURL(/\/login/);
  expect(await after.stop()).toBe(0);
  await rm(dataDir, { recursive: true, force: true });
});

/** Runs `npm run <name>` for a data directory: what it said, and its exit code. */
async function command(
  name: string,
  dataDir: string,
  argument?: string,
  env: Record<string, string> = {},
): Promise<{ code: number | null; said: string }> {
  const args = ["run", "--silent", name, ...(argument ? ["--", argument] : [])];
  const child = spawn("npm", args, {
    env: { ...process.env, DATABASE_URL: "", AUTH_SECRET: "", DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { said: await text(child.stdout), code: await ended };
}

/** Calls one after another. `end` tells which statuses came. */
function callMeanwhile(origin: string, secret: string): { end: () => Promise<number[]> } {
  const statuses = new Set<number>();
  let ending = false;
  const calling = (async () => {
    const headers = { authorization: `Bearer ${secret}` };
    while (!ending) {
      const answer = await fetch(`${origin}/api/v1/me`, { headers });
      await answer.text();
      statuses.add(answer.status);
    }
  })();
  return {
    end: async () => {
      ending = true;
      await calling;
      return [...statuses];
    },
  };
}
