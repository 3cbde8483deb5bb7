import type { ServerResponse } from "node:http";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { RateState } from "@/lib/access/api-keys/verification/rate-limit";
import type { RecipientState } from "@/lib/access/budgets/recipients";
import type { BudgetState } from "@/lib/access/budgets/use";
import type { Scope } from "@/lib/people/auth/scopes";
import { API_PREFIX, isApiPath } from "@/lib/platform/edge/api-prefix";
import { addressOfRequest } from "@/lib/platform/edge/client-address";
import { textWithoutSecrets } from "@/lib/platform/format/secret-text";
import { newUuid, requestIdOf } from "@/lib/platform/ids";

const MAX_USER_AGENT = 256;

/** One request on its way through the gate, and what has been learned of it so far. */
export type Exchange = {
  request: Request;
  /** Node's side of the answer, where there is one: writing to it directly saves building a Response. */
  outgoing: ServerResponse | null;
  id: string;
  requestId: string;
  at: Date;
  startedMs: number;
  address: string;
  /** The program that sent the request, as the request names it. */
  userAgent: string;
  /**
   * Below `/api/v1`, percent-encoded, without the query string. The whole path of a call that missed the API.
   */
  path: string;
  query: string;
  /** The route's pattern, or null where none matched. */
  route: string | null;
  /** The scopes that its route asks for. */
  scopes: readonly Scope[];
  key: KeyRecord | null;
  rate: RateState | null;
  /** The windows of recipients of a call that reaches some. */
  recipients: RecipientState | null;
  /** The budget of contacts read, for a call that reads some with a key that has such a budget. */
  readBudget: BudgetState | null;
  bytesIn: number;
};

/** Begins an exchange at `now`. `closeExchange` ends it. */
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
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const path = url.slice(start, end);
  return {
    request,
    outgoing,
    id,
    requestId: requestIdOf(id),
    at: now,
    startedMs: performance.now(),
    address: addressOfRequest(request),
    userAgent: textWithoutSecrets(request.headers.get("user-agent") ?? "").slice(0, MAX_USER_AGENT),
    path: isApiPath(path) ? path.slice(API_PREFIX.length) || "/" : path,
    query: queryAt < 0 ? "" : url.slice(queryAt + 1),
    route,
    scopes: [],
    key: null,
    rate: null,
    recipients: null,
    readBudget: null,
    bytesIn: 0,
  };
}
