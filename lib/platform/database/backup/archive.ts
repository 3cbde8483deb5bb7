import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import path from "node:path";
import { create, extract, list, type ReadEntry } from "tar";
import { MANIFEST, type Manifest, readManifest } from "@/lib/platform/database/backup/manifest";

/** The folder of a backup that holds what the data directory held. */
export const DATA = "data";

/** A backup as it was read: its manifest, null where it has none that can be read, and what is really in it. */
type Contents = { manifest: Manifest | null; files: Manifest["files"] };

/** The longest manifest that is read, in bytes: one of a hundred thousand files. */
const MANIFEST_MAX_BYTES = 16 * 1_048_576;

/** Writes the manifest and the data in `folder` into a new `file` that only this user may read, onto the disk itself. */
export async function writeArchive(folder: string, file: string): Promise<void> {
  // Made first, so that at no moment anybody else may read it.
  const handle = await open(file, "wx", 0o600);
  try {
    await create({ file, cwd: folder, gzip: true, strict: true }, [MANIFEST, DATA]);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Reads a backup to its end without writing anything. Throws where it is damaged. */
export async function readArchive(file: string): Promise<Contents> {
  const contents: Contents = { manifest: null, files: [] };
  const reading: Promise<void>[] = [];
  await list({
    file,
    strict: true,
    onReadEntry: (entry) => {
      if (entry.path === MANIFEST) reading.push(readInto(contents, entry));
      else if (entry.type === "File") reading.push(hashInto(contents, entry));
    },
  });
  await Promise.all(reading);
  contents.files.sort((one, other) => (one.path < other.path ? -1 : 1));
  return contents;
}

/** Unpacks the data of a backup into `folder`: files and folders alone. Throws where it is damaged. */
export async function unpackArchive(file: string, folder: string): Promise<void> {
  await extract({
    file,
    cwd: folder,
    strict: true,
    preserveOwner: false,
    filter: (_, entry) => "type" in entry && ["File", "Directory"].includes(entry.type),
  });
}

async function readInto(contents: Contents, entry: ReadEntry): Promise<void> {
  if (entry.size > MANIFEST_MAX_BYTES) return;
  const parts: Buffer[] = [];
  for await (const part of entry) parts.push(Buffer.from(part));
  contents.manifest = readManifest(Buffer.concat(parts).toString("utf8"));
}

async function hashInto(contents: Contents, entry: ReadEntry): Promise<void> {
  const hash = createHash("sha256");
  for await (const part of entry) hash.update(part);
  const file = path.posix.relative(DATA, entry.path);
  contents.files.push({ path: file, sha256: hash.digest("hex") });
}
