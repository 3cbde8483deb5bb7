import { z } from "zod";

/** A code from an authenticator app, or a recovery code, as people type them. */
const code = z.string().trim().min(1, "Enter the code.").max(40, "That is too long for a code.");

/** Proof that the right password was given; `startHalfSignIn` makes it. */
const token = z.string().max(100);

export const finishSignInInput = z.strictObject({ token, code });
export type FinishSignInInput = z.infer<typeof finishSignInInput>;

export const codeInput = z.strictObject({ code });
export type CodeInput = z.infer<typeof codeInput>;

/** `sealed` is the secret that `startApp` made, which only the server can read. */
export const confirmAppInput = z.strictObject({ sealed: z.string().max(500), code });
export type ConfirmAppInput = z.infer<typeof confirmAppInput>;

/** For what takes nothing but who asks. */
export const nothingInput = z.strictObject({});
