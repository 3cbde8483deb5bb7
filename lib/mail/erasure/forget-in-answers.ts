import { DELETED_EMAIL } from "@/lib/mail/address/deleted-contact";
import {
  jsonWithoutEmail,
  spellingsOfEmail,
  withoutEmail,
} from "@/lib/mail/address/without-mailbox";
import type { View } from "@/lib/people/auth/view";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

type Forgotten = { id: string; email: string };
type Answer = { keyId: string; idempotencyKey: string; body: string };

/**
 * Takes a deleted contact out of the answers that are kept for a day, for calls that are made again. A repeated call
 * still does nothing and gets its answer, in which the contact is nobody any more.
 */
export async function forgetInAnswers(
  tx: Transaction,
  { workspaceId, environment }: View,
  contact: Forgotten,
): Promise<void> {
  const spellings = spellingsOfEmail(contact.email);
  const answers = await tx.$queryRaw<Answer[]>`
    SELECT key_id AS "keyId", idempotency_key AS "idempotencyKey", body
    FROM idempotent_request JOIN api_key ON api_key.id = key_id
    WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      AND EXISTS (SELECT FROM unnest(${[contact.id, ...spellings]}::text[]) AS said (text)
                  WHERE strpos(lower(body), text) > 0)`;
  if (answers.length === 0) return;
  const rewritten = answers.map(({ body, ...claim }) => {
    return { ...claim, body: withoutContact(body, contact, spellings) };
  });
  await tx.$executeRaw`
    UPDATE idempotent_request SET body = given.body
    FROM jsonb_to_recordset(${JSON.stringify(rewritten)}::jsonb)
      AS given ("keyId" text, "idempotencyKey" text, body text)
    WHERE key_id = given."keyId" AND idempotency_key = given."idempotencyKey"`;
}

function withoutContact(body: string, { id }: Forgotten, spellings: readonly string[]): string {
  const json = asJson(body);
  if (json === undefined) return withoutEmail(body, spellings);
  return JSON.stringify(blank(jsonWithoutEmail(json, spellings), id));
}

function asJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** An answer that is this contact has nothing of the person left. */
function blank(json: unknown, id: string): unknown {
  const isContact =
    typeof json === "object" && json !== null && "id" in json && json.id === id && "email" in json;
  if (!isContact) return json;
  return { ...json, email: DELETED_EMAIL, first_name: null, last_name: null, properties: {} };
}
