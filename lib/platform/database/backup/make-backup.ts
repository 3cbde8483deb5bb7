import { existsSync } from "node:fs";
import { link, mkdir, rename, rm, statfs, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DATA, readArchive, writeArchive } from "@/lib/platform/database/backup/archive";
import { copyData } from "@/lib/platform/database/backup/copy-data";
import {
  EMBEDDED_POSTGRES,
  FORMAT,
  hashFiles,
  MANIFEST,
  type Manifest,
} from "@/lib/platform/database/backup/manifest";
import { migrationsIn } from "@/lib/platform/database/backup/open-copy";
import { sizeOf } from "@/lib/platform/database/backup/size-of";
import { DataDirInUseError, lockDataDir } from "@/lib/platform/database/data-dir-lock";
import { formatBytes } from "@/lib/platform/format/number";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** The figures of a backup. */
export type Backup = {
  /** The bytes that the data takes, and those that the file takes. */
  dataBytes: number;
  fileBytes: number;
  /** The time for which the database was held. */
  heldMs: number;
};

type Refusal = "file_exists" | "no_folder" | "no_space" | "under_way";

/** Space that a backup leaves on the disk of the data directory, where calls are written too. */
const SPACE_LEFT_BYTES = 256 * 1_048_576;

/**
 * Backs the data directory up into a new `file`, while the embedded database behind `url` runs. It copies the data within
 * the data directory, opens the copy as a database to see that it is one, packs it, and reads the packed file back. The
 * file gets its name when all of that is done; nothing is ever written over. Throws where a step fails.
 */
export async function makeBackup(
  dataDir: string,
  url: string,
  file: string,
  now: Date,
): Promise<Result<Backup, Refusal>> {
  if (existsSync(file)) return fileExists(file);
  if (!existsSync(path.dirname(file))) {
    return fail("no_folder", `There is no folder ${path.dirname(file)}: make it first.`);
  }
  const staging = path.join(dataDir, "backing-up");
  const release = await lockDataDir(staging).catch((error: unknown) => {
    if (error instanceof DataDirInUseError) return null;
    throw error;
  });
  if (!release) return fail("under_way", "Another backup of this data directory is under way.");
  const unfinished = `${file}.unfinished`;
  try {
    // A backup that was killed may have left these. They are not of the data, and take the space that this one needs.
    for (const left of [path.join(staging, DATA), path.join(staging, MANIFEST), unfinished]) {
      await rm(left, { recursive: true, force: true });
    }
    const dataBytes = await sizeOf(dataDir);
    const neededBytes = dataBytes + SPACE_LEFT_BYTES;
    if ((await freeBytes(dataDir)) < neededBytes) {
      return fail(
        "no_space",
        `The backup is put together in ${dataDir}, which takes ${formatBytes(neededBytes)} of free space there.`,
      );
    }
    const heldMs = await stage(dataDir, url, staging, now);
    await writeArchive(staging, unfinished);
    const fileBytes = await checked(unfinished);
    return (await nameIt(unfinished, file))
      ? ok({ dataBytes, fileBytes, heldMs })
      : fileExists(file);
  } finally {
    await rm(unfinished, { force: true });
    await release();
    await rm(staging, { recursive: true, force: true });
  }
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Puts the copy and its manifest into `staging`. Returns how long the database was held, in milliseconds. */
async function stage(dataDir: string, url: string, staging: string, now: Date): Promise<number> {
  const data = path.join(staging, DATA);
  await mkdir(data, { mode: 0o700 });
  const heldMs = await copyData(dataDir, url, data);
  const migrations = await migrationsIn(path.join(data, "postgres"));
  const manifest: Manifest = {
    format: FORMAT,
    madeAt: now.toISOString(),
    postgres: EMBEDDED_POSTGRES,
    migrations,
    files: await hashFiles(data),
  };
  await writeFile(path.join(staging, MANIFEST), JSON.stringify(manifest), { mode: 0o600 });
  return heldMs;
}

/** Reads the packed file back. Throws where it is not what was packed. Returns its size in bytes. */
async function checked(file: string): Promise<number> {
  const { manifest, files } = await readArchive(file);
  if (!manifest || !isDeepStrictEqual(manifest.files, files)) {
    throw new Error(`${file} does not hold what was written to it.`);
  }
  return await sizeOf(file);
}

/** Gives the finished file its name; false where another file has got it meanwhile. */
async function nameIt(unfinished: string, file: string): Promise<boolean> {
  try {
    await link(unfinished, file);
    await unlink(unfinished);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // A file system without links, such as a share of Windows.
    if (existsSync(file)) return false;
    await rename(unfinished, file);
    return true;
  }
}

function fileExists(file: string): Failure<"file_exists"> {
  return fail(
    "file_exists",
    `${file} exists already. A backup is never written over: name another.`,
  );
}
