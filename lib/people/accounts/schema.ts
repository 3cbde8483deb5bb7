import { z } from "zod";
import { WORKSPACE_NAME_MAX_LENGTH } from "@/lib/people/accounts/limits";
import {
  accountEmail,
  anyId,
  newPassword,
  personName,
  typedPassword,
} from "@/lib/people/auth/schema";
import { plainText } from "@/lib/platform/text";

/** The name of a workspace, as its members see it. */
export const workspaceName = plainText(WORKSPACE_NAME_MAX_LENGTH).min(
  1,
  "Enter a name, such as your company's.",
);

export const signUpInput = z.strictObject({
  workspaceName,
  name: personName,
  email: accountEmail,
  password: newPassword,
});
export type SignUpInput = z.infer<typeof signUpInput>;

export const changePasswordInput = z.strictObject({
  currentPassword: typedPassword,
  newPassword,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const forgotPasswordInput = z.strictObject({ email: accountEmail });
export type ForgotPasswordInput = z.infer<typeof forgotPasswordInput>;

export const resetPasswordInput = z.strictObject({
  token: z.string().max(100),
  newPassword,
});
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;

/** A person's name and email. The password is asked for where the email is a new one. */
export const profileInput = z.strictObject({
  name: personName,
  email: accountEmail,
  currentPassword: z.union([z.literal(""), typedPassword]),
});
export type ProfileInput = z.infer<typeof profileInput>;

export const confirmEmailInput = z.strictObject({ token: z.string().max(100) });
export type ConfirmEmailInput = z.infer<typeof confirmEmailInput>;

export const endSessionInput = z.strictObject({ sessionId: anyId });
export type EndSessionInput = z.infer<typeof endSessionInput>;

export const chooseWorkspaceInput = z.strictObject({ workspaceId: anyId });
export type ChooseWorkspaceInput = z.infer<typeof chooseWorkspaceInput>;
