import { z } from "zod";
import { NOTHING, PASSWORD_MIN_LENGTH, PERSON_NAME_MAX_LENGTH } from "@/lib/people/auth/limits";
import {
  boundedText,
  invisibleFault,
  isStorable,
  plainText,
  trimInvisible,
} from "@/lib/platform/text";
export const PASSWORD_MAX_LENGTH = 1024;
const EMAIL_MAX_LENGTH = 254;

/** Text in the form of our ids (`mem_…`). */
export const anyId = z.string().regex(/^[a-z]{3}_[0-9a-z]{1,60}$/, "This is not an id.");

/** A member's email as it is stored and compared: without surrounding space, in lower case. */
export const accountEmail = boundedText(EMAIL_MAX_LENGTH)
  .overwrite(trimInvisible)
  .toLowerCase()
  .pipe(
    z.email({
      error: ({ input }) =>
        invisibleFault(String(input)) ?? "Enter an email address such as anna@example.com.",
    }),
  );

/** A person's name as others see it. */
export const personName = plainText(PERSON_NAME_MAX_LENGTH).min(1, "Enter your name.");

/** A password that someone chooses. The server also checks it against its list of common ones. */
export const newPassword = boundedText(PASSWORD_MAX_LENGTH)
  .refine((password) => [...password].length >= PASSWORD_MIN_LENGTH, {
    message: `Use at least ${PASSWORD_MIN_LENGTH} characters. Three or four random words work well.`,
  })
  .refine(isStorable, "Contains characters that cannot be stored.");

/** A password that someone types to prove who they are: any text that could ever have been accepted. */
export const typedPassword = boundedText(PASSWORD_MAX_LENGTH).min(1, "Enter your password.");
export const nothingInput = z.literal(NOTHING);

export const signInInput = z.strictObject({ email: accountEmail, password: typedPassword });
export type SignInInput = z.infer<typeof signInInput>;
