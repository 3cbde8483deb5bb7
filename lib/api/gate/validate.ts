import type { z } from "zod";
import { invalidValues, MAX_ERRORS, type Problem, type ValueError } from "@/lib/api/errors/problem";
import { withPlusMeant } from "@/lib/api/gate/plus-in-query";
import { faultPath } from "@/lib/platform/result";
import { isStorable } from "@/lib/platform/text";

/** The value as its schema reads it, or the problem that names everything the schema refused. */
export type Checked<T> = { value: T } | { refused: Problem };

/** Checks a parsed body against its schema. */
export function checkBody<S extends z.ZodType>(schema: S, body: unknown): Checked<z.infer<S>> {
  return check(schema, body, unknownField);
}

/** Checks a query string against its schema. Every parameter must be known, given once, and storable text. */
export function checkQuery<S extends z.ZodType>(schema: S, query: string): Checked<z.infer<S>> {
  const given = new Map<string, string>();
  const errors: ValueError[] = [];
  for (const [name, value] of new URLSearchParams(withPlusMeant(schema, query))) {
    if (!isStorable(name) || !isStorable(value)) {
      errors.push({ path: name.replaceAll("\0", "\ufffd"), message: "Contains NUL characters." });
    }
    if (given.has(name)) errors.push({ path: name, message: "Give this only once." });
    given.set(name, value);
  }
  if (errors.length > 0) return { refused: invalidValues(errors.slice(0, MAX_ERRORS)) };
  return check(schema, Object.fromEntries(given), unknownParameter);
}

type ExplainUnknown = (name: string) => string;

function unknownField(): string {
  return "This field is not known.";
}

/** Only lists take a query, and many other APIs page through lists with “cursor”. */
function unknownParameter(name: string): string {
  return name === "cursor" ? "Use after or before." : unknownField();
}

function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  unknown: ExplainUnknown,
): Checked<z.infer<S>> {
  // The input in an issue tells a missing value from one of the wrong type.
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return { value: parsed.data };
  const issues = parsed.error.issues.slice(0, MAX_ERRORS);
  const errors = issues.flatMap((issue) => explain(issue, unknown));
  return { refused: invalidValues(errors.slice(0, MAX_ERRORS)) };
}

function explain(issue: z.core.$ZodIssue, unknown: ExplainUnknown): ValueError[] {
  const path = faultPath(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, MAX_ERRORS)
      .map((key) => ({ path: faultPath([...issue.path, key]), message: unknown(key) }));
  }
  if (issue.code === "invalid_type" && issue.input === undefined && path) {
    return [{ path, message: "This field is required." }];
  }
  if (issue.code === "invalid_type" && !path) {
    return [{ path, message: `Send a JSON ${issue.expected === "array" ? "array" : "object"}.` }];
  }
  return [{ path, message: issue.message }];
}
