import { z } from "zod";
import { workspaceName } from "@/lib/people/accounts/schema";
import {
  accountEmail,
  anyId,
  newPassword,
  personName,
  typedPassword,
} from "@/lib/people/auth/schema";
import { Role } from "@/prisma/generated/enums";

const role = z.enum(Role, "Choose a role.");
/** 32 random bytes as base64url. */
export const invitationToken = z.string().regex(/^[\w-]{43}$/);

/** The page of the list, as the URL says it. */
export const membersQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type MembersQuery = z.infer<typeof membersQuery>;

export const inviteInput = z.strictObject({ email: accountEmail, role });
export type InviteInput = z.infer<typeof inviteInput>;

export const revokeInvitationInput = z.strictObject({ invitationId: anyId });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

export const renameWorkspaceInput = z.strictObject({ workspaceName });
export type RenameWorkspaceInput = z.infer<typeof renameWorkspaceInput>;

export const resetSecondFactorInput = z.strictObject({ memberId: anyId });
export type ResetSecondFactorInput = z.infer<typeof resetSecondFactorInput>;

export const requireSecondFactorInput = z.strictObject({ required: z.boolean() });
export type RequireSecondFactorInput = z.infer<typeof requireSecondFactorInput>;

export const changeRoleInput = z.strictObject({ memberId: anyId, role });
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;

/** The form of a newcomer. Someone who has an account fills in `joinWithAccountInput`. */
export const joinAsNewcomerInput = z.strictObject({
  token: invitationToken,
  name: personName,
  password: newPassword,
});
export type JoinAsNewcomerInput = z.infer<typeof joinAsNewcomerInput>;

export const joinWithAccountInput = z.strictObject({
  token: invitationToken,
  password: typedPassword,
});
export type JoinWithAccountInput = z.infer<typeof joinWithAccountInput>;
