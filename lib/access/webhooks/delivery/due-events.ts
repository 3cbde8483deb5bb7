import { later, SECOND_MS } from "@/lib/platform/clock";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { asOneStatement } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** How long a process may deliver to a webhook without a sign of life; longer than a round takes. */
export const HELD_MS = 60 * SECOND_MS;

/** A webhook that this process delivers to, and no other. */
export type HeldWebhook = {
  id: string;
  workspaceId: string;
  name: string;
  url: string;
  secret: string;
  oldSecret: string | null;
  oldSecretEndsAt: Date | null;
  failures: number;
  failingSince: Date | null;
};

/** The columns of a `HeldWebhook`. */
export const HELD_COLUMNS = Prisma.sql`
  id, workspace_id AS "workspaceId", name, url, secret, old_secret AS "oldSecret",
  old_secret_ends_at AS "oldSecretEndsAt", failures, failing_since AS "failingSince"`;

/** An event that is to be delivered now. */
export type DueEvent = {
  id: string;
  type: string;
  data: unknown;
  at: Date;
  tries: number;
  firstTriedAt: Date | null;
};

/**
 * Takes hold of at most `limit` webhooks that have something to deliver, those first that were served longest ago. The
 * search jumps from one webhook with waiting events to the next, so its cost grows with their number and not with what
 * waits.
 */
export async function holdDueWebhooks(now: Date, limit: number): Promise<HeldWebhook[]> {
  return await asOneStatement((on) =>
    thinQuery<HeldWebhook>(
      on,
      Prisma.sql`
        WITH RECURSIVE waiting (id) AS (
          SELECT min(webhook_id) FROM webhook_event WHERE state = 'waiting'
          UNION ALL
          SELECT (SELECT min(webhook_id) FROM webhook_event WHERE state = 'waiting' AND webhook_id > waiting.id)
          FROM waiting WHERE waiting.id IS NOT NULL
        )
        UPDATE webhook SET held_until = ${later(now, HELD_MS)}
        WHERE id IN (
          SELECT webhook.id FROM webhook JOIN waiting ON waiting.id = webhook.id
          WHERE off_since IS NULL AND (held_until IS NULL OR held_until <= ${now}::timestamptz)
            AND (rests_until IS NULL OR rests_until <= ${now}::timestamptz)
            AND EXISTS (SELECT FROM webhook_event AS event WHERE event.webhook_id = webhook.id
                        AND event.state = 'waiting' AND event.due_at <= ${now}::timestamptz)
          ORDER BY held_until NULLS FIRST LIMIT ${limit} FOR NO KEY UPDATE OF webhook SKIP LOCKED)
        RETURNING ${HELD_COLUMNS}`,
    ),
  );
}

/**
 * The events that are due, the longest waiting first: of each object only its oldest, so that none overtakes another. It
 * asks row by row, since Postgres would join all that waits where it may.
 */
export async function dueEvents(webhookId: string, now: Date, limit: number): Promise<DueEvent[]> {
  return await asOneStatement((on) =>
    thinQuery<DueEvent>(
      on,
      Prisma.sql`
        SELECT id, type, data, at, tries, first_tried_at AS "firstTriedAt" FROM webhook_event AS event
        WHERE webhook_id = ${webhookId} AND state = 'waiting' AND due_at <= ${now}::timestamptz
          AND id = (SELECT min(id) FROM webhook_event AS same
                    WHERE same.webhook_id = event.webhook_id AND same.object_id = event.object_id
                      AND same.state = 'waiting')
        ORDER BY due_at, id LIMIT ${limit}`,
    ),
  );
}

/** Lets events wait as long as the earlier one of the same object that they wait for, so that nobody looks at them. */
export async function waitForEarlier(webhookId: string, now: Date): Promise<void> {
  await asOneStatement((on) =>
    thinQuery(
      on,
      Prisma.sql`
        UPDATE webhook_event AS event SET due_at = earlier.due_at
        FROM (SELECT object_id, max(due_at) AS due_at FROM webhook_event
              WHERE webhook_id = ${webhookId} AND state = 'waiting' AND due_at > ${now}::timestamptz
              GROUP BY object_id) AS earlier
        WHERE event.webhook_id = ${webhookId} AND event.object_id = earlier.object_id
          AND event.state = 'waiting' AND event.due_at <= ${now}::timestamptz`,
    ),
  );
}

/** Lets go of all webhooks, whoever holds them. */
export async function letGoOfAll(now: Date): Promise<void> {
  await asOneStatement((on) =>
    thinQuery(on, Prisma.sql`UPDATE webhook SET held_until = ${now} WHERE held_until > ${now}`),
  );
}

/** Lets go of a webhook, so that any process may deliver to it. */
export async function letGo(webhookId: string, now: Date): Promise<void> {
  await asOneStatement((on) =>
    thinQuery(on, Prisma.sql`UPDATE webhook SET held_until = ${now} WHERE id = ${webhookId}`),
  );
}
