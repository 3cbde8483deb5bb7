import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { readBudgetExceeded } from "@/lib/api/errors/from-budget";
import { internalError, serviceUnavailable } from "@/lib/api/errors/from-exception";
import { keyInUrl, problemFromVerdict } from "@/lib/api/errors/from-verdict";
import {
  bodyTooLarge,
  invalidValues,
  type Problem,
  passingProblem,
  problem,
  problemBody,
} from "@/lib/api/errors/problem";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

const REQUEST_ID = "req_01kayq8m4xf2c9r7h3v5w6y8zb";
const MORNING = new Date("2026-11-20T09:12:00Z");
const RATE = { limit: 600, remaining: 0, resetSeconds: 23, exceeded: true };
const KEY: KeyRecord = {
  workspaceId: "wsp_01k9z4tq2mf8h9x7r3v5w6y8za",
  workspaceName: "Northwind Tea",
  keyId: "key_01k9z4tq2mf8h9x7r3v5w6y8za",
  keyName: "HubSpot sync",
  environment: "live",
  scopes: ["contacts:read"],
  audiences: [],
  sendingDomains: null,
  skipUnsubscribed: false,
  forgetBodies: false,
  allowedAddresses: [],
  ratePerMinute: RATE.limit,
  recipientsPerMinute: RATE.limit,
  recipientsPerDay: 20_000,
  recipientsPerHour: null,
  contactsReadPerDay: 2_000,
  isDecoy: false,
  expiresAt: MORNING,
  pausedAt: MORNING,
  frozenAt: MORNING,
  revokedAt: MORNING,
  secretId: "sec_01k9z4tq2mf8h9x7r3v5w6y8za",
  lastFour: "x7Qd",
  retiresAt: null,
};

/** One problem of each code, as a call that reached us at `origin` would get it. */
function examplesAt(origin: string): Record<ProblemCode, Problem> {
  const at = { origin, address: "198.51.100.40" };
  return {
    missing_api_key: problemFromVerdict({ outcome: "missing", key: null }, at),
    invalid_api_key: problemFromVerdict({ outcome: "unknown", key: null }, at),
    revoked_api_key: problemFromVerdict({ outcome: "revoked", key: KEY }, at),
    expired_api_key: problemFromVerdict({ outcome: "expired", key: KEY }, at),
    frozen_api_key: problemFromVerdict({ outcome: "frozen", key: KEY }, at),
    paused_api_key: problemFromVerdict({ outcome: "paused", key: KEY }, at),
    key_in_url: keyInUrl(),
    invalid_signature: problem(
      "invalid_signature",
      "The body does not carry GitHub's signature. Anybody can report a leaked key at POST /api/leaks/report.",
    ),
    ip_not_allowed: problemFromVerdict({ outcome: "ip_not_allowed", key: KEY }, at),
    insufficient_scope: problemFromVerdict(
      { outcome: "insufficient_scope", key: KEY, rate: RATE, scope: "contacts:write" },
      at,
    ),
    audience_not_allowed: problem(
      "audience_not_allowed",
      "This key is limited to other audiences than aud_01kayq8m4xf2c9r7h3v5w6y8zb.",
    ),
    rate_limit_exceeded: problemFromVerdict({ outcome: "rate_limited", key: KEY, rate: RATE }, at),
    budget_exceeded: readBudgetExceeded(KEY.keyName, {
      limit: 2_000,
      used: 1_840,
      resetSeconds: 21_600,
    }),
    validation_error: invalidValues([
      { path: "email", message: "This is not an e-mail address." },
      { path: "fist_name", message: "This field is not known." },
    ]),
    not_found: problem("not_found", "There is no such contact in this workspace and environment."),
    method_not_allowed: problem(
      "method_not_allowed",
      "DELETE is not possible here. Allowed: GET, HEAD, OPTIONS, POST.",
    ),
    conflict: problem(
      "conflict",
      "A contact with this e-mail exists already. PUT /contacts/{email} creates or changes it.",
    ),
    invalid_idempotent_request: problem(
      "invalid_idempotent_request",
      "This Idempotency-Key was used for another call. Use a new one for every new call.",
    ),
    concurrent_idempotent_requests: passingProblem(
      "concurrent_idempotent_requests",
      "A call with this Idempotency-Key is still being answered. Try again in a moment.",
      1,
    ),
    payload_too_large: bodyTooLarge("POST /contacts", MAX_BODY_BYTES),
    unsupported_media_type: problem(
      "unsupported_media_type",
      "Send the body as JSON, with the header “Content-Type: application/json”.",
    ),
    invalid_json: problem("invalid_json", "The body is not JSON."),
    internal_error: internalError(REQUEST_ID),
    service_unavailable: serviceUnavailable(),
  };
}

/** The problem of this code that the docs show, for a call that reached us at `origin`. */
export function exampleOf(code: ProblemCode, origin: string): Problem {
  return examplesAt(origin)[code];
}

/** The body of an answer with this code, indented, as it would come from `origin`. */
export function exampleBody(code: ProblemCode, origin: string): string {
  const body = problemBody(exampleOf(code, origin), origin, REQUEST_ID);
  return JSON.stringify(JSON.parse(body), null, 2);
}
