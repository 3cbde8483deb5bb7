import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** Postgres's code for a cancelled statement, such as one that ran out of time. */
const QUERY_CANCELED = "57014";

/**
 * Returns what `read` finds, or null when the database did not find it within `ms`. The embedded database
 * cannot cancel a statement, so there it may take longer; that database is small.
 */
export async function withinTime<T>(
  ms: number,
  read: (tx: Transaction) => Promise<T>,
): Promise<T | null> {
  try {
    return await transact(async (tx) => {
      await tx.$queryRaw`SELECT set_config('statement_timeout', ${`${ms}`}, TRUE)`;
      return await read(tx);
    });
  } catch (error) {
    if (isTimeout(error)) return null;
    throw error;
  }
}

function isTimeout(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return JSON.stringify(error.meta ?? {}).includes(QUERY_CANCELED);
}
