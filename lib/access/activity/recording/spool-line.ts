import { z } from "zod";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { isStorable } from "@/lib/platform/text";
import { Environment } from "@/prisma/generated/enums";

/** The number of calls without a recognised key that got one problem code in the hour from `hour` on. */
export type UnrecognisedCount = { code: string; hour: Date; calls: number };

/** The content of one line of the spool. */
export type SpoolEntry =
  | { kind: "request"; record: RequestRecord }
  | { kind: "count"; count: UnrecognisedCount };

const MAX_INTEGER = 2_147_483_647;
const count = z.number().int().min(0).max(MAX_INTEGER);

const requestLine = z.object({
  id: z.uuid(),
  workspaceId: z.string(),
  keyId: z.string(),
  secretId: z.string(),
  environment: z.enum(Environment),
  method: z.string(),
  route: z.string(),
  path: z.string(),
  status: z.number().int(),
  code: z.string().nullable(),
  durationMs: count,
  address: z.string(),
  userAgent: z.string(),
  bytesIn: count,
  bytesOut: count,
  authenticated: z.boolean(),
  // Lines that an earlier version wrote have none of these.
  scopes: z.array(z.string()).default([]),
  repeats: count.default(0),
  contactsRead: count.default(0),
  contactsChanged: count.default(0),
  recipients: count.default(0),
});

const countLine = z.object({
  unrecognised: z.object({ code: z.string().max(100), hour: z.coerce.date(), calls: count }),
});

/** A call with its texts cut and cleaned for the database. */
export function storableRequest(record: RequestRecord): RequestRecord {
  return {
    ...record,
    method: storable(record.method, 20),
    route: storable(record.route, 500),
    path: storable(record.path, 2_000),
    address: storable(record.address, 64),
    userAgent: storable(record.userAgent, 500),
    durationMs: wholeNumber(record.durationMs),
    bytesIn: wholeNumber(record.bytesIn),
    bytesOut: wholeNumber(record.bytesOut),
    repeats: wholeNumber(record.repeats),
    contactsRead: wholeNumber(record.contactsRead),
    contactsChanged: wholeNumber(record.contactsChanged),
    recipients: wholeNumber(record.recipients),
  };
}

/** An entry as a line of the spool, newline included. A call must be storable. */
export function asLine(entry: SpoolEntry): string {
  const line = entry.kind === "request" ? entry.record : { unrecognised: entry.count };
  return `${JSON.stringify(line)}\n`;
}

/** The content of `line`, or null where it is torn or not a line of ours. */
export function parseLine(line: string): SpoolEntry | null {
  const value = parseJson(line);
  const request = requestLine.safeParse(value);
  if (request.success) return { kind: "request", record: request.data };
  const unrecognised = countLine.safeParse(value);
  if (unrecognised.success) return { kind: "count", count: unrecognised.data.unrecognised };
  return null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A torn line is an expected outcome here, and the caller reports it.
    return undefined;
  }
}

/** Callers choose these texts. One that Postgres would refuse is repaired, so that its call is not lost. */
function storable(text: string, maxLength: number): string {
  const short = text.length > maxLength ? text.slice(0, maxLength) : text;
  return isStorable(short) ? short : short.replaceAll("\0", "\ufffd").toWellFormed();
}

function wholeNumber(value: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(Math.round(value), 0), MAX_INTEGER) : 0;
}
