import { type CallsSince, callsSince } from "@/lib/access/damage/reading/calls-since";
import { type ChangedCounts, countChanged } from "@/lib/access/damage/reading/count-changed";
import { type ProposedSince, proposeSince } from "@/lib/access/damage/reading/propose-since";
import { type Waiting, waitingSince } from "@/lib/access/damage/reading/waiting";
import type { DamageInput } from "@/lib/access/damage/terms/schema";
import type { MemberActor } from "@/lib/people/auth/actor";

/** The calls of a key since an instant, and which of their effects can be put right. */
export type Damage = {
  proposed: ProposedSince;
  did: CallsSince;
  /** The callers whose deeds are put right: “unknown”, “all” or an IP address. */
  callers: string;
  /** The same callers by their IP addresses. */
  asked: DamageInput;
  waiting: Waiting;
  changed: ChangedCounts;
};

type Question = {
  keyId: string;
  /** The chosen instant. The proposed one is used where none is chosen. */
  since: Date | null;
  /** The callers whose deeds are put right. Where it is left out, these are the unknown callers, if there are any. */
  callers: string | undefined;
};

/** Reads what a key did. Null where the actor may not see the key's activity. */
export async function readDamage(
  actor: MemberActor,
  { keyId, since: chosen, callers: wanted }: Question,
  now: Date,
): Promise<Damage | null> {
  const proposed = await proposeSince(actor, { keyId }, now);
  if (!proposed) return null;
  const since = chosen ?? proposed.at;
  const did = await callsSince(actor, { keyId, since }, now);
  if (!did) return null;
  const callers = callersOf(wanted, did);
  const asked = { keyId, since, addresses: addressesOf(callers, did) };
  const [waiting, changed] = await Promise.all([
    waitingSince(actor, asked),
    countChanged({ ...asked, workspaceId: actor.workspaceId }),
  ]);
  return { proposed, did, callers, asked, waiting, changed };
}

function callersOf(wanted: string | undefined, did: CallsSince): string {
  const isCaller = did.callers.some(({ address }) => address === wanted);
  if (wanted && (wanted === "all" || isCaller)) return wanted;
  return did.unknownCount > 0 ? "unknown" : "all";
}

function addressesOf(callers: string, did: CallsSince): string[] | null {
  if (callers === "all") return null;
  if (callers !== "unknown") return [callers];
  return did.callers.filter(({ knownDays }) => knownDays === null).map(({ address }) => address);
}
