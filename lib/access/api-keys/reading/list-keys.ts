import { rowSelect, toKeyRow } from "@/lib/access/api-keys/key/key-row";
import type { KeySort, ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import type { KeyPage } from "@/lib/access/api-keys/key/shown-key";
import { expiringSoonBy, type KeyStatus } from "@/lib/access/api-keys/key/status";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { literally } from "@/lib/platform/database/like";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Prisma } from "@/prisma/generated/client";

const KEYS_PER_PAGE = 50;
/** A pasted hint (`pstn_live_…x7Qd`), or a whole secret: only its last four characters are searched. */
const HINT = /^pstn_(?:live|test)_.*(.{4})$/;

/**
 * One page of the workspace's keys. Sorted by creation or expiry, revoked keys come last. A page past the end
 * is the last one.
 */
export async function listKeys(
  actor: MemberActor,
  query: ListKeysQuery,
  now: Date,
): Promise<KeyPage> {
  if (!can(actor, "keys.read")) return { keys: [], matching: 0, total: 0, page: 1, pageCount: 1 };
  const { workspaceId } = actor;
  const ofTools = { workspaceId, decoyPlace: null };
  const where = { AND: [ofTools, ...filters(query, now)] };
  const matching = await reader().apiKey.count({ where });
  const pageCount = Math.max(1, Math.ceil(matching / KEYS_PER_PAGE));
  const page = Math.min(query.page, pageCount);
  const keys = await reader().apiKey.findMany({
    where,
    select: rowSelect(now),
    orderBy: [...order(query.sort, query.direction), { id: "desc" }],
    skip: (page - 1) * KEYS_PER_PAGE,
    take: KEYS_PER_PAGE,
  });
  const total = await reader().apiKey.count({ where: ofTools });
  return {
    keys: keys.map((key) => toKeyRow(actor, key, now)),
    matching,
    total,
    page,
    pageCount,
  };
}

function filters(query: ListKeysQuery, now: Date): Prisma.ApiKeyWhereInput[] {
  const { environment, owner, search, status } = query;
  return [
    environment === "all" ? {} : { environment },
    owner === null ? {} : { ownerId: owner },
    search === "" ? {} : matches(search),
    status === "all" ? {} : whereStatus(status, now),
  ];
}

function matches(search: string): Prisma.ApiKeyWhereInput {
  const hint = HINT.exec(search)?.[1];
  if (hint) return { secrets: { some: { lastFour: hint } } };
  const contains = literally(search);
  const text = { contains, mode: "insensitive" } as const;
  return {
    OR: [
      { name: text },
      { description: text },
      { secrets: { some: { lastFour: search } } },
      { owner: { user: { name: text } } },
    ],
  };
}

/** The keys to which `keyStatus` gives this status: a filter and a pill must agree. */
function whereStatus(status: KeyStatus | "in_use", now: Date): Prisma.ApiKeyWhereInput {
  const notRevoked = { revokedAt: null };
  const expired = { expiresAt: { lte: now } };
  const inUse = { ...notRevoked, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  const notFrozen = { frozenAt: null };
  const goesOn = { ...notFrozen, pausedAt: null };
  const rotating = { secrets: { some: { retiresAt: { gt: now } } } };
  const expiring = { expiresAt: { lte: expiringSoonBy(now) } };
  switch (status) {
    case "in_use":
      return inUse;
    case "revoked":
      return { revokedAt: { not: null } };
    case "expired":
      return { AND: [notRevoked, expired] };
    case "frozen":
      return { AND: [inUse, { frozenAt: { not: null } }] };
    case "paused":
      return { AND: [inUse, notFrozen, { pausedAt: { not: null } }] };
    case "rotating":
      return { AND: [inUse, goesOn, rotating] };
    case "expiring":
      return { AND: [inUse, goesOn, { NOT: rotating }, expiring] };
    case "active":
      return { AND: [inUse, goesOn, { NOT: rotating }, notSoon(now)] };
  }
}

function notSoon(now: Date): Prisma.ApiKeyWhereInput {
  return { OR: [{ expiresAt: null }, { expiresAt: { gt: expiringSoonBy(now) } }] };
}

function order(sort: KeySort, direction: "asc" | "desc"): Prisma.ApiKeyOrderByWithRelationInput[] {
  switch (sort) {
    case "created":
      return [{ revokedAt: { sort: "asc", nulls: "first" } }, { createdAt: direction }];
    case "name":
      return [{ name: direction }];
    case "last_used":
      return [{ lastUsedAt: { sort: direction, nulls: direction === "asc" ? "first" : "last" } }];
    case "expires":
      return [
        { revokedAt: { sort: "asc", nulls: "first" } },
        { expiresAt: { sort: direction, nulls: direction === "asc" ? "last" : "first" } },
      ];
    case "owner":
      return [{ owner: { user: { name: direction } } }];
  }
}
