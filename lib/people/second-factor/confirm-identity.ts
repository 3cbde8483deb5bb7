import type { MemberActor } from "@/lib/people/auth/actor";
import { storeConfirmation } from "@/lib/people/auth/second-factor";
import type { Throttled } from "@/lib/people/auth/sign-in";
import { proveCode } from "@/lib/people/second-factor/prove-code";
import { provePasskey } from "@/lib/people/second-factor/prove-passkey";
import type { CodeInput, PasskeyAnswer } from "@/lib/people/second-factor/schema";
import type { Site } from "@/lib/people/second-factor/site";
import { transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";

/** Confirms by a code that it is the actor who asks. It holds for ten minutes, in this session only. */
export async function confirmByCode(
  actor: MemberActor,
  { code }: CodeInput,
  now: Date,
): Promise<Result<null, "validation_error"> | Throttled> {
  const person = { id: actor.userId, name: actor.name };
  const proven = await proveCode(person, { code, asking: "confirmation" }, actor, now, (tx) =>
    storeConfirmation(tx, actor, now),
  );
  return proven.ok ? ok(null) : proven;
}

/** `confirmByCode` with a passkey in place of a code. */
export async function confirmByPasskey(
  actor: MemberActor,
  answer: PasskeyAnswer,
  site: Site,
  now: Date,
): Promise<Result<null, "wrong_passkey">> {
  const proven = await provePasskey(actor.userId, answer, site, now);
  if (!proven.ok) return proven;
  await transact((tx) => storeConfirmation(tx, actor, now));
  return ok(null);
}
