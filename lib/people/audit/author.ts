import type { AuditActor } from "@/lib/people/audit/record";
import type { View } from "@/lib/people/auth/view";

/** The author of a change that keys and members can make alike, as the audit log names them. */
export function authorOf({ actor, workspaceId }: View): AuditActor {
  if (actor.kind === "member") return actor;
  const { keyName, address, userAgent } = actor;
  return { workspaceId, memberId: null, name: `API key ${keyName}`, address, userAgent };
}

/** The author that the audit log names where nobody pressed anything. */
export const POSTERN = { memberId: null, name: "Postern", address: null, userAgent: null };
