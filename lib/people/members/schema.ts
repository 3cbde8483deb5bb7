import { z } from "zod";
import {
  anyId,
  emailAddress,
  newPassword,
  personName,
  typedPassword,
} from "@/lib/people/auth/schema";
import { Role } from "@/prisma/generated/enums";

export const INVITATION_DAYS = 7;

const role = z.enum(Role, "Choose a role.");
/** 32 random bytes as base64url. */
export const invitationToken = z.string().regex(/^[\w-]{43}$/);

/** The list's place as it stands in the URL. */
export const membersQuery = z.object({
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type MembersQuery = z.infer<typeof membersQuery>;

export const inviteInput = z.strictObject({ email: emailAddress, role });
export type InviteInput = z.infer<typeof inviteInput>;

export const revokeInvitationInput = z.strictObject({ invitationId: anyId });
export type RevokeInvitationInput = z.infer<typeof revokeInvitationInput>;

export const changeRoleInput = z.strictObject({ memberId: anyId, role });
export type ChangeRoleInput = z.infer<typeof changeRoleInput>;

/** What a newcomer types, and what someone who has an account does. */
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
