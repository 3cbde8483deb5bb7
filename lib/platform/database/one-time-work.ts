import { MINUTE_MS } from "@/lib/platform/clock";
import { db, type Transaction, transact } from "@/lib/platform/database/unit-of-work";

/** Time such work may take: it reads whole tables of a large installation. */
const WORK_MS = 15 * MINUTE_MS;

/**
 * Does a piece of work on stored data once in the life of a database, in one transaction with the note that it is
 * done. Of several processes that start at once, one does it and the others wait for it.
 */
export async function doOnce(
  name: string,
  work: (tx: Transaction) => Promise<void>,
  now: Date,
): Promise<void> {
  if ((await db().oneTimeWork.count({ where: { name } })) > 0) return;
  await transact(async (tx) => {
    const { count } = await tx.oneTimeWork.createMany({
      data: [{ name, doneAt: now }],
      skipDuplicates: true,
    });
    if (count > 0) await work(tx);
  }, WORK_MS);
}
