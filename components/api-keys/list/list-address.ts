import type { ListKeysQuery } from "@/lib/access/api-keys/key/schema";
import { secretsAsHints } from "@/lib/platform/format/secret-text";

const LIST = "/settings/api-keys";

const UNFILTERED: ListKeysQuery = {
  search: "",
  status: "all",
  environment: "all",
  owner: null,
  sort: "created",
  direction: "desc",
  page: 1,
};

/** The address of the list under `query`; what is as it would be anyway is left out, and so is a pasted key. */
export function listAddress(query: ListKeysQuery): string {
  const parameters = new URLSearchParams();
  for (const name of ["search", "status", "environment", "owner", "sort", "direction"] as const) {
    const value = query[name];
    if (value !== null && value !== UNFILTERED[name]) parameters.set(name, secretsAsHints(value));
  }
  if (query.page > 1) parameters.set("page", String(query.page));
  const text = parameters.toString();
  return text ? `${LIST}?${text}` : LIST;
}

/** The same list with other filters. It starts at its first page, since the old page means nothing there. */
export function refined(query: ListKeysQuery, change: Partial<ListKeysQuery>): ListKeysQuery {
  return { ...query, page: 1, ...change };
}

/** How many filters hide keys, not counting the search. */
export function filterCount(query: ListKeysQuery): number {
  return (["status", "environment", "owner"] as const).filter(
    (name) => query[name] !== UNFILTERED[name],
  ).length;
}
