// The steps that a fresh clone needs before it can run. A step is skipped while its sources are unchanged.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const MARKS = "node_modules/.cache/postern";
const MINIMUM_NODE = [20, 19];
const BUNDLE = "dist";
/** The modules that `npm start` loads from the bundle; what they share is bundled once. */
const BUNDLE_ENTRIES = {
  server: "server.ts",
  env: "lib/platform/env.ts",
  openDataDir: "lib/platform/database/open-data-dir.ts",
  prepareDatabase: "lib/platform/database/prepare-database.ts",
  signUp: "lib/people/accounts/sign-up.ts",
  resetLink: "lib/people/accounts/print-reset-link.ts",
  secondFactorReset: "lib/people/members/print-second-factor-reset.ts",
  backup: "lib/platform/database/backup/print-backup.ts",
  restore: "lib/platform/database/backup/print-restore.ts",
  auditVerify: "lib/access/audit-log/print-verification.ts",
  seed: "prisma/seed.ts",
};
const BUNDLE_SOURCES = [
  "server.ts",
  "lib",
  "prisma/seed.ts",
  "prisma/schema.prisma",
  "scripts/prepare.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const BUILD_SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema.prisma",
  "next.config.mjs",
  "postcss.config.mjs",
  "tailwind.config.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** Prints one line of progress. */
export function say(line) {
  console.log(line);
}

/** Enters the project's folder, whatever folder this was started from. Ends the process on a Node that is too old. */
export function enterProjectFolder() {
  process.chdir(path.join(path.dirname(fileURLToPath(import.meta.url)), ".."));
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    say(`Postern needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

export async function installPackages() {
  await unlessUnchanged(
    "packages",
    ["package-lock.json"],
    existsSync("node_modules/next"),
    async () => {
      say("Installing packages (once, a minute or two)");
      // With the development packages, also in production: `npm test` may be next and needs them.
      await run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
    },
  );
}

export async function generateClient() {
  const sources = ["prisma/schema.prisma", "package-lock.json"];
  await unlessUnchanged("client", sources, existsSync("prisma/generated/client.ts"), async () => {
    say("Generating the database client");
    // The command downloads an engine that it does not use here, unless this names a file that exists.
    await run(process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    });
  });
}

/**
 * Bundles `server.ts` and everything it imports into a few plain files. Loading hundreds of files one by one
 * takes a second longer at every start.
 */
export async function bundleServer() {
  await unlessUnchanged("server", BUNDLE_SOURCES, existsSync(`${BUNDLE}/server.js`), async () => {
    say("Bundling the server");
    const { build, stop } = await import("esbuild");
    rmSync(BUNDLE, { recursive: true, force: true });
    await build({
      entryPoints: Object.values(BUNDLE_ENTRIES),
      outdir: BUNDLE,
      outbase: ".",
      bundle: true,
      splitting: true,
      packages: "external",
      platform: "node",
      target: `node${MINIMUM_NODE.join(".")}`,
      format: "esm",
      sourcemap: true,
      logLevel: "silent",
    });
    // Its process would stay as long as this one, with 75 MB.
    await stop();
  });
}

/** Loads the module of this name from the bundle. */
export async function loadBundled(name) {
  return await import(`../${BUNDLE}/${BUNDLE_ENTRIES[name].replace(/\.ts$/, ".js")}`);
}

export async function buildPages() {
  await unlessUnchanged("build", BUILD_SOURCES, existsSync(".next/BUILD_ID"), async () => {
    say("Building the pages (once per change, about a minute)");
    await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    });
    await compressFiles(".next/static");
  });
}

/** Lays compressed copies beside the scripts and styles in a folder, which the server hands out as they are. */
async function compressFiles(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    /\.(?:js|css)$/.test(name),
  );
  await Promise.all(
    files.map(async (name) => {
      const file = path.join(folder, name);
      const content = await readFile(file);
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
    }),
  );
}

/** Runs a command and resolves to its output. Rejects with the output when the command fails. */
export function run(command, args, extraEnv = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...extraEnv },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && command === "npm",
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${output}`));
    });
  });
}

async function unlessUnchanged(name, sources, madeBefore, make) {
  const fingerprint = fingerprintOf(sources);
  const mark = path.join(MARKS, name);
  if (madeBefore && existsSync(mark) && readFileSync(mark, "utf8") === fingerprint) return;
  await make();
  mkdirSync(MARKS, { recursive: true });
  writeFileSync(mark, fingerprint);
}

function fingerprintOf(sources) {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(filesBelow)) hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

function filesBelow(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}
