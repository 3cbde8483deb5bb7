import { type AuditEventRow, auditEventSelect } from "@/lib/access/audit-log/chain/stored-event";
import { eventInWords } from "@/lib/access/audit-log/event";
import { findingSelect, toShownFinding } from "@/lib/access/findings/reading/shown-finding";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import type { AuditAction } from "@/lib/people/audit/audit-actions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { DAY_MS, later } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { countOf } from "@/lib/platform/format/number";

/** One thing that was done or found, and the row behind it. `source` is null where the member may not open that row. */
export type Done = {
  id: string;
  at: Date;
  /** The member or program that did it; null where nobody did. */
  who: string | null;
  what: string;
  details: readonly string[];
  source: { kind: "audit_event" | "finding" | "webhook"; id: string } | null;
};

/** The most rows of each kind that are listed. An incident that has more is told by its newest. */
const SHOWN_MAX = 50;
/** The findings and reports of this many days before an incident was opened belong to it. */
const BEFORE_DAYS = 7;

/** The actions on the key that belong to the incident although they came before anybody opened it. */
const BEFORE_ACTIONS: readonly AuditAction[] = [
  "key.leak_reported",
  "key.frozen",
  "key.revoked",
  "key.paused",
];

/**
 * The things that were done about a leaked key, newest first: those that members and Postern did (from the audit log of
 * the key, of the incident and of the key that replaced it), the findings about it, and the webhooks that heard of it.
 */
export async function whatWasDone(
  actor: MemberActor,
  incident: ShownIncident,
  now: Date,
): Promise<Done[]> {
  const [events, findings, deliveries] = await Promise.all([
    auditOf(actor, incident),
    findingsOf(actor, incident, now),
    deliveriesOf(incident),
  ]);
  return [...events, ...findings, ...deliveries].sort(newestFirst).slice(0, SHOWN_MAX);
}

async function auditOf(actor: MemberActor, incident: ShownIncident): Promise<Done[]> {
  const { id, key, replacementId, openedAt, closedAt } = incident;
  const rows: AuditEventRow[] = await reader().auditEvent.findMany({
    where: {
      workspaceId: actor.workspaceId,
      targetId: { in: [id, key.id, ...(replacementId ? [replacementId] : [])] },
      OR: [
        { at: { gte: openedAt, ...(closedAt ? { lte: closedAt } : {}) } },
        { at: { gte: startOf(incident), lt: openedAt }, action: { in: [...BEFORE_ACTIONS] } },
      ],
    },
    select: auditEventSelect,
    orderBy: { id: "desc" },
    take: SHOWN_MAX,
  });
  return rows.map((row) => {
    const { did, actorName, changes, at } = eventInWords(row);
    return {
      id: row.id,
      at,
      who: actorName,
      what: [did.before, did.name, did.after].filter(Boolean).join(" "),
      details: changes
        .filter(({ label }) => DETAILS.has(label))
        .map(({ label, to }) => {
          return `${label}: ${to.join(", ")}`;
        }),
      source: can(actor, "audit.read") ? { kind: "audit_event", id: row.id } : null,
    };
  });
}

/** The labels of the changed fields that say more than the sentence does. */
const DETAILS: ReadonlySet<string> = new Set([
  "Mailed",
  "Emails",
  "Campaigns",
  "Contacts",
  "Handed to",
  "New key",
  "Found at",
  "Its calls count since",
]);

async function findingsOf(actor: MemberActor, incident: ShownIncident, now: Date): Promise<Done[]> {
  const { key, closedAt } = incident;
  const rows = await reader().finding.findMany({
    where: {
      workspaceId: actor.workspaceId,
      keyId: key.id,
      raisedAt: { gte: startOf(incident), ...(closedAt ? { lte: closedAt } : {}) },
    },
    select: { ...findingSelect, raisedAt: true, _count: { select: { sent: true } } },
    orderBy: { raisedAt: "desc" },
    take: SHOWN_MAX,
  });
  return rows.flatMap((row) => {
    const finding = toShownFinding(actor, row, now);
    if (!finding) return [];
    const mailed = row._count.sent;
    return {
      id: row.id,
      at: row.raisedAt,
      who: null,
      what: `Finding: ${finding.words.title}`,
      details: mailed > 0 ? [`${countOf(mailed, "member")} mailed`] : [],
      source: { kind: "finding" as const, id: row.id },
    };
  });
}

/** The messages about the key that receivers took. A webhook whose receiver is away shows that on its own page. */
async function deliveriesOf({ key, openedAt, closedAt }: ShownIncident): Promise<Done[]> {
  const rows = await reader().webhookEvent.findMany({
    where: {
      objectId: key.id,
      state: "delivered",
      at: { gte: openedAt, ...(closedAt ? { lte: closedAt } : {}) },
    },
    select: {
      id: true,
      type: true,
      at: true,
      webhook: { select: { id: true, name: true } },
    },
    orderBy: { id: "desc" },
    take: SHOWN_MAX,
  });
  return rows.map(({ id, type, at, webhook }) => ({
    id,
    at,
    who: null,
    what: `The webhook ${webhook.name} was told`,
    details: [type],
    source: { kind: "webhook" as const, id: webhook.id },
  }));
}

function startOf({ openedAt }: ShownIncident): Date {
  return later(openedAt, -BEFORE_DAYS * DAY_MS);
}

function newestFirst(one: Done, other: Done): number {
  return other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : -1);
}
