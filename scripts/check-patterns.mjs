// Finds regular expressions whose time grows faster than the text they run on. A stranger chooses the text, so such
// a pattern stops the server for everybody. Part of `npm test`; by itself: `node scripts/check-patterns.mjs`.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { check } from "recheck";
import ts from "typescript";
import { regexes } from "zod";
import { enterProjectFolder, say } from "./prepare.mjs";

const FOLDERS = ["app", "components", "lib"];
const FILES = ["server.ts", "next.config.mjs"];
const SOURCE = /\.(?:ts|tsx|mjs)$/;
const TESTS = /\.test\.tsx?$|^lib\/testing\//;
/** Finds the same each time, also where it tries texts instead of proving. */
const SETTINGS = { timeout: 60_000, randomSeed: 1 };

/** The patterns that zod runs on input for the formats that our schemas name. */
const OF_ZOD = [regexes.email, regexes.date, regexes.datetime({ offset: true })];

enterProjectFolder();
const sources = [...FILES, ...FOLDERS.flatMap(sourcesIn)].sort();
const found = [
  ...sources.flatMap(patternsIn),
  ...OF_ZOD.map(({ source, flags }) => ({ at: "zod", source, flags })),
];
const faults = [];
const verdicts = new Map();
for (const { at, source, flags } of found) {
  if (source === null) {
    faults.push(`${at}: made at run time, so nobody can check it. Write it as a literal.`);
    continue;
  }
  const name = `/${source}/${flags}`;
  if (!verdicts.has(name)) verdicts.set(name, await check(source, flags, SETTINGS));
  const { status, complexity, error } = verdicts.get(name);
  if (status !== "safe") {
    faults.push(`${at}: ${name}: ${complexity?.summary ?? error?.kind ?? status}`);
  }
}
for (const fault of faults) say(`✗ ${fault}`);
say(`${verdicts.size} patterns in ${sources.length} files, ${faults.length} faults`);
// A check that sees nothing finds nothing.
process.exit(faults.length === 0 && verdicts.size > 50 ? 0 : 1);

function sourcesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((file) => SOURCE.test(file) && !TESTS.test(file));
}

/** The regular expressions of a file, with their places. One that is no literal has no source. */
function patternsIn(file) {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const patterns = [];
  const visit = (node) => {
    const at = `${file}:${tree.getLineAndCharacterOfPosition(node.pos).line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      patterns.push({ at, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    const made = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (made && node.expression.getText(tree) === "RegExp") {
      patterns.push({ at, source: null, flags: "" });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return patterns;
}
