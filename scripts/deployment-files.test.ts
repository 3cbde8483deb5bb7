import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** The files that an operator copies commands from. Nothing else here runs them. */
const FILES = [
  "Dockerfile",
  "compose.yaml",
  "deploy/postern.service",
  "deploy/postern-part.conf",
  ".github/workflows/ci.yml",
  "docs/operations.md",
];

const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));

test.each(FILES)("the scripts that %s runs are there", (file) => {
  const text = readFileSync(file, "utf8");
  const files = [...text.matchAll(/scripts\/[\w-]+\.mjs/g)].map(([name]) => name);
  expect(files.filter((name) => !existsSync(name))).toEqual([]);
  const names = [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name]) => name);
  expect(names.filter((name) => !(name && name in scripts))).toEqual([]);
  const own = [...text.matchAll(/\bdeploy\/[\w.-]+\b/g)].map(([name]) => name);
  // The files with secrets are copied from those beside them.
  const copied = (name: string) => existsSync(`${name}.example`);
  expect(own.filter((name) => !existsSync(name) && !copied(name))).toEqual([]);
});

test("the processes of compose.yaml share no data directory", () => {
  const volumes = readFileSync("compose.yaml", "utf8").match(/volumes: \["[\w-]+:\/data"\]/g) ?? [];
  expect(volumes).toHaveLength(3);
  expect(new Set(volumes).size).toBe(3);
});

test("every link of docs/operations.md into itself has a heading", () => {
  const page = readFileSync("docs/operations.md", "utf8");
  const readme = readFileSync("README.md", "utf8");
  const anchors = new Set(
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, "")
        .replaceAll(" ", "-"),
    ),
  );
  const links = [
    ...[...page.matchAll(/\]\(#([\w-]+)\)/g)].map(([, anchor = ""]) => anchor),
    ...[...readme.matchAll(/docs\/operations\.md#([\w-]+)/g)].map(([, anchor = ""]) => anchor),
  ];
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  const files = [...page.matchAll(/\]\((\.\.?\/[^)#]+)/g)].map(([, file = ""]) => file);
  expect(files.filter((file) => !existsSync(path.join("docs", file)))).toEqual([]);
});
