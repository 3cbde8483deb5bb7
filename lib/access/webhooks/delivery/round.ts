import { deliveryCounts } from "@/lib/access/webhooks/delivery/delivery-counts";
import type { DueEvent, HeldWebhook } from "@/lib/access/webhooks/delivery/due-events";
import { bodyOf, headersOf, type Signer, signerOf } from "@/lib/access/webhooks/delivery/sign";
import { post } from "@/lib/platform/outgoing/post";
import { inSpan, type NewSpan } from "@/lib/platform/tracing/tracing";

/** Messages to one webhook that are on their way at the same time. */
const AT_ONCE = 16;
/** With as many failures and no success, nothing more of a round is sent. */
const FAILURES_MAX = 5;
/** The most of an answer that is kept, in characters. */
const ANSWER_KEPT = 500;

/** One try of an event, as the log keeps it. */
export type Try = {
  at: string;
  ms: number;
  /** The answer's status and beginning; null where there was none. */
  status: number | null;
  answer: string | null;
  /** Why there was no answer, in plain words. */
  reason: string | null;
  /** Null where nothing could be signed. */
  signature: string | null;
};

/** A tried event and what came of it. */
export type Tried = { event: DueEvent; attempt: Try };

/** True for any 2xx, by which a receiver says that it has the message (Standard Webhooks). */
export function hasArrived({ status }: Pick<Try, "status">): boolean {
  return status !== null && status >= 200 && status < 300;
}

/**
 * Sends events to a webhook, several at a time, and resolves with those that were tried. Where one after another fails,
 * the rest is left for later.
 */
export async function sendRound(
  webhook: HeldWebhook,
  events: readonly DueEvent[],
  now: () => Date,
): Promise<Tried[]> {
  const sign = signerOf(webhook, now());
  const tried: Tried[] = [];
  const waiting = events.values();
  const isHopeless = () =>
    tried.length >= FAILURES_MAX && !tried.some(({ attempt }) => hasArrived(attempt));
  async function sendOneByOne() {
    for (const event of waiting) {
      const attempt = await inSpan(
        () => spanOf(webhook, event),
        async (span) => {
          const outcome = await attemptOf(webhook.url, event, sign, now());
          span?.add({ "http.response.status_code": outcome.status ?? undefined });
          if (!hasArrived(outcome)) span?.fail(`${outcome.status ?? "no answer"}`);
          return outcome;
        },
      );
      deliveryCounts()[hasArrived(attempt) ? "arrived" : "failed"] += 1;
      tried.push({ event, attempt });
      if (isHopeless()) return;
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, events.length) }, sendOneByOne));
  return tried;
}

/** The receiver is told by its host: the rest of a URL may be a secret. */
function spanOf(webhook: HeldWebhook, event: DueEvent): NewSpan {
  return {
    name: "deliver to webhook",
    kind: "client",
    attributes: {
      "postern.workspace_id": webhook.workspaceId,
      "postern.webhook_id": webhook.id,
      "postern.event_type": event.type,
      "server.address": new URL(webhook.url).hostname,
    },
  };
}

async function attemptOf(
  url: string,
  event: DueEvent,
  sign: Signer | null,
  at: Date,
): Promise<Try> {
  if (!sign) return unsigned(at);
  const body = bodyOf(event);
  const signature = sign(event.id, at, body);
  const posted = await post(url, headersOf(event.id, at, signature), body);
  const answer = posted.answer?.slice(0, ANSWER_KEPT) ?? null;
  return { at: at.toISOString(), ...posted, answer, signature };
}

function unsigned(at: Date): Try {
  const reason =
    "The signing secret cannot be read, since AUTH_SECRET has changed. Rotate the secret of this webhook.";
  return { at: at.toISOString(), ms: 0, status: null, answer: null, reason, signature: null };
}
