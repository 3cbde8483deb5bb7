import { RateLimiterMemory } from "rate-limiter-flexible";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { type RateState, WINDOW_SECONDS } from "@/lib/access/api-keys/verification/rate-limit";
import { DAY_MS, later, SECOND_MS, startOf } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** A key's windows of recipients after a call: its minute, and the UTC day. */
export type RecipientState = { minute: RateState; day: RateState };

type Limited = Pick<KeyRecord, "keyId" | "recipientsPerMinute" | "recipientsPerDay">;

/**
 * Counts the recipients of one call. Where they are too many for the minute or the day, `exceeded` is true in that
 * window, and none of them is counted. Minutes are counted in memory, like calls; days in the database, so that a
 * restart forgets none and all processes share them.
 */
export async function countRecipients(
  key: Limited,
  recipients: number,
  now: Date,
): Promise<RecipientState> {
  const minute = await countInMinute(key, recipients);
  const day = await countInDay(key, minute.exceeded ? 0 : recipients, now);
  if (minute.exceeded || day.exceeded) await minutes().reward(key.keyId, recipients);
  if (day.exceeded) minute.remaining += recipients;
  return { minute, day };
}

/** Takes back what `countRecipients` counted, for a call that reached nobody. */
export async function giveBackRecipients(
  { keyId }: Limited,
  recipients: number,
  now: Date,
): Promise<void> {
  await minutes().reward(keyId, recipients);
  await db().$executeRaw`
    UPDATE key_recipients SET used = greatest(used - ${recipients}, 0)
    WHERE key_id = ${keyId} AND day = ${dayOf(now)}::date`;
}

/** Forgets the counts of days that are over at `now`. */
export async function forgetOldRecipients(now: Date): Promise<void> {
  await db().$executeRaw(Prisma.sql`DELETE FROM key_recipients WHERE day < ${dayOf(now)}::date`);
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

/** One statement, so that of many calls at once none passes the limit. */
async function countInDay(
  { keyId, recipientsPerDay: limit }: Limited,
  recipients: number,
  now: Date,
): Promise<RateState> {
  const day = dayOf(now);
  const counted = await db().$queryRaw<{ used: number }[]>`
    INSERT INTO key_recipients AS today (key_id, day, used)
    SELECT ${keyId}, ${day}::date, ${recipients}::int WHERE ${recipients}::int <= ${limit}::int
    ON CONFLICT (key_id, day) DO UPDATE SET used = today.used + EXCLUDED.used
      WHERE today.used + EXCLUDED.used <= ${limit}::int
    RETURNING used`;
  const exceeded = counted.length === 0;
  const known = exceeded ? await usedIn(keyId, day) : counted;
  const tomorrow = later(startOf(now, DAY_MS), DAY_MS);
  return {
    limit,
    remaining: Math.max(limit - (known[0]?.used ?? 0), 0),
    resetSeconds: Math.ceil((tomorrow.getTime() - now.getTime()) / SECOND_MS),
    exceeded,
  };
}

async function usedIn(keyId: string, day: string): Promise<{ used: number }[]> {
  return await db().$queryRaw<{ used: number }[]>`
    SELECT used FROM key_recipients WHERE key_id = ${keyId} AND day = ${day}::date`;
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
