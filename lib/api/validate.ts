import type { z } from "zod";
import { invalidValues, MAX_ERRORS, type Problem, type ValueError } from "@/lib/api/problem";
import { isStorable } from "@/lib/text";

/** What a schema makes of a value, or the problem that names everything it refused. */
export type Checked<T> = { value: T } | { refused: Problem };

/** Checks a parsed body against its schema. */
export function checkBody<S extends z.ZodType>(schema: S, body: unknown): Checked<z.infer<S>> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  return { refused: invalidValues(parsed.error.issues.flatMap(explain).slice(0, MAX_ERRORS)) };
}

/** Checks a query string: every parameter known, given once, and of storable text. */
export function checkQuery<S extends z.ZodType>(schema: S, query: string): Checked<z.infer<S>> {
  const given = new Map<string, string>();
  const errors: ValueError[] = [];
  for (const [name, value] of new URLSearchParams(query)) {
    if (!isStorable(name) || !isStorable(value)) {
      errors.push({ path: name.replaceAll("\0", "\ufffd"), message: "Contains NUL characters." });
    }
    if (given.has(name)) errors.push({ path: name, message: "Give this only once." });
    given.set(name, value);
  }
  if (errors.length > 0) return { refused: invalidValues(errors.slice(0, MAX_ERRORS)) };
  return checkBody(schema, Object.fromEntries(given));
}

function explain(issue: z.core.$ZodIssue): ValueError[] {
  const path = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      message: "This field is not known.",
    }));
  }
  if (issue.code === "invalid_type" && issue.input === undefined && path) {
    return [{ path, message: "This field is required." }];
  }
  if (issue.code === "invalid_type" && !path) {
    return [{ path, message: `Send a JSON ${issue.expected === "array" ? "array" : "object"}.` }];
  }
  return [{ path, message: issue.message }];
}
