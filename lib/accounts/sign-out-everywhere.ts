import { recordAudit } from "@/lib/audit/record";
import type { MemberActor } from "@/lib/auth/actor";
import { endSessionsOf } from "@/lib/auth/session-store";
import { db } from "@/lib/db";
import { ok, type Success } from "@/lib/result";

/** Ends every session of the actor, in this browser too. */
export async function signOutEverywhere(actor: MemberActor, now: Date): Promise<Success<null>> {
  await db.$transaction(async (tx) => {
    await endSessionsOf(tx, actor.userId);
    const target = { type: "member", id: actor.memberId, name: actor.name } as const;
    await recordAudit(tx, actor, { action: "account.signed_out_everywhere", target }, now);
  });
  return ok(null);
}
