import { problem, problemBody } from "@/lib/api/errors/problem";
import type { ProblemCode } from "@/lib/api/errors/problems";

type Example = { detail: string; more?: Record<string, unknown> };

const KEY_ID = "key_01k9z4tq2mf8h9x7r3v5w6y8za";
const REQUEST_ID = "req_01kayq8m4xf2c9r7h3v5w6y8zb";

/** What an answer of each kind says in one case, as the docs show it. */
const EXAMPLES = {
  missing_api_key: {
    detail:
      "Send your API key in the header “Authorization: Bearer <key>”, or as the password of HTTP Basic.",
  },
  invalid_api_key: {
    detail: "This API key does not exist. Check that it was copied whole.",
  },
  revoked_api_key: {
    detail: "The key pstn_live_…x7Qd was revoked on 2026-11-20 09:12 UTC and cannot be used again.",
  },
  expired_api_key: {
    detail: "The key pstn_live_…x7Qd expired on 2026-11-20 09:12 UTC.",
  },
  paused_api_key: {
    detail:
      "The key pstn_live_…x7Qd is paused. It works again once somebody resumes it under Settings → API keys.",
  },
  key_in_url: {
    detail:
      "The address contains an API key or a parameter meant for one. Send the key in the Authorization header, and rotate it: addresses end up in logs.",
  },
  ip_not_allowed: {
    detail:
      "The key pstn_live_…x7Qd does not accept calls from 198.51.100.40. Its allowed IP addresses stand on its page under Settings → API keys.",
    more: { client_address: "198.51.100.40" },
  },
  insufficient_scope: {
    detail:
      "The key “HubSpot sync” lacks the permission “Contacts → Change” (contacts:write). Somebody who may edit the key can tick it under Settings → API keys → Edit.",
    more: { required_scope: "contacts:write", required_permission: "Contacts → Change" },
  },
  audience_not_allowed: { detail: "The key “HubSpot sync” is limited to other audiences." },
  rate_limit_exceeded: {
    detail:
      "The key “HubSpot sync” may make 600 calls a minute and has used them up. Try again in 23 s.",
    more: { retry_after: 23 },
  },
  validation_error: {
    detail: "email: This is not an e-mail address. (and 1 more, see “errors”)",
    more: {
      errors: [
        { path: "email", message: "This is not an e-mail address." },
        { path: "fist_name", message: "This field is not known." },
      ],
    },
  },
  not_found: { detail: "There is no such contact in this workspace and environment." },
  method_not_allowed: {
    detail: "DELETE is not possible here. Allowed: GET, HEAD, OPTIONS, POST.",
  },
  conflict: {
    detail:
      "A contact with this e-mail exists already. PUT /contacts/{email} creates or changes it.",
  },
  invalid_idempotent_request: {
    detail: "This Idempotency-Key was used for a request with other content.",
  },
  concurrent_idempotent_requests: {
    detail: "The first request with this Idempotency-Key is still under way.",
  },
  payload_too_large: { detail: "The body is larger than 1048576 bytes." },
  unsupported_media_type: {
    detail: "Send the body as JSON, with the header “Content-Type: application/json”.",
  },
  invalid_json: { detail: "The body is not JSON." },
  internal_error: { detail: `Something went wrong on our side. It is logged as ${REQUEST_ID}.` },
  service_unavailable: {
    detail:
      "The service is unavailable for a moment. Nothing is wrong with your key. Try again in 5 s.",
    more: { retry_after: 5 },
  },
} as const satisfies Record<ProblemCode, Example>;

const WITH_SETTINGS = new Set<ProblemCode>([
  "ip_not_allowed",
  "insufficient_scope",
  "audience_not_allowed",
]);

/** The body of an answer with this code, indented, as it would come from `origin`. */
export function exampleBody(code: ProblemCode, origin: string): string {
  const example: Example = EXAMPLES[code];
  const settings = WITH_SETTINGS.has(code)
    ? { settings_url: `${origin}/settings/api-keys/${KEY_ID}` }
    : {};
  const shown = problem(code, example.detail, { ...example.more, ...settings });
  return JSON.stringify(JSON.parse(problemBody(shown, origin, REQUEST_ID)), null, 2);
}
