import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";

/** What the member may do with a finding itself, apart from its remedy. */
export function mayOf({ canAct, closedAt, dismissal }: ShownFinding): "dismiss" | "restore" | null {
  if (!canAct || closedAt) return null;
  return dismissal ? "restore" : "dismiss";
}
