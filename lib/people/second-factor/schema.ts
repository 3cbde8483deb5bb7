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

/** The longest of these is an attestation, which we do not ask for but some authenticators send. */
const base64url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*$/);
/** A credential's id has at most 1023 bytes (WebAuthn, section 4). */
const credentialId = base64url.max(1_364);

/** What a browser sends after it made a passkey, as far as it is read here. */
export const addPasskeyInput = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(30)).max(10).default([]),
  }),
});
export type AddPasskeyInput = z.infer<typeof addPasskeyInput>;

/** What a browser sends after a passkey signed a challenge, as far as it is read here. */
export const passkeyAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
  }),
});
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>;

export const signInTokenInput = z.strictObject({ token });
export type SignInTokenInput = z.infer<typeof signInTokenInput>;

export const finishWithPasskeyInput = z.strictObject({ token, answer: passkeyAnswer });
export type FinishWithPasskeyInput = z.infer<typeof finishWithPasskeyInput>;

export const removePasskeyInput = z.strictObject({ passkeyId: credentialId });
export type RemovePasskeyInput = z.infer<typeof removePasskeyInput>;
