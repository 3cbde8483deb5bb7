import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { env, holdSecret } from "@/lib/platform/env";

/**
 * Gives this process the secret that signs sessions and seals secrets: the operator's, or one that is made once and kept
 * in the data directory. A file `auth-secret-previous` there stands for AUTH_SECRET_PREVIOUS.
 */
export async function holdAuthSecret(): Promise<void> {
  if (env().AUTH_SECRET) return;
  const file = path.join(env().DATA_DIR, "auth-secret");
  holdSecret("AUTH_SECRET", (await kept(file)) ?? (await make(file)));
  const previous = await kept(`${file}-previous`);
  if (previous) holdSecret("AUTH_SECRET_PREVIOUS", previous);
}

async function kept(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trim() || null;
}

async function make(file: string): Promise<string> {
  const secret = randomBytes(33).toString("base64");
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
