import { upsertContact } from "@/lib/mail/contacts/contacts";
import { sendEmail } from "@/lib/mail/emails/send-emails";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { later } from "@/lib/platform/clock";
import { newUuid } from "@/lib/platform/ids";
import { aKeyActor } from "@/lib/testing/actors";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork, TOMORROW } from "@/lib/testing/audit-givens";

/** The deeds of a thief with a key since noon, from all addresses, as the input by which its member puts them right. */
export type Theft = { keyId: string; since: Date; addresses: null };

/** A key that renamed a contact and scheduled an email a minute after noon. */
export async function givenTheft(owner: MemberActor): Promise<Theft> {
  const { keyId } = await givenKey(owner);
  const at = later(now, 60_000);
  const view = viewOfKey(owner, { keyId, at });
  const email = "anna@example.com";
  mustWork(await upsertContact(view, email, { first_name: "Anna" }, later(now, -60_000)));
  mustWork(await upsertContact(view, email, { first_name: "Eve" }, at));
  const message = { from: "a@acme.example", to: [email], subject: "Hello", text: "Hello" };
  mustWork(await sendEmail(view, { ...message, scheduled_at: TOMORROW }, at));
  return { keyId, since: now, addresses: null };
}

/** A call that a key makes at `at`. */
type CallOfKey = { keyId: string; at: Date; address?: string };

/** The view of a key in a call. */
export function viewOfKey({ workspaceId }: MemberActor, { at, ...facts }: CallOfKey): View {
  return viewOf(aKeyActor({ workspaceId, callId: newUuid(at), ...facts }));
}
