import { type Backlog, backlogIn } from "@/lib/platform/operations/backlog";

/** The most events that are counted. */
const COUNTED_MAX = 10_000;

/** The events that are due, of webhooks that are on and do not rest. Those that rest wait for their receiver, not for us. */
const DUE_EVENTS = `
  WITH RECURSIVE waiting (id) AS (
    SELECT min(webhook_id) FROM webhook_event WHERE state = 'waiting'
    UNION ALL
    SELECT (SELECT min(webhook_id) FROM webhook_event WHERE state = 'waiting' AND webhook_id > waiting.id)
    FROM waiting WHERE waiting.id IS NOT NULL
  ), open AS MATERIALIZED (
    SELECT webhook.id FROM waiting JOIN webhook ON webhook.id = waiting.id
    WHERE off_since IS NULL AND (rests_until IS NULL OR rests_until <= now())
  )
  SELECT
    (SELECT count(*) FROM (
      SELECT FROM open JOIN webhook_event AS event ON event.webhook_id = open.id
      WHERE state = 'waiting' AND due_at <= now() LIMIT ${COUNTED_MAX}
    ) AS first)::int AS due,
    (SELECT extract(epoch FROM now() - min(first.due_at)) FROM open CROSS JOIN LATERAL (
      SELECT due_at FROM webhook_event AS event
      WHERE event.webhook_id = open.id AND state = 'waiting' AND due_at <= now()
      ORDER BY due_at LIMIT 1
    ) AS first)::float8 AS "oldestSeconds"`;

/** Asks for the deliveries that are due, at most 10,000, and the age of the oldest. */
export function deliveryBacklog(): () => Promise<Backlog> {
  return backlogIn(DUE_EVENTS);
}
