import fc from "fast-check";
import type { ApiDocument } from "@/lib/api/openapi/document";

/** The number of requests for each route, and the seed of the random values; see CONTRIBUTING.md. */
export const FUZZ_RUNS = Number(process.env.FUZZ_RUNS ?? 20);
export const FUZZ_SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

type Schema = Readonly<Record<string, unknown>>;

const DEEPEST = 4;
const junkText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\0",
    "../",
    "%00",
    "{{ 7 | times: 7 }}",
    "\r\nBcc: a@b.c",
    "’;--",
    "null",
  ),
);
const junk: fc.Arbitrary<unknown> = fc.oneof(
  junkText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Parts of requests as the document describes them, with a wrong value now and then. */
export class Fuzz {
  constructor(
    readonly document: ApiDocument,
    /** Ids of things that exist, tried wherever the document allows an id. */
    readonly known: readonly string[],
  ) {}

  /** Values that fit a schema; now and then one part is replaced by junk. */
  valuesOf(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    const right = this.#right(this.#resolved(schema), depth);
    return fc.oneof({ weight: 30, arbitrary: right }, { weight: 1, arbitrary: junk });
  }

  #resolved(schema: Schema): Schema {
    if (typeof schema.$ref !== "string") return schema;
    return schema.$ref
      .split("/")
      .slice(1)
      .reduce<unknown>((inner, name) => (inner as Schema)[name], this.document) as Schema;
  }

  #right(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    if (depth > DEEPEST) return fc.constant(null);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
    const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
    if (choices) return fc.oneof(...choices.map((choice) => this.valuesOf(choice, depth)));
    const types = Array.isArray(schema.type) ? schema.type : [schema.type];
    return fc.oneof(...types.map((type: unknown) => this.#ofType(type, schema, depth)));
  }

  #ofType(type: unknown, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    switch (type) {
      case "string":
        return this.#text(schema);
      case "integer":
        return fc.integer(rangeOf(schema));
      case "number":
        return fc.oneof(fc.integer(rangeOf(schema)), fc.double({ noNaN: true }));
      case "boolean":
        return fc.boolean();
      case "null":
        return fc.constant(null);
      case "array":
        return this.#list(schema, depth);
      case "object":
        return this.#object(schema, depth);
      default:
        return junk;
    }
  }

  #text(schema: Schema): fc.Arbitrary<unknown> {
    const { minLength = 0, maxLength = 40, example, format } = schema;
    const lengths = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 300) };
    const text = fc.string({ unit: "grapheme", ...lengths, size: "small" });
    if (format === "date-time") return fc.oneof(fc.date().map(asInstant), text);
    if (format === "email")
      return fc.oneof(fc.emailAddress(), fc.constant("ada@example.com"), text);
    const known = fc.constantFrom(...this.known);
    return fc.oneof(text, known, ...(example === undefined ? [] : [fc.constant(example)]));
  }

  #list(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const { items = {}, minItems = 0 } = schema;
    const item = this.valuesOf(items as Schema, depth + 1);
    return fc.array(item, { minLength: Number(minItems), maxLength: Number(minItems) + 3 });
  }

  #object(schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const { properties = {}, required = [], additionalProperties } = schema;
    const named = Object.entries(properties as Record<string, Schema>).map(
      ([name, property]) => [name, this.valuesOf(property, depth + 1)] as const,
    );
    const whole = fc.record(Object.fromEntries(named), { requiredKeys: required as never[] });
    const loose = fc.record(Object.fromEntries(named), { requiredKeys: [] });
    const more =
      typeof additionalProperties === "object" && additionalProperties !== null
        ? this.valuesOf(additionalProperties as Schema, depth + 1)
        : junk;
    const others = fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), more, { maxKeys: 3 });
    const isMap = named.length === 0;
    return fc.oneof(
      { weight: isMap ? 0 : 8, arbitrary: whole },
      { weight: isMap ? 0 : 1, arbitrary: loose },
      {
        weight: isMap ? 8 : 1,
        arbitrary: fc.tuple(whole, others).map(([a, b]) => ({ ...a, ...b })),
      },
    );
  }
}

function rangeOf({ minimum, maximum }: Schema): { min?: number; max?: number } {
  return {
    ...(typeof minimum === "number" ? { min: minimum } : {}),
    ...(typeof maximum === "number" ? { max: maximum } : {}),
  };
}

function asInstant(date: Date): string {
  return Number.isNaN(date.getTime()) ? "never" : date.toISOString();
}
