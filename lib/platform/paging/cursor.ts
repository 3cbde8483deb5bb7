import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { authSecrets } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

const MAC_BYTES = 16;

/** A list of one workspace and environment. A cursor is valid only in the list that it was written for. */
export type List = { name: string; workspaceId: string; environment: string };

/** A signed cursor for `place` in this list. The signature shows when one is edited or of another list. */
export function writeCursor(list: List, place: string): string {
  const encoded = Buffer.from(place).toString("base64url");
  const [key = ""] = signingKeys();
  return `${encoded}.${sign(list, place, key).toString("base64url")}`;
}

/** The place that a cursor names, or null when we did not write it for this list. */
export function readCursor(list: List, cursor: string): string | null {
  const [encoded = "", mac = "", ...rest] = cursor.split(".");
  const place = Buffer.from(encoded, "base64url").toString("latin1");
  const given = Buffer.from(mac, "base64url");
  if (rest.length > 0 || given.length !== MAC_BYTES) return null;
  const isOurs = signingKeys().some((key) => timingSafeEqual(given, sign(list, place, key)));
  return isOurs ? place : null;
}

function sign({ name, workspaceId, environment }: List, place: string, key: string): Buffer {
  return createHmac("sha256", key)
    .update(`${name} cursor\n${workspaceId}\n${environment}\n${place}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** The keys of cursors, the one that signs first. Without `AUTH_SECRET`, cursors last only as long as the process. */
function signingKeys(): readonly string[] {
  const secrets = authSecrets();
  if (secrets.length > 0) return secrets;
  return [processWide("cursor-key", () => randomBytes(32).toString("base64url"))];
}
