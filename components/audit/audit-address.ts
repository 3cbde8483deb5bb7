import type { AuditFilter, AuditQuery } from "@/lib/access/audit-log/schema";
import { secretsAsHints } from "@/lib/platform/format/secret-text";

const PAGE = "/settings/audit";

/** The address of the log under `query`, what is empty left out. */
export function auditAddress(query: Partial<AuditQuery>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    // Addresses end up in histories and logs, where no key may be.
    if (value) parameters.set(name, secretsAsHints(value));
  }
  const text = parameters.toString();
  return text ? `${PAGE}?${text}` : PAGE;
}

/** The filter by itself, at the newest events and with none open. */
export function filterOf({ person, action, target, from, to }: AuditFilter): AuditFilter {
  return { person, action, target, from, to };
}

/** How many filters hide events, not counting the search. */
export function filterCount(query: AuditFilter): number {
  const { target: _, ...filters } = filterOf(query);
  return Object.values(filters).filter((value) => value !== "").length;
}

/** Whether anything is left out of what is shown. */
export function isFiltered(query: AuditFilter): boolean {
  return Object.values(filterOf(query)).some((value) => value !== "");
}
