import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { KeyActor } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";

/** A place in a list of contacts: by id, or by time of change and then id. */
export type Position = { order: "id"; id: string } | { order: "updated"; at: Date; id: string };

const MAC_BYTES = 16;
const PAYLOAD = /^(?:i|u(\d{1,15})):(con_[0-9a-z]{26})$/;

/**
 * A cursor that leads back to `position` in this workspace and environment only. Signed, so that an edited
 * or foreign one is noticed instead of quietly skipping or repeating contacts.
 */
export function writeCursor(actor: KeyActor, position: Position): string {
  const payload =
    position.order === "id" ? `i:${position.id}` : `u${position.at.getTime()}:${position.id}`;
  const encoded = Buffer.from(payload).toString("base64url");
  return `${encoded}.${sign(actor, payload).toString("base64url")}`;
}

/** The place a cursor leads to, or null when we did not write it for this workspace and environment. */
export function readCursor(actor: KeyActor, cursor: string): Position | null {
  const [encoded = "", mac = "", ...rest] = cursor.split(".");
  const payload = Buffer.from(encoded, "base64url").toString("latin1");
  const match = PAYLOAD.exec(payload);
  const id = match?.[2];
  if (!id || rest.length > 0 || !isSignedBy(actor, payload, mac)) return null;
  const milliseconds = match[1];
  if (milliseconds === undefined) return { order: "id", id };
  return { order: "updated", at: new Date(Number(milliseconds)), id };
}

function isSignedBy(actor: KeyActor, payload: string, mac: string): boolean {
  const given = Buffer.from(mac, "base64url");
  return given.length === MAC_BYTES && timingSafeEqual(given, sign(actor, payload));
}

function sign({ workspaceId, environment }: KeyActor, payload: string): Buffer {
  return createHmac("sha256", signingKey())
    .update(`contacts cursor\n${workspaceId}\n${environment}\n${payload}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** Without a secret of the operator's, cursors live as long as the process. */
function signingKey(): string {
  return (
    env().AUTH_SECRET ?? processWide("cursor-key", () => randomBytes(32).toString("base64url"))
  );
}
