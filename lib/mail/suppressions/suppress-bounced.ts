import { emailHash } from "@/lib/mail/address/email-hash";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

/** A mailbox that does not exist, as a mail server said of an email to it. */
export type Bounced = {
  workspaceId: string;
  environment: Environment;
  emailId: string;
  email: string;
};

/** Suppresses emails that bounced. An email that is suppressed for a bounce already keeps its entry. */
export async function suppressBounced(
  tx: Transaction,
  bounced: readonly Bounced[],
  now: Date,
): Promise<void> {
  if (bounced.length === 0) return;
  await tx.suppression.createMany({
    data: bounced.map((one) => ({
      ...one,
      reason: "bounced" as const,
      createdAt: now,
      emailHash: emailHash(one.workspaceId, one.email),
    })),
    skipDuplicates: true,
  });
}
