import { RESET_MINUTES } from "@/lib/people/accounts/limits";
import type { ForgotPasswordInput } from "@/lib/people/accounts/schema";
import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { type Throttled, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { networkOf } from "@/lib/platform/address-blocks";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { reader, type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { processWide } from "@/lib/platform/process-wide";
import { publicOrigin } from "@/lib/platform/public-origin";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import { type Failure, fail, ok, type Success } from "@/lib/platform/result";

const REQUESTS_PER_EMAIL = 3;
const REQUESTS_PER_ADDRESS = 20;

/**
 * Asks for a mail with a link to a new password. A job writes it, so that an email with an account and one
 * without get the same answer after the same work. `no_mail_server` where none is set up; `throttled` after
 * three requests for an email, or twenty from an IP address, in 15 minutes.
 */
export async function requestPasswordReset(
  { email }: ForgotPasswordInput,
  request: RequestFacts,
  now: Date,
): Promise<Success<null> | Failure<"no_mail_server"> | Throttled> {
  if (!canSendOwnMail()) {
    return fail("no_mail_server", "This Postern can't send mail. Ask whoever runs it for a link.");
  }
  const wait = await countRequest(email, request.address);
  if (wait !== null) return throttled(wait);
  await transact(async (tx) => {
    const resetId = await createReset(tx, { email, tokenHash: null }, now);
    await enqueueJob(tx, "mail_password_reset", { resetId });
  });
  return ok(null);
}

/**
 * Mails the link of a request to the person with its email, who may not exist. Throws when the mail server does
 * not take it; a later try writes another token, which takes the place of the first.
 */
export async function mailPasswordReset(resetId: string, now: Date): Promise<void> {
  const reset = await reader().passwordReset.findFirst({
    where: { id: resetId, expiresAt: { gt: now } },
    select: { email: true },
  });
  if (!reset) return;
  const { email } = reset;
  const user = await reader().user.findUnique({ where: { email }, select: { name: true } });
  if (!user) return;
  const token = newLinkToken();
  await transact((tx) =>
    tx.passwordReset.updateMany({ where: { id: resetId }, data: { tokenHash: hashToken(token) } }),
  );
  await sendOwnMail({ to: email, subject: "Set a new password", text: letter(user.name, token) });
}

/**
 * A link to a new password for the person with this email, for an operator to hand on. `not_found` where nobody
 * has it.
 */
export async function makeResetLink(email: string, now: Date) {
  const token = newLinkToken();
  return await transact(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (!user) return fail("not_found", `Nobody here has the email ${email}.`);
    await createReset(tx, { email, tokenHash: hashToken(token) }, now);
    return ok(linkTo(token));
  });
}

async function createReset(
  tx: Transaction,
  { email, tokenHash }: { email: string; tokenHash: string | null },
  now: Date,
): Promise<string> {
  const id = newId("pwr", now);
  const expiresAt = later(now, RESET_MINUTES * MINUTE_MS);
  await tx.passwordReset.create({ data: { id, email, tokenHash, createdAt: now, expiresAt } });
  return id;
}

function linkTo(token: string): string {
  return `${publicOrigin()}/forgot-password/${token}`;
}

function letter(name: string, token: string): string {
  return `Hello ${name},

somebody asked for a new password for your Postern account. Set one here:

${linkTo(token)}

The link works once, for ${RESET_MINUTES} minutes. Setting a password signs you out in every browser.

If you did not ask for this, do nothing: your password stays as it is.
`;
}

async function countRequest(email: string, address: string | null): Promise<number | null> {
  const { emails, addresses } = limits();
  const byAddress = address ? await countOne(addresses, networkOf(address)) : null;
  return byAddress ?? (await countOne(emails, email));
}

function limits() {
  return processWide("password-reset-limits", () => ({
    emails: limiter("password-reset:email", REQUESTS_PER_EMAIL),
    addresses: limiter("password-reset:address", REQUESTS_PER_ADDRESS),
  }));
}
