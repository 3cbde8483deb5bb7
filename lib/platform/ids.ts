import { randomFillSync } from "node:crypto";
import { TypeID } from "typeid-js";
import { v7 } from "uuid";

const UUID_BYTES = 16;
/** Random bytes are fetched for many ids at once: a fetch per id took a tenth of a call's time. */
const randomPool = new Uint8Array(UUID_BYTES * 512);
let poolAt = randomPool.length;

/** TypeID's alphabet, two characters an entry: ten bits at a time. */
const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
const BASE32_PAIRS = Array.from({ length: 1_024 }, (_, bits) => {
  return `${BASE32[bits >> 5]}${BASE32[bits & 31]}`;
});

/** The prefix says what an id names (https://github.com/jetify-com/typeid). */
export type IdPrefix =
  | "wsp"
  | "usr"
  | "ses"
  | "brw"
  | "pwr"
  | "mem"
  | "inv"
  | "key"
  | "sec"
  | "aev"
  | "aud"
  | "con"
  | "dom"
  | "eml"
  | "eev"
  | "evt"
  | "tpl"
  | "cmp"
  | "lky"
  | "fnd"
  | "whk"
  | "lkr"
  | "lek"
  | "sav"
  | "inc"
  | "req";

/** A new id such as `key_01jd9zk4tq…`: unguessable in its tail, and sorting by `now`. */
export function newId(prefix: IdPrefix, now: Date): string {
  return TypeID.fromUUID(prefix, newUuid(now)).toString();
}

let sequence = 0;

/**
 * Makes a UUIDv7 (RFC 9562) whose first 48 bits are `now` in milliseconds. Ids made one after the other for
 * the same moment keep their order, as events of one transaction must.
 */
export function newUuid(now: Date): string {
  sequence = (sequence + 1) % 2 ** 31;
  return v7({ msecs: now.getTime(), random: randomBytes(), seq: sequence });
}

/** The request id callers see (`req_…`) for the UUID its activity row carries. */
export function requestIdOf(uuid: string): string {
  // Every call needs one, and this takes a fifth of the library's time: 128 bits are 8, then six times 20.
  const hex = uuid.replaceAll("-", "");
  let text = `req_${BASE32_PAIRS[Number.parseInt(hex.slice(0, 2), 16)]}`;
  for (let at = 2; at < hex.length; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text += `${BASE32_PAIRS[bits >> 10]}${BASE32_PAIRS[bits & 1_023]}`;
  }
  return text;
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

/** The lowest id of an instant. An id of this prefix that is not below it was made at or after the instant. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  return TypeID.fromUUID(prefix, firstUuidAt(at)).toString();
}

function randomBytes(): Uint8Array {
  if (poolAt === randomPool.length) {
    randomFillSync(randomPool);
    poolAt = 0;
  }
  poolAt += UUID_BYTES;
  return randomPool.subarray(poolAt - UUID_BYTES, poolAt);
}
