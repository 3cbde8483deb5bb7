import { z } from "zod";
import {
  MAX_ADDRESS_LENGTH,
  MAX_PATH_LENGTH,
  MAX_SEARCH_LENGTH,
  METHODS,
  PROBLEMS,
  RANGES,
} from "@/lib/access/activity/limits";
import type { CallCounts } from "@/lib/access/activity/recording/call-counts";
import type { SecretState } from "@/lib/access/api-keys/key/status";
import { canonicalAddress } from "@/lib/platform/address-blocks";
import { EXPORT_FORMATS } from "@/lib/platform/export/format";
import { plainText } from "@/lib/platform/text";
import type { Environment } from "@/prisma/generated/enums";

const STATUS_CLASS = /^[245]xx$/;
const STATUS_EXACT = /^[1-5]\d\d$/;
const PROBLEM_CODE = /^[a-z][a-z_]{2,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z?)?$/;

const text = (maxLength: number) => plainText(maxLength).min(1).optional().catch(undefined);

/** An instant as the URL carries it: UTC, with or without the time of day. */
const instant = z
  .string()
  .regex(INSTANT)
  .transform((iso) => new Date(iso.endsWith("Z") || !iso.includes("T") ? iso : `${iso}Z`))
  .refine((at) => !Number.isNaN(at.getTime()) && at.getUTCFullYear() >= 1970)
  .optional()
  .catch(undefined);

/**
 * The activity page's URL: its filters, and where the page starts. A part that makes no sense is ignored, so
 * that a mistyped link still shows a page; the controls show the filters in use.
 */
export const activityQuery = z.object({
  key: text(64),
  status: z
    .string()
    .refine((status) => [STATUS_CLASS, STATUS_EXACT, PROBLEM_CODE].some((it) => it.test(status)))
    .optional()
    .catch(undefined),
  method: z.enum(METHODS).optional().catch(undefined),
  /** In the canonical spelling, in which calls are stored, however it is typed. */
  address: plainText(MAX_ADDRESS_LENGTH)
    .min(1)
    .transform((typed) => canonicalAddress(typed) ?? typed)
    .optional()
    .catch(undefined),
  /** Matches paths and route patterns that begin with it, as `pathAsStored` reads it. */
  path: text(MAX_PATH_LENGTH),
  /** Searched in path, address, user agent, code, status and request id. */
  q: text(MAX_SEARCH_LENGTH),
  /** “runs” shows the calls of each key in a row as one line. */
  view: z.literal("runs").optional().catch(undefined),
  /** The name of a time, in place of `from` and `to`. */
  range: z.enum(RANGES).optional().catch(undefined),
  from: instant,
  to: instant,
  /** Only rows older than this one: a UUIDv7. */
  before: z.uuid().toLowerCase().optional().catch(undefined),
});

export type ActivityQuery = z.infer<typeof activityQuery>;

/** Whether the address filter holds a single IP address: calls do not come from a range. */
export function isAddress(typed: string): boolean {
  return canonicalAddress(typed) !== null;
}

/** A path as calls are stored: below `/api/v1`, from the slash on. */
export function pathAsStored(typed: string): string {
  return typed.replace(/^\/?api\/v1(?=\/|$)/, "").replace(/^\/?/, "/");
}

export const exportQuery = activityQuery.omit({ before: true, view: true }).extend({
  format: z.enum(EXPORT_FORMATS),
});

/** A status filter: every problem, a class (`4xx`), one status (`404`) or a problem code. */
export type StatusFilter =
  | { kind: "problems" }
  | { kind: "class"; hundreds: number }
  | { kind: "exact"; status: number }
  | { kind: "code"; code: string };

/** Reads a status filter that `activityQuery` accepted. */
export function statusFilterOf(status: string): StatusFilter {
  if (status === PROBLEMS) return { kind: "problems" };
  if (STATUS_CLASS.test(status)) return { kind: "class", hundreds: Number(status[0]) };
  if (STATUS_EXACT.test(status)) return { kind: "exact", status: Number(status) };
  return { kind: "code", code: status };
}

/** Next's search parameters with the first of repeated ones, as `activityQuery` wants them. */
export function firstOfEach(
  parameters: Record<string, string | string[] | undefined>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      Array.isArray(value) ? value[0] : value,
    ]),
  );
}

/** One call as people see it. */
export type ActivityRow = CallCounts & {
  /** The request id, `req_…`. */
  id: string;
  /** ISO 8601, UTC, to the millisecond. */
  at: string;
  status: number;
  code: string | null;
  method: string;
  path: string;
  route: string;
  keyId: string;
  keyName: string;
  environment: Environment;
  secretHint: string;
  secretState: SecretState;
  address: string;
  userAgent: string;
  durationMs: number;
  bytesIn: number;
  bytesOut: number;
  /** How many more calls like this one, made shortly before it, were counted instead of stored. */
  repeats: number;
};

/** A page of calls, newest first. */
export type ActivityPage = {
  rows: ActivityRow[];
  /** The `before` of the next page; null when everything was searched. */
  older: string | null;
  /** How far back this page searched (ISO 8601); null when it searched everything. */
  searchedBackTo: string | null;
};

/** The calls of one key that followed each other within ten minutes, with their sums. */
export type Run = {
  keyId: string;
  keyName: string;
  /** The times of its first and its last call, ISO 8601. */
  from: string;
  to: string;
  /** True where the next call may still belong to it. */
  isGoing: boolean;
  calls: number;
  contactsRead: number;
  contactsChanged: number;
  recipients: number;
  /** The reasons for which calls were refused or failed, the most frequent first. */
  problems: { status: number; code: string | null; calls: number }[];
};

/** The newest runs. `lookedBackTo` (ISO 8601) is how far back the search went; null where it saw everything. */
export type Runs = { runs: Run[]; lookedBackTo: string | null };
