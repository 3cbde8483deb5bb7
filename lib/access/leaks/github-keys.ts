import { createPublicKey, type KeyObject } from "node:crypto";
import { z } from "zod";
import { MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** How soon after the last time GitHub is asked again for keys: whoever makes identifiers up must not make us ask. */
const ASK_AGAIN_MS = MINUTE_MS;
const PATIENCE_MS = 5 * SECOND_MS;
const ANSWER_MAX_BYTES = 262_144;

/** GitHub's list of public keys: PEM text by identifier. */
const listSchema = z.object({
  public_keys: z
    .array(z.object({ key_identifier: z.string().max(200), key: z.string().max(2_000) }))
    .max(100),
});

type Known = {
  keys: ReadonlyMap<string, KeyObject>;
  askedAtMs: number;
  /** The question that is under way: others wait for the same answer. */
  asking: Promise<void> | null;
};

/**
 * The public key of this identifier, or null where GitHub has none, or can't be asked. Known keys are kept; for an
 * unknown one GitHub is asked, at most once a minute.
 */
export async function githubKey(identifier: string, now: Date): Promise<KeyObject | null> {
  const known = knownKeys();
  const found = known.keys.get(identifier);
  if (found) return found;
  if (!known.asking && now.getTime() - known.askedAtMs >= ASK_AGAIN_MS) {
    known.askedAtMs = now.getTime();
    known.asking = ask(known).finally(() => {
      known.asking = null;
    });
  }
  await known.asking;
  return known.keys.get(identifier) ?? null;
}

async function ask(known: Known): Promise<void> {
  const url = env().GITHUB_SECRET_SCANNING_KEYS_URL;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const headers = { accept: "application/json", "user-agent": "Postern" };
    const response = await fetch(url, { redirect: "error", signal, headers });
    if (!response.ok) throw new Error(`It answered ${response.status}.`);
    const list = listSchema.parse(JSON.parse(await boundedText(response)));
    known.keys = new Map(list.public_keys.flatMap(asKey));
  } catch (error) {
    log.warn({ err: error, url }, "GitHub's public keys could not be read");
  }
}

/** A key on the curve that GitHub signs with; any other is passed over. */
function asKey({ key_identifier, key }: z.infer<typeof listSchema>["public_keys"][number]) {
  try {
    const read = createPublicKey(key);
    const isP256 = read.asymmetricKeyDetails?.namedCurve === "prime256v1";
    return isP256 ? [[key_identifier, read] as const] : [];
  } catch {
    return [];
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_MAX_BYTES) throw new Error("The answer is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function knownKeys(): Known {
  return processWide("github-keys", () => {
    return { keys: new Map(), askedAtMs: Number.NEGATIVE_INFINITY, asking: null };
  });
}
