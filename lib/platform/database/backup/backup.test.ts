import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { now } from "@/lib/platform/clock";
import { unpackArchive, writeArchive } from "@/lib/platform/database/backup/archive";
import { makeBackup } from "@/lib/platform/database/backup/make-backup";
import { MANIFEST } from "@/lib/platform/database/backup/manifest";
import { restoreBackup } from "@/lib/platform/database/backup/restore-backup";
import { migrate } from "@/lib/platform/database/migrate";
import { type DataDir, openDataDir } from "@/lib/platform/database/open-data-dir";
import { parseEnv } from "@/lib/platform/env";

let folder: string;
let dataDir: string;
let running: DataDir;
/** A backup of it. */
let whole: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "postern-backup-"));
  dataDir = path.join(folder, "data");
  running = await open(dataDir);
  await migrate(urlOf(running), true);
  await writeFile(path.join(dataDir, "auth-secret"), "the secret\n", { mode: 0o600 });
  await mkdir(path.join(dataDir, "spool"));
  await writeFile(path.join(dataDir, "spool", "1.ndjson"), "a call\n");
  whole = await backUp("whole.tar.gz");
}, 120_000);

afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

function open(place: string): Promise<DataDir> {
  return openDataDir(parseEnv({ DATA_DIR: place }));
}

function urlOf({ embedded }: DataDir): string {
  if (!embedded) throw new Error("There is no embedded database.");
  return embedded.url;
}

async function backUp(name: string): Promise<string> {
  const file = path.join(folder, name);
  const made = await makeBackup(dataDir, urlOf(running), file, now());
  if (!made.ok) throw new Error(made.message);
  return file;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function workspaceIds(url: string): Promise<string[]> {
  const { rows } = await withClient(url, (client) =>
    client.query("SELECT id FROM workspace ORDER BY id"),
  );
  return rows.map(({ id }) => id);
}

test("a backup under load has all that was acknowledged before it, of one moment, and is restored as it was", async () => {
  const written: string[] = [];
  let ending = false;
  const writing = withClient(urlOf(running), async (client) => {
    while (!ending) {
      const id = `wsp_${String(written.length).padStart(6, "0")}`;
      await client.query("INSERT INTO workspace (id, name, created_at) VALUES ($1, 'Tea', now())", [
        id,
      ]);
      written.push(id);
    }
  });
  await expect.poll(() => written.length).toBeGreaterThan(20);
  const before = [...written];
  const file = await backUp("under-load.tar.gz");
  ending = true;
  await writing;

  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readdir(folder)).sort()).toEqual(["data", "under-load.tar.gz", "whole.tar.gz"]);
  expect(await readdir(dataDir)).not.toContain("backing-up");

  const restored = path.join(folder, "restored");
  expect(await restoreBackup(file, restored)).toMatchObject({ ok: true });
  expect((await readdir(restored)).sort()).toEqual(["auth-secret", "postgres", "spool"]);
  expect(await readFile(path.join(restored, "auth-secret"), "utf8")).toBe("the secret\n");
  expect(await readFile(path.join(restored, "spool", "1.ndjson"), "utf8")).toBe("a call\n");
  expect((await stat(path.join(restored, "auth-secret"))).mode & 0o777).toBe(0o600);
  const again = await open(restored);
  try {
    const there = await workspaceIds(urlOf(again));
    expect(there.length).toBeGreaterThanOrEqual(before.length);
    expect(there).toEqual(written.slice(0, there.length));
    expect(await migrate(urlOf(again), true)).toEqual([]);
  } finally {
    await again.close();
  }
}, 120_000);

test("what a killed backup left is not counted as data, and goes", async () => {
  const left = path.join(dataDir, "backing-up");
  const backUpTo = async (name: string) =>
    await makeBackup(dataDir, urlOf(running), path.join(folder, name), now());
  const before = await backUpTo("before-the-kill.tar.gz");
  await mkdir(path.join(left, "data"), { recursive: true });
  await writeFile(path.join(left, "data", "half-a-copy"), Buffer.alloc(50_000_000));
  await writeFile(path.join(left, MANIFEST), "{");
  const after = await backUpTo("after-the-kill.tar.gz");
  if (!(before.ok && after.ok)) throw new Error("There is no backup.");
  // The database writes a little meanwhile.
  expect(Math.abs(after.value.dataBytes - before.value.dataBytes)).toBeLessThan(40_000_000);
  expect(await readdir(dataDir)).not.toContain("backing-up");
}, 120_000);

test("nothing is written over, neither by a backup nor by a restore", async () => {
  const content = await readFile(whole);
  expect(await makeBackup(dataDir, urlOf(running), whole, now())).toMatchObject({
    code: "file_exists",
  });
  expect((await readFile(whole)).equals(content)).toBe(true);
  const nowhere = path.join(folder, "no folder", "x.tar.gz");
  expect(await makeBackup(dataDir, urlOf(running), nowhere, now())).toMatchObject({
    code: "no_folder",
  });

  expect(await restoreBackup(whole, dataDir)).toMatchObject({ code: "not_empty" });
  const other = path.join(folder, "other");
  await mkdir(other);
  await writeFile(path.join(other, "notes.txt"), "mine");
  expect(await restoreBackup(whole, other)).toMatchObject({ code: "not_empty" });
  expect(await readdir(other)).toEqual(["notes.txt"]);
}, 120_000);

test("two backups of one data directory at once are one", async () => {
  const files = ["one.tar.gz", "two.tar.gz"].map((name) => path.join(folder, name));
  const made = await Promise.all(
    files.map((file) => makeBackup(dataDir, urlOf(running), file, now())),
  );
  expect(made.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(made).toContainEqual(expect.objectContaining({ code: "under_way" }));
}, 120_000);

test("a file that is damaged, or no backup, restores nothing", async () => {
  const bytes = await readFile(whole);
  const target = path.join(folder, "target");
  const refused = async (name: string) => {
    const answer = await restoreBackup(path.join(folder, name), target);
    expect(await readdir(target).catch(() => [])).toEqual([]);
    return answer;
  };
  await writeFile(path.join(folder, "short.tar.gz"), bytes);
  await truncate(path.join(folder, "short.tar.gz"), bytes.length - 1_000);
  expect(await refused("short.tar.gz")).toMatchObject({ code: "damaged" });
  const flipped = Buffer.from(bytes);
  const middle = Math.floor(flipped.length / 2);
  flipped.writeUInt8(flipped.readUInt8(middle) ^ 1, middle);
  await writeFile(path.join(folder, "flipped.tar.gz"), flipped);
  expect(await refused("flipped.tar.gz")).toMatchObject({ code: "damaged" });
  await writeFile(path.join(folder, "text.tar.gz"), "not a backup");
  expect(await refused("text.tar.gz")).toMatchObject({ ok: false });
  expect(await refused("missing.tar.gz")).toMatchObject({ code: "not_found" });
}, 120_000);

test("a backup of another version is refused, and says which one can restore it", async () => {
  const unpacked = path.join(folder, "unpacked");
  await mkdir(unpacked);
  await unpackArchive(whole, unpacked);
  const manifest = JSON.parse(await readFile(path.join(unpacked, MANIFEST), "utf8"));
  const target = path.join(folder, "of-another");
  const restoreWith = async (name: string, changes: object) => {
    await writeFile(path.join(unpacked, MANIFEST), JSON.stringify({ ...manifest, ...changes }));
    await writeArchive(unpacked, path.join(folder, name));
    return await restoreBackup(path.join(folder, name), target);
  };
  expect(
    await restoreWith("newer.tar.gz", { migrations: [...manifest.migrations, "29990101_more"] }),
  ).toMatchObject({
    code: "wrong_version",
    message: expect.stringMatching(/A newer version of Postern .*29990101_more/),
  });
  expect(await restoreWith("postgres.tar.gz", { postgres: 19 })).toMatchObject({
    code: "wrong_version",
    message: expect.stringContaining("Postgres 19"),
  });
  expect(await restoreWith("format.tar.gz", { format: 2 })).toMatchObject({
    code: "wrong_version",
  });
  expect(await restoreWith("same.tar.gz", {})).toMatchObject({ ok: true });
  const { rows } = await withClient(urlOf(running), (client) =>
    client.query("SHOW server_version_num"),
  );
  expect(Math.floor(rows[0].server_version_num / 10_000)).toBe(manifest.postgres);
}, 120_000);
