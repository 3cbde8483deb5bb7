import { type ContactRow, contactColumns } from "@/lib/mail/contacts/contact-row";
import { visibleContacts } from "@/lib/mail/contacts/visible-contacts";
import { ofSameView, type View } from "@/lib/people/auth/view";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { isAtomic, type Reader, reader } from "@/lib/platform/database/unit-of-work";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import { Prisma } from "@/prisma/generated/client";

/** The most contacts that one statement finds for several calls. */
const TOGETHER_MAX = 50;

/** Names one contact of a workspace and environment. */
export type ContactRef = { id: string } | { email: string };

/** The stored contact that `ref` names; null if the view does not show it. */
export async function findContact(
  on: Reader,
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<ContactRow | null> {
  const [found = null] = await findContacts(on, view, [ref], now);
  return found;
}

type Wanted = { view: View; ref: ContactRef; now: Date };

/** `findContact`, in one statement with the contacts that the same caller asks for meanwhile. */
export async function findAmongOthers(
  view: View,
  ref: ContactRef,
  now: Date,
): Promise<ContactRow | null> {
  if (isAtomic()) return await findContact(reader(), view, ref, now);
  return await wanted().add(view.actorId, { view, ref, now });
}

function wanted(): Folding<Wanted, ContactRow | null> {
  return processWide("wanted-contacts", () => {
    return new Folding<Wanted, ContactRow | null>({
      work: findTogether,
      fits: ofSameView,
      max: TOGETHER_MAX,
    });
  });
}

async function findTogether(together: readonly Wanted[]): Promise<(ContactRow | null)[]> {
  const last = together.at(-1);
  if (!last) return [];
  const refs = together.map(({ ref }) => ref);
  return await findContacts(reader(), last.view, refs, last.now);
}

async function findContacts(
  on: Reader,
  view: View,
  refs: readonly ContactRef[],
  now: Date,
): Promise<(ContactRow | null)[]> {
  const ids = refs.flatMap((ref) => ("id" in ref ? [ref.id] : []));
  const emails = refs.flatMap((ref) => ("email" in ref ? [ref.email] : []));
  const visible = await visibleContacts(on, view, now);
  const rows = await thinQuery<ContactRow>(
    on,
    Prisma.sql`
      SELECT ${contactColumns} FROM contact
      WHERE (contact.id = ANY(${ids}::text[]) OR contact.email = ANY(${emails}::text[])) AND ${visible}`,
  );
  const byName = new Map(
    rows.flatMap((row) => [[row.id, row] as const, [row.email, row] as const]),
  );
  return refs.map((ref) => byName.get("id" in ref ? ref.id : ref.email) ?? null);
}
