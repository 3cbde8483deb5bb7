import {
  type AudienceMembership,
  audiencePredicate,
} from "@/lib/mail/audiences/audience-predicate";
import { withinTime } from "@/lib/platform/database/within-time";
import { Prisma } from "@/prisma/generated/client";

/** How many contacts an audience has; not exact where counting them all would have taken too long. */
export type MemberCount = { contacts: number; isExact: boolean };

/** So long may the counting take, and then the estimating. */
const COUNTING_MS = 800;

/** The last letter of an id is random, one of 32: those that end in two of them are a sixteenth. */
const SAMPLE = Prisma.sql`AND right(contact.id, 1) IN ('0', '1')`;
const SAMPLED_PART = 16;

/**
 * How many contacts are in each of these audiences at `now`, by id, in a bounded time: of who cannot be
 * counted in it, a sixteenth is. An audience that is too large for that as well is left out.
 */
export async function memberCounts(
  audiences: readonly AudienceMembership[],
  now: Date,
): Promise<Map<string, MemberCount>> {
  if (audiences.length === 0) return new Map();
  const exact = await countAll(audiences, Prisma.empty, now);
  if (exact) return toCounts(exact, { times: 1, isExact: true });
  const sampled = await countAll(audiences, SAMPLE, now);
  return toCounts(sampled ?? [], { times: SAMPLED_PART, isExact: false });
}

type Counted = { id: string; contacts: bigint };

async function countAll(
  audiences: readonly AudienceMembership[],
  sample: Prisma.Sql,
  now: Date,
): Promise<Counted[] | null> {
  const counts = audiences.map((audience) => countOne(audience, sample, now));
  return await withinTime(COUNTING_MS, (tx) =>
    tx.$queryRaw<Counted[]>(Prisma.join(counts, " UNION ALL ")),
  );
}

function countOne(audience: AudienceMembership, sample: Prisma.Sql, now: Date): Prisma.Sql {
  const { id, rule, workspaceId, environment } = audience;
  if (rule === null) {
    return Prisma.sql`
      SELECT ${id}::text AS id, count(*) AS contacts
      FROM (SELECT contact_id AS id, audience_id FROM audience_member) AS contact
      WHERE contact.audience_id = ${id} ${sample}`;
  }
  return Prisma.sql`
    SELECT ${id}::text AS id, count(*) AS contacts FROM contact
    WHERE contact.workspace_id = ${workspaceId}
      AND contact.environment = ${environment}::"Environment"
      AND (${audiencePredicate(audience, now)}) ${sample}`;
}

function toCounts(
  counted: readonly Counted[],
  { times, isExact }: { times: number; isExact: boolean },
): Map<string, MemberCount> {
  return new Map(
    counted.map(({ id, contacts }) => [id, { contacts: Number(contacts) * times, isExact }]),
  );
}
