import { FREEZE_HOURS } from "@/lib/access/api-keys/key/limits";
import { HOUR_MS, later } from "@/lib/platform/clock";

/** The instant at which a freeze that began at `frozenAt` turns into a revoke. Safe in a browser. */
export function freezeEnd(frozenAt: Date): Date {
  return later(frozenAt, FREEZE_HOURS * HOUR_MS);
}
