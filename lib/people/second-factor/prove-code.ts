import { recordAccountEvent } from "@/lib/people/audit/record";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { openSecret } from "@/lib/people/auth/sealed-secret";
import { type Throttled, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { recoveryCodeWhere } from "@/lib/people/second-factor/recovery-codes";
import { isTotpCode, stepOfCode } from "@/lib/people/second-factor/totp";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { processWide } from "@/lib/platform/process-wide";
import { type Failure, invalidFields, ok, type Success } from "@/lib/platform/result";

/** Wrong codes within 15 minutes: a million codes, three of them right, leave a guesser a chance of 1 in 67 000. */
export const TRIES_PER_FACTOR = 5;

/** Where a code is asked for. Each has its own count, so that whoever signs in elsewhere stops nobody here. */
export type Asking = "sign-in" | "confirmation";

type Person = { id: string; name: string };
type Wrong = Failure<"validation_error">;
type Requested = Pick<RequestFacts, "address" | "userAgent">;

/** Uses a right code up. Of two uses at once, one gets true. */
type Spend = (tx: Transaction) => Promise<boolean>;

/**
 * Checks a code from the person's authenticator app, or one of their recovery codes, and uses it up in the
 * transaction of what it is given for (`work`): no code is taken twice. Too many wrong ones give `throttled`,
 * whatever the code.
 */
export async function proveCode<T>(
  person: Person,
  { code, asking }: { code: string; asking: Asking },
  request: Requested,
  now: Date,
  work: (tx: Transaction) => Promise<T>,
): Promise<Success<T> | Wrong | Throttled> {
  const tries = triesAt(asking);
  const wait = await countOne(tries, person.id);
  if (wait !== null) return throttled(wait);
  const typed = code.replaceAll(/\s/g, "");
  const spend = isTotpCode(typed)
    ? await appCodeOf(person.id, typed, now)
    : await recoveryCodeOf(person, typed, request, now);
  if (!spend) return wrong(typed);
  await tries.delete(person.id);
  return await transact(async (tx) => ((await spend(tx)) ? ok(await work(tx)) : wrong(typed)));
}

async function appCodeOf(userId: string, code: string, now: Date): Promise<Spend | null> {
  const app = await reader().authenticatorApp.findUnique({
    where: { userId },
    select: { secret: true, lastStep: true },
  });
  const secret = app && openSecret("second factor", userId, app.secret);
  const step = secret ? stepOfCode(secret, code, now) : null;
  if (!app || step === null || step <= app.lastStep) return null;
  return async (tx) => {
    const { count } = await tx.authenticatorApp.updateMany({
      where: { userId, lastStep: { lt: step } },
      data: { lastStep: step, lastUsedAt: now },
    });
    return count === 1;
  };
}

async function recoveryCodeOf(
  person: Person,
  code: string,
  request: Requested,
  now: Date,
): Promise<Spend | null> {
  const where = recoveryCodeWhere(person.id, code);
  if ((await reader().recoveryCode.count({ where })) === 0) return null;
  return async (tx) => {
    const { count } = await tx.recoveryCode.deleteMany({ where });
    if (count === 0) return false;
    const event = { action: "account.recovery_code_used" } as const;
    await recordAccountEvent(tx, person, request, event, now);
    return true;
  };
}

function wrong(typed: string): Wrong {
  return invalidFields({ code: [wordsFor(typed)] });
}

function wordsFor(typed: string): string {
  return isTotpCode(typed)
    ? "That code is wrong, or was used already. Wait for the next one."
    : "That is not one of your codes, or it was used already.";
}

function triesAt(asking: Asking) {
  return processWide(`second-factor-tries:${asking}`, () =>
    limiter(`second-factor:${asking}`, TRIES_PER_FACTOR),
  );
}
