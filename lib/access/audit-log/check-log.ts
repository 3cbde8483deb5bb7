import { NO_HASH } from "@/lib/access/audit-log/chain/entry";
import { type ChainEnd, faultInWords } from "@/lib/access/audit-log/chain/faults";
import { readSnapshot } from "@/lib/access/audit-log/chain/read-chain";
import { type ChainVerdict, verifyChain } from "@/lib/access/audit-log/chain/verify-chain";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { processWide } from "@/lib/platform/process-wide";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** The outcome of a check: where the whole log ends, or its first fault, with the id of the entry if it is there. */
export type LogCheck =
  | { isWhole: true; end: ChainEnd }
  | { isWhole: false; fault: string; eventId: string | null };

/** Where the workspace's log ends as its last entry was written. `not_found` for everyone but admins and owners. */
export async function endOfLog(actor: MemberActor): Promise<Result<ChainEnd, "not_found">> {
  if (!can(actor, "audit.read")) return noSuchLog();
  const { end } = await readSnapshot(actor.workspaceId);
  return ok(end ?? { number: 0, hash: NO_HASH });
}

/**
 * Checks that the workspace's log is as it was written. Whoever asks while a check of it is under way gets the result
 * of that one. `not_found` for everyone but admins and owners.
 */
export async function checkAuditLog(actor: MemberActor): Promise<Result<LogCheck, "not_found">> {
  if (!can(actor, "audit.read")) return noSuchLog();
  const verdict = await verifyOnce(actor.workspaceId);
  if (verdict.isWhole) return ok(verdict);
  const { fault } = verdict;
  return ok({ isWhole: false, fault: faultInWords(fault), eventId: fault.eventId });
}

function verifyOnce(workspaceId: string): Promise<ChainVerdict> {
  const underWay = processWide("audit-checks", () => new Map<string, Promise<ChainVerdict>>());
  const check =
    underWay.get(workspaceId) ??
    verifyChain(workspaceId).finally(() => underWay.delete(workspaceId));
  underWay.set(workspaceId, check);
  return check;
}

function noSuchLog(): Failure<"not_found"> {
  return fail("not_found", "There is no such page.");
}
