import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { PREPARED_DATA, startPostern } from "./postern";

/** Starts a Postern once before all stories and keeps its data directory, which theirs are copies of. */
export default async function prepareData(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "postern-prepared-"));
  const postern = await startPostern({ dataDir });
  if ((await postern.stop()) !== 0) throw new Error(`Postern did not stop:\n${postern.output()}`);
  // A secret belongs to one Postern alone.
  await rm(path.join(dataDir, "auth-secret"));
  // Workers inherit it.
  process.env[PREPARED_DATA] = dataDir;
  return async () => await rm(dataDir, { recursive: true, force: true });
}
