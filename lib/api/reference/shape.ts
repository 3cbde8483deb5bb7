/** The part of JSON Schema that the OpenAPI document is written in. */
export type Schema = {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  example?: unknown;
  default?: unknown;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
};

/** A JSON value in words, with its fields where it has some. */
export type Shape = {
  /** Type and limits: “text, up to 200”. */
  words: string;
  fields: Field[];
  /** Each set of fields, for a value that has one of several. */
  variants: Shape[];
};

/** One named part of an object, or one parameter of a call. */
export type Field = { name: string; required: boolean; description: string; shape: Shape };

/** Finds the schema that a `$ref` names. */
export type Resolve = (reference: string) => Schema;

/** A schema as people read it. */
export function shapeOf(schema: Schema, resolve: Resolve): Shape {
  if (schema.$ref) return shapeOf(resolve(schema.$ref), resolve);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choiceOf(choices, resolve);
  if (schema.properties) return plainShape("object", fieldsOf(schema, resolve));
  if (schema.type === "array" || includesType(schema, "array")) return listOf(schema, resolve);
  if (typeof schema.additionalProperties === "object") return recordOf(schema, resolve);
  return plainShape(`${valueWords(schema)}${orNull(schema)}`);
}

/** The fields of an object, in the order of its schema. */
function fieldsOf({ properties = {}, required = [] }: Schema, resolve: Resolve): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    description: schema.description ?? "",
    shape: withDefault(shapeOf(schema, resolve), schema.default),
  }));
}

/** The shape with the value it has when it is left out. */
export function withDefault(shape: Shape, value: unknown): Shape {
  if (value === undefined || value === "") return shape;
  return { ...shape, words: `${shape.words}, ${JSON.stringify(value)} if left out` };
}

function choiceOf(choices: readonly Schema[], resolve: Resolve): Shape {
  const shapes = choices.map((choice) => shapeOf(choice, resolve));
  const withFields = shapes.filter(({ fields, variants }) => fields.length + variants.length > 0);
  const words = [...new Set(shapes.map((shape) => shape.words))].join(" or ");
  const [only, ...others] = withFields;
  if (only && others.length === 0) return { ...only, words };
  return { words, fields: [], variants: withFields };
}

function listOf(schema: Schema, resolve: Resolve): Shape {
  const item = shapeOf(schema.items ?? {}, resolve);
  const count = range(schema.minItems, schema.maxItems);
  const words = `list ${count && `(${count}) `}of ${item.words}${orNull(schema)}`;
  return { ...item, words };
}

function recordOf(schema: Schema, resolve: Resolve): Shape {
  const value = shapeOf(schema.additionalProperties as Schema, resolve);
  const count = schema.maxProperties ? `up to ${number(schema.maxProperties)} names` : "any names";
  return { ...value, words: `object, ${count}, each with ${value.words}${orNull(schema)}` };
}

function plainShape(words: string, fields: Field[] = []): Shape {
  return { words, fields, variants: [] };
}

function valueWords(schema: Schema): string {
  if ("const" in schema) return quoted(schema.const);
  if (schema.enum) return schema.enum.map(quoted).join(" or ");
  if (includesType(schema, "string")) return textWords(schema);
  if (includesType(schema, "integer")) return numberWords("whole number", schema);
  if (includesType(schema, "number")) return numberWords("number", schema);
  if (includesType(schema, "boolean")) return "true or false";
  if (includesType(schema, "object")) return "object";
  return schema.type === "null" ? "null" : "any value";
}

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "time (RFC 3339)",
  email: "email",
  uri: "URL",
  "uri-reference": "URL",
};

function textWords({ format, pattern, minLength = 0, maxLength }: Schema): string {
  const type = FORMATS[format ?? ""] ?? "text";
  const length = range(minLength > 1 ? minLength : undefined, maxLength);
  const limits = [length && `${length} characters`, pattern && `matching ${pattern}`];
  return [type, ...limits.filter(Boolean)].join(", ");
}

function numberWords(type: string, { minimum, maximum }: Schema): string {
  // JavaScript's own limit says nothing to a reader.
  const most = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const least = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const limits = range(least, most);
  return limits ? `${type}, ${limits}` : type;
}

function range(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return most === undefined ? "" : `up to ${number(most)}`;
  return most === undefined ? `at least ${number(least)}` : `${number(least)} to ${number(most)}`;
}

function includesType({ type }: Schema, name: string): boolean {
  return Array.isArray(type) ? type.includes(name) : type === name;
}

function orNull(schema: Schema): string {
  return Array.isArray(schema.type) && schema.type.includes("null") ? " or null" : "";
}

function quoted(value: unknown): string {
  return typeof value === "string" ? `“${value}”` : String(value);
}

function number(value: number): string {
  return value.toLocaleString("en");
}
