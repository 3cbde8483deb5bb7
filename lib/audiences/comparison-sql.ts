import type { Comparison } from "@/lib/audiences/schema";
import { literally } from "@/lib/database/like";
import { Prisma } from "@/prisma/generated/client";

/** What texts read as numbers: so few digits that Postgres and JavaScript agree about them. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** An SQL condition that compares a column of text; never null, whatever the column is. */
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

/**
 * An SQL condition that compares a value inside of JSON; never null, also where there is none. Lists and
 * objects exist, but equal and contain nothing. Numbers are compared as such, also with texts that read as one.
 */
export function compareJson(json: Prisma.Sql, { operator, value }: Comparison): Prisma.Sql {
  switch (operator) {
    case "exists":
      return Prisma.sql`COALESCE(jsonb_typeof(${json}) <> 'null', FALSE)`;
    case "missing":
      return Prisma.sql`COALESCE(jsonb_typeof(${json}) = 'null', TRUE)`;
    case "equals":
      return equalJson(json, value);
    case "not_equals":
      return Prisma.sql`NOT ${equalJson(json, value)}`;
    case "more_than":
      return sure(Prisma.sql`${numberIn(json)} > ${String(value)}::text::numeric`);
    case "at_least":
      return sure(Prisma.sql`${numberIn(json)} >= ${String(value)}::text::numeric`);
    case "less_than":
      return sure(Prisma.sql`${numberIn(json)} < ${String(value)}::text::numeric`);
    case "at_most":
      return sure(Prisma.sql`${numberIn(json)} <= ${String(value)}::text::numeric`);
    default:
      return compareText(textIn(json), { operator, value });
  }
}

function equalJson(json: Prisma.Sql, value: Comparison["value"]): Prisma.Sql {
  const text = String(value);
  const same = Prisma.sql`lower(${textIn(json)}) = lower(${text})`;
  if (typeof value !== "number" && !NUMBER.test(text)) return sure(same);
  const sameNumber = Prisma.sql`${json} = to_jsonb(${text}::text::numeric)`;
  return sure(Prisma.sql`(${same} OR ${sameNumber})`);
}

/** The text of a JSON text, number, true or false; null for anything else. */
function textIn(json: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    CASE WHEN jsonb_typeof(${json}) IN ('string', 'number', 'boolean') THEN ${json} #>> '{}' END`;
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

/** What is not known to be true counts as false, so that a “not” before it holds for everybody else. */
function sure(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(${condition}, FALSE)`;
}
