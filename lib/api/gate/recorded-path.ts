import { pathWithoutSecrets } from "@/lib/api/gate/key-in-url";

const MAX_PATH = 512;
const EMAIL_MARK = "{email}";
/** An “@”, percent-encoded any number of times. */
const AT = /@|%(?:25)*40/i;

/**
 * A call's path as activity keeps it: without keys, and with a mark where it names somebody by email. Activity
 * outlives contacts, and a deleted contact's email must not stay in it (GDPR, Art. 17).
 */
export function recordedPath(path: string): string {
  return withoutEmails(pathWithoutSecrets(path)).slice(0, MAX_PATH);
}

function withoutEmails(path: string): string {
  if (!AT.test(path)) return path;
  const parts = path.split("/");
  return parts.map((part) => (AT.test(part) ? EMAIL_MARK : part)).join("/");
}
