"use server";

import type { MemberActor } from "@/lib/people/auth/actor";
import { memberAction } from "@/lib/people/auth/member-action";
import { writeSessionClaims } from "@/lib/people/auth/session-cookie";
import { strangerAction } from "@/lib/people/auth/stranger-action";
import { changeRole } from "@/lib/people/members/change-role";
import { invite, revokeInvitation } from "@/lib/people/members/invite";
import { joinAsNewcomer, joinWithAccount } from "@/lib/people/members/join";
import { renameWorkspace } from "@/lib/people/members/rename-workspace";
import { requireSecondFactor } from "@/lib/people/members/require-second-factor";
import { resetSecondFactor } from "@/lib/people/members/reset-second-factor";
import {
  type ChangeRoleInput,
  changeRoleInput,
  inviteInput,
  joinAsNewcomerInput,
  joinWithAccountInput,
  renameWorkspaceInput,
  requireSecondFactorInput,
  resetSecondFactorInput,
  revokeInvitationInput,
} from "@/lib/people/members/schema";
import { ok } from "@/lib/platform/result";

const refresh = "/settings/members";

export const inviteAction = memberAction(inviteInput, invite, { refresh });

export const revokeInvitationAction = memberAction(revokeInvitationInput, revokeInvitation, {
  refresh,
});

export const changeRoleAction = memberAction(changeRoleInput, changeRoleHere, { refresh });

/** Every page shows the name. */
export const renameWorkspaceAction = memberAction(renameWorkspaceInput, renameWorkspace, {
  refresh: "/",
});

export const resetSecondFactorAction = memberAction(resetSecondFactorInput, resetSecondFactor, {
  refresh,
});

export const requireSecondFactorAction = memberAction(
  requireSecondFactorInput,
  requireSecondFactor,
  { refresh },
);

/** The invitation's token lets the stranger in. */
export const joinAsNewcomerAction = strangerAction(joinAsNewcomerInput, joinAsNewcomer);

/** The invitation's token and the password of the account that it names let the stranger in. */
export const joinWithAccountAction = strangerAction(joinWithAccountInput, joinWithAccount);

/** A new role ends the member's sessions, so a member who changes their own role gets a new session here. */
async function changeRoleHere(actor: MemberActor, input: ChangeRoleInput, now: Date) {
  const changed = await changeRole(actor, input, now);
  if (!changed.ok) return changed;
  if (changed.value.renewed) await writeSessionClaims(changed.value.renewed);
  return ok(null);
}
