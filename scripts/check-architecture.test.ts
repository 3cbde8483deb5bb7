import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";

const SOURCES = ["app", "components", "lib", "prisma", "docs", "scripts"];
const SETTINGS = ["tsconfig.json", "package.json", ".dependency-cruiser.cjs", "next.config.mjs"];

const copy = mkdtempSync(path.join(tmpdir(), "postern-architecture-"));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const PLANTED = {
  "lib/platform/paging/planted.ts":
    'import { eventName } from "@/lib/mail/names";\nexport const planted = eventName;\n',
  // No file of these is in a circle; their folders are.
  "lib/mail/templates/planted.ts":
    'import { listEvents } from "@/lib/mail/events/list-events";\nexport const planted = listEvents;\n',
  "lib/mail/templates/planted-limit.ts": "export const plantedLimit = 1;\n",
  "lib/mail/events/planted.ts":
    'import { plantedLimit } from "@/lib/mail/templates/planted-limit";\nexport const planted = plantedLimit;\n',
  "lib/platform/planted.ts": "export const planted = 1;\n",
};

test("an upward import, a circle of folders and an undrawn room fail the check, and nothing else does", () => {
  for (const name of [...SOURCES, "server.ts", ...SETTINGS]) {
    cpSync(name, path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.resolve("node_modules"), path.join(copy, "node_modules"));
  for (const [file, text] of Object.entries(PLANTED)) writeFileSync(path.join(copy, file), text);

  const script = path.join(copy, "scripts/check-architecture.mjs");
  const { status, stdout } = spawnSync(process.execPath, [script], { encoding: "utf8" });
  const faults = stdout.split("\n").filter((line) => line.startsWith("✗"));

  expect(faults).toEqual([
    expect.stringContaining("lib/platform/planted is not drawn"),
    expect.stringContaining("lib/platform/paging/planted.ts → lib/mail/names.ts"),
    "✗ no-circle-of-rooms: lib/mail/events ⇄ lib/mail/templates",
  ]);
  expect(stdout).toMatch(/^lib\/mail .*contacts\/ \d+/m);
  expect(status).toBe(1);
}, 120_000);
