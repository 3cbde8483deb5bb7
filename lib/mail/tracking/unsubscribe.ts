import { emailHashes } from "@/lib/mail/address/email-hash";
import { emailIn } from "@/lib/mail/address/mailbox";
import {
  liftHashes,
  setUnsubscribed,
  suppressHashes,
  suppressUnsubscribed,
} from "@/lib/mail/contacts/subscription";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { isSignedLink } from "@/lib/mail/tracking/signed-links";
import { recordAudit } from "@/lib/people/audit/record";
import { type Reader, reader, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

/** A signed link out of an email. Its holder acts as the recipient, without signing in. */
export type UnsubscribeLink = { emailId: string; signature: string };

/** The sender, the recipient, and whether the recipient is unsubscribed. */
export type Subscription = {
  workspaceName: string;
  /** Null once the contact was deleted. */
  recipient: string | null;
  unsubscribed: boolean;
  /** The link comes from a test that a member sent to themselves; it changes nothing. */
  isTest: boolean;
};

/** The subscription a link is about. A forged link, or one of a deleted email, is `not_found`. */
export async function subscriptionOf(
  link: UnsubscribeLink,
): Promise<Result<Subscription, "not_found">> {
  const email = await emailOf(reader(), link);
  if (!email) return noLink();
  const { workspaceId, environment, recipient, hashes, workspaceName, contact, isTest } = email;
  const suppressed = await reader().suppression.count({
    where: { workspaceId, environment, reason: "unsubscribed", emailHash: { in: hashes } },
  });
  return ok({
    workspaceName,
    recipient,
    unsubscribed: contact?.unsubscribed ?? suppressed > 0,
    isTest,
  });
}

/**
 * Unsubscribes the recipient of an email, by themselves. The recipient gets no more mail even if the contact was
 * deleted in the meantime. Doing it twice has the effect of once; in a member's test of a message it does nothing.
 */
export async function unsubscribe(
  link: UnsubscribeLink,
  now: Date,
): Promise<Result<null, "not_found">> {
  return await transact(async (tx) => {
    const email = await emailOf(tx, link);
    if (!email) return noLink();
    if (email.isTest) return ok(null);
    const { workspaceId, environment, recipient, contact, emailId } = email;
    const place = { workspaceId, environment };
    if (contact) {
      const change = { ...place, contactId: contact.id, unsubscribed: true, by: null, emailId };
      await setUnsubscribed(tx, change, now);
    }
    if (recipient) await suppressUnsubscribed(tx, place, [recipient], now, emailId);
    else await suppressHashes(tx, place, email.hashes, now, emailId);
    await recordEmailEvents(tx, [{ emailId, type: "unsubscribed" }], now);
    return ok(null);
  });
}

/** Subscribes the recipient again, by themselves. Every way back is audited. */
export async function resubscribe(
  link: UnsubscribeLink,
  now: Date,
): Promise<Result<null, "not_found">> {
  return await transact(async (tx) => {
    const email = await emailOf(tx, link);
    if (!email) return noLink();
    if (email.isTest) return ok(null);
    const { workspaceId, environment, hashes, contact } = email;
    const place = { workspaceId, environment };
    await liftHashes(tx, place, hashes);
    if (!contact) return ok(null);
    const change = { ...place, contactId: contact.id, unsubscribed: false, by: null };
    if (!(await setUnsubscribed(tx, change, now))) return ok(null);
    const event = {
      action: "contact.resubscribed" as const,
      // Named by its id: the record outlives the contact and must not keep its email.
      target: { type: "contact" as const, id: contact.id, name: contact.id },
      changes: { unsubscribed: { from: true, to: false } },
    };
    await recordAudit(tx, { workspaceId, ...THE_CONTACT }, event, now);
    return ok(null);
  });
}

/** The actor that the audit log names for a contact. */
const THE_CONTACT = {
  memberId: null,
  name: "The contact, by a link in an email",
  address: null,
  userAgent: null,
};

type EmailOfLink = {
  emailId: string;
  workspaceId: string;
  workspaceName: string;
  environment: Environment;
  /** Null once the contact was deleted; then only the hash is known. */
  recipient: string | null;
  hashes: string[];
  isTest: boolean;
  /** The contact it went to; if that one is gone, the contact that has the email now. */
  contact: { id: string; unsubscribed: boolean } | null;
};

async function emailOf(
  tx: Reader,
  { emailId, signature }: UnsubscribeLink,
): Promise<EmailOfLink | null> {
  if (!isSignedLink({ purpose: "unsubscribe", emailId }, signature)) return null;
  const email = await tx.email.findUnique({
    where: { id: emailId },
    select: {
      workspaceId: true,
      environment: true,
      contactId: true,
      testedBy: true,
      to: true,
      recipientHash: true,
      workspace: { select: { name: true } },
    },
  });
  const mailbox = email?.to[0];
  if (!email || !mailbox) return null;
  const { workspaceId, environment, contactId, workspace } = email;
  const recipient = email.recipientHash ? null : emailIn(mailbox);
  const hashes = recipient ? emailHashes(workspaceId, recipient) : [email.recipientHash ?? ""];
  const select = { id: true, unsubscribed: true };
  const place = { workspaceId, environment };
  const contact =
    (contactId && (await tx.contact.findFirst({ where: { ...place, id: contactId }, select }))) ||
    (recipient &&
      (await tx.contact.findFirst({ where: { ...place, email: recipient }, select }))) ||
    null;
  const isTest = email.testedBy !== null;
  const workspaceName = workspace.name;
  return { emailId, workspaceId, environment, recipient, hashes, isTest, contact, workspaceName };
}

function noLink(): Failure<"not_found"> {
  return fail("not_found", "This link leads nowhere.");
}
