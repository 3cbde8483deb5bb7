import {
  type AddDomainInput,
  DOMAINS_MAX,
  type RemoveDomainInput,
} from "@/lib/mail/sending-domains/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** A domain the workspace sends from, with the names of keys that are limited to it. */
export type SendingDomainRow = { id: string; name: string; createdAt: Date; keys: string[] };

/** The most keys that are named beside the domains they are limited to. */
const NAMED_MAX = 100;

/** The workspace's sending domains by name; without any, “from” may have any domain. */
export async function listDomains(
  actor: MemberActor,
): Promise<Result<SendingDomainRow[], "not_found">> {
  if (!can(actor, "sending.manage")) return noDomain();
  const { workspaceId } = actor;
  const rows = await reader().sendingDomain.findMany({
    where: { workspaceId },
    orderBy: { name: "asc" },
    take: DOMAINS_MAX,
    select: { id: true, name: true, createdAt: true },
  });
  const keys = await reader().apiKey.findMany({
    where: {
      workspaceId,
      revokedAt: null,
      sendingDomains: { hasSome: rows.map(({ name }) => name) },
    },
    orderBy: { createdAt: "desc" },
    take: NAMED_MAX,
    select: { name: true, sendingDomains: true },
  });
  return ok(
    rows.map((row) => ({
      ...row,
      keys: keys
        .filter(({ sendingDomains }) => sendingDomains.includes(row.name))
        .map(({ name }) => name),
    })),
  );
}

/** The names of the workspace's sending domains, to choose from in a form. */
export async function domainChoices({ workspaceId }: MemberActor): Promise<string[]> {
  const rows = await reader().sendingDomain.findMany({
    where: { workspaceId },
    orderBy: { name: "asc" },
    take: DOMAINS_MAX,
    select: { name: true },
  });
  return rows.map(({ name }) => name);
}

/** Adds a sending domain. Once there is one, emails from domains that are not on the list are refused. */
export async function addDomain(
  actor: MemberActor,
  { name }: AddDomainInput,
  now: Date,
): Promise<Result<{ id: string }, "not_found" | "validation_error">> {
  if (!can(actor, "sending.manage")) return noDomain();
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const known = await tx.sendingDomain.count({ where: { workspaceId } });
    if (known >= DOMAINS_MAX) {
      return invalidFields({ name: [`A workspace has at most ${DOMAINS_MAX} sending domains.`] });
    }
    const id = newId("dom", now);
    const { count } = await tx.sendingDomain.createMany({
      data: [{ id, workspaceId, name, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) return invalidFields({ name: ["This domain is on the list already."] });
    const target = { type: "domain", id, name } as const;
    await recordAudit(tx, actor, { action: "domain.added", target }, now);
    return ok({ id });
  });
}

/** Takes a sending domain off the list. Keys that are limited to it stay limited to it. */
export async function removeDomain(
  actor: MemberActor,
  { id }: RemoveDomainInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "sending.manage")) return noDomain();
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const domain = await tx.sendingDomain.findFirst({ where: { id, workspaceId } });
    const { count } = await tx.sendingDomain.deleteMany({ where: { id, workspaceId } });
    if (!domain || count === 0) return noDomain();
    const target = { type: "domain", id, name: domain.name } as const;
    await recordAudit(tx, actor, { action: "domain.removed", target }, now);
    return ok(null);
  });
}

function noDomain(): Failure<"not_found"> {
  return fail("not_found", "This sending domain does not exist any more.");
}
