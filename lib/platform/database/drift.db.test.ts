import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { migrate, readMigrations } from "@/lib/platform/database/migrate";
import { countDriftSteps } from "@/lib/platform/database/schema-engine";
import { db } from "@/lib/platform/database/unit-of-work";

test("the migrations lead from an empty database to exactly the schema, and do nothing twice", async () => {
  const database = await startEmbeddedDatabase("memory://");
  const all = (await readMigrations()).map(({ name }) => name);
  expect(await migrate(database.url, true)).toEqual(all);
  expect(await migrate(database.url, true)).toEqual([]);
  const schema = await readFile("prisma/schema.prisma", "utf8");
  expect(await countDriftSteps(database.url, schema)).toBe(0);
  const changed = schema.replace("model Contact {", "model Contact {\n  nickname String?");
  expect(await countDriftSteps(database.url, changed)).toBe(1);
  await database.close();
});

test("the worker's database is migrated and empty", async () => {
  expect(await db().workspace.count()).toBe(0);
});
