import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS, startOf } from "@/lib/platform/clock";
import { call, type MadeKey, recordOf } from "./activity";

const STRANGER = { address: "185.220.101.34", userAgent: "curl/8.5.0" };
const ONE = call("GET", "/contacts/:idOrEmail", "/contacts/{email}", 0, 340);
const LIST = call("GET", "/contacts", "/contacts", 0, 21_400);
const SIGN_UP = call("POST", "/contacts", "/contacts", 180, 330);
const REPORTS = call("GET", "/campaigns", "/campaigns", 0, 9_800);
const FORBIDDEN = [
  call("GET", "/audiences", "/audiences"),
  call("GET", "/templates", "/templates"),
  call("GET", "/campaigns", "/campaigns"),
  call("GET", "/webhooks", "/webhooks"),
  call("POST", "/emails", "/emails", 240),
];

/** The unusual calls of a key today: one of each kind that there is, over the keys of the demo. */
export function unusualCalls(key: MadeKey, now: Date): RequestRecord[] {
  // All calls are in one hour of the clock, whatever the time is, since hours are what is counted.
  const lastHour = later(startOf(now, HOUR_MS), -50 * MINUTE_MS);
  switch (key.plan.unusual) {
    case "stranger":
      return strangersCalls(key, lastHour);
    case "loop":
      return times(1_400, (at) => recordOf(key, ONE, later(lastHour, at * SECOND_MS)));
    case "key_in_url":
      return times(3, (at) => ({
        ...recordOf(key, SIGN_UP, later(now, (at - 9) * MINUTE_MS)),
        status: 400,
        code: "key_in_url",
        authenticated: false,
      }));
    case "forgotten_program":
      return times(40, (at) => ({
        ...recordOf(key, REPORTS, later(now, -at * 2 * HOUR_MS - MINUTE_MS)),
        ...(key.older ? { secretId: key.older.secretId } : {}),
        address: "198.51.100.77",
        userAgent: "looker-studio/2.0",
        status: 401,
        code: "expired_api_key",
        authenticated: false,
      }));
    default:
      return [];
  }
}

/** Somebody who found the secret tries what it can do, guesses, and then reads every contact there is. */
function strangersCalls(key: MadeKey, from: Date): RequestRecord[] {
  const at = (seconds: number) => later(from, seconds * SECOND_MS);
  const tries = FORBIDDEN.flatMap((route, place) =>
    times(9, (turn) => ({
      ...recordOf(key, route, at(place * 9 + turn)),
      status: 403,
      code: "insufficient_scope",
    })),
  );
  const guesses = times(260, (turn) => ({
    ...recordOf(key, ONE, at(60 + turn)),
    status: 404,
    code: "not_found",
  }));
  const pages = times(483, (turn) => ({
    ...recordOf(key, LIST, at(240 + turn)),
    contactsRead: 100,
  }));
  return [...tries, ...guesses, ...pages].map((one) => ({ ...one, ...STRANGER }));
}

function times<Made>(count: number, make: (turn: number) => Made): Made[] {
  return Array.from({ length: count }, (_, turn) => make(turn));
}
