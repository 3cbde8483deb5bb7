import { lstat, readdir } from "node:fs/promises";
import path from "node:path";

/** The bytes of a file, or of all files below a folder. What vanishes meanwhile counts as nothing. */
export async function sizeOf(place: string): Promise<number> {
  const stat = await lstat(place).catch(() => null);
  if (!stat?.isDirectory()) return stat?.size ?? 0;
  const names = await readdir(place).catch(() => []);
  let bytes = 0;
  for (const name of names) bytes += await sizeOf(path.join(place, name));
  return bytes;
}
