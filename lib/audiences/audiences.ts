import { audienceSelect } from "@/lib/audiences/audience-view";
import type { AudienceInput } from "@/lib/audiences/schema";
import type { KeyActor } from "@/lib/auth/actor";
import { db, type Transaction } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { ListOf } from "@/lib/paging/cursor";
import { type Page, toPage, walkOf } from "@/lib/paging/page";
import type { PageQuery } from "@/lib/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/result";
import type { Prisma } from "@/prisma/generated/client";
import type { CampaignStatus, Environment } from "@/prisma/generated/enums";

export type AudienceRow = Prisma.AudienceGetPayload<{ select: typeof audienceSelect }>;

/** Whose audiences are looked at, and the ones the view is limited to (null: all). A `KeyActor` is one. */
export type AudiencesView = {
  workspaceId: string;
  environment: Environment;
  audiences: readonly string[] | null;
};

/** A page of the audiences the view shows, newest first. Fails for a cursor that leads nowhere. */
export async function listAudiences(
  view: AudiencesView,
  query: PageQuery,
): Promise<Result<Page<AudienceRow>, "validation_error">> {
  const of = listOf(view);
  const walk = walkOf(of, query);
  if (!walk.ok) return walk;
  const { where, orderBy, take } = walk.value;
  const rows = await db.audience.findMany({
    where: { AND: [shownBy(view), where] },
    orderBy,
    take,
    select: audienceSelect,
  });
  return ok(toPage(of, walk.value, rows));
}

/** The audience with this id, if the view shows it. */
export async function getAudience(
  view: AudiencesView,
  id: string,
  tx: Transaction = db,
): Promise<Result<AudienceRow, "not_found">> {
  const row = await tx.audience.findFirst({
    where: { AND: [shownBy(view), { id }] },
    select: audienceSelect,
  });
  return row ? ok(row) : noAudience();
}

/** Makes a list without members. A key that is limited to audiences may make none: `audience_not_allowed`. */
export async function createAudience(
  actor: KeyActor,
  { name }: AudienceInput,
  now: Date,
): Promise<Result<AudienceRow, "audience_not_allowed">> {
  if (actor.audiences) {
    return fail(
      "audience_not_allowed",
      "This key is limited to some audiences, so it can create no others.",
    );
  }
  return ok(await storeAudience(db, actor, { name, createdBy: actor.keyId }, now));
}

/** Stores a new list. */
export async function storeAudience(
  tx: Transaction,
  { workspaceId, environment }: Pick<AudiencesView, "workspaceId" | "environment">,
  { name, createdBy }: { name: string; createdBy: string },
  now: Date,
): Promise<AudienceRow> {
  const times = { createdAt: now, updatedAt: now };
  return await tx.audience.create({
    data: { id: newId("aud", now), workspaceId, environment, name, createdBy, ...times },
    select: audienceSelect,
  });
}

/** Gives an audience another name. */
export async function renameAudience(
  view: AudiencesView,
  { id, name }: { id: string; name: string },
  now: Date,
  tx: Transaction = db,
): Promise<Result<AudienceRow, "not_found">> {
  const rows = await tx.audience.updateManyAndReturn({
    where: { AND: [shownBy(view), { id }] },
    data: { name, updatedAt: now },
    select: audienceSelect,
  });
  return rows[0] ? ok(rows[0]) : noAudience();
}

const STILL_NEEDED: CampaignStatus[] = ["scheduled", "sending"];

/**
 * Deletes an audience; its contacts stay. Fails with `conflict` while a campaign is about to be sent to it.
 * Keys that are limited to it stay limited to it, and so reach nobody.
 */
export async function deleteAudience(
  view: AudiencesView,
  id: string,
  tx: Transaction = db,
): Promise<Result<{ id: string; name: string }, "not_found" | "conflict">> {
  const campaigns = await tx.campaign.count({
    where: { workspaceId: view.workspaceId, audienceId: id, status: { in: STILL_NEEDED } },
  });
  const found = await getAudience(view, id, tx);
  if (!found.ok) return found;
  if (campaigns > 0) {
    return fail("conflict", "A campaign is about to be sent to this audience. Cancel that first.");
  }
  const { count } = await tx.audience.deleteMany({ where: { AND: [shownBy(view), { id }] } });
  return count === 1 ? ok({ id, name: found.value.name }) : noAudience();
}

function shownBy({ workspaceId, environment, audiences }: AudiencesView) {
  return {
    workspaceId,
    environment,
    ...(audiences ? { id: { in: [...audiences] } } : {}),
  } satisfies Prisma.AudienceWhereInput;
}

function listOf({ workspaceId, environment }: AudiencesView): ListOf {
  return { list: "audiences", workspaceId, environment };
}

function noAudience(): Failure<"not_found"> {
  return fail("not_found", "There is no such audience in this workspace and environment.");
}
