import type { Comparison } from "@/lib/mail/audiences/schema";
import { folded } from "@/lib/platform/database/folded";
import { Prisma } from "@/prisma/generated/client";

/** Texts that are read as numbers. They have few digits, so that Postgres and JavaScript agree about them. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** SQL for the form in which two texts are compared. */
type Form = (text: Prisma.Sql) => Prisma.Sql;

/** The form of emails: two that differ by an accent are two people's. */
export const withoutCase: Form = (text) => Prisma.sql`lower(${text})`;

/**
 * An SQL condition that compares a column of text, without regard to case and accents where `form` says nothing
 * else. It is never null, even where the column is.
 */
export function compareText(
  column: Prisma.Sql,
  { operator, value }: Comparison,
  form: Form = folded,
): Prisma.Sql {
  const [text, given] = [form(column), form(Prisma.sql`${String(value)}`)];
  switch (operator) {
    case "exists":
      return Prisma.sql`${column} IS NOT NULL`;
    case "missing":
      return Prisma.sql`${column} IS NULL`;
    case "equals":
      return sure(Prisma.sql`${text} = ${given}`);
    case "not_equals":
      return Prisma.sql`NOT ${sure(Prisma.sql`${text} = ${given}`)}`;
    case "contains":
      return sure(Prisma.sql`strpos(${text}, ${given}) > 0`);
    case "not_contains":
      return Prisma.sql`NOT ${sure(Prisma.sql`strpos(${text}, ${given}) > 0`)}`;
    case "starts_with":
      return sure(Prisma.sql`starts_with(${text}, ${given})`);
    case "ends_with":
      return sure(Prisma.sql`right(${text}, length(${given})) = ${given}`);
    default:
      throw new Error(`Texts are not compared by ${operator}.`);
  }
}

/** A value inside JSON: the value itself, and its text, which is null for lists, objects and missing values. */
type Inside = { json: Prisma.Sql; text: Prisma.Sql };

/** A value in a map without lists and objects, such as a contact's properties. */
export function inFlatMap(map: Prisma.Sql, name: string): Inside {
  return {
    json: Prisma.sql`(${map} -> ${name}::text)`,
    text: Prisma.sql`(${map} ->> ${name}::text)`,
  };
}

/** A value at a path in any JSON, such as a contact event's payload. Ruling out lists and objects costs time. */
export function inJson(root: Prisma.Sql, path: readonly string[]): Inside {
  const json = Prisma.sql`(${root} #> ${path}::text[])`;
  const text = Prisma.sql`
    CASE WHEN jsonb_typeof(${json}) IN ('string', 'number', 'boolean') THEN ${json} #>> '{}' END`;
  return { json, text };
}

/**
 * An SQL condition that compares a value inside JSON. It is never null, even where the value is missing. Lists
 * and objects exist, but equal and contain nothing. Numbers are compared as numbers, also with texts that read
 * as one.
 */
export function compareInside(inside: Inside, { operator, value }: Comparison): Prisma.Sql {
  const { json, text } = inside;
  switch (operator) {
    case "exists":
      return Prisma.sql`COALESCE(jsonb_typeof(${json}) <> 'null', FALSE)`;
    case "missing":
      return Prisma.sql`COALESCE(jsonb_typeof(${json}) = 'null', TRUE)`;
    case "equals":
      return equalTo(inside, value);
    case "not_equals":
      return Prisma.sql`NOT ${equalTo(inside, value)}`;
    case "more_than":
      return sure(Prisma.sql`${numberIn(json)} > ${String(value)}::text::numeric`);
    case "at_least":
      return sure(Prisma.sql`${numberIn(json)} >= ${String(value)}::text::numeric`);
    case "less_than":
      return sure(Prisma.sql`${numberIn(json)} < ${String(value)}::text::numeric`);
    case "at_most":
      return sure(Prisma.sql`${numberIn(json)} <= ${String(value)}::text::numeric`);
    default:
      return compareText(text, { operator, value });
  }
}

function equalTo({ json, text }: Inside, value: Comparison["value"]): Prisma.Sql {
  const given = String(value);
  const same = Prisma.sql`${folded(text)} = ${folded(Prisma.sql`${given}`)}`;
  if (typeof value !== "number" && !NUMBER.test(given)) return sure(same);
  const sameNumber = Prisma.sql`${json} = to_jsonb(${given}::text::numeric)`;
  return sure(Prisma.sql`(${same} OR ${sameNumber})`);
}

/** The number in a JSON number or in a text that reads as one; null for anything else. */
function numberIn(json: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN jsonb_typeof(${json}) = 'number' THEN (${json})::numeric
      WHEN jsonb_typeof(${json}) = 'string' AND ${json} #>> '{}' ~ ${NUMBER.source}
        THEN (${json} #>> '{}')::numeric
    END`;
}

/** Turns an unknown (null) into false, so that a “not” before the condition is true for every other contact. */
function sure(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(${condition}, FALSE)`;
}
