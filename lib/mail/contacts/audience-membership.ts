import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import { getAudience } from "@/lib/mail/audiences/audiences";
import { visibleAudiencesOf } from "@/lib/mail/audiences/audiences-of";
import { keepingMembership } from "@/lib/mail/contacts/before-values";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import { type ContactRef, findContact } from "@/lib/mail/contacts/find-contact";
import type { View } from "@/lib/people/auth/view";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { pageInMemory, requestPageById } from "@/lib/platform/paging/by-id";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** A list, and a contact that joins or leaves it. */
export type Membership = { audienceId: string; contact: ContactRef };
type Joined = { audienceId: string; contactId: string };

/** Puts a contact on a list, where it may be already. Fails with `conflict` for an audience with a rule. */
export async function joinAudience(
  view: View,
  membership: Membership,
  now: Date,
): Promise<Result<Joined, "not_found" | "conflict">> {
  const changed = await changeMembership(view, membership, "joined", now);
  return changed.ok ? ok(changed.value.joined) : changed;
}

/** Takes a contact off a list. Fails with `not_found` if it is not on it, with `conflict` where there is a rule. */
export async function leaveAudience(
  view: View,
  membership: Membership,
  now: Date,
): Promise<Result<Joined, "not_found" | "conflict">> {
  const changed = await changeMembership(view, membership, "left", now);
  if (!changed.ok) return changed;
  return changed.value.moved ? ok(changed.value.joined) : noContact();
}

/** Puts a contact on a list or takes it off, and says whether that changed anything. */
async function changeMembership(
  view: View,
  { audienceId, contact }: Membership,
  move: "joined" | "left",
  now: Date,
): Promise<Result<{ joined: Joined; moved: boolean }, "not_found" | "conflict">> {
  const { workspaceId, environment, actorId } = view;
  return await transact(async (tx) => {
    const at = await raiseContactClock(tx, workspaceId, environment, now);
    const audience = await getAudience(view, audienceId, tx);
    if (!audience.ok) return audience;
    if (audience.value.rule !== null) return decidedByRule();
    const row = await findContact(tx, view, contact, now);
    if (!row) return noContact();
    const joined = { audienceId, contactId: row.id };
    const moved = await tx.$executeRaw`
      WITH moved AS (${moving(joined, move, now)})${keepingMembership(view, move, at)}
      UPDATE contact SET updated_at = ${at}::timestamptz(3), changed_by = ${actorId}
      FROM moved WHERE contact.id = moved.contact_id`;
    return ok({ joined, moved: moved > 0 });
  });
}

function moving({ audienceId, contactId }: Joined, move: "joined" | "left", now: Date): Prisma.Sql {
  if (move === "joined") {
    return Prisma.sql`
      INSERT INTO audience_member (audience_id, contact_id, added_at)
      VALUES (${audienceId}, ${contactId}, ${now}) ON CONFLICT DO NOTHING
      RETURNING audience_id, contact_id`;
  }
  return Prisma.sql`
    DELETE FROM audience_member WHERE audience_id = ${audienceId} AND contact_id = ${contactId}
    RETURNING audience_id, contact_id`;
}

/** A page of the audiences that a contact is in and the view shows, newest first. */
export async function listAudiencesOf(
  view: View,
  contact: ContactRef,
  query: PageQuery,
  now: Date,
): Promise<Result<Page<AudienceRow>, "not_found" | "validation_error">> {
  const { workspaceId, environment } = view;
  const list = { name: "audiences of a contact", workspaceId, environment };
  const request = await requestPageById(list, query);
  if (!request.ok) return request;
  const row = await findContact(reader(), view, contact, now);
  if (!row) return noContact();
  return ok(pageInMemory(request.value, await visibleAudiencesOf(reader(), view, row.id, now)));
}

function noContact(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact in this audience, workspace and environment.");
}

function decidedByRule(): Failure<"conflict"> {
  return fail(
    "conflict",
    "Who is in this audience is decided by its rule: nobody is put in or taken out by hand.",
  );
}
