import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";

/** The deed that the member may do to a finding itself, apart from its remedy. */
export function mayOf({ canAct, closedAt, dismissal }: ShownFinding): "dismiss" | "restore" | null {
  if (!canAct || closedAt) return null;
  return dismissal ? "restore" : "dismiss";
}
