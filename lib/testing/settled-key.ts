import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

/** A person who owns a workspace, and the secret of its one key, which has a habit. */
export type SettledKey = {
  person: { name: string; email: string; password: string };
  secret: string;
};

/**
 * Gives the Postern of a data directory, which does not run now, a person and a key. A tool has called with the key
 * from `address` every hour for four weeks, and its habit is learned from these calls as the product does it.
 */
export async function givenSettledKey(
  dataDir: string,
  { name, address }: { name: string; address: string },
): Promise<SettledKey> {
  const file = path.resolve("lib/testing/settle-key.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file, name, address], {
    env: { ...process.env, DATABASE_URL: "", DATA_DIR: dataDir, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  const [settled] = (await Promise.race([
    once(child, "message"),
    ended.then(() => Promise.reject(new Error("The key was not given."))),
  ])) as [SettledKey];
  await ended;
  return settled;
}
