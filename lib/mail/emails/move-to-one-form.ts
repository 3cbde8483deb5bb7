import { emailHash } from "@/lib/mail/address/email-hash";
import { contactEmail } from "@/lib/mail/address/schema";
import { moveContactsToOneForm } from "@/lib/mail/contacts/move-contacts";
import type { EmailEventDetail } from "@/lib/mail/emails/email-events";
import { domainName } from "@/lib/mail/sending-domains/schema";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Suppression } from "@/prisma/generated/client";

/**
 * Moves what was stored before emails at international domains had one form: `info@xn--bcher-kva.example` and
 * `info@bücher.example` become one contact, one suppression, one recipient and one sending domain. It looks at
 * every row, so it is for once.
 */
export async function moveToOneForm(tx: Transaction, now: Date): Promise<void> {
  await moveContactsToOneForm(tx, now);
  await moveSuppressions(tx);
  await moveRecipients(tx);
  await moveDomains(tx);
}

function oneForm(email: string): string {
  return contactEmail.safeParse(email).data ?? email;
}

/** A suppression whose email is forgotten stays: it is found by the hash of either form. */
async function moveSuppressions(tx: Transaction): Promise<void> {
  const candidates = await tx.$queryRaw<Suppression[]>`
    SELECT workspace_id AS "workspaceId", environment::text AS environment, email,
           email_hash AS "emailHash", reason::text AS reason, email_id AS "emailId",
           created_at AS "createdAt"
    FROM suppression WHERE octet_length(email) > char_length(email) OR email ~ '[@.]xn--'`;
  const moved = candidates.filter(({ email }) => email !== null && oneForm(email) !== email);
  if (moved.length === 0) return;
  await tx.suppression.createMany({
    data: moved.map(({ email, ...row }) => {
      const form = oneForm(email ?? "");
      return { ...row, email: form, emailHash: emailHash(row.workspaceId, form) };
    }),
    skipDuplicates: true,
  });
  await tx.suppression.deleteMany({
    where: { email: { not: null }, emailHash: { in: moved.map((row) => row.emailHash) } },
  });
}

/** The recipients of emails, and those that their events name: an email on its way goes on where it was. */
async function moveRecipients(tx: Transaction): Promise<void> {
  type Row = { id: string; recipients: string[] };
  const candidates = await tx.$queryRaw<Row[]>`
    SELECT id, recipients FROM email, array_to_string(recipients, ' ') AS list
    WHERE octet_length(list) > char_length(list) OR list ~ '[@.]xn--'`;
  const moved = candidates.filter(({ recipients }) =>
    recipients.some((one) => oneForm(one) !== one),
  );
  for (const { id, recipients } of moved) {
    const forms = [...new Set(recipients.map(oneForm))];
    await tx.email.update({ where: { id }, data: { recipients: forms }, select: { id: true } });
    const events = await tx.emailEvent.findMany({ where: { emailId: id } });
    for (const event of events) {
      const detail = event.detail as EmailEventDetail;
      if (!detail.recipients) continue;
      const named = [...new Set(detail.recipients.map(oneForm))];
      await tx.emailEvent.update({
        where: { id: event.id },
        data: { detail: { ...detail, recipients: named } },
        select: { id: true },
      });
    }
  }
}

async function moveDomains(tx: Transaction): Promise<void> {
  const form = (name: string) => domainName.safeParse(name).data ?? name;
  const domains = await tx.sendingDomain.findMany();
  const moved = domains.filter(({ name }) => form(name) !== name);
  await tx.sendingDomain.deleteMany({ where: { id: { in: moved.map(({ id }) => id) } } });
  await tx.sendingDomain.createMany({
    data: moved.map((row) => ({ ...row, name: form(row.name) })),
    skipDuplicates: true,
  });
  const keys = await tx.apiKey.findMany({
    where: { sendingDomains: { isEmpty: false } },
    select: { id: true, sendingDomains: true },
  });
  for (const { id, sendingDomains } of keys) {
    const forms = [...new Set(sendingDomains.map(form))];
    if (forms.join() === sendingDomains.join()) continue;
    await tx.apiKey.update({
      where: { id },
      data: { sendingDomains: forms },
      select: { id: true },
    });
  }
}
