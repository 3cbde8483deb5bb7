import { refusedBatch } from "@/lib/api/answers/batches";
import {
  eventBatchJson,
  eventListJson,
  recordedEventJson,
  toEventBatchJson,
  toEventJson,
  toRecordedEventJson,
} from "@/lib/api/answers/events";
import { toListJson } from "@/lib/api/answers/page";
import { profileJson, toProfileJson } from "@/lib/api/answers/profile";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { batchHeaders, batchModeOf, MAX_BATCH_VALUES } from "@/lib/api/routes/batch-validation";
import { contactNamedIn } from "@/lib/api/routes/named-in-path";
import {
  type Answer,
  type Call,
  type Counted,
  counting,
  defineRoute,
  json,
  type Route,
} from "@/lib/api/routes/route";
import { getProfile } from "@/lib/mail/events/contact-profile";
import { listEvents } from "@/lib/mail/events/list-events";
import {
  documentedEventBatch,
  type EventInput,
  eventBatchInput,
  eventInput,
  type ListEventsQuery,
  listEventsQuery,
} from "@/lib/mail/events/schema";
import { sendEvent, sendEventBatch } from "@/lib/mail/events/send-events";

/** Enough for a thousand events with payloads of the largest size. */
const MAX_BATCH_BYTES = 10_485_760;

/** The events of contacts in the shop or app, and the profiles that they add up to. */
export const eventRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/events/send",
    scope: "events:write",
    tag: "Events",
    summary: "Record something a contact did",
    body: eventInput,
    touches: [],
    answers: { 200: recordedEventJson, 201: recordedEventJson },
    problems: ["not_found"],
    handle: send,
  }),
  defineRoute({
    method: "POST",
    path: "/events/batch",
    scope: "events:write",
    tag: "Events",
    summary: "Record up to 1,000 events at once",
    body: eventBatchInput,
    documentedBody: documentedEventBatch,
    headers: batchHeaders,
    maxBodyBytes: MAX_BATCH_BYTES,
    maxBodyValues: MAX_BATCH_VALUES,
    touches: [],
    answers: { 200: eventBatchJson },
    handle: sendBatch,
  }),
  defineRoute({
    method: "GET",
    path: "/events",
    scope: "events:read",
    tag: "Events",
    summary: "List events by name, contact and time, the latest first",
    query: listEventsQuery,
    touches: ["contactsRead"],
    answers: { 200: eventListJson },
    problems: ["not_found"],
    handle: list,
  }),
  defineRoute({
    method: "GET",
    path: "/contacts/:idOrEmail/profile",
    scope: "contacts:read",
    alsoScope: "events:read",
    tag: "Events",
    summary: "Get all that is known of a contact: attributes, audiences, events, opens and clicks",
    touches: ["contactsRead"],
    answers: { 200: profileJson },
    problems: ["validation_error"],
    handle: profile,
  }),
];

async function send({ view, body, now }: Call<unknown, EventInput>): Promise<Answer | Problem> {
  const recorded = await sendEvent(view, body, now);
  if (!recorded.ok) return failed(recorded);
  return json(recorded.value.duplicate ? 200 : 201, toRecordedEventJson(recorded.value));
}

async function sendBatch({
  view,
  body,
  headers,
  now,
}: Call<unknown, unknown[]>): Promise<Answer | Problem> {
  const mode = batchModeOf(headers);
  if (typeof mode !== "string") return mode;
  const outcome = await sendEventBatch(view, body, mode, now);
  if (mode === "strict" && outcome.errors.length > 0) return refusedBatch(outcome.errors);
  return json(200, toEventBatchJson(outcome));
}

type Reading = Counted<"contactsRead">;

async function list({ view, query, now }: Call<ListEventsQuery>): Promise<Reading | Problem> {
  const page = await listEvents(view, query, now);
  if (!page.ok) return failed(page);
  const people = new Set(page.value.rows.map(({ contactId }) => contactId));
  const answer = json(200, toListJson(page.value, toEventJson));
  return counting(answer, { contactsRead: people.size });
}

async function profile({ view, params, now }: Call): Promise<Reading | Problem> {
  const ref = contactNamedIn(params);
  if ("problem" in ref) return ref;
  const found = await getProfile(view, ref, now);
  if (!found.ok) return failed(found);
  return counting(json(200, toProfileJson(found.value)), { contactsRead: 1 });
}
