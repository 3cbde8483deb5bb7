import { hash, verify } from "@node-rs/argon2";
import commonPasswords from "@/lib/people/auth/common-passwords.json";
import { type Failure, fail } from "@/lib/platform/result";

/** Argon2id (the library's default) with the parameters OWASP names first for 19 MiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** What nobody's password hashes to, made with the same parameters: checking it takes as long as a real one. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$or/L2W0AL/WAR3aSNJ8n+Q$Ztd2wCw9Boaeyc2/+UCtCbT3smPLysr4cdAcYtJ3y8k";

const COMMON = new Set(commonPasswords.map((password) => password.toLowerCase()));

/** The Argon2id hash of `password`, salted, with its parameters in it. All of the password counts. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(typed(password), ARGON2);
}

/**
 * Whether `password` is the one behind `passwordHash`. Where there is no such account (`null`) it answers
 * no after the same work, so that the time taken says nothing about who has an account.
 */
export async function verifyPassword(
  passwordHash: string | null,
  password: string,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? NOBODYS_HASH, typed(password));
  return matches && passwordHash !== null;
}

/** Whether `password` is one of the 10 000 most common, in any mixture of upper and lower case. */
export function isCommonPassword(password: string): boolean {
  return COMMON.has(password.toLowerCase());
}

/** The failure for a new password, typed into `field`, that is too common; null for any other. */
export function commonPasswordFailure(
  field: string,
  password: string,
): Failure<"validation_error"> | null {
  if (!isCommonPassword(password)) return null;
  const message = "This is one of the most common passwords. Choose one that nobody would guess.";
  return fail("validation_error", message, { [field]: [message] });
}

/** Keyboards differ in how they compose the same character (RFC 8265); the hash must not. */
function typed(password: string): string {
  return password.normalize("NFKC");
}
