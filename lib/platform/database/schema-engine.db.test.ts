import { readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { databaseUrl } from "@/lib/platform/database/pool";

test("the engine works in a process that has loaded it before", async () => {
  const schema = await readFile("prisma/schema.prisma", "utf8");
  const sql: string[] = [];
  for (let times = 0; times < 2; times += 1) {
    vi.resetModules();
    const { diffSchemas } = await import("@/lib/platform/database/schema-engine");
    sql.push(await diffSchemas(databaseUrl(), null, schema));
  }
  expect(sql[0]).toContain('CREATE TABLE "api_key"');
  expect(sql[1]).toBe(sql[0]);
});
