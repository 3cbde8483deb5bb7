import { z } from "zod";

/** The formats of values in which a plus is more likely than a space: `ada+vip@example.com`, `…T14:03:00+02:00`. */
const WITH_PLUS = new Set(["email", "date-time"]);

const known = new WeakMap<z.ZodType, ReadonlySet<string>>();

/**
 * A query in which a plus that somebody wrote into an email or a time is read as a plus. In a query it stands for
 * a space (WHATWG URL, section 5.1), which these values have none of, and many callers do not escape it.
 */
export function withPlusMeant(schema: z.ZodType, query: string): string {
  if (!query.includes("+")) return query;
  const names = namesWithPlus(schema);
  const pairs = query.split("&").map((pair) => {
    const [name = ""] = pair.split("=", 1);
    return names.has(name) ? pair.replaceAll("+", "%2B") : pair;
  });
  return pairs.join("&");
}

/** The parameters of a schema that take an email or a time. */
function namesWithPlus(schema: z.ZodType): ReadonlySet<string> {
  const found = known.get(schema) ?? new Set(readNames(schema));
  known.set(schema, found);
  return found;
}

function readNames(schema: z.ZodType): string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).flatMap(([name, property]) =>
    formatsOf(property).some((format) => WITH_PLUS.has(format)) ? [name] : [],
  );
}

function formatsOf(property: z.core.JSONSchema._JSONSchema): string[] {
  if (typeof property === "boolean") return [];
  return [property.format ?? "", ...(property.anyOf ?? []).flatMap(formatsOf)];
}
