import type { z } from "zod";

/** Names of unknown fields that a message has, and the characters of each: both are the caller's. */
const NAMES_SHOWN = 20;
const NAME_SHOWN_MAX = 100;

const UNUSABLE = "This value cannot be used here.";

/** The request for another value, by the kind of value a schema expects. */
const KINDS: Readonly<Record<string, string>> = {
  string: "Use a text.",
  number: "Use a number.",
  int: "Use a whole number.",
  boolean: "Use true or false.",
  array: "Use a list.",
  object: "Use an object.",
  record: "Use an object.",
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "Use a time such as 2026-11-23T14:03:00Z.",
  date: "Use a day such as 2026-11-23.",
  email: "This is not an e-mail address.",
  url: "This is not a web address.",
};

/**
 * Says what is wrong with a value, where the schema has no words of its own: zod's defaults speak to
 * programmers. Set once for all schemas, in `lib/platform/text.ts`.
 */
export function plainIssue(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "This field is required."
        : (KINDS[issue.expected] ?? UNUSABLE);
    case "too_big":
      return `Use at most ${amount(issue.origin, issue.maximum)}.`;
    case "too_small":
      return `Use at least ${amount(issue.origin, issue.minimum)}.`;
    case "invalid_value":
      return issue.values.length === 1
        ? `Use ${String(issue.values[0])}.`
        : `Use one of: ${issue.values.map(String).join(", ")}.`;
    case "invalid_format":
      return FORMATS[issue.format] ?? "This is not written as it should be.";
    case "unrecognized_keys":
      return `Not known here: ${issue.keys.slice(0, NAMES_SHOWN).map(cut).join(", ")}.`;
    case "invalid_key":
    case "invalid_element":
      return issue.issues[0]?.message ?? UNUSABLE;
    case "invalid_union":
      return ofUnion(issue);
    default:
      return UNUSABLE;
  }
}

function cut(name: string): string {
  return name.length > NAME_SHOWN_MAX ? `${name.slice(0, NAME_SHOWN_MAX)}…` : name;
}

function amount(origin: string, count: number | bigint): string {
  const one = count === 1;
  if (origin === "string") return one ? "1 character" : `${count} characters`;
  const isCounted =
    origin === "array" || origin === "set" || origin === "map" || origin === "object";
  if (isCounted) return one ? "1 entry" : `${count} entries`;
  return `${count}`;
}

/** The words of the one choice that takes this kind of value; for any other kind, the list of choices. */
function ofUnion(issue: z.core.$ZodRawIssue & { code: "invalid_union" }): string {
  if (issue.input === undefined) return "This field is required.";
  if (Array.isArray(issue.options)) return `Use one of: ${issue.options.map(String).join(", ")}.`;
  const ofItsKind = issue.errors.filter(
    ([first]) => first && !(first.code === "invalid_type" && first.path.length === 0),
  );
  return (ofItsKind.length === 1 ? ofItsKind[0]?.[0]?.message : undefined) ?? UNUSABLE;
}
