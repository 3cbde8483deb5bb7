import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { apiDocument } from "@/lib/api/openapi/document";
import { type ApiWorld, givenApiWorld } from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import { FUZZ_RUNS, FUZZ_SEED, Fuzz } from "@/lib/testing/fuzz";
import { call } from "@/lib/testing/gate";

type Parameter = { name: string; in: "path" | "query" | "header"; schema: Record<string, unknown> };
type Content = Record<string, { schema: Record<string, unknown> }>;
type Operation = { parameters?: Parameter[]; requestBody?: { content: Content } };
type Request = { path: string; body: string | undefined; headers: Record<string, string> };

/** DELETE comes last, so that the other methods find everything. */
const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const document = await apiDocument();
const operations = METHODS.flatMap((method) =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) => {
    const operation = item[method] as Operation | undefined;
    return operation ? [{ name: `${method.toUpperCase()} ${path}`, method, path, operation }] : [];
  }),
);

let world: ApiWorld;
let fuzz: Fuzz;

beforeAll(async () => {
  world = await givenApiWorld(await givenOwner());
  fuzz = new Fuzz(document, [...Object.values(world.ids), "con_01kayq8m4xf2c9r7h3v5w6y8zb"]);
});

/** `call` holds every answer to the document. The test adds that none is a failure of ours. */
describe(`requests made of the document's own schemas (FUZZ_SEED=${FUZZ_SEED})`, () => {
  test.each(operations.map((each) => [each.name, each] as const))(
    "%s answers as the document says, and never with a failure of ours",
    async (_, { method, path, operation }) => {
      await fc.assert(
        fc.asyncProperty(requestsOf(path, operation), async (request) => {
          const { secret } = world;
          const options = { method: method.toUpperCase(), secret, headers: request.headers };
          const answer = await call(request.path, { ...options, body: request.body });
          expect(answer.status).toBeLessThan(500);
        }),
        { seed: FUZZ_SEED, numRuns: FUZZ_RUNS, endOnFailure: true },
      );
    },
    600_000,
  );
});

function requestsOf(
  path: string,
  { parameters = [], requestBody }: Operation,
): fc.Arbitrary<Request> {
  const inPlace = (place: Parameter["in"]) => parameters.filter(({ in: is }) => is === place);
  const schema = requestBody?.content["application/json"]?.schema;
  return fc.record({
    path: fc
      .tuple(pathsOf(path, inPlace("path")), someOf(inPlace("query")))
      .map(([filled, query]) => filled + asQuery(query)),
    body: schema ? bodiesOf(schema) : fc.constant(undefined),
    headers: someOf(inPlace("header")).map(asHeaders),
  });
}

function pathsOf(path: string, parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const values = parameters.map(({ name, schema }) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(world.ids[name] ?? "") },
      { weight: 1, arbitrary: fuzz.valuesOf(schema) },
    ),
  );
  return fc
    .tuple(...values)
    .map((given) =>
      parameters.reduce(
        (text, { name }, at) => text.replace(`{${name}}`, () => segment(given[at])),
        path,
      ),
    );
}

/** Some of the parameters, each with a value of its schema. */
function someOf(parameters: readonly Parameter[]): fc.Arbitrary<Record<string, unknown>> {
  const values = parameters.map(({ name, schema }) => [name, fuzz.valuesOf(schema)] as const);
  return fc.record(Object.fromEntries(values), { requiredKeys: [] });
}

function bodiesOf(schema: Record<string, unknown>): fc.Arbitrary<string> {
  const written = fuzz.valuesOf(schema).map((value) => JSON.stringify(value) ?? "null");
  const broken = fc.tuple(written, fc.nat(200)).map(([text, at]) => text.slice(0, at));
  return fc.oneof({ weight: 15, arbitrary: written }, { weight: 1, arbitrary: broken });
}

function asQuery(values: Record<string, unknown>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${encoded(value)}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}

/** The values as headers, without those that HTTP itself would not send. */
function asHeaders(values: Record<string, unknown>): Record<string, string> {
  const texts = Object.entries(values).map(([name, value]) => [name, asText(value)] as const);
  return Object.fromEntries(texts.filter(([, text]) => /^[\x20-\x7e]*$/.test(text)));
}

/** A value as one segment of a path. Dots alone would change the path before anything is sent. */
function segment(value: unknown): string {
  const text = encoded(value);
  return /^\.{0,2}$/.test(text) ? "x" : text;
}

function encoded(value: unknown): string {
  return encodeURIComponent(asText(value).replaceAll(/\p{Surrogate}/gu, "\ufffd"));
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
