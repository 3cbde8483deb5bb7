import { Prisma } from "@/prisma/generated/client";

/** Prisma's code for a broken unique constraint, and Postgres's own, which raw queries carry in `meta`. */
const PRISMA_CODE = "P2002";
const SQLSTATE = "23505";

/** Whether a write failed because a row with the same unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return error.code === PRISMA_CODE || JSON.stringify(error.meta ?? {}).includes(SQLSTATE);
}
