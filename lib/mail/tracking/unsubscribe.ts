import { emailHash } from "@/lib/mail/address/email-hash";
import { addressOf } from "@/lib/mail/address/mailbox";
import {
  liftUnsubscribed,
  setUnsubscribed,
  suppressUnsubscribed,
} from "@/lib/mail/contacts/subscription";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import { isSignedLink } from "@/lib/mail/tracking/signed-links";
import { recordAudit } from "@/lib/people/audit/record";
import { db, type Transaction } from "@/lib/platform/database/db";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

/** A signed link out of an email: who has it is the recipient, without signing in. */
export type UnsubscribeLink = { emailId: string; signature: string };

/** Who writes to whom, and whether that goes on. */
export type Subscription = {
  workspaceName: string;
  address: string;
  unsubscribed: boolean;
  /** The link stands in a test that a member sent to themselves: nothing can be done with it. */
  isTest: boolean;
};

/** What a link is about. A link that is not ours, or of an email that is gone, is `not_found`. */
export async function subscriptionOf(
  link: UnsubscribeLink,
): Promise<Result<Subscription, "not_found">> {
  const email = await emailOf(db, link);
  if (!email) return noLink();
  const { workspaceId, environment, address, workspaceName, contact, isTest } = email;
  const emailHashed = emailHash(workspaceId, address);
  const suppressed = await db.suppression.count({
    where: { workspaceId, environment, reason: "unsubscribed", emailHash: emailHashed },
  });
  return ok({
    workspaceName,
    address,
    unsubscribed: contact?.unsubscribed ?? suppressed > 0,
    isTest,
  });
}

/**
 * Unsubscribes the recipient of an email, by themselves. The address is kept from mail even where its contact
 * was deleted meanwhile. Doing it twice is as good as once; in a member's test of a message it does nothing.
 */
export async function unsubscribe(
  link: UnsubscribeLink,
  now: Date,
): Promise<Result<null, "not_found">> {
  return await db.$transaction(async (tx) => {
    const email = await emailOf(tx, link);
    if (!email) return noLink();
    if (email.isTest) return ok(null);
    const { workspaceId, environment, address, contact, emailId } = email;
    const place = { workspaceId, environment };
    if (contact) {
      const change = { ...place, contactId: contact.id, unsubscribed: true, by: null, emailId };
      await setUnsubscribed(tx, change, now);
    }
    await suppressUnsubscribed(tx, place, [address], now, emailId);
    await recordEmailEvents(tx, [{ emailId, type: "unsubscribed" }], now);
    return ok(null);
  });
}

/** Subscribes the recipient again, by themselves; audited, as every way back is. */
export async function resubscribe(
  link: UnsubscribeLink,
  now: Date,
): Promise<Result<null, "not_found">> {
  return await db.$transaction(async (tx) => {
    const email = await emailOf(tx, link);
    if (!email) return noLink();
    if (email.isTest) return ok(null);
    const { workspaceId, environment, address, contact } = email;
    const place = { workspaceId, environment };
    await liftUnsubscribed(tx, place, [address]);
    if (!contact) return ok(null);
    const change = { ...place, contactId: contact.id, unsubscribed: false, by: null };
    if (!(await setUnsubscribed(tx, change, now))) return ok(null);
    const event = {
      action: "contact.resubscribed" as const,
      // Named by its id: the record outlives the contact, and must not keep its address.
      target: { type: "contact" as const, id: contact.id, name: contact.id },
      changes: { unsubscribed: { from: true, to: false } },
    };
    await recordAudit(tx, { workspaceId, ...THE_CONTACT }, event, now);
    return ok(null);
  });
}

/** Who a contact is to the audit record. */
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
  address: string;
  isTest: boolean;
  /** Whoever has the address now, if the contact it went to is gone. */
  contact: { id: string; unsubscribed: boolean } | null;
};

async function emailOf(
  tx: Transaction,
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
      workspace: { select: { name: true } },
    },
  });
  const recipient = email?.to[0];
  if (!email || !recipient) return null;
  const { workspaceId, environment, contactId, workspace } = email;
  const address = addressOf(recipient);
  const select = { id: true, unsubscribed: true };
  const place = { workspaceId, environment };
  const contact =
    (contactId && (await tx.contact.findFirst({ where: { ...place, id: contactId }, select }))) ||
    (await tx.contact.findFirst({ where: { ...place, email: address }, select }));
  const isTest = email.testedBy !== null;
  const workspaceName = workspace.name;
  return { emailId, workspaceId, environment, address, isTest, contact, workspaceName };
}

function noLink(): Failure<"not_found"> {
  return fail("not_found", "This link leads nowhere.");
}
