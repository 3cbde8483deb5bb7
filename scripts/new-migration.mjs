// Writes prisma/migrations/<time>_<name>/migration.sql: the SQL from the schema of HEAD to the current one.
// Usage: node scripts/new-migration.mjs <name>
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { register } from "tsx/esm/api";

register();
const { startEmbeddedDatabase } = await import("../lib/platform/database/embedded.ts");
const { diffSchemas } = await import("../lib/platform/database/schema-engine.ts");

const SCHEMA = "prisma/schema.prisma";
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Usage: node scripts/new-migration.mjs <name_in_snake_case>");
  process.exit(2);
}

const present = await readFile(SCHEMA, "utf8");
const database = await startEmbeddedDatabase("memory://");
const sql = await diffSchemas(database.url, committedSchema(), present);
await database.close();
const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
const folder = `prisma/migrations/${stamp}_${name}`;
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/migration.sql`, sql);
console.error(`Wrote ${folder}/migration.sql: read it before you commit it.`);

function committedSchema() {
  try {
    return execFileSync("git", ["show", `HEAD:${SCHEMA}`], { encoding: "utf8", stdio: "pipe" });
  } catch {
    return null;
  }
}
