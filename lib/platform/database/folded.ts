import { Prisma } from "@/prisma/generated/client";

/** SQL for a text without case, accents and ligatures, which the database computes and indexes by. */
export function folded(text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`folded(${text})`;
}

/** SQL for the LIKE pattern of folded texts that begin with what somebody typed. */
export function foldedPrefix(typed: string): Prisma.Sql {
  // Escaped after folding, which turns wide signs into the ASCII ones that LIKE reads as wildcards.
  return Prisma.sql`regexp_replace(folded(${typed}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`;
}
