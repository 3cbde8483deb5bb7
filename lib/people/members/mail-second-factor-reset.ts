import { mailPerson } from "@/lib/people/auth/mail-person";
import type { Transaction } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { TaskPayloads } from "@/lib/platform/queue/tasks";

type Resetter = TaskPayloads["mail_second_factor_reset"]["by"];

const WHO: Record<Resetter, string> = {
  colleague: "an owner or admin of your workspace",
  operator: "whoever runs Postern",
};

/** Queues a mail to the person whose second factor was reset. Answers whether there is a mail server to send it. */
export async function tellOfReset(tx: Transaction, userId: string, by: Resetter): Promise<boolean> {
  if (!canSendOwnMail()) return false;
  await enqueueJob(tx, "mail_second_factor_reset", { userId, by });
  return true;
}

/** Mails a person that their second factor was reset. Throws when the mail server does not take it. */
export async function mailSecondFactorReset(userId: string, by: Resetter): Promise<void> {
  await mailPerson(userId, (name) => ({
    subject: "Your second factor was reset",
    text: textFor(name, WHO[by]),
  }));
}

function textFor(name: string, who: string): string {
  return `Hello ${name},

${who} took the second factor off your Postern account. You are signed out everywhere, and your password alone lets you in.

Sign in and set up a new second factor on your account page:

${publicOrigin()}/settings/account

If you did not ask for this, set a new password now, and tell your admins:

${publicOrigin()}/forgot-password
`;
}
