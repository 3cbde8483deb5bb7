import type { KeyChange } from "@/lib/access/api-keys/key/shown-key";
import { revokeReasonInWords, scopesInWords } from "@/lib/access/api-keys/key/words";
import { exactUtc, longDate } from "@/lib/platform/format/time";

/** A change in words: what somebody did to the key, and below it from what to what. */
export type ChangeInWords = { did: string; details: string[] };

type Value = KeyChange["changes"][string]["from"];
type Change = { from: Value; to: Value };
type Changes = Partial<Record<string, Change>>;

/** How a detail begins that lists addresses, of which there may be many. */
export const ADDRESSES_DETAIL = "only from ";

const DID: Record<string, string> = {
  "key.created": "created the key",
  "key.edited": "changed the key",
  "key.rotated": "rotated the secret",
  "key.rotation_ended": "ended the old secret",
  "key.rotation_extended": "gave the old secret more time",
  "key.paused": "paused the key",
  "key.resumed": "resumed the key",
  "key.revoked": "revoked the key",
  "key.owner_changed": "handed the key over",
};

/** What an edit of only this field is called. */
const DID_ONLY: Record<string, string> = {
  name: "renamed the key",
  description: "changed the description",
  scopes: "changed what it can do",
  allowedAddresses: "changed where it can be used from",
  audiences: "changed which audiences it reaches",
  sendingDomains: "changed which domains it sends from",
  ratePerMinute: "changed its limit",
  expiresAt: "changed its expiry",
};

/** Words for one change of a key's history. */
export function changeInWords({
  action,
  changes,
}: Pick<KeyChange, "action" | "changes">): ChangeInWords {
  const fields = Object.keys(changes).filter((field) => field !== "expiryDays");
  const only =
    action === "key.edited" && fields.length === 1 ? DID_ONLY[fields[0] ?? ""] : undefined;
  const did = only ?? DID[action] ?? action;
  return { did, details: detailsOf(action, changes).filter((detail) => detail !== "") };
}

function detailsOf(action: string, changes: Changes): string[] {
  switch (action) {
    case "key.created":
      return [scopesSet(changes.scopes), addresses(changes.allowedAddresses), expirySet(changes)];
    case "key.rotated":
      return [
        fromTo("", changes.secret),
        ended(changes.oldSecretEndsAt, "old one ends"),
        changes.endedSecret ? `${text(changes.endedSecret.from)} ended at once` : "",
        changes.expiresAt ? `expires ${day(changes.expiresAt.to)}` : "",
      ];
    case "key.rotation_ended":
      return [text(changes.oldSecret?.from)];
    case "key.rotation_extended":
      return [text(changes.oldSecret?.from), ended(changes.oldSecretEndsAt, "now until")];
    case "key.revoked":
      return [revokeReasonInWords(text(changes.reason?.to)), text(changes.note?.to)];
    case "key.owner_changed":
      return [fromTo("", changes.owner)];
    case "key.edited":
      return edited(changes);
    default:
      return [];
  }
}

function edited(changes: Changes): string[] {
  const { scopes } = changes;
  return [
    fromTo("name", changes.name),
    fromTo("description", changes.description),
    scopes ? scopeWords("may now also", added(scopes.from, scopes.to)) : "",
    scopes ? scopeWords("may no longer", added(scopes.to, scopes.from)) : "",
    changes.allowedAddresses ? addressesFromTo(changes.allowedAddresses) : "",
    expiryFromTo(changes),
    fromTo("calls a minute", changes.ratePerMinute),
  ];
}

function fromTo(name: string, change: Change | undefined): string {
  if (!change) return "";
  const [from, to] = [text(change.from) || "nothing", text(change.to) || "nothing"];
  return `${name && `${name}: `}${from} → ${to}`;
}

function addressesFromTo({ from, to }: Change): string {
  return `${ADDRESSES_DETAIL}${listed(from) || "anywhere"} → ${listed(to) || "anywhere"}`;
}

function addresses(change: Change | undefined): string {
  const blocks = listed(change?.to ?? null);
  return blocks ? `${ADDRESSES_DETAIL}${blocks}` : "";
}

function scopesSet(change: Change | undefined): string {
  return scopeWords("may", added(null, change?.to ?? null));
}

function scopeWords(may: string, scopes: readonly string[]): string {
  return scopes.length === 0 ? "" : `${may}: ${scopesInWords(scopes)}`;
}

function added(before: Value, after: Value): string[] {
  const known = new Set(Array.isArray(before) ? before : []);
  return Array.isArray(after) ? after.filter((item) => !known.has(item)) : [];
}

function expirySet({ expiresAt }: Changes): string {
  return expiresAt?.to ? `expires ${day(expiresAt.to)}` : "never expires";
}

/** A policy in days may start anew on the very day it last did, minutes later. */
function expiryFromTo({ expiresAt }: Changes): string {
  if (!expiresAt) return "";
  const [from, to] = [day(expiresAt.from), day(expiresAt.to)];
  return from === to ? `expires ${to}` : `expires ${from} → ${to}`;
}

function ended(change: Change | undefined, words: string): string {
  return typeof change?.to === "string" ? `${words} ${exactUtc(new Date(change.to))}` : "";
}

function day(value: Value): string {
  return typeof value === "string" ? longDate(new Date(value)) : "never";
}

function listed(value: Value): string {
  return Array.isArray(value) ? value.join(", ") : "";
}

function text(value: Value | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
