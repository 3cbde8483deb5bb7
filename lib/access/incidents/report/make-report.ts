import {
  type RefusedCaller,
  refusedSince,
} from "@/lib/access/activity/reading/callers/refused-callers";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import type { Damage } from "@/lib/access/damage/reading/read-damage";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { type BlastRadius, blastRadiusOf } from "@/lib/access/incidents/reading/blast-radius";
import type { Check } from "@/lib/access/incidents/reading/checklist";
import { damageOf } from "@/lib/access/incidents/reading/damage-of";
import { readChecklist } from "@/lib/access/incidents/reading/read-checklist";
import { type Done, whatWasDone } from "@/lib/access/incidents/reading/what-was-done";
import type { IncidentReport } from "@/lib/access/incidents/report/report-schema";
import { LEAKS_KEPT } from "@/lib/access/leaks/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { LeakSource } from "@/prisma/generated/enums";

/** A place where the key was found, as somebody reported it. */
type Place = { source: LeakSource; url: string; reportedAt: Date };

/** Everything that the report of an incident says, as the page and the file show it. */
export type ReportFacts = {
  incident: ShownIncident;
  key: KeyDetails;
  places: readonly Place[];
  radius: BlastRadius;
  /** The calls of the key and what they changed; null while nobody has chosen since when. */
  damage: Damage | null;
  refused: readonly RefusedCaller[];
  replacement: { id: string; name: string } | null;
  checks: readonly Check[];
  done: readonly Done[];
};

/** Gathers what the report of an incident says at `now`. */
export async function readReport(
  actor: MemberActor,
  { incident, key }: { incident: ShownIncident; key: KeyDetails },
  now: Date,
): Promise<ReportFacts> {
  const { workspaceId } = actor;
  const { replacementId, stoppedAt } = incident;
  const damage = await damageOf(actor, incident, now);
  const [places, radius, refused, replacement, checks, done] = await Promise.all([
    reader().leak.findMany({
      where: { workspaceId, keyId: key.id },
      select: { source: true, url: true, reportedAt: true },
      orderBy: { id: "desc" },
      take: LEAKS_KEPT,
    }),
    blastRadiusOf(actor, key, now),
    stoppedAt ? refusedSince(actor, { keyId: key.id, since: stoppedAt }) : [],
    replacementId
      ? reader().apiKey.findFirst({
          where: { id: replacementId, workspaceId },
          select: { id: true, name: true },
        })
      : null,
    readChecklist(actor, incident, damage, now),
    whatWasDone(actor, incident, now),
  ]);
  return { incident, key, places, radius, damage, refused, replacement, checks, done };
}

/** The report as JSON: what its page says, by the names of its schema. */
export function reportAsJson(
  { workspaceId, workspaceName }: MemberActor,
  facts: ReportFacts,
  now: Date,
): IncidentReport {
  const { incident, key, places, radius, damage, refused, replacement, checks, done } = facts;
  return {
    object: "incident_report",
    version: 1,
    generated_at: now.toISOString(),
    workspace: { id: workspaceId, name: workspaceName },
    incident: {
      id: incident.id,
      opened_at: incident.openedAt.toISOString(),
      opened_by: incident.openedBy,
      handed_to: incident.handler?.name ?? null,
      handed_at: isoOf(incident.handedAt),
      since: isoOf(incident.since),
      closed_at: isoOf(incident.closedAt),
      closed_by: incident.closedBy,
    },
    key: {
      id: key.id,
      name: key.name,
      environment: key.environment,
      owner: key.owner.name,
      created_at: key.createdAt.toISOString(),
      scopes: key.scopes,
      allowed_addresses: key.allowedAddresses,
      status: key.status,
      stopped_at: isoOf(incident.stoppedAt),
      revoked_at: isoOf(key.revokedAt),
      revoke_reason: key.revokeReason,
    },
    found_at: places.map(({ source, url, reportedAt }) => {
      return { source, url, reported_at: reportedAt.toISOString() };
    }),
    could_do: {
      could: radius.could.map(({ words }) => words),
      could_not: radius.couldNot,
      contacts: radius.reach.contacts,
      audiences: radius.reach.audiences,
      sending_domains: [...radius.reach.sendingDomains],
    },
    did: damage && didAsJson(damage),
    refused_callers: refused.map(({ address, userAgent, calls, lastAt }) => {
      return { address, user_agent: userAgent, calls, last_at: lastAt.toISOString() };
    }),
    replacement,
    checklist: checks.map(({ name, isDone, detail }) => ({ check: name, done: isDone, detail })),
    affected_people: incident.affected,
    notes: incident.notes,
    done: done.map(({ at, who, what, details, id }) => {
      return { at: at.toISOString(), who, what, details: [...details], id };
    }),
  };
}

function isoOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}

function didAsJson({ asked, did, waiting, changed }: Damage): NonNullable<IncidentReport["did"]> {
  const { totals, callers, lookedBackTo } = did;
  return {
    since: asked.since.toISOString(),
    counted_back_to: isoOf(lookedBackTo),
    calls: totals.calls,
    unknown_calls: totals.unknownCalls,
    contacts_read: totals.contactsRead,
    contacts_changed: totals.contactsChanged,
    recipients: totals.recipients,
    callers: callers.map((caller) => ({
      address: caller.address,
      known_days: caller.knownDays,
      user_agent: caller.userAgent,
      calls: caller.calls,
      refused: caller.refused,
      contacts_read: caller.contactsRead,
      contacts_changed: caller.contactsChanged,
      recipients: caller.recipients,
      first_at: caller.firstAt.toISOString(),
      last_at: caller.lastAt.toISOString(),
    })),
    emails_waiting: waiting.emails,
    contacts_to_restore: changed.restorable,
    contacts_restored: changed.restored,
    contacts_left: changed.changed_since + changed.email_taken + changed.added + changed.deleted,
  };
}
