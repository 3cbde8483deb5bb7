import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DataDirInUseError, lockDataDir } from "@/lib/platform/database/data-dir-lock";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "postern-lock-"));
});

afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

test("a data directory has one process at a time, and is free again after it", async () => {
  const release = await lockDataDir(dataDir);
  await expect(lockDataDir(dataDir)).rejects.toThrow(DataDirInUseError);
  await release();
  await (await lockDataDir(dataDir))();
});

test("a process that was killed leaves no lock behind", async () => {
  const holder = spawn(process.execPath, [
    "-e",
    `require("node:net").createServer().listen(${JSON.stringify(path.join(dataDir, "lock"))}, () => console.log("held"))`,
  ]);
  await once(holder.stdout, "data");
  await expect(lockDataDir(dataDir)).rejects.toThrow("Another Postern is running");
  holder.kill("SIGKILL");
  await once(holder, "exit");
  await (await lockDataDir(dataDir))();
});
