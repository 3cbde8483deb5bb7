import { MAX_ERRORS, type ValueError } from "@/lib/api/errors/problem";
import { faultPath } from "@/lib/platform/result";
import { isStorable } from "@/lib/platform/text";

/**
 * Finds what no field may hold: texts Postgres cannot store, numbers beyond all bounds, and the name
 * `__proto__`. Names at most `MAX_ERRORS` of them. `JsonMeter` has bounded the depth of `value` before.
 */
export function inspectJson(value: unknown): ValueError[] {
  const errors: ValueError[] = [];
  inspect(value, [], errors);
  return errors;
}

/** Adds what is wrong with `value` to `errors`. `path` is one list for all values, so that none is copied. */
function inspect(value: unknown, path: string[], errors: ValueError[]): void {
  if (typeof value === "string") checkText(value, path, errors);
  if (typeof value === "number") checkNumber(value, path, errors);
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    path.push(name);
    checkName(name, path, errors);
    inspect((value as Record<string, unknown>)[name], path, errors);
    path.pop();
  }
}

function checkText(text: string, path: readonly string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !isStorable(text)) {
    const message = "Contains characters that cannot be stored (NUL or half of a surrogate pair).";
    errors.push({ path: printable(path), message });
  }
}

/** JSON may have numbers of any size. One that is read as infinite would be stored as nothing. */
function checkNumber(number: number, path: readonly string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !Number.isFinite(number)) {
    errors.push({ path: printable(path), message: "This number is too large." });
  }
}

function checkName(name: string, path: readonly string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && (name === "__proto__" || !isStorable(name))) {
    errors.push({ path: printable(path), message: "This name is not allowed." });
  }
}

function printable(path: readonly string[]): string {
  return faultPath(path).replaceAll(/\0|\p{Surrogate}/gu, "\ufffd");
}
