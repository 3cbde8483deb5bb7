import type { Resolve, Schema } from "@/lib/api/reference/shape";

const PLACEHOLDER = "…";

/**
 * A value that the schema takes. Of an object it has the required fields; where none is, those with an example of
 * their own, else the first.
 */
export function exampleOf(schema: Schema, resolve: Resolve): unknown {
  if (schema.$ref) return exampleOf(resolve(schema.$ref), resolve);
  if ("example" in schema) return schema.example;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleOf(choice, resolve);
  if (schema.properties) return objectExample(schema, resolve);
  if (schema.type === "array") return [exampleOf(schema.items ?? {}, resolve)];
  return plainExample(schema);
}

function objectExample({ properties = {}, required = [] }: Schema, resolve: Resolve): unknown {
  const all = Object.entries(properties);
  const needed = all.filter(([name]) => required.includes(name));
  const withExample = all.filter(([, schema]) => "example" in schema);
  const [shown = []] = [needed, withExample, all.slice(0, 1)].filter((some) => some.length > 0);
  return Object.fromEntries(shown.map(([name, schema]) => [name, exampleOf(schema, resolve)]));
}

function plainExample({ type, format, minimum = 0 }: Schema): unknown {
  if (format === "date-time") return "2027-01-01T09:00:00Z";
  if (type === "integer" || type === "number") return minimum;
  if (type === "boolean") return true;
  return type === "object" ? {} : PLACEHOLDER;
}
