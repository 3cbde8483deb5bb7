import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";
import { formatMebibytes } from "@/lib/platform/format/number";

/** The meaning of a code for a program (status, title) and for a person (the page at `/docs/errors/<code>`). */
export type CodeText = CodeStatus & {
  /** ASCII without quotes: it also stands in `WWW-Authenticate`. */
  title: string;
  /** What happened and why. */
  explanation: string;
  /** How to put it right, one step an entry. */
  remedy: readonly string[];
};

/**
 * A status, and the error that `WWW-Authenticate` names with it by RFC 6750, section 3.1. Every refusal of a key
 * says its error; "none" is for a call without credentials, which has no error to give.
 */
type CodeStatus =
  | { status: 401 | 403; challenge: "none" | "invalid_token" | "insufficient_scope" }
  | {
      status: 400 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;
      challenge?: "invalid_request";
    };

/** The one table of codes. Statuses, titles and the docs pages all come from here. */
export const PROBLEMS = {
  missing_api_key: {
    status: 401,
    challenge: "none",
    title: "No API key was sent",
    explanation:
      "The request carried no API key, so we cannot tell whose data it is about. Keys are read from the Authorization header only: not from the URL, a cookie, another header or the body.",
    remedy: [
      "Send the header “Authorization: Bearer” followed by a space and the key.",
      "If your tool only knows a user name and a password (HTTP Basic), put the key into either; the other can be anything.",
      "Check that nothing on the way, such as a redirect from http to https, drops the header.",
    ],
  },
  invalid_api_key: {
    status: 401,
    challenge: "invalid_token",
    title: "This API key is not known",
    explanation:
      "A key was sent, but it is not one of ours: it is incomplete, mistyped, or was never made here. Keys start with pstn_live_ or pstn_test_ and end in a checksum, so most typing mistakes are noticed at once.",
    remedy: [
      "Copy the key again, whole, without quotes, spaces or line breaks.",
      "Send it as “Authorization: Bearer <key>”, with exactly one space.",
      "A key is shown only once. If nobody stored it, rotate the key under Settings → API keys to get a new secret.",
    ],
  },
  revoked_api_key: {
    status: 401,
    challenge: "invalid_token",
    title: "This API key was revoked",
    explanation:
      "Somebody in the workspace ended this key, for instance because it was no longer needed or had leaked. Nothing brings a leaked key back.",
    remedy: [
      "Ask an admin of the workspace why it was revoked: the key's page says who did it and when. For 7 days they can undo it there, unless the key leaked.",
      "If the integration is still wanted, create a new key with the permissions it needs and put that one in.",
    ],
  },
  expired_api_key: {
    status: 401,
    challenge: "invalid_token",
    title: "This API key or this secret of it has expired",
    explanation:
      "The key reached its expiry date, or its secret was replaced by a rotation and the time for switching over is past.",
    remedy: [
      "If the key was rotated, put the new secret into the integration. Nobody stored it? Rotate the key once more.",
      "If the key itself expired, give it a new expiry on its page under Settings → API keys, or create a new key.",
    ],
  },
  frozen_api_key: {
    status: 401,
    challenge: "invalid_token",
    title: "This API key is frozen",
    explanation:
      "Somebody in the workspace froze this key because it may be in the wrong hands. Every call with it is refused. Unless it is unfrozen, it is revoked 24 hours later and never works again.",
    remedy: [
      "Ask the key's owner or an admin: they see on its page whether it will work again or be replaced.",
      "If they give you a new key, put that one into the integration.",
    ],
  },
  paused_api_key: {
    status: 401,
    challenge: "invalid_token",
    title: "This API key is paused",
    explanation:
      "Somebody in the workspace paused this key. It keeps its name, permissions and secret, and works again as soon as it is resumed.",
    remedy: ["Ask the key's owner or an admin to press Resume on the key's page."],
  },
  key_in_url: {
    status: 400,
    challenge: "invalid_request",
    title: "An API key must not stand in the URL",
    explanation:
      "The URL of the request contained an API key or a parameter meant for one. URLs end up in logs, browser histories and statistics, so a key in one counts as leaked. We refused the request and did not keep the key.",
    remedy: [
      "Send the key in the header “Authorization: Bearer <key>” and take it out of the URL.",
      "Rotate the key under Settings → API keys: whoever saw the URL has seen the key.",
    ],
  },
  invalid_signature: {
    status: 400,
    title: "The signature does not fit",
    explanation:
      "A report to POST /api/leaks/github did not carry GitHub's signature over exactly this body. Nothing was read from it.",
    remedy: [
      "Only GitHub can use this URL. To report a leaked key yourself, call POST /api/leaks/report: it needs no signature.",
      "If you run Postern and GitHub's reports end here, check that nothing on the way changes their bodies, and that Postern reaches GITHUB_SECRET_SCANNING_KEYS_URL.",
    ],
  },
  ip_not_allowed: {
    status: 403,
    challenge: "insufficient_scope",
    title: "This API key is not allowed from this IP address",
    explanation:
      "The key only works from certain IP addresses, and this request came from another one. Calls that are refused for this reason do not use up the key's limit.",
    remedy: [
      "Compare the address in “client_address” with the allowed addresses on the key's page.",
      "If your integration moved, add its new address there under Edit → Allowed IP addresses.",
      "If you do not know this address, somebody else may have the key: rotate it.",
    ],
  },
  insufficient_scope: {
    status: 403,
    challenge: "insufficient_scope",
    title: "This API key lacks a permission",
    explanation:
      "The key is valid, but was not given the permission this request needs. “required_scope” names it as programs do, “detail” in the console's words.",
    remedy: [
      "Open the key's page (“settings_url”), press Edit, tick the permission and save. The secret stays the same.",
      "If you may not edit the key, ask its owner or an admin.",
    ],
  },
  audience_not_allowed: {
    status: 403,
    challenge: "insufficient_scope",
    title: "This API key is limited to other audiences",
    explanation: "The key may only touch the audiences it was limited to, and this is not one.",
    remedy: [
      "Call GET /api/v1/me to see the audiences the key is limited to.",
      "Add the audience on the key's page under Edit, or use another key.",
    ],
  },
  rate_limit_exceeded: {
    status: 429,
    title: "Too many requests with this API key",
    explanation:
      "Each key may make a certain number of calls a minute, and this one has used them up. Other keys of the workspace are not affected, and the key itself is fine.",
    remedy: [
      "Wait as many seconds as “Retry-After” says, then go on.",
      "Read RateLimit-Remaining on every answer and slow down before it reaches 0.",
      "An admin can raise the limit on the key's page.",
    ],
  },
  budget_exceeded: {
    status: 429,
    title: "This API key has used up a budget",
    explanation:
      "An admin set how many contacts this key may read a day, or how many recipients it may write to in an hour or a day. This call would go beyond that. From the first such call on, calls of that kind are refused until the hour or the day (in UTC) is over; other calls of the key work as before.",
    remedy: [
      "Wait as many seconds as “Retry-After” says, then go on.",
      "Read Postern-Budget-Contacts-Read on every answer that has contacts: “1840/2000” means that 160 are left today.",
      "An admin can let the key go on at once on the Security page, or change the budget on the key's page.",
    ],
  },
  validation_error: {
    status: 422,
    title: "Some values were not accepted",
    explanation:
      "The request was understood, but one or more values in it are missing, unknown or not of the right kind. Nothing was changed. “errors” lists each with its path and what is wrong.",
    remedy: [
      "Correct every entry of “errors”. Fields we do not know are refused rather than ignored, so that a typing mistake is noticed.",
    ],
  },
  not_found: {
    status: 404,
    title: "There is nothing at this URL",
    explanation:
      "Either the path is not one of the API, or the thing it names does not exist in this key's workspace and environment. Test keys only see test data, live keys only live data.",
    remedy: [
      "Compare the path with the list of routes in the API reference. It starts with /api/v1/ and has no slash at its end.",
      "Check that id or e-mail are right, with “+” and other special characters percent-encoded.",
      "Check that the key is of the right environment: GET /api/v1/me says which it is.",
    ],
  },
  method_not_allowed: {
    status: 405,
    title: "This URL does not take that method",
    explanation: "The path exists, but not for this HTTP method.",
    remedy: ["Use one of the methods in the answer's Allow header."],
  },
  conflict: {
    status: 409,
    title: "This conflicts with what is there",
    explanation:
      "What you wanted to create or change conflicts with something that is already there. Nothing was changed.",
    remedy: [
      "To create a contact or change it if it exists, send PUT /api/v1/contacts/{email} instead of POST.",
      "Who is in an audience with a rule is decided by the rule: change the rule, or use a list.",
    ],
  },
  invalid_idempotent_request: {
    status: 422,
    title: "This Idempotency-Key was used for another request",
    explanation:
      "A request with the same Idempotency-Key was answered before, and its content was different. The key promises “the same request again”, so we did not guess which one was meant.",
    remedy: [
      "Use a new Idempotency-Key for each new request, and the old one only for its retries.",
    ],
  },
  concurrent_idempotent_requests: {
    status: 409,
    title: "A request with this Idempotency-Key is still under way",
    explanation:
      "The first request with this Idempotency-Key has not been answered yet, so its answer cannot be repeated.",
    remedy: ["Wait a second and send the same request again."],
  },
  payload_too_large: {
    status: 413,
    title: "The body is too large",
    explanation: `Each route has a limit for the body it reads: ${formatMebibytes(MAX_BODY_BYTES)}, or what the route's entry in the API reference says instead. The values in it are limited too: 10,000 in one entry of a batch, or in a body that is no batch. This body was larger. “detail” names the route and its limit.`,
    remedy: ["Send less at a time."],
  },
  unsupported_media_type: {
    status: 415,
    title: "The body must be JSON",
    explanation:
      "Bodies are read as JSON in UTF-8, uncompressed. This one was declared as something else, or not declared at all.",
    remedy: [
      "Send the header “Content-Type: application/json” and a JSON body.",
      "Leave Content-Encoding out: compressed bodies are not accepted.",
    ],
  },
  invalid_json: {
    status: 400,
    title: "The body is not valid JSON",
    explanation:
      "The body could not be read as JSON: it is empty, cut off, has a syntax error, is not UTF-8, or is nested more than 20 levels deep.",
    remedy: [
      "Build the body with a JSON library instead of joining strings.",
      "Check that quotes and line breaks inside texts are escaped.",
    ],
  },
  internal_error: {
    status: 500,
    title: "Something went wrong on our side",
    explanation:
      "The request met an error we did not expect. It is in our log under the answer's “request_id”.",
    remedy: [
      "Try again once. If it happens again, tell the people who run this server the “request_id”.",
      "If the request was meant to change something, check whether it did before you repeat it.",
    ],
  },
  service_unavailable: {
    status: 503,
    title: "The service is unavailable for a moment",
    explanation:
      "The database does not answer, so keys cannot be checked and nothing can be read or changed. Your key is not the cause.",
    remedy: ["Wait as many seconds as “Retry-After” says, then send the same request again."],
  },
} as const satisfies Record<ProblemCode, CodeText>;
