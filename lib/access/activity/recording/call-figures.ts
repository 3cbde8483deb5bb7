import { DurationCounts } from "@/lib/platform/operations/duration-counts";
import { processWide } from "@/lib/platform/process-wide";

/** An answered call, as the figures know it. Every field has a closed list of values, so that they stay few. */
export type AnsweredCall = {
  method: string;
  /** The route's pattern; null where none matched. */
  route: string | null;
  status: number;
  /** The problem code; null for a call that succeeded. */
  code: string | null;
  durationMs: number;
};

/** `succeeded`: below 400. `refused`: the caller is to change something. `failed`: we are. */
export type Outcome = "succeeded" | "refused" | "failed";

/** The calls of a route with a method: their durations by outcome. */
type RouteFigures = Readonly<Record<Outcome, DurationCounts>>;

/** The answers of this process since it began. */
export type CallFigures = {
  /** The number of calls that ended with a code; null stands for those that succeeded. */
  codes: Map<string | null, { outcome: Outcome; calls: number }>;
  /** By route, then by method. */
  routes: Map<string, Map<string, RouteFigures>>;
};

/** Methods that routes have. Callers may name any other, and those are one. */
const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
const OTHER_METHOD = "other";
const NO_ROUTE = "none";

/** Adds an answered call to the figures. It is part of every call, so it looks up and adds, and nothing else. */
export function noteCall({ method, route, status, code, durationMs }: AnsweredCall): void {
  noteOutcome(status, code);
  const outcome = outcomeOf(status);
  routeFigures(callFigures(), route ?? NO_ROUTE, METHODS.has(method) ? method : OTHER_METHOD)[
    outcome
  ].count(durationMs);
}

/** A rate is worked out from a count to a later one, so the first failure must find a zero before it. */
function beginning(): [string | null, { outcome: Outcome; calls: number }][] {
  return [
    [null, { outcome: "succeeded", calls: 0 }],
    ["service_unavailable", { outcome: "failed", calls: 0 }],
    ["internal_error", { outcome: "failed", calls: 0 }],
  ];
}

/** Adds an answer to the figures whose call could not even be read, or put on record. */
export function noteOutcome(status: number, code: string | null): void {
  const { codes } = callFigures();
  const counted = codes.get(code);
  if (counted) counted.calls += 1;
  else codes.set(code, { outcome: outcomeOf(status), calls: 1 });
}

/** The figures of this process. */
export function callFigures(): CallFigures {
  return processWide("call-figures", () => ({ codes: new Map(beginning()), routes: new Map() }));
}

function outcomeOf(status: number): Outcome {
  if (status < 400) return "succeeded";
  return status < 500 ? "refused" : "failed";
}

function routeFigures({ routes }: CallFigures, route: string, method: string): RouteFigures {
  const known = routes.get(route)?.get(method);
  if (known) return known;
  const made: RouteFigures = {
    succeeded: new DurationCounts(),
    refused: new DurationCounts(),
    failed: new DurationCounts(),
  };
  const methods = routes.get(route) ?? new Map<string, RouteFigures>();
  routes.set(route, methods.set(method, made));
  return made;
}
