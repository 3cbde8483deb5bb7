import { type LockedKey, lockKey, updateLockedKey } from "@/lib/access/api-keys/changes/change-key";
import { hintOf } from "@/lib/access/api-keys/key/secret";
import { secretState } from "@/lib/access/api-keys/key/status";
import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { judgeLeaked } from "@/lib/access/findings/judging/judges";
import { leakOf } from "@/lib/access/findings/watching/gather-facts";
import { raiseFindings } from "@/lib/access/findings/watching/store-findings";
import { LEAKS_KEPT } from "@/lib/access/leaks/limits";
import { tellOfLeak } from "@/lib/access/leaks/mail-key-leaked";
import { revokesAtOnce } from "@/lib/access/leaks/policy";
import { type AuditActor, type AuditEntry, recordAudits } from "@/lib/people/audit/record";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { LeakReport } from "@/prisma/generated/client";
import type { LeakSource } from "@/prisma/generated/enums";

/** The author of what a report does, as the audit log names it. */
const REPORTERS: Record<LeakSource, string> = {
  anybody: "Somebody who found the key",
  github: "GitHub secret scanning",
};

/**
 * Deals with one report, in one transaction. It puts the leak on record, revokes the key where the workspace wants
 * that, raises a finding that says where the key was found, and has the owner and all admins told. It needs nobody to
 * be there. A report of a decoy is only put on record, where it counts as a use of the decoy. Nothing happens for a
 * secret that nobody has, and nothing happens twice. Returns the key to be looked at again; null where nothing
 * happened.
 */
export async function receiveLeak(reportId: string, now: Date): Promise<LeakedKey | null> {
  const key = await transact(async (tx) => {
    const report = await takeOut(tx, reportId);
    return report && (await dealWith(tx, report, now));
  });
  if (key) forgetKey(key.keyId);
  return key;
}

/** Gives up a report that can't be dealt with. */
export async function dropReport(reportId: string): Promise<void> {
  await transact((tx) => takeOut(tx, reportId));
}

/** A report, for the first who takes it; null for everybody after. */
async function takeOut(tx: Transaction, id: string): Promise<LeakReport | null> {
  const report = await tx.leakReport.findUnique({ where: { id } });
  const { count } = await tx.leakReport.deleteMany({ where: { id } });
  return count === 1 ? report : null;
}

type LeakedKey = { workspaceId: string; keyId: string };

async function dealWith(tx: Transaction, report: LeakReport, now: Date): Promise<LeakedKey | null> {
  const secret = await tx.apiKeySecret.findUnique({
    where: { hash: report.secretHash },
    select: { id: true, workspaceId: true, keyId: true },
  });
  const key = secret && (await lockKey(tx, secret.workspaceId, secret.keyId));
  if (!secret || !key) return null;
  const isNew = await storeLeak(tx, secret, report);
  if (key.decoyPlace !== null) return isNew ? secret : null;
  // A workspace may want another thing by now than when the same place was first reported.
  const stopped = await stopIfWanted(tx, key, secret.id, now);
  if (!isNew && !stopped.revokedNow) return null;
  await recordLeak(tx, key, { report, secretId: secret.id, stopped }, now);
  if (isReplaced(key, secret.id, now)) return null;
  await raiseFinding(tx, key, stopped, now);
  await tellOfLeak(tx, key);
  return secret;
}

/** Puts a place on record. False for one that is already, or where enough of them are. */
async function storeLeak(
  tx: Transaction,
  { id: secretId, workspaceId, keyId }: { id: string; workspaceId: string; keyId: string },
  { source, url, receivedAt: reportedAt }: LeakReport,
): Promise<boolean> {
  if ((await tx.leak.count({ where: { secretId } })) >= LEAKS_KEPT) return false;
  const id = newId("lek", reportedAt);
  const data = [{ id, workspaceId, keyId, secretId, source, url, reportedAt }];
  const { count } = await tx.leak.createMany({ data, skipDuplicates: true });
  return count === 1;
}

/** Whether a secret was rotated away by now: it opens nothing any more, and never will. */
function isReplaced({ secrets }: LockedKey, secretId: string, now: Date): boolean {
  const secret = secrets.find(({ id }) => id === secretId);
  return !secret || secretState(secret, now) === "retired";
}

/** The change that a report made to a key, and the key's end and revision after it. */
type Stopped = { revokedNow: boolean; revokedAt: Date | null; revision: number };

/** Revokes the key where that is wanted. One that is revoked already is marked, so that nobody brings it back. */
async function stopIfWanted(
  tx: Transaction,
  key: LockedKey,
  secretId: string,
  now: Date,
): Promise<Stopped> {
  const { revokedAt, revokeReason, revision } = key;
  const asItWas = { revokedNow: false, revokedAt, revision };
  if (isReplaced(key, secretId, now) || revokeReason === "compromised") return asItWas;
  if (revokedAt) {
    await updateLockedKey(tx, key, { revokeReason: "compromised" });
    return { ...asItWas, revision: revision + 1 };
  }
  const { leakPolicy } = await tx.workspace.findUniqueOrThrow({
    where: { id: key.workspaceId },
    select: { leakPolicy: true },
  });
  if (!revokesAtOnce(leakPolicy, key)) return asItWas;
  await updateLockedKey(tx, key, { revokedAt: now, revokeReason: "compromised" });
  return { revokedNow: true, revokedAt: now, revision: revision + 1 };
}

type Told = { report: LeakReport; secretId: string; stopped: Stopped };

async function recordLeak(
  tx: Transaction,
  key: LockedKey,
  { report, secretId, stopped }: Told,
  now: Date,
): Promise<void> {
  const { id, name, workspaceId, environment } = key;
  const target = { type: "key", id, name } as const;
  const lastFour = key.secrets.find((secret) => secret.id === secretId)?.lastFour;
  const changes = {
    ...(lastFour ? { secret: { from: null, to: hintOf(environment, lastFour) } } : {}),
    ...(report.url ? { foundAt: { from: null, to: report.url } } : {}),
  };
  const events: AuditEntry[] = [{ action: "key.leak_reported", target, changes }];
  if (stopped.revokedNow) {
    const revokedAt = { from: null, to: now.toISOString() };
    const reason = { from: null, to: "compromised" };
    events.push({ action: "key.revoked", target, changes: { revokedAt, reason } });
  }
  const actor: AuditActor = {
    workspaceId,
    memberId: null,
    name: REPORTERS[report.source],
    address: null,
    userAgent: null,
  };
  await recordAudits(tx, actor, events, now);
}

async function raiseFinding(
  tx: Transaction,
  { id: keyId, secrets }: LockedKey,
  { revokedAt, revision }: Stopped,
  now: Date,
): Promise<void> {
  const inUse = secrets.filter((secret) => secretState(secret, now) !== "retired");
  const leaks = await tx.leak.findMany({
    where: { secretId: { in: inUse.map(({ id }) => id) } },
    select: { source: true, url: true, reportedAt: true },
    take: inUse.length * LEAKS_KEPT,
  });
  const found = judgeLeaked({ leak: leakOf(leaks), revokedAt }, now);
  await raiseFindings(tx, [{ key: { keyId, revision }, found: found ? [found] : [] }], now);
}
