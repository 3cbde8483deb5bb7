import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Runs a process that records calls under `dataDir`, kills it (`kill -9`) once it has acknowledged about
 * `afterCalls` of them, and returns the ids it had acknowledged by then.
 */
export async function idsRecordedUntilKilled(
  dataDir: string,
  keyId: string,
  afterCalls: number,
): Promise<string[]> {
  const file = path.resolve("lib/testing/record-until-killed.ts");
  // The output goes to a file, which takes it at once. A pipe could be full, or lose its end with the process.
  const said = path.join(dataDir, "said");
  const output = fs.openSync(said, "w");
  const child = spawn(process.execPath, ["--import", "tsx", file, keyId], {
    env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdio: ["ignore", output, "inherit"],
  });
  const ended = once(child, "exit");
  while (fs.statSync(said).size < afterCalls * 37 && child.exitCode === null) await wait(5);
  child.kill("SIGKILL");
  await ended;
  fs.closeSync(output);
  return fs.readFileSync(said, "utf8").split("\n").slice(0, -1);
}
