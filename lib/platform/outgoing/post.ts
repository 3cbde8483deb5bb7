import { lookup as resolve } from "node:dns";
import { Agent as HttpAgent, type IncomingMessage, request as requestByHttp } from "node:http";
import { Agent as HttpsAgent, request as requestByHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { SECOND_MS } from "@/lib/platform/clock";
import { countOf } from "@/lib/platform/format/number";
import { reachOf, refusalOf } from "@/lib/platform/outgoing/reachable";
import { processWide } from "@/lib/platform/process-wide";

/** Time for everything: the name, the connection, the answer. */
export const POST_TIMEOUT_MS = 10 * SECOND_MS;
/** The most of an answer that is read, in bytes. */
export const ANSWER_MAX_BYTES = 2_048;
/** Connections to one host that stay open for the next message. */
const KEPT_OPEN = 16;

/** The outcome of a POST: the answer's status and beginning, or in plain words why there was none. */
export type Posted = { ms: number } & (
  | { status: number; answer: string; reason: null }
  | { status: null; answer: null; reason: string }
);

/**
 * Sends `body` to `url` by POST and resolves with what came of it, within `timeoutMs`. It never rejects. A connection
 * goes only to an address that was checked as it was made (`reachOf`), so a name that leads elsewhere a moment later
 * changes nothing. Redirects are not followed: they are answers like any other.
 */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs = POST_TIMEOUT_MS,
): Promise<Posted> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  const refusal = refusalOf(new URL(url));
  if (refusal) return { status: null, answer: null, reason: refusal, ms: took() };
  try {
    const answer = await exchange(url, headers, body, timeoutMs);
    return { ...answer, reason: null, ms: took() };
  } catch (error) {
    return { status: null, answer: null, reason: inWords(error, timeoutMs), ms: took() };
  }
}

type Answer = { status: number; answer: string };

async function exchange(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { agents } = connections();
  const [request, agent] = url.startsWith("https:")
    ? [requestByHttps, agents.https]
    : [requestByHttp, agents.http];
  return await new Promise((done, failed) => {
    const outgoing = request(url, {
      method: "POST",
      headers: { ...headers, "Content-Length": `${Buffer.byteLength(body)}` },
      agent,
      lookup: lookUpChecked,
      signal,
    });
    outgoing.on("response", (incoming) => {
      outgoing.off("error", failed).on("error", () => {
        // What came of the answer counts, and `readAnswer` hands it over.
      });
      readAnswer(incoming, done);
    });
    outgoing.on("error", failed);
    outgoing.end(body);
  });
}

/** The status has come, so what is left of the answer may be short, slow or broken off: it counts as far as it came. */
function readAnswer(incoming: IncomingMessage, done: (answer: Answer) => void): void {
  const parts: Buffer[] = [];
  let length = 0;
  const finish = () => {
    const text = Buffer.concat(parts).subarray(0, ANSWER_MAX_BYTES).toString("utf8");
    done({ status: incoming.statusCode ?? 0, answer: text.replaceAll("\0", "") });
  };
  incoming.on("data", (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length > ANSWER_MAX_BYTES) incoming.destroy();
  });
  incoming.on("error", finish);
  incoming.on("close", finish);
}

class RefusedAddressError extends Error {}

/** Resolves a name as Node would, and hands over only addresses that may be connected to. */
const lookUpChecked: LookupFunction = (hostname, options, callback) => {
  connections().resolve(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, "", 0);
    const host = hostname.toLowerCase().replace(/\.$/, "");
    const reach = reachOf(
      host,
      found.map(({ address }) => address),
    );
    if ("refusal" in reach) return callback(new RefusedAddressError(reach.refusal), "", 0);
    const checked = found.filter(({ address }) => reach.addresses.includes(address));
    const [first] = checked;
    if (options.all) callback(null, checked);
    else callback(null, first?.address ?? "", first?.family ?? 0);
  });
};

type Connections = {
  agents: { http: HttpAgent; https: HttpsAgent };
  /** The system's resolver. Tests put another in its place. */
  resolve: typeof resolve;
};

/** What the process keeps open for its messages. */
export function connections(): Connections {
  const kept = { keepAlive: true, maxFreeSockets: KEPT_OPEN, scheduling: "lifo" } as const;
  return processWide("outgoing-connections", () => ({
    agents: { http: new HttpAgent(kept), https: new HttpsAgent(kept) },
    resolve,
  }));
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "Nothing answers at this address: the connection was refused.",
  ECONNRESET: "The receiver closed the connection without an answer.",
  EPIPE: "The receiver closed the connection without an answer.",
  ENOTFOUND: "There is no server of this name.",
  EAI_AGAIN: "The name could not be looked up.",
  EHOSTUNREACH: "The server could not be reached.",
  ENETUNREACH: "The server could not be reached.",
  ETIMEDOUT: "The server could not be reached.",
  CERT_HAS_EXPIRED: "The receiver's certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The receiver's certificate is self-signed, so nobody vouches for it.",
  SELF_SIGNED_CERT_IN_CHAIN: "The receiver's certificate is self-signed, so nobody vouches for it.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The receiver's certificate cannot be checked: a part of its chain is missing.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The receiver's certificate is for another name.",
};

function inWords(error: unknown, timeoutMs: number): string {
  if (error instanceof RefusedAddressError) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === "AbortError" || name === "TimeoutError") {
    return `The receiver did not answer within ${countOf(timeoutMs / SECOND_MS, "second")}.`;
  }
  return WORDS[code ?? ""] ?? "The message could not be handed over.";
}
