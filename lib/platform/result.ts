import type { z } from "zod";

/** The answer of a domain function that can fail in a way its caller handles. Bugs are thrown instead. */
export type Result<T, Code extends string> = Success<T> | Failure<Code>;

export type Success<T> = { ok: true; value: T };

/** An expected failure: a closed `code` for programs, a `message` for people, and the faults field by field. */
export type Failure<Code extends string> = {
  ok: false;
  code: Code;
  message: string;
  fieldErrors?: Record<string, string[]>;
};

/** The success value of a `Result`. */
export function ok<T>(value: T): Success<T> {
  return { ok: true, value };
}

/** The failure value of a `Result`; `message` is shown to people as it stands. */
export function fail<Code extends string>(
  code: Code,
  message: string,
  fieldErrors?: Record<string, string[]>,
): Failure<Code> {
  return fieldErrors ? { ok: false, code, message, fieldErrors } : { ok: false, code, message };
}

/** The failure for values that cannot be taken, with their faults by dotted path. */
export function invalidFields(fieldErrors: Record<string, string[]>): Failure<"validation_error"> {
  return fail("validation_error", "Some fields need another look.", fieldErrors);
}

/** The most characters of one name in the path of a fault: a name may be as long as a whole body. */
const NAME_SHOWN_MAX = 100;

/** The path to a fault in an input, as people and programs read it: `items.0.price`. */
export function faultPath(path: readonly PropertyKey[]): string {
  return path.map((name) => String(name).slice(0, NAME_SHOWN_MAX)).join(".");
}

/** The most faults of one input that are named. More would help nobody. */
const FAULTS_MAX = 50;

/**
 * The failure for input that a schema refused, with its first faults by dotted path, in the schema's words.
 */
export function invalidInput(error: z.ZodError): Failure<"validation_error"> {
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of error.issues.slice(0, FAULTS_MAX)) {
    const path = faultPath(issue.path);
    fieldErrors[path] = [...(fieldErrors[path] ?? []), issue.message];
  }
  return invalidFields(fieldErrors);
}
