import type { AudienceDetails } from "@/lib/mail/audiences/audience-details";
import { audiencePredicate, type PlacedAudience } from "@/lib/mail/audiences/audience-predicate";
import { type ContactCount, contactCounts } from "@/lib/mail/audiences/contact-counts";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import type { MemberActor } from "@/lib/people/auth/actor";
import { viewOf } from "@/lib/people/auth/view";
import type { Reader } from "@/lib/platform/database/unit-of-work";
import { withinTime } from "@/lib/platform/database/within-time";
import { Prisma } from "@/prisma/generated/client";

/** A part of an audience: at most `limit` contacts with ids after `after`. */
export type RecipientsPage = { after: string | null; limit: number };

/**
 * The contacts of an audience in the order of their ids, with the unsubscribed ones, since the campaign records
 * why each of them gets nothing. To read all of them, ask again with the last id and the same `now`: the rule
 * then matches the same contacts throughout. The audience is its stored row, since the job that sends a campaign
 * has no actor.
 */
export async function listRecipients(
  tx: Reader,
  audience: PlacedAudience,
  { after, limit }: RecipientsPage,
  now: Date,
): Promise<ContactRow[]> {
  const beyond = after === null ? Prisma.empty : Prisma.sql`AND contact.id > ${after}`;
  return await tx.$queryRaw<ContactRow[]>`
    SELECT ${contactColumns} FROM contact
    WHERE contact.workspace_id = ${audience.workspaceId}
      AND contact.environment = ${audience.environment}::"Environment"
      ${beyond} AND ${audiencePredicate(audience, now)}
    ORDER BY contact.id LIMIT ${limit}`;
}

/** The number of subscribed contacts of an audience at `now`. */
export async function countRecipients(
  tx: Reader,
  audience: PlacedAudience,
  now: Date,
): Promise<number> {
  const rows = await tx.$queryRaw<{ contacts: bigint }[]>`
    SELECT count(*) AS contacts FROM contact
    WHERE contact.workspace_id = ${audience.workspaceId}
      AND contact.environment = ${audience.environment}::"Environment"
      AND NOT contact.unsubscribed AND ${audiencePredicate(audience, now)}`;
  return Number(rows[0]?.contacts ?? 0);
}

const SHOWN = 8;
const LOOKING_MS = 800;

/** The number and the newest contacts of an audience; either is null where it takes too long to find. */
export type AudienceContacts = { count: ContactCount | null; newest: ContactRow[] | null };

/** The number and the newest contacts of an audience that `getAudienceDetails` showed the actor. */
export async function contactsOf(
  actor: MemberActor,
  audience: AudienceDetails,
  now: Date,
): Promise<AudienceContacts> {
  const view = viewOf(actor, audience.environment);
  const placed = { ...audience, workspaceId: view.workspaceId };
  const counts = await contactCounts(view, [audience], now);
  const newest = await withinTime(
    LOOKING_MS,
    (tx) => tx.$queryRaw<ContactRow[]>`
      SELECT ${contactColumns} FROM contact
      WHERE contact.workspace_id = ${view.workspaceId}
        AND contact.environment = ${view.environment}::"Environment"
        AND ${audiencePredicate(placed, now)}
      ORDER BY contact.id DESC LIMIT ${SHOWN}`,
  );
  return { count: counts.get(audience.id) ?? null, newest };
}
