import { keysThatStandOut } from "@/lib/access/activity/reading/joined/keys-that-stand-out";
import { judgeUse } from "@/lib/access/findings/judging/judge-key";
import { EXCESS, UNKNOWN_CALLS, UNKNOWN_SECRETS } from "@/lib/access/findings/kind/unusual-limits";
import { gatherFacts } from "@/lib/access/findings/watching/gather-facts";
import { raiseFindings } from "@/lib/access/findings/watching/store-findings";
import { LOOK_MS, takeLook } from "@/lib/access/findings/watching/use-look";
import { tellMembers } from "@/lib/access/notices/tell-members";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";

/**
 * The most keys that one look judges. The keys that it leaves are there at the next look, and the hourly work sees to
 * all.
 */
const KEYS_MAX = 500;
/** A look also sees calls that came shortly before the previous look and were stored after it. */
const LATE_MS = 2 * MINUTE_MS;

/** The looks of this process. */
export type RunningLooks = {
  /** Starts no new look, and waits for the current one. */
  stop: () => Promise<void>;
};

/**
 * Starts to look at the keys that are called, every 15 seconds. Any number of processes may do this; one of them takes
 * each look.
 */
export function startLooking(now: () => Date): RunningLooks {
  let under = Promise.resolve();
  const look = () => {
    under = under.then(async () => {
      try {
        await lookAtCalls(now());
      } catch (error) {
        log.warn({ err: error }, "called keys could not be looked at and will be in a moment");
      }
    });
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await under;
    },
  };
}

/**
 * Judges the keys whose calls of this hour may be unusual, and tells members at once. It closes nothing, since the
 * hourly work does that. Does nothing where another process has taken this look.
 */
export async function lookAtCalls(now: Date): Promise<void> {
  if (!(await takeLook(now))) return;
  const keyIds = await suspectsAt(now);
  if (keyIds.length === 0) return;
  const keys = await gatherFacts(keyIds, now);
  const judged = keys.map((key) => ({ key, found: judgeUse(key, now) }));
  await transact((tx) => raiseFindings(tx, judged, now));
  for (const workspaceId of await workspacesWithNews(keyIds, now))
    await tellMembers(now, workspaceId);
}

/**
 * The keys whose counts are beyond their habit, by the limits of the judges, the keys that a new caller calls with, and
 * those that calls with unknown secrets are about.
 */
async function suspectsAt(now: Date): Promise<string[]> {
  const { burst, bulk_reading: reading, scanning, walking } = EXCESS;
  const since = later(now, -LATE_MS);
  const limits = { calls: burst, contactsRead: reading, refused: scanning, notFound: walking };
  const standingOut = await keysThatStandOut(limits, { since, keysMax: KEYS_MAX });
  const keyIds = new Set([...standingOut, ...(await withUnknownSecrets(since))]);
  return [...keyIds].slice(0, KEYS_MAX);
}

async function withUnknownSecrets(since: Date): Promise<string[]> {
  const rows = await reader().$queryRaw<{ keyId: string }[]>`
    SELECT DISTINCT key_id AS "keyId" FROM unknown_secret_hour
    WHERE last_at >= ${since} AND (calls >= ${UNKNOWN_CALLS} OR secrets >= ${UNKNOWN_SECRETS})
    LIMIT ${KEYS_MAX}`;
  return rows.map(({ keyId }) => keyId);
}

async function workspacesWithNews(keyIds: readonly string[], now: Date): Promise<string[]> {
  const raised = await reader().finding.findMany({
    where: { keyId: { in: [...keyIds] }, raisedAt: now, closedAt: null },
    distinct: ["workspaceId"],
    select: { workspaceId: true },
  });
  return raised.map(({ workspaceId }) => workspaceId);
}
