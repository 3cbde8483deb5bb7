import { type AudienceMatch, audiencePredicate } from "@/lib/mail/audiences/audience-predicate";
import type { View } from "@/lib/people/auth/view";
import { withinTime } from "@/lib/platform/database/within-time";
import { Prisma } from "@/prisma/generated/client";

/** The number of contacts in an audience; an estimate where counting them all takes too long. */
export type ContactCount = { contacts: number; isExact: boolean };

/** The time that counting may take, and that estimating may take after it. */
const COUNTING_MS = 800;

/** A sixteenth of all contacts: the last letter of an id is one of 32 at random, and this takes two of them. */
const SAMPLE = Prisma.sql`AND right(contact.id, 1) IN ('0', '1')`;
const SAMPLED_PART = 16;

/**
 * The number of contacts in each of these audiences at `now`, by the audience's id, in a bounded time. Where
 * counting all contacts takes too long, it counts a sixteenth of them. Where that takes too long as well, it
 * returns no counts.
 */
export async function contactCounts(
  view: View,
  audiences: readonly AudienceMatch[],
  now: Date,
): Promise<Map<string, ContactCount>> {
  if (audiences.length === 0) return new Map();
  const exact = await countAll(view, audiences, Prisma.empty, now);
  if (exact) return toCounts(exact, { times: 1, isExact: true });
  const sampled = await countAll(view, audiences, SAMPLE, now);
  return toCounts(sampled ?? [], { times: SAMPLED_PART, isExact: false });
}

type Counted = { id: string; contacts: bigint };

async function countAll(
  view: View,
  audiences: readonly AudienceMatch[],
  sample: Prisma.Sql,
  now: Date,
): Promise<Counted[] | null> {
  const counts = audiences.map((audience) => countOne(view, audience, sample, now));
  return await withinTime(COUNTING_MS, (tx) =>
    tx.$queryRaw<Counted[]>(Prisma.join(counts, " UNION ALL ")),
  );
}

function countOne(
  { workspaceId, environment }: View,
  { id, rule }: AudienceMatch,
  sample: Prisma.Sql,
  now: Date,
): Prisma.Sql {
  if (rule === null) {
    return Prisma.sql`
      SELECT ${id}::text AS id, count(*) AS contacts
      FROM (SELECT contact_id AS id, audience_id FROM audience_member) AS contact
      WHERE contact.audience_id = ${id} ${sample}`;
  }
  const matches = audiencePredicate({ id, rule, workspaceId, environment }, now);
  return Prisma.sql`
    SELECT ${id}::text AS id, count(*) AS contacts FROM contact
    WHERE contact.workspace_id = ${workspaceId}
      AND contact.environment = ${environment}::"Environment"
      AND (${matches}) ${sample}`;
}

function toCounts(
  counted: readonly Counted[],
  { times, isExact }: { times: number; isExact: boolean },
): Map<string, ContactCount> {
  return new Map(
    counted.map(({ id, contacts }) => [id, { contacts: Number(contacts) * times, isExact }]),
  );
}
