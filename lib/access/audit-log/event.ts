import type { AuditEventRow } from "@/lib/access/audit-log/chain/stored-event";
import {
  type ChangeWords,
  changedFields,
  changesInWords,
  type StoredChanges,
} from "@/lib/access/audit-log/change-words";
import { actionWords } from "@/lib/access/audit-log/words";
import { listed } from "@/lib/platform/format/list";
import { countOf } from "@/lib/platform/format/number";

/** A deed in words: those before the target's name, the name unless it is not said, and those after it. */
export type Deed = { before: string; name: string | null; after: string };

/** One event in words, as the audit log shows it. */
export type AuditLogEvent = {
  id: string;
  at: Date;
  actorId: string | null;
  actorName: string;
  action: string;
  did: Deed;
  target: { type: string; id: string; name: string };
  changes: ChangeWords[];
  address: string | null;
  userAgent: string | null;
  /** Its place in the workspace's chain, and the hash that seals it. */
  number: number;
  hash: string;
};

/** The fields that a stored event says were changed. */
export function changesOf({ changes }: Pick<AuditEventRow, "changes">): StoredChanges {
  return changes as StoredChanges;
}

/** A stored event in words. */
export function eventInWords(row: AuditEventRow): AuditLogEvent {
  const { id, at, actorId, actorName, action, address, userAgent, number, hash } = row;
  const { targetType, targetId, targetName } = row;
  const changes = changesOf(row);
  return {
    id,
    at,
    actorId,
    actorName,
    action,
    did: deedOf({ action, targetName, changes }),
    target: { type: targetType, id: targetId, name: targetName },
    changes: changesInWords(changes),
    address,
    userAgent,
    number,
    hash,
  };
}

/** More changed fields than this are not all named in one sentence. */
const NAMED_FIELDS_MAX = 3;

type Happened = { action: string; targetName: string; changes: StoredChanges };

/** The deed of an event's actor, in words. */
export function deedOf({ action, targetName, changes }: Happened): Deed {
  const { did } = actionWords(action);
  const sentence = did.replace("{fields} ", fieldsInWords(changedFields(changes)));
  const [before = "", after] = sentence.split("{name}");
  return {
    before: before.trim(),
    name: after === undefined ? null : targetName,
    after: after?.trim() ?? "",
  };
}

/** "the name and expiry of ", or nothing where no field is on record. */
function fieldsInWords(fields: readonly string[]): string {
  if (fields.length === 0) return "";
  if (fields.length <= NAMED_FIELDS_MAX) return `the ${listed(fields, "and")} of `;
  const named = fields.slice(0, NAMED_FIELDS_MAX - 1);
  const others = countOf(fields.length - named.length, "other setting");
  return `the ${listed([...named, others], "and")} of `;
}
