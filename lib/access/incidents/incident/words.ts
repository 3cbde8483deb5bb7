import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import { listed } from "@/lib/platform/format/list";
import { longDate } from "@/lib/platform/format/time";

type NewKey = Pick<KeyDetails, "name" | "hint" | "scopes" | "allowedAddresses" | "expiresAt">;

/** The text that tells whoever runs the tool how to put a new key into it. It does not contain the secret. */
export function setupText(key: NewKey, leakedName: string, origin: string): string {
  const { name, hint, scopes, allowedAddresses, expiresAt } = key;
  const from = allowedAddresses.length > 0 ? listed(allowedAddresses, "or") : "anywhere";
  return `The API key “${leakedName}” leaked and no longer works. Please put a new one into the tool that used it.

New key: “${name}”, ${hint}
The key itself comes to you another way. Keep it out of emails, chats and code.

It may: ${abilitiesOf(scopes).can.map(lowerFirst).join("; ")}
It works from: ${from}
It expires: ${expiresAt ? longDate(expiresAt) : "never"}

1. Put the new key where the old one stood.
2. Make a first call, with the key in POSTERN_API_KEY:
   curl ${origin}/api/v1/me -H "Authorization: Bearer $POSTERN_API_KEY"
3. Remove the old key everywhere: from settings, scripts and backups.

How the API works: ${origin}/docs/api
`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
