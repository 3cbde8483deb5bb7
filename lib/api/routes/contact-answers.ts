import { invalidValues, type Problem, problem } from "@/lib/api/errors/problem";
import type { Call } from "@/lib/api/routes/route";
import { contactEmail } from "@/lib/mail/address/schema";
import type { ContactView } from "@/lib/mail/contacts/contact-view";
import type { ContactRef } from "@/lib/mail/contacts/contacts";
import { CONTACT_ID } from "@/lib/mail/names";
import type { KeyActor } from "@/lib/people/auth/actor";
import type { Failure } from "@/lib/platform/result";
import { isStorable } from "@/lib/platform/text";

/**
 * A key that may only change contacts learns nothing of them that it did not send itself: a signup form's
 * key, stolen from a website, must not read the people behind it.
 */
export function asSeenBy(actor: KeyActor, contact: ContactView): object {
  if (actor.scopes.includes("contacts:read")) return contact;
  return { object: contact.object, id: contact.id, updated_at: contact.updated_at };
}

/** The contact a path's parameter names: by id, or by e-mail in any spelling of it. */
export function contactNamedIn({ idOrEmail = "" }: Call["params"]): ContactRef | Problem {
  if (!isStorable(idOrEmail)) {
    return invalidValues([{ path: "contact", message: "Contains NUL characters." }]);
  }
  if (CONTACT_ID.test(idOrEmail)) return { id: idOrEmail };
  const email = contactEmail.safeParse(idOrEmail);
  if (email.success) return { email: email.data };
  return problem("not_found", "This is neither the id of a contact nor an e-mail address.");
}

/** The problem that an expected failure is to the caller. */
export function failed({
  code,
  message,
  fieldErrors,
}: Failure<"not_found" | "conflict" | "audience_not_allowed" | "validation_error">): Problem {
  if (code !== "validation_error") return problem(code, message);
  const errors = Object.entries(fieldErrors ?? {}).flatMap(([path, messages]) =>
    messages.map((text) => ({ path, message: text })),
  );
  return invalidValues(errors);
}
