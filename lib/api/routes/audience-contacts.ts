import type { z } from "zod";
import {
  type AudienceWord,
  audienceListJson,
  joinedJson,
  leftJson,
  toAudienceJson,
  toJoinedJson,
  toLeftJson,
} from "@/lib/api/answers/audiences";
import {
  changedContactJson,
  contactJson,
  contactListJson,
  deletedContactJson,
  toChangedContactJson,
  toContactJson,
  toDeletedContactJson,
} from "@/lib/api/answers/contacts";
import { toListJson } from "@/lib/api/answers/page";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { contactNamedIn, contradiction, namedIn } from "@/lib/api/routes/named-in-path";
import {
  type Call,
  type Counted,
  counting,
  defineRoute,
  json,
  type Route,
} from "@/lib/api/routes/route";
import { getAudience } from "@/lib/mail/audiences/audiences";
import { listAudiencesQuery } from "@/lib/mail/audiences/schema";
import {
  joinAudience,
  leaveAudience,
  listAudiencesOf,
} from "@/lib/mail/contacts/audience-membership";
import { getContact, updateContact, upsertContact } from "@/lib/mail/contacts/contacts";
import { listContacts } from "@/lib/mail/contacts/list-contacts";
import {
  type JoiningContactInput,
  joiningContactInput,
  listContactsQuery,
  type UpdateContactInput,
  updateContactInput,
} from "@/lib/mail/contacts/schema";
import { limitedTo, type View } from "@/lib/people/auth/view";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import type { PageQuery } from "@/lib/platform/paging/schema";

const TAG = "Contacts of audiences";

const audienceContactsQuery = listContactsQuery.omit({ audience: true });
type AudienceContactsQuery = z.output<typeof audienceContactsQuery>;

/** The contacts of an audience, and the audiences of a contact. */
export const audienceContactRoutes: readonly Route[] = [
  ...routesFor("audience"),
  ...routesFor("segment"),
];

function routesFor(word: AudienceWord): Route[] {
  const contacts = `/${word}s/:audience/contacts`;
  const oneContact = `${contacts}/:idOrEmail`;
  const ofContact = `/contacts/:idOrEmail/${word}s`;
  const a = word === "audience" ? "an audience" : "a segment";
  return [
    defineRoute({
      method: "GET",
      path: contacts,
      scope: "contacts:read",
      tag: TAG,
      summary: `List the contacts in ${a}`,
      query: audienceContactsQuery,
      touches: ["contactsRead"],
      answers: { 200: contactListJson },
      problems: ["not_found"],
      handle: list,
    }),
    defineRoute({
      method: "POST",
      path: contacts,
      scope: "contacts:write",
      tag: TAG,
      summary: `Put a contact into ${a}, adding or changing it on the way`,
      body: joiningContactInput,
      touches: ["contactsChanged"],
      answers: { 200: contactJson.or(changedContactJson), 201: contactJson },
      problems: ["audience_not_allowed", "conflict", "not_found"],
      handle: add,
    }),
    defineRoute({
      method: "GET",
      path: oneContact,
      scope: "contacts:read",
      tag: TAG,
      summary: `Get one contact in ${a}`,
      touches: ["contactsRead"],
      answers: { 200: contactJson },
      problems: ["validation_error"],
      handle: get,
    }),
    defineRoute({
      method: "PATCH",
      path: oneContact,
      scope: "contacts:write",
      tag: TAG,
      summary: `Change a contact in ${a}`,
      body: updateContactInput,
      touches: ["contactsChanged"],
      answers: { 200: contactJson.or(changedContactJson) },
      problems: ["conflict"],
      handle: update,
    }),
    defineRoute({
      method: "DELETE",
      path: oneContact,
      scope: "contacts:write",
      tag: TAG,
      summary: `Take a contact out of ${a}; it is not deleted`,
      touches: ["contactsChanged"],
      answers: { 200: deletedContactJson },
      problems: ["conflict", "validation_error"],
      handle: remove,
    }),
    defineRoute({
      method: "GET",
      path: ofContact,
      scope: "audiences:read",
      tag: TAG,
      summary: `List the ${word}s a contact is in`,
      query: listAudiencesQuery,
      touches: ["contactsRead"],
      answers: { 200: audienceListJson(word) },
      problems: ["not_found"],
      handle: (call) => listOf(call, word),
    }),
    defineRoute({
      method: "POST",
      path: `${ofContact}/:audience`,
      scope: "contacts:write",
      tag: TAG,
      summary: `Put an existing contact into ${a}`,
      touches: ["contactsChanged"],
      answers: { 200: joinedJson },
      problems: ["conflict", "validation_error"],
      handle: (call) => changeMembership(call, joinAudience, toJoinedJson),
    }),
    defineRoute({
      method: "DELETE",
      path: `${ofContact}/:audience`,
      scope: "contacts:write",
      tag: TAG,
      summary: `Take a contact out of ${a}`,
      touches: ["contactsChanged"],
      answers: { 200: leftJson },
      problems: ["conflict", "validation_error"],
      handle: (call) => changeMembership(call, leaveAudience, toLeftJson),
    }),
  ];
}

type Reading = Counted<"contactsRead">;
type Changed = Counted<"contactsChanged">;
const ONE_READ = { contactsRead: 1 };
const ONE_CHANGED = { contactsChanged: 1 };

async function list(call: Call<AudienceContactsQuery>): Promise<Reading | Problem> {
  const { view, query, now } = call;
  const audience = namedIn(call.params, "audience");
  if (typeof audience !== "string") return audience;
  const page = await listContacts(view, { ...query, audience }, now);
  if (!page.ok) return failed(page);
  const answer = json(200, toListJson(page.value, toContactJson));
  return counting(answer, { contactsRead: page.value.rows.length });
}

async function add(call: Call<unknown, JoiningContactInput>): Promise<Changed | Problem> {
  const { actor, view, body, now } = call;
  const audience = namedIn(call.params, "audience");
  if (typeof audience !== "string") return audience;
  const { email, audience_id, ...input } = body;
  const wrong = contradiction(call.params, { audience_id });
  if (wrong) return wrong;
  const found = await getAudience(view, audience);
  if (!found.ok) return failed(found);
  const saved = await upsertContact(view, email, { ...input, audiences: [audience] }, now);
  if (!saved.ok) return failed(saved);
  const { contact, created } = saved.value;
  if (!created) return counting(json(200, toChangedContactJson(actor, contact)), ONE_CHANGED);
  const Location = `${API_PREFIX}/contacts/${contact.id}`;
  return counting(json(201, toContactJson(contact), { Location }), ONE_CHANGED);
}

async function get(call: Call): Promise<Reading | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const found = await getContact(view, ref, call.now);
  return found.ok ? counting(json(200, toContactJson(found.value)), ONE_READ) : failed(found);
}

async function update(call: Call<unknown, UpdateContactInput>): Promise<Changed | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const wrong = contradiction(call.params, call.body);
  if (wrong) return wrong;
  const updated = await updateContact(view, ref, call.body, call.now);
  if (!updated.ok) return failed(updated);
  return counting(json(200, toChangedContactJson(call.actor, updated.value)), ONE_CHANGED);
}

async function remove(call: Call): Promise<Changed | Problem> {
  const { view, params, now } = call;
  const audienceId = namedIn(call.params, "audience");
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const left = await leaveAudience(view, { audienceId, contact }, now);
  if (!left.ok) return failed(left);
  return counting(json(200, toDeletedContactJson(left.value.contactId)), ONE_CHANGED);
}

async function listOf(call: Call<PageQuery>, word: AudienceWord): Promise<Reading | Problem> {
  const { view, params, query, now } = call;
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const page = await listAudiencesOf(view, ref, query, now);
  if (!page.ok) return failed(page);
  const list = toListJson(page.value, (row) => toAudienceJson(word, row));
  return counting(json(200, list), ONE_READ);
}

async function changeMembership(
  call: Call,
  change: typeof joinAudience,
  toJson: typeof toJoinedJson,
): Promise<Changed | Problem> {
  const { view, params, now } = call;
  const audienceId = namedIn(call.params, "audience");
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const changed = await change(view, { audienceId, contact }, now);
  return changed.ok ? counting(json(200, toJson(changed.value)), ONE_CHANGED) : failed(changed);
}

/** The view limited to the audience in the path. It does not find a contact outside that audience. */
async function withinAudience(call: Call): Promise<View | Problem> {
  const id = namedIn(call.params, "audience");
  if (typeof id !== "string") return id;
  const audience = await getAudience(call.view, id);
  return audience.ok ? limitedTo(call.view, [id]) : failed(audience);
}
