import { type Letter, mailPerson } from "@/lib/people/auth/mail-person";
import { countOne, GUESSES_BEFORE_MAIL, limiter } from "@/lib/people/auth/sign-in-throttle";
import { DAY_MS } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { processWide } from "@/lib/platform/process-wide";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import type { TaskPayloads } from "@/lib/platform/queue/tasks";

type Guessed = TaskPayloads["mail_guessing_warning"]["at"];

/**
 * Has the owner of an account told, at most once a day, that somebody guesses at their password, or has it and
 * guesses at the second factor. Nothing without a mail server.
 */
export async function warnOfGuessing(userId: string, at: Guessed): Promise<void> {
  if (!canSendOwnMail() || (await countOne(warnings(), `${userId} ${at}`)) !== null) return;
  await transact((tx) => enqueueJob(tx, "mail_guessing_warning", { userId, at }));
}

/** Mails the warning to the owner of the account. Throws when the mail server does not take it. */
export async function mailGuessingWarning(userId: string, at: Guessed): Promise<void> {
  await mailPerson(userId, LETTERS[at]);
}

const LETTERS: Record<Guessed, Letter> = {
  password: (name) => ({
    subject: "Somebody is guessing your password",
    text: `Hello ${name},

somebody gave ${GUESSES_BEFORE_MAIL} wrong passwords for your Postern account within a quarter of an hour. They are slowed down, and you are not: where you have signed in before, you still can.

If that was you, there is nothing to do. If you can't remember the password, set a new one here:

${publicOrigin()}/forgot-password

If it was not you, make sure that nobody could guess your password, and that you use it nowhere else.
`,
  }),
  second_factor: (name) => ({
    subject: "Somebody has your password",
    text: `Hello ${name},

somebody gave the right password of your Postern account, and then several wrong codes. They are not in: your second factor kept them out.

If that was you, wait a quarter of an hour and try again. If it was not you, set a new password now, and change it wherever else you use it:

${publicOrigin()}/forgot-password
`,
  }),
};

function warnings() {
  return processWide("guessing-warnings", () => limiter("guessing-warning:account", 1, DAY_MS));
}
