import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

const SOURCE = `type Word = string;

export const fail = (): Word => {
  throw new Error("no");
};
`;

/** Prints the trace of an error from the bundle, and of one from elsewhere. */
const PROGRAM = `
  const { traceToSources } = await import(process.argv[1]);
  traceToSources(process.argv[2]);
  const { fail } = await import(process.argv[2] + "fails.js");
  for (const work of [fail, () => JSON.parse("{")]) {
    try { work(); } catch (error) { console.log(error.stack); }
  }`;

test("an error from the bundle names the line of its source, and one from elsewhere its own", async () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "postern-trace-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const source = path.join(folder, "fails.ts");
  writeFileSync(source, SOURCE);
  const outfile = path.join(folder, "out/fails.js");
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: "esm",
    sourcemap: true,
    banner: { js: "// The bundle's lines are not the source's.\n" },
  });
  writeFileSync(path.join(folder, "out/package.json"), '{"type":"module"}');
  const args = [path.resolve("scripts/trace-to-sources.mjs"), path.join(folder, "out/")];
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", PROGRAM, ...args], {
    encoding: "utf8",
  });
  const [ours = "", other = ""] = printed.split(/^(?=SyntaxError)/m);
  expect(ours).toMatch(/^Error: no\n {4}at /);
  expect(ours).toContain(`${source}:4:9`);
  expect(other).toMatch(/^SyntaxError: .+\n {4}at JSON\.parse/);
  expect(other).not.toContain(folder);
});
