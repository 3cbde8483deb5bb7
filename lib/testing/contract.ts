import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { type ApiDocument, apiDocument } from "@/lib/api/openapi/document";

/** One answer of the API as a caller saw it, and the call it answers. */
export type SeenAnswer = {
  method: string;
  /** The path below `/api/v1`, as it was sent. */
  path: string;
  status: number;
  headers: Headers;
  body: string;
};

type Operation = NonNullable<NonNullable<ApiDocument["paths"]>[string]["get"]>;
type Described = {
  headers?: Record<string, { required?: boolean }>;
  content?: Record<string, { schema: unknown; examples?: Record<string, unknown> }>;
};

/** Standard HTTP headers, which the document need not describe. */
const COMMON = new Set([
  "allow",
  "cache-control",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
  "x-content-type-options",
]);
const RATE = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "ratelimit-policy"];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const PROBLEM = "/components/schemas/Problem";

/**
 * Checks an answer against the OpenAPI document: the route is in it, and the status, the headers and the body
 * agree with it. Throws where they do not, so that any test that sees such an answer fails.
 */
export async function holdToContract(seen: SeenAnswer): Promise<void> {
  const contract = await theContract();
  const wrong = faultsOf(contract, seen);
  if (wrong.length === 0) return;
  const call = `${seen.method} ${seen.path} → ${seen.status}`;
  throw new Error(`Not as the OpenAPI document says: ${call}\n${wrong.join("\n")}\n${seen.body}`);
}

/** The OpenAPI document, with the means to check a value against a place in it. */
export class Contract {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
  readonly #known = new Map<string, ValidateFunction>();

  constructor(readonly document: ApiDocument) {
    this.#ajv.addFormat("date-time", DATE_TIME);
    this.#ajv.addFormat("date", /^\d{4}-\d\d-\d\d$/);
    this.#ajv.addFormat("uri", URL.canParse);
    this.#ajv.addFormat("uri-reference", (text) => URL.canParse(text, "http://localhost"));
    this.#ajv.addFormat("email", /^[^@]+@[^@]+$/);
    this.#ajv.addSchema(document, "document");
  }

  /** The faults of `value` under the schema at a JSON pointer into the document. */
  faultsAt(pointer: string, value: unknown): string[] {
    const known = this.#known.get(pointer);
    const validate = known ?? this.#ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
    if (!known) this.#known.set(pointer, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message = "", params }) =>
        `body${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  }

  /** The operation that answers a call, by its pattern, or null where the document has none. */
  operationFor(method: string, path: string): { pattern: string; operation: Operation } | null {
    const wanted = (method === "HEAD" ? "GET" : method).toLowerCase();
    const fitting = Object.entries(this.document.paths ?? {})
      .filter(([pattern, item]) => wanted in item && fits(pattern, path))
      .sort(([a], [b]) => a.split("{").length - b.split("{").length);
    const [found] = fitting;
    if (!found) return null;
    const [pattern, item] = found;
    return { pattern, operation: item[wanted as "get"] as Operation };
  }
}

let made: Promise<Contract> | null = null;

/** The contract of the routes of this process. */
export function theContract(): Promise<Contract> {
  made ??= apiDocument().then((document) => new Contract(document));
  return made;
}

/** The differences between an answer and the document; empty where they agree. */
export function faultsOf(contract: Contract, seen: SeenAnswer): string[] {
  const path = seen.path.split("?")[0] ?? "";
  const found = contract.operationFor(seen.method, path);
  return found ? faultsOfAnswer(contract, found, seen) : faultsWithoutRoute(contract, seen);
}

function faultsOfAnswer(
  contract: Contract,
  { pattern, operation }: { pattern: string; operation: Operation },
  seen: SeenAnswer,
): string[] {
  const method = (seen.method === "HEAD" ? "GET" : seen.method).toLowerCase();
  const listed: { $ref?: string } | undefined = operation.responses?.[`${seen.status}`];
  if (!listed) return [`The status ${seen.status} is not listed.`];
  const own = `/paths/${pattern.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/responses/${seen.status}`;
  const pointer = listed.$ref ? listed.$ref.slice(1) : own;
  const described = at(contract.document, pointer) as Described;
  return [
    ...faultsOfHeaders(contract, described, operation, seen),
    ...faultsOfBody(contract, described, pointer, seen),
  ];
}

function faultsOfHeaders(
  contract: Contract,
  { headers = {} }: Described,
  { security }: Operation,
  seen: SeenAnswer,
): string[] {
  const names = new Map(Object.keys(headers).map((name) => [name.toLowerCase(), name]));
  const all = contract.document.components?.headers ?? {};
  const missing = [...names]
    .filter(([, name]) => (all[name] as { required?: boolean } | undefined)?.required)
    .map(([lower]) => lower);
  if (seen.status < 300 && security?.length) missing.push(...RATE);
  if ([401, 403].includes(seen.status)) missing.push("www-authenticate");
  const unlisted = [...seen.headers.keys()].filter((name) => !COMMON.has(name) && !names.has(name));
  return [
    ...missing
      .filter((name) => !seen.headers.has(name))
      .map((name) => `The header ${name} is missing.`),
    ...unlisted.map((name) => `The header ${name} is not listed.`),
  ];
}

function faultsOfBody(
  contract: Contract,
  { content = {} }: Described,
  pointer: string,
  seen: SeenAnswer,
): string[] {
  const type = seen.headers.get("content-type")?.split(";")[0] ?? "";
  if (seen.method === "HEAD" && seen.body === "") return [];
  if (seen.body === "") return Object.keys(content).length > 0 ? ["The body is missing."] : [];
  const media = content[type];
  if (!media) return [`The content type “${type}” is not listed.`];
  if (!type.endsWith("json")) return [];
  const value: unknown = JSON.parse(seen.body);
  const schema = `${pointer}/content/${type.replaceAll("/", "~1")}/schema`;
  return [...faultsOfCode(media.examples, value), ...contract.faultsAt(schema, value)];
}

/** The fault of a problem whose code the document does not list among its examples. */
function faultsOfCode(examples: Record<string, unknown> | undefined, value: unknown): string[] {
  const code = (value as { code?: unknown }).code;
  if (!examples || typeof code !== "string" || Object.hasOwn(examples, code)) return [];
  return [`The code ${code} is not listed.`];
}

/** The faults of an answer where no route matches: a problem, or for OPTIONS the list of methods. */
function faultsWithoutRoute(contract: Contract, seen: SeenAnswer): string[] {
  if (!seen.headers.has("x-request-id")) return ["The header x-request-id is missing."];
  if (seen.method === "OPTIONS" && seen.status < 300) {
    return seen.headers.has("allow") ? [] : ["The header allow is missing."];
  }
  if (seen.status < 400) return ["There is no such route in the document."];
  if (seen.method === "HEAD") return [];
  return contract.faultsAt(PROBLEM, JSON.parse(seen.body));
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every((part, index) =>
      part.startsWith("{") ? given[index] !== "" : part === given[index],
    )
  );
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((inner, part) => (inner as Record<string, unknown>)[part], document);
}
