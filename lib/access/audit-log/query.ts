import { TypeID } from "typeid-js";
import { type AuditEventRow, auditEventSelect } from "@/lib/access/audit-log/chain/stored-event";
import { type AuditLogEvent, eventInWords } from "@/lib/access/audit-log/event";
import type { AuditFilter, AuditQuery } from "@/lib/access/audit-log/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { DAY_MS, later } from "@/lib/platform/clock";
import { literally } from "@/lib/platform/database/like";
import { reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

export const AUDIT_PAGE_SIZE = 50;

/** A page of events, newest first; `older` is where the next one starts, null on the last. */
export type AuditPage = { events: AuditLogEvent[]; older: string | null };

/** The events that match, newest first. `not_found` for everyone but admins and owners. */
export async function listAuditEvents(
  actor: MemberActor,
  query: Omit<AuditQuery, "event">,
): Promise<Result<AuditPage, "not_found">> {
  if (!can(actor, "audit.read")) return noSuchPage();
  const rows = await auditRows(actor, query, { before: query.before, limit: AUDIT_PAGE_SIZE + 1 });
  const shown = rows.slice(0, AUDIT_PAGE_SIZE);
  const older = rows.length > AUDIT_PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null;
  return ok({ events: shown.map(eventInWords), older });
}

/** One event. */
export async function getAuditEvent(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<AuditLogEvent, "not_found">> {
  if (!can(actor, "audit.read")) return noSuchPage();
  const { workspaceId } = actor;
  const row = await reader().auditEvent.findFirst({
    where: { id, workspaceId },
    select: auditEventSelect,
  });
  return row ? ok(eventInWords(row)) : fail("not_found", "There is no such event.");
}

/** The people the filter offers, by name: the members, and those who were removed. */
export async function auditPeople(actor: MemberActor): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "audit.read")) return [];
  const { workspaceId } = actor;
  const members = await reader().member.findMany({
    where: { workspaceId },
    select: { id: true, user: { select: { name: true } } },
  });
  const removed = await reader().auditEvent.findMany({
    where: { workspaceId, action: "member.removed" },
    select: { targetId: true, targetName: true },
  });
  const people = [
    ...members.map(({ id, user }) => ({ id, name: user.name })),
    ...removed.map(({ targetId, targetName }) => ({ id: targetId, name: targetName })),
  ];
  return people.sort((one, other) => one.name.localeCompare(other.name, "en"));
}

/** Matching rows below the cursor, newest first. The caller has checked that `actor` may read them. */
export async function auditRows(
  { workspaceId }: MemberActor,
  filter: AuditFilter,
  { before, limit }: { before: string; limit: number },
): Promise<AuditEventRow[]> {
  return await reader().auditEvent.findMany({
    where: { workspaceId, AND: conditionsOf(filter, before) },
    select: auditEventSelect,
    orderBy: { id: "desc" },
    take: limit,
  });
}

/** How many events match. */
export async function countAuditRows(
  { workspaceId }: MemberActor,
  filter: AuditFilter,
): Promise<number> {
  const where = { workspaceId, AND: conditionsOf(filter, "") };
  return await reader().auditEvent.count({ where });
}

function conditionsOf(filter: AuditFilter, before: string): Prisma.AuditEventWhereInput[] {
  const { person, action, target, from, to } = filter;
  const conditions: Prisma.AuditEventWhereInput[] = [];
  if (person) conditions.push({ actorId: person });
  if (action) conditions.push({ action });
  if (target) conditions.push(targetMatches(target));
  // Ids sort by time, so a range of days is a range of the index.
  if (from) conditions.push({ id: { gte: firstIdAt(new Date(from)) } });
  if (to) conditions.push({ id: { lt: firstIdAt(later(new Date(to), DAY_MS)) } });
  if (before) conditions.push({ id: { lt: before } });
  return conditions;
}

/** The lowest id an event of this instant can have. Nothing happened before 1970. */
function firstIdAt(at: Date): string {
  return TypeID.fromUUID("aev", firstUuidAt(new Date(Math.max(0, at.getTime())))).toString();
}

function targetMatches(text: string): Prisma.AuditEventWhereInput {
  const targetName = { contains: literally(text), mode: "insensitive" } as const;
  return { OR: [{ targetId: text }, { targetName }] };
}

function noSuchPage() {
  return fail("not_found", "There is no such page.");
}
