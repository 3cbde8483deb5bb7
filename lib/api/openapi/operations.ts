import type { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import { IDEMPOTENCY_KEY_MAX } from "@/lib/api/gate/idempotency";
import { type AnswerHeaderName, headerRefs, RATE_HEADERS } from "@/lib/api/openapi/answer-headers";
import { openApiPath, pathParameters } from "@/lib/api/openapi/path-parameters";
import { possibleProblems } from "@/lib/api/openapi/possible-problems";
import { problemAnswers } from "@/lib/api/openapi/problem-answers";
import { bodyLimitOf, type Route, scopesOf } from "@/lib/api/routes/route";
import { scopeInWords } from "@/lib/people/auth/scopes";
import { formatMebibytes } from "@/lib/platform/format/number";

/** One operation in the form that the registry takes. */
export type Operation = Parameters<OpenAPIHono["openAPIRegistry"]["registerPath"]>[0];
type Described = Omit<Route, "handle">;

const repeatable = z.strictObject({
  "Idempotency-Key": z.string().min(1).max(IDEMPOTENCY_KEY_MAX).optional().meta({
    description:
      "Makes the call safe to repeat: for 24 hours the same call with the same key takes effect once, and the first answer comes back.",
    example: "a3f1c9d2-5b7e-4f60-9c1d-8e2b7a6f5d40",
  }),
});

/** The operation that describes a route in the OpenAPI document. */
export function operationOf(route: Described): Operation {
  const { method, path, tag, summary } = route;
  return {
    method: method.toLowerCase() as Lowercase<typeof method>,
    path: openApiPath(path),
    operationId: operationId(method, path),
    tags: [tag],
    summary,
    description: descriptionOf(route),
    ...access(route),
    request: requestOf(route),
    responses: { ...successes(route), ...refusals(route) },
  };
}

/** A name for generated clients: `GET /contacts/:idOrEmail` is `getContactsByIdOrEmail`. */
export function operationId(method: string, path: string): string {
  const words = path.replaceAll("/:", "/by-").split(/[^A-Za-z]+/);
  const capitals = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + capitals.join("");
}

/** The route's own description, with the permissions it needs. */
function descriptionOf(route: Described): string {
  const named = scopesOf(route).map((scope) => `**${scopeInWords(scope)}** (\`${scope}\`)`);
  const permission =
    named.length === 0
      ? "Every valid key may call this."
      : `Needs the permission ${named.join(" and ")}.`;
  return route.description ? `${route.description}\n\n${permission}` : permission;
}

function access(route: Described): Pick<Operation, "security"> & { "x-required-scope"?: string } {
  const scopes = scopesOf(route);
  const [scope] = scopes;
  return {
    security: [{ bearer: scopes }, { basic: scopes }],
    ...(scope ? { "x-required-scope": scope } : {}),
  };
}

function requestOf(route: Described): NonNullable<Operation["request"]> {
  const params = pathParameters(route.path);
  const schema = route.documentedBody ?? route.body;
  const headers = [
    ...(route.method === "POST" ? [repeatable] : []),
    ...(route.headers ? [route.headers] : []),
  ];
  return {
    ...(params ? { params } : {}),
    ...(route.query ? { query: route.query as z.ZodObject } : {}),
    ...(headers.length > 0 ? { headers } : {}),
    ...(schema ? { body: bodyOf(route, schema) } : {}),
  };
}

function bodyOf(route: Described, schema: z.ZodType) {
  return {
    description: `At most ${formatMebibytes(bodyLimitOf(route))}.`,
    required: true,
    content: { "application/json": { schema } },
  };
}

function successes(route: Described): Operation["responses"] {
  const answers = Object.entries(route.answers).map(([status, schema]) => [
    status,
    {
      description: status === "201" ? "Made." : "Done.",
      headers: headerRefs(headersOf(route, Number(status))),
      content: { "application/json": { schema } },
    },
  ]);
  return Object.fromEntries(answers);
}

function refusals(route: Described): Operation["responses"] {
  const answers = problemAnswers(possibleProblems(route));
  return Object.fromEntries(
    answers.map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}

/** The headers a successful answer can carry. */
function headersOf({ method, touches }: Described, status: number): AnswerHeaderName[] {
  return [
    "X-Request-Id",
    ...RATE_HEADERS,
    "Postern-Secret-Retires",
    ...(touches.includes("contactsRead") ? (["Postern-Budget-Contacts-Read"] as const) : []),
    ...(method === "POST" ? (["Idempotent-Replayed"] as const) : []),
    ...(status === 201 ? (["Location"] as const) : []),
  ];
}
