import { useRouter } from "next/navigation";
import { useOptimistic, useTransition } from "react";

type Filters<Query> = {
  /** What was chosen last, also while its list is still on the way. */
  wanted: Query;
  pending: boolean;
  show: (next: Query) => void;
};

/**
 * The filters of a list whose state is the page's address. A second choice made before the list of the
 * first has come builds on it: it starts from `wanted`, not from what the page still shows.
 */
export function useFilters<Query>(
  shown: Query,
  addressOf: (query: Query) => string,
  history: "push" | "replace" = "replace",
): Filters<Query> {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [wanted, setWanted] = useOptimistic(shown);

  function show(next: Query) {
    startTransition(() => {
      setWanted(next);
      router[history](addressOf(next), { scroll: false });
    });
  }

  return { wanted, pending, show };
}
