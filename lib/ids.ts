import { TypeID } from "typeid-js";
import { v7 } from "uuid";

/** The prefix says what an id names (https://github.com/jetify-com/typeid). */
export type IdPrefix =
  | "wsp"
  | "usr"
  | "ses"
  | "mem"
  | "inv"
  | "key"
  | "sec"
  | "aud"
  | "con"
  | "req";

/** A new id such as `key_01jd9zk4tq…`: unguessable in its tail, and sorting by `now`. */
export function newId(prefix: IdPrefix, now: Date): string {
  return TypeID.fromUUID(prefix, newUuid(now)).toString();
}

/** A new UUIDv7 (RFC 9562) whose first 48 bits are `now` in milliseconds. */
export function newUuid(now: Date): string {
  return v7({ msecs: now.getTime() });
}

/** The request id callers see (`req_…`) for the UUID its activity row carries. */
export function requestIdOf(uuid: string): string {
  return TypeID.fromUUID("req", uuid).toString();
}

/** The activity row's UUID for a request id, or null where `text` is not one. */
export function uuidOfRequestId(text: string): string | null {
  try {
    return TypeID.fromString(text, "req").toUUID();
  } catch {
    return null;
  }
}

/** The instant a UUIDv7 was made. */
export function timeOfUuid(uuid: string): Date {
  return new Date(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
}

/** The lowest UUIDv7 of an instant: `id >= firstUuidAt(t)` means "at or after t". */
export function firstUuidAt(at: Date): string {
  const hex = at.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
