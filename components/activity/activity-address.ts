import { type ActivityQuery, activityQuery } from "@/lib/access/activity/schema";
import type { ExportFormat } from "@/lib/platform/export/format";
import { secretsAsHints } from "@/lib/platform/format/secret-text";

const PAGE = "/settings/activity";
const FILTERS = ["key", "status", "method", "address", "path", "q", "from", "to"] as const;

/** The page's address under `query`. */
export function activityAddress(query: ActivityQuery): string {
  const text = parametersOf(query).toString();
  return text ? `${PAGE}?${text}` : PAGE;
}

/** The page's address under `query` with one of its calls open. */
export function requestAddress(query: ActivityQuery, requestId: string): string {
  const parameters = parametersOf(query);
  parameters.set("request", requestId);
  return `${PAGE}?${parameters}`;
}

/** Where the calls that `query` finds are exported from. */
export function exportAddress(query: ActivityQuery, format: ExportFormat): string {
  const parameters = parametersOf({ ...query, before: undefined });
  parameters.set("format", format);
  return `${PAGE}/export?${parameters}`;
}

/** The same page with other filters. It starts at the newest call, since the old place means nothing there. */
export function refined(query: ActivityQuery, change: Partial<ActivityQuery>): ActivityQuery {
  return { ...query, before: undefined, ...change };
}

/** The same page with filters as controls and links spell them. */
export function refinedBy(
  query: ActivityQuery,
  change: Partial<Record<keyof ActivityQuery, string | undefined>>,
): ActivityQuery {
  return activityQuery.parse({
    ...Object.fromEntries(parametersOf(refined(query, {}))),
    ...change,
  });
}

/** How many filters hide calls, not counting the search. */
export function filterCount(query: ActivityQuery): number {
  return FILTERS.filter((name) => name !== "q" && query[name] !== undefined).length;
}

/** Whether anything hides calls. */
export function isFiltered(query: ActivityQuery): boolean {
  return FILTERS.some((name) => query[name] !== undefined);
}

function parametersOf(query: ActivityQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of [...FILTERS, "before"] as const) {
    const value = query[name];
    if (value instanceof Date) parameters.set(name, value.toISOString());
    // Addresses end up in histories and logs, where no key may be.
    else if (value) parameters.set(name, secretsAsHints(value));
  }
  return parameters;
}
