import { secretsAsHints, textWithoutSecrets } from "@/lib/platform/format/secret-text";
import type { Environment } from "@/prisma/generated/enums";

type Value = string | number | Date | null | undefined;
type Parameters = Readonly<Record<string, Value>>;

/**
 * The URL of the page at `path` under `query`. It leaves out what is empty and what is as on the `plain` page, and
 * never carries a secret: URLs end up in histories and logs.
 */
export function pageUrl<Query extends Parameters>(
  path: string,
  plain: Query,
  query: Partial<Query>,
): string {
  const assumed: Parameters = plain;
  const named = Object.entries<Value>(query).filter(([name, value]) => value !== assumed[name]);
  return urlOf(path, Object.fromEntries(named));
}

/** The URL of `path` with these parameters, the empty ones left out. It never carries a secret. */
export function urlOf(path: string, parameters: Parameters): string {
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === null || value === "") continue;
    written.set(name, withoutSecrets(value instanceof Date ? value.toISOString() : String(value)));
  }
  const text = written.toString();
  return text ? `${path}?${text}` : path;
}

/** A secret in full becomes its hint, which a search still finds; most of one is no help to anybody. */
function withoutSecrets(text: string): string {
  return textWithoutSecrets(secretsAsHints(text));
}

type ListPageOptions<Query, Name extends keyof Query> = {
  path: string;
  /** The query of the page whose URL names nothing, as its schema reads it: no page loads a schema for its links. */
  plain: Query;
  /** The parameters that stay when the filters change and hide nothing, such as the environment or the order. */
  kept?: readonly Name[];
  search?: Name;
  filters: readonly Name[];
};

/**
 * A page with a list whose state is its URL: how to get there, and what narrows it. The rest of its query
 * is the place in the list and what is open beside it.
 */
export function listPage<Query extends Parameters, Name extends keyof Query>({
  path,
  plain,
  kept = [],
  search,
  filters,
}: ListPageOptions<Query, Name>) {
  const searched = search === undefined ? [] : [search];
  const hides = (query: Pick<Query, Name>) => (name: Name) =>
    query[name] !== undefined && query[name] !== plain[name];
  return {
    /** The URL of the list under `query`. */
    url: (query: Partial<Query>): string => pageUrl(path, plain, query),
    /** The filters of the list, at its start and with nothing open. */
    filterOf: (query: Pick<Query, Name>): Pick<Query, Name> =>
      pick(query, [...kept, ...searched, ...filters]),
    /** How many filters hide something, not counting the search. */
    filterCount: (query: Pick<Query, Name>): number => filters.filter(hides(query)).length,
    /** Whether anything is hidden, by a filter or by the search. */
    isFiltered: (query: Pick<Query, Name>): boolean => [...searched, ...filters].some(hides(query)),
  };
}

/** Where a list shows live data, and where test data. */
export function environmentUrls(list: {
  url: (query: { environment?: Environment }) => string;
}): Record<Environment, string> {
  return { live: list.url({}), test: list.url({ environment: "test" }) };
}

function pick<Query, Name extends keyof Query>(
  query: Pick<Query, Name>,
  names: readonly Name[],
): Pick<Query, Name> {
  return Object.fromEntries(names.map((name) => [name, query[name]])) as Pick<Query, Name>;
}
