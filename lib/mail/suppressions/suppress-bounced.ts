import { emailHash } from "@/lib/mail/address/email-hash";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

type Bounced = { workspaceId: string; environment: Environment; emailId: string };

/** Keeps further mail from addresses that bounced. Those that are suppressed for it already stay so. */
export async function suppressBounced(
  tx: Transaction,
  { workspaceId, environment, emailId }: Bounced,
  addresses: readonly string[],
  now: Date,
): Promise<void> {
  if (addresses.length === 0) return;
  await tx.suppression.createMany({
    data: addresses.map((email) => ({
      workspaceId,
      environment,
      email,
      emailId,
      reason: "bounced" as const,
      createdAt: now,
      emailHash: emailHash(workspaceId, email),
    })),
    skipDuplicates: true,
  });
}
