import { addressOf, domainOf } from "@/lib/mail/address/mailbox";
import { DOMAINS_MAX } from "@/lib/mail/sending-domains/schema";
import type { KeyActor, MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/db";
import { type Failure, invalidFields } from "@/lib/platform/result";

/** The domains that may stand in a sender's address; null: any. */
export type SenderDomains = { domains: readonly string[]; by: "workspace" | "key" } | null;

/**
 * The domains a key may send from: those it is limited to, as far as the workspace still names them; the
 * workspace's own where there is no such limit, as for a member; any where neither says one.
 */
export async function senderDomains({
  workspaceId,
  sendingDomains,
}: Pick<KeyActor, "workspaceId" | "sendingDomains">): Promise<SenderDomains> {
  const rows = await db.sendingDomain.findMany({
    where: { workspaceId },
    orderBy: { name: "asc" },
    take: DOMAINS_MAX,
    select: { name: true },
  });
  const named = rows.map(({ name }) => name);
  if (!sendingDomains) return named.length > 0 ? { domains: named, by: "workspace" } : null;
  const domains = sendingDomains.filter((name) => named.length === 0 || named.includes(name));
  return { domains, by: "key" };
}

/** The domains a member may send from: the workspace's own. */
export async function memberSenderDomains({
  workspaceId,
}: Pick<MemberActor, "workspaceId">): Promise<SenderDomains> {
  return await senderDomains({ workspaceId, sendingDomains: null });
}

/** Why a sender may not be used, if so. A subdomain is a domain of its own. */
export function refuseSender(
  allowed: SenderDomains,
  from: string,
): Failure<"validation_error"> | null {
  if (!allowed) return null;
  const domain = domainOf(addressOf(from));
  if (allowed.domains.includes(domain)) return null;
  const whose = allowed.by === "key" ? "This key may not send" : "This workspace does not send";
  const list = allowed.domains.slice(0, 10).join(", ") || "none that is left";
  return invalidFields({ from: [`${whose} from ${domain}. Use an address of: ${list}.`] });
}
