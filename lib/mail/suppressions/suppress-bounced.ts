import { emailHash } from "@/lib/mail/address/email-hash";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

type Bounced = { workspaceId: string; environment: Environment; emailId: string };

/** Suppresses emails that bounced. An email that is suppressed for a bounce already keeps its entry. */
export async function suppressBounced(
  tx: Transaction,
  { workspaceId, environment, emailId }: Bounced,
  emails: readonly string[],
  now: Date,
): Promise<void> {
  if (emails.length === 0) return;
  await tx.suppression.createMany({
    data: emails.map((email) => ({
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
