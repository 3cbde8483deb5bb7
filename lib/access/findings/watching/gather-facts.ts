import { callsWithSecrets, type KeySince } from "@/lib/access/activity/reading/counts/use-by-hour";
import { secretState } from "@/lib/access/api-keys/key/status";
import type { KeyFacts, LeakFacts, RetiringSecret } from "@/lib/access/findings/judging/key-facts";
import { decoyUseOf } from "@/lib/access/findings/watching/read-decoy-use";
import { excessesOf } from "@/lib/access/findings/watching/read-excesses";
import { readUsual } from "@/lib/access/findings/watching/read-unusual";
import { callingFrom, callsAfterEnd, routesOf } from "@/lib/access/findings/watching/read-use";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Prisma } from "@/prisma/generated/client";
import type { LeakSource } from "@/prisma/generated/enums";

const select = {
  id: true,
  workspaceId: true,
  decoyPlace: true,
  revision: true,
  scopes: true,
  scopesChangedAt: true,
  allowedAddresses: true,
  expiresAt: true,
  expiryDays: true,
  pausedAt: true,
  frozenAt: true,
  revokedAt: true,
  revokeReason: true,
  createdAt: true,
  lastUsedAt: true,
  contactsReadPerDay: true,
  recipientsPerHour: true,
  recipientsPerDay: true,
  owner: { select: { role: true } },
  workspace: { select: { rotationDays: true } },
  secrets: {
    select: {
      id: true,
      createdAt: true,
      retiresAt: true,
      lastUsedAt: true,
      lastUsedAddress: true,
      lastUsedAgent: true,
      leaks: { select: { source: true, url: true, reportedAt: true } },
    },
  },
} satisfies Prisma.ApiKeySelect;

const NO_USE: KeyFacts["use"] = {
  habit: null,
  hours: [],
  callers: [],
  standing: [],
  intended: [],
  withRetired: null,
  unknownSecrets: [],
  awakeSince: new Date(0),
};

type StoredKey = Prisma.ApiKeyGetPayload<{ select: typeof select }>;
type Elder = { keyId: string; id: string; createdAt: Date };

/** The facts of these keys, whatever workspaces they belong to. The number of statements is the same for any number. */
export async function gatherFacts(keyIds: readonly string[], now: Date): Promise<KeyFacts[]> {
  const keys = await reader().apiKey.findMany({
    where: { id: { in: [...keyIds] } },
    select: { ...select, secrets: { ...select.secrets, where: notRetired(now) } },
  });
  const ids = keys.map(({ id }) => id);
  const routes = await routesOf(reader(), ids, now);
  const from = await callingFrom(reader(), ids, now);
  const afterEnd = await callsAfterEnd(
    keys.flatMap((key) => endOf(key, now) ?? []),
    now,
  );
  const oldCalls = await callsWithSecrets(keys.flatMap((key) => retiringSince(key, now) ?? []));
  const decoyUse = await decoyUseOf(keys.filter(({ decoyPlace }) => decoyPlace !== null));
  const excesses = await excessesOf(reader(), keys, now);
  const use = await readUsual(ids, now);
  const elders = new Map((await eldersOf(ids, now)).map((elder) => [elder.keyId, elder]));
  return keys.map((key) => ({
    ...ownFacts(key),
    retiring: retiringOf(key, oldCalls, now),
    leak: leakOf(key.secrets.flatMap(({ leaks }) => leaks)),
    decoy:
      key.decoyPlace === null ? null : { place: key.decoyPlace, use: decoyUse.get(key.id) ?? null },
    excesses: excesses.get(key.id) ?? [],
    routes: routes.get(key.id) ?? [],
    from: from.get(key.id) ?? null,
    afterEnd: afterEnd.get(key.id) ?? null,
    elder: elders.get(key.id) ?? null,
    use: use.get(key.id) ?? NO_USE,
  }));
}

/** The facts of these leaks together; null where there is none. */
export function leakOf(
  leaks: readonly { source: LeakSource; url: string; reportedAt: Date }[],
): LeakFacts | null {
  const latest = leaks.reduce<(typeof leaks)[number] | null>(
    (late, leak) => (late && late.reportedAt >= leak.reportedAt ? late : leak),
    null,
  );
  return latest && { ...latest, reports: leaks.length };
}

function notRetired(now: Date): Prisma.ApiKeySecretWhereInput {
  return { OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] };
}

function ownFacts(key: StoredKey) {
  const { id: keyId, scopesChangedAt, owner, workspace, secrets, revokeReason, ...own } = key;
  const current = secrets.find(({ retiresAt }) => retiresAt === null);
  return {
    ...own,
    keyId,
    scopesSince: scopesChangedAt ?? key.createdAt,
    isCompromised: revokeReason === "compromised",
    ownerRole: owner.role,
    rotationDays: workspace.rotationDays,
    secretSince: current?.createdAt ?? key.createdAt,
  };
}

function endOf({ id: keyId, revokedAt, expiresAt }: StoredKey, now: Date): KeySince | null {
  const since = revokedAt ?? (expiresAt && expiresAt <= now ? expiresAt : null);
  return since && { keyId, since };
}

function retiringSince(key: StoredKey, now: Date): (KeySince & { secretId: string }) | null {
  const retiring = key.secrets.find((secret) => secretState(secret, now) === "retiring");
  return retiring
    ? { keyId: key.id, secretId: retiring.id, since: ownFacts(key).secretSince }
    : null;
}

function retiringOf(
  { secrets }: StoredKey,
  calls: ReadonlyMap<string, number>,
  now: Date,
): RetiringSecret | null {
  const secret = secrets.find((one) => secretState(one, now) === "retiring");
  if (!secret?.retiresAt) return null;
  const { id, retiresAt, lastUsedAt, lastUsedAddress, lastUsedAgent } = secret;
  return { retiresAt, lastUsedAt, lastUsedAddress, lastUsedAgent, calls: calls.get(id) ?? 0 };
}

/** The oldest other key in use with the name and environment of each, where that is older. */
async function eldersOf(keyIds: readonly string[], now: Date): Promise<Elder[]> {
  return await reader().$queryRaw<Elder[]>`
    SELECT DISTINCT ON (key.id) key.id AS "keyId", elder.id, elder.created_at AS "createdAt"
    FROM api_key AS key JOIN api_key AS elder ON elder.workspace_id = key.workspace_id
      AND elder.environment = key.environment AND lower(elder.name) = lower(key.name)
      AND (elder.created_at, elder.id) < (key.created_at, key.id)
    WHERE key.id = ANY(${keyIds}::text[]) AND elder.revoked_at IS NULL AND elder.decoy_place IS NULL
      AND (elder.expires_at IS NULL OR elder.expires_at > ${now})
    ORDER BY key.id, elder.created_at`;
}
