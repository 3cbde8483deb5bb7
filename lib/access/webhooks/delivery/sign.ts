import { Webhook } from "standardwebhooks";
import type { DueEvent, HeldWebhook } from "@/lib/access/webhooks/delivery/due-events";
import { openSigningSecret } from "@/lib/access/webhooks/webhook/signing-secret";

/** Signs one message at an instant, once for each secret. */
export type Signer = (id: string, at: Date, body: string) => string;

/**
 * The signer of a webhook's messages (https://www.standardwebhooks.com): by its secret, and beside it by the old one
 * while a rotation lasts. Null where a secret cannot be read any more.
 */
export function signerOf(webhook: HeldWebhook, now: Date): Signer | null {
  const { id, secret, oldSecret, oldSecretEndsAt } = webhook;
  const isOldInUse = oldSecretEndsAt !== null && oldSecretEndsAt > now;
  const sealed = oldSecret !== null && isOldInUse ? [secret, oldSecret] : [secret];
  const opened = sealed.map((one) => openSigningSecret(id, one)).filter((one) => one !== null);
  if (opened.length < sealed.length) return null;
  const signing = opened.map((one) => new Webhook(one));
  return (messageId, at, body) => signing.map((one) => one.sign(messageId, at, body)).join(" ");
}

/** The body of an event's message: the same at every try. */
export function bodyOf({ type, at, data }: Pick<DueEvent, "type" | "at" | "data">): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}

/** The headers of a message. Its id stays the same at every try, so that a receiver can drop what it has. */
export function headersOf(id: string, at: Date, signature: string): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "User-Agent": "Postern-Webhooks",
    "webhook-id": id,
    "webhook-timestamp": `${Math.floor(at.getTime() / 1_000)}`,
    "webhook-signature": signature,
  };
}
