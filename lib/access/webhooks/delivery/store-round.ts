import { hadRested, isHopeless, nextTry, restAfter } from "@/lib/access/webhooks/delivery/back-off";
import { HELD_COLUMNS, HELD_MS, type HeldWebhook } from "@/lib/access/webhooks/delivery/due-events";
import { hasArrived, type Tried } from "@/lib/access/webhooks/delivery/round";
import { switchOff } from "@/lib/access/webhooks/delivery/switch-off";
import { later } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";
import type { WebhookEventState, WebhookOff } from "@/prisma/generated/enums";

/** The latest tries of an event that its log keeps. */
const TRIES_KEPT = 10;
/** HTTP's word for an address that will not come back (RFC 9110, 15.5.11). */
const GONE = 410;

/**
 * Stores what came of a round: each event is delivered, waits for its next try, or is given up after three days. A
 * webhook where nothing arrives any more rests, and is switched off after three days, or at once where it answers “410
 * Gone”. Returns the webhook as it is now, held for another round; null where it rests, is off or is gone.
 */
export async function storeRound(
  webhook: HeldWebhook,
  tried: readonly Tried[],
  now: Date,
): Promise<HeldWebhook | null> {
  return await transact(async (tx) => {
    const anyArrived = tried.some(({ attempt }) => hasArrived(attempt));
    const standing = anyArrived ? ANSWERING : failing(webhook, now);
    // The webhook goes first: whoever sends something again locks in this order too.
    const held = await storeStanding(tx, webhook, standing, now);
    await storeTries(tx, webhook.id, tried, now);
    if (anyArrived && hadRested(webhook.failures)) await bringForward(tx, webhook.id, now);
    const off = reasonToSwitchOff(tried, standing, now);
    if (off) await switchOff(tx, webhook, off, now);
    return off || standing.restsUntil ? null : held;
  });
}

/** How many rounds in a row failed, since when, and until when nothing more is tried. */
type Standing = Pick<HeldWebhook, "failures" | "failingSince"> & { restsUntil: Date | null };

const ANSWERING: Standing = { failures: 0, failingSince: null, restsUntil: null };

function failing({ failures, failingSince }: HeldWebhook, now: Date): Standing {
  const more = failures + 1;
  return { failures: more, failingSince: failingSince ?? now, restsUntil: restAfter(more, now) };
}

function reasonToSwitchOff(
  tried: readonly Tried[],
  { failingSince }: Standing,
  now: Date,
): WebhookOff | null {
  if (tried.some(({ attempt }) => attempt.status === GONE)) return "gone";
  return isHopeless(failingSince, now) ? "failing" : null;
}

/** A webhook that got another URL meanwhile keeps the clean slate it got with it. */
async function storeStanding(
  tx: Transaction,
  { id, url }: HeldWebhook,
  { failures, failingSince, restsUntil }: Standing,
  now: Date,
): Promise<HeldWebhook | null> {
  const rows = await thinQuery<HeldWebhook>(
    tx,
    Prisma.sql`
      UPDATE webhook
      SET failures = ${failures}, failing_since = ${failingSince}, rests_until = ${restsUntil},
          held_until = ${later(now, HELD_MS)}
      WHERE id = ${id} AND url = ${url} RETURNING ${HELD_COLUMNS}`,
  );
  return rows[0] ?? null;
}

async function storeTries(
  tx: Transaction,
  webhookId: string,
  tried: readonly Tried[],
  now: Date,
): Promise<void> {
  const given = tried.map(({ event, attempt }) => {
    const { state, dueAt } = outcomeOf({ event, attempt }, now);
    return { id: event.id, state, dueAt, attempt };
  });
  await thinQuery(
    tx,
    Prisma.sql`
      UPDATE webhook_event
      SET state = given.state, due_at = given."dueAt", tries = tries + 1,
          first_tried_at = COALESCE(first_tried_at, ${now}::timestamptz),
          log = CASE WHEN jsonb_array_length(log) >= ${TRIES_KEPT}::int THEN log - 0 ELSE log END
            || jsonb_build_array(attempt)
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        AS given (id text, state "WebhookEventState", "dueAt" timestamptz, attempt jsonb)
      WHERE webhook_event.id = given.id AND webhook_id = ${webhookId}`,
  );
}

function outcomeOf(
  { event, attempt }: Tried,
  now: Date,
): { state: WebhookEventState; dueAt: Date } {
  if (hasArrived(attempt)) return { state: "delivered", dueAt: now };
  if (isHopeless(event.firstTriedAt, now)) return { state: "given_up", dueAt: now };
  return { state: "waiting", dueAt: nextTry(event.tries + 1, now) };
}

/** A receiver that answers again gets what it missed at once. */
async function bringForward(tx: Transaction, webhookId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_event SET due_at = ${now}
    WHERE webhook_id = ${webhookId} AND state = 'waiting' AND due_at > ${now}`;
}
