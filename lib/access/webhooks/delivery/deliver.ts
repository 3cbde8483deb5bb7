import {
  dueEvents,
  type HeldWebhook,
  holdDueWebhooks,
  letGo,
  letGoOfAll,
  waitForEarlier,
} from "@/lib/access/webhooks/delivery/due-events";
import { sendRound } from "@/lib/access/webhooks/delivery/round";
import { storeRound } from "@/lib/access/webhooks/delivery/store-round";
import { SECOND_MS } from "@/lib/platform/clock";
import { isEmbeddedDatabase } from "@/lib/platform/database/pool";
import { log } from "@/lib/platform/log";
import { inSpan } from "@/lib/platform/tracing/tracing";

/** Events of one round: with 16 at once and ten seconds for each, it ends before `HELD_MS`. */
const ROUND = 80;
/** Events of a round to a webhook that fails, to see whether it answers again. */
const PROBE = 1;
/** Webhooks that one process delivers to at the same time: one that does not answer takes its place for ten seconds. */
const WEBHOOKS_AT_ONCE = 100;
/** Pause between two looks for events, so the most that one waits. */
const LOOK_MS = SECOND_MS / 2;

/** The delivery of webhooks in this process. */
export type RunningDelivery = {
  /** Begins no new round, and waits at most `patienceMs` for those under way. */
  stop: (patienceMs: number) => Promise<void>;
};

/**
 * Starts to deliver events in this process. Any number of processes may; one of them at a time delivers to a webhook.
 * One that ends in the middle of a round leaves its webhooks to others after a minute, which send the round again.
 */
export function startDelivery(now: () => Date): RunningDelivery {
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look() {
    try {
      const free = WEBHOOKS_AT_ONCE - running.size;
      const held = free > 0 && !stopped ? await holdDueWebhooks(now(), free) : [];
      for (const webhook of held) track(deliverTo(webhook, now, () => stopped));
    } catch (error) {
      log.warn({ err: error }, "webhooks could not be looked for and will be in a moment");
    }
    if (!stopped) timer = setTimeout(look, LOOK_MS);
  }

  function track(work: Promise<void>) {
    running.add(work);
    void work.finally(() => running.delete(work));
  }

  // Nobody else can have the embedded database open, so whoever held a webhook there has ended.
  const ready = isEmbeddedDatabase() ? letGoOfAll(now()) : Promise.resolve();
  // Without that they are looked at a minute later.
  void ready.catch(() => {}).then(look);
  return {
    stop: async (patienceMs) => {
      stopped = true;
      clearTimeout(timer);
      let patience: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        patience = setTimeout(resolve, patienceMs);
      });
      await Promise.race([Promise.all(running), enough]);
      clearTimeout(patience);
    },
  };
}

/** Delivers once what is due, and resolves when it is done. */
export async function deliverDue(now: () => Date): Promise<void> {
  const held = await holdDueWebhooks(now(), WEBHOOKS_AT_ONCE);
  await Promise.all(held.map((webhook) => deliverTo(webhook, now, () => false)));
}

/** Delivers to a webhook, round by round, until nothing is due or it rests. Never rejects. */
async function deliverTo(
  webhook: HeldWebhook,
  now: () => Date,
  isStopping: () => boolean,
): Promise<void> {
  try {
    let held: HeldWebhook | null = webhook;
    while (held && !isStopping()) held = await deliverTracedRound(held, now);
    await letGo(webhook.id, now());
  } catch (error) {
    // Another look finds it once it is no longer held.
    log.warn({ err: error, webhookId: webhook.id }, "a round of a webhook failed");
  }
}

async function deliverTracedRound(
  webhook: HeldWebhook,
  now: () => Date,
): Promise<HeldWebhook | null> {
  const attributes = {
    "postern.workspace_id": webhook.workspaceId,
    "postern.webhook_id": webhook.id,
  };
  return await inSpan(
    () => ({ name: "webhook round", kind: "internal", attributes }),
    async () => await deliverRound(webhook, now),
  );
}

async function deliverRound(webhook: HeldWebhook, now: () => Date): Promise<HeldWebhook | null> {
  const events = await dueEvents(webhook.id, now(), webhook.failures > 0 ? PROBE : ROUND);
  if (events.length === 0) {
    await waitForEarlier(webhook.id, now());
    return null;
  }
  return await storeRound(webhook, await sendRound(webhook, events, now), now());
}
