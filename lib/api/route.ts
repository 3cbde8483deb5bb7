import type { Problem } from "@/lib/api/problem";
import type { Scope } from "@/lib/api-keys/scopes";
import type { KeyRecord } from "@/lib/api-keys/verify-record";
import type { KeyActor } from "@/lib/auth/actor";

/** What a route is called with: everything in it has passed the gate. */
export type Call = {
  actor: KeyActor;
  key: KeyRecord;
  /** The path's one parameter, percent-decoded; empty when the path has none. */
  param: string;
  /** The query string, without its question mark. */
  query: string;
  /** The parsed JSON body; undefined for routes that take none. */
  body: unknown;
  now: Date;
};

/** A successful answer; `json` is its body. */
export type Answer = { status: number; json: string; headers?: Record<string, string> };

/** One route of the API. `scope` is what a key needs for it; `any` means every valid key. */
export type Route = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The pattern below `/api/v1`, with at most one parameter. */
  path: string;
  scope: Scope | "any";
  takesBody: boolean;
  /** What it does, in the words of the API docs. */
  summary: string;
  handle: (call: Call) => Answer | Problem | Promise<Answer | Problem>;
};

/** An answer whose body is `value` as JSON. */
export function json(status: number, value: unknown, headers?: Record<string, string>): Answer {
  return { status, json: JSON.stringify(value), ...(headers ? { headers } : {}) };
}
