import { processWide } from "@/lib/platform/process-wide";

/** The facts that are told of a piece of work. No secret, no body and no value of a query may be among it. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** A piece of work as it begins. `server`: it answers a caller. `client`: it asks somebody else. */
export type NewSpan = {
  name: string;
  kind: "server" | "client" | "internal";
  attributes?: Attributes;
  /** The caller's headers, whose `traceparent` says which trace the work belongs to (W3C Trace Context). */
  headers?: Headers;
};

/** A piece of work under way. */
export type Span = {
  /** Adds what was learned meanwhile. */
  add: (attributes: Attributes) => void;
  /** Says that the work failed, and by what code: never in the words of an error, which may quote values. */
  fail: (code: string) => void;
};

/** The place where pieces of work are told of. */
export type Tracing = {
  /** Does work in a span, as a part of the one under way. The span ends with the work, and fails where it throws. */
  inSpan: <T>(span: NewSpan, work: (span: Span) => Promise<T>) => Promise<T>;
  /** The span under way; null outside of any, and where it is not recorded. */
  current: () => Span | null;
  /** Hands over what was recorded, and ends. */
  stop: () => Promise<void>;
};

/** The tracing of this process; null where nothing is traced, which costs a call nothing but to ask. */
export function tracing(): Tracing | null {
  return holder().tracing;
}

/** Begins to trace with `made`, or with null ends it. */
export function traceWith(made: Tracing | null): void {
  holder().tracing = made;
}

/** Does work in a span where this process is traced, and just does it elsewhere. */
export async function inSpan<T>(
  asSpan: () => NewSpan,
  work: (span: Span | null) => Promise<T>,
): Promise<T> {
  const traced = tracing();
  return traced ? await traced.inSpan(asSpan(), work) : await work(null);
}

function holder(): { tracing: Tracing | null } {
  return processWide("tracing", () => ({ tracing: null }));
}
