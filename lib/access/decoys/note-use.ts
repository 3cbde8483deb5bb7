import { flushActivity } from "@/lib/access/activity/recording/start";
import { watchKey } from "@/lib/access/findings/watching/watch-keys";
import { tellMembers } from "@/lib/access/notices/tell-members";
import { now, SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";

/** The pause after a look at a decoy, so that somebody who calls with it in a loop does not keep the process busy. */
const REST_MS = 5 * SECOND_MS;

type UsedKey = { workspaceId: string; keyId: string };

/**
 * Has a decoy that was just used looked at, and members told. It returns at once and does its work after the answer is
 * on its way, so that a decoy answers as quickly as a key does. Calls that come meanwhile are looked at together. Where
 * this fails, or the process ends before, the hourly work makes up for it.
 */
export function noteDecoyUse({ workspaceId, keyId }: UsedKey): void {
  const looks = underWay();
  const isLookedAt = looks.has(keyId);
  // True means that the decoy was used again since.
  looks.set(keyId, isLookedAt);
  if (!isLookedAt) setImmediate(() => void look({ workspaceId, keyId }));
}

/** The call is in the spool by now. It has to be in the table before anybody can see it there. */
async function look(key: UsedKey): Promise<void> {
  try {
    await flushActivity();
    await watchKey(key, now());
    await tellMembers(now(), key.workspaceId);
  } catch (error) {
    log.error({ err: error }, "a decoy that was used could not be looked at");
  }
  setTimeout(() => {
    const usedAgain = underWay().get(key.keyId);
    underWay().delete(key.keyId);
    if (usedAgain) noteDecoyUse(key);
  }, REST_MS).unref();
}

/** The decoys that are being looked at in this process. */
function underWay(): Map<string, boolean> {
  return processWide("decoy-looks", () => new Map());
}
