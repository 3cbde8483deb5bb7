import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { countUnrecognised, type RequestRecord } from "@/lib/access/activity/record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { type Problem, problemBody } from "@/lib/api/errors/problem";
import { PROBLEMS, type ProblemCode } from "@/lib/api/errors/problems";
import { pathWithoutSecrets } from "@/lib/api/gate/key-in-url";
import { publicOrigin } from "@/lib/api/gate/origin";
import { rateHeaders } from "@/lib/api/gate/rate-limit";
import { depart } from "@/lib/api/gate/record-before-answer";
import type { Answer } from "@/lib/api/routes/route";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { addressOfRequest } from "@/lib/platform/edge/client-address";
import { textWithoutSecrets } from "@/lib/platform/format/secret-text";
import { newUuid, requestIdOf } from "@/lib/platform/ids";

const MAX_PATH = 512;
const MAX_USER_AGENT = 256;

/** One request on its way through the gate, and what has been learned of it so far. */
export type Exchange = {
  request: Request;
  /** Node's side of the answer, where there is one: writing to it directly spares a Response. */
  outgoing: ServerResponse | null;
  id: string;
  requestId: string;
  at: Date;
  startedMs: number;
  address: string;
  /** Who sent the request, as far as it says so itself. */
  userAgent: string;
  /** Below `/api/v1`, percent-encoded as it was sent, without the query string. */
  path: string;
  query: string;
  /** The route's pattern, or null where none matched. */
  route: string | null;
  key: KeyRecord | null;
  rate: RateState | null;
  bytesIn: number;
};

/** Begins an exchange at `now`. */
export function openExchange(
  request: Request,
  outgoing: ServerResponse | null,
  route: string | null,
  now: Date,
): Exchange {
  const { url } = request;
  const id = newUuid(now);
  const queryAt = url.indexOf("?");
  const end = queryAt < 0 ? url.length : queryAt;
  const start = url.indexOf("/", url.indexOf("//") + 2) + API_PREFIX.length;
  return {
    request,
    outgoing,
    id,
    requestId: requestIdOf(id),
    at: now,
    startedMs: performance.now(),
    address: addressOfRequest(request),
    userAgent: textWithoutSecrets(request.headers.get("user-agent") ?? "").slice(0, MAX_USER_AGENT),
    path: url.slice(start, end) || "/",
    query: queryAt < 0 ? "" : url.slice(queryAt + 1),
    route,
    key: null,
    rate: null,
    bytesIn: 0,
  };
}

/**
 * Ends an exchange: puts it on record before the answer leaves, then answers. Every answer of the API
 * comes from here, so every one carries the same headers.
 */
export async function closeExchange(
  exchange: Exchange,
  outcome: Answer | Problem,
): Promise<Response> {
  const code = "problem" in outcome ? outcome.problem : null;
  const { status, body } = render(exchange, outcome);
  const bytes = Buffer.byteLength(body);
  if (!exchange.key && code) countUnrecognised(code, exchange.at);
  await depart(exchange.key && recordOf(exchange, exchange.key, status, code, bytes));
  const headers = headersOf(exchange, outcome, code, bytes);
  return send(exchange, status, body, headers);
}

function render(exchange: Exchange, outcome: Answer | Problem): { status: number; body: string } {
  if (!("problem" in outcome)) return { status: outcome.status, body: outcome.json };
  const origin = publicOrigin(exchange.request.headers);
  return {
    status: PROBLEMS[outcome.problem].status,
    body: problemBody(outcome, origin, exchange.requestId),
  };
}

function recordOf(
  exchange: Exchange,
  key: KeyRecord,
  status: number,
  code: ProblemCode | null,
  bytes: number,
): RequestRecord {
  const { request } = exchange;
  const path = pathWithoutSecrets(exchange.path).slice(0, MAX_PATH);
  return {
    id: exchange.id,
    workspaceId: key.workspaceId,
    keyId: key.keyId,
    secretId: key.secretId,
    environment: key.environment,
    method: request.method,
    route: exchange.route ?? path,
    path,
    status,
    code,
    durationMs: Math.round(performance.now() - exchange.startedMs),
    address: exchange.address,
    userAgent: exchange.userAgent,
    bytesIn: exchange.bytesIn,
    bytesOut: request.method === "HEAD" ? 0 : bytes,
    authenticated: exchange.rate !== null,
  };
}

function headersOf(
  exchange: Exchange,
  outcome: Answer | Problem,
  code: ProblemCode | null,
  bytes: number,
): Record<string, string> {
  const headers: Record<string, string> = {
    "X-Request-Id": exchange.requestId,
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
  };
  if (bytes > 0) {
    headers["Content-Type"] = code ? "application/problem+json" : "application/json";
    headers["Content-Length"] = `${bytes}`;
  }
  if (exchange.rate) Object.assign(headers, rateHeaders(exchange.rate));
  const retiresAt = exchange.rate && exchange.key?.retiresAt;
  if (retiresAt) headers["Postern-Secret-Retires"] = retiresAt.toISOString();
  return outcome.headers ? Object.assign(headers, outcome.headers) : headers;
}

function send(
  { outgoing, request }: Exchange,
  status: number,
  body: string,
  headers: Record<string, string>,
): Response {
  if (outgoing && request.method !== "HEAD") {
    outgoing.writeHead(status, headers);
    outgoing.end(body);
    return RESPONSE_ALREADY_SENT;
  }
  return new Response(body || null, { status, headers });
}
