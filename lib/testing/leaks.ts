import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { receiveLeak } from "@/lib/access/leaks/receive-leak";
import { type FoundSecret, takeReports } from "@/lib/access/leaks/take-reports";
import { db } from "@/lib/platform/database/unit-of-work";
import type { LeakSource } from "@/prisma/generated/enums";

/** Reports a found secret, and deals with the report as its job does. */
export async function reported(
  found: FoundSecret,
  at: Date,
  source: LeakSource = "anybody",
): Promise<void> {
  await takeReports([found], source, at);
  await receiveReports(found.secret, at);
}

/** Deals with the reports of a secret that wait, as their jobs do. */
export async function receiveReports(secret: string, at: Date): Promise<void> {
  const where = { secretHash: hashSecret(secret) };
  for (const { id } of await db().leakReport.findMany({ where })) await receiveLeak(id, at);
}
