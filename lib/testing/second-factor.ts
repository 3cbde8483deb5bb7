import { generateSync } from "otplib";
import type { MemberActor } from "@/lib/people/auth/actor";
import { confirmApp, startApp } from "@/lib/people/second-factor/authenticator-app";
import { SECOND_MS } from "@/lib/platform/clock";
import { actorOf, type Person } from "@/lib/testing/people";

/** The code that an authenticator app with this secret shows at `at`. */
export function codeAt(secret: string, at: Date): string {
  return generateSync({ secret, epoch: Math.floor(at.getTime() / SECOND_MS) });
}

/** Sets up an authenticator app for a person at `at`. The actor is theirs afterwards. */
export async function givenApp(
  { actor, claims }: Pick<Person, "actor" | "claims">,
  at: Date,
): Promise<{ secret: string; actor: MemberActor; recoveryCodes: string[] }> {
  const started = await startApp(actor, at);
  if (!started.ok) throw new Error(started.message);
  const { secret, sealed } = started.value;
  const added = await confirmApp(actor, { sealed, code: codeAt(secret, at) }, at);
  if (!added.ok) throw new Error(added.message);
  const { recoveryCodes } = added.value;
  const after = await actorOf(claims, actor.workspaceId);
  return { secret, actor: after, recoveryCodes: recoveryCodes ?? [] };
}
