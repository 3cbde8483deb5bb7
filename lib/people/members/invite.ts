import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { hashToken, newLinkToken } from "@/lib/people/auth/link-token";
import { type ConfirmationNeeded, needsConfirmation } from "@/lib/people/auth/second-factor";
import { INVITATION_DAYS } from "@/lib/people/members/limits";
import { type InvitationMail, mailInvitation } from "@/lib/people/members/mail-invitation";
import type { InviteInput, RevokeInvitationInput } from "@/lib/people/members/schema";
import { canManage, lockMembers } from "@/lib/people/members/standing";
import { DAY_MS, later } from "@/lib/platform/clock";
import { type Reader, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { fail, ok, type Result } from "@/lib/platform/result";

/** A link for the person invited, and whether they were mailed it. Only this value holds its token. */
export type Invited = NewInvitation & { mail: InvitationMail };

type NewInvitation = { path: string; email: string; expiresAt: Date };
type InviteFailure = "not_found" | "already_member";

/**
 * Makes a link with which one person can join, once and within seven days, and mails it where there is a mail
 * server. An earlier unused link for the same email stops working. Only owners invite owners (`not_found` for
 * others).
 */
export async function invite(
  actor: MemberActor,
  input: InviteInput,
  now: Date,
): Promise<Result<Invited, InviteFailure> | ConfirmationNeeded> {
  const made = await makeInvitation(actor, input, now);
  if (!made.ok) return made;
  return ok({ ...made.value, mail: await mailInvitation(actor, { ...input, ...made.value }) });
}

async function makeInvitation(
  actor: MemberActor,
  { email, role }: InviteInput,
  now: Date,
): Promise<Result<NewInvitation, InviteFailure> | ConfirmationNeeded> {
  const token = newLinkToken();
  const id = newId("inv", now);
  const expiresAt = later(now, INVITATION_DAYS * DAY_MS);
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const actorRole = await lockMembers(tx, actor);
    if (!actorRole || !canManage({ role: actorRole }, role))
      return fail("not_found", "There is no such page.");
    if (await isMember(tx, workspaceId, email)) return alreadyMember();
    const refusal = needsConfirmation(actor, now);
    if (refusal) return refusal;
    await tx.invitation.updateMany({
      where: { workspaceId, email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const tokenHash = hashToken(token);
    const invitedBy = actor.name;
    await tx.invitation.create({
      data: { id, workspaceId, email, role, tokenHash, invitedBy, createdAt: now, expiresAt },
    });
    const event = {
      action: "member.invited",
      target: { type: "invitation", id, name: email },
      changes: { role: { from: null, to: role } },
    } as const;
    await recordAudit(tx, actor, event, now);
    return ok({ path: `/invite/${token}`, email, expiresAt });
  });
}

/** Makes an unused link stop working. `not_found` also when it was used or revoked in the meantime. */
export async function revokeInvitation(
  actor: MemberActor,
  { invitationId }: RevokeInvitationInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  const gone = fail("not_found", "There is no such invitation any more.");
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const actorRole = await lockMembers(tx, actor);
    const invitation = await tx.invitation.findFirst({
      where: { id: invitationId, workspaceId },
      select: { email: true, role: true },
    });
    if (!actorRole || !invitation || !canManage({ role: actorRole }, invitation.role)) return gone;
    const { count } = await tx.invitation.updateMany({
      where: { id: invitationId, workspaceId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) return gone;
    const target = { type: "invitation", id: invitationId, name: invitation.email } as const;
    await recordAudit(tx, actor, { action: "member.invitation_revoked", target }, now);
    return ok(null);
  });
}

async function isMember(tx: Reader, workspaceId: string, email: string): Promise<boolean> {
  return (await tx.member.count({ where: { workspaceId, user: { email } } })) > 0;
}

function alreadyMember() {
  const message = "This person is a member already.";
  return fail("already_member", message, { email: [message] });
}
