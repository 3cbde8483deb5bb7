import { giveBackCharge, keepCharge } from "@/lib/access/api-keys/verification/recipient-limit";
import {
  campaignReportJson,
  recipientListJson,
  toCampaignReportJson,
  toRecipientJson,
} from "@/lib/api/answers/campaign-reports";
import {
  campaignJson,
  campaignListJson,
  campaignStateJson,
  deletedCampaignJson,
  toCampaignJson,
  toCampaignStateJson,
  toCampaignSummaryJson,
  toDeletedCampaignJson,
} from "@/lib/api/answers/campaigns";
import { toListJson } from "@/lib/api/answers/page";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { namedIn } from "@/lib/api/routes/named-in-path";
import {
  type Answer,
  type Call,
  type Counted,
  counting,
  defineRoute,
  json,
  type Route,
} from "@/lib/api/routes/route";
import {
  createCampaign,
  deleteCampaign,
  getCampaign,
  listCampaigns,
} from "@/lib/mail/campaigns/campaigns";
import { peopleOfDraft } from "@/lib/mail/campaigns/people";
import { listCampaignRecipients } from "@/lib/mail/campaigns/recipients";
import { campaignReport } from "@/lib/mail/campaigns/report";
import {
  type CreateCampaignInput,
  createCampaignInput,
  type ListCampaignsQuery,
  type ListRecipientsQuery,
  listCampaignsQuery,
  listRecipientsQuery,
  type SendCampaignInput,
  sendCampaignInput,
} from "@/lib/mail/campaigns/schema";
import { cancelCampaign, startCampaign } from "@/lib/mail/campaigns/start-and-cancel";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

const TAG = "Campaigns";
const ONE = "/campaigns/:campaign";
/** Enough for the three texts of a campaign, which are longer as JSON. */
const MAX_BODY_BYTES = 2 * 1_024 * 1_024;

/** Messages to all contacts of an audience, and their outcomes. */
export const campaignRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/campaigns",
    scope: "campaigns:read",
    tag: TAG,
    summary: "List campaigns",
    query: listCampaignsQuery,
    touches: [],
    answers: { 200: campaignListJson },
    handle: list,
  }),
  defineRoute({
    method: "POST",
    path: "/campaigns",
    scope: "campaigns:send",
    tag: TAG,
    summary: "Draft a campaign; nothing is sent yet",
    body: createCampaignInput,
    maxBodyBytes: MAX_BODY_BYTES,
    touches: [],
    answers: { 201: campaignJson },
    handle: create,
  }),
  defineRoute({
    method: "GET",
    path: ONE,
    scope: "campaigns:read",
    tag: TAG,
    summary: "Get one campaign",
    touches: [],
    answers: { 200: campaignJson },
    problems: ["validation_error"],
    handle: get,
  }),
  defineRoute({
    method: "DELETE",
    path: ONE,
    scope: "campaigns:send",
    tag: TAG,
    summary: "Delete a draft",
    touches: [],
    answers: { 200: deletedCampaignJson },
    problems: ["conflict", "validation_error"],
    handle: remove,
  }),
  defineRoute({
    method: "POST",
    path: `${ONE}/send`,
    scope: "campaigns:send",
    tag: TAG,
    summary: "Send a drafted campaign to its audience, now or at a time",
    body: sendCampaignInput,
    answers: { 200: campaignStateJson },
    problems: ["conflict"],
    description:
      "The people that it goes to count against the key's recipients a day. They are given back where the campaign is canceled over the API before it wrote to anybody.",
    people,
    touches: ["recipients"],
    handle: send,
  }),
  defineRoute({
    method: "POST",
    path: `${ONE}/cancel`,
    scope: "campaigns:send",
    tag: TAG,
    summary: "Stop a campaign that is scheduled or being sent",
    touches: [],
    answers: { 200: campaignStateJson },
    problems: ["conflict", "validation_error"],
    handle: cancel,
  }),
  defineRoute({
    method: "GET",
    path: `${ONE}/report`,
    scope: "campaigns:read",
    tag: TAG,
    summary: "Read what became of a campaign",
    touches: [],
    answers: { 200: campaignReportJson },
    problems: ["validation_error"],
    handle: report,
  }),
  defineRoute({
    method: "GET",
    path: `${ONE}/recipients`,
    scope: "campaigns:read",
    tag: TAG,
    summary: "List a campaign's recipients, all or those to whom something happened",
    query: listRecipientsQuery,
    touches: ["contactsRead"],
    answers: { 200: recipientListJson },
    problems: ["not_found"],
    handle: recipients,
  }),
];

async function list({ view, query }: Call<ListCampaignsQuery>): Promise<Answer | Problem> {
  const page = await listCampaigns(view, query);
  return page.ok ? json(200, toListJson(page.value, toCampaignSummaryJson)) : failed(page);
}

async function create(call: Call<unknown, CreateCampaignInput>): Promise<Answer | Problem> {
  const created = await createCampaign(call.actor, call.body, call.now);
  if (!created.ok) return failed(created);
  const Location = `${API_PREFIX}/campaigns/${created.value.id}`;
  return json(201, toCampaignJson(created.value), { Location });
}

async function get({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const found = await getCampaign(view, id);
  return found.ok ? json(200, toCampaignJson(found.value)) : failed(found);
}

async function remove({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const deleted = await deleteCampaign(view, id);
  return deleted.ok ? json(200, toDeletedCampaignJson(id)) : failed(deleted);
}

async function people({ view, params, now }: Call): Promise<number> {
  const id = namedIn(params, "campaign");
  return typeof id === "string" ? await peopleOfDraft(view, id, now) : 0;
}

async function send(
  call: Call<unknown, SendCampaignInput>,
): Promise<Counted<"recipients"> | Problem> {
  const { view, body, params, now } = call;
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const started = await startCampaign(view, { id, scheduledAt: body.scheduled_at }, now);
  if (!started.ok) return failed(started);
  if (call.people > 0) await keepCharge(id, call.key, call.people, now);
  return counting(json(200, toCampaignStateJson(started.value)), { recipients: call.people });
}

async function cancel({ view, params, now }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const canceled = await cancelCampaign(view, id, now);
  if (!canceled.ok) return failed(canceled);
  if (canceled.value.recipients === 0) await giveBackCharge(id);
  return json(200, toCampaignStateJson(canceled.value));
}

async function report({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const found = await campaignReport(view, id);
  return found.ok ? json(200, toCampaignReportJson(found.value)) : failed(found);
}

async function recipients(
  call: Call<ListRecipientsQuery>,
): Promise<Counted<"contactsRead"> | Problem> {
  const { view, params, query } = call;
  const id = namedIn(params, "campaign");
  if (typeof id !== "string") return id;
  const page = await listCampaignRecipients(view, id, query);
  if (!page.ok) return failed(page);
  const answer = json(200, toListJson(page.value, toRecipientJson));
  return counting(answer, { contactsRead: page.value.rows.length });
}
