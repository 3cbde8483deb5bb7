import { randomBytes } from "node:crypto";
import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { hashToken } from "@/lib/people/auth/link-token";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Success } from "@/lib/platform/result";

export const RECOVERY_CODES = 10;

/** Crockford's base32: no letter in it looks like a digit (https://www.crockford.com/base32.html). */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const CODE_LENGTH = 16;
const GROUP = /.{4}/g;

/**
 * Gives the actor ten new recovery codes in place of the ones they have. The answer is the only time anybody sees
 * them. `no_second_factor` for an account that has nothing they could stand in for.
 */
export async function makeRecoveryCodes(
  actor: MemberActor,
  now: Date,
): Promise<Success<string[]> | ConfirmationNeeded | Failure<"no_second_factor">> {
  if (!actor.hasSecondFactor) {
    return fail("no_second_factor", "Set up a second factor first. Its codes come with it.");
  }
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  return await transact(async (tx) => {
    const codes = await replaceRecoveryCodes(tx, actor.userId, now);
    const event = { action: "account.recovery_codes_made" } as const;
    await recordAccountEvent(tx, { id: actor.userId, name: actor.name }, actor, event, now);
    return ok(codes);
  });
}

/** The codes that come with somebody's first second factor; null for a person who has codes. */
export async function codesForFirstFactor(
  tx: Transaction,
  userId: string,
  now: Date,
): Promise<string[] | null> {
  if ((await tx.recoveryCode.count({ where: { userId } })) > 0) return null;
  return await replaceRecoveryCodes(tx, userId, now);
}

/** Stores ten new recovery codes in place of all others of the person, and answers them. */
async function replaceRecoveryCodes(tx: Transaction, userId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode);
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, codeHash: hashOf(code), createdAt: now })),
  });
  return codes;
}

/** Finds the row of a recovery code as the person typed it. */
export function recoveryCodeWhere(userId: string, typed: string) {
  return { userId, codeHash: hashOf(typed) };
}

/** Eighty random bits: too many to guess from a hash. */
function newCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte & 31]).join("");
  return (letters.match(GROUP) ?? []).join("-");
}

/** People write codes with or without hyphens, in either case, and take o for 0 and l for 1. */
function hashOf(typed: string): string {
  const letters = typed.toLowerCase().replaceAll(/[\s-]/g, "");
  return hashToken(letters.replaceAll("o", "0").replaceAll(/[il]/g, "1"));
}
