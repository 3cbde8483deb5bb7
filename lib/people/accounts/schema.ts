import { z } from "zod";
import {
  accountEmail,
  anyId,
  newPassword,
  personName,
  typedPassword,
} from "@/lib/people/auth/schema";
import { plainText } from "@/lib/platform/text";

export const WORKSPACE_NAME_MAX_LENGTH = 80;

export const signUpInput = z.strictObject({
  workspaceName: plainText(WORKSPACE_NAME_MAX_LENGTH).min(
    1,
    "Enter a name, such as your company's.",
  ),
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

/** The minutes for which a link to a new password works. */
export const RESET_MINUTES = 30;

export const forgotPasswordInput = z.strictObject({ email: accountEmail });
export type ForgotPasswordInput = z.infer<typeof forgotPasswordInput>;

export const resetPasswordInput = z.strictObject({
  token: z.string().max(100),
  newPassword,
});
export type ResetPasswordInput = z.infer<typeof resetPasswordInput>;

export const chooseWorkspaceInput = z.strictObject({ workspaceId: anyId });
export type ChooseWorkspaceInput = z.infer<typeof chooseWorkspaceInput>;
