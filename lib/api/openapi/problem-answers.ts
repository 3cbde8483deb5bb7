import { z } from "zod";
import { exampleBody } from "@/lib/api/errors/problem-examples";
import { PROBLEMS, type ProblemCode } from "@/lib/api/errors/problems";
import { type AnswerHeaderName, headerRefs, RATE_HEADERS } from "@/lib/api/openapi/answer-headers";
import type { Route } from "@/lib/api/routes/route";

const CODES = Object.keys(PROBLEMS) as ProblemCode[];
/** The docs are the same wherever they are served, so the examples come from nobody's host. */
const EXAMPLE_ORIGIN = "https://postern.example";

/** The body of every refusal and failure. */
const problemJson = z
  .strictObject({
    type: z
      .string()
      .meta({ description: "The page that explains this code.", format: "uri-reference" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What is special about this case, for people." }),
    code: z.enum(CODES).meta({ description: "Decide by this. It never changes." }),
    request_id: z.string().meta({ description: "Finds the call in Activity." }),
    name: z.enum(CODES).meta({ description: "The code again, as some SDKs read it." }),
    message: z.string().meta({ description: "The detail again, as some SDKs read it." }),
    statusCode: z.int().meta({ description: "The status again, as some SDKs read it." }),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: "Each value that was not accepted, by its dotted path." }),
    retry_after: z.int().optional().meta({ description: "Seconds to wait." }),
    required_scope: z.string().optional().meta({ description: "What the key lacks." }),
    required_permission: z.string().optional().meta({ description: "The same in words." }),
    client_address: z.string().optional().meta({ description: "Where the call came from." }),
    settings_url: z.string().optional().meta({ description: "Where the key can be changed." }),
  })
  .meta({ description: "RFC 9457, with the members that widespread SDKs read." });

/** The JSON Schema of that body. Only references lead to it, so the registry would not come across it. */
export function problemSchema(): object {
  const { $schema: _, ...schema } = z.toJSONSchema(problemJson);
  return schema;
}

const EVERYWHERE: readonly ProblemCode[] = ["key_in_url", "internal_error"];
const WITH_KEY: readonly ProblemCode[] = [
  "missing_api_key",
  "invalid_api_key",
  "revoked_api_key",
  "expired_api_key",
  "paused_api_key",
  "ip_not_allowed",
  "rate_limit_exceeded",
  "service_unavailable",
];
const WITH_BODY: readonly ProblemCode[] = [
  "invalid_json",
  "payload_too_large",
  "unsupported_media_type",
  "validation_error",
];
/** What the Idempotency-Key of a POST can be answered with. */
const WITH_REPEATS: readonly ProblemCode[] = [
  "invalid_idempotent_request",
  "concurrent_idempotent_requests",
  "validation_error",
];

/** Every problem a route can answer with: those it names, and those its kind brings along. */
export function problemsOf(route: Omit<Route, "handle">): ProblemCode[] {
  const possible = new Set<ProblemCode>([
    ...EVERYWHERE,
    ...WITH_KEY,
    ...(route.scope === "any" ? [] : (["insufficient_scope"] as const)),
    ...(route.query ? (["validation_error"] as const) : []),
    ...(route.body ? WITH_BODY : []),
    ...(route.method === "POST" ? WITH_REPEATS : []),
    ...(route.path.includes("/:") ? (["not_found"] as const) : []),
    ...(route.problems ?? []),
  ]);
  return CODES.filter((code) => possible.has(code));
}

/** The problems a call without a key can be answered with. */
export const publicProblems: readonly ProblemCode[] = EVERYWHERE;

/** What stands once in the document for each status and set of codes. */
export type ProblemAnswer = {
  description: string;
  headers: Record<string, { $ref: string }>;
  content: {
    "application/problem+json": {
      schema: { $ref: string };
      examples: Record<string, { $ref: string }>;
    };
  };
};

/** The answers with these codes, by status. `name` is the same for the same codes. */
export function problemAnswers(
  codes: readonly ProblemCode[],
): { status: number; name: string; answer: ProblemAnswer }[] {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus].map(([status, some]) => ({
    status,
    name: some.join("-or-"),
    answer: answerWith(status, some),
  }));
}

/** One example for each code, for the document's components. */
export function problemExamples(): [
  code: ProblemCode,
  example: { summary: string; value: unknown },
][] {
  return CODES.map((code) => {
    const value: unknown = JSON.parse(exampleBody(code, EXAMPLE_ORIGIN));
    return [code, { summary: PROBLEMS[code].title, value }];
  });
}

function answerWith(status: number, codes: readonly ProblemCode[]): ProblemAnswer {
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return {
    description: codes
      .map((code) => `[\`${code}\`](/docs/errors/${code}): ${PROBLEMS[code].title}.`)
      .join("\n\n"),
    headers: headerRefs(headersOf(status)),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

function headersOf(status: number): AnswerHeaderName[] {
  const more: AnswerHeaderName[] = ["X-Request-Id"];
  if ([400, 401, 403].includes(status)) more.push("WWW-Authenticate");
  if ([409, 429, 503].includes(status)) more.push("Retry-After");
  if (status !== 401) more.push(...RATE_HEADERS, "Postern-Secret-Retires");
  return more;
}
