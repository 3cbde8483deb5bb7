import { afterAll, beforeAll, inject } from "vitest";
import { connectToEmbeddedDatabase } from "@/lib/platform/database/pool";
import { emptyDatabase } from "@/lib/testing/empty-database";
import { endOfFile } from "@/lib/testing/end-of-file";

const urls = inject("databaseUrls");
const url = urls[(Number(process.env.VITEST_POOL_ID) - 1) % urls.length];
if (!url) throw new Error("No database was started for this worker.");
if (inject("embedded")) connectToEmbeddedDatabase(url);
else process.env.DATABASE_URL = url;

beforeAll(emptyDatabase);
afterAll(endOfFile);
