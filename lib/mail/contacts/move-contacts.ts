import { contactEmail } from "@/lib/mail/address/schema";
import { raiseContactClock } from "@/lib/mail/contacts/change-clock";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

type Moving = { id: string; workspaceId: string; environment: Environment; email: string };

/**
 * Gives contacts at international domains the one form of their email. A contact whose other form is a contact
 * too becomes one with it. It looks at every contact, so it is for once.
 */
export async function moveContactsToOneForm(tx: Transaction, now: Date): Promise<void> {
  const candidates = await tx.$queryRaw<Moving[]>`
    SELECT id, workspace_id AS "workspaceId", environment::text AS environment, email FROM contact
    WHERE octet_length(email) > char_length(email) OR email ~ '[@.]xn--' ORDER BY id`;
  for (const contact of candidates) {
    const email = contactEmail.safeParse(contact.email).data;
    if (email && email !== contact.email) await moveContact(tx, contact, email, now);
  }
}

async function moveContact(
  tx: Transaction,
  { id, workspaceId, environment }: Moving,
  email: string,
  now: Date,
): Promise<void> {
  const updatedAt = await raiseContactClock(tx, workspaceId, environment, now);
  const place = { workspaceId, environment };
  const same = await tx.contact.findFirst({ where: { ...place, email }, select: { id: true } });
  if (!same) {
    await tx.contact.update({ where: { id }, data: { email, updatedAt }, select: { id: true } });
    return;
  }
  await mergeInto(tx, { from: id, into: same.id, updatedAt });
  const lists = await tx.audienceMember.findMany({ where: { contactId: id } });
  await tx.contact.delete({ where: { id }, select: { id: true } });
  const audienceIds = lists.map(({ audienceId }) => audienceId);
  await tx.deletedContact.create({ data: { ...place, id, deletedAt: updatedAt, audienceIds } });
}

type Merge = { from: string; into: string; updatedAt: Date };

/** Moves what belongs to a contact to another that is the same person. Who unsubscribed as either stays so. */
async function mergeInto(tx: Transaction, { from, into, updatedAt }: Merge): Promise<void> {
  await tx.$executeRaw`
    UPDATE contact AS kept
    SET unsubscribed = kept.unsubscribed OR gone.unsubscribed,
        first_name = COALESCE(kept.first_name, gone.first_name),
        last_name = COALESCE(kept.last_name, gone.last_name),
        properties = gone.properties || kept.properties,
        created_at = LEAST(kept.created_at, gone.created_at),
        last_opened_at = GREATEST(kept.last_opened_at, gone.last_opened_at),
        last_clicked_at = GREATEST(kept.last_clicked_at, gone.last_clicked_at),
        updated_at = ${updatedAt}
    FROM contact AS gone WHERE kept.id = ${into} AND gone.id = ${from}`;
  await tx.$executeRaw`
    INSERT INTO audience_member (audience_id, contact_id, added_at)
    SELECT audience_id, ${into}, added_at FROM audience_member WHERE contact_id = ${from}
    ON CONFLICT DO NOTHING`;
  await tx.email.updateMany({ where: { contactId: from }, data: { contactId: into } });
  await tx.emailEvent.updateMany({ where: { contactId: from }, data: { contactId: into } });
  await mergeEvents(tx, { from, into });
}

/** The events of both, each once, and their counts. */
async function mergeEvents(
  tx: Transaction,
  { from, into }: { from: string; into: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE contact_event AS moved SET contact_id = ${into}
    WHERE contact_id = ${from} AND NOT EXISTS (
      SELECT FROM contact_event AS known
      WHERE known.contact_id = ${into} AND known.dedupe_id = moved.dedupe_id)`;
  await tx.contactEvent.deleteMany({ where: { contactId: from } });
  await tx.contactEventCount.deleteMany({ where: { contactId: { in: [from, into] } } });
  await tx.$executeRaw`
    INSERT INTO contact_event_count
      (workspace_id, environment, contact_id, name, count, last_at, last_payload)
    SELECT DISTINCT ON (name) workspace_id, environment, contact_id, name,
           count(*) OVER (PARTITION BY name), at, payload
    FROM contact_event WHERE contact_id = ${into} ORDER BY name, at DESC, id DESC`;
}
