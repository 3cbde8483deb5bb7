import { callFigures } from "@/lib/access/activity/recording/call-figures";
import { processSpool } from "@/lib/access/activity/recording/process-spool";
import { lookUpCounts } from "@/lib/access/api-keys/verification/look-up-counts";
import { deliveryCounts } from "@/lib/access/webhooks/delivery/delivery-counts";
import { deliveryBacklog } from "@/lib/access/webhooks/delivery/due-backlog";
import { handOverCounts } from "@/lib/mail/emails/hand-over-counts";
import { now, SECOND_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { askedTogether } from "@/lib/platform/operations/asked-together";
import { backlogMetrics } from "@/lib/platform/operations/backlog";
import type { Metric, Reading } from "@/lib/platform/operations/metric";
import type { ReadinessChecks } from "@/lib/platform/operations/readiness";
import { queueBacklog } from "@/lib/platform/queue/queue-backlog";

/** Short enough that the next scrape reads anew. */
const SHARED_BY_A_SCRAPE = { keepMs: 1, patienceMs: SECOND_MS };

/** Everything that this process tells of itself, besides what Node does. docs/metrics.md explains each. */
export function metricsOf(readiness: ReadinessChecks): Metric[] {
  return [
    ...callMetrics,
    ...keyLookUpMetrics,
    ...spoolMetrics(),
    ...queueMetrics(),
    ...webhookMetrics(),
    ...emailMetrics,
    ...poolMetrics,
    readyMetric(readiness),
  ];
}

const callMetrics: Metric[] = [
  {
    name: "postern_api_calls_total",
    help: "Answered calls, by outcome and problem code.",
    type: "counter",
    read: () =>
      [...callFigures().codes].map(([code, { outcome, calls }]) => ({
        labels: { outcome, code: code ?? "" },
        value: calls,
      })),
  },
  {
    name: "postern_api_call_duration_seconds",
    help: "Time from a call's arrival to its answer, by method, route and outcome.",
    type: "histogram",
    read: callDurations,
  },
];

function callDurations(): Reading[] {
  return [...callFigures().routes].flatMap(([route, methods]) =>
    [...methods].flatMap(([method, figures]) =>
      Object.entries(figures).flatMap(([outcome, durations]) =>
        durations.isEmpty ? [] : durations.readings({ method, route, outcome }),
      ),
    ),
  );
}

const keyLookUpMetrics: Metric[] = [
  {
    name: "postern_key_lookups_total",
    help: "Look-ups of secrets: known in memory (hit), asked of the database (miss), or not to be told (failed).",
    type: "counter",
    read: () => byLabel("result", lookUpCounts()),
  },
];

function spoolMetrics(): Metric[] {
  // The three are read in one scrape, and the files of the spool once for it.
  const backlog = askedTogether(async () => processSpool().spool.backlog(), SHARED_BY_A_SCRAPE);
  return [
    {
      name: "postern_spool_entries",
      help: "Recorded calls and counts that are not in the database yet.",
      type: "gauge",
      read: async () => [{ value: (await backlog()).entries }],
    },
    {
      name: "postern_spool_bytes",
      help: "Bytes of recorded calls that are not in the database yet.",
      type: "gauge",
      read: async () => [{ value: (await backlog()).bytes }],
    },
    {
      name: "postern_spool_oldest_age_seconds",
      help: "Age of the oldest recorded call that is not in the database yet; 0 where there is none.",
      type: "gauge",
      read: async () => {
        const { oldestAt } = await backlog();
        const ageMs = oldestAt ? now().getTime() - oldestAt.getTime() : 0;
        return [{ value: Math.max(ageMs, 0) / SECOND_MS }];
      },
    },
  ];
}

function queueMetrics(): Metric[] {
  return backlogMetrics(
    {
      due: {
        name: "postern_queue_due_jobs",
        help: "Jobs that are due and not begun, of all processes.",
      },
      oldestSeconds: {
        name: "postern_queue_oldest_due_age_seconds",
        help: "Time since the oldest of these jobs became due; 0 where there is none.",
      },
    },
    queueBacklog(),
  );
}

function webhookMetrics(): Metric[] {
  const names = {
    due: {
      name: "postern_webhook_due_deliveries",
      help: "Deliveries of webhooks that are due, of all processes.",
    },
    oldestSeconds: {
      name: "postern_webhook_oldest_due_age_seconds",
      help: "Time since the oldest of these deliveries became due; 0 where there is none.",
    },
  };
  const attempts: Metric = {
    name: "postern_webhook_attempts_total",
    help: "Tries to deliver an event to a webhook, by whether its receiver took it.",
    type: "counter",
    read: () => byLabel("outcome", deliveryCounts()),
  };
  return [...backlogMetrics(names, deliveryBacklog()), attempts];
}

const emailMetrics: Metric[] = [
  {
    name: "postern_email_handovers_total",
    help: "Emails handed over to the mail server, by what it made of them.",
    type: "counter",
    read: () => byLabel("outcome", handOverCounts()),
  },
];

const poolMetrics: Metric[] = [
  {
    name: "postern_database_connections",
    help: "Connections of the pool.",
    type: "gauge",
    read: () => [{ value: pool().totalCount }],
  },
  {
    name: "postern_database_idle_connections",
    help: "Connections of the pool that nobody uses.",
    type: "gauge",
    read: () => [{ value: pool().idleCount }],
  },
  {
    name: "postern_database_waiting",
    help: "Pieces of work that wait for a connection of the pool.",
    type: "gauge",
    read: () => [{ value: pool().waitingCount }],
  },
];

function readyMetric(readiness: ReadinessChecks): Metric {
  return {
    name: "postern_ready",
    help: "Whether a check of /readyz holds (1) or not (0).",
    type: "gauge",
    read: async () => {
      const { checks } = await readiness.look();
      return Object.entries(checks).map(([check, state]) => ({
        labels: { check },
        value: state === "ok" ? 1 : 0,
      }));
    },
  };
}

function byLabel(label: string, counts: Readonly<Record<string, number>>): Reading[] {
  return Object.entries(counts).map(([name, value]) => ({ labels: { [label]: name }, value }));
}
