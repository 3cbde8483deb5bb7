import { type KindWithFacts, readFacts } from "@/lib/access/findings/kind/facts";
import { isFindingKind } from "@/lib/access/findings/kind/kinds";
import { type Remedy, remedyOf } from "@/lib/access/findings/kind/remedies";
import type { FindingWords } from "@/lib/access/findings/kind/unusual-words";
import { findingInWords } from "@/lib/access/findings/kind/words";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can, canManageKey } from "@/lib/people/auth/permissions";
import type { Prisma } from "@/prisma/generated/client";
import type { DismissReason, Environment, FindingSeverity } from "@/prisma/generated/enums";

/** The member who left a finding as it is, with the time and the reason. */
export type Dismissal = { at: Date; by: string; reason: DismissReason; note: string | null };

/** A finding as pages show it. */
export type ShownFinding = {
  id: string;
  about: KindWithFacts;
  words: FindingWords;
  severity: FindingSeverity;
  remedy: Remedy;
  key: { id: string; name: string; environment: Environment; ownerName: string };
  openedAt: Date;
  seenAt: Date;
  closedAt: Date | null;
  narrowedAt: Date | null;
  dismissal: Dismissal | null;
  /** Whether the member may do what helps, or leave it as it is. */
  canAct: boolean;
};

/** The columns of a finding that pages show. */
export const findingSelect = {
  id: true,
  kind: true,
  severity: true,
  facts: true,
  openedAt: true,
  seenAt: true,
  closedAt: true,
  narrowedAt: true,
  dismissedAt: true,
  dismissedBy: true,
  dismissReason: true,
  dismissNote: true,
  key: {
    select: {
      id: true,
      name: true,
      environment: true,
      expiryDays: true,
      ownerId: true,
      owner: { select: { user: { select: { name: true } } } },
    },
  },
} satisfies Prisma.FindingSelect;

type FindingRow = Prisma.FindingGetPayload<{ select: typeof findingSelect }>;

/** The findings that a member may see: those about keys whose activity they may see. Null for none. */
export function visibleTo(actor: MemberActor): Prisma.FindingWhereInput | null {
  const { workspaceId } = actor;
  if (can(actor, "activity.read_all")) return { workspaceId };
  if (!can(actor, "activity.read_own_keys")) return null;
  return { workspaceId, key: { ownerId: actor.memberId } };
}

/** A stored finding as the actor sees it. Null for one that another version stored and this one does not know. */
export function toShownFinding(
  actor: MemberActor,
  row: FindingRow,
  now: Date,
): ShownFinding | null {
  const about = isFindingKind(row.kind) ? readFacts(row.kind, row.facts) : null;
  if (!about) return null;
  const { id, severity, openedAt, seenAt, closedAt, narrowedAt, key } = row;
  const remedy = remedyOf(about.kind, {
    renewsOnRotation: key.expiryDays !== null,
    isOver: isOver(about, now),
  });
  return {
    id,
    about,
    words: findingInWords(about, closedAt ?? now),
    severity,
    remedy,
    key: {
      id: key.id,
      name: key.name,
      environment: key.environment,
      ownerName: key.owner.user.name,
    },
    openedAt,
    seenAt,
    closedAt,
    narrowedAt,
    dismissal: dismissalOf(row),
    canAct:
      canManageKey(actor, key) && (!isAboutBudget(remedy) || can(actor, "keys.set_rate_limit")),
  };
}

/** True where the finding's cause has ended by itself. */
function isOver(about: KindWithFacts, now: Date): boolean {
  return (
    about.kind === "budget_exceeded" && about.facts.excesses.every(({ until }) => until <= now)
  );
}

/** True for remedies about a budget. Only admins may change budgets, whoever owns the key. */
function isAboutBudget(remedy: Remedy): boolean {
  return remedy === "lift_budget" || remedy === "change_budget";
}

function dismissalOf(row: FindingRow): Dismissal | null {
  const { dismissedAt: at, dismissedBy: by, dismissReason: reason, dismissNote: note } = row;
  return at && by && reason ? { at, by, reason, note } : null;
}
