import type { MemberActor } from "@/lib/people/auth/actor";
import { can, canManageKey } from "@/lib/people/auth/permissions";
import type { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** The columns of an incident that pages show. */
export const incidentSelect = {
  id: true,
  openedAt: true,
  openedBy: true,
  handedAt: true,
  since: true,
  replacementId: true,
  putRightAt: true,
  told: true,
  notes: true,
  affected: true,
  revision: true,
  closedAt: true,
  closedBy: true,
  handler: { select: { id: true, user: { select: { name: true } } } },
  key: {
    select: {
      id: true,
      name: true,
      environment: true,
      ownerId: true,
      frozenAt: true,
      revokedAt: true,
      expiresAt: true,
    },
  },
} satisfies Prisma.IncidentSelect;

type IncidentRow = Prisma.IncidentGetPayload<{ select: typeof incidentSelect }>;

/** The way in which a key was stopped, and the time of it. */
export type Stop = { how: "frozen" | "revoked" | "expired"; at: Date };

/** An incident as pages show it. */
export type ShownIncident = {
  id: string;
  key: { id: string; name: string; environment: Environment; ownerId: string };
  openedAt: Date;
  openedBy: string;
  /** The colleague that it was handed to, and the time; null while it is with the member who opened it. */
  handler: { id: string; name: string } | null;
  handedAt: Date | null;
  /** The stop of the key; null while it works, and while it is only paused. */
  stop: Stop | null;
  /** The first moment from which nobody was let in. */
  stoppedAt: Date | null;
  since: Date | null;
  replacementId: string | null;
  putRightAt: Date | null;
  told: string[];
  notes: string;
  affected: string;
  revision: number;
  closedAt: Date | null;
  closedBy: string | null;
  /** True where the member may see to it. */
  canAct: boolean;
};

/**
 * The incidents that a member may see: those about keys whose activity they may see. Null for a member who may see
 * none.
 */
export function incidentsVisibleTo(actor: MemberActor): Prisma.IncidentWhereInput | null {
  const { workspaceId, memberId } = actor;
  if (can(actor, "activity.read_all")) return { workspaceId };
  if (!can(actor, "activity.read_own_keys")) return null;
  return { workspaceId, key: { ownerId: memberId } };
}

/** A stored incident as the actor sees it at `now`. */
export function toShownIncident(actor: MemberActor, row: IncidentRow, now: Date): ShownIncident {
  const { key, handler, ...rest } = row;
  const stop = stopOf(key, now);
  return {
    ...rest,
    key: { id: key.id, name: key.name, environment: key.environment, ownerId: key.ownerId },
    handler: handler && { id: handler.id, name: handler.user.name },
    stop,
    stoppedAt: stop && (key.frozenAt && key.frozenAt < stop.at ? key.frozenAt : stop.at),
    canAct: rest.closedAt === null && canManageKey(actor, key),
  };
}

function stopOf({ frozenAt, revokedAt, expiresAt }: IncidentRow["key"], now: Date): Stop | null {
  if (revokedAt) return { how: "revoked", at: revokedAt };
  if (expiresAt && expiresAt <= now) return { how: "expired", at: expiresAt };
  return frozenAt && { how: "frozen", at: frozenAt };
}
