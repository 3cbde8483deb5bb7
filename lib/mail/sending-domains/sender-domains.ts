import { domainOf, emailIn } from "@/lib/mail/address/mailbox";
import { DOMAINS_MAX } from "@/lib/mail/sending-domains/schema";
import type { View } from "@/lib/people/auth/view";
import { thinQuery } from "@/lib/platform/database/thin-query";
import { reader } from "@/lib/platform/database/unit-of-work";
import { type Failure, invalidFields } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

/** The domains a sender's email may have, and whether the workspace or the key sets them; null for any domain. */
export type SenderDomains = { domains: readonly string[]; by: "workspace" | "key" } | null;

/**
 * The domains a view may send from. A limited view has the domains of its limit that the workspace still lists,
 * or all of them where the workspace lists none. Any other view has the workspace's domains; null where it lists
 * none.
 */
export async function senderDomains(view: View): Promise<SenderDomains> {
  const [row] = await thinQuery<{ domains: string[] }>(
    reader(),
    Prisma.sql`SELECT ${selectingDomains(view)} AS domains`,
  );
  return amongDomains(view, row?.domains ?? []);
}

/** SQL for the names of the workspace's sending domains, as one list. */
export function selectingDomains({ workspaceId }: View): Prisma.Sql {
  return Prisma.sql`ARRAY(
    SELECT name FROM sending_domain WHERE workspace_id = ${workspaceId} ORDER BY name LIMIT ${DOMAINS_MAX})`;
}

/** The domains that the view may send from, where these are the workspace's. */
export function amongDomains({ sendingDomains }: View, named: readonly string[]): SenderDomains {
  if (!sendingDomains) return named.length > 0 ? { domains: named, by: "workspace" } : null;
  const domains = sendingDomains.filter((name) => named.length === 0 || named.includes(name));
  return { domains, by: "key" };
}

/** SQL for whether the workspace of a row of `asked` sends from its `domain`. */
export const WORKSPACE_SENDS = Prisma.sql`(
  EXISTS (SELECT FROM sending_domain WHERE workspace_id = asked."workspaceId" AND name = asked.domain)
  OR NOT EXISTS (SELECT FROM sending_domain WHERE workspace_id = asked."workspaceId"))`;

/** True where the view has no limit, or its limit names the domain of `from`. */
export function limitNames({ sendingDomains }: View, from: string): boolean {
  return sendingDomains === null || sendingDomains.includes(domainOf(emailIn(from)));
}

/** The failure for a sender outside the allowed domains; null for any other. A subdomain is a domain of its own. */
export function refuseSender(
  allowed: SenderDomains,
  from: string,
): Failure<"validation_error"> | null {
  if (!allowed) return null;
  const domain = domainOf(emailIn(from));
  if (allowed.domains.includes(domain)) return null;
  const whose = allowed.by === "key" ? "This key may not send" : "This workspace does not send";
  const list = allowed.domains.slice(0, 10).join(", ") || "none that is left";
  return invalidFields({ from: [`${whose} from ${domain}. Use an address of: ${list}.`] });
}
