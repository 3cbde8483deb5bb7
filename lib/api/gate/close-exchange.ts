import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ProblemCode } from "@/lib/access/activity/problem-codes";
import { NOBODY } from "@/lib/access/activity/recording/call-counts";
import { countUnrecognised, type RequestRecord } from "@/lib/access/activity/recording/record";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import { noteDecoyUse } from "@/lib/access/decoys/note-use";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { serviceUnavailable } from "@/lib/api/errors/from-exception";
import { type Problem, problemBody } from "@/lib/api/errors/problem";
import type { Exchange } from "@/lib/api/gate/exchange";
import { noteAnswer } from "@/lib/api/gate/note-answer";
import { requestOrigin } from "@/lib/api/gate/origin";
import { rateHeaders } from "@/lib/api/gate/rate-headers";
import { recordBeforeAnswer } from "@/lib/api/gate/record-before-answer";
import { recordedPath } from "@/lib/api/gate/recorded-path";
import { readBudgetHeader } from "@/lib/api/gate/spend-reads";
import type { Answer } from "@/lib/api/routes/route";

/**
 * Ends an exchange: puts it on record, then sends the answer. Every answer of the API comes from here, so
 * every one carries the same headers. A call that the disk does not take on record gets 503, whatever `outcome` is.
 * Rejects when the call cannot be put on record for another reason.
 */
export async function closeExchange(
  exchange: Exchange,
  outcome: Answer | Problem,
): Promise<Response> {
  const code = "problem" in outcome ? outcome.problem : null;
  const { status, body } = render(exchange, outcome);
  const counts = "problem" in outcome ? NOBODY : outcome.counts;
  const bytes = Buffer.byteLength(body);
  if (!exchange.key && code) countUnrecognised(code, exchange.at);
  const isOnRecord = await recordBeforeAnswer(
    exchange.key && recordOf(exchange, exchange.key, { status, code, bytes, counts }),
  );
  if (exchange.key?.isDecoy) noteDecoyUse(exchange.key);
  if (!isOnRecord) return refuseUnrecorded(exchange);
  const headers = headersOf(exchange, outcome, code, bytes);
  noteAnswer(exchange, status, code);
  return send(exchange, status, body, headers);
}

function refuseUnrecorded(exchange: Exchange): Response {
  const problem = serviceUnavailable();
  const { status, body } = render(exchange, problem);
  const headers = headersOf(exchange, problem, problem.problem, Buffer.byteLength(body));
  noteAnswer(exchange, status, problem.problem);
  return send(exchange, status, body, headers);
}

function render(exchange: Exchange, outcome: Answer | Problem): { status: number; body: string } {
  if (!("problem" in outcome)) return { status: outcome.status, body: outcome.json };
  const origin = requestOrigin(exchange.request.headers);
  return {
    status: PROBLEMS[outcome.problem].status,
    body: problemBody(outcome, origin, exchange.requestId),
  };
}

type Sent = {
  status: number;
  code: ProblemCode | null;
  bytes: number;
  counts: Answer["counts"];
};

function recordOf(
  exchange: Exchange,
  key: KeyRecord,
  { status, code, bytes, counts }: Sent,
): RequestRecord {
  const { request } = exchange;
  const path = recordedPath(exchange.path);
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
    scopes: exchange.scopes,
    authenticated: exchange.rate !== null,
    repeats: 0,
    ...NOBODY,
    ...counts,
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
  if (exchange.rate) Object.assign(headers, rateHeaders(exchange.rate, exchange.recipients));
  if (exchange.readBudget) Object.assign(headers, readBudgetHeader(exchange.readBudget));
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
