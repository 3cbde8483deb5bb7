import {
  type AudienceRow,
  deleteAudience,
  getAudience,
  listAudiences,
  renameAudience,
  storeAudience,
} from "@/lib/audiences/audiences";
import { memberCounts } from "@/lib/audiences/member-counts";
import type { DeleteAudienceInput, NewAudienceInput, RenameInput } from "@/lib/audiences/schema";
import { recordAudit } from "@/lib/audit/record";
import type { MemberActor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import type { Page } from "@/lib/paging/page";
import type { PageQuery } from "@/lib/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/result";
import type { Environment } from "@/prisma/generated/enums";

const PAGE_SIZE = 25;

/** An audience with how many contacts are in it now. */
export type CountedAudience = AudienceRow & { contacts: number };

/** A page of the workspace's audiences, newest first, each with its count. */
export async function listMemberAudiences(
  actor: MemberActor,
  query: Omit<PageQuery, "limit"> & { environment: Environment },
  now: Date,
): Promise<Result<Page<CountedAudience>, "not_found" | "validation_error">> {
  if (!can(actor, "contacts.read")) return noAudience();
  const page = await listAudiences(viewOf(actor, query.environment), {
    limit: PAGE_SIZE,
    ...(query.after ? { after: query.after } : query.before ? { before: query.before } : {}),
  });
  if (!page.ok) return page;
  const counts = await memberCounts(page.value.rows, now);
  const rows = page.value.rows.map((row) => ({ ...row, contacts: counts.get(row.id) ?? 0 }));
  return ok({ ...page.value, rows });
}

/** So many audiences are offered in a list to choose from. */
const OFFERED_MAX = 200;

/** The newest audiences of an environment, to choose from. */
export async function audienceChoices(
  actor: MemberActor,
  environment: Environment,
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "contacts.read")) return [];
  return await db.audience.findMany({
    where: { workspaceId: actor.workspaceId, environment },
    orderBy: { id: "desc" },
    take: OFFERED_MAX,
    select: { id: true, name: true },
  });
}

/** Makes a list without contacts. Who may not manage audiences gets `not_found`. */
export async function createMemberAudience(
  actor: MemberActor,
  { name, environment }: NewAudienceInput,
  now: Date,
): Promise<Result<{ id: string }, "not_found">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await db.$transaction(async (tx) => {
    const place = { workspaceId: actor.workspaceId, environment };
    const { id } = await storeAudience(tx, place, { name, createdBy: actor.memberId }, now);
    const changes = {
      name: { from: null, to: name },
      environment: { from: null, to: environment },
    };
    const target = { type: "audience", id, name } as const;
    await recordAudit(tx, actor, { action: "audience.created", target, changes }, now);
    return ok({ id });
  });
}

/** Gives an audience another name. */
export async function renameMemberAudience(
  actor: MemberActor,
  { id, name, environment }: RenameInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await db.$transaction(async (tx) => {
    const view = viewOf(actor, environment);
    const before = await getAudience(view, id, tx);
    if (!before.ok) return before;
    const renamed = await renameAudience(view, { id, name }, now, tx);
    if (!renamed.ok) return renamed;
    const changes = { name: { from: before.value.name, to: name } };
    const target = { type: "audience", id, name } as const;
    if (before.value.name === name) return ok(null);
    await recordAudit(tx, actor, { action: "audience.renamed", target, changes }, now);
    return ok(null);
  });
}

/** Deletes an audience; its contacts stay. Fails with `conflict` while a campaign is about to go to it. */
export async function deleteMemberAudience(
  actor: MemberActor,
  { id, environment }: DeleteAudienceInput,
  now: Date,
): Promise<Result<null, "not_found" | "conflict">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await db.$transaction(async (tx) => {
    const deleted = await deleteAudience(viewOf(actor, environment), id, tx);
    if (!deleted.ok) return deleted;
    const target = { type: "audience", id, name: deleted.value.name } as const;
    await recordAudit(tx, actor, { action: "audience.deleted", target }, now);
    return ok(null);
  });
}

/** What uses an audience and would break without it. */
export type AudienceUse = { keys: string[]; drafts: string[] };

const NAMED_MAX = 5;

/** The keys that are limited to an audience and the drafted campaigns for it, by name; at most five each. */
export async function audienceUse(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<AudienceUse, "not_found">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  const { workspaceId } = actor;
  const newest = { orderBy: { id: "desc" }, take: NAMED_MAX, select: { name: true } } as const;
  const keys = await db.apiKey.findMany({
    where: { workspaceId, revokedAt: null, audienceIds: { has: id } },
    ...newest,
  });
  const drafts = await db.campaign.findMany({
    where: { workspaceId, audienceId: id, status: "draft" },
    ...newest,
  });
  return ok({ keys: keys.map(({ name }) => name), drafts: drafts.map(({ name }) => name) });
}

function viewOf({ workspaceId }: MemberActor, environment: Environment) {
  return { workspaceId, environment, audiences: null };
}

function noAudience(): Failure<"not_found"> {
  return fail("not_found", "This audience does not exist any more.");
}
