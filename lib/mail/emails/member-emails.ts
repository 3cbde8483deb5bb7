import { contactEmail } from "@/lib/mail/address/schema";
import { composeMessage, textPartOf } from "@/lib/mail/emails/compose";
import { emailSelect, OPEN_STATUSES } from "@/lib/mail/emails/email-row";
import { planPictures } from "@/lib/mail/emails/inline-pictures";
import { eventsOf } from "@/lib/mail/emails/list-emails";
import type { EmailsPageQuery } from "@/lib/mail/emails/schema";
import { withStoredEmail } from "@/lib/mail/emails/stored-email";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { Page } from "@/lib/platform/paging/page";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";
import type { EmailStatus, Environment } from "@/prisma/generated/enums";

const PAGE_SIZE = 50;
/** The most keys that are offered as senders. */
const OFFERED_MAX = 100;

/** The page an email list is for: `emails` shows all, `outbox` those that stayed on this machine. */
export type Mailbag = "emails" | "outbox";

/** The key or campaign that sent an email, or the member who sent it as a test. A sender that is gone has no name. */
export type Sender = { kind: "key" | "campaign" | "member"; id: string; name: string | null };

/** An email as the console lists it. */
export type ListedEmail = Prisma.EmailGetPayload<{ select: typeof emailSelect }> & {
  sender: Sender | null;
};

/**
 * A page of the workspace's emails, newest first. Fails with `not_found` for members without the permission
 * and with `validation_error` for a cursor that leads nowhere.
 */
export async function listMemberEmails(
  actor: MemberActor,
  query: EmailsPageQuery,
  bag: Mailbag,
): Promise<Result<Page<ListedEmail>, "not_found" | "validation_error">> {
  if (!can(actor, "emails.read")) return noEmail();
  const { workspaceId } = actor;
  const { environment, after, before } = query;
  const list = { name: bag, workspaceId, environment };
  const request = await requestPageById(list, {
    limit: PAGE_SIZE,
    ...(after ? { after } : before ? { before } : {}),
  });
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const rows = await reader().email.findMany({
    where: { AND: [{ workspaceId, environment }, ...filters(query, bag), where] },
    orderBy,
    take,
    select: emailSelect,
  });
  const page = toPageById(request.value, rows);
  const names = await senderNames(workspaceId, page.rows);
  const listed = page.rows.map((row) => ({ ...row, sender: senderOf(row, names) }));
  return ok({ ...page, rows: listed });
}

function filters(
  { status, sender, recipient }: EmailsPageQuery,
  bag: Mailbag,
): Prisma.EmailWhereInput[] {
  // A text that is not an email finds nothing, like an email that got nothing.
  const email = recipient ? (contactEmail.safeParse(recipient).data ?? recipient) : null;
  return [
    ...(bag === "outbox" ? [{ captured: true }] : []),
    ...(status === "all" ? [] : [{ status }]),
    ...(sender.startsWith("key_") ? [{ keyId: sender }] : []),
    ...(sender.startsWith("cmp_") ? [{ campaignId: sender }] : []),
    ...(email ? [{ recipients: { has: email } }] : []),
  ];
}

type Sent = { keyId: string | null; campaignId: string | null; testedBy: string | null };

type Named = { id: string; name: string };

/** Reads the names of senders by id, only from the tables that these rows refer to. */
async function senderNames(
  workspaceId: string,
  rows: readonly Sent[],
): Promise<Map<string, string>> {
  const withIds = (kind: keyof Sent) => {
    const ids = new Set(rows.map((row) => row[kind]).filter((id) => id !== null));
    return ids.size > 0 ? { workspaceId, id: { in: [...ids] } } : null;
  };
  const [keys, campaigns, members] = [withIds("keyId"), withIds("campaignId"), withIds("testedBy")];
  const select = { id: true, name: true } as const;
  const named: Named[] = [];
  if (keys) named.push(...(await reader().apiKey.findMany({ where: keys, select })));
  if (campaigns) named.push(...(await reader().campaign.findMany({ where: campaigns, select })));
  if (members) named.push(...(await memberNames(members)));
  return new Map(named.map(({ id, name }) => [id, name]));
}

async function memberNames(where: Prisma.MemberWhereInput): Promise<Named[]> {
  const select = { id: true, user: { select: { name: true } } } as const;
  const rows = await reader().member.findMany({ where, select });
  return rows.map(({ id, user }) => ({ id, name: user.name }));
}

function senderOf(
  { keyId, campaignId, testedBy }: Sent,
  names: ReadonlyMap<string, string>,
): Sender | null {
  const sender = (kind: Sender["kind"], id: string) => ({ kind, id, name: names.get(id) ?? null });
  if (campaignId) return sender("campaign", campaignId);
  if (testedBy) return sender("member", testedBy);
  return keyId ? sender("key", keyId) : null;
}

/** The newest keys of an environment that may send emails, to choose from; none for members without the permission. */
export async function senderChoices(
  { workspaceId, ...actor }: MemberActor,
  environment: Environment,
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "emails.read")) return [];
  return await reader().apiKey.findMany({
    where: { workspaceId, environment, scopes: { has: "emails:send" } },
    orderBy: { createdAt: "desc" },
    take: OFFERED_MAX,
    select: { id: true, name: true },
  });
}

/** Everything the console shows of one email. */
export type EmailDetails = NonNullable<Awaited<ReturnType<typeof findDetails>>>;

/** One email of the workspace with its texts and attachments, unless nobody may read them, and its latest events. */
export async function getEmailDetails(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<EmailDetails, "not_found">> {
  const found = can(actor, "emails.read") ? await findDetails(actor.workspaceId, id) : null;
  return found ? ok(found) : noEmail();
}

async function findDetails(workspaceId: string, id: string) {
  const row = await reader().email.findFirst({
    where: { id, workspaceId },
    select: {
      ...emailSelect,
      environment: true,
      workspace: { select: { contentDays: true } },
      content: { select: { html: true, text: true } },
      attachments: {
        orderBy: { position: "asc" },
        select: { position: true, filename: true, contentType: true },
      },
    },
  });
  if (!row) return null;
  const { content, attachments, workspace, ...email } = row.contentGone
    ? { ...row, content: null, attachments: [] }
    : row;
  const names = await senderNames(workspaceId, [row]);
  const { leftOut } = await planPictures(reader(), id, content?.html ?? "");
  return {
    ...email,
    isOpen: (OPEN_STATUSES as readonly EmailStatus[]).includes(row.status),
    contentDays: workspace.contentDays,
    attachments,
    html: content?.html ?? null,
    /** Places in the HTML where the preview leaves a picture out. */
    picturesLeftOut: leftOut,
    text: content && (await textPartOf({ workspaceId }, content)),
    sender: senderOf(row, names),
    events: await eventsOf(id),
  };
}

/** The bytes of an email of the workspace, as they go over the wire. `not_found` where nobody may read them. */
export async function getEmailSource(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<Buffer, "not_found">> {
  if (!can(actor, "emails.read")) return noEmail();
  const mine = await reader().email.findFirst({
    where: { id, workspaceId: actor.workspaceId, contentGone: null },
    select: { id: true },
  });
  const message = mine && (await withStoredEmail(id, composeMessage));
  return message ? ok(message.raw) : noEmail();
}

function noEmail(): Failure<"not_found"> {
  return fail("not_found", "There is no such email.");
}
