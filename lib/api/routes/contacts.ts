import { refusedBatch } from "@/lib/api/answers/batches";
import {
  changedContactJson,
  contactBatchJson,
  contactJson,
  contactListJson,
  deletedContactJson,
  toChangedContactJson,
  toContactBatchJson,
  toContactJson,
  toDeletedContactJson,
  tombstoneListJson,
  toTombstoneJson,
} from "@/lib/api/answers/contacts";
import { toListJson } from "@/lib/api/answers/page";
import { failed } from "@/lib/api/errors/from-failure";
import { invalidValues, type Problem } from "@/lib/api/errors/problem";
import { batchHeaders, batchModeOf, MAX_BATCH_VALUES } from "@/lib/api/routes/batch-validation";
import { contactNamedIn, contradiction } from "@/lib/api/routes/named-in-path";
import {
  type Answer,
  type Call,
  type Counted,
  counting,
  defineRoute,
  json,
  type Route,
} from "@/lib/api/routes/route";
import { contactEmail } from "@/lib/mail/address/schema";
import {
  createContact,
  getContact,
  updateContact,
  upsertContact,
} from "@/lib/mail/contacts/contacts";
import { listDeletedContacts } from "@/lib/mail/contacts/deleted-contacts";
import { listContacts } from "@/lib/mail/contacts/list-contacts";
import { saveContactBatch } from "@/lib/mail/contacts/save-batch";
import {
  type CreateContactInput,
  contactBatchInput,
  createContactInput,
  type DeletedContactsQuery,
  deletedContactsQuery,
  documentedContactBatch,
  type ListContactsQuery,
  listContactsQuery,
  type UpdateContactInput,
  type UpsertContactInput,
  updateContactInput,
  upsertContactInput,
} from "@/lib/mail/contacts/schema";
import { deleteContact } from "@/lib/mail/erasure/delete-contact";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { isStorable } from "@/lib/platform/text";

/** Enough for a thousand contacts with a few kilobytes of properties each. */
const MAX_BATCH_BYTES = 8_388_608;

/** The contacts of the workspace, within the key's environment. */
export const contactRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/contacts",
    scope: "contacts:read",
    tag: "Contacts",
    summary: "List contacts, by page, e-mail or time of change",
    query: listContactsQuery,
    touches: ["contactsRead"],
    answers: { 200: contactListJson },
    problems: ["not_found"],
    handle: list,
  }),
  defineRoute({
    method: "POST",
    path: "/contacts",
    scope: "contacts:write",
    tag: "Contacts",
    summary: "Add a contact",
    body: createContactInput,
    touches: ["contactsChanged"],
    answers: { 201: contactJson },
    problems: ["conflict", "audience_not_allowed"],
    handle: create,
  }),
  defineRoute({
    method: "POST",
    path: "/contacts/batch",
    scope: "contacts:write",
    tag: "Contacts",
    summary: "Add or change up to 1,000 contacts at once",
    body: contactBatchInput,
    documentedBody: documentedContactBatch,
    headers: batchHeaders,
    maxBodyBytes: MAX_BATCH_BYTES,
    maxBodyValues: MAX_BATCH_VALUES,
    touches: ["contactsChanged"],
    answers: { 200: contactBatchJson },
    handle: saveBatch,
  }),
  defineRoute({
    method: "GET",
    path: "/contacts/deleted",
    scope: "contacts:read",
    tag: "Contacts",
    summary: "List deleted contacts, for who keeps a copy in sync",
    query: deletedContactsQuery,
    touches: [],
    answers: { 200: tombstoneListJson },
    handle: listDeleted,
  }),
  defineRoute({
    method: "GET",
    path: "/contacts/:idOrEmail",
    scope: "contacts:read",
    tag: "Contacts",
    summary: "Get one contact",
    touches: ["contactsRead"],
    answers: { 200: contactJson },
    problems: ["validation_error"],
    handle: get,
  }),
  defineRoute({
    method: "PATCH",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    tag: "Contacts",
    summary: "Change a contact; what you leave out stays",
    body: updateContactInput,
    touches: ["contactsChanged"],
    answers: { 200: contactJson.or(changedContactJson) },
    problems: ["conflict"],
    handle: update,
  }),
  defineRoute({
    method: "PUT",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    tag: "Contacts",
    summary: "Add the contact with this e-mail, or change it if it exists",
    body: upsertContactInput,
    touches: ["contactsChanged"],
    answers: { 200: contactJson.or(changedContactJson), 201: contactJson },
    problems: ["audience_not_allowed", "conflict"],
    handle: upsert,
  }),
  defineRoute({
    method: "DELETE",
    path: "/contacts/:idOrEmail",
    scope: "contacts:write",
    tag: "Contacts",
    summary: "Delete a contact for good",
    touches: ["contactsChanged"],
    answers: { 200: deletedContactJson },
    problems: ["validation_error"],
    handle: remove,
  }),
];

type Reading = Counted<"contactsRead">;
type Changed = Counted<"contactsChanged">;
const ONE_READ = { contactsRead: 1 };
const ONE_CHANGED = { contactsChanged: 1 };

type Changing = Call<unknown, UpdateContactInput>;
type Upserting = Call<unknown, UpsertContactInput>;

async function list({ view, query, now }: Call<ListContactsQuery>): Promise<Reading | Problem> {
  const page = await listContacts(view, query, now);
  if (!page.ok) return failed(page);
  const answer = json(200, toListJson(page.value, toContactJson));
  return counting(answer, { contactsRead: page.value.rows.length });
}

async function listDeleted({ view, query }: Call<DeletedContactsQuery>): Promise<Answer | Problem> {
  const page = await listDeletedContacts(view, query);
  return page.ok ? json(200, toListJson(page.value, toTombstoneJson)) : failed(page);
}

async function saveBatch({
  view,
  body,
  headers,
  now,
}: Call<unknown, unknown[]>): Promise<Changed | Problem> {
  const mode = batchModeOf(headers);
  if (typeof mode !== "string") return mode;
  const outcome = await saveContactBatch(view, body, mode, now);
  if (mode === "strict" && outcome.errors.length > 0) return refusedBatch(outcome.errors);
  const changed = outcome.saved.filter(({ status }) => status !== "unchanged");
  return counting(json(200, toContactBatchJson(outcome)), { contactsChanged: changed.length });
}

async function create({
  view,
  body,
  now,
}: Call<unknown, CreateContactInput>): Promise<Changed | Problem> {
  const created = await createContact(view, body, now);
  if (!created.ok) return failed(created);
  const { id } = created.value;
  const Location = `${API_PREFIX}/contacts/${id}`;
  return counting(json(201, toContactJson(created.value), { Location }), ONE_CHANGED);
}

async function get({ view, params, now }: Call): Promise<Reading | Problem> {
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const found = await getContact(view, ref, now);
  return found.ok ? counting(json(200, toContactJson(found.value)), ONE_READ) : failed(found);
}

async function update({ actor, view, params, body, now }: Changing): Promise<Changed | Problem> {
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const wrong = contradiction(params, body);
  if (wrong) return wrong;
  const updated = await updateContact(view, ref, body, now);
  if (!updated.ok) return failed(updated);
  return counting(json(200, toChangedContactJson(actor, updated.value)), ONE_CHANGED);
}

async function upsert({ actor, view, params, body, now }: Upserting): Promise<Changed | Problem> {
  const { idOrEmail = "" } = params;
  const email = contactEmail.safeParse(idOrEmail);
  if (!isStorable(idOrEmail) || !email.success) {
    const message = "PUT takes an e-mail address here, percent-encoded. Use PATCH for an id.";
    return invalidValues([{ path: "email", message }]);
  }
  const { email: repeated, ...input } = body;
  if (repeated !== undefined && repeated !== email.data) {
    return invalidValues([{ path: "email", message: "This differs from the e-mail in the path." }]);
  }
  const stored = await upsertContact(view, email.data, input, now);
  if (!stored.ok) return failed(stored);
  const { contact, created } = stored.value;
  if (!created) return counting(json(200, toChangedContactJson(actor, contact)), ONE_CHANGED);
  const Location = `${API_PREFIX}/contacts/${contact.id}`;
  return counting(json(201, toContactJson(contact), { Location }), ONE_CHANGED);
}

async function remove({ view, params, now }: Call): Promise<Changed | Problem> {
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const deleted = await deleteContact(view, ref, now);
  if (!deleted.ok) return failed(deleted);
  return counting(json(200, toDeletedContactJson(deleted.value.id)), ONE_CHANGED);
}
