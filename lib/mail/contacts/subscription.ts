import { emailHash } from "@/lib/mail/address/email-hash";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

/** A contact, and what becomes of its subscription. */
export type SubscriptionChange = {
  workspaceId: string;
  environment: Environment;
  contactId: string;
  unsubscribed: boolean;
  /** The key or member that asks for it; null for the contact itself, by a link in an email. */
  by: string | null;
  /** The email whose link was followed. */
  emailId?: string;
};

/**
 * Unsubscribes a contact, or subscribes it again, and keeps the suppression of its address in step. Returns
 * whether anything changed: false as well where there is no such contact. The contact clock is raised.
 */
export async function setUnsubscribed(
  tx: Transaction,
  change: SubscriptionChange,
  now: Date,
): Promise<boolean> {
  const { workspaceId, environment, contactId, unsubscribed, by, emailId } = change;
  const updatedAt = await raiseContactClock(tx, workspaceId, environment, now);
  const changed = await tx.contact.updateManyAndReturn({
    where: { id: contactId, workspaceId, environment, unsubscribed: !unsubscribed },
    data: { unsubscribed, updatedAt, changedBy: by },
    select: { email: true },
  });
  const address = changed[0]?.email;
  if (address === undefined) return false;
  const place = { workspaceId, environment };
  if (unsubscribed) await suppressUnsubscribed(tx, place, [address], now, emailId ?? null);
  else await liftUnsubscribed(tx, place, [address]);
  return true;
}

type Place = { workspaceId: string; environment: Environment };

/** Keeps mail from addresses whose contacts are unsubscribed. Those that are suppressed already stay so. */
export async function suppressUnsubscribed(
  tx: Transaction,
  { workspaceId, environment }: Place,
  emails: readonly string[],
  now: Date,
  emailId: string | null = null,
): Promise<void> {
  if (emails.length === 0) return;
  const hashes = emails.map((email) => emailHash(workspaceId, email));
  // Of a contact that was deleted, the suppression is left without its address: it gets it back.
  await tx.$executeRaw`
    INSERT INTO suppression
      (workspace_id, environment, email_hash, reason, email, email_id, created_at)
    SELECT ${workspaceId}, ${environment}::"Environment", hash, 'unsubscribed', email, ${emailId}, ${now}
    FROM unnest(${hashes}::text[], ${[...emails]}::text[]) AS given (hash, email)
    ON CONFLICT (workspace_id, environment, email_hash, reason) DO UPDATE SET email = EXCLUDED.email`;
}

/** Lets addresses of contacts that are subscribed again have mail. Bounces and manual entries stay. */
export async function liftUnsubscribed(
  tx: Transaction,
  { workspaceId, environment }: Place,
  emails: readonly string[],
): Promise<void> {
  if (emails.length === 0) return;
  const emailHashes = emails.map((email) => emailHash(workspaceId, email));
  await tx.suppression.deleteMany({
    where: { workspaceId, environment, reason: "unsubscribed", emailHash: { in: emailHashes } },
  });
}
