import { createHash } from "node:crypto";
import { invalidValues, type Problem, passingProblem, problem } from "@/lib/api/errors/problem";
import type { Answer, Call } from "@/lib/api/routes/route";
import { atomically } from "@/lib/platform/database/unit-of-work";
import {
  claimRequest,
  type RequestClaim,
  releaseClaim,
  storeAnswer,
} from "@/lib/platform/idempotency";

export const IDEMPOTENCY_KEY_MAX = 256;

/** One POST: the call, its path, and its body as it was sent. */
type Once = { call: Call; path: string; sent: unknown };

/**
 * Answers a POST. With an `Idempotency-Key` it takes effect once in 24 hours for each key. The same call
 * again gets the stored answer, a different body gets 422, and a call that is still being answered gets 409
 * (draft-ietf-httpapi-idempotency-key-header). The effect and its answer are one transaction, so a crash
 * leaves both or neither. Only successes are stored, so a refused call may be tried again.
 */
export async function answerOnce(
  once: Once,
  handle: () => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  const { actor, headers, now } = once.call;
  const header = headers.get("idempotency-key");
  if (header === null) return await handle();
  const idempotencyKey = readIdempotencyKey(header);
  if (idempotencyKey === null) return unusableKey();
  const request = { keyId: actor.keyId, idempotencyKey, requestHash: hashOf(once) };
  const claim = await claimRequest(request, now);
  switch (claim.outcome) {
    case "claimed":
      return await answerAndStore(request, claim, handle);
    case "answered": {
      const { status, body, location } = claim;
      const replayed = { "Idempotent-Replayed": "true" };
      return {
        status,
        json: body,
        headers: location ? { Location: location, ...replayed } : replayed,
      };
    }
    case "running":
      return passingProblem(
        "concurrent_idempotent_requests",
        "A call with this Idempotency-Key is still being answered. Try again in a moment.",
        1,
      );
    case "different":
      return problem(
        "invalid_idempotent_request",
        "This Idempotency-Key was used for another call. Use a new one for every new call.",
      );
  }
}

/** The Idempotency-Key of a header: bare, or in quotes as the draft writes it. Null when it is not usable. */
export function readIdempotencyKey(header: string): string | null {
  const text = header.trim();
  const key = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)?.[1]?.replaceAll(/\\(["\\])/g, "$1") ?? text;
  return key.length >= 1 && key.length <= IDEMPOTENCY_KEY_MAX && /^[\x20-\x7e]+$/.test(key)
    ? key
    : null;
}

/** Rolls the transaction back when the handler refuses, and carries the refusal out of it. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super("refused");
  }
}

async function answerAndStore(
  request: Parameters<typeof claimRequest>[0],
  claim: RequestClaim,
  handle: () => Promise<Answer | Problem>,
): Promise<Answer | Problem> {
  try {
    return await atomically(async () => {
      const answer = await handle();
      if ("problem" in answer) throw new Refused(answer);
      const location = answer.headers?.Location ?? null;
      await storeAnswer(request, claim, { status: answer.status, body: answer.json, location });
      return answer;
    });
  } catch (error) {
    await releaseClaim(request, claim);
    if (error instanceof Refused) return error.problem;
    throw error;
  }
}

function hashOf({ path, sent }: Once): string {
  return createHash("sha256")
    .update(`${path}\n${JSON.stringify(sent) ?? ""}`)
    .digest("hex");
}

function unusableKey(): Problem {
  const message = `Use 1 to ${IDEMPOTENCY_KEY_MAX} printable ASCII characters, such as a UUID.`;
  return invalidValues([{ path: "Idempotency-Key", message }]);
}
