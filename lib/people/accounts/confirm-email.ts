import type { ConfirmEmailInput } from "@/lib/people/accounts/schema";
import { recordAccountEvent } from "@/lib/people/audit/record";
import { hashToken } from "@/lib/people/auth/link-token";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { isUniqueViolation } from "@/lib/platform/database/unique-violation";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { sendOwnMail } from "@/lib/platform/own-mail";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

type Change = { name: string; from: string; to: string };

/** The email that a link confirms. Null for a link that was used, has expired or never was. */
export async function emailOfConfirmLink(token: string, now: Date): Promise<string | null> {
  const change = await reader().emailChange.findFirst({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    select: { email: true },
  });
  return change?.email ?? null;
}

/**
 * Gives the account the email that the link was mailed to, and tells the old one. The link works once:
 * `link_gone` afterwards. `email_taken` where another account has the email meanwhile.
 */
export async function confirmEmail(
  { token }: ConfirmEmailInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<{ email: string }, "link_gone" | "email_taken">> {
  const changed = await storeEmail(token, request, now).catch((error) => {
    if (isUniqueViolation(error)) return fail("email_taken", "Another account has this email now.");
    throw error;
  });
  if (!changed.ok) return changed;
  await tellOldEmail(changed.value);
  return ok({ email: changed.value.to });
}

async function storeEmail(
  token: string,
  request: RequestFacts,
  now: Date,
): Promise<Result<Change, "link_gone">> {
  const link = { tokenHash: hashToken(token), expiresAt: { gt: now } };
  return await transact(async (tx) => {
    const change = await tx.emailChange.findFirst({
      where: link,
      select: { email: true, user: { select: { id: true, name: true, email: true } } },
    });
    const { count } = await tx.emailChange.deleteMany({ where: link });
    if (!change || count === 0) return linkGone();
    const { email: to, user } = change;
    await tx.user.updateMany({ where: { id: user.id }, data: { email: to } });
    await tx.passwordReset.deleteMany({ where: { email: user.email } });
    const changes = { email: { from: user.email, to } };
    const event = { action: "account.email_changed", changes } as const;
    await recordAccountEvent(tx, user, request, event, now);
    return ok({ name: user.name, from: user.email, to });
  });
}

/** The change stands whether or not this mail arrives. */
async function tellOldEmail({ name, from, to }: Change): Promise<void> {
  try {
    await sendOwnMail({ to: from, subject: "Your email was changed", text: letter(name, to) });
  } catch (error) {
    log.warn({ err: error }, "an old email could not be told of the new one");
  }
}

function letter(name: string, to: string): string {
  return `Hello ${name},

your Postern account has a new email: ${to}. Mail about the account goes there from now on, and this email no longer signs in.

If that was not you, tell an owner of your workspace, or whoever runs this Postern, at once.
`;
}

function linkGone(): Failure<"link_gone"> {
  return fail("link_gone", "This link has been used or has expired. Ask for a new one.");
}
