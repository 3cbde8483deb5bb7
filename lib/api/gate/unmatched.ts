import { type Problem, problem } from "@/lib/api/errors/problem";
import { readCredential } from "@/lib/api/gate/authenticate";
import type { Exchange } from "@/lib/api/gate/exchange";
import { admit } from "@/lib/api/gate/gate";
import { findKeyInUrl } from "@/lib/api/gate/key-in-url";
import type { Answer, Route } from "@/lib/api/routes/route";

const NO_BROWSERS =
  "API keys are not for browsers: whoever can open the page could read the key. Call the API from your server. That is why no CORS headers are sent here.";

/**
 * Answers what is no route: 404, 405 with `Allow`, and OPTIONS. Nothing secret is in these answers, so
 * they need no key; a key that is sent is still checked, counted and put on record.
 */
export async function answerElsewhere(
  exchange: Exchange,
  allowed: readonly string[],
): Promise<Answer | Problem> {
  const credential = readCredential(exchange.request.headers.get("authorization"));
  if (credential.kind !== "none" || findKeyInUrl(exchange.request.url)) {
    const admission = await admit(exchange, credential, null);
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

type Known = Pick<Route, "method" | "path">;

/** The methods that a path takes: those of the routes that match it, and the two every path has. */
export function allowedMethods(routes: readonly Known[], path: string): string[] {
  const methods = routes.filter((route) => matches(route.path, path)).map(({ method }) => method);
  if (methods.length === 0) return [];
  const withHead = methods.includes("GET") ? ["HEAD"] : [];
  return [...new Set([...methods, ...withHead, "OPTIONS"])].sort();
}

/** The pattern of the routes that match a path, or null where none does. */
export function matchingPattern(routes: readonly Known[], path: string): string | null {
  return routes.find((route) => matches(route.path, path))?.path ?? null;
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith(":") ? given[at] !== "" : part === given[at]))
  );
}
