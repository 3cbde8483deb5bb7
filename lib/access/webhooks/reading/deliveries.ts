import type { Try } from "@/lib/access/webhooks/delivery/round";
import { bodyOf, headersOf } from "@/lib/access/webhooks/delivery/sign";
import type { DeliveryResult } from "@/lib/access/webhooks/webhook/limits";
import type { DeliveriesPageQuery } from "@/lib/access/webhooks/webhook/schema";
import type { WebhookRow } from "@/lib/access/webhooks/webhook/webhook-row";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import { emptyPage, type Page } from "@/lib/platform/paging/page";
import type { Prisma } from "@/prisma/generated/client";
import type { WebhookEventState } from "@/prisma/generated/enums";

const PAGE_SIZE = 25;

const listedSelect = {
  id: true,
  type: true,
  data: true,
  at: true,
  state: true,
  dueAt: true,
  tries: true,
  log: true,
} as const;

/** One event in a webhook's log. `about` names the contact, recipient, campaign or key. */
export type Delivery = {
  id: string;
  type: string;
  about: string;
  at: Date;
  state: WebhookEventState;
  dueAt: Date;
  tries: number;
  /** The latest try; null before the first. */
  last: Try | null;
};

/** A delivery as its panel shows it: what was sent, and its latest tries, newest first. */
export type DeliveryDetails = Delivery & {
  body: string;
  headers: [name: string, value: string][];
  log: Try[];
};

/** A page of a webhook's deliveries, newest first. The webhook is one that `actor` was shown. */
export async function listDeliveries(
  actor: MemberActor,
  webhook: Pick<WebhookRow, "id" | "environment">,
  { event, result, after, before }: DeliveriesPageQuery,
): Promise<Page<Delivery>> {
  if (!can(actor, "webhooks.read")) return emptyPage();
  const { workspaceId } = actor;
  const list = { name: `deliveries ${webhook.id}`, workspaceId, environment: webhook.environment };
  const at = after ? { after } : before ? { before } : {};
  const request = await requestPageById(list, { limit: PAGE_SIZE, ...at });
  if (!request.ok) return emptyPage();
  const { where, orderBy, take } = request.value;
  const chosen = event === "all" ? {} : { type: event };
  const rows = await reader().webhookEvent.findMany({
    where: { AND: [placeOf(actor, webhook.id), chosen, whereResult(result), where] },
    orderBy,
    take,
    select: listedSelect,
  });
  return toPageById(request.value, rows.map(toDelivery));
}

/** One delivery with its body, headers and tries; null where it is not kept. */
export async function getDelivery(
  actor: MemberActor,
  webhookId: string,
  id: string,
): Promise<DeliveryDetails | null> {
  if (!can(actor, "webhooks.read")) return null;
  const row = await reader().webhookEvent.findFirst({
    where: { AND: [placeOf(actor, webhookId), { id }] },
    select: listedSelect,
  });
  if (!row) return null;
  const delivery = toDelivery(row);
  const { last } = delivery;
  const headers = last?.signature ? headersOf(id, new Date(last.at), last.signature) : {};
  return {
    ...delivery,
    body: bodyOf(row),
    headers: Object.entries(headers),
    log: triesOf(row).reverse(),
  };
}

function placeOf({ workspaceId }: MemberActor, webhookId: string): Prisma.WebhookEventWhereInput {
  return { webhookId, webhook: { is: { workspaceId } } };
}

function whereResult(result: DeliveryResult | "all"): Prisma.WebhookEventWhereInput {
  switch (result) {
    case "all":
      return {};
    case "delivered":
      return { state: "delivered" };
    case "waiting":
      return { state: "waiting", tries: 0 };
    case "failing":
      return { OR: [{ state: "waiting", tries: { gt: 0 } }, { state: "given_up" }] };
  }
}

type ListedRow = Prisma.WebhookEventGetPayload<{ select: typeof listedSelect }>;

function toDelivery(row: ListedRow): Delivery {
  const { id, type, at, state, dueAt, tries } = row;
  return {
    id,
    type,
    about: aboutOf(row.data),
    at,
    state,
    dueAt,
    tries,
    last: triesOf(row).at(-1) ?? null,
  };
}

function triesOf({ log }: Pick<ListedRow, "log">): Try[] {
  return [...(log as unknown as Try[])];
}

/** What people know a thing by: an email, the first recipient, a name; its id where it has none. */
function aboutOf(data: Prisma.JsonValue): string {
  const { email, to, name, id } = data as Record<string, unknown>;
  const first = Array.isArray(to) ? to[0] : undefined;
  return `${email ?? first ?? name ?? id ?? ""}`;
}
