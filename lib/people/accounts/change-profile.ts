import { EMAIL_CHANGE_HOURS } from "@/lib/people/accounts/limits";
import type { ProfileInput } from "@/lib/people/accounts/schema";
import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";
import { proveOwnPassword, type Throttled, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { HOUR_MS, later } from "@/lib/platform/clock";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { processWide } from "@/lib/platform/process-wide";
import { publicOrigin } from "@/lib/platform/public-origin";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";

/** `mailedTo` is the new email that has a link now; null where the email stays. */
export type ProfileChanged = { mailedTo: string | null };

type ProfileFailure = "validation_error" | "no_mail_server" | "mail_failed";

/** The links to a new email that a person can have mailed within 15 minutes. */
const MAILS_PER_PERSON = 5;

/**
 * Changes the actor's own name at once, and mails a link to a new email, which counts from when it is used. A new
 * email needs the current password. `no_mail_server` where none is set up, `mail_failed` where it did not take
 * the mail.
 */
export async function changeProfile(
  actor: MemberActor,
  input: ProfileInput,
  now: Date,
): Promise<Result<ProfileChanged, ProfileFailure> | Throttled> {
  const asked = input.email === actor.email ? ok(null) : await askForEmail(actor, input, now);
  if (!asked.ok) return asked;
  if (input.name !== actor.name) await rename(actor, input.name, now);
  return ok({ mailedTo: input.email === actor.email ? null : input.email });
}

async function rename(actor: MemberActor, name: string, now: Date): Promise<void> {
  const { userId } = actor;
  await transact(async (tx) => {
    await tx.user.updateMany({ where: { id: userId }, data: { name } });
    const changes = { name: { from: actor.name, to: name } };
    const event = { action: "account.renamed", changes } as const;
    await recordAccountEvent(tx, { id: userId, name }, actor, event, now);
  });
}

async function askForEmail(
  actor: MemberActor,
  { email, currentPassword }: ProfileInput,
  now: Date,
): Promise<Result<null, ProfileFailure> | Throttled> {
  if (!canSendOwnMail()) {
    return fail("no_mail_server", "A new email is confirmed by mail, and this Postern sends none.");
  }
  const proven = await proveOwnPassword(actor.userId, currentPassword);
  if (!proven.ok) return proven.code === "throttled" ? proven : wrongPassword(currentPassword);
  if ((await reader().user.count({ where: { email } })) > 0) return emailTaken();
  const wait = await countOne(mails(), actor.userId);
  if (wait !== null) return throttled(wait);
  const token = newLinkToken();
  const change = {
    email,
    tokenHash: hashToken(token),
    expiresAt: later(now, EMAIL_CHANGE_HOURS * HOUR_MS),
  };
  const { userId } = actor;
  await transact((tx) =>
    tx.emailChange.upsert({ where: { userId }, create: { userId, ...change }, update: change }),
  );
  return await mailLink(actor, email, token);
}

async function mailLink(
  actor: MemberActor,
  email: string,
  token: string,
): Promise<Result<null, "mail_failed">> {
  try {
    const text = letter(actor, token);
    await sendOwnMail({ to: email, subject: "Confirm your new email", text });
    return ok(null);
  } catch (error) {
    log.warn({ err: error, userId: actor.userId }, "a link to a new email could not be mailed");
    return fail("mail_failed", "The mail could not be sent, so your email stays as it is.");
  }
}

function letter({ name, email }: MemberActor, token: string): string {
  return `Hello ${name},

you asked to use this email for your Postern account, instead of ${email}. Confirm it here:

${publicOrigin()}/confirm-email/${token}

The link works once, for ${EMAIL_CHANGE_HOURS} hours. If you did not ask for this, do nothing.
`;
}

function wrongPassword(typed: string): Failure<"validation_error"> {
  const message = typed
    ? "That is not your current password."
    : "A new email needs your current password.";
  return invalidFields({ currentPassword: [message] });
}

function emailTaken(): Failure<"validation_error"> {
  return invalidFields({ email: ["Another account has this email."] });
}

function mails() {
  return processWide("email-change-mails", () => limiter("email-change:user", MAILS_PER_PERSON));
}
