import { invalidValues, type Problem, problem } from "@/lib/api/errors/problem";
import type { Call } from "@/lib/api/routes/route";
import { contactEmail } from "@/lib/mail/address/schema";
import type { ContactRef } from "@/lib/mail/contacts/find-contact";
import { CONTACT_ID } from "@/lib/mail/names";
import { isStorable } from "@/lib/platform/text";

/** The text of the parameter `name` of a path, or the problem with a text that cannot be an id. */
export function namedIn(params: Call["params"], name: string): string | Problem {
  const text = params[name] ?? "";
  return isStorable(text) ? text : withNul(name);
}

/** The contact that the parameter `idOrEmail` of a path names, by id or by any spelling of the email. */
export function contactNamedIn({ idOrEmail = "" }: Call["params"]): ContactRef | Problem {
  if (!isStorable(idOrEmail)) return withNul("contact");
  if (CONTACT_ID.test(idOrEmail)) return { id: idOrEmail };
  const email = contactEmail.safeParse(idOrEmail);
  if (email.success) return { email: email.data };
  return problem("not_found", "This is neither the id of a contact nor an e-mail address.");
}

type Repeated = { id?: string | undefined; audience_id?: string | undefined };

/** The problem with a body that names another contact or audience than its URL does; null for any other. */
export function contradiction(
  { idOrEmail, audience }: Call["params"],
  { id = idOrEmail, audience_id = audience }: Repeated,
): Problem | null {
  const errors = [
    ...(id === idOrEmail ? [] : ["id"]),
    ...(audience_id === audience ? [] : ["audience_id"]),
  ].map((path) => ({ path, message: "This differs from the URL. Leave this field out." }));
  return errors.length > 0 ? invalidValues(errors) : null;
}

function withNul(path: string): Problem {
  return invalidValues([{ path, message: "Contains NUL characters." }]);
}
