import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

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
  const child = spawn(process.execPath, ["--import", "tsx", file, keyId], {
    env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (output.length > afterCalls * 37) child.kill("SIGKILL");
  });
  await once(child, "close");
  return output.split("\n").slice(0, -1);
}
