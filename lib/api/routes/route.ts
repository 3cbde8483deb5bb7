import type { z } from "zod";
import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { Problem } from "@/lib/api/errors/problem";
import type { KeyActor } from "@/lib/people/auth/actor";
import type { Scope } from "@/lib/people/auth/scopes";
import type { View } from "@/lib/people/auth/view";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";

/** The arguments of a route: everything in them has passed the gate. */
export type Call<Query = unknown, Body = unknown> = {
  actor: KeyActor;
  /** What the key reaches. */
  view: View;
  key: KeyRecord;
  /** The path's parameters by name, percent-decoded. */
  params: Readonly<Record<string, string>>;
  /** What the route's `query` schema made of the query string; undefined where it has none. */
  query: Query;
  /** What the route's `body` schema made of the JSON body; undefined where it has none. */
  body: Body;
  headers: Headers;
  now: Date;
};

/** A successful answer; `json` is its body. */
export type Answer = { status: number; json: string; headers?: Record<string, string> };

type Handled = Answer | Problem | Promise<Answer | Problem>;

/**
 * One route of the API: what it takes and answers, said once. The gate validates by it and the OpenAPI
 * document is written from it.
 */
export type Route<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The pattern below `/api/v1`, such as `/audiences/:id/contacts`. */
  path: string;
  /** What a key needs for it; `any` means every valid key. */
  scope: Scope | "any";
  /** A second scope that is needed as well, where an answer holds what two of them open. */
  alsoScope?: Scope;
  /** The group it stands in, in the API reference. */
  tag: string;
  /** What it does, in the words of the API reference. */
  summary: string;
  /** What else there is to say of it, in Markdown. */
  description?: string;
  /** The parameters after the question mark; without it, they are not looked at. */
  query?: Query;
  /** The JSON body; without it, none is read. */
  body?: Body;
  /** What the API reference says of the body where `body` checks less, as a batch's whose entries are checked one by one. */
  documentedBody?: z.ZodType;
  /** The request headers it looks at beyond those that every route of its kind does, by lower-case name. */
  headers?: z.ZodObject;
  /** The most its body may hold, in bytes; without it, `MAX_BODY_BYTES`. */
  maxBodyBytes?: number;
  /** The JSON of every successful answer, by status. */
  answers: Readonly<Record<number, z.ZodType>>;
  /** The problems it can answer with beyond those that every route of its kind can. */
  problems?: readonly ProblemCode[];
  // A method, not a property: what it takes may then be narrower than in the list of all routes.
  handle(call: Call<z.output<Query>, z.output<Body>>): Handled;
};

/** A route whose handler is given what its own schemas make of query and body. */
export function defineRoute<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(route: Route<Query, Body>): Route {
  return route;
}

/** Every scope a key needs for a route. None: every valid key may call it. */
export function scopesOf({ scope, alsoScope }: Pick<Route, "scope" | "alsoScope">): Scope[] {
  return [...(scope === "any" ? [] : [scope]), ...(alsoScope ? [alsoScope] : [])];
}

/** The most the body of a route may hold, in bytes. */
export function bodyLimitOf({ maxBodyBytes }: Pick<Route, "maxBodyBytes">): number {
  return maxBodyBytes ?? MAX_BODY_BYTES;
}

/** An answer whose body is `value` as JSON. */
export function json(status: number, value: unknown, headers?: Record<string, string>): Answer {
  return { status, json: JSON.stringify(value), ...(headers ? { headers } : {}) };
}
