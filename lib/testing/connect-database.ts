import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase, connectToEmbeddedDatabase } from "@/lib/db";
import { emptyDatabase } from "@/lib/testing/empty-database";

const url = inject("databaseUrls")[(Number(process.env.VITEST_POOL_ID) - 1) % 2];
if (!url) throw new Error("No database was started for this worker.");
if (inject("embedded")) connectToEmbeddedDatabase(url);
else process.env.DATABASE_URL = url;

const dataDir = mkdtempSync(path.join(tmpdir(), "postern-test-"));
process.env.DATA_DIR = dataDir;
process.env.AUTH_SECRET = "a secret of the tests, which is long enough";

beforeAll(emptyDatabase);

afterAll(async () => {
  await closeDatabase();
  rmSync(dataDir, { recursive: true, force: true });
});
