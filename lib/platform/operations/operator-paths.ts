import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/lib/platform/log";
import type { MetricsText } from "@/lib/platform/operations/metrics-text";
import type { ReadinessChecks } from "@/lib/platform/operations/readiness";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The listener for a path of the operator; null for every other path. */
export type OperatorPaths = (request: IncomingMessage) => Listener | null;

/** The questions that a port answers. `metrics` is null where they are not told there. */
export type Told = {
  readiness: ReadinessChecks;
  metrics: { write: () => Promise<MetricsText>; token: string | undefined } | null;
};

const READING_METHODS = new Set(["GET", "HEAD"]);
const BEARER = /^bearer +(\S+)$/i;

/**
 * `/healthz`: the process lives. `/readyz`: it can work. `/metrics`: what it did. They need no database to be answered,
 * and tell a stranger neither versions nor reasons.
 */
export function operatorPaths({ readiness, metrics }: Told): OperatorPaths {
  const listeners = new Map<string, Listener>([
    ["/healthz", (_, response) => answer(response, 200, "text/plain; charset=utf-8", "ok\n")],
    ["/readyz", async (_, response) => await answerReadiness(response, readiness)],
  ]);
  if (metrics) {
    const { write, token } = metrics;
    listeners.set(
      "/metrics",
      token === undefined ? telling(write) : behindToken(token, telling(write)),
    );
  }
  return ({ url = "" }) => {
    const listener = listeners.get(url.split("?", 1)[0] ?? "");
    return listener ? readOnly(listener) : null;
  };
}

function readOnly(listener: Listener): Listener {
  return (request, response) => {
    if (READING_METHODS.has(request.method ?? "")) return listener(request, response);
    response.setHeader("Allow", "GET, HEAD");
    return answer(
      response,
      405,
      "text/plain; charset=utf-8",
      "Only GET and HEAD are possible here.\n",
    );
  };
}

async function answerReadiness(response: ServerResponse, readiness: ReadinessChecks) {
  const { ready, checks } = await readiness.look();
  const body = { status: ready ? "ready" : "not ready", checks };
  answer(response, ready ? 200 : 503, "application/json", `${JSON.stringify(body)}\n`);
}

function telling(write: () => Promise<MetricsText>): Listener {
  return async (_, response) => {
    try {
      const { text, contentType } = await write();
      answer(response, 200, contentType, text);
    } catch (error) {
      log.error({ err: error }, "the metrics could not be written");
      answer(
        response,
        503,
        "text/plain; charset=utf-8",
        "The metrics could not be read just now.\n",
      );
    }
  };
}

function behindToken(token: string, listener: Listener): Listener {
  const expected = digestOf(token);
  return (request, response) => {
    const given = BEARER.exec(request.headers.authorization ?? "")?.[1] ?? "";
    // Digests have one length, which is what a comparison that takes the same time for every text needs.
    if (timingSafeEqual(digestOf(given), expected)) return listener(request, response);
    response.setHeader("WWW-Authenticate", "Bearer");
    return answer(
      response,
      401,
      "text/plain; charset=utf-8",
      "Send METRICS_TOKEN as a Bearer token.\n",
    );
  };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}
