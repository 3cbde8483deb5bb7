import { type Problem, problem } from "@/lib/api/errors/problem";
import { admit } from "@/lib/api/gate/admit";
import { readCredential } from "@/lib/api/gate/authenticate";
import type { Exchange } from "@/lib/api/gate/exchange";
import { findKeyInUrl } from "@/lib/api/gate/key-in-url";
import type { Answer } from "@/lib/api/routes/route";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

const NO_BROWSERS =
  "API keys are not for browsers: whoever can open the page could read the key. Call the API from your server. That is why no CORS headers are sent here.";

const API_LIVES_ELSEWHERE = `The API lives at ${API_PREFIX}. Set the program's base URL to this server's address followed by ${API_PREFIX}.`;

/**
 * Answers a request that no route takes: 404, 405 with `Allow`, and OPTIONS. Nothing secret is in these
 * answers, so they need no key. A key that is sent is still checked, counted and put on record.
 */
export async function answerUnmatched(
  exchange: Exchange,
  allowed: readonly string[],
): Promise<Answer | Problem> {
  const credential = readCredential(exchange.request.headers.get("authorization"));
  if (credential.kind !== "none" || findKeyInUrl(exchange.request.url)) {
    const admission = await admit(exchange, credential, []);
    if ("refused" in admission) return admission.refused;
  }
  const { method, headers } = exchange.request;
  if (allowed.length === 0) {
    return problem("not_found", "There is no such route. Compare the path with the API reference.");
  }
  const allow = { Allow: allowed.join(", ") };
  if (method !== "OPTIONS") {
    const detail = `${method} is not possible here. Allowed: ${allow.Allow}.`;
    return problem("method_not_allowed", detail, {}, allow);
  }
  if (!headers.has("access-control-request-method"))
    return { status: 204, json: "", headers: allow };
  return { status: 200, json: JSON.stringify({ message: NO_BROWSERS }), headers: allow };
}

/**
 * Answers a call that missed the API: it brought a key or JSON to a path outside of `/api/v1`. Whether the key is
 * good changes nothing about that, but the call is counted and put on record.
 */
export async function answerStray(exchange: Exchange): Promise<Problem> {
  const credential = readCredential(exchange.request.headers.get("authorization"));
  const admission = await admit(exchange, credential, []);
  const tooMany = "refused" in admission && admission.refused.problem === "rate_limit_exceeded";
  return tooMany ? admission.refused : problem("not_found", API_LIVES_ELSEWHERE);
}
