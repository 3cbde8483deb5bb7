import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { enqueueJobs, type NewJob } from "@/lib/platform/queue/enqueue";
import type { LeakSource } from "@/prisma/generated/enums";

/** A secret that was found, and the URL where; "" where nobody said. */
export type FoundSecret = { secret: string; url: string };

/**
 * Takes reports of found secrets in, for `receiveLeak` to deal with a moment later. It does the same for a secret that
 * nobody has, and looks at no key, so that neither its answer nor its time says whether a secret is good. Of the secret
 * only the hash is stored.
 */
export async function takeReports(
  found: readonly FoundSecret[],
  source: LeakSource,
  now: Date,
): Promise<void> {
  const reports = found.map(({ secret, url }) => {
    return { id: newId("lkr", now), secretHash: hashSecret(secret), source, url, receivedAt: now };
  });
  const jobs = reports.map(({ id }): NewJob => {
    return { task: "receive_leak", payload: { reportId: id }, priority: AHEAD_OF_MAIL };
  });
  await transact(async (tx) => {
    await tx.leakReport.createMany({ data: reports });
    await enqueueJobs(tx, jobs);
  });
}

/** A leaked key must not work on until a queue of emails is through. */
const AHEAD_OF_MAIL = -10;
