import { headers } from "next/headers";
import type { z } from "zod";
import { type RequestFacts, requestFacts } from "@/lib/people/auth/request-facts";
import { HOME_PATH } from "@/lib/people/auth/safe-path";
import { enterWorkspace } from "@/lib/people/auth/session-cookie";
import type { Entry } from "@/lib/people/auth/session-store";
import { now } from "@/lib/platform/clock";
import { type Failure, invalidInput, ok, type Result } from "@/lib/platform/result";

/** A server action that is open to strangers on purpose. Nobody is signed in by it. */
export function openAction<Input, Answer extends Result<unknown, string>>(
  schema: z.ZodType<Input>,
  act: (input: Input, request: RequestFacts, now: Date) => Promise<Answer>,
): (input: unknown) => Promise<Answer | Failure<"validation_error">> {
  return async (input) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return invalidInput(parsed.error);
    return await act(parsed.data, requestFacts(await headers()), now());
  };
}

/**
 * A server action that is open to strangers on purpose: `enter` decides who may come in. Whoever may is
 * signed in, and the answer says which page to open.
 */
export function strangerAction<Input>(
  schema: z.ZodType<Input>,
  enter: (input: Input, request: RequestFacts, now: Date) => Promise<Result<Entry, string>>,
): (input: unknown) => Promise<Result<{ path: string }, string>> {
  const act = openAction(schema, enter);
  return async (input) => {
    const entered = await act(input);
    if (!entered.ok) return entered;
    await enterWorkspace(entered.value);
    return ok({ path: HOME_PATH });
  };
}
