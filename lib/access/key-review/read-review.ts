import { TypeID } from "typeid-js";
import {
  DECISIONS,
  type Decision,
  decisionOn,
  type KeyChange,
} from "@/lib/access/key-review/decisions";
import { REVIEW_DAYS, REVIEWED_MAX } from "@/lib/access/key-review/limits";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { DAY_MS, later } from "@/lib/platform/clock";
import { type Reader, reader } from "@/lib/platform/database/unit-of-work";
import { firstUuidAt } from "@/lib/platform/ids";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** More changes of keys than a review looks at among a thousand keys. */
const CHANGES_MAX = 5_000;

/** The state of a review of the workspace's keys: those that nobody has looked at yet, and the decisions about the rest. */
export type Review = {
  left: { id: string; name: string }[];
  decided: Record<Decision, number>;
  /** When the last one was signed off. */
  lastAt: Date | null;
};

/**
 * The review under way: every key in use, and those revoked in it. A decision counts for 14 days, and not beyond a
 * review that was signed off. `not_found` for members who don't manage every key.
 */
export async function readReview(
  actor: MemberActor,
  now: Date,
): Promise<Result<Review, "not_found">> {
  return await readReviewOn(reader(), actor, now);
}

/** `readReview` inside a transaction. */
export async function readReviewOn(
  on: Reader,
  actor: MemberActor,
  now: Date,
): Promise<Result<Review, "not_found">> {
  if (!can(actor, "keys.manage_all")) return noReview();
  const { workspaceId } = actor;
  const workspace = await on.workspace.findUnique({
    where: { id: workspaceId },
    select: { keysReviewedAt: true },
  });
  if (!workspace) return noReview();
  const { keysReviewedAt: lastAt } = workspace;
  const earliest = later(now, -REVIEW_DAYS * DAY_MS);
  const since = lastAt && lastAt > earliest ? lastAt : earliest;
  const keys = await on.apiKey.findMany({
    where: { workspaceId, decoyPlace: null, OR: [inUse(now), { revokedAt: { gt: since } }] },
    select: { id: true, name: true, reviewedAt: true, revokedAt: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: REVIEWED_MAX,
  });
  const changes = await changesSince(on, workspaceId, since);
  const decided = { kept: 0, narrowed: 0, rotated: 0, revoked: 0 };
  const left: Review["left"] = [];
  for (const key of keys) {
    const decision = decisionOn(key, changes.get(key.id) ?? [], since);
    if (decision) decided[decision] += 1;
    else left.push({ id: key.id, name: key.name });
  }
  return ok({ left, decided, lastAt });
}

/** The number of keys of a review that somebody has looked at. */
export function lookedAt({ decided }: Review): number {
  return DECISIONS.reduce((sum, decision) => sum + decided[decision], 0);
}

function inUse(now: Date) {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}

/** The edits and rotations on record since an instant, by key. */
async function changesSince(
  on: Reader,
  workspaceId: string,
  since: Date,
): Promise<Map<string, KeyChange[]>> {
  const from = TypeID.fromUUID("aev", firstUuidAt(since)).toString();
  const events = await on.auditEvent.findMany({
    where: { workspaceId, action: { in: ["key.rotated", "key.edited"] }, id: { gte: from } },
    select: { targetId: true, action: true, changes: true },
    orderBy: { id: "desc" },
    take: CHANGES_MAX,
  });
  const byKey = new Map<string, KeyChange[]>();
  for (const { targetId, action, changes } of events) {
    const change = { action, changes: changes as KeyChange["changes"] };
    byKey.set(targetId, [...(byKey.get(targetId) ?? []), change]);
  }
  return byKey;
}

/** The failure for members who don't manage every key. */
export function noReview(): Failure<"not_found"> {
  return fail("not_found", "There is no such review.");
}
