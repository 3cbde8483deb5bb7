import { z } from "zod";
import type { Problem } from "@/lib/api/errors/problem";
import { invalidValues } from "@/lib/api/errors/problem";
import { asSeenBy, contactNamedIn, failed } from "@/lib/api/routes/contact-answers";
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
import {
  type AudienceWord,
  audienceListJson,
  toAudienceView,
} from "@/lib/mail/audiences/audience-view";
import { getAudience } from "@/lib/mail/audiences/audiences";
import { listAudiencesQuery } from "@/lib/mail/audiences/schema";
import {
  joinAudience,
  leaveAudience,
  listAudiencesOf,
} from "@/lib/mail/contacts/audience-membership";
import {
  changedContactJson,
  contactJson,
  contactListJson,
  deletedContactJson,
} from "@/lib/mail/contacts/contact-view";
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
import { pageJson, toPage, walkOf } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { isStorable } from "@/lib/platform/text";

const TAG = "Contacts of audiences";

const audienceContactsQuery = listContactsQuery.omit({ audience: true });
type AudienceContactsQuery = z.output<typeof audienceContactsQuery>;

const joinedJson = z.strictObject({ id: z.string(), audienceId: z.string(), contact: z.string() });
const leftJson = joinedJson.extend({ deleted: z.literal(true) });

/** Who is in an audience, and which audiences a contact is in. */
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
      handle: (call) => changeMembership(call, joinAudience, {}),
    }),
    defineRoute({
      method: "DELETE",
      path: `${ofContact}/:audience`,
      scope: "contacts:write",
      tag: TAG,
      summary: `Take a contact out of ${a}`,
      answers: { 200: leftJson },
      problems: ["conflict", "validation_error"],
      handle: (call) => changeMembership(call, leaveAudience, { deleted: true }),
    }),
  ];
}

async function list(call: Call<AudienceContactsQuery>): Promise<Answer | Problem> {
  const { view, query, now } = call;
  const audience = audienceNamedIn(call);
  if (typeof audience !== "string") return audience;
  const page = await listContacts(view, { ...query, audience }, now);
  return page.ok ? json(200, pageJson(page.value)) : failed(page);
}

async function add(call: Call<unknown, JoiningContactInput>): Promise<Answer | Problem> {
  const { actor, view, body, now } = call;
  const audience = audienceNamedIn(call);
  if (typeof audience !== "string") return audience;
  const found = await getAudience(view, audience);
  if (!found.ok) return failed(found);
  const { email, ...input } = body;
  const saved = await upsertContact(view, email, { ...input, audiences: [audience] }, now);
  if (!saved.ok) return failed(saved);
  const { contact, created } = saved.value;
  if (!created) return json(200, asSeenBy(actor, contact));
  return json(201, contact, { Location: `${API_PREFIX}/contacts/${contact.id}` });
}

async function get(call: Call): Promise<Answer | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const found = await getContact(view, ref, call.now);
  return found.ok ? json(200, found.value) : failed(found);
}

async function update(call: Call<unknown, UpdateContactInput>): Promise<Answer | Problem> {
  const view = await withinAudience(call);
  if ("problem" in view) return view;
  const ref = contactNamedIn(call.params);
  if ("problem" in ref) return ref;
  const updated = await updateContact(view, ref, call.body, call.now);
  return updated.ok ? json(200, asSeenBy(call.actor, updated.value)) : failed(updated);
}

async function remove(call: Call): Promise<Answer | Problem> {
  const { view, params, now } = call;
  const audienceId = audienceNamedIn(call);
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const left = await leaveAudience(view, { audienceId, contact }, now);
  if (!left.ok) return failed(left);
  const { contactId } = left.value;
  return json(200, { object: "contact", id: contactId, contact: contactId, deleted: true });
}

async function listOf(call: Call<PageQuery>, word: AudienceWord): Promise<Answer | Problem> {
  const { view, params, query, now } = call;
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const { workspaceId, environment } = view;
  const of = { list: "audiences of a contact", workspaceId, environment };
  const walk = walkOf(of, query);
  if (!walk.ok) return failed(walk);
  const found = await listAudiencesOf(view, ref, now);
  if (!found.ok) return failed(found);
  const { fromId, backward, take } = walk.value;
  const beyond = found.value.filter(
    ({ id }) => fromId === null || (backward ? id > fromId : id < fromId),
  );
  if (backward) beyond.reverse();
  const page = toPage(of, walk.value, beyond.slice(0, take));
  const rows = page.rows.map((row) => toAudienceView(word, row));
  return json(200, pageJson({ ...page, rows }));
}

async function changeMembership(
  call: Call,
  change: typeof joinAudience,
  more: { deleted?: true },
): Promise<Answer | Problem> {
  const { view, params, now } = call;
  const audienceId = audienceNamedIn(call);
  if (typeof audienceId !== "string") return audienceId;
  const contact = contactNamedIn(params);
  if ("problem" in contact) return contact;
  const changed = await change(view, { audienceId, contact }, now);
  if (!changed.ok) return failed(changed);
  const { contactId } = changed.value;
  return json(200, { id: audienceId, audienceId, contact: contactId, ...more });
}

/** The view limited to the audience in the path: a contact that is not in it is not found. */
async function withinAudience(call: Call): Promise<View | Problem> {
  const id = audienceNamedIn(call);
  if (typeof id !== "string") return id;
  const audience = await getAudience(call.view, id);
  return audience.ok ? limitedTo(call.view, [id]) : failed(audience);
}

function audienceNamedIn({ params: { audience = "" } }: Pick<Call, "params">): string | Problem {
  if (isStorable(audience)) return audience;
  return invalidValues([{ path: "audience", message: "Contains NUL characters." }]);
}
