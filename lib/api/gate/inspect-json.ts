import { MAX_ERRORS, type ValueError } from "@/lib/api/errors/problem";
import { isStorable } from "@/lib/platform/text";

/** The deepest a body may be nested. */
export const MAX_DEPTH = 20;

/**
 * Finds what no field may hold: texts Postgres cannot store, numbers beyond all bounds, and the name
 * `__proto__`. Names at most `MAX_ERRORS` of them. “too deep” when the value is nested too deeply.
 */
export function inspectJson(value: unknown): ValueError[] | "too deep" {
  const errors: ValueError[] = [];
  return inspect(value, [], errors) ? errors : "too deep";
}

/** Adds what is wrong with `value` to `errors`. False when it is nested too deeply. */
function inspect(value: unknown, path: string[], errors: ValueError[]): boolean {
  if (typeof value === "string") checkText(value, path, errors);
  if (typeof value === "number") checkNumber(value, path, errors);
  if (typeof value !== "object" || value === null) return true;
  if (path.length >= MAX_DEPTH) return false;
  for (const [name, inner] of Object.entries(value)) {
    checkName(name, path, errors);
    if (!inspect(inner, [...path, name], errors)) return false;
  }
  return true;
}

function checkText(text: string, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !isStorable(text)) {
    const message = "Contains characters that cannot be stored (NUL or half of a surrogate pair).";
    errors.push({ path: printable(path), message });
  }
}

/** JSON may have numbers of any size. One that is read as infinite would be stored as nothing. */
function checkNumber(number: number, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !Number.isFinite(number)) {
    errors.push({ path: printable(path), message: "This number is too large." });
  }
}

function checkName(name: string, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && (name === "__proto__" || !isStorable(name))) {
    errors.push({ path: printable([...path, name]), message: "This name is not allowed." });
  }
}

function printable(path: string[]): string {
  return path
    .join(".")
    .replaceAll(/\0|\p{Surrogate}/gu, "\ufffd")
    .slice(0, 200);
}
