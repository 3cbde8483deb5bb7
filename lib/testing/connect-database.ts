import "@/lib/testing/test-settings";

import { rmSync } from "node:fs";
import { afterAll, beforeAll, inject } from "vitest";
import { connectToEmbeddedDatabase } from "@/lib/platform/database/pool";
import { closeDatabase } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { emptyDatabase } from "@/lib/testing/empty-database";

const url = inject("databaseUrls")[(Number(process.env.VITEST_POOL_ID) - 1) % 2];
if (!url) throw new Error("No database was started for this worker.");
if (inject("embedded")) connectToEmbeddedDatabase(url);
else process.env.DATABASE_URL = url;

beforeAll(emptyDatabase);

afterAll(async () => {
  await closeDatabase();
  rmSync(env().DATA_DIR, { recursive: true, force: true });
});
