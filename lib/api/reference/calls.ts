import { type ApiDocument, apiDocument } from "@/lib/api/openapi/document";
import { QUICK_STARTS } from "@/lib/api/quick-starts/quick-starts";
import { exampleOf } from "@/lib/api/reference/example";
import {
  type Field,
  type Resolve,
  type Schema,
  type Shape,
  shapeOf,
  withDefault,
} from "@/lib/api/reference/shape";

/** One call of the API, as its page of the reference shows it. */
export type ReferenceCall = {
  /** The operation's name in the OpenAPI document, and in the page's URL. */
  id: string;
  method: string;
  /** Below `/api/v1`: `/contacts/{idOrEmail}`. */
  path: string;
  tag: string;
  summary: string;
  /** The summary up to its first comma, for navigation. */
  title: string;
  /** In Markdown. */
  description: string;
  /** The permissions a key needs; none for a call that every key may make. */
  scopes: string[];
  needsKey: boolean;
  /** Repeating it changes nothing more: by itself, or with that header. */
  repeating: "safe" | "safe with Idempotency-Key";
  parameters: { place: Place; fields: (Field & { example: string })[] }[];
  body: Shape | null;
  answers: { status: string; description: string; shape: Shape | null }[];
  refusals: { status: string; problems: { code: string; title: string }[] }[];
  /** The same call with examples in it, to paste. */
  example: { path: string; body?: unknown };
};

export type Place = "path" | "query" | "header";

/** The calls about one thing. */
export type CallGroup = { tag: string; description: string; calls: ReferenceCall[] };

let made: Promise<CallGroup[]> | null = null;

/** Every call of the API by group, made once from the OpenAPI document. */
export function callGroups(): Promise<CallGroup[]> {
  made ??= apiDocument().then(groupsOf);
  return made;
}

/** The call with this name; undefined where there is none. */
export async function findCall(id: string): Promise<ReferenceCall | undefined> {
  return (await callGroups()).flatMap(({ calls }) => calls).find((call) => call.id === id);
}

type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: Body;
  responses: Record<string, Response>;
};
type Parameter = {
  name: string;
  in: Place;
  required: boolean;
  description?: string;
  schema: Schema;
};
type Body = { content?: Record<string, { schema?: Schema; examples?: Record<string, Ref> }> };
type Ref = { $ref: string };
type Response = (Body & { description: string }) | Ref;

function groupsOf(document: ApiDocument): CallGroup[] {
  const calls = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) =>
      callOf(document, { method: method.toUpperCase(), path, operation }),
    ),
  );
  return (document.tags ?? []).map(({ name, description = "" }) => ({
    tag: name,
    description,
    calls: calls.filter(({ tag }) => tag === name),
  }));
}

type Located = { method: string; path: string; operation: Operation };

function callOf(document: ApiDocument, { method, path, operation }: Located): ReferenceCall {
  const resolve = resolverOf(document);
  const parameters = operation.parameters ?? [];
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const responses = Object.entries(operation.responses);
  return {
    id: operation.operationId,
    method,
    path,
    tag: operation.tags[0] ?? "",
    summary: operation.summary,
    title: operation.summary.split(/[,;:] /)[0] ?? "",
    description: operation.description,
    scopes: operation.security[0]?.bearer ?? [],
    needsKey: operation.security.length > 0,
    repeating: method === "POST" ? "safe with Idempotency-Key" : "safe",
    parameters: parametersOf(parameters, resolve),
    body: body ? shapeOf(body, resolve) : null,
    answers: responses.flatMap(([status, response]) =>
      "$ref" in response ? [] : [answerOf(status, response, resolve)],
    ),
    refusals: responses.flatMap(([status, response]) =>
      "$ref" in response ? [{ status, problems: problemsOf(response, resolve) }] : [],
    ),
    example: {
      path: examplePath(path, parameters),
      ...(body ? { body: quickStartBody(method, path) ?? exampleOf(body, resolve) } : {}),
    },
  };
}

const PLACES = ["path", "query", "header"] as const;

function parametersOf(
  parameters: readonly Parameter[],
  resolve: Resolve,
): ReferenceCall["parameters"] {
  return PLACES.flatMap((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    const fields = here.map(({ name, required, description = "", schema }) => ({
      name,
      required,
      description,
      shape: withDefault(shapeOf(schema, resolve), schema.default),
      example: exampleText(schema),
    }));
    return fields.length > 0 ? [{ place, fields }] : [];
  });
}

function answerOf(
  status: string,
  { description, content }: Body & { description: string },
  resolve: Resolve,
): ReferenceCall["answers"][number] {
  const schema = content?.["application/json"]?.schema;
  return { status, description, shape: schema ? shapeOf(schema, resolve) : null };
}

/** The codes an answer can carry: the names of its examples. */
function problemsOf({ $ref }: Ref, resolve: Resolve): { code: string; title: string }[] {
  const answer = resolve($ref) as Body;
  const examples = answer.content?.["application/problem+json"]?.examples ?? {};
  return Object.entries(examples).map(([code, example]) => {
    const { summary } = resolve(example.$ref) as { summary?: string };
    return { code, title: summary ?? "" };
  });
}

function examplePath(path: string, parameters: readonly Parameter[]): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const parameter = parameters.find((one) => one.in === "path" && one.name === name);
    return parameter ? encodeURIComponent(exampleText(parameter.schema)) : whole;
  });
  const needed = parameters.filter((one) => one.in === "query" && one.required);
  const query = needed.map(({ name, schema }) => [name, exampleText(schema)]);
  return query.length > 0 ? `${filled}?${new URLSearchParams(query)}` : filled;
}

function exampleText({ example, format }: Schema): string {
  if (example !== undefined) return String(example);
  return format === "date-time" ? "2026-01-01T00:00:00Z" : "";
}

/** The body that a quick start sends with this call, which tests send to the API as it is. */
function quickStartBody(method: string, path: string): unknown {
  const steps = QUICK_STARTS.flatMap((start) => start.steps);
  const step = steps.find((one) => {
    return one.method === method && one.body !== undefined && isOfPath(path, one.path);
  });
  return step && !JSON.stringify(step.body).includes('"{') ? step.body : undefined;
}

/** Whether a quick start's path is of this pattern, with a value for each parameter. */
function isOfPath(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  const fits = (part: string, at: number) =>
    part.startsWith("{") ? given[at] !== "" && !given[at]?.includes("{") : part === given[at];
  return wanted.length === given.length && wanted.every(fits);
}

function resolverOf(document: ApiDocument): Resolve {
  return (reference) => {
    const steps = reference.slice("#/".length).split("/");
    let found: unknown = document;
    for (const step of steps) found = (found as Record<string, unknown>)[step];
    if (found === undefined) throw new Error(`The OpenAPI document has no ${reference}.`);
    return found as Schema;
  };
}
