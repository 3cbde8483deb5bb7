import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Tests, benches and faults look at the tables themselves, to see what the product stored. */
const PRODUCT = ["app", "components", "lib", "prisma", "scripts"];
const NO_SOURCES = /\.test\.tsx?$|^prisma\/(generated|migrations)\//;
const WRITING = "lib/access/activity/recording/";
const READING = "lib/access/activity/reading/";
const JOINED = `${READING}joined/`;

const SCALE = readFileSync("docs/scale.md", "utf8");

/** The tables of the schema, and the names by which Prisma knows them. */
const TABLES = readFileSync("prisma/schema.prisma", "utf8")
  .split(/^model /m)
  .slice(1)
  .map((text) => ({
    model: (/^\w+/.exec(text)?.[0] ?? "").replace(/^./, (first) => first.toLowerCase()),
    table: /@@map\("(\w+)"\)/.exec(text)?.[1] ?? "",
  }));

/** The tables of calls and counts that `storeBatch` fills. */
const ACTIVITY = TABLES.filter(({ table }) => /^(activity|unrecognised_calls)(_|$)/.test(table));
const OTHERS = TABLES.filter((one) => !ACTIVITY.includes(one));

/** True where a statement in this text is about one of these tables. */
function namesInSql(text: string, tables: typeof TABLES): boolean {
  const names = tables.map(({ table }) => table).join("|");
  return new RegExp(`\\b(?:FROM|JOIN|INTO|UPDATE|TABLE|ONLY|USING)\\s+"?(?:${names})\\b`).test(
    text,
  );
}

/** True where this text reads or writes activity, or has a name that nothing but one of its tables has. */
function namesActivity(text: string): boolean {
  const models = ACTIVITY.map(({ model }) => model).join("|");
  const unmistakable = ACTIVITY.map(({ table }) => table).filter((table) => table.includes("_"));
  return (
    namesInSql(text, ACTIVITY) ||
    new RegExp(`\\.\\s*(?:${models})\\s*\\.\\s*\\w+\\(`).test(text) ||
    new RegExp(`\\b(?:${unmistakable.join("|")}|activity_default)\\b`).test(text)
  );
}

function sources(): string[] {
  const below = PRODUCT.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) =>
      path.join(folder, file),
    ),
  );
  return ["server.ts", ...below].filter(
    (file) => /\.(ts|tsx|mjs)$/.test(file) && !NO_SOURCES.test(file),
  );
}

test.each([
  ["a statement", "SELECT id FROM activity WHERE TRUE"],
  ["a join", "FROM api_key\n  JOIN activity USING (key_id)"],
  ["a partition", "LOCK TABLE activity_default"],
  ["a count", `const table = "activity_route_hour"`],
  ["Prisma's model", "await reader().activity\n    .findFirst({})"],
  ["Prisma's model of a count", "tx.activityHour.count()"],
])("%s is seen", (_, text) => {
  expect(namesActivity(text)).toBe(true);
});

test.each([
  ["prose", "// What a key did, from activity on. It is in the table activity."],
  ["an import", `import { ok } from "@/lib/access/activity/reading/usage";`],
  ["a permission", `can(actor, "activity.read_all")`],
  ["another table", "SELECT id FROM api_key"],
])("%s is not taken for it", (_, text) => {
  expect(namesActivity(text)).toBe(false);
});

test("only the writing and the reading room of activity name its tables", () => {
  expect(ACTIVITY).toHaveLength(7);
  const files = sources();
  expect(files.length).toBeGreaterThan(1_000);
  const naming = files.filter((file) => namesActivity(readFileSync(file, "utf8")));
  expect(naming.filter((file) => file.startsWith(READING)).length).toBeGreaterThan(10);
  expect(naming.filter((file) => !file.startsWith(WRITING) && !file.startsWith(READING))).toEqual(
    [],
  );
});

test("statements of activity that read other tables stand in one folder, and docs/scale.md says why each does", () => {
  const reading = sources().filter((file) => file.startsWith(READING));
  const mixed = reading.filter((file) => namesInSql(readFileSync(file, "utf8"), OTHERS));
  expect(mixed.filter((file) => !file.startsWith(JOINED))).toEqual([]);
  const joined = readdirSync(JOINED).map((file) => path.basename(file, ".ts"));
  expect(joined.length).toBeGreaterThan(0);
  expect(joined.filter((name) => !SCALE.includes(`\`${name}\``))).toEqual([]);
});
