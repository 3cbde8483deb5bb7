import { RateLimiterMemory } from "rate-limiter-flexible";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { type RateState, WINDOW_SECONDS } from "@/lib/access/api-keys/verification/rate-limit";
import { DAY_MS, later, SECOND_MS, startOf } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most calls that are counted together. */
const TOGETHER_MAX = 100;

/** A key's windows of recipients after a call: its minute, and the UTC day. */
export type RecipientState = { minute: RateState; day: RateState };

type Limited = Pick<KeyRecord, "keyId" | "recipientsPerMinute" | "recipientsPerDay">;

/**
 * The recipients of one call, as they count in each window: an email's in both, a campaign's in the day alone, since
 * its mails go out over hours.
 */
export type Recipients = { inMinute: number; inDay: number };

/**
 * Counts the recipients of one call. Where they are too many for the minute or the day, `exceeded` is true in that
 * window, and none of them is counted. Minutes are counted in memory, like calls; days in the database, so that a
 * restart forgets none and all processes share them.
 */
export async function countRecipients(
  key: Limited,
  { inMinute, inDay }: Recipients,
  now: Date,
): Promise<RecipientState> {
  const minute = await countInMinute(key, inMinute);
  const day = await countInDay(key, minute.exceeded ? 0 : inDay, now);
  if (minute.exceeded || day.exceeded) await minutes().reward(key.keyId, inMinute);
  if (day.exceeded) minute.remaining += inMinute;
  return { minute, day };
}

/** Takes back what `countRecipients` counted, for a call that reached nobody. */
export async function giveBackRecipients(
  { keyId }: Limited,
  { inMinute, inDay }: Recipients,
  now: Date,
): Promise<void> {
  await minutes().reward(keyId, inMinute);
  await db().$executeRaw`
    UPDATE key_recipients SET used = greatest(used - ${inDay}, 0)
    WHERE key_id = ${keyId} AND day = ${dayOf(now)}::date`;
}

/** Keeps what a campaign that was started counts for, until the day of its start is over. */
export async function keepCharge(
  campaignId: string,
  { keyId }: Limited,
  recipients: number,
  now: Date,
): Promise<void> {
  const day = new Date(dayOf(now));
  await transact((tx) =>
    tx.campaignCharge.create({ data: { campaignId, keyId, day, recipients } }),
  );
}

/** Takes back, once, what a campaign counts for that wrote to nobody; nothing where it counts no more. */
export async function giveBackCharge(campaignId: string): Promise<void> {
  await transact(
    (tx) => tx.$executeRaw`
      WITH gone AS (DELETE FROM campaign_charge WHERE campaign_id = ${campaignId} RETURNING *)
      UPDATE key_recipients AS today SET used = greatest(today.used - gone.recipients, 0)
      FROM gone WHERE today.key_id = gone.key_id AND today.day = gone.day`,
  );
}

/** Forgets the counts of days that are over at `now`. */
export async function forgetOldRecipients(now: Date): Promise<void> {
  const day = dayOf(now);
  await db().$executeRaw(Prisma.sql`DELETE FROM key_recipients WHERE day < ${day}::date`);
  await db().$executeRaw(Prisma.sql`DELETE FROM campaign_charge WHERE day < ${day}::date`);
}

async function countInMinute(
  { keyId, recipientsPerMinute: limit }: Limited,
  recipients: number,
): Promise<RateState> {
  const { consumedPoints, msBeforeNext } = await minutes().consume(keyId, recipients);
  const exceeded = consumedPoints > limit;
  const used = exceeded ? consumedPoints - recipients : consumedPoints;
  return {
    limit,
    remaining: Math.max(limit - used, 0),
    resetSeconds: Math.max(Math.ceil(msBeforeNext / SECOND_MS), 1),
    exceeded,
  };
}

/** The count of a day after a call, and whether the call was too much for it and is not counted. */
type Counted = { used: number; exceeded: boolean };
type Counting = Pick<KeyRecord, "keyId" | "recipientsPerDay"> & { recipients: number; day: string };

/** Calls of a key that come at the same time are counted together: they would wait for each other at its row. */
async function countInDay(
  { keyId, recipientsPerDay: limit }: Limited,
  recipients: number,
  now: Date,
): Promise<RateState> {
  const counting = { keyId, recipientsPerDay: limit, recipients, day: dayOf(now) };
  const { used, exceeded } = await days().add(`${keyId} ${counting.day}`, counting);
  const tomorrow = later(startOf(now, DAY_MS), DAY_MS);
  return {
    limit,
    remaining: Math.max(limit - used, 0),
    resetSeconds: Math.ceil((tomorrow.getTime() - now.getTime()) / SECOND_MS),
    exceeded,
  };
}

function days(): Folding<Counting, Counted> {
  return processWide("recipient-days", () => {
    const fits = ([first]: readonly Counting[], next: Counting) =>
      first?.recipientsPerDay === next.recipientsPerDay;
    return new Folding<Counting, Counted>({ work: countTogether, fits, max: TOGETHER_MAX });
  });
}

/** Counts calls by their sum where that is within the limit, elsewhere one after another. */
async function countTogether(countings: readonly Counting[]): Promise<Counted[]> {
  const [first] = countings;
  if (!first) return [];
  const sum = countings.reduce((total, { recipients }) => total + recipients, 0);
  const together = await countOnce({ ...first, recipients: sum });
  if (!together.exceeded) return countings.map(() => together);
  const outcomes: Counted[] = [];
  for (const counting of countings) outcomes.push(await countOnce(counting));
  return outcomes;
}

/** One statement, so that of many processes at once none passes the limit. */
async function countOnce({ keyId, recipientsPerDay, recipients, day }: Counting): Promise<Counted> {
  const [counted] = await thinQuery<{ used: number }>(
    db(),
    Prisma.sql`
      INSERT INTO key_recipients AS today (key_id, day, used)
      SELECT ${keyId}, ${day}::date, ${recipients}::int WHERE ${recipients}::int <= ${recipientsPerDay}::int
      ON CONFLICT (key_id, day) DO UPDATE SET used = today.used + EXCLUDED.used
        WHERE today.used + EXCLUDED.used <= ${recipientsPerDay}::int
      RETURNING used`,
  );
  if (counted) return { used: counted.used, exceeded: false };
  return { used: await usedIn(keyId, day), exceeded: true };
}

async function usedIn(keyId: string, day: string): Promise<number> {
  const [known] = await db().$queryRaw<{ used: number }[]>`
    SELECT used FROM key_recipients WHERE key_id = ${keyId} AND day = ${day}::date`;
  return known?.used ?? 0;
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

function minutes(): RateLimiterMemory {
  return processWide(
    "recipient-limiter",
    () => new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: WINDOW_SECONDS }),
  );
}
