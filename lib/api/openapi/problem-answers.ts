import { z } from "zod";
import { PROBLEM_CODES, type ProblemCode } from "@/lib/access/activity/problem-codes";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { exampleBody, exampleOf } from "@/lib/api/errors/examples";
import { type AnswerHeaderName, headerRefs, RATE_HEADERS } from "@/lib/api/openapi/answer-headers";

/** The document is the same wherever it is served, so its examples name a host that nobody has. */
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
    code: z.enum(PROBLEM_CODES).meta({ description: "Decide by this. It never changes." }),
    request_id: z.string().meta({ description: "Finds the call in Activity." }),
    name: z.enum(PROBLEM_CODES).meta({ description: "The code again, as some SDKs read it." }),
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

/** The JSON Schema of that body. Only references lead to it, so the registry does not find it by itself. */
export function problemSchema(): object {
  const { $schema: _, ...schema } = z.toJSONSchema(problemJson);
  return schema;
}

/** The answer of one status. The document has it once for each set of codes. */
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

/** The answers with these codes, one a status. The same codes give the same `name`. */
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
  return PROBLEM_CODES.map((code) => {
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
    headers: headerRefs(headersOf(status, codes)),
    content: {
      "application/problem+json": {
        schema: { $ref: "#/components/schemas/Problem" },
        examples: Object.fromEntries(examples),
      },
    },
  };
}

/** The headers of an answer to a key that was let in. */
const ADMITTED = [
  ...RATE_HEADERS,
  "Postern-Secret-Retires",
  "Postern-Budget-Contacts-Read",
] as const satisfies readonly AnswerHeaderName[];

/** The headers that an answer with one of these codes can carry. A key that was not let in learns nothing of its limit. */
function headersOf(status: number, codes: readonly ProblemCode[]): AnswerHeaderName[] {
  const sent = new Set(
    codes.flatMap((code) => Object.keys(exampleOf(code, EXAMPLE_ORIGIN).headers ?? {})),
  );
  const own = (["WWW-Authenticate", "Retry-After"] as const).filter((name) => sent.has(name));
  const admitted = status === 401 ? [] : ADMITTED;
  return ["X-Request-Id", ...own, ...admitted];
}
