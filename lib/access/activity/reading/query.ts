import { PAGE_SIZE } from "@/lib/access/activity/limits";
import { type StoredRequest, search } from "@/lib/access/activity/reading/search";
import { planSearch, type SearchPlan } from "@/lib/access/activity/reading/search-plan";
import { canSeeKey, keysToLookAt } from "@/lib/access/activity/reading/visible-keys";
import type { ActivityPage, ActivityQuery, ActivityRow } from "@/lib/access/activity/schema";
import { hintOf } from "@/lib/access/api-keys/key/secret";
import { secretState } from "@/lib/access/api-keys/key/status";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { requestIdOf, timeOfUuid, uuidOfRequestId } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";

/** How long a page may search without an index before it answers with how far it got. */
const SEARCH_BUDGET_MS = 400;

/** One page of the calls the actor may see, newest first; stable while new calls come in. */
export async function listRequests(
  actor: MemberActor,
  query: ActivityQuery,
  now: Date,
): Promise<ActivityPage> {
  const plan = await searchPlanOf(actor, query);
  const found = await search(plan, query.before ?? null, PAGE_SIZE + 1, SEARCH_BUDGET_MS);
  const page = found.rows.slice(0, PAGE_SIZE);
  const isFull = found.rows.length > PAGE_SIZE;
  const older = isFull ? (page.at(-1)?.id ?? null) : found.lookedDownTo;
  return {
    rows: await asRows(actor, page, now),
    older,
    searchedBackTo: older && timeOfUuid(older).toISOString(),
  };
}

/** One call by its request id (`req_…`), found by the primary key. */
export async function getRequest(
  actor: MemberActor,
  { id }: { id: string },
  now: Date,
): Promise<Result<ActivityRow, "not_found">> {
  const uuid = uuidOfRequestId(id.toLowerCase());
  const row =
    uuid &&
    (await reader().activity.findUnique({ where: { id: uuid }, select: storedRequestSelect }));
  const isVisible =
    row && row.workspaceId === actor.workspaceId && (await canSeeKey(actor, row.keyId));
  const [request] = isVisible ? await asRows(actor, [row], now) : [];
  return request ? ok(request) : fail("not_found", "There is no such request.");
}

/** The plan of a search for `query` among the calls the actor may see. */
export async function searchPlanOf(
  actor: MemberActor,
  query: Omit<ActivityQuery, "before">,
): Promise<SearchPlan> {
  return planSearch(actor.workspaceId, await keysToLookAt(actor, query.key), query);
}

const storedRequestSelect = {
  id: true,
  workspaceId: true,
  keyId: true,
  secretId: true,
  environment: true,
  method: true,
  route: true,
  path: true,
  status: true,
  code: true,
  durationMs: true,
  address: true,
  userAgent: true,
  bytesIn: true,
  bytesOut: true,
  repeats: true,
  contactsRead: true,
  contactsChanged: true,
  recipients: true,
} as const;

/** Stored calls as people see them, with the key's name, and the hint and state of the secret. */
export async function asRows(
  actor: MemberActor,
  rows: readonly StoredRequest[],
  now: Date,
): Promise<ActivityRow[]> {
  const { workspaceId } = actor;
  const keys = await reader().apiKey.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ keyId }) => keyId))] } },
    select: { id: true, name: true },
  });
  const secrets = await reader().apiKeySecret.findMany({
    where: { workspaceId, id: { in: [...new Set(rows.map(({ secretId }) => secretId))] } },
    select: { id: true, lastFour: true, retiresAt: true },
  });
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  const secretsById = new Map(secrets.map((secret) => [secret.id, secret]));
  return rows.map((row) => {
    const secret = secretsById.get(row.secretId);
    return {
      id: requestIdOf(row.id),
      at: timeOfUuid(row.id).toISOString(),
      status: row.status,
      code: row.code,
      method: row.method,
      path: row.path,
      route: row.route,
      keyId: row.keyId,
      keyName: names.get(row.keyId) ?? row.keyId,
      environment: row.environment,
      secretHint: hintOf(row.environment, secret?.lastFour ?? "????"),
      secretState: secret ? secretState(secret, now) : "current",
      address: row.address,
      userAgent: row.userAgent,
      durationMs: row.durationMs,
      bytesIn: row.bytesIn,
      bytesOut: row.bytesOut,
      repeats: row.repeats,
      contactsRead: row.contactsRead,
      contactsChanged: row.contactsChanged,
      recipients: row.recipients,
    };
  });
}
