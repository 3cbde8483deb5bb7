/** A header of an answer, as the OpenAPI document describes it. */
export type AnswerHeader = {
  description: string;
  schema: { type: "string" | "integer"; format?: "date-time"; pattern?: string };
  example: string | number;
  /** Whether every answer that lists the header carries it. */
  required: boolean;
};

/** Every header of the API's answers that is specific to Postern. The API reference shows this table. */
export const ANSWER_HEADERS = {
  "X-Request-Id": {
    description: "On every answer. Name it when you ask for help; Activity finds the call by it.",
    schema: { type: "string", pattern: "^req_[0-9a-hjkmnp-tv-z]{26}$" },
    example: "req_01kayq8m4xf2c9r7h3v5w6y8zb",
    required: true,
  },
  "RateLimit-Limit": {
    description:
      "How many calls a minute this key may make. Where a call is refused for too many recipients, the limit of those.",
    schema: { type: "integer" },
    example: 600,
    required: false,
  },
  "RateLimit-Remaining": {
    description: "How many of them are left.",
    schema: { type: "integer" },
    example: 598,
    required: false,
  },
  "RateLimit-Reset": {
    description: "In how many seconds they are all back.",
    schema: { type: "integer" },
    example: 41,
    required: false,
  },
  "RateLimit-Policy": {
    description:
      "The limits in the form of the coming standard: how many (q) in a number of seconds (w). “default” counts calls; “recipients”, “recipients-hour” and “recipients-day” stand beside it where a call reaches some.",
    schema: { type: "string" },
    example: '"default";q=600;w=60',
    required: false,
  },
  RateLimit: {
    description: "What is left (r), and for how long (t), in the form of the coming standard.",
    schema: { type: "string" },
    example: '"default";r=598;t=41',
    required: false,
  },
  "Postern-Budget-Contacts-Read": {
    description:
      "How many contacts this key has read today and how many it may read, where it has such a budget and the call reads contacts.",
    schema: { type: "string", pattern: "^\\d+/\\d+$" },
    example: "1840/2000",
    required: false,
  },
  "Retry-After": {
    description: "How many seconds to wait before trying again.",
    schema: { type: "integer" },
    example: 5,
    required: false,
  },
  "WWW-Authenticate": {
    description: "What is wrong with the key, in the form of RFC 6750.",
    schema: { type: "string" },
    example: 'Bearer realm="Postern", error="invalid_token"',
    required: false,
  },
  "Postern-Secret-Retires": {
    description: "When the secret you used stops working, because the key was rotated.",
    schema: { type: "string", format: "date-time" },
    example: "2026-11-24T14:03:00.000Z",
    required: false,
  },
  "Idempotent-Replayed": {
    description: "“true” where an earlier call with this Idempotency-Key was answered with this.",
    schema: { type: "string" },
    example: "true",
    required: false,
  },
  Location: {
    description: "The URL of what was made.",
    schema: { type: "string" },
    example: "/api/v1/contacts/con_01kayq8m4xf2c9r7h3v5w6y8zb",
    required: false,
  },
  ETag: {
    description: "Send it as If-None-Match to skip an answer that did not change.",
    schema: { type: "string" },
    example: '"5dZ1…"',
    required: true,
  },
} as const satisfies Record<string, AnswerHeader>;

export type AnswerHeaderName = keyof typeof ANSWER_HEADERS;

/** The headers about the key's limit, on every answer to a key that was let in. */
export const RATE_HEADERS = [
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
  "RateLimit-Policy",
  "RateLimit",
] as const satisfies readonly AnswerHeaderName[];

/** The headers of one answer, as references to their descriptions. */
export function headerRefs(names: readonly AnswerHeaderName[]): Record<string, { $ref: string }> {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}
