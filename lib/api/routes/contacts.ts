import { invalidValues, type Problem, problem } from "@/lib/api/problem";
import { type Answer, type Call, json, type Route } from "@/lib/api/route";
import { checkBody, checkQuery } from "@/lib/api/validate";
import type { KeyActor } from "@/lib/auth/actor";
import type { ContactView } from "@/lib/contacts/contact-view";
import {
  type ContactRef,
  createContact,
  deleteContact,
  getContact,
  updateContact,
  upsertContact,
} from "@/lib/contacts/contacts";
import { listContacts } from "@/lib/contacts/list-contacts";
import {
  CONTACT_ID,
  contactEmail,
  createContactInput,
  listContactsQuery,
  updateContactInput,
} from "@/lib/contacts/schema";
import { API_PREFIX } from "@/lib/edge/api-prefix";
import type { Failure } from "@/lib/result";
import { isStorable } from "@/lib/text";

/** The people the workspace writes to, within the key's environment. */
export const contactRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/contacts",
    scope: "contacts:read",
    takesBody: false,
    summary: "List contacts, by page, e-mail or time of change",
    handle: list,
  },
  {
    method: "POST",
    path: "/contacts",
    scope: "contacts:write",
    takesBody: true,
    summary: "Add a contact",
    handle: create,
  },
  {
    method: "GET",
    path: "/contacts/:idOrEmail",
    scope: "contacts:read",
    takesBody: false,
    summary: "Get one contact",
    handle: get,
  },
  {
    method: "PATCH",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    takesBody: true,
    summary: "Change a contact; what you leave out stays",
    handle: update,
  },
  {
    method: "PUT",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    takesBody: true,
    summary: "Add the contact with this e-mail, or change it if it exists",
    handle: upsert,
  },
  {
    method: "DELETE",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    takesBody: false,
    summary: "Delete a contact for good",
    handle: remove,
  },
];

async function list({ actor, query }: Call): Promise<Answer | Problem> {
  const checked = checkQuery(listContactsQuery, query);
  if ("refused" in checked) return checked.refused;
  const page = await listContacts(actor, checked.value);
  if (!page.ok) return failed(page);
  const { contacts, hasMore, nextCursor, previousCursor } = page.value;
  return json(200, {
    object: "list",
    has_more: hasMore,
    data: contacts,
    next_cursor: nextCursor,
    previous_cursor: previousCursor,
  });
}

async function create({ actor, body, now }: Call): Promise<Answer | Problem> {
  const checked = checkBody(createContactInput, body);
  if ("refused" in checked) return checked.refused;
  const created = await createContact(actor, checked.value, now);
  if (!created.ok) return failed(created);
  const { id } = created.value;
  return json(201, created.value, { Location: `${API_PREFIX}/contacts/${id}` });
}

async function get({ actor, param }: Call): Promise<Answer | Problem> {
  const ref = refOf(param);
  if ("problem" in ref) return ref;
  const found = await getContact(actor, ref);
  return found.ok ? json(200, found.value) : failed(found);
}

async function update({ actor, param, body, now }: Call): Promise<Answer | Problem> {
  const ref = refOf(param);
  if ("problem" in ref) return ref;
  const checked = checkBody(updateContactInput, body);
  if ("refused" in checked) return checked.refused;
  const updated = await updateContact(actor, ref, checked.value, now);
  return updated.ok ? json(200, asSeenBy(actor, updated.value)) : failed(updated);
}

async function upsert({ actor, param, body, now }: Call): Promise<Answer | Problem> {
  const email = contactEmail.safeParse(param);
  if (!isStorable(param) || !email.success) {
    const message = "PUT takes an e-mail address here, percent-encoded. Use PATCH for an id.";
    return invalidValues([{ path: "email", message }]);
  }
  const checked = checkBody(updateContactInput, body);
  if ("refused" in checked) return checked.refused;
  const { email: repeated, ...input } = checked.value;
  if (repeated !== undefined && repeated !== email.data) {
    return invalidValues([{ path: "email", message: "This differs from the e-mail in the path." }]);
  }
  const stored = await upsertContact(actor, email.data, input, now);
  if (!stored.ok) return failed(stored);
  const { contact, created } = stored.value;
  if (!created) return json(200, asSeenBy(actor, contact));
  return json(201, contact, { Location: `${API_PREFIX}/contacts/${contact.id}` });
}

async function remove({ actor, param }: Call): Promise<Answer | Problem> {
  const ref = refOf(param);
  if ("problem" in ref) return ref;
  const deleted = await deleteContact(actor, ref);
  if (!deleted.ok) return failed(deleted);
  return json(200, { object: "contact", id: deleted.value.id, deleted: true });
}

/**
 * A key that may only change contacts learns nothing of them that it did not send itself: a signup form's
 * key, stolen from a website, must not read the people behind it.
 */
function asSeenBy(actor: KeyActor, contact: ContactView): object {
  if (actor.scopes.includes("contacts:read")) return contact;
  return { object: contact.object, id: contact.id, updated_at: contact.updated_at };
}

/** The contact a path's parameter names: by id, or by e-mail in any spelling of it. */
function refOf(param: string): ContactRef | Problem {
  if (!isStorable(param)) {
    return invalidValues([{ path: "idOrEmail", message: "Contains NUL characters." }]);
  }
  if (CONTACT_ID.test(param)) return { id: param };
  const email = contactEmail.safeParse(param);
  if (email.success) return { email: email.data };
  return problem("not_found", "This is neither the id of a contact nor an e-mail address.");
}

function failed({
  code,
  message,
  fieldErrors,
}: Failure<"not_found" | "conflict" | "validation_error">): Problem {
  if (code !== "validation_error") return problem(code, message);
  const errors = Object.entries(fieldErrors ?? {}).flatMap(([path, messages]) =>
    messages.map((text) => ({ path, message: text })),
  );
  return invalidValues(errors);
}
