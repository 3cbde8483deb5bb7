import { AsyncLocalStorage } from "node:async_hooks";
import {
  defaultTextMapGetter,
  type Span as RecordedSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { setGlobalErrorHandler, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { MINUTE_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import type { NewSpan, Span, Tracing } from "@/lib/platform/tracing/tracing";

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  internal: SpanKind.INTERNAL,
} as const;
const CALLERS_TRACE = new W3CTraceContextPropagator();

/**
 * Tracing by OpenTelemetry's own packages, which read their standard settings. Nothing of it is registered for the
 * whole process: Next would find that, and trace pages with their URLs, in which there are links that let people in.
 */
export function openTelemetry(): Tracing {
  logSometimes();
  const resource = resourceFromAttributes({ "service.name": "postern" }).merge(
    detectResources({ detectors: [envDetector] }),
  );
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer("postern");
  const underWay = new AsyncLocalStorage<RecordedSpan>();
  return {
    inSpan: async (described, work) => {
      const span = begin(tracer, described, underWay.getStore());
      return await underWay.run(span, () => untilItEnds(span, work));
    },
    // Work that a call leaves for later, such as storing its record, runs after its span has ended, and is no part of it.
    current: () => {
      const span = underWay.getStore();
      return span?.isRecording() ? asSpan(span) : null;
    },
    stop: async () => await provider.shutdown(),
  };
}

function begin(
  tracer: Tracer,
  { name, kind, attributes = {}, headers }: NewSpan,
  parent: RecordedSpan | undefined,
): RecordedSpan {
  const own = parent?.isRecording() ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const context = headers
    ? CALLERS_TRACE.extract(own, carrierOf(headers), defaultTextMapGetter)
    : own;
  return tracer.startSpan(name, { kind: KINDS[kind], attributes }, context);
}

function carrierOf(headers: Headers): Record<string, string> {
  const names = ["traceparent", "tracestate"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

async function untilItEnds<T>(span: RecordedSpan, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(asSpan(span));
  } catch (error) {
    asSpan(span).fail(codeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

function asSpan(span: RecordedSpan): Span {
  return {
    add: (attributes) => void span.setAttributes(attributes),
    fail: (code) => {
      span.setAttribute("error.type", code);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** A collector that is away would fill the log: one line a minute tells of it. */
function logSometimes(): void {
  let lastMs = Number.NEGATIVE_INFINITY;
  setGlobalErrorHandler((error) => {
    if (performance.now() - lastMs < MINUTE_MS) return;
    lastMs = performance.now();
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ reason }, "traces could not be handed over, and are lost");
  });
}
