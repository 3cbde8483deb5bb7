import { emailHash, emailHashes } from "@/lib/mail/address/email-hash";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

/** A change of a contact's subscription. */
export type SubscriptionChange = {
  workspaceId: string;
  environment: Environment;
  contactId: string;
  unsubscribed: boolean;
  /** The id of the key or member that asks for it; null for the contact itself, by a link in an email. */
  by: string | null;
  /** The id of the email whose link was followed. */
  emailId?: string;
};

/**
 * Unsubscribes a contact, or subscribes it again, and keeps the suppression of its email in step. Raises the
 * contact clock. Returns whether anything changed, so false also where there is no such contact.
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
  const email = changed[0]?.email;
  if (email === undefined) return false;
  const place = { workspaceId, environment };
  if (unsubscribed) await suppressUnsubscribed(tx, place, [email], now, emailId ?? null);
  else await liftUnsubscribed(tx, place, [email]);
  return true;
}

type Place = { workspaceId: string; environment: Environment };

/** Suppresses the emails of unsubscribed contacts. An email that is suppressed for it already keeps its entry. */
export async function suppressUnsubscribed(
  tx: Transaction,
  { workspaceId, environment }: Place,
  emails: readonly string[],
  now: Date,
  emailId: string | null = null,
): Promise<void> {
  if (emails.length === 0) return;
  const hashes = emails.map((email) => emailHash(workspaceId, email));
  // The suppression of a deleted contact has no email left. It gets the email back here. Where somebody else made the
  // suppression, a link that the person followed makes it theirs from then on.
  await tx.$executeRaw`
    INSERT INTO suppression
      (workspace_id, environment, email_hash, reason, email, email_id, created_at)
    SELECT ${workspaceId}, ${environment}::"Environment", hash, 'unsubscribed', email, ${emailId}, ${now}
    FROM unnest(${hashes}::text[], ${[...emails]}::text[]) AS given (hash, email)
    ON CONFLICT (workspace_id, environment, email_hash, reason) DO UPDATE
      SET email = EXCLUDED.email, email_id = COALESCE(suppression.email_id, EXCLUDED.email_id)`;
}

/** Suppresses emails of which only the hashes are left, since their contacts were deleted. */
export async function suppressHashes(
  tx: Transaction,
  place: Place,
  hashes: readonly string[],
  now: Date,
  emailId: string | null,
): Promise<void> {
  await tx.suppression.createMany({
    data: hashes.map((emailHash) => {
      return { ...place, emailHash, reason: "unsubscribed" as const, emailId, createdAt: now };
    }),
    skipDuplicates: true,
  });
}

/** Lets the emails of contacts that are subscribed again have mail. Entries for bounces and by hand stay. */
export async function liftUnsubscribed(
  tx: Transaction,
  place: Place,
  emails: readonly string[],
): Promise<void> {
  if (emails.length === 0) return;
  const hashes = emails.flatMap((email) => emailHashes(place.workspaceId, email));
  await liftHashes(tx, place, hashes);
}

/** `liftUnsubscribed` by the hashes of the emails. */
export async function liftHashes(
  tx: Transaction,
  { workspaceId, environment }: Place,
  hashes: readonly string[],
): Promise<void> {
  await tx.suppression.deleteMany({
    where: { workspaceId, environment, reason: "unsubscribed", emailHash: { in: [...hashes] } },
  });
}
