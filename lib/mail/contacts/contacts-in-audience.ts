import type { AudienceDetails } from "@/lib/mail/audiences/audience-details";
import {
  type AudienceMembership,
  audiencePredicate,
} from "@/lib/mail/audiences/audience-predicate";
import { type MemberCount, memberCounts } from "@/lib/mail/audiences/member-counts";
import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-view";
import type { Transaction } from "@/lib/platform/database/db";
import { withinTime } from "@/lib/platform/database/within-time";
import { Prisma } from "@/prisma/generated/client";

/** A part of an audience: at most `limit` contacts, of those whose ids come after `after`. */
export type RecipientsPage = { after: string | null; limit: number };

/**
 * The members of an audience in the order of their ids, those who unsubscribed too: who sends says of each
 * why it gets nothing. Who walks through all of them asks again with the last id it got, and with the same
 * `now`, so that a rule means the same people all the while.
 */
export async function listRecipients(
  tx: Transaction,
  audience: AudienceMembership,
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

/** How many members of an audience get mail at `now`. */
export async function countRecipients(
  tx: Transaction,
  audience: AudienceMembership,
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

/** Who is in an audience: how many, and those that were added last; null where that takes too long to say. */
export type Membership = { count: MemberCount | null; newest: ContactRow[] | null };

/** Who is in an audience that the actor was shown. */
export async function membershipOf(audience: AudienceDetails, now: Date): Promise<Membership> {
  const counts = await memberCounts([audience], now);
  const newest = await withinTime(
    LOOKING_MS,
    (tx) => tx.$queryRaw<ContactRow[]>`
      SELECT ${contactColumns} FROM contact
      WHERE contact.workspace_id = ${audience.workspaceId}
        AND contact.environment = ${audience.environment}::"Environment"
        AND ${audiencePredicate(audience, now)}
      ORDER BY contact.id DESC LIMIT ${SHOWN}`,
  );
  return { count: counts.get(audience.id) ?? null, newest };
}
