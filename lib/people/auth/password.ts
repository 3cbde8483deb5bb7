import { hash, verify } from "@node-rs/argon2";
import commonPasswords from "@/lib/people/auth/common-passwords.json";
import { type Failure, fail } from "@/lib/platform/result";

/** Argon2id (the library's default) with the parameters OWASP names first for 19 MiB. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash that no password matches, with the same parameters, so that checking it takes as long as a real one. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$or/L2W0AL/WAR3aSNJ8n+Q$Ztd2wCw9Boaeyc2/+UCtCbT3smPLysr4cdAcYtJ3y8k";

const COMMON = new Set(commonPasswords.map((password) => password.toLowerCase()));

/** The salted Argon2id hash of the whole `password`, with its parameters in it. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(typed(password), ARGON2);
}

/**
 * Whether `passwordHash` was made from `password`. Where there is no such account (`null`), the answer is no
 * after the same work, so that the time taken does not tell who has an account.
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

/** The failure where the new password typed into `field` is too common; null for any other. */
export function commonPasswordFailure(
  field: string,
  password: string,
): Failure<"validation_error"> | null {
  if (!isCommonPassword(password)) return null;
  const message = "This is one of the most common passwords. Choose one that nobody would guess.";
  return fail("validation_error", message, { [field]: [message] });
}

/** Keyboards compose the same character in different ways (RFC 8265); all must give the same hash. */
function typed(password: string): string {
  return password.normalize("NFKC");
}
