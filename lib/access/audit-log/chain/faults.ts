import type { AuditEventRow } from "@/lib/access/audit-log/chain/stored-event";
import { formatCount } from "@/lib/platform/format/number";

/** The place and the hash of an entry, which is where a chain stands after it. */
export type ChainEnd = { number: number; hash: string };

/**
 * Where a chain is broken first:
 * - `changed`: an entry is not what its hash was made of.
 * - `unlinked`: an entry does not go on from the one before it.
 * - `missing`: the entries from `number` to `to` are not there.
 * - `foreign`: an entry is not part of the chain.
 * - `end`: the last entry is not the one that the chain ended with.
 */
export type ChainFault =
  | { kind: "changed" | "unlinked" | "foreign" | "end"; number: number; eventId: string }
  | { kind: "missing"; number: number; to: number; eventId: null };

type Place = Pick<AuditEventRow, "id" | "number" | "previousHash">;

/** Why an entry cannot be the next one after `last`; null where it is. Its own hash is not looked at. */
export function faultOfPlace(row: Place, last: ChainEnd): ChainFault | null {
  const { id: eventId, number } = row;
  if (number > last.number + 1) return missing(last.number + 1, number - 1);
  if (number <= last.number) return { kind: "foreign", number, eventId };
  if (row.previousHash !== last.hash) return { kind: "unlinked", number, eventId };
  return null;
}

/** The fault of a chain in which these entries are not there. */
export function missing(number: number, to: number): ChainFault {
  return { kind: "missing", number, to, eventId: null };
}

/** A fault in one sentence, for the log's page and the operator's command. */
export function faultInWords(fault: ChainFault): string {
  const entry = nameOf(fault.number);
  switch (fault.kind) {
    case "changed":
      return `Entry ${entry} was changed after it was written.`;
    case "unlinked":
      return `Entry ${entry} does not continue from the one before: one of the two was rewritten.`;
    case "missing":
      return fault.to > fault.number
        ? `Entries ${entry} to ${nameOf(fault.to)} are missing.`
        : `Entry ${entry} is missing.`;
    case "foreign":
      return `Entry ${fault.eventId} was not written by Postern.`;
    case "end":
      return `The end of the log was rewritten: entry ${entry} is not the last that Postern wrote.`;
  }
}

/** An entry by its place: "#1,204". */
export function nameOf(number: number): string {
  return `#${formatCount(number)}`;
}
