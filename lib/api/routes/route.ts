import type { z } from "zod";
import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import type { CallCounts, Touch } from "@/lib/access/activity/recording/call-counts";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { Problem } from "@/lib/api/errors/problem";
import type { KeyActor } from "@/lib/people/auth/actor";
import type { Scope } from "@/lib/people/auth/scopes";
import type { View } from "@/lib/people/auth/view";
import { MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";
import { MAX_VALUES } from "@/lib/platform/edge/json-meter";

/** The arguments of a route. All of them have passed the gate. */
export type Call<Query = unknown, Body = unknown> = {
  actor: KeyActor;
  /** The part of the workspace that the key reaches. */
  view: View;
  key: KeyRecord;
  /** The path's parameters by name, percent-decoded. */
  params: Readonly<Record<string, string>>;
  /** The query string, parsed by the route's `query` schema; undefined where it has none. */
  query: Query;
  /** The JSON body, parsed by the route's `body` schema; undefined where it has none. */
  body: Body;
  headers: Headers;
  now: Date;
  /** The number of people that the gate counted against the key's budgets. */
  people: number;
};

/** A successful answer; `json` is its body. */
export type Answer = {
  status: number;
  json: string;
  headers?: Record<string, string>;
  /** Whether `json` has a secret, so that it is stored sealed for a call that is repeated. */
  isSecret?: true;
  /** The people that the call touched. Without it, the call touched nobody. */
  counts?: Partial<CallCounts>;
};

/** An answer that says how many people the call touched, in each of these ways. */
export type Counted<T extends Touch> = Answer & { counts: Record<T, number> };

type Handled = Answer | Problem | Promise<Answer | Problem>;

/**
 * One route of the API: the only statement of its inputs and answers. The gate validates calls by it, and the
 * OpenAPI document is made from it.
 */
export type Route<Query extends z.ZodType = z.ZodType, Body extends z.ZodType = z.ZodType> = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** The pattern below `/api/v1`, such as `/audiences/:id/contacts`. */
  path: string;
  /** The scope that a key needs; `any` means that every valid key may call the route. */
  scope: Scope | "any";
  /** A second scope that a key needs too, where the answer has data that belongs to another scope. */
  alsoScope?: Scope;
  /** The group of the route in the API reference. */
  tag: string;
  /** The title of the route in the API reference. */
  summary: string;
  /** Further explanation for the API reference, in Markdown. */
  description?: string;
  /** The schema of the parameters after the question mark. Without it, the route ignores them. */
  query?: Query;
  /** The schema of the JSON body. Without it, no body is read. */
  body?: Body;
  /**
   * The schema of the body for the API reference, where `body` checks less. A batch is one such case: its entries
   * are checked one by one.
   */
  documentedBody?: z.ZodType;
  /** The request headers that it reads beyond those that all routes of its kind read, by lower-case name. */
  headers?: z.ZodObject;
  /** The largest size of the body in bytes; `MAX_BODY_BYTES` where it is missing. */
  maxBodyBytes?: number;
  /** The most values in the body; `MAX_VALUES` where it is missing. */
  maxBodyValues?: number;
  /**
   * For a route that takes files as lists of bytes: how many bytes a body may list, and what makes one text of each
   * such list before anything looks at its numbers one by one.
   */
  listedBytes?: { max: number; pack: (body: unknown) => void };
  /** How many recipients a call reaches, by its body. They count against the key's limits. */
  recipients?(body: z.output<Body>): number;
  /** The number of people that a call sets off mail to over the next hours. They count against the key's budgets. */
  people?(call: Call<z.output<Query>, z.output<Body>>): Promise<number>;
  /** The ways in which a call touches people; none for most. Every successful answer counts them. */
  touches: readonly Touch[];
  /** The JSON of every successful answer, by status. */
  answers: Readonly<Record<number, z.ZodType>>;
  /** The problems that it can answer with beyond those of all routes of its kind. */
  problems?: readonly ProblemCode[];
  // This is a method, not a property, so that its argument may be narrower than in the list of all routes.
  handle(call: Call<z.output<Query>, z.output<Body>>): Handled;
};

/** The answer of a handler whose route touches people in these ways. */
type HandledBy<T extends Touch> = [T] extends [never]
  ? Handled
  : Counted<T> | Problem | Promise<Counted<T> | Problem>;

/**
 * Types a route: its handler gets the query and body as its own schemas parse them, and counts the people that a call
 * touches in the ways that the route names.
 */
export function defineRoute<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  T extends Touch = never,
>(
  route: Route<Query, Body> & {
    touches: readonly T[];
    handle(call: Call<z.output<Query>, z.output<Body>>): HandledBy<T>;
  },
): Route {
  return route;
}

/** The scopes that a key needs for a route. An empty list means that every valid key may call it. */
export function scopesOf({ scope, alsoScope }: Pick<Route, "scope" | "alsoScope">): Scope[] {
  return [...(scope === "any" ? [] : [scope]), ...(alsoScope ? [alsoScope] : [])];
}

/** The largest size of a route's body, in bytes. */
export function bodyLimitOf({ maxBodyBytes }: Pick<Route, "maxBodyBytes">): number {
  return maxBodyBytes ?? MAX_BODY_BYTES;
}

/** The most values of a route's body: texts, numbers, lists and objects together. */
export function valueLimitOf({ maxBodyValues }: Pick<Route, "maxBodyValues">): number {
  return maxBodyValues ?? MAX_VALUES;
}

/** An answer whose body is `value` as JSON. */
export function json(status: number, value: unknown, headers?: Record<string, string>): Answer {
  return { status, json: JSON.stringify(value), ...(headers ? { headers } : {}) };
}

/** `answer` with the people that the call touched. */
export function counting<T extends Touch>(answer: Answer, counts: Record<T, number>): Counted<T> {
  return { ...answer, counts };
}
