import { getAudience } from "@/lib/mail/audiences/audiences";
import type { PreviewInput } from "@/lib/mail/campaigns/schema";
import type { ContactRow } from "@/lib/mail/contacts/contact-row";
import { listContacts } from "@/lib/mail/contacts/list-contacts";
import { type TemplateEvents, templateEventsOf } from "@/lib/mail/events/template-events";
import { plainTextOf } from "@/lib/mail/templates/plain-text";
import { renderCopy, renderMessage, renderSample, type Sample } from "@/lib/mail/templates/render";
import type { RenderedMessage, Variables } from "@/lib/mail/templates/render-limits";
import { untrackedEnding } from "@/lib/mail/tracking/instrument";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader } from "@/lib/platform/database/unit-of-work";
import { publicOrigin } from "@/lib/platform/public-origin";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** A message as one contact would get it, and the variables it may use for that contact. */
export type Preview = {
  message: RenderedMessage;
  /** Null where the message is shown for an invented person. */
  contactEmail: string | null;
  /** Every variable of this contact, as Liquid spells it. */
  variables: string[];
  /** The variables that the sending program must give; each is shown as its name in brackets. */
  sampled: string[];
};

type Recipient = Pick<PreviewInput, "environment" | "audienceId" | "search">;

type Person = Pick<ContactRow, "id" | "email" | "firstName" | "lastName" | "properties">;

const INVENTED: Person = {
  id: "con_00000000000000000000000000",
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Lovelace",
  properties: {},
};

/**
 * Shows a message for one contact: the first of the audience, or of the environment where there is no such
 * audience, whose email or name begins with `search`. Without such a contact it shows the message for an
 * invented person. Fails with `template_error`, which says what cannot be rendered.
 */
export async function previewMessage(
  actor: MemberActor,
  input: PreviewInput,
  now: Date,
): Promise<Result<Preview, "not_found" | "template_error">> {
  if (!can(actor, "campaigns.read")) return noPreview();
  const reader = await readerOf(actor, input, now);
  const shown = await show(actor, input, reader);
  if (!shown.ok) return shown;
  const { message, sampled } = shown.value;
  const text = message.text || (await plainTextOf(actor, message.html)) || "";
  return ok({
    message: { ...message, text },
    contactEmail: reader.contactEmail,
    variables: [
      ...variablesOf(reader),
      ...(input.sentBy === "campaign" ? ["unsubscribe_url"] : []),
    ],
    sampled,
  });
}

async function show(
  actor: MemberActor,
  { sentBy, ...input }: PreviewInput,
  reader: Reader,
): Promise<Result<Sample, "template_error">> {
  const unsubscribe = `${publicOrigin()}/unsubscribe`;
  if (sentBy === "key") return await renderSample(actor, partsOf(input), knownOf(reader));
  const rendered = await renderForCampaign(actor, input, reader, unsubscribe);
  return rendered.ok ? ok({ message: rendered.value, sampled: [] }) : rendered;
}

/** The person a message is rendered for; `contactEmail` is null for an invented one. */
export type Reader = { person: Person; events: TemplateEvents; contactEmail: string | null };

/** The first contact that matches a preview's choice, or an invented person, with the events of either. */
export async function readerOf(actor: MemberActor, input: Recipient, now: Date): Promise<Reader> {
  const contact = await contactFor(actor, input, now);
  const person = contact ?? INVENTED;
  const events = (await templateEventsOf(reader(), [person.id])).get(person.id) ?? {};
  return { person, events, contactEmail: contact?.email ?? null };
}

/** Renders a campaign's message as its reader gets it; `unsubscribe` is the URL of its unsubscribe link. */
export async function renderForCampaign(
  actor: MemberActor,
  input: RenderedMessage,
  reader: Reader,
  unsubscribe: string,
): Promise<Result<RenderedMessage, "template_error">> {
  const variables = { ...knownOf(reader), unsubscribe_url: unsubscribe };
  const message = partsOf(input);
  // A draft without HTML is no message yet, so no ending is added to it.
  if (!input.html.trim()) return await renderMessage(actor, message, variables);
  const ending = untrackedEnding(unsubscribe);
  const copy = await renderCopy(actor, message, { variables, ending });
  return copy.ok ? ok(partsOf(copy.value)) : copy;
}

function partsOf({ subject, html, text }: RenderedMessage): RenderedMessage {
  return { subject, html, text };
}

/** The variables that every message may use. */
function knownOf({ person, events }: Reader): Variables {
  const { id, email, firstName, lastName, properties } = person;
  return { contact: { id, email, first_name: firstName, last_name: lastName, properties }, events };
}

async function contactFor(
  actor: MemberActor,
  { environment, audienceId, search }: Recipient,
  now: Date,
): Promise<Person | null> {
  const view = viewOf(actor, environment);
  const audience = audienceId ? await getAudience(view, audienceId) : null;
  const filter = {
    limit: 1,
    // Only subscribed contacts get a campaign.
    ...(audienceId ? { unsubscribed: false } : {}),
    ...(audience?.ok ? { audience: audience.value.id } : {}),
    ...(search ? { search } : {}),
  };
  const page = await listContacts(view, filter, now);
  return page.ok ? (page.value.rows[0] ?? null) : null;
}

const NAME = /^[A-Za-z_][\w-]*$/;

function variablesOf({ person, events }: Reader): string[] {
  const within = (path: string, name: string) =>
    NAME.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
  return [
    ...["email", "first_name", "last_name"].map((name) => `contact.${name}`),
    ...Object.keys(person.properties as object).map((name) => within("contact.properties", name)),
    ...Object.keys(events).flatMap((name) => [
      `${within("events", name)}.count`,
      `${within("events", name)}.last.at`,
      `${within("events", name)}.last.payload`,
    ]),
  ];
}

function noPreview(): Failure<"not_found"> {
  return fail("not_found", "There is nothing to show here.");
}
