import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { forgetBrowsers } from "@/lib/people/auth/known-browsers";
import { endSessionsOf } from "@/lib/people/auth/session-store";
import { transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Success } from "@/lib/platform/result";

/** Ends every session of the actor, also the one in this browser, and makes all of their browsers strangers. */
export async function signOutEverywhere(actor: MemberActor, now: Date): Promise<Success<null>> {
  await transact(async (tx) => {
    await endSessionsOf(tx, actor.userId, "signed_out_everywhere", now);
    await forgetBrowsers(tx, actor.userId);
    const target = { type: "member", id: actor.memberId, name: actor.name } as const;
    await recordAudit(tx, actor, { action: "account.signed_out_everywhere", target }, now);
  });
  return ok(null);
}
