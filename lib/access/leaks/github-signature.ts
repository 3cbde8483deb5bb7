import { verify } from "node:crypto";
import { githubKey } from "@/lib/access/leaks/github-keys";

/** The most characters of an ECDSA P-256 signature in DER (72 bytes), as base64. */
const SIGNATURE_MAX = 96;
const IDENTIFIER_MAX = 200;

/**
 * Whether GitHub's secret scanning signed exactly these bytes: ECDSA on P-256 with SHA-256, as its headers
 * `Github-Public-Key-Identifier` and `Github-Public-Key-Signature` say.
 * https://docs.github.com/en/code-security/secret-scanning/secret-scanning-partner-program
 */
export async function isSignedByGithub(
  headers: Headers,
  body: Uint8Array,
  now: Date,
): Promise<boolean> {
  const identifier = headers.get("github-public-key-identifier") ?? "";
  const signature = headers.get("github-public-key-signature") ?? "";
  if (identifier === "" || identifier.length > IDENTIFIER_MAX) return false;
  if (signature === "" || signature.length > SIGNATURE_MAX) return false;
  const key = await githubKey(identifier, now);
  return key !== null && verify("sha256", body, key, Buffer.from(signature, "base64"));
}
