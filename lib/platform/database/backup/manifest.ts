import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";

/** The first file of a backup: what is in it. */
export const MANIFEST = "postern-backup.json";

/** The form of backups that this version writes. */
export const FORMAT = 1;

/** The version of Postgres that is built in. Its files are of no use to another. */
export const EMBEDDED_POSTGRES = 18;

const fileSchema = z.object({
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  madeAt: z.iso.datetime(),
  postgres: z.number().int(),
  /** The migrations that the database has seen. */
  migrations: z.array(z.string()),
  files: z.array(fileSchema),
});

/** The description of a backup, which is in it. */
export type Manifest = z.infer<typeof manifestSchema>;

/** The manifest in this text; null where it is none, or one of a form that this version does not know. */
export function readManifest(text: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Every file below `folder`, by its path from there, with the hash of its content. In the order of their paths. */
export async function hashFiles(folder: string): Promise<Manifest["files"]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const files: Manifest["files"] = [];
  for (const file of paths) {
    files.push({ path: file, sha256: await hashOf(path.join(folder, file)) });
  }
  return files;
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}
