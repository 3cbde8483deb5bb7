import { EXPIRING_SOON_DAYS, FREEZE_HOURS } from "@/lib/access/api-keys/key/limits";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";

/** The statuses of a key. Where several apply, the first one is shown. Safe in a browser. */
export const KEY_STATUSES = [
  "revoked",
  "expired",
  "frozen",
  "paused",
  "rotating",
  "expiring",
  "active",
] as const;

export type KeyStatus = (typeof KEY_STATUSES)[number];

/** The label of each status in pills and filters. */
export const STATUS_WORDS: Record<KeyStatus, string> = {
  revoked: "Revoked",
  expired: "Expired",
  frozen: "Frozen",
  paused: "Paused",
  rotating: "Rotating",
  expiring: "Expiring soon",
  active: "Active",
};

/** The facts that decide a key's status. `retiringUntil` is the end of its retiring secret, if it has one. */
export type KeyState = {
  revokedAt: Date | null;
  expiresAt: Date | null;
  pausedAt: Date | null;
  frozenAt: Date | null;
  retiringUntil: Date | null;
};

/** The status of a key at `now`: the reason it does not work, else what needs attention, else active. */
export function keyStatus(key: KeyState, now: Date): KeyStatus {
  if (key.revokedAt) return "revoked";
  if (key.expiresAt && key.expiresAt <= now) return "expired";
  if (key.frozenAt) return "frozen";
  if (key.pausedAt) return "paused";
  if (key.retiringUntil && key.retiringUntil > now) return "rotating";
  if (key.expiresAt && key.expiresAt <= expiringSoonBy(now)) return "expiring";
  return "active";
}

/** The instant before which an expiry counts as soon. */
export function expiringSoonBy(now: Date): Date {
  return later(now, EXPIRING_SOON_DAYS * DAY_MS);
}

/** The instant at which a freeze that began at `frozenAt` turns into a revoke. */
export function freezeEnd(frozenAt: Date): Date {
  return later(frozenAt, FREEZE_HOURS * HOUR_MS);
}

/** Whether calls with this status get through the gate. */
export function isWorking(status: KeyStatus): boolean {
  return status === "active" || status === "rotating" || status === "expiring";
}

/** The state of a secret: current, still working beside the current one, or ended. */
export type SecretState = "current" | "retiring" | "retired";

/** The state of a secret at `now`, from the instant it ends. */
export function secretState(secret: { retiresAt: Date | null }, now: Date): SecretState {
  if (secret.retiresAt === null) return "current";
  return secret.retiresAt > now ? "retiring" : "retired";
}
