import { readFile } from "node:fs/promises";
import { Client } from "pg";
import { expect, test } from "vitest";
import { startEmbeddedDatabase } from "@/lib/platform/database/embedded";
import { migrate, readMigrations } from "@/lib/platform/database/migrate";
import { applyMigrations, countDriftSteps } from "@/lib/platform/database/schema-engine";
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

test("a migration that fails leaves nothing behind, and a function in it may hold several statements", async () => {
  const database = await startEmbeddedDatabase("memory://");
  const whole = "DO $$ BEGIN CREATE TABLE one (id int); CREATE TABLE two (id int); END $$;";
  const broken = "CREATE TABLE three (id int); SELECT * FROM nowhere;";
  const apply = (name: string, sql: string) => applyMigrations(database.url, [{ name, sql }]);
  expect(await apply("20260101000000_whole", whole)).toEqual(["20260101000000_whole"]);
  await expect(apply("20260102000000_broken", broken)).rejects.toThrow("No such table: nowhere");
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT to_regclass('two') IS NOT NULL AS two, to_regclass('three') IS NOT NULL AS three",
  );
  expect(rows).toEqual([{ two: true, three: false }]);
  await client.end();
  await database.close();
});

test("the worker's database is migrated and empty", async () => {
  expect(await db().workspace.count()).toBe(0);
});
