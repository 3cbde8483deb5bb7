import { getAudience } from "@/lib/mail/audiences/audiences";
import {
  type CampaignRow,
  type CampaignSummaryRow,
  campaignSelect,
  campaignSummarySelect,
} from "@/lib/mail/campaigns/campaign-row";
import type { CreateCampaignInput, ListCampaignsQuery } from "@/lib/mail/campaigns/schema";
import { refuseSender, senderDomains } from "@/lib/mail/sending-domains/sender-domains";
import { checkMessage } from "@/lib/mail/templates/render";
import { getTemplate } from "@/lib/mail/templates/templates";
import type { KeyActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import {
  type Reader,
  reader,
  type Transaction,
  transact,
} from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { List } from "@/lib/platform/paging/cursor";
import type { Page } from "@/lib/platform/paging/page";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** The message of a campaign, its sender, and the audience it goes to. */
export type CampaignContent = {
  name: string;
  audienceId: string;
  from: string;
  replyTo: string[];
  subject: string;
  html: string;
  text: string;
};

/** A page of the campaigns the view shows, newest first. Fails for a cursor that leads nowhere. */
export async function listCampaigns(
  view: View,
  query: ListCampaignsQuery,
): Promise<Result<Page<CampaignSummaryRow>, "validation_error">> {
  const request = await requestPageById(listOf(view), query);
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const status = query.status ? { status: query.status } : {};
  const rows = await reader().campaign.findMany({
    where: { AND: [campaignsShownBy(view), status, where] },
    orderBy,
    take,
    select: campaignSummarySelect,
  });
  return ok(toPageById(request.value, rows));
}

/** The campaign with this id, if the view shows it. */
export async function getCampaign(
  view: View,
  id: string,
  tx: Reader = reader(),
): Promise<Result<CampaignRow, "not_found">> {
  const row = await tx.campaign.findFirst({
    where: { AND: [campaignsShownBy(view), { id }] },
    select: campaignSelect,
  });
  return row ? ok(row) : noCampaign();
}

/**
 * Drafts a campaign for a key. The template is copied, so later changes to it do not change the draft. Fails
 * with `validation_error` where the key may not use the audience, sender or template, and with `template_error`
 * where the message is not valid Liquid.
 */
export async function createCampaign(
  actor: KeyActor,
  input: CreateCampaignInput,
  now: Date,
): Promise<Result<CampaignRow, "validation_error" | "template_error">> {
  const view = viewOf(actor);
  const audienceId = input.audience_id ?? input.segment_id ?? "";
  const audience = await getAudience(view, audienceId);
  if (!audience.ok) {
    const field = input.audience_id === undefined ? "segment_id" : "audience_id";
    return invalidFields({ [field]: ["There is no such audience for this key."] });
  }
  const refused = refuseSender(await senderDomains(view), input.from);
  if (refused) return refused;
  const message = await messageOf(actor, input);
  if (!message.ok) return message;
  const checked = await checkMessage(actor, message.value);
  if (!checked.ok) return checked;
  const { name, from, reply_to: replyTo = [] } = input;
  const content = { name, audienceId, from, replyTo, ...message.value };
  return ok(await transact((tx) => storeCampaign(tx, view, content, now)));
}

async function messageOf(actor: KeyActor, input: CreateCampaignInput) {
  const { template_id: templateId, subject = "", html = "", text = "" } = input;
  if (templateId === undefined) return ok({ subject, html, text });
  // The answer shows the message, so a key that may not read templates must not use one here.
  if (!actor.scopes.includes("templates:read")) {
    return invalidFields({ template_id: ["This key needs the scope templates:read for that."] });
  }
  const template = await getTemplate(viewOf(actor), templateId);
  if (!template.ok) return invalidFields({ template_id: ["There is no such template."] });
  return ok({
    subject: input.subject ?? template.value.subject,
    html: input.html ?? template.value.html,
    text: input.text ?? template.value.text,
  });
}

/** Stores a draft. The caller has checked its content. */
export async function storeCampaign(
  tx: Transaction,
  { workspaceId, environment, actorId }: View,
  content: CampaignContent,
  now: Date,
): Promise<CampaignRow> {
  const times = { createdAt: now, updatedAt: now };
  return await tx.campaign.create({
    data: {
      id: newId("cmp", now),
      workspaceId,
      environment,
      status: "draft",
      createdBy: actorId,
      ...content,
      ...times,
    },
    select: campaignSelect,
  });
}

/** Deletes a draft. Fails with `conflict` for any other campaign: whatever was scheduled or sent stays on record. */
export async function deleteCampaign(
  view: View,
  id: string,
): Promise<Result<CampaignRow, "not_found" | "conflict">> {
  return await transact((tx) => deleteCampaignWithin(tx, view, id));
}

/** `deleteCampaign` in the caller's transaction. */
export async function deleteCampaignWithin(
  tx: Transaction,
  view: View,
  id: string,
): Promise<Result<CampaignRow, "not_found" | "conflict">> {
  const found = await getCampaign(view, id, tx);
  if (!found.ok) return found;
  const { count } = await tx.campaign.deleteMany({
    where: { AND: [campaignsShownBy(view), { id, status: "draft" }] },
  });
  if (count === 1) return found;
  return fail(
    "conflict",
    "Only a draft can be deleted. What was sent or scheduled stays on record.",
  );
}

/** The condition that narrows any query to the campaigns a view shows. */
export function campaignsShownBy({ workspaceId, environment, audiences }: View) {
  return {
    workspaceId,
    environment,
    ...(audiences ? { audienceId: { in: [...audiences] } } : {}),
  } satisfies Prisma.CampaignWhereInput;
}

function listOf({ workspaceId, environment }: View): List {
  return { name: "campaigns", workspaceId, environment };
}

/** The failure for a campaign that does not exist or that the view does not show. */
export function noCampaign(): Failure<"not_found"> {
  return fail("not_found", "There is no such campaign in this workspace and environment.");
}
