import { createUser, type KnownUser } from "@/lib/people/accounts/create-workspace";
import { recordAudit } from "@/lib/people/audit/record";
import { hashToken } from "@/lib/people/auth/link-token";
import { commonPasswordFailure, hashPassword } from "@/lib/people/auth/password";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { factorToAskFor, signInFirst } from "@/lib/people/auth/second-factor";
import { type Entry, letIn } from "@/lib/people/auth/session-store";
import { proveIdentity, type Throttled } from "@/lib/people/auth/sign-in";
import type { JoinAsNewcomerInput, JoinWithAccountInput } from "@/lib/people/members/schema";
import { isUniqueViolation } from "@/lib/platform/database/unique-violation";
import {
  type Reader,
  reader,
  type Transaction,
  transact,
} from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Role } from "@/prisma/generated/enums";

/** The state of an invitation link. Only an `open` one lets somebody in; the others say why not. */
export type InvitationState =
  | { state: "unknown" | "expired" | "used" | "revoked" }
  | {
      state: "open";
      email: string;
      role: Role;
      workspaceName: string;
      invitedBy: string;
      expiresAt: Date;
      /** Whether this email has an account already; its password then confirms the person. */
      hasAccount: boolean;
    };

type JoinFailure = "invitation_gone" | "account_exists" | "validation_error" | "second_factor";

type Invitation = { id: string; workspaceId: string; email: string; role: Role };

/** The state of the invitation with this token. */
export async function findInvitation(token: string, now: Date): Promise<InvitationState> {
  const invitation = await reader().invitation.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      email: true,
      role: true,
      invitedBy: true,
      expiresAt: true,
      acceptedAt: true,
      revokedAt: true,
      workspace: { select: { name: true } },
    },
  });
  if (!invitation) return { state: "unknown" };
  const { workspace, acceptedAt, revokedAt, ...facts } = invitation;
  if (acceptedAt) return { state: "used" };
  if (revokedAt) return { state: "revoked" };
  if (facts.expiresAt <= now) return { state: "expired" };
  const accounts = await reader().user.count({ where: { email: facts.email } });
  return { state: "open", ...facts, workspaceName: workspace.name, hasAccount: accounts > 0 };
}

/**
 * Makes an account for the invited email and lets it into the workspace. `account_exists` when the email has
 * one already; the person then joins with that.
 */
export async function joinAsNewcomer(
  { token, name, password }: JoinAsNewcomerInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<Entry, JoinFailure>> {
  const common = commonPasswordFailure("password", password);
  if (common) return common;
  const invitation = await openInvitation(reader(), token, now);
  if (!invitation) return gone();
  const passwordHash = await hashPassword(password);
  const person = { name, email: invitation.email, passwordHash };
  try {
    return await transact(async (tx) => {
      if (!(await claim(tx, invitation, now))) return gone();
      const user = await createUser(tx, person, now);
      return ok(await enter(tx, { invitation, user }, request, now));
    });
  } catch (error) {
    if (isUniqueViolation(error)) return accountExists();
    throw error;
  }
}

/**
 * Lets the person who has an account with the invited email into the workspace, with its password. `second_factor`
 * where the account has one and this browser has not given it.
 */
export async function joinWithAccount(
  { token, password }: JoinWithAccountInput,
  request: RequestFacts,
  now: Date,
): Promise<Result<Entry, JoinFailure> | Throttled> {
  const invitation = await openInvitation(reader(), token, now);
  if (!invitation) return gone();
  const proven = await proveIdentity({ email: invitation.email, password }, request);
  if (!proven.ok) return proven.code === "throttled" ? proven : wrongPassword();
  if (await factorToAskFor(proven.value.id, request)) return signInFirst();
  return await transact(async (tx) => {
    if (!(await claim(tx, invitation, now))) return gone();
    return ok(await enter(tx, { invitation, user: proven.value }, request, now));
  });
}

function isOpen(now: Date) {
  return { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
}

async function openInvitation(
  client: Pick<Reader, "invitation">,
  token: string,
  now: Date,
): Promise<Invitation | null> {
  return await client.invitation.findFirst({
    where: { tokenHash: hashToken(token), ...isOpen(now) },
    select: { id: true, workspaceId: true, email: true, role: true },
  });
}

/** Uses the invitation up. When many try at once, one succeeds. */
async function claim(
  tx: Transaction,
  { id, workspaceId }: Invitation,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id, workspaceId, ...isOpen(now) },
    data: { acceptedAt: now },
  });
  return count === 1;
}

/** Adds the person to the workspace, unless they are in it already, and opens a session there. */
async function enter(
  tx: Transaction,
  { invitation, user }: { invitation: Invitation; user: KnownUser },
  request: RequestFacts,
  now: Date,
): Promise<Entry> {
  const { workspaceId, role } = invitation;
  const place = { workspaceId, userId: user.id };
  const existing = await tx.member.findUnique({
    where: { workspaceId_userId: place },
    select: { id: true },
  });
  if (!existing) {
    const memberId = newId("mem", now);
    await tx.member.create({ data: { id: memberId, ...place, role, createdAt: now } });
    const actor = { workspaceId, memberId, name: user.name, ...request };
    const event = {
      action: "member.joined",
      target: { type: "member", id: memberId, name: user.name },
      changes: { role: { from: null, to: role } },
    } as const;
    await recordAudit(tx, actor, event, now);
  }
  return { workspaceId, ...(await letIn(tx, user, request, now)) };
}

function gone(): Failure<"invitation_gone"> {
  return fail("invitation_gone", "This invitation has been used, revoked, or has expired.");
}

function accountExists(): Failure<"account_exists"> {
  return fail("account_exists", "There is an account with this email now. Reload the page.");
}

function wrongPassword(): Failure<"validation_error"> {
  const message = "That is not the password of this account.";
  return fail("validation_error", message, { password: [message] });
}
