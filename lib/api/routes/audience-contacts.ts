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
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
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
      answers: { 200: leftJson },
      problems: ["conflict", "validation_error"],
      handle: (call) => changeMembership(call, leaveAudience, toLeftJson),
    }),
  ];
}

async function list(call: Call<AudienceContactsQuery>): Promise<Answer | Problem> {
  const { view, query, now } = call;
  const audience = namedIn(call.params, "audience");
  if (typeof audience !== "string") return audience;
  const page = await listContacts(view, { ...query, audience }, now);
  return page.ok ? json(200, toListJson(page.value, toContactJson)) : failed(page);
}

async function add(call: Call<unknown, JoiningContactInput>): Promise<Answer | Problem> {
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
  if (!created) return json(200, toChangedContactJson(actor, contact));
  return json(201, toContactJson(contact), { Location: `${API_PREFIX}/contacts/${contact.id}` });
}

async function get(call: Call): Promise<Answer | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const found = await getContact(view, ref, call.now);
  return found.ok ? json(200, toContactJson(found.value)) : failed(found);
}

async function update(call: Call<unknown, UpdateContactInput>): Promise<Answer | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const wrong = contradiction(call.params, call.body);
  if (wrong) return wrong;
  const updated = await updateContact(view, ref, call.body, call.now);
  return updated.ok ? json(200, toChangedContactJson(call.actor, updated.value)) : failed(updated);
}

async function remove(call: Call): Promise<Answer | Problem> {
  const { view, params, now } = call;
  const audienceId = namedIn(call.params, "audience");
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const left = await leaveAudience(view, { audienceId, contact }, now);
  return left.ok ? json(200, toDeletedContactJson(left.value.contactId)) : failed(left);
}

async function listOf(call: Call<PageQuery>, word: AudienceWord): Promise<Answer | Problem> {
  const { view, params, query, now } = call;
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const page = await listAudiencesOf(view, ref, query, now);
  if (!page.ok) return failed(page);
  return json(
    200,
    toListJson(page.value, (row) => toAudienceJson(word, row)),
  );
}

async function changeMembership(
  call: Call,
  change: typeof joinAudience,
  toJson: typeof toJoinedJson,
): Promise<Answer | Problem> {
  const { view, params, now } = call;
  const audienceId = namedIn(call.params, "audience");
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const changed = await change(view, { audienceId, contact }, now);
  return changed.ok ? json(200, toJson(changed.value)) : failed(changed);
}

/** The view limited to the audience in the path. It does not find a contact outside that audience. */
async function withinAudience(call: Call): Promise<View | Problem> {
  const id = namedIn(call.params, "audience");
  if (typeof id !== "string") return id;
  const audience = await getAudience(call.view, id);
  return audience.ok ? limitedTo(call.view, [id]) : failed(audience);
}
