import type { MemberActor } from "@/lib/people/auth/actor";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { roleLabel } from "@/lib/people/members/roles";
import { longInstant } from "@/lib/platform/format/time";
import { log } from "@/lib/platform/log";
import { canSendOwnMail, sendOwnMail } from "@/lib/platform/own-mail";
import { processWide } from "@/lib/platform/process-wide";
import { publicOrigin } from "@/lib/platform/public-origin";
import type { Role } from "@/prisma/generated/enums";

/**
 * Whether the person invited was mailed the link: `none` where no mail server is set up, `failed` where it did
 * not take the mail or the workspace mailed too many invitations.
 */
export type InvitationMail = "sent" | "failed" | "none";

/** The invitations that a workspace can mail within 15 minutes: more would be a way to send spam. */
const MAILS_PER_WORKSPACE = 50;

type Invitation = { email: string; role: Role; path: string; expiresAt: Date };

/** Mails the link to the person invited. Waits for the mail server's answer, so that whoever invites hears of it. */
export async function mailInvitation(
  actor: MemberActor,
  invitation: Invitation,
): Promise<InvitationMail> {
  if (!canSendOwnMail()) return "none";
  if ((await countOne(mails(), actor.workspaceId)) !== null) return "failed";
  try {
    await sendOwnMail({
      to: invitation.email,
      subject: `${actor.name} invited you to ${actor.workspaceName}`,
      text: letter(actor, invitation),
    });
    return "sent";
  } catch (error) {
    log.warn({ err: error, workspaceId: actor.workspaceId }, "an invitation could not be mailed");
    return "failed";
  }
}

function letter(actor: MemberActor, { email, role, path, expiresAt }: Invitation): string {
  return `Hello,

${actor.name} invited you to the workspace ${actor.workspaceName}, as ${roleLabel(role).toLowerCase()}. Join here:

${publicOrigin()}${path}

The link works once, until ${longInstant(expiresAt)}, and only for ${email}.

If you don't know ${actor.name}, do nothing: nobody joins without the link.
`;
}

function mails() {
  return processWide("invitation-mails", () =>
    limiter("invitation:workspace", MAILS_PER_WORKSPACE),
  );
}
