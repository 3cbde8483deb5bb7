import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

/** A list whose state is its page's URL, as `listPage` makes it. */
type FilteredList<Query, Filter> = {
  url: (filter: Filter) => string;
  filterOf: (query: Query) => Filter;
};

type Filters<Filter> = {
  /** The filters chosen last, also while their list is still loading. */
  wanted: Filter;
  pending: boolean;
  change: (part: Partial<Filter>) => void;
};

/**
 * The filters of a list whose state is the page's URL. A second choice made before the list of the first
 * has come builds on it: it starts from `wanted`, not from what the page still shows. A changed filter
 * starts at the list's beginning, since the old place means nothing there.
 */
export function useFilters<Query, Filter>(
  list: FilteredList<Query, Filter>,
  query: Query,
  history: "push" | "replace" = "replace",
): Filters<Filter> {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [wanted, setWanted] = useOptimistic(list.filterOf(query));

  function change(part: Partial<Filter>) {
    const next = { ...wanted, ...part };
    startTransition(() => {
      setWanted(next);
      router[history](list.url(next), { scroll: false });
    });
  }

  return { wanted, pending, change };
}
