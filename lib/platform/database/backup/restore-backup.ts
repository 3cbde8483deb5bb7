import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DATA, readArchive, unpackArchive } from "@/lib/platform/database/backup/archive";
import { OF_THE_PROCESS } from "@/lib/platform/database/backup/copy-data";
import {
  EMBEDDED_POSTGRES,
  hashFiles,
  type Manifest,
} from "@/lib/platform/database/backup/manifest";
import { migrationsIn } from "@/lib/platform/database/backup/open-copy";
import { DataDirInUseError, lockDataDir } from "@/lib/platform/database/data-dir-lock";
import { readMigrations } from "@/lib/platform/database/migrate";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type Refusal = "not_found" | "not_empty" | "in_use" | "damaged" | "wrong_version";

/** Names that an empty data directory may have: file systems put the second one into each volume. */
const NOTHING = new Set([...OF_THE_PROCESS, "lost+found"]);

/**
 * Restores a backup into a data directory that is new or empty. It reads the whole backup first, unpacks it within the
 * data directory, and opens the database in it; only then does the data get its place, the database last. Whatever it
 * refuses leaves the data directory as it was.
 */
export async function restoreBackup(
  file: string,
  dataDir: string,
): Promise<Result<{ madeAt: Date }, Refusal>> {
  if (!existsSync(file)) return fail("not_found", `There is no file ${file}.`);
  if (await hasData(dataDir)) return notEmpty(dataDir);
  const manifest = await manifestOf(file);
  if ("code" in manifest) return manifest;
  const refusal = await refuseVersion(manifest);
  if (refusal) return refusal;
  const release = await lockDataDir(dataDir).catch((error: unknown) => {
    if (error instanceof DataDirInUseError) return null;
    throw error;
  });
  if (!release) return fail("in_use", `Another Postern is running on ${dataDir}. Stop it first.`);
  const unpacked = path.join(dataDir, "restoring");
  try {
    if (await hasData(dataDir)) return notEmpty(dataDir);
    // A restore that was killed may have left this.
    await rm(unpacked, { recursive: true, force: true });
    await mkdir(unpacked, { mode: 0o700 });
    await unpackArchive(file, unpacked);
    const data = path.join(unpacked, DATA);
    if (!isDeepStrictEqual(await hashFiles(data), manifest.files)) return damaged(file);
    await migrationsIn(path.join(data, "postgres"));
    await takePlace(data, dataDir);
    return ok({ madeAt: new Date(manifest.madeAt) });
  } finally {
    await rm(unpacked, { recursive: true, force: true });
    await release();
  }
}

async function hasData(dataDir: string): Promise<boolean> {
  if (!existsSync(dataDir)) return false;
  return (await readdir(dataDir)).some((name) => !NOTHING.has(name));
}

/** The manifest of a backup that is whole. */
async function manifestOf(file: string): Promise<Manifest | Failure<"damaged" | "wrong_version">> {
  const contents = await readArchive(file).catch(() => null);
  if (!contents) return damaged(file);
  const { manifest, files } = contents;
  if (!manifest) {
    return fail(
      "wrong_version",
      `${file} is no backup that this version of Postern can read. Restore it with the version that made it, then upgrade.`,
    );
  }
  return isDeepStrictEqual(manifest.files, files) ? manifest : damaged(file);
}

async function refuseVersion(manifest: Manifest): Promise<Failure<"wrong_version"> | null> {
  if (manifest.postgres !== EMBEDDED_POSTGRES) {
    return fail(
      "wrong_version",
      `The backup has the files of Postgres ${manifest.postgres}, and this version of Postern has Postgres ${EMBEDDED_POSTGRES} built in. Restore it with the version that made it.`,
    );
  }
  const known = new Set((await readMigrations()).map(({ name }) => name));
  const unknown = manifest.migrations.find((name) => !known.has(name));
  if (!unknown) return null;
  return fail(
    "wrong_version",
    `A newer version of Postern made the backup (this one does not know ${unknown}). Restore it with that version.`,
  );
}

/** Moves the data to its place. The database comes last: a data directory without one is as good as empty. */
async function takePlace(data: string, dataDir: string): Promise<void> {
  const names = await readdir(data);
  for (const name of names.filter((one) => one !== "postgres")) {
    await rename(path.join(data, name), path.join(dataDir, name));
  }
  await rename(path.join(data, "postgres"), path.join(dataDir, "postgres"));
}

function notEmpty(dataDir: string): Failure<"not_empty"> {
  return fail(
    "not_empty",
    `${dataDir} has data in it, and a restore writes over nothing. Set DATA_DIR to a new folder.`,
  );
}

function damaged(file: string): Failure<"damaged"> {
  return fail("damaged", `${file} is damaged or no backup of Postern. Nothing was restored.`);
}
