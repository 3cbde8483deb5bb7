import { audienceSelect } from "@/lib/mail/audiences/audience-row";
import {
  type CampaignRow,
  type CampaignSummaryRow,
  campaignSelect,
} from "@/lib/mail/campaigns/campaign-row";
import { getCampaign, listCampaigns, storeCampaign } from "@/lib/mail/campaigns/campaigns";
import { keptCampaigns } from "@/lib/mail/campaigns/kept-campaigns";
import {
  type CampaignDraftInput,
  type CampaignsPageQuery,
  type EditCampaignInput,
  mailboxesIn,
} from "@/lib/mail/campaigns/schema";
import { countRecipients } from "@/lib/mail/contacts/contacts-in-audience";
import { refuseSender, senderDomains } from "@/lib/mail/sending-domains/sender-domains";
import { checkMessage } from "@/lib/mail/templates/render";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { type Reader, reader, transact } from "@/lib/platform/database/unit-of-work";
import type { Page } from "@/lib/platform/paging/page";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

const PAGE_SIZE = 25;

/** A campaign with the name of its audience; the name is null when the audience is gone. */
export type ListedCampaign = CampaignSummaryRow & {
  audienceName: string | null;
  /** Its emails went no further than the Outbox. */
  kept: boolean;
};

/** A page of the workspace's campaigns, newest first. */
export async function listMemberCampaigns(
  actor: MemberActor,
  { environment, status, after, before }: CampaignsPageQuery,
): Promise<Result<Page<ListedCampaign>, "not_found" | "validation_error">> {
  if (!can(actor, "campaigns.read")) return goneCampaign();
  const page = await listCampaigns(viewOf(actor, environment), {
    limit: PAGE_SIZE,
    ...(after ? { after } : before ? { before } : {}),
    ...(status === "all" ? {} : { status }),
  });
  if (!page.ok) return page;
  const names = await audienceNames(
    reader(),
    actor,
    page.value.rows.map(({ audienceId }) => audienceId),
  );
  const kept = await keptCampaigns(page.value.rows.map(({ id }) => id));
  const rows = page.value.rows.map((row) => {
    return { ...row, audienceName: names.get(row.audienceId) ?? null, kept: kept.has(row.id) };
  });
  return ok({ ...page.value, rows });
}

async function audienceNames(
  tx: Reader,
  { workspaceId }: MemberActor,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.audience.findMany({
    where: { workspaceId, id: { in: [...ids] } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Everything the console shows of one campaign; `people` is the number of contacts who would get it now. */
export type CampaignDetails = CampaignRow & {
  /** Its emails went no further than the Outbox. */
  kept: boolean;
  audience: { id: string; name: string } | null;
  people: number | null;
};

/** One campaign of the workspace, from either environment. */
export async function getMemberCampaign(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Result<CampaignDetails, "not_found">> {
  if (!can(actor, "campaigns.read")) return goneCampaign();
  const { workspaceId } = actor;
  const campaign = await reader().campaign.findFirst({
    where: { id, workspaceId },
    select: campaignSelect,
  });
  if (!campaign) return goneCampaign();
  const audience = await reader().audience.findFirst({
    where: { id: campaign.audienceId, workspaceId },
    select: audienceSelect,
  });
  const isAhead = campaign.status === "draft" || campaign.status === "scheduled";
  const people = audience && isAhead ? await countRecipients(reader(), audience, now) : null;
  return ok({
    ...campaign,
    kept: (await keptCampaigns([id])).has(id),
    audience: audience && { id: audience.id, name: audience.name },
    people,
  });
}

type DraftResult<T> = Result<T, "not_found" | "conflict" | "validation_error" | "template_error">;

/** Drafts a campaign for a member and records it. Fails for an audience, a sender or a message that cannot be used. */
export async function createMemberCampaign(
  actor: MemberActor,
  { environment, ...input }: CampaignDraftInput,
  now: Date,
): Promise<DraftResult<{ id: string }>> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const checked = await checkDraft(actor, { environment, ...input });
  if (!checked.ok) return checked;
  return await transact(async (tx) => {
    const content = { ...input, replyTo: mailboxesIn(input.replyTo) };
    const { id, name } = await storeCampaign(tx, viewOf(actor, environment), content, now);
    const changes = {
      name: { from: null, to: name },
      environment: { from: null, to: environment },
      audience: { from: null, to: checked.value.name },
      subject: { from: null, to: input.subject },
    };
    const target = { type: "campaign", id, name } as const;
    await recordAudit(tx, actor, { action: "campaign.created", target, changes }, now);
    return ok({ id });
  });
}

/** Replaces a draft and records the changes. Fails with `conflict` once it is on its way or changed meanwhile. */
export async function editMemberCampaign(
  actor: MemberActor,
  { id, environment, updatedAt, ...input }: EditCampaignInput,
  now: Date,
): Promise<DraftResult<null>> {
  if (!can(actor, "campaigns.manage")) return goneCampaign();
  const checked = await checkDraft(actor, { environment, ...input });
  if (!checked.ok) return checked;
  return await transact(async (tx) => {
    const before = await getCampaign(viewOf(actor, environment), id, tx);
    if (!before.ok) return goneCampaign();
    const { count } = await tx.campaign.updateMany({
      where: { id, workspaceId: actor.workspaceId, environment, status: "draft", updatedAt },
      data: { ...input, replyTo: mailboxesIn(input.replyTo), updatedAt: now },
    });
    if (count === 0) return fail("conflict", notEditable(before.value));
    const audiences = await audienceNames(tx, actor, [before.value.audienceId]);
    const old = {
      ...before.value,
      replyTo: before.value.replyTo.join(", "),
      audience: audiences.get(before.value.audienceId) ?? null,
    };
    const wanted = { ...input, audience: checked.value.name };
    const changes: Record<string, { from: string | null; to: string }> = {};
    for (const field of ["name", "audience", "from", "replyTo", "subject"] as const) {
      const [from, to] = [old[field], wanted[field]];
      if (from !== to) changes[field] = { from, to };
    }
    const target = { type: "campaign", id, name: input.name } as const;
    await recordAudit(tx, actor, { action: "campaign.changed", target, changes }, now);
    return ok(null);
  });
}

function notEditable({ status }: CampaignRow): string {
  return status === "draft"
    ? "Somebody changed this campaign meanwhile. Keep a copy of your text, and reload to see theirs."
    : "This campaign is on its way and cannot be changed.";
}

async function checkDraft(
  actor: MemberActor,
  { audienceId, environment, from, subject, html, text }: CampaignDraftInput,
): Promise<Result<{ name: string }, "validation_error" | "template_error">> {
  const audience = await reader().audience.findFirst({
    where: { id: audienceId, workspaceId: actor.workspaceId, environment },
    select: { name: true },
  });
  if (!audience) return invalidFields({ audienceId: ["This audience does not exist any more."] });
  const refused = refuseSender(await senderDomains(viewOf(actor, environment)), from);
  if (refused) return refused;
  const checked = await checkMessage(actor, { subject, html, text });
  return checked.ok ? ok(audience) : checked;
}

/** The failure for a campaign that is gone, or that the member may not see. */
export function goneCampaign(): Failure<"not_found"> {
  return fail("not_found", "This campaign does not exist any more.");
}
