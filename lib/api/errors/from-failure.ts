import { invalidValues, type Problem, problem } from "@/lib/api/errors/problem";
import type { Failure } from "@/lib/platform/result";

type ExpectedCode =
  | "not_found"
  | "conflict"
  | "audience_not_allowed"
  | "validation_error"
  | "template_error";

/** The problem for an expected failure. What is not Liquid is a `validation_error` of the part it stands in. */
export function failed({ code, message, fieldErrors }: Failure<ExpectedCode>): Problem {
  if (code !== "validation_error" && code !== "template_error") return problem(code, message);
  const errors = Object.entries(fieldErrors ?? {}).flatMap(([path, messages]) =>
    messages.map((text) => ({ path, message: text })),
  );
  return invalidValues(errors);
}
