import { type AudienceRow, audienceSelect } from "@/lib/mail/audiences/audience-row";
import {
  type AudienceInput,
  type ChangeAudienceInput,
  RULES_MAX,
} from "@/lib/mail/audiences/schema";
import type { View } from "@/lib/people/auth/view";
import {
  type Reader,
  reader,
  type Transaction,
  transact,
} from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { List } from "@/lib/platform/paging/cursor";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";
import type { CampaignStatus } from "@/prisma/generated/enums";

/** A page of the audiences the view shows, newest first. Fails for a cursor that leads nowhere. */
export async function listAudiences(
  view: View,
  query: PageQuery,
): Promise<Result<Page<AudienceRow>, "validation_error">> {
  const request = await requestPageById(listOf(view), query);
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const rows = await reader().audience.findMany({
    where: { AND: [shownBy(view), where] },
    orderBy,
    take,
    select: audienceSelect,
  });
  return ok(toPageById(request.value, rows));
}

/** The audience with this id, if the view shows it. */
export async function getAudience(
  view: View,
  id: string,
  tx: Reader = reader(),
): Promise<Result<AudienceRow, "not_found">> {
  const row = await tx.audience.findFirst({
    where: { AND: [shownBy(view), { id }] },
    select: audienceSelect,
  });
  return row ? ok(row) : noAudience();
}

/**
 * Creates an empty list, or a dynamic audience where a rule is given. Fails with `audience_not_allowed` for a key
 * that is limited to audiences, and with `conflict` when there are too many rules already.
 */
export async function createAudience(
  view: View,
  { name, rule }: AudienceInput,
  now: Date,
): Promise<Result<AudienceRow, "audience_not_allowed" | "conflict">> {
  if (view.audiences) {
    return fail(
      "audience_not_allowed",
      "This key is limited to some audiences, so it can create no others.",
    );
  }
  return await transact((tx) => storeAudience(tx, view, { name, rule }, now));
}

/** Stores a new audience. Fails with `conflict` when it has a rule and there are too many already. */
export async function storeAudience(
  tx: Transaction,
  { workspaceId, environment, actorId }: View,
  { name, rule }: AudienceInput,
  now: Date,
): Promise<Result<AudienceRow, "conflict">> {
  if (rule) {
    // The lock lets one rule in at a time: two that count before either is stored would pass the limit together.
    await tx.$executeRaw`SELECT 1 FROM workspace WHERE id = ${workspaceId} FOR NO KEY UPDATE`;
    const rules = await tx.audience.count({ where: { workspaceId, environment, ...HAS_RULE } });
    if (rules >= RULES_MAX) return tooManyRules();
  }
  const times = { createdAt: now, updatedAt: now };
  const row = await tx.audience.create({
    data: {
      id: newId("aud", now),
      workspaceId,
      environment,
      name,
      createdBy: actorId,
      ...(rule ? { rule } : {}),
      ...times,
    },
    select: audienceSelect,
  });
  return ok(row);
}

/** The changes to an audience; a field that is left out stays as it is. */
export type AudienceChange = ChangeAudienceInput & { id: string };

/**
 * Gives an audience another name or another rule. Fails with `conflict` for a rule on a list, and with
 * `audience_not_allowed` for another rule from a view that is limited to audiences.
 */
export async function changeAudience(
  view: View,
  change: AudienceChange,
  now: Date,
): Promise<Result<AudienceRow, "not_found" | "conflict" | "audience_not_allowed">> {
  return await transact((tx) => changeAudienceWithin(tx, view, change, now));
}

/** `changeAudience` in the caller's transaction. */
export async function changeAudienceWithin(
  tx: Transaction,
  view: View,
  { id, name, rule }: AudienceChange,
  now: Date,
): Promise<Result<AudienceRow, "not_found" | "conflict" | "audience_not_allowed">> {
  const found = await getAudience(view, id, tx);
  if (!found.ok) return found;
  if (rule && view.audiences) return noOtherPeople();
  if (rule && found.value.rule === null) return isList();
  const rows = await tx.audience.updateManyAndReturn({
    where: { AND: [shownBy(view), { id }] },
    data: {
      ...(name === undefined ? {} : { name }),
      ...(rule === undefined ? {} : { rule }),
      updatedAt: now,
    },
    select: audienceSelect,
  });
  return rows[0] ? ok(rows[0]) : noAudience();
}

/**
 * Locks an audience until the transaction ends. `SHARE` keeps it from being deleted; `UPDATE` also keeps it from
 * being used for a campaign.
 */
export async function lockAudience(
  tx: Transaction,
  { workspaceId }: View,
  id: string,
  strength: "SHARE" | "UPDATE",
): Promise<void> {
  await tx.$executeRaw`
    SELECT 1 FROM audience WHERE id = ${id} AND workspace_id = ${workspaceId}
    FOR ${Prisma.raw(strength)}`;
}

const STILL_NEEDED: CampaignStatus[] = ["scheduled", "sending"];

type Deleted = Result<{ id: string; name: string }, "not_found" | "conflict">;

/**
 * Deletes an audience; its contacts stay. Fails with `conflict` while a campaign to it is scheduled or being
 * sent. Keys that are limited to it stay limited to it, so they reach no contact of it any more.
 */
export async function deleteAudience(view: View, id: string): Promise<Deleted> {
  return await transact((tx) => deleteAudienceWithin(tx, view, id));
}

/** `deleteAudience` in the caller's transaction. */
export async function deleteAudienceWithin(
  tx: Transaction,
  view: View,
  id: string,
): Promise<Deleted> {
  await lockAudience(tx, view, id, "UPDATE");
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

function shownBy({ workspaceId, environment, audiences }: View) {
  return {
    workspaceId,
    environment,
    ...(audiences ? { id: { in: [...audiences] } } : {}),
  } satisfies Prisma.AudienceWhereInput;
}

function listOf({ workspaceId, environment }: View): List {
  return { name: "audiences", workspaceId, environment };
}

const HAS_RULE = { NOT: { rule: { equals: Prisma.AnyNull } } } satisfies Prisma.AudienceWhereInput;

function tooManyRules(): Failure<"conflict"> {
  return fail(
    "conflict",
    `There are ${RULES_MAX} audiences with a rule already. Delete one that is not used any more.`,
  );
}

function isList(): Failure<"conflict"> {
  return fail(
    "conflict",
    "This audience is a list that is kept by hand. Create another one with the rule.",
  );
}

/** The failure that keeps a limited key from reaching every contact by a rule of its own. */
function noOtherPeople(): Failure<"audience_not_allowed"> {
  return fail(
    "audience_not_allowed",
    "This key is limited to some audiences, so it cannot change who is in them by rule.",
  );
}

function noAudience(): Failure<"not_found"> {
  return fail("not_found", "There is no such audience in this workspace and environment.");
}
