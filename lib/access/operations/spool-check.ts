import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/platform/env";

/** As much as a call's line may need, so that it does not fit where a disk has less left. */
const PROBE = Buffer.alloc(4_096);

/** Resolves when the folder of the spool takes a file. Rejects when it does not: then calls cannot be put on record. */
export async function checkSpool(): Promise<void> {
  const folder = path.join(env().DATA_DIR, "spool");
  const file = path.join(folder, "readiness");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, PROBE, { mode: 0o600 });
  await rm(file, { force: true });
}
