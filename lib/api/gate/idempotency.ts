import { createHash } from "node:crypto";
import { invalidValues, type Problem, passingProblem, problem } from "@/lib/api/errors/problem";
import { canonicalJson } from "@/lib/api/gate/canonical-json";
import type { Answer, Call, Route } from "@/lib/api/routes/route";
import { openSecret, sealSecret } from "@/lib/people/auth/sealed-secret";
import { atomically } from "@/lib/platform/database/unit-of-work";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import {
  claimRequest,
  type RequestClaim,
  releaseClaim,
  storeAnswer,
} from "@/lib/platform/idempotency";

export const IDEMPOTENCY_KEY_MAX = 256;

/** One POST: the call, its route and path, and its body as it was sent. */
type Once = { call: Call; route: Pick<Route, "headers">; path: string; sent: unknown };

/** `refuse` may keep a call that is not a repeated one from taking effect. It runs outside of the transaction. */
type Steps = { refuse: () => Promise<Problem | null>; handle: () => Promise<Answer | Problem> };

/**
 * Answers a POST. With an `Idempotency-Key` it takes effect once in 24 hours for each key. The same call
 * again gets the stored answer, another body gets 422, and a call that is still being answered gets 409
 * (draft-ietf-httpapi-idempotency-key-header). The effect and its answer are one transaction, so a crash
 * leaves both or neither. Only successes are stored, so a refused call may be tried again.
 */
export async function answerOnce(once: Once, steps: Steps): Promise<Answer | Problem> {
  const { actor, headers, now } = once.call;
  const header = headers.get("idempotency-key");
  if (header === null) return (await steps.refuse()) ?? (await steps.handle());
  if (holdsSecret(header)) return apiKeyAsIdempotencyKey();
  const given = readIdempotencyKey(header);
  if (given === null) return unusableKey();
  // Callers put into it what they like, and it must not be readable in the database.
  const idempotencyKey = sha256(given);
  const request = { keyId: actor.keyId, idempotencyKey, requestHash: hashOf(once) };
  const claim = await claimRequest(request, now);
  switch (claim.outcome) {
    case "claimed":
      return await answerAndStore(request, claim, steps);
    case "answered":
      return replay(actor.keyId, claim);
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

/** The stored answer to the same call. */
function replay(
  keyId: string,
  { status, body, location }: { status: number; body: string; location: string | null },
): Answer | Problem {
  const json = opened(keyId, body);
  if (json === null) return unreadableAnswer();
  const replayed = { "Idempotent-Replayed": "true" };
  return { status, json, headers: location ? { Location: location, ...replayed } : replayed };
}

/** The mark of a sealed answer. No JSON begins with it. */
const SEALED = "sealed:";

/** An answer with a secret as it is stored: nobody reads the secret in the database. */
function sealed(keyId: string, json: string): string {
  return SEALED + sealSecret("answer", keyId, json);
}

/** A stored answer as it was given; null where it cannot be read any more. */
function opened(keyId: string, body: string): string | null {
  return body.startsWith(SEALED) ? openSecret("answer", keyId, body.slice(SEALED.length)) : body;
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
  { refuse, handle }: Steps,
): Promise<Answer | Problem> {
  try {
    const refused = await refuse();
    if (refused) throw new Refused(refused);
    return await atomically(async () => {
      const answer = await handle();
      if ("problem" in answer) throw new Refused(answer);
      const location = answer.headers?.Location ?? null;
      const body = answer.isSecret ? sealed(request.keyId, answer.json) : answer.json;
      await storeAnswer(request, claim, { status: answer.status, body, location });
      return answer;
    });
  } catch (error) {
    await releaseClaim(request, claim);
    if (error instanceof Refused) return error.problem;
    throw error;
  }
}

/** The same body in another order or spacing is the same call. A header that the route reads is part of it. */
function hashOf({ call, route, path, sent }: Once): string {
  return sha256(
    `${path}\n${canonicalJson(headersRead(route, call.headers))}\n${canonicalJson(sent)}`,
  );
}

/** The headers that only this route reads, as it reads them: one that is left out has its default. */
function headersRead({ headers: schema }: Pick<Route, "headers">, headers: Headers): unknown {
  if (!schema) return null;
  const given = Object.keys(schema.shape).flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return schema.safeParse(Object.fromEntries(given)).data ?? given;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function unusableKey(): Problem {
  const message = `Use 1 to ${IDEMPOTENCY_KEY_MAX} printable ASCII characters, such as a UUID.`;
  return invalidValues([{ path: "Idempotency-Key", message }]);
}

function unreadableAnswer(): Problem {
  return problem(
    "invalid_idempotent_request",
    "The answer to this call can no longer be read, since AUTH_SECRET has changed. Use a new Idempotency-Key.",
  );
}

function apiKeyAsIdempotencyKey(): Problem {
  const message =
    "This is an API key. Use something of your own for each call, such as a UUID, and rotate the key: a header like this one ends up in logs.";
  return invalidValues([{ path: "Idempotency-Key", message }]);
}
