import { Prisma } from "@/prisma/generated/client";

/** The columns a query is sorted by, all in one direction. */
export type SqlOrder = { columns: readonly Prisma.Sql[]; direction: "asc" | "desc" };

/** An SQL condition that is true for the rows beyond a place. `place` has a value, with its cast, for each column. */
export function beyond({ columns, direction }: SqlOrder, place: readonly Prisma.Sql[]): Prisma.Sql {
  const isBeyond = direction === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${Prisma.join(columns)}) ${isBeyond} (${Prisma.join(place)})`;
}

/** The SQL after “ORDER BY”. */
export function orderBy({ columns, direction }: SqlOrder): Prisma.Sql {
  const way = direction === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.join(columns.map((column) => Prisma.sql`${column} ${way}`));
}
