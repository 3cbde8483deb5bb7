import type { Comparison } from "@/lib/mail/audiences/schema";
import { literally } from "@/lib/platform/database/like";
import { Prisma } from "@/prisma/generated/client";

/** Texts that are read as numbers. They have few digits, so that Postgres and JavaScript agree about them. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** An SQL condition that compares a column of text. It is never null, even where the column is. */
export function compareText(column: Prisma.Sql, { operator, value }: Comparison): Prisma.Sql {
  const text = String(value);
  switch (operator) {
    case "exists":
      return Prisma.sql`${column} IS NOT NULL`;
    case "missing":
      return Prisma.sql`${column} IS NULL`;
    case "equals":
      return sure(Prisma.sql`lower(${column}) = lower(${text})`);
    case "not_equals":
      return Prisma.sql`NOT ${sure(Prisma.sql`lower(${column}) = lower(${text})`)}`;
    case "contains":
      return like(column, `%${literally(text)}%`);
    case "not_contains":
      return Prisma.sql`NOT ${like(column, `%${literally(text)}%`)}`;
    case "starts_with":
      return like(column, `${literally(text)}%`);
    case "ends_with":
      return like(column, `%${literally(text)}`);
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
  const same = Prisma.sql`lower(${text}) = lower(${given})`;
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

function like(column: Prisma.Sql, pattern: string): Prisma.Sql {
  return sure(Prisma.sql`lower(${column}) LIKE lower(${pattern})`);
}

/** Turns an unknown (null) into false, so that a “not” before the condition is true for every other contact. */
function sure(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(${condition}, FALSE)`;
}
